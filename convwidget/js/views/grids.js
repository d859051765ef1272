// The grids view: padded input, kernel and output side by side, and what belongs together.

import { offset } from "../arrays.js";
import { attribute, svg, unique } from "../dom.js";
import { colours } from "../shading.js";
import { multiplies, placeAt, reachedBy, windowOf } from "../values.js";
import { inputSize, kernelSize, number, size } from "../words.js";
import { grid } from "./grid.js";
import { caption, hatches, lines, pattern, tag, ticks, titles } from "./marks.js";

/** @typedef {import("../layout.js").Box} Box */
/** @typedef {import("../layout.js").Layout} Layout */
/** @typedef {import("../scene.js").Place} Place */
/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("./grid.js").Cell} Cell */

/** What of a picture can be touched after it was drawn. */
export class Grids {
  /**
   * @param {Scene} scene
   * @param {Layout} layout
   * @param {Element} root where the colours are read
   */
  constructor(scene, layout, root) {
    this.scene = scene;
    this.layout = layout;
    const theme = colours(root);
    const { layer } = scene;
    const hatch = unique("hatch");
    this.grids = {
      input: grid({
        map: "input",
        box: layout.input,
        label: `input, ${inputSize(layer)}`,
        cells: inputCells(scene),
        range: extent(scene.input.data),
        theme,
      }),
      kernel: grid({
        map: "kernel",
        box: layout.kernel,
        label: `kernel, ${kernelSize(layer)}`,
        cells: kernelCells(scene, layout),
        range: extent(scene.kernel.data),
        theme,
      }),
      output: grid({
        map: "output",
        box: layout.output,
        label: `output, ${size(layer.output_size)}`,
        cells: mapCells(scene.output, "output"),
        range: extent(scene.output.data),
        theme,
      }),
    };
    this.over = svg("g", { "aria-hidden": "true" });
    this.window = layout.window && svg("g", { "aria-hidden": "true" });
    const { arrangement, kernel, input } = layout;
    this.ticks = ticks(layer, input, arrangement === "beside" && kernel.y - 24 > input.y);
    this.node = svg(
      "svg",
      {
        class: `cw-picture cw-${layout.arrangement}`,
        viewBox: `0 0 ${layout.width} ${layout.height}`,
        width: layout.width,
        height: layout.height,
      },
      pattern(hatch),
      titles(scene, layout),
      lines(layout.input),
      this.grids.input.node,
      hatches(scene, layout.input, hatch),
      this.grids.kernel.node,
      this.grids.output.node,
      this.ticks.node,
      this.over,
      ...(this.window ? [this.window] : []),
    );
    /** @type {Element[]} */
    this.lit = [];
  }

  /**
   * Light up what belongs to a cell.
   * @param {Place} place
   */
  light(place) {
    for (const element of this.lit) element.classList.remove("cw-lit", "cw-active", "cw-tabbed");
    this.lit = [];
    this.over.replaceChildren();
    this.mark(place.map, this.at(place), "cw-active");
    if (place.map === "output") this.lightOutput(place.index);
    else if (place.map === "input") this.lightInput(place.index);
    else this.lightKernel(place.index);
    if (this.window && place.map === "output") this.enlarge(place.index);
    // Beside what another cell lights up, a window of before would seem to belong to it.
    this.window?.classList.toggle("cw-stale", place.map !== "output");
    if (!this.layout[place.map].numbers) {
      const map = this.scene[place.map];
      const value = number(map.data[offset(place.index, map.shape)]);
      this.over.append(tag(this.layout[place.map], this.at(place), value));
    }
    this.ticks.light(place.map === "output" ? place.index : []);
    for (const cell of this.node.querySelectorAll("[aria-selected]")) {
      cell.removeAttribute("aria-selected");
    }
    this.element(place)?.setAttribute("aria-selected", "true");
  }

  /**
   * The element of a cell; in a grid that is one image, only of the one that the keyboard is at.
   * @param {Place} place
   * @returns {SVGElement | null}
   */
  element({ map, index }) {
    return this.grids[map].node.querySelector(`[role="gridcell"][data-index="${index}"]`);
  }

  /** @param {number[]} index */
  lightOutput(index) {
    const { layer, kernel } = this.scene;
    const tabs = this.layout.input.cell >= 26;
    for (const { kernelIndex, position } of windowOf(layer, index)) {
      this.mark("input", position, tabs ? "cw-lit cw-tabbed" : "cw-lit");
      const weight = kernel.data[offset(kernelIndex, kernel.shape)];
      if (tabs) this.over.append(tab(this.layout.input, position, number(weight)));
    }
    this.outline("input", this.start(index), this.span(), "cw-window");
    this.outline("output", index, [1, 1], "cw-made");
  }

