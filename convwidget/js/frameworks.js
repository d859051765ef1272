// The same layer in PyTorch, Keras, JAX and ONNX, written out.
// convwidget/frameworks.py is its twin and says how the data is read; both read the same.

import json from "../data/frameworks.json" with { type: "json" };

/** @typedef {import("./layers.js").Layer} Layer */
/** @typedef {Record<string, number>} Numbers what a text can name of one axis */
/** @typedef {Record<string, string | number>} Slots */
/** @typedef {Record<string, string[]>} Words words that are true where one of their choices holds */

/**
 * @type {{any: Words, joined: Record<string, [string, string?, boolean?]>,
 *   frameworks: Record<string, {any: Words, text: string[]}>}}
 */
const data = /** @type {any} */ (json);

/** The names that `code` knows. */
export const FRAMEWORKS = Object.keys(data.frameworks);

/**
 * A program of a framework that does what the layer does.
 * @param {Layer} layer
 * @param {string} framework
 */
export function code(layer, framework) {
  if (!FRAMEWORKS.includes(framework)) {
    throw new RangeError(`'${framework}' is no framework: ${FRAMEWORKS.join(", ")}`);
  }
  const n = layer.axes.length;
  if (n > 3) {
    return `# ${framework}: written for 1 to 3 dimensions, and this layer has ${n}.\n`;
  }
  const axes = layer.axes.map((_, axis) => numbersOn(layer, axis));
  const facts = factsOf(layer, axes);
  const { any, text } = data.frameworks[framework];
  for (const [name, choices] of Object.entries({ ...data.any, ...any })) {
    if (choices.some((choice) => hold(choice, facts))) facts.add(name);
  }
  /** @type {Slots} */
  const slots = { n, type: layer.type, ...channels(layer) };
  for (const name of Object.keys(axes[0])) {
    const values = axes.map((axis) => axis[name]);
    slots[`${name},`] = values.join(", ");
    slots[name] = new Set(values).size === 1 ? values[0] : `(${slots[`${name},`]})`;
  }
  for (const [name, [each, between = ", ", lastFirst]] of Object.entries(data.joined)) {
    const parts = axes.map((axis, n) => filled(each, { ...axis, v: "uvw"[n] }));
    slots[name] = (lastFirst ? parts.reverse() : parts).join(between);
  }
  return text.map((line) => {
    const [own, when] = line.split("|").reverse();
    if (!hold(when ?? "", facts)) return "";
    const there = own.replace(
      /~([^:~]*):([^~]*)~/g,
      (_, when, part) => hold(when, facts) ? part : "",
    );
    return `${filled(there, slots)}\n`;
  }).join("");
}

/**
 * @param {string} when
 * @param {Set<string>} facts
 */
function hold(when, facts) {
  return when.split(" ").every((word) =>
    !word || facts.has(word.replace("!", "")) !== word.startsWith("!")
  );
}

/**
 * @param {string} text
 * @param {Slots} slots
 */
function filled(text, slots) {
  return text.replace(/\{([a-zA-Z]\w*,?)\}/g, (_, name) => `${slots[name]}`);
}

/** @param {Layer} layer */
function channels({ type, groups: g, in_channels, out_channels, kernel_size }) {
  const [C, F] = [in_channels ?? g, out_channels ?? g];
  const [Cg, Fg] = [C / g, F / g];
  const W = type === "ConvTranspose" ? `${C}, ${Fg}` : `${F}, ${Cg}`;
  const weights = kernel_size.reduce((all, size) => all * BigInt(size), 1n);
  return { g, C, F, Cg, Fg, W, weights: `${weights}` };
}

/**
 * What a text can name of axis n, by the guide's letters and longer words.
 * @param {Layer} layer
 * @param {number} n
 * @returns {Numbers}
 */
function numbersOn({ type, axes, pads, stride, output_padding, ...layer }, n) {
  const { input, kernel, before: ahead, after: behind, ...axis } = axes[n];
  const [[b, e], s, a] = [pads[n], stride[n], output_padding[n]];
  const transposed = type === "ConvTranspose";
  // How far the last window of ceil mode hangs over; how far short of the line's end it stays.
  const hang = layer.ceil_mode ? -axis.leftOver : 0;
  // What is wanted of a line, from `low` to `high`: a part of it, and zeros before and after.
  const [length, low, high] = transposed
    ? [s * (input - 1) + axis.effectiveKernel, b, b + axis.output]
    : [axis.stretched, -b, axis.stretched + e + Math.min(hang, 0)];
  const start = Math.min(Math.max(low, 0), length);
  const stop = Math.max(Math.min(high, length), start);
  const before = Math.min(Math.max(-low, 0), high - low);
  const after = high - low - before - (stop - start) + Math.max(hang, 0);
  // The cells that a mean counts: all of the padded line, or the input alone.
  const [ones, ones_before, ones_after] = layer.count_include_pad
    ? [axis.padded + Math.min(hang, 0), 0, Math.max(hang, 0)]
    : [stop - start, before, after];
  return {
    i: input,
    k: kernel,
    s,
    d: axis.dilation,
    t: axis.stretch,
    a,
    o: axis.output,
    b,
    e,
    unit: 1,
    axis: n + 2,
    step: axis.stride,
    window: axis.effectiveKernel,
    reach: (axis.output - 1) * s + 1,
    direct_before: ahead,
    direct_after: behind,
    start,
    stop,
    before,
    after,
    crop_before: transposed ? -low : -start,
    crop_after: (transposed ? high : stop) - length,
    ones,
    ones_before,
    ones_after,
  };
}

/**
 * Which words of the vocabulary are true of a layer.
 * @param {Layer} layer
 * @param {Numbers[]} axes
 */
function factsOf(layer, axes) {
  const { pads, padding, type } = layer;
  /** @param {(axis: Numbers) => boolean | number} holds */
  const some = (holds) => axes.some(holds);
  const even = pads.every(([before, after]) => before === after && before >= 0);
  const spread = some(({ t }) => t > 1);
  const known = {
    line: axes.length === 1,
    strided: some(({ s }) => s > 1),
    dilated: some(({ d }) => d > 1),
    spread,
    stretched: type === "Conv" && spread,
    gappy: some(({ window, s }) => window < s),
    grouped: layer.groups > 1,
    extra: some(({ a }) => a),
    wide: some(({ a, s }) => a >= s),
    padded: some(({ b, e }) => b || e),
    even,
    // PyTorch's pools take padding up to half the kernel, ONNX's less than the kernel.
    slight: even && !some(({ b, k }) => 2 * b > k),
    long: some(({ before, after, k }) => Math.max(before, after) >= k),
    crops: some(({ crop_before, crop_after }) => crop_before < 0 || crop_after < 0),
    grows: some(({ before, after }) => before > 0 || after > 0),
    ceil: layer.ceil_mode,
    hangs: layer.axes.some(({ leftOver }) => leftOver < 0),
    counts: layer.count_include_pad,
  };
  const names = Object.entries(known).flatMap(([word, holds]) => holds ? [word] : []);
  return new Set([type, typeof padding === "string" ? padding : "", ...names]);
}
