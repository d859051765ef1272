// Where each cell stands. Knows no page: widths go in, boxes come out, all in CSS pixels.

import { number } from "./words.js";

/** @typedef {import("./scene.js").Scene} Scene */

/**
 * A grid's box. `numbers` is the font size of its numbers, 0 where cells are only shaded; `image`
 * says that the cells are so small or many that the grid is one picture.
 * @typedef {{x: number, y: number, cell: number, rows: number, columns: number,
 *   numbers: number, image: boolean}} Box
 */

/**
 * @typedef {{
 *   width: number, height: number, arrangement: "beside" | "enlarged" | "stacked",
 *   input: Box, kernel: Box, output: Box, window: Box | null, spread: readonly number[],
 *   star: {x: number, y: number}, equals: {x: number, y: number},
 * }} Layout `window` is the enlarged window, where the input's cells are too small for weights;
 *   `spread` is how far apart the kernel's cells stand on each axis
 */

const MOST_CELL = 40;
const LEAST_TABBED = 26; // below, a weight's tab does not fit beside the number
const LEAST_CELL = 12; // below, a grid is an image
const MOST_CELLS = 32; // above, too
const MOST_NUMBERS = 16; // cells of a map in a row, above which no numbers are written
const SMALLEST_FONT = 9.5;

const LEFT = 38; // the starts of the rows
const TOP = 52; // a title, and the starts of the columns
const TITLE = 24;
const SIGN = 44; // room for ⋆ and =
const END = 12;
const HIGHEST = 720;
const LEGEND = 40; // under a shaded map

/**
 * The picture of a scene in a given width.
 * @param {Scene} scene
 * @param {number} width
 * @returns {Layout}
 */
export function layout(scene, width) {
  const [rows, columns] = scene.layer.axes;
  const across = columns.padded + columns.effectiveKernel + columns.output;
  const room = width - LEFT - 2 * SIGN - END;
  const cell = Math.min(tallest(rows), Math.floor(room / across * 2) / 2);
  if (cell >= LEAST_TABBED) return beside(scene, cell, width);
  const below = Math.max(columns.padded, columns.output);
  const stacked = Math.min(tallest(rows), Math.floor((width - LEFT - END) / below * 2) / 2);
  if (width < 560) return stack(scene, stacked, width);
  return enlarge(scene, width);
}

/**
 * All three at one scale, side by side.
 * @param {Scene} scene
 * @param {number} cell
 * @param {number} width
 * @returns {Layout}
 */
function beside(scene, cell, width) {
  const [rows, columns] = scene.layer.axes;
  const input = box(LEFT, TOP, cell, rows.padded, columns.padded, scene.input, true);
  const right = LEFT + columns.padded * cell;
  const middle = TOP + rows.padded * cell / 2;
  const kernel = box(
    right + SIGN,
    Math.max(TITLE, middle - rows.effectiveKernel * cell / 2),
    cell,
    rows.effectiveKernel,
    columns.effectiveKernel,
    scene.kernel,
  );
  const far = kernel.x + columns.effectiveKernel * cell;
  const output = box(
    far + SIGN,
    Math.max(TITLE, middle - rows.output * cell / 2),
    cell,
    rows.output,
    columns.output,
    scene.output,
  );
  const boxes = [input, kernel, output];
  return {
    width,
    height: bottom(boxes),
    arrangement: "beside",
    input,
    kernel,
    output,
    window: null,
    spread: scene.layer.dilation,
    star: { x: right + SIGN / 2, y: centre(kernel) },
    equals: { x: far + SIGN / 2, y: centre(kernel) },
  };
}

/**
 * Large maps at a small scale, and between them the window, enlarged, over the kernel.
 * @param {Scene} scene
 * @param {number} width
 * @returns {Layout}
 */
function enlarge(scene, width) {
  const [rows, columns] = scene.layer.axes;
  const [high, wide] = scene.layer.kernel_size;
  const large = Math.min(34, Math.floor(Math.min(170 / wide, 200 / high) * 2) / 2);
  const room = width - LEFT - 2 * SIGN - END - wide * large;
  const cell = clampCell(Math.min(room / (columns.padded + columns.output), tallest(rows)));
  const input = box(LEFT, TOP, cell, rows.padded, columns.padded, scene.input);
  const x = LEFT + columns.padded * cell + SIGN;
  const window = box(x, TITLE, large, high, wide, seen(scene), true);
  const kernel = box(x, window.y + high * large + TITLE + 12, large, high, wide, scene.kernel);
  const far = x + wide * large + SIGN;
  const output = box(far, TOP, cell, rows.output, columns.output, scene.output);
  return {
    width,
    height: bottom([input, kernel, output]),
    arrangement: "enlarged",
    input,
    kernel,
    output,
    window,
    spread: [1, 1],
    star: { x: x - SIGN / 2, y: centre(kernel) },
    equals: { x: far - SIGN / 2, y: centre(kernel) },
  };
}

