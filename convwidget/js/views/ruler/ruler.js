// Counting the kernel's positions along each axis, as in the guide's Figure 2.8.

import { range } from "../../arrays.js";
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
  light(place) {
    this.at[place.map] = place.index;
    for (const line of this.lines) line.light(place.map, this.along(place.index, line));
    super.light(place);
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

  /** @override @param {MapName} map */
  bounds(map) {
    const bounds = super.bounds(map);
    if (map !== "input") return bounds;
    const { axes } = this.scene.layer;
    axes.forEach((axis, n) => {
      const left = range(axis.input).filter((cell) => axis.source(axis.position(cell)) !== null);
      // A crop takes cells away at the ends.
      if (left.length) bounds[bounds.length - axes.length + n] = [left[0], left[left.length - 1]];
    });
    return bounds;
  }

  /**
   * @override
   * @param {Place} place
   * @param {{key: string, ctrlKey: boolean}} event
   */
  after({ map, index }, event) {
    if (index.length > 1) return super.after({ map, index }, event);
    const key = { ArrowLeft: "ArrowUp", ArrowRight: "ArrowDown" }[event.key] ?? event.key;
    return super.after({ map, index: [index[0], 0] }, { key, ctrlKey: true });
  }
}
