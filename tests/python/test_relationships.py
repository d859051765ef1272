"""The fifteen relationships against counting windows, each over its whole domain.

The formula is evaluated from the text that a reader sees, with the numbers put in.
"""

import re
from itertools import product
from math import ceil, floor

import pytest
from brute import windows

from convwidget import (
    RELATIONSHIPS,
    AvgPool,
    Conv,
    ConvTranspose,
    MaxPool,
    explain,
    figure,
)

DIRECT = {1, 2, 3, 4, 5, 6, 15}


def evaluate(text):
    """The value of a formula with numbers, as Python computes it."""
    python = text.replace("−", "-").replace("·", "*")
    python = re.sub(r"⌊([^⌊⌋]*)⌋", r"floor(\1)", python)
    python = re.sub(r"⌈([^⌈⌉]*)⌉", r"ceil(\1)", python)
    return eval(python, {"floor": floor, "ceil": ceil})


def holds(number, i, k, s, p, d, a):
    """The conditions under which the guide states a relationship."""
    odd_half = k % 2 == 1 and p == k // 2
    return {
        1: s == 1 and p == 0 and d == 1,
        2: s == 1 and d == 1,
        3: s == 1 and odd_half and d == 1,
        4: s == 1 and p == k - 1 and d == 1,
        5: p == 0 and d == 1,
        6: d == 1,
        15: True,
        8: s == 1 and p == 0 and d == 1,
        9: s == 1 and d == 1,
        10: s == 1 and odd_half and d == 1,
        11: s == 1 and p == k - 1 and d == 1,
        12: p == 0 and a == 0 and d == 1,
        13: a == 0 and d == 1,
        14: d == 1,
    }[number]


FORMULAS = {
    1: "(i - k) + 1",
    2: "(i - k) + 2*p + 1",
    3: "i",
    4: "i + (k - 1)",
    5: "(i - k)//s + 1",
    6: "(i + 2*p - k)//s + 1",
    7: "(i - k)//s + 1",
    8: "i + (k - 1)",
    9: "i + (k - 1) - 2*p",
    10: "i",
    11: "i - (k - 1)",
    12: "s*(i - 1) + k",
    13: "s*(i - 1) + k - 2*p",
    14: "s*(i - 1) + a + k - 2*p",
    15: "(i + 2*p - k - (k - 1)*(d - 1))//s + 1",
}
"""The guide's statements, restored from the paper's source, i standing for i′ too."""


def test_there_are_fifteen_in_the_guides_order():
    assert [r.number for r in RELATIONSHIPS] == list(range(1, 16))


@pytest.mark.parametrize("number", sorted(DIRECT))
def test_a_direct_relationship_counts_the_windows_wherever_it_holds(number):
    met = 0
    for i, k, s, p, d in product(range(1, 9), range(1, 6), range(1, 4), range(5), range(1, 4)):
        if not holds(number, i, k, s, p, d, 0) or d * (k - 1) + 1 > i + 2 * p:
            continue
        met += 1
        counted = len(windows(i, k, s, p, p, d))
        assert eval(FORMULAS[number]) == counted, (i, k, s, p, d)
    assert met > 20


@pytest.mark.parametrize("number", range(8, 15))
def test_a_transposed_relationship_gives_back_the_size_of_a_direct_input(number):
    met = 0
    for size, k, s, p in product(range(1, 10), range(1, 6), range(1, 4), range(5)):
        if k > size + 2 * p or p > k - 1:
            continue
        i = len(windows(size, k, s, p, p, 1))
        a = (size + 2 * p - k) % s
        if not holds(number, i, k, s, p, 1, a):
            continue
        met += 1
        assert eval(FORMULAS[number]) == size, (size, k, s, p)
    assert met > 8


def test_pooling_without_padding_counts_the_windows():
    for i, k, s in product(range(1, 12), range(1, 6), range(1, 5)):
        if k <= i:
            assert eval(FORMULAS[7]) == len(windows(i, k, s, 0, 0, 1))


def test_the_first_that_holds_speaks_for_a_convolution():
    for i, k, s, p, d in product(range(1, 9), range(1, 6), range(1, 4), range(5), range(1, 4)):
        if d * (k - 1) + 1 > i + 2 * p:
            continue
        expected = next(n for n in (1, 3, 4, 2, 5, 6, 15) if holds(n, i, k, s, p, d, 0))
        said = explain(Conv((i,), k, stride=s, padding=p, dilation=d))[0]
        assert said.relationship.number == expected, (i, k, s, p, d)
        assert said.reason is None


