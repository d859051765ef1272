// Where each cell stands. Knows no page: widths go in, boxes come out, all in CSS pixels.

import { widest } from "../../words.js";

/** @typedef {import("../../scene.js").Scene} Scene */

/**
 * A grid's box. `numbers` is the font size of its numbers, 0 where cells are only shaded; `image`
 * says that the cells are so small or many that the grid is one picture.
 * @typedef {{x: number, y: number, cell: number, rows: number, columns: number,
 *   numbers: number, image: boolean}} Box
 */

/**
 * @typedef {{
 *   width: number, height: number, arrangement: "beside" | "enlarged" | "stacked",
 *   input: Box, kernel: Box | null, output: Box, window: Box | null, spread: readonly number[],
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
const ARROW = 76; // room for a pool's arrow
const END = 12;
const CAPTION = 92; // a title, which can be wider than the cells under it
const NARROW = 560;
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
  const kernel = scene.kernel ? columns.effectiveKernel : 0;
  const across = shown(columns) + kernel + columns.output;
  const room = width - LEFT - (scene.kernel ? 2 * SIGN : ARROW) - END;
  const cell = Math.min(tallest(rows), Math.floor(room / across * 2) / 2);
  const end = room - (shown(columns) + kernel) * cell;
  const titles = end + (kernel ? kernel * cell + SIGN : 0);
  const titled = titles >= (kernel ? 2 : 1) * CAPTION || width >= NARROW;
  if (cell >= LEAST_TABBED && titled) return beside(scene, cell, width);
  const below = Math.max(shown(columns), columns.output);
  const stacked = Math.min(tallest(rows), Math.floor((width - LEFT - END) / below * 2) / 2);
  if (width < NARROW) return stack(scene, stacked, width);
  return enlarge(scene, width);
}

/**
 * All at one scale, side by side.
 * @param {Scene} scene
 * @param {number} cell
 * @param {number} width
 * @returns {Layout}
 */
function beside(scene, cell, width) {
  const [rows, columns] = scene.layer.axes;
  const [high, wide] = [rows, columns].map((axis) => scene.kernel ? axis.effectiveKernel : 0);
  const input = box(LEFT, TOP, cell, shown(rows), shown(columns), scene.input, true);
  const right = LEFT + shown(columns) * cell;
  const middle = TOP + shown(rows) * cell / 2;
  const top = (/** @type {number} */ size) => Math.max(TITLE, middle - size * cell / 2);
  const kernel = scene.kernel && box(right + SIGN, top(high), cell, high, wide, scene.kernel);
  const far = kernel ? kernel.x + wide * cell + SIGN : right + ARROW;
  const output = box(far, top(rows.output), cell, rows.output, columns.output, scene.output);
  const y = centre(kernel ?? output);
  return {
    width,
    height: bottom([input, kernel, output]),
    arrangement: "beside",
    input,
    kernel,
    output,
    window: null,
    spread: scene.layer.dilation,
    star: { x: right + (kernel ? SIGN : ARROW) / 2, y },
    equals: { x: far - SIGN / 2, y },
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
  const cell = clampCell(Math.min(room / (shown(columns) + columns.output), tallest(rows)));
  const input = box(LEFT, TOP, cell, shown(rows), shown(columns), scene.input);
  const x = LEFT + shown(columns) * cell + SIGN;
  const window = box(x, TITLE, large, high, wide, seen(scene), true);
  const below = window.y + high * large + TITLE + 12;
  const kernel = scene.kernel && box(x, below, large, high, wide, scene.kernel);
  const far = x + wide * large + SIGN;
  const output = box(far, TOP, cell, rows.output, columns.output, scene.output);
  const y = centre(kernel ?? window);
  return {
    width,
    height: bottom([input, window, kernel, output]),
    arrangement: "enlarged",
    input,
    kernel,
    output,
    window,
    spread: [1, 1],
    star: { x: x - SIGN / 2, y },
    equals: { x: far - SIGN / 2, y },
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
  const input = box(LEFT, TOP, cell, shown(rows), shown(columns), scene.input, tabbed);
  const [high, wide] = tabbed
    ? [rows.effectiveKernel, columns.effectiveKernel]
    : scene.layer.kernel_size;
  const top = TOP + shown(rows) * cell + TITLE + (input.numbers ? 16 : LEGEND);
  const across = (width - LEFT - SIGN - END) / (wide + columns.output);
  const fits = Math.min(across, HIGHEST / rows.output);
  const both = Math.min(MOST_CELL, Math.floor(fits * 2) / 2);
  const apart = both < 20; // then the output has a row of its own
  const small = apart ? Math.min(34, (width - LEFT - SIGN - END) / (2 * wide)) : Math.min(both, 34);
  const kernel = scene.kernel && box(LEFT, top, small, high, wide, scene.kernel);
  // Where the input's cells are small, its window is enlarged beside the kernel, or in its place.
  const windowed = !tabbed && (apart || !kernel);
  const beside = kernel ? LEFT + wide * small + SIGN : LEFT;
  const window = windowed ? box(beside, top, small, high, wide, seen(scene), true) : null;
  const used = kernel || window ? wide * small + SIGN : 0;
  const own = Math.min(tallest(rows), Math.floor((width - LEFT - END) / columns.output * 2) / 2);
  const under = kernel || window ? top + high * small + TITLE + 16 : top;
  const output = apart
    ? box(LEFT, under, own, rows.output, columns.output, scene.output)
    : box(LEFT + used, top, small, rows.output, columns.output, scene.output);
  const first = kernel ?? window ?? output;
  return {
    width,
    height: bottom([input, window, kernel, output]),
    arrangement: "stacked",
    input,
    kernel,
    output,
    window,
    spread: tabbed ? scene.layer.dilation : [1, 1],
    star: { x: LEFT / 2, y: centre(first) },
    equals: apart
      ? { x: LEFT / 2, y: centre(output) }
      : { x: LEFT + used - SIGN / 2, y: centre(first) },
  };
}

/**
 * How many cells an axis of the input has in the picture: the padded line, and what the last window
 * needs beyond it.
 * @param {import("../../axis.js").Axis} axis
 */
const shown = (axis) => axis.padded + Math.max(0, -axis.leftOver);

/**
 * The largest cell with which an input is not higher than a page.
 * @param {import("../../axis.js").Axis} rows
 */
const tallest = (rows) => Math.min(MOST_CELL, HIGHEST / shown(rows));

/**
 * @param {number} x
 * @param {number} y
 * @param {number} cell
 * @param {number} rows
 * @param {number} columns
 * @param {import("../../values.js").Result} map
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
  const wanted = tabbed ? cell * 0.4 : Math.max(cell * 0.44, Math.min(10.5, cell * 0.55));
  const size = Math.min(wanted, 16, (cell - 4) / widest(values));
  return size >= SMALLEST_FONT ? size : 0;
}

/** @param {number} cell */
function clampCell(cell) {
  const limited = Math.min(cell, LEAST_TABBED - 0.5);
  return limited >= 4 ? Math.floor(limited * 2) / 2 : Math.max(0.5, limited);
}

/** @param {Box} box */
const centre = (box) => box.y + box.rows * box.cell / 2;

/** @param {(Box | null)[]} boxes */
const bottom = (boxes) =>
  Math.max(...boxes.map((b) => b ? b.y + b.rows * b.cell + (b.numbers ? 22 : LEGEND) : 0));

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
