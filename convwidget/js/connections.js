// Which cells of a layer's maps touch which, channels included: an index has its channels first.

import { valueAt } from "./arrays.js";
import { shapes } from "./shapes.js";
import { multiplies, reachedBy, windowOf } from "./values.js";

/** @typedef {import("./layers.js").Layer} Layer */
/** @typedef {import("./scene.js").Scene} Scene */

/**
 * One cell of an output cell's window: what it holds, and the weight beside it (1 in a pool).
 * @typedef {{kernelIndex: number[], inputIndex: number[] | null, position: number[],
 *   kind: import("./values.js").Kind, x: number, w: number}} Term
 */

/**
 * How many input and output maps a layer has, or null where it states none.
 * @param {Layer} layer
 * @returns {[number, number] | null}
 */
export function channels(layer) {
  const { input, output } = shapes(layer);
  return input.length > layer.axes.length ? [input[0], output[0]] : null;
}

/**
 * The maps that belong together: leading indices of input, kernel and output, empty without
 * channels.
 * @param {Layer} layer
 */
export function pairs(layer) {
  const counts = channels(layer);
  /** @type {{input: number[], kernel: number[], output: number[]}[]} */
  const found = [];
  if (!counts) return [{ input: [], kernel: [], output: [] }];
  const [each, features] = counts.map((count) => count / layer.groups);
  for (let f = 0; f < counts[1]; f++) {
    const group = Math.floor(f / features);
    for (let n = 0; n < each; n++) {
      const c = group * each + n;
      const kernel = layer.type === "ConvTranspose" ? [c, f % features] : [f, n];
      found.push({ input: [c], kernel, output: [f] });
    }
  }
  return found;
}

/**
 * An index as its channels and its place in the map.
 * @param {Layer} layer
 * @param {readonly number[]} index
 * @returns {[number[], number[]]}
 */
export function split({ axes }, index) {
  return [index.slice(0, -axes.length), index.slice(-axes.length)];
}

/**
 * What an output cell is made of, kernel by kernel, each in its reading order.
 * @param {Scene} scene
 * @param {readonly number[]} index
 * @returns {Term[]}
 */
export function terms({ layer, input, kernel }, index) {
  const [map, place] = split(layer, index);
  const window = windowOf(layer, place);
  return pairs(layer).filter(({ output }) => `${output}` === `${map}`).flatMap((pair) =>
    window.map(({ kernelIndex, inputIndex, ...rest }) => {
      const from = inputIndex && [...pair.input, ...inputIndex];
      const weight = [...pair.kernel, ...kernelIndex];
      return {
        ...rest,
        kernelIndex: weight,
        inputIndex: from,
        x: valueAt(input, from),
        w: kernel ? valueAt(kernel, weight) : 1,
      };
    })
  );
}

/**
 * Every output cell that depends on an input cell, with the kernel cell through which it does.
 * @param {Scene} scene
 * @param {readonly number[]} index
 */
export function reached({ layer }, index) {
  const [map, place] = split(layer, index);
  const cells = reachedBy(layer, place);
  return pairs(layer).filter(({ input }) => `${input}` === `${map}`).flatMap((pair) =>
    cells.map(({ outputIndex, kernelIndex }) => ({
      outputIndex: [...pair.output, ...outputIndex],
      kernelIndex: [...pair.kernel, ...kernelIndex],
    }))
  );
}

/**
 * What a kernel cell multiplies: cells of the input, with the output cells that the products go
 * to, and how many cells of padding and inserted zeros.
 * @param {Scene} scene
 * @param {readonly number[]} index
 */
export function multiplied({ layer }, index) {
  const [map, place] = split(layer, index);
  const { inputs, padding, zeros } = multiplies(layer, place);
  const all = pairs(layer).filter(({ kernel }) => `${kernel}` === `${map}`).flatMap((pair) =>
    inputs.map(({ inputIndex, outputIndex }) => ({
      inputIndex: [...pair.input, ...inputIndex],
      outputIndex: [...pair.output, ...outputIndex],
    }))
  );
  return { inputs: all, padding, zeros };
}
