// Counting the kernel's positions along each axis, as in the guide's Figure 2.8.

import { html } from "../../dom.js";
import { mapOf } from "../../scene.js";
import { Board } from "../board.js";
import { groups } from "./geometry.js";
import { Line } from "./line.js";

/** @typedef {import("../../scene.js").Place} Place */
/** @typedef {import("../../scene.js").MapName} MapName */

export class Ruler extends Board {
  /**
   * @param {import("../../scene.js").Scene} scene
   * @param {number} width
   */
  constructor(scene, width) {
    const lines = groups(scene.layer.axes).map((group) => new Line(scene, group, width));
    super(scene, html("div", { class: "cw-positions" }, ...lines.map(({ node }) => node)));
    this.lines = lines;
    /** @param {MapName} map */
    const first = (map) => mapOf(scene, map).shape.map(() => 0);
    /** @type {Record<MapName, number[]>} the cell of each map that was lit last */
    this.at = { input: first("input"), kernel: first("kernel"), output: first("output") };
  }

  /** @override @param {Place} place */
  lightUp(place) {
    this.at[place.map] = place.index;
    for (const line of this.lines) line.light(this, place.map, this.along(place.index, line));
  }

  /**
   * An index along the axes that a drawing shows.
   * @param {number[]} index
   * @param {Line} line
   */
  along(index, { axes }) {
    return axes.map((axis) => index[index.length - this.scene.layer.axes.length + axis]);
  }

  /**
   * The drawing and the place along it where a cell is looked for: where it moved.
   * @param {Place} place
   * @returns {[Line, number]}
   */
  spot({ map, index }) {
    for (const line of this.lines) {
      const last = this.along(this.at[map], line);
      const moved = this.along(index, line).find((n, axis) => n !== last[axis]);
      if (moved !== undefined) return [line, moved];
    }
    return [this.lines[0], this.along(index, this.lines[0])[0]];
  }

  /** @override @param {Place} place */
  element(place) {
    const [line, n] = this.spot(place);
    return line.element(place.map, n);
  }

  /** @override @param {Place} place */
  enter(place) {
    const [line, n] = this.spot(place);
    if (place.map === "output") line.show([n]);
    super.enter(place);
  }

  /** @override @param {Element} element */
  placeOf(element) {
    const place = super.placeOf(element);
    const line = this.lines.find(({ node }) => node.contains(element));
    if (!place || !line) return null;
    const [row, column] = place.index; // one of which is 0: maps are drawn as a row or column
    const index = [...this.at[place.map]];
    const lead = index.length - this.scene.layer.axes.length;
    for (const axis of line.axes) index[lead + axis] = row + column;
    return { map: place.map, index };
  }
}
