// Where planes stand: how large, in how many lines, and which rows of kernels. Knows no page.

import { range } from "../../arrays.js";
import { pairs } from "../../connections.js";
import { features, leads } from "./model.js";
import { widest } from "../../words.js";

/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {import("../../scene.js").MapName} MapName */
/** @typedef {{x: number, y: number}} Point */

const EDGE = 6; // of the picture
const GAP = 22; // between planes
const CAPTION = 30;
const CAPTIONED = 160; // the width of an output's caption
const LABEL = 17; // a plane's own name, above it
const SUM = 62; // a partial sum and the sign behind it
const TOTAL = 50; // the sum of them all, behind the last
const LARGEST = 34;
const SMALLEST = 8; // of a cell that is drawn by itself
const SIZES = [...range(14).map((n) => LARGEST - 2 * n), 6, 5, 4, 3, 2, 1.5, 1, 0.5];
const LEAST_WHOLE = 18; // rather than in a line of smaller cells, planes stand in several
const LEAST_FONT = 9;
const MOST_NUMBERS = 1024;
const MOST_ROWS = 4;
const HIGHEST = 760; // more on a narrow page, where cells would be too small for numbers
const NARROW = 560;

/**
 * Where the planes stand. `rows` are the tops of rows of kernels, one for each output map where
 * `every`, or else one for that which is chosen; `terms` are the kernels of a row, from its top.
 * Where `aligned`, a kernel stands below the plane of the input that it meets, and only its y counts.
 * @typedef {{
 *   cells: Record<MapName, number>, every: boolean, aligned: boolean, beside: boolean, term: number,
 *   left: number, height: number, fits: boolean,
 *   inputs: Map<string, Point>, outputs: Map<string, Point>, terms: Point[],
 *   rows: number[], rowHeight: number, captions: {kernel: Point, output: Point},
 * }} Plan
 */

/**
 * The planes of a scene in a width, as large as they fit: a row of kernels for every output map, and
 * all planes in one line, if that can be; else in several lines; else only the row that is chosen.
 * @param {Scene} scene
 * @param {number} width
 * @returns {Plan}
 */
export function arrange(scene, width) {
  const few = scene.kernel && features(scene).length <= MOST_ROWS;
  const whole = SIZES.filter((size) => size >= LEAST_WHOLE);
  /** @type {[boolean, number[], boolean][]} */
  const tries = [[true, whole, true], [true, whole, false], [false, whole, true], [
    false,
    SIZES,
    false,
  ]];
  for (const [every, sizes, inLine] of few ? tries : tries.slice(2)) {
    for (const cell of sizes) {
      const plan = attempt(scene, width, cell, every);
      if (plan.fits && (plan.aligned || !inLine)) return plan;
    }
  }
  return attempt(scene, width, SIZES[SIZES.length - 1], false);
}

/**
 * @param {Scene} scene
 * @param {number} width
 * @param {number} cell
 * @param {boolean} every
 * @returns {Plan}
 */
