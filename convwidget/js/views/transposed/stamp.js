// The stamps of a transposed convolution: each input cell puts the kernel, scaled, on the output.

import { contains, indices, range, valueAt } from "../../arrays.js";
import { terms } from "../../connections.js";
import { html, svg } from "../../dom.js";
import { counts, evenness, landing, sheet, uncropped, written } from "./stamps.js";
import { apply } from "../../values.js";
import { count, kernelSize, number } from "../../words.js";
import { even, MOST_NUMBERS } from "../box.js";
import { hatching, lines, rectangle, tabs } from "../marks.js";
import { sizeIn } from "../strip.js";
import { cornered, EDGE, framed, part, Parts, still } from "./parts.js";
import { scaled, SHARE } from "./scaled.js";

/** @typedef {import("../../scene.js").Place} Place */
/** @typedef {import("../../scene.js").Scene} Scene */

const WIDE = 760; // from here on the parts stand beside each other
const GAP = 28; // between the parts, as in stamp.css
const LEAST = 26; // a cell of the output, to stand beside all else: below, tabs do not fit
const MOST_STAMPS = 9;
const AROUND = 2 * EDGE + SHARE + 8; // a stamp: what lands of it, and the gap to the next
const ABOVE = 36; // its name
const WORDS = 200; // the width of "9 stamps with this weight"

export class Stamp extends Parts {
  /**
   * @param {Scene} scene
   * @param {number} width
   * @param {Element} root where the colours are read
   */
  constructor(scene, width, root) {
    super(scene, "stamp", root);
    const { layer } = scene;
    const wide = width >= WIDE;
    this.sheet = sheet(layer);
    this.first.output = this.sheet.output;
    this.counts = counts(layer);
    this.most = Math.min(MOST_STAMPS, Math.max(1, ...new Set(this.counts.data)));
    this.room = { edge: 0, high: 0, width: 0 };
    this.small = html("div", { class: "cw-stamps" });
    this.landed = html("p");
    this.more = html("p");
    this.here = svg("g");
    const parts = [this.sources(width, wide), this.stamps(width, wide), this.tally(width)];
    const [first, second, last] = parts.map(({ style }) => parseFloat(style.width) + GAP);
    const beside = width - first - second - last;
    const fits = wide && beside >= LEAST * this.sheet.size[1];
    const room = wide ? width - last : width;
    this.node.append(parts[0], parts[1], this.target(fits ? beside : room), parts[2]);
  }

  /**
   * The input and the kernel.
   * @param {number} width
   * @param {boolean} wide
   */
  sources(width, wide) {
    const { layer } = this.scene;
    const [i, k] = [layer.input_size, layer.kernel_size];
    const room = wide ? 0.2 * width : width - GAP - 4 * EDGE;
    const across = wide ? Math.max(i[1], k[1]) : i[1] + k[1];
    const cell = even(Math.min(34, room / across, 400 / Math.max(...i, ...k)));
    // Beside a large input the kernel would be too small to touch.
    const own = Math.max(cell, even(Math.min(26, 130 / Math.max(...k))));
    const all = /** @type {const} */ ([
      ["input", cornered(cell, i), sizeIn(layer, i)],
      ["kernel", cornered(own, k), kernelSize(layer)],
    ]).map(([map, box, text]) => {
      const { drawn, over } = this.surface(map, box);
      const least = Math.max(95, 2 * EDGE + box.columns * box.cell);
      return part(map, map, text, least, framed(box, drawn.node, over));
    });
    const least = Math.max(...all.map(({ style }) => parseFloat(style.width)));
    const style = wide ? `flex-direction: column; width: ${least}px` : "";
    return html("div", { class: "cw-sources", style }, ...all);
  }

