"""Keyboard, screen reader, contrast, narrow pages, reduced motion and forced colours."""

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
    view.page.evaluate("document.querySelector('.cw-stale').remove()")
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


def test_each_grid_is_one_stop_and_the_order_is_that_of_the_page(bare, widget):
    view = show(bare, widget)
    view.page.evaluate("document.body.tabIndex = -1; document.body.focus()")
    stops = []
    for _ in range(20):
        view.page.keyboard.press("Tab")
        stops.append(view.focused())
        if stops[-1].strip() == "Values as tables":
            break
    assert [stop.strip() for stop in stops] == [
        "figure of the guide",
        "Reset",
        "input i",
        "kernel k",
        "stride s",
        "padding p",
        "dilation, one setting per axis, padding",
        "input 0,0",
        "kernel 0,0",
        "output 0,0",
        "step back",
        "play",
        "step forward",
        "position",
        "speed",
        "Values as tables",
    ]


def test_arrows_home_and_end_go_through_a_grid_and_stop_at_its_edge(bare, widget):
    view = show(bare, widget)
    view.cell("input", 0, 0).focus()
    seen = []
    for key in ("ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown", "End", "ArrowRight"):
        view.page.keyboard.press(key)
        seen.append(view.focused())
    assert seen == [f"input {at}" for at in ("0,0", "0,0", "0,1", "1,1", "1,4", "1,4")]
    for key, at in (("Control+End", "4,4"), ("ArrowDown", "4,4"), ("Home", "4,0")):
        view.page.keyboard.press(key)
        assert view.focused() == f"input {at}"
    view.page.keyboard.press("Control+Home")
    assert view.focused() == "input 0,0"
    assert view.root.locator(".cw-grid-input [tabindex='0']").count() == 1


@pytest.mark.parametrize(
    ("map", "keys", "said"),
    [
        ("input", ["ArrowDown", "ArrowRight"], "Reaches 4 outputs."),
        ("input", ["ArrowRight"], "Reaches 2 outputs."),
        ("output", ["ArrowDown", "ArrowRight", "ArrowRight"], "Rows 2 to 4, columns 4 to 5 "),
        ("kernel", ["ArrowRight", "ArrowRight"], "Multiplies 4 input cells and 5 cells of padding"),
        ("output", ["Enter"], "Pinned."),
        ("output", ["Enter", "Enter"], "Unpinned."),
        ("output", ["Enter", "Escape"], "Unpinned."),
    ],
)
def test_what_the_keyboard_comes_to_is_said(bare, widget, map, keys, said):
    view = show(bare, widget)
    view.cell(map, 0, 0).focus()
    for key in keys:
        view.page.keyboard.press(key)
    expect(view.root.get_by_role("status")).to_contain_text(said)


def test_a_change_is_said_once_with_what_it_did(bare, widget):
    view = show(bare, widget)
    expect(view.root.get_by_role("status")).to_have_text("")
    view.type("stride s", "1")
    said = "Output 5 by 5, was 3 by 3. Relationship 3."
    expect(view.root.get_by_role("status")).to_have_text(said)
    view.type("kernel k", "9")
    expect(view.root.get_by_role("status")).to_contain_text(
        "the kernel (effective size 9) does not fit in the padded input (7). k = 7 or p = 2"
    )
    assert view.field("kernel k").get_attribute("aria-invalid") == "true"


def test_why_a_setting_stops_is_told_to_who_stands_on_it(bare, widget):
    view = show(bare, widget)
    described = view.field("kernel k").get_attribute("aria-describedby")
    text = view.page.locator(f"#{described}").text_content()
    assert text == (
        "k is at most 7: with 8, "
        "the kernel (effective size 8) does not fit in the padded input (7)."
    )


KEYS_SEEN = """() => { window.seen = [];
  document.addEventListener('keydown', (event) => window.seen.push(event.key)); }"""


