// Planes: a layer's maps two axes at a time, and which of them meet. Knows no page.
// A place is where a cell is drawn: in the input padding and inserted zeros count, and a kernel lies
// as the window meets it. A plane is the last two axes; what stands before is its lead: the channel,
// the depth, or both.

import { indices } from "../../arrays.js";
import { channels, pairs, split, terms } from "../../connections.js";
import { mapOf } from "../../scene.js";
import { placeAt } from "../../values.js";
import { kernelSize } from "../../words.js";

/** @typedef {import("../../layers.js").Layer} Layer */
/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {import("../../scene.js").MapName} MapName */

/**
 * The place of a cell. A kernel's place has its cell for a place, too: turning twice is nothing.
 * @param {Layer} layer
 * @param {MapName} map
 * @param {readonly number[]} index
 */
export function placeOf(layer, map, index) {
  const [maps, at] = split(layer, index);
  if (map === "input") return [...maps, ...layer.axes.map((axis, n) => axis.position(at[n]))];
  if (map === "output" || layer.type !== "ConvTranspose") return [...index];
  return [...maps, ...at.map((j, n) => layer.kernel_size[n] - 1 - j)];
}

/**
 * The index of the cell at a place, or null where none of the map's own stands.
 * @param {Layer} layer
 * @param {MapName} map
 * @param {readonly number[]} place
 */
export function indexOf(layer, map, place) {
  if (map !== "input") return placeOf(layer, map, place);
  const [maps, at] = split(layer, place);
  const { inputIndex } = placeAt(layer, at);
  return inputIndex && [...maps, ...inputIndex];
}

/**
 * The leads of a map's planes.
 * @param {Scene} scene
 * @param {MapName} map
 */
export function leads(scene, map) {
  const { axes } = scene.layer;
  const { shape } = mapOf(scene, map);
  const maps = shape.slice(0, -axes.length);
  const drawn = map === "input" ? axes.map((axis) => axis.shown) : shape.slice(-axes.length);
  return indices([...maps, ...drawn].slice(0, -2));
}

/** @param {readonly number[]} index */
export const leadOf = (index) => index.slice(0, -2);

/**
 * Which planes of the kernel meet which of the input in an output cell's window, in the order of the
 * input, and what each comes to. Without a kernel the window's planes, beside a sum of no meaning.
 * @param {Scene} scene
 * @param {readonly number[]} index
 */
export function meetings(scene, index) {
  const { layer } = scene;
  const from = new Map(pairs(layer).map(({ input, kernel }) => [`${kernel}`, input]));
  /** @type {Map<string, {kernel: number[], input: number[], sum: number}>} */
  const found = new Map();
  for (const { kernelIndex, position, x, w } of terms(scene, index)) {
    const kernel = leadOf(placeOf(layer, "kernel", kernelIndex));
    const input = [
      ...from.get(`${split(layer, kernelIndex)[0]}`) ?? [],
      ...leadOf(position),
    ];
    const met = found.get(`${kernel}`) ?? { kernel, input, sum: 0 };
    met.sum += w * x;
    found.set(`${kernel}`, met);
  }
  return [...found.values()].sort(({ input: [a, b] }, { input: [c, d] }) => a - c || b - d || 0);
}

/**
 * The channels of the output, as the beginnings of its indices: one empty one without channels.
 * @param {Scene} scene
 */
export function features({ layer, output }) {
  return indices(output.shape.slice(0, -layer.axes.length));
}

/**
 * How many weights there are and which maps they join, as a sentence; none without channels.
 * @param {Scene} scene
 */
export function joined({ layer, input, output, kernel }) {
  if (!kernel || !channels(layer)) return "";
  const { groups } = layer;
  const [each, maps] = [input.shape[0] / groups, output.shape[0]];
  const factors = [maps, each, ...kernel.shape.slice(2)];
  const parts = groups === 2 ? "two halves" : `${groups} groups`;
  const who = groups === 1
    ? "Every input map meets every output map"
    : each === 1
    ? "Each input map stays alone"
    : `The maps form ${parts} that do not meet`;
  return `${who}: ${factors.join(" × ")} = ${kernel.data.length} weights.`;
}

/**
 * How many kernels there are and how large each is.
 * @param {Layer} layer
 */
export function kernelsOf(layer) {
  const counts = channels(layer);
  if (!counts) return kernelSize(layer);
  const [inputs, outputs] = counts;
  return `${outputs} × ${inputs / layer.groups} of ${kernelSize(layer)}`;
}
