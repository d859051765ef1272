// The window's starts, numbered along the axes of the input.

import { range } from "../../arrays.js";
import { svg } from "../../dom.js";
import { count } from "../../words.js";
import { labels, silent } from "../marks.js";

const CLOSEST = 24; // below this distance the numbers of two starts would touch
const STARTS_WIDTH = 100; // room for the words that count them

/**
 * The window's starts, numbered along both axes.
 * @param {import("../../layers.js").Layer} layer
 * @param {import("../box.js").Box} box
 * @param {boolean} beyond whether there is room for words to the right of the box
 */
export function ticks(layer, box, beyond) {
  const node = silent({ class: "cw-ticks" });
  const [rows, columns] = layer.axes;
  /** @param {import("../../axis.js").Axis} axis @param {number} n */
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
 * @param {import("../../axis.js").Axis} axis
 * @param {number} cell
 * @param {(n: number) => number[]} where
 */
function axisTicks(axis, cell, where) {
  const distance = axis.stride * cell;
  const every = [1, 2, 5, 10, 20, 50, 100].find((n) => n * distance >= CLOSEST) ?? axis.output;
  const all = range(Math.ceil(axis.output / every)).map((n) => {
    const [x, y] = where(n * every);
    return { x, y, width: 21, text: String(n * every) };
  });
  const moving = svg(
    "g",
    { class: "cw-tick" },
    svg("rect", { x: -10.5, y: -9, width: 21, height: 18, rx: 9 }),
    svg("text", { "font-size": 11 }, 0),
  );
  return {
    drawn: [labels("cw-marks", { font: 11, height: 18, r: 9 }, all), moving],
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
