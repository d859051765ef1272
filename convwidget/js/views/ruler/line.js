// One axis as a ruler: the padded line, the kernel's positions below it, and the lengths.

import { range } from "../../arrays.js";
import { attribute, html, svg } from "../../dom.js";
import { widest } from "../../words.js";
import { grid } from "../grid.js";
import { hatching, picture, silent } from "../marks.js";
import { without } from "../plane.js";
import { lengths, meetings, next, said, shown, sizes } from "./geometry.js";

/** @typedef {import("../../scene.js").MapName} MapName */
/** @typedef {import("../grid.js").Cell} Cell */

const LEFT = 18; // room for a step's "+1"
const ROW = 32;
const TOP = 4;

export class Line {
  /**
   * @param {import("../../scene.js").Scene} scene
   * @param {{axes: number[], heading: string}} group
   * @param {number} width
   */
  constructor(scene, { axes, heading }, width) {
    const { layer } = scene;
    const axis = layer.axes[axes[0]];
    this.scene = scene;
    this.axes = axes;
    this.heading = heading && `${heading}: `;
    this.axis = axis;
    this.alone = scene.input.shape.length === 1; // one row of numbers: they stand in the cells
    const { needs, words } = next(axis);
    const last = axis.start(axis.output - 1) + axis.effectiveKernel;
    // One that would start far behind the line is only told of: it would shrink all the others.
    const dashed = needs > 0 && needs <= 2 * axis.padded + 8;
    const columns = Math.max(axis.padded, last, dashed ? needs : 0);
    const fitting = Math.floor((width - LEFT - ROW - 16) / columns);
    this.cell = Math.max(14, Math.min(34, fitting));

    const input = this.drawInput();
    this.cells = input.cells;
    this.lines = shown(axis.output, []);
    this.slots = this.lines.map((n) => this.drawPosition(n));
    const after = dashed ? [this.drawPosition(axis.output)] : [];
    const below = this.y(this.slots.length);
    for (const { node } of after) {
      attribute(node, { class: "cw-position cw-none", transform: this.place(axis.output, below) });
    }
    const end = below + ROW * (after.length + 1);
    const [pattern, fill] = hatching();
    const left = Math.max(0, axis.leftOver) * this.cell;
    const bars = { width: left, height: this.cell, x: LEFT + axis.padded * this.cell - left };
    this.pane = html(
      "div",
      { class: "cw-positions-pane" },
      picture(
        LEFT + Math.max(columns * this.cell, words.length * 6.6) + 4,
        end + 40,
        pattern,
        input.node,
        svg("rect", { class: "cw-hatches", fill, y: TOP, ...bars }),
        ...[...this.slots, ...after].map(({ node }) => node),
        svg("text", { class: "cw-note", x: LEFT, y: end - ROW / 2 }, words),
        ...lengths(layer, axis).map((length) => this.drawLength(length, end)),
      ),
    );
    this.outputs = picture(ROW + 4, end + 40);
    const looks = [
      this.alone || "cw-indexed",
      scene.kernel || "cw-pool",
      this.cell < 18 && "cw-small",
    ];
    this.node = html(
      "div",
      { class: looks.filter((look) => typeof look === "string").join(" ") },
      html(
        "p",
        {},
        html("b", {}, this.heading),
        html("b", { class: "cw-ink-input" }, "input"),
        ` ${sizes(axis)}, `,
        html("b", { class: "cw-ink-output" }, "output"),
        ` ${axis.output}`,
      ),
      html("div", { class: "cw-positions-pair" }, this.pane, this.outputs),
      html("p", {}, said(layer, axes[0])),
    );
    this.fill();
  }

  /** @param {number} slot */
  y(slot) {
    return TOP + this.cell + 12 + slot * ROW;
  }

  /**
   * @param {number} n
   * @param {number} y
   */
  place(n, y) {
    return `translate(${LEFT + this.axis.start(n) * this.cell} ${y})`;
  }

  /**
   * What stands in a cell: its number, or its index along the axis.
   * @param {MapName} map
   * @param {number} n
   */
  value(map, n) {
    return this.alone ? this.scene[map]?.data[n] ?? 0 : n;
  }

  /**
   * The kernel's cell at a cell of the window, and the other way round: a transposed layer's
   * window is its kernel turned.
   * @param {number} j
   */
  turned(j) {
    return this.scene.layer.type === "ConvTranspose" ? this.axis.kernel - 1 - j : j;
  }

  /**
   * @param {MapName} map
   * @param {string} label
   * @param {Cell[]} cells
   * @param {{x?: number, y?: number, cell?: number}} [box]
   */
  draw(map, label, cells, { x = 0, y = 0, cell = this.cell } = {}) {
    const wide = widest(cells.map(({ value }) => value || 0)); // NaN is not written
    const font = Math.max(6, Math.min(14, cell * 0.42, (cell - 4) / wide));
    const box = { x, y, cell, rows: 1, columns: 1, numbers: font, image: false };
    return grid({ map, box, label: this.heading + label, cells, range: [0, 0], root: this.node });
  }

