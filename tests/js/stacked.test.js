import { scene } from "../../convwidget/js/scene.js";
import { joined, planes } from "../../convwidget/js/views/stacked/geometry.js";
import { same, truthy } from "./assert.js";

/** @typedef {import("../../convwidget/js/scene.js").Scene} Scene */

/** @param {Record<string, unknown>} settings */
const made = (settings) =>
  scene({ type: "Conv", ...settings }, { fill: "random" }, { fill: "ramp" });

const LAYERS = [
  { input_size: 5, kernel_size: 3, stride: 2, padding: 1 },
  { input_size: 5, kernel_size: 3, padding: 2 },
  { input_size: [6, 7], kernel_size: [2, 3], dilation: [2, 1], padding: [[1, 2], [0, 3]] },
  { input_size: 7, kernel_size: 3, padding: [[-1, 2], [0, -2]] },
  { input_size: 7, kernel_size: 2, stride: 3 },
  { input_size: [40, 3], kernel_size: 3 },
  { input_size: [1, 9], kernel_size: [1, 3] },
  { input_size: 32, kernel_size: 3, padding: 1 },
  { input_size: 100, kernel_size: 11 },
  { type: "ConvTranspose", input_size: 3, kernel_size: 3, stride: 2, padding: 1 },
  { type: "ConvTranspose", input_size: [2, 3], kernel_size: [3, 2], stride: [3, 2] },
  { type: "ConvTranspose", input_size: 2, kernel_size: 3, stride: 4, dilation: 2 },
  { type: "MaxPool", input_size: [5, 6], kernel_size: 3, stride: 3, ceil_mode: true },
  { type: "AvgPool", input_size: 6, kernel_size: 2 },
];

for (const settings of LAYERS) {
  Deno.test(`the planes of ${JSON.stringify(settings)} stand in the picture and hide nothing`, () => {
    const drawn = made(settings);
    const { axes } = drawn.layer;
    for (const width of [280, 360, 700, 1050]) {
      const { boxes, input, output } = planes(drawn, width);
      const line = axes.map((axis) => Math.max(axis.padded, axis.padded - axis.leftOver));
      same([boxes.input.rows, boxes.input.columns], line);
      const low = corners(input.at, line);
      const high = corners(output.at, drawn.layer.output_size);
      for (const [x, y] of [...low, ...high]) {
        truthy(x >= 0 && x <= width && y >= 0 && y < 900, `${width}: a corner at ${x}, ${y}`);
      }
      truthy(apart(low, high), `${width}: the output covers a part of the input`);
      const { kernel } = boxes;
      if (!kernel) continue;
      const [wide, tall] = [kernel.columns, kernel.rows].map((count) => count * kernel.cell);
      const flat = [[0, 0], [wide, 0], [wide, tall], [0, tall]].map((
        [x, y],
      ) => [x + kernel.x, y + kernel.y]);
      truthy(apart(flat, high), `${width}: the kernel stands on the output`);
      truthy(apart(flat, low), `${width}: the kernel stands on the input`);
    }
  });
}

for (const settings of LAYERS.filter(({ input_size }) => Math.max(...[input_size].flat()) < 10)) {
  Deno.test(`lines of ${JSON.stringify(settings)} join the cells that a sliding window joins`, () => {
    const drawn = made(settings);
    const meetings = slide(drawn.layer);
    const { layer } = drawn;
    for (let row = 0; row < layer.input_size[0]; row++) {
      for (let column = 0; column < layer.input_size[1]; column++) {
        const found = joined(drawn, { map: "input", index: [row, column] });
        const at = `${place(layer, [row, column])}`;
        same(
          found.map(written).sort(),
          meetings.filter(({ position }) => `${position}` === at).map(written).sort(),
        );
      }
    }
    for (let row = 0; row < layer.kernel_size[0]; row++) {
      for (let column = 0; column < layer.kernel_size[1]; column++) {
        const found = joined(drawn, { map: "kernel", index: [row, column] });
        same(
          found.map(written).sort(),
          meetings.filter(({ tap }) => `${tap}` === `${[row, column]}`).map(written).sort(),
        );
      }
    }
  });
}

Deno.test("of very many lines only those to the outermost cells are drawn", () => {
  const drawn = made({ input_size: 40, kernel_size: 5, padding: 2 });
  const outputs = joined(drawn, { map: "kernel", index: [0, 4] }).map(({ output }) => output);
  same(outputs, [[0, 0], [0, 39], [39, 0], [39, 39]]);
});

Deno.test("numbers stand in cells that have room for them, and large maps are images", () => {
  const small = planes(made({ input_size: 5, kernel_size: 3 }), 700).boxes;
  truthy(small.input.numbers > 9 && small.output.numbers > 9, "5 by 5 has its numbers");
  const large = planes(made({ input_size: [2, 48], kernel_size: 2 }), 1050).boxes;
  truthy(large.input.image && !large.input.numbers, "2 by 48 is an image");
});

/** @param {{position: number[], output: number[]}} pair */
const written = ({ position, output }) => `${position} to ${output}`;

/**
 * The position of an input cell, from the settings alone.
 * @param {import("../../convwidget/js/layers.js").Layer} layer
 * @param {number[]} index
 */
function place(layer, index) {
  return index.map((cell, n) => {
    if (layer.type !== "ConvTranspose") return layer.pads[n][0] + cell;
    const reach = layer.dilation[n] * (layer.kernel_size[n] - 1);
    return reach - layer.pads[n][0] + cell * layer.stride[n];
  });
}

/**
 * Every meeting of a kernel cell with a place of the line, by sliding; a transposed layer's kernel
 * turned, at stride 1.
 * @param {import("../../convwidget/js/layers.js").Layer} layer
 */
function slide({ type, output_size, kernel_size, stride, dilation }) {
  const back = type === "ConvTranspose";
  const found = [];
  for (let a = 0; a < output_size[0]; a++) {
    for (let b = 0; b < output_size[1]; b++) {
      for (let j = 0; j < kernel_size[0]; j++) {
        for (let k = 0; k < kernel_size[1]; k++) {
          const position = [[a, j], [b, k]].map(([o, tap], n) =>
            o * (back ? 1 : stride[n]) + tap * dilation[n]
          );
          const tap = back ? [kernel_size[0] - 1 - j, kernel_size[1] - 1 - k] : [j, k];
          found.push({ position, output: [a, b], tap });
        }
      }
    }
  }
  return found;
}

/**
 * @param {(place: number[]) => number[]} at
 * @param {readonly number[]} size
 */
const corners = (at, [rows, columns]) =>
  [[0, 0], [0, columns], [rows, columns], [rows, 0]].map((corner) => at(corner));

/**
 * Whether two convex outlines share no area: some edge has each on its own side.
 * @param {number[][]} one
 * @param {number[][]} other
 */
function apart(one, other) {
  return [one, other].some((outline) =>
    outline.some(([x, y], n) => {
      const [nextX, nextY] = outline[(n + 1) % 4];
      /** @param {number[]} point */
      const side = ([a, b]) => (nextX - x) * (b - y) - (nextY - y) * (a - x);
      const [first, second] = [one.map(side), other.map(side)];
      return Math.max(...first) <= Math.min(...second) + 1e-6 ||
        Math.max(...second) <= Math.min(...first) + 1e-6;
    })
  );
}