  /**
   * The stamps that are meant, small, with room for as many as land on one cell.
   * @param {number} width
   * @param {boolean} wide
   */
  stamps(width, wide) {
    const [rows, columns] = this.scene.layer.kernel_size;
    const edge = Math.min(24, 110 / columns, 150 / rows);
    const own = columns * edge + AROUND;
    const fits = Math.floor((wide ? 0.55 * width : width) / own) || 1;
    const beside = Math.min(fits, Math.ceil(Math.sqrt(this.most)));
    const high = Math.ceil(this.most / beside) * (rows * edge + ABOVE);
    // As wide as its words may get, so that nothing beside it moves.
    const whole = Math.max(WORDS, beside * own);
    this.small.style.minHeight = `${high}px`;
    this.room = { edge, high, width: whole };
    const style = `width: ${whole}px`;
    return html("div", { class: "cw-part", style }, this.landed, this.small, this.more);
  }

  /**
   * How many of some stamps stand beside each other in the room for the most, and how large.
   * @param {number} n
   */
  fit(n) {
    const { edge, high, width } = this.room;
    const [rows, columns] = this.scene.layer.kernel_size;
    const all = range(n).map((less) => {
      const beside = less + 1;
      const wide = (width / beside - AROUND) / columns;
      return { beside, edge: Math.min(34, wide, (high / Math.ceil(n / beside) - ABOVE) / rows) };
    });
    const best = all.reduce((a, b) => b.edge > a.edge ? b : a, { beside: 1, edge: 0 });
    // In rounding no stamp becomes smaller than in a full room.
    return { ...best, edge: Math.max(edge, best.edge) };
  }

  /**
   * The output, in the sheet that padding crops it from.
   * @param {number} room
   */
  target(room) {
    const { scene: { layer, input, kernel }, sheet } = this;
    const [rows, columns] = sheet.size;
    const most = Math.max(rows, columns) > MOST_NUMBERS ? 440 : 640;
    const cell = even(Math.min(34, (room - 2 * EDGE) / columns, most / rows));
    /** @type {import("../../values.js").Result | undefined} */
    let whole;
    const around = (/** @type {readonly number[]} */ at) => {
      whole ??= apply(uncropped(layer), input, kernel ?? undefined);
      const index = at.map((n, axis) => n - sheet.stamps[axis]);
      return valueAt(whole, contains(whole.shape, index) ? index : null);
    };
    const { box, drawn, over } = this.surface("output", cornered(cell, sheet.size), around);
    const [pattern, fill] = hatching();
    const border = rectangle(box, [0, 0], sheet.size, "");
    border.setAttribute("fill", fill);
    const ground = rectangle(box, sheet.output, layer.output_size, "cw-ground");
    const wide = Math.max(Math.min(room, 285), 2 * EDGE + columns * cell);
    const all = [pattern, border, ground, lines(box), drawn.node, over];
    return part("output", "output", cropping(layer), wide, framed(box, ...all));
  }

  /**
   * How many stamps each cell gets; of a large map the corner will do, for the counts repeat.
   * @param {number} width
   */
  tally(width) {
    const { shape, data } = this.counts;
    const corner = shape.map((cells) => Math.min(cells, MOST_NUMBERS));
    const cell = Math.min(corner[1] > 8 ? 17 : 22, (width - 2 * EDGE) / corner[1]);
    const part_ = Float64Array.from(indices(corner), (at) => valueAt({ shape, data }, at));
    this.tallied = cornered(cell, corner);
    const node = still({ shape: corner, data: part_ }, "output", cell, (n) => {
      const share = 100 * n / (Math.max(...part_) || 1);
      return `color-mix(in srgb, var(--cw-output-mid) ${share}%, var(--cw-ground))`;
    });
    node.append(this.here);
    const text = `${corner}` === `${shape}`
      ? "on each cell"
      : `on the first ${sizeIn(this.scene.layer, corner)} cells`;
    const sentence = html("p", {}, evenness(this.scene.layer));
    return part("output", "stamps", text, Math.max(150, corner[1] * cell + 4), node, sentence);
  }

  /** @override @param {Place} place */
  lightUp(place) {
    this.here.replaceChildren();
    super.lightUp(place);
    this.hold(place);
  }

