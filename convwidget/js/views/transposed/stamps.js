// What the stamps of a transposed convolution cover: where they land, and how many land on a cell.

import { outer, product, range } from "../../arrays.js";
import { layer as build } from "../../layers.js";
import { count, number } from "../../words.js";

/** @typedef {import("../../layers.js").Layer} Layer */

/**
 * The layer before padding crops its output. What output_padding adds is there already.
 * @param {Layer} layer
 */
export function uncropped({ type, input_size, kernel_size, stride, dilation, output_padding }) {
  return build({ type, input_size, kernel_size, stride, dilation, output_padding });
}

/**
 * A sheet that holds the output and all that is cropped from it: its size, and where on each axis
 * the stamps and the output begin. With a negative padding the output begins before the stamps.
 * @param {Layer} layer
 */
export function sheet(layer) {
  const stamps = firstStamp(layer);
  return {
    stamps,
    output: layer.pads.map(([before]) => Math.max(0, before)),
    size: uncropped(layer).output_size.map((cells, n) =>
      stamps[n] + cells + Math.max(0, -layer.pads[n][1])
    ),
  };
}

/**
 * Where on the sheet the stamps begin.
 * @param {Layer} layer
 */
const firstStamp = ({ pads }) => pads.map(([before]) => Math.max(0, -before));

/**
 * Where on the sheet a kernel cell lands in an input cell's stamp.
 * @param {Layer} layer
 * @param {readonly number[]} inputIndex
 * @param {readonly number[]} kernelIndex
 */
export function landing(layer, inputIndex, kernelIndex) {
  return firstStamp(layer).map((first, n) =>
    first + inputIndex[n] * layer.stride[n] + kernelIndex[n] * layer.dilation[n]
  );
}

/**
 * How many stamps each output cell gets.
 * @param {Layer} layer
 */
export const counts = (layer) => outer(layer.axes.map((_, n) => along(layer, n)));

/**
 * @param {Layer} layer
 * @param {number} n
 */
function along({ axes }, n) {
  return range(axes[n].output).map((cell) => axes[n].taps(cell).length);
}

/**
 * The counts on one axis of the cells within the stamps' reach, and of the cells from one stamp's
 * start to the next if the input went on for ever.
 * @param {Layer} layer
 * @param {number} n
 */
function repeated(layer, n) {
  const [k, s, d] = [layer.kernel_size[n], layer.stride[n], layer.dilation[n]];
  const [before, after] = layer.pads[n];
  const all = along(layer, n);
  const lost = Math.max(0, layer.output_padding[n] - after);
  const within = all.slice(Math.max(0, -before), Math.max(0, all.length - lost));
  const endless = range(s).fill(0);
  for (let j = 0; j < k; j++) endless[j * d % s]++;
  return {
    within,
    even: new Set(endless).size === 1,
    varies: new Set(within).size > 1,
    settled: Math.max(...within) >= Math.max(...endless),
    apart: Math.max(...endless) === 1,
    flaw: k < s
      ? `stride ${s} is larger than kernel ${k}`
      : k % s
      ? `stride ${s} does not divide kernel ${k}`
      : `stride ${s} shares a factor with dilation ${d}`,
    merit: s > 1 ? [`stride ${s} divides kernel ${k}`] : [],
  };
}

/**
 * How evenly the stamps fall, as sentences.
 * @param {Layer} layer
 */
export function evenness(layer) {
  const axes = layer.axes.map((_, n) => repeated(layer, n));
  const found = outer(axes.map(({ within }) => [...new Set(within)])).data;
  const numbers = [...new Set(found)].sort((a, b) => a - b);
  const bare = product(layer.output_size) - product(axes.map(({ within }) => within.length));
  return (numbers.length ? spread(axes, numbers) : "") +
    (bare
      ? ` Output padding or negative padding adds ${count(bare, "cell")} without a stamp.`
      : "");
}

/**
 * @param {ReturnType<typeof repeated>[]} axes
 * @param {number[]} numbers
 */
function spread(axes, numbers) {
  const uneven = axes.filter(({ varies, even, settled }) => varies && !even && settled);
  const settled = axes.every((axis) => axis.settled);
  const most = count(numbers[numbers.length - 1], "stamp");
  const reasons = uneven.length
    ? uneven.map(({ flaw }) => flaw)
    : axes.flatMap(({ merit }) => merit);
  const why = [...new Set(reasons)].join(" and ");
  if (uneven.length || (!settled && numbers.length > 1)) {
    const list = numbers.length > 5 ? `${numbers[0]} to` : `${numbers.slice(0, -1).join(", ")} or`;
    const checkered = uneven.filter(({ apart }) => !apart).length;
    const pattern = checkered
      ? `This is the checkerboard${checkered > 1 ? "" : " along one axis"}.`
      : "Between the stamps there are gaps: cells that no stamp reaches.";
    return `${list} ${most} on a cell: ` +
      (uneven.length ? `${why}. ${pattern}` : "the input is too small for more.");
  }
  return `Every cell gets ${most}${numbers.length > 1 ? ", near the edges fewer" : ""}` +
    `${settled && why ? `: ${why}` : ""}.`;
}

/**
 * A pair of pads as it is written.
 * @param {readonly number[]} pads
 */
export const written = ([before, after]) =>
  before === after ? number(before) : `(${number(before)}, ${number(after)})`;
