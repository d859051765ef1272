"""What a view shows, read off the page as eyes would: boxes, numbers and words."""

import re
from typing import Any, NamedTuple

from playwright.sync_api import Locator

Box = tuple[float, float, float, float]  # x, y, width, height in the page
Index = tuple[int, ...]
MAPS = ("input", "kernel", "output")

READ = """async (root) => {
  const box = (element) => {
    const b = element.getBBox(), m = element.getScreenCTM();
    return [m.e + m.a * b.x, m.f + m.d * b.y, m.a * b.width, m.d * b.height];
  };
  const all = (selector, read, from = root) => [...from.querySelectorAll(selector)]
    .filter((element) => getComputedStyle(element).display !== 'none').map(read);
  const text = (element) => element?.textContent ?? '';
  const read = (selector) => text(root.querySelector(selector));
  const pixels = async (image) => {
    const picture = new Image();
    picture.src = image.getAttribute('href');
    await picture.decode();
    const canvas = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
    canvas.drawImage(picture, 0, 0);
    const { data } = canvas.getImageData(0, 0, picture.width, picture.height);
    return {
      box: box(image), columns: picture.width, rows: picture.height,
      light: Array.from({ length: data.length / 4 }, (_, n) =>
        data[4 * n + 3] ? data[4 * n] + data[4 * n + 1] + data[4 * n + 2] : null),
    };
  };
  const maps = {};
  for (const map of ['input', 'kernel', 'output']) {
    const grid = root.querySelector(`.cw-picture > .cw-grid-${map}`);
    if (!grid) continue; // a pool has no kernel
    const image = grid.querySelector('image');
    maps[map] = {
      label: grid.querySelector('[role=grid]').getAttribute('aria-label'),
      frame: box(grid.querySelector('.cw-frame')),
      image: image && await pixels(image),
      cells: all('.cw-cell', (cell) => ({
        box: box(cell.querySelector('rect')),
        text: text(cell.querySelector('text')),
        classes: [...cell.classList],
        index: cell.dataset.index?.split(',').map(Number) ?? null,
        name: cell.getAttribute('aria-label'),
        selected: cell.getAttribute('aria-selected') === 'true',
      }), grid),
    };
  }
  const worded = (element) => ({ box: box(element.querySelector('rect')), text: text(element) });
  const outline = (element) => ({ box: box(element), classes: [...element.classList] });
  const picture = root.querySelector('.cw-picture');
  return {
    maps,
    outlines: all('rect.cw-window, rect.cw-made, rect.cw-held', outline, picture),
    hatches: all('.cw-hatches rect', box),
    tabs: all('.cw-tab', worded),
    ticks: all('.cw-tick', (tick) =>
      ({ ...worded(tick), now: tick.classList.contains('cw-now') })),
    starts: read('.cw-starts'),
    captions: all('.cw-caption', (caption) => {
      const [name, said] = [...caption.children].map(text);
      const under = name === 'kernel' ? all('.cw-under', text) : []; // no room before the output
      return [name, [said, ...under].join(', ')];
    }),
    formulas: all('.cw-size', (size) => all('math', (side) => side.innerHTML, size).join('')),
    badges: all('.cw-badge', text),
    reasons: all('.cw-size .cw-reason', text),
    sentence: read('.cw-sentence'),
    sum: read('.cw-sum'),
    at: read('.cw-at'),
    banner: read('.cw-banner'),
    status: read('.cw-status'),
    name: root.getAttribute('aria-label'),
    arrangement: [...picture.classList],
  };
}"""


class Cell(NamedTuple):
    """A cell as it is drawn; `index` is None where it is none of its map's own."""

    kind: str
    text: str
    index: Index | None
    name: str | None
    lit: bool
    active: bool
    selected: bool


class Drawn:
    """One reading of a view."""

    def __init__(self, root: Locator) -> None:
        self.raw: dict[str, Any] = root.evaluate(READ)

    def __getattr__(self, name: str) -> Any:
        return self.raw[name]

    def box_of(self, map: str) -> tuple[float, float, float]:
        """Where a map's box begins, and the edge of its cells."""
        drawn = self.maps[map]
        if drawn["image"]:
            x, y, width, _ = drawn["image"]["box"]
            return x, y, width / drawn["image"]["columns"]
        boxes = [cell["box"] for cell in drawn["cells"]]
        return min(box[0] for box in boxes), min(box[1] for box in boxes), boxes[0][2]

    def span(self, map: str, box: Box) -> tuple[int, int, int, int]:
        """The row, column, rows and columns that a box of the page covers on a map."""
        left, top, edge = self.box_of(map)
        x, y, width, height = box
        row, column = (y - top) / edge, (x - left) / edge
        rows, columns = height / edge, width / edge
        # Outlines that overlap are inset by a few pixels, but never by half a cell.
        return (
            round(row),
            round(column),
            round(row + rows) - round(row),
            (round(column + columns) - round(column)),
        )

    def cells(self, map: str) -> dict[Index, Cell]:
        """Every cell of a map's box, by row and column of the box."""
        found: dict[Index, Cell] = {}
        for cell in self.maps[map]["cells"]:
            row, column, rows, columns = self.span(map, cell["box"])
            assert (rows, columns) == (1, 1)
            assert (row, column) not in found, f"two cells of {map} at {row}, {column}"
            classes = cell["classes"]
            kinds = {"input", "kernel", "output", "padding", "zero", "gap", "beyond"}
            (kind,) = (name[3:] for name in classes if name[3:] in kinds)
            found[row, column] = Cell(
                kind,
                cell["text"],
                cell["index"] and tuple(cell["index"]),
                cell["name"],
                "cw-lit" in classes,
                "cw-active" in classes,
                cell["selected"],
            )
        return found

    def lit(self, map: str) -> set[Index]:
        """The cells of a map's box that are lit."""
        return {at for at, cell in self.cells(map).items() if cell.lit}

    def outlined(self, map: str, style: str) -> list[tuple[int, int, int, int]]:
        """The outlines of a style (window, made or held) over a map, in cells."""
        left, top, edge = self.box_of(map)
        across, down = left + edge * self._columns(map), top + edge * self._rows(map)
        return sorted(
            self.span(map, outline["box"])
            for outline in self.outlines
            if f"cw-{style}" in outline["classes"]
            and left - 1 <= outline["box"][0] < across
            and top - 1 <= outline["box"][1] < down
        )

    def weights(self, map: str) -> dict[Index, str]:
        """The words in the corners of a map's cells."""
        found = {}
        for tab in self.tabs:
            left, top, edge = self.box_of(map)
            x, y, width, height = tab["box"]
            column, row = (x + width / 2 - left) / edge, (y + height / 2 - top) / edge
            if 0 <= row < self._rows(map) and 0 <= column < self._columns(map):
                found[int(row), int(column)] = tab["text"]
        return found

    def _rows(self, map: str) -> int:
        image = self.maps[map]["image"]
        return int(image["rows"]) if image else 1 + max(row for row, _ in self.cells(map))

    def _columns(self, map: str) -> int:
        image = self.maps[map]["image"]
        return int(image["columns"]) if image else 1 + max(at for _, at in self.cells(map))


def written(value: float) -> str:
    """A number as it stands in a cell."""
    assert value == int(value)
    return str(int(value)).replace("-", "−")


def numbers(text: str) -> list[int]:
    """The integers of a sentence, in order."""
    return [int(number.replace("−", "-")) for number in re.findall(r"(?:\B−)?\d+", text)]
