// What is said about a layer and a scene: numbers, labels and sentences.
// Indices in brackets count from 0, as in Python; spoken rows and columns count from 1.

import { channels } from "./connections.js";
import { LETTERS } from "./limits.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Place} Place */
/** @typedef {import("./layers.js").Layer} Layer */

/**
 * A number as briefly as a cell needs it: at most two decimals, with a true minus sign.
 * @param {number} value
 */
export function number(value) {
  const plain = Number.isInteger(value) || Math.abs(value) >= 0.005;
  const text = Number.isFinite(value) && plain && Math.abs(value) < 1e6
    ? String(Number(value.toFixed(2)))
    : value.toExponential(1).replace("e+", "e").replace("Infinity", "∞");
  return text.replaceAll("-", "−");
}

/** The signs that are no digits, in sizes of the font. @type {Record<string, number>} */
const SIGNS = { "−": 0.84, "∞": 0.84, ".": 0.32 };

/**
 * How wide a written number is, in sizes of a font as wide as DejaVu Sans.
 * @param {string} text
 */
export const wide = (text) =>
  Array.from(text).reduce((sum, sign) => sum + (SIGNS[sign] ?? 0.64), 0);

/**
 * How wide the widest of some numbers is.
 * @param {Iterable<number>} values
 */
export function widest(values) {
  let most = 0.64;
  for (const value of values) most = Math.max(most, wide(number(value)));
  return most;
}

/** @param {readonly number[]} size */
export const size = (size) => size.join(" × ");

/** @param {Place} place */
export const cell = ({ map, index }) => `${map}[${index.join(", ")}]`;

/**
 * @param {number} count
 * @param {string} noun
 */
export const count = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** @param {string} text */
export const capital = (text) => text[0].toUpperCase() + text.slice(1);

/** What the axes of maps are called, by how many there are. @type {Record<number, string[]>} */
const AXES = { 1: ["cells"], 2: ["rows", "columns"], 3: ["slices", "rows", "columns"] };

/**
 * The names of a layer's axes.
 * @param {Layer} layer
 */
export const axisNames = ({ axes, strip }) => strip ? ["rows", "cells"] : AXES[axes.length];

/**
 * The axes that are spoken of apart: one without a name where all are alike.
 * @param {Layer} layer
 */
export const apart = (layer) =>
  new Set(layer.axes.map((axis) => JSON.stringify(axis))).size === 1 ? [""] : axisNames(layer);

/**
 * The guide's letters of the settings and the output: a transposed layer's sizes are primed.
 * @param {Layer} layer
 */
export function letters({ type }) {
  const prime = type === "ConvTranspose" ? "′" : "";
  return { ...LETTERS, input_size: `i${prime}`, output: `o${prime}` };
}

/**
 * How many maps there are, where a layer has channels.
 * @param {Layer} layer
 * @param {0 | 1} side of the input or the output
 */
function mapsOf(layer, side) {
  const counts = channels(layer);
  return counts ? [count(counts[side], "map")] : [];
}

/**
 * What there is on each axis that is spoken of: not on the one that makes a strip a map.
 * @template T
 * @param {Layer} layer
 * @param {readonly T[]} all
 */
const spokenOf = ({ strip }, all) => strip ? all.slice(1) : all;

/**
 * The input's size and what its borders become.
 * @param {Layer} layer
 */
export function inputSize(layer) {
  const axes = spokenOf(layer, layer.axes);
  const own = axes.map((axis) => axis.input);
  const parts = [...mapsOf(layer, 0), size(own)];
  const padded = axes.map((axis) => axis.padded);
  const stretched = axes.map((axis) => axis.stretched);
  if (`${stretched}` !== `${own}`) parts.push(`stretched to ${size(stretched)}`);
  if (`${padded}` !== `${stretched}`) {
    const grows = padded.every((length, axis) => length >= stretched[axis]);
    parts.push(`${grows ? "padded" : "cropped"} to ${size(padded)}`);
  }
  return parts.join(", ");
}

/**
 * The output's size.
 * @param {Layer} layer
 */
export const outputSize = (layer) =>
  [...mapsOf(layer, 1), size(spokenOf(layer, layer.output_size))].join(", ");

