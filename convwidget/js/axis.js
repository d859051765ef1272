// One axis of a layer: a window that slides over a stretched, padded line. Integers only.
// convwidget/axis.py is its twin; tests hold the two together.

/** The bound of every setting and size, up to which Python and JavaScript agree exactly. */
export const MAX_SIZE = 2 ** 31 - 1;

/**
 * A value as Python writes it, for messages are the same in both languages.
 * @param {unknown} value
 * @returns {string}
 */
export function written(value) {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return value.includes("'") ? `"${value}"` : `'${value}'`;
  if (Array.isArray(value)) return `[${value.map(written).join(", ")}]`;
  return String(value);
}

/**
 * An integer from `least` to the bound of all sizes; a boolean, a fraction and a string are none.
 * A BigInt is one: a name of padding can stand for more than 2 ** 53.
 * @param {number} least
 * @param {unknown} value
 * @param {string} name
 */
export function atLeast(least, value, name) {
  if (!Number.isInteger(value) && typeof value !== "bigint") {
    throw new TypeError(`${name} must be an integer, not ${written(value)}`);
  }
  const number = /** @type {number | bigint} */ (value);
  if (number < least) {
    throw new RangeError(`${name} must be at least ${least}, but it is ${number}`);
  }
  if (number > MAX_SIZE) {
    throw new RangeError(`${name} must be at most ${MAX_SIZE}, but it is ${number}`);
  }
  return Number(number);
}

/**
 * What an axis is made of.
 * @typedef {{input: number, kernel: number, stride?: number, before?: number | bigint,
 *   after?: number | bigint, dilation?: number, stretch?: number, ceilMode?: boolean}} AxisSettings
 */

/** @param {AxisSettings} settings */
export const axis = (settings) => new Axis(settings);

/**
 * `kernel` cells, `dilation` apart, sliding in steps of `stride` over a line: the input with
 * `stretch - 1` zeros between its cells, `before` cells of padding ahead of it and `after` behind
 * it (a negative number crops). Positions on the padded line count from 0.
 */
export class Axis {
  /** @param {AxisSettings} settings */
  constructor({
    input,
    kernel,
    stride = 1,
    before = 0,
    after = 0,
    dilation = 1,
    stretch = 1,
    ceilMode = false,
  }) {
    this.input = atLeast(1, input, "input");
    this.kernel = atLeast(1, kernel, "kernel");
    this.stride = atLeast(1, stride, "stride");
    this.dilation = atLeast(1, dilation, "dilation");
    this.stretch = atLeast(1, stretch, "stretch");
    this.before = atLeast(-MAX_SIZE, before, "padding");
    this.after = atLeast(-MAX_SIZE, after, "padding");
    this.ceilMode = ceilMode;

    // A product of two settings below 2 ** 31 can pass 2 ** 53 and be rounded, but never to below
    // 2 ** 53, and the padding, below 2 ** 32, cannot bring it back under the bound. So these
    // comparisons are right in any case, and every size that passes them is exact.
    /** The input's size with the zeros between its cells, ĩ. */
    this.stretched = (input - 1) * stretch + 1;
    /** The line's size: stretched and padded. */
    this.padded = this.stretched + this.before + this.after;
    /** The window's size, k̂: the kernel's cells and the gaps between them. */
    this.effectiveKernel = dilation * (kernel - 1) + 1;
    if (this.effectiveKernel > MAX_SIZE) {
      const size = BigInt(dilation) * BigInt(kernel - 1) + 1n;
      throw new RangeError(`the effective kernel must be at most ${MAX_SIZE}, but it is ${size}`);
    }
    if (this.padded > MAX_SIZE) {
      const size = BigInt(input - 1) * BigInt(stretch) + 1n + BigInt(before) + BigInt(after);
      throw new RangeError(`the padded input must be at most ${MAX_SIZE}, but it is ${size}`);
    }
    if (this.padded < 1) {
      throw new RangeError(
        `padding ${before} before and ${after} after crops the input (${this.stretched}) to nothing`,
      );
    }

    const travel = this.padded - this.effectiveKernel;
    let steps = Math.floor(travel / stride);
    if (ceilMode) {
      steps = Math.ceil(travel / stride);
      const inputEnd = this.before + this.stretched + Math.min(this.after, 0);
      if (steps > 0 && steps * stride >= inputEnd) steps -= 1;
    }
    /** The number of windows, o. */
    this.output = steps + 1;
    /** Cells behind the last window; negative where that window hangs over (ceil mode). */
    this.leftOver = travel - steps * stride;
    if (this.output < 1) {
      throw new RangeError(
        `the kernel (effective size ${this.effectiveKernel}) ` +
          `does not fit in the padded input (${this.padded})`,
      );
    }
    Object.freeze(this);
  }

  /** Places of the line that are drawn: those on it, and what the last window needs beyond. */
  get shown() {
    return this.padded + Math.max(0, -this.leftOver);
  }

  /**
   * The first and the last input cell that no crop takes away; the last stands before the first
   * where it takes all.
   * @returns {[number, number]}
   */
  get kept() {
    const last = Math.floor((this.padded - 1 - this.before) / this.stretch);
    return [Math.max(0, Math.ceil(-this.before / this.stretch)), Math.min(this.input - 1, last)];
  }

  /**
   * Where on the padded line the window of an output cell starts.
   * @param {number} output
   */
  start(output) {
    return output * this.stride;
  }

  /**
   * Where on the padded line an input cell stands; a crop may have taken it away.
   * @param {number} cell
   */
  position(cell) {
    return this.before + cell * this.stretch;
  }

  /**
   * The input cell at a position of the padded line, or null where there is none.
   * @param {number} position
   * @returns {number | null}
   */
  source(position) {
    if (position < 0 || position >= this.padded) return null;
    const cell = (position - this.before) / this.stretch;
    return Number.isInteger(cell) && cell >= 0 && cell < this.input ? cell : null;
  }

  /**
   * The pairs [kernel cell, input cell] that meet in the window of an output cell.
   * @param {number} output
   */
  taps(output) {
    /** @type {[number, number][]} */
    const pairs = [];
    for (let j = 0; j < this.kernel; j++) {
      const cell = this.source(this.start(output) + j * this.dilation);
      if (cell !== null) pairs.push([j, cell]);
    }
    return pairs;
  }

  /**
   * The pairs [output cell, kernel cell] through which an input cell is used.
   * @param {number} cell
   */
  reached(cell) {
    const position = this.position(cell);
    /** @type {[number, number][]} */
    const pairs = [];
    if (position >= this.padded) return pairs;
    for (let j = this.kernel - 1; j >= 0; j--) {
      const output = (position - j * this.dilation) / this.stride;
      if (Number.isInteger(output) && output >= 0 && output < this.output) pairs.push([output, j]);
    }
    return pairs;
  }

  /**
   * How many of a window's cells lie on the padded line, and not beyond its end.
   * @param {number} output
   */
  counted(output) {
    const room = this.padded - 1 - this.start(output);
    return Math.min(this.kernel, Math.floor(room / this.dilation) + 1);
  }
}
