// Layers in few words: the settings of each type, its two sizes first.

/** @typedef {number | number[]} Size */

/**
 * @param {string} type
 * @returns {(input_size: Size, kernel_size: Size, more?: object) =>
 *   import("../../convwidget/js/layers.js").Spec}
 */
const of = (type) => (input_size, kernel_size, more) =>
  Object.assign({ type, input_size, kernel_size }, more);

export const conv = of("Conv");
export const transposed = of("ConvTranspose");
export const maximum = of("MaxPool");
export const average = of("AvgPool");
