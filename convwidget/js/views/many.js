// Many cells in a few elements: their squares are one path, their numbers one text for all that are
// equally wide. A cell that lights up, or gets the keyboard, is taken out: it becomes an element
// like those of smaller maps.

import { html, svg } from "../dom.js";
import { widest } from "../words.js";
import { isNoted } from "./box.js";

/** @typedef {import("./grid.js").Cell} Cell */
/** @typedef {import("./box.js").Box} Box */

/**
 * Cells that are drawn by one element, and how it is drawn anew.
 * @typedef {{cells: Set<Cell>, draw(cells: Set<Cell>): void}} Part
 */

export const FEW = 60; // cells, up to which each is an element

const FINER = 4; // so much larger the numbers are set, and then shrunk: past any least font size

/** Kinds with a shape of their own. */
const SHAPED = ["gap", "beyond", "zero"];

/**
 * Whether a grid has too many cells for an element each.
 * @param {Box} box
 * @param {Cell[]} cells
 * @param {number} few
 */
export function isMany({ image, cell, numbers }, cells, few) {
  if (image || cells.length <= few || cells.some(({ note }) => isNoted(note, cell))) return false;
  if (numbers <= 12) return true;
  // A tab that is nearer than half a digit would be passed over.
  const values = new Set(cells.map(({ value }) => value));
  return cell - numbers * widest(values) > numbers * 0.35;
}

export class Many {
  /**
   * @param {Box} box
   * @param {Cell[]} cells
   * @param {{place(cell: Cell): SVGElement, fill(cell: Cell): string | undefined,
   *   text(value: number): string, font(kind: string): number, look: string, root: Element}} how
   *   `place` makes an element for one cell
   */
  constructor(box, cells, how) {
    this.box = box;
    this.how = how;
    this.node = svg("g", { "aria-hidden": "true" });
    /** @type {Map<string, SVGElement>} */
    this.taken = new Map();
    /** @type {Map<Cell, Part[]>} the cells without an element, and what draws them */
    this.rest = new Map();
    /** @type {Set<Part>} what is still to be drawn */
    this.due = new Set();
    /** @type {Map<string, Part>} */
    this.parts = new Map();
    /** @type {Record<string, SVGElement>} */
    this.kinds = {};
    /** @type {Map<string, Part[]>} */
    const alike = new Map();
    for (const cell of cells) {
      if (SHAPED.includes(cell.kind)) {
        this.taken.set(`${cell.row},${cell.column}`, how.place(cell));
        continue;
      }
      const like = `${cell.kind} ${cell.value}`;
      let parts = alike.get(like);
      if (!parts) alike.set(like, parts = this.partsOf(cell));
      for (const part of parts) part.cells.add(cell);
      this.rest.set(cell, parts);
    }
  }

  /**
   * The parts that draw a cell.
   * @param {Cell} cell
   */
  partsOf(cell) {
    const { box, how } = this;
    const { kind, value } = cell;
    const found = [];
    if (cell.index) {
      const fill = how.fill(cell);
      found.push(this.part(`${kind} ${fill}`, kind, () => squares(box, fill)));
    }
    // Two digits are as wide as any other two.
    const like = box.numbers ? how.text(value).replace(/\d/g, "0") : "";
    if (like) {
      const font = how.font(kind);
      const left = (box.cell - font * width(like, how.root, how.look !== "")) / 2;
      found.push(this.part(`${kind} ${like}`, kind, () => numbers(box, font, left, how.text)));
    }
    return found;
  }

  /**
   * @param {string} key
   * @param {string} kind
   * @param {() => {node: SVGElement, draw(cells: Set<Cell>): void}} make
   */
  part(key, kind, make) {
    let part = this.parts.get(key);
    if (!part) {
      const { node, draw } = make();
      this.kinds[kind] ??= this.node.appendChild(
        svg("g", { class: `cw-many cw-${kind} ${this.how.look}`.trim() }),
      );
      this.kinds[kind].append(node);
      this.parts.set(key, part = { cells: new Set(), draw });
      this.put(part);
    }
    return part;
  }

