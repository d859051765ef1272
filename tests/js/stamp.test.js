import { indices } from "../../convwidget/js/arrays.js";
import { flat } from "../../convwidget/js/flat.js";
import { layer } from "../../convwidget/js/layers.js";
import { scene } from "../../convwidget/js/scene.js";
import {
  counts,
  evenness,
  landing,
  sheet,
  uncropped,
} from "../../convwidget/js/views/transposed/stamps.js";
import { apply } from "../../convwidget/js/values.js";
import { same, truthy } from "./assert.js";

/** @typedef {import("../../convwidget/js/layers.js").Layer} Layer */
/** @typedef {{[setting: string]: unknown}} Settings */

/** Layers in which what padding crops or adds differs from axis to axis. @type {Settings[]} */
const LAYERS = [
  { input_size: 3, kernel_size: 3, stride: 2, padding: 1 },
  { input_size: [3, 2], kernel_size: [2, 3], stride: [3, 2], padding: [[1, 0], [0, 2]] },
  { input_size: [2, 4], kernel_size: [3, 2], stride: [2, 1], padding: [[-1, 2], [1, -2]] },
  { input_size: 4, kernel_size: 3, stride: 2, padding: "same" },
  { input_size: 3, kernel_size: 2, stride: 3, padding: "same" },
  { input_size: 3, kernel_size: 3, stride: [2, 1], dilation: [2, 3], output_padding: [1, 2] },
  { input_size: 2, kernel_size: 2, dilation: 4, stride: 2, padding: 1, output_padding: 3 },
  { input_size: [1, 2], kernel_size: [3, 5], stride: [2, 4], dilation: 2 },
  { input_size: 4, kernel_size: 4, stride: 2, padding: -1, output_padding: 1 },
  { input_size: 2, kernel_size: 1, stride: 2, output_padding: 1 },
];

/** @param {Settings} settings */
const build = (settings) => layer({ type: "ConvTranspose", ...settings });

/**
 * Every stamp put down by hand: for each place, counted from the first stamp's first cell, the
 * input and kernel cells that meet there.
 * @param {Layer} layer
 */
function stamped({ input_size, kernel_size, stride, dilation }) {
  /** @type {Map<string, [number[], number[]][]>} */
  const found = new Map();
  for (const cell of indices(input_size)) {
    for (const weight of indices(kernel_size)) {
      const place = cell.map((i, n) => i * stride[n] + weight[n] * dilation[n]);
      found.set(`${place}`, [...found.get(`${place}`) ?? [], [cell, weight]]);
    }
  }
  return found;
}

/**
 * Each output cell with its place, counted as above.
 * @param {Layer} layer
 * @returns {number[][]}
 */
const places = ({ output_size, pads }) =>
  indices(output_size).map((index) => index.map((o, n) => o + pads[n][0]));

/**
 * Whether the bounds of all the stamps hold a place.
 * @param {Layer} layer
 * @param {number[]} place
 */
const within = ({ input_size, kernel_size, stride, dilation }, place) =>
  place.every((at, n) =>
    at >= 0 && at <= (input_size[n] - 1) * stride[n] + (kernel_size[n] - 1) * dilation[n]
  );

for (const settings of LAYERS) {
  const made = build(settings);
  const name = JSON.stringify(settings);

  Deno.test(`the stamps on each cell of ${name} are those put down by hand`, () => {
    const found = stamped(made);
    same([...counts(made).data], places(made).map((place) => found.get(`${place}`)?.length ?? 0));
  });

  Deno.test(`the sheet of ${name} holds the output and all that is cropped from it`, () => {
    const { size, stamps, output } = sheet(made);
    const cells = new Set(indices(size).map(String));
    for (const [place, pairs] of stamped(made)) {
      for (const [cell, weight] of pairs) {
        const at = landing(made, cell, weight);
        truthy(cells.has(`${at}`), `${at} is not on the sheet`);
        same(at.map((n, axis) => n - stamps[axis]).join(), place);
      }
    }
    const shown = indices(made.output_size).map((o) => o.map((n, axis) => n + output[axis]));
    for (const at of shown) truthy(cells.has(`${at}`), `${at} is not on the sheet`);
    // The same cell is meant, whether it is counted from the output or from the stamps.
    same(shown.map((at) => at.map((n, axis) => n - stamps[axis])), places(made));
    // Nothing lies on the sheet that is neither in the output nor cropped from it, on any axis.
    size.forEach((cells, n) => {
      const whole = uncropped(made).output_size[n];
      same(cells, Math.max(stamps[n] + whole, output[n] + made.output_size[n]));
      same(Math.min(stamps[n], output[n]), 0);
    });
  });

  Deno.test(`what is said about ${name} names the counts of its cells`, () => {
    const found = stamped(made);
    const reached = places(made).filter((place) => within(made, place));
    const numbers = [...new Set(reached.map((place) => found.get(`${place}`)?.length ?? 0))]
      .sort((a, b) => a - b);
    const said = evenness(made);
    const most = numbers[numbers.length - 1];
    const stamps = `${most} stamp${most === 1 ? "" : "s"}`;
    const list = numbers.length > 5 ? `${numbers[0]} to` : `${numbers.slice(0, -1).join(", ")} or`;
    const starts = numbers.length === 1
      ? [`Every cell gets ${stamps}`]
      : [`${list} ${stamps} on a cell: `, `Every cell gets ${stamps}, near the edges fewer`];
    truthy(starts.some((start) => said.startsWith(start)), `${said} (${numbers})`);
    const bare = places(made).length - reached.length;
    const [, added] = said.match(/adds (\d+) cells? without/) ?? [null, "0"];
    same(Number(added), bare);
  });

  Deno.test(`the uncropped output of ${name} is the sum of all stamps`, () => {
    const { input, kernel } = scene(made.spec, { fill: "random" }, { fill: "ramp" });
    const whole = uncropped(made);
    const found = stamped(made);
    /** @param {{shape: number[], data: Float64Array}} map @param {number[]} index */
    const at = ({ shape, data }, index) => data[index[0] * shape[1] + index[1]];
    const sums = indices(whole.output_size).map((place) =>
      (found.get(`${place}`) ?? []).reduce(
        (sum, [cell, weight]) => sum + at(input, cell) * (kernel ? at(kernel, weight) : 0),
        0,
      )
    );
    same([...apply(whole, input, kernel ?? undefined).data], sums);
  });
}

