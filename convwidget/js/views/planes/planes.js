// The planes view: several maps, or three dimensions, as planes beside each other; the kernels that
// meet each of them; and what they sum up to.

import { offset, range } from "../../arrays.js";
import { channels, multiplied, pairs, reached, split, terms } from "../../connections.js";
import { html, svg } from "../../dom.js";
import { features, indexOf, leadOf, leads, meetings, placeOf, sizeOf } from "./model.js";
import { arrange } from "./layout.js";
import { mapOf } from "../../scene.js";
import { number } from "../../words.js";
import { Board } from "../board.js";
import { rectangle, ring, tag } from "../marks.js";
import { captions, painter, scheme } from "./parts.js";

/** @typedef {import("../../scene.js").Place} Place */
/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {import("../../scene.js").MapName} MapName */
/** @typedef {import("./layout.js").Point} Point */
/** @typedef {import("./parts.js").Plane} Plane */
/** @typedef {ReturnType<typeof meetings>} Meetings */

/**
 * A row of kernels: of one output map.
 * @typedef {{node: SVGElement, terms: Map<string, {node: SVGElement, sum: SVGElement, sign: Element,
 *   y: number}>}} Row
 */

export class Planes extends Board {
  /**
   * @param {Scene} scene
   * @param {number} width
   * @param {Element} root where the colours are read
   */
  constructor(scene, width, root) {
    super(scene, html("div", { class: "cw-planes" }));
    this.plan = arrange(scene, width);
    this.deep = scene.layer.axes.length > 2;
    this.draw = painter(scene, this.plan, root);
    /** @type {Record<MapName, Map<string, Plane>>} */
    this.planes = { input: new Map(), kernel: new Map(), output: new Map() };
    /** @type {Map<string, Row>} */
    this.rows = new Map();
    /** @type {Element[]} */
    this.lit = [];
    this.rowsNode = svg("g");
    this.frame = svg("rect", {
      class: "cw-map-row",
      "aria-hidden": "true",
      x: 2,
      width: width - 4,
      height: this.plan.rowHeight,
      rx: 6,
    });
    this.tube = svg("path", { class: "cw-tube", "aria-hidden": "true" });
    const { height } = this.plan;
    const picture = svg(
      "svg",
      { class: "cw-picture", viewBox: `0 0 ${width} ${height}`, width, height },
      captions(scene, this.plan, width),
      this.frame,
      this.map("input"),
      this.tube,
      this.rowsNode,
      this.map("output"),
    );
    this.node.append(picture);
    this.scheme = channels(scene.layer) && scheme(scene);
    if (this.scheme) this.node.append(this.scheme.node);
    if (!scene.kernel) this.frame.remove();
    if (this.plan.every) features(scene).forEach((feature) => this.row(feature));
    this.choose(features(scene)[0]);
  }

  /** @param {"input" | "output"} map */
  map(map) {
    const points = this.plan[map === "input" ? "inputs" : "outputs"];
    const node = svg("g");
    for (const lead of leads(this.scene, map)) {
      const { x, y } = /** @type {Point} */ (points.get(`${lead}`));
      const plane = this.add(map, lead);
      plane.node.setAttribute("transform", `translate(${x} ${y})`);
      node.append(plane.node);
    }
    return node;
  }

  /**
   * @param {MapName} map
   * @param {number[]} lead
   */
  add(map, lead) {
    const plane = this.draw(map, lead);
    this.planes[map].set(`${lead}`, plane);
    return plane;
  }