  /**
   * Draw a part, before the page is laid out and after all the cells that leave it now.
   * @param {Part} part
   */
  put(part) {
    if (!this.due.size) {
      queueMicrotask(() => {
        for (const { cells, draw } of this.due) draw(cells);
        this.due.clear();
      });
    }
    this.due.add(part);
  }

  /**
   * The element of a cell, which it gets now if it has none.
   * @param {string} at row and column
   */
  get(at) {
    const [row, column] = at.split(",").map(Number);
    for (const cell of this.rest.keys()) {
      if (cell.row === row && cell.column === column) this.take(cell);
    }
    return this.taken.get(at);
  }

  /** @param {Cell} cell */
  take(cell) {
    for (const part of this.rest.get(cell) ?? []) {
      part.cells.delete(cell);
      this.put(part);
    }
    this.rest.delete(cell);
    this.taken.set(`${cell.row},${cell.column}`, this.how.place(cell));
  }

  /** The elements of all cells. */
  values() {
    for (const cell of this.rest.keys()) this.take(cell);
    return this.taken.values();
  }
}

/**
 * @param {Box} box
 * @param {string} [fill]
 */
function squares({ cell }, fill) {
  const node = svg("path", { class: "cw-squares", style: fill && `fill: ${fill}` });
  return {
    node,
    /** @param {Set<Cell>} cells */
    draw(cells) {
      let d = "";
      for (const { row, column } of cells) {
        d += `M${column * cell} ${row * cell}h${cell}v${cell}h${-cell}z`;
      }
      node.setAttribute("d", d);
    },
  };
}

/**
 * Numbers that are equally wide, as lines of text with a tab for each column: as quick to lay out
 * as a paragraph.
 * @param {Box} box
 * @param {number} font
 * @param {number} left where a number begins in its cell
 * @param {(value: number) => string} text
 */
function numbers({ cell, rows, columns }, font, left, text) {
  const style = written({
    "font-size": `${FINER * Number(font.toFixed(1))}px`,
    "line-height": `${FINER * cell}px`,
    "tab-size": `${FINER * cell}px`,
    "letter-spacing": "0",
    "word-spacing": "0",
    "text-indent": "0",
    direction: "ltr",
  });
  const lines = html("div", { class: "cw-numbers", style });
  const large = svg("foreignObject", {
    x: (FINER * left).toFixed(2),
    width: FINER * columns * cell,
    height: FINER * rows * cell,
    transform: `scale(${1 / FINER})`,
  }, lines);
  return {
    node: svg("g", { class: "cw-written" }, large),
    /** @param {Set<Cell>} cells */
    draw(cells) {
      let [line, row, column] = ["", 0, 0];
      for (const one of cells) {
        if (one.row > row) {
          line += "\n".repeat(one.row - row);
          [row, column] = [one.row, 0];
        }
        line += "\t".repeat(one.column - column) + text(one.value);
        column = one.column;
      }
      lines.textContent = line;
    },
  };
}

/**
 * A style that a reader's own text spacing leaves alone: it would part the numbers from their cells.
 * @param {Record<string, string>} properties
 */
const written = (properties) =>
  Object.entries(properties).map(([name, value]) => `${name}: ${value} !important`).join("; ");

/** @type {WeakMap<Element, (text: string, bold: boolean) => number>} */
const fonts = new WeakMap();

/**
 * How wide a text is in the font of an element, in sizes of it.
 * @param {string} text
 * @param {Element} root
 * @param {boolean} bold
 */
function width(text, root, bold) {
  let measure = fonts.get(root);
  if (!measure) {
    const context = document.createElement("canvas").getContext("2d");
    const family = getComputedStyle(root).fontFamily || "sans-serif";
    /** @param {string} text @param {boolean} bold */
    const measured = (text, bold) => {
      if (!context) return 0;
      context.font = `${bold ? 700 : 400} 100px ${family}`;
      return context.measureText(text).width / 100;
    };
    /** @type {Record<string, number>} */
    const known = {};
    measure = (text, bold) => known[`${bold} ${text}`] ??= measured(text, bold);
    fonts.set(root, measure);
  }
  return measure(text, bold);
}
