// Changing a map's numbers by hand, and what is kept where the layer becomes another.

import { range } from "./arrays.js";
import { shapes } from "./shapes.js";

/** @typedef {import("./cells.js").Cells} Cells */

/**
 * The cells with one number changed.
 * @param {Cells} cells
 * @param {number[]} index
 * @param {number} value
 * @returns {Cells}
 */
export function edited(cells, index, value) {
  const others = (cells.edits ?? []).filter(([place]) => `${place}` !== `${index}`);
  others.push([index, value]);
  return { ...cells, edits: others.sort(([a], [b]) => inOrder(a, b)) };
}

/**
 * As Python orders the places of edits, so that it has nothing to put right and send back.
 * @param {number[]} a
 * @param {number[]} b
 */
function inOrder(a, b) {
  const n = a.findIndex((at, axis) => at !== b[axis]);
  return n < 0 ? a.length - b.length : a[n] - (b[n] ?? -1);
}

/**
 * The numbers that a layer can have: an array of other dimensions gives way to a fill.
 * @param {import("./layers.js").Layer} layer
 * @param {Cells} input
 * @param {Cells} kernel
 */
export function fitting(layer, input, kernel) {
  const shape = shapes(layer);
  return {
    input: fits(input, shape.input) ? input : { fill: "random" },
    kernel: !shape.kernel || fits(kernel, shape.kernel) ? kernel : { fill: "ramp" },
  };
}

/**
 * @param {Cells} cells
 * @param {number[]} shape
 */
function fits({ array }, shape) {
  let dimensions = 0;
  for (let part = array; Array.isArray(part); part = /** @type {any} */ (part[0])) dimensions++;
  return !array || dimensions === shape.length;
}

/**
 * A layer of another type, with the settings that all types have.
 * @param {import("./layers.js").Layer} layer
 * @param {string} type
 */
export function asType({ spec }, type) {
  const { input_size, kernel_size, stride, padding, dilation } = spec;
  return { type, input_size, kernel_size, stride, padding, dilation };
}

/**
 * A layer's settings for another number of axes: new ones are like the last.
 * @param {import("./layers.js").Layer} layer
 * @param {number} axes
 */
export function withAxes({ spec }, axes) {
  const entries = Object.entries(spec).map(([name, value]) => [
    name,
    Array.isArray(value) ? range(axes).map((n) => value[n] ?? value.at(-1)) : value,
  ]);
  return Object.fromEntries(entries);
}
