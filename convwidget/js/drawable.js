// How much a page can draw and compute. convwidget/limits.py is its twin; both read the same data.

import json from "../data/limits.json" with { type: "json" };

/** @typedef {import("./layers.js").Layer} Layer */

export const CELLS_IN_A_ROW = json.cells_in_a_row;

/**
 * The layer, if its maps are not too large to draw; throws otherwise.
 * @param {Layer} layer
 */
export function short(layer) {
  const lengths = layer.axes.flatMap((axis) => [axis.input, axis.stretched, axis.padded]);
  const longest = Math.max(...lengths);
  if (longest <= CELLS_IN_A_ROW) return layer;
  throw new RangeError(
    `the widget draws at most ${CELLS_IN_A_ROW} cells in a row, and not ${longest}`,
  );
}

/**
 * The layer, if its output is also not too dear to compute; throws otherwise.
 * @param {Layer} layer
 */
export function drawable(layer) {
  const products = short(layer).axes.reduce((all, axis) => all * axis.output * axis.kernel, 1);
  if (products <= json.products) return layer;
  throw new RangeError(
    `the widget computes at most ${json.products} products, and not ${products}`,
  );
}
