import { at, change, layer } from "../../convwidget/js/layers.js";
import { refused, same } from "./assert.js";

Deno.test("integers count for both axes, and a list says how many there are", () => {
  same(layer({ type: "Conv", input_size: 5, kernel_size: 3 }).output_size, [3, 3]);
  same(layer({ type: "Conv", input_size: [5], kernel_size: 3 }).output_size, [3]);
  same(layer({ type: "Conv", input_size: 5, kernel_size: [1, 2, 3] }).output_size, [5, 4, 3]);
});

Deno.test("every way to write padding comes to pairs", () => {
  /** @param {unknown} padding */
  const pads = (padding) => layer({ type: "Conv", input_size: 6, kernel_size: 3, padding }).pads;
  same(pads(1), [[1, 1], [1, 1]]);
  same(pads([1, 2]), [[1, 1], [2, 2]]);
  same(pads([[1, 2], [0, -1]]), [[1, 2], [0, -1]]);
  same(pads([[1, 2], 3]), [[1, 2], [3, 3]]);
  same(pads("full"), [[2, 2], [2, 2]]);
});

Deno.test("a layer's spec is its wire form, and builds it again", () => {
  const made = layer({ type: "Conv", input_size: 5, kernel_size: 3, padding: "half", stride: 2 });
  same(made.spec, {
    type: "Conv",
    input_size: [5, 5],
    kernel_size: [3, 3],
    stride: [2, 2],
    padding: "half",
    dilation: [1, 1],
    stretch: [1, 1],
    groups: 1,
    in_channels: null,
    out_channels: null,
  });
  same(layer(made.spec), made);
  const pool = layer({ type: "AvgPool", input_size: [6], kernel_size: 2 });
  same(pool.spec, {
    type: "AvgPool",
    input_size: [6],
    kernel_size: [2],
    stride: [2],
    padding: [[0, 0]],
    dilation: [1],
    ceil_mode: false,
    count_include_pad: true,
  });
});

Deno.test("a layer cannot be changed, and neither can what it holds", () => {
  const made = layer({ type: "Conv", input_size: 5, kernel_size: 3 });
  refused(() => made.pads[0][0] = 7, TypeError, "read only");
  refused(() => made.input_size.push(7), TypeError, "not extensible");
});

Deno.test("a change gives another layer, or throws what cannot be", () => {
  const made = layer({ type: "Conv", input_size: 5, kernel_size: 3 });
  same(change(made, { stride: 2, padding: 1 }).output_size, [3, 3]);
  same(made.output_size, [3, 3]);
  same(made.stride, [1, 1]);
  refused(() => change(made, { kernel_size: 6 }), RangeError, "does not fit");
});

Deno.test("on another input size a named padding is worked out anew", () => {
  const same5 = layer({ type: "Conv", input_size: 5, kernel_size: 3, stride: 2, padding: "same" });
  same(at(same5, 6).pads, [[0, 1], [0, 1]]);
  refused(() => at(same5, [6]), RangeError, "input_size has 1 entries, but there are 2 axes");
});

Deno.test("a pool's stride is its kernel's size unless it is given", () => {
  const pool = { type: "MaxPool", input_size: 6, kernel_size: [2, 3] };
  same(layer(pool).stride, [2, 3]);
  same(layer({ ...pool, stride: null }).stride, [2, 3]);
  same(layer({ ...pool, stride: 1 }).stride, [1, 1]);
});

Deno.test("a transposed layer's axes are those of its equivalent convolution", () => {
  const made = layer({
    type: "ConvTranspose",
    input_size: [3],
    kernel_size: 3,
    stride: 2,
    padding: 1,
    output_padding: 1,
  });
  const [{ stretch, before, after, padded, output }] = made.axes;
  same([stretch, before, after, padded, output], [2, 1, 2, 8, 6]);
});

Deno.test("a refusal says which axis, where they differ", () => {
  refused(
    () => layer({ type: "Conv", input_size: [5, 4], kernel_size: 5 }),
    RangeError,
    "the kernel (effective size 5) does not fit in the padded input (4), on axis 1",
  );
  refused(
    () => layer({ type: "Conv", input_size: 4, kernel_size: 5 }),
    RangeError,
    "does not fit in the padded input (4)",
  );
});

Deno.test("an unknown layer or setting is refused by its name", () => {
  refused(() => layer({ type: "Dense" }), RangeError, "'Dense' is no type of layer: Conv, ");
  refused(() => layer({ type: "toString" }), RangeError, "'toString' is no type of layer");
  const pool = { type: "MaxPool", input_size: 4, kernel_size: 2 };
  refused(() => layer({ ...pool, groups: 2 }), TypeError, "MaxPool has no setting groups");
  refused(
    () => layer({ type: "Conv", kernel_size: 3 }),
    TypeError,
    "input_size must be an integer",
  );
});
