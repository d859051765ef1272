// The parts of the matrix view's picture.

import { indexAt, product, range } from "../../arrays.js";
import { attribute, svg, unique } from "../../dom.js";
import { mapOf } from "../../scene.js";
import { number, size } from "../../words.js";
import { extent } from "../grid.js";
import { caption, picture, silent } from "../marks.js";

/** @typedef {import("./connectivity.js").Entry} Entry */
/** @typedef {import("./layout.js").MatrixLayout} MatrixLayout */
/** @typedef {import("../../scene.js").MapName} MapName */
/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {[x: number, y: number, width: number, height: number]} Rectangle */

const SMALL = 18; // a cell of the kernel below the matrix

/** @param {Rectangle} rectangle */
export const path = ([x, y, width, height]) => `M${x} ${y}h${width}v${height}h${-width}z`;

/**
 * A cell; where it has no number, its share says how strong its colour is.
 * @param {MapName} kind
 * @param {Rectangle} where
 * @param {string} text
 * @param {number} font 0 for no number
 * @param {number} share
 */
export function square(kind, [x, y, width, height], text, font, share) {
  const cell = svg("g", { class: `cw-cell cw-${kind}`, transform: `translate(${x} ${y})` });
  const rect = svg("rect", { width, height, "fill-opacity": font ? null : share.toFixed(2) });
  const place = { x: width / 2, y: height / 2, "font-size": font.toFixed(1) };
  cell.append(rect, ...(font ? [svg("text", place, text)] : []));
  return cell;
}

/**
 * How strong the colours of some numbers are.
 * @param {ArrayLike<number>} values
 */
export function shares(values) {
  const [low, high] = extent(Float64Array.from(values));
  return (/** @type {number} */ value) =>
    high > low ? 0.25 + 0.75 * (value - low) / (high - low) : 0.6;
}

/**
 * The cells of a flattened map, which can be touched, and lines around groups of them.
 * @param {Scene} scene
 * @param {MapName} map
 * @param {(n: number) => Rectangle} where
 * @param {number} font
 * @param {number} [group] how many cells have a line around them; those of a row if not given
 */
export function vector(scene, map, where, font, group) {
  const { shape, data } = mapOf(scene, map);
  const row = shape.at(-1) ?? 1;
  const share = shares(data);
  const name = `${map}, ${shape.join(" by ")}`;
  const grid = svg("g", { role: "grid", "aria-label": name, "aria-readonly": "true" });
  const cells = Array.from(data, (value, n) => {
    const cell = square(map, where(n), number(value), font, share(value));
    attribute(cell, {
      role: "gridcell",
      tabindex: -1,
      "aria-label": number(value),
      "data-index": indexAt(n, shape).join(),
    });
    return cell;
  });
  for (let n = 0; n < cells.length; n += row) {
    grid.append(svg("g", { role: "row" }, ...cells.slice(n, n + row)));
  }
  const each = group ?? row;
  const frames = range(cells.length / each).map((n) => {
    const [[x, y], [right, bottom, width, height]] = [n * each, (n + 1) * each - 1].map(where);
    return path([x, y, right + width - x, bottom + height - y]);
  });
  const frame = svg("path", { class: "cw-frame", d: frames.join("") });
  const look = `cw-grid cw-grid-${map}${font ? "" : " cw-shaded"}`;
  return { node: svg("g", { class: look, "data-map": map }, grid, frame), cells };
}

/**
 * The names of the vectors, and of the rows in the one above.
 * @param {Scene} scene
 * @param {MatrixLayout} at
 */
