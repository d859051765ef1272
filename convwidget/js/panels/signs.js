// What the signs in the picture and the formula mean: those that are there now.

/** @typedef {import("../scene.js").Scene} Scene */

/**
 * @param {Scene} scene
 * @returns {string[]} a sentence for each
 */
export function signs({ layer, explanations }) {
  const drawn = JSON.stringify(explanations);
  const windows = new Set(layer.axes.map((axis) => axis.effectiveKernel));
  return [
    ...new Set(explanations.map(named)),
    layer.type === "Conv"
      ? "The star ⋆ is correlation: at each place of the window, multiply cell by cell and add up."
      : "",
    `k̂ = d·(k − 1) + 1 is how far the window reaches with the gaps of dilation: ${
      [...windows].join(" and ")
    } here.`,
    drawn.includes('"floor"') ? "⌊ ⌋ rounds down to a whole number." : "",
    drawn.includes('"ceil"') ? "⌈ ⌉ rounds up to a whole number." : "",
    layer.axes.some((axis) => axis.leftOver < 0)
      ? "× marks a place beyond the padded input, under a window that hangs over: it never counts."
      : "",
  ].filter(Boolean);
}

/**
 * Where a relationship comes from.
 * @param {import("../relationships.js").Explanation} explanation
 */
export const named = ({ number, section, name }) =>
  number ? `Relationship ${number} is the guide's formula for ${name} (section ${section}).` : "";
