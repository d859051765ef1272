import { drawable } from "../../convwidget/js/drawable.js";
import { changed, EVERYWHERE } from "../../convwidget/js/limits.js";
import { layer } from "../../convwidget/js/layers.js";
import { nearby, sentences, sharing } from "../../convwidget/js/nearby.js";
import { same, truthy } from "./assert.js";

/** @typedef {import("../../convwidget/js/layers.js").Layer} Layer */

/**
 * How many windows there are on an axis, one after another: each that fits on the padded line. In
 * ceil mode as many as cover the line, but for a last one that starts past the input.
 * @param {Layer} made
 * @param {number} n
 */
function counted(made, n) {
  const [before, after] = made.pads[n];
  const [i, k, s, d] = [made.input_size, made.kernel_size, made.stride, made.dilation]
    .map((list) => list[n]);
  const window = d * (k - 1) + 1;
  if (made.type === "ConvTranspose") {
    const cells = new Set();
    for (let cell = 0; cell < i; cell++) {
      for (let at = 0; at < window; at++) cells.add(cell * s + at);
    }
    // With a stride beyond the window there are gaps, which are cells too.
    return Math.max(...cells) + 1 + made.output_padding[n] - before - after;
  }
  const line = [];
  for (let cell = 0; cell < before; cell++) line.push("padding");
  for (let cell = 0; cell < i; cell++) {
    if (cell) { for (let zero = 1; zero < made.stretch[n]; zero++) line.push("zero"); }
    line.push("input");
  }
  for (let cell = 0; cell < after; cell++) line.push("padding");
  const kept = line.slice(Math.max(-before, 0), after < 0 ? after : undefined);
  const end = kept.length - Math.max(after, 0);
  let windows = 0;
  for (let start = 0; start + window <= kept.length; start += s) windows++;
  if (!made.ceil_mode) return windows;
  while ((windows - 1) * s + window < kept.length) windows++;
  if (windows > 1 && (windows - 1) * s >= end) windows--;
  return windows;
}

