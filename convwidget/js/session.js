// What one view is doing: what the model shares, and what is only looked at here.

import { offset } from "./arrays.js";
import { Choices } from "./choices.js";
import { edited, fitting } from "./edits.js";
import { History } from "./history.js";
import { layer as build } from "./layers.js";
import { offered } from "./offers.js";
import { Predictions } from "./predictions.js";
import { has, inside, mapOf, scene } from "./scene.js";
import { shapes } from "./shapes.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Place} Place */

/**
 * The part of anywidget's model that is used here.
 * @typedef {{
 *   get(name: string): any, set(name: string, value: unknown): void, save_changes(): void,
 *   on(event: string, callback: () => void): void, off(event: string, callback: () => void): void,
 * }} Model
 */

/** What a widget shows as a whole. @typedef {{layer: any, input: any, kernel: any}} Shown */

/** What listeners are told: the scene is another, or only what is looked at. */
/** @typedef {"scene" | "focus"} Change */

const DRAWN = ["layer", "input", "kernel"];
const SHARED = [...DRAWN, "position", "view", "predict", "answers"];

export class Session {
  /** @param {Model} model */
  constructor(model) {
    this.model = model;
    /** @type {Place | null} */
    this.hover = null;
    /** @type {Place | null} */
    this.pinned = null;
    this.playing = false;
    this.sharing = false;
    this.history = new History();
    this.choices = new Choices(this);
    this.predictions = new Predictions(this);
    /** @type {Set<(change: Change) => void>} */
    this.listeners = new Set();
    this.sources = this.read();
    this.scene = scene(...this.sources);
    this.about = this.asked;
    /** @type {Shown} */
    this.first = { ...this.shown, ...model.get("initial") };
    this.initial = build(this.first.layer);
    this.changed = () => this.sharing || this.refresh(true);
    for (const name of SHARED) model.on(`change:${name}`, this.changed);
  }

  destroy() {
    for (const name of SHARED) this.model.off(`change:${name}`, this.changed);
    this.listeners.clear();
  }

  /** The output cell that the transport is at. */
  get position() {
    return inside(this.scene.output.shape, this.model.get("position"));
  }

  /** The view that is drawn: the one that is wished for, or the layer's first. */
  get view() {
    const names = offered(this.scene.layer);
    const wish = this.model.get("view");
    return names.find((name) => name === wish) ?? names[0];
  }

  /** Whether the output is kept back, and with it the settings held that would give it away. */
  get hidden() {
    return this.predictions.hidden;
  }

  /** The last prediction for this layer. */
  get predicted() {
    return this.predictions.last;
  }

  /** Whether every start that fits is drawn, after a wrong prediction. */
  get starts() {
    return this.predictions.starts;
  }

  /** The setting that cannot be, if one was wanted. */
  get refusal() {
    return this.choices.refusal;
  }

  /** What beside the scene decides what is drawn. */
  get asked() {
    return JSON.stringify([this.view, this.hidden, this.predicted]);
  }

  /** The cell that lights up: under the pointer or keyboard, pinned, or the transport's. @returns {Place} */
  get focus() {
    return this.hover ?? this.pinned ?? { map: "output", index: this.position };
  }

  /** What the model holds now. @returns {Shown} */
  get shown() {
    const [layer, input, kernel] = this.read();
    return { layer, input, kernel };
  }

  /**
   * Share a layer, and its numbers and the window's place as far as they fit.
   * @param {Shown} shown
   * @param {string | null} [gesture] that this is part of; null for what is not taken back
   * @param {number[]} [position]
   */
  show({ layer, input, kernel }, gesture = "", position = this.model.get("position")) {
    if (this.hidden) return;
    const made = build(layer);
    const place = inside(shapes(made).output, position);
    const changes = { layer: made.spec, ...fitting(made, input, kernel), position: place };
    this.share(changes, gesture);
  }

  /**
   * Begin anew with a layer and its numbers, such as a figure's.
   * @param {Shown} shown
   */
  begin(shown) {
    this.pinned = null;
    this.show(shown, "", []);
  }

  /** Return to what the widget was made with. */
  reset() {
    this.begin(this.first);
  }

  /** Take back the last change that was made here, as far as nobody else has changed it since. */
  undo() {
    const before = this.hidden ? undefined : this.history.back();
    if (!before) return;
    this.show({ ...this.shown, ...before }, null);
    this.tell("scene");
  }

  /**
   * Set a cell's number.
   * @param {Place} place of the input or the kernel
   * @param {number} value
   */
  edit({ map, index }, value) {
    const { data, shape } = mapOf(this.scene, map);
    if (!has(this.scene, { map, index }) || data[offset(index, shape)] === value) return;
    this.share({ [map]: edited(this.model.get(map), index, value) });
  }

