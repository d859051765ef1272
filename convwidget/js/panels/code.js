// The layer as a program of a framework, to read and to copy.

import { html } from "../dom.js";
import { Disclosure } from "./disclosure.js";
import { button, menu } from "./fields.js";
import { code, FRAMEWORKS } from "../frameworks.js";

export class Code extends Disclosure {
  /**
   * @param {import("../session.js").Session} session
   * @param {(text: string) => void} say
   */
  constructor(session, say) {
    super(session, "Code", "", true); // its last line would give the output's size away
    this.say = say;
    this.text = html("code", {});
    this.program = html("pre", { class: "cw-code", tabindex: 0, role: "group" }, this.text);
    const names = FRAMEWORKS.map((name) => [name, name]);
    this.choice = menu("framework", names, () => this.update());
    this.copier = button(["Copy"], () => this.copy());
    this.head = html("div", { class: "cw-code-head" }, this.choice, this.copier);
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /** @override @param {import("../scene.js").Scene} scene */
  fill({ layer }) {
    const program = code(layer, this.choice.value);
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
