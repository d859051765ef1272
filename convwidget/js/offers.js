// Which views a layer has, the usual one first.

import { channels } from "./connections.js";
import { drawable } from "./drawable.js";
import { change } from "./layers.js";
import json from "../data/views.json" with { type: "json" };

/** @typedef {import("./layers.js").Layer} Layer */
/** @typedef {"grids" | "stacked" | "matrix" | "ruler" | "subsampling" | "stamp" | "equivalent" |
 *   "back"} ViewName */

/** @type {Record<import("./layers.js").Type, ViewName[]>} */
const OFFERED = /** @type {any} */ (json.offered);

/** Those that can draw several maps, or more than two dimensions. */
const OF_PLANES = /** @type {ViewName[]} */ (json.of_planes);

/** What is asked for several times while a scene is drawn. @type {WeakMap<Layer, ViewName[]>} */
const known = new WeakMap();

/** @param {Layer} layer */
export function offered(layer) {
  const names = known.get(layer) ?? find(layer);
  known.set(layer, names);
  return names;
}

/** @param {Layer} layer */
function find(layer) {
  const views = OFFERED[layer.type];
  if (!isPlanar(layer)) return views.filter((name) => OF_PLANES.includes(name));
  return views.filter((name) => name !== "subsampling" || isCheap(everyStart(layer)));
}

/**
 * The layer with stride 1: every output that its stride keeps, or leaves out.
 * @param {Layer} layer
 */
export function everyStart(layer) {
  // Numbers, not a name of padding, which would come to something else at stride 1.
  return change(layer, { stride: layer.stride.map(() => 1), padding: layer.pads });
}

/** @param {Layer} layer */
function isCheap(layer) {
  try {
    return Boolean(drawable(layer));
  } catch {
    return false;
  }
}

/**
 * One map of at most two dimensions.
 * @param {Layer} layer
 */
export const isPlanar = (layer) => layer.axes.length <= 2 && !channels(layer);
