"""What cannot be: sliders shade it, and where it is asked for it is refused with the numbers."""

import re
from dataclasses import replace
from typing import Any

import pytest
from truth import fits
from view import View, show

from convwidget import Conv, ConvWidget
from convwidget.layers.wire import from_wire

LETTERS = {
    "input_size": ("input", "i"),
    "kernel_size": ("kernel", "k"),
    "stride": ("stride", "s"),
    "padding": ("padding", "p"),
    "dilation": ("dilation", "d"),
}
SETTINGS = {letter: setting for setting, (_, letter) in LETTERS.items()}


def track(view: View, name: str) -> tuple[int, int, float, float]:
    """A slider's ends, and between which shares of it its track is not shaded."""
    least, most, low, high = view.slider(name).evaluate(
        """(slider) => [slider.min, slider.max, ...['--cw-low', '--cw-high'].map((name) =>
          slider.style.getPropertyValue(name).replace('%', ''))].map(Number)"""
    )
    return int(least), int(most), low / 100, high / 100


def check_track(view: View, name: str, values: list[bool]) -> None:
    """The part that is not shaded is what fits, `values` saying so for each place of the slider."""
    least, most, low, high = track(view, name)
    assert len(values) == most - least + 1
    possible = [n for n, fit in enumerate(values) if fit]
    assert low == pytest.approx(possible[0] / (most - least))
    assert high == pytest.approx(possible[-1] / (most - least))
    assert all(values[possible[0] : possible[-1] + 1]), "what fits is not in one piece"


@pytest.mark.parametrize(
    "layer",
    [
        Conv(5, 3, stride=2, padding=1),
        Conv(4, 4),
        Conv(9, 2, dilation=4, padding=2),
        Conv(2, 2, stride=3),
        Conv(16, 8, padding=6),
    ],
    ids=repr,
)
def test_the_shaded_part_of_a_slider_is_what_cannot_be(bare: Any, layer: Conv) -> None:
    view = show(bare, ConvWidget(layer))
    view.open_more()
    for setting, (name, letter) in LETTERS.items():
        least, most, *_ = track(view, f"{name} {letter}")
        values = [fits(layer, **{setting: n}) for n in range(least, most + 1)]
        check_track(view, f"{name} {letter}", values)
        limit = view.field(f"{name} {letter}").locator("xpath=..//*[@class='cw-limit']")
        assert bool(limit.text_content()) == (not all(values)), "it says why it stops"


def test_each_axis_has_its_own_limits(bare: Any) -> None:
    layer = Conv((4, 9), (2, 3), dilation=(1, 2))
    view = show(bare, ConvWidget(layer))
    view.open_more()
    for axis, side in enumerate(("rows", "columns")):
        for setting in ("input_size", "kernel_size", "stride", "dilation"):
            name, letter = LETTERS[setting]
            least, most, *_ = track(view, f"{name} {side} {letter}")
            values = []
            for n in range(least, most + 1):
                pair = list(getattr(layer, setting))
                pair[axis] = n
                values.append(fits(layer, **{setting: tuple(pair)}))
            check_track(view, f"{name} {side} {letter}", values)


def test_a_sliders_range_does_not_move(bare: Any) -> None:
    view = show(bare, ConvWidget.figure("2.6"))
    before = [track(view, f"{n} {letter}")[:2] for n, letter in LETTERS.values()]
    view.type("input i", "16")
    view.type("kernel k", "8")
    after = [track(view, f"{n} {letter}")[:2] for n, letter in LETTERS.values()]
    assert after == before


def refused(bare: Any, width: int = 1080) -> tuple[View, ConvWidget]:
    """Figure 2.6 with a kernel that is too large."""
    widget = ConvWidget.figure("2.6", position=(1, 1))
    view = show(bare, widget, width=width)
    view.type("kernel k", "8")
    return view, widget


def remedies(view: View) -> list[str]:
    buttons = view.root.locator(".cw-banner button").all_text_contents()
    assert buttons[-1] == "Go back"
    return buttons[:-1]


