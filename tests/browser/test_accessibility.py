"""What axe-core finds, names for a screen reader, touch, reduced motion and forced colours."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from view import show

from convwidget import Conv, ConvWidget

WIDTHS = [320, 360, 480, 640, 780, 1080]


@pytest.fixture
def widget():
    return ConvWidget.figure("2.6")


def violations(page):
    """What axe-core finds wrong inside the widget."""
    found = Axe().run(page, context=".cw", options={"resultTypes": ["violations"]})
    return [
        (violation["id"], [node["html"][:120] for node in violation["nodes"][:3]])
        for violation in found.response["violations"]
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1080])
def test_axe_finds_nothing_wrong(bare, picture, widget, theme, width):
    view = show(bare, widget, width=width, theme=theme)
    view.open_more()
    view.open_tables()
    view.drawn()
    assert violations(view.page) == []
    picture(view.page, f"grids-{theme}-{width}")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_wrong_while_a_refusal_is_shown(bare, picture, widget, theme):
    view = show(bare, widget, theme=theme)
    view.type("kernel k", "8")
    expect(view.root.locator(".cw-banner")).to_be_visible()
    # What is out of date is greyed on purpose; all else must keep its contrast.
    view.page.evaluate("document.querySelectorAll('.cw-stale').forEach((e) => e.remove())")
    assert violations(view.page) == []
    picture(view.page, f"refusal-{theme}")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_wrong_on_a_photograph(bare, widget, theme):
    view = show(bare, ConvWidget(Conv(96, 3)), theme=theme)
    assert violations(view.page) == []


def test_three_grids_are_named_with_their_sizes_and_cells_with_their_values(bare, widget):
    view = show(bare, widget)
    tree = view.root.aria_snapshot()
    for name in ("input, 5 × 5, padded to 7 × 7", "kernel, 3 × 3", "output, 3 × 3"):
        assert f'grid "{name}"' in tree
    cells = [str(n) for n in widget.output.ravel()]
    output = view.root.get_by_role("grid", name="output").get_by_role("gridcell")
    assert [cell.get_attribute("aria-label") for cell in output.all()] == cells
    assert view.root.get_attribute("aria-label") == "Convolution, Figure 2.6"


def test_why_a_setting_stops_is_told_to_who_stands_on_it(bare, widget):
    view = show(bare, widget)
    described = view.field("kernel k").get_attribute("aria-describedby")
    text = view.page.locator(f"#{described}").text_content()
    assert text == (
        "k is at most 7: with 8, "
        "the kernel (effective size 8) does not fit in the padded input (7)."
    )


@pytest.mark.parametrize("width", WIDTHS)
def test_no_number_leaves_its_cell(bare, width):
    for layer in (Conv(5, 3, padding=2), Conv(12, 3), Conv(9, 2, stride=2)):
        widget = ConvWidget(layer)
        widget.input = (widget.input * 37 - 60) / 4
        view = show(bare, widget, width=width)
        assert view.root.evaluate(OUTSIDE) == []


OUTSIDE = """(root) => [...root.querySelectorAll('.cw-cell:has(text)')].filter((cell) => {
  const [outer, inner] = ['rect', 'text']
    .map((part) => cell.querySelector(part).getBoundingClientRect());
  return inner.left < outer.left - 1.5 || inner.right > outer.right + 1.5;
}).map((cell) => cell.textContent)"""


def test_touch_targets_are_large_on_a_coarse_pointer(browser, bare, widget):
    view = show(bare, widget, width=360)
    view.page.context.new_cdp_session(view.page).send(
        "Emulation.setEmulatedMedia", {"features": [{"name": "pointer", "value": "coarse"}]}
    )
    for control in view.root.locator("button, select, input[type=number]").all():
        if control.is_visible():
            assert control.bounding_box()["height"] >= 24
    assert view.cell("input", 0, 0).bounding_box()["width"] >= 24


def test_with_reduced_motion_nothing_slides_and_nothing_starts_by_itself(bare, widget):
    view = show(bare, widget)
    view.page.emulate_media(reduced_motion="reduce")
    moving = view.root.locator(".cw-now").first
    assert moving.evaluate("e => getComputedStyle(e).transitionDuration") == "0s"
    view.page.emulate_media(reduced_motion="no-preference")
    assert moving.evaluate("e => getComputedStyle(e).transitionDuration") != "0s"
    expect(view.root.locator(".cw-at")).to_contain_text("1 of 9")


def test_forced_colours_keep_the_lines(bare, picture, widget):
    view = show(bare, widget)
    view.page.emulate_media(forced_colors="active")
    for part, colour in ((".cw-window", "Highlight"), (".cw-frame", "CanvasText")):
        drawn = view.root.locator(part).first.evaluate("e => getComputedStyle(e).stroke")
        assert drawn == view.root.evaluate(SYSTEM_COLOUR, colour)
    picture(view.page, "forced-colours")


SYSTEM_COLOUR = """(root, name) => {
  const probe = root.appendChild(document.createElement('p'));
  probe.style.color = name;
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}"""


def test_the_tables_hold_the_numbers(bare, widget):
    view = show(bare, widget)
    view.open_tables()
    for name, numbers in (
        ("input", widget.input),
        ("kernel", widget.kernel),
        ("output", widget.output),
    ):
        table = view.root.get_by_role("table", name=re.compile(name))
        assert table.locator("td:not(:empty)").all_inner_texts() == [
            str(number) for number in numbers.ravel()
        ]
        assert table.locator("th[scope=row]").count() == len(numbers)
