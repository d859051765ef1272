// What one view is doing: what the model shares, and what is only looked at here.

import { inside, scene } from "./scene.js";
import { change, layer as build } from "./layers.js";
import { changed, drawable, EVERYWHERE, remedies } from "./limits.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Place} Place */
/** @typedef {import("./limits.js").Setting} Setting */
/** @typedef {import("./limits.js").Where} Where */

/**
 * The part of anywidget's model that is used here.
 * @typedef {{
 *   get(name: string): any, set(name: string, value: unknown): void, save_changes(): void,
 *   on(event: string, callback: () => void): void, off(event: string, callback: () => void): void,
 * }} Model
 */

/**
 * A setting that cannot be: what was wanted, why not, and what would do.
 * @typedef {{setting: Setting, wanted: number, where: Where, reason: string,
 *   remedies: import("./limits.js").Remedy[]}} Refusal
 */

/** What listeners are told: the scene is another, or only what is looked at. */
/** @typedef {"scene" | "focus"} Change */

const SHARED = ["layer", "input", "kernel", "position", "initial"];

export class Session {
  /** @param {Model} model */
  constructor(model) {
    this.model = model;
    /** @type {Place | null} */
    this.hover = null;
    /** @type {Place | null} */
    this.pinned = null;
    /** @type {Refusal | null} */
    this.refusal = null;
    this.playing = false;
    /** @type {Set<(change: Change) => void>} */
    this.listeners = new Set();
    this.key = "";
    this.scene = this.derive();
    this.initial = build(model.get("initial")?.layer ?? model.get("layer"));
    this.changed = () => this.refresh();
    for (const name of SHARED) model.on(`change:${name}`, this.changed);
  }

  destroy() {
    for (const name of SHARED) this.model.off(`change:${name}`, this.changed);
    this.listeners.clear();
  }

  /** The output cell that the transport is at. */
  get position() {
    return inside(this.scene.layer, this.model.get("position"));
  }

  /** The cell that lights up: under the pointer or keyboard, pinned, or the transport's. @returns {Place} */
  get focus() {
    return this.hover ?? this.pinned ?? { map: "output", index: this.position };
  }

  /**
   * Take a setting; one that cannot be is kept apart, with what would do.
   * @param {Setting} setting
   * @param {number} wanted
   * @param {Where} where
   */
  choose(setting, wanted, where) {
    this.apply([[setting, wanted]], where);
  }

  /**
   * Take several settings at once.
   * @param {[Setting, number][]} settings
   * @param {Where} where
   */
  apply(settings, where) {
    const [[setting, wanted]] = settings;
    try {
      this.setLayer(changed(this.scene.layer, settings, where).spec);
    } catch (error) {
      this.refuse(setting, wanted, where, error);
    }
  }

  /**
   * Keep a setting that cannot be apart from the layer, which stays as it is.
   * @param {Setting} setting
   * @param {number} wanted
   * @param {Where} where
   * @param {unknown} error
   */
  refuse(setting, wanted, where, error) {
    const reason = error instanceof Error ? error.message : String(error);
    const would = remedies(this.scene.layer, setting, wanted, where);
    this.refusal = { setting, wanted, where, reason, remedies: would };
    this.tell("scene");
  }

  /**
   * Take a padding by its name.
   * @param {string} padding
   */
  name(padding) {
    try {
      this.setLayer(drawable(change(this.scene.layer, { padding })).spec);
    } catch (error) {
      this.refuse("padding", NaN, EVERYWHERE, error);
    }
  }

  /** Give up a setting that cannot be. */
  forget() {
    this.refusal = null;
    this.tell("scene");
  }

  /**
   * Share a layer that can be.
   * @param {import("./layers.js").Spec} spec
   */
  setLayer(spec) {
    this.refusal = null;
    this.share({ layer: spec, position: inside(build(spec), this.model.get("position")) });
  }

  /**
   * Share a layer and its numbers, such as a figure's.
   * @param {{layer: import("./layers.js").Spec, input: unknown, kernel: unknown}} figure
   */
  show({ layer, input, kernel }) {
    const { spec, output_size } = build(layer);
    this.refusal = null;
    this.pinned = null;
    this.share({ layer: spec, input, kernel, position: output_size.map(() => 0) });
  }

  /** Return to what the widget was made with. */
  reset() {
    this.show(this.model.get("initial"));
  }

  /**
   * Move the window. While it plays Python is told only where it stops.
   * @param {number[]} index
   * @param {{settled?: boolean}} [how]
   */
  move(index, { settled = true } = {}) {
    this.hover = null;
    this.pinned = null;
    this.model.set("position", index);
    if (settled) this.model.save_changes();
    this.tell("focus");
  }

  /** @param {Place | null} place */
  look(place) {
    if (same(this.hover, place)) return;
    this.hover = place;
    this.tell("focus");
  }

  /**
   * Hold on to a cell; the same cell again, or none, lets go.
   * @param {Place | null} place
   */
  pin(place) {
    const again = same(this.pinned, place);
    if (place?.map === "output") this.move(place.index);
    this.pinned = again ? null : place;
    this.tell("focus");
  }

  /** @param {boolean} playing */
  play(playing) {
    this.playing = playing;
    if (!playing) this.model.save_changes();
    this.tell("focus");
  }

  /** @param {(change: Change) => void} listener */
  listen(listener) {
    this.listeners.add(listener);
  }

  /** @param {Record<string, unknown>} changes */
  share(changes) {
    for (const [name, value] of Object.entries(changes)) this.model.set(name, value);
    this.model.save_changes();
    this.refresh();
  }

  /** Derive again what the model's change changes. */
  refresh() {
    const before = this.scene;
    try {
      this.scene = this.derive();
    } catch {
      return; // what cannot be stays undrawn, and Python is putting it right
    }
    if (this.scene === before) return this.tell("focus");
    for (const name of /** @type {const} */ (["hover", "pinned"])) {
      const place = this[name];
      const shape = place && this.scene[place.map].shape;
      if (place && shape && place.index.some((n, axis) => n >= shape[axis])) this[name] = null;
    }
    this.tell("scene");
  }

  /** @returns {Scene} */
  derive() {
    const [layer, input, kernel] = ["layer", "input", "kernel"].map((name) => this.model.get(name));
    const key = JSON.stringify([layer, input, kernel]);
    if (key === this.key) return this.scene;
    const derived = scene(layer, input, kernel);
    this.key = key;
    return derived;
  }

  /** @param {Change} change */
  tell(change) {
    for (const listener of this.listeners) listener(change);
  }
}

/**
 * @param {Place | null} a
 * @param {Place | null} b
 */
function same(a, b) {
  return a?.map === b?.map && `${a?.index}` === `${b?.index}`;
}
