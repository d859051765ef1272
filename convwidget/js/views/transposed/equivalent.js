// The guide's equivalent convolution of a transposed layer: zeros between the input's cells, padding
// p′, and the kernel turned by 180°. Left as it is, the kernel gives wrong values: a switch shows it.

import { offset } from "../../arrays.js";
import { html, svg } from "../../dom.js";
import { isPlanar } from "../../offers.js";
import { computed } from "../../scene.js";
import { equivalent as equivalentOf, turned } from "../../transposed.js";
import { cell, number } from "../../words.js";
import { Grids } from "../grids/grids.js";
import { cross } from "../marks.js";
import { Planes } from "../planes/planes.js";
import { Translated } from "../translated.js";

/** @typedef {import("../../scene.js").Place} Place */
/** @typedef {import("../../scene.js").Scene} Scene */

/** The widgets whose kernel is left as it is: what is looked at, not a setting. */
const unturned = new WeakSet();

/**
 * @param {Scene} scene
 * @param {number} width
 * @param {Element} root
 */
export const equivalent = (scene, width, root) =>
  isPlanar(scene.layer) ? new Equivalent(scene, width, root) : new Planes(scene, width, root);

class Equivalent extends Translated {
  /**
   * @param {Scene} scene
   * @param {number} width
   * @param {Element} root
   */
  constructor(scene, width, root) {
    const turns = !unturned.has(root);
    const layer = { ...equivalentOf(scene.layer), strip: scene.layer.strip, turned: turns };
    const kernel = scene.kernel && (turns ? turned(scene.layer, scene.kernel) : scene.kernel);
    const inner = new Grids({ ...scene, ...computed(layer, scene.input, kernel) }, width, root);
    super(inner);
    this.scene = scene;
    this.grids = inner;
    this.turns = turns;
    const box = /** @type {HTMLInputElement} */ (html("input", {
      type: "checkbox",
      role: "switch",
      checked: turns,
    }));
    box.addEventListener("change", () => {
      if (box.checked) unturned.delete(root);
      else unturned.add(root);
      root.dispatchEvent(new Event("cw-redraw"));
    });
    const turn = html("label", { class: "cw-check" }, box, "turn the kernel by 180°");
    this.note = html("p", { class: "cw-note-line" });
    this.node = html("div", {}, turn, inner.node, this.note);
    /** @type {number[]} */
    this.wrong = [];
    inner.scene.output.data.forEach((value, n) => {
      if (value !== scene.output.data[n]) this.wrong.push(n);
    });
    this.cross();
  }

  /** Mark the cells that come out wrong. */
  cross() {
    const { layout, scene } = this.grids;
    const { x, y, cell: size } = layout.output;
    const [, columns] = scene.output.shape;
    const side = Math.max(4, size * 0.2);
    const marks = this.wrong.map((n) => {
      const left = x + (n % columns + 1) * size - side - 2;
      return cross(left, y + Math.floor(n / columns) * size + 2, side);
    });
    this.grids.node.append(
      svg("path", { class: "cw-wrong", d: marks.join(""), "aria-hidden": "true" }),
    );
  }

  /** @override @param {Place} place */
  light(place) {
    super.light(place);
    const { scene, turns, wrong } = this;
    this.note.classList.toggle("cw-bad-note", wrong.length > 0);
    if (turns) {
      const zeros = scene.layer.stride.some((s) => s > 1) ? " with zeros between its cells" : "";
      this.note.textContent =
        `The same cells, gathered: the window walks over the input${zeros}, ` +
        "and meets each stamp from the other side.";
      return;
    }
    if (!wrong.length) {
      this.note.textContent = "This kernel is its own turn by 180°, or the input hides the " +
        "difference: every cell comes out right all the same.";
      return;
    }
    const at = place.map === "output"
      ? place.index
      : [Math.floor(wrong[0] / scene.output.shape[1]), wrong[0] % scene.output.shape[1]];
    const n = offset(at, scene.output.shape);
    const index = scene.layer.strip ? at.slice(-1) : at;
    const [comes, should] = [this.grids.scene.output.data[n], scene.output.data[n]];
    this.note.replaceChildren(
      html("b", {}, `${wrong.length} of ${scene.output.data.length} cells are wrong. `),
      `${cell({ map: "output", index })} comes to ${number(comes)} and ` +
        `${comes === should ? "is right all the same" : `should be ${number(should)}`}. ` +
        "A window that gathers meets each stamp from the other side, so the kernel must be turned.",
    );
  }

  /** @override @param {Place} place @returns {Place} */
  into({ map, index }) {
    if (map !== "kernel" || !this.turns) return { map, index };
    return { map, index: index.map((n, axis) => this.scene.layer.kernel_size[axis] - 1 - n) };
  }

  /** @override @param {Place} place @returns {Place} */
  out(place) {
    return this.into(place);
  }
}
