// The planes view: several maps, or three dimensions, as planes beside each other; the kernels that
// meet each of them; and what they sum up to.

import { range } from "../../arrays.js";
import { channels, multiplied, pairs, reached, split, terms } from "../../connections.js";
import { html, svg } from "../../dom.js";
import { features, indexOf, leadOf, leads, meetings, placeOf } from "./model.js";
import { arrange } from "./layout.js";
import { number } from "../../words.js";
import { picture, rectangle, ring } from "../marks.js";
import { Surfaces } from "../surfaces.js";
import { captions, painter, scheme } from "./parts.js";
import { Rows } from "./rows.js";

/** @typedef {import("../../scene.js").Place} Place */
/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {import("../../scene.js").MapName} MapName */
/** @typedef {import("./layout.js").Point} Point */
/** @typedef {import("./parts.js").Plane} Plane */

export class Planes extends Surfaces {
  /**
   * @param {Scene} scene
   * @param {number} width
   * @param {Element} root where the colours are read
   */
  constructor(scene, width, root) {
    super(scene, html("div", { class: "cw-planes" }), root);
    this.turned = scene.layer.type === "ConvTranspose";
    this.plan = arrange(scene, width);
    this.paint = painter(scene, this.plan, root);
    /** @type {Record<MapName, Map<string, Plane>>} by what stands before row and column */
    this.planes = { input: new Map(), kernel: new Map(), output: new Map() };
    const { plan } = this;
    this.rows = scene.kernel &&
      new Rows(scene, plan, width, (lead) => this.add("kernel", lead));
    this.tube = svg("path", { class: "cw-tube", "aria-hidden": "true" });
    this.node.append(picture(
      width,
      plan.height,
      captions(scene, plan, width),
      ...this.rows ? [this.rows.frame] : [],
      this.map("input"),
      this.tube,
      ...this.rows ? [this.rows.node] : [],
      this.map("output"),
    ));
    this.scheme = channels(scene.layer) && scheme(scene);
    if (this.scheme) this.node.append(this.scheme.node);
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
    const plane = this.paint(map, lead);
    this.surfaces.push(plane);
    this.planes[map].set(`${lead}`, plane);
    return plane;
  }

  /**
   * Mark the row of kernels of an output map.
   * @param {number[]} feature
   */
  choose(feature) {
    this.rows?.choose(feature);
    for (const [key, node] of this.scheme?.rows ?? []) {
      node.classList.toggle("cw-marked", key === `${feature}`);
    }
  }

  /**
   * The plane of a cell.
   * @override
   * @param {Place} place
   */
  on({ map, index }) {
    const plane = this.planes[map].get(`${leadOf(placeOf(this.scene.layer, map, index))}`);
    return plane ? [plane] : [];
  }

  /** @override @param {Place} place */
  at({ map, index }) {
    return placeOf(this.scene.layer, map, index).slice(-2);
  }

  /** @override @param {import("../surfaces.js").Surface} plane @param {number[]} at */
  index(plane, at) {
    const { lead } = /** @type {Plane} */ (plane);
    return indexOf(this.scene.layer, plane.map, [...lead, ...at]) ?? [];
  }

  /**
   * Bring the keyboard to a cell: its row of kernels comes in sight.
   * @override
   * @param {Place} place
   */
  enter(place) {
    if (place.map === "kernel") this.choose(this.outputOf(place.index));
    super.enter(place);
  }

  /**
   * The output map of a kernel, as an index begins.
   * @param {number[]} index
   */
  outputOf(index) {
    const { layer } = this.scene;
    const [map] = split(layer, index);
    return pairs(layer).find(({ kernel }) => `${kernel}` === `${map}`)?.output ?? [];
  }

  /** @override @param {Place} place */
  lightUp(place) {
    this.tube.setAttribute("d", "");
    this.node.classList.toggle("cw-no-partial", place.map !== "output");
    super.lightUp(place);
    this.hold(place);
  }

