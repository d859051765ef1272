// The kinds of padding: a number, one for each side, or a name.

import { attribute, html } from "../dom.js";
import { menu } from "./fields.js";
import { EVERYWHERE } from "../limits.js";
import { PADDING_NAMES } from "../settings.js";

/** What the names come to. @type {Record<string, string>} */
const MEANS = {
  valid: "none",
  half: "⌊k̂/2⌋ on both sides",
  full: "k̂ − 1 on both sides",
  same: "o = ⌈i/s⌉, the odd zero after",
  same_lower: "o = ⌈i/s⌉, the odd zero before",
  causal: "k̂ − 1 before, none after",
};

const KINDS = [
  ["number", "p on every side"],
  ["sides", "each side its own"],
  ...PADDING_NAMES.map((name) => [name, `"${name}": ${MEANS[name]}`]),
];

/**
 * @param {import("../session.js").Session} session
 * @param {() => boolean} perSide whether each side has a field of its own
 * @param {(perSide: boolean) => void} chosen
 */
export function paddingChoice(session, perSide, chosen) {
  const select = menu("kind of padding", KINDS, (value) => {
    const { pads } = session.scene.layer;
    if (PADDING_NAMES.includes(value)) session.choices.take({ padding: value }, "padding");
    else if (value === "sides") session.choices.take({ padding: pads }, "padding");
    else session.choices.choose("padding", Math.max(0, pads[0][0]), EVERYWHERE);
    chosen(value === "sides");
  });
  return {
    node: html("label", { class: "cw-check" }, "padding", select),
    update() {
      const { scene, refusal, hidden } = session;
      const { padding } = scene.layer;
      select.disabled = hidden;
      select.value = typeof padding === "string" ? padding : perSide() ? "sides" : "number";
      const refused = refusal?.setting === "padding" && refusal.wanted === null;
      attribute(select, { "aria-invalid": refused ? "true" : null });
    },
  };
}
