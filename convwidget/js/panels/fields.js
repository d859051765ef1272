// What a hand uses, in one call: buttons, menus, boxes to tick, and fields for a number.

import { html } from "../dom.js";

/** @typedef {import("../dom.js").Attributes} Attributes */

/**
 * @param {import("../dom.js").Child[]} inside
 * @param {() => void} act
 * @param {Attributes} [attributes]
 */
export function button(inside, act, attributes) {
  const given = { type: "button", class: "cw-button", ...attributes };
  const node = /** @type {HTMLButtonElement} */ (html("button", given, ...inside));
  node.addEventListener("click", act);
  return node;
}

/**
 * @param {string} text
 * @param {() => void} act
 */
export const chip = (text, act) => button([text], act, { class: "cw-chip" });

/**
 * @param {string} name
 * @param {readonly (readonly (string | number)[])[]} options values and their texts
 * @param {(value: string) => void} chosen
 * @param {string} [style]
 */
export function menu(name, options, chosen, style = "cw-select") {
  const node = /** @type {HTMLSelectElement} */ (html(
    "select",
    { class: style, "aria-label": name },
    ...options.map(([value, text]) => html("option", { value }, text)),
  ));
  node.addEventListener("change", () => chosen(node.value));
  return node;
}

/**
 * @param {string} text
 * @param {(ticked: boolean) => void} changed
 */
export function box(text, changed) {
  const node = /** @type {HTMLInputElement} */ (html("input", {
    type: "checkbox",
    "aria-label": text,
  }));
  node.addEventListener("change", () => changed(node.checked));
  return { box: node, label: html("label", { class: "cw-check" }, node, text) };
}

/**
 * @param {string} name
 * @param {Attributes} attributes
 */
export const numberField = (name, attributes) => /** @type {HTMLInputElement} */ (html("input", {
  class: "cw-number",
  type: "number",
  step: 1,
  "aria-label": name,
  ...attributes,
}));
