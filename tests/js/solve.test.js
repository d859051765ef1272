import { layer } from "../../convwidget/js/layers.js";
import { solve } from "../../convwidget/js/solve.js";
import { same, truthy } from "./assert.js";

/** @typedef {import("../../convwidget/js/layers.js").Spec} Spec */

/**
 * The settings that are proposed.
 * @param {Spec} spec
 * @param {number[]} wanted
 * @param {number} [most]
 */
const proposed = (spec, wanted, most) =>
  solve(layer(spec), wanted, most).map(({ settings }) => settings);

const FIVE = { type: "Conv", input_size: 5, kernel_size: 3, padding: 1 };

Deno.test("what changes least is proposed first, and only what changes is named", () => {
  same(proposed(FIVE, [3, 3], 4), [
    { padding: [[0, 0], [0, 0]] },
    { stride: [2, 2] },
    { kernel_size: [5, 5] },
    { kernel_size: [2, 2], stride: [2, 2] },
  ]);
});

Deno.test("a layer is not proposed to itself", () => {
  const found = proposed(FIVE, [5, 5]);
  truthy(found.length > 0, "there are other settings for 5");
  truthy(found.every((settings) => Object.keys(settings).length > 0), "one changes nothing");
});

Deno.test("at most eight are proposed, each with the wanted size and nothing else changed", () => {
  const near = layer({ ...FIVE, dilation: 2, padding: 2, in_channels: 2, out_channels: 3 });
  const found = solve(near, [4, 4]);
  same(found.length, 8);
  for (const { settings, layer: made } of found) {
    same(made.output_size, [4, 4]);
    same(made, layer({ ...near.spec, ...settings }));
    const names = ["kernel_size", "stride", "padding"];
    truthy(Object.keys(settings).every((name) => names.includes(name)), JSON.stringify(settings));
  }
});

Deno.test("a transposed layer may also take output padding", () => {
  const transposed = {
    type: "ConvTranspose",
    input_size: 3,
    kernel_size: 3,
    stride: 2,
    padding: 1,
  };
  same(proposed(transposed, [6, 6], 3), [
    { output_padding: [1, 1] },
    { kernel_size: [4, 4] },
    { kernel_size: [2, 2], padding: [[0, 0], [0, 0]] },
  ]);
});

Deno.test("a named padding stays where it can", () => {
  const [without, strided] = proposed({ ...FIVE, padding: "same" }, [3, 3], 2);
  same([without, strided], [{ padding: [[0, 0], [0, 0]] }, { stride: [2, 2] }]);
  const doubled = { type: "ConvTranspose", input_size: 3, kernel_size: 3, padding: "same" };
  same(proposed({ ...doubled, stride: 2 }, [9, 9], 1), [{ stride: [3, 3] }]);
});

Deno.test("each axis takes its own settings where none do for all", () => {
  same(proposed({ ...FIVE, padding: 0 }, [3, 2], 2), [{ stride: [1, 2] }, { kernel_size: [3, 4] }]);
});

Deno.test("the same change on all axes is one, and an axis that needs none is left alone", () => {
  same(proposed({ ...FIVE, input_size: [5, 9] }, [3, 5], 1), [{ stride: [2, 2] }]);
  const doubled = {
    type: "ConvTranspose",
    input_size: [3, 4],
    kernel_size: 3,
    stride: 2,
    padding: 1,
  };
  same(proposed(doubled, [5, 8], 1), [{ output_padding: [0, 1] }]);
});

Deno.test("what is too large to draw is not proposed", () => {
  const wide = { type: "ConvTranspose", input_size: 200, kernel_size: 2, stride: 2 };
  truthy(solve(layer(wide), [401, 401]).length > 0, "401 can be drawn");
  same(solve(layer(wide), [600, 600]), []);
});

Deno.test("a size that nothing reaches has no proposals", () => {
  same(solve(layer(FIVE), [100, 100]), []);
});
