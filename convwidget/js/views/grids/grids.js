// The grids view: padded input, kernel and output side by side, and what belongs together.

import { indices, valueAt } from "../../arrays.js";
import { layout } from "./layout.js";
import { divisors, multiplies, reachedBy, windowOf } from "../../values.js";
import { inputSize, kernelSize, number, outputSize } from "../../words.js";
import { hatches, lines, picture, rectangle, ring, silent, tabs } from "../marks.js";
import { cellsOf } from "../plane.js";
import { Surfaces } from "../surfaces.js";
import { ticks } from "./ticks.js";
import { titles } from "./titles.js";
import { Window } from "./window.js";

/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("../../scene.js").MapName} MapName */
/** @typedef {import("../../scene.js").Place} Place */
/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {import("../grid.js").Cell} Cell */

export class Grids extends Surfaces {
  /**
   * @param {Scene} scene
   * @param {number} width
   * @param {Element} root where the colours are read
   */
  constructor(scene, width, root) {
    const boxes = layout(scene, width);
    const { layer } = scene;
    const starts = ticks(
      layer,
      boxes.input,
      boxes.arrangement === "beside" && boxes.star.y - 40 > boxes.input.y,
    );
    super(scene, picture(boxes.width, boxes.height), root);
    this.node.classList.add(`cw-arranged-${boxes.arrangement}`);
    this.over = silent();
    /** @param {MapName} map @param {string} size @param {Cell[]} cells */
    const drawn = (map, size, cells) => {
      const box = boxes[map];
      if (!box) return []; // a pool has no kernel
      return [
        this.draw(map, box, size, cells, { over: this.over, legend: boxes.width - box.x }).drawn
          .node,
      ];
    };
    this.node.append(
      titles(scene, boxes),
      lines(boxes.input, layer.axes),
      ...drawn("input", inputSize(layer), cellsOf(scene, "input")),
      hatches(boxes.input, layer.axes, scene.unused),
      ...drawn("kernel", kernelSize(layer), kernelCells(scene, boxes)),
      ...drawn("output", outputSize(layer), outputCells(scene)),
      starts.node,
    );
    this.layout = boxes;
    this.ticks = starts;
    this.window = boxes.window && new Window(scene, boxes.window, root);
    this.node.append(this.over, ...(this.window ? [this.window.node] : []));
  }

  /** @override @param {Place} place */
  lightUp(place) {
    super.lightUp(place);
    this.hold(place);
    const made = place.map === "output";
    if (made) this.window?.show(place.index);
    // Beside what another cell lights up, a window of before would seem to belong to it.
    this.window?.node.setAttribute("visibility", made ? "visible" : "hidden");
    this.ticks.light(made ? place.index : []);
  }

  /** @override @param {number[]} index */
  lightOutput(index) {
    const { layer, kernel } = this.scene;
    const room = kernel && this.layout.input.cell >= 26;
    /** @type {import("../marks.js").Weight[]} */
    const weights = [];
    const most = layer.type === "MaxPool" ? this.value("output", index) : NaN;
    let rings = 0;
    for (const { kernelIndex, inputIndex, position } of windowOf(layer, index)) {
      this.mark("input", position, room ? "cw-lit cw-tabbed" : "cw-lit");
      if (room) weights.push({ at: position, text: number(valueAt(kernel, kernelIndex)) });
      // The first of the largest passes, and would get the whole gradient.
      if (inputIndex && this.value("input", inputIndex) === most) {
        this.over.append(ring(this.layout.input, position, rings++ > 0));
      }
    }
    this.over.append(tabs(this.layout.input, weights));
    this.outline("input", this.start(index), this.span, "cw-window");
  }

  /** @override @param {number[]} index */
  lightInput(index) {
    const { layer, kernel } = this.scene;
    const reached = reachedBy(layer, index);
    const value = number(this.value("input", index));
    /** @type {import("../marks.js").Weight[]} */
    const products = [];
    const room = kernel && this.layout.output.numbers && this.layout.output.cell >= 33;
    reached.forEach(({ outputIndex, kernelIndex }, n) => {
      if (reached.length <= 16) {
        const style = n % 2 ? "cw-window cw-dashed" : "cw-window";
        this.outline("input", this.start(outputIndex), this.span, style, 1.5 * (n % 3));
      }
      this.mark("output", outputIndex, room ? "cw-lit cw-tabbed" : "cw-lit");
      this.mark("kernel", this.spread(kernelIndex), "cw-lit");
      if (room) {
        const weight = number(valueAt(kernel, kernelIndex));
        products.push({ at: outputIndex, text: `${value}·${weight}` });
      }
      if (this.layout.output.image) this.outline("output", outputIndex, [1, 1], "cw-made");
    });
    this.over.append(tabs(this.layout.output, products));
  }

  /** @override @param {number[]} index */
  lightKernel(index) {
    const { layer } = this.scene;
    const { inputs } = multiplies(layer, index);
    for (const { inputIndex } of inputs) {
      this.mark("input", this.at({ map: "input", index: inputIndex }), "cw-lit");
    }
    const ends = layer.axes.map((axis, n) => {
      const first = index[n] * axis.dilation;
      return [first, first + (axis.output - 1) * axis.stride + 1];
    });
    this.outline(
      "input",
      ends.map(([first]) => first),
      ends.map(([first, last]) => last - first),
      "cw-window cw-dashed",
    );
  }

  /**
   * @param {"input" | "output"} map
   * @param {readonly number[]} place
   * @param {readonly number[]} span
   * @param {string} style
   * @param {number} [inset]
   */
  outline(map, place, span, style, inset) {
    this.over.append(rectangle(this.layout[map], place, span, style, inset));
  }

  /** @override @param {Place} place */
  at(place) {
    return place.map === "kernel" ? this.spread(place.index) : super.at(place);
  }

  /** @override @param {import("../surfaces.js").Surface} surface @param {number[]} at */
  index(surface, at) {
    if (surface.map !== "kernel") return super.index(surface, at);
    return at.map((n, axis) => n / this.layout.spread[axis]);
  }

  /** @param {readonly number[]} kernelIndex */
  spread(kernelIndex) {
    return kernelIndex.map((j, n) => j * this.layout.spread[n]);
  }
}

/**
 * The kernel, with the gaps that dilation puts between its cells.
 * @param {Scene} scene
 * @param {Layout} layout
 * @returns {Cell[]}
 */
function kernelCells({ kernel }, { kernel: box, spread }) {
  if (!kernel || !box) return [];
  return indices([box.rows, box.columns]).map(([row, column]) => {
    const own = row % spread[0] === 0 && column % spread[1] === 0;
    const index = own ? [row / spread[0], column / spread[1]] : null;
    return { row, column, kind: own ? "kernel" : "gap", index, value: valueAt(kernel, index) };
  });
}

/**
 * The output, with what each mean was divided by.
 * @param {Scene} scene
 * @returns {Cell[]}
 */
function outputCells(scene) {
  const cells = cellsOf(scene, "output");
  if (scene.layer.type !== "AvgPool") return cells;
  const counts = divisors(scene.layer).data;
  return cells.map((cell, n) => ({ ...cell, note: `÷ ${counts[n]}` }));
}
