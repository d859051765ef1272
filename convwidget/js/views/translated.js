// A view of another scene than the widget's own, in which each cell has another index: a strip as a
// map of one row, a convolution's kernel turned.

/** @typedef {import("../scene.js").Place} Place */
/** @typedef {import("./board.js").View} View */

export class Translated {
  /** @param {View} inner */
  constructor(inner) {
    this.inner = inner;
    /** @type {Element} */
    this.node = inner.node;
  }

  /**
   * A cell of the widget's scene as the inner view knows it.
   * @param {Place} place
   * @returns {Place}
   */
  into(place) {
    return place;
  }

  /**
   * The way back; null for a cell that the widget's scene does not have.
   * @param {Place} place
   * @returns {Place | null}
   */
  out(place) {
    return place;
  }

  /** @param {Place | null} place */
  outside(place) {
    return place && this.out(place);
  }

  /** @param {Place} place */
  light(place) {
    this.inner.light(this.into(place));
  }

  /** @param {Place} place */
  element(place) {
    return this.inner.element(this.into(place));
  }

  /** @param {Place} place */
  enter(place) {
    this.inner.enter(this.into(place));
  }

  /** @param {MouseEvent} event */
  under(event) {
    return this.outside(this.inner.under(event));
  }

  /** @param {Element} element */
  placeOf(element) {
    return this.outside(this.inner.placeOf(element));
  }

  /** @param {Place} place */
  within(place) {
    return this.outside(this.inner.within(this.into(place))) ?? place;
  }

  /**
   * @param {Place} place
   * @param {{key: string, ctrlKey: boolean}} event
   */
  after(place, event) {
    return this.outside(this.inner.after(this.into(place), event));
  }
}
