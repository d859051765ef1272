// Settings near a layer's that reach a wanted output size. Knows no page.
// convwidget/solver.py is its twin; there input size and dilation can be searched as well.

import { range } from "./arrays.js";
import { drawable } from "./drawable.js";
import { change, layer as build } from "./layers.js";
import { namedPads } from "./settings.js";

/** @typedef {import("./layers.js").Layer} Layer */
/** @typedef {import("./settings.js").Pair} Pair */

/** Settings that change, and the layer that they give.
 * @typedef {{settings: Record<string, unknown>, layer: Layer}} Proposal */

/**
 * Settings that reach the size on one axis. `kept` says that the padding is the layer's own, `cost`
 * is smaller the nearer they are, and `shared` is what must be the same on all axes.
 * @typedef {{kernel: number, stride: number, pads: Pair, kept: boolean, extra: number,
 *   changes: Map<string, number>, cost: number[], shared: string}} Way
 */

/** What is asked on one axis: the layer there, alone, and the wanted size.
 * @typedef {{layer: Layer, wanted: number}} Question */

export const KERNELS = 11;
export const STRIDES = 8;
const AROUND = 2; // kernels within this of the layer's own are searched besides
const PADDING = 64;
const RANKS = 64; // of rows with an answer for each axis, no more than these need be compared

/**
 * The nearest settings that reach an output size, with the input size and dilation kept: few
 * settings change, by little, to small numbers.
 * @param {Layer} layer
 * @param {readonly number[]} wanted one size per axis
 * @param {number} [most]
 * @returns {Proposal[]}
 */
export function solve(layer, wanted, most = 8) {
  const questions = wanted.map((size, n) => ({ layer: alone(layer, n), wanted: size }));
  /** @type {Proposal[]} */
  const found = [];
  for (const row of rows(questions).sort((a, b) => compare(costs(a), costs(b)))) {
    if (found.length === most) break;
    const settings = changes(layer, row);
    if (!Object.keys(settings).length) continue;
    try {
      found.push({ settings, layer: drawable(change(layer, settings)) });
    } catch {
      // It can be, but it is too large to draw.
    }
  }
  return found;
}

/**
 * The layer on one axis, without channels.
 * @param {Layer} layer
 * @param {number} n
 */
function alone({ spec }, n) {
  const own = Object.entries(spec).map(([name, value]) => [
    name,
    Array.isArray(value) ? [value[n]] : value,
  ]);
  return build(
    /** @type {import("./layers.js").Spec} */ ({
      ...Object.fromEntries(own),
      ...("groups" in spec && { groups: 1, in_channels: null, out_channels: null }),
    }),
  );
}

/** @param {Question} question */
function ways({ layer, wanted }) {
  const { kernel_size: [kernel], stride: [stride], dilation: [dilation], type } = layer;
  const pool = type.endsWith("Pool");
  const kernels = new Set([
    ...range(KERNELS).map((n) => n + 1),
    ...range(2 * AROUND + 1).map((n) => Math.max(1, kernel - AROUND + n)),
  ]);
  /** @type {Map<string, Way>} */
  const found = new Map();
  for (const k of kernels) {
    const window = dilation * (k - 1) + 1;
    const half = Math.floor(window / 2);
    const most = pool ? half : window - 1;
    const numbers = new Set([...range(Math.min(most, PADDING) + 1), half, most]);
    for (const s of new Set([...range(STRIDES).map((n) => n + 1), stride, ...(pool ? [k] : [])])) {
      for (const padding of [layer.padding, ...[...numbers].map((p) => [[p, p]])]) {
        const made = reach(layer, wanted, k, s, /** @type {string | Pair[]} */ (padding));
        if (!made) continue;
        const way = measured(layer, made, padding === layer.padding);
        const key = `${[k, s, way.pads]}`; // a name can come to a number's padding
        if (!found.has(key)) found.set(key, way);
      }
    }
  }
  return [...found.values()];
}

/**
 * The layer with these settings, if it reaches the wanted size.
 * @param {Layer} layer
 * @param {number} wanted
 * @param {number} kernel
 * @param {number} stride
 * @param {string | Pair[]} padding
 */
function reach(layer, wanted, kernel, stride, padding) {
  const { type, input_size: [size], dilation: [dilation] } = layer;
  const settings = { kernel_size: [kernel], stride: [stride], padding };
  const window = dilation * (kernel - 1) + 1;
  const extra = wanted - stride * (size - 1) - window + cropped(padding, window, stride);
  if (type === "ConvTranspose") Object.assign(settings, { output_padding: [extra] });
  try {
    const made = change(layer, settings);
    return made.output_size[0] === wanted ? made : null;
  } catch {
    return null;
  }
}

