"""Predictions: nothing gives one away, its window answers a wrong one, a right one reveals."""

import re
from itertools import product
from typing import Any

import numpy as np
import pytest
from drawn import Index
from playwright.sync_api import Page, expect
from view import View, show

from convwidget import AvgPool, Conv, ConvTranspose, ConvWidget, MaxPool
from convwidget.layers.wire import to_wire

NAMES = {1: ["cells"], 2: ["rows", "columns"], 3: ["slices", "rows", "columns"]}
ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"]

# Each layer with its output's size and, per axis, the padded line and the effective kernel and the
# stride of the window, all worked out by hand.
LAYERS: dict[str, tuple[Any, Index, list[tuple[int, int, int]]]] = {
    "Figure 2.6": (Conv(5, 3, stride=2, padding=1), (3, 3), [(7, 3, 2)] * 2),
    "per axis": (Conv((6, 9), (2, 3), stride=(1, 2)), (5, 4), [(6, 2, 1), (9, 3, 2)]),
    "dilated": (Conv(11, 3, dilation=2, stride=3), (3, 3), [(11, 5, 3)] * 2),
    "ceil mode": (MaxPool(8, 3, stride=2, ceil_mode=True), (4, 4), [(8, 3, 2)] * 2),
    "ceil mode that drops one": (
        AvgPool(5, 2, stride=2, padding=1, ceil_mode=True),
        (3, 3),
        [(7, 2, 2)] * 2,
    ),
    "transposed": (ConvTranspose(3, 3, stride=2, padding=1), (5, 5), [(7, 3, 1)] * 2),
    "a strip": (Conv((23,), 4, stride=3), (7,), [(23, 4, 3)]),
    "a block": (
        Conv((4, 6, 7), 3, padding=(1, 0, 0)),
        (4, 4, 5),
        [(6, 3, 1), (6, 3, 1), (7, 3, 1)],
    ),
    "maps": (Conv(6, 3, in_channels=2, out_channels=3), (4, 4), [(6, 3, 1)] * 2),
}


def ask(bare: Any, layer: Any, **options: Any) -> tuple[View, ConvWidget]:
    widget = ConvWidget(layer, predict=True, **options)
    return show(bare, widget), widget


def fields(view: View) -> Any:
    return view.root.locator(".cw-question input")


def answer(view: View, *sizes: int | str) -> None:
    """Write a prediction, one number or one an axis, and check it."""
    for n in range(fields(view).count()):
        fields(view).nth(n).fill(str(sizes[n] if len(sizes) > 1 else sizes[0]))
    view.button("Check").click()
    view.settle()


def verdict(view: View) -> str:
    return view.root.locator(".cw-verdict").inner_text()


EVERYTHING = """root => {
  const found = [root.innerText];
  const shown = (element) => element.checkVisibility?.() ?? true;
  for (const element of root.querySelectorAll('*')) {
    if (!shown(element)) continue;
    for (const name of ['aria-label', 'aria-valuetext', 'title', 'aria-valuemax', 'placeholder'])
      if (element.hasAttribute(name)) found.push(element.getAttribute(name));
    // What an SVG writes is no innerText.
    if (element.tagName === 'text' || element.tagName === 'tspan') found.push(element.textContent);
  }
  for (const status of root.querySelectorAll('[role=status]')) found.push(status.textContent);
  found.push(root.getAttribute('aria-label'));
  return found.join('\\n');
}"""


def everything(view: View) -> str:
    """All that eyes or a screen reader could find in the widget."""
    view.settle()
    return str(view.root.evaluate(EVERYTHING))


# Numbers that stand nowhere but in the answer: sizes and counts of the output.
TELLING = ConvWidget(Conv((50, 60), (4, 5), stride=(2, 1), padding=1), input="zeros", kernel="ones")
SECRETS = ("25", "58", "1450", "1449")
TELLING_BACK = ConvWidget(
    ConvTranspose((11, 13), 3, stride=(3, 5)), input="zeros", kernel="ones", view="matrix"
)
SECRETS_BACK = ("33", "63", "2079", "2078")


