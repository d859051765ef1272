// What stands around grids, and on them: captions, lines, outlines, hatches, legends.

import { range } from "../arrays.js";
import { attribute, svg, unique } from "../dom.js";
import { number, wide } from "../words.js";

/** @typedef {import("./box.js").Box} Box */
/** @typedef {{at: readonly number[], text: string}} Weight at a row and column of a box */

/**
 * @param {number} width
 * @param {number} height
 * @param {...(Node | string)} children
 */
export function picture(width, height, ...children) {
  const viewBox = `0 0 ${width} ${height}`;
  return svg("svg", { class: "cw-picture", viewBox, width, height }, ...children);
}

/**
 * A group for eyes only: a screen reader hears nothing of it.
 * @param {import("../dom.js").Attributes} [attributes]
 * @param {...Node} children
 */
export const silent = (attributes, ...children) =>
  svg("g", { "aria-hidden": "true", ...attributes }, ...children);

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
 * The dashed lines of a grid, under the cells, which cover them: of the padded input, where the box
 * goes on beyond it.
 * @param {Box} box
 * @param {readonly import("../axis.js").Axis[]} [axes]
 */
export function lines({ x, y, cell, image, ...box }, axes) {
  const [rows, columns] = axes?.map(({ padded }) => padded) ?? [box.rows, box.columns];
  const [width, height] = [columns * cell, rows * cell];
  const across = image ? [0, rows] : range(rows + 1);
  const down = image ? [0, columns] : range(columns + 1);
  const d = [
    ...across.map((n) => `M${x} ${y + n * cell}h${width}`),
    ...down.map((n) => `M${x + n * cell} ${y}v${height}`),
  ];
  return svg("path", { class: "cw-lines", "aria-hidden": "true", d: d.join("") });
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
 * Weights, small in the corners of the cells that they multiply.
 * @param {Box} box
 * @param {Weight[]} weights
 */
export function tabs({ x, y, cell }, weights) {
  const font = Math.max(8, Math.min(11, cell * 0.28));
  const height = font * 1.35;
  const found = weights.map(({ at: [row, column], text }) => {
    const width = Math.max(height, text.length * font * 0.6 + 5);
    const middle = x + (column + 1) * cell - width / 2 - 1.5;
    return { x: middle, y: y + (row + 1) * cell - height / 2 - 1.5, width, text };
  });
  return labels("cw-weights", { font, height, r: 2.5 }, found);
}

/**
 * Words, each in a frame of its own; together the frames are one path.
 * @param {string} name
 * @param {{font: number, height: number, r: number}} look
 * @param {{x: number, y: number, width: number, text: string}[]} all by their middles
 */
export function labels(name, { font, height, r }, all) {
  const frames = all.map(({ x, y, width }) =>
    rounded(x - width / 2, y - height / 2, width, height, r)
  );
  const texts = all.map(({ x, y, text }) => svg("text", { x, y }, text));
  const d = frames.join("");
  return svg("g", { class: `cw-labels ${name}`, "font-size": font }, svg("path", { d }), ...texts);
}

/**
 * A rectangle with rounded corners, as the data of a path.
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {number} height
 * @param {number} r
 */
function rounded(x, y, width, height, r) {
  const [w, h] = [width - 2 * r, height - 2 * r];
  /** @param {number} dx @param {number} dy */
  const turn = (dx, dy) => `a${r} ${r} 0 0 1 ${dx} ${dy}`;
  return `M${x + r} ${y}h${w}${turn(r, r)}v${h}${turn(-r, r)}h${-w}${turn(-r, -r)}v${-h}${
    turn(r, -r)
  }z`;
}

/**
 * A pattern of hatches, and how to fill something with it.
 * @returns {[SVGElement, string]}
 */
export function hatching() {
  const id = unique("hatch");
  const line = svg("line", { class: "cw-hatch", x1: 0, y1: 0, x2: 0, y2: 7 });
  const at = { patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };
  const pattern = svg("pattern", { id, width: 7, height: 7, ...at }, line);
  return [svg("defs", {}, pattern), `url(#${id})`];
}

/**
 * Hatches over the rows and columns that no window uses.
 * @param {Box} box
 * @param {readonly import("../axis.js").Axis[]} axes of rows and columns
 * @param {readonly number[][]} unused rows and columns
 */
export function hatches({ x, y, cell }, axes, [rows, columns]) {
  if (!rows.length && !columns.length) return silent();
  const [high, wide] = axes.map((axis) => axis.padded);
  const [pattern, fill] = hatching();
  /** @param {number} row @param {number} column @param {number} rows @param {number} columns */
  const band = (row, column, rows, columns) => {
    const at = { x: x + column * cell, y: y + row * cell };
    return svg("rect", { fill, ...at, width: columns * cell, height: rows * cell });
  };
  // Columns between the hatched rows only, so that no cell is hatched twice.
  const between = runs(high, new Set(rows)).flatMap(([first, end]) =>
    columns.map((column) => band(first, column, end - first, 1))
  );
  const across = rows.map((row) => band(row, 0, 1, wide));
  return silent({ class: "cw-hatches" }, pattern, ...across, ...between);
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
 * The ends of a shaded map's colours.
 * @param {Box} box
 * @param {[number, number]} range
 * @param {number} [room] from the box to where all must end
 */
export function legend({ cell, rows }, [low, high], room = Infinity) {
  const y = rows * cell + 10;
  const [first, last] = [number(low), number(high)];
  const x = 12.5 * wide(first) + 8;
  const ends = x + 8 + 12.5 * wide(last);
  const width = Math.max(30, Math.min(90, room - ends));
  const left = Math.min(0, room - ends - width);
  const stops = ["dark", "light"].map((end, n) =>
    svg("stop", { offset: n, style: `stop-color: var(--cw-${end})` })
  );
  const id = unique("scale");
  return silent(
    { class: "cw-legend", transform: `translate(${left} 0)` },
    svg("linearGradient", { id }, ...stops),
    svg("text", { y: y + 6 }, first),
    svg("rect", { x, y, width, height: 12, fill: `url(#${id})` }),
    svg("text", { x: x + width + 8, y: y + 6 }, last),
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
  const drawn = picture(
    width,
    50,
    ruler(12, padded, "cw-ruler-input", `padded ${padded}`),
    ruler(36, window, "cw-ruler-bad", `kernel ${window}: ${window - padded} too long`),
  );
  attribute(drawn, { class: "cw-picture cw-rulers", "aria-hidden": "true" });
  return drawn;
}

/**
 * A cross from its upper left corner, as the data of a path.
 * @param {number} x
 * @param {number} y
 * @param {number} size
 */
export const cross = (x, y, size) => `M${x} ${y}l${size} ${size}m0 ${-size}l${-size} ${size}`;
