// Several maps, in pictures that wrap as the page allows. A map can stand in more than one of them.

import { indices, offset } from "../../arrays.js";
import { html, svg } from "../../dom.js";
import { cellAt } from "../grids/layout.js";
import { mapOf } from "../../scene.js";
import { number, size, widest } from "../../words.js";
import { Board } from "../board.js";
import { extent, grid } from "../grid.js";
import { rectangle } from "../marks.js";

/** @typedef {import("../grids/layout.js").Box} Box */
/** @typedef {import("../../scene.js").MapName} MapName */
/** @typedef {import("../../scene.js").Place} Place */
/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {import("../../values.js").Result} Result */

/**
 * Where a map stands: in a box of the picture that `over` belongs to, its own cells from `first`.
 * @typedef {{map: MapName, box: Box, first: readonly number[], over: SVGElement,
 *   drawn: import("../grid.js").Grid}} Surface
 */

/** Room around a grid for the outlines of its cells. */
export const EDGE = 2;

/** Cells in a row, above which a map of them is not drawn with numbers. */
export const MOST_NUMBERS = 16;
const MOST_CELLS = 32;
const LEAST_CELL = 12;

export class Parts extends Board {
  /**
   * @param {Scene} scene
   * @param {string} name
   * @param {Element} root where the colours are read
   */
  constructor(scene, name, root) {
    super(scene, html("div", { class: `cw-parts cw-parts-${name}` }));
    this.root = root;
    /** @type {Surface[]} */
    this.surfaces = [];
    /** @type {Element[]} */
    this.lit = [];
  }

  /**
   * Put a map into a picture; cells that are not its own hold what `around` says.
   * @param {MapName} map
   * @param {Box} where
   * @param {readonly number[]} [first]
   * @param {(at: readonly number[]) => number} [around]
   * @returns {Surface}
   */
  surface(map, where, first = [0, 0], around = () => 0) {
    const { rows, columns, cell } = where;
    const { shape, data } = mapOf(this.scene, map);
    const image = cell < LEAST_CELL || Math.max(rows, columns) > MOST_CELLS;
    const cells = indices(image ? shape : [rows, columns]).map((at) => {
      const index = image ? at : at.map((n, axis) => n - first[axis]);
      const [row, column] = index.map((n, axis) => n + first[axis]);
      return isInside(index, shape)
        ? { row, column, kind: map, index, value: data[offset(index, shape)] }
        : { row, column, kind: "padding", index: null, value: around(at) };
    });
    const few = !image && Math.max(...shape) <= MOST_NUMBERS;
    const box = { ...where, image, numbers: few ? fitted(cell, cells.map((c) => c.value)) : 0 };
    const label = `${map}, ${size(shape)}`;
    const range = extent(data);
    const drawn = grid({ map, box, label, cells, range, legend: false, root: this.root });
    const surface = { map, box, first, over: svg("g", { "aria-hidden": "true" }), drawn };
    this.surfaces.push(surface);
    return surface;
  }

  /** @override @param {Place} place */
  light(place) {
    for (const element of this.lit) element.classList.remove("cw-lit", "cw-active", "cw-tabbed");
    this.lit = [];
    for (const { over } of this.surfaces) over.replaceChildren();
    super.light(place);
    this.mark(place.map, place.index, "cw-active");
  }

  /**
   * @param {MapName} map
   * @param {readonly number[]} index of the map; cells beside it have one as well
   * @param {string} look
   */
  mark(map, index, look) {
    for (const { map: own, first, drawn } of this.surfaces) {
      const at = index.map((n, axis) => n + first[axis]);
      const cell = own === map && drawn.cells.get(`${at}`);
      if (!cell) continue;
      cell.classList.add(...look.split(" "));
      this.lit.push(cell);
    }
  }

  /**
   * In a grid that is one image, the keyboard has one cell that moves.
   * @override
   * @param {Place} place
   */
  enter(place) {
    const surface = this.surfaces.find(({ map }) => map === place.map);
    if (surface?.box.image && !this.element(place)) {
      const at = place.index.map((n, axis) => n + surface.first[axis]);
      const value = number(this.value(place.map, place.index));
      surface.drawn.standIn(place.index, at, value, mapOf(this.scene, place.map).shape);
    }
    super.enter(place);
  }

  /**
   * @param {MapName} map
   * @param {readonly number[]} index
   */
  value(map, index) {
    const { shape, data } = mapOf(this.scene, map);
    return data[offset(index, shape)];
  }

