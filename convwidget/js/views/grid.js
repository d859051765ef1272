// One grid of cells: with numbers, only shaded, or as one image.

import { attribute, svg } from "../dom.js";
import { colours, image, share } from "../shading.js";
import { number } from "../words.js";
import { isNoted } from "./box.js";
import { isMany, Many } from "./many.js";
import { legend } from "./marks.js";

/** @typedef {import("./grids/layout.js").Box} Box */
/** @typedef {import("../scene.js").MapName} MapName */

/**
 * What stands at a row and column of a box. `index` is the cell's own index in its map, null for
 * padding and inserted zeros; NaN is no number; a note stands small under the number.
 * @typedef {{row: number, column: number, kind: string, index: number[] | null, value: number,
 *   note?: string}} Cell
 */

/**
 * A drawn grid: its element, and the elements of its cells by row and column of the box. Where it
 * is one image, `standIn` makes the one cell that the keyboard is at.
 * @typedef {{node: SVGElement, cells: Pick<Map<string, SVGElement>, "get" | "values">,
 *   standIn(index: number[], at: readonly number[], value: string, shape: readonly number[]): void,
 * }} Grid
 */

/**
 * @param {{map: MapName, box: Box, label?: string, cells: Cell[],
 *   range: [number, number], legend?: number, root: Element, few?: number, look?: string}} what a
 *   grid without a `label` is for eyes only; `root` is where the colours are read; `legend` the room
 *   for the scale of a shaded grid, 0 for none; more cells than `few` have no elements before the
 *   view gets them from `cells`; `look` is what all of them look like
 * @returns {Grid}
 */
export function grid(
  { map, box, label, cells, range, root, legend: room = Infinity, few = Infinity, look = "" },
) {
  const text = writer();
  const node = svg("g", {
    class: `cw-grid cw-grid-${map}`,
    "data-map": map,
    transform: `translate(${box.x} ${box.y})`,
    style: `--cw-cell: ${box.cell}px; --cw-shift: ${shift(box, cells, text)}px`,
  });
  if (!box.numbers && room) node.append(legend(box, range, room));
  const own = cells.filter(({ index }) => index);
  const many = isMany(box, cells, few);
  const readonly = map === "output" ? "true" : null;
  const inner = label
    ? svg("g", { role: "grid", "aria-label": label, "aria-readonly": readonly })
    : svg("g");
  /** @type {Grid["standIn"]} */
  const standIn = (index, at, value, shape) => replace(inner, box, index, at, value, shape);
  if (box.image) {
    node.append(image(box, own, range, colours(root)[map]), frame(box, own), inner);
    return { node, cells: new Map(), standIn };
  }
  const around = svg("g", { "aria-hidden": "true" });
  const put = rowsOf(inner);
  const draw = drawer(box, text, look);
  /** @param {Cell} cell */
  const fill = ({ value }) => box.numbers ? undefined : shade(value, range);
  /** @param {Cell} cell */
  const place = (cell) => {
    if (!cell.index) return around.appendChild(draw(cell));
    const element = draw(cell, fill(cell));
    if (!label) return inner.appendChild(element);
    attribute(element, {
      role: "gridcell",
      "aria-label": text(cell.value),
      tabindex: "-1",
      "data-index": `${cell.index}`,
      "aria-colindex": many && (cell.index.at(-1) ?? 0) + 1,
    });
    put(cell, element);
    return element;
  };
  if (many) {
    const font = (/** @type {string} */ kind) => fontOf(box, kind);
    const drawn = new Many(box, cells, { place, fill, text, font, look, root });
    const [rows, columns] = [-2, -1].map((n) =>
      Math.max(0, ...own.map((cell) => cell.index?.at(n) ?? 0))
    );
    attribute(inner, { "aria-rowcount": rows + 1, "aria-colcount": columns + 1 });
    node.append(around, drawn.node, inner, frame(box, own));
    return { node, cells: drawn, standIn };
  }
  const drawn = new Map(cells.map((cell) => [`${cell.row},${cell.column}`, place(cell)]));
  node.append(around, inner, frame(box, own));
  return { node, cells: drawn, standIn };
}

/**
 * Leave one cell in the grid of an image.
 * @param {SVGElement} grid
 * @param {Box} box
 * @param {number[]} index
 * @param {readonly number[]} at row and column of the box
 * @param {string} value
 * @param {readonly number[]} shape
 */
function replace(grid, { cell }, index, [row, column], value, shape) {
  const stand = svg(
    "g",
    {
      role: "gridcell",
      class: "cw-cell",
      "aria-colindex": (index.at(-1) ?? 0) + 1,
      "aria-label": value,
      "data-index": String(index),
      transform: `translate(${column * cell} ${row * cell})`,
    },
    svg("rect", { class: "cw-stand-in", width: Math.max(cell, 3), height: Math.max(cell, 3) }),
  );
  attribute(grid, { "aria-rowcount": shape.at(-2), "aria-colcount": shape.at(-1) });
  grid.replaceChildren(svg("g", { role: "row", "aria-rowindex": (index.at(-2) ?? 0) + 1 }, stand));
}

/**
 * The smallest and the largest of some numbers; a window of padding only has −∞ for its maximum.
 * @param {Float64Array} data
 * @returns {[number, number]}
 */
