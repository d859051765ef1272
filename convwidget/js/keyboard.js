// Keys that work anywhere in the widget, and which keys the notebook around it must not see.

const PASSED_ON = ["Tab", "Escape"];

/**
 * @param {HTMLElement} root
 * @param {{step(by: number): void, playOrPause(): void}} transport
 * @param {{undo(): void, hidden: boolean}} session
 */
export function listen(root, transport, session) {
  root.addEventListener("keydown", (event) => {
    const target = /** @type {Element} */ (event.target);
    const { key, shiftKey } = event;
    if (
      (event.ctrlKey || event.metaKey) && !shiftKey && !event.altKey && key.toLowerCase() === "z"
    ) {
      if (target.matches("input[type=text], [data-typing]") || session.hidden) return;
      event.preventDefault();
      event.stopPropagation();
      session.undo();
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (PASSED_ON.includes(key) || /^F\d+$/.test(key) || (shiftKey && key === "Enter")) return;
    const field = target.matches("input:not([type=range]):not([type=checkbox]), select");
    const pressed = target.matches("button, summary, input[type=checkbox]");
    const moves = !field && !session.hidden; // where the window goes would give its output away
    if (moves && (key === "[" || key === "]")) transport.step(key === "[" ? -1 : 1);
    if (moves && !pressed && key === " " && !event.repeat) {
      event.preventDefault();
      transport.playOrPause();
    }
    // JupyterLab would take arrows and letters as its own commands: with the hand on a cell of the
    // widget, d d would delete the notebook's cell. So no unmodified key gets out.
    event.stopPropagation();
  });
}
