import { indexAt, zeros } from "../../convwidget/js/arrays.js";
import { connectivity, outline } from "../../convwidget/js/views/matrix/connectivity.js";
import { layout, runs, starts } from "../../convwidget/js/views/matrix/layout.js";
import { key, meaning, totals } from "../../convwidget/js/views/matrix/words.js";
import { scene } from "../../convwidget/js/scene.js";
import { apply } from "../../convwidget/js/values.js";
import { same, truthy } from "./assert.js";
import { average, conv, transposed } from "./settings.js";

/** @typedef {import("../../convwidget/js/layers.js").Spec} Spec */
/** @typedef {import("../../convwidget/js/scene.js").MapName} MapName */

/** @param {Spec} spec @param {number[]} [kernel] one dimension's weights */
const drawn = (spec, kernel) =>
  scene(spec, { fill: "random" }, kernel ? { array: kernel } : { fill: "ramp" });

/** Layers in which everything differs from axis to axis. @type {Spec[]} */
const SPECS = [
  conv([5], 3, { padding: [[2, 0]], dilation: 2 }),
  conv([4, 5], [2, 3], { stride: [2, 1], padding: [[1, 0], [2, 3]] }),
  conv([3, 2], [3, 2], { stretch: [2, 3], dilation: [1, 2] }),
  conv([6, 5], 2, { padding: [[-1, 2], [0, -2]], stride: 3 }),
  conv([2, 3, 4], [1, 2, 3], { padding: [0, 1, 1] }),
  conv([3, 4], 2, { groups: 2, in_channels: 4, out_channels: 6 }),
  transposed([3, 2], [2, 3], { stride: [3, 2], padding: 1 }),
  transposed([3], 3, { stride: 2, output_padding: 1 }),
  transposed([2, 3], [3, 2], { dilation: [1, 2], groups: 2, in_channels: 2, out_channels: 4 }),
  average([5, 4], [2, 3], { ceil_mode: true, padding: [0, 1] }),
  average([5, 4], 3, { stride: 2, padding: 1, count_include_pad: false }),
];

for (const spec of SPECS) {
  const made = drawn(spec);
  const { down, rows, columns, connections } = outline(made);
  const entries = connectivity(made);

  Deno.test(`the matrix is what single cells of the input come to: ${JSON.stringify(spec)}`, () => {
    const dense = zeros([rows, columns]).data;
    for (const { row, column, weight } of entries) dense[row * columns + column] += weight;
    made.input.data.forEach((_, cell) => {
      const unit = zeros(made.input.shape);
      unit.data[cell] = 1;
      const reached = [...apply(made.layer, unit, made.kernel ?? undefined).data];
      const line = reached.map((_, n) => {
        const [row, column] = down === "input" ? [cell, n] : [n, cell];
        return dense[row * columns + column];
      });
      same(line, reached);
    });
  });

  Deno.test(`connections are counted without being listed: ${JSON.stringify(spec)}`, () => {
    same(connections, entries.length);
    const places = new Set(entries.map(({ row, column }) => row * columns + column));
    same(places.size, entries.length);
  });

  Deno.test(`lines are in order, and weights the kernel's own: ${JSON.stringify(spec)}`, () => {
    for (const [line, other] of /** @type {const} */ ([["row", "column"], ["column", "row"]])) {
      for (let n = 0; n < Math.max(rows, columns); n++) {
        const found = entries.filter((entry) => entry[line] === n).map((entry) => entry[other]);
        same(found, found.toSorted((a, b) => a - b));
      }
    }
    for (const { kernel, weight } of entries) {
      same(kernel === null ? null : made.kernel?.data[kernel], made.kernel ? weight : null);
    }
  });
}

Deno.test("rows of the maps have gaps between them, and planes wider ones", () => {
  same(starts([4], 10, 3), [0, 10, 20, 30]);
  same(starts([2, 2], 10, 3), [0, 10, 23, 33]);
  same(starts([2, 2, 1], 10, 3), [0, 13, 29, 42]);
});

Deno.test("neighbours without a gap between them are one run", () => {
  same(runs([0, 1, 2, 3], starts([2, 2], 10, 3), 10), [[0, 20], [23, 20]]);
  same(runs([1, 3], starts([4], 10, 3), 10), [[10, 10], [30, 10]]);
  same(runs([], [0], 10), []);
});

/** @param {Spec} spec @param {number} width */
function arranged(spec, width) {
  const made = drawn(spec);
  const weights = connectivity(made).map(({ weight }) => String(weight));
  return layout(outline(made), made, weights, width);
}

