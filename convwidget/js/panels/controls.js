// The settings: a slider and a number field each, on both axes together or on each its own.

import { attribute, html, unique, write } from "../dom.js";
import { active } from "../focus.js";
import { rules, sizes, waysBack } from "./extras.js";
import { box, button, numberField } from "./fields.js";
import { EVERYWHERE, range, reach, value } from "../limits.js";
import { paddingChoice } from "./padding.js";
import { Presets } from "./presets.js";
import { slider } from "./slider.js";
import { axisNames, letters } from "../words.js";

/** @typedef {import("../session.js").Session} Session */
/** @typedef {import("../limits.js").Setting} Setting */
/** @typedef {import("../limits.js").Where} Where */

/** @typedef {[Setting, string]} Row a setting and its name on the page */

/** @type {Record<import("../layers.js").Type, {main: Row[], more: Row[]}>} */
const ROWS = {
  Conv: rowsOf("kernel", [], ["stretch", "stretch"]),
  ConvTranspose: rowsOf("kernel", [["output_padding", "output padding"]]),
  MaxPool: rowsOf("window", []),
  AvgPool: rowsOf("window", []),
};
/** @type {Record<string, string[][]>} the sides of each axis */
const SIDES = { 1: [["before", "after"]], 2: [["top", "bottom"], ["left", "right"]] };
SIDES[3] = [["front", "back"], ...SIDES[2]];

/**
 * @param {string} kernel
 * @param {Row[]} last
 * @param {Row[]} more
 * @returns {{main: Row[], more: Row[]}}
 */