  drawInput() {
    const { axis } = this;
    const cells = range(axis.padded).map((column) => {
      const n = axis.source(column);
      const inside = column >= axis.before && column < axis.before + axis.stretched;
      const kind = n !== null ? "input" : inside ? "zero" : "padding";
      const value = n === null ? without(this.scene.layer, kind) : this.value("input", n);
      return { row: 0, column, kind, index: n === null ? null : [0, n], value };
    });
    const { node, cells: drawn } = this.draw("input", `input, ${sizes(axis)}`, cells, {
      x: LEFT,
      y: TOP,
    });
    return { node, cells: drawn };
  }

  /**
   * A line below the input. All show the same kernel; the keyboard comes to that of the first.
   * @param {number} position the one that it shows first
   */
  drawPosition(position) {
    const { axis, scene } = this;
    const end = axis.effectiveKernel * this.cell;
    const over = axis.output - 1 === position; // the last line alone can hang over
    const cells = range(axis.kernel).map((j) => {
      const [column, n] = [j * axis.dilation, this.turned(j)];
      const kind = over && axis.start(position) + column >= axis.padded ? "beyond" : "kernel";
      const index = scene.kernel && position < axis.output ? [0, n] : null;
      return { row: 0, column, kind, index, value: this.value("kernel", n) };
    });
    const drawn = this.draw("kernel", `kernel, ${axis.kernel}`, cells, {
      y: (ROW - this.cell) / 2,
    });
    const step = svg("text", { class: "cw-note", x: -5, y: ROW / 2 });
    const node = svg(
      "g",
      { class: "cw-position", "data-map": "output", "aria-hidden": position > 0 && "true" },
      svg("path", { d: `M0 ${ROW / 2 - 4}v8m0 -4H${end}m0 -4v8` }),
      step,
      drawn.node,
    );
    return { node, step, cells: drawn.cells };
  }

  /**
   * @param {import("./geometry.js").Length} length
   * @param {number} end
   */
  drawLength({ from, to, words, name }, end) {
    const [x, far] = [LEFT + from * this.cell, LEFT + to * this.cell];
    const y = end + (name === "whole" || name === "over" ? 30 : 6);
    const text = words.length * 6.6 + 12 < far - x ? words : `${to - from}`;
    return silent(
      { class: `cw-length cw-length-${name}` },
      svg("path", { d: `M${x} ${y - 5}v10m0 -5H${far}m0 -5v10` }),
      svg("text", { x: (x + far) / 2, y }, text),
    );
  }

  /** Say in each line which position it shows, and what it makes. */
  fill() {
    const { axis, lines } = this;
    const cells = lines.map((n, row) => {
      const by = n - (lines[row - 1] ?? n);
      const { node, step } = this.slots[row];
      attribute(node, { "data-index": `${n},0`, transform: this.place(n, this.y(row)) });
      step.textContent = by ? `${by > 1 ? "… " : ""}+${by * axis.stride}` : "";
      const note = this.alone ? `[${n}]` : undefined;
      return {
        row,
        column: 0,
        kind: "output",
        index: [n, 0],
        value: this.value("output", n),
        note,
      };
    });
    const box = { x: 1, y: this.y(0), cell: ROW };
    this.made = this.draw("output", `output, ${axis.output}`, cells, box);
    this.outputs.replaceChildren(this.made.node);
  }

  /**
   * See that positions have a line.
   * @param {number[]} positions
   */
  show(positions) {
    if (positions.every((n) => this.lines.includes(n))) return;
    this.lines = shown(this.axis.output, positions);
    this.fill();
  }

  /**
   * @param {MapName} map
   * @param {number} n
   * @returns {Element | null}
   */
  element(map, n) {
    const index = map === "output" ? [n, 0] : [0, n];
    return this.node.querySelector(`.cw-grid-${map} [role="gridcell"][data-index="${index}"]`);
  }

  /**
   * Light up what belongs to a cell of a map, or to several where the axes are alike.
   * @param {import("../board.js").Board} board
   * @param {MapName} map
   * @param {number[]} indices one for each axis
   */
  light(board, map, indices) {
    const { axis, pane } = this;
    const pairs = indices.flatMap((n) =>
      meetings(axis, map, map === "kernel" ? this.turned(n) : n)
    );
    if (map !== "kernel") this.show(pairs.map(([o]) => o));
    for (const [o, j] of pairs) {
      const row = this.lines.indexOf(o);
      board.give(this.cells.get(`0,${axis.start(o) + j * axis.dilation}`), "cw-lit");
      board.give(this.slots[row]?.cells.get(`0,${j * axis.dilation}`), "cw-lit");
      board.give(this.slots[row]?.node, "cw-on");
      board.give(this.made?.cells.get(`${row},0`), "cw-lit");
    }
    for (const n of indices) board.give(this.element(map, n), "cw-active");
    if (map === "output") {
      pane.scrollLeft = axis.start(indices[0]) * this.cell - pane.clientWidth / 3;
    }
  }
}
