// What is said about a scene: labels, sentences and what a screen reader hears.
// Indices in brackets count from 0, as in Python; spoken rows and columns count from 1.

import { offset } from "./arrays.js";
import { multiplies, reachedBy, windowOf } from "./values.js";

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

/** @param {readonly number[]} size */
export const size = (size) => size.join(" × ");

/** @param {Place} place */
export const cell = ({ map, index }) => `${map}[${index.join(", ")}]`;

/**
 * @param {number} count
 * @param {string} noun
 */
export const count = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

/**
 * The input's size and what its borders become.
 * @param {Layer} layer
 */
export function inputSize(layer) {
  const parts = [size(layer.input_size)];
  const padded = layer.axes.map((axis) => axis.padded);
  const stretched = layer.axes.map((axis) => axis.stretched);
  if (`${stretched}` !== `${layer.input_size}`) parts.push(`stretched to ${size(stretched)}`);
  if (`${padded}` !== `${stretched}`) {
    const grows = padded.every((length, axis) => length >= stretched[axis]);
    parts.push(`${grows ? "padded" : "cropped"} to ${size(padded)}`);
  }
  return parts.join(", ");
}

/**
 * The kernel's size and what dilation makes of it.
 * @param {Layer} layer
 */
export function kernelSize(layer) {
  const spread = layer.axes.map((axis) => axis.effectiveKernel);
  const own = size(layer.kernel_size);
  return `${spread}` === `${layer.kernel_size}` ? own : `${own}, spread to ${size(spread)}`;
}

/**
 * The size along one axis, as a walk of the window.
 * @param {Layer} layer
 * @param {number} n
 */
export function walk(layer, n) {
  const axis = layer.axes[n];
  const travel = axis.padded - axis.effectiveKernel;
  const steps = axis.output - 1;
  const { stride, leftOver } = axis;
  return `The window can travel ${axis.padded} − ${axis.effectiveKernel} = ${
    count(travel, "cell")
  }. ` +
    `At ${stride} a step that is ${count(steps, "step")}, and ${count(leftOver, "cell")} ` +
    `${leftOver === 1 ? "is" : "are"} left over. With the place where it starts: ${axis.output}.`;
}

/**
 * Which cells of the input change nothing, or an empty text.
 * @param {Scene} scene
 */
export function idle({ idle, unused }) {
  if (idle) {
    const [reach, them] = idle === 1 ? ["reaches", "it"] : ["reach", "them"];
    return `${count(idle, "input cell")} ${reach} no output: changing ${them} changes nothing.`;
  }
  return unused.some((positions) => positions.length)
    ? "What no window covers (hatched) is padding only."
    : "";
}

/**
 * What else than cells of the input, where there is any.
 * @param {number} padding
 * @param {number} zeros
 */
function others(padding, zeros) {
  return [
    ...(zeros ? [count(zeros, "inserted zero")] : []),
    ...(padding ? [`${count(padding, "cell")} of padding`] : []),
  ];
}

/**
 * What an input or kernel cell has to do with the others, as a sentence.
 * @param {Scene} scene
 * @param {Place} place
 */
export function about(scene, place) {
  const { layer } = scene;
  const value = number(scene[place.map].data[offset(place.index, scene[place.map].shape)]);
  if (place.map === "kernel") {
    const { inputs, padding, zeros } = multiplies(layer, place.index);
    const all = [count(inputs.length, "input cell"), ...others(padding, zeros)];
    return `${cell(place)} = ${value} multiplies ${all.join(" and ")}.`;
  }
  const reached = reachedBy(layer, place.index);
  if (!reached.length) return `${cell(place)} = ${value} reaches no output.`;
  const weights = reached.slice(0, 4).map(({ outputIndex, kernelIndex }) =>
    `${number(scene.kernel.data[offset(kernelIndex, scene.kernel.shape)])} in [${
      outputIndex.join(", ")
    }]`
  );
  const end = reached.length > 4 ? " …" : ".";
  return `${cell(place)} = ${value} reaches ${count(reached.length, "output")}, ` +
    `with weight ${weights.join(", ")}${end}`;
}

/**
 * Where an output cell is, as it is spoken.
 * @param {Scene} scene
 * @param {readonly number[]} index
 */
export function spokenPlace(scene, index) {
  const place = offset(index, scene.output.shape) + 1;
  return `output row ${index[0] + 1}, column ${
    index[1] + 1
  }, ${place} of ${scene.output.data.length}`;
}

/**
 * What a grid says of the cell that the keyboard came to.
 * @param {Scene} scene
 * @param {Place} place
 */
export function spokenCell(scene, place) {
  const { layer } = scene;
  if (place.map === "input") {
    const outputs = reachedBy(layer, place.index).length;
    return outputs ? `Reaches ${count(outputs, "output")}.` : "Reaches no output.";
  }
  if (place.map === "kernel") {
    const { inputs, padding, zeros } = multiplies(layer, place.index);
    const all = [count(inputs.length, "input cell"), ...others(padding, zeros)];
    return `Multiplies ${all.join(" and ")}.`;
  }
  const window = windowOf(layer, place.index);
  const real = window.flatMap(({ inputIndex }) => inputIndex ? [inputIndex] : []);
  const kinds = window.map(({ kind }) => kind);
  const rest = others(
    kinds.filter((kind) => kind === "padding").length,
    kinds.filter((kind) => kind === "zero").length,
  );
  if (!real.length) return "Padding only.";
  const [rows, columns] = [0, 1].map((axis) => {
    const cells = real.map((index) => index[axis] + 1);
    return [Math.min(...cells), Math.max(...cells)];
  });
  /** @param {string} noun @param {number[]} ends */
  const span = (noun, [first, last]) =>
    first === last ? `${noun} ${first}` : `${noun}s ${first} to ${last}`;
  return `${span("Row", rows)}, ${span("column", columns)} of the input` +
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
