// One grid of cells: with numbers, only shaded, or as one image.

import { attribute, svg } from "../dom.js";
import { colours, image, share } from "../shading.js";
import { number } from "../words.js";
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
 * @typedef {{node: SVGElement, cells: Map<string, SVGElement>,
 *   standIn(index: number[], at: readonly number[], value: string, shape: readonly number[]): void,
 * }} Grid
 */

/**
 * @param {{map: MapName, box: Box, label: string, cells: Cell[],
 *   range: [number, number], legend?: number, root: Element}} what `root` is where the colours are
 *   read, `legend` the room for the scale of a shaded grid, 0 for none
 * @returns {Grid}
 */
export function grid({ map, box, label, cells, range, root, legend: room = Infinity }) {
  const node = svg("g", {
    class: `cw-grid cw-grid-${map}`,
    "data-map": map,
    transform: `translate(${box.x} ${box.y})`,
    style: `--cw-cell: ${box.cell}px; --cw-shift: ${shift(box, cells)}px`,
  });
  if (!box.numbers && room) node.append(legend(box, range, room));
  /** @type {Map<string, SVGElement>} */
  const drawn = new Map();
  const own = cells.filter(({ index }) => index);
  const readonly = map === "output" ? "true" : null;
  const inner = svg("g", { role: "grid", "aria-label": label, "aria-readonly": readonly });
  /** @type {Grid["standIn"]} */
  const standIn = (index, at, value, shape) => replace(inner, box, index, at, value, shape);
  if (box.image) {
    node.append(image(box, own, range, colours(root)[map]), frame(box, own), inner);
    return { node, cells: drawn, standIn };
  }
  const draw = drawer(box);
  const around = svg("g", { "aria-hidden": "true" });
  for (const cell of cells) {
    if (!cell.index) drawn.set(`${cell.row},${cell.column}`, around.appendChild(draw(cell)));
  }
  for (const [row, line] of byRow(own)) {
    const group = svg("g", { role: "row", "aria-rowindex": row + 1 });
    for (const cell of line) {
      const element = draw(cell, box.numbers ? undefined : shade(cell.value, range));
      element.setAttribute("role", "gridcell");
      element.setAttribute("aria-label", number(cell.value));
      element.setAttribute("tabindex", "-1");
      element.dataset.index = String(cell.index);
      group.append(element);
      drawn.set(`${cell.row},${cell.column}`, element);
    }
    inner.append(group);
  }
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

/**
 * How far a number can move to the left, to make room for a weight, and stay in its cell.
 * @param {Box} box
 * @param {Cell[]} cells
 */
function shift({ cell, numbers }, cells) {
  if (!numbers) return 0;
  const widest = cells.reduce((most, { value }) => Math.max(most, written(value).length), 1);
  return Math.min(0.17 * cell, Math.max(0, (cell - widest * 0.6 * numbers) / 2 - 2)).toFixed(1);
}

/**
 * Draws the cells of a box: a copy of the first of its kind costs less than making each anew.
 * @param {Box} box
 */
function drawer(box) {
  /** @type {Record<string, SVGElement>} */
  const firsts = {};
  /** @param {Cell} cell @param {string} [fill] */
  return function draw({ row, column, kind, value, note }, fill) {
    firsts[kind] ??= blank(box, kind, Boolean(note));
    const group = /** @type {SVGElement} */ (firsts[kind].cloneNode(true));
    group.setAttribute("transform", `translate(${column * box.cell} ${row * box.cell})`);
    const [rect, text, noted] = group.children;
    if (fill) rect.setAttribute("style", `fill: ${fill}`);
    if (text?.tagName === "text") text.textContent = written(value);
    if (noted) noted.textContent = note ?? "";
    return group;
  };
}

/** @param {number} value */
const written = (value) => Number.isNaN(value) ? "" : number(value);

/**
 * A cell without its number.
 * @param {Box} box
 * @param {string} kind
 * @param {boolean} hasNote
 */
function blank({ cell, numbers }, kind, hasNote) {
  const [middle, near, far] = [cell / 2, cell * 0.28, cell * 0.72];
  const noted = hasNote && cell >= 30;
  const group = svg(
    "g",
    { class: `cw-cell cw-${kind}` },
    svg("rect", { width: cell, height: cell }),
  );
  if (kind === "beyond") {
    const d = `M${near} ${near}L${far} ${far}M${far} ${near}L${near} ${far}`;
    group.append(svg("path", { d }));
  } else if (kind === "gap") {
    group.append(svg("circle", { cx: middle, cy: middle, r: 1.8 }));
  } else if (numbers) {
    const font = kind === "padding" || kind === "zero" ? numbers * 0.85 : numbers;
    const y = noted ? cell / 2.6 : middle;
    group.append(svg("text", { x: middle, y, "font-size": font.toFixed(1) }));
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
 * @param {Cell[]} cells
 */
function byRow(cells) {
  /** @type {Map<number, Cell[]>} */
  const rows = new Map();
  for (const cell of cells) {
    const row = cell.index?.at(-2) ?? 0;
    const line = rows.get(row);
    if (line) line.push(cell);
    else rows.set(row, [cell]);
  }
  return rows;
}

/**
 * A value between the map's darkest and lightest colour.
 * @param {number} value
 * @param {[number, number]} range
 */
function shade(value, range) {
  const light = `${(100 * share(value, range)).toFixed(1)}%`;
  return `color-mix(in oklab, var(--cw-light) ${light}, var(--cw-dark))`;
}