export function names(scene, { row, column, cell, font, width }) {
  const { shape } = mapOf(scene, column.map);
  const [cells, length] = [product(shape), shape.at(-1) ?? 1];
  const lead = shape.slice(0, -1);
  const flat = lead.length ? `${size(shape)} as ${cells} numbers, row by row` : `${cells}`;
  const labels = font && lead.length && length * cell > 40 ? range(cells / length) : [];
  const x = column.starts[0];
  return silent(
    {},
    caption({ x, y: 24 }, column.map, flat, column.map, width),
    caption({ x: row.at, y: row.starts[0] }, row.map, "", row.map),
    ...labels.map((n) => {
      const text = lead.length > 1 ? `[${indexAt(n, lead).join(", ")}]` : `row ${n}`;
      const place = { class: "cw-row", x: column.starts[n * length], y: column.at - 6 };
      return svg("text", place, text);
    }),
  );
}

/**
 * Where a connection stands.
 * @param {MatrixLayout} at
 * @param {{row: number, column: number}} entry
 * @returns {Rectangle}
 */
export const where = (at, { row, column }) => [
  at.column.starts[column],
  at.row.starts[row],
  at.cell,
  at.cell,
];

/**
 * A dot at each place where there is no connection.
 * @param {Entry[]} entries
 * @param {MatrixLayout} at
 */
export function dots(entries, at) {
  const columns = at.column.starts.length;
  const met = new Set(entries.map(({ row, column }) => row * columns + column));
  const none = range(columns * at.row.starts.length).filter((n) => !met.has(n));
  const all = none.map((n) => {
    const [x, y, size] = where(at, { row: Math.floor(n / columns), column: n % columns });
    return `M${x + size / 2} ${y + size / 2}h0`;
  });
  return svg("path", { class: "cw-dots", d: all.join("") });
}

/** The whole matrix. @param {MatrixLayout} at @returns {Rectangle} */
function whole({ row, column }) {
  const [x, y] = [column.starts[0], row.starts[0]];
  return [x, y, column.end - x, row.end - y];
}

/** A line around the matrix. @param {MatrixLayout} at */
export const frame = (at) => svg("path", { class: "cw-plain", d: path(whole(at)) });

/**
 * The connections as one image: a mask over their colour, so that it follows the theme.
 * @param {Entry[]} entries
 * @param {MatrixLayout} at
 * @param {(weight: number) => number} share
 */
export function connections(entries, at, share) {
  const columns = at.column.starts.length;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [columns, at.row.starts.length];
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const pixels = context.createImageData(canvas.width, canvas.height);
  for (const { row, column, weight } of entries) {
    pixels.data.set([255, 255, 255, 255 * share(weight)], 4 * (row * columns + column));
  }
  context.putImageData(pixels, 0, 0);
  const [x, y, width, height] = whole(at);
  const id = unique("connections");
  const look = { class: "cw-image", href: canvas.toDataURL(), preserveAspectRatio: "none" };
  return svg(
    "g",
    {},
    svg("mask", { id }, svg("image", { x, y, width, height, ...look })),
    svg("rect", { x, y, width, height, class: "cw-connections", mask: `url(#${id})` }),
    frame(at),
  );
}

/**
 * The kernel's planes side by side, where there is a kernel and room for it.
 * @param {Scene} scene
 * @param {number} width
 */
export function kernelBeside(scene, width) {
  if (!scene.kernel) return null;
  const { data, shape } = scene.kernel;
  const [rows, columns] = [1, ...shape].slice(-2);
  const planes = data.length / rows / columns;
  const step = columns * SMALL + 6;
  if (planes * step > width || rows > 16) return null;
  const font = data.every((weight) => number(weight).length <= 3) ? 10 : 0;
  /** @param {number} n @returns {Rectangle} */
  const place = (n) => {
    const [plane, row, column] = indexAt(n, [planes, rows, columns]);
    return [2 + plane * step + column * SMALL, 22 + row * SMALL, SMALL, SMALL];
  };
  const { node, cells } = vector(scene, "kernel", place, font, rows * columns);
  const title = caption({ x: 2, y: 24 }, "kernel", "", "kernel");
  const wide = Math.max(planes * step, 60);
  return { node: picture(wide, rows * SMALL + 24, title, node), cells };
}
