// The settings: a slider and a number field each, on both axes together or on each its own.

import { attribute, html, unique } from "./dom.js";
import { EVERYWHERE, LETTERS, range, reach, value } from "./limits.js";
import { PADDING_NAMES } from "./settings.js";

/** @typedef {import("./session.js").Session} Session */
/** @typedef {import("./limits.js").Setting} Setting */
/** @typedef {import("./limits.js").Where} Where */

/** @type {[Setting, string][]} */
const MAIN = [["input_size", "input"], ["kernel_size", "kernel"], ["stride", "stride"], [
  "padding",
  "padding",
]];
/** @type {[Setting, string][]} */
const MORE = [["dilation", "dilation"]];
const SIDES = [["top", "bottom"], ["left", "right"]];

export class Controls {
  /** @param {Session} session */
  constructor(session) {
    this.session = session;
    this.folded = false;
    this.perAxis = false;
    this.perSide = false;
    this.open = false;
    /** @type {{setting: Setting, where: Where}} on a narrow page one slider serves this one */
    this.chosen = { setting: "stride", where: EVERYWHERE };
    /** @type {{node: HTMLElement, update(reached: {low: number, high: number}): void} | undefined} */
    this.slide = undefined;
    this.shape = "";
    /** @type {(() => void)[]} */
    this.updates = [];
    this.stepper = html("div", { class: "cw-stepper" });
    this.node = html("div", { class: "cw-settings", role: "group", "aria-label": "settings" });
  }

  /** @param {boolean} folded */
  update(folded) {
    const { layer } = this.session.scene;
    const sides = layer.pads.some(([before, after]) => before !== after);
    const apart = ["input_size", "kernel_size", "stride", "dilation"]
      .some((name) => new Set(layer[/** @type {"stride"} */ (name)]).size > 1);
    this.folded = folded;
    this.perAxis ||= apart || new Set(layer.pads.map(String)).size > 1;
    this.perSide ||= sides && typeof layer.padding !== "string";
    this.perAxis ||= this.perSide;
    if (this.perAxis !== (this.chosen.where.axis !== null)) {
      this.chosen = { ...this.chosen, where: { axis: this.perAxis ? 0 : null, side: null } };
    }
    const shape = `${[folded, this.perAxis, this.perSide]}`;
    if (shape !== this.shape) this.build(shape);
    for (const update of this.updates) update();
    if (folded) this.fillStepper();
  }

  /** @param {string} shape */
  build(shape) {
    this.shape = shape;
    this.updates = [];
    const focused = this.node.contains(document.activeElement)
      ? document.activeElement?.getAttribute("aria-label")
      : null;
    const all = [...MAIN, ...MORE];
    const main = (this.folded ? all : MAIN).flatMap((row) => this.rows(row));
    const more = this.folded ? [] : MORE.flatMap((row) => this.rows(row));
    const details = html(
      "details",
      { class: "cw-more", open: this.open },
      html(
        "summary",
        {},
        this.folded ? "one setting per axis, padding" : "dilation, one setting per axis, padding",
      ),
      ...more,
      this.axisSwitch(),
      this.paddingChoice(),
    );
    details.addEventListener("toggle", () => this.open = details.hasAttribute("open"));
    this.node.replaceChildren(
      html("div", { class: "cw-fields" }, ...main),
      ...(this.folded ? [this.stepper] : []),
      details,
    );
    if (focused) {
      const again = this.node.querySelector(`[aria-label="${focused}"]`);
      if (again instanceof HTMLElement) again.focus();
    }
  }

  /**
   * A setting's rows: one, or one per axis, or for padding one per side.
   * @param {[Setting, string]} row
   */
  rows([setting, name]) {
    if (setting === "padding" && this.perSide) {
      return SIDES.flatMap((sides, axis) =>
        sides.map((side, at) =>
          this.row(setting, `${name} ${side}`, { axis, side: at === 0 ? 0 : 1 })
        )
      );
    }
    if (!this.perAxis) return [this.row(setting, name, EVERYWHERE)];
    return ["rows", "columns"].map((axis, n) =>
      this.row(setting, `${name} ${axis}`, { axis: n, side: null })
    );
  }

