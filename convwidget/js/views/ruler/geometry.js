// What a ruler says of an axis: which positions it draws, what lights up, and its lengths.

import { range } from "../../arrays.js";
import { at } from "../../layers.js";
import { count } from "../../words.js";

/** @typedef {import("../../axis.js").Axis} Axis */
/** @typedef {import("../../layers.js").Layer} Layer */

const MOST = 14; // positions drawn at once
const NAMES = ["depth", "rows", "columns"];

/**
 * The axes that are the same are drawn once: their numbers, and what they are called together.
 * @param {readonly Axis[]} axes
 */
export function groups(axes) {
  /** @type {Map<string, number[]>} */
  const alike = new Map();
  axes.forEach((axis, n) => {
    const key = JSON.stringify(axis);
    alike.set(key, [...alike.get(key) ?? [], n]);
  });
  return [...alike.values()].map((numbers) => {
    const names = numbers.map((n) => NAMES.slice(-axes.length)[n]).join(", ");
    const heading = names.replace(/, (\w+)$/, " and $1 alike");
    return { axes: numbers, heading: axes.length > 1 ? heading : "" };
  });
}

/**
 * The positions that get a line: the first, the last, those that are lit, and their neighbours.
 * @param {number} output
 * @param {number[]} lit
 */
export function shown(output, lit) {
  const lines = new Set([0, output - 1, ...lit.slice(0, MOST - 2)]);
  const [near = 0] = lit;
  for (let far = 1; lines.size < Math.min(MOST, output); far++) {
    for (const n of [near + far, near - far]) {
      if (n >= 0 && n < output && lines.size < MOST) lines.add(n);
    }
  }
  return [...lines].sort((a, b) => a - b);
}

/**
 * How many cells the position after the last one would need, 0 where that one hangs over already,
 * and why it is none.
 * @param {Axis} axis
 */
export function next({ ceilMode, leftOver, output, stride, effectiveKernel }) {
  if (leftOver < 0) {
    return { needs: 0, words: `the last one hangs over by ${count(-leftOver, "cell")}` };
  }
  const needs = output * stride + effectiveKernel;
  const dropped = ceilMode && leftOver > 0;
  return { needs, words: dropped ? "one more is dropped" : `one more would need ${needs} cells` };
}

/**
 * The pairs [output, window cell] that belong to a cell of a map.
 * @param {Axis} axis
 * @param {import("../../scene.js").MapName} map
 * @param {number} n
 * @returns {[number, number][]}
 */
export function meetings(axis, map, n) {
  if (map === "output") return range(axis.kernel).map((j) => [n, j]);
  return map === "input" ? axis.reached(n) : range(axis.output).map((o) => [o, n]);
}

/** @typedef {{from: number, to: number, name: string, words: string}} Length */

/**
 * The lengths that make up the line, each from and to a position, and the whole.
 * @param {Layer} layer
 * @param {Axis} axis
 */
export function lengths(layer, axis) {
  const { effectiveKernel, stride, output, leftOver, padded } = axis;
  const steps = output - 1;
  const end = padded - leftOver;
  /** @type {Length[]} */
  const found = [];
  /** @param {number} from @param {number} to @param {string} name @param {string} words */
  const add = (from, to, name, words) => {
    if (from < to) found.push({ from, to, name, words });
  };
  add(0, effectiveKernel, "window", `the window: ${effectiveKernel}`);
  const each = steps < MOST ? stride : end - effectiveKernel;
  for (let from = effectiveKernel; from < end; from += each) {
    add(
      from,
      from + each,
      "step",
      each === stride ? `${each}` : `${steps} steps of ${stride} = ${each}`,
    );
  }
  add(end, padded, "left", `${leftOver} left over`);
  add(padded, end, "over", `${-leftOver} over`);
  add(0, padded, "whole", whole(layer, axis));
  return found;
}

/**
 * The input's size along an axis, and what its borders become.
 * @param {Axis} axis
 */
export function sizes({ input, stretch, stretched, padded }) {
  const parts = [`${input}`];
  if (stretch > 1) parts.push(`stretched to ${stretched}`);
  if (padded !== stretched) parts.push(`${padded > stretched ? "padded" : "cropped"} to ${padded}`);
  return parts.join(", ");
}

/**
 * The whole line's length in letters, or in words where it is stretched.
 * @param {Layer} layer
 * @param {Axis} axis
 */
function whole({ type }, axis) {
  const { stretch, before, after, padded } = axis;
  if (stretch > 1) return sizes(axis).replace(/^\d+, /, "");
  const prime = type === "ConvTranspose" ? "′" : "";
  const pads = before === after && before
    ? [` + 2p${prime}`]
    : [before, after].map((p) => p ? ` ${p < 0 ? "−" : "+"} ${Math.abs(p)}` : "");
  return `i${prime}${pads.join("")} = ${padded}`;
}

/**
 * What is left over, and which sizes of the input share a number of outputs along an axis.
 * @param {Layer} layer
 * @param {number} n
 */
export function said(layer, n) {
  const { input, output, leftOver, ceilMode } = layer.axes[n];
  /** @param {number} size */
  const reaches = (size) => {
    try {
      return at(layer, layer.input_size.with(n, size)).axes[n].output;
    } catch { // too small for the kernel, or past the bound of all sizes
      return size < input ? 0 : Infinity;
    }
  };
  let far = 2 * input;
  while (reaches(far) <= output) far *= 2;
  const first = least(1, input, (size) => reaches(size) >= output);
  const beyond = least(input + 1, far, (size) => reaches(size) > output);
  const more = reaches(beyond);
  const i = layer.type === "ConvTranspose" ? "i′" : "i";
  const [one, last] = [`${i} = ${first}`, beyond - 1];
  const share = first === last
    ? `Only ${one} gives`
    : first === last - 1
    ? `${one} and ${i} = ${last} both give`
    : `${one} to ${i} = ${last} all give`;
  const left = leftOver > 0
    ? `${count(leftOver, "cell")} ${leftOver === 1 ? "is" : "are"} left over. ` +
      (ceilMode ? "Ceil mode drops a window that would start past the input. " : "")
    : "";
  return left +
    (more === Infinity
      ? `Every ${i} from ${first} on gives ${output}.`
      : `${share} ${output}; ${i} = ${beyond} gives ${more}.`);
}

/**
 * The least number for which something holds, that holds for all larger ones.
 * @param {number} low
 * @param {number} high for which it holds
 * @param {(n: number) => boolean} holds
 */
function least(low, high, holds) {
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