/**
 * On a narrow page: the input above, the kernel and the output below it.
 * @param {Scene} scene
 * @param {number} cell
 * @param {number} width
 * @returns {Layout}
 */
function stack(scene, cell, width) {
  const [rows, columns] = scene.layer.axes;
  const tabbed = cell >= LEAST_TABBED;
  const input = box(LEFT, TOP, cell, rows.padded, columns.padded, scene.input, tabbed);
  const [high, wide] = tabbed
    ? [rows.effectiveKernel, columns.effectiveKernel]
    : scene.layer.kernel_size;
  const top = TOP + rows.padded * cell + TITLE + (input.numbers ? 16 : LEGEND);
  const across = (width - LEFT - SIGN - END) / (wide + columns.output);
  const fits = Math.min(across, HIGHEST / rows.output);
  const both = Math.min(MOST_CELL, Math.floor(fits * 2) / 2);
  const apart = both < 20; // then the output has a row of its own
  const small = apart ? Math.min(34, (width - LEFT - SIGN - END) / (2 * wide)) : Math.min(both, 34);
  const kernel = box(LEFT, top, small, high, wide, scene.kernel);
  const window = tabbed || !apart
    ? null
    : box(LEFT + wide * small + SIGN, top, small, high, wide, seen(scene), true);
  const own = Math.min(tallest(rows), Math.floor((width - LEFT - END) / columns.output * 2) / 2);
  const output = apart
    ? box(
      LEFT,
      top + high * small + TITLE + 16,
      own,
      rows.output,
      columns.output,
      scene.output,
    )
    : box(LEFT + wide * small + SIGN, top, small, rows.output, columns.output, scene.output);
  return {
    width,
    height: bottom([input, kernel, output]),
    arrangement: "stacked",
    input,
    kernel,
    output,
    window,
    spread: tabbed ? scene.layer.dilation : [1, 1],
    star: { x: LEFT / 2, y: centre(kernel) },
    equals: apart
      ? { x: LEFT / 2, y: centre(output) }
      : { x: LEFT + wide * small + SIGN / 2, y: centre(kernel) },
  };
}

/**
 * The largest cell with which an input is not higher than a page.
 * @param {import("./axis.js").Axis} rows
 */
const tallest = (rows) => Math.min(MOST_CELL, HIGHEST / rows.padded);

/**
 * @param {number} x
 * @param {number} y
 * @param {number} cell
 * @param {number} rows
 * @param {number} columns
 * @param {import("./values.js").Result} map
 * @param {boolean} tabbed
 * @returns {Box}
 */
function box(x, y, cell, rows, columns, { shape, data }, tabbed = false) {
  const image = cell < LEAST_CELL || rows > MOST_CELLS || columns > MOST_CELLS;
  const few = rows <= MOST_CELLS && shape.every((size) => size <= MOST_NUMBERS);
  return {
    x: Math.round(x),
    y: Math.round(y),
    cell,
    rows,
    columns,
    numbers: image || !few ? 0 : fontSize(cell, data, tabbed),
    image,
  };
}

/**
 * What the enlarged window can show: as many cells as the kernel, any of the input's numbers.
 * @param {Scene} scene
 */
const seen = ({ layer, input }) => ({ shape: layer.kernel_size, data: input.data });

/**
 * The size at which the widest number fits into a cell, 0 where it would be too small to read.
 * @param {number} cell
 * @param {Float64Array} values
 * @param {boolean} tabbed
 */
function fontSize(cell, values, tabbed) {
  let widest = 1;
  for (const value of values) widest = Math.max(widest, number(value).length);
  const wanted = tabbed ? cell * 0.4 : Math.max(cell * 0.44, Math.min(10.5, cell * 0.55));
  const size = Math.min(wanted, 16, (cell - 4) / (widest * 0.56));
  return size >= SMALLEST_FONT ? size : 0;
}

/** @param {number} cell */
function clampCell(cell) {
  const limited = Math.min(cell, LEAST_TABBED - 0.5);
  return limited >= 4 ? Math.floor(limited * 2) / 2 : Math.max(0.5, limited);
}

/** @param {Box} box */
const centre = (box) => box.y + box.rows * box.cell / 2;

/** @param {Box[]} boxes */
const bottom = (boxes) =>
  Math.max(...boxes.map((b) => b.y + b.rows * b.cell + (b.numbers ? 22 : LEGEND)));

/**
 * The cell of a box under a point, or null.
 * @param {Box} box
 * @param {number} x
 * @param {number} y
 * @returns {[number, number] | null}
 */
export function cellAt(box, x, y) {
  const row = Math.floor((y - box.y) / box.cell);
  const column = Math.floor((x - box.x) / box.cell);
  const inside = row >= 0 && row < box.rows && column >= 0 && column < box.columns;
  return inside ? [row, column] : null;
}
