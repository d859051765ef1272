// What a user writes for a layer's settings, read into one integer or pair per axis.
// convwidget/layers/settings.py is its twin.

import { atLeast, MAX_SIZE, written } from "./axis.js";

export const PADDING_NAMES = ["valid", "half", "full", "same", "same_lower", "causal"];

/** @typedef {[number, number]} Pair (before, after) */

/**
 * How many axes the lists among some settings speak of; two where there are only integers.
 * @param {Record<string, unknown>} settings
 */
export function dimensions(settings) {
  /** @type {Map<string, number>} */
  const lengths = new Map();
  for (const [name, value] of Object.entries(settings)) {
    if (!Array.isArray(value)) continue;
    if (value.length === 0) {
      throw new RangeError(`${name} is empty: give an integer, or one per axis`);
    }
    lengths.set(name, value.length);
  }
  const padding = settings.padding;
  if (Array.isArray(padding) && !padding.some(Array.isArray)) {
    // One integer per axis, unless it could be a list of both sides of each axis.
    lengths.delete("padding");
    const flat = padding.length;
    const [axes = flat < 4 || flat % 2 ? flat : flat / 2] = lengths.values();
    if (flat === 2 * axes) {
      const pairs = Array(axes).fill("(before, after)").join(", ") + (axes === 1 ? "," : "");
      throw new RangeError(
        `padding=(${padding.map(written).join(", ")}) could list both sides of ${axes} ` +
          `${axes === 1 ? "axis" : "axes"} in ONNX's order or in that of ` +
          `torch.nn.functional.pad: give pairs, padding=(${pairs})`,
      );
    }
    lengths.set("padding", flat);
  }
  if (new Set(lengths.values()).size > 1) {
    const given = Array.from(lengths, ([name, length]) => `${name} has ${length}`).join(" and ");
    throw new RangeError(`the settings disagree on the number of axes: ${given}`);
  }
  const [axes = 2] = lengths.values();
  return axes;
}

/**
 * One integer per axis.
 * @param {unknown} value
 * @param {string} name
 * @param {number} axes
 * @param {number} [least]
 */
export function perAxis(value, name, axes, least = 1) {
  /** @type {unknown[]} */
  const entries = Array.isArray(value) ? value : Array(axes).fill(value);
  if (entries.length !== axes) {
    throw new RangeError(`${name} has ${entries.length} entries, but there are ${axes} axes`);
  }
  return entries.map((entry) => atLeast(least, entry, name));
}

/**
 * A known name, or one (before, after) pair per axis.
 * @param {unknown} value
 * @param {number} axes
 * @returns {string | Pair[]}
 */
export function paddingPerAxis(value, axes) {
  if (typeof value === "string") {
    if (PADDING_NAMES.includes(value)) return value;
    throw new RangeError(
      `padding=${written(value)} is not a known name: ${PADDING_NAMES.map(written).join(", ")}`,
    );
  }
  /** @type {unknown[]} */
  const entries = Array.isArray(value) ? value : Array(axes).fill(value);
  return entries.map((entry) => {
    const pair = Array.isArray(entry) ? entry : [entry, entry];
    if (pair.length !== 2) {
      throw new RangeError(`padding needs (before, after) for each axis, not ${written(entry)}`);
    }
    const [before, after] = pair.map((side) => atLeast(-MAX_SIZE, side, "padding"));
    return [before, after];
  });
}

/**
 * A boolean; 0 and 1 are none.
 * @param {unknown} value
 * @param {string} name
 */
export function toggle(value, name) {
  if (typeof value === "boolean") return value;
  throw new TypeError(`${name} must be True or False, not ${written(value)}`);
}

/**
 * The padding that a name stands for, for a window sliding over a line of that size.
 * @param {string} name
 * @param {bigint} size
 * @param {bigint} window
 * @param {bigint} stride
 * @returns {[bigint, bigint]}
 */
export function namedPads(name, size, window, stride) {
  if (name === "valid") return [0n, 0n];
  if (name === "half") return [window / 2n, window / 2n];
  if (name === "full") return [window - 1n, window - 1n];
  if (name === "causal") return [window - 1n, 0n];
  // "same": as many windows as strides fit into the line, the odd zero behind.
  const outputs = (size + stride - 1n) / stride;
  const missing = (outputs - 1n) * stride + window - size;
  const total = missing > 0n ? missing : 0n;
  const [less, more] = [total / 2n, total - total / 2n];
  return name === "same_lower" ? [more, less] : [less, more];
}
