"""What a screen reader is told: once, 400 milliseconds after the last change, the newest only."""

import re
from typing import Any

import pytest
from cases import case
from drawn import numbers
from truth import Index, Truth
from view import View, show_still

from convwidget import Conv, ConvWidget

WAIT = 400


def status(view: View) -> str:
    return view.root.get_by_role("status").text_content() or ""


def said(view: View) -> str:
    """What is said in the end, and that nothing is said before its time."""
    before = status(view)
    view.page.clock.run_for(WAIT - 100)
    assert status(view) == before, "it is said too early"
    view.page.clock.run_for(140)
    return status(view)


def start(timed: Any, name: str = "Figure 2.6") -> tuple[View, Truth]:
    this = case(name)
    view = show_still(timed, this.widget)
    view.page.keyboard.press("Tab")  # from now on the keyboard is in use
    return view, this.truth


def plural(count: int, noun: str) -> str:
    return f"{count} {noun}" + "s" * (count != 1)


def check_window(text: str, truth: Truth, output: Index) -> None:
    """The rows and columns of the real cells in a window, from 1, and how many are padding."""
    window = truth.window(output)
    real = [meeting.cell for meeting in window if meeting.cell is not None]
    if not real:
        assert text == "Padding only."
        return
    ends = []
    for axis in range(2):
        cells = [cell[axis] + 1 for cell in real]
        ends += sorted({min(cells), max(cells)})
    padding = len(window) - len(real)
    assert numbers(text) == ends + [padding] * (padding > 0)
    assert ("of padding" in text) == (padding > 0)


@pytest.mark.parametrize("name", ["Figure 2.6", "not square", "dilated, strided"])
def test_a_cell_says_what_belongs_to_it(timed: Any, name: str) -> None:
    view, truth = start(timed, name)
    for cell in [(0, 0), (1, 2)]:
        view.focus("input", *cell)
        count = len(truth.reached(cell))
        expected = f"Reaches {plural(count, 'output')}." if count else "Reaches no output."
        assert said(view) == expected
    for tap in [(0, 0), (1, 1)]:
        view.focus("kernel", *tap)
        met = truth.multiplied(tap)
        real = sum(cell is not None for cell in met)
        padding = len(met) - real
        expected = f"Multiplies {plural(real, 'input cell')}"
        expected += f" and {plural(padding, 'cell')} of padding." if padding else "."
        assert said(view) == expected
    for output in [(0, 0), (1, 1)]:
        view.focus("output", *output)
        check_window(said(view), truth, output)


def test_pinning_is_said(timed: Any) -> None:
    view, _ = start(timed)
    view.cell("output", 1, 1).focus()
    view.page.keyboard.press("Enter")
    assert said(view) == "Pinned."
    view.page.keyboard.press("Escape")
    assert said(view) == "Unpinned."
    view.click("input", 0, 0)
    assert said(view) == "Pinned."
    view.click("input", 0, 0)
    assert said(view) == "Unpinned."


def test_a_change_says_the_new_size_the_old_one_and_the_relationship(timed: Any) -> None:
    view, _ = start(timed)
    view.type("stride s", "1")
    assert said(view) == "Output 5 by 5, was 3 by 3. Relationship 3."
    view.type("padding p", "2")
    assert said(view) == "Output 7 by 7, was 5 by 5. Relationship 4."


def test_input_cells_that_reach_nothing_are_said_once(timed: Any) -> None:
    view = show_still(timed, ConvWidget(Conv(5, 3, stride=2)))
    view.type("input i", "6")
    # Six by six, of which the window's travel covers five by five.
    assert "11 input cells reach no output" in said(view)


def test_what_cannot_be_is_said_with_the_way_out(timed: Any) -> None:
    view, _ = start(timed)
    view.type("kernel k", "8")
    text = said(view)
    assert numbers(text.split(".")[0]) == [8, 7]
    remedies = re.findall(r"[a-z] = \d+", view.drawn().banner)
    assert len(remedies) == 3
    for remedy in remedies:
        assert remedy in text
    assert "Still showing" in text


def test_playing_says_its_beginning_and_its_end(timed: Any) -> None:
    view, truth = start(timed)
    view.button("play").click()
    assert said(view) == "Playing."
    view.page.clock.run_for(5 * 800)
    assert status(view) == "Playing.", "nothing is said while it runs"
    view.button("pause").click()
    row, column = view.changes()[-1]["position"]
    place = 1 + 3 * row + column
    text = said(view)
    assert text.startswith(f"Paused at output row {row + 1}, column {column + 1}")
    assert str(int(truth.output[row, column])) in text
    assert f"{place} of 9" in text
    view.button("play").click()
    view.page.clock.run_for(9 * 800)
    assert said(view) == "End. 9 of 9."


def test_only_the_newest_is_said(timed: Any) -> None:
    view, _ = start(timed)
    view.cell("input", 0, 0).focus()
    seen = set()
    for _ in range(4):
        view.page.keyboard.press("ArrowRight")
        view.page.clock.run_for(WAIT - 100)
        seen.add(status(view))
    assert seen == {""}
    view.page.clock.run_for(200)
    assert status(view).startswith("Reaches")


def test_the_pointer_says_nothing(timed: Any) -> None:
    view, _ = start(timed)
    for map in ("input", "kernel", "output"):
        view.hover(map, 1, 1)
        view.page.clock.run_for(2 * WAIT)
    assert status(view) == ""


def test_nothing_is_said_at_first_nor_of_what_looks_the_same(timed: Any) -> None:
    view, _ = start(timed)
    view.page.clock.run_for(2 * WAIT)
    view.receive(position=[1, 1], theme="dark")
    view.page.clock.run_for(2 * WAIT)
    assert status(view) == ""
