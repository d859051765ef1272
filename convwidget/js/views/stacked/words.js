// The names and sizes beside the planes of the stacked view, and the scales of shaded ones.

import { svg } from "../../dom.js";
import { mapOf } from "../../scene.js";
import { inputSize, outputSize } from "../../words.js";
import { extent } from "../grid.js";
import { caption, legend, silent } from "../marks.js";
import { sizeIn } from "../strip.js";
import { LEGEND } from "./geometry.js";

/** @typedef {import("../../scene.js").MapName} MapName */

const LINE = 18;
const LETTER = 9; // of the widest usual font
const SCALE = 150; // the width of a legend

/**
 * @param {import("../../scene.js").Scene} scene
 * @param {ReturnType<typeof import("./geometry.js").planes>} plan
 * @returns {{node: SVGElement, bottom: number}} and where the picture ends
 */
export function words(scene, { boxes, input, output }) {
  const { layer } = scene;
  const node = silent();
  /** @param {MapName} map @param {number} x @param {number} y */
  const scale = (map, x, y) => {
    const bar = legend({ ...boxes.input, rows: 0 }, extent(mapOf(scene, map).data));
    node.append(svg("g", { class: `cw-grid-${map}`, transform: `translate(${x} ${y})` }, bar));
  };
  /** @param {string} text @param {number} x @param {number} y */
  const line = (text, x, y) => node.append(svg("text", { class: "cw-caption", x, y }, text));

  // Under the input's lower left edge, as far up as the words are clear of it.
  const [first, ...rest] = inputSize(layer).split(", ");
  const letters = Math.max(first.length + 6, ...rest.map((text) => text.length));
  const { x } = input.left;
  let y = Math.min(input.bottom, input.left.y + letters * LETTER * input.slope) + 14;
  node.append(caption({ x, y: y + 10 }, "input", first, "input"));
  for (const text of rest) line(text, x, y += LINE);
  if (!boxes.input.numbers) {
    scale("input", x, y);
    y += LEGEND;
  }

  const shaded = boxes.output.numbers ? 0 : LEGEND;
  const { x: top, y: edge } = output.top;
  const left = Math.min(top - 20, Math.max(input.right, output.right) - (shaded ? SCALE : 100));
  node.append(caption({ x: left, y: edge - shaded }, "output", outputSize(layer), "output"));
  if (shaded) scale("output", left, edge - shaded - 10);

  if (boxes.kernel) {
    const { x, y, rows, cell } = boxes.kernel;
    node.append(caption(boxes.kernel, "kernel", sizeIn(layer, layer.kernel_size), "kernel"));
    // As the window meets the input; the weights in the window show it.
    if (layer.type === "ConvTranspose") line("slides turned", x, y + rows * cell + LINE);
  }
  return { node, bottom: Math.ceil(Math.max(y, input.bottom, output.bottom) + 8) };
}