  /**
   * The row of kernels of an output map, drawn when it is first chosen.
   * @param {number[]} feature
   * @returns {Row}
   */
  row(feature) {
    const known = this.rows.get(`${feature}`);
    if (known) return known;
    const { scene, plan } = this;
    const n = features(scene).findIndex((other) => `${other}` === `${feature}`);
    const top = plan.rows[plan.every ? n : 0];
    const narrow = plan.left < 80;
    const node = svg("g", {});
    if (feature.length) {
      const at = narrow ? { x: 10, y: top + 17 } : { x: 10, y: top + plan.rowHeight / 2 };
      node.append(
        svg("text", { class: "cw-map-to", "aria-hidden": "true", ...at }, `to map ${feature}`),
      );
    }
    const terms = new Map();
    const met = meetings(scene, [...feature, ...scene.layer.axes.map(() => 0)]);
    met.forEach(({ kernel }, place) => {
      const plane = this.add("kernel", kernel);
      const wide = plane.box.columns * plane.box.cell;
      const middle = plane.box.rows * plane.box.cell / 2;
      const last = place === met.length - 1;
      const end = Math.min(plan.term, wide + 84);
      const sum = svg("text", {
        class: "cw-partial-sum",
        x: (wide + end - 24) / 2 + 2,
        y: middle,
      });
      const sign = svg("text", { class: "cw-map-sign", x: end - 22, y: middle }, last ? "=" : "+");
      const { x: left, y } = plan.terms[place];
      const group = svg("g", { transform: `translate(${left} ${top + y})` }, plane.node);
      group.append(svg("g", { class: "cw-partial", "aria-hidden": "true" }, sum, sign));
      terms.set(`${kernel}`, { node: group, sum, sign, y: top + y });
      node.append(group);
    });
    const row = { node, terms };
    this.rows.set(`${feature}`, row);
    if (plan.every) this.rowsNode.append(node);
    this.fill(row, met);
    return row;
  }

  /**
   * Write the partial sums, and bring each kernel below the plane that it meets.
   * @param {Row} row
   * @param {Meetings} met
   * @param {string} [total]
   */
  fill(row, met, total) {
    const { aligned, beside, inputs } = this.plan;
    met.forEach(({ kernel, input, sum }, n) => {
      const term = row.terms.get(`${kernel}`);
      if (!term) return;
      term.sum.textContent = met.length > 1 ? number(sum) : "";
      if (n === met.length - 1 && total !== undefined && !beside) {
        term.sign.textContent = `= ${total}`;
      }
      const x = aligned && inputs.get(`${input}`)?.x;
      if (x) term.node.setAttribute("transform", `translate(${x} ${term.y})`);
    });
  }

  /**
   * Mark the row of an output map.
   * @param {number[]} feature
   */
  choose(feature) {
    if (!this.scene.kernel) return;
    const { plan, scene } = this;
    const row = this.row(feature);
    const n = features(scene).findIndex((other) => `${other}` === `${feature}`);
    this.frame.setAttribute("y", `${plan.rows[plan.every ? n : 0]}`);
    if (!plan.every && row.node.parentNode !== this.rowsNode) {
      this.rowsNode.replaceChildren(row.node);
    }
    const rows = [...this.rows].map(([key, { node }]) => /** @type {const} */ ([key, node]));
    for (const [key, node] of [...rows, ...this.scheme?.rows ?? []]) {
      node.classList.toggle("cw-marked", key === `${feature}`);
    }
  }

  /**
   * Cropping hides some of the input's cells.
   * @override
   * @param {MapName} map
   */
  bounds(map) {
    const all = super.bounds(map);
    if (map !== "input") return all;
    const { axes } = this.scene.layer;
    const own = axes.map(({ before, stretch, padded }, n) => /** @type {[number, number]} */ ([
      Math.max(0, Math.ceil(-before / stretch)),
      Math.min(axes[n].input - 1, Math.floor((padded - 1 - before) / stretch)),
    ]));
    return [...all.slice(0, -axes.length), ...own];
  }

  /**
   * Bring the keyboard to a cell: its row of kernels comes in sight, and in a plane that is an image
   * there is one cell that moves.
   * @override
   * @param {Place} place
   */
  enter(place) {
    const { map, index } = place;
    if (map === "kernel") this.choose(this.outputOf(index));
    const { plane, at } = this.find(place);
    if (plane?.box.image && !this.element(place)) {
      const { data, shape } = mapOf(this.scene, map);
      const value = number(data[offset(index, shape)]);
      plane.standIn(index.slice(-2), at, value, shape.slice(-2));
      plane.node.querySelector("[role=gridcell]")?.setAttribute("data-index", `${index}`);
    }
    super.enter(place);
  }

