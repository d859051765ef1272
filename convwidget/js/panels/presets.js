// What fills the input and the kernel: a preset, or numbers of one's own.

import { FILLS } from "../cells.js";
import { html, write } from "../dom.js";
import { menu } from "./fields.js";

/** @typedef {import("../session.js").Session} Session */

/** @type {Record<string, string>} */
const NAMES = {
  random: "random integers",
  ramp: "1, 2, 3 …",
  ones: "ones",
  zeros: "zeros",
  identity: "identity",
  blur: "blur, not divided",
  sharpen: "sharpen",
  sobel: "Sobel (edges)",
};

/** The others are shapes of a kernel. */
const OF_INPUTS = ["random", "ramp", "ones", "zeros"];

export class Presets {
  /** @param {Session} session */
  constructor(session) {
    this.session = session;
    this.rows = /** @type {const} */ (["input", "kernel"]).map((map) => this.row(map));
    this.node = html("div", {}, ...this.rows.map(({ label }) => label));
  }

  /** @param {"input" | "kernel"} map */
  row(map) {
    const fills = Object.keys(FILLS).filter((fill) => map === "kernel" || OF_INPUTS.includes(fill));
    const options = [
      ["", "your own"],
      ...fills.map((fill) => [fill, NAMES[fill] ?? fill]),
    ];
    const select = menu(`${map} values`, options, (fill) => {
      if (fill) this.session.fill(map, fill);
    });
    const label = html("label", { class: "cw-check" }, `${map} values`, select);
    return { map, select, own: select.options[0], label };
  }

  update() {
    const { session } = this;
    for (const { map, select, own, label } of this.rows) {
      const { fill, edits = [] } = session.shown[map];
      select.value = fill && !edits.length ? fill : "";
      write(own, fill && edits.length ? `${NAMES[fill] ?? fill}, edited` : "your own");
      own.disabled = Boolean(select.value);
      label.style.display = map === "kernel" && !session.scene.kernel ? "none" : "";
      select.disabled = session.hidden;
    }
  }
}
