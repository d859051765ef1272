// What anywidget loads: a view of the model, wired together from its parts.

import { Code } from "./panels/code.js";
import { Controls } from "./panels/controls.js";
import { html } from "./dom.js";
import { Find } from "./panels/find.js";
import { keepingFocus } from "./focus.js";
import { Formula } from "./panels/formula.js";
import { listen } from "./keyboard.js";
import { cellIn } from "./views/grids/layout.js";
import { isPlanar } from "./offers.js";
import { Neighbours } from "./panels/neighbours.js";
import { Picture } from "./panels/picture.js";
import { Predict } from "./panels/predict.js";
import { Session } from "./session.js";
import { Status } from "./panels/status.js";
import { Tables } from "./panels/tables.js";
import { follow } from "./theme.js";
import { Toolbar } from "./panels/toolbar.js";
import { Transport } from "./panels/transport.js";
import { spokenChange } from "./words.js";

/** @typedef {import("./session.js").Model} Model */

const SCROLL_BAR = 24; // one that comes or goes is no other width
const SETTINGS = 250; // the width of the settings beside the picture
const EDGES = 24; // around the picture
const NARROW = 640; // the settings stand above the picture
const LEAST_BESIDE = 28; // cells smaller than this get the settings' room

export default () => ({ render });

/** @param {{model: Model, el: HTMLElement}} place */
function render({ model, el }) {
  const session = new Session(model);
  const status = new Status();
  /** @param {string} text */
  const say = (text) => status.say(text);
  const controls = new Controls(session);
  const picture = new Picture(session, say);
  const toolbar = new Toolbar(session, picture.holder.id);
  const transport = new Transport(session, say);
  const formula = new Formula();
  const predict = new Predict(session, say);
  const code = new Code(session, say);
  const below = [new Neighbours(session), new Find(session), code, new Tables(session)];
  const root = html(
    "div",
    { class: "cw", role: "group", tabindex: -1, "aria-roledescription": "convolution widget" },
    toolbar.node,
    html("div", { class: "cw-main" }, controls.node, picture.node),
    transport.node,
    formula.node,
    predict.node,
    ...below.map(({ node }) => node),
    status.node,
  );
  el.append(root);

  /** @type {import("./scene.js").Scene | null} */
  let drawn = null;
  /** @type {import("./choices.js").Refusal | null} */
  let told = null;
  let width = 0;
  let foldedAt = 0;
  let folded = false;

  function drawScene() {
    const { scene, refusal, hidden } = session;
    const room = width - SETTINGS - EDGES;
    if (Math.abs(width - foldedAt) > SCROLL_BAR) {
      // Only the page's width moves the settings: never a number, under the hand that sets it.
      foldedAt = width;
      folded = width < NARROW || cellsOf(scene, room) < LEAST_BESIDE;
    }
    root.classList.toggle("cw-folded", folded);
    for (const part of [transport.node, formula.node]) {
      part.classList.toggle("cw-stale", refusal !== null);
      part.style.display = hidden ? "none" : "";
    }
    toolbar.update();
    controls.update(folded);
    picture.update(folded ? width - EDGES : room, root);
    formula.update(scene);
    predict.update();
    for (const panel of below) panel.update();
    root.setAttribute("aria-label", toolbar.name);
    if (refusal && refusal !== told) {
      const would = refusal.remedies.map(({ label }) => label).join(" or ");
      say(
        `${refusal.reason}.${would ? ` ${would} would do.` : ""} Still showing the last picture.`,
      );
    } else if (!refusal && drawn && drawn !== scene && !hidden) {
      say(spokenChange(scene, drawn));
    }
    told = refusal;
    drawn = scene;
  }

  function drawFocus() {
    picture.light();
    transport.update();
    formula.light(session.scene, session.focus);
  }

  function drawAll() {
    drawScene();
    drawFocus();
  }

  let due = 0;
  let dirty = true;
  /** @param {boolean} scene */
  function schedule(scene) {
    dirty ||= scene;
    due ||= requestAnimationFrame(() => {
      due = 0;
      if (!width) return;
      if (dirty) keepingFocus(root, drawAll); // which lays the page out, once for both
      else drawFocus();
      dirty = false;
    });
  }

  session.listen((change) => schedule(change === "scene"));
  listen(root, transport, session);
  root.addEventListener("cw-redraw", () => schedule(true));
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
    transport.destroy();
    session.destroy();
    observer.disconnect();
    theme.stop();
    model.off("change:theme", theme.update);
    status.destroy();
    code.destroy();
    cancelAnimationFrame(due);
    root.remove();
  };
}

/**
 * How large the cells of a map are in a given width; others than maps take the room that there is.
 * @param {import("./scene.js").Scene} scene
 * @param {number} width
 */
function cellsOf(scene, width) {
  const isMap = isPlanar(scene.layer) && scene.layer.axes.length === 2;
  return isMap ? cellIn(scene, width) : LEAST_BESIDE;
}