  /**
   * @override
   * @param {MouseEvent} event
   * @returns {Place | null}
   */
  under(event) {
    const image = event.target instanceof Element && event.target.closest("image");
    if (!image) return super.under(event);
    const map = /** @type {MapName} */ (image.closest("[data-map]")?.getAttribute("data-map"));
    const lead = image.closest("[data-lead]")?.getAttribute("data-lead") ?? "";
    const box = image.getBoundingClientRect();
    const [rows, columns] = sizeOf(this.scene, map);
    const row = Math.floor((event.clientY - box.top) / box.height * rows);
    const column = Math.floor((event.clientX - box.left) / box.width * columns);
    const place = [...lead.split(",").map(Number), row, column];
    const index = indexOf(this.scene.layer, map, place);
    return index && { map, index };
  }

  /**
   * The plane of a cell, and its row and column there.
   * @param {Place} place
   */
  find({ map, index }) {
    const at = placeOf(this.scene.layer, map, index);
    return { plane: this.planes[map].get(`${leadOf(at)}`), at: at.slice(-2) };
  }

  /**
   * The output map of a kernel, as an index begins.
   * @param {number[]} index
   */
  outputOf(index) {
    const [map] = split(this.scene.layer, index);
    return pairs(this.scene.layer).find(({ kernel }) => `${kernel}` === `${map}`)?.output ?? [];
  }

  /**
   * @override
   * @param {Place} place
   */
  light(place) {
    for (const element of this.lit) {
      element.classList.remove("cw-lit", "cw-active", "cw-met", "cw-apart");
    }
    this.lit = [];
    for (const planes of Object.values(this.planes)) {
      for (const { over } of planes.values()) over.replaceChildren();
    }
    this.tube.setAttribute("d", "");
    this.node.classList.toggle("cw-no-partial", place.map !== "output");
    if (place.map === "output") this.lightOutput(place.index);
    else if (place.map === "input") this.lightInput(place.index);
    else this.lightKernel(place.index);
    super.light(place);
    this.mark([place], "cw-active");
    this.hold(place);
  }

  /** @param {number[]} index */
  lightOutput(index) {
    const { scene } = this;
    const { layer } = scene;
    const [feature, at] = split(layer, index);
    this.choose(feature);
    const met = meetings(scene, index);
    const value = number(scene.output.data[offset(index, scene.output.shape)]);
    for (const other of scene.kernel && this.plan.every ? features(scene) : [feature]) {
      const own = `${other}` === `${feature}`;
      const row = scene.kernel && this.row(other);
      if (row) this.fill(row, own ? met : meetings(scene, [...other, ...at]), value);
    }
    const axes = layer.axes.slice(-2);
    const start = axes.map((axis, n) => axis.start(at.slice(-2)[n]));
    const span = axes.map((axis) => axis.effectiveKernel);
    const taps = axes.map((axis, n) => range(axis.kernel).map((j) => start[n] + j * axis.dilation));
    for (const { input } of met) {
      const plane = this.planes.input.get(`${input}`);
      if (!plane) continue;
      for (const row of taps[0]) {
        for (const column of taps[1]) this.give(plane.cells.get(`${row},${column}`), "cw-lit");
      }
      plane.over.append(rectangle(plane.box, start, span, "cw-window"));
    }
    this.part("input", met.map(({ input }) => `${input}`));
    if (layer.type === "MaxPool") this.ring(index);
    this.through(met, start, span);
  }

  /**
   * Ring the largest cells of a window; the first passes.
   * @param {number[]} index
   */
  ring(index) {
    const { output } = this.scene;
    const most = output.data[offset(index, output.shape)];
    terms(this.scene, index).filter(({ inputIndex, x }) => inputIndex && x === most)
      .forEach(({ inputIndex }, n) => {
        const { plane, at } = this.find({ map: "input", index: inputIndex ?? [] });
        plane?.over.append(ring(plane.box, at, n > 0));
      });
  }

