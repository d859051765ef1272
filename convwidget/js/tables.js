// The numbers as tables: for reading without a picture, for touch, and for copying.

import { range } from "./arrays.js";
import { html } from "./dom.js";
import { number, size } from "./words.js";

/** @typedef {import("./scene.js").Scene} Scene */

const MOST = 32;

export class Tables {
  constructor() {
    this.body = html("div", { class: "cw-tables" });
    this.node = html(
      "details",
      { class: "cw-disclosure" },
      html("summary", {}, "Values as tables"),
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

  /** Tables are made only while they are open. */
  fill() {
    const { scene } = this;
    if (!scene || !this.node.hasAttribute("open")) return;
    const maps = /** @type {const} */ (["input", "kernel", "output"]);
    this.body.replaceChildren(...maps.map((map) => table(map, scene[map])));
  }
}

/**
 * @param {string} name
 * @param {import("./values.js").Result} map
 */
function table(name, { shape: [rows, columns], data }) {
  const title = `${name}, ${size([rows, columns])}`;
  if (rows > MOST || columns > MOST) {
    return html("p", {}, `${title}: too large for a table; read it in Python.`);
  }
  const head = range(columns).map((n) => html("th", { scope: "col" }, n));
  const body = range(rows).map((row) =>
    html(
      "tr",
      {},
      html("th", { scope: "row" }, row),
      ...range(columns).map((n) => html("td", {}, number(data[row * columns + n]))),
    )
  );
  return html(
    "div",
    { class: "cw-scroll", tabindex: 0, role: "group", "aria-label": title },
    html(
      "table",
      {},
      html("caption", {}, title),
      html("thead", {}, html("tr", {}, html("td", {}), ...head)),
      html("tbody", {}, ...body),
    ),
  );
}
