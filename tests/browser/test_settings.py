"""Settings: what is typed, dragged or chosen reaches the picture, and Python as a whole layer."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import expect
from truth import Truth
from view import View, show

from convwidget import Conv, ConvWidget
from convwidget.layers.wire import from_wire

FIELDS = {
    "input i": "input_size",
    "kernel k": "kernel_size",
    "stride s": "stride",
    "padding p": "padding",
    "dilation d": "dilation",
}
ONE = ((1, 1), (1, 1))


def sent(view: View, widget: ConvWidget) -> Conv:
    """The layer that Python has after it took everything that the page sent."""
    for change in view.changes():
        widget.set_state(change)
        for name, value in change.items():
            assert widget.get_state(name)[name] == widget_form(value), f"{name} was refused"
    return widget.layer


def widget_form(value: Any) -> Any:
    """Lists from the page as the tuples that they become."""
    if isinstance(value, list):
        return tuple(widget_form(entry) for entry in value)
    if isinstance(value, dict):
        return {name: widget_form(entry) for name, entry in value.items()}
    return value


def check_size(view: View, layer: Conv, pads: Any) -> None:
    """The picture shows a layer."""
    widget = ConvWidget(layer)
    truth, drawn = Truth(widget, pads), view.drawn()
    assert len(drawn.cells("input")) == truth.padded[0] * truth.padded[1]
    assert sum(cell.kind == "input" for cell in drawn.cells("input").values()) == truth.x.size
    assert {at: cell.text for at, cell in drawn.cells("output").items()} == {
        at: str(int(truth.output[at])) for at in truth.outputs()
    }


@pytest.mark.parametrize(
    ("name", "number"),
    [("input i", 7), ("kernel k", 2), ("stride s", 1), ("padding p", 0), ("dilation d", 2)],
)
def test_a_number_that_is_typed_is_drawn_and_sent(bare: Any, name: str, number: int) -> None:
    widget = ConvWidget.figure("2.6")
    view = show(bare, widget)
    if name == "dilation d":
        view.open_more()
    view.type(name, str(number))
    expected = replace(widget.layer, **{FIELDS[name]: number})
    assert sent(view, widget) == expected
    side = number if name == "padding p" else 1
    check_size(view, expected, ((side, side), (side, side)))


def test_arrows_in_a_field_go_by_one_and_with_shift_by_ten(bare: Any) -> None:
    widget = ConvWidget.figure("2.6")
    view = show(bare, widget)
    view.field("input i").press("ArrowUp")
    assert sent(view, widget).input_size == (6, 6)
    view.field("input i").press("Shift+ArrowUp")
    assert sent(view, widget).input_size == (16, 16)
    view.field("input i").press("Shift+ArrowDown")
    view.field("input i").press("ArrowDown")
    assert sent(view, widget).input_size == (5, 5)


def test_keys_that_are_faster_than_the_picture_all_count(bare: Any) -> None:
    widget = ConvWidget(Conv(16, 3))
    view = show(bare, widget)
    # Both in one task, so that no frame comes between them.
    view.field("input i").evaluate(
        """(field) => {
          field.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', shiftKey: true }));
          field.stepDown();
          field.dispatchEvent(new Event('change'));
        }"""
    )
    assert sent(view, widget).input_size == (25, 25)


@pytest.mark.parametrize("width", [1080, 400])
@pytest.mark.parametrize(
    ("name", "least", "most"),
    [("input i", 1, 16), ("kernel k", 1, 7), ("stride s", 1, 6), ("padding p", 0, 6)],
)
def test_a_slider_is_dragged_to_both_ends(
    bare: Any, name: str, least: int, most: int, width: int
) -> None:
    widget = ConvWidget.figure("2.6")
    view = show(bare, widget, width=width)
    first = widget.layer
    drag(view, name, to_the_right=True)
    if name == "kernel k":  # 8 is the track's end, but 7 is all that fits
        assert view.field(name).input_value() == "8"
        assert sent(view, widget).kernel_size <= (7, 7)
        assert "8" in view.drawn().banner
    else:
        assert sent(view, widget) == replace(first, **{FIELDS[name]: most})
    drag(view, name, to_the_right=False)
    assert sent(view, widget) == replace(first, **{FIELDS[name]: least})
    assert view.drawn().banner == ""


def drag(view: View, name: str, to_the_right: bool) -> None:
    """Drag the thumb of a setting's slider past an end."""
    box = view.slider(name).bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    view.page.mouse.move(box["x"] + box["width"] / 2, middle)
    view.page.mouse.down()
    view.page.mouse.move(box["x"] + (box["width"] + 30 if to_the_right else -30), middle, steps=4)
    view.page.mouse.up()