@pytest.mark.parametrize("width", [1080, 360])
def test_what_cannot_be_is_said_with_the_numbers_over_the_old_picture(
    bare: Any, width: int
) -> None:
    widget = ConvWidget.figure("2.6", position=(1, 1))
    view = show(bare, widget, width=width)
    view.leave()
    before = view.drawn()
    view.type("kernel k", "8")
    drawn = view.drawn()
    assert "8" in drawn.banner
    assert "7" in drawn.banner
    for name in ("maps", "sum", "at", "formulas", "sentence", "captions"):
        if name == "maps":
            continue  # they moved down, below the message
        assert getattr(drawn, name) == getattr(before, name)
    for map in ("input", "kernel", "output"):
        assert drawn.cells(map) == before.cells(map)
    field = view.field("kernel k")
    assert field.get_attribute("aria-invalid") == "true"
    assert field.input_value() == "8"
    faded = view.root.locator(".cw-holder").evaluate("node => getComputedStyle(node).opacity")
    assert float(faded) < 1
    assert view.changes() == []


@pytest.mark.parametrize("letter", ["k", "p", "i"])
def test_each_remedy_is_the_smallest_and_works(bare: Any, letter: str) -> None:
    view, widget = refused(bare)
    labels = [label for label in remedies(view) if label.startswith(letter)]
    assert len(labels) == 1
    setting, number = SETTINGS[letter], int(labels[0].split(" = ")[1])
    asked = {"kernel_size": 8} if letter != "k" else {}
    step = -1 if letter == "k" else 1
    assert fits(widget.layer, **{**asked, setting: number})
    assert not fits(widget.layer, **{**asked, setting: number - step})

    view.button(labels[0]).click()
    (change,) = view.changes()
    assert from_wire(change["layer"]) == replace(widget.layer, **{**asked, setting: number})
    drawn = view.drawn()
    assert drawn.banner == ""
    assert view.field("kernel k").get_attribute("aria-invalid") is None
    assert view.root.locator(".cw-stale").count() == 0


def test_only_remedies_that_work_are_offered(bare: Any) -> None:
    # With dilation 1 and no kernel that can shrink, a larger input and more padding are left.
    view = show(bare, ConvWidget(Conv(3, 1, dilation=1)))
    view.type("input i", "0")
    assert "input_size" in view.drawn().banner
    assert remedies(view) == ["i = 1"]


@pytest.mark.parametrize("way", ["Escape", "empty", "a number that can be", "Reset", "Go back"])
def test_a_refused_number_can_be_given_up(bare: Any, way: str) -> None:
    view, _ = refused(bare)
    field = view.field("kernel k")
    if way == "Escape":
        field.press("Escape")
    elif way == "empty":
        view.type("kernel k", "")
    elif way in ("Reset", "Go back"):
        view.button(way).click()
    else:
        view.type("kernel k", "3")
    assert view.drawn().banner == ""
    assert field.input_value() == "3"
    assert field.get_attribute("aria-invalid") is None
    assert view.root.locator(".cw-stale").count() == 0


def test_a_layer_from_python_takes_the_place_of_what_was_refused(bare: Any) -> None:
    view, widget = refused(bare)
    widget.stride = 1
    view.receive(layer=widget.get_state("layer")["layer"])
    drawn = view.drawn()
    assert dict(drawn.captions)["output"] == "5 × 5"
    assert drawn.banner == ""
    assert view.root.locator(".cw-stale").count() == 0


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("stride s", "0", "stride must be at least 1, but it is 0"),
        ("stride s", "1.5", "stride must be an integer, not 1.5"),
        ("kernel k", "-3", "kernel_size must be at least 1, but it is -3"),
        ("input i", "100000", "512"),
        ("padding p", "1e3", "512"),
        ("input i", "99999999999", "2147483647"),
    ],
)
def test_a_number_that_no_layer_has_is_refused(bare: Any, name: str, text: str, words: str) -> None:
    widget = ConvWidget.figure("2.6")
    view = show(bare, widget)
    view.type(name, text)
    assert words in view.drawn().banner
    assert view.changes() == []
    view.root.locator(".cw-banner button").first.click()
    assert view.drawn().banner == ""
    for change in view.changes():
        widget.set_state(change)


def test_a_name_of_padding_that_cannot_be_is_refused(bare: Any) -> None:
    view = show(bare, ConvWidget(Conv(3, 5, padding=2)))
    view.open_more()
    view.field("kind of padding").select_option("valid")
    banner = view.drawn().banner
    assert re.search(r"5.*3", banner)
    assert view.changes() == []
    assert view.field("kind of padding").input_value() == "number"
    assert "NaN" not in banner
