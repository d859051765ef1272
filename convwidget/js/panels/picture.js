// The picture and the hand on it: hovering, pinning, editing, and the keyboard's way through cells.

import { spokenCell } from "../about.js";
import { offset } from "../arrays.js";
import { attribute, html, unique } from "../dom.js";
import { begins, Editor } from "./editor.js";
import { chip } from "./fields.js";
import { active } from "../focus.js";
import { icon } from "../icons.js";
import { misfit } from "../limits.js";
import { mapOf } from "../scene.js";
import { VIEWS } from "../views/index.js";
import { rulers } from "../views/marks.js";
import { question } from "../views/question.js";
import { capital } from "../words.js";

/** @typedef {import("../session.js").Session} Session */
/** @typedef {import("../scene.js").Place} Place */
/** @typedef {import("../scene.js").MapName} MapName */

export class Picture {
  /**
   * @param {Session} session
   * @param {(text: string) => void} say
   */
  constructor(session, say) {
    this.session = session;
    this.say = say;
    this.banner = html("div", { class: "cw-banner" });
    this.holder = html("div", {
      class: "cw-holder",
      id: unique("picture"),
    });
    this.below = html("div", {});
    this.node = html("div", { class: "cw-stage" }, this.banner, this.holder, this.below);
    this.editor = new Editor(session, this.holder, say);
    /** @type {Partial<Record<MapName, number[]>>} where the keyboard is in each map */
    this.current = {};
    /** @type {import("../views/index.js").View | null} */
    this.view = null;
    this.holder.addEventListener("pointermove", (event) => session.look(this.under(event)));
    this.holder.addEventListener("pointerleave", () => session.look(null));
    this.holder.addEventListener("click", (event) => {
      const place = this.under(event);
      if (!place) return;
      this.pin(place);
      this.enter(place);
      this.element(place)?.focus();
    });
    this.holder.addEventListener("dblclick", (event) => {
      const place = this.under(event);
      if (place) this.edit(place);
    });
    this.holder.addEventListener("focusin", (event) => this.arrive(event));
    this.holder.addEventListener("focusout", () => session.look(null));
    this.holder.addEventListener("keydown", (event) => this.key(event));
  }

  /**
   * Draw the scene anew.
   * @param {number} width
   * @param {Element} root
   */
  update(width, root) {
    const { scene, refusal, view, hidden } = this.session;
    const at = active(this.holder);
    const pending = this.editor.pending; // a hand that writes goes on in the new picture
    const inCell = at && this.holder.contains(at) && (pending || this.view?.placeOf(at));
    const held = inCell ? this.focused : null;
    this.editor.close();
    const draw = hidden ? question(this.session) : VIEWS[view].make;
    this.view = draw(scene, width, root);
    this.holder.replaceChildren(this.view.node);
    this.holder.classList.toggle("cw-stale", refusal !== null);
    this.showRefusal(width);
    for (const map of /** @type {const} */ (["input", "kernel", "output"])) {
      if (map !== "kernel" || scene.kernel) this.enter({ map, index: this.current[map] ?? [] });
    }
    attribute(this.holder, {
      role: hidden ? "group" : "tabpanel",
      "aria-label": hidden ? "picture" : null,
      "aria-labelledby": hidden ? null : `${this.holder.id}-${view}`,
    });
    if (held) this.element(held)?.focus();
    if (pending) this.edit(pending.place, pending.text);
  }

  light() {
    const { focus, hidden } = this.session;
    if (!hidden || focus.map !== "output") this.view?.light(focus);
  }

  /** @param {number} width */
  showRefusal(width) {
    const { refusal, scene } = this.session;
    this.banner.replaceChildren();
    this.below.replaceChildren();
    if (!refusal) return;
    const { setting, wanted, where, reason } = refusal;
    const sizes = misfit(scene.layer, setting, wanted, where);
    if (sizes) this.below.append(rulers(width, sizes));
    // A parameter's name stays as it is written.
    const isName = reason.startsWith(setting) || /^\w+_/.test(reason);
    const sentence = isName ? reason : capital(reason);
    const remedies = refusal.remedies.flatMap(({ settings, label }, n) => {
      const button = chip(label, () => this.session.choices.apply(settings, where));
      return n ? [" or ", button] : [button];
    });
    const back = chip("Go back", () => this.session.choices.forget());
    this.banner.append(
      html("p", { class: "cw-cannot" }, icon("cross"), `${sentence}.`),
      html("p", {}, ...remedies, remedies.length ? " would do. " : "", back),
      html("p", {}, "The picture still shows what was there before."),
    );
  }

  /** @param {MouseEvent} event */
  under(event) {
    return this.view?.under(event) ?? null;
  }

  /** @param {Place} place */
  pin(place) {
    this.session.pin(place);
    this.say(this.session.pinned ? "Pinned." : "Unpinned.");
  }

  /** The cell that has the keyboard. @type {Place | null} */
  focused = null;

  /** @param {FocusEvent} event */
  arrive(event) {
    const target = /** @type {Element} */ (event.target);
    const place = this.view?.placeOf(target);
    if (!place) return;
    // A click gives the keyboard to any cell, not only to the map's one stop.
    this.enter(place);
    this.focused = place;
    if (!target.matches(":focus-visible")) return;
    target.scrollIntoView({ block: "nearest", inline: "nearest" }); // a cell half in view as well
    this.session.look(place);
    // What a cell reaches would give the output's size away.
    if (!this.session.hidden) this.say(spokenCell(this.session.scene, place));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const target = /** @type {Element} */ (event.target);
    const place = this.view?.placeOf(target) ? this.focused : null; // a view has controls as well
    if (!place || !this.view) return;
    const own = !event.metaKey && !event.altKey;
    const next = own && this.view.after(place, event);
    if (next) {
      event.preventDefault();
      this.enter(next);
      this.element(next)?.focus();
    } else if (own && !event.ctrlKey && place.map !== "output" && begins(event.key)) {
      event.preventDefault();
      this.edit(place, event.key === "F2" ? undefined : event.key.replace("−", "-"));
    } else if (event.key === "Enter" && !event.shiftKey && own && !event.ctrlKey) {
      if (place.map === "output") this.pin(place);
      else this.edit(place);
    } else if (event.key === "Escape" && this.session.pinned) {
      this.pin(this.session.pinned);
      event.stopPropagation();
    }
  }

  /**
   * Write in a cell of the input or the kernel.
   * @param {Place} place
   * @param {string} [text]
   */
  edit(place, text) {
    const element = this.element(place);
    if (place.map === "output" || !element) return;
    const map = mapOf(this.session.scene, place.map);
    const now = String(map.data[offset(place.index, map.shape)]);
    this.editor.open(place, element, text ?? now, text === undefined, (move) => {
      if (move === "leave") return;
      const below = move === "down" &&
        this.view?.after(place, { key: "ArrowDown", ctrlKey: false });
      const next = below || place;
      this.focused = next;
      this.enter(next);
      this.element(next)?.focus();
    });
  }

  /**
   * Make a cell the one stop of its map.
   * @param {Place} place
   */
  enter(place) {
    if (!this.view) return;
    const inside = this.view.within(place);
    this.current[place.map] = inside.index;
    this.view.enter(inside);
  }

  /**
   * @param {Place} place
   * @returns {SVGElement | null}
   */
  element(place) {
    return /** @type {SVGElement | null} */ (this.view?.element(place) ?? null);
  }
}
