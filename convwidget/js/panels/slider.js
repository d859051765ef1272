// A setting's slider, for pointer and touch; its number field serves the keyboard and screen readers.

import { html } from "../dom.js";

/**
 * @param {{setting: string, range(): [number, number], shown(): number, held(): boolean,
 *   choose(wanted: number): void, leave(): void}} what `leave` takes the keyboard over
 */
export function slider({ setting, range, shown, held, choose, leave }) {
  const node = /** @type {HTMLInputElement} */ (html("input", {
    class: `cw-slider cw-of-${setting}`,
    type: "range",
    tabindex: -1,
    "aria-hidden": "true",
  }));
  node.addEventListener("input", () => choose(Number(node.value)));
  // Hidden from screen readers, so it hands the keyboard on (a finger would call up a keyboard).
  node.addEventListener("pointerup", ({ pointerType }) => {
    if (pointerType === "mouse") leave();
  });
  return {
    node,
    /** @param {{low: number, high: number}} reached what can be reached now is not shaded */
    update({ low, high }) {
      const [least, most] = range();
      // Each is written where it changes only: the browser lays the slider out anew for an equal one.
      if (node.min !== `${least}`) node.min = `${least}`;
      if (node.max !== `${most}`) node.max = `${most}`;
      if (node.value !== `${shown()}`) node.value = `${shown()}`;
      node.disabled = held();
      /** @param {number} at */
      const share = (at) =>
        `${100 * (Math.min(Math.max(at, least), most) - least) / (most - least || 1)}%`;
      const style = `--cw-low: ${share(low)}; --cw-high: ${share(high)}; --cw-at: ${
        share(shown())
      }`;
      if (node.getAttribute("style") !== style) node.setAttribute("style", style);
    },
  };
}
