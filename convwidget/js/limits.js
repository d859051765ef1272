// How far each setting reaches, and what would do where one cannot be. Knows no page.

import { change } from "./layers.js";

/** @typedef {import("./layers.js").Layer} Layer */
/** @typedef {"input_size" | "kernel_size" | "stride" | "padding" | "dilation"} Setting */

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
});

/** @type {Record<Setting, [number, number]>} */
const RANGES = {
  input_size: [1, 16],
  kernel_size: [1, 8],
  stride: [1, 6],
  padding: [0, 6],
  dilation: [1, 4],
};

/**
 * A slider's range: fixed, but wide enough for the layer that it began with.
 * @param {Layer} initial
 * @param {Setting} setting
 * @returns {[number, number]}
 */
export function range(initial, setting) {
  let [least, most] = RANGES[setting];
  const values = initial.axes.flatMap((_, axis) => value(initial, setting, axis));
  while (Math.max(...values) > most) most *= 2;
  return [Math.min(least, ...values), most];
}

/**
 * A setting on one axis; padding as its two sides.
 * @param {Layer} layer
 * @param {Setting} setting
 * @param {number} axis
 * @returns {number[]}
 */
export function value(layer, setting, axis) {
  return setting === "padding" ? layer.pads[axis] : [layer[setting][axis]];
}

const LONGEST = 512; // cells in a row
const MOST_PRODUCTS = 2 ** 24;

/**
 * The layer, if a page can show it; Python's widget has the same bounds.
 * @param {Layer} layer
 */
export function drawable(layer) {
  const longest = Math.max(...layer.axes.flatMap((axis) => [axis.input, axis.padded]));
  if (longest > LONGEST) {
    throw new RangeError(`the widget draws at most ${LONGEST} cells in a row, and not ${longest}`);
  }
  const products = layer.axes.reduce((all, axis) => all * axis.output * axis.kernel, 1);
  if (products > MOST_PRODUCTS) {
    throw new RangeError(
      `the widget computes at most ${MOST_PRODUCTS} products, and not ${products}`,
    );
  }
  return layer;
}

/**
 * A layer with some settings changed; throws what cannot be, or cannot be shown.
 * @param {Layer} layer
 * @param {[Setting, number][]} settings
 * @param {Where} where
 */
export function changed(layer, settings, { axis, side }) {
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
  return drawable(change(layer, Object.fromEntries(changes)));
}

/**
 * Whether a change of settings gives a layer that can be.
 * @param {Layer} layer
 * @param {[Setting, number][]} settings
 * @param {Where} where
 */
function possible(layer, settings, where) {
  try {
    changed(layer, settings, where);
    return true;
  } catch {
    return false;
  }
}

/**
 * The part of a setting's range that valid layers reach now; it is one piece, for a window that
 * fits still fits with less kernel, less dilation, more input and more padding.
 * @param {Layer} layer
 * @param {Setting} setting
 * @param {[number, number]} range
 * @param {Where} where
 * @returns {[number, number]}
 */
export function reach(layer, setting, [least, most], where) {
  let [low, high] = [least, most];
  while (low < most && !possible(layer, [[setting, low]], where)) low++;
  while (high > low && !possible(layer, [[setting, high]], where)) high--;
  return [low, high];
}

/**
 * Why a setting stops where it does, or an empty text where its whole range can be reached.
 * @param {Layer} layer
 * @param {Setting} setting
 * @param {[number, number]} range
 * @param {[number, number]} reach
 * @param {Where} where
 */
export function why(layer, setting, [least, most], [low, high], where) {
  const { padded, effectiveKernel } = layer.axes[where.axis ?? 0];
  const letter = LETTERS[setting];
  if (setting === "padding" || setting === "input_size") {
    return low > least
      ? `${letter} is ${low} or more: the window has ${effectiveKernel} cells.`
      : "";
  }
  return high < most ? `${letter} is ${high} or less: the padded input has ${padded} cells.` : "";
}

/**
 * A change that would do.
 * @typedef {{settings: [Setting, number][], label: string}} Remedy
 */

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
  const now = value(layer, setting, where.axis ?? 0)[0];
  const others = OTHERS.filter(([other]) => other !== setting);
  /** @type {(Remedy | null)[]} */
  const found = [
    nearest(layer, setting, wanted, Math.sign(now - wanted), [], where),
    ...others.map(([other, step]) => {
      const from = value(layer, other, where.axis ?? 0)[0];
      return nearest(layer, other, from, step, [[setting, wanted]], where);
    }),
  ];
  const would = found.filter((remedy) => remedy !== null);
  const back = { settings: [[setting, now]], label: `${LETTERS[setting]} = ${now}` };
  return would.length ? would : [/** @type {Remedy} */ (back)];
}

/** What else can make room, and in which direction. @type {[Setting, number][]} */
const OTHERS = [["kernel_size", -1], ["padding", 1], ["input_size", 1], ["dilation", -1]];

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
  for (let tries = 1; step && tries <= 64; tries++) {
    const to = from + tries * step;
    /** @type {[Setting, number][]} */
    const settings = [...beside, [setting, to]];
    if (possible(layer, settings, where)) {
      return { settings, label: `${LETTERS[setting]} = ${to}` };
    }
  }
  return null;
}

/**
 * The sizes of the padded input and of the window that a refused setting would have, where the
 * window is the larger.
 * @param {Layer} layer
 * @param {Setting} setting
 * @param {number} wanted
 * @param {Where} where
 * @returns {{padded: number, window: number} | null}
 */
export function misfit(layer, setting, wanted, { axis, side }) {
  const { input, kernel, dilation, stretch, before, after } = layer.axes[axis ?? 0];
  const now = { input_size: input, kernel_size: kernel, dilation, stride: 1, padding: before };
  const then = { ...now, [setting]: wanted };
  const pads = [before, after].map((pad, at) =>
    setting === "padding" && (side ?? at) === at ? wanted : pad
  );
  const padded = (then.input_size - 1) * stretch + 1 + pads[0] + pads[1];
  const window = then.dilation * (then.kernel_size - 1) + 1;
  return window > padded ? { padded, window } : null;
}
