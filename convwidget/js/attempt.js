// A predicted output size against the true one: which window shows that it is wrong. Knows no page.

import { axisNames } from "./words.js";

/** @typedef {import("./layers.js").Layer} Layer */

const ORDINALS = ["", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"];
const KINDS = new Intl.PluralRules("en", { type: "ordinal" });
/** @type {Record<string, string>} */
const ENDINGS = { one: "st", two: "nd", few: "rd", other: "th" };

/**
 * A window that a wrong prediction has too many, or leaves out: on which axis, its number counted
 * from 0, the first and last position that it needs, and how many of those there are not.
 * @typedef {{axis: number, window: number, first: number, last: number, short: number}} Witness
 */

/**
 * @param {Layer} layer
 * @param {readonly number[]} answer
 * @returns {Witness | null} null where the answer is right
 */
export function witness({ axes }, answer) {
  const axis = axes.findLastIndex(({ output }, n) => output !== answer[n]);
  if (axis < 0) return null;
  const { output, stride, effectiveKernel, padded } = axes[axis];
  // One too many, or the first that was not counted.
  const window = answer[axis] > output ? answer[axis] - 1 : Math.max(0, answer[axis]);
  const first = window * stride;
  const last = first + effectiveKernel - 1;
  return { axis, window, first, last, short: Math.max(0, last + 1 - padded) };
}

/**
 * The same in words.
 * @param {Layer} layer
 * @param {readonly number[]} answer
 */
export function verdict(layer, answer) {
  const found = witness(layer, answer);
  if (!found) return `${[...new Set(answer)].join(" × ")}. Right.`;
  const { axis, window, first, last } = found;
  const { output, padded, ceilMode } = layer.axes[axis];
  const name = axisNames(layer)[axis];
  const one = name.slice(0, -1);
  const nth = ORDINALS[window + 1] ?? `${window + 1}${ENDINGS[KINDS.select(window + 1)]}`;
  const needs = first === last
    ? `start in ${one} ${first}`
    : `start in ${one} ${first} and need ${name} ${first} to ${last}`;
  const line = layer.type === "ConvTranspose" ? "stretched, padded input" : "padded input";
  const not = `Not ${answer[axis]}${new Set(answer).size > 1 ? ` ${name}` : ""}.`;
  if (answer[axis] < output) {
    const over = last >= padded ? "; ceil mode lets it hang over" : "";
    return `${not} A ${nth} window would ${needs}, and it fits: the ${line} ends with ${one} ${
      padded - 1
    }${over} (counted from 0).`;
  }
  const dropped = ceilMode ? ", and ceil mode does not reach so far" : "";
  return `${not} A ${nth} window would ${needs}. The ${line} ends with ${one} ${
    padded - 1
  }${dropped} (counted from 0).`;
}
