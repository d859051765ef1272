// A view that draws its maps as grids. A map can stand in more than one of them, and where it is a
// single image, the keyboard has one cell that moves.

import { contains } from "../arrays.js";
import { mapOf } from "../scene.js";
import { number } from "../words.js";
import { Board } from "./board.js";
import { extent, grid } from "./grid.js";
import { FEW } from "./many.js";
import { rectangle, silent, tag } from "./marks.js";

/** @typedef {import("../scene.js").MapName} MapName */
/** @typedef {import("../scene.js").Place} Place */

/**
 * A drawn grid; what lights up on it goes `over` it.
 * @typedef {{map: MapName, box: import("./box.js").Box, drawn: import("./grid.js").Grid,
 *   over: SVGElement}} Surface
 */

/** The outline of a cell that is lit. */
const OUTLINES = { input: "cw-held", kernel: "cw-window", output: "cw-made" };

export class Surfaces extends Board {
  /**
   * @param {import("../scene.js").Scene} scene
   * @param {Element} node
   * @param {Element} root where the colours are read
   */
  constructor(scene, node, root) {
    super(scene, node);
    this.root = root;
    /** @type {Surface[]} */
    this.surfaces = [];
  }

  /**
   * Draw a map.
   * @param {MapName} map
   * @param {import("./box.js").Box} box
   * @param {string} size
   * @param {import("./grid.js").Cell[]} cells
   * @param {{over?: SVGElement, legend?: number}} [options]
   * @returns {Surface}
   */
  draw(map, box, size, cells, { over = silent(), legend = 0 } = {}) {
    const range = extent(mapOf(this.scene, map).data);
    const label = `${map}, ${size}`;
    const drawn = grid({ map, box, label, cells, range, legend, root: this.root, few: FEW });
    const surface = { map, box, drawn, over };
    this.surfaces.push(surface);
    return surface;
  }

  /** The window's size in rows and columns. */
  get span() {
    return this.scene.layer.axes.slice(-2).map((axis) => axis.effectiveKernel);
  }

  /**
   * Row and column where the window of an output cell starts.
   * @param {readonly number[]} index
   */
  start(index) {
    const at = index.slice(-2);
    return this.scene.layer.axes.slice(-2).map((axis, n) => axis.start(at[n]));
  }

  /**
   * The surfaces that show a cell.
   * @param {Place} place
   */
  on({ map }) {
    return this.surfaces.filter((surface) => surface.map === map);
  }

  /**
   * Row and column of a cell in its box.
   * @param {Place} place
   * @returns {readonly number[]}
   */
  at({ map, index }) {
    if (map !== "input") return index;
    return this.scene.layer.axes.map((axis, n) => axis.position(index[n]));
  }

  /**
   * What would be the index of the cell at a row and column of a box.
   * @param {Surface} surface
   * @param {number[]} at
   * @returns {(number | null)[]}
   */
  index({ map }, at) {
    if (map !== "input") return at;
    return this.scene.layer.axes.map((axis, n) => axis.source(at[n]));
  }

  /** @override @param {Place} place */
  light(place) {
    for (const { over } of this.surfaces) over.replaceChildren();
    super.light(place);
    for (const { drawn } of this.on(place)) {
      this.give(drawn.cells.get(`${this.at(place)}`), "cw-active");
    }
  }

  /** @override @param {Place} place */
  lightUp({ map, index }) {
    if (map === "output") this.lightOutput(index);
    else if (map === "input") this.lightInput(index);
    else this.lightKernel(index);
  }

  /** @param {number[]} _index */
  lightOutput(_index) {}

  /** @param {number[]} _index */
  lightInput(_index) {}

  /** @param {number[]} _index */
  lightKernel(_index) {}

  /**
   * Mark what stands at a row and column of a map's boxes, be it a cell of its own or not.
   * @param {MapName} map
   * @param {readonly number[]} at
   * @param {string} look
   */
  mark(map, at, look) {
    for (const { drawn } of this.on({ map, index: [...at] })) {
      this.give(drawn.cells.get(`${at}`), look);
    }
  }

  /**
   * Outline a cell, with its value where it is too small for a number.
   * @param {Place} place
   */
  hold(place) {
    const { map, index } = place;
    const at = this.at(place);
    for (const { box, over } of this.on(place)) {
      over.append(rectangle(box, at, [1, 1], OUTLINES[map]));
      if (!box.numbers) over.append(tag(box, at, number(this.value(map, index))));
    }
  }

  /** @override @param {Place} place @returns {Element | null} */
  element(place) {
    const found = super.element(place);
    if (found) return found;
    const own = this.on(place)[0]?.drawn.cells.get(`${this.at(place)}`);
    return own?.dataset.index === `${place.index}` ? own : null;
  }

  /** @override @param {Place} place */
  enter(place) {
    const { map, index } = place;
    const [surface] = this.on(place);
    if (surface?.box.image && !this.element(place)) {
      const { shape } = mapOf(this.scene, map);
      surface.drawn.standIn(index, this.at(place), number(this.value(map, index)), shape);
    }
    super.enter(place);
  }

  /**
   * @override
   * @param {MouseEvent} event
   * @returns {Place | null}
   */
  under({ target, clientX, clientY }) {
    const grid = target instanceof Element && target.closest(".cw-grid");
    const surface = this.surfaces.find(({ drawn }) => drawn.node === grid);
    if (!surface) return null;
    const { map, box } = surface;
    const node = /** @type {SVGGraphicsElement} */ (surface.drawn.node);
    const { x, y } = new DOMPoint(clientX, clientY)
      .matrixTransform(node.getScreenCTM()?.inverse());
    // The matrix is not exact, and a pixel on a border belongs to the cell behind it.
    const at = [y, x].map((length) => Math.floor(length / box.cell + 1e-3));
    const index = this.index(surface, at);
    return contains(mapOf(this.scene, map).shape, index) ? { map, index } : null;
  }
}
