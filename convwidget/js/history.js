// What was there before, so that a hand's own changes can be taken back.

const PAUSE = 1000; // milliseconds that end a gesture, such as the drag of a slider
const MOST = 100;

/** @typedef {Record<string, unknown>} Values what a change wrote over, by name */

export class History {
  constructor() {
    /** @type {Values[]} the latest last */
    this.past = [];
    this.gesture = { name: "", time: -Infinity };
  }

  get empty() {
    return this.past.length === 0;
  }

  /**
   * Keep what is about to change. Changes of one gesture are taken back together.
   * @param {Values} before
   * @param {string} gesture its name, or nothing
   */
  keep(before, gesture) {
    const now = performance.now();
    const goesOn = gesture && gesture === this.gesture.name && now - this.gesture.time < PAUSE;
    const begun = goesOn ? this.past.pop() : {};
    this.past = [...this.past.slice(1 - MOST), { ...before, ...begun }];
    this.gesture = { name: gesture, time: now };
  }

  /**
   * What somebody else changed is theirs now: taking back leaves it alone.
   * @param {string} name
   */
  leave(name) {
    this.gesture.name = "";
    for (const before of this.past) delete before[name];
    this.past = this.past.filter((before) => Object.keys(before).length > 0);
  }

  /** What the last change wrote over. */
  back() {
    this.gesture.name = "";
    return this.past.pop();
  }
}
