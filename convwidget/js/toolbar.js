// The top line: what the layer is, the guide's figures to choose from, and the way back.

import json from "../data/figures.json" with { type: "json" };
import { html } from "./dom.js";
import { layer as build } from "./layers.js";

/** @typedef {import("./session.js").Session} Session */
/** @typedef {{number: string, title: string, layer: import("./layers.js").Spec, input: unknown,
 *   kernel?: unknown}} Figure */

const DRAWN = ["1.1", "1.2", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7", "5.1"];

/** The figures that are one convolution of one map. @type {Figure[]} */
const FIGURES = json.figures.filter(({ number }) => DRAWN.includes(number));

const OWN = "your own settings";

export class Toolbar {
  /** @param {Session} session */
  constructor(session) {
    this.session = session;
    this.back = /** @type {HTMLOptionElement} */ (html("option", { value: "" }, OWN));
    this.select = /** @type {HTMLSelectElement} */ (html(
      "select",
      { class: "cw-select", "aria-label": "figure of the guide" },
      this.back,
      ...FIGURES.map(({ number, title }) =>
        html("option", { value: number }, `Figure ${number} · ${title}`)
      ),
    ));
    this.figure = ""; // the number of the one that is shown, or nothing
    /** @type {import("./session.js").Shown | null} what was shown before a figure was chosen */
    this.own = null;
    this.select.addEventListener("change", () => this.choose());
    this.reset = html("button", { type: "button", class: "cw-button cw-reset" }, "Reset");
    this.reset.addEventListener("click", () => session.reset());
    this.node = html(
      "div",
      { class: "cw-toolbar" },
      html("b", { class: "cw-title" }, "Convolution"),
      this.select,
      this.reset,
    );
  }

  /** Show the chosen figure, or what was there before. */
  choose() {
    const figure = FIGURES.find(({ number }) => number === this.select.value);
    if (!this.figure) this.own = this.session.shown;
    const shown = figure ?? this.own;
    if (shown) this.session.show({ kernel: undefined, ...shown });
  }

  update() {
    const { input, kernel } = this.session.shown;
    const now = key(this.session.scene.layer.spec);
    const found = FIGURES.find((figure) =>
      key(build(figure.layer).spec) === now && key(figure.input) === key(input) &&
      key(figure.kernel) === key(kernel)
    );
    this.figure = found?.number ?? "";
    this.select.value = this.figure;
    this.back.disabled = this.figure !== "" && !this.own;
  }
}

/** @param {unknown} value */
const key = (value) => JSON.stringify(value);
