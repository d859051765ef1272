// How far each setting reaches, and what would do where one cannot be. Knows no page.

import { CELLS_IN_A_ROW, drawable, short } from "./drawable.js";
import { change } from "./layers.js";

/** @typedef {import("./layers.js").Layer} Layer */
/** @typedef {"input_size" | "kernel_size" | "stride" | "padding" | "dilation" | "stretch" |
 *   "output_padding"} Setting */

/**
 * On which axes a setting is meant, and for padding on which side: null stands for all.
 * @typedef {{axis: number | null, side: 0 | 1 | null}} Where
 */

/** @type {Where} */
export const EVERYWHERE = { axis: null, side: null };

/** The guide's letter of each setting. */
export const LETTERS = /** @type {const} */ ({
  input_size: "i",
  kernel_size: "k",
  stride: "s",
  padding: "p",
  dilation: "d",
  stretch: "t",
  output_padding: "a",
});

/** @type {Record<Setting, [number, number]>} */
const RANGES = {
  input_size: [1, 16],
  kernel_size: [1, 8],
  stride: [1, 6],
  padding: [0, 6],
  dilation: [1, 4],
  stretch: [1, 4],
  output_padding: [0, 5],
};

/**
 * A slider's range: fixed, but wide enough for the layer that it began with.
 * @param {Layer} initial
 * @param {Setting} setting
 * @returns {[number, number]}
 */
export function range(initial, setting) {
  let [least, most] = RANGES[setting];
  const values = setting === "padding" ? initial.pads.flat() : initial[setting];
  while (Math.max(...values) > most && most < CELLS_IN_A_ROW) most *= 2;
  return [Math.min(least, ...values), most];
}

/**
 * A setting where it is meant; on the first axis and side where it is meant on all.
 * @param {Layer} layer
 * @param {Setting} setting
 * @param {Where} where
 */
export function value(layer, setting, { axis, side }) {
  return setting === "padding" ? layer.pads[axis ?? 0][side ?? 0] : layer[setting][axis ?? 0];
}

/**
 * A layer with some settings changed; throws what cannot be.
 * @param {Layer} layer
 * @param {[Setting, number][]} settings
 * @param {Where} where
 */
function altered(layer, settings, { axis, side }) {
  const changes = settings.map(([setting, to]) => {
    if (setting !== "padding") {
      return [setting, layer[setting].map((old, n) => axis === null || axis === n ? to : old)];
    }
    const pads = layer.pads.map((pair, n) =>
      axis === null || axis === n
        ? pair.map((old, at) => side === null || side === at ? to : old)
        : pair
    );
    return [setting, pads];
  });
  return change(layer, Object.fromEntries(changes));
}

/**
 * A layer with some settings changed; throws what cannot be, or cannot be shown.
 * @param {Layer} layer
 * @param {[Setting, number][]} settings
 * @param {Where} where
 */
export function changed(layer, settings, where) {
  return drawable(altered(layer, settings, where));
}

/**
 * Why a change cannot be, or null where it can. What is only too dear to compute does not count
 * here: that comes and goes along a range, while all else ends it.
 * @param {Layer} layer
 * @param {[Setting, number][]} settings
 * @param {Where} where
 * @returns {string | null}
 */
