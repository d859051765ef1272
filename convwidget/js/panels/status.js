// What a screen reader is told: one line, 400 ms after the last change, the newest only.

import { html } from "../dom.js";

const WAIT = 400;

export class Status {
  constructor() {
    this.node = html("p", { class: "cw-status cw-unseen", role: "status" });
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /** @param {string} text */
  say(text) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.node.textContent = text, WAIT);
  }

  destroy() {
    clearTimeout(this.timer);
  }
}
