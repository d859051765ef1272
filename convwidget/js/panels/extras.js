// Settings that are no sliders: a pool's rules, the number of dimensions, maps and groups; and the
// ways back.

import { channels } from "../connections.js";
import { attribute, html } from "../dom.js";

/** @typedef {import("../session.js").Session} Session */

/** @type {["ceil_mode" | "count_include_pad", string][]} */
const RULES = [["ceil_mode", "ceil_mode"], ["count_include_pad", "count_include_pad"]];
/** @type {["in_channels" | "out_channels" | "groups", string][]} */
const MAPS = [["in_channels", "input maps"], ["out_channels", "output maps"], ["groups", "groups"]];
const MOST_MAPS = 16;

/**
 * A pool's rules, as boxes to tick.
 * @param {Session} session
 */
export function rules(session) {
  const boxes = RULES.map(([name, text]) => {
    const box = /** @type {HTMLInputElement} */ (html("input", { type: "checkbox" }));
    box.addEventListener("change", () => session.take({ [name]: box.checked }, name));
    return { name, box, label: html("label", { class: "cw-check" }, box, text) };
  });
  return {
    node: html("div", {}, ...boxes.map(({ label }) => label)),
    update() {
      const { layer } = session.scene;
      for (const { name, box, label } of boxes) {
        box.checked = layer[name];
        box.disabled = session.locked;
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
  const axes = /** @type {HTMLSelectElement} */ (html(
    "select",
    { class: "cw-select", "aria-label": "dimensions" },
    ...[1, 2, 3].map((n) => html("option", { value: n }, n)),
  ));
  axes.addEventListener("change", () => session.extend(Number(axes.value)));
  const fields = MAPS.map(([name, text]) => {
    const attributes = { class: "cw-number", type: "number", min: 1, max: MOST_MAPS, step: 1 };
    const field = /** @type {HTMLInputElement} */ (html("input", {
      ...attributes,
      "aria-label": text,
    }));
    field.addEventListener("change", () => {
      const now = counts(session);
      const wanted = { ...now, [name]: Number(field.value) };
      // One map in one group is a layer without channels.
      const plain = Object.values(wanted).every((count) => count === 1);
      session.take(plain ? { ...wanted, in_channels: null, out_channels: null } : wanted, name);
      update();
    });
    return { name, field, label: html("label", { class: "cw-check" }, text, field) };
  });
  const update = () => {
    const { layer } = session.scene;
    axes.value = String(layer.axes.length);
    axes.disabled = session.locked;
    for (const { name, field, label } of fields) {
      if (document.activeElement !== field || !session.refusal) {
        field.value = String(counts(session)[name]);
      }
      field.disabled = session.locked;
      attribute(field, { "aria-invalid": session.refusal?.setting === name ? "true" : null });
      label.style.display = "groups" in layer.spec ? "" : "none";
    }
  };
  return {
    node: html(
      "div",
      { class: "cw-sizes-more" },
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
  /** @param {string} text @param {() => void} act */
  const button = (text, act) => {
    const node = html("button", { type: "button", class: "cw-button" }, text);
    node.addEventListener("click", act);
    return /** @type {HTMLButtonElement} */ (node);
  };
  const undo = button("Undo", () => session.undo());
  const reset = button("Reset", () => session.reset());
  return {
    node: html("div", { class: "cw-ways-back" }, undo, reset),
    update() {
      undo.disabled = session.history.empty || session.locked;
      reset.disabled = session.locked;
    },
  };
}

/** @param {Session} session */
function counts({ scene: { layer } }) {
  const [inputs, outputs] = channels(layer) ?? [1, 1];
  return { in_channels: inputs, out_channels: outputs, groups: layer.groups };
}
