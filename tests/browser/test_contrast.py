"""Words and lines stand out from their ground, whatever is lit; colour is never all there is."""

from typing import Any

import pytest
from looks import each, look
from view import View, show

from convwidget import ConvWidget

# What turns a CSS colour into numbers, and two of them into WCAG's ratio of contrast.
COLOURS = """
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const parse = (colour) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data].map((part) => part / 255);
  };
  const over = ([r, g, b, a], ground) => [r, g, b].map((c, n) => a * c + (1 - a) * ground[n]);
  const light = (colour) => {
    const [r, g, b] = colour.map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
"""

# Each word with its contrast, on all that is painted under its middle.
WORDS = """(root) => {
  COLOURS
  const opacity = (element) => {
    let product = 1;
    for (let e = element; e && e !== root; e = e.parentElement) {
      product *= getComputedStyle(e).opacity;
    }
    return product;
  };
  const painted = (element) => {
    const style = getComputedStyle(element);
    const drawn = element instanceof SVGElement && element.tagName !== 'svg';
    if (drawn && /^(text|tspan|g|line|image|foreignObject)$/.test(element.tagName)) return null;
    const paint = drawn ? style.fill : style.backgroundColor;
    if (paint === 'none' || paint.startsWith('url')) return null;
    const [r, g, b, a] = parse(paint);
    return [r, g, b, a * opacity(element) * (drawn ? style.fillOpacity : 1)];
  };
  const probe = document.head.appendChild(document.createElement('style'));
  probe.textContent = '.cw, .cw * { pointer-events: auto !important }';
  const found = [];
  const words = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const text = words.currentNode, element = text.parentElement;
    const style = getComputedStyle(element);
    const seen = text.textContent.trim() && element.checkVisibility() && opacity(element) &&
      style.visibility !== 'hidden' && !element.closest('.cw-status, option, :disabled');
    if (!seen) continue;
    const range = document.createRange();
    // The numbers of a large map are one text, and each stands on a ground of its own.
    const apart = element.matches('.cw-numbers') ? /[^\\t\\n]+/g : /[^]+/g;
    for (const { index, 0: word } of text.data.matchAll(apart)) {
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      const box = range.getBoundingClientRect();
      const stack = document.elementsFromPoint(
        box.left + box.width / 2, box.top + box.height / 2);
      if (!stack.includes(root)) continue; // scrolled out of sight
      let ground = parse(getComputedStyle(root).backgroundColor).slice(0, 3);
      for (const under of stack.slice(0, stack.indexOf(root)).reverse()) {
        const above = under !== element && !under.contains(element) &&
          element.compareDocumentPosition(under) & Node.DOCUMENT_POSITION_FOLLOWING;
        const colour = above ? null : painted(under);
        if (colour) ground = over(colour, ground);
      }
      const drawn = element instanceof SVGElement;
      const haloed = drawn && style.stroke !== 'none' && style.paintOrder.startsWith('stroke');
      if (haloed) ground = over(parse(style.stroke), ground);
      const ink = parse(drawn ? style.fill : style.color);
      ink[3] *= opacity(element);
      found.push([ratio(over(ink, ground), ground), word, element.outerHTML]);
    }
  }
  probe.remove();
  return found;
}""".replace("COLOURS", COLOURS)

# A colour, the ground that it is seen on, and the least contrast: 3 for a line, 4.5 for words.
TOKENS = [
    *[(f"{map}-line", "ground", 4.5) for map in ("input", "kernel", "output")],
    *[(f"{map}-line", map, 3) for map in ("input", "kernel", "output")],
    *[("kernel-line", f"{map}-mid", 3) for map in ("input", "kernel", "output")],
    *[("output-line", "output-mid", 3), ("input-line", "input-mid", 3)],
    *[("ink", f"{map}{shade}", 4.5) for map in ("input", "output") for shade in ("", "-mid")],
    *[("ink", "kernel", 4.5), ("ink", "kernel-mid", 4.5), ("kernel-ink", "kernel", 4.5)],
    *[("ink", "panel", 4.5), ("quiet", "ground", 4.5), ("quiet", "panel", 4.5)],
    *[("edge", "ground", 3), ("edge", "panel", 3), ("padding", "ground", 3)],
    *[("unused", "ground", 3), ("unused", "input", 3), ("unused", "output", 3)],
    *[("bad", "ground", 4.5), ("bad", "bad-ground", 4.5), ("ink", "bad-ground", 4.5)],
    *[("focus", "ground", 3), ("focus", "panel", 3)],
    *[("focus", map, 3) for map in ("input", "kernel", "output")],
]

