// Brings the widgets of a saved page to life: each has a model, and no kernel behind it.

/**
 * What a widget asks of anywidget's model.
 * @param {Record<string, unknown>} state
 */
function modelOf(state) {
  const events = new EventTarget();
  return {
    /** @param {string} name */
    get: (name) => state[name],
    /** @param {string} name @param {unknown} value */
    set(name, value) {
      if (JSON.stringify(state[name]) === JSON.stringify(value)) return;
      state[name] = value;
      events.dispatchEvent(new Event(`change:${name}`));
    },
    save_changes() {}, // there is nobody to tell
    /** @param {string} event @param {() => void} callback */
    on: (event, callback) => events.addEventListener(event, callback),
    /** @param {string} event @param {() => void} callback */
    off: (event, callback) => events.removeEventListener(event, callback),
  };
}

/** @param {Element | null} script */
const read = (script) => JSON.parse(script?.textContent ?? "null");

const source = read(document.getElementById("convwidget"));
const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));

for (const place of document.querySelectorAll(".convwidget")) {
  try {
    const { default: widget } = await import(url);
    const { render } = await widget();
    const el = document.createElement("div");
    place.append(el);
    render({ model: modelOf(read(place.querySelector("script"))), el });
  } catch (error) {
    // What would be read without scripts, and why it is not alive.
    place.insertAdjacentHTML("beforeend", place.querySelector("noscript")?.textContent ?? "");
    const why = document.createElement("p");
    why.append(`The picture is not alive in this browser. ${error}`);
    place.append(why);
  }
}
