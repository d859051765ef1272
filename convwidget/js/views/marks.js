// What stands around the grids: titles, signs, the window's starts, padding's lines, hatches.

import { range } from "../arrays.js";
import { svg, unique } from "../dom.js";
import { count, inputSize, kernelSize, number, outputSize, size } from "../words.js";

/** @typedef {import("./grids/layout.js").Box} Box */
/** @typedef {import("./grids/layout.js").Layout} Layout */
/** @typedef {import("../scene.js").Scene} Scene */

const CLOSEST = 24; // below this distance the numbers of two starts would touch
const STARTS_WIDTH = 100; // room for the words that count them

/**
 * @param {Scene} scene
 * @param {Layout} layout
 */
export function titles({ layer }, { width, arrangement, input, kernel, output, star, equals }) {
  const top = { ...input, y: input.y - 26 }; // above the starts of the columns
  const beside = arrangement === "enlarged" ? star.x : width; // where the input's title must end
  const made = outputSize(layer);
  const end = { ...output, x: Math.max(0, Math.min(output.x, width - 8.2 * (7 + made.length))) };
  const spread = arrangement === "beside" ? kernelSize(layer) : size(layer.kernel_size);
  const signs = kernel
    ? [
      caption(kernel, "kernel", spread, "kernel"),
      svg("path", { class: "cw-sign-star", d: starPath(star.x, star.y, 7) }),
      svg("path", {
        class: "cw-sign-equals",
        d: `M${equals.x - 6} ${equals.y - 3}h12M${equals.x - 6} ${equals.y + 3}h12`,
      }),
    ]
    : arrangement === "stacked"
    ? []
    : [arrow(arrangement === "beside" ? star : equals, layer.type === "MaxPool" ? "max" : "mean")];
  return svg(
    "g",
    { "aria-hidden": "true" },
    caption(top, "input", inputSize(layer), "input", beside),
    ...signs,
    caption(end, "output", made, "output"),
  );
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
 * @param {{x: number, y: number}} box
 * @param {string} name
 * @param {string} text
 * @param {import("../scene.js").MapName} map
 * @param {number} [room] where it ends, what does not fit is left out, from comma to comma
 */
export function caption({ x, y }, name, text, map, room = Infinity) {
  const parts = text.split(", ");
  while (parts.length && x + 8.6 * (name.length + 1 + parts.join(", ").length) > room) parts.pop();
  return svg(
    "text",
    { class: "cw-caption", x, y: y - 10 },
    svg("tspan", { class: `cw-ink-${map}` }, name),
    svg("tspan", { dx: 6 }, parts.join(", ")),
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

/**
 * Padding's dashed lines: drawn under the cells, which cover them.
 * @param {Box} box
 * @param {readonly import("../axis.js").Axis[]} axes
 */
export function lines({ x, y, cell, image }, axes) {
  const [rows, columns] = axes.map(({ padded }) => padded);
  const [width, height] = [columns * cell, rows * cell];
  const every = image ? [0, rows] : range(rows + 1);
  const all = image ? [0, columns] : range(columns + 1);
  const across = every.map((n) => `M${x} ${y + n * cell}h${width}`);
  const down = all.map((n) => `M${x + n * cell} ${y}v${height}`);
  return svg("path", {
    class: "cw-lines",
    "aria-hidden": "true",
    d: [...across, ...down].join(""),
  });
}

/**
 * An outline around some cells of a box.
 * @param {Box} box
 * @param {readonly number[]} place
 * @param {readonly number[]} span
 * @param {string} style
 * @param {number} [inset]
 */
export function rectangle(box, [row, column], [rows, columns], style, inset = 0) {
  return svg("rect", {
    class: style,
    x: box.x + column * box.cell + inset,
    y: box.y + row * box.cell + inset,
    width: Math.max(2, columns * box.cell - 2 * inset),
    height: Math.max(2, rows * box.cell - 2 * inset),
    rx: Math.min(3, box.cell / 4),
  });
}

/**
 * A ring around a cell that holds a window's maximum; dashed, where an earlier one passes.
 * @param {Box} box
 * @param {readonly number[]} place
 * @param {boolean} later
 */
export function ring(box, [row, column], later) {
  return svg("circle", {
    class: later ? "cw-ring cw-dashed" : "cw-ring",
    cx: box.x + (column + 0.5) * box.cell,
    cy: box.y + (row + 0.5) * box.cell,
    r: Math.max(2, box.cell * 0.36),
  });
}

/**
 * A weight, small in the corner of the cell that it multiplies.
 * @param {Box} box
 * @param {readonly number[]} place
 * @param {string} text
 */
export function tab(box, [row, column], text) {
  const font = Math.max(8, Math.min(11, box.cell * 0.28));
  const width = Math.max(font * 1.35, text.length * font * 0.6 + 5);
  const height = font * 1.35;
  const x = box.x + (column + 1) * box.cell - width - 1.5;
  const y = box.y + (row + 1) * box.cell - height - 1.5;
  return svg(
    "g",
    { class: "cw-tab", transform: `translate(${x} ${y})` },
    svg("rect", { width, height, rx: 2.5 }),
    svg("text", { x: width / 2, y: height / 2, "font-size": font }, text),
  );
}

/** @param {string} id */
export function pattern(id) {
  return svg(
    "defs",
    {},
    svg(
      "pattern",
      { id, width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      svg("line", { class: "cw-hatch", x1: 0, y1: 0, x2: 0, y2: 7 }),
    ),
  );
}

/**
 * Hatches over the rows and columns that no window uses.
 * @param {Scene} scene
 * @param {Box} box
 * @param {string} hatch
 */
export function hatches({ layer, unused: [rows, columns] }, box, hatch) {
  const padded = layer.axes.map((axis) => axis.padded);
  const fill = `url(#${hatch})`;
  const bands = svg("g", { class: "cw-hatches", "aria-hidden": "true" });
  const idle = new Set(rows);
  for (const row of rows) {
    bands.append(
      svg("rect", {
        fill,
        x: box.x,
        y: box.y + row * box.cell,
        width: padded[1] * box.cell,
        height: box.cell,
      }),
    );
  }
  // Columns between the hatched rows only, so that no cell is hatched twice.
  for (const [first, last] of runs(padded[0], idle)) {
    for (const column of columns) {
      bands.append(
        svg("rect", {
          fill,
          x: box.x + column * box.cell,
          y: box.y + first * box.cell,
          width: box.cell,
          height: (last - first) * box.cell,
        }),
      );
    }
  }
  return bands;
}

/**
 * The runs of numbers below a bound that are not in a set, as [first, end).
 * @param {number} bound
 * @param {Set<number>} without
 */
function runs(bound, without) {
  /** @type {[number, number][]} */
  const found = [];
  for (let n = 0; n < bound; n++) {
    if (without.has(n)) continue;
    const last = found.at(-1);
    if (last && last[1] === n) last[1]++;
    else found.push([n, n + 1]);
  }
  return found;
}

/**
 * The window's starts, numbered along both axes.
 * @param {import("../layers.js").Layer} layer
 * @param {Box} box
 * @param {boolean} beyond whether there is room for words to the right of the box
 */
export function ticks(layer, box, beyond) {
  const node = svg("g", { class: "cw-ticks", "aria-hidden": "true" });
  const [rows, columns] = layer.axes;
  /** @param {import("../axis.js").Axis} axis @param {number} n */
  const centre = (axis, n) => (axis.start(n) + 0.5) * box.cell;
  const across = axisTicks(columns, box.cell, (n) => [box.x + centre(columns, n), box.y - 13]);
  const down = axisTicks(rows, box.cell, (n) => [box.x - 17, box.y + centre(rows, n)]);
  node.append(...across.drawn, ...(layer.strip ? [] : down.drawn));
  const end = box.columns * box.cell;
  const inside = end - centre(columns, columns.output - 1) >= STARTS_WIDTH;
  if (inside || beyond) {
    node.append(
      svg(
        "text",
        {
          class: "cw-starts",
          x: box.x + end + (inside ? 0 : 14),
          y: box.y - 9,
          "text-anchor": inside ? "end" : "start",
        },
        `${count(columns.output, "start")} = `,
        svg("tspan", { class: "cw-letter" }, "o"),
      ),
    );
  }
  return {
    node,
    /** @param {number[]} index of the output, or nothing */
    light([row, column]) {
      down.light(row);
      across.light(column);
    },
  };
}

/**
 * @param {import("../axis.js").Axis} axis
 * @param {number} cell
 * @param {(n: number) => number[]} where
 */
function axisTicks(axis, cell, where) {
  const distance = axis.stride * cell;
  const every = [1, 2, 5, 10, 20, 50, 100].find((n) => n * distance >= CLOSEST) ?? axis.output;
  /** @type {Map<number, SVGElement>} */
  const marks = new Map();
  for (let n = 0; n < axis.output; n += every) marks.set(n, mark(n, where(n)));
  const moving = mark(0, where(0));
  moving.classList.add("cw-now");
  return {
    drawn: [...marks.values(), moving],
    /** @param {number | undefined} now */
    light(now) {
      moving.style.display = now === undefined ? "none" : "";
      if (now === undefined) return;
      const [x, y] = where(now);
      moving.setAttribute("transform", `translate(${x} ${y})`);
      const text = moving.querySelector("text");
      if (text) text.textContent = String(now);
    },
  };
}

/**
 * @param {number} n
 * @param {number[]} place
 */
function mark(n, [x, y]) {
  return svg(
    "g",
    { class: "cw-tick", transform: `translate(${x} ${y})` },
    svg("rect", { x: -10.5, y: -9, width: 21, height: 18, rx: 9 }),
    svg("text", { "font-size": 11 }, n),
  );
}

/**
 * The ends of a shaded map's colours.
 * @param {Box} box
 * @param {[number, number]} range
 */
export function legend({ cell, rows }, [low, high]) {
  const y = rows * cell + 10;
  const first = number(low);
  const x = first.length * 7 + 8;
  const stops = ["dark", "light"].map((end, n) =>
    svg("stop", { offset: n, style: `stop-color: var(--cw-${end})` })
  );
  const id = unique("scale");
  return svg(
    "g",
    { class: "cw-legend", "aria-hidden": "true" },
    svg("linearGradient", { id }, ...stops),
    svg("text", { y: y + 6 }, first),
    svg("rect", { x, y, width: 90, height: 12, fill: `url(#${id})` }),
    svg("text", { x: x + 98, y: y + 6 }, number(high)),
  );
}

/**
 * The value of a cell that is too small for it, beside the cell.
 * @param {Box} box
 * @param {readonly number[]} place
 * @param {string} text
 */
export function tag(box, [row, column], text) {
  const width = text.length * 8 + 10;
  const left = box.x + (column + 1) * box.cell + 6;
  const fits = column * 2 < box.columns;
  const x = fits ? left : box.x + column * box.cell - width - 6;
  const y = box.y + (row + 0.5) * box.cell - 11;
  return svg(
    "g",
    { class: "cw-tag", transform: `translate(${x} ${y})` },
    svg("rect", { width, height: 22, rx: 3 }),
    svg("text", { x: width / 2, y: 11.5 }, text),
  );
}

/**
 * The padded input and a window that is too long for it, as two rulers.
 * @param {number} width
 * @param {{padded: number, window: number}} sizes
 */
export function rulers(width, { padded, window }) {
  const left = 38;
  const scale = Math.min(34, (width - left - 175) / window);
  /** @param {number} y @param {number} length @param {string} name @param {string} text */
  const ruler = (y, length, name, text) => {
    const end = left + length * scale;
    return svg(
      "g",
      { class: name },
      svg("path", { d: `M${left} ${y - 5}v10m0 -5H${end}m0 -5v10` }),
      svg("text", { x: end + 8, y }, text),
    );
  };
  return svg(
    "svg",
    {
      class: "cw-picture cw-rulers",
      width,
      height: 50,
      viewBox: `0 0 ${width} 50`,
      "aria-hidden": "true",
    },
    ruler(12, padded, "cw-ruler-input", `padded ${padded}`),
    ruler(36, window, "cw-ruler-bad", `kernel ${window}: ${window - padded} too long`),
  );
}
