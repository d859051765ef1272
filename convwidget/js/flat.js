// A strip as a map of one row, so that what draws maps can draw it.

import { axis } from "./axis.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./values.js").Result} Result */

/**
 * The scene with a first axis of one cell before the others.
 * @param {Scene} scene of one dimension
 * @returns {Scene}
 */
export function flat(scene) {
  const { layer } = scene;
  /** @type {(map: Result) => Result} */
  const row = ({ shape, data }) => ({
    shape: [...shape.slice(0, -1), 1, ...shape.slice(-1)],
    data,
  });
  const ones = Object.fromEntries(
    /** @type {const} */ (["input_size", "kernel_size", "stride", "dilation", "stretch"])
      .map((name) => [name, [1, ...layer[name]]]),
  );
  return {
    ...scene,
    layer: {
      ...layer,
      ...ones,
      strip: true,
      output_size: [1, ...layer.output_size],
      output_padding: [0, ...layer.output_padding],
      pads: [[0, 0], ...layer.pads],
      axes: [axis({ input: 1, kernel: 1 }), ...layer.axes],
    },
    input: row(scene.input),
    kernel: scene.kernel && row(scene.kernel),
    output: row(scene.output),
    unused: [[], ...scene.unused],
  };
}
