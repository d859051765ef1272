// Boxes: where a grid stands, how large its cells are, and whether numbers fit into them.
// Knows no page.

import { widest } from "../words.js";

/**
 * A grid's box. `numbers` is the font size of its numbers, 0 where cells are only shaded; `image`
 * says that the cells are so small or many that the grid is one picture.
 * @typedef {{x: number, y: number, cell: number, rows: number, columns: number,
 *   numbers: number, image: boolean}} Box
 */

const LEAST_CELL = 12; // below, a grid is an image
const MOST_CELLS = 32; // in a row, above which it is one, too

/** The smallest number that can be read. */
export const LEAST_FONT = 9;

/** Cells of a map in a row, above which no numbers are written. */
export const MOST_NUMBERS = 16;

/**
 * Whether the cells of a box are too small or too many to be drawn each.
 * @param {{cell: number, rows: number, columns: number}} box
 */
export const isImage = ({ cell, rows, columns }) =>
  cell < LEAST_CELL || Math.max(rows, columns) > MOST_CELLS;

/**
 * A box of the cells of a map, or of as many, with its numbers if there is room for them.
 * @param {{x: number, y: number, cell: number, rows: number, columns: number}} where
 * @param {{shape: readonly number[], data: Iterable<number>}} map
 * @param {number} [wanted] the largest font
 * @param {number} [least] the smallest
 * @returns {Box}
 */
export function box(where, { shape, data }, wanted, least) {
  const image = isImage(where);
  const few = !image && Math.max(...shape) <= MOST_NUMBERS;
  return { ...where, image, numbers: few ? font(where.cell, data, wanted, least) : 0 };
}

/**
 * The size at which the widest number fits into a cell, 0 where it would be too small to read.
 * @param {number} cell
 * @param {Iterable<number>} values
 * @param {number} [wanted]
 * @param {number} [least]
 */
export function font(cell, values, wanted = roomy(cell), least = LEAST_FONT) {
  const size = Math.min(wanted, 16, (cell - 4) / widest(new Set(values)));
  return size >= least ? size : 0;
}

/**
 * The font of a cell that has nothing but its number.
 * @param {number} cell
 */
export const roomy = (cell) => Math.max(cell * 0.44, Math.min(10.5, cell * 0.55));

/**
 * Whether a note is written under the number of a cell.
 * @param {string | boolean | undefined} note
 * @param {number} cell
 */
export const isNoted = (note, cell) => Boolean(note) && cell >= 30;

/**
 * Half pixels, on which lines are sharp; the smallest cells need all the room that there is.
 * @param {number} cell
 */
export const even = (cell) => cell >= 4 ? Math.floor(cell * 2) / 2 : cell;
