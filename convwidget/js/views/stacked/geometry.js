// Where the stacked drawing's planes stand, and which cells its lines join. Knows no page.

import { combined, product, range } from "../../arrays.js";
import { box as boxOf } from "../box.js";

/** @typedef {import("../box.js").Box} Box */
/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {import("../../values.js").Result} Result */
/** @typedef {[number, number]} Pair */

/** A step to the next column and to the next row, on the page, in cells. */
const [ACROSS, DOWN] = [{ x: 0.91, y: -0.46 }, { x: 0.65, y: 0.76 }];

const MOST_CELL = 42;
const HIGHEST = 600;
const MARGIN = 6;
const TITLE = 26;
/** The height of a shaded map's scale. */
export const LEGEND = 22;
const MOST_LINES = 144;

/**
 * The output floats above the middle of the input; the kernel lies flat at their left.
 * @param {Scene} scene
 * @param {number} width
 */
export function planes({ layer, input, kernel, output }, width) {
  const line = layer.axes.map((axis) => axis.shown);
  const [low, high] = [line, layer.output_size].map(bounds);
  // So far above the input, by its rows or by its columns, the output covers nothing of it.
  const [rows, columns] = line.map((cells, n) => cells + layer.output_size[n]);
  const apart = Math.min(rows / ACROSS.x, columns / DOWN.x) / 2;
  const lift = Math.max(2.5, apart * (ACROSS.x * DOWN.y - ACROSS.y * DOWN.x)) * 1.06 + 0.5;
  const top = Math.max(lift + high.height / 2, low.height / 2);
  const bottom = Math.max(low.height / 2, high.height / 2 - lift);
  const wide = (width - 2 * MARGIN) / Math.max(low.width, high.width);
  const cell = Math.min(MOST_CELL, wide, HIGHEST / (top + bottom));

  const over = box(cell, layer.output_size, output);
  const heading = TITLE + (over.numbers ? 0 : LEGEND);
  const middle = heading + top * cell;
  /** @param {{width: number, height: number}} size @param {number} up */
  const corner = (size, up) => ({
    x: (width - size.width * cell) / 2,
    y: middle - (up + size.height / 2) * cell,
  });
  const places = [corner(low, 0), corner(high, lift)];
  const flat = kernel && box(Math.min(28, 120 / Math.max(...kernel.shape)), kernel.shape, kernel);
  if (flat) {
    flat.x = Math.max(MARGIN, places[1].x - 60 - flat.columns * flat.cell);
    flat.y = TITLE;
    // Where the kernel would stand on the output's upper left edge or name, the planes make room.
    const beside = flat.x + Math.max(96, flat.columns * flat.cell) - places[1].x;
    const slack = layer.output_size[1] * cell * ACROSS.x - beside;
    const free = slack > TITLE ? slack * -ACROSS.y / ACROSS.x : -heading;
    const end = flat.y + flat.rows * flat.cell + (layer.type === "ConvTranspose" ? 32 : 14);
    const room = beside > 0 ? Math.max(0, end - places[1].y - free) : 0;
    for (const place of places) place.y += room;
  }
  const under = box(cell, line, input);
  return {
    boxes: { input: under, kernel: flat, output: over },
    input: plane(places[0], under),
    output: plane(places[1], over),
  };
}

/**
 * A box of cells laid down in space, by the upper left corner of the space that it takes.
 * @param {{x: number, y: number}} corner
 * @param {Box} box
 */
function plane({ x, y }, box) {
  const { cell, rows, columns } = box;
  const zero = { x, y: y - columns * cell * ACROSS.y };
  const { width, height } = bounds([rows, columns]);
  return {
    top: { x: x + columns * cell * ACROSS.x, y },
    left: zero,
    /** How steeply the edge from the left corner falls. */
    slope: DOWN.y / DOWN.x,
    right: x + width * cell,
    bottom: y + height * cell,
    transform: `matrix(${[ACROSS.x, ACROSS.y, DOWN.x, DOWN.y, zero.x, zero.y].join(" ")})`,
    /** The place on the page of a row and column. @param {Pair | number[]} place @returns {Pair} */
    at: ([row, column]) => [
      zero.x + cell * (column * ACROSS.x + row * DOWN.x),
      zero.y + cell * (column * ACROSS.y + row * DOWN.y),
    ],
  };
}

/**
 * What rows and columns of a plane take on the page, in cells.
 * @param {readonly number[]} size
 */
function bounds([rows, columns]) {
  return {
    width: columns * ACROSS.x + rows * DOWN.x,
    height: rows * DOWN.y - columns * ACROSS.y,
  };
}

/**
 * @param {number} cell
 * @param {readonly number[]} size
 * @param {Result} map
 * @returns {Box}
 */
function box(cell, [rows, columns], map) {
  return boxOf({ x: 0, y: 0, cell, rows, columns }, map, cell * 0.42);
}

/**
 * The pairs of a position on the padded input and an output cell that a cell of the input or the
 * kernel joins; of very many only the outermost.
 * @param {Scene} scene
 * @param {import("../../scene.js").Place} place
 */
export function joined({ layer }, { map, index }) {
  /** @type {Pair[][]} */
  const axes = layer.axes.map((axis, n) => {
    if (map === "input") {
      return axis.reached(index[n]).map((
        [o],
      ) => /** @type {Pair} */ ([axis.position(index[n]), o]));
    }
    // The window on a transposed layer's axes is its kernel turned by 180°.
    const tap = layer.type === "ConvTranspose" ? axis.kernel - 1 - index[n] : index[n];
    return range(axis.output).map((o) => [axis.start(o) + tap * axis.dilation, o]);
  });
  const many = product(axes.map((list) => list.length)) > MOST_LINES;
  return combined(many ? axes.map((list) => [list[0], list[list.length - 1]]) : axes)
    .map((pairs) => ({ position: pairs.map(([p]) => p), output: pairs.map(([, o]) => o) }));
}
