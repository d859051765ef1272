// What anywidget loads: a view of the model, wired together from its parts.

import { Controls } from "./controls.js";
import { html } from "./dom.js";
import { Formula } from "./formula.js";
import { listen } from "./keyboard.js";
import { layout } from "./layout.js";
import { Picture } from "./picture.js";
import { Session } from "./session.js";
import { Status } from "./status.js";
import { Tables } from "./tables.js";
import { follow } from "./theme.js";
import { Toolbar } from "./toolbar.js";
import { Transport } from "./transport.js";
import { spokenChange } from "./words.js";

/** @typedef {import("./session.js").Model} Model */

const SETTINGS = 220; // the width of the settings beside the picture
const EDGES = 24; // around the picture
const LEAST_BESIDE = 28; // cells smaller than this get the settings' room

export default () => ({ render });

/** @param {{model: Model, el: HTMLElement}} place */
function render({ model, el }) {
  const session = new Session(model);
  const status = new Status();
  /** @param {string} text */
  const say = (text) => status.say(text);
  const toolbar = new Toolbar(session);
  const controls = new Controls(session);
  const picture = new Picture(session, say);
  const transport = new Transport(session, say);
  const formula = new Formula();
  const tables = new Tables();
  const root = html(
    "div",
    { class: "cw", role: "group", "aria-roledescription": "convolution widget" },
    toolbar.node,
    html("div", { class: "cw-main" }, controls.node, picture.node),
    transport.node,
    formula.node,
    tables.node,
    status.node,
  );
  el.append(root);

  /** @type {import("./scene.js").Scene | null} */
  let drawn = null;
  let width = 0;
  let foldedAt = 0;
  let folded = false;

  function drawScene() {
    const { scene, refusal } = session;
    const room = width - SETTINGS - EDGES;
    if (width !== foldedAt) {
      // Only the page's width moves the settings: never a number, under the hand that sets it.
      foldedAt = width;
      folded = width < 640 || layout(scene, room).input.cell < LEAST_BESIDE;
    }
    root.classList.toggle("cw-folded", folded);
    for (const part of [transport.node, formula.node]) {
      part.classList.toggle("cw-stale", refusal !== null);
    }
    toolbar.update();
    controls.update(folded);
    picture.update(folded ? width - EDGES : room, root);
    formula.update(scene);
    tables.update(scene);
    const { figure } = toolbar;
    root.setAttribute("aria-label", figure ? `Convolution, Figure ${figure}` : "Convolution");
    if (refusal) {
      const would = refusal.remedies.map(({ label }) => label).join(" or ");
      say(
        `${refusal.reason}.${would ? ` ${would} would do.` : ""} Still showing the last picture.`,
      );
    } else if (drawn && drawn !== scene) {
      say(spokenChange(scene, drawn));
    }
    drawn = scene;
  }

  function drawFocus() {
    picture.light();
    transport.update();
    formula.light(session.scene, session.focus);
  }

  let due = 0;
  let dirty = true;
  /** @param {boolean} scene */
  function schedule(scene) {
    dirty ||= scene;
    due ||= requestAnimationFrame(() => {
      due = 0;
      if (!width) return;
      if (dirty) drawScene();
      dirty = false;
      drawFocus();
    });
  }

  session.listen((change) => schedule(change === "scene"));
  listen(root, transport);
  const theme = follow(root, () => model.get("theme"), () => schedule(true));
  model.on("change:theme", theme.update);
  const observer = new ResizeObserver(() => {
    const now = Math.floor(root.clientWidth);
    if (now === width) return;
    width = now;
    schedule(true);
  });
  observer.observe(root);

  return () => {
    transport.stop();
    session.destroy();
    observer.disconnect();
    theme.stop();
    model.off("change:theme", theme.update);
    status.destroy();
    cancelAnimationFrame(due);
    root.remove();
  };
}
