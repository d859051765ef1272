// Which cell a point of the picture or a key means. Knows no page.

import { cellAt } from "./layout.js";

/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./scene.js").MapName} MapName */
/** @typedef {import("./scene.js").Place} Place */
/** @typedef {import("./scene.js").Scene} Scene */

/**
 * The cell under a point of the picture.
 * @param {Scene} scene
 * @param {Layout} layout
 * @param {number} x
 * @param {number} y
 * @returns {Place | null}
 */
export function placeUnder({ layer }, layout, x, y) {
  const input = cellAt(layout.input, x, y);
  if (input) {
    const index = layer.axes.map((axis, n) => axis.source(input[n]));
    return index.every((n) => n !== null) ? { map: "input", index: index.map(Number) } : null;
  }
  const kernel = cellAt(layout.kernel, x, y);
  if (kernel) {
    const index = kernel.map((n, axis) => n / layout.spread[axis]);
    return index.every(Number.isInteger) ? { map: "kernel", index } : null;
  }
  const output = cellAt(layout.output, x, y);
  return output && { map: "output", index: output };
}

/**
 * The first and last cell of a map on each axis that the picture shows; cropping hides some of the
 * input's, or all of them (then the last stands before the first).
 * @param {Scene} scene
 * @param {MapName} map
 * @returns {[number, number][]}
 */
function bounds(scene, map) {
  return scene[map].shape.map((size, n) => {
    if (map !== "input") return [0, size - 1];
    const { before, stretch, padded } = scene.layer.axes[n];
    return [
      Math.max(0, Math.ceil(-before / stretch)),
      Math.min(size - 1, Math.floor((padded - 1 - before) / stretch)),
    ];
  });
}

/**
 * The nearest cell to an index that the picture shows.
 * @param {Scene} scene
 * @param {MapName} map
 * @param {readonly number[]} index
 */
export function within(scene, map, index) {
  return bounds(scene, map).map(([first, last], n) => Math.max(first, Math.min(index[n], last)));
}

/**
 * Where a key leads from a cell, or null for a key that leads nowhere.
 * @param {Scene} scene
 * @param {Place} place
 * @param {{key: string, ctrlKey: boolean}} event
 * @returns {Place | null}
 */
export function placeAfter(scene, { map, index: [row, column] }, { key, ctrlKey }) {
  /** @type {Record<string, number[]>} */
  const targets = {
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
    Home: ctrlKey ? [0, 0] : [row, 0],
    End: ctrlKey ? [Infinity, Infinity] : [row, Infinity],
  };
  const target = targets[key];
  return target ? { map, index: within(scene, map, target) } : null;
}
