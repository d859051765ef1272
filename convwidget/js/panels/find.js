// The other way round: from a wanted output size to the settings that reach it.

import { attribute, html, unique } from "../dom.js";
import { Disclosure } from "./disclosure.js";
import { chip, numberField } from "./fields.js";
import { KERNELS, solve, STRIDES } from "../solve.js";
import { apart, count, letters, size } from "../words.js";

/** @typedef {import("../layers.js").Layer} Layer */
/** @typedef {"kernel_size" | "stride" | "padding" | "output_padding"} Moved */

/** What may change, in the order of the settings. @type {Moved[]} */
const MOVED = ["kernel_size", "stride", "padding", "output_padding"];

export class Find extends Disclosure {
  /** @param {import("../session.js").Session} session */
  constructor(session) {
    super(session, "Find settings", "cw-find");
    /** @type {HTMLInputElement[]} */
    this.fields = [];
    this.shape = "";
    this.asked = "";
    this.typed = false; // a size that was typed stays while other settings change
    this.sizes = html("div", { class: "cw-find-sizes" });
    this.sentence = html("p", { class: "cw-reason", id: unique("found") });
    this.list = html("div", { role: "group", "aria-label": "settings found", tabindex: -1 });
    this.body.append(this.sizes, this.sentence, this.list);
  }

  /** @override @param {import("../scene.js").Scene} scene */
  fill({ layer }) {
    const { hidden } = this.session;
    const names = apart(layer);
    const shape = `${[layer.type, layer.axes.length, names]}`;
    if (shape !== this.shape) this.build(shape, names, layer);
    for (const [n, field] of this.fields.entries()) {
      field.disabled = hidden;
      if (hidden) this.typed = false;
      if (!this.typed) field.value = hidden ? "" : String(layer.output_size[n]);
    }
    this.propose();
  }

  /**
   * One field, or one for each axis where they differ.
   * @param {string} shape
   * @param {string[]} names
   * @param {Layer} layer
   */
  build(shape, names, layer) {
    this.shape = shape;
    this.typed = false;
    const letter = letters(layer).output;
    this.fields = names.map((name) => {
      const limits = { min: 1, "aria-describedby": this.sentence.id };
      const wanted = numberField(`wanted output${name && ` ${name}`} ${letter}`, limits);
      wanted.addEventListener("input", () => {
        this.typed = true;
        this.propose();
      });
      return wanted;
    });
    this.sizes.replaceChildren(...this.fields.map((field, n) =>
      html(
        "label",
        { class: "cw-check" },
        `output ${names[n]}`,
        html("i", { class: "cw-ink-output" }, letter),
        field,
      )
    ));
  }

  /** The settings that reach what stands in the fields. */
  propose() {
    const { session } = this;
    const { hidden, scene: { layer } } = session;
    const texts = this.fields.map(({ value }) => value);
    const asked = JSON.stringify([texts, layer.spec, hidden]);
    if (asked === this.asked) return;
    this.asked = asked;
    const wanted = layer.axes.map((_, n) => Number(texts[n] ?? texts[0]));
    const wrong = texts.findIndex((text) => !(Number.isInteger(Number(text)) && Number(text) >= 1));
    for (const [n, field] of this.fields.entries()) {
      attribute(field, { "aria-invalid": n === wrong && texts[n] !== "" ? "true" : null });
    }
    const proposals = wrong < 0 ? solve(layer, wanted) : [];
    this.sentence.textContent = hidden
      ? "The settings are held until you have predicted the output size."
      : wrong >= 0
      ? `An output size is a whole number from 1 up${texts[wrong] && `, and not ${texts[wrong]}`}.`
      : said(layer, wanted, proposals.length);
    this.list.replaceChildren(...proposals.map(({ settings, layer: made }) => {
      const [moved, stays] = [true, false].map((changes) =>
        MOVED.filter((name) => name in layer.spec && (name in settings) === changes)
          .map((name) => `${letters(layer)[name]} = ${written(made, name)}`).join(", ")
      );
      const button = chip(moved, () => {
        this.typed = false;
        session.choices.take(settings, "stride");
        this.list.focus(); // the buttons make way for others
      });
      const stay = ` · ${stays} stay${stays.includes(",") ? "" : "s"}`;
      if (stays) button.append(html("span", {}, stay));
      return button;
    }));
  }
}

/**
 * A setting as briefly as it can be written.
 * @param {Layer} layer
 * @param {Moved} name
 */
function written(layer, name) {
  const { padding, pads } = layer;
  if (name !== "padding") return brief(layer[name]);
  if (typeof padding === "string") return `"${padding}"`;
  return brief(pads.map(([before, after]) => before === after ? before : `${before} + ${after}`));
}

/** @param {readonly (number | string)[]} values */
const brief = (values) =>
  size(/** @type {number[]} */ (new Set(values).size === 1 ? values.slice(0, 1) : [...values]))
    .replaceAll("-", "−");

/**
 * What the search came to, in a sentence.
 * @param {Layer} layer
 * @param {number[]} wanted
 * @param {number} found
 */
function said(layer, wanted, found) {
  const to = brief(wanted);
  const from = `input ${brief(layer.input_size)} and dilation ${brief(layer.dilation)}`;
  if (`${wanted}` === `${layer.output_size}`) {
    return found
      ? `The output is ${to} now. These settings give it as well, the nearest first:`
      : `The output is ${to} now, and no other settings near these give it.`;
  }
  if (found) {
    const ways = count(found, "way");
    return `${ways} to an output of ${to} with ${from}, the nearest first:`;
  }
  return `Nothing that can be drawn here gives an output of ${to} with ${from}: kernels from 1 ` +
    `to ${KERNELS}, strides from 1 to ${STRIDES} and padding smaller than the kernel were tried.`;
}
