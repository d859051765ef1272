// The matrix view: a layer as C, with the flattened maps beside it. One drawing serves both ways of
// reading: along a row is what a convolution's output is made of, down a column a transposed one's.

import { indexAt, offset } from "../../arrays.js";
import { connectivity, MOST, outline } from "./connectivity.js";
import { attribute, html, svg } from "../../dom.js";
import { layout, runs } from "./layout.js";
import { fraction, key, meaning, totals } from "./words.js";
import { mapOf } from "../../scene.js";
import { number } from "../../words.js";
import { Board } from "../board.js";
import { picture, silent } from "../marks.js";
import {
  connections,
  dots,
  frame,
  kernelBeside,
  names,
  path,
  shares,
  square,
  vector,
  where,
} from "./parts.js";

/** @typedef {import("./connectivity.js").Entry} Entry */
/** @typedef {import("./layout.js").MatrixLayout} MatrixLayout */
/** @typedef {import("../../scene.js").MapName} MapName */
/** @typedef {import("../../scene.js").Place} Place */
/** @typedef {import("./parts.js").Rectangle} Rectangle */

/** The widgets whose matrix is read down its columns: what is looked at, not a setting. */
const backwards = new WeakSet();

export class Matrix extends Board {
  /**
   * @param {import("../../scene.js").Scene} scene
   * @param {number} width
   * @param {Element} root
   */
  constructor(scene, width, root) {
    super(scene, html("div", { class: "cw-matrix" }));
    this.root = root;
    this.whole = true;
    const matrix = outline(scene);
    const all = html("p", {}, totals(scene, matrix));
    if (Math.max(matrix.rows, matrix.columns) > MOST) {
      const large = `With more than ${MOST} rows or columns, the matrix is not drawn.`;
      this.node.append(html("p", {}, large), all);
      return;
    }
    this.entries = connectivity(scene);
    const texts = this.entries.map(this.text, this);
    const at = this.at = layout(matrix, scene, texts, width);
    const kernel = kernelBeside(scene, width);
    /** The elements of each map's cells. @type {Record<MapName, Element[]>} */
    this.cells = { input: [], kernel: kernel?.cells ?? [], output: [] };
    this.picture = this.draw(at);
    // Room for the longest sentence, so that nothing below it moves.
    const lines = `min-height: ${Math.ceil(840 / width) * 1.45}em`;
    attribute(this.said, { style: lines });
    this.node.append(
      ...(matrix.down === "output" ? [this.direction()] : []),
      html("div", { class: "cw-scroll" }, this.picture),
      html(
        "div",
        { class: "cw-explained" },
        ...(kernel ? [kernel.node] : []),
        html("div", {}, this.said, html("p", {}, key(this.entries, at.font > 0)), all),
      ),
    );
  }

  /** @type {Entry[]} */
  entries = [];
  /** @type {Map<Entry, Element>} */
  places = new Map();
  said = html("p", { class: "cw-meaning" });
  band = svg("path", { class: "cw-band" });
  around = svg("path", { class: "cw-window" });
  own = svg("path");
  equals = svg("path", { class: "cw-sign-equals", d: "M-6 -3h12M-6 3h12" });

  /** The direction in which a convolution's matrix is read. */
  direction() {
    const options = ["along rows: C", "down columns: Cᵀ"].map((text) => html("option", {}, text));
    const select = /** @type {HTMLSelectElement} */ (
      html("select", { class: "cw-select" }, ...options)
    );
    select.selectedIndex = Number(backwards.has(this.root));
    select.addEventListener("change", () => {
      if (select.selectedIndex === 1) backwards.add(this.root);
      else backwards.delete(this.root);
      if (this.place) this.light(this.place);
    });
    return html("label", { class: "cw-reading" }, "read ", select);
  }

  /** A weight as it is written. @param {Entry} entry */
  text({ weight }) {
    return this.scene.kernel ? number(weight) : fraction(weight);
  }

  /** @param {MatrixLayout} at */
  draw(at) {
    const { cells, entries, scene } = this;
    const { row, column, cell, font } = at;
    const above = vector(
      scene,
      column.map,
      (n) => [column.starts[n], column.at, cell, column.thick],
      font,
    );
    const beside = vector(scene, row.map, (n) => [row.at, row.starts[n], row.thick, cell], font);
    cells[column.map] = above.cells;
    cells[row.map] = beside.cells;
    const share = shares(entries.map(({ weight }) => weight));
    const all = silent();
    for (const entry of at.image ? [] : entries) {
      const drawn = square("kernel", where(at, entry), this.text(entry), font, share(entry.weight));
      this.places.set(entry, all.appendChild(drawn));
    }
    all.append(
      at.image ? connections(entries, at, share) : font ? dots(entries, at) : frame(at),
      this.around,
      this.own,
      this.equals,
    );
    const parts = [this.band, names(scene, at), above.node, beside.node, all];
    const node = picture(at.width, at.height, ...parts);
    node.classList.toggle("cw-shaded", !font);
    return node;
  }

