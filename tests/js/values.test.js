import { layer } from "../../convwidget/js/layers.js";
import { indexAt, indices, offset } from "../../convwidget/js/arrays.js";
import {
  apply,
  divisors,
  multiplies,
  placeAt,
  reachedBy,
  unused,
  uses,
  windowOf,
} from "../../convwidget/js/values.js";
import { refused, same } from "./assert.js";

/** @typedef {import("../../convwidget/js/layers.js").Layer} Layer */

/** Layers in which everything differs from axis to axis. */
const LAYERS = [
  {
    type: "Conv",
    input_size: [4, 5],
    kernel_size: [2, 3],
    stride: [2, 1],
    padding: [[1, 0], [2, 3]],
  },
  { type: "Conv", input_size: [3, 2], kernel_size: [3, 2], stretch: [2, 3], dilation: [1, 2] },
  { type: "Conv", input_size: [6], kernel_size: [2], padding: [[-1, 2]], stride: 3 },
  { type: "ConvTranspose", input_size: [3, 2], kernel_size: [2, 3], stride: [3, 2], padding: 1 },
  { type: "MaxPool", input_size: [5, 4], kernel_size: [2, 3], ceil_mode: true, padding: [0, 1] },
].map(layer);

/**
 * Every meeting of an output, a kernel and an input cell, as the windows tell it.
 * @param {Layer} layer
 */
function meetings(layer) {
  return indices(layer.output_size).flatMap((outputIndex) =>
    windowOf(layer, outputIndex).map((tap) => ({ outputIndex, ...tap }))
  );
}

/** @param {unknown[]} rows */
const sorted = (rows) => rows.map((row) => JSON.stringify(row)).sort();

Deno.test("a window tells for each kernel cell what it meets", () => {
  const made = layer({ type: "Conv", input_size: [3], kernel_size: 3, padding: 1, stretch: 2 });
  same(windowOf(made, [0]), [
    { kernelIndex: [0], position: [0], kind: "padding", inputIndex: null },
    { kernelIndex: [1], position: [1], kind: "input", inputIndex: [0] },
    { kernelIndex: [2], position: [2], kind: "zero", inputIndex: null },
  ]);
});

Deno.test("padding and inserted zeros are told apart along the line", () => {
  const made = layer({
    type: "Conv",
    input_size: [2],
    kernel_size: 1,
    padding: [[1, 3]],
    stretch: 3,
  });
  const kinds = Array.from({ length: 9 }, (_, position) => placeAt(made, [position]).kind);
  const pad = "padding";
  same(kinds, [pad, "input", "zero", "zero", "input", pad, pad, pad, "beyond"]);
});

Deno.test("in two dimensions the outermost kind of place wins", () => {
  const made = layer({
    type: "Conv",
    input_size: [2, 2],
    kernel_size: 1,
    padding: 1,
    stretch: 2,
  });
  /** @param {number[]} position */
  const kind = (...position) => placeAt(made, position).kind;
  same([kind(1, 1), kind(2, 1), kind(0, 1), kind(0, 2), kind(0, 5)], [
    "input",
    "zero",
    "padding",
    "padding",
    "beyond",
  ]);
});

Deno.test("where a window hangs over, its cells lie beyond the padding", () => {
  const pool = layer({ type: "MaxPool", input_size: [3], kernel_size: 2, ceil_mode: true });
  same(windowOf(pool, [1]).map(({ kind }) => kind), ["input", "beyond"]);
});

Deno.test("the window of a transposed layer is told in its own kernel's cells", () => {
  const made = layer({ type: "ConvTranspose", input_size: [2], kernel_size: 3, stride: 2 });
  const kernel = { shape: [3], data: [1, 10, 100] };
  const x = { shape: [2], data: [1, 2] };
  // Input 0 puts its kernel at 0, input 1 at 2: they meet in output 2.
  same(apply(made, x, kernel).data, [1, 10, 102, 20, 200]);
  same(
    reachedBy(made, [1]).map(({ outputIndex, kernelIndex }) => [...outputIndex, ...kernelIndex]),
    [
      [2, 0],
      [3, 1],
      [4, 2],
    ],
  );
});