def test_keys_that_it_uses_stay_in_and_the_others_reach_the_page(bare, widget):
    view = show(bare, widget)
    view.page.evaluate(KEYS_SEEN)
    view.cell("output", 1, 1).focus()
    for key in ("ArrowUp", "Home", "j", "5", "[", "]", " ", "Enter", "Shift+ArrowDown"):
        view.page.keyboard.press(key)
    assert view.page.evaluate("seen") == []
    view.page.keyboard.press("Escape")  # releases the pin
    assert view.page.evaluate("seen") == []
    for key in ("Escape", "Control+s", "Alt+x", "Meta+k", "Shift+Enter", "F2"):
        view.page.keyboard.press(key)
    reached = view.page.evaluate("seen.filter((key) => !/^(Control|Alt|Meta|Shift)$/.test(key))")
    assert reached == ["Escape", "s", "x", "k", "Enter", "F2"]


def test_space_and_brackets_drive_the_window_from_anywhere_but_a_field(bare, widget):
    view = show(bare, widget)
    view.cell("kernel", 1, 1).focus()
    view.page.keyboard.press("]")
    view.page.keyboard.press("]")
    expect(view.root.locator(".cw-at")).to_contain_text("output[0, 2] · 3 of 9")
    view.page.keyboard.press("[")
    expect(view.root.locator(".cw-at")).to_contain_text("output[0, 1] · 2 of 9")
    view.page.keyboard.press(" ")
    expect(view.button("pause")).to_be_visible()
    view.page.keyboard.press(" ")
    expect(view.button("play")).to_be_visible()
    view.field("stride s").focus()
    view.page.keyboard.press("]")
    expect(view.root.locator(".cw-at")).to_contain_text("output[0, 1] · 2 of 9")


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_overflows_a_page(bare, picture, widget, width):
    for number in ("2.6", "2.4", "5.1"):
        view = show(bare, ConvWidget.figure(number), width=width)
        view.open_more()
        view.drawn()
        assert view.page.evaluate("document.documentElement.scrollWidth") <= width
        right = view.page.evaluate(RIGHTMOST)
        assert right <= width, number
    picture(view.page, f"width-{width}")


RIGHTMOST = """() => Math.max(...[...document.querySelectorAll('.cw-picture text, .cw button, \
.cw input:not([type=range]), .cw select, .cw math')]
  .map((e) => e.getBoundingClientRect().right))"""


@pytest.mark.parametrize("width", WIDTHS)
def test_no_number_leaves_its_cell(bare, width):
    for layer in (Conv(5, 3, padding=2), Conv(12, 3), Conv(9, 2, stride=2)):
        widget = ConvWidget(layer)
        widget.input = (widget.input * 37 - 60) / 4
        view = show(bare, widget, width=width)
        for cell in view.root.locator(".cw-cell:has(text)").all():
            outer = cell.locator("rect").bounding_box()
            inner = cell.locator("text").bounding_box()
            assert inner["x"] >= outer["x"] - 1.5
            assert inner["x"] + inner["width"] <= outer["x"] + outer["width"] + 1.5


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
    window = view.root.locator(".cw-window").evaluate("e => getComputedStyle(e).stroke")
    frame = view.root.locator(".cw-frame").first.evaluate("e => getComputedStyle(e).stroke")
    assert window != frame
    picture(view.page, "forced-colours")


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


def test_in_a_grid_that_is_one_image_the_keyboard_still_reaches_each_cell(bare):
    widget = ConvWidget(Conv(96, 3))
    view = show(bare, widget)
    grid = view.root.get_by_role("grid", name="input")
    grid.get_by_role("gridcell").focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "End"):
        view.page.keyboard.press(key)
    view.drawn()
    cell = grid.get_by_role("gridcell")
    assert (cell.get_attribute("data-index"), cell.get_attribute("aria-colindex")) == ("2,95", "96")
    assert cell.get_attribute("aria-label") == str(widget.input[2, 95])
    assert view.focused().endswith("2,95")
    expect(view.root.get_by_role("status")).to_have_text("Reaches 3 outputs.")
