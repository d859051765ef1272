// The picture while the output's size is asked for: everything but the output, and after a wrong
// answer the window that shows why.

import { combined, offset, range } from "../arrays.js";
import { witness } from "../attempt.js";
import { svg, unique } from "../dom.js";
import { placeAt } from "../values.js";
import { axisNames, count, inputSize, kernelSize } from "../words.js";
import { Board } from "./board.js";
import { extent, grid } from "./grid.js";
import { Strip } from "./index.js";
import { caption, lines, pattern, rectangle } from "./marks.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("./grid.js").Cell} Cell */

const LEFT = 12;
const TOP = 52;
const SIGN = 44;
const ASKED = 110; // the edge of the box that stands for the output
const BEYOND = 4; // cells that a window too many may reach past the input

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
    const { layer } = scene;
    const axes = layer.axes.slice(-2);
    const skip = layer.axes.length - 2;
    const [rows, columns] = axes.map((axis) => axis.padded);
    const [high, wide] = scene.kernel ? layer.kernel_size.slice(-2) : [0, 0];
    const narrow = width < 560;
    const beside = narrow ? 0 : wide;
    const room = width - LEFT - (narrow ? 8 : ASKED + 2 * SIGN + 12);
    const cell = Math.min(34, room / (columns + BEYOND + beside), 640 / (rows + 2));
    const font = cell >= 16 ? Math.min(15, cell * 0.44) : 0;
    /** @param {number} x @param {number} y @param {number} edge @param {number} r @param {number} c */
    const box = (x, y, edge, r, c) => ({
      x,
      y,
      cell: edge,
      rows: r,
      columns: c,
      numbers: r > 18 || c > 18 ? 0 : font,
      image: r > 32 || c > 32,
    });
    const input = box(LEFT, TOP, cell, rows, columns);
    const right = LEFT + (columns + BEYOND) * cell + SIGN;
    const below = TOP + (rows + 1) * cell + 40;
    const kernelCell = Math.min(34, Math.max(cell, 24), 160 / Math.max(wide, 1));
    const kernel = narrow
      ? box(LEFT, below, kernelCell, high, wide)
      : box(right, TOP + 10, kernelCell, high, wide);
    const asked = {
      x: scene.kernel ? kernel.x + wide * kernelCell + SIGN : narrow ? LEFT : right,
      y: narrow ? below : TOP + 10,
    };
    const height = Math.max(
      TOP + rows * cell + 20,
      asked.y + ASKED + 12,
      kernel.y + high * kernelCell + 12,
    ) + (witness && witness.axis - skip === 0 ? BEYOND * cell : 0);
    const hatch = unique("hatch");
    super(
      scene,
      svg(
        "svg",
        {
          class: "cw-picture cw-asking",
          viewBox: `0 0 ${width} ${height}`,
          width,
          height,
        },
        pattern(hatch),
        caption(
          { x: LEFT, y: TOP },
          "input",
          inputSize(layer),
          "input",
          narrow ? width : right - 8,
        ),
        lines(input, axes),
        grid({
          map: "input",
          box: input,
          label: `input, ${inputSize(layer)}`,
          cells: inputCells(scene),
          range: extent(scene.input.data),
          root,
        }).node,
      ),
    );
    if (scene.kernel) {
      const weights = scene.kernel;
      const lead = weights.shape.slice(0, -2).map(() => 0);
      const cells = combined([range(high), range(wide)]).map(([row, column]) => {
        const index = [...lead, row, column];
        const value = weights.data[offset(index, weights.shape)];
        return { row, column, kind: "kernel", index, value };
      });
      const label = `kernel, ${kernelSize(layer)}`;
      const drawn = grid({
        map: "kernel",
        box: kernel,
        label,
        cells,
        range: extent(weights.data),
        root,
      });
      this.node.append(caption(kernel, "kernel", kernelSize(layer), "kernel"), drawn.node);
    }
    this.node.append(
      svg("rect", { class: "cw-asked-box", ...asked, width: ASKED, height: ASKED, rx: 3 }),
      svg("text", { class: "cw-asked-mark", x: asked.x + ASKED / 2, y: asked.y + ASKED / 2 }, "?"),
      caption(asked, "output", "? × ?", "output"),
    );
    const span = axes.map((axis) => axis.effectiveKernel);
    const over = svg("g", { "aria-hidden": "true" });
    over.append(rectangle(input, [0, 0], span, "cw-window"));
    if (starts) {
      const counts = axes.map((axis) => range(Math.min(axis.output, 12)));
      for (const n of counts[0]) over.append(start(input, [axes[0].start(n), 0]));
      for (const n of counts[1]) over.append(start(input, [0, axes[1].start(n)]));
    }
    const at = witness ? witness.axis - skip : -1;
    if (witness && at >= 0 && witness.last < axes[at].padded + BEYOND) {
      const place = at === 0 ? [witness.first, 0] : [0, witness.first];
      const style = witness.short ? "cw-window cw-dashed cw-fails" : "cw-window cw-dashed";
      over.append(rectangle(input, place, span, style));
      if (witness.short) over.append(shortage(input, place, span, layer, witness));
      for (const n of range(witness.short)) {
        for (const m of range(span[1 - at])) {
          const [row, column] = at === 0 ? [axes[0].padded + n, m] : [m, axes[1].padded + n];
          const [x, y] = [LEFT + (column + 0.5) * cell, TOP + (row + 0.5) * cell];
          const r = cell * 0.2;
          over.append(
            svg("path", {
              class: "cw-missing",
              d: `M${x - r} ${y - r}l${2 * r} ${2 * r}m0 ${-2 * r}l${-2 * r} ${2 * r}`,
            }),
          );
        }
      }
    }
    this.node.append(over);
  }
}

/**
 * How many cells a window too many lacks, under it.
 * @param {{x: number, y: number, cell: number}} box
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
 * A dot at a place where a window starts.
 * @param {{x: number, y: number, cell: number}} box
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

/**
 * The first map, or slice, of the padded input.
 * @param {Scene} scene
 * @returns {Cell[]}
 */
function inputCells({ layer, input }) {
  const [rows, columns] = layer.axes.slice(-2).map((axis) => axis.padded);
  const slices = layer.axes.slice(0, -2).map((axis) => Math.max(0, axis.before));
  const lead = input.shape.slice(0, input.shape.length - layer.axes.length).map(() => 0);
  return combined([range(rows), range(columns)]).map(([row, column]) => {
    const { kind, inputIndex } = placeAt(layer, [...slices, row, column]);
    const index = inputIndex && [...lead, ...inputIndex];
    return { row, column, kind, index, value: index ? input.data[offset(index, input.shape)] : 0 };
  });
}
