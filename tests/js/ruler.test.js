import { axis } from "../../convwidget/js/axis.js";
import { layer } from "../../convwidget/js/layers.js";
import {
  groups,
  lengths,
  meetings,
  next,
  said,
  shown,
  sizes,
} from "../../convwidget/js/views/ruler/geometry.js";
import { same, truthy } from "./assert.js";

/** @param {Record<string, unknown>} settings */
const conv = (settings) => layer({ type: "Conv", ...settings });

/**
 * What stands on a padded line, cell by cell: the number of an input cell, or null for a zero.
 * @param {{input: number, stretch?: number, before?: number, after?: number}} settings
 */
function padded({ input, stretch = 1, before = 0, after = 0 }) {
  /** @type {(number | null)[]} */
  const line = [];
  for (let cell = 0; cell < input; cell++) {
    if (cell) { for (let zero = 1; zero < stretch; zero++) line.push(null); }
    line.push(cell);
  }
  for (let n = 0; n < before; n++) line.unshift(null);
  for (let n = 0; n < after; n++) line.push(null);
  return line.slice(Math.max(0, -before), line.length - Math.max(0, -after));
}

/**
 * Every place where the window's cells come to stand: [output, window cell, input cell or null].
 * @param {{input: number, kernel: number, stride?: number, dilation?: number, stretch?: number,
 *   before?: number, after?: number}} settings
 */
function slide(settings) {
  const { kernel, stride = 1, dilation = 1 } = settings;
  const line = padded(settings);
  /** @type {[number, number, number | null][]} */
  const found = [];
  for (let output = 0;; output++) {
    const places = Array.from({ length: kernel }, (_, j) => output * stride + j * dilation);
    if (places[kernel - 1] >= line.length) return { line, found, output };
    places.forEach((place, j) => found.push([output, j, line[place]]));
  }
}

const AXES = [
  { input: 5, kernel: 3 },
  { input: 8, kernel: 3, stride: 2, before: 1, after: 1, dilation: 2 },
  { input: 6, kernel: 2, stride: 5 },
  { input: 4, kernel: 3, stretch: 3, before: 2, after: 1 },
  { input: 9, kernel: 2, stride: 3, before: -2, after: -1 },
  { input: 7, kernel: 1, stride: 3, before: 0, after: 4 },
];

for (const settings of AXES) {
  const line = axis(settings);
  const slid = slide(settings);
  const told = JSON.stringify(settings);

  Deno.test(`what lights up with a cell of ${told} is where the window slid over it`, () => {
    /** @param {readonly [number, number, ...unknown[]][]} pairs */
    const sorted = (pairs) =>
      pairs.map(([o, j]) => [o, j]).sort(([a, b], [c, d]) => a - c || b - d);
    for (let n = 0; n < slid.output; n++) {
      same(sorted(meetings(line, "output", n)), sorted(slid.found.filter(([o]) => o === n)));
    }
    for (let n = 0; n < settings.input; n++) {
      const over = slid.found.filter(([, , cell]) => cell === n);
      same(sorted(meetings(line, "input", n)), sorted(over));
    }
    for (let n = 0; n < settings.kernel; n++) {
      same(sorted(meetings(line, "kernel", n)), sorted(slid.found.filter(([, j]) => j === n)));
    }
  });

  Deno.test(`one more position of ${told} needs more cells than there are`, () => {
    const { needs, words } = next(line);
    // Lengthened cell by cell until the window slides one place further.
    let after = settings.after ?? 0;
    while (slide({ ...settings, after }).output === slid.output) after++;
    same(needs, padded({ ...settings, after }).length);
    same(words, `one more would need ${needs} cells`);
  });

  Deno.test(`the lengths of ${told} follow each other and fill the line`, () => {
    const found = lengths(conv({ input_size: [1], kernel_size: 1 }), line);
    const all = found.pop();
    same([all?.from, all?.to], [0, slid.line.length]);
    found.forEach(({ from }, n) => same(from, n ? found[n - 1].to : 0));
    same(found.at(-1)?.to, slid.line.length);
    same(found.filter(({ name }) => name === "step").length, slid.output - 1);
  });
}

