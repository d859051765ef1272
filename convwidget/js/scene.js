// What there is to draw: the layer, its numbers, and what follows from them. Knows no page.

import { numbers } from "./cells.js";
import { layer as build } from "./layers.js";
import { explain } from "./relationships.js";
import { apply, unused, uses } from "./values.js";

/** @typedef {import("./layers.js").Layer} Layer */
/** @typedef {import("./layers.js").Spec} Spec */
/** @typedef {import("./cells.js").Cells} Cells */
/** @typedef {import("./values.js").Result} Result */
/** @typedef {"input" | "kernel" | "output"} MapName */
/** @typedef {{map: MapName, index: number[]}} Place a cell of one of the maps */

/**
 * @typedef {{
 *   layer: Layer, input: Result, kernel: Result, output: Result,
 *   explanations: import("./relationships.js").Explanation[],
 *   unused: number[][], idle: number,
 * }} Scene `unused` are positions per axis, `idle` is how many input cells reach no output
 */

/**
 * @param {Spec} spec
 * @param {Cells} inputCells
 * @param {Cells} kernelCells
 * @returns {Scene}
 */
export function scene(spec, inputCells, kernelCells) {
  const layer = build(spec);
  const input = numbers(inputCells, layer.input_size);
  const kernel = numbers(kernelCells, layer.kernel_size);
  return {
    layer,
    input,
    kernel,
    output: apply(layer, input, kernel),
    explanations: explain(layer),
    unused: unused(layer),
    idle: uses(layer).data.filter((times) => times === 0).length,
  };
}

/**
 * A position on each axis, kept inside the output.
 * @param {Layer} layer
 * @param {readonly number[]} position
 */
export function inside(layer, position) {
  return layer.output_size.map((size, axis) => Math.min(position[axis] ?? 0, size - 1));
}
