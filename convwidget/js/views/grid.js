// One grid of cells: with numbers, only shaded, or as one image.

import { svg } from "../dom.js";
import { image } from "../shading.js";
import { number } from "../words.js";
import { legend } from "./marks.js";

/** @typedef {import("../layout.js").Box} Box */
/** @typedef {import("../scene.js").MapName} MapName */

/**
 * What stands at a row and column of a box. `index` is the cell's own index in its map, null for
 * padding and inserted zeros.
 * @typedef {{row: number, column: number, kind: string, index: number[] | null, value: number}} Cell
 */

/**
 * A drawn grid: its element, and the elements of its cells by row and column of the box.
 * @typedef {{node: SVGElement, cells: Map<string, SVGElement>}} Grid
 */

/**
 * @param {{map: MapName, box: Box, label: string, cells: Cell[],
 *   range: [number, number], legend?: boolean, theme: import("../shading.js").Colours}} what
 * @returns {Grid}
 */
export function grid({ map, box, label, cells, range, theme, legend: scale = true }) {
  const node = svg("g", {
    class: `cw-grid cw-grid-${map}`,
    transform: `translate(${box.x} ${box.y})`,
    style: `--cw-cell: ${box.cell}px; --cw-shift: ${shift(box, cells)}px`,
  });
  if (!box.numbers && scale) node.append(legend(box, range));
  /** @type {Map<string, SVGElement>} */
  const drawn = new Map();
  const own = cells.filter(({ index }) => index);
  if (box.image) {
    node.append(image(box, own, range, theme[map]), frame(box, own));
    node.append(svg("g", { role: "grid", "aria-label": label, "aria-readonly": "true" }));
    return { node, cells: drawn };
  }
  const around = svg("g", { "aria-hidden": "true" });
  for (const cell of cells) {
    if (!cell.index) {
      drawn.set(`${cell.row},${cell.column}`, around.appendChild(drawCell(box, cell)));
    }
  }
  const inner = svg("g", { role: "grid", "aria-label": label, "aria-readonly": "true" });
  for (const [row, line] of byRow(own)) {
    const group = svg("g", { role: "row", "aria-rowindex": row + 1 });
    for (const cell of line) {
      const element = drawCell(box, cell, box.numbers ? undefined : shade(cell.value, range));
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
  return { node, cells: drawn };
}

/**
 * How far a number can move to the left, to make room for a weight, and stay in its cell.
 * @param {Box} box
 * @param {Cell[]} cells
 */
function shift({ cell, numbers }, cells) {
  if (!numbers) return 0;
  const widest = cells.reduce((most, { value }) => Math.max(most, number(value).length), 1);
  return Math.min(0.17 * cell, Math.max(0, (cell - widest * 0.6 * numbers) / 2 - 2)).toFixed(1);
}

/**
 * @param {Box} box
 * @param {Cell} cell
 * @param {string} [fill]
 */
function drawCell(box, { row, column, kind, value }, fill) {
  const size = box.cell;
  const group = svg("g", {
    class: `cw-cell cw-${kind}`,
    transform: `translate(${column * size} ${row * size})`,
  });
  group.append(svg("rect", { width: size, height: size, style: fill && `fill: ${fill}` }));
  if (box.numbers && kind !== "gap") {
    const font = kind === "padding" || kind === "zero" ? box.numbers * 0.85 : box.numbers;
    group.append(
      svg("text", { x: size / 2, y: size / 2, "font-size": font.toFixed(1) }, number(value)),
    );
  }
  if (kind === "gap") group.append(svg("circle", { cx: size / 2, cy: size / 2, r: 1.8 }));
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
    const row = cell.index?.[0] ?? 0;
    rows.set(row, [...rows.get(row) ?? [], cell]);
  }
  return rows;
}

/**
 * A value between the map's darkest and lightest colour.
 * @param {number} value
 * @param {[number, number]} range
 */
function shade(value, [low, high]) {
  const share = high > low ? (value - low) / (high - low) : 0.5;
  return `color-mix(in oklab, var(--cw-light) ${(share * 100).toFixed(1)}%, var(--cw-dark))`;
}