Deno.test("every position has a line where there are few", () => {
  same(shown(1, []), [0]);
  same(shown(14, [3]), Array.from({ length: 14 }, (_, n) => n));
});

Deno.test("of many positions the first, the last, the lit and its neighbours have lines", () => {
  for (const lit of [0, 1, 7, 250, 504, 510, 511]) {
    const lines = shown(512, [lit]);
    same(lines.length, 14);
    for (const n of [0, 511, lit]) truthy(lines.includes(n), `${n} is not among ${lines}`);
    same(lines, [...new Set(lines)].sort((a, b) => a - b));
    const near = lines.filter((n) => Math.abs(n - lit) <= 12);
    truthy(near.length >= 12, `${lit}: ${lines}`);
  }
  const both = shown(512, [100, 400]);
  for (const n of [0, 100, 400, 511]) truthy(both.includes(n), `${n} is not among ${both}`);
  same(shown(512, Array.from({ length: 512 }, (_, n) => n)).length, 14);
});

/** @param {Record<string, unknown>} settings */
const pool = (settings) => layer({ type: "MaxPool", ceil_mode: true, ...settings });

Deno.test("in ceil mode the last position hangs over", () => {
  const over = pool({ input_size: [5], kernel_size: 2 });
  same(next(over.axes[0]), { needs: 0, words: "the last one hangs over by 1 cell" });
  same(lengths(over, over.axes[0]).map(({ from, to, name }) => [from, to, name]), [
    [0, 2, "window"],
    [2, 4, "step"],
    [4, 6, "step"],
    [5, 6, "over"],
    [0, 5, "whole"],
  ]);
});

Deno.test("in ceil mode a position that would start past the input is dropped, and told", () => {
  const dropped = pool({ input_size: [6], kernel_size: 2, stride: 3 }); // PyTorch gives 2, not 3
  same(next(dropped.axes[0]), { needs: 8, words: "one more is dropped" });
  same(
    said(dropped, 0),
    "1 cell is left over. Ceil mode drops a window that would start past the input. " +
      "i = 4 to i = 6 all give 2; i = 7 gives 3.",
  );
  const fits = pool({ input_size: [6], kernel_size: 2, stride: 2 });
  same(next(fits.axes[0]).words, "one more would need 8 cells");
});

Deno.test("many steps are one length", () => {
  const many = conv({ input_size: [100], kernel_size: 3 });
  const found = lengths(many, many.axes[0]);
  same(found.map(({ from, to }) => [from, to]), [[0, 3], [3, 100], [0, 100]]);
  same(found[1].words, "97 steps of 1 = 97");
});

Deno.test("the whole line is told in letters, and a stretched one in words", () => {
  /** @param {Record<string, unknown>} settings */
  const told = (settings) => lengths(conv(settings), conv(settings).axes[0]).pop()?.words;
  same(told({ input_size: [8], kernel_size: 3, padding: 1 }), "i + 2p = 10");
  same(told({ input_size: [8], kernel_size: 3 }), "i = 8");
  same(told({ input_size: [8], kernel_size: 3, padding: [[1, 2]] }), "i + 1 + 2 = 11");
  same(told({ input_size: [8], kernel_size: 3, padding: [[0, 2]] }), "i + 2 = 10");
  same(told({ input_size: [8], kernel_size: 3, padding: [[-1, 2]] }), "i − 1 + 2 = 9");
  const stretched = { input_size: [3], kernel_size: 3, stretch: 2 };
  same(told(stretched), "stretched to 5");
  same(told({ ...stretched, padding: 1 }), "stretched to 5, padded to 7");
  same(told({ ...stretched, padding: [[0, -1]] }), "stretched to 5, cropped to 4");
  same(sizes(conv({ ...stretched, padding: 1 }).axes[0]), "3, stretched to 5, padded to 7");
  const back = layer({ type: "ConvTranspose", input_size: [3], kernel_size: 3 });
  same(lengths(back, back.axes[0]).pop()?.words, "i′ + 2p′ = 7");
});

