// The numbers in a map's cells, at any size: a fill and what was edited by hand, or an array.
// convwidget/cells.py is its twin.

import { indices, offset } from "./arrays.js";

/**
 * The form in which cells travel; an array is nested lists of numbers.
 * @typedef {{fill?: string, array?: unknown[], edits?: [number[], number][]}} Cells
 */

/**
 * What a cell holds by its place, equal to the bit in both languages.
 * @type {Record<string, (index: number[], shape: readonly number[]) => number>}
 */
export const FILLS = {
  /** 0 to 4, mixed from the index in 32 bits. */
  random(index) {
    let mixed = 0x9E3779B9;
    for (const n of index) {
      mixed = Math.imul(mixed ^ n, 0x85EBCA6B);
      mixed ^= mixed >>> 13;
    }
    mixed = Math.imul(mixed, 0xC2B2AE35);
    return ((mixed ^ mixed >>> 16) >>> 0) % 5;
  },
  /** 1, 2, 3 … in reading order. */
  ramp: (index, shape) => offset(index, shape) + 1,
  ones: () => 1,
};

/**
 * The numbers of a map at a shape. Beyond an explicit array there are zeros; edits outside the
 * shape wait until it grows over them.
 * @param {Cells} cells
 * @param {readonly number[]} shape
 */
export function numbers({ fill, array, edits = [] }, shape) {
  const at = fill ? FILLS[fill] : (/** @type {number[]} */ index) => entry(array, index);
  const data = Float64Array.from(indices(shape), (index) => at(index, shape));
  for (const [index, value] of edits) {
    const inside = index.length === shape.length && index.every((n, axis) => n < shape[axis]);
    if (inside) data[offset(index, shape)] = value;
  }
  return { shape: [...shape], data };
}

/**
 * The number at an index of nested lists, 0 beyond them.
 * @param {unknown} array
 * @param {number[]} index
 */
function entry(array, index) {
  /** @type {unknown} */
  let found = array;
  for (const n of index) found = Array.isArray(found) ? found[n] : undefined;
  return typeof found === "number" ? found : 0;
}