/** Sentences worked out by hand. @type {[Settings, string][]} */
const SENTENCES = [
  [
    { input_size: 3, kernel_size: 3, stride: 2, padding: 1 },
    "1, 2 or 4 stamps on a cell: stride 2 does not divide kernel 3. This is the checkerboard.",
  ],
  [
    { input_size: 4, kernel_size: 4, stride: 2 },
    "Every cell gets 4 stamps, near the edges fewer: stride 2 divides kernel 4.",
  ],
  [
    { input_size: 4, kernel_size: 2, stride: 2 },
    "Every cell gets 1 stamp: stride 2 divides kernel 2.",
  ],
  [{ input_size: 5, kernel_size: 3 }, "Every cell gets 9 stamps, near the edges fewer."],
  [
    { input_size: 4, kernel_size: 4, stride: 2, dilation: 2 },
    "0 to 16 stamps on a cell: stride 2 shares a factor with dilation 2. This is the checkerboard.",
  ],
  [
    { input_size: [4, 4], kernel_size: [1, 3], stride: [1, 2] },
    "1 or 2 stamps on a cell: stride 2 does not divide kernel 3. " +
    "This is the checkerboard along one axis.",
  ],
  [
    { input_size: 1, kernel_size: 3, dilation: 2 },
    "0 or 1 stamp on a cell: the input is too small for more.",
  ],
  [
    { input_size: 1, kernel_size: 3, stride: 2, dilation: 2 },
    "0 or 1 stamp on a cell: the input is too small for more.",
  ],
  [
    { input_size: 3, kernel_size: 2, stride: 3 },
    "0 or 1 stamp on a cell: stride 3 is larger than kernel 2. " +
    "Between the stamps there are gaps: cells that no stamp reaches.",
  ],
  [
    { input_size: 3, kernel_size: [2, 4], stride: [3, 2] },
    "0, 1 or 2 stamps on a cell: stride 3 is larger than kernel 2. " +
    "Between the stamps there are gaps: cells that no stamp reaches.",
  ],
  [
    { input_size: 3, kernel_size: [2, 3], stride: [3, 2] },
    "0, 1 or 2 stamps on a cell: stride 3 is larger than kernel 2 and " +
    "stride 2 does not divide kernel 3. This is the checkerboard along one axis.",
  ],
  [
    { input_size: 2, kernel_size: 2, stride: 2, output_padding: 1 },
    "Every cell gets 1 stamp: stride 2 divides kernel 2. " +
    "Output padding or negative padding adds 9 cells without a stamp.",
  ],
];

for (const [settings, sentence] of SENTENCES) {
  Deno.test(`${JSON.stringify(settings)}: ${sentence}`, () => {
    same(evenness(build(settings)), sentence);
  });
}

Deno.test("a strip, as a map of one row, has the stamps of the strip", () => {
  const spec = { type: "ConvTranspose", input_size: [4], kernel_size: [3], stride: 2, padding: 1 };
  const { layer: row } = flat(scene(spec, { fill: "random" }, { fill: "ramp" }));
  same(counts(row), { shape: [1, 7], data: [1, 2, 1, 2, 1, 2, 1] });
  same(sheet(row), { stamps: [0, 0], output: [0, 1], size: [1, 9] });
  same(landing(row, [0, 3], [0, 2]), [0, 8]);
});
