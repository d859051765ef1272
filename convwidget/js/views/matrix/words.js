// What is said about a layer's matrix. Rows and columns of the matrix count from 0, as indices do.

import { indexAt, product } from "../../arrays.js";
import { terms } from "../../connections.js";
import { capital, cell, count, number } from "../../words.js";

/** @typedef {import("./connectivity.js").Entry} Entry */
/** @typedef {import("./connectivity.js").Outline} Outline */
/** @typedef {import("../../scene.js").Place} Place */
/** @typedef {import("../../scene.js").Scene} Scene */

const WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/** @param {number} count */
const word = (count) => WORDS[count] ?? large(count);

/** @param {number} count */
const large = (count) => count.toLocaleString("en");

/** @param {number} number @param {string} noun */
const some = (number, noun) => count(number, noun).replace(/\d+/, word(number));

/**
 * A weight that is one over a count.
 * @param {number} weight
 */
export const fraction = (weight) => weight === 1 ? "1" : `1/${Math.round(1 / weight)}`;

/**
 * The matrix's size, and how little of it there is to learn.
 * @param {Scene} scene
 * @param {Outline} matrix
 */
export function totals({ kernel }, { rows, columns, connections }) {
  /** @param {number} number @param {string} noun */
  const many = (number, noun) => count(number, noun).replace(/\d+/, large(number));
  const learned = kernel ? `${many(kernel.data.length, "weight")} to learn` : "nothing to learn";
  return `${large(rows)} × ${large(columns)} = ${many(rows * columns, "place")}, ` +
    `${many(connections, "connection")}, ${learned}.`;
}

/**
 * What the marks in the matrix mean.
 * @param {Entry[]} entries
 * @param {boolean} numbers whether they are written
 */
export function key(entries, numbers) {
  if (!numbers) return "A coloured place is a connection: the stronger, the larger its weight.";
  const zero = entries.some(({ weight }) => weight === 0);
  return `A dot is no connection${zero ? "; an orange 0 is a weight that happens to be 0" : ""}.`;
}

/**
 * What a cell's row, column or weight is, from its connections.
 * @param {Scene} scene
 * @param {{of: Place, n: number, along: string, met: Entry[]}} line the cell, its number in its
 *   flattened map, and the connections along its row or column
 * @param {boolean} back whether a convolution's matrix is read down its columns
 */
export function meaning(scene, { of, n, along, met }, back) {
  const name = cell(of);
  const transposed = scene.layer.type === "ConvTranspose";
  if (of.map === "kernel") return shared(name, met);
  const line = `${along} ${n}`;
  if (of.map === "output") {
    return transposed ? stamped(line, name, met.length) : made(scene, of, line, met);
  }
  if (transposed) return stamp(scene, line, name, met.length);
  return back ? comesBack(line, name, met, scene) : feeds(line, name, met.length);
}

/**
 * A weight of the kernel.
 * @param {string} name
 * @param {Entry[]} places
 */
function shared(name, places) {
  if (!places.length) return `${name} stands nowhere: it meets no cell of the input.`;
  const once = places.length > 1 ? ": one weight, learned once" : "";
  const value = number(places[0].weight);
  return `${name} = ${value} stands in ${some(places.length, "place")}${once}.`;
}

/**
 * An output cell of a convolution or a pool.
 * @param {Scene} scene
 * @param {Place} place
 * @param {string} line
 * @param {Entry[]} entries
 */
function made(scene, place, line, entries) {
  const window = terms(scene, place.index);
  const lost = window.length - entries.length;
  const kinds = new Set(window.flatMap(({ kind }) => kind === "input" ? [] : [KINDS[kind]]));
  const where = [...kinds].join(" and ");
  const has = kinds.size === 1 && kinds.has(KINDS.padding) ? "padding has" : "these have";
  const start = `${capital(line)} makes ${cell(place)}.`;
  if (!entries.length) return `${start} It is empty: the whole window falls on ${where}.`;
  const instead = lost ? `, not ${window.length}` : "";
  const rest = lost
    ? `: the other ${word(lost)} ${lost > 1 ? "fall" : "falls"} on ${where}, and ${has} no column`
    : "";
  const each = scene.kernel ? "" : ` Each is ${fraction(entries[0].weight)}.`;
  return `${start} It has ${count(entries.length, "weight")}${instead}${rest}.${each}`;
}

/** @type {Record<string, string>} */
const KINDS = {
  padding: "padding",
  zero: "inserted zeros",
  beyond: "places beyond the padding",
};

/**
 * An input cell of a convolution or a pool.
 * @param {string} line
 * @param {string} name
 * @param {number} outputs
 */
function feeds(line, name, outputs) {
  return outputs
    ? `${capital(line)} belongs to ${name}: it feeds ${some(outputs, "output")}.`
    : `${capital(line)} is empty: ${name} feeds no output, and changing it changes nothing.`;
}

/**
 * What the backward pass sums up for an input cell; g is the gradient at the output.
 * @param {string} line
 * @param {string} name
 * @param {Entry[]} entries
 * @param {Scene} scene
 */
function comesBack(line, name, entries, { kernel, output }) {
  if (!entries.length) return `${capital(line)} is empty: nothing comes back to ${name}.`;
  const sum = entries.slice(0, 6).map(({ row, weight }) => {
    const g = cell({ map: "output", index: indexAt(row, output.shape) }).replace("output", "g");
    return `${kernel ? number(weight) : fraction(weight)}·${g}`;
  });
  const end = entries.length > 6 ? " + …" : ".";
  return `Down ${line} stands what comes back to ${name} from the gradient g of ` +
    `${some(entries.length, "output")}: ${sum.join(" + ").replaceAll("+ −", "− ")}${end}`;
}

/**
 * An output cell of a transposed layer.
 * @param {string} line
 * @param {string} name
 * @param {number} weights
 */
function stamped(line, name, weights) {
  const end = weights ? "" : ", so it is 0";
  return `${capital(line)} makes ${name}. ${capital(some(weights, "weight"))} in the column: ` +
    `${some(weights, "stamp")} on the cell${end}.`;
}

/**
 * An input cell of a transposed layer.
 * @param {Scene} scene
 * @param {string} line
 * @param {string} name
 * @param {number} cells
 */
function stamp({ layer, output }, line, name, cells) {
  const features = output.data.length / product(layer.output_size) / layer.groups;
  const whole = features * product(layer.kernel_size);
  const all = some(whole, "cell");
  const lands = cells === whole
    ? whole === 1 ? "it lands" : "they all land"
    : `${cells ? word(cells) : "none"} of them ${cells === 1 ? "lands" : "land"}`;
  return `${capital(line)} is the stamp of ${name}: ${all}, and ${lands} on the output.`;
}