  /**
   * @override
   * @param {MouseEvent} event
   * @returns {Place | null}
   */
  under({ clientX, clientY }) {
    for (const { map, box, first, over } of this.surfaces) {
      const picture = /** @type {SVGSVGElement} */ (over.ownerSVGElement);
      const { left, top, width } = picture.getBoundingClientRect();
      const scale = picture.viewBox.baseVal.width / width;
      const at = cellAt(box, (clientX - left) * scale, (clientY - top) * scale);
      const index = at?.map((n, axis) => n - first[axis]);
      if (index && isInside(index, mapOf(this.scene, map).shape)) return { map, index };
    }
    return null;
  }
}

/**
 * @param {readonly number[]} index
 * @param {readonly number[]} shape
 */
export const isInside = (index, shape) => index.every((n, axis) => n >= 0 && n < shape[axis]);

/**
 * @param {number} width
 * @param {number} height
 * @param {...Node} children
 */
export function picture(width, height, ...children) {
  const viewBox = `0 0 ${width} ${height}`;
  return svg("svg", { class: "cw-picture", viewBox, width, height }, ...children);
}

/**
 * A title over what it names, and how wide both are at least.
 * @param {string} map whose colour it has
 * @param {string} name
 * @param {string} text
 * @param {number} width
 * @param {...Node} children
 */
export function part(map, name, text, width, ...children) {
  const title = html("p", {}, html("b", { class: `cw-ink-${map}` }, name), ` ${text}`);
  return html("div", { class: "cw-part", style: `width: ${width}px` }, title, ...children);
}

/**
 * A box in the corner of a picture, clear of its edge.
 * @param {number} cell
 * @param {readonly number[]} shape
 * @returns {Box}
 */
export const cornered = (cell, [rows, columns]) => (
  { x: EDGE, y: EDGE, cell, rows, columns, numbers: 0, image: false }
);

/**
 * The picture of a box in the corner.
 * @param {Box} box
 * @param {...Node} children
 */
export const framed = ({ cell, rows, columns }, ...children) =>
  picture(columns * cell + 2 * EDGE, rows * cell + 2 * EDGE, ...children);

/**
 * Numbers to look at only, where they fit, each in its cell.
 * @param {Result} map
 * @param {number} cell
 */
export function figures({ shape, data }, cell) {
  const font = fitted(cell, data);
  return font
    ? indices(shape).map(([row, column], n) => {
      const [x, y] = [EDGE + (column + 0.5) * cell, EDGE + (row + 0.5) * cell];
      return svg("text", { class: "cw-figure", x, y, "font-size": font }, number(data[n]));
    })
    : [];
}

/**
 * A map of such numbers.
 * @param {Result} map
 * @param {"input" | "output"} kind
 * @param {number} cell
 * @param {(value: number) => string} [fill]
 */
export function still(map, kind, cell, fill) {
  const box = cornered(cell, map.shape);
  const cells = indices(map.shape).map((at, n) => {
    const drawn = rectangle(box, at, [1, 1], "");
    if (fill) drawn.style.fill = fill(map.data[n]);
    return drawn;
  });
  const frame = rectangle(box, [0, 0], map.shape, "cw-frame");
  const node = framed(
    box,
    svg("g", { class: `cw-${kind}` }, ...cells),
    svg("g", { class: `cw-grid-${kind}` }, frame),
    ...figures(map, cell),
  );
  node.setAttribute("aria-hidden", "true");
  return node;
}

/**
 * The lines of a grid.
 * @param {Box} box
 */
export function mesh({ x, y, cell, rows, columns, image }) {
  let d = "";
  for (let n = 0; n <= rows; n += image ? rows : 1) d += `M${x} ${y + n * cell}h${columns * cell}`;
  for (let n = 0; n <= columns; n += image ? columns : 1) {
    d += `M${x + n * cell} ${y}v${rows * cell}`;
  }
  return svg("path", { class: "cw-lines", d });
}

/**
 * The size at which the widest number fits into a cell, 0 where it could not be read.
 * @param {number} cell
 * @param {ArrayLike<number>} values
 */
function fitted(cell, values) {
  const wanted = Math.max(cell * 0.44, Math.min(10.5, cell * 0.55));
  const font = Math.min(wanted, 16, (cell - 4) / widest(Array.from(values)));
  return font >= 9 ? font : 0;
}
