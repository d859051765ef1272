// The stacked view, the guide's own drawing: the output floats above the input, and lines go from
// the window's corners to the corners of the cell that it makes.

import { product, valueAt } from "../../arrays.js";
import { svg } from "../../dom.js";
import { windowOf } from "../../values.js";
import { inputSize, kernelSize, number, outputSize } from "../../words.js";
import { hatches, lines, picture, rectangle, ring, silent, tabs, tag } from "../marks.js";
import { cellsOf } from "../plane.js";
import { Surfaces } from "../surfaces.js";
import { joined, planes } from "./geometry.js";
import { words } from "./words.js";

/** @typedef {import("../../scene.js").MapName} MapName */
/** @typedef {import("../../scene.js").Place} Place */
/** @typedef {import("../../scene.js").Scene} Scene */

const CORNERS = [[0, 0], [0, 1], [1, 1], [1, 0]];
const LEAST_TABBED = 26; // below, a weight does not fit beside the number
const LEAST_HATCHED = 3;
const MOST_TAPS = 256; // that are drawn one by one

export class Stacked extends Surfaces {
  /**
   * @param {Scene} scene
   * @param {number} width
   * @param {Element} root where the colours are read
   */
  constructor(scene, width, root) {
    const { layer } = scene;
    const plan = planes(scene, width);
    const said = words(scene, plan);
    super(scene, picture(width, said.bottom), root);
    this.node.classList.add("cw-stacked");
    const { input, output } = plan.boxes;
    this.plan = plan;
    this.width = width;
    this.tabbed = Boolean(scene.kernel && input.numbers && input.cell >= LEAST_TABBED);
    const [shade, window] = this.drawWindow();
    this.shade = silent({ class: "cw-sliding" }, ...shade);
    this.window = silent({ class: "cw-sliding" }, ...window);
    this.made = rectangle(output, [0, 0], [1, 1], "cw-made cw-sliding");
    this.below = silent();
    this.above = silent();
    this.tag = silent();
    /** @param {MapName} map @param {string} text @param {SVGElement} over */
    const drawn = (map, text, over) => {
      const box = plan.boxes[map];
      if (!box) return []; // a pool has no kernel
      // Of padding only lines are drawn.
      const cells = cellsOf(scene, map, [], false).filter(({ index, kind }) =>
        index || kind === "zero"
      );
      return [this.draw(map, box, text, cells, { over }).drawn.node];
    };
    // The output hides what is behind it, but lets the lines shine through.
    this.beams = ["cw-beam", "cw-beam cw-through"].map((name) =>
      svg("path", { class: name, "aria-hidden": "true" })
    );
    this.node.append(
      said.node,
      ...drawn("kernel", kernelSize(layer), this.tag),
      svg(
        "g",
        { class: "cw-plane", transform: plan.input.transform },
        this.shade,
        lines(input, layer.axes),
        ...drawn("input", inputSize(layer), this.below),
        ...(input.cell > LEAST_HATCHED ? [hatches(input, layer.axes, scene.unused)] : []),
        this.window,
        this.below,
      ),
      this.beams[0],
      svg(
        "g",
        { class: "cw-plane", transform: plan.output.transform },
        ...drawn("output", outputSize(layer), this.above),
        this.made,
        this.above,
      ),
      this.beams[1],
      this.tag,
    );
  }

  /**
   * The window over the first cells, from where it slides: its shade, which lies under the cells
   * so that their numbers stay clear; its weights and its outline.
   */
  drawWindow() {
    const { layer, kernel } = this.scene;
    const { input } = this.plan.boxes;
    const first = layer.axes.map(() => 0);
    const taps = product(layer.kernel_size) > MOST_TAPS ? [] : windowOf(layer, first);
    const weights = this.tabbed && kernel
      ? taps.map(({ kernelIndex, position }) => ({
        at: position,
        text: number(valueAt(kernel, kernelIndex)),
      }))
      : [];
    return [
      taps.map(({ position }) => rectangle(input, position, [1, 1], "cw-shade")),
      [tabs(input, weights), rectangle(input, first, this.span, "cw-window")],
    ];
  }

  /** @override @param {Place} place */
  lightUp(place) {
    this.tag.replaceChildren();
    this.node.classList.toggle("cw-joined", place.map !== "output");
    const d = place.map === "output" ? this.slide(place.index) : this.join(place);
    for (const beam of this.beams) beam.setAttribute("d", d);
    this.label(place);
  }

  /**
   * Slide the window to where it makes an output cell. What comes back are the sides of what
   * stands between the two.
   * @param {number[]} index
   */
  slide(index) {
    const { layer } = this.scene;
    const { boxes, input, output } = this.plan;
    const start = this.start(index);
    for (const part of [this.shade, this.window]) move(part, start, boxes.input.cell);
    move(this.made, index, boxes.output.cell);
    const most = layer.type === "MaxPool" ? this.value("output", index) : NaN;
    for (const { inputIndex, position } of boxes.input.image ? [] : windowOf(layer, index)) {
      this.mark("input", position, this.tabbed && inputIndex ? "cw-lit cw-tabbed" : "cw-lit");
      if (inputIndex && this.value("input", inputIndex) === most) {
        // The first of the largest passes.
        this.below.append(ring(boxes.input, position, this.below.childElementCount > 0));
      }
    }
    const ends = CORNERS.map((corner) => [
      input.at(corner.map((end, n) => start[n] + end * this.span[n])),
      output.at(corner.map((end, n) => index[n] + end)),
    ]);
    return ends.map(([from, to], n) => {
      const [nextFrom, nextTo] = ends[(n + 1) % 4];
      return `M${from}L${to}L${nextTo}L${nextFrom}Z`;
    }).join("");
  }

  /**
   * Mark what a cell of the input or the kernel has to do with. What comes back is a line for
   * each output cell.
   * @param {Place} place
   */
  join(place) {
    const { boxes, input, output } = this.plan;
    const all = joined(this.scene, place);
    const held = place.map === "input" ? [this.at(place)] : all.map(({ position }) => position);
    const style = place.map === "input" ? "cw-held" : "cw-window";
    for (const at of held) {
      // A crop takes cells away.
      if (at.every((n) => n >= 0)) this.below.append(rectangle(boxes.input, at, [1, 1], style));
    }
    for (const { output: at } of all) {
      this.mark("output", at, "cw-lit");
      this.above.append(rectangle(boxes.output, at, [1, 1], "cw-made"));
    }
    return all.map((pair) =>
      `M${input.at(pair.position.map(middle))}L${output.at(pair.output.map(middle))}`
    ).join("");
  }

  /**
   * Write the value of a cell that has no room for it.
   * @param {Place} place
   */
  label(place) {
    if (place.map === "kernel") return;
    const box = this.plan.boxes[place.map];
    if (box.numbers) return;
    const [x, y] = this.plan[place.map].at(this.at(place).map(middle));
    const beside = { ...box, x, y, cell: 0, columns: x < this.width / 2 ? 1 : 0 };
    this.tag.append(tag(beside, [0, 0], number(this.value(place.map, place.index))));
  }
}

/** @param {number} n */
const middle = (n) => n + 0.5;

/**
 * @param {Element} element
 * @param {readonly number[]} place
 * @param {number} cell
 */
function move(element, [row, column], cell) {
  element.setAttribute("transform", `translate(${column * cell} ${row * cell})`);
}
