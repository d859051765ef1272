// What is said about one cell: in a sentence, and to a screen reader.

import { offset } from "./arrays.js";
import { channels, multiplied, reached, split } from "./connections.js";
import { mapOf } from "./scene.js";
import { windowOf } from "./values.js";
import { axisNames, capital, cell, count, number } from "./words.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Place} Place */

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
 * Where an output cell is, as it is spoken.
 * @param {Scene} scene
 * @param {readonly number[]} index
 */
export function spokenPlace(scene, index) {
  const place = offset(index, scene.output.shape) + 1;
  return `output ${spokenIndex(scene.layer, index)}, ${place} of ${scene.output.data.length}`;
}

/**
 * Where a cell is, spoken: counted from 1, its map first.
 * @param {import("./layers.js").Layer} layer
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
    return `${capital(said)}.`;
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
  return `${capital(spans)} of the input` +
    `${rest.length ? `, and ${rest.join(" and ")}` : ""}.`;
}
