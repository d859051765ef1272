// What every view can do: find a cell, make it the keyboard's stop, say what is under the pointer.
// A cell is an element with role gridcell and data-index, inside an element with data-map.

import { valueAt } from "../arrays.js";
import { mapOf } from "../scene.js";

/** @typedef {import("../scene.js").Place} Place */
/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").MapName} MapName */

/**
 * What the picture asks of a view; `Board` says what each is for.
 * @typedef {{
 *   node: Element,
 *   light(place: Place): void, element(place: Place): Element | null, enter(place: Place): void,
 *   under(event: MouseEvent): Place | null, placeOf(element: Element): Place | null,
 *   within(place: Place): Place,
 *   after(place: Place, event: {key: string, ctrlKey: boolean}): Place | null,
 * }} View
 */

/** What an element can be while something is lit up. */
const LOOKS = ["cw-lit", "cw-active", "cw-tabbed", "cw-met", "cw-apart", "cw-on"];

export class Board {
  /**
   * @param {Scene} scene
   * @param {Element} node
   */
  constructor(scene, node) {
    this.scene = scene;
    this.node = node;
    /** @type {Element | null} */
    this.selected = null;
    /** @type {Partial<Record<MapName, Element | null>>} the cell that the Tab key leads to */
    this.stops = {};
    /** @type {Element[]} */
    this.lit = [];
    /** Whether cells of the input are drawn that a crop takes away. */
    this.whole = false;
    /** Whether the kernel lies turned, so that its cells run backwards. */
    this.turned = false;
  }

  /**
   * Light up a cell and what belongs to it.
   * @param {Place} place
   */
  light(place) {
    for (const element of this.lit) element.classList.remove(...LOOKS);
    this.lit = [];
    this.lightUp(place);
    this.selected?.removeAttribute("aria-selected");
    this.selected = this.element(place);
    this.selected?.setAttribute("aria-selected", "true");
  }

  /**
   * Light up what belongs to a cell.
   * @param {Place} _place
   */
  lightUp(_place) {}

  /**
   * Give an element a look for as long as the cell is lit.
   * @param {Element | null | undefined} element
   * @param {string} look
   */
  give(element, look) {
    if (!element) return;
    element.classList.add(...look.split(" "));
    this.lit.push(element);
  }

  /**
   * The number in a cell.
   * @param {MapName} map
   * @param {readonly number[]} index
   */
  value(map, index) {
    return valueAt(mapOf(this.scene, map), index);
  }

  /**
   * The element of a cell, or null where the view does not show it.
   * @param {Place} place
   * @returns {Element | null}
   */
  element({ map, index }) {
    return this.node.querySelector(`[data-map="${map}"] [role="gridcell"][data-index="${index}"]`);
  }

  /**
   * Make a cell the one stop of its map.
   * @param {Place} place
   */
  enter(place) {
    this.stops[place.map]?.setAttribute("tabindex", "-1");
    this.stops[place.map] = this.element(place);
    this.stops[place.map]?.setAttribute("tabindex", "0");
  }

  /**
   * The cell under the pointer.
   * @param {MouseEvent} event
   * @returns {Place | null}
   */
  under(event) {
    return event.target instanceof Element ? this.placeOf(event.target) : null;
  }

  /**
   * The cell that an element is, or is inside.
   * @param {Element} element
   * @returns {Place | null}
   */
  placeOf(element) {
    const cell = element.closest("[data-index]");
    const map = /** @type {MapName | null | undefined} */ (
      cell?.closest("[data-map]")?.getAttribute("data-map")
    );
    const index = cell?.getAttribute("data-index")?.split(",").map(Number);
    return map && index ? { map, index } : null;
  }

  /**
   * The first and last cell of a map on each axis that the view shows.
   * @param {MapName} map
   * @returns {[number, number][]}
   */
  bounds(map) {
    const { axes } = this.scene.layer;
    /** @type {[number, number][]} */
    const all = mapOf(this.scene, map).shape.map((size) => [0, size - 1]);
    if (map !== "input" || this.whole) return all;
    return [...all.slice(0, -axes.length), ...axes.map((axis) => axis.kept)];
  }

  /**
   * The nearest cell to a place that the view shows.
   * @param {Place} place
   * @returns {Place}
   */
  within({ map, index }) {
    const kept = this.bounds(map).map(([first, last], n) =>
      Math.max(first, Math.min(index[n] ?? first, last))
    );
    return { map, index: kept };
  }

  /**
   * Where a key leads from a cell, or null for a key that leads nowhere. Rows and columns are the
   * last two axes; the page keys go through what lies before them: depth, channels. Along a strip
   * both pairs of arrows lead.
   * @param {Place} place
   * @param {{key: string, ctrlKey: boolean}} event
   * @returns {Place | null}
   */
  after({ map, index }, { key, ctrlKey }) {
    const way = map === "kernel" && this.turned ? -1 : 1;
    const step = STEPS[key]?.map((by) => way * by);
    const far = { Home: way * -Infinity, End: way * Infinity }[key];
    const rest = index.slice(0, -2);
    const [row, column] = index.slice(-2);
    /** @param {...number} at */
    const to = (...at) => this.within({ map, index: [...rest, ...at] });
    if (index.length === 1) {
      const by = far ?? (step && step[0] + step[1]);
      return by ? to(row + by) : null;
    }
    if (step) return to(row + step[0], column + step[1]);
    if (far) return to(ctrlKey ? far : row, far);
    if (!rest.length || !(key === "PageUp" || key === "PageDown")) return null;
    return this.page({ map, index }, key === "PageUp" ? -1 : 1);
  }

  /**
   * The same cell of the next plane.
   * @param {Place} place
   * @param {number} by
   * @returns {Place}
   */
  page({ map, index }, by) {
    const bounds = this.bounds(map);
    const next = [...index];
    for (let axis = index.length - 3; axis >= 0; axis--) {
      const [first, last] = bounds[axis];
      next[axis] += by;
      if (next[axis] >= first && next[axis] <= last) return { map, index: next };
      next[axis] = by > 0 ? first : last;
    }
    return { map, index };
  }
}

/** @type {Record<string, [number, number]>} */
const STEPS = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};
