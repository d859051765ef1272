// What is said about a scene: labels, sentences and what a screen reader hears.
// Indices in brackets count from 0, as in Python; spoken rows and columns count from 1.

import { offset } from "./arrays.js";
import { channels, multiplied, reached, split } from "./connections.js";
import { mapOf } from "./scene.js";
import { windowOf } from "./values.js";

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
const SIGNS = { "−": 0.84, ".": 0.32 };

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

/** What the axes of maps are called, by how many there are. @type {Record<number, string[]>} */
const AXES = { 1: ["cells"], 2: ["rows", "columns"], 3: ["slices", "rows", "columns"] };

/**
 * The names of a layer's axes.
 * @param {Layer} layer
 */
export const axisNames = ({ axes, strip }) => strip ? ["rows", "cells"] : AXES[axes.length];

/**
 * Where a cell is, spoken: counted from 1, its map first.
 * @param {Layer} layer
 * @param {readonly number[]} index
 */
function spokenIndex(layer, index) {
  const [map, place] = split(layer, index);
  const names = axisNames(layer).map((name) => name.slice(0, -1));
  return [
    ...map.map((n) => `map ${n + 1}`),
    ...place.map((n, axis) => `${names[axis]} ${n + 1}`),
  ].join(", ");
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
  const [s, a] = [layer.stride[n], layer.output_padding[n]];
  const [before, after] = layer.pads[n];
  const whole = s * (input - 1) + effectiveKernel;
  const parts = [
    `${count(input, "stamp")} of size ${effectiveKernel}, each ${s} further on, ` +
    `${input === 1 ? "reaches" : "reach"} over ${s}·${input - 1} + ${effectiveKernel} = ${
      count(whole, "cell")
    }.`,
  ];
  if (a) parts.push(`Output padding adds ${a} at the end.`);
  const ends = before === after
    ? `${Math.abs(before)} at each side`
    : `${before} before and ${after} after`;
  if (before || after) parts.push(`Padding ${before < 0 ? "adds" : "crops"} ${ends}.`);
  return `${parts.join(" ")} That leaves ${output}.`;
}

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
 * What else than cells of the input, where there is any.
 * @param {Record<string, number>} kinds
 */
function others({ zero = 0, padding = 0, beyond = 0 }) {
  return [
    ...(zero ? [count(zero, "inserted zero")] : []),
    ...(padding ? [`${count(padding, "cell")} of padding`] : []),
    ...(beyond ? [`${count(beyond, "cell")} beyond it`] : []),
  ];
}

/**
 * What an input or kernel cell has to do with the others, as a sentence.
 * @param {Scene} scene
 * @param {Place} place
 */
export function about(scene, place) {
  const { kernel } = scene;
  const map = mapOf(scene, place.map);
  const value = number(map.data[offset(place.index, map.shape)]);
  if (place.map === "kernel") {
    return `${cell(place)} = ${value} ${multiplying(scene, place)}.`;
  }
  const outputs = reached(scene, place.index);
  if (!outputs.length) return `${cell(place)} = ${value} reaches no output.`;
  const named = outputs.slice(0, 4).map(({ outputIndex, kernelIndex }) => {
    const weight = kernel && `${number(kernel.data[offset(kernelIndex, kernel.shape)])} in `;
    return `${weight ?? ""}[${outputIndex.join(", ")}]`;
  });
  const end = outputs.length > 4 ? " …" : ".";
  return `${cell(place)} = ${value} reaches ${count(outputs.length, "output")}` +
    `${kernel ? ", with weight " : ": "}${named.join(", ")}${end}`;
}

/**
 * What a kernel cell multiplies; in a transposed layer it is in every stamp.
 * @param {Scene} scene
 * @param {Place} place
 */
function multiplying(scene, { index }) {
  const { layer } = scene;
  const { inputs, padding, zeros } = multiplied(scene, index);
  if (layer.type !== "ConvTranspose") {
    const all = [count(inputs.length, "input cell"), ...others({ padding, zero: zeros })];
    return `multiplies ${all.join(" and ")}`;
  }
  const [maps] = channels(layer) ?? [1];
  const stamps = scene.input.data.length / maps;
  const cropped = stamps - inputs.length;
  return `is in each of ${count(stamps, "stamp")}` +
    (cropped
      ? `; ${inputs.length} of its products land on the output, ${cropped} are cropped`
      : "");
}

/**
 * Where an output cell is, as it is spoken.
 * @param {Scene} scene
 * @param {readonly number[]} index
 */
export function spokenPlace(scene, index) {
  const place = offset(index, scene.output.shape) + 1;
  return `output ${spokenIndex(scene.layer, index)}, ${place} of ${scene.output.data.length}`;
}

/**
 * What a grid says of the cell that the keyboard came to.
 * @param {Scene} scene
 * @param {Place} place
 */
export function spokenCell(scene, place) {
  const { layer } = scene;
  if (place.map === "input") {
    const outputs = reached(scene, place.index).length;
    return outputs ? `Reaches ${count(outputs, "output")}.` : "Reaches no output.";
  }
  if (place.map === "kernel") {
    const said = multiplying(scene, place);
    return `${said[0].toUpperCase()}${said.slice(1)}.`;
  }
  const window = windowOf(layer, split(layer, place.index)[1]);
  const real = window.flatMap(({ inputIndex }) => inputIndex ? [inputIndex] : []);
  /** @type {Record<string, number>} */
  const kinds = {};
  for (const { kind } of window) kinds[kind] = (kinds[kind] ?? 0) + 1;
  const rest = others(kinds);
  if (!real.length) return "Padding only.";
  const spans = axisNames(layer).map((names, axis) => {
    const cells = real.map((index) => index[axis] + 1);
    const [first, last] = [cells[0], cells[cells.length - 1]]; // in the window's order
    return first === last ? `${names.slice(0, -1)} ${first}` : `${names} ${first} to ${last}`;
  }).join(", ");
  return `${spans[0].toUpperCase()}${spans.slice(1)} of the input` +
    `${rest.length ? `, and ${rest.join(" and ")}` : ""}.`;
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
