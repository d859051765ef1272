// How much a page can draw and compute. convwidget/limits.py is its twin; both read the same data.

import { product } from "./arrays.js";
import { shapes } from "./shapes.js";
import { divisors } from "./values.js";
import json from "../data/limits.json" with { type: "json" };

/** @typedef {import("./layers.js").Layer} Layer */

export const CELLS_IN_A_ROW = json.cells_in_a_row;
export const MOST_MAPS = json.maps;

/**
 * The layer, if its maps are not too large or too many to draw; throws otherwise.
 * @param {Layer} layer
 */
export function short(layer) {
  const n = layer.axes.length;
  if (n > json.dimensions) {
    throw new RangeError(`the widget draws at most ${json.dimensions} dimensions, and not ${n}`);
  }
  const lengths = layer.axes.flatMap((axis) => [axis.input, axis.stretched, axis.padded]);
  const longest = Math.max(...lengths);
  if (longest > CELLS_IN_A_ROW) {
    throw new RangeError(
      `the widget draws at most ${CELLS_IN_A_ROW} cells in a row, and not ${longest}`,
    );
  }
  const of = shapes(layer);
  for (const name of /** @type {const} */ (["input", "output"])) {
    const count = product(of[name].slice(0, -Math.min(n, 2))); // channels times slices in depth
    if (count > json.maps) {
      throw new RangeError(
        `the widget draws at most ${json.maps} maps of the ${name}, and not ${count}`,
      );
    }
  }
  return layer;
}

/**
 * The layer, if its output can also be computed and is not too dear; throws otherwise.
 * @param {Layer} layer
 */
export function drawable(layer) {
  const { axes, type, count_include_pad } = short(layer);
  if (type === "AvgPool" && !count_include_pad) divisors(layer);
  // Pairs of an input and an output channel.
  const channels = product((shapes(layer).kernel ?? []).slice(0, -axes.length));
  const products = axes.reduce((all, axis) => all * axis.output * axis.kernel, channels);
  if (products <= json.products) return layer;
  throw new RangeError(
    `the widget computes at most ${json.products} products, and not ${products}`,
  );
}
