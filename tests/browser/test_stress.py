"""A thousand random actions on two views of one widget, and both sides still agree.

CONVWIDGET_STRESS_SEED and CONVWIDGET_STRESS_ACTIONS choose another walk; a failure prints the last
actions, in words that a person can follow.
"""

import json
import os
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import nbformat
import pytest
from actions import Hands, wishes
from agreement import READ, SYNCED, attempt, differences, told
from playwright.sync_api import Page, expect

from convwidget import Conv, ConvWidget

SEED = os.environ.get("CONVWIDGET_STRESS_SEED")
ACTIONS = os.environ.get("CONVWIDGET_STRESS_ACTIONS")
EVERY = 50
LAST = 25  # actions that a failure prints
PATIENCE = 5  # seconds in which both sides have to agree

START = f"""
import json, logging, sys
sys.path.append({str(Path(__file__).parent)!r})
from convwidget import Conv, ConvWidget
from agreement import attempt, told

class Heard(logging.Handler):
    def emit(self, record):
        heard.append(self.format(record))

heard = []
w = ConvWidget(Conv(5, 3, stride=2, padding=1))
for logger in (w.log, logging.getLogger("Comm"), logging.getLogger()):
    logger.addHandler(Heard(logging.WARNING))
display(w, w)
"""


class Stress:
    """A walk through a seed's actions, looking around on the way."""

    def __init__(self, hands: Hands, seed: int, state: Callable[[], dict[str, Any]]) -> None:
        self.hands, self.seed, self.state = hands, seed, state
        self.problems: list[str] = []
        hands.page.on("pageerror", self._page_error)
        hands.page.on("console", self._console)

    def _page_error(self, error: Any) -> None:
        self.problems.append(f"page error: {error.stack}")

    def _console(self, message: Any) -> None:
        if message.type == "error":
            self.problems.append(f"console: {message.text}")

    def walk(self, actions: int) -> None:
        """Do so many actions; a failure tells the last ones."""
        print(f"CONVWIDGET_STRESS_SEED={self.seed}")
        try:
            for n, wish in enumerate(islice(wishes(self.seed), actions), 1):
                self.hands.do(wish)
                assert self.problems == []
                # What Python set is looked at before a figure or a reset hides that it was lost.
                if wish.kind == "python" or n % EVERY == 0 or n == actions:
                    self.look()
        except BaseException:
            last = "\n".join(self.hands.told[-LAST:])
            print(f"the last actions of CONVWIDGET_STRESS_SEED={self.seed}:\n{last}")
            raise
        finally:
            self.hands.page.remove_listener("pageerror", self._page_error)
            self.hands.page.remove_listener("console", self._console)

    def look(self) -> None:
        """Both sides agree as soon as nothing is under way."""
        page = self.hands.page
        page.evaluate("hands.still()")
        deadline = time.monotonic() + PATIENCE
        while True:
            python = self.state()
            found = differences(python, page.evaluate(READ))
            if not found or time.monotonic() > deadline:
                break
        assert self.problems == []
        assert found == [], python["repr"]


def count(usual: int) -> int:
    return int(ACTIONS) if ACTIONS else usual


def test_a_thousand_actions_in_a_notebook_leave_python_and_both_views_in_agreement(
    open_notebook: Any,
) -> None:
    made = nbformat.v4.new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    )
    made.cells = [nbformat.v4.new_code_cell(START.strip())]
    notebook = open_notebook(made)
    notebook.run_all()
    page: Page = notebook.page
    expect(notebook.widgets()).to_have_count(2)
    for n in range(2):
        expect(notebook.widgets().nth(n).locator(".cw-picture").first).to_be_visible()

    def python(code: str) -> str:
        page.evaluate("hands.still()")  # a window that moves by itself could cross the change
        for _ in range(2):
            notebook.execute("")  # a message that waits for another is sent after it
        return str(notebook.execute(f"print(attempt(w, {code!r})); assert not heard, heard"))

    def state() -> dict[str, Any]:
        answer = json.loads(notebook.execute("print(json.dumps([told(w), heard]))"))
        assert answer[1] == [], "Python complained"
        return dict(answer[0])

    def resize(view: int, width: int) -> None:
        if width >= 700:
            page.set_viewport_size({"width": width, "height": 1000})
        page.evaluate("a => hands.resize(...a)", [view, width if width < 1000 else 0])

    def theme(share: float) -> str:
        name = "JupyterLab Light" if share < 0.5 else "JupyterLab Dark"
        notebook.use_theme(name)
        return name

    was = page.viewport_size
    try:
        Stress(Hands(page, python, resize, theme), int(SEED or 1), state).walk(count(1000))
    finally:
        if was:
            page.set_viewport_size(was)
        notebook.use_theme("JupyterLab Light")


class Kernel:
    """What stands for Python where there is none: a widget here that takes what the page sends."""

    def __init__(self, page: Page, widget: ConvWidget) -> None:
        self.page, self.widget, self.taken = page, widget, 0
        self.corrected: list[Any] = []  # what Python would send back
        widget.send_state = lambda key=None: self.corrected.append(key)

    def take(self) -> None:
        """Take what was sent, as it was sent; nothing may be refused."""
        sent = json.loads(
            self.page.evaluate("n => JSON.stringify(stage.changes.slice(n))", self.taken)
        )
        self.taken += len(sent)
        for change in sent:
            self.corrected.clear()
            self.widget.set_state(change)
            has = self._state()
            taken = {name: has[name] for name in change}
            assert taken == change, f"Python took {change} as {taken}"
            assert self.corrected == [], f"Python had to put {change} right"

    def python(self, code: str) -> str:
        """Run a line, and tell the page what it changed."""
        self.take()
        before = self._state()
        said = attempt(self.widget, code)
        after = self._state()
        changed = {name: after[name] for name in SYNCED if after[name] != before[name]}
        self.page.evaluate("values => stage.receive(values)", changed)
        return said

    def state(self) -> dict[str, Any]:
        """What Python has, which is what the page's model has."""
        self.take()
        model = self.page.evaluate("stage.state")
        for name, value in self._state().items():
            assert model[name] == value, f"{name} is {model[name]} in the page, {value} in Python"
        return told(self.widget)

    def _state(self) -> dict[str, Any]:
        return dict(json.loads(json.dumps(self.widget.get_state(SYNCED))))


@pytest.fixture
def two_views(bare: Any) -> Iterator[tuple[Page, ConvWidget]]:
    widget = ConvWidget(Conv(5, 3, stride=2, padding=1))
    page = bare(widget.get_state(), width=1080)
    page.evaluate("() => stage.view().then(() => null)")
    for n in range(2):
        page.locator(".cw").nth(n).locator(".cw-picture").first.wait_for()
    yield page, widget
    page.emulate_media(color_scheme="light")


@pytest.mark.parametrize("seed", [int(SEED)] if SEED else [1, 2, 3])
def test_whatever_hands_do_python_accepts_what_the_page_sends(two_views: Any, seed: int) -> None:
    page, widget = two_views
    kernel = Kernel(page, widget)

    def resize(_: int, width: int) -> None:
        page.set_viewport_size({"width": width, "height": 1000})

    def theme(share: float) -> str:
        name = "light" if share < 0.5 else "dark"
        page.emulate_media(color_scheme=name)
        return name

    Stress(Hands(page, kernel.python, resize, theme), seed, kernel.state).walk(count(300))
