// A transposed convolution beside the one that it transposes: the same connections, the other way.

import { product } from "../../arrays.js";
import { multiplied, reached, terms } from "../../connections.js";
import { html, svg } from "../../dom.js";
import { roundTrip, sizes } from "./roundtrip.js";
import { landing, sheet, written } from "./stamps.js";
import { count, number, widest } from "../../words.js";
import { MOST_NUMBERS } from "../box.js";
import { lines, picture, rectangle } from "../marks.js";
import { sizeIn } from "../strip.js";
import { EDGE, part, Parts, still } from "./parts.js";

/** @typedef {import("../../scene.js").Scene} Scene */

const LEAST = 15; // a cell, for three parts to stand beside each other
const GAP = 56; // between input and output, where the arrow is seen best

export class Back extends Parts {
  /**
   * @param {Scene} scene
   * @param {number} width
   * @param {Element} root where the colours are read
   */
  constructor(scene, width, root) {
    super(scene, "back", root);
    this.sheet = sheet(scene.layer);
    this.first.output = this.sheet.output;
    this.texts = [html("p"), html("p")];
    const columns = this.sheet.size[1] + scene.layer.input_size[1];
    const third = width / 3 - 24;
    const room = third - GAP < LEAST * columns ? width : third;
    this.node.append(
      this.panel("this layer", this.texts[0], room),
      this.panel("the convolution it transposes", this.texts[1], room),
      inverse(scene, width),
      html("p", { class: "cw-shared-sizes" }, shared(scene)),
    );
    // The second pair shows the same cells again, for eyes and pointers only.
    for (const { drawn } of this.surfaces.slice(2)) {
      drawn.node.setAttribute("aria-hidden", "true");
      drawn.node.removeAttribute("data-map");
    }
  }

  /**
   * The two maps, with room for an arrow between them.
   * @param {string} name
   * @param {HTMLElement} text
   * @param {number} room
   */
  panel(name, text, room) {
    const [rows, columns] = this.sheet.size;
    const [high, wide] = this.scene.layer.input_size;
    const most = Math.max(rows, high);
    const cell = Math.min(24, (room - GAP - 2 * EDGE) / (columns + wide), 400 / most);
    const common = { cell, numbers: 0, image: false };
    const y = (/** @type {number} */ n) => EDGE + (most - n) * cell / 2;
    const x = EDGE + wide * cell + GAP;
    const input = { ...common, x: EDGE, y: y(high), rows: high, columns: wide };
    const output = { ...common, x, y: y(rows), rows, columns };
    const maps = [this.surface("input", input), this.surface("output", output)];
    for (const { drawn } of maps) {
      for (const group of drawn.cells.values()) {
        group.querySelector("text")?.remove();
        group.querySelector("rect")?.removeAttribute("style");
      }
    }
    const across = x + columns * cell + EDGE;
    const drawn = maps.flatMap(({ drawn, over }) => [drawn.node, over]);
    const node = picture(across, 2 * EDGE + most * cell, lines(maps[1].box), ...drawn);
    return part("ink", name, "", Math.max(Math.min(room, 290), across), text, node);
  }

  /** @override @param {number[]} index */
  lightInput(index) {
    const { layer } = this.scene;
    const cells = reached(this.scene, index);
    for (const { outputIndex } of cells) {
      this.mark("output", this.at({ map: "output", index: outputIndex }), "cw-lit");
    }
    const lost = product(layer.kernel_size) - cells.length;
    const n = cells.length;
    this.say(
      `One cell is added into ${n}${lost ? `; ${lost} ${is(lost)} cropped` : ""}.`,
      `The same ${n} ${is(n)} summed into it.`,
    );
    const window = { at: landing(layer, index, [0, 0]), span: this.span, look: "cw-window" };
    this.connect({ at: index, span: [1, 1], look: "cw-held" }, window);
  }

  /** @override @param {number[]} index */
  lightOutput(index) {
    const cells = terms(this.scene, index).flatMap(({ inputIndex }) =>
      inputIndex ? [inputIndex] : []
    );
    for (const cell of cells) this.mark("input", cell, "cw-lit");
    const n = cells.length;
    this.say(
      `${count(n, "cell")} ${is(n)} added into this one.`,
      `It is summed into the same ${n}.`,
    );
    const ends = index.map((_, axis) => cells.map((cell) => cell[axis]));
    const at = ends.map((all) => Math.min(...all));
    const span = ends.map((all, axis) => Math.max(...all) - at[axis] + 1);
    const made = { at: this.at({ map: "output", index }), span: [1, 1], look: "cw-made" };
    this.connect(cells.length ? { at, span, look: "cw-window" } : null, made);
  }

