"""Numbers that are typed into cells, the fills of the maps, and the ways back."""

from typing import Any

import numpy as np
import pytest
from playwright.sync_api import expect
from view import show
from writing import check, editor, press, start, take

from convwidget import Conv, ConvTranspose, ConvWidget

FILLS = ["random", "ramp", "ones", "zeros", "identity", "blur", "sharpen", "sobel"]


@pytest.mark.parametrize("map", ["input", "kernel"])
def test_a_digit_begins_writing_and_enter_takes_it_and_goes_down(bare: Any, map: str) -> None:
    view, widget = start(bare)
    view.click(map, 0, 1)
    press(view, "4", "2")
    expect(editor(view)).to_have_value("42")
    assert editor(view).get_attribute("aria-label") == f"{map}[0, 1]"
    press(view, "Enter")
    assert editor(view).count() == 0
    assert view.focused() == f"{map} 1,1"
    expected = np.array(getattr(ConvWidget(Conv(4, 3)), map))
    expected[0, 1] = 42
    check(view, widget)
    assert np.array_equal(getattr(widget, map), expected)
    press(view, "7", "Enter", "8", "Enter")
    expected[1, 1], expected[2, 1] = 7, 8
    check(view, widget)
    assert np.array_equal(getattr(widget, map), expected)


def test_below_the_last_row_enter_stays(bare: Any) -> None:
    view, widget = start(bare)
    view.click("kernel", 2, 1)
    press(view, "5", "Enter")
    assert view.focused() == "kernel 2,1"
    check(view, widget)


@pytest.mark.parametrize("value", [7, 12, -3])
@pytest.mark.parametrize("way", ["F2", "Enter", "a double click"])
def test_the_number_that_stands_there_is_chosen_and_written_over(
    bare: Any, way: str, value: int
) -> None:
    view, widget = start(bare, kernel=[[value] * 3] * 3)
    if way == "a double click":
        view.cell("kernel", 1, 1).dblclick()
    else:
        view.click("kernel", 1, 1)
        press(view, way)
    expect(editor(view)).to_have_value(str(value))
    assert editor(view).evaluate("field => [field.selectionStart, field.selectionEnd]") == [
        0,
        len(str(value)),
    ]
    press(view, "9", "Enter")
    check(view, widget)
    assert widget.kernel[1, 1] == 9


def test_escape_restores_what_was_there(bare: Any) -> None:
    view, widget = start(bare)
    before = view.drawn().maps["kernel"]["cells"]
    view.click("kernel", 1, 1)
    press(view, "F2", "9", "9", "Escape")
    assert editor(view).count() == 0
    assert view.focused() == "kernel 1,1"
    assert [cell["text"] for cell in view.drawn().maps["kernel"]["cells"]] == [
        cell["text"] for cell in before
    ]
    assert not any("kernel" in change for change in view.changes())
    take(view, widget)


def test_tab_takes_the_number_and_leaves(bare: Any) -> None:
    view, widget = start(bare)
    view.click("input", 1, 1)
    press(view, "6", "Tab")
    assert editor(view).count() == 0
    assert view.focused() == "kernel 0,0"
    check(view, widget)
    assert widget.input[1, 1] == 6
    view.click("kernel", 1, 1)
    press(view, "5", "Shift+Tab")
    assert view.focused() == "input 1,1"
    check(view, widget)
    assert widget.kernel[1, 1] == 5


def test_leaving_by_the_pointer_takes_the_number(bare: Any) -> None:
    view, widget = start(bare)
    view.click("input", 1, 1)
    press(view, "6")
    view.field("stride s").click()
    expect(view.field("stride s")).to_be_focused()
    check(view, widget)
    assert widget.input[1, 1] == 6


WAYS = {
    "-3": -3,
    "−4": -4,
    "1,5": 1.5,
    "2.25": 2.25,
    ".5": 0.5,
    "-,5": -0.5,
    " 8 ": 8,
    "1e2": 100,
    "007": 7,
    "0,500": 0.5,
    "1e−1": 0.1,
}


def test_numbers_can_be_written_in_many_ways(bare: Any) -> None:
    view, widget = start(bare)
    for text, value in WAYS.items():
        view.click("kernel", 0, 0)
        press(view, "F2")
        editor(view).fill(text)
        press(view, "Enter")
        check(view, widget)
        assert widget.kernel[0, 0] == value


@pytest.mark.parametrize("key", ["-", ".", "−"])
def test_a_sign_begins_writing_too(bare: Any, key: str) -> None:
    view, widget = start(bare)
    view.click("kernel", 0, 0)
    view.cell("kernel", 0, 0).dispatch_event("keydown", {"key": key, "bubbles": True})
    expect(editor(view)).to_have_value({"−": "-"}.get(key, key))
    press(view, "5", "Enter")
    check(view, widget)
    assert widget.kernel[0, 0] == {"-": -5, ".": 0.5, "−": -5}[key]


