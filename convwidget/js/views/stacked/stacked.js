// The stacked view, the guide's own drawing: the output floats above the input, and lines go from
// the window's corners to the corners of the cell that it makes.

import { indices, offset, product } from "../../arrays.js";
import { svg, unique } from "../../dom.js";
import { mapOf } from "../../scene.js";
import { placeAt, windowOf } from "../../values.js";
import { inputSize, kernelSize, number, size } from "../../words.js";
import { Board } from "../board.js";
import { extent, grid } from "../grid.js";
import { hatches, lines, pattern, rectangle, ring, tab, tag } from "../marks.js";
import { joined, planes } from "./geometry.js";
import { words } from "./words.js";

/** @typedef {import("../../scene.js").MapName} MapName */
/** @typedef {import("../../scene.js").Place} Place */
/** @typedef {import("../../scene.js").Scene} Scene */

const CORNERS = [[0, 0], [0, 1], [1, 1], [1, 0]];
const LEAST_TABBED = 26; // below, a weight does not fit beside the number
const LEAST_HATCHED = 3;
const MOST_TAPS = 256; // that are drawn one by one

export class Stacked extends Board {
  /**
   * @param {Scene} scene
   * @param {number} width
   * @param {Element} [root] where the colours are read
   */
  constructor(scene, width, root = document.documentElement) {
    const { layer } = scene;
    const plan = planes(scene, width);
    const said = words(scene, plan);
    super(
      scene,
      svg("svg", {
        class: "cw-picture cw-stacked",
        viewBox: `0 0 ${width} ${said.bottom}`,
        width,
        height: said.bottom,
      }),
    );
    /** @type {Partial<Record<MapName, import("../grid.js").Grid>>} */
    const grids = {};
    /** @param {MapName} map @param {string} text */
    const draw = (map, text) => {
      const box = plan.boxes[map];
      if (!box) return []; // a pool has no kernel
      const range = extent(mapOf(scene, map).data);
      const label = `${map}, ${text}`;
      grids[map] = grid({ map, box, label, cells: cells(scene, map), range, root, legend: false });
      return [grids[map].node];
    };
    const { input, output } = plan.boxes;
    const hidden = { "aria-hidden": "true" };
    const hatch = unique("hatch");
    this.plan = plan;
    this.width = width;
    this.grids = grids;
    this.tabbed = Boolean(scene.kernel && input.numbers && input.cell >= LEAST_TABBED);
    const [shade, window] = this.drawWindow();
    this.shade = svg("g", { ...hidden, class: "cw-sliding" }, ...shade);
    this.window = svg("g", { ...hidden, class: "cw-sliding" }, ...window);
    this.made = rectangle(output, [0, 0], [1, 1], "cw-made cw-sliding");
    this.below = svg("g", hidden);
    this.above = svg("g", hidden);
    this.tag = svg("g", hidden);
    // The output hides what is behind it, but lets the lines shine through.
    this.beams = ["cw-beam", "cw-beam cw-through"].map((name) =>
      svg("path", { ...hidden, class: name })
    );
    this.node.append(
      pattern(hatch),
      said.node,
      ...draw("kernel", kernelSize(layer)),
      svg(
        "g",
        { class: "cw-plane", transform: plan.input.transform },
        this.shade,
        lines(input, layer.axes),
        ...draw("input", inputSize(layer)),
        ...(input.cell > LEAST_HATCHED ? [hatches(scene, input, hatch)] : []),
        this.window,
        this.below,
      ),
      this.beams[0],
      svg(
        "g",
        { class: "cw-plane", transform: plan.output.transform },
        ...draw("output", size(layer.output_size)),
        this.made,
        this.above,
      ),
      this.beams[1],
      this.tag,
    );
    /** @type {Element[]} */
    this.lit = [];
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
    const tabs = this.tabbed && kernel ? taps : [];
    return [
      taps.map(({ position }) => rectangle(input, position, [1, 1], "cw-shade")),
      [
        ...tabs.map(({ kernelIndex, position }) =>
          tab(input, position, number(kernel?.data[offset(kernelIndex, kernel.shape)] ?? 0))
        ),
        rectangle(input, first, layer.axes.map((axis) => axis.effectiveKernel), "cw-window"),
      ],
    ];
  }

