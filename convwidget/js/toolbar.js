// The top line: what the layer is, the guide's figures to choose from, and the way back.

import json from "../data/figures.json" with { type: "json" };
import { html } from "./dom.js";
import { layer } from "./layers.js";

/** @typedef {import("./session.js").Session} Session */
/** @typedef {{number: string, title: string, layer: import("./layers.js").Spec, input: unknown,
 *   kernel?: unknown}} Figure */

/** The figures that this view can draw: one convolution of one map. @type {Figure[]} */
const FIGURES = /** @type {Figure[]} */ (json.figures)
  .filter(({ layer: { type, in_channels } }) => type === "Conv" && !in_channels);

export class Toolbar {
  /** @param {Session} session */
  constructor(session) {
    this.session = session;
    this.select = /** @type {HTMLSelectElement} */ (html(
      "select",
      { class: "cw-select", "aria-label": "figure of the guide" },
      html("option", { value: "" }, "your own settings"),
      ...FIGURES.map(({ number, title }) =>
        html("option", { value: number }, `Figure ${number} · ${title}`)
      ),
    ));
    this.select.addEventListener("change", () => {
      const figure = FIGURES.find(({ number }) => number === this.select.value);
      if (figure) session.show({ kernel: undefined, ...figure });
      else this.update();
    });
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

  /** The number of the figure that is shown, or an empty text. */
  get figure() {
    const { model } = this.session;
    const now = key(this.session.scene.layer.spec, model.get("input"), model.get("kernel"));
    const figure = FIGURES.find((f) => key(layer(f.layer).spec, f.input, f.kernel) === now);
    return figure?.number ?? "";
  }

  update() {
    this.select.value = this.figure;
  }
}

/**
 * @param {import("./layers.js").Spec} spec
 * @param {unknown} input
 * @param {unknown} kernel
 */
function key(spec, input, kernel) {
  const sorted = Object.entries(spec).sort(([a], [b]) => a < b ? -1 : 1);
  return JSON.stringify([sorted, input, kernel]);
}
