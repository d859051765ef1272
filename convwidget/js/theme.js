// Light or dark: what Python forces, or else what the page around the widget is.

/**
 * Keep the class `cw-dark` on the root as the theme is; calls back after it changed.
 * @param {HTMLElement} root
 * @param {() => string} forced "auto", "light" or "dark"
 * @param {() => void} changed
 */
export function follow(root, forced, changed) {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const update = () => {
    const theme = forced();
    const dark = theme === "auto" ? isDark(system.matches) : theme === "dark";
    if (root.classList.contains("cw-dark") === dark) return;
    root.classList.toggle("cw-dark", dark);
    changed();
  };
  const observer = new MutationObserver(update);
  for (const element of [document.documentElement, document.body]) {
    observer.observe(element, { attributes: true });
  }
  system.addEventListener("change", update);
  update();
  return {
    update,
    stop() {
      observer.disconnect();
      system.removeEventListener("change", update);
    },
  };
}

/**
 * JupyterLab and VS Code say on the body what they are; other pages often on the root.
 * @param {boolean} system
 */
function isDark(system) {
  const { body, documentElement } = document;
  if (body.dataset.jpThemeLight) return body.dataset.jpThemeLight === "false";
  if (body.dataset.vscodeThemeKind) return !body.dataset.vscodeThemeKind.includes("light");
  const said = documentElement.dataset.theme ?? body.dataset.theme;
  return said === "dark" || said === "light" ? said === "dark" : system;
}