def test_the_buttons_of_a_narrow_page_change_the_chosen_setting(bare: Any) -> None:
    widget = ConvWidget.figure("2.6")
    view = show(bare, widget, width=360)
    view.field("kernel k").focus()
    view.button("k more").click()
    assert sent(view, widget).kernel_size == (4, 4)
    view.field("padding p").focus()
    view.button("p less").click()
    assert sent(view, widget).padding == ((0, 0), (0, 0))


def test_each_axis_can_have_its_own_setting(bare: Any) -> None:
    widget = ConvWidget.figure("2.6")
    view = show(bare, widget)
    view.open_more()
    view.field("one setting per axis").check()
    expected: dict[str, Any] = {}
    for name, setting, rows, columns in [
        ("input {} i", "input_size", 6, 7),
        ("kernel {} k", "kernel_size", 2, 3),
        ("stride {} s", "stride", 3, 1),
        ("dilation {} d", "dilation", 2, 1),
    ]:
        view.type(name.format("rows"), str(rows))
        view.type(name.format("columns"), str(columns))
        expected[setting] = rows, columns
    view.type("padding columns p", "0")
    expected["padding"] = ((1, 1), (0, 0))
    assert sent(view, widget) == Conv(**expected)
    check_size(view, Conv(**expected), expected["padding"])

    view.field("one setting per axis").uncheck()
    assert sent(view, widget) == Conv(6, 2, stride=3, padding=1, dilation=2)
    assert view.field("kernel k").input_value() == "2"


def test_each_side_can_have_its_own_padding(bare: Any) -> None:
    widget = ConvWidget.figure("2.6")
    view = show(bare, widget)
    view.open_more()
    view.field("kind of padding").select_option("sides")
    for side, number in (("top", 0), ("bottom", 1), ("left", 3), ("right", 2)):
        view.type(f"padding {side} p", str(number))
    expected = replace(widget.layer, padding=((0, 1), (3, 2)))
    assert sent(view, widget) == expected
    check_size(view, expected, ((0, 1), (3, 2)))


@pytest.mark.parametrize(
    ("name", "pads"),
    [
        ("valid", ((0, 0), (0, 0))),
        ("half", ((1, 1), (1, 1))),
        ("full", ((2, 2), (2, 2))),
        ("same", ((0, 1), (0, 1))),
        ("same_lower", ((1, 0), (1, 0))),
        ("causal", ((2, 0), (2, 0))),
    ],
)
def test_padding_can_have_a_name(bare: Any, name: str, pads: Any) -> None:
    widget = ConvWidget(Conv(6, 3, stride=2))
    view = show(bare, widget)
    view.open_more()
    view.field("kind of padding").select_option(name)
    assert sent(view, widget).padding == name
    check_size(view, replace(widget.layer, padding=name), pads)
    assert view.field("kind of padding").input_value() == name


def test_a_number_takes_the_place_of_a_name(bare: Any) -> None:
    widget = ConvWidget(Conv(6, 3, padding="full"))
    view = show(bare, widget)
    assert view.field("padding p").input_value() == "2"
    view.type("padding p", "1")
    assert sent(view, widget).padding == ONE
    view.open_more()
    assert view.field("kind of padding").input_value() == "number"


# The guide's figures in its order, and the operation that each is about.
GUIDE = {
    **dict.fromkeys(["1.1", "1.2", "1.3", "1.4"], "Convolution"),
    "1.5": "Average pooling",
    "1.6": "Max pooling",
    **dict.fromkeys([f"2.{n}" for n in range(1, 8)], "Convolution"),
    **dict.fromkeys(["2.8a", "2.8b"], "Convolution"),
    **dict.fromkeys([f"4.{n}" for n in range(1, 8)], "Transposed convolution"),
    "5.1": "Convolution",
}


def figures(view: View) -> list[str]:
    options = view.field("figure of the guide").locator("option")
    return [value for value in options.evaluate_all("all => all.map((o) => o.value)") if value]


def test_the_menu_shows_the_guides_figures_as_python_has_them(bare: Any) -> None:
    widget = ConvWidget(Conv(8, 2), position=(3, 3))
    view = show(bare, widget)
    assert figures(view) == list(GUIDE)
    for number, operation in GUIDE.items():
        view.field("figure of the guide").select_option(number)
        view.settle()
        assert view.root.get_attribute("aria-label") == f"{operation}, Figure {number}"
        sent(view, widget)
        there = ConvWidget.figure(number)
        assert widget.layer == there.layer
        assert np.array_equal(widget.input, there.input)
        assert np.array_equal(widget.kernel, there.kernel)
        assert not any(widget.position)
        assert view.root.get_by_role("tab", selected=True).get_attribute("data-view") == (
            "stamp" if there.view == "grids" and "Transposed" in operation else there.view
        )
        if there.view != "grids":  # the next figure begins where a newcomer would
            view.root.get_by_role("tab").first.click()


