// The names and sizes above the grids, and the signs between them.

import { svg } from "../../dom.js";
import { inputSize, kernelSize, outputSize } from "../../words.js";
import { caption, silent } from "../marks.js";
import { sizeIn } from "../strip.js";

const LINE = 20;

/**
 * @param {import("../../scene.js").Scene} scene
 * @param {import("./layout.js").Layout} layout
 */
export function titles({ layer }, { width, arrangement, input, kernel, output, star, equals }) {
  const top = { ...input, y: input.y - 26 }; // above the starts of the columns
  const beside = arrangement === "enlarged" ? star.x : width; // where the input's title must end
  const made = outputSize(layer);
  const end = { ...output, x: Math.max(0, Math.min(output.x, width - 8.2 * (7 + made.length))) };
  const spread = arrangement === "beside" ? kernelSize(layer) : sizeIn(layer, layer.kernel_size);
  const signs = kernel
    ? [
      ...weights(kernel, end, spread),
      svg("path", { class: "cw-sign-star", d: starPath(star.x, star.y, 7) }),
      svg("path", {
        class: "cw-sign-equals",
        d: `M${equals.x - 6} ${equals.y - 3}h12M${equals.x - 6} ${equals.y + 3}h12`,
      }),
    ]
    : arrangement === "stacked"
    ? []
    : [arrow(arrangement === "beside" ? star : equals, layer.type === "MaxPool" ? "max" : "mean")];
  return silent(
    {},
    caption(top, "input", inputSize(layer), "input", beside),
    ...signs,
    caption(end, "output", made, "output"),
    ...floored(layer, output, width),
  );
}

/**
 * The kernel's title: what does not fit before the output, that it is turned or spread, stands under
 * the kernel, and all a line higher where it would still run into the output's title.
 * @param {import("../box.js").Box} kernel
 * @param {{x: number, y: number}} output
 * @param {string} text
 */
function weights(kernel, output, text) {
  const { x, y, rows, cell } = kernel;
  const [size, ...more] = text.split(", ");
  /** @param {string} title */
  const fits = (title) => output.x < x || x + 8.6 * (7 + title.length) < output.x;
  const [above, below] = fits(text) ? [text, []] : [size, more];
  const level = Math.abs(y - output.y) < LINE;
  const at = { x, y: fits(above) || !level ? y : Math.max(LINE, y - LINE) };
  return [
    caption(at, "kernel", above, "kernel"),
    ...below.map((part, n) =>
      quiet({ class: "cw-under", x, y: y + rows * cell + (n + 1) * LINE - 4 }, part)
    ),
  ];
}

/**
 * Words beside the grids, as quiet as a scale.
 * @param {import("../../dom.js").Attributes} at
 * @param {string} text
 */
const quiet = (at, text) => svg("g", { class: "cw-legend" }, svg("text", at, text));

/**
 * What the output's size would be without ceil mode, under it, where that differs.
 * @param {import("../../layers.js").Layer} layer
 * @param {import("../box.js").Box} output
 * @param {number} width
 */
function floored(layer, { x, y, rows, cell, numbers }, width) {
  const sizes = layer.axes.map((axis) =>
    Math.floor((axis.padded - axis.effectiveKernel) / axis.stride) + 1
  );
  if (`${sizes}` === `${layer.output_size}`) return [];
  const text = `with the floor it would be ${sizeIn(layer, sizes)}`;
  const at = {
    x: Math.max(0, Math.min(x, width - 8 * text.length)),
    y: y + rows * cell + (numbers ? 13 : 34),
  };
  return [quiet(at, text)];
}

/**
 * A pool's rule, which stands where others have a kernel.
 * @param {{x: number, y: number}} at
 * @param {string} rule
 */
function arrow({ x, y }, rule) {
  const d = `M${x - 17} ${y}h32m-6 -5l6 5l-6 5`;
  return svg(
    "g",
    {},
    svg("text", { class: "cw-rule", x, y: y - 10 }, rule),
    svg("path", { class: "cw-sign-equals", d }),
  );
}

/**
 * The sign of correlation, a five-pointed star.
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 */
function starPath(x, y, radius) {
  const points = Array.from({ length: 10 }, (_, n) => {
    const [angle, r] = [Math.PI * (n / 5 - 0.5), n % 2 ? radius * 0.42 : radius];
    return `${(x + r * Math.cos(angle)).toFixed(1)} ${(y + r * Math.sin(angle)).toFixed(1)}`;
  });
  return `M${points.join("L")}Z`;
}
