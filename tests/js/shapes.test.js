import { drawable, short } from "../../convwidget/js/drawable.js";
import { layer } from "../../convwidget/js/layers.js";
import { shapes } from "../../convwidget/js/shapes.js";
import { apply } from "../../convwidget/js/values.js";
import { zeros } from "../../convwidget/js/arrays.js";
import { refused, same } from "./assert.js";

/** @typedef {import("../../convwidget/js/layers.js").Spec} Spec */

/**
 * @param {string} type
 * @param {unknown} input_size
 * @param {unknown} kernel_size
 * @param {Record<string, unknown>} [more]
 * @returns {Spec}
 */
const spec = (type, input_size, kernel_size, more) => ({ type, input_size, kernel_size, ...more });

Deno.test("a layer takes arrays of its shapes and gives one", () => {
  for (
    const each of [
      spec("Conv", 5, 3),
      spec("Conv", [5], 3, { in_channels: 2 }),
      spec("Conv", 5, [3, 2], { out_channels: 3 }),
      spec("Conv", [4, 5, 6], 2, { groups: 2 }),
      spec("Conv", 5, 3, { groups: 2, in_channels: 4, out_channels: 6 }),
      spec("ConvTranspose", 3, 2, { stride: 2, in_channels: 2, out_channels: 3 }),
      spec("ConvTranspose", [3], 2, { groups: 3, out_channels: 6 }),
      spec("MaxPool", 5, 3),
      spec("AvgPool", [4, 4, 4], 2),
    ]
  ) {
    const made = layer(each);
    const { input, kernel, output } = shapes(made);
    same(apply(made, zeros(input), kernel ? zeros(kernel) : undefined).shape, output);
  }
});

Deno.test("what is not stated is one channel for each group, and a pool has no kernel", () => {
  same(shapes(layer(spec("Conv", 5, 3))).kernel, [3, 3]);
  same(shapes(layer(spec("Conv", 5, 3, { in_channels: 2 }))).kernel, [1, 2, 3, 3]);
  same(shapes(layer(spec("Conv", 5, 3, { out_channels: 2 }))).input, [1, 5, 5]);
  same(shapes(layer(spec("Conv", 5, 3, { groups: 2 }))).kernel, [2, 1, 3, 3]);
  const transposed = spec("ConvTranspose", 5, 3, { groups: 2, in_channels: 4 });
  same(shapes(layer(transposed)).kernel, [4, 1, 3, 3]);
  same(shapes(layer(spec("MaxPool", 5, 3))).kernel, null);
});

Deno.test("what cannot be drawn is refused with the numbers", () => {
  /** @type {[Spec, string][]} */
  const cases = [
    [spec("Conv", [4, 4, 4, 4], 2), "at most 3 dimensions, and not 4"],
    [spec("Conv", 500, 3, { padding: 10 }), "at most 512 cells in a row, and not 520"],
    [spec("ConvTranspose", 200, 3, { stride: 3 }), "at most 512 cells in a row, and not 602"],
    [spec("Conv", 4, 2, { in_channels: 17 }), "at most 16 maps of the input, and not 17"],
    [spec("Conv", [9, 4, 4], 2, { in_channels: 2 }), "at most 16 maps of the input, and not 18"],
    [spec("Conv", [4], 2, { groups: 17 }), "at most 16 maps of the input, and not 17"],
    [spec("Conv", 4, 2, { out_channels: 17 }), "at most 16 maps of the output, and not 17"],
    [
      spec("ConvTranspose", [8, 2, 2], 3, { stride: 2 }),
      "at most 16 maps of the output, and not 17",
    ],
  ];
  for (const [each, message] of cases) {
    refused(() => short(layer(each)), RangeError, `the widget draws ${message}`);
    refused(() => drawable(layer(each)), RangeError, `the widget draws ${message}`);
  }
});

Deno.test("what cannot be computed is refused with the numbers", () => {
  /** @type {[Spec, string][]} */
  const cases = [
    [spec("Conv", 512, 50), "at most 16777216 products, and not 535922500"],
    [
      spec("Conv", 512, 3, { in_channels: 4, out_channels: 4, groups: 2 }),
      "at most 16777216 products, and not 18727200",
    ],
    [
      spec("AvgPool", 5, 1, { padding: 1, count_include_pad: false }),
      "the window of output[0, 0] sees padding only",
    ],
  ];
  for (const [each, message] of cases) {
    short(layer(each));
    refused(() => drawable(layer(each)), RangeError, message);
  }
});

Deno.test("the largest that can be drawn is taken", () => {
  for (
    const each of [
      spec("Conv", [16, 4, 4], 1),
      spec("Conv", [8, 4, 4], 1, { in_channels: 2, out_channels: 2 }),
      spec("Conv", [512], 3, { in_channels: 16, out_channels: 16 }),
      spec("ConvTranspose", 170, 3, { stride: 3 }),
      spec("AvgPool", 5, 2, { padding: 1, count_include_pad: false }),
    ]
  ) drawable(layer(each));
});
