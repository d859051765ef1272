// A transposed convolution's two direct convolutions: the one that it transposes, and the guide's
// equivalent one. convwidget/layers/transposed.py is its twin.

import { indexAt, offset, product, zeros } from "./arrays.js";
import { layer as build } from "./layers.js";

/** @typedef {import("./layers.js").Layer} Layer */
/** @typedef {import("./arrays.js").Result} Result */

/**
 * The convolution that a layer transposes. Where output_padding reaches the stride it crops the
 * cells that would give it a window more.
 * @param {Layer} layer
 */
export function direct(layer) {
  const { output_padding, pads, stride } = layer;
  const crop = output_padding.map((a, n) => a - a % stride[n]);
  const cropped = pads.map(([before, after], n) => [before, after - crop[n]]);
  return build({
    ...shared(layer),
    input_size: layer.output_size,
    stride,
    padding: crop.some((cells) => cells) ? cropped : layer.padding,
    in_channels: layer.out_channels,
    out_channels: layer.in_channels,
  });
}

/**
 * The guide's equivalent convolution: over the stretched input, at stride 1.
 * @param {Layer} layer
 */
export function equivalent(layer) {
  return build({
    ...shared(layer),
    input_size: layer.input_size,
    stretch: layer.stride,
    padding: layer.axes.map(({ before, after }) => [before, after]),
    in_channels: layer.in_channels,
    out_channels: layer.out_channels,
  });
}

/** @param {Layer} layer */
function shared({ kernel_size, dilation, groups }) {
  return { type: "Conv", kernel_size, dilation, groups };
}

/**
 * The equivalent convolution's kernel: turned by 180°, its channels swapped within each group.
 * @param {Layer} layer
 * @param {Result} kernel
 * @returns {Result}
 */
export function turned({ axes, groups }, kernel) {
  const size = kernel.shape.slice(-axes.length);
  if (kernel.shape.length === axes.length) {
    return { shape: size, data: kernel.data.toReversed() };
  }
  const [channels, columns] = kernel.shape;
  const each = channels / groups;
  const result = zeros([columns * groups, each, ...size]);
  const cells = product(size);
  for (let place = 0; place < kernel.data.length; place++) {
    const [c, m, ...j] = indexAt(place, kernel.shape);
    const f = Math.floor(c / each) * columns + m;
    const turnedBack = cells - 1 - offset(j, size);
    result.data[(f * each + c % each) * cells + turnedBack] = kernel.data[place];
  }
  return result;
}
