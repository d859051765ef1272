import { layer } from "../../convwidget/js/layers.js";
import { explain, text } from "../../convwidget/js/relationships.js";
import { same } from "./assert.js";

/** @param {Record<string, unknown> & {type: string}} spec */
const first = (spec) => explain(layer({ input_size: [5], kernel_size: 3, ...spec }))[0];

Deno.test("an explanation has the guide's formula and the layer's numbers", () => {
  const { number, reason, left, sides, numbers, result } = first({
    type: "Conv",
    stride: 2,
    padding: 1,
  });
  same([number, reason, left, result], [6, null, "o", 3]);
  same(sides.map(text), ["⌊(i + 2p − k)/s⌋ + 1"]);
  same(text(numbers), "⌊(5 + 2·1 − 3)/2⌋ + 1");
});

Deno.test("a number that was put in remembers its letter, for its colour", () => {
  same(first({ type: "Conv", padding: 1, kernel_size: 4 }).numbers, [
    { group: [{ letter: "i", value: 5 }, "−", { letter: "k", value: 4 }] },
    "+",
    { times: ["2", "·", { letter: "p", value: 1 }] },
    "+",
    "1",
  ]);
});

Deno.test("where the guide has no relationship, the general formula stands with the reason", () => {
  const cropped = first({ type: "ConvTranspose", padding: [[-1, 0]] });
  same([cropped.number, cropped.reason], [null, "padding crops the input"]);
  same(text(cropped.numbers), "1·(5 − 1) + 0 + 3 − (−1)");
  same(cropped.result, 8);
  const over = first({ type: "MaxPool", kernel_size: 2, ceil_mode: true });
  same([over.number, text(over.numbers), over.result], [null, "⌈(5 − 2)/2⌉ + 1", 3]);
});

Deno.test("each axis has its own explanation", () => {
  const mixed = layer({ type: "Conv", input_size: [5, 5], kernel_size: 3, stride: [1, 2] });
  same(explain(mixed).map(({ number }) => number), [1, 5]);
});
