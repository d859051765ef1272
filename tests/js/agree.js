// What JavaScript makes of the cases on standard input, as JSON: test_agreement.py compares it with
// what Python makes of them.

import { numbers } from "../../convwidget/js/cells.js";
import { at, layer } from "../../convwidget/js/layers.js";
import { explain, text } from "../../convwidget/js/relationships.js";
import { apply, uses } from "../../convwidget/js/values.js";

/** @typedef {import("../../convwidget/js/layers.js").Layer} Layer */

/**
 * What a call returns, or what it throws.
 * @param {() => unknown} call
 */
function outcome(call) {
  try {
    return call();
  } catch (error) {
    if (error instanceof RangeError) return { ValueError: error.message };
    if (error instanceof TypeError) return { TypeError: error.message };
    throw error;
  }
}

/** @param {Layer} layer */
function described(layer) {
  const { spec, pads, output_size, axes } = layer;
  const lines = axes.map((axis) => [
    axis.stretched,
    axis.padded,
    axis.effectiveKernel,
    axis.output,
    axis.leftOver,
  ]);
  const explained = explain(layer).map(({ number, reason, left, sides, numbers, result }) => ({
    number,
    reason,
    formula: [left, ...sides.map(text)].join(" = "),
    numbers: text(numbers),
    result,
  }));
  return { spec, pads, output_size, lines, explained };
}

/** @param {Layer} layer */
function touched(layer) {
  return layer.axes.map((axis) => ({
    taps: Array.from({ length: axis.output }, (_, o) => axis.taps(o)),
    counted: Array.from({ length: axis.output }, (_, o) => axis.counted(o)),
    reached: Array.from({ length: axis.input }, (_, cell) => axis.reached(cell)),
  }));
}

/** @param {import("../../convwidget/js/arrays.js").Result} array −∞ becomes null in JSON */
const listed = ({ shape, data }) => ({ shape, data: [...data] });

/** @param {any} question */
function answer({ spec, move, arrays, cells }) {
  if (cells) return outcome(() => listed(numbers(cells.wire, cells.shape)));
  return outcome(() => {
    const made = layer(spec);
    return {
      ...described(made),
      moved: outcome(() => described(at(made, move))),
      ...(arrays && {
        touched: touched(made),
        uses: listed(uses(made)),
        output: outcome(() => listed(apply(made, arrays.x, arrays.kernel))),
      }),
    };
  });
}

const questions = await new Response(Deno.stdin.readable).json();
console.log(JSON.stringify(questions.map(answer)));