NONE = ["abc", "1..2", "--1", "1e999", "9007199254740993", "NaN", "1,000", "-12,345", "0x10"]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_number_is_said_and_can_be_mended(bare: Any, text: str) -> None:
    view, widget = start(bare)
    view.click("kernel", 0, 0)
    press(view, "F2")
    editor(view).fill(text)
    press(view, "Enter")
    assert editor(view).get_attribute("aria-invalid") == "true"
    assert view.changes() == []
    assert view.drawn().cells("kernel")[0, 0].text == "1", "the number before is kept"
    expect(view.root.get_by_role("status")).to_have_text(
        f"{text} is not a number that can be shown."
    )
    editor(view).fill("3")
    press(view, "Enter")
    check(view, widget)
    assert widget.kernel[0, 0] == 3


@pytest.mark.parametrize("text", ["", "abc"])
def test_who_leaves_nonsense_behind_goes_on_where_they_went(bare: Any, text: str) -> None:
    view, _ = start(bare)
    view.click("kernel", 0, 0)
    press(view, "F2")
    editor(view).fill(text)
    view.field("stride s").click()
    assert editor(view).count() == 0
    assert view.drawn().cells("kernel")[0, 0].text == "1"
    expect(view.field("stride s")).to_be_focused()
    assert view.changes() == []


def test_a_number_for_a_cell_that_is_gone_is_not_sent(bare: Any) -> None:
    view, widget = start(bare)
    view.click("input", 3, 3)
    press(view, "6")
    widget.layer = Conv((3,), 3)
    view.page.evaluate(
        """values => {
          stage.receive(values);
          const press = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true });
          document.querySelector('.cw-editor').dispatchEvent(press);
        }""",
        widget.get_state("layer"),
    )
    assert view.changes() == []
    assert editor(view).count() == 0


def test_an_output_cannot_be_written_in(bare: Any) -> None:
    view, _ = start(bare)
    view.click("output", 0, 0)
    press(view, "5", "F2")
    view.cell("output", 0, 0).dblclick()
    assert editor(view).count() == 0


def test_padding_cannot_be_written_in(bare: Any) -> None:
    view = show(bare, ConvWidget(Conv(4, 3, padding=1)))
    view.root.locator(".cw-grid-input .cw-padding").first.dblclick(force=True)
    assert editor(view).count() == 0


def test_letters_and_keys_with_ctrl_do_not_begin_writing(bare: Any) -> None:
    view, _ = start(bare)
    view.click("kernel", 0, 0)
    press(view, "a", "x", "d", "Control+c", "Control+5")
    assert editor(view).count() == 0


@pytest.mark.parametrize("map", ["input", "kernel"])
def test_every_fill_is_drawn_as_python_has_it(bare: Any, map: str) -> None:
    view, widget = start(bare)
    view.open_more()
    select = view.field(f"{map} values")
    options = select.locator("option").evaluate_all("all => all.map((o) => o.value)")
    fills = FILLS if map == "kernel" else FILLS[:4]  # the others are shapes of a kernel
    assert options == ["", *fills]
    for fill in fills:
        select.select_option(fill)
        check(view, widget)
        assert np.array_equal(
            getattr(widget, map), getattr(ConvWidget(Conv(4, 3), **{map: fill}), map)
        )
        assert select.input_value() == fill


def test_a_fill_that_was_edited_says_so_and_can_be_chosen_again(bare: Any) -> None:
    view, widget = start(bare)
    view.open_more()
    select = view.field("kernel values")
    assert select.input_value() == "ramp"
    view.click("kernel", 0, 0)
    press(view, "5", "Enter")
    assert select.input_value() == ""
    assert select.locator("option").first.inner_text() == "1, 2, 3 …, edited"
    select.select_option("ramp")
    check(view, widget)
    assert np.array(widget.kernel).tolist() == [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    view.receive(kernel={"array": [[1, 0, 0], [0, 1, 0], [0, 0, 1]]})
    view.settle()
    assert select.input_value() == ""
    assert select.locator("option").first.inner_text() == "your own"


def test_an_edit_comes_back_when_the_map_grows_over_it_again(bare: Any) -> None:
    view, widget = start(bare)
    view.click("input", 3, 3)
    press(view, "9", "Enter")
    view.type("input i", "3")
    check(view, widget)
    view.type("input i", "5")
    check(view, widget)
    assert widget.input[3, 3] == 9


def test_reset_forgets_edits_and_can_itself_be_undone(bare: Any) -> None:
    view, widget = start(bare)
    first = np.array(widget.kernel)
    view.click("kernel", 0, 0)
    press(view, "5", "Enter")
    view.button("Reset").click()
    check(view, widget)
    assert np.array_equal(widget.kernel, first)
    view.button("Undo").click()
    check(view, widget)
    assert widget.kernel[0, 0] == 5


@pytest.mark.parametrize("view_name", ["stamp", "matrix", "back", "stacked"])
def test_cells_can_be_written_in_in_other_views(bare: Any, view_name: str) -> None:
    widget = ConvWidget(ConvTranspose(3, 2, stride=2), view=view_name)
    view = show(bare, widget)
    holder = view.root.locator(".cw-holder")
    # "Going back" draws sizes and no kernel, so there the input's are written in.
    map = "input" if view_name == "back" else "kernel"
    cell = holder.locator(f"[data-map={map}] [role=gridcell]").nth(1)
    cell.dispatch_event("focusin")
    cell.focus()
    view.page.keyboard.press("8")
    expect(editor(view)).to_have_value("8")
    press(view, "Enter")
    take(view, widget)
    assert np.array(getattr(widget, map)).ravel()[1] == 8
