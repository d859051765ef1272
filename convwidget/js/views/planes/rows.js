// The rows of kernels: which kernels make an output map, and what each of them adds to a cell of it.

import { svg } from "../../dom.js";
import { number } from "../../words.js";
import { silent } from "../marks.js";
import { features, meetings } from "./model.js";

/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {import("./layout.js").Plan} Plan */
/** @typedef {import("./parts.js").Plane} Plane */
/** @typedef {ReturnType<typeof meetings>} Meetings */

/**
 * A row of kernels: of one output map.
 * @typedef {{node: SVGElement, terms: Map<string, {node: SVGElement, sum: SVGElement, sign: Element,
 *   y: number}>}} Row
 */

export class Rows {
  /**
   * @param {Scene} scene
   * @param {Plan} plan
   * @param {number} width
   * @param {(lead: number[]) => Plane} draw draws a kernel
   */
  constructor(scene, plan, width, draw) {
    this.scene = scene;
    this.plan = plan;
    this.draw = draw;
    /** @type {Map<string, Row>} */
    this.rows = new Map();
    this.node = svg("g");
    /** The line around the row that is chosen. */
    this.frame = svg("rect", {
      class: "cw-map-row",
      "aria-hidden": "true",
      x: 2,
      width: width - 4,
      height: plan.rowHeight,
      rx: 6,
    });
    if (plan.every) features(scene).forEach((feature) => this.row(feature));
  }

  /**
   * Where the row of an output map begins.
   * @param {number[]} feature
   */
  top(feature) {
    const n = features(this.scene).findIndex((other) => `${other}` === `${feature}`);
    return this.plan.rows[this.plan.every ? n : 0];
  }

  /**
   * The row of an output map, drawn when it is first chosen.
   * @param {number[]} feature
   * @returns {Row}
   */
  row(feature) {
    const known = this.rows.get(`${feature}`);
    if (known) return known;
    const { scene, plan } = this;
    const top = this.top(feature);
    const node = svg("g");
    if (feature.length) {
      const y = top + (plan.left < 80 ? 17 : plan.rowHeight / 2); // a narrow page has it above
      const look = { class: "cw-map-to", "aria-hidden": "true", x: 10, y };
      node.append(svg("text", look, `to map ${feature}`));
    }
    const met = meetings(scene, [...feature, ...scene.layer.axes.map(() => 0)]);
    const terms = new Map(met.map(({ kernel }, place) => {
      const plane = this.draw(kernel);
      const wide = plane.box.columns * plane.box.cell;
      const middle = plane.box.rows * plane.box.cell / 2;
      const end = Math.min(plan.term, wide + 84);
      const at = { class: "cw-partial-sum", x: (wide + end - 24) / 2 + 2, y: middle };
      const sum = svg("text", at);
      const last = place === met.length - 1;
      const sign = svg("text", { class: "cw-map-sign", x: end - 22, y: middle }, last ? "=" : "+");
      const { x, y } = plan.terms[place];
      const group = svg(
        "g",
        { transform: `translate(${x} ${top + y})` },
        plane.node,
        silent({ class: "cw-partial" }, sum, sign),
      );
      node.append(group);
      return [`${kernel}`, { node: group, sum, sign, y: top + y }];
    }));
    const row = { node, terms };
    this.rows.set(`${feature}`, row);
    if (plan.every) this.node.append(node);
    this.fill(feature, met);
    return row;
  }

  /**
   * Write the partial sums, and bring each kernel below the plane that it meets.
   * @param {number[]} feature
   * @param {Meetings} met
   * @param {string} [total]
   */
  fill(feature, met, total) {
    const { aligned, beside, inputs } = this.plan;
    const { terms } = this.row(feature);
    met.forEach(({ kernel, input, sum }, n) => {
      const term = terms.get(`${kernel}`);
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
   * Mark the row of an output map; where there is room for one row only, show it.
   * @param {number[]} feature
   */
  choose(feature) {
    const { node } = this.row(feature);
    this.frame.setAttribute("y", `${this.top(feature)}`);
    if (!this.plan.every && !this.node.contains(node)) this.node.replaceChildren(node);
    for (const row of this.rows.values()) row.node.classList.toggle("cw-marked", row.node === node);
  }
}
