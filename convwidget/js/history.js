// What was there before, so that a change can be taken back.

const PAUSE = 1000; // milliseconds that end a gesture, such as the drag of a slider
const MOST = 100;

/** @template T */
export class History {
  constructor() {
    /** @type {T[]} the latest last */
    this.past = [];
    this.gesture = { name: "", time: -Infinity };
  }

  get empty() {
    return this.past.length === 0;
  }

  /**
   * Keep what is about to change. Changes of one gesture are taken back together.
   * @param {T} shown
   * @param {string} gesture its name, or nothing
   */
  keep(shown, gesture) {
    const now = performance.now();
    const goesOn = gesture && gesture === this.gesture.name && now - this.gesture.time < PAUSE;
    if (!goesOn) this.past = [...this.past.slice(1 - MOST), shown];
    this.gesture = { name: gesture, time: now };
  }

  /** What was there before the last change. */
  back() {
    this.gesture.name = "";
    return this.past.pop();
  }
}
