// Elements in one call. Text is always set as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";
const MATHML = "http://www.w3.org/1998/Math/MathML";

// anywidget loads this module once for each widget, so counting alone would not tell ids apart.
const mine = crypto.getRandomValues(new Uint32Array(1))[0].toString(36);
let ids = 0;

/**
 * An id that no other element of the page has.
 * @param {string} name
 */
export const unique = (name) => `cw-${name}-${mine}-${++ids}`;

/** @typedef {Record<string, string | number | boolean | null | undefined>} Attributes */
/** @typedef {Node | string | number} Child */

/**
 * @param {string} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {HTMLElement}
 */
export function html(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/**
 * @param {string} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {SVGElement}
 */
export function svg(tag, attributes, ...children) {
  return fill(/** @type {SVGElement} */ (document.createElementNS(SVG, tag)), attributes, children);
}

/**
 * @param {string} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {Element}
 */
export function math(tag, attributes, ...children) {
  return fill(document.createElementNS(MATHML, tag), attributes, children);
}

/**
 * Set attributes: true is present, false, null and undefined are absent.
 * @param {Element} element
 * @param {Attributes} attributes
 */
export function attribute(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
}

/**
 * Write a text where another one stands: an equal one would be laid out anew, too.
 * @param {Element} element
 * @param {string} text
 */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * @template {Element} E
 * @param {E} element
 * @param {Attributes | undefined} attributes
 * @param {Child[]} children
 */
function fill(element, attributes, children) {
  if (attributes) attribute(element, attributes);
  element.append(...children.map((child) => typeof child === "number" ? `${child}` : child));
  return element;
}