/**
 * The kernel's size and what dilation makes of it.
 * @param {Layer} layer
 */
export function kernelSize(layer) {
  const axes = spokenOf(layer, layer.axes);
  const spread = axes.map((axis) => axis.effectiveKernel);
  const own = size(axes.map((axis) => axis.kernel));
  const parts = [own];
  if (axes.some((axis) => axis.dilation > 1 && axis.kernel > 1)) {
    parts.push(`spread to ${size(spread)}`);
  }
  if (layer.turned) parts.push("turned");
  return parts.join(", ");
}

/**
 * The size along one axis, as a walk of the window or as stamps side by side.
 * @param {Layer} layer
 * @param {number} n
 */
export function walk(layer, n) {
  const axis = layer.axes[n];
  if (layer.type === "ConvTranspose") return stamped(layer, n);
  const { stride, leftOver, output } = axis;
  const travel = axis.padded - axis.effectiveKernel;
  const way = `The window can travel ${axis.padded} − ${axis.effectiveKernel} = ${
    count(travel, "cell")
  }. At ${stride} a step that is `;
  const end = `With the place where it starts: ${output}.`;
  if (leftOver < 0) {
    return `${way}${number(travel / stride)} steps; ceil mode rounds up to ${output - 1}, and ` +
      `the last window hangs over by ${count(-leftOver, "cell")}. ${end}`;
  }
  return `${way}${count(output - 1, "step")}, and ${count(leftOver, "cell")} ` +
    `${leftOver === 1 ? "is" : "are"} left over. ${end}`;
}

/**
 * @param {Layer} layer
 * @param {number} n
 */
function stamped(layer, n) {
  const { effectiveKernel, input, output } = layer.axes[n];
  const s = layer.stride[n];
  const whole = s * (input - 1) + effectiveKernel;
  const parts = [
    `${count(input, "stamp")} of size ${effectiveKernel}, each ${s} further on, ` +
    `${input === 1 ? "reaches" : "reach"} over ${s}·${input - 1} + ${effectiveKernel} = ${
      count(whole, "cell")
    }.`,
  ];
  parts.push(...ends(layer, n));
  return `${parts.join(" ")} That leaves ${output}.`;
}

/**
 * What a transposed layer does at the ends of an axis, in sentences.
 * @param {Layer} layer
 * @param {number} n
 */
export function ends({ output_padding, pads }, n) {
  const [a, [before, after]] = [output_padding[n], pads[n]];
  const cells = before === after
    ? `${count(Math.abs(before), "cell")} at each side`
    : `${before} before and ${after} after`;
  return [
    ...(a ? [`Output padding adds ${a} at the end.`] : []),
    ...(before || after ? [`Padding ${before < 0 ? "adds" : "crops"} ${cells}.`] : []),
  ];
}

/**
 * What the page says of a setting that has another name there than in Python.
 * @param {string} message
 */
export const onPage = (message) =>
  message.replace(/\b(in|out)_channels\b/, (name, side) => `${side}put maps (${name})`);

/**
 * Which cells of the input change nothing, or an empty text.
 * @param {Scene} scene
 */
export function idle({ idle, layer, unused }) {
  if (idle) {
    const [reach, them] = idle === 1 ? ["reaches", "it"] : ["reach", "them"];
    return `${count(idle, "input cell")} ${reach} no output: changing ${them} changes nothing.`;
  }
  if (layer.type === "ConvTranspose") return "";
  return unused.some((positions) => positions.length)
    ? "What no window covers (hatched) is padding only."
    : "";
}

/**
 * What a change of settings did.
 * @param {Scene} now
 * @param {Scene} before
 */
export function spokenChange(now, before) {
  const by = (/** @type {Scene} */ { layer }) => layer.output_size.join(" by ");
  const was = by(now) === by(before) ? "" : `, was ${by(before)}`;
  const numbers = new Set(now.explanations.map((explanation) => explanation.number));
  const [speaks] = numbers.size === 1 ? numbers : [null];
  const idleNow = idle(now);
  return `Output ${by(now)}${was}.${speaks ? ` Relationship ${speaks}.` : ""}` +
    `${idleNow && now.idle !== before.idle ? ` ${idleNow}` : ""}`;
}