/** @param {number} size */
const square = (size) => conv([size, size], 3, { padding: 1 });

Deno.test("up to forty columns have numbers, more are coloured, and very many are an image", () => {
  same(
    [6, 7, 16, 32].map((size) => {
      const { cell, font, image } = arranged(square(size), 1000);
      return [font > 0, image, cell >= 3];
    }),
    [[true, false, true], [false, false, true], [false, true, false], [false, true, false]],
  );
});

Deno.test("dense connections are an image before their cells are too small", () => {
  const dense = conv([10, 10], 9, { padding: 4 });
  same([arranged(dense, 1000).image, arranged(dense, 1000).cell >= 3], [true, true]);
});

Deno.test("a picture without numbers fits its page where its cells can be seen", () => {
  for (const width of [280, 320, 700, 1050]) {
    const { cell, image, width: needed } = arranged(square(7), width);
    truthy(image || needed <= Math.max(width, 330), `${needed} px of ${width} at ${cell}`);
  }
});

Deno.test("nothing in the picture covers anything else", () => {
  for (const spec of SPECS) {
    for (const width of [320, 1050]) {
      const { row, column, cell, ...at } = arranged(spec, width);
      const above = column.at + column.thick <= row.starts[0];
      const beside = row.at + row.thick <= column.starts[0] || row.at >= column.end;
      const apart = [row, column].every(({ starts }) =>
        starts.every((start, n) => n === 0 || start - starts[n - 1] >= cell)
      );
      const inside = Math.max(column.end, row.at + row.thick) <= at.width && row.end <= at.height;
      truthy(above && beside && apart && inside, JSON.stringify(spec));
    }
  }
});

/**
 * What is said of a cell.
 * @param {import("../../convwidget/js/scene.js").Scene} made
 * @param {MapName} map
 * @param {number} n
 * @param {boolean} back
 */
function said(made, map, n, back) {
  const { down } = outline(made);
  const along = map === "kernel" ? "kernel" : map === down ? "row" : "column";
  const met = connectivity(made).filter((entry) => entry[along] === n);
  const of = { map, index: indexAt(n, made[map]?.shape ?? []) };
  return meaning(made, { of, n, along, met }, back);
}

/**
 * Each cell says what it should: "output 5", or "input 3 backwards" where it is read down.
 * @param {import("../../convwidget/js/scene.js").Scene} made
 * @param {Record<string, string>} expected
 */
function says(made, expected) {
  for (const [name, words] of Object.entries(expected)) {
    const [map, n, back] = name.split(" ");
    same(said(made, /** @type {MapName} */ (map), Number(n), Boolean(back)), words);
  }
}

const FIGURE = conv([5, 5], 3, { stride: 2, padding: 1 });

Deno.test("an output's row says how many weights it has, and where the others fall", () => {
  const figure = drawn(FIGURE);
  says(figure, {
    "output 5":
      "Row 5 makes output[1, 2]. It has 6 weights, not 9: the other three fall on padding, " +
      "and padding has no column.",
    "output 4": "Row 4 makes output[1, 1]. It has 9 weights.",
  });
  const strip = drawn(conv([3], 2, { padding: 2 }));
  says(strip, {
    "output 0": "Row 0 makes output[0]. It is empty: the whole window falls on padding.",
    "output 1": "Row 1 makes output[1]. It has 1 weight, not 2: the other one falls on padding, " +
      "and padding has no column.",
  });
  const wide = drawn(conv([2], 4, { padding: 1, stretch: 2 }));
  says(wide, {
    "output 0":
      "Row 0 makes output[0]. It has 2 weights, not 4: the other two fall on padding and " +
      "inserted zeros, and these have no column.",
  });
});

Deno.test("the weights of an average are one over what they count", () => {
  const pool = drawn(average([4], 3, { stride: 3, ceil_mode: true }));
  says(pool, {
    "output 0": "Row 0 makes output[0]. It has 3 weights. Each is 1/3.",
    "output 1":
      "Row 1 makes output[1]. It has 1 weight, not 3: the other two fall on places beyond the " +
      "padding, and these have no column. Each is 1.",
  });
  same(totals(pool, outline(pool)), "2 × 4 = 8 places, 4 connections, nothing to learn.");
});