  /** @override @param {number[]} index */
  lightKernel(index) {
    const { inputs } = multiplied(this.scene, index);
    for (const { inputIndex, outputIndex } of inputs) {
      this.mark("input", inputIndex, "cw-lit");
      this.mark("output", this.at({ map: "output", index: outputIndex }), "cw-lit");
    }
    const { length } = inputs;
    this.say(
      `This weight joins ${count(length, "pair")} of cells.`,
      `It joins the same ${length}.`,
    );
  }

  /** @param {...string} texts */
  say(...texts) {
    texts.forEach((text, n) => this.texts[n].textContent = text);
  }

  /**
   * An arrow between cells of the input and of the sheet, in the second picture the other way.
   * @param {Area | null} from
   * @param {Area} to
   */
  connect(from, to) {
    for (const n of [0, 2]) {
      const [input, output] = this.surfaces.slice(n, n + 2).map(({ box }) => box);
      const { over } = this.surfaces[n + 1];
      over.append(rectangle(output, to.at, to.span, to.look));
      if (!from) continue;
      const start = [input.x + (from.at[1] + from.span[1]) * input.cell + 2, middle(input, from)];
      const end = [output.x + to.at[1] * output.cell - 2, middle(output, to)];
      over.append(
        rectangle(input, from.at, from.span, from.look),
        n ? arrow(end, start) : arrow(start, end),
      );
    }
  }
}

/** @typedef {{at: readonly number[], span: readonly number[], look: string}} Area */

/** @param {number} n */
const is = (n) => n === 1 ? "is" : "are";

/**
 * @param {import("../box.js").Box} box
 * @param {Area} area
 */
const middle = (box, { at, span }) => box.y + (at[0] + span[0] / 2) * box.cell;

/**
 * @param {number[]} from
 * @param {number[]} to
 */
function arrow([x1, y1], [x2, y2]) {
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const barbs = [-0.5, 0.5].map((turn) =>
    `M${x2} ${y2}l${-9 * Math.cos(angle + turn)} ${-9 * Math.sin(angle + turn)}`
  );
  return svg("path", { class: "cw-arrow", d: `M${x1} ${y1}L${x2} ${y2}${barbs.join("")}` });
}

/**
 * There and back again with some numbers.
 * @param {Scene} scene
 * @param {number} width
 */
function inverse({ layer, kernel }, width) {
  const [i, o] = [layer.input_size, layer.output_size];
  const line = html("div", { class: "cw-trip", "aria-hidden": "true" });
  let end = "The size returns, the numbers do not.";
  if (kernel && Math.max(...i, ...o) <= MOST_NUMBERS) {
    const trip = roundTrip(layer, kernel);
    const [x, , back] = trip.map(({ data }) => data);
    const at = x.findIndex((value, n) => value !== back[n]);
    end = at < 0
      ? "With this kernel the numbers return as well, which is rare."
      : `The size returns, the numbers do not: ${number(x[at])} comes back as ${number(back[at])}.`;
    const cells = trip.map(({ data }) => Math.max(19, 4.5 + 9 * widest(data)));
    const fits = trip.every(({ shape }, n) => shape[1] * cells[n] + 2 * EDGE <= width);
    for (const [n, map] of fits ? trip.entries() : []) {
      const drawn = still(map, n === 1 ? "input" : "output", cells[n]);
      const name = html("p", {}, ["x", "C x", "Cᵀ C x"][n]);
      line.append(html("b", {}, n ? "→" : ""), html("div", {}, drawn, name));
    }
  }
  const told = `x, any numbers from 0 to 4, is ${sizeIn(layer, o)}, ` +
    `C x is ${sizeIn(layer, i)}, Cᵀ C x is ${sizeIn(layer, o)} again. ${end}`;
  return part("ink", "not an inverse", "", 0, line, html("p", {}, told));
}

/**
 * The sizes that the direct convolution takes to one, axis by axis where they differ.
 * @param {Scene} scene
 */
function shared({ layer }) {
  const said = layer.axes.map((_, n) => {
    const all = sizes(layer, n);
    const [first, last] = [all[0], all[all.length - 1]].map(({ size }) => size);
    const settings = [
      `k = ${layer.kernel_size[n]}, s = ${layer.stride[n]}`,
      `p = ${written(layer.pads[n])}`,
      ...(layer.dilation[n] > 1 ? [`d = ${layer.dilation[n]}`] : []),
    ].join(", ");
    const which = {
      1: `only ${first}`,
      2: `${first} and ${last} both`,
    }[all.length] ?? `${first} to ${last} all`;
    const gives = all.slice(0, 4).map(({ a, size }) => `a = ${a} gives ${size}`).join(", ");
    return `A convolution with ${settings} takes ${which} to ${layer.input_size[n]}. Going back, ` +
      `${gives}${all.length > 4 ? " …" : ""}; here the output padding is a = ${
        layer.output_padding[n]
      }.`;
  });
  const [rows, columns] = said;
  if (rows === columns || layer.output_size[0] === 1) return columns;
  return `Rows: ${rows} Columns: ${columns}`;
}