  /**
   * Fill a map by a name.
   * @param {"input" | "kernel"} map
   * @param {string} fill
   */
  fill(map, fill) {
    this.share({ [map]: { fill } });
  }

  /**
   * Look at the layer in another way.
   * @param {string} view
   */
  see(view) {
    this.model.set("view", view);
    this.save();
  }

  /**
   * Move the window, and let go of what was held.
   * @param {number[]} index
   */
  move(index) {
    this.playing = false;
    this.hover = null;
    this.pinned = null;
    this.stand(index);
    this.save();
  }

  /**
   * Move the window for a moment, as it plays: Python is told only where it stops.
   * @param {number[]} index
   */
  stand(index) {
    this.set({ position: inside(this.scene.output.shape, index) });
    this.tell("focus");
  }

  /** @param {Place | null} place */
  look(place) {
    if (same(this.hover, place)) return;
    if (place && !has(this.scene, place)) return; // of a picture that is out of date
    this.hover = place;
    this.tell("focus");
  }

  /**
   * Hold on to a cell; the same cell again lets go.
   * @param {Place} place
   */
  pin(place) {
    if (!has(this.scene, place)) return;
    const again = same(this.pinned, place);
    if (this.playing) this.play(false);
    if (place.map === "output") this.move(place.index);
    this.pinned = again ? null : place;
    this.tell("focus");
  }

  /** @param {boolean} playing */
  play(playing) {
    this.playing = playing;
    if (playing) this.hover = this.pinned = null; // the window that moves is the one to see
    else this.save();
    this.tell("focus");
  }

  /** @param {(change: Change) => void} listener */
  listen(listener) {
    this.listeners.add(listener);
  }

  /**
   * @param {Record<string, unknown>} changes
   * @param {string | null} [gesture] that this is part of; null for what is not taken back
   */
  share(changes, gesture = "") {
    const before = Object.entries(this.shown)
      .filter(([name, was]) => name in changes && !equal(changes[name], was));
    if (before.length && gesture !== null) this.history.keep(Object.fromEntries(before), gesture);
    const refused = this.refusal !== null;
    this.choices.refusal = null;
    this.set(changes);
    this.refresh();
    this.save();
    if (refused) this.tell("scene");
  }

  /**
   * Set what belongs together: it is derived once, and not half changed.
   * @param {Record<string, unknown>} changes
   */
  set(changes) {
    this.sharing = true;
    try {
      for (const [name, value] of Object.entries(changes)) this.model.set(name, value);
    } finally {
      this.sharing = false;
    }
  }

  /** Tell Python; a window that a change made elsewhere has left outside is brought back in. */
  save() {
    this.set({ position: this.position });
    this.model.save_changes();
  }

  /**
   * Derive again what the model's change changes.
   * @param {boolean} [foreign] whether the change was made elsewhere
   */
  refresh(foreign = false) {
    const was = JSON.stringify(this.scene.layer.spec);
    const sources = this.read();
    const others = DRAWN.filter((_, n) => !equal(sources[n], this.sources[n]));
    if (foreign) others.forEach((name) => this.history.leave(name));
    if (!others.length) {
      if (this.asked !== this.about) {
        this.about = this.asked;
        return this.tell("scene");
      }
      // Somebody else moved the window: that hand goes first.
      this.playing = false;
      if (this.pinned?.map === "output") this.pinned = null;
      return this.tell("focus");
    }
    try {
      this.scene = scene(...sources);
    } catch {
      return; // what cannot be stays undrawn, and Python is putting it right
    }
    if (JSON.stringify(this.scene.layer.spec) !== was) {
      this.choices.refusal = null;
      this.predictions.starts = false;
    }
    this.sources = sources;
    this.about = this.asked;
    if (this.hidden) this.playing = false;
    for (const name of /** @type {const} */ (["hover", "pinned"])) {
      const place = this[name];
      if (place && !has(this.scene, place)) this[name] = null;
    }
    this.tell("scene");
  }

  /** @returns {[any, any, any]} */
  read() {
    const [layer, input, kernel] = DRAWN.map((name) => this.model.get(name));
    return [layer, input, kernel];
  }

  /** @param {Change} change */
  tell(change) {
    for (const listener of this.listeners) listener(change);
  }
}

/**
 * Names in one order: Python and a saved page may each have another.
 * @param {string} _name
 * @param {any} value
 */
const sorted = (_name, value) =>
  value?.constructor === Object
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/**
 * Whether two values of the model are the same; some models hand out a new object each time.
 * @param {unknown} a
 * @param {unknown} b
 */
const equal = (a, b) => a === b || JSON.stringify(a, sorted) === JSON.stringify(b, sorted);

/**
 * @param {Place | null} a
 * @param {Place | null} b
 */
function same(a, b) {
  return a?.map === b?.map && `${a?.index}` === `${b?.index}`;
}
