// Which views a layer has, the usual one first.

import { channels } from "./connections.js";

/** @typedef {import("./layers.js").Layer} Layer */
/** @typedef {"grids" | "stacked" | "matrix" | "ruler" | "subsampling" | "stamp" | "equivalent" |
 *   "back"} ViewName */

/** @type {Record<import("./layers.js").Type, ViewName[]>} */
const OFFERED = {
  Conv: ["grids", "stacked", "matrix", "ruler", "subsampling"],
  MaxPool: ["grids", "stacked", "ruler"],
  AvgPool: ["grids", "stacked", "matrix", "ruler"],
  ConvTranspose: ["stamp", "equivalent", "matrix", "back", "stacked"],
};

/** Those that can draw several maps, or more than two dimensions. @type {ViewName[]} */
const OF_PLANES = ["grids", "equivalent", "matrix", "ruler"];

/** @param {Layer} layer */
export function offered(layer) {
  const views = OFFERED[layer.type];
  return isPlanar(layer) ? views : views.filter((name) => OF_PLANES.includes(name));
}

/**
 * One map of at most two dimensions.
 * @param {Layer} layer
 */
export const isPlanar = (layer) => layer.axes.length <= 2 && !channels(layer);
