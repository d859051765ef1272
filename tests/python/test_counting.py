"""Counting against a brute-force slide that knows nothing of it, and formulas broken on purpose."""

import ast
import copy
from itertools import product
from pathlib import Path

import pytest
from brute import windows

from convwidget import counting
from convwidget.counting import cases, count_windows, holds

NUMBERS = range(1, 16)
FORWARD = [1, 2, 3, 4, 5, 6, 7, 15]
BACKWARD = [8, 9, 10, 11, 12, 13, 14]


@pytest.fixture
def rows(monkeypatch):
    """The relationships, in a copy that may be broken."""
    broken = copy.deepcopy(counting._ROWS)
    monkeypatch.setattr(counting, "_ROWS", broken)
    return broken


def test_windows_are_counted_as_a_slide_over_a_list_of_cells_finds_them():
    for i, k, s, p, d in product(range(1, 8), range(1, 6), range(1, 4), range(4), range(1, 4)):
        places = len(windows(i, k, s, p, p, d))
        if places:
            assert count_windows(i, k, s=s, p=p, d=d) == places, (i, k, s, p, d)
        else:
            with pytest.raises(ValueError, match="no window fits"):
                count_windows(i, k, s=s, p=p, d=d)


@pytest.mark.parametrize(
    ("sizes", "message"),
    [
        ((4, 3, 1, 0, 2), "its last cell is cell 5, and the padded line has 4"),
        ((2, 6, 1, 1), "its last cell is cell 6, and the padded line has 4"),
        ((0, 3), "i must be at least 1, but it is 0"),
        ((5, 0), "k must be at least 1, but it is 0"),
        ((5, 3, 0), "s must be at least 1, but it is 0"),
        ((5, 3, 1, -1), "p must be at least 0, but it is -1"),
        ((5, 3, 1, 0, 0), "d must be at least 1, but it is 0"),
    ],
)
def test_what_cannot_be_counted_is_refused_with_its_numbers(sizes, message):
    with pytest.raises(ValueError, match=message):
        count_windows(*sizes)


@pytest.mark.parametrize("wrong", [2.5, "3", None])
def test_sizes_are_integers(wrong):
    with pytest.raises(TypeError):
        count_windows(wrong, 1)


def test_counting_knows_nothing_of_the_librarys_arithmetic():
    tree = ast.parse(Path(counting.__file__).read_text("utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level]
    assert imports == []


@pytest.mark.parametrize("number", NUMBERS)
def test_a_relationship_of_the_guide_holds(number):
    met = len(list(cases(number)))
    assert met >= 32
    assert holds(number) == f"Relationship {number} holds: {met:,} cases counted."


@pytest.mark.parametrize("number", FORWARD)
def test_each_case_of_a_convolution_or_a_pool_is_a_slide(number):
    for at, size in cases(number, up_to=5):
        places = windows(at["i"], at["k"], at["s"], at["p"], at["p"], at["d"])
        assert len(places) == size, at


@pytest.mark.parametrize("number", BACKWARD)
def test_each_case_of_a_transposed_convolution_is_a_slide_over_its_output(number):
    for at, size in cases(number, up_to=5):
        k, s, p = at["k"], at["s"], at["p"]
        assert len(windows(size, k, s, p, p)) == at["i′"], at
        # As many more cells change nothing, as the last window needs to move: s less those left.
        grown = next(n for n in range(1, s + 1) if len(windows(size + n, k, s, p, p)) > at["i′"])
        assert grown == s - at["a"], at


def test_every_case_within_the_conditions_is_counted_once():
    found = [tuple(at.values()) for at, _ in cases(6, up_to=4)]
    every = product(range(1, 5), range(1, 5), range(1, 5), range(5))
    fits = {(i, k, s, p, 1) for i, k, s, p in every if windows(i, k, s, p, p)}
    assert len(found) == len(fits)
    assert set(found) == fits


def test_every_input_size_up_to_the_bound_has_a_case_for_every_number_of_cells_left_over():
    found = {(at["i′"], at["s"], at["a"]) for at, _ in cases(14, up_to=4)}
    every = product(range(1, 5), range(1, 5), range(4))
    assert found == {(i, s, a) for i, s, a in every if a < s}


@pytest.mark.parametrize("number", NUMBERS)
def test_a_formula_that_is_one_off_is_found_out(rows, number):
    for n, side in enumerate(rows[number]["sides"]):
        rows[number]["sides"][n] = [*side, "+", "1"]
        with pytest.raises(AssertionError, match=f"Relationship {number} does not hold at "):
            holds(number)
        rows[number]["sides"][n] = side
    assert holds(number)


@pytest.mark.parametrize("number", [5, 6, 7, 15])
def test_a_formula_without_its_floor_is_found_out(rows, number):
    floor = rows[number]["sides"][0][0]
    floor["group"] = floor.pop("floor")
    with pytest.raises(AssertionError, match=r"says \d+/\d+, and counting says \d"):
        holds(number)


@pytest.mark.parametrize(
    ("number", "condition"),
    [
        *((n, "padding") for n in (1, 3, 4, 5, 7, 8, 10, 11, 12)),
        *((n, "stride") for n in (1, 2, 3, 4, 8, 9, 10, 11)),
        *((n, "kernel") for n in (3, 10)),
        *((n, "left_over") for n in (12, 13)),
        *((n, "dilation") for n in (*range(1, 8), 8, 14)),
    ],
)
def test_a_condition_that_is_forgotten_is_found_out(rows, number, condition):
    del rows[number]["holds"][condition]
    with pytest.raises(AssertionError, match="does not hold"):
        holds(number, up_to=5)


def test_a_wrong_formula_is_answered_by_the_smallest_case(rows):
    rows[6]["sides"] = [[{"floor": [{"over": [["i", "+", "p", "−", "k"], ["s"]]}]}, "+", "1"]]
    with pytest.raises(AssertionError) as caught:
        holds(6)
    assert str(caught.value) == (
        "Relationship 6 does not hold at i = 1, k = 1, s = 1, p = 1, d = 1: "
        "its formula says 2, and counting says 3."
    )


def test_a_rule_of_ones_own_can_be_held_against_the_cases():
    assert all((at["i"] - at["k"]) // at["s"] + 1 == o for at, o in cases(5))
    assert not all((at["i"] - at["k"]) / at["s"] + 1 == o for at, o in cases(5))
    assert all(at["s"] * (at["i′"] - 1) + at["k"] == o for at, o in cases(12))


@pytest.mark.parametrize("number", [0, 16, "6"])
def test_a_number_that_the_guide_does_not_have_is_refused(number):
    with pytest.raises(ValueError, match=f"go from 1 to 15, not to {number!r}"):
        holds(number)


def test_a_bound_that_leaves_nothing_to_count_is_refused():
    with pytest.raises(ValueError, match="up_to must be at least 1, but it is 0"):
        holds(6, up_to=0)
    with pytest.raises(TypeError):
        holds(6, up_to=2.5)
