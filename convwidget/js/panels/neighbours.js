// The sizes nearby, as a table: each setting a little less and a little more.

import { html } from "../dom.js";
import { Disclosure } from "./disclosure.js";
import { button } from "./fields.js";
import { nearby, sentences, STEPS } from "../nearby.js";
import { letters, number } from "../words.js";

export class Neighbours extends Disclosure {
  /** @param {import("../session.js").Session} session */
  constructor(session) {
    super(session, "Sizes nearby", "cw-nearby", true);
  }

  /** @override @param {import("../scene.js").Scene} scene */
  fill({ layer }) {
    this.body.replaceChildren(
      this.table(layer),
      ...sentences(layer).map((sentence) => html("p", { class: "cw-sentence" }, sentence)),
    );
  }

  /** @param {import("../layers.js").Layer} layer */
  table(layer) {
    const { output: o } = letters(layer);
    const caption = `The output size ${o} when one setting moves`;
    const heads = STEPS.map((by) => by === 0 ? "now" : by < 0 ? number(by) : `+${by}`);
    const rows = nearby(layer).map((row) =>
      html(
        "tr",
        {},
        html("th", { scope: "row" }, `${row.name} `, html("i", {}, row.letter)),
        ...row.cells.map((cell) => this.cell(row, cell, o)),
      )
    );
    return html(
      "div",
      { class: "cw-scroll", tabindex: 0, role: "group", "aria-label": caption },
      html(
        "table",
        {},
        html("caption", {}, `${caption} by:`),
        html(
          "thead",
          {},
          html(
            "tr",
            {},
            html("th", { scope: "col" }, "setting"),
            ...heads.map((head) => html("th", { scope: "col" }, head)),
          ),
        ),
        html("tbody", {}, ...rows),
      ),
    );
  }

  /**
   * @param {import("../nearby.js").Row} row
   * @param {import("../nearby.js").Near} near
   * @param {string} o
   */
  cell({ setting, letter, where }, { by, wanted, output, reason }, o) {
    const would = `${letter} = ${number(wanted)}`;
    if (output === null) {
      const why = `${would}: ${reason}.`.replace(/-(?=\d)/g, "−");
      return html(
        "td",
        { class: "cw-never", title: why },
        html("span", { "aria-hidden": "true" }, "–"),
        html("span", { class: "cw-unseen" }, why),
      );
    }
    const taken = button(
      [html("small", {}, would), html("b", {}, output)],
      () => this.session.choices.choose(setting, wanted, where),
      {
        class: "cw-button cw-near",
        "aria-label": `${would} gives ${o} = ${output}`,
        "aria-current": by === 0 ? "true" : null,
      },
    );
    return html("td", {}, taken);
  }
}