def test_the_first_that_holds_speaks_for_a_transposed_convolution():
    for i, k, s, p in product(range(1, 6), range(1, 6), range(1, 4), range(4)):
        for a in range(s):
            if s * (i - 1) + k - 2 * p + a < 1 or p > k - 1:
                continue
            expected = next(n for n in (8, 10, 11, 9, 12, 13, 14) if holds(n, i, k, s, p, 1, a))
            layer = ConvTranspose((i,), k, stride=s, padding=p, output_padding=a)
            assert explain(layer)[0].relationship.number == expected, (i, k, s, p, a)


def layers():
    """Layers of every kind, with and without a relationship."""
    for i, k, s, p, d in product((5, 6, 7, 10), (1, 2, 3, 4), (1, 2, 3), (0, 1, 2), (1, 2)):
        for pads in (p, ((p, p + 1),), ((-1, p),)):
            common = {"stride": s, "padding": pads}
            for kind, more in (
                (Conv, {"dilation": d}),
                (Conv, {"stretch": 2}),
                (MaxPool, {"ceil_mode": True}),
                (AvgPool, {}),
                (ConvTranspose, {"dilation": d}),
                (ConvTranspose, {"stride": 2, "output_padding": 1}),
            ):
                try:
                    yield kind((i,), k, **{**common, **more})
                except ValueError:
                    continue


def test_the_formula_with_its_numbers_is_true_as_it_is_read():
    spoken = set()
    for layer in layers():
        said = explain(layer)[0]
        assert evaluate(said.numbers) == said.result == layer.output_size[0], (layer, str(said))
        spoken.add(said.relationship.number if said.relationship else said.reason)
    assert len(spoken) > 14


@pytest.mark.parametrize("relationship", RELATIONSHIPS, ids=lambda r: f"R{r.number}")
def test_every_side_of_a_formula_is_the_same_number(relationship):
    letters = {"i": 9, "i′": 9, "k": 3, "s": 2, "p": 1, "d": 2, "a": 1}
    if relationship.number in (1, 2, 3, 4, 8, 9, 10, 11):
        letters["s"] = 1
    if relationship.number in (4, 11):
        letters["p"] = 2
    sides = relationship.formula.split(" = ")[1:]
    values = set()
    for side in sides:
        # Put a sign between factors that stand side by side, then the numbers.
        text = re.sub(r"(?<=[\d\w′)])(?=[(⌊])|(?<=\d)(?=[a-z])", "·", side)
        for letter in sorted(letters, key=len, reverse=True):
            text = text.replace(letter, str(letters[letter]))
        values.add(evaluate(text))
    assert len(values) == 1
    expected = eval(
        FORMULAS[relationship.number],
        {**{n: v for n, v in letters.items() if n.isascii()}, "i": 9},
    )
    assert values == {expected}


@pytest.mark.parametrize(
    ("layer", "reason"),
    [
        (Conv(5, 3, stretch=2), "the input is stretched"),
        (Conv(5, 3, padding=((1, 2), (1, 2))), "padding differs between the two sides"),
        (Conv(5, 3, padding=-1), "padding crops the input"),
        (MaxPool(5, 2, padding=1), "the guide's pooling has no padding"),
        (AvgPool(5, 2, dilation=2), "the guide's pooling has no dilation"),
        (MaxPool(5, 2, ceil_mode=True), "ceil mode rounds up"),
        (
            ConvTranspose(3, 3, dilation=2),
            "the guide has no relationship for a dilated transposed convolution",
        ),
        (
            ConvTranspose(5, 2, padding=2),
            "padding of more than k − 1 crops the equivalent convolution",
        ),
    ],
)
def test_where_none_speaks_the_reason_is_said(layer, reason):
    said = explain(layer)[0]
    assert said.relationship is None
    assert said.reason == reason
    assert str(said).startswith(f"None of the guide's relationships, because {reason}: o")


def test_each_axis_is_explained_on_its_own():
    rows, columns = explain(Conv((5, 7), (3, 2), stride=(1, 2), padding=(1, 0)))
    assert (rows.relationship.number, rows.result) == (3, 5)
    assert (columns.relationship.number, columns.result) == (5, 3)


def test_the_figures_of_the_chapters_are_spoken_for_by_their_relationships():
    expected = {
        "2.1": 1, "2.2": 2, "2.3": 3, "2.4": 4, "2.5": 5, "2.6": 6, "4.1": 8, "4.2": 9,
        "4.3": 10, "4.4": 11, "4.5": 12, "4.6": 13, "4.7": 14, "5.1": 15, "1.5": 7,
    }  # fmt: skip
    spoken = {n: explain(figure(n).layer)[0].relationship.number for n in expected}
    assert spoken == expected


def test_a_negative_number_stands_in_brackets():
    said = explain(ConvTranspose(3, 3, padding=-1))[0]
    assert said.numbers == "1·(3 − 1) + 0 + 3 − (−2)"
