// What becomes of the output size when one setting moves a little. Knows no page.

import { changed, EVERYWHERE, value } from "./limits.js";
import { axisNames, capital, letters } from "./words.js";

/** @typedef {import("./layers.js").Layer} Layer */
/** @typedef {import("./limits.js").Setting} Setting */
/** @typedef {import("./limits.js").Where} Where */

/**
 * A number near the present one, and the output size that it gives; null with the reason where it
 * cannot be.
 * @typedef {{by: number, wanted: number, output: number | null, reason: string | null}} Near
 */

/** @typedef {{setting: Setting, letter: string, name: string, where: Where, cells: Near[]}} Row */

export const STEPS = [-2, -1, 0, 1, 2];

/** @type {Record<Setting, string>} */
const NAMES = {
  input_size: "input",
  kernel_size: "kernel",
  stride: "stride",
  padding: "padding",
  dilation: "dilation",
  stretch: "stretch",
  output_padding: "output padding",
};

/**
 * The settings that move the size: stretch only where there is some, for few will look for it.
 * @param {Layer} layer
 * @returns {Setting[]}
 */
const settingsOf = ({ type, stretch }) => [
  "input_size",
  "kernel_size",
  "stride",
  "padding",
  "dilation",
  .../** @type {Setting[]} */ (stretch.some((t) => t > 1) ? ["stretch"] : []),
  .../** @type {Setting[]} */ (type === "ConvTranspose" ? ["output_padding"] : []),
];

/**
 * A row for each setting; one per axis where axes differ, and per side where padding does.
 * @param {Layer} layer
 * @returns {Row[]}
 */
export function nearby(layer) {
  return settingsOf(layer).flatMap((setting) => {
    return places(layer, setting).map(({ where, of }) => ({
      setting,
      letter: letters(layer)[setting],
      name: [NAMES[setting], ...of].join(" "),
      where,
      cells: STEPS.map((by) => {
        const wanted = value(layer, setting, where) + by;
        return { by, wanted, ...outcome(layer, setting, wanted, where) };
      }),
    }));
  });
}

/**
 * Which input sizes give the same output size, and what the next larger one gives; on each axis
 * where axes differ.
 * @param {Layer} layer
 */
export function sharing(layer) {
  return places(layer, "input_size").map(({ where, of }) => {
    const now = value(layer, "input_size", where);
    /** @param {number} size */
    const output = (size) => outcome(layer, "input_size", size, where).output;
    const same = output(now);
    let [low, high] = [now, now];
    while (same !== null && output(low - 1) === same) low--;
    while (same !== null && output(high + 1) === same) high++;
    return { of: of.join(" "), low, high, output: same, next: output(high + 1) };
  });
}

/**
 * The same as sentences.
 * @param {Layer} layer
 */
export function sentences(layer) {
  const { input_size: i, output: o } = letters(layer);
  return sharing(layer).map(({ of, low, high, output, next }) => {
    const [only, every] = of ? ["only", "every"] : ["Only", "Every"];
    const gives = high === low
      ? `${only} ${i} = ${low} gives`
      : high === low + 1
      ? `${i} = ${low} and ${i} = ${high} both give`
      : `${every} ${i} from ${low} to ${high} gives`;
    const place = of && `${capital(of)}: `;
    const then = next === null ? "" : `; ${i} = ${high + 1} gives ${next}`;
    return `${place}${gives} ${o} = ${output}${then}.`;
  });
}

/**
 * Where a setting is meant: everywhere, or on each axis and side of its own.
 * @param {Layer} layer
 * @param {Setting} setting
 * @returns {{where: Where, of: string[]}[]}
 */
function places(layer, setting) {
  const { input_size, kernel_size, stride, dilation, stretch, output_padding, pads } = layer;
  /** @type {unknown[][]} */
  const lists = [input_size, kernel_size, stride, dilation, stretch, output_padding];
  const alike = [...lists, pads.map(String)].every((values) => new Set(values).size === 1);
  const axes = alike
    ? [{ where: EVERYWHERE, of: /** @type {string[]} */ ([]) }]
    : layer.axes.map((_, axis) => ({
      where: { axis, side: null },
      of: [axisNames(layer)[axis]],
    }));
  if (setting !== "padding" || pads.every(([before, after]) => before === after)) return axes;
  return axes.flatMap(({ where, of }) =>
    (/** @type {const} */ ([0, 1])).map((side) => ({
      where: { ...where, side },
      of: [...of, side ? "after" : "before"],
    }))
  );
}

/**
 * @param {Layer} layer
 * @param {Setting} setting
 * @param {number} wanted
 * @param {Where} where
 */
function outcome(layer, setting, wanted, where) {
  try {
    const made = changed(layer, [[setting, wanted]], where);
    return { output: made.output_size[where.axis ?? 0], reason: null };
  } catch (error) {
    return { output: null, reason: error instanceof Error ? error.message : String(error) };
  }
}
