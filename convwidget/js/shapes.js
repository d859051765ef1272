// The shapes of a layer's arrays, with channels where the layer states some.
// convwidget/shapes.py is its twin.

/** @typedef {import("./layers.js").Layer} Layer */

/**
 * The shapes of a layer's arrays; a pool has no kernel. A layer has channels where it states them or
 * has groups; what it does not state then is one channel for each group.
 * @param {Layer} layer
 * @returns {{input: number[], kernel: number[] | null, output: number[]}}
 */
export function shapes(layer) {
  const { type, input_size: i, kernel_size: k, output_size: o, groups } = layer;
  if (type.endsWith("Pool")) return { input: i, kernel: null, output: o };
  if (groups === 1 && layer.in_channels === null && layer.out_channels === null) {
    return { input: i, kernel: k, output: o };
  }
  const [inputs, outputs] = [layer.in_channels ?? groups, layer.out_channels ?? groups];
  const [first, second] = type === "ConvTranspose" ? [inputs, outputs] : [outputs, inputs];
  return {
    input: [inputs, ...i],
    kernel: [first, second / groups, ...k],
    output: [outputs, ...o],
  };
}
