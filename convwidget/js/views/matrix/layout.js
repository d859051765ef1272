// Where the matrix view's cells stand: the matrix, one vector above it and one beside it.

import { product, range } from "../../arrays.js";
import { mapOf } from "../../scene.js";
import { number, wide, widest } from "../../words.js";

/** @typedef {import("./connectivity.js").Outline} Outline */
/** @typedef {import("../../scene.js").Scene} Scene */

/**
 * The rows or the columns: where each starts, where the last ends, and where the vector with a cell
 * for each stands, across them, and how thick it is.
 * @typedef {{map: "input" | "output", starts: number[], end: number, at: number, thick: number}} Lines
 */

/**
 * `font` is 0 where cells have no numbers; then they can be too many or too small to be anything
 * but one `image`.
 * @typedef {{row: Lines, column: Lines, cell: number, font: number, image: boolean,
 *   width: number, height: number}} MatrixLayout
 */

const WITH_NUMBERS = [64, 40]; // rows and columns
const WIDEST = 44; // what a cell may need for its number
const TALLEST = 640; // without numbers
const MOST_CELLS = 4000; // connections; more are one image
const TOP = 40; // of the vector above the matrix
const DEEP = 22;

/**
 * @param {Outline} matrix
 * @param {Scene} scene
 * @param {readonly string[]} weights as they are written
 * @param {number} width
 * @returns {MatrixLayout}
 */
export function layout({ down, across, rows, columns, connections }, scene, weights, width) {
  const [beside, above] = [mapOf(scene, down), mapOf(scene, across)];
  const most = Math.max(widest(above.data), ...weights.map(wide));
  const left = down === "input";
  const wanted = Math.max(18, most * 9.5 + 5);
  const numbers = rows <= WITH_NUMBERS[0] && columns <= WITH_NUMBERS[1] && wanted <= WIDEST;
  const side = numbers ? Math.max(28, longest([...beside.data].map(number)) * 7 + 8) : DEEP;
  const around = left ? Math.max(side, 42) + 20 : Math.max(side, 56) + 34; // a name needs as much
  const gaps = starts(above.shape, 0, numbers ? 5 : 2)[columns - 1];
  const fit = Math.floor((width - around - gaps) / columns);
  let cell = numbers
    ? Math.max(wanted, Math.min(fit, 28))
    : Math.min(20, fit, Math.floor(TALLEST / rows));
  const image = !numbers && (cell < 3 || connections > MOST_CELLS);
  if (image) cell = Math.max(1, cell);
  const gap = numbers ? 5 : image ? 0 : 2;
  /**
   * @param {"input" | "output"} map
   * @param {number} from
   * @param {number} at
   * @param {number} thick
   */
  const lines = (map, from, at, thick) => {
    const places = starts(mapOf(scene, map).shape, cell, gap).map((place) => from + place);
    return { map, starts: places, end: (places.at(-1) ?? 0) + cell, at, thick };
  };
  const column = lines(across, left ? around - 4 : 4, TOP, DEEP);
  const row = lines(down, TOP + DEEP + 12, left ? 4 : column.end + 28, side);
  return {
    row,
    column,
    cell,
    image,
    font: numbers ? Math.min(12, cell * 0.6, (cell - 3) / most) : 0,
    width: Math.max(column.end + (left ? 4 : around - 4), Math.min(width, 330)),
    height: row.end + 5,
  };
}

/** @param {readonly string[]} texts */
const longest = (texts) => texts.reduce((most, text) => Math.max(most, text.length), 1);

/**
 * Where the cells of a flattened map start: a gap after each of its rows, and one more after each
 * of its planes.
 * @param {readonly number[]} shape
 * @param {number} cell
 * @param {number} gap
 */
export function starts(shape, cell, gap) {
  const row = shape.at(-1) ?? 1;
  const plane = row * (shape.at(-2) ?? 1);
  return range(product(shape)).map((n) =>
    n * cell + gap * (Math.floor(n / row) + Math.floor(n / plane))
  );
}

/**
 * The runs of neighbours among some cells, as where they start and how long they are.
 * @param {readonly number[]} cells in order
 * @param {readonly number[]} starts
 * @param {number} cell
 */
export function runs(cells, starts, cell) {
  /** @type {[start: number, length: number][]} */
  const found = [];
  for (const n of cells) {
    const last = found.at(-1);
    if (last && last[0] + last[1] === starts[n]) last[1] += cell;
    else found.push([starts[n], cell]);
  }
  return found;
}
