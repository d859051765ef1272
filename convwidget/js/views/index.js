// The views by name, and how each is made.

import { isPlanar } from "../offers.js";
import { Back } from "./transposed/back.js";
import { equivalent } from "./transposed/equivalent.js";
import { Grids } from "./grids/grids.js";
import { Matrix } from "./matrix/matrix.js";
import { Planes } from "./planes/planes.js";
import { Ruler } from "./ruler/ruler.js";
import { Stacked } from "./stacked/stacked.js";
import { Stamp } from "./transposed/stamp.js";
import { Strip } from "./strip.js";
import { subsampling } from "./grids/subsampling.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("./board.js").View} View */
/** @typedef {(scene: Scene, width: number, root: Element) => View} Make */

/** @type {Make} */
const grids = (scene, width, root) =>
  isPlanar(scene.layer) ? new Grids(scene, width, root) : new Planes(scene, width, root);

/** @type {Record<import("../offers.js").ViewName, {label: string, make: Make}>} */
export const VIEWS = {
  grids: { label: "Grids", make: onRows(grids) },
  stamp: { label: "Stamp", make: onRows((scene, width, root) => new Stamp(scene, width, root)) },
  equivalent: { label: "Equivalent", make: onRows(equivalent) },
  stacked: {
    label: "Stacked",
    make: onRows((scene, width, root) => new Stacked(scene, width, root)),
  },
  matrix: { label: "Matrix", make: (scene, width, root) => new Matrix(scene, width, root) },
  back: { label: "Going back", make: onRows((scene, width, root) => new Back(scene, width, root)) },
  ruler: { label: "Ruler", make: (scene, width) => new Ruler(scene, width) },
  subsampling: { label: "Subsampling", make: subsampling(onRows(grids)) },
};

/**
 * A view that draws a strip as a map of one row.
 * @param {Make} make
 * @returns {Make}
 */
function onRows(make) {
  return (scene, width, root) =>
    scene.layer.axes.length > 1 ? make(scene, width, root) : new Strip(scene, width, root, make);
}
