// The layer as a program of a framework, to read and to copy.

import { html } from "../dom.js";
import { code, FRAMEWORKS } from "../frameworks.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../session.js").Session} Session */

export class Code {
  /**
   * @param {Session} session
   * @param {(text: string) => void} [say]
   */
  constructor(session, say = () => {}) {
    this.session = session;
    this.say = say;
    this.text = html("code", {});
    this.program = html("pre", { class: "cw-code", tabindex: 0, role: "group" }, this.text);
    this.choice = /** @type {HTMLSelectElement} */ (html(
      "select",
      { class: "cw-select", "aria-label": "framework" },
      ...FRAMEWORKS.map((name) => html("option", {}, name)),
    ));
    this.copier = html("button", { type: "button", class: "cw-button" }, "Copy");
    this.head = html("div", { class: "cw-code-head" }, this.choice, this.copier);
    this.body = html("div", {});
    this.node = html(
      "details",
      { class: "cw-disclosure" },
      html("summary", {}, "Code"),
      this.body,
    );
    /** @type {Scene | null} */
    this.scene = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.node.addEventListener("toggle", () => this.fill());
    this.choice.addEventListener("change", () => this.fill());
    this.copier.addEventListener("click", () => this.copy());
  }

  /** @param {Scene} scene */
  update(scene) {
    this.scene = scene;
    this.fill();
  }

  /** The program is written only while it is open. */
  fill() {
    if (!this.scene || !this.node.hasAttribute("open")) return;
    if (this.session.hidden) {
      // Its last line would give the output's size away.
      this.text.textContent = "";
      this.body.replaceChildren(html("p", {}, "Predict first."));
      return;
    }
    const program = code(this.scene.layer, this.choice.value);
    if (program !== this.text.textContent) this.text.textContent = program;
    this.program.setAttribute("aria-label", `${this.choice.value} code`);
    if (!this.program.isConnected) this.body.replaceChildren(this.head, this.program);
  }

  /** Copy the program; where the page may not, select it for the hand that may. */
  async copy() {
    try {
      await navigator.clipboard.writeText(this.text.textContent ?? "");
      this.tell("Copied.", "Copied.");
    } catch {
      getSelection()?.selectAllChildren(this.text);
      this.tell("Selected.", "The code is selected: copy it with the keyboard.");
    }
  }

  /**
   * @param {string} label
   * @param {string} spoken
   */
  tell(label, spoken) {
    this.copier.textContent = label;
    this.say(spoken);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.copier.textContent = "Copy", 2000);
  }

  destroy() {
    clearTimeout(this.timer);
  }
}
