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
 * Where a key leads from a cell, or null for a key that leads nowhere.
 * @param {Scene} scene
 * @param {Place} place
 * @param {{key: string, ctrlKey: boolean}} event
 * @returns {Place | null}
 */
export function placeAfter(scene, { map, index: [row, column] }, { key, ctrlKey }) {
  const [rows, columns] = scene[map].shape;
  /** @type {Record<string, number[]>} */
  const targets = {
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
    Home: ctrlKey ? [0, 0] : [row, 0],
    End: ctrlKey ? [rows - 1, columns - 1] : [row, columns - 1],
  };
  const target = targets[key];
  if (!target) return null;
  const index = target.map((n, axis) => Math.min(Math.max(n, 0), scene[map].shape[axis] - 1));
  return { map, index };
}
