// Settings that are no sliders: a pool's rules, the number of dimensions, maps and groups; and the
// ways back.

import { channels } from "../connections.js";
import { attribute, html } from "../dom.js";
import { MOST_MAPS } from "../drawable.js";
import { box, button, menu, numberField } from "./fields.js";
import { active } from "../focus.js";

/** @typedef {import("../session.js").Session} Session */

const RULES = /** @type {const} */ (["ceil_mode", "count_include_pad"]);
/** @type {["in_channels" | "out_channels" | "groups", string][]} */
const MAPS = [["in_channels", "input maps"], ["out_channels", "output maps"], ["groups", "groups"]];

/**
 * A pool's rules, as boxes to tick.
 * @param {Session} session
 */
export function rules(session) {
  const boxes = RULES.map((name) => {
    return { name, ...box(name, (ticked) => session.choices.take({ [name]: ticked }, name)) };
  });
  return {
    node: html("div", {}, ...boxes.map(({ label }) => label)),
    update() {
      const { layer } = session.scene;
      for (const { name, box, label } of boxes) {
        box.checked = layer[name];
        box.disabled = session.hidden;
        label.style.display = name in layer.spec ? "" : "none";
      }
    },
  };
}

/**
 * How many dimensions, and how many maps.
 * @param {Session} session
 */
export function sizes(session) {
  const numbers = [1, 2, 3].map((n) => [n, n]);
  const axes = menu("dimensions", numbers, (chosen) => session.choices.extend(Number(chosen)));
  const fields = MAPS.map(([name, text]) => {
    const field = numberField(text, { min: 1, max: MOST_MAPS });
    field.addEventListener("change", () => {
      const now = counts(session);
      const wanted = { ...now, [name]: Number(field.value) };
      // One map in one group is a layer without channels.
      const plain = Object.values(wanted).every((count) => count === 1);
      session.choices.take(
        plain ? { ...wanted, in_channels: null, out_channels: null } : wanted,
        name,
      );
      update();
    });
    return { name, field, label: html("label", { class: "cw-check" }, text, field) };
  });
  const update = () => {
    const { layer } = session.scene;
    axes.value = String(layer.axes.length);
    axes.disabled = session.hidden;
    for (const { name, field, label } of fields) {
      if (active(field) !== field || !session.refusal) {
        field.value = String(counts(session)[name]);
      }
      field.disabled = session.hidden;
      attribute(field, { "aria-invalid": session.refusal?.setting === name ? "true" : null });
      label.style.display = "groups" in layer.spec ? "" : "none";
    }
  };
  return {
    node: html(
      "div",
      {},
      html("label", { class: "cw-check" }, "dimensions", axes),
      ...fields.map(({ label }) => label),
    ),
    update,
  };
}

/**
 * Undo and reset.
 * @param {Session} session
 */
export function waysBack(session) {
  const undo = button(["Undo"], () => session.undo());
  const reset = button(["Reset"], () => session.reset());
  return {
    node: html("div", { class: "cw-ways-back" }, undo, reset),
    update() {
      undo.disabled = session.history.empty || session.hidden;
      reset.disabled = session.hidden;
    },
  };
}

/** @param {Session} session */
function counts({ scene: { layer } }) {
  const [inputs, outputs] = channels(layer) ?? [1, 1];
  return { in_channels: inputs, out_channels: outputs, groups: layer.groups };
}
