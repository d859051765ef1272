// Play, step and scrub through the output's cells, in reading order.

import { spokenPlace } from "../about.js";
import { html } from "../dom.js";
import { button, menu } from "./fields.js";
import { icon } from "../icons.js";
import { indexAt, offset } from "../arrays.js";
import { cell, number } from "../words.js";

/** @typedef {import("../session.js").Session} Session */

const STEP = 800; // milliseconds at speed 1
const SPEEDS = [["0.5", "½ ×"], ["1", "1 ×"], ["2", "2 ×"], ["4", "4 ×"], ["16", "16 ×"]];

export class Transport {
  /**
   * @param {Session} session
   * @param {(text: string) => void} say
   */
  constructor(session, say) {
    this.session = session;
    this.say = say;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.speed = 1;
    /** @param {import("../icons.js").Icon} name @param {string} label @param {() => void} act */
    const press = (name, label, act) => button([icon(name)], act, { "aria-label": label });
    this.back = press("back", "step back", () => this.step(-1));
    this.toggle = press("play", "play", () => this.playOrPause());
    this.forward = press("forward", "step forward", () => this.step(1));
    this.slider = /** @type {HTMLInputElement} */ (html("input", {
      type: "range",
      class: "cw-slider cw-scrub",
      min: 0,
      "aria-label": "position",
    }));
    this.slider.addEventListener("input", () => {
      this.stop();
      this.go(Number(this.slider.value));
    });
    const speed = menu("speed", SPEEDS, (chosen) => this.speed = Number(chosen));
    speed.value = "1";
    this.label = html("span", { class: "cw-at" });
    this.node = html(
      "div",
      { class: "cw-transport", role: "group", "aria-label": "window" },
      this.back,
      this.toggle,
      this.forward,
      this.slider,
      this.label,
      speed,
    );
  }

  get place() {
    return offset(this.session.position, this.session.scene.output.shape);
  }

  get last() {
    return this.session.scene.output.data.length - 1;
  }

  update() {
    const { scene, position, playing } = this.session;
    this.slider.max = String(this.last);
    this.slider.value = String(this.place);
    this.slider.style.setProperty("--cw-at", `${this.last ? 100 * this.place / this.last : 100}%`);
    this.slider.setAttribute("aria-valuetext", spokenPlace(scene, position));
    this.label.replaceChildren(
      html("b", {}, cell({ map: "output", index: position })),
      ` · ${this.place + 1} of ${this.last + 1}`,
    );
    const label = playing ? "pause" : "play";
    if (this.toggle.getAttribute("aria-label") !== label) {
      this.toggle.setAttribute("aria-label", label);
      this.toggle.replaceChildren(icon(label));
    }
  }

  /** @param {number} by */
  step(by) {
    this.stop();
    this.go(this.place + by);
  }

  /** @param {number} place as near as there is one: a slider not yet drawn anew has others */
  go(place) {
    this.session.move(this.at(Math.min(Math.max(place, 0), this.last)));
  }

  /** @param {number} place */
  at(place) {
    return indexAt(place, this.session.scene.output.shape);
  }

  playOrPause() {
    if (this.session.playing) {
      this.stop();
      const { scene, position } = this.session;
      const value = scene.output.data[this.place];
      this.say(`Paused at ${spokenPlace(scene, position)}: ${number(value)}.`);
      return;
    }
    if (this.place === this.last) this.session.stand(this.at(0));
    this.session.play(true);
    this.say("Playing.");
    this.schedule();
  }

  schedule() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (!this.session.playing) return; // another hand took the window
      if (this.place < this.last) this.session.stand(this.at(this.place + 1));
      if (this.place < this.last) return this.schedule();
      this.stop();
      this.say(`End. ${this.last + 1} of ${this.last + 1}.`);
    }, STEP / this.speed);
  }

  /** Stop playing, and tell Python where the window stands. */
  stop() {
    this.destroy();
    if (this.session.playing) this.session.play(false);
  }

  /** Stop, of a view that is closed: nobody is told. */
  destroy() {
    clearTimeout(this.timer);
  }
}
