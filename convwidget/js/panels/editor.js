// Editing a number in its cell: a field over the cell, for as long as it is written in.

import { html } from "../dom.js";

/** @typedef {import("../session.js").Session} Session */
/** @typedef {import("../scene.js").Place} Place */

const STARTS = /^[-−.\d]$/;
const NUMBER = /^[-+]?(\d+[.,]?\d*|[.,]\d+)(e[-+]?\d+)?$/i;
const THOUSANDS = /^[-+]?[1-9]\d{0,2},\d{3}$/; // or a number with three decimals: nobody can tell

/** @param {string} key */
export const begins = (key) => STARTS.test(key) || key === "F2";

/**
 * What is written, as a number; NaN where it is none.
 * @param {string} text
 */
function read(text) {
  const plain = text.trim().replaceAll("−", "-");
  return NUMBER.test(plain) && !THOUSANDS.test(plain) ? Number(plain.replace(",", ".")) : NaN;
}

export class Editor {
  /**
   * @param {Session} session
   * @param {HTMLElement} holder what the cells stand in
   * @param {(text: string) => void} say
   */
  constructor(session, holder, say) {
    this.session = session;
    this.holder = holder;
    this.say = say;
    /** @type {HTMLInputElement | null} */
    this.field = null;
    /** @type {Place | null} */
    this.place = null;
  }

  /**
   * Write in a cell.
   * @param {Place} place
   * @param {Element} element
   * @param {string} text what is there at first
   * @param {boolean} chosen whether that is chosen, for the next key to write over
   * @param {(move: "stay" | "down" | "leave") => void} done
   */
  open(place, element, text, chosen, done) {
    this.close();
    const cell = element.querySelector("rect, polygon, path")?.getBoundingClientRect() ??
      element.getBoundingClientRect();
    const holder = this.holder.getBoundingClientRect();
    const [width, height] = [Math.max(cell.width, 44), Math.max(cell.height, 26)];
    const left = cell.left - holder.left + this.holder.scrollLeft + (cell.width - width) / 2;
    const top = cell.top - holder.top + (cell.height - height) / 2;
    const field = /** @type {HTMLInputElement} */ (html("input", {
      class: "cw-editor",
      type: "text",
      inputmode: "decimal",
      "aria-label": `${place.map}[${place.index.join(", ")}]`,
      style: `left: ${left}px; top: ${top}px; width: ${width}px; height: ${height}px`,
    }));
    field.value = text;
    this.field = field;
    this.place = place;
    /** @param {"stay" | "leave"} move */
    const cancel = (move) => {
      this.close();
      done(move);
    };
    /** @param {"down" | "leave"} move */
    const commit = (move) => {
      if (this.field !== field) return;
      const value = read(field.value);
      if (field.value.trim() === "") return cancel(move === "leave" ? "leave" : "stay");
      // Python holds a whole number exactly only up to this.
      if (!(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) {
        field.setAttribute("aria-invalid", "true");
        this.say(`${field.value} is not a number that can be shown.`);
        if (move === "leave") cancel("leave");
        return;
      }
      this.close();
      this.session.edit(place, value);
      done(move);
    };
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") commit("down");
      else if (event.key === "Escape") cancel("stay");
      else if (event.key === "Tab") {
        element instanceof SVGElement && element.focus(); // from where Tab then goes on
        commit("leave");
      }
      if (event.key === "Enter" || event.key === "Escape") event.preventDefault();
      if (event.key !== "Tab") event.stopPropagation();
    });
    field.addEventListener("blur", () => commit("leave"));
    this.holder.append(field);
    field.focus();
    if (chosen) field.select();
  }

  /** What is being written, and where. @type {{place: Place, text: string} | null} */
  get pending() {
    return this.field && this.place && { place: this.place, text: this.field.value };
  }

  close() {
    const { field } = this;
    this.field = null; // first, for a field that is removed loses the keyboard
    field?.remove();
  }
}