  /** @override @param {number[]} index */
  lightOutput(index) {
    const { scene, rows, plan } = this;
    const { layer } = scene;
    const [feature, at] = split(layer, index);
    this.choose(feature);
    const met = meetings(scene, index);
    const value = number(this.value("output", index));
    for (const other of plan.every ? features(scene) : [feature]) {
      const own = `${other}` === `${feature}`;
      rows?.fill(other, own ? met : meetings(scene, [...other, ...at]), value);
    }
    const axes = layer.axes.slice(-2);
    const { span } = this;
    const start = this.start(index);
    const taps = axes.map((axis, n) => range(axis.kernel).map((j) => start[n] + j * axis.dilation));
    for (const { input } of met) {
      const plane = this.planes.input.get(`${input}`);
      if (!plane) continue;
      for (const row of taps[0]) {
        for (const column of taps[1]) {
          this.give(plane.drawn.cells.get(`${row},${column}`), "cw-lit");
        }
      }
      plane.over.append(rectangle(plane.box, start, span, "cw-window"));
    }
    this.part("input", met.map(({ input }) => `${input}`));
    if (layer.type === "MaxPool") this.ring(index);
    if (layer.axes.length > 2) this.through(met, start, span);
  }

  /**
   * Ring the largest cells of a window; the first passes.
   * @param {number[]} index
   */
  ring(index) {
    const most = this.value("output", index);
    terms(this.scene, index).filter(({ inputIndex, x }) => inputIndex && x === most)
      .forEach(({ inputIndex }, n) => {
        const place = { map: /** @type {const} */ ("input"), index: inputIndex ?? [] };
        for (const { box, over } of this.on(place)) over.append(ring(box, this.at(place), n > 0));
      });
  }

  /**
   * The cuboid: lines from slice to slice along the window's edges.
   * @param {ReturnType<typeof meetings>} met
   * @param {number[]} start
   * @param {number[]} span
   */
  through(met, [row, column], [rows, columns]) {
    const { cells: { input: cell }, inputs } = this.plan;
    const parts = met.slice(1).map(({ input }, n) => {
      const [from, to] = [inputs.get(`${met[n].input}`), inputs.get(`${input}`)];
      if (!from || !to || from.y !== to.y) return "";
      const [x, end] = [from.x + (column + columns) * cell, to.x + column * cell];
      return [row, row + rows].map((edge) => `M${x} ${from.y + edge * cell}H${end}`).join("");
    });
    this.tube.setAttribute("d", parts.join(""));
  }

  /** @override @param {number[]} index */
  lightInput(index) {
    const found = reached(this.scene, index);
    this.markAll("output", found.map(({ outputIndex }) => outputIndex));
    this.markAll("kernel", found.map(({ kernelIndex }) => kernelIndex));
    this.part("output", found.map(({ outputIndex }) => `${leadOf(outputIndex)}`));
  }

  /** @override @param {number[]} index */
  lightKernel(index) {
    const { layer } = this.scene;
    const { inputs } = multiplied(this.scene, index);
    this.choose(this.outputOf(index));
    this.markAll("input", inputs.map(({ inputIndex }) => inputIndex));
    this.part("input", inputs.map((at) => `${leadOf(placeOf(layer, "input", at.inputIndex))}`));
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
   * Mark cells of a map; in a plane that is an image, what lies between the outermost of them.
   * @param {MapName} map
   * @param {number[][]} all
   */
  markAll(map, all) {
    /** @type {Map<import("../surfaces.js").Surface, (readonly number[])[]>} */
    const unseen = new Map();
    for (const index of all) {
      const at = this.at({ map, index });
      for (const plane of this.on({ map, index })) {
        if (plane.box.image) unseen.set(plane, [...unseen.get(plane) ?? [], at]);
        else this.give(plane.drawn.cells.get(`${at}`), "cw-lit");
      }
    }
    for (const [{ box, over }, cells] of unseen) {
      const ends = [0, 1].map((n) => {
        const all = cells.map((cell) => cell[n]);
        return [Math.min(...all), Math.max(...all)];
      });
      const first = ends.map(([low]) => low);
      const span = ends.map(([low, high]) => high - low + 1);
      over.append(rectangle(box, first, span, "cw-window cw-dashed"));
    }
  }
}
