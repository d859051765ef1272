// Changing a map's numbers by hand, and what is kept where the layer becomes another.

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
  return { ...cells, edits: [...others, [index, value]] };
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
