// The size formula with the numbers put in, a sentence that says the same, and the cell's sum.

import { about } from "../about.js";
import { html, math, write } from "../dom.js";
import { offset } from "../arrays.js";
import { named, signs } from "./signs.js";
import { divisors } from "../values.js";
import { terms } from "../connections.js";
import { axisNames, capital, idle, number, walk } from "../words.js";

/** @typedef {import("../relationships.js").Token} Token */
/** @typedef {import("../relationships.js").Explanation} Explanation */
/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").Place} Place */

/** Letters in the colours of the grids that they measure. @type {Record<string, string>} */
const INK = {
  "i": "input",
  "i′": "input",
  "k": "kernel",
  "k̂": "kernel",
  "o": "output",
  "o′": "output",
};

const LONGEST = 25; // more products than this are not written out

export class Formula {
  constructor() {
    this.sizes = html("div", {});
    this.sentence = html("p", { class: "cw-sentence" });
    this.sum = html("p", { class: "cw-sum" });
    this.signs = html("div", {});
    this.meant = "";
    this.node = html(
      "div",
      { class: "cw-formula" },
      this.sizes,
      this.sentence,
      this.sum,
      html("details", {}, html("summary", {}, "What the signs mean"), this.signs),
    );
  }

  /** @param {Scene} scene */
  update(scene) {
    const { layer, explanations } = scene;
    const alike = new Set(explanations.map((e) => JSON.stringify([e.sides, e.numbers]))).size === 1;
    const shown = alike ? explanations.slice(0, 1) : explanations;
    this.sizes.replaceChildren(
      ...shown.map((explanation, n) => size(explanation, alike ? "" : axisNames(layer)[n])),
    );
    const walks = layer.axes.map((_, n) => walk(layer, n));
    const sentences = new Set(walks).size === 1
      ? [walks[0]]
      : walks.map((sentence, n) => `${capital(axisNames(layer)[n])}: ${sentence}`);
    write(this.sentence, [...sentences, idle(scene), rule(scene)].filter(Boolean).join(" "));
    const meant = signs(scene);
    if (`${meant}` === this.meant) return;
    this.meant = `${meant}`;
    this.signs.replaceChildren(...meant.map((text) => html("p", {}, text)));
  }

  /**
   * @param {Scene} scene
   * @param {Place} place
   */
  light(scene, place) {
    if (place.map === "output") this.sum.replaceChildren(...computation(scene, place.index));
    else this.sum.replaceChildren(about(scene, place));
  }
}

/**
 * @param {Explanation} explanation
 * @param {string} axis
 */
function size(explanation, axis) {
  const { left, sides, numbers, result, number, reason } = explanation;
  // A formula for each side, so that a narrow page can break the line before an equals sign.
  const last = math("mn", { class: "cw-ink-output cw-result" }, result);
  const parts = [[letter(left)], ...[...sides, numbers].map((side) => side.map(token)), [last]]
    .map((part, n) => math("math", { displaystyle: "true" }, ...(n ? [sign("=")] : []), ...part));
  return html(
    "div",
    { class: "cw-size" },
    ...(axis ? [html("span", { class: "cw-axis" }, axis)] : []),
    html("span", { class: "cw-sides" }, ...parts),
    number
      ? html("span", { class: "cw-badge", title: named(explanation) }, `Relationship ${number}`)
      : html("span", { class: "cw-reason" }, `no relationship of the guide: ${reason}`),
  );
}

/**
 * @param {Token} part
 * @returns {Element}
 */
function token(part) {
  if (typeof part === "string") return plain(part);
  if ("letter" in part) {
    const negative = part.value < 0;
    const text = `${negative ? "(−" : ""}${Math.abs(part.value)}${negative ? ")" : ""}`;
    return math("mn", { class: ink(part.letter) }, text);
  }
  if ("times" in part) return math("mrow", {}, ...part.times.map(token));
  if ("over" in part) {
    const [above, below] = part.over.map((side) => math("mrow", {}, ...side.map(token)));
    return math("mfrac", {}, above, below);
  }
  if ("floor" in part) return fenced("⌊", part.floor, "⌋");
  if ("ceil" in part) return fenced("⌈", part.ceil, "⌉");
  return fenced("(", part.group, ")");
}

/** @param {string} text */
function plain(text) {
  if (/^\d+$/.test(text)) return math("mn", {}, text);
  return /^[+−·]$/.test(text) ? sign(text) : letter(text);
}

/** @param {string} text */
function letter(text) {
  // Italic by style: the mathematical italic letters are missing from many fonts.
  const word = text.length > 2 ? "cw-word" : undefined;
  return math("mi", { class: ink(text) ?? word, mathvariant: "normal" }, text);
}

/** @param {string} text */
const sign = (text) => math("mo", {}, text);

/** @param {string} letter */
const ink = (letter) => INK[letter] ? `cw-ink-${INK[letter]}` : undefined;

/**
 * @param {string} open
 * @param {Token[]} inner
 * @param {string} close
 */
function fenced(open, inner, close) {
  return math(
    "mrow",
    {},
    math("mo", { fence: "true", stretchy: "true" }, open),
    ...inner.map(token),
    math("mo", { fence: "true", stretchy: "true" }, close),
  );
}

/**
 * What a pool computes, in words.
 * @param {Scene} scene
 */
