// A map whose cells are too small for numbers, as one picture: the larger the value, the lighter.

import { svg } from "./dom.js";

/** @typedef {[number, number, number]} Colour */
/** @typedef {Record<import("./scene.js").MapName, [Colour, Colour]>} Colours darkest and lightest */

/**
 * The colours of a theme, read from the page's own style sheet.
 * @param {Element} element
 * @returns {Colours}
 */
export function colours(element) {
  const style = getComputedStyle(element);
  /** @param {string} map @returns {[Colour, Colour]} */
  const ends = (map) => [
    rgb(style.getPropertyValue(`--cw-${map}-dark`)),
    rgb(style.getPropertyValue(`--cw-${map}-light`)),
  ];
  return { input: ends("input"), kernel: ends("kernel"), output: ends("output") };
}

/**
 * @param {import("./views/grids/layout.js").Box} box
 * @param {import("./views/grid.js").Cell[]} cells
 * @param {[number, number]} range
 * @param {[Colour, Colour]} colours
 */
export function image(box, cells, range, [dark, light]) {
  const canvas = document.createElement("canvas");
  canvas.width = box.columns;
  canvas.height = box.rows;
  const context = canvas.getContext("2d");
  if (context) {
    const pixels = context.createImageData(box.columns, box.rows);
    for (const { row, column, value } of cells) {
      const part = share(value, range);
      const at = 4 * (row * box.columns + column);
      for (let n = 0; n < 3; n++) {
        pixels.data[at + n] = dark[n] + part * (light[n] - dark[n]);
      }
      pixels.data[at + 3] = 255;
    }
    context.putImageData(pixels, 0, 0);
  }
  return svg("image", {
    class: "cw-image",
    href: canvas.toDataURL(),
    width: box.columns * box.cell,
    height: box.rows * box.cell,
    preserveAspectRatio: "none",
    "aria-hidden": "true",
  });
}

/**
 * How far a value is from the smallest to the largest; −∞ is no smaller.
 * @param {number} value
 * @param {[number, number]} range
 */
export const share = (value, [low, high]) =>
  high > low ? Math.max(0, (value - low) / (high - low)) : 0.5;

/**
 * @param {string} hex such as #1b252b
 * @returns {Colour}
 */
function rgb(hex) {
  const value = parseInt(hex.trim().slice(1), 16) || 0;
  return [value >> 16, value >> 8 & 255, value & 255];
}
