// The grids view: padded input, kernel and output side by side, and what belongs together.

import { offset } from "../../arrays.js";
import { svg, unique } from "../../dom.js";
import { cellAt, layout } from "./layout.js";
import { mapOf } from "../../scene.js";
import { divisors, multiplies, placeAt, reachedBy, windowOf } from "../../values.js";
import { inputSize, kernelSize, number, outputSize } from "../../words.js";
import { Board } from "../board.js";
import { extent, grid } from "../grid.js";
import { hatches, lines, pattern, rectangle, ring, tab, tag, ticks, titles } from "../marks.js";
import { Window } from "./window.js";

/** @typedef {import("./layout.js").Box} Box */
/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("../../scene.js").MapName} MapName */
/** @typedef {import("../../scene.js").Place} Place */
/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {import("../grid.js").Cell} Cell */

export class Grids extends Board {
  /**
   * @param {Scene} scene
   * @param {number} width
   * @param {Element} root where the colours are read
   */
  constructor(scene, width, root) {
    const boxes = layout(scene, width);
    const { layer } = scene;
    const hatch = unique("hatch");
    const maps = {
      input: [boxes.input, inputCells(scene, boxes.input), inputSize(layer)],
      kernel: [boxes.kernel, kernelCells(scene, boxes), kernelSize(layer)],
      output: [boxes.output, outputCells(scene), outputSize(layer)],
    };
    /** @type {Partial<Record<MapName, import("../grid.js").Grid>>} */
    const grids = {};
    for (const map of /** @type {const} */ (["input", "kernel", "output"])) {
      const [box, cells, text] = /** @type {[Box | null, Cell[], string]} */ (maps[map]);
      if (!box) continue; // a pool has no kernel
      const range = extent(mapOf(scene, map).data);
      grids[map] = grid({ map, box, label: `${map}, ${text}`, cells, range, root });
    }
    const beyond = boxes.arrangement === "beside" && boxes.star.y - 40 > boxes.input.y;
    const starts = ticks(layer, boxes.input, beyond);
    super(
      scene,
      svg(
        "svg",
        {
          class: `cw-picture cw-arranged-${boxes.arrangement}`,
          viewBox: `0 0 ${boxes.width} ${boxes.height}`,
          width: boxes.width,
          height: boxes.height,
        },
        pattern(hatch),
        titles(scene, boxes),
        lines(boxes.input, layer.axes),
        ...[grids.input?.node ?? []].flat(),
        hatches(scene, boxes.input, hatch),
        ...[grids.kernel?.node ?? [], grids.output?.node ?? []].flat(),
        starts.node,
      ),
    );
    this.layout = boxes;
    this.grids = grids;
    this.ticks = starts;
    this.over = svg("g", { "aria-hidden": "true" });
    this.window = boxes.window && new Window(scene, boxes.window, root);
    this.node.append(this.over, ...(this.window ? [this.window.node] : []));
    /** @type {Element[]} */
    this.lit = [];
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
    this.over.replaceChildren();
    this.mark(place.map, this.at(place), "cw-active");
    if (place.map === "output") this.lightOutput(place.index);
    else if (place.map === "input") this.lightInput(place.index);
    else this.lightKernel(place.index);
    if (place.map === "output") this.window?.show(place.index);
    // Beside what another cell lights up, a window of before would seem to belong to it.
    const shown = place.map === "output" ? "visible" : "hidden";
    this.window?.node.setAttribute("visibility", shown);
    const box = this.layout[place.map];
    if (box && !box.numbers) {
      const map = mapOf(this.scene, place.map);
      this.over.append(tag(box, this.at(place), number(map.data[offset(place.index, map.shape)])));
    }
    this.ticks.light(place.map === "output" ? place.index : []);
  }

  /**
   * In a grid that is one image, the keyboard has one cell that moves.
   * @override
   * @param {Place} place
   */
  enter(place) {
    const grid = this.grids[place.map];
    if (this.layout[place.map]?.image && !this.element(place)) {
      const map = mapOf(this.scene, place.map);
      const value = number(map.data[offset(place.index, map.shape)]);
      grid?.standIn(place.index, this.at(place), value, map.shape);
    }
    super.enter(place);
  }

  /**
   * @override
   * @param {MouseEvent} event
   * @returns {Place | null}
   */
  under({ clientX, clientY }) {
    const { layer } = this.scene;
    const box = this.node.getBoundingClientRect();
    const scale = this.layout.width / box.width;
    const [x, y] = [(clientX - box.left) * scale, (clientY - box.top) * scale];
    const input = cellAt(this.layout.input, x, y);
    if (input) {
      const index = layer.axes.map((axis, n) => axis.source(input[n]));
      return index.every((n) => n !== null) ? { map: "input", index: index.map(Number) } : null;
    }
    const kernel = this.layout.kernel && cellAt(this.layout.kernel, x, y);
    if (kernel) {
      const index = kernel.map((n, axis) => n / this.layout.spread[axis]);
      return index.every(Number.isInteger) ? { map: "kernel", index } : null;
    }
    const output = cellAt(this.layout.output, x, y);
    return output && { map: "output", index: output };
  }

