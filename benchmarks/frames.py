"""From a slider to the painted frame: the widget beside a plain page that draws the same cells.

    python benchmarks/frames.py

Both pages stand in one browser and take turns, a step of a slider each. The plain page computes
the same convolution and writes its two maps as SVG, a square and a text for each cell, with
`innerHTML`: it has no kernel, no window, no formula, nothing to touch and nothing for a screen
reader. What is compared is the work of the page's main thread for a step and its frame (its
processor time, so that a busy machine counts for little), less that of a frame in which nothing
changes; beside it stands the time on the wall until the frame is painted. Painting is in software.

It needs Chromium, as the browser tests do.
"""

import os
import shutil
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from convwidget import Conv, ConvWidget

ROOT = Path(__file__).parents[1]
STATIC = ROOT / "convwidget/static"
HOST = "http://bench.test/"
STEPS = 40
FRAME = 1000 / 60
SETTINGS = {"kernel k": (3, 5), "stride s": (1, 2), "padding p": (1, 2)}

# The widget, in a page with no kernel.
WIDGET = {
    "": ROOT / "tests/browser/bare.html",
    "widget.js": STATIC / "widget.js",
    "widget.css": STATIC / "widget.css",
}

PLAIN = """<!doctype html><meta charset=utf-8><body>
<p><input type=range min=0 max=8></p><svg width=1000 height=460 font-size=10></svg><script>
const size = +location.search.slice(1), x = [], cell = Math.min(26, 900 / (2 * size + 6));
for (let n = 0; n < size * size; n++) x.push((n * 7 + (n >> 2)) % 5);
const now = { 'kernel k': 3, 'stride s': 1, 'padding p': 1 };
const squares = (map, left) => map.map((line, row) => line.map((value, column) =>
  `<g transform="translate(${left + column * cell} ${row * cell})"><rect width="${cell}" ` +
  `height="${cell}" fill="#dbe3fb" stroke="#fff"/><text x="${cell / 2}" y="${cell / 2}" ` +
  `text-anchor="middle" dominant-baseline="central">${value}</text></g>`).join('')).join('');
function draw() {
  const { 'kernel k': k, 'stride s': s, 'padding p': p } = now;
  const range = (n) => Array.from({ length: n }, (_, at) => at);
  const line = range(size + 2 * p), outputs = range(Math.floor((size + 2 * p - k) / s) + 1);
  const own = (n) => n >= 0 && n < size;
  const padded = line.map((r) => line.map((c) =>
    own(r - p) && own(c - p) ? x[(r - p) * size + c - p] : 0));
  const output = outputs.map((r) => outputs.map((c) => range(k).reduce((sum, i) =>
    sum + range(k).reduce((part, j) => part + padded[r * s + i][c * s + j], 0), 0)));
  document.querySelector('svg').innerHTML =
    squares(padded, 0) + squares(output, (line.length + 1) * cell);
}
document.querySelector('input').addEventListener('input', (event) => {
  now[window.setting] = +event.target.value;
  requestAnimationFrame(draw);
});
draw();
</script>"""

# One step, until the frame that it leads to is painted; without a value, a frame without a change.
STEP = """async ([setting, value]) => {
  const rows = [...document.querySelectorAll('.cw-setting')];
  const row = rows.find((one) => one.querySelector('.cw-number').ariaLabel === setting);
  const own = row?.querySelector('[type=range]');
  if (row && !own && !row.classList.contains('cw-chosen')) row.querySelector('.cw-number').focus();
  const slider = own ?? document.querySelector(row ? '.cw-stepper [type=range]' : '[type=range]');
  if (document.activeElement !== slider) slider.focus();
  window.setting = setting;
  const start = performance.now();
  if (value !== null) {
    slider.value = value;
    slider.dispatchEvent(new Event('input', { bubbles: true }));
  }
  const { port1, port2 } = new MessageChannel();
  await new Promise((done) => {
    port1.onmessage = done;
    requestAnimationFrame(() => port2.postMessage(null));
  });
  return performance.now() - start;
}"""


class Page:
    """A page with sliders, and how much its main thread works."""

    def __init__(self, browser, files):
        self.page = browser.new_context(viewport={"width": 1000, "height": 1000}).new_page()

        def serve(route):
            found = files[route.request.url.removeprefix(HOST).partition("?")[0]]
            if isinstance(found, Path):
                route.fulfill(path=found)
            else:
                route.fulfill(body=found, content_type="text/html")

        self.page.route(lambda url: url.startswith(HOST), serve)
        self.devtools = self.page.context.new_cdp_session(self.page)
        self.devtools.send("Performance.enable", {"timeDomain": "threadTicks"})

    def worked(self):
        """The milliseconds that the main thread has worked so far."""
        metrics = self.devtools.send("Performance.getMetrics")["metrics"]
        return 1000 * next(m["value"] for m in metrics if m["name"] == "TaskDuration")

    def step(self, setting, value=None):
        """Move a slider; return the work, and the time on the wall until the frame is painted."""
        before = self.worked()
        wall = self.page.evaluate(STEP, [setting, value])
        return self.worked() - before, wall


def pages(browser, size):
    """The widget and the plain page, both drawn."""
    ours, plain = Page(browser, WIDGET), Page(browser, {"": PLAIN})
    state = ConvWidget(Conv(size, 3, padding=1), kernel="ones").get_state()
    ours.page.goto(HOST)
    ours.page.evaluate("state => staged.then(() => stage.start(state))", state)
    ours.page.locator(".cw-picture").wait_for()
    plain.page.goto(f"{HOST}?{size}")
    return ours, plain


def compare(both, setting, values):
    """The median work and wall time of a step on each page, taking turns."""
    steps = [[], []]
    idle = [[], []]
    for n in range(-6, STEPS):  # the first few, in which much is compiled, do not count
        for page, moved, still in zip(both, steps, idle, strict=True):
            measured = page.step(setting, values[n % 2])
            nothing = page.step(setting)
            if n >= 0:
                moved.append(measured)
                still.append(nothing[0])
    for page in both:
        page.step(setting, values[0])
    return [
        (median(work for work, _ in moved) - median(still), median(wall for _, wall in moved))
        for moved, still in zip(steps, idle, strict=True)
    ]


def main():
    print(f"{STEPS} steps each; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with sync_playwright() as playwright:
        chromium = os.environ.get("CONVWIDGET_CHROMIUM") or shutil.which("chromium")
        flags = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        for size in (4, 8, 16):
            both = pages(browser, size)
            for setting, values in SETTINGS.items():
                (ours, wall), (plain, _) = compare(both, setting, values)
                print(
                    f"{size:2} × {size:<2} {setting:9} {ours:5.1f} ms of work, "
                    f"{ours / FRAME:4.2f} of a frame; {ours / plain:4.2f} times the plain page's "
                    f"{plain:5.1f} ms; painted after {wall:5.1f} ms"
                )
            for page in both:
                page.page.context.close()
        browser.close()


if __name__ == "__main__":
    main()
