// What the planes view is made of: one plane, the captions, the scheme of which maps meet.

import { range } from "../../arrays.js";
import { channels, pairs } from "../../connections.js";
import { html, svg } from "../../dom.js";
import { joined, kernelsOf } from "./model.js";
import { font } from "../box.js";
import { mapOf } from "../../scene.js";
import { inputSize, outputSize } from "../../words.js";
import { extent, grid } from "../grid.js";
import { FEW } from "../many.js";
import { cellsOf, sizeOf } from "../plane.js";
import { caption, hatches, legend, lines, silent } from "../marks.js";

/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {import("../../scene.js").MapName} MapName */
/** @typedef {import("./layout.js").Plan} Plan */
/** @typedef {import("./layout.js").Point} Point */

/**
 * A plane, and the group that it is drawn in, with its name.
 * @typedef {import("../surfaces.js").Surface & {node: SVGElement, lead: number[]}} Plane
 */

const MARGIN = 8;
const MOST_CELLS = 4096; // that are elements of the page each
const MOST_IN_A_ROW = 32;
const NOWHERE = { x: 0, y: 0, cell: 0, rows: 0, columns: 0, numbers: 0, image: false };

/**
 * What draws a plane.
 * @param {Scene} scene
 * @param {Plan} plan
 * @param {Element} root where the colours are read
 */
export function painter(scene, plan, root) {
  const { layer } = scene;
  const seen = {
    input: look(scene, "input", plan),
    kernel: look(scene, "kernel", plan),
    output: look(scene, "output", plan),
  };
  const axes = layer.axes.slice(-2);
  const unused = scene.unused.slice(-2);
  const idle = layer.axes.length > 2 ? scene.unused[0] : [];

  /** @param {MapName} map @param {number[]} lead @returns {Plane} */
  return (map, lead) => {
    const { numbers, image, range: ends } = seen[map];
    const [rows, columns] = sizeOf(scene, map);
    const found = cellsOf(scene, map, lead);
    const own = found.find(({ index }) => index)?.index;
    const box = {
      x: 0,
      y: 0,
      cell: plan.cells[map],
      rows,
      columns,
      numbers: own ? numbers : 0,
      image,
    };
    const size = mapOf(scene, map).shape.slice(-2).join(" by ");
    const drawn = grid({
      map,
      box,
      label: [map, ...own ? spoken(scene, map, own) : [], size].join(", "),
      cells: found,
      range: ends,
      legend: 0,
      root,
      few: FEW,
    });
    if (!own) drawn.node.querySelector("[role=grid]")?.remove(); // a slice of padding has no cells
    const node = svg("g", { class: "cw-map" });
    const name = nameOf(scene, map, lead, own, own ? [] : found.map(({ kind }) => kind));
    const told = map === "kernel"
      ? plan.aligned && layer.axes.length === 2
      : map === "output" && plan.beside;
    if (!told) {
      node.append(svg("text", { class: "cw-map-name", "aria-hidden": "true", y: -6 }, name));
    }
    if (map === "input") {
      const bands = idle.includes(lead[lead.length - 1]) ? [range(rows), []] : unused;
      if (name !== "beyond") node.append(lines(box, axes));
      node.append(drawn.node, hatches(box, axes, bands));
    } else node.append(drawn.node);
    const over = node.appendChild(silent());
    return { map, lead, box, drawn, over, node };
  };
}

/**
 * What a plane is called: its map, its slice.
 * @param {Scene} scene
 * @param {MapName} map
 * @param {number[]} lead
 * @param {number[] | null | undefined} own the index of a cell that is the map's own
 * @param {string[]} kinds of what stands there
 */
function nameOf({ layer }, map, lead, own, kinds) {
  const parts = [];
  if (channels(layer)) {
    const from = pairs(layer).find(({ kernel }) => `${kernel}` === `${lead.slice(0, 2)}`);
    parts.push(map === "kernel" ? `for map ${from?.input}` : `map ${lead[0]}`);
  }
  if (layer.axes.length > 2) {
    const other = ["zero", "padding"].find((kind) => kinds.includes(kind)) ?? "beyond";
    parts.push(own ? `slice ${own.at(-3)}` : other === "zero" ? "zeros" : other);
  }
  return parts.join(", ");
}

