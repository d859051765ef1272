// The window of an output cell, enlarged, each number over its weight: for maps with small cells.

import { terms } from "../../connections.js";
import { number } from "../../words.js";
import { extent, grid } from "../grid.js";
import { caption, rectangle, silent, tabs } from "../marks.js";
import { without } from "../plane.js";

/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {import("./layout.js").Box} Box */

export class Window {
  /**
   * @param {Scene} scene
   * @param {Box} box
   * @param {Element} root where the colours are read
   */
  constructor(scene, box, root) {
    this.scene = scene;
    this.box = box;
    this.root = root;
    this.range = extent(scene.input.data);
    this.node = silent();
  }

  /** @param {number[]} index of the output */
  show(index) {
    const { box, scene } = this;
    const cells = terms(scene, index).map(({ kernelIndex, inputIndex, kind, x, w }) => {
      const [row, column] = kernelIndex;
      const value = inputIndex ? x : without(scene.layer, kind);
      return { row, column, kind, index: kernelIndex, value, weight: w };
    });
    const drawn = grid({
      map: "input",
      box,
      cells,
      range: this.range,
      legend: 0,
      root: this.root,
      few: 0,
      look: scene.kernel ? "cw-lit cw-tabbed" : "cw-lit",
    });
    const weights = scene.kernel && box.numbers ? cells : [];
    this.node.replaceChildren(
      caption(box, "window", box.columns * box.cell < 110 ? "" : "enlarged", "input"),
      drawn.node,
      tabs(box, weights.map(({ index, weight }) => ({ at: index, text: number(weight) }))),
      rectangle(box, [0, 0], [box.rows, box.columns], "cw-window"),
    );
  }
}
