// A strip, drawn by a view of maps: as a map of one row.

import { flat } from "../flat.js";
import { size } from "../words.js";
import { Translated } from "./translated.js";

/** @typedef {import("../scene.js").Place} Place */

/**
 * A size as it is written: a strip's without the one row that makes it a map.
 * @param {import("../layers.js").Layer} layer
 * @param {readonly number[]} sizes
 */
export const sizeIn = ({ strip }, sizes) => size(strip ? sizes.slice(1) : sizes);

export class Strip extends Translated {
  /**
   * @param {import("../scene.js").Scene} scene
   * @param {number} width
   * @param {Element} root
   * @param {import("./index.js").Make} make
   */
  constructor(scene, width, root, make) {
    super(make(flat(scene), width, root));
  }

  /** @override @param {Place} place @returns {Place} */
  into({ map, index }) {
    return { map, index: [...index.slice(0, -1), 0, ...index.slice(-1)] };
  }

  /** @override @param {Place} place @returns {Place} */
  out({ map, index }) {
    return { map, index: [...index.slice(0, -2), ...index.slice(-1)] };
  }
}
