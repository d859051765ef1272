"""What is drawn is the truth: every number, every box and every formula, worked out by hand."""

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from arithmetic import check_sum, sides
from cases import NAMES, Case, case
from drawn import Drawn, numbers, written
from truth import Truth
from view import View, show

Shown = tuple[Case, View, Drawn]


@pytest.fixture(scope="module", params=NAMES)
def shown(request: pytest.FixtureRequest, bare_page: Any) -> Iterator[Shown]:
    """Each case, drawn once for all tests here, and what was seen first."""
    draw, problems = bare_page
    problems.clear()
    this = case(request.param)
    view = show(draw, this.widget)
    yield this, view, view.drawn()
    assert problems == []


def test_every_cell_stands_where_it_should_with_its_number(shown: Shown) -> None:
    this, _, drawn = shown
    truth = this.truth
    expected = {}
    for position in product(*map(range, truth.padded)):
        cell = truth.cell(position)
        number = written(truth.x[cell]) if cell else "0"
        expected[position] = (truth.kind(position), number, cell)
    assert {
        at: (cell.kind, cell.text, cell.index) for at, cell in drawn.cells("input").items()
    } == expected

    expected = {}
    for place in product(*map(range, truth.span)):
        tap = tuple(n // d for n, d in zip(place, truth.dilation, strict=True))
        gap = any(n % d for n, d in zip(place, truth.dilation, strict=True))
        number = written(truth.kernel[tap])
        expected[place] = ("gap", "", None) if gap else ("kernel", number, tap)
    assert {
        at: (cell.kind, cell.text, cell.index) for at, cell in drawn.cells("kernel").items()
    } == expected

    assert {
        at: (cell.kind, cell.text, cell.index) for at, cell in drawn.cells("output").items()
    } == {at: ("output", written(truth.output[at]), at) for at in truth.outputs()}


def test_cells_that_no_window_meets_are_hatched_once(shown: Shown) -> None:
    this, _, drawn = shown
    hatched: list[tuple[int, int]] = []
    for band in drawn.hatches:
        row, column, rows, columns = drawn.span("input", band)
        hatched += product(range(row, row + rows), range(column, column + columns))
    assert len(hatched) == len(set(hatched))
    assert set(hatched) == this.truth.uncovered()

    idle = sum(not this.truth.reached(cell) for cell in product(*map(range, this.truth.x.shape)))
    said = re.search(r"(\d+) input cells? reach(es)? no output", drawn.sentence)
    assert (int(said[1]) if said else 0) == idle
    only_padding = "What no window covers (hatched) is padding only." in drawn.sentence
    assert only_padding == (not idle and bool(hatched))


def test_the_window_and_its_weights_follow_the_position(shown: Shown) -> None:
    this, view, _ = shown
    truth = this.truth
    corners = product(*({0, size - 1} for size in truth.size))
    for output in {*corners, tuple(size // 2 for size in truth.size)}:
        view.receive(position=output)
        drawn = view.drawn()
        window = truth.window(output)
        assert drawn.outlined("input", "window") == [(*truth.start(output), *truth.span)]
        assert drawn.outlined("output", "made") == [(*output, 1, 1)]
        assert drawn.lit("input") == {meeting.position for meeting in window}
        assert drawn.weights("input") == {
            meeting.position: written(truth.kernel[meeting.tap]) for meeting in window
        }
        active = {at for at, cell in drawn.cells("output").items() if cell.active}
        assert active == {output}
        place = 1 + output[0] * truth.size[1] + output[1]
        count = truth.output.size
        assert drawn.at == f"output[{output[0]}, {output[1]}] · {place} of {count}"
        check_sum(drawn.sum, truth, output)


def test_the_starts_are_numbered_along_both_axes(shown: Shown) -> None:
    this, _, drawn = shown
    truth = this.truth
    left, top, edge = drawn.box_of("input")
    down, across = {}, {}
    for tick in drawn.ticks:
        x, y, width, height = tick["box"]
        row, column = (y + height / 2 - top) / edge - 0.5, (x + width / 2 - left) / edge - 0.5
        if tick["now"]:
            assert tick["text"] == "0"
            assert row == pytest.approx(0, abs=0.01) or column == pytest.approx(0, abs=0.01)
        elif row < -0.5:
            across[int(tick["text"])] = column
        else:
            assert column < -0.5
            down[int(tick["text"])] = row
    assert down == pytest.approx(dict(enumerate(truth.starts[0])), abs=0.01)
    assert across == pytest.approx(dict(enumerate(truth.starts[1])), abs=0.01)
    if drawn.starts:
        assert drawn.starts == f"{truth.size[1]} start{'s' * (truth.size[1] > 1)} = o"


def test_titles_say_the_sizes(shown: Shown) -> None:
    this, _, drawn = shown
    truth = this.truth
    titles = dict(drawn.captions)
    assert set(titles) == {"input", "kernel", "output"}
    stretched = tuple((i - 1) * t + 1 for i, t in zip(truth.x.shape, truth.stretch, strict=True))
    walk = [truth.x.shape, stretched, truth.padded]
    distinct = [size for n, size in enumerate(walk) if n == 0 or size != walk[n - 1]]
    assert numbers(titles["input"]) == [n for size in distinct for n in size]
    spread = [truth.kernel.shape, truth.span] if truth.span != truth.kernel.shape else [truth.span]
    assert numbers(titles["kernel"]) == [n for size in spread for n in size]
    assert numbers(titles["output"]) == list(truth.size)
    for title, text in titles.items():
        assert drawn.maps[title]["label"] == f"{title}, {text}"


def test_the_formula_comes_to_the_size(shown: Shown) -> None:
    this, _, drawn = shown
    truth = this.truth
    assert len(drawn.formulas) == len(drawn.badges) + len(drawn.reasons)
    if this.speaks is not None:
        assert drawn.badges == [f"Relationship {this.speaks}"]
    for axis, formula in enumerate(drawn.formulas):
        worked_out = sides(formula, letters(truth, axis))
        assert len(worked_out) >= 4  # the letter, the formula, the numbers put in, the result
        assert set(worked_out) == {truth.size[axis]}
    if len(drawn.formulas) == 1:
        assert truth.size[0] == truth.size[1]


def letters(truth: Truth, axis: int) -> dict[str, int]:
    """What each letter of a formula stands for."""
    before, after = truth.pads[axis]
    return {
        "o": truth.size[axis],
        "i": truth.x.shape[axis],
        "k": truth.kernel.shape[axis],
        "s": truth.stride[axis],
        "p": before,
        "d": truth.dilation[axis],
        "k̂": truth.span[axis],
        "padded": truth.padded[axis],
        "cropped": before + after,
    }


def test_the_sentence_walks_the_window(shown: Shown) -> None:
    this, _, drawn = shown
    truth = this.truth
    walks = re.findall(r"The window can travel .*?starts: \d+\.", drawn.sentence)
    for axis in range(2):
        padded, span, size = truth.padded[axis], truth.span[axis], truth.size[axis]
        left_over = padded - span - truth.starts[axis][-1]
        assert numbers(walks[axis if len(walks) == 2 else 0]) == [
            padded,
            span,
            padded - span,
            truth.stride[axis],
            size - 1,
            left_over,
            size,
        ]
