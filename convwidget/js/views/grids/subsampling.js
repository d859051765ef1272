// A stride as subsampling (the guide's Figure 1.4): every output computed, and one in s kept.

import { change } from "../../layers.js";
import { computed } from "../../scene.js";
import { Grids } from "./grids.js";
import { Translated } from "../translated.js";

/** @typedef {import("../../scene.js").Place} Place */
/** @typedef {import("../../scene.js").Scene} Scene */

/**
 * @param {Scene} scene
 * @param {number} width
 * @param {Element} root
 */
export const subsampling = (scene, width, root) => new Subsampling(scene, width, root);

class Subsampling extends Translated {
  /**
   * @param {Scene} scene
   * @param {number} width
   * @param {Element} root
   */
  constructor(scene, width, root) {
    const { layer, input, kernel } = scene;
    // Numbers, not a name of padding, which would come to something else at stride 1.
    const dense = change(layer, { stride: layer.stride.map(() => 1), padding: layer.pads });
    super(new Grids(computed(dense, input, kernel), width, root));
    this.stride = layer.stride;
    this.size = layer.output_size;
    for (const cell of this.node.querySelectorAll('[data-map="output"] [data-index]')) {
      const index = (cell.getAttribute("data-index") ?? "").split(",").map(Number);
      if (!this.out({ map: "output", index })) cell.classList.add("cw-dropped");
    }
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
}