  /** @override @param {number[]} index */
  lightOutput(index) {
    // A window meets its stamps from the last to the first.
    const landed = terms(this.scene, index).filter(({ inputIndex }) => inputIndex).reverse();
    for (const { inputIndex, kernelIndex } of landed) {
      this.mark("input", inputIndex ?? [], "cw-lit");
      this.mark("kernel", kernelIndex, "cw-lit");
    }
    const n = landed.length;
    const text = n === 1 ? "lands on the cell" : "land on the cell";
    this.show(n ? count(n, "stamp") : "0 stamps", text, landed, true);
    if (this.tallied && contains([this.tallied.rows, this.tallied.columns], index)) {
      this.here.append(rectangle(this.tallied, index, [1, 1], "cw-made"));
    }
  }

  /** @override @param {number[]} index */
  lightInput(index) {
    const { layer } = this.scene;
    const { box, over } = this.surfaces[2];
    const room = box.cell >= 26 && box.numbers;
    /** @type {import("../marks.js").Weight[]} */
    const products = [];
    const x = this.value("input", index);
    for (const kernelIndex of indices(layer.kernel_size)) {
      const at = landing(layer, index, kernelIndex);
      this.mark("output", at, room ? "cw-lit cw-tabbed" : "cw-lit");
      if (room) products.push({ at, text: number(x * this.value("kernel", kernelIndex)) });
    }
    over.append(tabs(box, products));
    this.show("1 stamp", "of this cell", [{ inputIndex: index, kernelIndex: null }], true);
  }

  /** @override @param {number[]} index */
  lightKernel(index) {
    const { layer } = this.scene;
    const { box, over } = this.surfaces[2];
    const inputs = indices(layer.input_size);
    const places = inputs.map((inputIndex) => landing(layer, inputIndex, index));
    if (!box.image) { for (const at of places) this.mark("output", at, "cw-lit"); }
    const [first, last] = [places[0], places[places.length - 1]];
    const span = first.map((n, axis) => last[axis] - n + 1);
    over.append(rectangle(box, first, span, "cw-window cw-dashed"));
    const landed = inputs.map((inputIndex) => ({ inputIndex, kernelIndex: index }));
    this.show(count(inputs.length, "stamp"), "with this weight", landed, false);
  }

  /**
   * Show stamps small, and with their outlines on the output if they meet in one cell.
   * @param {string} name
   * @param {string} text
   * @param {{inputIndex: number[] | null, kernelIndex: number[] | null}[]} landed
   * @param {boolean} meet
   */
  show(name, text, landed, meet) {
    const { layer, kernel } = this.scene;
    const { box, over } = this.surfaces[2];
    const { beside, edge } = this.fit(Math.min(landed.length, this.most));
    const own = edge * layer.kernel_size[1] + AROUND - 8;
    this.small.style.gridTemplateColumns = `repeat(${beside}, ${own}px)`;
    const shown = landed.slice(0, this.most).map(({ inputIndex, kernelIndex }, n) => {
      const from = inputIndex ?? [];
      const x = this.value("input", from);
      const look = n % 2 ? "cw-window cw-dashed" : "cw-window";
      const share = kernelIndex ? number(x * this.value("kernel", kernelIndex)) : "";
      if (meet) {
        const at = landing(layer, from, [0, 0]);
        over.append(rectangle(box, at, this.span, look, 2 * (n % 3)));
      }
      const added = meet && n ? `+ ${share}`.replace("+ −", "− ") : share;
      const what = { x, at: kernelIndex, share: added, look };
      return kernel ? scaled(kernel, edge, what) : "";
    });
    this.landed.replaceChildren(html("b", { class: "cw-ink-kernel" }, name), ` ${text}`);
    this.small.replaceChildren(...shown);
    const rest = landed.length - shown.length;
    this.more.textContent = rest ? `and ${rest} more` : "";
  }
}

/**
 * What padding leaves of the output.
 * @param {import("../../layers.js").Layer} layer
 */
function cropping(layer) {
  const pads = layer.pads.map(written);
  // A strip is a map of one row, which no padding crops.
  const p = [...new Set(layer.output_size[0] > 1 ? pads : pads.slice(1))].join(", ");
  const whole = p === "0"
    ? ""
    : `: ${sizeIn(layer, uncropped(layer).output_size)} cropped by p = ${p}`;
  return sizeIn(layer, layer.output_size) + whole;
}
