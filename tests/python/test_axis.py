"""One axis, against a window that is slid by hand."""

from dataclasses import FrozenInstanceError
from itertools import product

import brute
import pytest
from refusal import refuses

from convwidget import Axis
from convwidget.axis import MAX_SIZE


def lines():
    """Some thousand axes: every small combination of everything."""
    return product(
        range(1, 6), range(1, 4), range(1, 4), range(-2, 3), range(-2, 3), (1, 2), (1, 2), (0, 1)
    )


def slid():
    """(Axis, what its windows see) for every small axis on which a window fits."""
    for i, k, s, before, after, d, t, ceil_mode in lines():
        by_hand = brute.windows(i, k, s, before, after, d, t, bool(ceil_mode))
        if by_hand:
            yield Axis(i, k, s, before, after, d, t, bool(ceil_mode)), by_hand


def test_the_number_of_windows_is_what_sliding_by_hand_counts():
    checked = 0
    for axis, by_hand in slid():
        assert axis.output == len(by_hand), axis
        checked += 1
    assert checked > 6000


def test_no_axis_exists_where_no_window_fits():
    refused = 0
    for i, k, s, before, after, d, t, ceil_mode in lines():
        if not brute.windows(i, k, s, before, after, d, t, bool(ceil_mode)):
            with pytest.raises(ValueError, match=r"does not fit|to nothing"):
                Axis(i, k, s, before, after, d, t, bool(ceil_mode))
            refused += 1
    assert refused > 1000


def test_the_padded_line_is_as_long_as_one_written_out():
    for axis, _ in slid():
        by_hand = brute.line(axis.input, axis.before, axis.after, axis.stretch)
        assert axis.padded == len(by_hand), axis
        sources = [None if cell == brute.PADDING else cell for cell in by_hand]
        assert [axis.source(n) for n in range(len(by_hand))] == sources, axis
        assert axis.source(-1) is axis.source(len(by_hand)) is None


def test_taps_are_the_real_cells_of_each_window():
    for axis, by_hand in slid():
        for output, cells in enumerate(by_hand):
            real = tuple((j, cell) for j, cell in enumerate(cells) if isinstance(cell, int))
            assert axis.taps(output) == real, (axis, output)


def test_an_input_cell_reaches_the_windows_that_see_it():
    for axis, by_hand in slid():
        for cell in range(axis.input):
            seen = [(o, cells.index(cell)) for o, cells in enumerate(by_hand) if cell in cells]
            assert axis.reached(cell) == tuple(seen), (axis, cell)


def test_a_window_counts_the_cells_on_the_line_and_none_beyond_it():
    for axis, by_hand in slid():
        counts = [sum(cell != brute.BEYOND for cell in cells) for cells in by_hand]
        assert [axis.counted(output) for output in range(axis.output)] == counts, axis


def test_left_over_is_what_lies_behind_the_last_window():
    for axis, by_hand in slid():
        length = len(brute.line(axis.input, axis.before, axis.after, axis.stretch))
        width = axis.dilation * (axis.kernel - 1) + 1
        end = (len(by_hand) - 1) * axis.stride + width
        assert axis.effective_kernel == width
        assert axis.left_over == length - end, axis
        assert axis.start(len(by_hand) - 1) == end - width
        assert axis.ceil_mode or 0 <= axis.left_over < axis.stride


def test_sizes_are_exact_up_to_the_bound():
    assert MAX_SIZE == 2**31 - 1
    assert Axis(MAX_SIZE, 1).output == MAX_SIZE
    assert Axis(MAX_SIZE, 2, stride=MAX_SIZE - 2).output == 2
    assert Axis(1, 2, before=MAX_SIZE - 1, dilation=MAX_SIZE - 1).output == 1
    assert Axis(MAX_SIZE, 1, before=-MAX_SIZE, after=MAX_SIZE).output == MAX_SIZE
    assert Axis(2, 1, stretch=MAX_SIZE - 1).output == MAX_SIZE


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"input": 0}, "input must be at least 1, but it is 0"),
        ({"kernel": -1}, "kernel must be at least 1, but it is -1"),
        ({"stride": 0}, "stride must be at least 1, but it is 0"),
        ({"dilation": 0}, "dilation must be at least 1, but it is 0"),
        ({"stretch": 0}, "stretch must be at least 1, but it is 0"),
        ({"input": MAX_SIZE + 1}, "input must be at most 2147483647, but it is 2147483648"),
        ({"before": -MAX_SIZE - 1}, "padding must be at least -2147483647, but it is -2147483648"),
        ({"after": MAX_SIZE + 1}, "padding must be at most 2147483647, but it is 2147483648"),
        ({"before": MAX_SIZE}, "the padded input must be at most 2147483647, but it is 2147483652"),
        (
            {"kernel": 3, "dilation": 2**30},
            "the effective kernel must be at most 2147483647, but it is 2147483649",
        ),
        ({"stretch": 2**30}, "the padded input must be at most 2147483647, but it is 4294967297"),
        ({"before": -3, "after": -2}, "padding -3 before and -2 after crops the input (5) to noth"),
        (
            {"kernel": 3, "dilation": 2, "after": -1},
            "the kernel (effective size 5) does not fit in the padded input (4)",
        ),
    ],
)
def test_an_axis_that_cannot_be_says_why_with_the_numbers(settings, message):
    with refuses(ValueError, message):
        Axis(**{"input": 5, "kernel": 1, **settings})


@pytest.mark.parametrize("value", [2.0, True, "2", None, float("nan"), (2,)])
@pytest.mark.parametrize(
    "name", ["input", "kernel", "stride", "before", "after", "dilation", "stretch"]
)
def test_an_axis_takes_integers_only(name, value):
    with pytest.raises(TypeError, match="must be an integer, not "):
        Axis(**{"input": 5, "kernel": 1, name: value})


def test_an_axis_is_frozen():
    axis = Axis(5, 3)
    with pytest.raises(FrozenInstanceError):
        axis.stride = 2
    assert axis == Axis(5, 3) != Axis(5, 3, 2)
    assert len({axis, Axis(5, 3)}) == 1
