// The same vectors that Python is held against; their numbers come from a brute-force slide.

import { layer } from "../../convwidget/js/layers.js";
import { apply } from "../../convwidget/js/values.js";
import json from "../vectors/vectors.json" with { type: "json" };
import { refused, same } from "./assert.js";

/** @type {{layers: any[], sizes: any[], refused: any[]}} */
const vectors = json;

/** @param {any} nested numbers in lists in lists */
function array(nested) {
  const shape = [];
  for (let part = nested; Array.isArray(part); part = part[0]) shape.push(part.length);
  return { shape, data: nested.flat(shape.length) };
}

/**
 * The output that a vector states: averages are [sum, divisor], −∞ is null.
 * @param {any} vector
 */
function stated({ spec, output }) {
  const { shape, data } = array(output);
  if (spec.type !== "AvgPool") {
    return { shape, data: data.map((/** @type {number | null} */ n) => n ?? -Infinity) };
  }
  const pairs = output.flat(shape.length - 2);
  const means = pairs.map((/** @type {number[]} */ [sum, divisor]) => sum / divisor);
  return { shape: shape.slice(0, -1), data: means };
}

for (const vector of vectors.layers) {
  Deno.test(`a layer computes what sliding computes: ${JSON.stringify(vector.spec)}`, () => {
    const made = layer(vector.spec);
    same(made.output_size, vector.output_size);
    same(made.pads, vector.pads);
    same(made.axes.map((axis) => axis.leftOver), vector.left_over);
    same(
      made.axes.map((axis) => Array.from({ length: axis.output }, (_, o) => axis.taps(o))),
      vector.taps,
    );
    const kernel = vector.kernel && array(vector.kernel);
    same(apply(made, array(vector.x), kernel), stated(vector));
  });
}

for (const { spec, output_size } of vectors.sizes) {
  Deno.test(`sizes are exact up to the bound: ${JSON.stringify(spec)}`, () => {
    same(layer(spec).output_size, output_size);
  });
}

for (const { spec, error, says } of vectors.refused) {
  Deno.test(`what cannot be is refused with the numbers: ${JSON.stringify(spec)}`, () => {
    const message = refused(() => layer(spec), error === "type" ? TypeError : RangeError, "");
    const said = new Set(message.match(/-?\d+/g));
    same(says.filter((/** @type {string} */ number) => !said.has(number)), []);
  });
}
