"""Set 2: convolution arithmetic: what its exercises ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from itertools import product
from random import Random
from typing import Any

import numpy as np

from ...counting import count_windows
from ...layers import Conv
from ...widget import ConvWidget
from ..comparing import counted, plain
from ..exercise import Mistake
from ..functions import Function
from ..questions import Question, Questions, compared, no_number, no_padding
from . import sizes
from .introduction import TURNED
from .sizes import WINDOW, WRONG_SIZES, by_position, fits

places = Function(
    names=("i", "k"),
    cases=lambda: sizes.smallest_first(
        ((i, k) for i in range(1, 7) for k in range(1, i + 1)), least=(3, 2)
    ),
    more=lambda: [(i, k) for i, k, _, _ in sizes.large() if k <= i],
    truth=count_windows,
    mistakes=(
        by_position(sizes.COUNTED_STEPS),
        Mistake("That is the size of the input. How many places has the window on it?", max),
        Mistake(
            "That is the whole of the input and the window; the window stays inside the input.",
            lambda i, k: i + k - 1,
        ),
        Mistake(
            "Try it on squared paper: where does the window's first cell stand last?",
            lambda i, k: i - k - 1,
        ),
    ),
    look="Move the window by hand, and count where its first cell can stand.",
    show=sizes.line,
)

output_size = Function(
    names=("i", "k", "s", "p"),
    cases=sizes.small,
    more=sizes.large,
    truth=count_windows,
    mistakes=tuple(map(by_position, WRONG_SIZES)),
    look=WINDOW,
    show=sizes.line,
)


def _sizes(random: Random) -> Question:
    k, s = random.randint(3, 9), random.randint(2, 5)
    return {"i": random.randint(18, 60), "k": k, "s": s, "p": random.randint(1, k - 1)}


predictions = Questions(
    draw=_sizes,
    ask="i = {i}, k = {k}, s = {s}, p = {p}: what is o?",
    count=3,
    mistakes=tuple(
        sizes.unless_right(wrong, count_windows)
        if wrong in (sizes.ROUNDED_UP, sizes.ONE_INSIDE)
        else wrong
        for wrong in WRONG_SIZES
    ),
    complaint=compared(count_windows, WINDOW),
    show=lambda question, _: sizes.line(**question),
    near=lambda: [
        {"i": i, "k": 3, "s": s, "p": p} for i, s, p in [(6, 2, 1), (7, 3, 1), (5, 2, 2)]
    ],
    together=sizes.together(sizes.mistaken, *sizes.SIDES, *sizes.OTHERS),
)


def _with(letters: Question, value: int) -> dict[str, int]:
    """The sizes of a question, with a value for the letter that it asks for."""
    return {"i": letters["i"], **{n: letters.get(n, value) for n in "ksp"}}


def _one_letter_missing(random: Random) -> Question | None:
    letters = _sizes(random)
    letters["o"] = count_windows(**letters)
    find = random.choice("ksp")
    del letters[find]
    known = ", ".join(f"{name} = {letters[name]}" for name in "iksp" if name in letters)
    return {**letters, "find": find, "known": known}


def _reaches(letters: Question, answer: Any) -> str | None:
    find = letters["find"]
    if wrong := no_number(answer, least=0 if find == "p" else 1):
        return wrong
    value = plain(answer)
    at = _with(letters, value)
    if not fits(**at):
        return f"With {find} = {value} not even the first window fits on the padded line."
    o = count_windows(**at)
    if o == letters["o"]:
        return None
    places = counted(o, "place")
    return f"With {find} = {value} the window has {places}, and {letters['o']} are asked for."


def _solved_with(wrong: Mistake) -> Mistake:
    """What one answers who solves for the missing letter with a wrong size."""

    def gives(**letters: Any) -> int | None:
        values = range(0 if letters["find"] == "p" else 1, 61)
        if letters["find"] == "k":  # the smallest is right even where one rounds up
            values = values[::-1]
        for value in values:
            at = _with(letters, value)
            if fits(**at) and wrong.gives(**at) == letters["o"]:
                return value
        return None

    return Mistake(wrong.message, gives)


_TWO = tuple(
    partial(sizes.mistaken, **sides, **other)
    for sides in sizes.SIDES
    for other in ({"places": 0}, {"up": True})
)

settings = Questions(
    draw=_one_letter_missing,
    ask="{known}, and o must be {o}: which {find}?",
    count=3,
    mistakes=tuple(map(_solved_with, (sizes.FORGOT_2P, sizes.COUNTED_STEPS, sizes.ROUNDED_UP))),
    complaint=_reaches,
    together=tuple(_solved_with(Mistake("", gives)).gives for gives in _TWO),
    sort=lambda letters: letters["find"],
    sorts=3,
    show=lambda question, answer: sizes.shown(**_with(question, plain(answer))),
)


def _arrays(shapes: Iterable[tuple[int, ...]]) -> list[tuple[Any, ...]]:
    """(x, kernel, s, p) for sizes (height, width, kernel's height, its width, s, p)."""
    random = np.random.default_rng(2)
    return [
        (random.permutation(h * w).reshape(h, w) + 1, np.arange(1, a * b + 1).reshape(a, b), s, p)
        for h, w, a, b, s, p in shapes
    ]


def _applied(x: Any, kernel: Any, s: int, p: int, **more: Any) -> Any:
    return Conv(x.shape, kernel.shape, stride=s, padding=p, **more).apply(x, kernel)


def _padded_behind(x: Any, kernel: Any, s: int, p: int) -> Any:
    behind = ((0, 2 * p), (0, 2 * p))
    return Conv(x.shape, kernel.shape, stride=s, padding=behind).apply(x, kernel)


def _one_stride(x: Any, kernel: Any, s: int, p: int) -> Any:
    return Conv(x.shape, kernel.shape, stride=(s, 1), padding=p).apply(x, kernel)


convolve = Function(
    names=("x", "kernel", "s", "p"),
    cases=lambda: _arrays(
        [
            (2, 3, 2, 2, 1, 0),
            (2, 2, 2, 2, 1, 1),
            (3, 4, 2, 2, 2, 0),
            (3, 2, 2, 1, 1, 1),
            (3, 4, 2, 3, 1, 1),
            (4, 5, 2, 2, 2, 0),
            (5, 4, 3, 2, 2, 1),
            (6, 5, 3, 3, 2, 1),
            (2, 2, 1, 2, 1, 0),
        ]
    ),
    more=lambda: _arrays(
        [(6, 7, 3, 2, 3, 2), (8, 5, 3, 3, 2, 0), (7, 9, 1, 4, 2, 3), (5, 5, 5, 5, 1, 4)]
    ),
    truth=_applied,
    mistakes=(
        Mistake(TURNED, lambda x, kernel, s, p: _applied(x, kernel[::-1, ::-1], s, p)),
        Mistake(
            "Rows and columns are swapped somewhere. Which axis comes first in an array?",
            lambda x, kernel, s, p: _applied(x, kernel, s, p).T,
        ),
        Mistake(
            "The stride is made along the rows only. How does the window move along the columns?",
            _one_stride,
        ),
        Mistake(
            "The window is moved one cell at a time. How far apart are neighbouring windows?",
            lambda x, kernel, s, p: _applied(x, kernel, 1, p),
        ),
        Mistake(
            "The zeros around the input are missing.",
            lambda x, kernel, s, p: _applied(x, kernel, s, 0),
        ),
        Mistake(
            "All the zeros stand behind the input. On which sides should they be?", _padded_behind
        ),
    ),
    look="Take output[0, 0] by hand: which cells does its window see, and which weight meets each?",
    show=lambda x, kernel, s, p: ConvWidget(
        Conv(x.shape, kernel.shape, stride=s, padding=p), input=x, kernel=kernel
    ),
)


def _all_inputs(o: int, k: int, s: int, p: int) -> tuple[int, ...]:
    """Every input size with o windows, by trying them one after another."""
    last = s * o + k  # the padded line is never longer
    return tuple(
        i for i in range(1, last + 1) if fits(i, k, s, p) and count_windows(i, k, s, p) == o
    )


def _backward_cases() -> list[tuple[Any, ...]]:
    every = product(range(1, 4), range(1, 6), range(1, 4), range(4))
    return sizes.smallest_first((case for case in every if _all_inputs(*case)), least=(2, 2, 2))


def _inputs(least: Callable[[int, int, int, int], int], width: int = 0) -> Callable[..., Any]:
    def gives(o: int, k: int, s: int, p: int) -> tuple[int, ...]:
        first = least(o, k, s, p)
        return tuple(i for i in range(first, first + s + width) if i >= 1)

    return gives


input_sizes = Function(
    names=("o", "k", "s", "p"),
    cases=_backward_cases,
    more=lambda: [(7, 3, 2, 1), (5, 4, 3, 1), (12, 7, 4, 3), (56, 3, 2, 1), (1, 5, 3, 2)],
    truth=_all_inputs,
    mistakes=(
        Mistake(
            "There may be cells left over behind the last window: how many before another fits?",
            lambda o, k, s, p: (s * (o - 1) + k - 2 * p,),
        ),
        Mistake(
            "That is an output size: o and i have changed places. Which one is given here?",
            lambda o, k, s, p: ((o + 2 * p - k) // s + 1,),
        ),
        Mistake(
            "Padding stands on both sides, and both are taken off.",
            _inputs(lambda o, k, s, p: s * (o - 1) + k - p),
        ),
        Mistake(
            "The input is what is left of the padded line without the zeros.",
            _inputs(lambda o, k, s, p: s * (o - 1) + k),
        ),
        Mistake(
            "The window makes one step less than it has places.",
            _inputs(lambda o, k, s, p: s * o + k - 2 * p),
        ),
        Mistake(
            "With as many cells left over as your largest size has, does another window fit?",
            _inputs(lambda o, k, s, p: s * (o - 1) + k - 2 * p, width=1),
        ),
        Mistake(
            "An input has at least one cell.",
            lambda o, k, s, p: tuple(s * (o - 1) + k - 2 * p + a for a in range(s)),
        ),
        Mistake("The smallest comes first.", lambda o, k, s, p: _all_inputs(o, k, s, p)[::-1]),
    ),
    look="Try the sizes 1, 2, 3 … and count the windows of each.",
    show=lambda o, k, s, p: sizes.shown(_all_inputs(o, k, s, p)[-1], k, s, p),
)


def _through(i: int, k: int, s: int, p: int, size: Callable[..., Any] = count_windows) -> int:
    """The rows of the map behind a convolution and a pool of 2."""
    return count_windows(int(size(i=i, k=k, s=s, p=p)), 2, 2)


def _network(random: Random) -> Question | None:
    at = {
        "i": random.randint(40, 96),
        "k": random.choice((5, 7, 9, 11)),
        "s": random.choice((2, 3)),
    }
    maps = random.choice((8, 16, 32))
    p = random.randint(2, at["k"] // 2)
    n, now = (_through(at["i"], at["k"], at["s"], zeros) for zeros in (p, 0))
    if n == now:
        return None
    return {**at, "maps": maps, "n": n, "has": maps * now * now, "wants": maps * n * n}


def _mends(network: Question, answer: Any) -> str | None:
    if wrong := no_padding(answer):
        return wrong
    p = plain(answer)
    n = _through(network["i"], network["k"], network["s"], p)
    if n == network["n"]:
        return None
    return (
        f"With padding={p} the pool gives maps of {n} × {n}, and Flatten "
        f"{network['maps'] * n * n} numbers. Linear waits for {network['wants']}."
    )


def _mended_with(wrong: Mistake) -> Mistake:
    def gives(i: int, k: int, s: int, n: int, **_: Any) -> int | None:
        sized = ((p, wrong.gives(i=i, k=k, s=s, p=p)) for p in range(40))
        return next((p for p, o in sized if o >= 2 and count_windows(o, 2, 2) == n), None)

    return Mistake(wrong.message, gives)


shape_bug = Questions(
    draw=_network,
    ask="""A picture of 3 × {i} × {i} goes through

    nn.Conv2d(3, {maps}, kernel_size={k}, stride={s}, padding=0),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Flatten(),
    nn.Linear({wants}, 10),

RuntimeError: mat1 and mat2 shapes cannot be multiplied (1x{has} and {wants}x10)

Which padding of the convolution mends it?""",
    count=1,
    mistakes=(
        _mended_with(sizes.FORGOT_2P),
        Mistake(
            "Between the convolution and Flatten stands a pool. How many more rows must the "
            "convolution give, for one row more behind the pool?",
            lambda i, k, s, n, **_: n - _through(i, k, s, 0),
        ),
        Mistake(
            "That is half padding, which keeps the size at a stride of 1. Here it is larger.",
            lambda k, **_: k // 2,
        ),
    ),
    complaint=_mends,
    show=lambda at, answer: sizes.shown(at["i"], at["k"], at["s"], plain(answer)),
)
