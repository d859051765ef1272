// What one view is doing: what the model shares, and what is only looked at here.

import { offset } from "./arrays.js";
import { drawable } from "./drawable.js";
import { asType, edited, fitting, withAxes } from "./edits.js";
import { History } from "./history.js";
import { change, layer as build } from "./layers.js";
import { changed, EVERYWHERE, remedies } from "./limits.js";
import { offered } from "./offers.js";
import { has, inside, mapOf, scene } from "./scene.js";
import { shapes } from "./shapes.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Place} Place */
/** @typedef {import("./layers.js").Layer} Layer */
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
 * A setting that cannot be: what was wanted, why not, and what would do. A name or several settings
 * at once have no number.
 * @typedef {{setting: string, wanted: number | null, where: Where, reason: string,
 *   remedies: import("./limits.js").Remedy[]}} Refusal
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
    /** @type {Refusal | null} */
    this.refusal = null;
    this.playing = false;
    this.starts = false;
    this.sharing = false;
    /** @type {History<Shown>} */
    this.history = new History();
    /** @type {Set<(change: Change) => void>} */
    this.listeners = new Set();
    this.sources = this.read();
    this.scene = scene(...this.sources);
    this.about = this.asked;
    this.initial = build(model.get("initial")?.layer ?? model.get("layer"));
    this.changed = () => this.sharing || this.refresh();
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

  /** Whether the output is kept back until its size was predicted. */
  get hidden() {
    return Boolean(this.model.get("predict")) && !this.tries.some(({ right }) => right);
  }

  /** Whether the settings are held: they would give a prediction away. */
  get locked() {
    return this.hidden;
  }

  /** What beside the scene decides what is drawn. */
  get asked() {
    return `${[this.view, this.hidden, this.answers.length]}`;
  }

  /** The last prediction for this layer. */
  get predicted() {
    return this.tries.at(-1)?.answer ?? null;
  }

  /** The predictions for this layer; Python may name its settings in another order. */
  get tries() {
    const now = JSON.stringify(this.scene.layer.spec);
    return this.answers.filter(({ layer }) => JSON.stringify(build(layer).spec) === now);
  }

  /** @returns {{layer: import("./layers.js").Spec, answer: number[], right: boolean}[]} */
  get answers() {
    return this.model.get("answers") ?? [];
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
    const { layer } = this.scene;
    const [[setting, wanted]] = settings;
    this.attempt(() => changed(layer, settings, where), setting, wanted, where);
  }

  /**
   * Take whole settings as the layer has them, such as a padding's name.
   * @param {Record<string, unknown>} settings
   * @param {string} setting the one that is to blame where they cannot be
   */
  take(settings, setting) {
    this.attempt(() => drawable(change(this.scene.layer, settings)), setting, null, EVERYWHERE);
  }

  /**
   * Share the layer that comes back, or keep the refusal and leave the layer as it is.
   * @param {() => Layer} make
   * @param {string} setting
   * @param {number | null} wanted
   * @param {Where} where
   */
  attempt(make, setting, wanted, where) {
    if (this.locked) return;
    let made;
    try {
      made = make();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const would = wanted === null
        ? []
        : remedies(this.scene.layer, /** @type {Setting} */ (setting), wanted, where);
      this.refusal = { setting, wanted, where, reason, remedies: would };
      return this.tell("scene");
    }
    this.share(
      { layer: made.spec, ...this.fitted(made) },
      // Numbers can be dragged; a choice is taken back by itself.
      wanted === null ? "" : `${setting} ${where.axis} ${where.side}`,
    );
  }

  /**
   * The numbers and the place that a layer of other dimensions or channels can have.
   * @param {Layer} made
   */
  fitted(made) {
    const { input, kernel } = this.shown;
    const position = inside(shapes(made).output, this.model.get("position"));
    return { ...fitting(made, input, kernel), position };
  }

  /**
   * Make it another operation, with the settings that all have in common.
   * @param {string} type
   */
  become(type) {
    const made = () => drawable(build(asType(this.scene.layer, type)));
    this.attempt(made, "padding", null, EVERYWHERE);
  }

  /**
   * Give the layer another number of axes, alike where there are new ones.
   * @param {number} axes
   */
  extend(axes) {
    this.take(withAxes(this.scene.layer, axes), "input_size");
  }

  /** Give up a setting that cannot be. */
  forget() {
    this.refusal = null;
    this.tell("scene");
  }

  /**
   * Share a layer and its numbers, such as a figure's.
   * @param {Shown} shown
   * @param {boolean} [stay] whether the window stays where it is, as far as it can
   */
  show({ layer, input, kernel }, stay = false) {
    if (this.locked) return;
    const made = build(layer);
    const position = inside(shapes(made).output, stay ? this.model.get("position") : []);
    if (!stay) this.pinned = null;
    this.share({ layer: made.spec, ...fitting(made, input, kernel), position });
  }

  /** Return to what was there before the last change. */
  undo() {
    const before = this.locked ? undefined : this.history.back();
    if (!before) return;
    this.show(before, true);
    this.history.back(); // undoing is not itself undone
    this.tell("scene");
  }

  /**
   * Set a cell's number.
   * @param {Place} place of the input or the kernel
   * @param {number} value
   */
  edit({ map, index }, value) {
    const { data, shape } = mapOf(this.scene, map);
    if (data[offset(index, shape)] === value) return;
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
    this.model.save_changes();
    this.tell("scene");
  }

  /** Draw every start that fits, after a wrong prediction. */
  showStarts() {
    this.starts = true;
    this.tell("scene");
  }

  /**
   * Take a prediction of the output's size.
   * @param {number[]} answer
   */
  answer(answer) {
    const { layer } = this.scene;
    const right = `${answer}` === `${layer.output_size}`;
    this.model.set("answers", [...this.answers, { layer: layer.spec, answer, right }]);
    this.model.save_changes();
    this.tell("scene");
    return right;
  }

  /** Return to what the widget was made with. */
  reset() {
    this.show(this.model.get("initial"));
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
    this.model.save_changes();
  }

  /**
   * Move the window for a moment, as it plays: Python is told only where it stops.
   * @param {number[]} index
   */
  stand(index) {
    this.sharing = true;
    this.model.set("position", index);
    this.sharing = false;
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
    else this.model.save_changes();
    this.tell("focus");
  }

  /** @param {(change: Change) => void} listener */
  listen(listener) {
    this.listeners.add(listener);
  }

  /**
   * @param {Record<string, unknown>} changes
   * @param {string} [gesture] the name of the gesture that this is part of
   */
  share(changes, gesture = "") {
    const differs = Object.entries(changes).some(([name, value]) =>
      DRAWN.includes(name) && JSON.stringify(this.model.get(name)) !== JSON.stringify(value)
    );
    if (differs) this.history.keep(this.shown, gesture);
    const refused = this.refusal !== null;
    this.refusal = null;
    this.sharing = true; // what belongs together is derived once, and not half changed
    for (const [name, value] of Object.entries(changes)) this.model.set(name, value);
    this.sharing = false;
    this.model.save_changes();
    this.refresh();
    if (refused) this.tell("scene");
  }

  /** Derive again what the model's change changes. */
  refresh() {
    const before = this.scene;
    const sources = this.read();
    if (sources.every((source, n) => source === this.sources[n])) {
      if (this.asked !== this.about) {
        this.about = this.asked;
        return this.tell("scene");
      }
      // Somebody else moved the window: that hand goes first.
      if (this.playing) this.play(false);
      if (this.pinned?.map === "output") this.pinned = null;
      return this.tell("focus");
    }
    try {
      this.scene = scene(...sources);
    } catch {
      return; // what cannot be stays undrawn, and Python is putting it right
    }
    const [was, is] = [before, this.scene].map(({ layer }) => JSON.stringify(layer.spec));
    if (was !== is) {
      this.refusal = null;
      this.starts = false;
    }
    this.sources = sources;
    if (this.playing && this.hidden) this.play(false);
    for (const name of /** @type {const} */ (["hover", "pinned"])) {
      const place = this[name];
      if (place && !has(this.scene, place)) this[name] = null;
    }
    if (this.scene !== before) this.tell("scene");
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
 * @param {Place | null} a
 * @param {Place | null} b
 */
function same(a, b) {
  return a?.map === b?.map && `${a?.index}` === `${b?.index}`;
}
