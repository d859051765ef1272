// The question of a prediction: how large is the output? It stands where the formula will.

import { html } from "../dom.js";
import { chip, numberField } from "./fields.js";
import { verdict, witness } from "../attempt.js";
import { apart, axisNames, capital, ends, letters } from "../words.js";

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
    this.show = chip("Show me", () => {
      session.predictions.starts = true;
      session.tell("scene");
    });
    this.ends = html("p", { class: "cw-sentence" });
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
    this.node = html("div", { class: "cw-formula cw-predict" }, form, this.ends, this.verdict);
    this.asked = "";
  }

  /** One field, or one per axis where the axes differ. */
  update() {
    const { scene: { layer }, hidden, predicted } = this.session;
    const praised = !hidden && this.session.model.get("predict") && predicted !== null;
    this.node.style.display = hidden || praised ? "" : "none";
    this.form.style.display = this.ends.style.display = hidden ? "" : "none";
    this.verdict.classList.toggle("cw-right", praised);
    if (praised) this.verdict.textContent = verdict(layer, predicted);
    if (!hidden) return;
    const names = apart(layer);
    const letter = letters(layer).output;
    const asked = JSON.stringify([names, layer.spec]);
    if (asked !== this.asked) {
      this.asked = asked;
      this.ends.textContent = said(layer);
      this.fields.replaceChildren(...names.map((name) =>
        html(
          "label",
          {},
          `${name} `,
          html("i", { class: "cw-ink-output" }, letter),
          " = ",
          numberField(`output ${name && `${name} `}${letter}`, { min: 1, required: true }),
        )
      ));
    }
    const wrong = predicted && witness(layer, predicted);
    this.show.style.display = wrong ? "" : "none";
    this.verdict.textContent = predicted && wrong ? verdict(layer, predicted) : "";
    for (const one of this.fields.querySelectorAll("input")) {
      one.setAttribute("aria-invalid", String(Boolean(wrong)));
    }
  }

  answer() {
    const { layer } = this.session.scene;
    const given = [...this.fields.querySelectorAll("input")].map(({ value }) => Number(value));
    const answer = layer.axes.map((_, n) => given[n] ?? given[0]);
    this.say(verdict(layer, answer));
    this.session.predictions.take(answer);
  }
}

/**
 * What happens to the output's ends, where the picture of the input does not show it.
 * @param {import("../layers.js").Layer} layer
 */
function said(layer) {
  if (layer.type !== "ConvTranspose") return "";
  const all = layer.axes.map((_, n) => ends(layer, n).join(" "));
  if (new Set(all).size === 1) return all[0];
  return all.flatMap((text, n) => text ? [`${capital(axisNames(layer)[n])}: ${text}`] : []).join(
    " ",
  );
}