/** Layers of all kinds, from a generator that always draws the same. */
function* layers() {
  let seed = 7;
  /** @param {number} low @param {number} high */
  const draw = (low, high) => {
    seed = (seed * 48271) % 2147483647;
    return low + seed % (high - low + 1);
  };
  for (let count = 0; count < 400;) {
    const type = ["Conv", "ConvTranspose", "MaxPool", "AvgPool"][draw(0, 3)];
    const n = draw(1, 3);
    const each = (/** @type {number} */ low, /** @type {number} */ high) =>
      Array.from({ length: n }, () => draw(low, high));
    try {
      yield drawable(layer({
        type,
        input_size: each(1, 9),
        kernel_size: each(1, 4),
        stride: draw(0, 1) ? draw(1, 3) : each(1, 4),
        dilation: draw(1, 2),
        padding: [
          draw(0, 2),
          "half",
          "same",
          Array.from({ length: n }, () =>
            each(-1, 2).slice(0, 1)
              .concat(draw(-1, 2))),
        ][draw(0, 3)],
        ...(type === "ConvTranspose" && { output_padding: draw(0, 1) }),
        ...(type.endsWith("Pool") && { ceil_mode: draw(0, 1) === 1 }),
        ...(type === "Conv" && { stretch: draw(1, 2) }),
      }));
      count++;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
}

Deno.test("every size in the table is the number of windows that a slide counts", () => {
  let cells = 0;
  for (const made of layers()) {
    for (const { setting, where, cells: row } of nearby(made)) {
      for (const { wanted, output } of row) {
        if (output === null) continue;
        const moved = changed(made, [[setting, wanted]], where);
        const axis = where.axis ?? 0;
        if (counted(moved, axis) !== output) {
          throw new Error(`${JSON.stringify(made.spec)}: ${setting} = ${wanted}: ${output}`);
        }
        cells++;
      }
    }
  }
  truthy(cells > 5000, `only ${cells} cells were compared`);
});

Deno.test("the input sizes that share an output size do, and their neighbours do not", () => {
  for (const made of layers()) {
    const rows = sharing(made);
    rows.forEach(({ low, high, output, next }, n) => {
      const where = rows.length > 1 ? { axis: n, side: null } : EVERYWHERE;
      /** @param {number} size */
      const slide = (size) => {
        try {
          return counted(changed(made, [["input_size", size]], where), n);
        } catch {
          return null;
        }
      };
      truthy(
        made.input_size[n] >= low && made.input_size[n] <= high,
        "the present size is missing",
      );
      for (let size = low; size <= high; size++) same(slide(size), output);
      truthy(slide(low - 1) !== output, `${low - 1} shares it too`);
      truthy(slide(high + 1) !== output, `${high + 1} shares it too`);
      same(slide(high + 1), next);
    });
  }
});

const FIGURE_26 = { type: "Conv", input_size: 5, kernel_size: 3, stride: 2, padding: 1 };

Deno.test("the table of Figure 2.6 is what the guide's formula gives", () => {
  const rows = nearby(layer(FIGURE_26));
  same(rows.map(({ letter, name }) => [letter, name]), [
    ["i", "input"],
    ["k", "kernel"],
    ["s", "stride"],
    ["p", "padding"],
    ["d", "dilation"],
  ]);
  same(rows.map(({ cells }) => cells.map(({ output }) => output)), [
    [2, 2, 3, 3, 4],
    [4, 3, 3, 2, 2],
    [null, 5, 3, 2, 2],
    [1, 2, 3, 4, 5],
    [null, null, 3, 2, 1],
  ]);
  same(rows[0].cells.map(({ wanted }) => wanted), [3, 4, 5, 6, 7]);
});

Deno.test("what cannot be has the reason with its numbers", () => {
  const rows = nearby(layer({ type: "Conv", input_size: 3, kernel_size: 3 }));
  same(rows[2].cells[0].reason, "stride must be at least 1, but it is -1");
  same(
    rows[1].cells[3].reason,
    "the kernel (effective size 4) does not fit in the padded input (3)",
  );
  same(rows[1].cells[3].output, null);
});

Deno.test("what is too large to draw cannot be chosen", () => {
  const rows = nearby(layer({ type: "Conv", input_size: [511], kernel_size: 3 }));
  same(rows[0].cells.map(({ output }) => output), [507, 508, 509, 510, null]);
  truthy(`${rows[0].cells[4].reason}`.includes("at most 512 cells in a row, and not 513"), "why");
});

Deno.test("axes that differ have a row each, and so have sides", () => {
  const rows = nearby(layer({ ...FIGURE_26, padding: [[0, 1], [1, 1]] }));
  same(rows.map(({ name }) => name).slice(4), [
    "stride rows",
    "stride columns",
    "padding rows before",
    "padding rows after",
    "padding columns before",
    "padding columns after",
    "dilation rows",
    "dilation columns",
  ]);
  same(rows[7].where, { axis: 0, side: 1 });
  const alike = nearby(layer({ ...FIGURE_26, padding: [[0, 1], [0, 1]] }));
  same(alike.slice(3, 5).map(({ name, where }) => [name, where]), [
    ["padding before", { axis: null, side: 0 }],
    ["padding after", { axis: null, side: 1 }],
  ]);
});

Deno.test("a transposed layer has its output padding, and its sizes are primed", () => {
  const made = layer({ type: "ConvTranspose", input_size: 3, kernel_size: 3, stride: 2 });
  const rows = nearby(made);
  same(rows.map(({ letter }) => letter), ["i′", "k", "s", "p", "d", "a"]);
  same(rows[5].cells.map(({ output }) => output), [null, null, 7, 8, null]);
  same(sentences(made), ["Only i′ = 3 gives o′ = 7; i′ = 4 gives 9."]);
});

Deno.test("a stretch has a row where there is one", () => {
  const rows = nearby(layer({ type: "Conv", input_size: 3, kernel_size: 3, stretch: 2 }));
  same(rows.map(({ letter }) => letter), ["i", "k", "s", "p", "d", "t"]);
  same(rows[5].cells.map(({ output }) => output), [null, 1, 3, 5, 7]);
});

Deno.test("a sentence says which input sizes share the output size", () => {
  /** @param {Record<string, unknown>} settings */
  const said = (settings) => sentences(layer({ ...FIGURE_26, ...settings }));
  same(said({}), ["i = 5 and i = 6 both give o = 3; i = 7 gives 4."]);
  same(said({ stride: 1 }), ["Only i = 5 gives o = 5; i = 6 gives 6."]);
  same(said({ stride: 4 }), ["Every i from 5 to 8 gives o = 2; i = 9 gives 3."]);
  same(said({ input_size: [5, 8], stride: [1, 3] }), [
    "Rows: only i = 5 gives o = 5; i = 6 gives 6.",
    "Columns: every i from 7 to 9 gives o = 3; i = 10 gives 4.",
  ]);
});
