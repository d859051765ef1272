// The layers: an Axis per dimension; padding's names; what is refused, and why.
// convwidget/layers/ is its twin, and its messages are the same word for word.

import { atLeast, axis, written } from "./axis.js";
import { dimensions, namedPads, paddingPerAxis, perAxis, toggle } from "./settings.js";

/** @typedef {import("./axis.js").Axis} Axis */
/** @typedef {import("./settings.js").Pair} Pair */
/** @typedef {[bigint, bigint]} Pads (before, after), exact however large a name makes them */
/** @typedef {"Conv" | "ConvTranspose" | "MaxPool" | "AvgPool"} Type */

/**
 * A layer as it travels: a type, and some of its settings.
 * @typedef {{type: string, [setting: string]: unknown}} Spec
 */

/**
 * Settings in their normal form. Those that a type does not have are what they are by default.
 * @typedef {{
 *   input_size: number[], kernel_size: number[], stride: number[], padding: string | Pair[],
 *   output_padding: number[], dilation: number[], groups: number, stretch: number[],
 *   in_channels: number | null, out_channels: number | null,
 *   ceil_mode: boolean, count_include_pad: boolean,
 * }} Settings
 */

/**
 * A layer: its settings and what they come to. `spec` is its wire form, `pads` are the pairs that
 * padding comes to. The axes of a ConvTranspose are those of its equivalent convolution. A strip is
 * drawn as a map of one row, which is not spoken of; a turned kernel is said to be.
 * @typedef {Readonly<Settings & {
 *   type: Type, pads: Pair[], axes: Axis[], output_size: number[], spec: Spec, strip?: boolean,
 *   turned?: boolean,
 * }>} Layer
 */

const COMMON = ["input_size", "kernel_size", "stride", "padding", "dilation"];

/** @type {Record<Type, string[]>} */
const SETTINGS = {
  Conv: [...COMMON, "groups", "stretch", "in_channels", "out_channels"],
  ConvTranspose: [...COMMON, "output_padding", "groups", "in_channels", "out_channels"],
  MaxPool: [...COMMON, "ceil_mode"],
  AvgPool: [...COMMON, "ceil_mode", "count_include_pad"],
};

/**
 * The layer that a spec describes. Throws a TypeError where an integer is needed and something else
 * is given, and a RangeError with the numbers where the settings cannot be.
 * @param {Spec} spec
 * @returns {Layer}
 */
export function layer({ type, ...given }) {
  if (!isType(type)) {
    const types = Object.keys(SETTINGS).join(", ");
    throw new RangeError(`${written(type)} is no type of layer: ${types}`);
  }
  const unknown = Object.keys(given).find((name) => !SETTINGS[type].includes(name));
  if (unknown) throw new TypeError(`${type} has no setting ${unknown}`);

  // A pool's stride of None is the kernel's size, as if nothing were said.
  if (type.endsWith("Pool") && given.stride === null) delete given.stride;
  const settings = normalForm(type, given);
  const every = settings.input_size.map((_, n) => n);
  const pads = every.map((n) => padsOn(type, settings, n));
  const axes = every.map((n) => {
    try {
      return axisOn(type, settings, pads[n], n);
    } catch (error) {
      if (error instanceof RangeError && !isAlike(settings, pads)) {
        error.message += `, on axis ${n}`;
      }
      throw error;
    }
  });
  const named = Object.entries(settings).filter(([name]) => SETTINGS[type].includes(name));
  return deepFreeze({
    type,
    ...settings,
    pads: pads.map(([before, after]) => /** @type {Pair} */ ([Number(before), Number(after)])),
    axes,
    output_size: axes.map((axis) => axis.output),
    spec: { type, ...Object.fromEntries(named) },
  });
}

/**
 * The same layer with some settings changed.
 * @param {Layer} old
 * @param {Record<string, unknown>} settings
 */
export function change(old, settings) {
  return layer({ ...old.spec, ...settings });
}

/**
 * The same layer on another input size; a named padding is worked out anew.
 * @param {Layer} old
 * @param {number | number[]} inputSize
 */
export function at(old, inputSize) {
  return change(old, { input_size: perAxis(inputSize, "input_size", old.input_size.length) });
}

/**
 * @param {string} type
 * @returns {type is Type}
 */
function isType(type) {
  return Object.hasOwn(SETTINGS, type);
}

/**
 * All settings, in the order in which they are read and refused.
 * @param {Type} type
 * @param {Record<string, unknown>} given
 * @returns {Settings}
 */