  /** @param {number[]} index */
  lightInput(index) {
    const { layer, kernel, input } = this.scene;
    const reached = reachedBy(layer, index);
    const value = input.data[offset(index, input.shape)];
    const room = this.layout.output.numbers && this.layout.output.cell >= 33;
    reached.forEach(({ outputIndex, kernelIndex }, n) => {
      const weight = kernel.data[offset(kernelIndex, kernel.shape)];
      if (reached.length <= 16) {
        const style = n % 2 ? "cw-window cw-dashed" : "cw-window";
        this.outline("input", this.start(outputIndex), this.span(), style, 1.5 * (n % 3));
      }
      this.mark("output", outputIndex, room ? "cw-lit cw-tabbed" : "cw-lit");
      this.mark("kernel", this.spread(kernelIndex), "cw-lit");
      if (room) {
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

  /** @param {number[]} index */
  enlarge(index) {
    const { layer, input, kernel } = this.scene;
    const box = this.layout.window;
    if (!box || !this.window) return;
    const cells = windowOf(layer, index).map((
      { kernelIndex: [row, column], kind, inputIndex },
    ) => ({
      row,
      column,
      kind,
      index: [row, column],
      value: inputIndex ? input.data[offset(inputIndex, input.shape)] : 0,
    }));
    const drawn = grid({
      map: "input",
      box,
      label: "window",
      cells,
      range: extent(input.data),
      legend: false,
      theme: colours(this.node),
    });
    drawn.node.querySelector('[role="grid"]')?.removeAttribute("role");
    for (const cell of drawn.cells.values()) {
      attribute(cell, {
        role: null,
        tabindex: null,
        class: `${cell.getAttribute("class")} cw-lit cw-tabbed`,
      });
    }
    const tabs = cells.map(({ row, column }) =>
      tab(box, [row, column], number(kernel.data[offset([row, column], kernel.shape)]))
    );
    this.window.replaceChildren(
      caption(box, "window", "enlarged", "input"),
      drawn.node,
      ...(box.numbers ? tabs : []),
      rectangle(box, [0, 0], [box.rows, box.columns], "cw-window"),
    );
  }

  /**
   * @param {import("../scene.js").MapName} map
   * @param {readonly number[]} place row and column of the map's box
   * @param {string} classes
   */
  mark(map, place, classes) {
    const cell = this.grids[map].cells.get(`${place}`);
    if (!cell) return;
    cell.classList.add(...classes.split(" "));
    this.lit.push(cell);
  }

  /**
   * @param {import("../scene.js").MapName} map
   * @param {readonly number[]} place
   * @param {readonly number[]} span
   * @param {string} style
   * @param {number} [inset]
   */
  outline(map, place, span, style, inset = 0) {
    this.over.append(rectangle(this.layout[map], place, span, style, inset));
  }

  /**
   * Row and column, in its map's box, of a cell.
   * @param {Place} place
   */
  at({ map, index }) {
    if (map === "kernel") return this.spread(index);
    if (map === "output") return index;
    return this.scene.layer.axes.map((axis, n) => axis.before + index[n] * axis.stretch);
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
 * @param {Box} box
 * @param {readonly number[]} place
 * @param {readonly number[]} span
 * @param {string} style
 * @param {number} [inset]
 */
function rectangle(box, [row, column], [rows, columns], style, inset = 0) {
  return svg("rect", {
    class: style,
    x: box.x + column * box.cell + inset,
    y: box.y + row * box.cell + inset,
    width: Math.max(2, columns * box.cell - 2 * inset),
    height: Math.max(2, rows * box.cell - 2 * inset),
    rx: Math.min(3, box.cell / 4),
  });
}

/**
 * A weight, small in the corner of the cell that it multiplies.
 * @param {Box} box
 * @param {readonly number[]} place
 * @param {string} text
 */
function tab(box, [row, column], text) {
  const font = Math.max(8, Math.min(11, box.cell * 0.28));
  const width = Math.max(font * 1.35, text.length * font * 0.6 + 5);
  const height = font * 1.35;
  const x = box.x + (column + 1) * box.cell - width - 1.5;
  const y = box.y + (row + 1) * box.cell - height - 1.5;
  return svg(
    "g",
    { class: "cw-tab", transform: `translate(${x} ${y})` },
    svg("rect", { width, height, rx: 2.5 }),
    svg("text", { x: width / 2, y: height / 2, "font-size": font }, text),
  );
}

/**
 * Everything on the padded line.
 * @param {Scene} scene
 * @returns {Cell[]}
 */
function inputCells({ layer, input }) {
  const [rows, columns] = layer.axes.map((axis) => axis.padded);
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
  return Array.from({ length: box.rows * box.columns }, (_, n) => {
    const [row, column] = [Math.floor(n / box.columns), n % box.columns];
    const own = row % spread[0] === 0 && column % spread[1] === 0;
    const index = own ? [row / spread[0], column / spread[1]] : null;
    const value = index ? kernel.data[offset(index, kernel.shape)] : 0;
    return { row, column, kind: own ? "kernel" : "gap", index, value };
  });
}

/**
 * @param {import("../values.js").Result} map
 * @param {string} kind
 * @returns {Cell[]}
 */
function mapCells({ shape, data }, kind) {
  return Array.from(data, (value, n) => {
    const index = [Math.floor(n / shape[1]), n % shape[1]];
    return { row: index[0], column: index[1], kind, index, value };
  });
}

/**
 * @param {Float64Array} data
 * @returns {[number, number]}
 */
function extent(data) {
  let [low, high] = [Infinity, -Infinity];
  for (const value of data) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}
