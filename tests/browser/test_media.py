"""What a person's system asks for: touch, less motion, its own colours, a focus that is seen."""

from collections.abc import Iterator
from typing import Any

import pytest
from conftest import draw_bare, serve_bare
from looks import OFFERED, each, look
from playwright.sync_api import Browser, expect
from view import View, show

from convwidget import ConvWidget


@pytest.fixture
def widget() -> ConvWidget:
    return ConvWidget.figure("2.6")


# The sides of each control; a label is part of what it names, and a cell is not a control.
TARGETS = """(root) => [...root.querySelectorAll('button, select, input, summary')]
  .filter((one) => one.checkVisibility())
  .map((one) => {
    const { width, height } = (one.closest('label') ?? one).getBoundingClientRect();
    return [Math.round(width), Math.round(height), one.ariaLabel ?? one.textContent];
  })"""


def small(view: View, least: int) -> list[Any]:
    view.root.locator("details").evaluate_all("(all) => all.forEach((one) => one.open = true)")
    view.settle()
    found = view.root.evaluate(TARGETS)
    assert len(found) > 20
    return [target for target in found if min(target[:2]) < least]


@pytest.mark.parametrize("width", [320, 1080])
def test_a_mouse_meets_targets_of_24_pixels(bare: Any, widget: ConvWidget, width: int) -> None:
    assert small(show(bare, widget, width=width), 24) == []


@pytest.fixture
def touched(browser: Browser) -> Iterator[Any]:
    page = browser.new_page(has_touch=True)
    problems = serve_bare(page)
    yield lambda widget, width: View(draw_bare(page, widget.get_state(), width=width))
    page.close()
    assert problems == []


@pytest.mark.parametrize("width", [320, 360, 800])
def test_a_finger_meets_targets_of_44_pixels(touched: Any, widget: ConvWidget, width: int) -> None:
    view = touched(widget, width)
    assert view.page.evaluate("matchMedia('(pointer: coarse)').matches")
    heights = [target for target in small(view, 44) if target[1] < 44]
    assert heights == []
    view.root.locator(".cw-picture [data-map=output] [role=gridcell]").nth(4).tap()
    expect(view.root.locator(".cw-at")).to_contain_text("5 of 9")
    assert view.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", ["conv", "transposed"])
@pytest.mark.parametrize("view", ["grids", "stacked"])
def test_with_reduced_motion_nothing_slides_and_nothing_starts_by_itself(
    bare: Any, name: str, view: str
) -> None:
    shown = show(bare, look(name, view))
    moving = """(root) => [...root.querySelectorAll('*')].filter((e) =>
      getComputedStyle(e).transitionDuration !== '0s' || e.getAnimations().length).length"""
    shown.page.emulate_media(reduced_motion="reduce")
    assert shown.root.evaluate(moving) == 0
    at = shown.root.locator(".cw-at").text_content()
    shown.page.wait_for_timeout(300)
    expect(shown.root.locator(".cw-at")).to_have_text(str(at))
    if name == "conv":
        shown.page.emulate_media(reduced_motion="no-preference")
        assert shown.root.evaluate(moving) > 0


SYSTEM = """(root, name) => {
  const probe = root.appendChild(document.createElement('p'));
  probe.style.color = name;
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("own", ["light", "dark"])
def test_forced_colours_draw_words_and_lines_whatever_the_theme_is(
    bare: Any, picture: Any, widget: ConvWidget, theme: str, own: str
) -> None:
    widget.theme = own
    view = show(bare, widget)
    view.page.emulate_media(forced_colors="active", color_scheme=theme)

    def colour(selector: str, what: str) -> str:
        look = "(e, what) => getComputedStyle(e)[what]"
        return str(view.root.locator(selector).first.evaluate(look, what))

    text, high, ground = (
        view.root.evaluate(SYSTEM, n) for n in ("CanvasText", "Highlight", "Canvas")
    )
    for part in (".cw-frame", ".cw-lines", ".cw-made", ".cw-sign-equals"):
        assert colour(part, "stroke") == text
    assert colour(".cw-window", "stroke") == high
    for words in (".cw-cell text", ".cw-caption", ".cw-tick text"):
        assert colour(words, "fill") == text
    assert colour("[role=tab][aria-selected=true]", "borderBottomColor") == high
    assert colour("[role=tab][aria-selected=false]", "borderBottomColor") == ground
    assert colour(".cw-slider", "forcedColorAdjust") == "none"  # or its track would vanish
    picture(view.page, f"forced-{theme}-{own}")


# Whether the focus is in the widget, whether it is outlined there, and what it is on.
STOP = """() => {
  const element = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const cell = element.querySelector('rect, polygon, path');
  const stroke = cell && element.matches('[role=gridcell]') ? getComputedStyle(cell) : null;
  const seen = stroke ? parseFloat(stroke.strokeWidth) >= 3 && stroke.stroke !== 'none'
    : outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  return [element.closest('.cw') !== null, seen, element.outerHTML.slice(0, 200)];
}"""


def check_stops(view: View) -> None:
    """Go through the widget with the Tab key: each stop is outlined."""
    stops = 0
    for _ in range(40):
        view.page.keyboard.press("Tab")
        inside, seen, element = view.page.evaluate(STOP)
        if not inside:
            break
        stops += 1
        assert seen, element
    assert stops > 14


@each
def test_the_focus_is_seen_at_every_stop(bare: Any, name: str, view: str) -> None:
    check_stops(show(bare, look(name, view)))


# What is outlined differs between views, not between layers.
@pytest.mark.parametrize(
    ("name", "view"), [(name, view) for name in ("conv", "transposed") for view in OFFERED[name]]
)
def test_the_focus_is_seen_in_forced_colours(bare: Any, name: str, view: str) -> None:
    shown = show(bare, look(name, view))
    shown.page.emulate_media(forced_colors="active")
    check_stops(shown)
