// Icons as inline SVG: a font's glyphs differ from machine to machine.

import { svg } from "./dom.js";

const PATHS = {
  back: "M4 3h2v10H4zM13 3v10L6.5 8z",
  play: "M4 2.5v11L13.5 8z",
  pause: "M4 3h3v10H4zM9 3h3v10H9z",
  forward: "M10 3h2v10h-2zM3 3v10l6.5-5z",
  cross: "M3.5 2.5 8 7l4.5-4.5 1 1L9 8l4.5 4.5-1 1L8 9l-4.5 4.5-1-1L7 8 2.5 3.5z",
};

/** @typedef {keyof typeof PATHS} Icon */

/** @param {Icon} name */
export function icon(name) {
  return svg(
    "svg",
    { class: "cw-icon", viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" },
    svg("path", { d: PATHS[name] }),
  );
}
