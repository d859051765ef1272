// The guide's fifteen relationships, and which one speaks for a layer.
// convwidget/relationships.py is its twin; both read the same data.

import json from "../data/relationships.json" with { type: "json" };

/** @typedef {import("./layers.js").Layer} Layer */

/**
 * A part of a formula: a letter, figure or sign; a number that stands for a letter; a product; or
 * something in brackets (floor, ceil, group) or above something else. Signs of multiplication are
 * parts of a product of their own.
 * @typedef {string | {letter: string, value: number} | {times: Token[]} | {over: Token[][]} |
 *   {floor: Token[]} | {ceil: Token[]} | {group: Token[]}} Token
 */

/**
 * Why an axis has its output size. `sides` are what the letter `left` equals, `numbers` is the
 * first of them with the numbers put in. Where no relationship speaks, `number` is null and
 * `reason` says why.
 * @typedef {{number: number | null, section: string | null, name: string | null,
 *   reason: string | null, left: string, sides: Token[][], numbers: Token[], result: number,
 * }} Explanation
 */

/** @typedef {"convolution" | "pooling" | "transposed convolution"} Kind */

/**
 * @type {{
 *   asked: Record<Kind, number[]>, general: Record<string, Token[][]>,
 *   reasons: Record<string, string>, relationships: {number: number, section: string,
 *     name: string, holds: Record<string, string>, sides: Token[][]}[],
 * }}
 */
const data = /** @type {any} */ (json);

/** @type {Record<string, Kind>} */
const KINDS = {
  Conv: "convolution",
  ConvTranspose: "transposed convolution",
  MaxPool: "pooling",
  AvgPool: "pooling",
};

/**
 * For each axis, the relationship that gives its output size.
 * @param {Layer} layer
 * @returns {Explanation[]}
 */
export function explain(layer) {
  return layer.axes.map((axis, n) => {
    const kind = KINDS[layer.type];
    const letters = lettersOn(layer, n);
    const reason = whyNone(layer, n);
    const row = reason ? undefined : data.asked[kind]
      .map((number) => data.relationships[number - 1])
      .find((row) => holds(row.holds, letters));
    const general = kind === "transposed convolution" ? kind : "convolution";
    const sides = row?.sides ?? data.general[reason ?? general] ?? data.general[general];
    return {
      number: row?.number ?? null,
      section: row?.section ?? null,
      name: row?.name ?? null,
      reason: reason && data.reasons[reason],
      left: kind === "transposed convolution" ? "o′" : "o",
      sides,
      numbers: sides[0].map((token) => withNumbers(token, letters)),
      result: axis.output,
    };
  });
}

/**
 * A formula as a line of text.
 * @param {Token[]} tokens
 */
export function text(tokens) {
  return tokens.map(word).join(" ");
}

/**
 * @param {Token} token
 * @returns {string}
 */
function word(token) {
  if (typeof token === "string") return token;
  if ("letter" in token) return token.value < 0 ? `(−${-token.value})` : `${token.value}`;
  if ("times" in token) return token.times.map(word).join("");
  if ("floor" in token) return `⌊${text(token.floor)}⌋`;
  if ("ceil" in token) return `⌈${text(token.ceil)}⌉`;
  if ("group" in token) return `(${text(token.group)})`;
  const [above, below] = token.over;
  return `${above.length > 1 ? `(${text(above)})` : text(above)}/${text(below)}`;
}

/**
 * @param {Token} token
 * @param {Record<string, number>} letters
 * @returns {Token}
 */
function withNumbers(token, letters) {
  /** @param {Token[]} parts */
  const inside = (parts) => parts.map((part) => withNumbers(part, letters));
  if (typeof token === "string") {
    return token in letters ? { letter: token, value: letters[token] } : token;
  }
  if ("letter" in token) return token;
  if ("times" in token) {
    return { times: inside(token.times).flatMap((part, n) => n ? ["·", part] : [part]) };
  }
  if ("floor" in token) return { floor: inside(token.floor) };
  if ("ceil" in token) return { ceil: inside(token.ceil) };
  if ("group" in token) return { group: inside(token.group) };
  return { over: token.over.map(inside) };
}

/**
 * What each letter of a formula stands for on axis n.
 * @param {Layer} layer
 * @param {number} n
 * @returns {Record<string, number>}
 */
function lettersOn(layer, n) {
  const axis = layer.axes[n];
  const [before, after] = layer.pads[n];
  const transposed = layer.type === "ConvTranspose";
  return {
    [transposed ? "i′" : "i"]: axis.input,
    k: axis.kernel,
    s: layer.stride[n],
    p: before,
    d: axis.dilation,
    a: transposed ? layer.output_padding[n] : axis.leftOver,
    "k̂": axis.effectiveKernel,
    padded: axis.padded,
    cropped: before + after,
  };
}

/**
 * The key of the reason why no relationship speaks for axis n, or null.
 * @param {Layer} layer
 * @param {number} n
 */
function whyNone(layer, n) {
  const axis = layer.axes[n];
  const [before, after] = layer.pads[n];
  const kind = KINDS[layer.type];
  if (kind === "convolution" && axis.stretch > 1) return "stretched";
  const steps = (axis.padded - axis.effectiveKernel) / axis.stride;
  if (axis.output !== Math.floor(steps) + 1) {
    return axis.output === Math.ceil(steps) + 1 ? "ceil" : "ceil_dropped";
  }
  if (Math.min(before, after) < 0) return "cropped";
  if (before !== after) return "asymmetric";
  if (kind === "pooling" && before) return "padded_pool";
  if (kind === "pooling" && axis.dilation > 1) return "dilated_pool";
  if (kind === "transposed convolution" && axis.dilation > 1) return "dilated_transposed";
  if (kind === "transposed convolution" && before > axis.kernel - 1) return "cropped_transposed";
  return null;
}

/**
 * Whether the conditions of a relationship hold.
 * @param {Record<string, string>} conditions
 * @param {Record<string, number>} letters
 */
function holds(conditions, { s, p, k, d, a }) {
  /** @type {Record<string, Record<string, boolean>>} */
  const known = {
    stride: { one: s === 1 },
    padding: { zero: p === 0, half: p === Math.floor(k / 2), full: p === k - 1 },
    kernel: { odd: k % 2 === 1 },
    dilation: { one: d === 1 },
    left_over: { zero: a === 0 },
  };
  return Object.entries(conditions).every(([what, value]) => known[what][value]);
}