function rule({ layer }) {
  return layer.type.endsWith("Pool") ? "A pool has a window and a rule, and nothing to learn." : "";
}

/**
 * How an output cell is computed.
 * @param {Scene} scene
 * @param {number[]} index
 * @returns {(Node | string)[]}
 */
function computation(scene, index) {
  const { layer, output } = scene;
  const value = output.data[offset(index, output.shape)];
  const result = html("b", { class: "cw-ink-output" }, number(value));
  const cells = terms(scene, index);
  if (layer.type === "MaxPool") return [result, " = ", ...maximum(cells, value)];
  if (layer.type === "AvgPool") return [result, " = ", ...mean(layer, cells, index)];
  const size = layer.kernel_size.reduce((a, b) => a * b);
  const kernels = Array.from(
    { length: cells.length / size },
    (_, n) => cells.slice(n * size, (n + 1) * size),
  );
  // A zero between the cells adds nothing, and a window of a stretched line is full of them; the
  // rest in the input's order, which a turned kernel reverses.
  const kept = (/** @type {Term[]} */ part) =>
    layer.type === "ConvTranspose" ? part.filter(({ kind }) => kind === "input").reverse() : part;
  if (kernels.length === 1) return [result, ...products(kept(cells), layer)];
  const sums = kernels.map((part) => kept(part).reduce((sum, { x, w }) => sum + x * w, 0));
  return [
    result,
    " = ",
    sums.map(bracketed).join(" + "),
    ...kernels.flatMap((part, n) => [
      html("br"),
      `map ${part[0].inputIndex?.[0] ?? n}: ${number(sums[n])}`,
      ...products(kept(part), layer),
    ]),
  ];
}

/** @typedef {import("../connections.js").Term} Term */

/**
 * @param {Term[]} cells
 * @param {number} value
 */
function maximum(cells, value) {
  const real = cells.filter(({ inputIndex }) => inputIndex);
  if (!real.length) return ["max() of padding only"];
  const winners = real.filter(({ x }) => x === value);
  const many = real.length <= LONGEST ? real.map(({ x }) => number(x)).join(", ") : "…";
  const name = `input[${winners[0].inputIndex?.join(", ")}]`;
  const ties = winners.length > 1
    ? ` ${winners.length} cells hold the maximum; the first, ${name} (full ring), passes, and ` +
      "would get the whole gradient."
    : ` ${name} passes, and would get the whole gradient.`;
  return [`max(${many}).`, html("span", { class: "cw-aside" }, ties)];
}

/**
 * @param {import("../layers.js").Layer} layer
 * @param {Term[]} cells
 * @param {number[]} index
 */
function mean(layer, cells, index) {
  const counts = divisors(layer);
  const divisor = counts.data[offset(index, counts.shape)];
  const counted = cells.filter(({ kind }) =>
    kind === "input" || (kind === "padding" && layer.count_include_pad)
  );
  const padding = cells.filter(({ kind }) => kind === "padding").length;
  const beyond = cells.filter(({ kind }) => kind === "beyond").length;
  const many = counted.length <= LONGEST ? counted.map(({ x }) => number(x)).join(" + ") : "…";
  const notes = [
    padding ? `${padding} of padding ${layer.count_include_pad ? "counted" : "not counted"}` : "",
    beyond ? `${beyond} beyond it, which never count` : "",
  ].filter(Boolean);
  return [
    `(${many}) / ${divisor}`,
    html("span", { class: "cw-aside" }, notes.length ? ` with ${notes.join(" and ")}` : ""),
  ];
}

/**
 * The sum of products, a bracket for each row of the kernel.
 * @param {Term[]} cells
 * @param {import("../layers.js").Layer} layer
 */
function products(cells, layer) {
  const columns = layer.kernel_size.at(-1) ?? 1;
  const whole = cells.length % columns === 0 && layer.type !== "ConvTranspose";
  const width = whole ? columns : cells.length;
  /** @type {(Node | string)[]} */
  const parts = [];
  const rows = Array.from(
    { length: width ? cells.length / width : 0 },
    (_, row) => cells.slice(row * width, (row + 1) * width),
  );
  if (!cells.length) return [" = 0: nothing reaches this cell."];
  if (cells.length <= LONGEST) {
    parts.push(" = ");
    rows.forEach((row, n) => {
      parts.push(n ? " + " : "", rows.length > 1 && width > 1 ? "(" : "");
      row.forEach(({ x, w }, at) => parts.push(at ? " + " : "", ...product(x, w)));
      parts.push(rows.length > 1 && width > 1 ? ")" : "");
    });
  }
  if (rows.length > 1) {
    const sums = rows.map((row) => row.reduce((sum, { x, w }) => sum + x * w, 0));
    parts.push(" = ", sums.map(bracketed).join(" + "));
  }
  return parts;
}

/** @param {number} sum */
const bracketed = (sum) => sum < 0 ? `(${number(sum)})` : number(sum);

/**
 * @param {number} x
 * @param {number} w
 */
function product(x, w) {
  return [
    html("span", { class: "cw-ink-input" }, x < 0 ? `(${number(x)})` : number(x)),
    "·",
    html("span", { class: "cw-ink-kernel" }, w < 0 ? `(${number(w)})` : number(w)),
  ];
}
