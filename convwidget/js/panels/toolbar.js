// The top line: the operation, the guide's figures and the views.

import json from "../../data/figures.json" with { type: "json" };
import { html } from "../dom.js";
import { button, menu } from "./fields.js";
import { active } from "../focus.js";
import { layer as build } from "../layers.js";
import { offered } from "../offers.js";
import { VIEWS } from "../views/index.js";

/** @typedef {import("../session.js").Session} Session */
/** @typedef {{number: string, title: string, layer: import("../layers.js").Spec, input: unknown,
 *   kernel?: unknown, view?: string}} Figure */

/** @param {unknown} value */
const key = (value) => JSON.stringify(value);

/** @type {(Figure & {key: string})[]} */
const FIGURES = json.figures.map((figure) => ({ ...figure, key: key(build(figure.layer).spec) }));

const MENU = [
  ["", "your own settings"],
  ...FIGURES.map(({ number, title }) => [number, `Figure ${number} · ${title}`]),
];

/** @type {[import("../layers.js").Type, string][]} */
const OPERATIONS = [
  ["Conv", "Convolution"],
  ["MaxPool", "Max pooling"],
  ["AvgPool", "Average pooling"],
  ["ConvTranspose", "Transposed convolution"],
];

export class Toolbar {
  /**
   * @param {Session} session
   * @param {string} panel
   */
  constructor(session, panel) {
    this.session = session;
    this.panel = panel; // the id of what the tabs show
    const become = (/** @type {string} */ type) => session.choices.become(type);
    this.operation = menu("operation", OPERATIONS, become, "cw-select cw-operation");
    this.select = menu("figure of the guide", MENU, (number) => this.choose(number));
    this.back = this.select.options[0];
    this.figure = ""; // the number of the one that is shown, or nothing
    /** @type {import("../session.js").Shown | null} what was shown before a figure was chosen */
    this.own = null;
    this.tabs = html("div", { class: "cw-tabs", role: "tablist", "aria-label": "view" });
    this.tabs.addEventListener("keydown", (event) => this.key(event));
    this.node = html(
      "div",
      { class: "cw-toolbar" },
      this.operation,
      this.select,
      this.tabs,
    );
    this.shown = "";
  }

  /**
   * Show the chosen figure, or what was there before.
   * @param {string} chosen
   */
  choose(chosen) {
    const figure = FIGURES.find(({ number }) => number === chosen);
    if (!this.figure) this.own = this.session.shown;
    const shown = figure ?? this.own;
    if (!shown) return;
    const { view } = figure ?? {};
    this.session.begin({ kernel: this.session.shown.kernel, ...shown });
    if (view) this.session.see(view);
  }

  update() {
    const { session } = this;
    const { input, kernel } = session.shown;
    const { layer } = session.scene;
    const now = key(layer.spec);
    const found = FIGURES.filter((figure) =>
      figure.key === now && key(figure.input) === key(input) &&
      (!figure.kernel || key(figure.kernel) === key(kernel))
    );
    // Two figures can be one layer with two views, as 2.5 and 2.8b are.
    const [best] = [
      ...found.filter(({ number }) => number === this.select.value),
      ...found.filter(({ view }) => view === session.view),
      ...found.filter(({ view }) => !view),
      ...found,
    ];
    this.figure = best?.number ?? "";
    this.select.value = this.figure;
    this.back.disabled = this.figure !== "" && !this.own;
    this.operation.value = layer.type;
    this.operation.disabled = this.select.disabled = session.hidden;
    this.fillTabs();
  }

  /** What the widget as a whole is called. */
  get name() {
    const type = this.session.scene.layer.type;
    const [, operation] = OPERATIONS.find(([value]) => value === type) ?? OPERATIONS[0];
    return `${operation}${this.figure && `, Figure ${this.figure}`}`;
  }

  fillTabs() {
    const { session } = this;
    const names = session.hidden ? [] : offered(session.scene.layer);
    const held = this.tabs.contains(active(this.tabs));
    if (`${names}` !== this.shown) {
      this.shown = `${names}`;
      this.tabs.replaceChildren(...names.map((name) => {
        const attributes = {
          class: "cw-tab-button",
          role: "tab",
          id: `${this.panel}-${name}`,
          "aria-controls": this.panel,
          "data-view": name,
        };
        return button([VIEWS[name].label], () => session.see(name), attributes);
      }));
    }
    for (const tab of this.tabs.children) {
      const chosen = tab.getAttribute("data-view") === session.view;
      tab.setAttribute("aria-selected", String(chosen));
      tab.setAttribute("tabindex", chosen ? "0" : "-1");
      if (chosen && held) /** @type {HTMLElement} */ (tab).focus();
    }
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const tabs = [...this.tabs.children];
    const at = tabs.indexOf(/** @type {Element} */ (event.target));
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    const tab = to === undefined ? undefined : tabs[(to + tabs.length) % tabs.length];
    if (!tab) return;
    event.preventDefault();
    this.session.see(tab.getAttribute("data-view") ?? "");
  }
}