RATIOS = """(root, pairs) => {
  COLOURS
  const token = (name) => getComputedStyle(root).getPropertyValue(`--cw-${name}`);
  const colour = (name) => parse(token(name)).slice(0, 3);
  return pairs.map(([one, other]) => ratio(colour(one), colour(other)));
}""".replace("COLOURS", COLOURS)


def faint(view: View) -> list[tuple[float, str, str]]:
    """The words below WCAG's 4.5 to 1."""
    view.page.set_viewport_size({"width": view.page.viewport_size["width"], "height": 2600})
    view.settle()
    found = view.root.evaluate(WORDS)
    assert len(found) > 60
    return [(round(ratio, 2), text, html[:160]) for ratio, text, html in found if ratio < 4.5]


@pytest.mark.parametrize("theme", ["light", "dark"])
@each
def test_every_word_stands_out_from_its_ground(bare: Any, name: str, view: str, theme: str) -> None:
    shown = show(bare, look(name, view), theme=theme)
    assert faint(shown) == []
    for map in ("input", "kernel"):  # what lights up with other cells
        stop = shown.root.locator(f"[data-map={map}] [tabindex='0']")
        if stop.count():
            shown.page.keyboard.press("Tab")  # so that the focus is the keyboard's
            stop.focus()
            assert faint(shown) == [], map


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_of_panels_and_questions_stand_out(bare: Any, theme: str) -> None:
    view = show(bare, ConvWidget.figure("2.6"), theme=theme)
    view.root.locator("details").evaluate_all("(all) => all.forEach((one) => one.open = true)")
    assert faint(view) == []
    view = show(bare, look("conv", "grids", predict=True), theme=theme)
    view.root.locator(".cw-question input").fill("4")
    view.button("Check").click()
    view.button("Show me").click()
    assert faint(view) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_palette_keeps_its_contrasts(bare: Any, theme: str) -> None:
    view = show(bare, ConvWidget.figure("2.6"), theme=theme)
    ratios = view.root.evaluate(RATIOS, [[one, other] for one, other, _ in TOKENS])
    low = [
        (*pair, round(ratio, 2))
        for ratio, pair in zip(ratios, TOKENS, strict=True)
        if ratio < pair[2]
    ]
    assert low == []


# How a part is drawn but for its colours.
FORM = """(element) => {
  const style = getComputedStyle(element);
  return [style.strokeDasharray, style.strokeWidth, style.fontWeight, style.stroke === 'none',
    style.fill === 'none'].join();
}"""


@pytest.mark.parametrize("forced", ["none", "active"])
def test_parts_differ_in_form_and_not_in_colour_alone(bare: Any, forced: Any) -> None:
    view = show(bare, look("conv", "subsampling"))
    view.page.emulate_media(forced_colors=forced)

    def form(selector: str) -> str:
        return str(view.root.locator(selector).first.evaluate(FORM))

    assert form(".cw-lines") != form(".cw-frame")
    assert form(".cw-window") != form(".cw-frame")
    assert form(".cw-output.cw-dropped rect") != form(".cw-output:not(.cw-dropped) rect")
    assert form(".cw-input.cw-lit text") != form(".cw-input:not(.cw-lit) text")
    assert form(".cw-tick rect") != form(".cw-marks path")
    assert form(".cw-made") != form(".cw-output rect")
    tabs = view.root.get_by_role("tab")
    assert len({tab.evaluate(FORM) for tab in tabs.all()}) == 2


VISIONS = ["protanopia", "deuteranopia", "tritanopia", "achromatopsia"]


@pytest.mark.parametrize("vision", VISIONS)
def test_pictures_are_kept_of_what_other_eyes_see(bare: Any, picture: Any, vision: str) -> None:
    view = show(bare, look("conv", "grids"))
    session = view.page.context.new_cdp_session(view.page)
    plain = view.root.screenshot()
    session.send("Emulation.setEmulatedVisionDeficiency", {"type": vision})
    try:
        assert view.root.screenshot() != plain
        picture(view.root, f"grids-{vision}")
    finally:
        session.send("Emulation.setEmulatedVisionDeficiency", {"type": "none"})
        session.detach()
