import { indices } from "../../convwidget/js/arrays.js";
import { flat } from "../../convwidget/js/flat.js";
import { layer } from "../../convwidget/js/layers.js";
import { directOf, roundTrip, sizes } from "../../convwidget/js/views/transposed/roundtrip.js";
import { scene } from "../../convwidget/js/scene.js";
import { same } from "./assert.js";

/** @type {{[setting: string]: unknown}[]} */
const LAYERS = [
  { input_size: 3, kernel_size: 3, stride: 2, padding: 1 },
  { input_size: [3, 2], kernel_size: [2, 3], stride: [3, 2], padding: [[1, 0], [0, 2]] },
  { input_size: [2, 4], kernel_size: [3, 2], stride: [2, 1], padding: [[-1, 2], [1, -2]] },
  { input_size: 4, kernel_size: 3, stride: 2, padding: "same" },
  { input_size: 2, kernel_size: 2, dilation: 4, stride: 2, padding: 1, output_padding: 3 },
  { input_size: 2, kernel_size: 3, stride: 4, padding: 1, output_padding: 2 },
  { input_size: 1, kernel_size: 2, stride: 3, padding: 1, output_padding: 1 },
].map((settings) => ({ type: "ConvTranspose", ...settings }));

for (const spec of LAYERS) {
  const made = layer(/** @type {import("../../convwidget/js/layers.js").Spec} */ (spec));
  const { input_size, kernel_size, stride, dilation, pads, output_size } = made;

  Deno.test(`the sizes that ${JSON.stringify(spec)} can give back are all that come to its input`, () => {
    for (const n of [0, 1]) {
      const found = [];
      for (let size = 1; size < 40; size++) {
        const padded = size + pads[n][0] + pads[n][1];
        let windows = 0;
        const window = (kernel_size[n] - 1) * dilation[n] + 1;
        for (let start = 0; start + window <= padded; start += stride[n]) windows++;
        if (windows === input_size[n]) found.push(size);
      }
      same(sizes(made, n).map(({ size }) => size), found);
      // Each output_padding below the stride gives the size that stands beside it.
      for (const { a, size } of sizes(made, n)) {
        const output_padding = made.output_padding.map((own, axis) => axis === n ? a : own);
        const again = layer({ ...made.spec, padding: pads, output_padding });
        same(again.output_size[n], size);
      }
    }
  });

  Deno.test(`there and back with ${JSON.stringify(spec)} is Cᵀ C, connection by connection`, () => {
    const { kernel } = scene(made.spec, { fill: "random" }, { fill: "ramp" });
    if (!kernel) throw new Error("a transposed convolution has a kernel");
    const [x, there, back] = roundTrip(made, kernel);
    /** @type {number[]} */
    const sums = Array(there.data.length).fill(0);
    /** @type {number[]} */
    const returned = Array(x.data.length).fill(0);
    for (const carry of [true, false]) {
      indices(input_size).forEach((cell, i) => {
        indices(kernel_size).forEach((weight, w) => {
          const [r, c] = cell.map((at, n) => at * stride[n] + weight[n] * dilation[n] - pads[n][0]);
          if (r < 0 || c < 0 || r >= output_size[0] || c >= output_size[1]) return;
          const o = r * output_size[1] + c;
          if (carry) sums[i] += kernel.data[w] * x.data[o];
          else returned[o] += kernel.data[w] * sums[i];
        });
      });
    }
    same([...there.data], sums);
    same([...back.data], returned);
    same([x.shape, there.shape, back.shape], [output_size, input_size, output_size]);
  });
}

Deno.test("a strip, as a map of one row, has the direct convolution of the strip", () => {
  const spec = { type: "ConvTranspose", input_size: [4], kernel_size: [3], stride: 2, padding: 1 };
  const { layer: row } = flat(scene(spec, { fill: "random" }, { fill: "ramp" }));
  const direct = directOf(row);
  same([direct.input_size, direct.output_size], [[1, 7], [1, 4]]);
  same(sizes(row, 1), [{ a: 0, size: 7 }, { a: 1, size: 8 }]);
});
