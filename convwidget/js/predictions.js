// Predictions of the output's size: what was answered so far, and whether the output is kept back.

import { layer as build } from "./layers.js";

export class Predictions {
  /** @param {import("./session.js").Session} session */
  constructor(session) {
    this.session = session;
    this.starts = false; // whether every start that fits is drawn, after a wrong one
  }

  /** Whether the output is kept back until its size was predicted. */
  get hidden() {
    return Boolean(this.session.model.get("predict")) && !this.tries.some(({ right }) => right);
  }

  /** The last prediction for this layer. */
  get last() {
    return this.tries.at(-1)?.answer ?? null;
  }

  /** The predictions for this layer; Python may name its settings in another order. */
  get tries() {
    const now = JSON.stringify(this.session.scene.layer.spec);
    return this.answers.filter(({ layer }) => JSON.stringify(build(layer).spec) === now);
  }

  /** @returns {{layer: import("./layers.js").Spec, answer: number[], right: boolean}[]} */
  get answers() {
    return this.session.model.get("answers") ?? [];
  }

  /**
   * Take a prediction.
   * @param {number[]} answer
   */
  take(answer) {
    const { spec, output_size } = this.session.scene.layer;
    const right = `${answer}` === `${output_size}`;
    this.session.model.set("answers", [...this.answers, { layer: spec, answer, right }]);
    this.session.save();
  }
}