  /**
   * Light up what belongs to a cell.
   * @override
   * @param {Place} place
   */
  light(place) {
    super.light(place);
    for (const element of this.lit) element.classList.remove("cw-lit", "cw-active", "cw-tabbed");
    this.lit = [];
    for (const group of [this.below, this.above, this.tag]) group.replaceChildren();
    this.node.classList.toggle("cw-joined", place.map !== "output");
    this.mark(place.map, this.at(place), "cw-active");
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
    const { layer, input: { data, shape }, output: made } = this.scene;
    const { boxes, input, output } = this.plan;
    const start = layer.axes.map((axis, n) => axis.start(index[n]));
    for (const part of [this.shade, this.window]) move(part, start, boxes.input.cell);
    move(this.made, index, boxes.output.cell);
    const most = layer.type === "MaxPool" ? made.data[offset(index, made.shape)] : NaN;
    for (const { inputIndex, position } of boxes.input.image ? [] : windowOf(layer, index)) {
      this.mark("input", position, this.tabbed && inputIndex ? "cw-lit cw-tabbed" : "cw-lit");
      if (inputIndex && data[offset(inputIndex, shape)] === most) {
        // The first of the largest passes.
        this.below.append(ring(boxes.input, position, this.below.childElementCount > 0));
      }
    }
    const ends = CORNERS.map((corner) => [
      input.at(corner.map((end, n) => start[n] + end * layer.axes[n].effectiveKernel)),
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
    const { shape, data } = mapOf(this.scene, place.map);
    const [x, y] = this.plan[place.map].at(this.at(place).map(middle));
    const beside = { ...box, x, y, cell: 0, columns: x < this.width / 2 ? 1 : 0 };
    this.tag.append(tag(beside, [0, 0], number(data[offset(place.index, shape)])));
  }

  /**
   * In a plane that is one image, the keyboard has one cell that moves.
   * @override
   * @param {Place} place
   */
  enter(place) {
    if (this.plan.boxes[place.map]?.image && !this.element(place)) {
      const { shape, data } = mapOf(this.scene, place.map);
      const value = number(data[offset(place.index, shape)]);
      this.grids[place.map]?.standIn(place.index, this.at(place), value, shape);
    }
    super.enter(place);
  }

  /**
   * @override
   * @param {MouseEvent} event
   * @returns {Place | null}
   */
  under(event) {
    const found = super.under(event);
    const target = /** @type {Element} */ (event.target);
    const image = /** @type {SVGGraphicsElement | null} */ (target.closest("image"));
    if (found || !image) return found;
    const map = /** @type {MapName} */ (image.closest("[data-map]")?.getAttribute("data-map"));
    const { x, y } = new DOMPoint(event.clientX, event.clientY)
      .matrixTransform(image.getScreenCTM()?.inverse());
    const cell = this.plan.boxes[map]?.cell ?? 1;
    const index = [y, x].map((length, n) => {
      const at = Math.floor(length / cell);
      return map === "input" ? this.scene.layer.axes[n].source(at) : at;
    });
    return index.every((n) => n !== null) ? { map, index: index.map(Number) } : null;
  }

  /**
   * Cropping hides some of the input's cells.
   * @override
   * @param {MapName} map
   */
  bounds(map) {
    const all = super.bounds(map);
    if (map !== "input") return all;
    return this.scene.layer.axes.map((
      { before, stretch, padded },
      n,
    ) => /** @type {[number, number]} */ ([
      Math.max(0, Math.ceil(-before / stretch)),
      Math.min(all[n][1], Math.floor((padded - 1 - before) / stretch)),
    ]));
  }

  /**
   * @param {MapName} map
   * @param {readonly number[]} place row and column of the map's box
   * @param {string} classes
   */
  mark(map, place, classes) {
    const cell = this.grids[map]?.cells.get(`${place}`);
    if (!cell) return;
    cell.classList.add(...classes.split(" "));
    this.lit.push(cell);
  }

  /**
   * Row and column of a cell in its map's box.
   * @param {Place} place
   */
  at({ map, index }) {
    return map === "input"
      ? this.scene.layer.axes.map((axis, n) => axis.position(index[n]))
      : index;
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

/**
 * Every cell of a map, and the zeros between the input's; of padding only lines are drawn.
 * @param {Scene} scene
 * @param {MapName} map
 * @returns {import("../grid.js").Cell[]}
 */
function cells(scene, map) {
  const { layer } = scene;
  const { shape, data } = mapOf(scene, map);
  const line = map === "input" ? layer.axes.map((axis) => axis.padded) : shape;
  return indices(line).flatMap(([row, column]) => {
    const at = [row, column];
    const { kind, inputIndex: index } = map === "input"
      ? placeAt(layer, at)
      : { kind: map, inputIndex: at };
    if (kind === "padding") return [];
    return [{ row, column, kind, index, value: index ? data[offset(index, shape)] : 0 }];
  });
}