  /** @override @param {Place} place */
  lightUp(place) {
    this.place = place;
    const { at, cells, scene } = this;
    if (!at) return;
    const reading = backwards.has(this.root) && at.row.map === "output";
    let line = this.line(place, at);
    if (reading && place.map === "output" && line.met.length) {
      // Down a column stands an input cell's: the first that the output is made of.
      const index = indexAt(line.met[0].column, scene.input.shape);
      line = this.line({ map: "input", index }, at);
    }
    const { along, met, n, of } = line;
    this.give(cells[of.map][n], "cw-lit cw-active");
    for (const entry of met) {
      this.give(this.places.get(entry), "cw-lit");
      this.give(cells.kernel[entry.kernel ?? -1], "cw-lit");
      if (along === "row") this.give(cells[at.column.map][entry.column], "cw-lit");
      if (along === "column") this.give(cells[at.row.map][entry.row], "cw-lit");
    }
    this.outline(at, line);
    this.said.textContent = meaning(scene, line, reading);
  }

  /**
   * The row or column of a cell, or the places of a weight.
   * @param {Place} of
   * @param {MatrixLayout} at
   */
  line(of, { row, column }) {
    const n = offset(of.index, mapOf(this.scene, of.map).shape);
    /** @type {"row" | "column" | "kernel"} */
    const along = of.map === row.map ? "row" : of.map === column.map ? "column" : "kernel";
    return { of, n, along, met: this.entries.filter((entry) => entry[along] === n) };
  }

  /**
   * Draw around a line, and around what stands in it.
   * @param {MatrixLayout} at
   * @param {ReturnType<Matrix["line"]>} line
   */
  outline(at, { along, met, n, of }) {
    /** @param {Element} element @param {Rectangle[]} rectangles */
    const draw = (element, ...rectangles) => {
      attribute(element, { d: rectangles.map(path).join("") });
    };
    attribute(this.own, { class: of.map === "output" ? "cw-made" : "cw-held" });
    attribute(this.equals, { visibility: "hidden" });
    if (along === "kernel") {
      draw(this.band);
      draw(this.own);
      draw(this.around, ...met.map((entry) => where(at, entry)));
      return;
    }
    const { cell, row } = at;
    const crossing = along === "row" ? "column" : "row";
    const [line, other] = [at[along], at[crossing]];
    const from = line.starts[n];
    // As for a row; a column is the same with x and y exchanged.
    /** @type {(rectangle: Rectangle) => Rectangle} */
    const turn = ([x, y, width, height]) =>
      along === "row" ? [x, y, width, height] : [y, x, height, width];
    const start = Math.min(other.starts[0], line.at) - 3;
    const end = Math.max(other.end, line.at + line.thick) + 3;
    draw(this.band, turn([start, from - 1, end - start, cell + 2]));
    draw(this.own, turn([line.at, from, line.thick, cell]));
    const found = runs(met.map((entry) => entry[crossing]), other.starts, cell);
    draw(
      this.around,
      ...found.flatMap(([start, length]) => [
        turn([start, from, length, cell]),
        turn([start, other.at, length, other.thick]),
      ]),
    );
    if (along === "row" && of.map === "output") {
      const transform = `translate(${row.at - 14} ${from + cell / 2})`;
      attribute(this.equals, { transform, visibility: null });
    }
  }

  /**
   * A cell of the vectors or of the kernel, or else a weight in the matrix.
   * @override
   * @param {MouseEvent} event
   * @returns {Place | null}
   */
  under(event) {
    const found = super.under(event);
    const { at, picture, scene: { kernel } } = this;
    if (found || !at || !picture || !kernel) return found;
    const { left, top } = picture.getBoundingClientRect();
    /** @param {number[]} starts @param {number} place */
    const find = (starts, place) => starts.findIndex((n) => n <= place && place < n + at.cell);
    const column = find(at.column.starts, event.clientX - left);
    const row = find(at.row.starts, event.clientY - top);
    const met = this.entries.find((entry) => entry.row === row && entry.column === column);
    return met ? { map: "kernel", index: indexAt(met.kernel ?? 0, kernel.shape) } : null;
  }
}
