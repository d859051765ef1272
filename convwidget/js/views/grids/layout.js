// Where each cell stands. Knows no page: widths go in, boxes come out, all in CSS pixels.

import { box as boxOf, even, roomy } from "../box.js";

/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {{x: number, y: number}} Point */

/** @typedef {import("../box.js").Box} Box */

/**
 * @typedef {{
 *   width: number, height: number, arrangement: "beside" | "enlarged" | "stacked",
 *   input: Box, kernel: Box | null, output: Box, window: Box | null, spread: readonly number[],
 *   star: Point, equals: Point,
 * }} Layout `window` is the enlarged window, where the input's cells are too small for weights;
 *   `spread` is how far apart the kernel's cells stand on each axis
 */

const MOST_CELL = 40;
const LEAST_TABBED = 26; // below, a weight's tab does not fit beside the number
const SMALLEST_FONT = 9.5;

const LEFT = 38; // the starts of the rows
const TOP = 52; // a title, and the starts of the columns
const TITLE = 24;
const SIGN = 44; // room for ⋆ and =
const NAMED = 116; // room for "kernel 1 × 1", or "window"
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
  const plan = arrange(scene, width);
  const boxes = [plan.input, plan.kernel, plan.output, plan.window];
  const ends = boxes.map((b) => b ? b.y + b.rows * b.cell + (b.numbers ? 22 : LEGEND) : 0);
  return { ...plan, width, height: Math.max(...ends) };
}

/**
 * How large the input's cells are in it.
 * @param {Scene} scene
 * @param {number} width
 */
export const cellIn = (scene, width) => arrange(scene, width).input.cell;

/** @typedef {Omit<Layout, "width" | "height">} Plan */

/**
 * @param {Scene} scene
 * @param {number} width
 * @returns {Plan}
 */
function arrange(scene, width) {
  const [rows, columns] = scene.layer.axes;
  const kernel = scene.kernel ? columns.effectiveKernel : 0;
  const room = width - LEFT - (kernel ? 2 * SIGN : ARROW) - END;
  const cell = Math.min(tallest(rows), even(room / (columns.shown + kernel + columns.output)));
  const end = room - (columns.shown + kernel) * cell;
  const titles = end + (kernel ? kernel * cell + SIGN : 0);
  const titled = titles >= (kernel ? 2 : 1) * CAPTION || width >= NARROW;
  if (cell >= LEAST_TABBED && titled) return beside(scene, cell);
  return width < NARROW ? stack(scene, width) : enlarge(scene, width);
}

/**
 * All at one scale, side by side.
 * @param {Scene} scene
 * @param {number} cell
 * @returns {Plan}
 */
function beside({ layer, ...scene }, cell) {
  const [rows, columns] = shown(layer);
  const window = layer.axes.map((axis) => axis.effectiveKernel);
  const input = box(LEFT, TOP, cell, [rows, columns], scene.input, true);
  const right = LEFT + columns * cell;
  const middle = TOP + rows * cell / 2;
  const top = (/** @type {readonly number[]} */ [size]) =>
    Math.max(TITLE, middle - size * cell / 2);
  const kernel = scene.kernel && box(right + SIGN, top(window), cell, window, scene.kernel);
  const far = kernel ? kernel.x + window[1] * cell + SIGN : right + ARROW;
  const made = layer.output_size;
  const output = box(far, top(made), cell, made, scene.output);
  const y = centre(kernel ?? output);
  return {
    arrangement: "beside",
    input,
    kernel,
    output,
    window: null,
    spread: layer.dilation,
    star: { x: right + (kernel ? SIGN : ARROW) / 2, y },
    equals: { x: far - SIGN / 2, y },
  };
}

/**
 * Large maps at a small scale, and between them the window, enlarged, over the kernel.
 * @param {Scene} scene
 * @param {number} width
 * @returns {Plan}
 */