@pytest.mark.parametrize(
    ("asked", "secrets"),
    [(TELLING, SECRETS), (TELLING_BACK, SECRETS_BACK)],
    ids=["convolution", "transposed"],
)
@pytest.mark.parametrize("width", [360, 1080])
def test_nothing_on_the_page_gives_the_answer_away(
    bare: Any, asked: ConvWidget, secrets: tuple[str, ...], width: int
) -> None:
    assert asked.output.shape == tuple(map(int, secrets[:2]))
    page = bare({**asked.get_state(), "predict": True}, width=width)
    view = View(page)
    for summary in view.root.locator("summary:visible").all():
        summary.click()
    pressed(view)
    text = everything(view)
    for secret in secrets:
        assert not re.search(rf"(?<!\d){secret}(?!\d)", text), f"{secret} in {text}"
    for word in ("Relationship", "starts", "With the place", "reaches", "Reaches", "Multiplies"):
        assert word not in text
    assert view.root.locator("[data-map=output]").count() == 0
    assert not view.root.locator(".cw-tick").count()
    assert view.changes() == []


def pressed(view: View) -> None:
    """Touch what a hand or a keyboard could."""
    for map in ("input", "kernel"):
        for cell in view.root.locator(f"[data-map={map}] [role=gridcell]").all()[:1]:
            cell.click()
    for key in (" ", "]", "[", "Control+z"):
        view.page.keyboard.press(key)
    view.settle()


def test_nothing_is_said_or_played_before_the_answer(timed: Any) -> None:
    widget = ConvWidget(Conv(5, 3, stride=2, padding=1), predict=True)
    view = View(timed(widget.get_state(), width=1080), still=True)
    status = view.root.get_by_role("status")
    view.page.keyboard.press("Tab")
    for map in ("input", "kernel"):
        view.root.locator(f"[data-map={map}] [role=gridcell]").first.focus()
        view.page.clock.run_for(600)
        assert status.text_content() == ""
    view.page.keyboard.press("]")
    view.page.keyboard.press(" ")
    view.page.clock.run_for(20 * 800)
    assert status.text_content() == ""
    assert view.changes() == []


def test_the_settings_are_held_until_the_answer_is_right(bare: Any) -> None:
    view, widget = ask(bare, Conv(5, 3, stride=2, padding=1))
    view.open_more()
    held = view.root.locator(".cw-settings, .cw-toolbar")
    every = held.locator("input, select, button")
    assert every.count() > 10
    free = every.evaluate_all(
        """all => all.filter((one) => !one.disabled && one.offsetParent !== null)
          .map((one) => one.getAttribute('aria-label') ?? one.textContent)"""
    )
    # Whether axes share a setting only decides how the settings are shown.
    assert [name for name in free if name != "one setting per axis"] == []
    answer(view, 3)
    assert view.field("stride s").is_enabled()
    view.type("stride s", "1")
    assert view.field("stride s").is_disabled(), "the next layer is asked for as well"
    assert widget.layer == Conv(5, 3, stride=2, padding=1)


def sentence(layer: Any, lines: list[tuple[int, int, int]], size: Index, given: Index) -> str:
    """What a wrong answer must be told, from the numbers of its windows."""
    axis = max(n for n, (said, true) in enumerate(zip(given, size, strict=True)) if said != true)
    (padded, span, stride), said = lines[axis], given[axis]
    window = said - 1 if said > size[axis] else said
    first, last = window * stride, window * stride + span - 1
    names = NAMES[len(size)][axis]
    nth = ORDINALS[window] if window < 8 else f"{window + 1}th"
    which = f" {names}" if len(set(given)) > 1 else ""
    text = f"Not {said}{which}. A {nth} window would start in {names[:-1]} {first}"
    text += f" and need {names} {first} to {last}"
    line = "stretched, padded input" if isinstance(layer, ConvTranspose) else "padded input"
    end = f"he {line} ends with {names[:-1]} {padded - 1}"
    if said < size[axis]:
        over = "; ceil mode lets it hang over" if last >= padded else ""
        return f"{text}, and it fits: t{end}{over} (counted from 0)."
    ceil = isinstance(layer, MaxPool | AvgPool) and layer.ceil_mode
    return (
        f"{text}. T{end}{', and ceil mode does not reach so far' if ceil else ''} (counted from 0)."
    )


@pytest.mark.parametrize("name", LAYERS)
def test_a_wrong_answer_is_told_which_window_fails_or_was_left_out(bare: Any, name: str) -> None:
    layer, size, lines = LAYERS[name]
    view, _ = ask(bare, layer)
    alike = len({*lines}) == 1
    for by in (-1, 1, 5):
        given = tuple(n + by for n in size) if alike else (*size[:-1], size[-1] + by)
        answer(view, *given)
        assert verdict(view) == sentence(layer, lines, size, given)
        assert fields(view).first.get_attribute("aria-invalid") == "true"
        if len(size) == 2 and name != "maps":
            check_window(view, lines, size, given)
        assert "?" in everything(view)
    expect(view.root.get_by_role("status")).to_have_text(verdict(view))


