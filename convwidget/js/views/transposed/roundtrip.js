// A transposed convolution as the way back of a direct one: which sizes it gives back, and that it
// gives back no more than the size.

import { range } from "../../arrays.js";
import { numbers } from "../../cells.js";
import { direct } from "../../transposed.js";
import { apply } from "../../values.js";

/** @typedef {import("../../layers.js").Layer} Layer */

/**
 * The direct convolution of a layer. A strip that is drawn as a map of one row has pads for the
 * row as well, but its padding is still the strip's.
 * @param {Layer} layer
 */
export const directOf = (layer) => direct({ ...layer, padding: layer.pads });

/**
 * The input sizes that the direct convolution takes to this layer's input size on an axis, each
 * with the output_padding that gives it back.
 * @param {Layer} layer
 * @param {number} n
 */
export function sizes({ output_size, output_padding, stride }, n) {
  const least = output_size[n] - output_padding[n];
  return range(stride[n]).map((a) => ({ a, size: least + a })).filter(({ size }) => size > 0);
}

/**
 * Some x, C x and Cᵀ C x, where C is the direct convolution.
 * @param {Layer} layer
 * @param {import("../../arrays.js").Result} kernel
 */
export function roundTrip(layer, kernel) {
  const x = numbers({ fill: "random" }, layer.output_size);
  const there = apply(directOf(layer), x, kernel);
  return [x, there, apply(layer, there, kernel)];
}
