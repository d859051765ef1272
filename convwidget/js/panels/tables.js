// The numbers as tables: for reading without a picture, for touch, and for copying.

import { indices, range } from "../arrays.js";
import { html } from "../dom.js";
import { Disclosure } from "./disclosure.js";
import { number, size } from "../words.js";

const MOST = 32;

export class Tables extends Disclosure {
  /** @param {import("../session.js").Session} session */
  constructor(session) {
    super(session, "Values as tables", "cw-tables");
  }

  /** @override @param {import("../scene.js").Scene} scene */
  fill(scene) {
    const all = /** @type {const} */ (["input", "kernel", "output"]);
    const maps = all.filter((map) => map !== "output" || !this.session.hidden);
    this.body.replaceChildren(...maps.flatMap((map) => {
      const values = scene[map];
      return values ? planes(values).map((plane) => table(`${map}${plane.name}`, plane)) : [];
    }));
  }
}

/**
 * The tables of a map: its last two axes, for each index of those before.
 * @param {import("../values.js").Result} map
 */
function planes({ shape, data }) {
  const lead = shape.slice(0, -2);
  const [rows, columns] = [1, ...shape].slice(-2);
  return indices(lead).map((index, n) => ({
    name: index.length ? `[${index.join(", ")}]` : "",
    rows,
    columns,
    data: data.subarray(n * rows * columns, (n + 1) * rows * columns),
  }));
}

/**
 * @param {string} name
 * @param {{rows: number, columns: number, data: Float64Array}} plane
 */
function table(name, { rows, columns, data }) {
  const title = `${name}, ${size([rows, columns])}`;
  if (rows > MOST || columns > MOST) {
    return html("p", {}, `${title}: too large for a table; read it in Python.`);
  }
  const head = range(columns).map((n) => html("th", { scope: "col" }, n));
  const body = range(rows).map((row) =>
    html(
      "tr",
      {},
      html("th", { scope: "row" }, row),
      ...range(columns).map((n) => html("td", {}, number(data[row * columns + n]))),
    )
  );
  return html(
    "div",
    { class: "cw-scroll", tabindex: 0, role: "group", "aria-label": title },
    html(
      "table",
      {},
      html("caption", {}, title),
      html("thead", {}, html("tr", {}, html("td", {}), ...head)),
      html("tbody", {}, ...body),
    ),
  );
}