function enlarge({ layer, ...scene }, width) {
  const [high, wide] = layer.kernel_size;
  const [rows, columns] = shown(layer);
  const large = Math.min(34, even(Math.min(170 / wide, 200 / high)));
  const middle = Math.max(wide * large + SIGN, scene.kernel ? NAMED : 0);
  const room = width - LEFT - SIGN - END - middle;
  const wanted = Math.min(room / (columns + layer.output_size[1]), tallest(layer.axes[0]));
  const cell = even(Math.max(0.5, Math.min(wanted, LEAST_TABBED - 0.5)));
  const input = box(LEFT, TOP, cell, [rows, columns], scene.input);
  const x = LEFT + columns * cell + SIGN;
  const window = box(x, TITLE, large, [high, wide], seen(layer, scene.input), true);
  const below = window.y + high * large + TITLE + 12;
  const kernel = scene.kernel && box(x, below, large, [high, wide], scene.kernel);
  const far = x + middle;
  const y = centre(kernel ?? window);
  return {
    arrangement: "enlarged",
    input,
    kernel,
    output: box(far, TOP, cell, layer.output_size, scene.output),
    window,
    spread: [1, 1],
    star: { x: x - SIGN / 2, y },
    equals: { x: far - SIGN / 2, y },
  };
}

/**
 * On a narrow page: the input above, the kernel and the output below it.
 * @param {Scene} scene
 * @param {number} width
 * @returns {Plan}
 */
function stack({ layer, ...scene }, width) {
  const [first] = layer.axes;
  const [rows, columns] = shown(layer);
  const made = layer.output_size;
  const room = width - LEFT - END;
  const cell = Math.min(tallest(first), even(room / Math.max(columns, made[1])));
  const tabbed = cell >= LEAST_TABBED;
  const input = box(LEFT, TOP, cell, [rows, columns], scene.input, tabbed);
  const size = tabbed ? layer.axes.map((axis) => axis.effectiveKernel) : layer.kernel_size;
  const [high, wide] = size;
  const top = TOP + rows * cell + TITLE + (input.numbers ? 16 : LEGEND);
  const fits = Math.min((room - SIGN) / (wide + made[1]), HIGHEST / made[0]);
  const both = Math.min(MOST_CELL, even(fits));
  const apart = both < 20; // then the output has a row of its own
  const small = Math.min(34, apart ? (room - SIGN) / (2 * wide) : both);
  const kernel = scene.kernel && box(LEFT, top, small, size, scene.kernel);
  // Where the input's cells are small, its window is enlarged beside the kernel, or in its place.
  const windowed = !tabbed && (apart || !kernel);
  const beside = kernel ? LEFT + Math.max(wide * small + SIGN, NAMED) : LEFT;
  const window = windowed ? box(beside, top, small, size, seen(layer, scene.input), true) : null;
  const used = kernel || window ? wide * small + SIGN : 0;
  const under = used ? top + high * small + TITLE + 16 : top;
  const output = apart
    ? box(LEFT, under, Math.min(tallest(first), even(room / made[1])), made, scene.output)
    : box(LEFT + used, top, small, made, scene.output);
  const y = centre(kernel ?? window ?? output);
  return {
    arrangement: "stacked",
    input,
    kernel,
    output,
    window,
    spread: tabbed ? layer.dilation : [1, 1],
    star: { x: LEFT / 2, y },
    equals: apart ? { x: LEFT / 2, y: centre(output) } : { x: LEFT + used - SIGN / 2, y },
  };
}

/** @param {import("../../layers.js").Layer} layer */
const shown = ({ axes }) => axes.map((axis) => axis.shown);

/**
 * The largest cell with which an input is not higher than a page.
 * @param {import("../../axis.js").Axis} rows
 */
const tallest = (rows) => Math.min(MOST_CELL, HIGHEST / rows.shown);

/**
 * @param {number} x
 * @param {number} y
 * @param {number} cell
 * @param {readonly number[]} size
 * @param {import("../../arrays.js").Result} map
 * @param {boolean} tabbed
 * @returns {Box}
 */
function box(x, y, cell, [rows, columns], map, tabbed = false) {
  const where = { x: Math.round(x), y: Math.round(y), cell, rows, columns };
  return boxOf(where, map, tabbed ? cell * 0.4 : roomy(cell), SMALLEST_FONT);
}

/**
 * What the enlarged window can show: as many cells as the kernel, any of the input's numbers.
 * @param {import("../../layers.js").Layer} layer
 * @param {import("../../arrays.js").Result} input
 */
const seen = ({ kernel_size }, { data }) => ({ shape: kernel_size, data });

/** @param {Box} box */
const centre = (box) => box.y + box.rows * box.cell / 2;