function rowsOf(kernel, last, ...more) {
  return {
    main: [["input_size", "input"], ["kernel_size", kernel], ["stride", "stride"], [
      "padding",
      "padding",
    ], ...last],
    more: [["dilation", "dilation"], ...more],
  };
}

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
    /** @type {ReturnType<typeof slider> | undefined} */
    this.slide = undefined;
    this.shape = "";
    /** @type {(() => void)[]} */
    this.updates = [];
    this.padding = paddingChoice(session, () => this.perSide, (perSide) => {
      this.perSide = perSide;
      session.tell("scene");
    });
    this.rules = rules(session);
    this.sizes = sizes(session);
    this.presets = new Presets(session);
    this.waysBack = waysBack(session);
    this.stepper = html("div", { class: "cw-stepper" });
    this.node = html("div", { class: "cw-settings", role: "group", "aria-label": "settings" });
  }

  /** @param {boolean} folded */
  update(folded) {
    const { layer } = this.session.scene;
    const names = /** @type {const} */ (
      ["input_size", "kernel_size", "stride", "dilation", "stretch", "output_padding"]
    );
    const apart = names.some((name) => new Set(layer[name]).size > 1);
    this.folded = folded;
    this.perAxis = layer.axes.length > 1 &&
      (this.perAxis || apart || new Set(layer.pads.map(String)).size > 1);
    const uneven = layer.pads.some(([before, after]) => before !== after);
    this.perSide ||= uneven && typeof layer.padding !== "string";
    this.perAxis ||= this.perSide;
    const axis = this.perAxis ? Math.min(this.chosen.where.axis ?? 0, layer.axes.length - 1) : null;
    if (axis !== this.chosen.where.axis) {
      this.chosen = { ...this.chosen, where: { axis, side: null } };
    }
    const shape = `${[folded, this.perAxis, this.perSide, layer.type, layer.axes.length]}`;
    if (shape !== this.shape) this.build(shape);
    for (const update of this.updates) update();
    for (const part of [this.padding, this.rules, this.sizes, this.presets, this.waysBack]) {
      part.update();
    }
    if (this.shared) this.fillStepper();
  }

  /** Whether one slider serves all fields: there is no room for one beside each. */
  get shared() {
    return this.folded || this.perAxis;
  }

  /** @param {string} shape */
  build(shape) {
    this.shape = shape;
    this.updates = [];
    delete this.stepper.dataset.key;
    const { layer } = this.session.scene;
    const { main, more } = ROWS[layer.type];
    const first = (this.folded ? [...main, ...more] : main).flatMap((row) => this.rows(row));
    const rest = this.folded ? [] : more.flatMap((row) => this.rows(row));
    const details = html(
      "details",
      { class: "cw-more", open: this.open },
      html("summary", {}, "More settings"),
      html("div", { class: "cw-fields" }, ...rest),
      ...(layer.axes.length > 1 ? [this.axisSwitch()] : []),
      this.padding.node,
      this.sizes.node,
      this.presets.node,
    );
    details.addEventListener("toggle", () => this.open = details.hasAttribute("open"));
    this.node.replaceChildren(
      html("div", { class: "cw-fields" }, ...first),
      ...(this.shared ? [this.stepper] : []),
      this.rules.node,
      details,
      this.waysBack.node,
    );
  }

  /**
   * A setting's rows: one, or one per axis, or for padding one per side.
   * @param {[Setting, string]} row
   */
  rows([setting, name]) {
    const { layer } = this.session.scene;
    if (setting === "padding" && this.perSide) {
      return SIDES[layer.axes.length].map((sides, axis) =>
        this.line(
          sides.map((side, at) =>
            this.row(setting, `${name} ${side}`, { axis, side: at === 0 ? 0 : 1 }, side)
          ),
          axis ? "" : `${name} ${this.letter(setting)}`,
        )
      );
    }
    if (!this.perAxis) return [this.row(setting, name, EVERYWHERE)];
    return [
      this.line(
        axisNames(layer).map((axis, n) =>
          this.row(setting, `${name} ${axis}`, { axis: n, side: null }, axis)
        ),
        `${name} ${this.letter(setting)}`,
      ),
    ];
  }

  /** @param {Setting} setting */
  letter(setting) {
    return letters(this.session.scene.layer)[setting];
  }

  /**
   * One setting's fields beside each other.
   * @param {HTMLElement[]} rows
   * @param {string} name
   */
  line(rows, name) {
    const label = name
      ? [html("span", { class: "cw-line-name", "aria-hidden": "true" }, name)]
      : [];
    return html("div", { class: "cw-line" }, ...(this.folded ? [] : label), ...rows);
  }

  /**
   * @param {Setting} setting
   * @param {string} name
   * @param {Where} where
   * @param {string} [short] the name beside others of the same setting
   */
  row(setting, name, where, short = name) {
    const letter = this.letter(setting);
    const id = unique("field");
    const field = numberField(`${name} ${letter}`, { id, "aria-describedby": `${id}-limit` });
    const slide = this.shared ? null : this.slider(setting, where);
    const limit = html("span", { id: `${id}-limit`, class: "cw-limit" });
    let written = "";
    // While a number is being typed, taking back is the field's own.
    field.addEventListener("input", () => field.dataset.typing = "");
    const take = () => {
      delete field.dataset.typing;
      written = field.value;
      if (field.value === "") this.session.choices.forget();
      else this.session.choices.choose(setting, Number(field.value), where);
    };
    field.addEventListener("change", take);
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.session.refusal) this.session.choices.forget();
      const steps = { ArrowUp: 10, ArrowDown: -10 }[event.key];
      if (!steps || !event.shiftKey) return;
      event.preventDefault();
      // Written at once, as the browser does by itself at an arrow: the next key counts from here.
      field.value = String(Number(field.value) + steps);
      take();
    });
    field.addEventListener("focus", () => this.choose({ setting, where }));
    this.updates.push(() => {
      // A number that is being typed is not written over.
      if (active(field) !== field || field.value === written) {
        field.value = written = String(this.shown(setting, where));
      }
      attribute(field, { "aria-invalid": this.isRefused(setting, where) ? "true" : null });
      field.disabled = this.session.hidden;
      const reached = this.reach(setting, where);
      write(limit, reached.why);
      const now = value(this.session.scene.layer, setting, where);
      row.classList.toggle("cw-at-end", now === reached.low || now === reached.high);
      slide?.update(reached);
    });
    const row = html(
      "div",
      { class: `cw-setting cw-of-${setting}`, "data-key": key({ setting, where }) },
      html(
        "label",
        { for: id },
        html("span", { class: "cw-name" }, this.folded ? name : short),
        ...(short === name || this.folded ? [html("i", {}, letter)] : []),
      ),
      ...(slide ? [slide.node] : []),
      field,
      limit,
    );
    if (this.shared) row.addEventListener("click", () => field.focus());
    return row;
  }

  /**
   * @param {Setting} setting
   * @param {Where} where
   */
  slider(setting, where) {
    return slider({
      setting,
      range: () => this.range(setting),
      shown: () => this.shown(setting, where),
      held: () => this.session.hidden,
      choose: (wanted) => this.session.choices.choose(setting, wanted, where),
      leave: () => this.fieldOf(setting, where)?.focus(),
    });
  }

  /** The one slider that serves all fields, between two buttons. */
  fillStepper() {
    const { setting, where } = this.chosen;
    const name = key(this.chosen);
    for (const row of this.node.querySelectorAll(".cw-setting")) {
      row.classList.toggle("cw-chosen", row.getAttribute("data-key") === name);
    }
    if (this.stepper.dataset.key !== name) {
      const letter = this.letter(setting);
      /** @param {number} by @param {string} text @param {string} name */
      const step = (by, text, name) =>
        button(
          [text],
          () => this.session.choices.choose(setting, this.shown(setting, where) + by, where),
          { "aria-label": `${letter} ${name}` },
        );
      this.slide = this.slider(setting, where);
      this.stepper.dataset.key = name;
      this.stepper.replaceChildren(
        step(-1, "−", "less"),
        this.slide.node,
        step(1, "+", "more"),
      );
    }
    this.slide?.update(this.reach(setting, where));
    for (const step of this.stepper.querySelectorAll("button")) {
      step.disabled = this.session.hidden;
    }
  }

  axisSwitch() {
    const { box: ticked, label } = box("one setting per axis", (perAxis) => {
      this.perAxis = perAxis;
      if (!perAxis) this.lock();
      this.session.tell("scene");
    });
    this.updates.push(() => {
      ticked.checked = this.perAxis;
      ticked.disabled = this.session.hidden;
    });
    return label;
  }

  /** Bring all axes to the first one's settings, where that can be. */
  lock() {
    const { layer } = this.session.scene;
    /** @type {Record<string, unknown>} */
    const first = Object.fromEntries(
      Object.entries(layer.spec).flatMap(([name, value]) =>
        Array.isArray(value) ? [[name, value.map(() => value[0])]] : []
      ),
    );
    if (typeof layer.padding !== "string") first.padding = layer.pads.map(() => layer.pads[0]);
    this.perSide = false;
    this.session.choices.take(first, "input_size");
  }

  /** @param {{setting: Setting, where: Where}} chosen */
  choose(chosen) {
    if (key(chosen) === key(this.chosen)) return;
    this.chosen = chosen;
    if (this.shared) this.fillStepper();
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
