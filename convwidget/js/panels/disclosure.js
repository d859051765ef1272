// A part below the picture that is folded away, and filled only while it is open.

import { html } from "../dom.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../session.js").Session} Session */

export class Disclosure {
  /**
   * @param {Session} session
   * @param {string} title
   * @param {string} style the class of what is inside
   * @param {boolean} [telling] whether it would give a prediction away
   */
  constructor(session, title, style, telling = false) {
    this.session = session;
    this.telling = telling;
    this.body = html("div", { class: style });
    this.node = html("details", { class: "cw-disclosure" }, html("summary", {}, title), this.body);
    this.node.addEventListener("toggle", () => this.update());
  }

  update(scene = this.session.scene) {
    if (!this.node.hasAttribute("open")) return;
    if (this.telling && this.session.hidden) {
      this.body.replaceChildren(html("p", {}, "Predict first."));
    } else this.fill(scene);
  }

  /**
   * @abstract
   * @param {Scene} _scene
   */
  fill(_scene) {}
}
