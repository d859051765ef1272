// One stamp: the kernel, scaled by an input cell, and what of it lands on the cell that is lit.

import { html, svg } from "../../dom.js";
import { number } from "../../words.js";
import { rectangle } from "../marks.js";
import { cornered, EDGE, figures, framed } from "./parts.js";

/** Room for "+ 156" beside the kernel. */
export const SHARE = 48;

/**
 * @param {import("../../values.js").Result} kernel
 * @param {number} cell
 * @param {{x: number, at: readonly number[] | null, share: string, look: string}} what `at` is the
 *   kernel cell that lands, `look` the outline, the same as on the output
 */
export function scaled({ shape, data }, cell, { x, at, share, look }) {
  const box = cornered(cell, shape);
  const hit = at ? [rectangle(box, at, [1, 1], "cw-hit")] : [];
  const y = EDGE + ((at?.[0] ?? 0) + 0.5) * cell;
  const products = { shape: [...shape], data: data.map((weight) => x * weight) };
  const picture = framed(
    { ...box, columns: shape[1] + SHARE / cell },
    svg("g", { class: "cw-kernel" }, rectangle(box, [0, 0], shape, "")),
    rectangle(box, [0, 0], shape, look),
    ...hit,
    ...figures(products, cell),
    svg("text", { class: "cw-share", x: EDGE + shape[1] * cell + 5, y }, share),
  );
  const factor = html("b", { class: "cw-ink-input" }, number(x));
  return html("div", { class: "cw-scaled" }, html("p", {}, factor, " × kernel"), picture);
}