  /**
   * The cuboid: lines from slice to slice along the window's edges.
   * @param {Meetings} met
   * @param {number[]} start
   * @param {number[]} span
   */
  through(met, [row, column], [rows, columns]) {
    if (!this.deep) return;
    const { cells: { input: cell }, inputs } = this.plan;
    const parts = met.slice(1).map(({ input }, n) => {
      const [from, to] = [inputs.get(`${met[n].input}`), inputs.get(`${input}`)];
      if (!from || !to || from.y !== to.y) return "";
      const [x, end] = [from.x + (column + columns) * cell, to.x + column * cell];
      return [row, row + rows].map((edge) => `M${x} ${from.y + edge * cell}H${end}`).join("");
    });
    this.tube.setAttribute("d", parts.join(""));
  }

  /** @param {number[]} index */
  lightInput(index) {
    const found = reached(this.scene, index);
    this.mark(found.map(({ outputIndex }) => ({ map: "output", index: outputIndex })), "cw-lit");
    this.mark(found.map(({ kernelIndex }) => ({ map: "kernel", index: kernelIndex })), "cw-lit");
    this.part("output", found.map(({ outputIndex }) => `${leadOf(outputIndex)}`));
  }

  /** @param {number[]} index */
  lightKernel(index) {
    const { layer } = this.scene;
    const { inputs } = multiplied(this.scene, index);
    this.choose(this.outputOf(index));
    const places = inputs.map(({ inputIndex }) => ({
      map: /** @type {const} */ ("input"),
      index: inputIndex,
    }));
    this.mark(places, "cw-lit");
    this.part("input", places.map((at) => `${leadOf(placeOf(layer, "input", at.index))}`));
    this.part("output", inputs.map(({ outputIndex }) => `${leadOf(outputIndex)}`));
  }

  /**
   * Which planes of a map take part; the others step back.
   * @param {MapName} map
   * @param {string[]} keys
   */
  part(map, keys) {
    const taking = new Set(keys);
    for (const [key, { node }] of this.planes[map]) {
      this.give(node, taking.has(key) ? "cw-met" : "cw-apart");
    }
  }

  /**
   * Mark cells; in a plane that is an image, what lies between the outermost of them.
   * @param {Place[]} places
   * @param {string} style
   */
  mark(places, style) {
    /** @type {Map<Plane, number[][]>} */
    const unseen = new Map();
    for (const place of places) {
      const { plane, at } = this.find(place);
      if (plane?.box.image) unseen.set(plane, [...unseen.get(plane) ?? [], at]);
      else this.give(plane?.cells.get(`${at}`), style);
    }
    for (const [plane, cells] of unseen) {
      const ends = [0, 1].map((n) => {
        const all = cells.map((cell) => cell[n]);
        return [Math.min(...all), Math.max(...all)];
      });
      const first = ends.map(([low]) => low);
      const span = ends.map(([low, high]) => high - low + 1);
      plane.over.append(rectangle(plane.box, first, span, "cw-window cw-dashed"));
    }
  }

  /** @param {Element | undefined} element @param {string} style */
  give(element, style) {
    if (!element) return;
    element.classList.add(style);
    this.lit.push(element);
  }

  /**
   * Outline the cell itself, with its value where it is too small for a number.
   * @param {Place} place
   */
  hold(place) {
    const { plane, at } = this.find(place);
    if (!plane) return;
    const style = { input: "cw-held", kernel: "cw-window", output: "cw-made" }[place.map];
    plane.over.append(rectangle(plane.box, at, [1, 1], style));
    if (plane.box.numbers) return;
    const { data, shape } = mapOf(this.scene, place.map);
    plane.over.append(tag(plane.box, at, number(data[offset(place.index, shape)])));
  }
}