function attempt(scene, width, cell, every) {
  const { layer } = scene;
  const [inputs, outputs, maps] = [leads(scene, "input"), leads(scene, "output"), features(scene)];
  const deep = layer.axes.length > 2;
  // How many planes of the kernel belong to one output map.
  const met = scene.kernel
    ? pairs(layer).length / maps.length * (deep ? layer.kernel_size[0] : 1)
    : 0;
  const beside = every && !deep; // the output's plane ends the row of its kernels
  const narrow = width < NARROW;
  const left = maps[0].length && !narrow ? 84 : LABEL;
  const named = deep && maps[0].length ? 92 : 50;

  const axes = layer.axes.slice(-2);
  const kernel = layer.kernel_size.slice(-2);
  // Outputs have the longer numbers, so they get larger cells.
  const few = cell >= LEAST_WHOLE && scene.output.data.length <= MOST_NUMBERS;
  const least = few ? LEAST_FONT * widest(scene.output.data) + 2 : 0;
  const cells = {
    input: cell,
    kernel: Math.max(cell, Math.min(met > 8 ? 18 : 24, 120 / Math.max(...kernel))),
    output: cell < SMALLEST ? cell : Math.min(LARGEST, Math.max(cell * 1.25, least)),
  };
  const [inputHigh, inputWide] = axes.map((axis) => axis.shown * cells.input);
  const [kernelHigh, kernelWide] = kernel.map((size) => size * cells.kernel);
  const [outputHigh, outputWide] = axes.map((axis) => axis.output * cells.output);

  // The planes that belong into one line, and whether they fit there with their kernels below them.
  const line = deep ? layer.axes[0].shown : inputs.length;
  const term = met && kernelWide + SUM;
  const own = Math.max(inputWide + GAP, named);
  const slot = Math.max(own, term);
  const behind = left + line * slot;
  const last = beside ? outputWide : met ? TOTAL : -GAP;
  const aligned = behind + last <= width - EDGE;
  const size = [aligned ? slot : own, inputHigh + LABEL + GAP / 2];
  const input = flow(inputs.length, size, left, CAPTION + LABEL, width, line);

  // A row, counted from its top.
  const unnamed = aligned && !deep;
  const above = GAP / 2 + (maps[0].length && narrow ? LABEL : 0) + (unnamed ? 0 : LABEL);
  const termHigh = kernelHigh + (unnamed ? GAP / 2 : LABEL + EDGE);
  const run = deep ? layer.kernel_size[0] : met;
  const terms = aligned
    ? range(met).map((n) => ({ x: 0, y: above + Math.floor(n / run) * termHigh }))
    : flow(met, [term, termHigh], left, above, width - (beside ? 0 : TOTAL)).at;
  const end = terms[met - 1] ?? { x: 0, y: 0 };
  let rowHeight = end.y + kernelHigh + GAP / 2;
  const next = aligned ? behind : end.x + term;
  const oneLine = end.y === terms[0]?.y; // else a higher output would cover the line above
  const result = next + outputWide <= width - EDGE
    ? { x: next, y: end.y + (oneLine ? kernelHigh - outputHigh : 0) / 2 }
    : { x: left, y: rowHeight };
  if (beside) {
    const push = Math.max(0, GAP / 2 - result.y); // an output can be higher than its kernels
    for (const point of [...terms, result]) point.y += push;
    rowHeight = Math.max(rowHeight + push, result.y + outputHigh + GAP / 2);
  }

  const caption = { x: 0, y: input.bottom + (met ? CAPTION : 0) };
  const apart = beside && !(result.x > 400 && result.x + CAPTIONED < width);
  const top = caption.y + (apart ? LABEL : 0);
  const rows = range(met ? every ? maps.length : 1 : 0).map((n) => top + n * (rowHeight + EDGE));
  const bottom = top + rows.length * (rowHeight + EDGE);
  const below = flow(
    outputs.length,
    [Math.max(outputWide + GAP, named), outputHigh + LABEL + GAP / 2],
    left,
    bottom + CAPTION + LABEL,
    width,
    deep ? layer.axes[0].output : Infinity,
  );
  const height = beside ? bottom : below.bottom;
  return {
    cells,
    every,
    aligned,
    beside,
    term: aligned ? slot : term,
    left,
    height,
    fits: height <= HIGHEST * (narrow && cell <= LEAST_WHOLE + 2 ? 1.6 : 1) &&
      left + Math.max(inputWide, outputWide, term) <= width - EDGE,
    inputs: new Map(inputs.map((lead, n) => [`${lead}`, input.at[n]])),
    outputs: new Map(
      outputs.map((lead, n) => [
        `${lead}`,
        beside ? { x: result.x, y: rows[n] + result.y } : below.at[n],
      ]),
    ),
    terms,
    rows,
    rowHeight,
    captions: {
      kernel: caption,
      output: beside ? { x: apart ? 0 : result.x, y: top } : { x: 0, y: bottom + CAPTION },
    },
  };
}

/**
 * Boxes of one size from left to right, in as many lines as they need.
 * @param {number} count
 * @param {number[]} size
 * @param {number} left
 * @param {number} top
 * @param {number} width
 * @param {number} [most] after how many a new line begins in any case
 */
function flow(count, [wide, high], left, top, width, most = Infinity) {
  const fit = Math.max(1, Math.floor((width - left + GAP - EDGE) / wide));
  const lines = Math.ceil(most / fit);
  const at = range(count).map((n) => {
    const [block, rest] = most < Infinity ? [Math.floor(n / most), n % most] : [0, n];
    return {
      x: left + rest % fit * wide,
      y: top + ((block && block * lines) + Math.floor(rest / fit)) * high,
    };
  });
  return { at, bottom: (at[count - 1]?.y ?? top - high) + high };
}
