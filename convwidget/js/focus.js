// The keyboard's place, kept through what is drawn anew.

/**
 * What has the keyboard where a node stands: of what is in a shadow root, the document knows only
 * the host.
 * @param {Node} node
 */
export const active = (node) =>
  /** @type {Partial<Document | ShadowRoot>} */ (node.getRootNode()).activeElement ?? null;

/**
 * Draw, and give the keyboard back to the same control, or to the widget where that is gone: from
 * the page's body it would have to begin from the top.
 * @param {HTMLElement} root
 * @param {() => void} draw
 */
export function keepingFocus(root, draw) {
  const held = active(root);
  const mine = (held instanceof HTMLElement || held instanceof SVGElement) && root.contains(held);
  draw();
  if (!mine) return;
  // To ask what can be used lays the page out: after the last of the drawing, or it is done twice.
  queueMicrotask(() => {
    const now = active(root);
    if (root.contains(now) && (now !== held || usable(held))) return;
    const all = /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(held.tagName));
    const again = [...all].find((one) => name(one) === name(held) && usable(one));
    (again ?? root).focus();
  });
}

/** @param {HTMLElement | SVGElement} element */
const usable = (element) =>
  element.isConnected && element.getClientRects().length > 0 && !element.matches(":disabled");

/** @param {HTMLElement | SVGElement} element */
const name = (element) =>
  element.getAttribute("aria-label") ?? element.closest("label")?.textContent ??
    element.textContent;
