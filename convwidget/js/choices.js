// Settings that a hand asks for: what can be is shared, and what cannot be is kept apart with what
// would do.

import { drawable } from "./drawable.js";
import { asType, withAxes } from "./edits.js";
import { change, layer as build } from "./layers.js";
import { changed, EVERYWHERE, remedies } from "./limits.js";
import { onPage } from "./words.js";

/** @typedef {import("./layers.js").Layer} Layer */
/** @typedef {import("./limits.js").Setting} Setting */
/** @typedef {import("./limits.js").Where} Where */

/**
 * A setting that cannot be: what was wanted, why not, and what would do. A name or several settings
 * at once have no number.
 * @typedef {{setting: string, wanted: number | null, where: Where, reason: string,
 *   remedies: import("./limits.js").Remedy[]}} Refusal
 */

export class Choices {
  /** @param {import("./session.js").Session} session */
  constructor(session) {
    this.session = session;
    /** @type {Refusal | null} */
    this.refusal = null;
  }

  /**
   * Take a setting.
   * @param {Setting} setting
   * @param {number} wanted
   * @param {Where} where
   */
  choose(setting, wanted, where) {
    this.apply([[setting, wanted]], where);
  }

  /**
   * Take several settings at once; the first is to blame where they cannot be.
   * @param {[Setting, number][]} settings
   * @param {Where} where
   */
  apply(settings, where) {
    const [[setting, wanted]] = settings;
    this.attempt((layer) => changed(layer, settings, where), setting, wanted, where);
  }

  /**
   * Take whole settings as the layer has them, such as a padding's name.
   * @param {Record<string, unknown>} settings
   * @param {string} setting the one that is to blame where they cannot be
   */
  take(settings, setting) {
    this.attempt((layer) => drawable(change(layer, settings)), setting);
  }

  /**
   * Make it another operation, with the settings that all have in common.
   * @param {string} type
   */
  become(type) {
    this.attempt((layer) => drawable(build(asType(layer, type))), "padding");
  }

  /**
   * Give the layer another number of axes, alike where there are new ones.
   * @param {number} axes
   */
  extend(axes) {
    this.attempt((layer) => drawable(change(layer, withAxes(layer, axes))), "input_size");
  }

  /** Give up a setting that cannot be. */
  forget() {
    this.refusal = null;
    this.session.tell("scene");
  }

  /**
   * Share the layer that comes back, or keep the refusal and leave the layer as it is.
   * @param {(layer: Layer) => Layer} make
   * @param {string} setting
   * @param {number | null} [wanted]
   * @param {Where} [where]
   */
  attempt(make, setting, wanted = null, where = EVERYWHERE) {
    const { session } = this;
    const { layer } = session.scene;
    if (session.hidden) return;
    let made;
    try {
      made = make(layer);
    } catch (error) {
      const reason = onPage(error instanceof Error ? error.message : String(error));
      const would = wanted === null
        ? []
        : remedies(layer, /** @type {Setting} */ (setting), wanted, where);
      this.refusal = { setting, wanted, where, reason, remedies: would };
      return session.tell("scene");
    }
    // Numbers can be dragged; a choice is taken back by itself.
    const gesture = wanted === null ? "" : `${setting} ${where.axis} ${where.side}`;
    session.show({ ...session.shown, layer: made.spec }, gesture);
  }
}
