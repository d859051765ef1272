// What windows along a layer's axes compute, and which cells touch which.
// convwidget/values.py computes the same.

import { combined, indexAt, indices, outer, product, range, zeros } from "./arrays.js";

/** @typedef {import("./axis.js").Axis} Axis */
/** @typedef {import("./layers.js").Layer} Layer */
/** @typedef {import("./arrays.js").Values} Values */
/** @typedef {import("./arrays.js").Result} Result */

/**
 * What stands at a place of the padded line: a cell of the input, a zero that stretching put
 * between two of them, padding, or nothing (beyond the padding, where a window hangs over).
 * @typedef {"input" | "zero" | "padding" | "beyond"} Kind
 */

/**
 * What a layer computes from an input, and from a kernel unless it is a pool. The input has the
 * shape (*i), (C, *i) or (N, C, *i); the kernel (*k) beside the first, or else (F, C/groups, *k),
 * in a ConvTranspose (C, F/groups, *k).
 * @param {Layer} layer
 * @param {Values} x
 * @param {Values} [kernel]
 * @returns {Result}
 */
export function apply(layer, x, kernel) {
  checkInput(layer, x);
  if (layer.type === "MaxPool") return pool(layer, x, Math.max, -Infinity);
  if (layer.type === "AvgPool") {
    const divisor = divisors(layer).data;
    const mean = pool(layer, x, (sum, value) => sum + value, 0);
    mean.data.forEach((sum, at) => mean.data[at] = sum / divisor[at % divisor.length]);
    return mean;
  }
  if (!kernel) throw new TypeError(`${layer.type} needs a kernel`);
  checkKernel(layer, x, kernel);
  return gather(layer, x, kernel);
}

/**
 * Slide the kernel over the input, each output channel over the input channels of its group.
 * @param {Layer} layer
 * @param {Values} x
 * @param {Values} kernel
 */
function gather(layer, x, kernel) {
  const { axes, groups, input_size, kernel_size, output_size } = layer;
  const turned = layer.type === "ConvTranspose";
  const lead = x.shape.slice(0, x.shape.length - axes.length);
  const [rows, columns] = lead.length ? kernel.shape : [1, 1];
  const features = (turned ? columns * groups : rows) / groups; // of one group
  const channels = (turned ? rows : columns * groups) / groups;
  const slide = sliding(axes);
  const shape = lead.length ? [...lead.slice(0, -1), features * groups] : [];
  const out = zeros([...shape, ...output_size]);
  for (let to = 0; to < product(shape); to++) {
    // Groups are counted through the whole batch, in the input as in the output.
    const [f, group] = [to % (features * groups), Math.floor(to / features)];
    for (let n = 0; n < channels; n++) {
      const from = (group * channels + n) * product(input_size);
      const row = turned
        ? (group % groups * channels + n) * columns + f % features
        : f * columns + n;
      const first = row * product(kernel_size);
      const place = to * product(output_size);
      // The window on a transposed layer's axes is its kernel turned by 180°: read from the end.
      const [start, step] = turned ? [first + product(kernel_size) - 1, -1] : [first, 1];
      slide((o, k, i) => {
        out.data[place + o] += kernel.data[start + step * k] * x.data[from + i];
      });
    }
  }
  return out;
}

/**
 * Sum up the real cells of each window, channel by channel.
 * @param {Layer} layer
 * @param {Values} x
 * @param {(sum: number, value: number) => number} rule
 * @param {number} empty
 */
function pool(layer, x, rule, empty) {
  const lead = x.shape.slice(0, x.shape.length - layer.axes.length);
  const out = zeros([...lead, ...layer.output_size]);
  out.data.fill(empty);
  const slide = sliding(layer.axes);
  for (let channel = 0; channel < product(lead); channel++) {
    const from = channel * product(layer.input_size);
    const to = channel * product(layer.output_size);
    slide((o, _, i) => out.data[to + o] = rule(out.data[to + o], x.data[from + i]));
  }
  return out;
}

/**
 * How many cells count in each window of an AvgPool: the real ones, or those of padding as well,
 * but never those beyond it.
 * @param {Layer} layer
 */
