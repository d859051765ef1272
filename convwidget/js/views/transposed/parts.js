// Several maps, in pictures that wrap as the page allows. A map can stand in more than one of them.

import { contains, indices, valueAt } from "../../arrays.js";
import { html, svg } from "../../dom.js";
import { mapOf } from "../../scene.js";
import { number } from "../../words.js";
import { box as boxOf, font, isImage } from "../box.js";
import { picture, rectangle } from "../marks.js";
import { sizeIn } from "../strip.js";
import { Surfaces } from "../surfaces.js";

/** @typedef {import("../box.js").Box} Box */
/** @typedef {import("../../scene.js").MapName} MapName */
/** @typedef {import("../../scene.js").Place} Place */
/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {import("../../values.js").Result} Result */

/** Room around a grid for the outlines of its cells. */
export const EDGE = 2;

export class Parts extends Surfaces {
  /**
   * @param {Scene} scene
   * @param {string} name
   * @param {Element} root where the colours are read
   */
  constructor(scene, name, root) {
    super(scene, html("div", { class: `cw-parts cw-parts-${name}` }), root);
    this.whole = true;
    /** Where in their boxes the maps' own cells begin. @type {Record<MapName, readonly number[]>} */
    this.first = { input: [0, 0], kernel: [0, 0], output: [0, 0] };
  }

  /**
   * Put a map into a picture; cells that are not its own hold what `around` says.
   * @param {MapName} map
   * @param {Box} where
   * @param {(at: readonly number[]) => number} [around]
   */
  surface(map, where, around = () => 0) {
    const { shape, data } = mapOf(this.scene, map);
    const image = isImage(where);
    const cells = indices(image ? shape : [where.rows, where.columns]).map((n) => {
      const index = image ? n : this.index({ map }, n);
      const [row, column] = this.at({ map, index });
      return contains(shape, index)
        ? { row, column, kind: map, index, value: valueAt({ shape, data }, index) }
        : { row, column, kind: "padding", index: null, value: around(n) };
    });
    const box = boxOf(where, { shape, data: cells.map(({ value }) => value) });
    return this.draw(map, box, sizeIn(this.scene.layer, shape), cells);
  }

  /** @override @param {Place} place */
  at({ map, index }) {
    return index.map((n, axis) => n + this.first[map][axis]);
  }

  /** @override @param {{map: MapName}} surface @param {readonly number[]} at */
  index({ map }, at) {
    return at.map((n, axis) => n - this.first[map][axis]);
  }
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
  const figure = font(cell, data);
  return figure
    ? indices(shape).map(([row, column], n) => {
      const [x, y] = [EDGE + (column + 0.5) * cell, EDGE + (row + 0.5) * cell];
      return svg("text", { class: "cw-figure", x, y, "font-size": figure }, number(data[n]));
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