def test_the_menu_follows_the_settings(bare: Any) -> None:
    widget = ConvWidget.figure("2.6")
    view = show(bare, widget)
    menu = view.field("figure of the guide")
    assert menu.input_value() == "2.6"
    view.type("input i", "6")
    assert menu.input_value() == "2.7"
    view.type("stride s", "3")
    assert menu.input_value() == ""
    assert view.drawn().name == "Convolution"
    menu.select_option("2.1")
    assert view.drawn().name == "Convolution, Figure 2.1"
    menu.select_option(label="your own settings")
    assert menu.input_value() == ""
    assert sent(view, widget) == Conv(6, 3, stride=3, padding=1)


def test_reset_returns_to_what_the_widget_was_made_with(bare: Any) -> None:
    widget = ConvWidget(Conv((5, 6), 3, padding="same"), input="ramp", kernel="ones")
    first = widget.get_state(("layer", "input", "kernel"))
    view = show(bare, widget)
    before = view.drawn()
    view.field("figure of the guide").select_option("5.1")
    view.click("output", 1, 1)
    view.button("Reset").click()
    drawn = view.drawn()
    assert drawn.maps == before.maps
    assert drawn.at == before.at
    sent(view, widget)
    assert widget.get_state(("layer", "input", "kernel")) == first
    assert widget.position == (0, 0)


def test_reset_returns_to_what_was_first_shown_where_nothing_else_is_known(bare: Any) -> None:
    widget = ConvWidget(Conv(5, 3), kernel="ones")
    state = widget.get_state()
    del state["initial"]
    view = View(bare(state, width=1080))
    before = view.drawn().maps
    view.field("figure of the guide").select_option("5.1")
    view.button("Reset").click()
    assert view.drawn().maps == before


@pytest.mark.parametrize("text", ["", "abc"])
def test_a_field_that_is_left_empty_keeps_its_number(bare: Any, text: str) -> None:
    view = show(bare, ConvWidget.figure("2.6"))
    view.field("stride s").fill("")
    view.field("stride s").press_sequentially(text)
    view.field("stride s").press("Enter")
    view.field("kernel k").focus()
    expect(view.field("stride s")).to_have_value("2")
    assert view.drawn().banner == ""
    assert view.changes() == []


def test_what_is_being_typed_outlives_a_change_from_python(bare: Any) -> None:
    widget = ConvWidget.figure("2.6")
    view = show(bare, widget)
    view.field("input i").fill("9")
    view.receive(input={"fill": "ones"})
    view.drawn()
    view.field("input i").press("Enter")
    assert sent(view, widget).input_size == (9, 9)


def test_what_is_being_typed_outlives_a_change_in_a_shadow_root_too(bare: Any) -> None:
    outside = show(bare, ConvWidget.figure("2.6"))
    outside.page.evaluate("async () => { await stage.view(true) }")
    view = View(outside.page, 1)
    field = view.field("input i")
    field.fill("9")
    view.receive(input={"fill": "ones"})
    view.drawn()
    assert field.input_value() == "9"
    field.press("Enter")
    assert view.changes()[-1]["layer"]["input_size"] == [9, 9]
    view.cell("kernel", 1, 1).focus()
    view.receive(kernel={"fill": "ones"})
    view.drawn()
    held = "(root) => root.getRootNode().activeElement.dataset.index"
    assert view.root.evaluate(held) == "1,1"


@pytest.mark.parametrize("width", [1000, 700])
def test_a_slider_has_room_beside_its_field(bare: Any, width: int) -> None:
    view = show(bare, ConvWidget.figure("2.6"), width=width)
    read = "all => all.map((slider) => slider.getBoundingClientRect().width)"
    widths = view.root.locator(".cw-fields .cw-slider").evaluate_all(read)
    assert len(widths) == 6
    assert min(widths) >= 90


def test_a_refusal_names_maps_as_the_page_does_and_as_python_does(bare: Any) -> None:
    view = show(bare, ConvWidget(Conv(5, 3, in_channels=2, out_channels=3)))
    view.open_more()
    view.type("groups", "2")
    assert "Output maps (out_channels) 3 cannot form 2 groups" in view.drawn().banner
    view.type("input maps", "0")
    assert "Input maps (in_channels) must be at least 1, but it is 0" in view.drawn().banner


def test_values_outside_the_sliders_range_can_be_typed(bare: Any) -> None:
    widget = ConvWidget.figure("2.6")
    view = show(bare, widget)
    view.type("input i", "20")
    assert sent(view, widget).input_size == (20, 20)
    view.type("padding p", "-1")
    assert sent(view, widget).padding == ((-1, -1), (-1, -1))
    assert view.slider("input i").get_attribute("max") == "16"
    assert from_wire(view.changes()[-1]["layer"]) == widget.layer
