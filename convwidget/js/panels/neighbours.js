// The sizes nearby, as a table: each setting a little less and a little more.

import { html } from "../dom.js";
import { nearby, primed, sentences, STEPS } from "../nearby.js";
import { number } from "../words.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../session.js").Session} Session */

export class Neighbours {
  /** @param {Session} session */
  constructor(session) {
    this.session = session;
    this.body = html("div", { class: "cw-nearby" });
    this.node = html(
      "details",
      { class: "cw-disclosure" },
      html("summary", {}, "Sizes nearby"),
      this.body,
    );
    /** @type {Scene | null} */
    this.scene = null;
    this.node.addEventListener("toggle", () => this.fill());
  }

  /** @param {Scene} scene */
  update(scene) {
    this.scene = scene;
    this.fill();
  }

  /** The table is made only while it is open. */
  fill() {
    const { scene, session } = this;
    if (!scene || !this.node.hasAttribute("open")) return;
    if (session.hidden) {
      this.body.replaceChildren(html("p", {}, "Predict first."));
      return;
    }
    const active = document.activeElement;
    const key = active && this.body.contains(active) ? active.getAttribute("data-key") : null;
    this.body.replaceChildren(
      this.table(scene.layer),
      ...sentences(scene.layer).map((sentence) => html("p", { class: "cw-sentence" }, sentence)),
    );
    // The hand that took a cell can go on from the same place, or from the row's present number.
    const again = key && (this.button(key) ?? this.button(key.replace(/\S+$/, "0")));
    if (again) again.focus();
  }

  /** @param {string} key @returns {HTMLElement | null} */
  button(key) {
    return this.body.querySelector(`button[data-key="${key}"]`);
  }

  /** @param {Scene["layer"]} layer */
  table(layer) {
    const { o } = primed(layer);
    const caption = `The output size ${o} when one setting moves`;
    const heads = STEPS.map((by) => by === 0 ? "now" : by < 0 ? number(by) : `+${by}`);
    const rows = nearby(layer).map((row) =>
      html(
        "tr",
        {},
        html("th", { scope: "row" }, `${row.name} `, html("i", {}, row.letter)),
        ...row.cells.map((cell) => this.cell(row, cell, o)),
      )
    );
    return html(
      "div",
      { class: "cw-scroll", tabindex: 0, role: "group", "aria-label": caption },
      html(
        "table",
        {},
        html("caption", {}, `${caption} by:`),
        html(
          "thead",
          {},
          html(
            "tr",
            {},
            html("th", { scope: "col" }, "setting"),
            ...heads.map((head) => html("th", { scope: "col" }, head)),
          ),
        ),
        html("tbody", {}, ...rows),
      ),
    );
  }

  /**
   * @param {import("../nearby.js").Row} row
   * @param {import("../nearby.js").Near} near
   * @param {string} o
   */
  cell({ setting, letter, where }, { by, wanted, output, reason }, o) {
    const would = `${letter} = ${number(wanted)}`;
    if (output === null) {
      const why = `${would}: ${reason}.`.replace(/-(?=\d)/g, "−");
      return html(
        "td",
        { class: "cw-never", title: why },
        html("span", { "aria-hidden": "true" }, "–"),
        html("span", { class: "cw-status" }, why),
      );
    }
    const button = html(
      "button",
      {
        type: "button",
        class: "cw-button cw-near",
        "data-key": `${setting} ${where.axis} ${where.side} ${by}`,
        "aria-label": `${would} gives ${o} = ${output}`,
        "aria-current": by === 0 ? "true" : null,
        disabled: this.session.locked,
      },
      html("small", {}, would),
      html("b", {}, output),
    );
    button.addEventListener("click", () => this.session.choose(setting, wanted, where));
    return html("td", {}, button);
  }
}
