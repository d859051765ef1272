"""What a view shows, read off the page as eyes would: boxes, numbers and words."""

import re
from typing import Any, NamedTuple

from playwright.sync_api import Locator

Box = tuple[float, float, float, float]  # x, y, width, height in the page
Index = tuple[int, ...]
MAPS = ("input", "kernel", "output")

# The cells of a grid that are drawn together: each number where its letters stand on the page, each
# square where its outline is drawn. Which cell of the map one is follows from how many of the map's
# own rows and columns stand before it, and from one cell that is an element of its own. A number
# stands in the middle of its cell, or makes room for a weight, `slack` away from there at most.
MANY = """const many = (grid, slack = 1.5) => {
    const edge = parseFloat(grid.style.getPropertyValue('--cw-cell'));
    const matrix = grid.getScreenCTM(), back = matrix.inverse();
    const corner = (x, y) => new DOMPoint(x * edge, y * edge).matrixTransform(matrix);
    const found = new Map();
    const cellAt = (part, x, y) => {
      const [row, column] = [Math.floor(y / edge), Math.floor(x / edge)];
      const key = `${row},${column}`;
      const [from, to] = [corner(column, row), corner(column + 1, row + 1)];
      if (!found.has(key)) {
        found.set(key, {
          row, column, text: '', fill: '', index: null, name: null, selected: false,
          box: [from.x, from.y, to.x - from.x, to.y - from.y],
          classes: [...part.closest('.cw-many').classList],
        });
      }
      return found.get(key);
    };
    const own = [];
    for (const path of grid.querySelectorAll('.cw-many .cw-squares')) {
      const outline = path.getAttribute('d');
      for (const [, x, y, w, h] of outline.matchAll(/M(\\S+) (\\S+?)h([^v]+)v([^h]+)h/g)) {
        if (w !== h || Number(w) !== edge) throw new Error(`a square of ${w} by ${h}`);
        const cell = cellAt(path, Number(x) + w / 2, Number(y) + h / 2);
        if (cell.fill) throw new Error(`two squares at ${cell.row}, ${cell.column}`);
        cell.fill = getComputedStyle(path).fill;
        own.push(cell);
      }
    }
    for (const lines of grid.querySelectorAll('.cw-many .cw-numbers')) {
      const range = document.createRange(), letters = lines.firstChild;
      for (const { index, 0: number } of letters?.data.matchAll(/[^\\t\\n]+/g) ?? []) {
        range.setStart(letters, index);
        range.setEnd(letters, index + number.length);
        const { x, y, width, height } = range.getBoundingClientRect();
        const middle = new DOMPoint(x + width / 2, y + height / 2).matrixTransform(back);
        const { x: left, y: top } = middle;
        const cell = cellAt(lines, left, top);
        const where = `${number} at ${cell.row}, ${cell.column}`;
        if (cell.text) throw new Error(`${where}, over ${cell.text}`);
        const off = [left - (cell.column + 0.5) * edge, top - (cell.row + 0.5) * edge];
        if (off.some((by) => Math.abs(by) > slack)) throw new Error(`${where} is off by ${off}`);
        const room = new DOMPoint(x + width, y).matrixTransform(back).x -
          new DOMPoint(x, y).matrixTransform(back).x;
        if (room > edge) throw new Error(`${where} is wider than its cell`);
        cell.text = number;
      }
    }
    const alone = [...grid.querySelectorAll('.cw-cell[data-index]')].map((cell) => {
      const { e, f } = grid.getCTM().inverse().multiply(cell.getCTM());
      return {
        row: Math.round(f / edge), column: Math.round(e / edge),
        index: cell.dataset.index.split(',').map(Number),
      };
    });
    if (found.size && alone.length) {
      const rank = (name) => {
        const places = new Set([...own, ...alone].map((cell) => cell[name]));
        return [...places].sort((a, b) => a - b);
      };
      const [rows, columns] = [rank('row'), rank('column')];
      const [one] = alone;
      const [row, column] = one.index.slice(-2);
      for (const cell of own) {
        cell.index = [
          ...one.index.slice(0, -2),
          row + rows.indexOf(cell.row) - rows.indexOf(one.row),
          column + columns.indexOf(cell.column) - columns.indexOf(one.column),
        ];
      }
    }
    return [...found.values()];
  };"""

READ = f"""async (root) => {{
  {MANY}
"""
READ += """  const box = (element) => {
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
        fill: getComputedStyle(cell.querySelector('rect')).fill,
      }), grid).concat(many(grid)),
    };
  }
  const worded = (element) => ({ box: box(element.querySelector('rect')), text: text(element) });
  // Words, each of them in a frame of its own: the frames are one path.
  const labels = (group) => {
    const path = group.querySelector('path'), texts = [...group.querySelectorAll('text')];
    const frames = path.getAttribute('d').split('z').filter(Boolean).map((d) => {
      const one = path.cloneNode();
      one.setAttribute('d', `${d}z`);
      group.append(one);
      const found = box(one);
      one.remove();
      return found;
    });
    return texts.map((element, n) => {
      const [[x, y, width, height], [left, top, wide, high]] = [box(element), frames[n]];
      const off = [x + width / 2 - left - wide / 2, y + height / 2 - top - high / 2];
      if (off.some((by) => Math.abs(by) > 1.5)) throw new Error(`a word is off by ${off}`);
      if (frames.length !== texts.length) throw new Error('not a frame for each word');
      return { box: frames[n], text: text(element) };
    });
  };
  const outline = (element) => ({ box: box(element), classes: [...element.classList] });
  const picture = root.querySelector('.cw-picture');
  return {
    maps,
    outlines: all('rect.cw-window, rect.cw-made, rect.cw-held', outline, picture),
    hatches: all('.cw-hatches rect', box),
    tabs: [...root.querySelectorAll('.cw-weights')].flatMap(labels),
    ticks: [
      ...[...root.querySelectorAll('.cw-marks')].flatMap(labels)
        .map((one) => ({ ...one, now: false })),
      ...all('.cw-tick', (tick) => ({ ...worded(tick), now: true })),
    ],
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
