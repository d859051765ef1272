import { Axis, axis, MAX_SIZE } from "../../convwidget/js/axis.js";
import { refused, same } from "./assert.js";

Deno.test("an axis has the sizes of the guide's figure 2.6", () => {
  const { stretched, padded, effectiveKernel, output, leftOver } = axis({
    input: 5,
    kernel: 3,
    stride: 2,
    before: 1,
    after: 1,
  });
  same([stretched, padded, effectiveKernel, output, leftOver], [5, 7, 3, 3, 0]);
});

Deno.test("an axis cannot be changed", () => {
  const line = axis({ input: 5, kernel: 3 });
  same(line instanceof Axis, true);
  refused(() => line.output = 7, TypeError, "output");
});

Deno.test("a window meets the real cells of its line", () => {
  const line = axis({ input: 3, kernel: 3, before: 1, after: 2, stretch: 2 });
  // The padded line: pad, 0, zero, 1, zero, 2, pad, pad.
  same(Array.from({ length: 8 }, (_, p) => line.source(p)), [
    null,
    0,
    null,
    1,
    null,
    2,
    null,
    null,
  ]);
  same(line.taps(0), [[1, 0]]);
  same(line.taps(1), [[0, 0], [2, 1]]);
  same(line.taps(5), [[0, 2]]);
});

Deno.test("a cell's windows are told from the first to the last", () => {
  const line = axis({ input: 5, kernel: 3, before: 1, after: 1 });
  same(line.reached(0), [[0, 1], [1, 0]]);
  same(line.reached(2), [[1, 2], [2, 1], [3, 0]]);
});

Deno.test("what a crop took away is in no window", () => {
  const line = axis({ input: 5, kernel: 2, before: -1, after: -2 });
  same([line.reached(0), line.reached(3), line.reached(4)], [[], [], []]);
  same(line.taps(0), [[0, 1], [1, 2]]);
});

Deno.test("in ceil mode the last window may hang over, unless it would start past the input", () => {
  const over = axis({ input: 5, kernel: 2, stride: 2, ceilMode: true });
  same([over.output, over.leftOver, over.counted(2)], [3, -1, 1]);
  const dropped = axis({ input: 5, kernel: 2, stride: 3, before: 1, after: 1, ceilMode: true });
  same(dropped.output, 2);
});

Deno.test("sizes are exact up to the bound, and refused behind it", () => {
  same(axis({ input: MAX_SIZE, kernel: 1 }).output, MAX_SIZE);
  same(axis({ input: MAX_SIZE - 1, kernel: 1, after: 1 }).padded, MAX_SIZE);
  same(axis({ input: MAX_SIZE, kernel: 2, dilation: MAX_SIZE - 1 }).output, 1);
  refused(() => axis({ input: MAX_SIZE, kernel: 1, after: 1 }), RangeError, "2147483648");
  refused(() => axis({ input: 5, kernel: 2, dilation: MAX_SIZE }), RangeError, "2147483648");
});

Deno.test("a size past the exact numbers is refused with all its digits", () => {
  const input = { input: MAX_SIZE, kernel: 1, stretch: MAX_SIZE };
  // (2³¹ − 2)(2³¹ − 1) + 1 and a padding of −1, which no number holds.
  refused(() => axis({ ...input, before: -1 }), RangeError, "4611686011984936962");
  const kernel = { input: 1, kernel: MAX_SIZE, dilation: MAX_SIZE };
  refused(() => axis(kernel), RangeError, "4611686011984936963");
  refused(() => axis({ ...input, before: 2n ** 61n + 1n }), RangeError, "2305843009213693953");
});

Deno.test("rounding never brings a size back under the bound", () => {
  // The smallest products past 2 ** 53, where numbers are rounded, with the largest crop.
  for (const stretch of [2 ** 23 + 1, 2 ** 24 + 1, 2 ** 30 + 1, MAX_SIZE]) {
    const input = Math.ceil(2 ** 53 / stretch) + 2;
    const crop = { before: -MAX_SIZE, after: -MAX_SIZE };
    refused(() => axis({ input, kernel: 1, stretch, ...crop }), RangeError, "padded input");
  }
});

Deno.test("what cannot be is refused with the numbers", () => {
  refused(
    () => axis({ input: 4, kernel: 3, dilation: 2 }),
    RangeError,
    "the kernel (effective size 5) does not fit in the padded input (4)",
  );
  refused(
    () => axis({ input: 4, kernel: 1, before: -2, after: -2 }),
    RangeError,
    "padding -2 before and -2 after crops the input (4) to nothing",
  );
  refused(() => axis({ input: 0, kernel: 1 }), RangeError, "input must be at least 1");
  refused(() => axis({ input: 4, kernel: 1.5 }), TypeError, "kernel must be an integer, not 1.5");
});