export function divisors(layer) {
  const counts = outer(
    layer.axes.map((axis) =>
      range(axis.output).map((o) => layer.count_include_pad ? axis.counted(o) : axis.taps(o).length)
    ),
  );
  const none = counts.data.indexOf(0);
  if (none >= 0) {
    throw new RangeError(
      `the window of output[${indexAt(none, counts.shape).join(", ")}] sees padding only, and ` +
        "padding is not counted: there is nothing to average",
    );
  }
  return counts;
}

/**
 * What stands at a position of the padded input.
 * @param {Layer} layer
 * @param {readonly number[]} position
 * @returns {{kind: Kind, inputIndex: number[] | null}}
 */
export function placeAt(layer, position) {
  /** @type {Kind[]} */
  const kinds = ["beyond", "padding", "zero"];
  const found = layer.axes.map((axis, n) => kindOn(axis, position[n]));
  const kind = kinds.find((kind) => found.includes(kind));
  if (kind) return { kind, inputIndex: null };
  const cells = layer.axes.map((axis, n) => axis.source(position[n]) ?? 0);
  return { kind: "input", inputIndex: cells };
}

/**
 * The cells of an output cell's window, one for each kernel cell, in the kernel's order.
 * @param {Layer} layer
 * @param {readonly number[]} outputIndex
 */
export function windowOf(layer, outputIndex) {
  return indices(layer.kernel_size).map((kernelIndex) => {
    const tap = inWindow(layer, kernelIndex);
    const position = layer.axes.map((axis, n) =>
      axis.start(outputIndex[n]) + tap[n] * axis.dilation
    );
    return { kernelIndex, position, ...placeAt(layer, position) };
  });
}

/**
 * Every output cell that depends on an input cell, with the kernel cell through which it does.
 * @param {Layer} layer
 * @param {readonly number[]} inputIndex
 */
export function reachedBy(layer, inputIndex) {
  return combined(layer.axes.map((axis, n) => axis.reached(inputIndex[n]))).map((pairs) => ({
    outputIndex: pairs.map(([o]) => o),
    kernelIndex: inWindow(layer, pairs.map(([, j]) => j)),
  }));
}

/**
 * Every input cell that a kernel cell multiplies, with the output cell to which the product goes,
 * and how many cells of padding and inserted zeros it multiplies.
 * @param {Layer} layer
 * @param {readonly number[]} kernelIndex
 */
export function multiplies(layer, kernelIndex) {
  const tap = inWindow(layer, kernelIndex);
  const lines = layer.axes.map((axis, n) =>
    range(axis.output).map((o) => {
      const position = axis.start(o) + tap[n] * axis.dilation;
      return { o, cell: axis.source(position), kind: kindOn(axis, position) };
    })
  );
  const real = lines.map((line) => line.filter(({ kind }) => kind === "input"));
  const unpadded = product(
    lines.map((line) => line.filter(({ kind }) => kind === "input" || kind === "zero").length),
  );
  return {
    inputs: combined(real).map((meetings) => ({
      inputIndex: meetings.map(({ cell }) => cell ?? 0),
      outputIndex: meetings.map(({ o }) => o),
    })),
    padding: product(layer.output_size) - unpadded,
    zeros: unpadded - product(real.map((line) => line.length)),
  };
}

/**
 * How many windows use each input cell.
 * @param {Layer} layer
 */
export function uses(layer) {
  return outer(
    layer.axes.map((axis) => range(axis.input).map((cell) => axis.reached(cell).length)),
  );
}

/**
 * The positions on each axis's padded line that no window uses. A cell of the padded input is used
 * unless one of its positions is among them.
 * @param {Layer} layer
 */
export function unused(layer) {
  return layer.axes.map((axis) => {
    const seen = new Set();
    for (let o = 0; o < axis.output; o++) {
      for (let j = 0; j < axis.kernel; j++) seen.add(axis.start(o) + j * axis.dilation);
    }
    return range(axis.padded).filter((position) => !seen.has(position));
  });
}

/**
 * Calls back with the places of output, kernel and input cell for every meeting of a window's cell
 * with a real one.
 * @param {readonly Axis[]} axes
 */