export function extent(data) {
  let [low, high] = [Infinity, -Infinity];
  for (const value of data) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low > high ? [0, 0] : [low, high];
}

/** What writes the numbers of a grid, each value once. */
function writer() {
  /** @type {Map<number, string>} */
  const texts = new Map();
  /** @param {number} value */
  return function text(value) {
    let found = texts.get(value);
    if (found === undefined) {
      texts.set(value, found = Number.isNaN(value) ? "" : number(value));
    }
    return found;
  };
}

/**
 * How far a number can move to the left, to make room for a weight, and stay in its cell.
 * @param {Box} box
 * @param {Cell[]} cells
 * @param {(value: number) => string} text
 */
function shift({ cell, numbers }, cells, text) {
  if (!numbers) return 0;
  const widest = cells.reduce((most, { value }) => Math.max(most, text(value).length), 1);
  return Math.min(0.17 * cell, Math.max(0, (cell - widest * 0.6 * numbers) / 2 - 2)).toFixed(1);
}

/**
 * Draws the cells of a box: a copy of the first of its kind costs less than making each anew.
 * @param {Box} box
 * @param {(value: number) => string} written
 * @param {string} look
 */
function drawer(box, written, look) {
  /** @type {Record<string, SVGElement>} */
  const firsts = {};
  /** @param {Cell} cell @param {string} [fill] */
  return function draw({ row, column, kind, value, note }, fill) {
    firsts[kind] ??= blank(box, kind, Boolean(note), look);
    const group = /** @type {SVGElement} */ (firsts[kind].cloneNode(true));
    group.setAttribute("transform", `translate(${column * box.cell} ${row * box.cell})`);
    const [rect, text, noted] = group.children;
    if (fill) rect.setAttribute("style", `fill: ${fill}`);
    if (text?.tagName === "text") text.textContent = written(value);
    if (noted) noted.textContent = note ?? "";
    return group;
  };
}

/**
 * The size of the numbers of a kind.
 * @param {Box} box
 * @param {string} kind
 */
const fontOf = ({ numbers }, kind) =>
  kind === "padding" || kind === "zero" ? numbers * 0.85 : numbers;

/**
 * A cell without its number.
 * @param {Box} box
 * @param {string} kind
 * @param {boolean} hasNote
 * @param {string} look
 */
function blank(box, kind, hasNote, look) {
  const { cell, numbers } = box;
  const [middle, near, far] = [cell / 2, cell * 0.28, cell * 0.72];
  const noted = isNoted(hasNote, cell);
  const group = svg(
    "g",
    { class: `cw-cell cw-${kind} ${look}`.trim() },
    svg("rect", { width: cell, height: cell }),
  );
  if (kind === "beyond") {
    const d = `M${near} ${near}L${far} ${far}M${far} ${near}L${near} ${far}`;
    group.append(svg("path", { d }));
  } else if (kind === "gap") {
    group.append(svg("circle", { cx: middle, cy: middle, r: 1.8 }));
  } else if (numbers) {
    const y = noted ? cell / 2.6 : middle;
    group.append(svg("text", { x: middle, y, "font-size": fontOf(box, kind).toFixed(1) }));
    if (noted) group.append(svg("text", { class: "cw-note", x: middle, y: cell * 0.75 }));
  }
  return group;
}

/**
 * The line around the cells that are the map's own, if there are any.
 * @param {Box} box
 * @param {Cell[]} own
 */
function frame({ cell }, own) {
  const [first, last] = [own[0], own.at(-1)]; // in reading order, so opposite corners
  if (!first || !last) return svg("g");
  return svg("rect", {
    class: "cw-frame",
    x: first.column * cell,
    y: first.row * cell,
    width: (last.column - first.column + 1) * cell,
    height: (last.row - first.row + 1) * cell,
    rx: 1.5,
  });
}

/**
 * Puts cells into rows, both in reading order, whichever comes first.
 * @param {SVGElement} grid
 */
function rowsOf(grid) {
  /** @type {WeakMap<Element, number>} */
  const places = new WeakMap();
  /** @type {Map<number, SVGElement>} */
  const rows = new Map();
  /** @param {Element} parent @param {Element} node @param {number} place */
  const insert = (parent, node, place) => {
    places.set(node, place);
    let before = parent.lastElementChild;
    while (before && (places.get(before) ?? 0) > place) before = before.previousElementSibling;
    if (before) before.after(node);
    else parent.prepend(node);
  };
  /** @param {Cell} cell @param {SVGElement} element */
  return function put({ row, column, index }, element) {
    let line = rows.get(row);
    if (!line) {
      line = svg("g", { role: "row", "aria-rowindex": (index?.at(-2) ?? 0) + 1 });
      rows.set(row, line);
      insert(grid, line, row);
    }
    insert(line, element, column);
  };
}

/**
 * A value between the map's darkest and lightest colour, in as many steps as eyes tell apart.
 * @param {number} value
 * @param {[number, number]} range
 */
function shade(value, range) {
  const light = `${2 * Math.round(50 * share(value, range))}%`;
  return `color-mix(in oklab, var(--cw-light) ${light}, var(--cw-dark))`;
}
