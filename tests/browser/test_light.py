"""What lights up under the pointer: exactly the cells that belong together, and for how long."""

import re
from typing import Any

import pytest
from arithmetic import check_sum
from cases import case
from drawn import Drawn, numbers, written
from truth import Index, Truth
from view import View, show

from convwidget import Conv, ConvWidget

CASES = [
    "Figure 2.1",
    "Figure 2.4",
    "Figure 2.6",
    "Figure 2.7",
    "Figure 5.1",
    "not square",
    "asymmetric",
    "stretched",
    "dilated, strided",
    "cropped",
]
cases = pytest.mark.parametrize("name", CASES)


def some(size: Index) -> list[Index]:
    """A few cells of a map: two corners, the middle, and one beside it."""
    rows, columns = size
    middle = rows // 2, columns // 2
    return sorted({(0, 0), middle, (middle[0], columns - 1), (rows - 1, columns - 1)})


def start(bare: Any, name: str) -> tuple[View, Truth]:
    this = case(name)
    return show(bare, this.widget), this.truth


def active(drawn: Drawn) -> list[tuple[str, Index]]:
    """The cells that are shown as the one that is looked at."""
    return [
        (map, cell.index)
        for map in ("input", "kernel", "output")
        for cell in drawn.cells(map).values()
        if cell.active and cell.index
    ]


@cases
def test_an_output_shows_its_window_and_its_sum(bare: Any, name: str) -> None:
    view, truth = start(bare, name)
    for output in some(truth.size):
        view.hover("output", *output)
        drawn = view.drawn()
        window = truth.window(output)
        assert active(drawn) == [("output", output)]
        assert drawn.lit("input") == {meeting.position for meeting in window}
        assert drawn.outlined("input", "window") == [(*truth.start(output), *truth.span)]
        assert drawn.outlined("output", "made") == [(*output, 1, 1)]
        assert drawn.weights("input") == {
            meeting.position: written(truth.kernel[meeting.tap]) for meeting in window
        }
        check_sum(drawn.sum, truth, output)


@cases
def test_an_input_shows_every_output_that_depends_on_it(bare: Any, name: str) -> None:
    view, truth = start(bare, name)
    seen = [cell for cell in some(truth.x.shape) if in_sight(truth, cell)]
    for cell in seen:
        view.hover("input", *cell)
        drawn = view.drawn()
        reached = truth.reached(cell)
        assert active(drawn) == [("input", cell)]
        assert drawn.lit("output") == {output for output, _ in reached}
        assert drawn.lit("kernel") == {
            tuple(n * d for n, d in zip(tap, truth.dilation, strict=True)) for _, tap in reached
        }
        assert drawn.outlined("input", "window") == sorted(
            (*truth.start(output), *truth.span) for output, _ in reached
        )
        assert drawn.outlined("input", "held") == [(*truth.position(cell), 1, 1)]
        value = written(truth.x[cell])
        assert drawn.weights("output") == {
            output: f"{value}·{written(truth.kernel[tap])}" for output, tap in reached
        }
        check_reach(drawn.sum, truth, cell)


def in_sight(truth: Truth, cell: Index) -> bool:
    """Whether a cell is not cropped away."""
    return all(n in line for n, line in zip(cell, truth.lines, strict=True))


def check_reach(text: str, truth: Truth, cell: Index) -> None:
    """The sentence names the cell, its value, how many outputs it reaches, and the weights."""
    reached = truth.reached(cell)
    name = f"input[{cell[0]}, {cell[1]}] = {written(truth.x[cell])}"
    if not reached:
        assert text == f"{name} reaches no output."
        return
    said = re.fullmatch(
        re.escape(name) + r" reaches (\d+) outputs?, with weight (.*?)(\.| …)", text
    )
    assert said
    assert int(said[1]) == len(reached)
    weights = re.findall(r"(−?\d+) in \[(\d+), (\d+)\]", said[2])
    assert [numbers(" ".join(weight)) for weight in weights] == [
        [truth.kernel[tap], *output] for output, tap in reached[:4]
    ]
    assert (said[3] == " …") == (len(reached) > 4)


@cases
def test_a_weight_shows_every_input_that_it_multiplies(bare: Any, name: str) -> None:
    view, truth = start(bare, name)
    for tap in some(truth.kernel.shape):
        view.hover("kernel", *tap)
        drawn = view.drawn()
        met = truth.multiplied(tap)
        cells = [cell for cell in met if cell is not None]
        assert active(drawn) == [("kernel", tap)]
        assert drawn.lit("input") == {truth.position(cell) for cell in cells}
        positions = [
            meeting.position
            for output in truth.outputs()
            for meeting in truth.window(output)
            if meeting.tap == tap
        ]
        first, last = min(positions), max(positions)
        around = (*first, *(b - a + 1 for a, b in zip(first, last, strict=True)))
        assert drawn.outlined("input", "window") == [around]
        counts = [len(cells)]
        for kind in ("zero", "padding"):
            count = sum(truth.kind(position) == kind for position in positions)
            counts += [count] * (count > 0)
        name_of_it = f"kernel[{tap[0]}, {tap[1]}] = {written(truth.kernel[tap])} multiplies "
        assert drawn.sum.startswith(name_of_it)
        assert numbers(drawn.sum.removeprefix(name_of_it)) == counts


