"""What sets share: cases to try sizes on, the usual wrong sizes, and a ruler that shows one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import combinations, product
from math import ceil, floor
from random import Random
from typing import Any

from ...layers import Conv
from ...widget import ConvWidget
from ..exercise import Mistake

WINDOW = (
    "Count the places of the window: it starts at cell 0 of the padded line, and each next start "
    "is s cells further, as long as its last cell is still on the line."
)
STEPS = "Count posts, not gaps: the first place of the window counts too."

FORGOT_2P = Mistake(
    "Padding stands on both sides of the line: count the cells before it and those behind it.",
    lambda i, k, s=1, p=0, **_: (i + p - k) // s + 1,
)
FORGOT_P = Mistake(
    "The zeros around the input count too. How long is the padded line?",
    lambda i, k, s=1, **_: (i - k) // s + 1,
)
FORGOT_FLOOR = Mistake(
    "There is no part of a window: a step that does not fit is not taken. What is // in Python?",
    lambda i, k, s=1, p=0, **_: (i + 2 * p - k) / s + 1,
)
ROUNDED_UP = Mistake(
    "The last step goes past the end of the padded line, so it is not taken. Which way is it "
    "rounded?",
    lambda i, k, s=1, p=0, **_: ceil((i + 2 * p - k) / s) + 1,
)
COUNTED_STEPS = Mistake(
    STEPS,
    lambda i, k, s=1, p=0, **_: (i + 2 * p - k) // s,
)
ONE_INSIDE = Mistake(
    "The one that is added stands for the first place, and is no part of what the window travels. "
    "Is it divided by the stride?",
    lambda i, k, s=1, p=0, **_: (i + 2 * p - k + 1) // s,
)
FORGOT_STRIDE = Mistake(
    "Neighbouring windows are s cells apart. How far does the window go, and in steps of what?",
    lambda i, k, p=0, **_: i + 2 * p - k + 1,
)
DIVIDED_ALL = Mistake(
    "The window's own size is left out: its first cell cannot go to the end of the line.",
    lambda i, s=1, **_: i // s,
)

WRONG_SIZES = (
    FORGOT_2P,
    FORGOT_P,
    FORGOT_FLOOR,
    ROUNDED_UP,
    COUNTED_STEPS,
    ONE_INSIDE,
    FORGOT_STRIDE,
    DIVIDED_ALL,
)


Slip = dict[str, Any]


def mistaken(
    i: int,
    k: int,
    s: int | None = 1,
    p: int = 0,
    d: int = 1,
    *,
    sides: int = 2,
    window: Callable[[int, int], int] = lambda k, d: d * (k - 1) + 1,
    places: int = 1,
    up: bool = False,
    stride: bool = True,
    **_: Any,
) -> int:
    """The size formula, with what goes wrong in it by name."""
    steps = (i + sides * p - window(k, d)) / ((s or k) if stride else 1)
    return (ceil(steps) if up else floor(steps)) + places


SIDES: tuple[Slip, ...] = ({"sides": 0}, {"sides": 1})
IGNORED: Slip = {"window": lambda k, d: k if d > 1 else k - 1}  # the dilation
TIMES: Slip = {"window": lambda k, d: k * d if d > 1 else k - 1}
OTHERS: tuple[Slip, ...] = (
    {"window": lambda k, d: 0},
    IGNORED,
    TIMES,
    {"window": lambda k, d: d * (k - 1)},
    {"places": 0},
    {"up": True},
    {"stride": False},
)


def together(formula: Callable[..., Any], *slips: Slip) -> tuple[Callable[..., Any], ...]:
    """What a formula gives with each of its slips, and with each two at once."""
    pairs = [one | other for one, other in combinations(slips, 2) if one.keys() != other.keys()]
    return tuple(partial(formula, **slip) for slip in (*slips, *pairs))


def unless_right(mistake: Mistake, truth: Callable[..., Any]) -> Mistake:
    """The same mistake, but not where it does no harm; so the others can be caught there."""

    def gives(**at: Any) -> Any:
        given = mistake.gives(**at)
        return None if given == truth(**at) else given

    return Mistake(mistake.message, gives)


def by_position(mistake: Mistake) -> Mistake:
    """The same mistake of a function (i, k, s, p)."""
    return Mistake(mistake.message, lambda i, k, s=1, p=0: mistake.gives(i=i, k=k, s=s, p=p))


def fits(i: int, k: int, s: int = 1, p: int = 0, d: int = 1) -> bool:
    """Whether there is a window at all."""
    return d * (k - 1) < i + 2 * p


def smallest_first(cases: Iterable[tuple[Any, ...]], least: Sequence[int]) -> list[tuple[Any, ...]]:
    """Sort cases by their size, but put those with a letter below its `least` behind all others.

    A window of one cell, or one that fills its line, is small and shows nothing.
    """

    def size(case: tuple[Any, ...]) -> tuple[bool, int]:
        shows = all(letter >= bound for letter, bound in zip(case, least, strict=False))
        return not shows, sum(filter(None, case))

    return sorted(cases, key=size)


def small(up_to: int = 5) -> list[tuple[Any, ...]]:
    """Every (i, k, s, p) up to a bound in which a window fits, the smallest first."""
    numbers = range(1, up_to + 1)
    every = product(numbers, numbers, range(1, 4), range(3))
    return smallest_first((case for case in every if fits(*case)), least=(3, 2))


def large(count: int = 150) -> Iterable[tuple[int, int, int, int]]:
    """Larger ones, the same at each call."""
    random = Random("larger sizes")
    yield from ((224, 7, 2, 3), (227, 11, 4, 0), (6, 3, 2, 1))
    for _ in range(count):
        k, s, p = random.randint(1, 11), random.randint(1, 8), random.randint(0, 9)
        yield random.randint(max(1, k - 2 * p), 120), k, s, p


def line(i: int, k: int, s: int = 1, p: int = 0) -> Conv:
    """A layer of one axis."""
    return Conv((i,), k, stride=s, padding=p)


def shown(i: int, k: int, s: int = 1, p: int = 0) -> ConvWidget:
    """Its windows over a ruler."""
    return ConvWidget(line(i, k, s, p), input="ramp", view="ruler")
