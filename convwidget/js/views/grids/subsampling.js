// A stride as subsampling (the guide's Figure 1.4): every output computed, and one in s kept; below
// it the layer's own output, which is the kept cells.

import { indices } from "../../arrays.js";
import { everyStart } from "../../offers.js";
import { html, svg } from "../../dom.js";
import { computed } from "../../scene.js";
import { widest } from "../../words.js";
import { MOST_NUMBERS } from "../box.js";
import { rectangle } from "../marks.js";
import { sizeIn } from "../strip.js";
import { cornered, part, still } from "../transposed/parts.js";
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
    for (const index of indices(dense.output_size)) {
      const place = { map: /** @type {const} */ ("output"), index };
      if (!this.out(place)) this.inner.element(place)?.classList.add("cw-dropped");
    }
    const [every, kept] = [dense, layer].map(({ output_size }) => output_size.at(-1) ?? 1);
    const starts = this.node.querySelector(".cw-starts");
    if (starts?.firstChild && kept < every) starts.firstChild.textContent = `${kept} kept = `;
    this.here = svg("g");
    const { shape, data } = scene.output;
    this.own = { shape: shape.length > 1 ? shape : [1, ...shape], data };
    this.cell = Math.max(26, 4 + 9 * widest(data));
    const wide = this.own.shape[1] * this.cell;
    if (kept === every || wide > width || Math.max(...shape) > MOST_NUMBERS) return;
    const drawn = still(this.own, "output", this.cell);
    drawn.append(this.here);
    const text = `${sizeIn(layer, layer.output_size)} of the layer itself, at stride ${
      [...new Set(layer.stride)].join(" × ")
    }: the kept cells side by side`;
    this.node = html("div", {}, this.node, part("output", "output", text, width, drawn));
  }

  /** @override @param {Place} place */
  light(place) {
    super.light(place);
    const at = [0, ...place.index].slice(-2);
    const made = rectangle(cornered(this.cell, this.own.shape), at, [1, 1], "cw-made");
    this.here.replaceChildren(...place.map === "output" ? [made] : []);
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