def test_what_is_lit_looks_different(bare: Any) -> None:
    for theme in ("light", "dark"):
        view = show(bare, ConvWidget.figure("2.6"), theme=theme)
        for map, other in (("output", "input"), ("input", "output"), ("input", "kernel")):
            view.hover(map, 1, 1)
            view.drawn()
            fills = view.root.evaluate(
                """(root, map) => [true, false].map((lit) => {
                  const cells = root.querySelectorAll(`.cw-picture > .cw-grid-${map} .cw-${map}`);
                  const found = [...cells].find((c) => c.classList.contains('cw-lit') === lit);
                  return getComputedStyle(found.querySelector('rect')).fill;
                })""",
                other,
            )
            assert fills[0] != fills[1]


def test_leaving_shows_the_window_again_and_the_transport_never_moved(bare: Any) -> None:
    view = show(bare, ConvWidget.figure("2.6", position=(1, 2)))
    view.leave()
    before = view.drawn()
    for map, index in (("output", (0, 0)), ("input", (2, 2)), ("kernel", (2, 1))):
        view.hover(map, *index)
        drawn = view.drawn()
        assert active(drawn) == [(map, index)]
        assert drawn.at == "output[1, 2] · 6 of 9"
        view.leave()
        assert view.drawn().raw == before.raw
    assert view.changes() == []


def test_padding_and_gaps_are_no_cells_to_look_at(bare: Any) -> None:
    view = show(bare, ConvWidget(Conv(5, 2, padding=1, dilation=2)))
    view.leave()
    before = view.drawn()
    for kind in ("padding", "gap"):
        box = view.root.locator(f".cw-picture .cw-{kind}").last.bounding_box()
        assert box
        view.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        drawn = view.drawn()
        assert (drawn.outlines, drawn.sum) == (before.outlines, before.sum)
    assert view.changes() == []


def test_a_click_on_an_output_takes_the_window_there_and_tells_python(bare: Any) -> None:
    view = show(bare, ConvWidget.figure("2.6"))
    view.click("output", 1, 2)
    view.leave()
    drawn = view.drawn()
    assert active(drawn) == [("output", (1, 2))]
    assert drawn.at == "output[1, 2] · 6 of 9"
    assert view.changes() == [{"position": [1, 2]}]


@pytest.mark.parametrize("map", ["input", "kernel"])
@pytest.mark.parametrize("release", ["click", "Escape"])
def test_a_click_holds_a_cell_until_it_is_released(bare: Any, map: str, release: str) -> None:
    view = show(bare, ConvWidget.figure("2.6"))
    view.leave()
    before = view.drawn()
    view.click(map, 1, 1)
    view.hover("output", 2, 2)
    assert active(view.drawn()) == [("output", (2, 2))], "a pinned cell does not stop looking"
    view.leave()
    assert active(view.drawn()) == [(map, (1, 1))]
    if release == "click":
        view.click(map, 1, 1)
        view.leave()
    else:
        view.page.keyboard.press("Escape")
    drawn = view.drawn()
    assert active(drawn) == [("output", (0, 0))]
    assert (drawn.outlines, drawn.sum) == (before.outlines, before.sum)
    assert view.changes() == []


def test_a_click_elsewhere_holds_that_cell_instead(bare: Any) -> None:
    view = show(bare, ConvWidget.figure("2.6"))
    view.click("input", 1, 1)
    view.click("kernel", 0, 2)
    view.leave()
    assert active(view.drawn()) == [("kernel", (0, 2))]
    view.click("output", 2, 1)
    view.leave()
    assert active(view.drawn()) == [("output", (2, 1))]


def test_one_cell_at_a_time_is_selected_for_screen_readers(bare: Any) -> None:
    view = show(bare, ConvWidget.figure("2.6"))
    for map, index in (("output", (1, 1)), ("input", (0, 4)), ("kernel", (2, 2))):
        view.hover(map, *index)
        drawn = view.drawn()
        selected = [
            (name, cell.index)
            for name in ("input", "kernel", "output")
            for cell in drawn.cells(name).values()
            if cell.selected
        ]
        assert selected == [(map, index)]