Deno.test("an input's column says what it feeds, and read backwards what comes back", () => {
  const strip = drawn(conv([4], 2, { stride: 2, padding: [[1, 0]] }), [3, -1]);
  says(strip, {
    "input 0": "Column 0 belongs to input[0]: it feeds one output.",
    "input 3": "Column 3 is empty: input[3] feeds no output, and changing it changes nothing.",
    "input 3 backwards": "Column 3 is empty: nothing comes back to input[3].",
    "input 0 backwards":
      "Down column 0 stands what comes back to input[0] from the gradient g of one output: −1·g[0].",
  });
  const figure = drawn(FIGURE);
  says(figure, {
    "input 8 backwards":
      "Down column 8 stands what comes back to input[1, 3] from the gradient g of four outputs: " +
      "9·g[0, 1] + 7·g[0, 2] + 3·g[1, 1] + 1·g[1, 2].",
  });
});

Deno.test("a transposed layer's columns are its outputs, and its rows are stamps", () => {
  const figure = drawn({ ...FIGURE, type: "ConvTranspose", input_size: [3, 3] });
  says(figure, {
    "output 8": "Column 8 makes output[1, 3]. Four weights in the column: four stamps on the cell.",
    "output 6": "Column 6 makes output[1, 1]. Four weights in the column: four stamps on the cell.",
    "input 4": "Row 4 is the stamp of input[1, 1]: nine cells, and they all land on the output.",
    "input 0":
      "Row 0 is the stamp of input[0, 0]: nine cells, and four of them land on the output.",
  });
  const gaps = drawn(transposed([2], 1, { stride: 2 }));
  says(gaps, {
    "output 1":
      "Column 1 makes output[1]. No weights in the column: no stamps on the cell, so it is 0.",
    "output 2": "Column 2 makes output[2]. One weight in the column: one stamp on the cell.",
    "input 0": "Row 0 is the stamp of input[0]: one cell, and it lands on the output.",
  });
});

Deno.test("a stamp has a cell for each weight and each output channel of its group", () => {
  const stamp = transposed([2, 2], 2, { stride: 2 });
  const grouped = drawn({ ...stamp, groups: 2, in_channels: 2, out_channels: 6 });
  says(grouped, {
    "input 5": "Row 5 is the stamp of input[1, 0, 1]: 12 cells, and they all land on the output.",
  });
  const cropped = drawn({ ...stamp, padding: 1 });
  says(cropped, {
    "input 0":
      "Row 0 is the stamp of input[0, 0]: four cells, and one of them lands on the output.",
  });
  says(drawn({ ...stamp, padding: 2, input_size: [3, 3] }), {
    "input 0":
      "Row 0 is the stamp of input[0, 0]: four cells, and none of them land on the output.",
  });
});

Deno.test("a sum that comes back subtracts what is negative, and is cut when it is long", () => {
  const spec = conv([9], 8, { padding: 7 });
  const strip = drawn(spec, [1, -2, 3, -4, 5, 6, 7, 8]);
  says(strip, {
    "input 0 backwards":
      "Down column 0 stands what comes back to input[0] from the gradient g of eight outputs: " +
      "8·g[0] + 7·g[1] + 6·g[2] + 5·g[3] − 4·g[4] + 3·g[5] + …",
  });
});

Deno.test("a weight says in how many places it stands", () => {
  const strip = drawn(conv([2], 3, { padding: 1, stride: 2 }));
  says(strip, {
    "kernel 0": "kernel[0] stands nowhere: it meets no cell of the input.",
    "kernel 1": "kernel[1] = 2 stands in one place.",
  });
  says(drawn(FIGURE), {
    "kernel 2": "kernel[0, 2] = 3 stands in four places: one weight, learned once.",
  });
});

Deno.test("the size is said with what there is to learn", () => {
  const figure = drawn(FIGURE);
  same(totals(figure, outline(figure)), "9 × 25 = 225 places, 49 connections, 9 weights to learn.");
  const one = drawn(conv([1], 1));
  same(totals(one, outline(one)), "1 × 1 = 1 place, 1 connection, 1 weight to learn.");
  const large = drawn(square(64));
  same(
    totals(large, outline(large)),
    "4,096 × 4,096 = 16,777,216 places, 36,100 connections, 9 weights to learn.",
  );
});

Deno.test("a zero among the weights is told from no connection", () => {
  const strip = conv([4], 2);
  const dot = "A dot is no connection";
  same(key(connectivity(drawn(strip, [1, 2])), true), `${dot}.`);
  same(
    key(connectivity(drawn(strip, [1, 0])), true),
    `${dot}; an orange 0 is a weight that happens to be 0.`,
  );
});
