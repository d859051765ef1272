// The question of a prediction: how large is the output? It stands where the formula will.

import { html } from "../dom.js";
import { verdict, witness } from "../attempt.js";
import { axisNames } from "../words.js";

/** @typedef {import("../session.js").Session} Session */

export class Predict {
  /**
   * @param {Session} session
   * @param {(text: string) => void} say
   */
  constructor(session, say) {
    this.session = session;
    this.say = say;
    this.fields = html("span", { class: "cw-asked" });
    const check = html("button", { type: "submit", class: "cw-check-answer" }, "Check");
    this.show = html("button", { type: "button", class: "cw-chip" }, "Show me");
    this.show.addEventListener("click", () => session.showStarts());
    this.verdict = html("p", { class: "cw-verdict" });
    const form = this.form = html(
      "form",
      { class: "cw-question" },
      html("span", {}, "How large is the output?"),
      this.fields,
      check,
      this.show,
      html("span", { class: "cw-aside" }, "settings are held until you answer"),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.answer();
    });
    this.node = html("div", { class: "cw-formula cw-predict" }, form, this.verdict);
    this.asked = "";
  }

  /** One field, or one per axis where the axes differ. */
  update() {
    const { scene: { layer }, hidden, predicted } = this.session;
    const praised = !hidden && this.session.model.get("predict") && predicted !== null;
    this.node.style.display = hidden || praised ? "" : "none";
    this.form.style.display = hidden ? "" : "none";
    this.verdict.classList.toggle("cw-right", praised);
    if (praised) this.verdict.textContent = verdict(layer, predicted);
    if (!hidden) return;
    const { axes } = layer;
    const alike = new Set(axes.map((axis) => JSON.stringify(axis))).size === 1;
    const names = alike ? [""] : axisNames(layer);
    const letter = layer.type === "ConvTranspose" ? "o′" : "o";
    const asked = JSON.stringify([names, layer.spec]);
    if (asked !== this.asked) {
      this.asked = asked;
      this.fields.replaceChildren(...names.map((name) =>
        html(
          "label",
          {},
          `${name} `,
          html("i", { class: "cw-ink-output" }, letter),
          " = ",
          html("input", {
            class: "cw-number",
            type: "number",
            step: 1,
            min: 1,
            required: true,
            "aria-label": `output ${name ? `${name} ` : ""}${letter}`,
          }),
        )
      ));
    }
    const wrong = predicted && witness(layer, predicted);
    this.show.style.display = wrong ? "" : "none";
    this.verdict.textContent = predicted && wrong ? verdict(layer, predicted) : "";
    for (const field of this.fields.querySelectorAll("input")) {
      field.setAttribute("aria-invalid", wrong ? "true" : "false");
    }
  }

  answer() {
    const { layer } = this.session.scene;
    const given = [...this.fields.querySelectorAll("input")].map(({ value }) => Number(value));
    const answer = layer.axes.map((_, n) => given[n] ?? given[0]);
    this.say(verdict(layer, answer));
    this.session.answer(answer);
  }
}
