// A plane of a map: its last two axes. What stands at each row and column? Knows no page.

import { offset, range } from "../arrays.js";
import { split } from "../connections.js";
import { mapOf } from "../scene.js";
import { placeAt } from "../values.js";

/** @typedef {import("../layers.js").Layer} Layer */
/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").MapName} MapName */

/**
 * What stands in a plane, in reading order: `index` is the cell's own, null where there is none.
 * @param {Scene} scene
 * @param {MapName} map
 * @param {readonly number[]} lead where the plane is on the axes before, if there are any
 * @param {boolean} turned whether a kernel lies as the window meets it
 * @returns {import("./grid.js").Cell[]}
 */
export function cellsOf(scene, map, lead = [], turned = scene.layer.type === "ConvTranspose") {
  const { layer } = scene;
  const { shape, data } = mapOf(scene, map);
  const [high, wide] = shape.slice(-2);
  const channels = shape.length - layer.axes.length;
  /** @type {(place: number, n: number) => number | null} */
  const source = (place, n) => {
    if (n < channels || map === "output") return place;
    if (map === "input") return layer.axes[n - channels].source(place);
    return turned ? shape[n] - 1 - place : place;
  };
  const own = lead.map(source).filter((n) => n !== null);
  const [ys, xs] = sizeOf(scene, map).map((size, n) =>
    range(size).map((place) => source(place, lead.length + n))
  );
  const first = own.length < lead.length ? null : offset(own, shape);
  return ys.flatMap((y, row) =>
    xs.map((x, column) => {
      if (first === null || y === null || x === null) {
        const at = split(layer, [...lead, row, column])[1];
        const { kind } = placeAt(layer, at);
        return { row, column, kind, index: null, value: without(layer, kind) };
      }
      const value = data[(first * high + y) * wide + x];
      return { row, column, kind: map, index: [...own, y, x], value };
    })
  );
}

/**
 * The number where no cell of the input stands: no maximum is one of padding, and a mean that does
 * not count padding finds no number there.
 * @param {Layer} layer
 * @param {import("../values.js").Kind} kind
 */
export function without({ type, count_include_pad }, kind) {
  if (kind === "zero" || !type.endsWith("Pool")) return 0;
  if (type === "MaxPool") return -Infinity;
  return count_include_pad ? 0 : NaN;
}

/**
 * The rows and columns of a map's planes.
 * @param {Scene} scene
 * @param {MapName} map
 */
export function sizeOf(scene, map) {
  if (map === "input") return scene.layer.axes.slice(-2).map((axis) => axis.shown);
  return mapOf(scene, map).shape.slice(-2);
}