/**
 * How the cells of a map are shown.
 * @param {Scene} scene
 * @param {MapName} map
 * @param {Plan} plan
 */
function look(scene, map, { cells }) {
  const { data, shape } = mapOf(scene, map);
  const image = cells[map] < 8 || data.length > MOST_CELLS ||
    shape.slice(-2).some((size) => size > MOST_IN_A_ROW);
  return {
    image,
    numbers: image ? 0 : font(cells[map], data, cells[map] * 0.5),
    range: extent(data),
  };
}

/**
 * Which of its map's planes one is, counted from 1.
 * @param {Scene} scene
 * @param {MapName} map
 * @param {number[]} own the index of one of its cells
 */
function spoken(scene, map, own) {
  const { axes } = scene.layer;
  const { shape } = mapOf(scene, map);
  const several = map === "kernel" ? ["row of kernels", "kernel"] : ["map"];
  const names = [...shape.length > axes.length ? several : [], ...axes.length > 2 ? ["slice"] : []];
  return names.map((name, n) => `${name} ${own[n] + 1} of ${shape[n]}`);
}

/**
 * The names and sizes of the maps, and the scale of those that are shaded.
 * @param {Scene} scene
 * @param {Plan} plan
 * @param {number} width
 */
export function captions(scene, plan, width) {
  const { layer } = scene;
  const turned = layer.type === "ConvTranspose" ? ", turned by 180°" : "";
  const kernel = channels(layer) ? "kernels" : "kernel";
  /** @type {[MapName, Point, string, string][]} */
  const all = [
    ["input", { x: 0, y: 28 }, "input", inputSize(layer)],
    ["kernel", plan.captions.kernel, kernel, `${kernelsOf(layer)}${turned}`],
    ["output", plan.captions.output, "output", outputSize(layer)],
  ];
  const node = silent();
  for (const [map, { x, y }, name, text] of all) {
    if (map === "kernel" && !scene.kernel) continue;
    const left = x || MARGIN;
    node.append(caption({ x: left, y }, name, text, map, width));
    const end = left + 8.2 * (name.length + 1 + text.length) + 12;
    const { numbers, range } = look(scene, map, plan);
    if (numbers || end + 190 > width) continue;
    const at = { class: `cw-grid-${map}`, transform: `translate(${end} ${y - 30})` };
    node.append(svg("g", at, legend(NOWHERE, range)));
  }
  return node;
}

/**
 * Which maps are joined, as a table of squares with a row for each output map, and how many weights
 * that takes.
 * @param {Scene} scene
 */
export function scheme(scene) {
  const { layer, input, output } = scene;
  const [inputs, outputs] = [input.shape[0], output.shape[0]];
  const side = Math.max(inputs, outputs) > 8 ? 9 : 14;
  const step = side + 3;
  /** @param {number} column @param {number} row @param {string} name */
  const square = (column, row, name) =>
    svg("rect", {
      class: `cw-square-${name}`,
      x: column * step + 1.5,
      y: row * step + 1.5,
      width: side,
      height: side,
      rx: 2,
    });
  const joins = new Set(pairs(layer).map(({ input, output }) => `${input},${output}`));
  const rows = range(outputs).map((f) => {
    const line = range(inputs).map((n) =>
      square(n, f + 1.4, joins.has(`${n},${f}`) ? "kernel" : "none")
    );
    return svg("g", {}, ...line, square(inputs + 0.4, f + 1.4, "output"));
  });
  const [width, height] = [inputs, outputs].map((count) => (count + 1.4) * step + 3);
  const picture = svg(
    "svg",
    { class: "cw-scheme", "aria-hidden": "true", viewBox: `0 0 ${width} ${height}`, width, height },
    ...range(inputs).map((n) => square(n, 0, "input")),
    ...rows,
  );
  const groups = html("strong", {}, `groups = ${layer.groups}`);
  const node = html(
    "div",
    { class: "cw-meeting" },
    picture,
    html("p", {}, groups, ` ${joined(scene)}`),
  );
  return { node, rows: rows.map((row, f) => /** @type {const} */ ([`${f}`, row])) };
}
