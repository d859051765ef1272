"""The truth about sizes by counting: a window is moved, and no formula says where it fits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from importlib.resources import files
from math import ceil, floor, prod
from operator import index
from typing import Any

_DATA = json.loads(files(__package__).joinpath("data/relationships.json").read_text("utf-8"))
_ROWS: dict[int, Any] = {row["number"]: row for row in _DATA["relationships"]}

Sizes = dict[str, int]


def count_windows(i: int, k: int, s: int = 1, p: int = 0, d: int = 1) -> int:
    """Count the places of a window on one axis, by moving it until it no longer fits.

    Parameters
    ----------
    i, k : int
        The sizes of the input and of the kernel.
    s, p, d : int
        The stride, the cells of padding at either end, and the dilation.

    Returns
    -------
    int
        How many outputs there are.

    Raises
    ------
    TypeError
        For what is no integer.
    ValueError
        When not even the first window fits, or a number is too small.

    Examples
    --------
    >>> count_windows(5, 3, s=2, p=1)
    3
    """
    for name, value, least in zip("ikspd", (i, k, s, p, d), (1, 1, 1, 0, 1), strict=True):
        if index(value) < least:
            raise ValueError(f"{name} must be at least {least}, but it is {value}")
    places, _ = _slide(i, k, s, p, d)
    if places == 0:
        raise ValueError(
            f"no window fits: its last cell is cell {(k - 1) * d + 1}, "
            f"and the padded line has {p + i + p}"
        )
    return places


def cases(number: int, up_to: int = 8) -> Iterator[tuple[Sizes, int]]:
    """Yield every case of a relationship: its letters, and the size that counting gives.

    Parameters
    ----------
    number : int
        The relationship's number in the guide, from 1 to 15.
    up_to : int
        How far each letter goes (a, the cells left over, goes as far as the stride lets it).

    Yields
    ------
    letters : dict
        The numbers that i (or i′), k, s, p, d and, in a transposed convolution, a stand for.
    size : int
        o, the number of windows. For a transposed convolution o′: the size whose direct
        convolution has i′ windows and leaves a cells over.

    Raises
    ------
    ValueError
        For a number that the guide does not have, or a bound below 1.

    Examples
    --------
    Does a rule of your own hold? Here is one that forgets to round down:

    >>> wrong = (at for at, o in cases(5) if (at["i"] - at["k"]) / at["s"] + 1 != o)
    >>> next(wrong)
    {'i': 2, 'k': 1, 's': 2, 'p': 0, 'd': 1}
    """
    if number not in _ROWS:
        raise ValueError(f"the guide's relationships go from 1 to {len(_ROWS)}, not to {number!r}")
    if index(up_to) < 1:
        raise ValueError(f"up_to must be at least 1, but it is {up_to}")
    row = _ROWS[number]
    count = _backward if row["layer"] == "transposed convolution" else _forward
    return count(row["holds"], up_to)


def holds(number: int, up_to: int = 8) -> str:
    """Hold a relationship of the guide against counting, over every case up to a bound.

    Parameters
    ----------
    number : int
        The relationship's number, from 1 to 15.
    up_to : int
        How far each letter goes.

    Returns
    -------
    str
        A sentence with the number of cases.

    Raises
    ------
    AssertionError
        When the formula differs from what is counted, with the smallest case where it does.
    ValueError
        For a number that the guide does not have, or a bound below 1.

    Examples
    --------
    >>> holds(6)
    'Relationship 6 holds: 4,208 cases counted.'
    """
    counted = 0
    wrong = []
    for letters, size in cases(number, up_to):
        counted += 1
        said = [_value(side, letters) for side in _ROWS[number]["sides"]]
        if any(value != size for value in said):
            wrong.append((sum(letters.values()), letters, said, size))
    if wrong:
        _, letters, said, size = min(wrong, key=lambda case: case[0])
        at = ", ".join(f"{letter} = {value}" for letter, value in letters.items())
        raise AssertionError(
            f"Relationship {number} does not hold at {at}: "
            f"its formula says {' = '.join(map(str, said))}, and counting says {size}."
        )
    return f"Relationship {number} holds: {counted:,} cases counted."


def _slide(i: int, k: int, s: int, p: int, d: int) -> tuple[int, int]:
    """Move a window along the padded line: how many places it has, and the cells left over."""
    line = p + i + p
    last = (k - 1) * d  # where the last cell of the first window stands
    places, left_over = 0, line
    while last < line:
        places += 1
        left_over = line - 1 - last
        last += s
    return places, left_over


def _settings(conditions: dict[str, str], up_to: int) -> Iterator[tuple[int, int, int, int]]:
    """Every k, s, p and d up to a bound that a relationship's conditions allow."""
    every = range(1, up_to + 1)
    for k in range(1, up_to + 1, 2) if "kernel" in conditions else every:
        paddings = {"zero": [0], "half": [k // 2], "full": [k - 1], "any": [0, *every]}
        for s in [1] if "stride" in conditions else every:
            for p in paddings[conditions.get("padding", "any")]:
                for d in [1] if "dilation" in conditions else every:
                    yield k, s, p, d


def _forward(conditions: dict[str, str], up_to: int) -> Iterator[tuple[Sizes, int]]:
    """A convolution or a pool: the places of the window."""
    for k, s, p, d in _settings(conditions, up_to):
        for i in range(1, up_to + 1):
            o, _ = _slide(i, k, s, p, d)
            if o:
                yield {"i": i, "k": k, "s": s, "p": p, "d": d}, o


def _backward(conditions: dict[str, str], up_to: int) -> Iterator[tuple[Sizes, int]]:
    """A transposed convolution: ever larger sizes, until the direct one has too many places."""
    for k, s, p, d in _settings(conditions, up_to):
        places, size = 0, 1
        while places <= up_to:
            places, a = _slide(size, k, s, p, d)
            if 1 <= places <= up_to and (a == 0 or "left_over" not in conditions):
                yield {"i′": places, "k": k, "s": s, "p": p, "a": a}, size
            size += 1


def _value(items: list[Any], letters: Sizes) -> Fraction | int:
    """The value of a sum: terms with + and − between them."""
    total: Fraction | int = 0
    sign = 1
    for item in items:
        if item in ("+", "−"):
            sign = 1 if item == "+" else -1
        else:
            total += sign * _term(item, letters)
    return total


def _term(item: Any, letters: Sizes) -> Fraction | int:
    """The value of one term of a sum: a number, a letter, or a form with sums in it."""
    if isinstance(item, str):
        return letters[item] if item in letters else int(item)
    [(form, parts)] = item.items()
    if form == "times":
        return prod(_term(part, letters) for part in parts)
    if form == "over":
        above, below = (_value(part, letters) for part in parts)
        return Fraction(above, below)
    rounded = {"floor": floor, "ceil": ceil, "group": lambda value: value}[form]
    return rounded(_value(parts, letters))