Deno.test("an input cell reaches exactly the outputs whose windows hold it", () => {
  for (const made of LAYERS) {
    for (const inputIndex of indices(made.input_size)) {
      const holding = meetings(made).filter((tap) => `${tap.inputIndex}` === `${inputIndex}`);
      same(
        sorted(reachedBy(made, inputIndex)),
        sorted(holding.map(({ outputIndex, kernelIndex }) => ({ outputIndex, kernelIndex }))),
      );
    }
  }
});

Deno.test("a kernel cell multiplies exactly what it meets in all windows", () => {
  for (const made of LAYERS) {
    for (const kernelIndex of indices(made.kernel_size)) {
      const met = meetings(made).filter((tap) => `${tap.kernelIndex}` === `${kernelIndex}`);
      const found = multiplies(made, kernelIndex);
      const real = met.filter(({ kind }) => kind === "input");
      same(
        sorted(found.inputs),
        sorted(real.map(({ inputIndex, outputIndex }) => ({ inputIndex, outputIndex }))),
      );
      same(found.zeros, met.filter(({ kind }) => kind === "zero").length);
      same(found.padding, met.length - real.length - found.zeros);
    }
  }
});

Deno.test("each input cell is counted as often as windows use it", () => {
  for (const made of LAYERS) {
    same(uses(made), {
      shape: made.input_size,
      data: indices(made.input_size).map((index) =>
        meetings(made).filter(({ inputIndex }) => `${inputIndex}` === `${index}`).length
      ),
    });
  }
});

Deno.test("positions that no window uses are told for each axis", () => {
  for (const made of LAYERS) {
    made.axes.forEach((axis, n) => {
      const used = new Set(meetings(made).map(({ position }) => position[n]));
      const all = Array.from({ length: axis.padded }, (_, position) => position);
      same(unused(made)[n], all.filter((position) => !used.has(position)));
    });
  }
  const strided = layer({ type: "Conv", input_size: [6], kernel_size: 3, stride: 2, padding: 1 });
  same(unused(strided), [[7]]);
});

Deno.test("an average counts padding if asked to, and never the cells beyond it", () => {
  const pool = { type: "AvgPool", input_size: [4], kernel_size: 3, padding: 1, ceil_mode: true };
  same(divisors(layer({ ...pool, stride: 2 })).data, [3, 3, 2]);
  same(divisors(layer({ ...pool, stride: 2, count_include_pad: false })).data, [2, 3, 1]);
});

Deno.test("an average of padding only is refused where padding is not counted", () => {
  const pool = layer({
    type: "AvgPool",
    input_size: [3, 1],
    kernel_size: 2,
    stride: 1,
    padding: [0, 2],
    count_include_pad: false,
  });
  const x = { shape: [3, 1], data: [1, 2, 3] };
  refused(() => apply(pool, x), RangeError, "the window of output[0, 0] sees padding only");
});

Deno.test("arrays whose shape contradicts the layer are refused", () => {
  const made = layer({ type: "Conv", input_size: [3], kernel_size: 2, groups: 2 });
  /** @param {number[]} shape */
  const ones = (...shape) => ({ shape, data: Array(shape.reduce((a, b) => a * b)).fill(1) });
  refused(() => apply(made, ones(4), ones(2)), RangeError, "x has shape (4,)");
  refused(
    () => apply(made, ones(1, 1, 2, 3), ones(2, 1, 2)),
    RangeError,
    "x has shape (1, 1, 2, 3)",
  );
  refused(() => apply(made, ones(2, 3), ones(2)), RangeError, "disagree");
  refused(
    () => apply(made, ones(2, 3), ones(2, 1, 3)),
    RangeError,
    "the kernel has shape (2, 1, 3)",
  );
  refused(
    () => apply(made, ones(2, 3), ones(3, 1, 2)),
    RangeError,
    "cannot form 2 groups",
  );
  refused(() => apply(made, ones(2, 3), ones(0, 1, 2)), RangeError, "has no weights");
  refused(() => apply(made, ones(4, 3), ones(2, 1, 2)), RangeError, "the input has 4 channels");
  refused(() => apply(made, ones(3)), TypeError, "Conv needs a kernel");
});

Deno.test("an index and its place in a row-major array lead to each other", () => {
  const shape = [2, 3, 4];
  same(
    indices(shape).map((index) => offset(index, shape)),
    Array.from({ length: 24 }, (_, n) => n),
  );
  same(indices(shape), Array.from({ length: 24 }, (_, place) => indexAt(place, shape)));
});
