"""Driving one view of the widget in the bare page."""

from typing import Any

from drawn import MANY, Drawn
from playwright.sync_api import Locator, Page

from convwidget import ConvWidget

FRAMES = """() => new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(() => done())))"""


class View:
    """A view on a page, and what a person does with it."""

    def __init__(self, page: Page, nth: int = 0, still: bool = False) -> None:
        self.page, self.still = page, still
        self.root = page.locator(".cw").nth(nth)
        self.root.locator(".cw-picture").first.wait_for()

    def settle(self) -> None:
        """Wait until the next frame is painted."""
        if self.still:
            self.page.clock.run_for(40)
        else:
            self.page.evaluate(FRAMES)

    def drawn(self) -> Drawn:
        """What is shown."""
        self.settle()
        return Drawn(self.root)

    def cell(self, map: str, *index: int) -> Locator:
        """A cell of a map."""
        place = ",".join(str(n) for n in index)
        return self.root.locator(f".cw-picture > .cw-grid-{map} [data-index='{place}']")

    def hover(self, map: str, *index: int) -> None:
        """Bring the pointer to a cell."""
        self.page.mouse.move(*self._middle(map, index))

    def click(self, map: str, *index: int) -> None:
        """Click a cell, where it stands."""
        self.page.mouse.click(*self._middle(map, index))

    def focus(self, map: str, *index: int) -> None:
        """Give the keyboard to a cell: one among many is an element once the pointer has met it."""
        if self.cell(map, *index).count() == 0:
            self.hover(map, *index)
            self.settle()
            self.leave()
        self.cell(map, *index).focus()

    def leave(self) -> None:
        """Take the pointer away from the picture."""
        self.page.mouse.move(2, 2)

    def field(self, name: str) -> Locator:
        """The number field of a setting, by its name such as "kernel k"."""
        return self.root.get_by_label(name, exact=True)

    def type(self, name: str, text: str) -> None:
        """Write into a field, press Enter, and wait for the picture."""
        self.field(name).fill(text)
        self.field(name).press("Enter")
        self.settle()

    def slider(self, name: str) -> Locator:
        """The slider of a setting: the one beside its field, or the one that serves the field."""
        self.field(name).focus()
        shared = self.root.locator(".cw-stepper [type=range]")
        return shared if shared.count() else self.field(name).locator("xpath=..//input[@max]")

    def button(self, name: str) -> Locator:
        """A button by its name."""
        return self.root.get_by_role("button", name=name, exact=True)

    def open_more(self) -> None:
        """Open the settings that are behind "more"."""
        self.root.locator(".cw-more > summary").click()

    def open_tables(self) -> None:
        """Open the tables."""
        self.root.get_by_text("Values as tables").click()

    def focused(self) -> str:
        """What has the keyboard: its name, and for a cell its index."""
        return str(self.page.evaluate(FOCUSED))

    def changes(self) -> list[dict[str, Any]]:
        """What was sent to Python, one entry a message."""
        self.settle()
        return list(self.page.evaluate("stage.changes"))

    def receive(self, **values: Any) -> None:
        """Set traits as Python would."""
        self.page.evaluate("values => stage.receive(values)", values)

    def _middle(self, map: str, index: tuple[int, ...]) -> tuple[float, float]:
        if not self.still:
            self.settle()  # the next frame may draw the cell anew
        cell = self.cell(map, *index)
        if cell.count() == 0:
            return self._among_many(map, index)
        cell.scroll_into_view_if_needed()
        box = cell.locator("rect").bounding_box()
        assert box
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def _among_many(self, map: str, index: tuple[int, ...]) -> tuple[float, float]:
        """The middle of a cell that is drawn together with others."""
        grid = self.root.locator(f".cw-picture > .cw-grid-{map}")
        grid.locator(".cw-frame").scroll_into_view_if_needed()
        cells = grid.evaluate(f"(grid) => {{ {MANY} return many(grid); }}")
        (box,) = (cell["box"] for cell in cells if cell["index"] == list(index))
        return box[0] + box[2] / 2, box[1] + box[3] / 2


FOCUSED = """() => {
  const at = document.activeElement;
  if (at.dataset.index) return `${at.closest('[role=grid]').ariaLabel.split(',')[0]} ${
    at.dataset.index}`;
  return at.getAttribute('aria-label') ?? at.textContent;
}"""


def show(bare: Any, widget: ConvWidget, **options: Any) -> View:
    """A view of a widget in the bare page."""
    return View(bare(widget.get_state(), **{"width": 1080, **options}))


def show_still(timed: Any, widget: ConvWidget) -> View:
    """A view in a page whose time moves only with its clock."""
    return View(timed(widget.get_state(), width=1080), still=True)
