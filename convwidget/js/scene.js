// What there is to draw: the layer, its numbers, and what follows from them. Knows no page.

import { contains } from "./arrays.js";
import { numbers } from "./cells.js";
import { layer as build } from "./layers.js";
import { explain } from "./relationships.js";
import { shapes } from "./shapes.js";
import { apply, unused, uses } from "./values.js";

/** @typedef {import("./layers.js").Layer} Layer */
/** @typedef {import("./layers.js").Spec} Spec */
/** @typedef {import("./cells.js").Cells} Cells */
/** @typedef {import("./values.js").Result} Result */
/** @typedef {"input" | "kernel" | "output"} MapName */
/** @typedef {{map: MapName, index: number[]}} Place a cell of one of the maps, channels first */

/**
 * @typedef {{
 *   layer: Layer, input: Result, kernel: Result | null, output: Result,
 *   explanations: import("./relationships.js").Explanation[],
 *   unused: number[][], idle: number,
 * }} Scene `kernel` is null in a pool; `unused` are positions per axis, `idle` is how many input
 *   cells reach no output
 */

/**
 * @param {Spec} spec
 * @param {Cells} inputCells
 * @param {Cells} kernelCells
 * @returns {Scene}
 */
export function scene(spec, inputCells, kernelCells) {
  const layer = build(spec);
  const shape = shapes(layer);
  const lead = shape.input.length - layer.axes.length;
  return computed(
    layer,
    numbers(inputCells, shape.input, lead),
    shape.kernel && numbers(kernelCells, shape.kernel, shape.kernel.length - layer.axes.length),
  );
}

/**
 * The scene of a layer and its numbers.
 * @param {Layer} layer
 * @param {Result} input
 * @param {Result | null} kernel
 * @returns {Scene}
 */
export function computed(layer, input, kernel) {
  const maps = input.data.length / layer.input_size.reduce((a, b) => a * b);
  return {
    layer,
    input,
    kernel,
    output: apply(layer, input, kernel ?? undefined),
    explanations: explain(layer),
    unused: unused(layer),
    idle: maps * uses(layer).data.filter((times) => times === 0).length,
  };
}

/**
 * The map that a place names; a pool has no kernel to ask for.
 * @param {Scene} scene
 * @param {MapName} map
 * @returns {Result}
 */
export function mapOf({ input, kernel, output }, map) {
  if (map === "output") return output;
  return map === "input" || !kernel ? input : kernel;
}

/**
 * Whether a scene has a cell.
 * @param {Scene} scene
 * @param {Place} place
 */
export function has(scene, { map, index }) {
  return (map !== "kernel" || scene.kernel !== null) && contains(mapOf(scene, map).shape, index);
}

/**
 * An index of the output, kept inside its shape.
 * @param {readonly number[]} shape
 * @param {readonly number[]} index
 */
export function inside(shape, index) {
  return shape.map((size, axis) => Math.min(index[axis] ?? 0, size - 1));
}
