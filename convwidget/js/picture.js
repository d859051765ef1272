// The picture and the hand on it: hovering, pinning, and the keyboard's way through the grids.

import { placeAfter, placeUnder, within } from "./aim.js";
import { html, svg } from "./dom.js";
import { icon } from "./icons.js";
import { layout } from "./layout.js";
import { misfit } from "./limits.js";
import { offset } from "./arrays.js";
import { number, spokenCell } from "./words.js";
import { Grids } from "./views/grids.js";
import { rulers } from "./views/marks.js";

/** @typedef {import("./session.js").Session} Session */
/** @typedef {import("./scene.js").Place} Place */
/** @typedef {import("./scene.js").MapName} MapName */

/** @type {MapName[]} */
const MAPS = ["input", "kernel", "output"];

export class Picture {
  /**
   * @param {Session} session
   * @param {(text: string) => void} say
   */
  constructor(session, say) {
    this.session = session;
    this.say = say;
    this.banner = html("div", { class: "cw-banner" });
    this.holder = html("div", { class: "cw-holder" });
    this.below = html("div", { class: "cw-below" });
    this.node = html("div", { class: "cw-stage" }, this.banner, this.holder, this.below);
    /** @type {Record<MapName, number[]>} where the keyboard is in each grid */
    this.current = { input: [0, 0], kernel: [0, 0], output: [0, 0] };
    /** @type {Grids | null} */
    this.grids = null;
    this.holder.addEventListener("pointermove", (event) => session.look(this.under(event)));
    this.holder.addEventListener("pointerleave", () => session.look(null));
    this.holder.addEventListener("click", (event) => {
      const place = this.under(event);
      if (!place) return;
      this.pin(place);
      // A cell takes the keyboard by itself, but an image has no cells.
      this.enter(place.map, place.index);
      if (this.layout?.[place.map].image) this.element(place)?.focus();
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
    const { scene, refusal } = this.session;
    const held = this.holder.contains(document.activeElement) ? this.focused : null;
    this.layout = layout(scene, width);
    this.grids = new Grids(scene, this.layout, root);
    this.holder.replaceChildren(this.grids.node);
    this.holder.classList.toggle("cw-stale", refusal !== null);
    this.showRefusal();
    for (const map of MAPS) this.enter(map, this.current[map]);
    this.light();
    if (held) this.element(held)?.focus();
  }

  light() {
    this.grids?.light(this.session.focus);
  }

  showRefusal() {
    const { refusal, scene } = this.session;
    this.banner.replaceChildren();
    this.below.replaceChildren();
    if (!refusal || !this.layout) return;
    const { setting, wanted, where, reason } = refusal;
    const sizes = wanted === null ? null : misfit(scene.layer, setting, wanted, where);
    if (sizes) this.below.append(rulers(this.layout, sizes));
    const isName = reason.startsWith(setting); // a parameter's name stays as it is written
    const sentence = isName ? reason : reason[0].toUpperCase() + reason.slice(1);
    const remedies = refusal.remedies.flatMap(({ settings, label }, n) => {
      const button = html("button", { type: "button", class: "cw-chip" }, label);
      button.addEventListener("click", () => this.session.apply(settings, where));
      return n ? [" or ", button] : [button];
    });
    const back = html("button", { type: "button", class: "cw-chip" }, "Go back");
    back.addEventListener("click", () => this.session.forget());
    this.banner.append(
      html("p", { class: "cw-cannot" }, icon("cross"), `${sentence}.`),
      html("p", {}, ...remedies, remedies.length ? " would do. " : "", back),
      html("p", {}, "The picture still shows what was there before."),
    );
  }

  /** @param {MouseEvent} event */
  under(event) {
    const picture = this.grids?.node;
    if (!picture || !this.layout) return null;
    const box = picture.getBoundingClientRect();
    const scale = this.layout.width / box.width;
    const [x, y] = [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
    return placeUnder(this.session.scene, this.layout, x, y);
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
    const grid = target.closest(".cw-grid");
    const map = MAPS.find((name) => grid?.classList.contains(`cw-grid-${name}`));
    if (!map) return;
    // A click gives the keyboard to any cell, not only to the grid's one stop.
    const index = target.getAttribute("data-index")?.split(",").map(Number);
    if (index) this.enter(map, index);
    this.focused = { map, index: this.current[map] };
    if (!target.matches(":focus-visible")) return;
    this.session.look(this.focused);
    this.say(spokenCell(this.session.scene, this.focused));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const place = this.focused;
    if (!place) return;
    const next = placeAfter(this.session.scene, place, event);
    if (next) {
      event.preventDefault();
      this.enter(place.map, next.index);
      this.element(next)?.focus();
    } else if (event.key === "Enter") {
      this.pin(place);
    } else if (event.key === "Escape" && this.session.pinned) {
      this.pin(this.session.pinned);
      event.stopPropagation();
    }
  }

  /**
   * Make a cell the one stop of its grid.
   * @param {MapName} map
   * @param {number[]} index
   */
  enter(map, index) {
    const inside = within(this.session.scene, map, index);
    this.element({ map, index: this.current[map] })?.setAttribute("tabindex", "-1");
    this.current[map] = inside;
    if (this.layout?.[map].image) this.standIn(map, inside);
    this.element({ map, index: inside })?.setAttribute("tabindex", "0");
  }

  /**
   * In a grid that is one image, the one cell that the keyboard is at.
   * @param {MapName} map
   * @param {number[]} index
   */
  standIn(map, index) {
    const grid = this.grids?.grids[map].node.querySelector('[role="grid"]');
    if (!grid || !this.grids || !this.layout) return;
    if (grid.querySelector(`[data-index="${index}"]`)) return;
    const { shape, data } = this.session.scene[map];
    const [row, column] = this.grids.at({ map, index });
    const { cell } = this.layout[map];
    const stand = svg(
      "g",
      {
        role: "gridcell",
        class: "cw-cell",
        "aria-colindex": index[1] + 1,
        "aria-label": number(data[offset(index, shape)]),
        "data-index": String(index),
        transform: `translate(${column * cell} ${row * cell})`,
      },
      svg("rect", { class: "cw-stand-in", width: Math.max(cell, 3), height: Math.max(cell, 3) }),
    );
    grid.setAttribute("aria-rowcount", String(shape[0]));
    grid.setAttribute("aria-colcount", String(shape[1]));
    grid.replaceChildren(svg("g", { role: "row", "aria-rowindex": index[0] + 1 }, stand));
  }

  /** @param {Place} place */
  element(place) {
    return this.grids?.element(place) ?? null;
  }
}
