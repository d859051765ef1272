// The picture while the output's size is asked for: everything but the output, and after a wrong
// answer the window that shows why.

import { product, range } from "../arrays.js";
import { witness } from "../attempt.js";
import { channels } from "../connections.js";
import { svg } from "../dom.js";
import { mapOf } from "../scene.js";
import { axisNames, count, inputSize, kernelSize, widest } from "../words.js";
import { Board } from "./board.js";
import { box as boxOf, LEAST_FONT, roomy } from "./box.js";
import { extent, grid } from "./grid.js";
import { caption, cross, lines, picture, rectangle, silent } from "./marks.js";
import { cellsOf } from "./plane.js";
import { Strip } from "./strip.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("./box.js").Box} Box */

const LEFT = 12;
const TOP = 52;
const SIGN = 44;
const LEGEND = 26; // under a shaded map
const LETTER = 8.6; // of a caption
const MOST_CELL = 34;
const MOST_KERNEL = 160; // its width, where its numbers need no more
const MOST_SAID = 270; // the width of its caption
const ASKED = 110; // the edge of the box that stands for the output
const BEYOND = 4; // cells that a window too many may reach past the input
const MOST_STARTS = 12;

/**
 * The view of a question.
 * @param {import("../session.js").Session} session
 */
export const question = ({ predicted, starts }) =>
/**
 * @param {Scene} scene
 * @param {number} width
 * @param {Element} root
 */
(scene, width, root) => {
  const strip = scene.layer.axes.length === 1;
  const found = predicted && witness(scene.layer, predicted);
  const wrong = found && { ...found, axis: found.axis + Number(strip) };
  /** @param {Scene} drawn */
  const make = (drawn) => new Question(drawn, width, root, wrong, starts);
  return strip ? new Strip(scene, width, root, make) : make(scene);
};

class Question extends Board {
  /**
   * @param {Scene} scene
   * @param {number} width
   * @param {Element} root
   * @param {import("../attempt.js").Witness | null} witness
   * @param {boolean} starts whether every start that fits is drawn
   */
  constructor(scene, width, root, witness, starts) {
    const { layer, kernel: weights } = scene;
    const axes = layer.axes.slice(-2);
    const failing = witness ? witness.axis - layer.axes.length + 2 : -1; // of the two axes
    const sizes = {
      input: axes.map((axis) => axis.padded),
      kernel: weights ? layer.kernel_size.slice(-2) : [0, 0],
    };
    const [[rows, columns], [high, wide]] = [sizes.input, sizes.kernel];
    const words = { input: inputWords(layer), kernel: weights ? kernelWords(scene) : "" };
    const said = weights ? Math.min(MOST_SAID, LETTER * (7 + words.kernel.length)) : 0;
    // The largest cell of the kernel, and the smallest that holds its widest weight.
    const large = Math.min(MOST_CELL, MOST_KERNEL / Math.max(wide, 1));
    const least = LEAST_FONT * widest(weights?.data ?? []) + 4;
    const narrow = width < 560;
    const reserved = Math.max(said + 16, wide * Math.max(large, least) + SIGN);
    const room = width - LEFT - (narrow ? 8 : ASKED + SIGN + 12 + (weights ? reserved : 0));
    const cell = Math.min(MOST_CELL, room / (columns + BEYOND), 640 / (rows + 2));
    /** @param {"input" | "kernel"} map @param {number} x @param {number} y @param {number} cell */
    const box = (map, x, y, cell) => {
      const [rows, columns] = sizes[map];
      const shown = { shape: sizes[map], data: mapOf(scene, map).data };
      return boxOf({ x, y, cell, rows, columns }, shown, Math.min(15, roomy(cell)));
    };
    const input = box("input", LEFT, TOP, cell);
    const right = LEFT + (columns + BEYOND) * cell + SIGN;
    const [x, y] = narrow ? [LEFT, TOP + (rows + 1) * cell + 40] : [right, TOP + 10];
    const kernel = box("kernel", x, y, Math.max(Math.min(large, Math.max(cell, 24)), least));
    const under = y + high * kernel.cell + (kernel.numbers ? 12 : LEGEND);
    const beside = weights ? x + Math.max(said + 16, wide * kernel.cell + SIGN) : x;
    const asked = beside + ASKED < width ? { x: beside, y } : { x, y: under + 28 };
    const height = Math.max(
      TOP + rows * cell + (input.numbers ? 20 : LEGEND),
      asked.y + ASKED + 12,
      under,
    ) + (failing === 0 ? BEYOND * cell : 0);
    super(scene, picture(width, height));
    this.turned = turns(layer);

    /** @param {"input" | "kernel"} map @param {Box} box @param {number} end */
    const draw = (map, box, end) => {
      const { data } = mapOf(scene, map);
      const cells = cellsOf(scene, map, lead(scene, map))
        .filter(({ row, column }) => row < box.rows && column < box.columns);
      const label = `${map}, ${words[map]}`;
      const legend = width - box.x;
      const drawn = grid({ map, box, label, cells, range: extent(data), legend, root });
      return [caption(box, map, words[map], map, end), drawn.node];
    };
    const mark = { class: "cw-asked-mark", x: asked.x + ASKED / 2, y: asked.y + ASKED / 2 };
    const span = axes.map((axis) => axis.effectiveKernel);
    const over = silent({}, rectangle(input, [0, 0], span, "cw-window"));
    this.node.append(
      lines(input),
      ...draw("input", input, narrow ? width : right - 8),
      ...weights ? draw("kernel", kernel, Math.min(width, x + MOST_SAID)) : [],
      svg("rect", { class: "cw-asked-box", ...asked, width: ASKED, height: ASKED, rx: 3 }),
      svg("text", mark, "?"),
      caption(
        asked,
        "output",
        layer.axes.slice(layer.strip ? 1 : 0).map(() => "?").join(" × "),
        "output",
      ),
      over,
    );
    for (const [n, axis] of starts ? axes.entries() : []) {
      for (const o of range(Math.min(axis.output, MOST_STARTS))) {
        over.append(start(input, along(n, axis.start(o), 0)));
      }
    }
    if (!witness || failing < 0 || witness.last >= axes[failing].padded + BEYOND) return;
    const { first, short } = witness;
    const place = along(failing, first, 0);
    const look = `cw-window cw-dashed${short ? " cw-fails" : ""}`;
    over.append(rectangle(input, place, span, look));
    if (short) over.append(shortage(input, place, span, layer, witness));
    for (const n of range(short)) {
      for (const m of range(span[1 - failing])) {
        over.append(missing(input, along(failing, axes[failing].padded + n, m)));
      }
    }
  }
}