Deno.test("axes that are the same share a drawing", () => {
  /** @param {Record<string, unknown>} settings */
  const found = (settings) =>
    groups(conv(settings).axes).map(({ axes, heading }) => [heading, axes]);
  same(found({ input_size: [5], kernel_size: 3 }), [["", [0]]]);
  same(found({ input_size: 5, kernel_size: 3 }), [["rows and columns alike", [0, 1]]]);
  same(found({ input_size: [5, 6], kernel_size: 3 }), [["rows", [0]], ["columns", [1]]]);
  same(found({ input_size: [4, 5, 5], kernel_size: 3 }), [
    ["depth", [0]],
    ["rows and columns alike", [1, 2]],
  ]);
  same(found({ input_size: [5, 5, 5], kernel_size: 3 }), [
    ["depth, rows and columns alike", [0, 1, 2]],
  ]);
});

Deno.test("the sizes that give as many outputs are told in good grammar", () => {
  /** @param {Record<string, unknown>} settings */
  const told = (settings, type = "Conv") => said(layer({ type, ...settings }), 0);
  const strided = { kernel_size: 3, stride: 2, padding: 1, dilation: 2 };
  same(
    told({ input_size: [8], ...strided }),
    "1 cell is left over. i = 7 and i = 8 both give 3; i = 9 gives 4.",
  );
  same(told({ input_size: [5], kernel_size: 3 }), "Only i = 5 gives 3; i = 6 gives 4.");
  same(
    told({ input_size: [6], kernel_size: 2, stride: 3 }),
    "1 cell is left over. i = 5 to i = 7 all give 2; i = 8 gives 3.",
  );
  same(
    told({ input_size: [3], kernel_size: 3, stride: 2 }, "ConvTranspose"),
    "Only i′ = 3 gives 7; i′ = 4 gives 9.",
  );
  const huge = { input_size: [4], kernel_size: 3, stride: 2 ** 31 - 1 };
  same(told(huge), "1 cell is left over. Every i from 3 on gives 1.");
});

/** Along one axis of PyTorch's or TensorFlow's formula, the output's size. */
const SIZES = /** @type {[string, Record<string, unknown>, (i: number) => number][]} */ ([
  ["Conv", { kernel_size: 3, stride: 4 }, (i) => Math.floor((i - 3) / 4) + 1],
  ["Conv", { kernel_size: 4, stride: 3, padding: "same" }, (i) => Math.ceil(i / 3)],
  ["Conv", { kernel_size: 3, stride: 2, stretch: 3 }, (i) => Math.floor((3 * i - 5) / 2) + 1],
  ["MaxPool", { kernel_size: 3, stride: 2, ceil_mode: true }, (i) => Math.ceil((i - 3) / 2) + 1],
]);

for (const [type, settings, formula] of SIZES) {
  Deno.test(`the sizes that share an output of ${JSON.stringify(settings)} are all of them`, () => {
    for (let i = 4; i < 30; i++) {
      const output = formula(i);
      const all = Array.from({ length: 60 }, (_, n) => n + 3).filter((n) => formula(n) === output);
      const [first, last] = [all[0], all[all.length - 1]];
      const [low, high, more] = [
        `i = ${first} `,
        `i = ${last} `,
        `i = ${last + 1} gives ${formula(last + 1)}.`,
      ];
      const words = said(layer({ type, input_size: [i], ...settings }), 0);
      for (const part of [low, high, more]) {
        truthy(words.includes(part), `${i}: "${words}" does not say "${part}"`);
      }
    }
  });
}
