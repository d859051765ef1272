"""What the browser tests share: a browser, a Jupyter server, a bare page, and stored pictures."""

import itertools
import os
import re
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
import pytest
from lab import Lab
from notebook_page import NotebookPage
from playwright.sync_api import Browser, ConsoleMessage, Error, Locator, Page, Route

REPOSITORY = Path(__file__).parents[2]
STATIC = REPOSITORY / "convwidget/static"
ARTIFACTS = REPOSITORY / "test-artifacts"
VIEWPORT = {"width": 1280, "height": 1000}

BARE_HOST = "http://bare.test"
BARE_FILES = {
    "/": Path(__file__).with_name("bare.html"),
    "/widget.js": STATIC / "widget.js",
    "/widget.css": STATIC / "widget.css",
}

NO_BROWSER = """No browser could be started for the tests. Install one of:
  Debian, Ubuntu  apt-get install chromium
  elsewhere       .venv/bin/playwright install chromium
  your own        CONVWIDGET_CHROMIUM=/path/to/chromium make test
"""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Take the system's Chromium where there is one, and Playwright's own otherwise."""
    chromium = os.environ.get("CONVWIDGET_CHROMIUM") or shutil.which("chromium")
    quiet = ["--no-first-run", "--disable-background-networking", "--disable-component-update"]
    return {
        **browser_type_launch_args,
        **({"executable_path": chromium} if chromium else {}),
        # Only pages from this machine are opened, and containers have no sandbox to offer.
        "args": ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-sync", *quiet],
    }


@pytest.fixture(scope="session")
def launch_browser(launch_browser: Callable[..., Browser]) -> Callable[..., Browser]:
    def launch(**options: Any) -> Browser:
        try:
            return launch_browser(**options)
        except Error as error:
            pytest.fail(f"{NO_BROWSER}\n{error}", pytrace=False)

    return launch


# Jupyter's own, and not a fault of what is tested: its server remembers static files by name alone,
# and so refuses Notebook a font that JupyterLab asked for first; and a notebook that is closed at
# once has not yet heard of its subshell.
JUPYTERS_OWN = re.compile(
    r"/static/(lab|notebook)/\w+\.woff2?\)$|Canceled future for create_subshell_request"
)


def watch(page: Page) -> list[str]:
    """Return a list that grows by each error that the page reports."""
    problems: list[str] = []

    def add(problem: str) -> None:
        if not JUPYTERS_OWN.search(problem):
            problems.append(problem)

    def read(message: ConsoleMessage) -> None:
        if message.type == "error":
            add(f"console: {message.text} ({message.location['url']})")

    page.on("pageerror", lambda error: add(f"page error: {error}"))
    page.on("console", read)
    page.on("dialog", lambda dialog: dialog.accept())
    return problems


@pytest.fixture(scope="session")
def lab() -> Iterator[Lab]:
    with Lab() as lab:
        yield lab


@pytest.fixture(scope="session")
def lab_page(browser: Browser, lab: Lab) -> Iterator[tuple[Page, list[str]]]:
    """One JupyterLab for all tests, and its problems: a notebook opens in it within a second."""
    page = browser.new_page(viewport=VIEWPORT)
    problems = watch(page)
    page.goto(lab.address("lab"))
    page.wait_for_function("() => window.jupyterapp !== undefined")
    page.evaluate("() => window.jupyterapp.restored")
    yield page, problems
    page.close()


OpenNotebook = Callable[..., NotebookPage]


@pytest.fixture
def open_notebook(
    request: pytest.FixtureRequest, browser: Browser, lab: Lab
) -> Iterator[OpenNotebook]:
    """Open a copy of a notebook: ``open_notebook(source, app="lab", theme="Light")``.

    ``source`` is a path in the repository or an nbformat node, ``app`` is ``"lab"`` or
    ``"notebook"`` (Notebook 7), ``theme`` is ``"Light"`` or ``"Dark"``. After the test the kernel
    is shut down, and an error that the page reported fails the test.
    """
    opened: list[tuple[NotebookPage, list[str]]] = []
    own_pages: list[Page] = []

    def open_copy(
        source: str | Path | nbformat.NotebookNode, app: str = "lab", theme: str = "Light"
    ) -> NotebookPage:
        name = f"copy-{next(_numbers)}.ipynb"
        if isinstance(source, nbformat.NotebookNode):
            nbformat.write(source, lab.root / name)
        else:
            shutil.copy(REPOSITORY / source, lab.root / name)
        if app == "lab":
            page, problems = request.getfixturevalue("lab_page")
            command = "path => window.jupyterapp.commands.execute('docmanager:open', { path })"
            page.evaluate(f"{command}.then(() => null)", name)
        else:
            page = browser.new_page(viewport=VIEWPORT)
            own_pages.append(page)
            problems = watch(page)
            page.goto(lab.address(f"notebooks/{name}"))
            page.wait_for_function("() => window.jupyterapp !== undefined")
        notebook = NotebookPage(page)
        notebook.use_theme(f"JupyterLab {theme}")
        problems.clear()  # those of the application's own start
        opened.append((notebook, problems))
        return notebook

    yield open_copy
    for notebook, _ in reversed(opened):
        notebook.close()
    for page in own_pages:
        page.close()
    assert [problem for _, problems in opened for problem in problems] == []


_numbers = itertools.count(1)

Bare = Callable[..., Page]


def serve_bare(page: Page) -> list[str]:
    """Answer a page with the bare one; its problems and what else it asks for come back."""
    problems = watch(page)

    def serve(route: Route) -> None:
        path = BARE_FILES.get(route.request.url.removeprefix(BARE_HOST))
        if path:
            route.fulfill(path=path)
        else:
            problems.append(f"the page asked for {route.request.url}")
            route.abort()

    page.route(lambda url: not url.startswith(("data:", "blob:")), serve)
    return problems


def draw_bare(page: Page, state: dict[str, Any], width: int = 900, theme: str = "light") -> Page:
    page.set_viewport_size({"width": width, "height": 1000})
    # Nothing slides, so what is read next stands still.
    page.emulate_media(color_scheme=theme, reduced_motion="reduce", forced_colors="null")
    page.goto(f"{BARE_HOST}/")
    page.evaluate("state => staged.then(() => stage.start(state))", state)
    return page


@pytest.fixture(scope="session")
def bare_page(browser: Browser) -> Iterator[tuple[Bare, list[str]]]:
    """One page that each bare test loads anew; a page of its own would triple its time."""
    page = browser.new_page()
    page.set_default_timeout(5000)
    yield partial(draw_bare, page), serve_bare(page)
    page.close()


@pytest.fixture
def bare(bare_page: tuple[Bare, list[str]]) -> Iterator[Bare]:
    """Draw the widget in a page with no kernel: ``bare(state, width=900, theme="light")``.

    The page's ``stage`` (see bare.html) has ``changes`` and ``messages`` that the widget sent, and
    ``receive(values)`` and ``message(content)`` for what a kernel would send. Asking the network
    for anything fails the test, as does an error in the page.
    """
    draw, problems = bare_page
    problems.clear()
    yield draw
    assert problems == []


@pytest.fixture
def timed(page: Page) -> Iterator[Bare]:
    """Draw as `bare` does, in a page whose time stands still: ``page.clock.run_for`` moves it."""
    problems = serve_bare(page)
    page.clock.install(time=0)

    def draw(state: dict[str, Any], **options: Any) -> Page:
        draw_bare(page, state, **options)
        page.locator(".cw-picture").wait_for()
        page.clock.pause_at(3_600_000)
        return page

    yield draw
    assert problems == []


@pytest.fixture(scope="session")
def picture() -> Callable[[Page | Locator, str], Path]:
    """Keep a screenshot to look at, as ``test-artifacts/<name>.png``."""
    ARTIFACTS.mkdir(exist_ok=True)

    def take(what: Page | Locator, name: str) -> Path:
        path = ARTIFACTS / f"{name}.png"
        what.screenshot(path=path, animations="disabled")
        return path

    return take
