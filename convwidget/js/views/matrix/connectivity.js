// A layer as a matrix: which places are connections, and which weight stands in each. It is the
// matrix C of a convolution; a transposed layer has that of the convolution which it transposes,
// and reads it down the columns.

import { offset, product, range } from "../../arrays.js";
import { pairs } from "../../connections.js";
import { divisors } from "../../values.js";

/** @typedef {import("../../axis.js").Axis} Axis */
/** @typedef {import("../../scene.js").Scene} Scene */

/**
 * A connection: its place, and the weight's number in the flattened kernel (a pool has none).
 * @typedef {{row: number, column: number, kernel: number | null, weight: number}} Entry
 */

/**
 * `down` is the map with a row for each cell, `across` the one with a column for each.
 * @typedef {{down: "input" | "output", across: "input" | "output", rows: number, columns: number,
 *   connections: number}} Outline
 */

/** The most rows and columns that are drawn. */
export const MOST = 1024;

/**
 * What is known of a matrix without its entries.
 * @param {Scene} scene
 * @returns {Outline}
 */
export function outline(scene) {
  const { layer } = scene;
  const transposed = layer.type === "ConvTranspose";
  /** @type {("input" | "output")[]} */
  const [down, across] = transposed ? ["input", "output"] : ["output", "input"];
  const taps = layer.axes.map((axis) =>
    range(axis.output).reduce((all, o) => all + axis.taps(o).length, 0)
  );
  return {
    down,
    across,
    rows: scene[down].data.length,
    columns: scene[across].data.length,
    connections: pairs(layer).length * product(taps),
  };
}

/**
 * The connections, those of a row and those of a column each in order.
 * @param {Scene} scene
 * @returns {Entry[]}
 */
export function connectivity({ layer, input, kernel, output }) {
  const [inputs, weights, outputs] = [layer.input_size, layer.kernel_size, layer.output_size]
    .map(product);
  const transposed = layer.type === "ConvTranspose";
  const divisor = kernel ? [] : divisors(layer).data;
  const met = meetings(layer.axes);
  return pairs(layer).flatMap((pair) => {
    const from = offset(pair.input, input.shape) * inputs;
    const to = offset(pair.output, output.shape) * outputs;
    const first = kernel && offset(pair.kernel, kernel.shape) * weights;
    return met.map(([o, j, i]) => {
      // The window on a transposed layer's axes is its kernel turned by 180°.
      const place = first === null ? null : first + (transposed ? weights - 1 - j : j);
      return {
        row: transposed ? from + i : to + o,
        column: transposed ? to + o : from + i,
        kernel: place,
        weight: kernel && place !== null ? kernel.data[place] : 1 / divisor[o],
      };
    });
  });
}

/**
 * Every output, kernel and input cell that meet in one map, as numbers of the flattened arrays.
 * @param {readonly Axis[]} axes
 */
function meetings(axes) {
  /** @type {[number, number, number][]} */
  let met = [[0, 0, 0]];
  for (const axis of axes) {
    const taps = range(axis.output).map((o) => axis.taps(o));
    met = met.flatMap(([output, kernel, input]) =>
      taps.flatMap((pairs, o) =>
        pairs.map(([j, i]) => /** @type {[number, number, number]} */ ([
          output * axis.output + o,
          kernel * axis.kernel + j,
          input * axis.input + i,
        ]))
      )
    );
  }
  return met;
}