  /**
   * @param {Setting} setting
   * @param {string} name
   * @param {Where} where
   */
  row(setting, name, where) {
    const letter = LETTERS[setting];
    const id = unique("field");
    const field = /** @type {HTMLInputElement} */ (html("input", {
      id,
      class: "cw-number",
      type: "number",
      step: 1,
      "aria-label": `${name} ${letter}`,
      "aria-describedby": `${id}-limit`,
    }));
    const slider = this.folded ? null : this.slider(setting, where);
    const limit = html("span", { id: `${id}-limit`, class: "cw-limit" });
    let written = "";
    field.addEventListener("change", () => {
      written = field.value;
      if (field.value === "") {
        this.session.forget();
        this.update(this.folded);
      } else this.session.choose(setting, Number(field.value), where);
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.session.refusal) this.session.forget();
      const steps = { ArrowUp: 10, ArrowDown: -10 }[event.key];
      if (!steps || !event.shiftKey) return;
      event.preventDefault();
      this.session.choose(setting, Number(field.value) + steps, where);
    });
    field.addEventListener("focus", () => this.choose({ setting, where }));
    this.updates.push(() => {
      // A number that is being typed is not written over.
      if (document.activeElement !== field || field.value === written) {
        field.value = written = String(this.shown(setting, where));
      }
      attribute(field, { "aria-invalid": this.isRefused(setting, where) ? "true" : null });
      const reached = this.reach(setting, where);
      limit.textContent = reached.why;
      const now = value(this.session.scene.layer, setting, where);
      row.classList.toggle("cw-at-end", now === reached.low || now === reached.high);
      slider?.update(reached);
    });
    const row = html(
      "div",
      { class: `cw-setting cw-of-${setting}`, "data-key": key({ setting, where }) },
      html("label", { for: id }, html("span", { class: "cw-name" }, name), html("i", {}, letter)),
      ...(slider ? [slider.node] : []),
      field,
      limit,
    );
    if (this.folded) row.addEventListener("click", () => field.focus());
    return row;
  }

  /**
   * For pointer and touch; the number field serves the keyboard and screen readers.
   * @param {Setting} setting
   * @param {Where} where
   */
  slider(setting, where) {
    const slider = /** @type {HTMLInputElement} */ (html("input", {
      class: `cw-slider cw-of-${setting}`,
      type: "range",
      tabindex: -1,
      "aria-hidden": "true",
    }));
    slider.addEventListener("input", () => {
      this.session.choose(setting, Number(slider.value), where);
    });
    // Hidden from screen readers, so it hands the keyboard on (a finger would call up a keyboard).
    slider.addEventListener("pointerup", ({ pointerType }) => {
      if (pointerType === "mouse") this.fieldOf(setting, where)?.focus();
    });
    /** @param {{low: number, high: number}} reached */
    const update = ({ low, high }) => {
      const [least, most] = this.range(setting);
      slider.min = String(least);
      slider.max = String(most);
      slider.value = String(this.shown(setting, where));
      /** @param {number} at */
      const share = (at) =>
        `${100 * (Math.min(Math.max(at, least), most) - least) / (most - least)}%`;
      slider.style.setProperty("--cw-low", share(low));
      slider.style.setProperty("--cw-high", share(high));
      slider.style.setProperty("--cw-at", share(this.shown(setting, where)));
    };
    return { node: slider, update };
  }

  /** The one slider of a narrow page, between two buttons. */
  fillStepper() {
    const { setting, where } = this.chosen;
    const name = key(this.chosen);
    for (const row of this.node.querySelectorAll(".cw-setting")) {
      row.classList.toggle("cw-chosen", row.getAttribute("data-key") === name);
    }
    if (this.stepper.dataset.key !== name) {
      /** @param {number} by @param {string} text @param {string} label */
      const button = (by, text, label) => {
        const attributes = { type: "button", class: "cw-button", "aria-label": label };
        const node = html("button", attributes, text);
        node.addEventListener("click", () => {
          this.session.choose(setting, this.shown(setting, where) + by, where);
        });
        return node;
      };
      const letter = LETTERS[setting];
      this.slide = this.slider(setting, where);
      this.stepper.dataset.key = name;
      this.stepper.replaceChildren(
        button(-1, "−", `${letter} less`),
        this.slide.node,
        button(1, "+", `${letter} more`),
      );
    }
    this.slide?.update(this.reach(setting, where));
  }

  axisSwitch() {
    const box = /** @type {HTMLInputElement} */ (html("input", {
      type: "checkbox",
      "aria-label": "one setting per axis",
    }));
    this.updates.push(() => box.checked = this.perAxis);
    box.addEventListener("change", () => {
      this.perAxis = box.checked;
      if (!box.checked) this.lock();
      this.update(this.folded);
    });
    return html("label", { class: "cw-check" }, box, "one setting per axis");
  }

  /** Bring both axes to the first one's settings, where that can be. */
  lock() {
    const { layer } = this.session.scene;
    const names = /** @type {const} */ (["input_size", "kernel_size", "stride", "dilation"]);
    /** @type {Record<string, unknown>} */
    const first = Object.fromEntries(
      names.map((name) => [name, layer[name].map(() => layer[name][0])]),
    );
    if (typeof layer.padding !== "string") first.padding = layer.pads.map(() => layer.pads[0]);
    this.perSide = false;
    this.session.take(first, "input_size");
  }

  paddingChoice() {
    const select = /** @type {HTMLSelectElement} */ (html(
      "select",
      { class: "cw-select", "aria-label": "kind of padding" },
      html("option", { value: "number" }, "p on every side"),
      html("option", { value: "sides" }, "each side its own"),
      ...PADDING_NAMES.map((name) => html("option", { value: name }, `"${name}"`)),
    ));
    select.addEventListener("change", () => {
      const { layer } = this.session.scene;
      this.perSide = select.value === "sides";
      if (PADDING_NAMES.includes(select.value)) {
        this.session.take({ padding: select.value }, "padding");
      } else if (select.value === "number") {
        this.session.choose("padding", Math.max(0, layer.pads[0][0]), EVERYWHERE);
      } else {
        this.session.take({ padding: layer.pads }, "padding");
      }
      this.update(this.folded);
    });
    this.updates.push(() => {
      const { padding } = this.session.scene.layer;
      select.value = typeof padding === "string" ? padding : this.perSide ? "sides" : "number";
      const { refusal } = this.session;
      const refused = refusal?.setting === "padding" && refusal.wanted === null;
      attribute(select, { "aria-invalid": refused ? "true" : null });
    });
    return html("label", { class: "cw-check" }, "padding", select);
  }

  /** @param {{setting: Setting, where: Where}} chosen */
  choose(chosen) {
    if (key(chosen) === key(this.chosen)) return;
    this.chosen = chosen;
    if (this.folded) this.fillStepper();
  }

  /** @param {Setting} setting */
  range(setting) {
    return range(this.session.initial, setting);
  }

  /**
   * @param {Setting} setting
   * @param {Where} where
   */
  reach(setting, where) {
    return reach(this.session.scene.layer, setting, this.range(setting), where);
  }

  /**
   * @param {Setting} setting
   * @param {Where} where
   */
  fieldOf(setting, where) {
    const row = this.node.querySelector(`[data-key="${key({ setting, where })}"]`);
    return /** @type {HTMLInputElement | null} */ (row?.querySelector(".cw-number") ?? null);
  }

  /**
   * What a field shows: the number that was refused, or the layer's.
   * @param {Setting} setting
   * @param {Where} where
   */
  shown(setting, where) {
    const { refusal, scene } = this.session;
    if (refusal && this.isRefused(setting, where)) return refusal.wanted ?? 0;
    return value(scene.layer, setting, where);
  }

  /**
   * @param {Setting} setting
   * @param {Where} where
   */
  isRefused(setting, { axis, side }) {
    const { refusal } = this.session;
    return refusal?.setting === setting && refusal.wanted !== null &&
      refusal.where.axis === axis && refusal.where.side === side;
  }
}

/** @param {{setting: Setting, where: Where}} chosen */
const key = ({ setting, where }) => `${setting} ${where.axis} ${where.side}`;