/**
 * Whether the kernel lies turned: a window over the stretched line of a transposed layer gathers.
 * @param {import("../layers.js").Layer} layer
 */
const turns = ({ type }) => type === "ConvTranspose";

/**
 * What stands before rows and columns of the plane that is drawn: the first map, and of slices the
 * first that is not padding.
 * @param {Scene} scene
 * @param {"input" | "kernel"} map
 */
function lead(scene, map) {
  const { axes } = scene.layer;
  const depth = axes.slice(0, -2).map(({ before }) => map === "input" ? Math.max(0, before) : 0);
  const maps = mapOf(scene, map).shape.length - axes.length;
  return [...range(maps).fill(0), ...depth];
}

/**
 * Which of the input's planes is drawn, and how large the input is.
 * @param {import("../layers.js").Layer} layer
 */
function inputWords(layer) {
  const [axis, ...rest] = layer.axes;
  const counts = channels(layer);
  const sizes = inputSize(layer).split(", ").slice(counts ? 1 : 0);
  const slice = rest.length > 1 ? axis.source(Math.max(0, axis.before)) : null;
  return [
    ...counts ? [`map 0 of ${counts[0]}`] : [],
    ...slice === null ? [] : [`slice ${slice} of ${axis.input}`],
    ...sizes,
  ].join(", ");
}

/**
 * Which of the kernels is drawn, and how it lies; its spread comes last, where room ends first.
 * @param {Scene} scene
 */
function kernelWords({ layer, kernel }) {
  const { axes, kernel_size } = layer;
  const [own, ...spread] = kernelSize(layer).split(", ");
  const shape = kernel?.shape.slice(0, -axes.length) ?? [];
  const turned = turns(layer);
  const [deep] = kernel_size;
  return [
    ...shape.length ? [`0 of ${product(shape)}`] : [],
    ...axes.length > 2 ? [`slice ${turned ? deep - 1 : 0} of ${deep}`] : [],
    own,
    ...turned ? ["turned"] : [],
    ...spread,
  ].join(", ");
}

/**
 * A row and column: how far along an axis, and how far along the other.
 * @param {number} axis
 * @param {number} n
 * @param {number} other
 */
const along = (axis, n, other) => axis === 0 ? [n, other] : [other, n];

/**
 * How many cells a window too many lacks, under it.
 * @param {Box} box
 * @param {number[]} place
 * @param {number[]} span
 * @param {import("../layers.js").Layer} layer
 * @param {import("../attempt.js").Witness} witness
 */
function shortage({ x, y, cell }, [row, column], [rows], layer, { axis, short }) {
  const names = axisNames(layer)[axis];
  return svg(
    "text",
    { class: "cw-short", x: x + column * cell, y: y + (row + rows) * cell + 17 },
    `${count(short, names.slice(0, -1))} short`,
  );
}

/**
 * A cross at a place that is not there.
 * @param {Box} box
 * @param {number[]} place
 */
function missing({ x, y, cell }, [row, column]) {
  const [left, top] = [x + (column + 0.3) * cell, y + (row + 0.3) * cell];
  return svg("path", { class: "cw-missing", d: cross(left, top, cell * 0.4) });
}

/**
 * A dot at a place where a window starts.
 * @param {Box} box
 * @param {number[]} place
 */
function start({ x, y, cell }, [row, column]) {
  return svg("circle", {
    class: "cw-start",
    cx: x + (column + 0.5) * cell,
    cy: y + (row + 0.5) * cell,
    r: Math.max(3, cell * 0.3),
  });
}