def check_window(view: View, lines: list[tuple[int, int, int]], size: Index, given: Index) -> None:
    """The window that fails stands where it would, and the cells that are not there are crossed."""
    axis = max(n for n, (said, true) in enumerate(zip(given, size, strict=True)) if said != true)
    (padded, span, stride), said = lines[axis], given[axis]
    first = (said - 1 if said > size[axis] else said) * stride
    drawn = view.drawn()
    outlines = drawn.outlined("input", "window")
    place, spans = [0, 0], [line[1] for line in lines]
    standing = (0, 0, *spans)
    place[axis] = first
    left, top, edge = drawn.box_of("input")
    all_outlines = [drawn.span("input", one["box"]) for one in drawn.outlines]
    if first + span - 1 >= padded + 4:  # too far to be drawn
        assert all_outlines == [standing]
        return
    assert sorted(all_outlines) == sorted([standing, (*place, *spans)])
    assert standing in outlines
    short = max(0, first + span - padded)
    middles = """all => all.map((cross) => {
      const { x, y, width, height } = cross.getBoundingClientRect();
      return [x + width / 2, y + height / 2];
    })"""
    crosses = view.root.locator(".cw-missing").evaluate_all(middles)
    expected = set()
    for n, m in product(range(short), range(spans[1 - axis])):
        expected.add((padded + n, m) if axis == 0 else (m, padded + n))
    assert {(int((y - top) // edge), int((x - left) // edge)) for x, y in crosses} == expected


def test_show_me_draws_every_start_that_fits(bare: Any) -> None:
    view, _ = ask(bare, Conv((5, 8), 3, stride=(2, 1), padding=1))
    show_me = view.button("Show me")
    assert not show_me.is_visible(), "not before a try"
    answer(view, 3, 9)
    assert view.root.locator(".cw-start").count() == 0
    show_me.click()
    drawn = view.drawn()
    left, top, edge = drawn.box_of("input")
    middles = """all => all.map((dot) => {
      const { x, y, width, height } = dot.getBoundingClientRect();
      return [x + width / 2, y + height / 2];
    })"""
    dots = view.root.locator(".cw-start").evaluate_all(middles)
    found = {(int((y - top) // edge), int((x - left) // edge)) for x, y in dots}
    assert found == {(row, 0) for row in (0, 2, 4)} | {(0, column) for column in range(8)}
    answer(view, 3, 8)
    assert view.root.locator(".cw-start").count() == 0
    assert view.drawn().cells("output")


@pytest.mark.parametrize("name", LAYERS)
def test_the_right_answer_reveals_the_output(bare: Any, name: str) -> None:
    layer, size, _ = LAYERS[name]
    view, widget = ask(bare, layer)
    assert widget.output.shape[-len(size) :] == size, "worked out by hand"
    answer(view, *size)
    assert not view.root.locator(".cw-question").is_visible()
    read = "cells => cells.map((cell) => cell.ariaLabel)"
    cells = view.root.locator(".cw-holder [data-map=output] [role=gridcell]").evaluate_all(read)
    drawn = [float(text.replace("−", "-")) for text in cells]
    assert np.allclose(sorted(drawn), sorted(widget.output.ravel().tolist()), atol=0.006)
    assert view.root.locator(".cw-transport").is_visible()
    assert view.root.get_by_role("tab").count() > 1
    expect(view.root.get_by_role("status")).to_have_text(re.compile("Right"))


def test_the_answers_reach_python_in_their_order(bare: Any) -> None:
    view, widget = ask(bare, Conv((6, 9), (2, 3), stride=(1, 2)))
    tries = [(5, 5), (4, 4), (5, 4)]
    for given in tries:
        answer(view, *given)
    widget.set_state(view.changes()[-1])
    assert [tuple(entry["answer"]) for entry in widget.answers] == tries
    assert [entry["right"] for entry in widget.answers] == [False, False, True]
    assert {str(entry["layer"]["input_size"]) for entry in widget.answers} == {"[6, 9]"}


def test_what_python_knows_as_answered_is_shown(bare: Any) -> None:
    view, widget = ask(bare, Conv(5, 3))
    wire = to_wire(widget.layer)
    wrong = {"layer": wire, "answer": [4, 4], "right": False}
    view.receive(answers=[wrong])
    view.settle()
    assert verdict(view).startswith("Not 4.")
    backwards = dict(reversed(wire.items()))  # an order of names is no other layer
    view.receive(answers=[wrong, {"layer": backwards, "answer": [3, 3], "right": True}])
    assert view.drawn().cells("output")
    view.receive(answers=[])
    view.settle()
    assert view.root.locator(".cw-question").is_visible()


def test_another_answer_in_the_place_of_one_is_shown(bare: Any) -> None:
    view, widget = ask(bare, Conv(5, 3))
    for size in (4, 5):
        wrong = {"layer": to_wire(widget.layer), "answer": [size, size], "right": False}
        view.receive(answers=[wrong])
        view.settle()
        assert verdict(view).startswith(f"Not {size}.")


@pytest.mark.parametrize(
    ("layer", "expected"),
    [
        (Conv(5, 3, padding=1), ""),
        (ConvTranspose(3, 3, stride=2), ""),
        (ConvTranspose(3, 3, stride=2, padding=1), "Padding crops 1 cell at each side."),
        (
            ConvTranspose(3, 3, stride=2, padding=(2, 0), output_padding=(0, 1)),
            "Rows: Padding crops 2 cells at each side. Columns: Output padding adds 1 at the end.",
        ),
    ],
)
def test_the_question_says_what_happens_at_the_ends(bare: Any, layer: Any, expected: str) -> None:
    view, widget = ask(bare, layer)
    said = view.root.locator(".cw-predict .cw-sentence")
    assert said.inner_text() == expected
    answer(view, *widget.output.shape)
    assert not said.is_visible()


def test_python_can_ask_and_stop_asking(bare: Any) -> None:
    view = show(bare, ConvWidget(Conv(5, 3)))
    view.receive(predict=True)
    view.settle()
    assert view.root.locator(".cw-question").is_visible()
    assert view.root.locator("[data-map=output]").count() == 0
    view.receive(predict=False)
    assert view.drawn().cells("output")


def test_two_views_are_asked_and_answered_together(bare: Any) -> None:
    one, _ = ask(bare, Conv(5, 3))
    one.page.evaluate("async () => { await stage.view() }")
    two = View(one.page, 1)
    answer(one, 4)
    two.settle()
    assert verdict(two) == verdict(one) != ""
    answer(two, 3)
    one.settle()
    for view in (one, two):
        assert view.drawn().cells("output")
        assert not view.root.locator(".cw-question").is_visible()


def test_each_new_layer_is_asked_for_and_an_answered_one_is_not_asked_again(bare: Any) -> None:
    view, _ = ask(bare, Conv(5, 3))
    answer(view, 3)
    view.type("stride s", "2")
    assert view.root.locator(".cw-question").is_visible()
    assert fields(view).first.input_value() == "", "the last answer is not this one's"
    assert verdict(view) == ""
    answer(view, 2)
    view.type("stride s", "1")
    assert view.drawn().cells("output")


@pytest.mark.parametrize("text", ["", "0", "-2", "2.5"])
def test_what_is_no_size_is_not_taken_as_an_answer(bare: Any, text: str) -> None:
    view, _ = ask(bare, Conv(5, 3))
    answer(view, text)
    assert view.changes() == []
    assert verdict(view) == ""


def test_the_keyboard_answers(bare: Any) -> None:
    view, _ = ask(bare, Conv(5, 3))
    fields(view).first.focus()
    view.page.keyboard.type("4")
    view.page.keyboard.press("Enter")
    view.settle()
    assert verdict(view).startswith("Not 4.")
    expect(fields(view).first).to_be_focused()


def test_one_field_where_the_axes_are_alike_and_one_each_where_not(bare: Any) -> None:
    read = "all => all.map((field) => field.ariaLabel)"
    for layer, names in (
        (Conv(5, 3), ["output o"]),
        (Conv((5, 6), 3), ["output rows o", "output columns o"]),
        (Conv((5, 6, 7), 3), ["output slices o", "output rows o", "output columns o"]),
        (ConvTranspose((5,), 3), ["output o′"]),
    ):
        view, _ = ask(bare, layer)
        assert fields(view).evaluate_all(read) == names


def test_it_fits_a_narrow_page(bare: Any) -> None:
    view, _ = ask(bare, Conv((5, 8), 3, padding=1))
    page: Page = view.page
    page.set_viewport_size({"width": 320, "height": 900})
    answer(view, 5, 9)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert verdict(view).startswith("Not 9 columns.")
