"""Driving one notebook, open in JupyterLab or in Notebook 7, from Playwright.

What the page says about being busy is not to be trusted: each step waits for the promise of the
application itself.
"""

import time
from typing import Any, NamedTuple

from playwright.sync_api import Locator, Page

# The notebook in front, its kernel started, connected and idle.
READY = """async () => {
  const app = window.jupyterapp;
  await app.restored;
  const deadline = performance.now() + 60_000;
  const until = async (found, what) => {
    while (!found()) {
      if (performance.now() > deadline) throw new Error(what);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const panel = () => app.shell.currentWidget;
  await until(() => panel()?.context && panel()?.sessionContext, 'no notebook was opened');
  await panel().context.ready;
  await panel().sessionContext.ready;
  await panel().revealed;
  const kernel = () => panel().sessionContext.session?.kernel;
  await until(() => kernel()?.status === 'idle', 'the kernel did not become idle');
  await kernel().info;
}"""

RUN_ALL = """async () => {
  await window.jupyterapp.commands.execute('notebook:run-all-cells');
  const cells = [...window.jupyterapp.shell.currentWidget.content.model.cells];
  return cells.filter((cell) => cell.type === 'code')
    .map((cell) => ({ count: cell.executionCount, outputs: cell.outputs.toJSON() }));
}"""

EXECUTE = """async (code) => {
  const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
  const future = kernel.requestExecute({ code, store_history: false });
  let text = '', error = null;
  future.onIOPub = ({ header, content }) => {
    if (header.msg_type === 'stream') text += content.text;
    if (header.msg_type === 'error') error = `${content.ename}: ${content.evalue}`;
  };
  await future.done;
  return { text, error };
}"""

# Disposing of the panel, and not closing it, asks no question about unsaved changes.
CLOSE = """async () => {
  const panel = window.jupyterapp.shell.currentWidget;
  const session = panel.sessionContext.session;
  panel.dispose();
  await window.jupyterapp.serviceManager.sessions.shutdown(session.id);
}"""


class CellRun(NamedTuple):
    """What a code cell left behind: its execution count and its outputs, as in the file."""

    count: int | None
    outputs: list[dict[str, Any]]


class NotebookPage:
    """A notebook that is open in front of a page, its kernel idle."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.evaluate(READY)

    def run_all(self) -> list[CellRun]:
        """Run every cell, and return the code cells; an output that is an error fails."""
        cells = [CellRun(**cell) for cell in self.page.evaluate(RUN_ALL)]
        for cell in cells:
            for output in cell.outputs:
                if output["output_type"] == "error":
                    raise AssertionError(f"{output['ename']}: {output['evalue']}")
        return cells

    def execute(self, code: str) -> str:
        """Run code in the notebook's kernel, outside its cells; what it prints comes back."""
        answer = self.page.evaluate(EXECUTE, code)
        if answer["error"]:
            raise AssertionError(f"{answer['error']}\nin: {code}")
        text: str = answer["text"].strip()
        return text

    def wait_for(self, expression: str, expected: object, seconds: float = 10) -> None:
        """Wait until an expression in the kernel has the expected value (its repr is compared)."""
        deadline = time.monotonic() + seconds
        while (got := self.execute(f"print(repr({expression}))")) != repr(expected):
            if time.monotonic() > deadline:
                raise AssertionError(f"{expression} is {got}, not {expected!r}")
            time.sleep(0.05)

    def use_theme(self, name: str) -> None:
        """Switch the whole application to ``JupyterLab Light`` or ``JupyterLab Dark``."""
        self.page.evaluate(
            "theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", name
        )
        self.page.wait_for_function("name => document.body.dataset.jpThemeName === name", arg=name)

    def widgets(self) -> Locator:
        """Every convwidget that is drawn in the notebook."""
        return self.page.locator(".jp-OutputArea .cw")

    def close(self) -> None:
        """Shut its kernel down and put the notebook away."""
        self.page.evaluate(CLOSE)