function sliding(axes) {
  // For each axis, the triples (output, kernel, input) that meet, in one flat list.
  const lines = axes.map((axis) =>
    Int32Array.from(range(axis.output).flatMap((o) => axis.taps(o).flatMap((pair) => [o, ...pair])))
  );
  const last = axes.length - 1;
  /** @param {(output: number, kernel: number, input: number) => void} each */
  return function slide(each, n = 0, output = 0, kernel = 0, input = 0) {
    const { output: outputs, kernel: kernels, input: inputs } = axes[n];
    const line = lines[n];
    const [o, k, i] = [output * outputs, kernel * kernels, input * inputs];
    for (let at = 0; at < line.length; at += 3) {
      if (n === last) each(o + line[at], k + line[at + 1], i + line[at + 2]);
      else slide(each, n + 1, o + line[at], k + line[at + 1], i + line[at + 2]);
    }
  };
}

/**
 * @param {Axis} axis
 * @param {number} position
 * @returns {Kind}
 */
function kindOn(axis, position) {
  if (position >= axis.padded) return "beyond";
  if (axis.source(position) !== null) return "input";
  const inside = position >= axis.before && position < axis.before + axis.stretched;
  return inside ? "zero" : "padding";
}

/**
 * Which cell of the window a kernel cell is, and the other way round: the window on a transposed
 * layer's axes is its kernel turned by 180°.
 * @param {Layer} layer
 * @param {readonly number[]} kernelIndex
 */
function inWindow({ type, kernel_size }, kernelIndex) {
  if (type !== "ConvTranspose") return [...kernelIndex];
  return kernelIndex.map((j, n) => kernel_size[n] - 1 - j);
}

/**
 * @param {Layer} layer
 * @param {Values} x
 */
function checkInput({ input_size }, x) {
  const lead = x.shape.length - input_size.length;
  if (lead < 0 || lead > 2 || `${x.shape.slice(lead)}` !== `${input_size}`) {
    throw new RangeError(
      `x has shape ${tuple(x.shape)}, but the layer's input is ${tuple(input_size)}, ` +
        "alone or behind (C,) or (N, C)",
    );
  }
}

/**
 * @param {Layer} layer
 * @param {Values} x
 * @param {Values} kernel
 */
function checkKernel(
  { type, groups, input_size, kernel_size, in_channels, out_channels },
  x,
  kernel,
) {
  const n = input_size.length;
  const plain = x.shape.length === n;
  if (plain !== (kernel.shape.length === n)) {
    throw new RangeError(
      `x of shape ${tuple(x.shape)} and a kernel of shape ${tuple(kernel.shape)} disagree: ` +
        "either both have channels or neither has",
    );
  }
  const lead = kernel.shape.length - n;
  if ((lead !== 0 && lead !== 2) || `${kernel.shape.slice(lead)}` !== `${kernel_size}`) {
    throw new RangeError(
      `the kernel has shape ${tuple(kernel.shape)}, but the layer's is ${tuple(kernel_size)}, ` +
        "alone or behind two channel axes",
    );
  }
  const shape = plain ? [1, 1, ...kernel.shape] : kernel.shape;
  const [rows, columns] = shape;
  if (product(shape) === 0) {
    throw new RangeError(`a kernel of shape ${tuple(shape)} has no weights`);
  }
  if (rows % groups) {
    throw new RangeError(`a kernel of shape ${tuple(shape)} cannot form ${groups} groups`);
  }
  const turned = type === "ConvTranspose";
  const [inputs, outputs] = turned ? [rows, columns * groups] : [columns * groups, rows];
  for (
    const [what, found, stated] of /** @type {const} */ ([
      ["input", inputs, in_channels],
      ["output", outputs, out_channels],
    ])
  ) {
    if (stated !== null && stated !== found) {
      throw new RangeError(
        `a kernel of shape ${tuple(shape)} has ${found} ${what} channels, ` +
          `but the layer has ${stated}`,
      );
    }
  }
  const channels = plain ? 1 : x.shape[x.shape.length - n - 1];
  if (channels !== inputs) {
    throw new RangeError(
      `the input has ${channels} channels, but a kernel of shape ${tuple(shape)} ` +
        `in ${groups} group${groups > 1 ? "s" : ""} needs ${inputs}`,
    );
  }
}

/** @param {readonly number[]} shape */
const tuple = (shape) => `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
