// A stride as subsampling (the guide's Figure 1.4): every output computed, and one in s kept.

import { everyStart } from "../../offers.js";
import { computed } from "../../scene.js";
import { Translated } from "../translated.js";

/** @typedef {import("../../scene.js").Place} Place */
/** @typedef {import("../../scene.js").Scene} Scene */

/** @typedef {import("../index.js").Make} Make */

/**
 * @param {Make} draw draws the outputs of every start
 * @returns {Make}
 */
export const subsampling = (draw) => (scene, width, root) =>
  new Subsampling(scene, width, root, draw);

class Subsampling extends Translated {
  /**
   * @param {Scene} scene
   * @param {number} width
   * @param {Element} root
   * @param {Make} draw
   */
  constructor(scene, width, root, draw) {
    const { layer, input, kernel } = scene;
    const dense = everyStart(layer);
    super(draw(computed(dense, input, kernel), width, root));
    this.stride = layer.stride;
    this.size = layer.output_size;
    for (const cell of this.node.querySelectorAll('[data-map="output"] [data-index]')) {
      if (!this.placeOf(cell)) cell.classList.add("cw-dropped");
    }
    const [every, kept] = [dense, layer].map(({ output_size }) => output_size.at(-1) ?? 1);
    const starts = this.node.querySelector(".cw-starts");
    if (starts?.firstChild && kept < every) starts.firstChild.textContent = `${kept} kept = `;
  }

  /** @override @param {Place} place @returns {Place} */
  within({ map, index }) {
    if (map !== "output") return super.within({ map, index });
    return { map, index: this.size.map((size, n) => Math.min(index[n] ?? 0, size - 1)) };
  }

  /** @override @param {Place} place @returns {Place} */
  into({ map, index }) {
    return map === "output"
      ? { map, index: index.map((n, axis) => n * this.stride[axis]) }
      : { map, index };
  }

  /** @override @param {Place} place @returns {Place | null} */
  out({ map, index }) {
    if (map !== "output") return { map, index };
    const kept = index.map((n, axis) => n / this.stride[axis]);
    return kept.every((n, axis) => Number.isInteger(n) && n < this.size[axis])
      ? { map, index: kept }
      : null;
  }

  /**
   * From a kept cell to the next kept one.
   * @override
   * @param {Place} place
   * @param {{key: string, ctrlKey: boolean}} event
   */
  after(place, event) {
    if (place.map !== "output") return super.after(place, event);
    const from = this.into(place);
    const next = this.inner.after(from, event);
    return next && {
      map: place.map,
      index: next.index.map((n, axis) => {
        const kept = n / this.stride[axis];
        const whole = n < from.index[axis] ? Math.floor(kept) : Math.ceil(kept);
        return Math.min(whole, this.size[axis] - 1);
      }),
    };
  }
}