function normalForm(type, given) {
  const {
    input_size,
    kernel_size,
    stride = type.endsWith("Pool") ? kernel_size : 1,
    padding = 0,
    output_padding = 0,
    dilation = 1,
    groups = 1,
    stretch = 1,
    in_channels = null,
    out_channels = null,
    ceil_mode = false,
    count_include_pad = true,
  } = given;
  const rules = {
    ceil_mode: toggle(ceil_mode, "ceil_mode"),
    count_include_pad: toggle(count_include_pad, "count_include_pad"),
  };
  const parts = atLeast(1, groups, "groups");
  const channels = {
    groups: parts,
    in_channels: inGroups(in_channels, "in_channels", parts),
    out_channels: inGroups(out_channels, "out_channels", parts),
  };
  const axes = dimensions({
    input_size,
    kernel_size,
    stride,
    padding,
    output_padding,
    dilation,
    stretch,
  });
  return {
    input_size: perAxis(input_size, "input_size", axes),
    kernel_size: perAxis(kernel_size, "kernel_size", axes),
    stride: perAxis(stride, "stride", axes),
    padding: paddingPerAxis(padding, axes),
    output_padding: perAxis(output_padding, "output_padding", axes, 0),
    dilation: perAxis(dilation, "dilation", axes),
    stretch: perAxis(stretch, "stretch", axes),
    ...channels,
    ...rules,
  };
}

/**
 * A number of channels, or null where it is left to the arrays.
 * @param {unknown} value
 * @param {string} name
 * @param {number} groups
 */
function inGroups(value, name, groups) {
  if (value === null) return null;
  const channels = atLeast(1, value, name);
  if (channels % groups === 0) return channels;
  throw new RangeError(`${name} ${channels} cannot form ${groups} groups`);
}

/**
 * The padding on axis n.
 * @param {Type} type
 * @param {Settings} settings
 * @param {number} n
 * @returns {Pads}
 */
function padsOn(type, settings, n) {
  const { padding: name } = settings;
  if (typeof name !== "string") return [BigInt(name[n][0]), BigInt(name[n][1])];
  const size = BigInt(settings.input_size[n]);
  const stride = BigInt(settings.stride[n]);
  const window = effectiveKernel(settings, n);
  if (type !== "ConvTranspose") {
    return namedPads(name, BigInt(settings.stretch[n]) * (size - 1n) + 1n, window, stride);
  }
  if (name === "causal") {
    throw new RangeError("padding='causal' has no meaning in a transposed convolution");
  }
  if (!name.startsWith("same")) return namedPads(name, size, window, stride);
  if (settings.output_padding[n]) {
    throw new RangeError(
      `padding='${name}' makes the output ${size * stride}: ` +
        `output_padding must be 0, but it is ${settings.output_padding[n]}`,
    );
  }
  // A kernel smaller than the stride leaves the output short: it is cropped by less than 0.
  const missing = window < stride ? window - stride : 0n;
  const [before, after] = namedPads(name, size * stride, window, stride);
  return [before, after + missing];
}

/**
 * The window's arithmetic along axis n.
 * @param {Type} type
 * @param {Settings} settings
 * @param {Pads} pads
 * @param {number} n
 */
function axisOn(type, settings, [before, after], n) {
  const input = settings.input_size[n];
  const kernel = settings.kernel_size[n];
  const stride = settings.stride[n];
  const dilation = settings.dilation[n];
  if (type !== "ConvTranspose") {
    const stretch = settings.stretch[n];
    const ceilMode = settings.ceil_mode;
    return axis({ input, kernel, stride, before, after, dilation, stretch, ceilMode });
  }
  const extra = settings.output_padding[n];
  if (extra >= Math.max(stride, dilation)) {
    throw new RangeError(
      `output_padding must be smaller than the larger of stride (${stride}) ` +
        `and dilation (${dilation}), but it is ${extra}`,
    );
  }
  const window = effectiveKernel(settings, n);
  const whole = BigInt(stride) * BigInt(input - 1) + window + BigInt(extra);
  if (whole - before - after < 1n) {
    throw new RangeError(
      `padding ${before} before and ${after} after leaves nothing of the output (${whole})`,
    );
  }
  return axis({
    input,
    kernel,
    before: window - 1n - before,
    after: window - 1n - after + BigInt(extra),
    dilation,
    stretch: stride,
  });
}

/**
 * @param {Settings} settings
 * @param {number} n
 */
function effectiveKernel(settings, n) {
  return BigInt(settings.dilation[n]) * BigInt(settings.kernel_size[n] - 1) + 1n;
}

/**
 * Whether all axes are the same, so that no message needs to say which.
 * @param {Settings} settings
 * @param {Pads[]} pads
 */
function isAlike(settings, pads) {
  const { input_size, kernel_size, stride, dilation, stretch, output_padding } = settings;
  /** @type {unknown[][]} */
  const lists = [input_size, kernel_size, stride, dilation, stretch, output_padding];
  return [...lists, pads.map(String)].every((values) => new Set(values).size === 1);
}

/**
 * @template T
 * @param {T} value
 * @returns {T}
 */
function deepFreeze(value) {
  if (Object.isFrozen(value)) return value; // as numbers and texts are from the start
  Object.values(/** @type {object} */ (value)).forEach(deepFreeze);
  return Object.freeze(value);
}
