// The numbers in a map's cells, at any size: a fill and what was edited by hand, or an array.
// convwidget/cells.py is its twin.

import { filled, offset, product } from "./arrays.js";

/**
 * The form in which cells travel; an array is nested lists of numbers.
 * @typedef {{fill?: string, array?: unknown[], edits?: [number[], number][]}} Cells
 */

/** The most binomial coefficients on an axis, so that their products stay exact. */
const WIDEST = 16;

/**
 * @typedef {(index: readonly number[], shape: readonly number[]) => number} Fill
 */

/**
 * The fills that have the shape of one kernel: every map has the same.
 * @type {Record<string, Fill>}
 */
const KERNELS = {
  /** 1 in the middle, and 0 elsewhere. */
  identity: (index, shape) => fromMiddle(index, shape) === 0 ? 1 : 0,
  /** Binomial coefficients along every axis. */
  blur: (index, shape) => product(index.map((n, axis) => binomial(n, shape[axis]))),
  /** −1 at the middle's neighbours; the middle is one more than they take away. */
  sharpen(index, shape) {
    const neighbours = shape.reduce((sum, size) => sum + Math.min(size - 1, 2), 0);
    return [neighbours + 1, -1][fromMiddle(index, shape)] ?? 0;
  },
  /** The difference along the last axis, blurred along the others. */
  sobel(index, shape) {
    const last = shape.length - 1;
    const step = 2 * index[last] - (shape[last] - 1);
    const blur = KERNELS.blur(index.slice(0, last), shape.slice(0, last));
    return (shape[last] % 2 ? step / 2 : step) * blur + 0; // no −0, which Python has not
  },
};

/**
 * What a cell holds by its place, equal to the bit in both languages.
 * @type {Record<string, Fill>}
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
  zeros: () => 0,
  ...KERNELS,
};

/**
 * The numbers of a map at a shape. Beyond an explicit array there are zeros; edits outside the
 * shape wait until it grows over them.
 * @param {Cells} cells
 * @param {readonly number[]} shape
 * @param {number} lead how many axes of channels come first: each map gets the same kernel
 */
export function numbers({ fill, array, edits = [] }, shape, lead = 0) {
  const at = fill ? FILLS[fill] : (/** @type {readonly number[]} */ index) => entry(array, index);
  const first = fill && fill in KERNELS ? lead : 0;
  const own = shape.slice(first);
  const result = filled(shape, (index) => at(first ? index.slice(first) : index, own));
  for (const [index, value] of edits) {
    const inside = index.length === shape.length && index.every((n, axis) => n < shape[axis]);
    if (inside) result.data[offset(index, shape)] = value;
  }
  return result;
}

/**
 * The number at an index of nested lists, 0 beyond them.
 * @param {unknown} array
 * @param {readonly number[]} index
 */
function entry(array, index) {
  /** @type {unknown} */
  let found = array;
  for (const n of index) found = Array.isArray(found) ? found[n] : undefined;
  return typeof found === "number" ? found : 0;
}

/**
 * How many steps along the axes a cell is from the middle one.
 * @param {readonly number[]} index
 * @param {readonly number[]} shape
 */
function fromMiddle(index, shape) {
  return index.reduce((steps, n, axis) => steps + Math.abs(n - Math.floor(shape[axis] / 2)), 0);
}

/**
 * C(size − 1, n); a long axis has the coefficients of a shorter one in its middle.
 * @param {number} n
 * @param {number} size
 */
function binomial(n, size) {
  const width = size <= WIDEST ? size : WIDEST - size % 2;
  const place = n - (size - width) / 2;
  if (place < 0 || place >= width) return 0;
  let ways = 1;
  for (let j = 0; j < place; j++) ways = ways * (width - 1 - j) / (j + 1);
  return ways;
}