function objection(layer, settings, where) {
  try {
    short(altered(layer, settings, where));
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * The last number, going from one that can be towards an end, for which a setting still can be.
 * @param {number} from
 * @param {number} end
 * @param {(to: number) => boolean} can
 */
function last(from, end, can) {
  if (can(end)) return end; // as it mostly is
  let [good, bad] = [from, end];
  while (Math.abs(bad - good) > 1) {
    const middle = good + Math.trunc((bad - good) / 2);
    if (can(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

/**
 * How far a setting reaches now within its range, and why it stops there: it is one piece, for a
 * window that fits still fits with less kernel or dilation, and with more input or padding.
 * @param {Layer} layer
 * @param {Setting} setting
 * @param {[number, number]} range
 * @param {Where} where
 */
export function reach(layer, setting, [least, most], where) {
  const now = Math.min(Math.max(value(layer, setting, where), least), most);
  /** @param {number} to */
  const can = (to) => objection(layer, [[setting, to]], where) === null;
  const [low, high] = [last(now, least, can), last(now, most, can)];
  const letter = LETTERS[setting];
  const reasons = [
    low > least ? `${letter} is at least ${low}: with ${low - 1}, ` : "",
    high < most ? `${letter} is at most ${high}: with ${high + 1}, ` : "",
  ].map((text, at) => {
    const beyond = at === 0 ? low - 1 : high + 1;
    return text && `${text}${objection(layer, [[setting, beyond]], where)}.`;
  });
  return { low, high, why: reasons.filter(Boolean).join(" ") };
}

/**
 * A change that would do.
 * @typedef {{settings: [Setting, number][], label: string}} Remedy
 */

/** What else can make room, and in which direction. @type {[Setting, number][]} */
const OTHERS = [["kernel_size", -1], ["padding", 1], ["input_size", 1], ["dilation", -1]];

/** The same in a transposed layer, whose padding crops. @type {[Setting, number][]} */
const OTHERS_TRANSPOSED = [
  ["kernel_size", 1],
  ["padding", -1],
  ["input_size", 1],
  ["stride", 1],
  ["output_padding", -1],
];

/**
 * The smallest changes that would let a refused setting be: the setting itself as near as it can
 * come, or one other setting moved as little as possible.
 * @param {Layer} layer
 * @param {Setting} setting
 * @param {number} wanted
 * @param {Where} where
 * @returns {Remedy[]}
 */
export function remedies(layer, setting, wanted, where) {
  const now = value(layer, setting, where);
  const towards = Math.sign(now - wanted);
  const whole = { ...where, side: null };
  // A padding that differs between its sides, or has a name, is not made one number by the way.
  const plain = typeof layer.padding !== "string" &&
    layer.pads.every(([before, after]) => before === after);
  const all = layer.type === "ConvTranspose" ? OTHERS_TRANSPOSED : OTHERS;
  const others = all.filter(([other]) => other !== setting && (other !== "padding" || plain));
  const found = [
    nearest(layer, setting, Math.round(wanted) - towards, towards, [], where),
    ...others.map(([other, step]) =>
      nearest(layer, other, value(layer, other, whole), step, [[setting, wanted]], where)
    ),
  ];
  return found.filter((remedy) => remedy !== null);
}

/**
 * The first value of a setting, going by steps from another, that gives a layer that can be.
 * @param {Layer} layer
 * @param {Setting} setting
 * @param {number} from
 * @param {number} step
 * @param {[Setting, number][]} beside
 * @param {Where} where
 * @returns {Remedy | null}
 */
function nearest(layer, setting, from, step, beside, where) {
  for (let tries = 1; step && tries <= CELLS_IN_A_ROW; tries++) {
    const to = from + tries * step;
    /** @type {[Setting, number][]} */
    const settings = [...beside, [setting, to]];
    if (step < 0 && to < RANGES[setting][0]) return null;
    if (objection(layer, settings, where) === null) {
      return { settings, label: `${LETTERS[setting]} = ${to}` };
    }
  }
  return null;
}

/**
 * The sizes of the padded input and of the window that a refused setting would have, where the
 * window is the larger.
 * @param {Layer} layer
 * @param {string} setting
 * @param {number | null} wanted
 * @param {Where} where
 * @returns {{padded: number, window: number} | null}
 */
export function misfit(layer, setting, wanted, { axis, side }) {
  if (wanted === null || !Number.isInteger(wanted)) return null;
  if (layer.type === "ConvTranspose" || (setting !== "padding" && wanted < 1)) return null;
  const { input, kernel, dilation, stretch, before, after } = layer.axes[axis ?? 0];
  const now = { input_size: input, kernel_size: kernel, dilation, stretch, stride: 1 };
  const then = { ...now, [setting]: wanted };
  const pads = [before, after].map((pad, at) =>
    setting === "padding" && (side ?? at) === at ? wanted : pad
  );
  const padded = (then.input_size - 1) * then.stretch + 1 + pads[0] + pads[1];
  const window = then.dilation * (then.kernel_size - 1) + 1;
  return window > padded ? { padded, window } : null;
}
