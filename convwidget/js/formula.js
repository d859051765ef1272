// The size formula with the numbers put in, a sentence that says the same, and the cell's sum.

import { html, math } from "./dom.js";
import { about, idle, number, walk } from "./words.js";
import { offset } from "./arrays.js";
import { windowOf } from "./values.js";

/** @typedef {import("./relationships.js").Token} Token */
/** @typedef {import("./relationships.js").Explanation} Explanation */
/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Place} Place */

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
    this.sizes = html("div", { class: "cw-sizes" });
    this.sentence = html("p", { class: "cw-sentence" });
    this.sum = html("p", { class: "cw-sum" });
    this.node = html("div", { class: "cw-formula" }, this.sizes, this.sentence, this.sum);
  }

  /** @param {Scene} scene */
  update(scene) {
    const { layer, explanations } = scene;
    const alike = new Set(explanations.map((e) => JSON.stringify([e.sides, e.numbers]))).size === 1;
    const shown = alike ? explanations.slice(0, 1) : explanations;
    this.sizes.replaceChildren(
      ...shown.map((explanation, n) => size(explanation, alike ? "" : ["rows", "columns"][n])),
    );
    const same = alike && new Set(layer.axes.map((axis) => axis.leftOver)).size === 1;
    const walks = (same ? [0] : [0, 1]).map((n) =>
      same ? walk(layer, n) : `${["Rows", "Columns"][n]}: ${walk(layer, n)}`
    );
    this.sentence.textContent = [...walks, idle(scene)].filter(Boolean).join(" ");
  }

  /**
   * @param {Scene} scene
   * @param {Place} place
   */
  light(scene, place) {
    if (place.map === "output") this.sum.replaceChildren(...products(scene, place.index));
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
      ? html("span", { class: "cw-badge" }, `Relationship ${number}`)
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
 * The sum behind an output cell, a bracket for each row of the kernel.
 * @param {Scene} scene
 * @param {number[]} index
 */
function products(scene, index) {
  const { layer, input, kernel, output } = scene;
  const [, columns] = layer.kernel_size;
  const terms = windowOf(layer, index).map(({ inputIndex, kernelIndex }) => ({
    x: inputIndex ? input.data[offset(inputIndex, input.shape)] : 0,
    w: kernel.data[offset(kernelIndex, kernel.shape)],
  }));
  const value = output.data[offset(index, output.shape)];
  /** @type {(Node | string)[]} */
  const parts = [html("b", { class: "cw-ink-output" }, number(value))];
  const rows = Array.from(
    { length: terms.length / columns },
    (_, row) => terms.slice(row * columns, (row + 1) * columns),
  );
  if (terms.length <= LONGEST) {
    parts.push(" = ");
    rows.forEach((row, n) => {
      parts.push(n ? " + " : "", rows.length > 1 && columns > 1 ? "(" : "");
      row.forEach(({ x, w }, at) => parts.push(at ? " + " : "", ...product(x, w)));
      parts.push(rows.length > 1 && columns > 1 ? ")" : "");
    });
  }
  if (rows.length > 1) {
    const sums = rows.map((row) => row.reduce((sum, { x, w }) => sum + x * w, 0));
    parts.push(" = ", sums.map((sum) => sum < 0 ? `(${number(sum)})` : number(sum)).join(" + "));
  }
  return parts;
}

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