  /**
   * Cropping hides some of the input's cells, or all of them (then the last stands before the first).
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

  /** @param {number[]} index */
  lightOutput(index) {
    const { layer, kernel, input, output } = this.scene;
    const tabs = kernel && this.layout.input.cell >= 26;
    const most = layer.type === "MaxPool" ? output.data[offset(index, output.shape)] : NaN;
    let rings = 0;
    for (const { kernelIndex, inputIndex, position } of windowOf(layer, index)) {
      this.mark("input", position, tabs ? "cw-lit cw-tabbed" : "cw-lit");
      if (tabs) {
        const weight = kernel.data[offset(kernelIndex, kernel.shape)];
        this.over.append(tab(this.layout.input, position, number(weight)));
      }
      // The first of the largest passes, and would get the whole gradient.
      if (inputIndex && input.data[offset(inputIndex, input.shape)] === most) {
        this.over.append(ring(this.layout.input, position, rings++ > 0));
      }
    }
    this.outline("input", this.start(index), this.span(), "cw-window");
    this.outline("output", index, [1, 1], "cw-made");
  }

  /** @param {number[]} index */
  lightInput(index) {
    const { layer, kernel, input } = this.scene;
    const reached = reachedBy(layer, index);
    const value = input.data[offset(index, input.shape)];
    const room = kernel && this.layout.output.numbers && this.layout.output.cell >= 33;
    reached.forEach(({ outputIndex, kernelIndex }, n) => {
      if (reached.length <= 16) {
        const style = n % 2 ? "cw-window cw-dashed" : "cw-window";
        this.outline("input", this.start(outputIndex), this.span(), style, 1.5 * (n % 3));
      }
      this.mark("output", outputIndex, room ? "cw-lit cw-tabbed" : "cw-lit");
      this.mark("kernel", this.spread(kernelIndex), "cw-lit");
      if (room) {
        const weight = kernel.data[offset(kernelIndex, kernel.shape)];
        this.over.append(
          tab(this.layout.output, outputIndex, `${number(value)}·${number(weight)}`),
        );
      }
      if (this.layout.output.image) this.outline("output", outputIndex, [1, 1], "cw-made");
    });
    this.outline("input", this.at({ map: "input", index }), [1, 1], "cw-held");
  }

  /** @param {number[]} index */
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
    this.outline("kernel", this.spread(index), [1, 1], "cw-window");
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
   * @param {MapName} map
   * @param {readonly number[]} place
   * @param {readonly number[]} span
   * @param {string} style
   * @param {number} [inset]
   */
  outline(map, place, span, style, inset = 0) {
    const box = this.layout[map];
    if (box) this.over.append(rectangle(box, place, span, style, inset));
  }

  /**
   * Row and column, in its map's box, of a cell.
   * @param {Place} place
   */
  at({ map, index }) {
    if (map === "kernel") return this.spread(index);
    if (map === "output") return index;
    return this.scene.layer.axes.map((axis, n) => axis.position(index[n]));
  }

  /** @param {readonly number[]} kernelIndex */
  spread(kernelIndex) {
    return kernelIndex.map((j, n) => j * this.layout.spread[n]);
  }

  /** @param {readonly number[]} outputIndex */
  start(outputIndex) {
    return this.scene.layer.axes.map((axis, n) => axis.start(outputIndex[n]));
  }

  span() {
    return this.scene.layer.axes.map((axis) => axis.effectiveKernel);
  }
}

/**
 * Everything on the padded line, and beyond it where a window hangs over.
 * @param {Scene} scene
 * @param {Box} box
 * @returns {Cell[]}
 */
function inputCells({ layer, input }, { rows, columns }) {
  return Array.from({ length: rows * columns }, (_, n) => {
    const [row, column] = [Math.floor(n / columns), n % columns];
    const { kind, inputIndex } = placeAt(layer, [row, column]);
    const value = inputIndex ? input.data[offset(inputIndex, input.shape)] : 0;
    return { row, column, kind, index: inputIndex, value };
  });
}

/**
 * The kernel, with the gaps that dilation puts between its cells.
 * @param {Scene} scene
 * @param {Layout} layout
 * @returns {Cell[]}
 */
function kernelCells({ kernel }, { kernel: box, spread }) {
  if (!kernel || !box) return [];
  return Array.from({ length: box.rows * box.columns }, (_, n) => {
    const [row, column] = [Math.floor(n / box.columns), n % box.columns];
    const own = row % spread[0] === 0 && column % spread[1] === 0;
    const index = own ? [row / spread[0], column / spread[1]] : null;
    const value = index ? kernel.data[offset(index, kernel.shape)] : 0;
    return { row, column, kind: own ? "kernel" : "gap", index, value };
  });
}

/**
 * The output, with what each mean was divided by.
 * @param {Scene} scene
 * @returns {Cell[]}
 */
function outputCells({ layer, output: { shape, data } }) {
  const counts = layer.type === "AvgPool" ? divisors(layer).data : null;
  return Array.from(data, (value, n) => {
    const index = [Math.floor(n / shape[1]), n % shape[1]];
    const [row, column] = index;
    return { row, column, kind: "output", index, value, note: counts ? `÷ ${counts[n]}` : "" };
  });
}