/**
 * How much a transposed layer's padding crops on both sides together.
 * @param {string | Pair[]} padding
 * @param {number} window
 * @param {number} stride
 */
function cropped(padding, window, stride) {
  if (typeof padding !== "string") return padding[0][0] + padding[0][1];
  if (padding.startsWith("same")) return window - stride; // the output is i′·s
  const [before, after] = namedPads(padding, 1n, BigInt(window), BigInt(stride));
  return Number(before + after);
}

/**
 * @param {Layer} layer
 * @param {Layer} made
 * @param {boolean} kept
 * @returns {Way}
 */
function measured(layer, made, kept) {
  const { kernel_size: [kernel], stride: [stride], pads: [pads], output_padding: [extra] } = made;
  const [before, after] = pads;
  const [oldBefore, oldAfter] = layer.pads[0];
  /** @type {[string, unknown, number][]} what changes, to what, and by how much */
  const all = [
    ["k", kernel, Math.abs(kernel - layer.kernel_size[0])],
    ["s", stride, Math.abs(stride - layer.stride[0])],
    ["a", extra, Math.abs(extra - layer.output_padding[0])],
  ];
  const moved = all.filter(([, , move]) => move);
  if (!kept) {
    moved.push(["p", pads, Math.max(Math.abs(before - oldBefore), Math.abs(after - oldAfter))]);
  }
  const changes = new Map(moved.map((change) => [`${change}`, change[2]]));
  return {
    kernel,
    stride,
    pads,
    kept,
    extra,
    changes,
    cost: [...distance(changes), kernel, stride, before + after, before, extra],
    shared: `${[kernel, stride, kept || pads, extra]}`,
  };
}

/**
 * How many changes there are, and how large they are together.
 * @param {Map<string, number>} changes
 */
const distance = (changes) => [changes.size, [...changes.values()].reduce((a, b) => a + b, 0)];

/**
 * A way for each axis: those that are the same on all, and those where each axis has its own. Axes
 * that are alike have the same.
 * @param {Question[]} questions
 * @returns {Way[][]}
 */
function rows(questions) {
  const keys = questions.map((question) => JSON.stringify(question));
  const distinct = [...new Set(keys)];
  const found = distinct.map((key) => ways(questions[keys.indexOf(key)]));
  const [first, ...others] = found.map((list) => new Map(list.map((way) => [way.shared, way])));
  const all = [...first].map(([key, way]) => [way, ...others.map((table) => table.get(key))])
    .filter((row) => row.every((way) => way));
  if (others.length) {
    for (const list of found) list.sort((a, b) => compare([a.cost], [b.cost]));
    const same = (/** @type {Way[]} */ row) =>
      all.some((other) => other.every((way, n) => way === row[n]));
    all.push(...best(found, RANKS).filter((row) => !same(row)));
  }
  return /** @type {Way[][]} */ (all.map((row) => keys.map((key) => row[distinct.indexOf(key)])));
}

/**
 * Rows of one way each, without those that `limit` rows are surely better than.
 * @param {Way[][]} ranked
 * @param {number} limit
 * @returns {Way[][]}
 */
function best([first, ...rest], limit) {
  if (!first) return [[]];
  return first.slice(0, limit).flatMap((way, rank) =>
    best(rest, Math.floor(limit / (rank + 1))).map((row) => [way, ...row])
  );
}

/**
 * A row's costs: all axes together first, where the same change on several is one; then each.
 * @param {Way[]} row
 */
function costs(row) {
  const each = row.map(({ cost }) => cost);
  const total = each[0].map((_, n) => each.reduce((sum, cost) => sum + cost[n], 0));
  const changes = new Map(row.flatMap((way) => [...way.changes]));
  return [[...distance(changes), ...total.slice(2)], ...each];
}

/**
 * Which of two lists of numbers is the smaller, by the first number that differs.
 * @param {number[][]} a
 * @param {number[][]} b
 */
function compare(a, b) {
  const [before, after] = [a.flat(), b.flat()];
  const n = before.findIndex((number, at) => number !== after[at]);
  return n < 0 ? 0 : before[n] - after[n];
}

/**
 * The settings that a row changes, as the layer takes them.
 * @param {Layer} layer
 * @param {Way[]} row
 */
function changes(layer, row) {
  const wanted = {
    kernel_size: row.map(({ kernel }) => kernel),
    stride: row.map(({ stride }) => stride),
    ...(row.every(({ kept }) => kept) ? {} : { padding: row.map(({ pads }) => pads) }),
    output_padding: row.map(({ extra }) => extra),
  };
  return Object.fromEntries(
    Object.entries(wanted).filter(([name, value]) =>
      `${value}` !== `${layer[/** @type {keyof Layer} */ (name)]}`
    ),
  );
}
