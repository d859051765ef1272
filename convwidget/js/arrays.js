// Arrays of numbers, row-major: a shape, and the numbers in a row.

/** @typedef {{shape: readonly number[], data: ArrayLike<number>}} Values */
/** @typedef {{shape: number[], data: Float64Array}} Result */

/**
 * Every index of an array, in reading order.
 * @param {readonly number[]} shape
 */
export const indices = (shape) => combined(shape.map(range));

/**
 * The place of an index in a row-major array.
 * @param {readonly number[]} index
 * @param {readonly number[]} shape
 */
export const offset = (index, shape) =>
  index.reduce((place, n, axis) => place * shape[axis] + n, 0);

/**
 * The number at an index of an array, 0 where there is none: in padding.
 * @param {Values} array
 * @param {readonly number[] | null} index
 */
export const valueAt = ({ shape, data }, index) => index ? data[offset(index, shape)] : 0;

/**
 * Whether an array has an index.
 * @param {readonly number[]} shape
 * @param {readonly (number | null)[]} index
 * @returns {index is number[]}
 */
export const contains = (shape, index) =>
  shape.length === index.length &&
  index.every((n, axis) => n !== null && Number.isInteger(n) && n >= 0 && n < shape[axis]);

/**
 * The index at a place of a row-major array.
 * @param {number} place
 * @param {readonly number[]} shape
 */
export function indexAt(place, shape) {
  return shape.toReversed().map((size) => {
    const n = place % size;
    place = (place - n) / size;
    return n;
  }).reverse();
}

/**
 * @param {readonly number[]} shape
 * @returns {Result}
 */
export const zeros = (shape) => ({ shape: [...shape], data: new Float64Array(product(shape)) });

/** @param {number} size */
export const range = (size) => Array.from({ length: size }, (_, n) => n);

/** @param {readonly number[]} factors */
export const product = (factors) => factors.reduce((a, b) => a * b, 1);

/**
 * One entry of each list, in every combination.
 * @template T
 * @param {readonly T[][]} lists
 * @returns {T[][]}
 */
export function combined(lists) {
  /** @type {T[][]} */
  const none = [[]];
  return lists.reduce((rows, list) => rows.flatMap((row) => list.map((e) => [...row, e])), none);
}

/**
 * The products of one number of each list.
 * @param {number[][]} lists
 * @returns {Result}
 */
export function outer(lists) {
  let data = Float64Array.of(1);
  for (const list of lists) {
    const longer = new Float64Array(data.length * list.length);
    data.forEach((factor, n) =>
      list.forEach((value, m) => longer[n * list.length + m] = factor * value)
    );
    data = longer;
  }
  return { shape: lists.map((list) => list.length), data };
}

/**
 * A number for each index of an array. The index is one list that changes: copy what is kept.
 * @param {readonly number[]} shape
 * @param {(index: number[]) => number} at
 * @returns {Result}
 */
export function filled(shape, at) {
  const result = zeros(shape);
  const index = shape.map(() => 0);
  for (let place = 0; place < result.data.length; place++) {
    result.data[place] = at(index);
    for (let axis = shape.length - 1; axis >= 0 && ++index[axis] === shape[axis]; axis--) {
      index[axis] = 0;
    }
  }
  return result;
}
