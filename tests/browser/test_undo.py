"""Taking back: one gesture at a time, and nothing that another hand did."""

from itertools import pairwise
from typing import Any

import numpy as np
from playwright.sync_api import expect
from view import View, show
from writing import check, editor, press, start, take

from convwidget import Conv, ConvWidget, MaxPool


def test_undo_takes_back_one_edit_at_a_time(bare: Any) -> None:
    view, widget = start(bare)
    expect(view.button("Undo")).to_be_disabled()
    first = np.array(widget.kernel)
    view.click("kernel", 0, 0)
    press(view, "5", "Enter", "6", "Enter")
    check(view, widget)
    assert (widget.kernel[0, 0], widget.kernel[1, 0]) == (5, 6)
    press(view, "Control+z")
    check(view, widget)
    assert (widget.kernel[0, 0], widget.kernel[1, 0]) == (5, first[1, 0])
    view.button("Undo").click()
    check(view, widget)
    assert np.array_equal(widget.kernel, first)
    expect(view.button("Undo")).to_be_disabled()


def test_what_changes_nothing_is_not_taken_back(bare: Any) -> None:
    view = show(bare, ConvWidget.figure("2.6"))  # whose settings Python names in its own order
    view.slider("stride s").dispatch_event("input")
    view.button("Reset").click()
    view.settle()
    expect(view.button("Undo")).to_be_disabled()


def test_undo_leaves_the_window_where_it_stands(bare: Any) -> None:
    view, widget = start(bare)
    view.click("output", 1, 1)
    view.click("kernel", 0, 0)
    press(view, "5", "Enter")
    view.button("Undo").click()
    assert view.drawn().at == "output[1, 1] · 4 of 4"
    check(view, widget)


def test_undo_leaves_alone_what_python_changed_since(bare: Any) -> None:
    view, widget = start(bare)
    first = np.array(widget.kernel)
    view.click("kernel", 0, 0)
    press(view, "5", "Enter")
    take(view, widget)
    widget.stride = 2
    view.receive(**widget.get_state("layer"))
    view.button("Undo").click()
    take(view, widget)
    assert np.array_equal(widget.kernel, first)
    assert widget.layer == Conv(4, 3, stride=2)
    expect(view.button("Undo")).to_be_disabled()
    # What Python changed again is Python's.
    view.type("stride s", "1")
    expect(view.button("Undo")).to_be_enabled()
    take(view, widget)
    widget.padding = 1
    view.receive(**widget.get_state("layer"))
    expect(view.button("Undo")).to_be_disabled()


def test_each_view_takes_back_its_own(bare: Any) -> None:
    one, widget = start(bare)
    first = np.array(widget.kernel)
    one.page.evaluate("async () => { await stage.view() }")
    two = View(one.page, 1)
    one.click("kernel", 0, 0)
    press(one, "5", "Enter")
    two.type("stride s", "2")
    one.button("Undo").click()
    take(one, widget)
    assert np.array_equal(widget.kernel, first)
    assert widget.layer == Conv(4, 3, stride=2)
    two.button("Undo").click()
    take(one, widget)
    assert widget.layer == Conv(4, 3)
    for view in (one, two):
        expect(view.button("Undo")).to_be_disabled()


def test_a_drag_that_returns_is_taken_back_without_what_was_before(bare: Any) -> None:
    view, widget = start(bare)
    view.click("kernel", 0, 0)
    press(view, "5", "Enter")
    stride = view.field("stride s")
    stride.press("ArrowUp")
    stride.press("ArrowDown")
    view.button("Undo").click()
    check(view, widget)
    assert widget.kernel[0, 0] == 5
    view.button("Undo").click()
    check(view, widget)
    assert widget.kernel[0, 0] == 1


def test_ctrl_z_in_a_field_that_is_written_in_is_the_fields_own(bare: Any) -> None:
    view, widget = start(bare)
    view.click("kernel", 0, 0)
    press(view, "5", "Enter", "9", "Control+z")
    assert editor(view).count() == 1
    press(view, "Escape")
    check(view, widget)
    assert widget.kernel[0, 0] == 5


def test_a_drag_is_taken_back_as_one(bare: Any) -> None:
    widget = ConvWidget(Conv(6, 3))
    view = show(bare, widget)
    box = view.slider("stride s").bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    places = [box["x"] + share * box["width"] for share in (0.02, 0.3, 0.5, 0.7, 0.95)]
    view.page.mouse.move(places[0], middle)
    view.page.mouse.down()
    for before, after in pairwise(places):
        view.page.mouse.move((before + after) / 2, middle)
        view.settle()
        view.page.mouse.move(after, middle)
        view.settle()
    view.page.mouse.up()
    take(view, widget)
    assert widget.stride == (6, 6)
    assert len(view.changes()) > 2, "the drag went through several strides"
    press(view, "Control+z")
    take(view, widget)
    assert widget.layer == Conv(6, 3)
    expect(view.button("Undo")).to_be_disabled()


def test_undo_brings_a_figure_an_operation_and_a_fill_back(bare: Any) -> None:
    view, widget = start(bare)
    menu, operation = view.field("figure of the guide"), view.field("operation")
    menu.select_option("5.1")
    view.settle()
    operation.select_option("MaxPool")
    view.settle()
    operation.select_option("Conv")
    view.settle()
    view.open_more()
    view.field("kernel values").select_option("blur")
    take(view, widget)
    last = widget.layer
    for expected in (last, MaxPool, ConvWidget.figure("5.1").layer, Conv(4, 3)):
        view.button("Undo").click()
        take(view, widget)
        is_type = isinstance(expected, type)
        assert type(widget.layer) is expected if is_type else widget.layer == expected
    expect(view.button("Undo")).to_be_disabled()
