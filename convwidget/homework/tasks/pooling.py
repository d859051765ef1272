"""Set 3: pooling arithmetic: what its exercises ask for."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from random import Random
from typing import Any

import numpy as np

from ...counting import count_windows
from ...layers import AvgPool, Conv, MaxPool
from ...widget import ConvWidget
from ..comparing import counted, plain
from ..exercise import Mistake
from ..functions import Function
from ..questions import Question, Questions, compared, no_number
from .sizes import OTHERS, STEPS, fits, mistaken, smallest_first, together, unless_right

STRIDE_ONE = "No stride is given: then a pool's stride is not 1. What is it?"
AS_LARGE = "The stride is given here; it is the window's size only where none is given."
WINDOW = "Move the window over the line in steps of the stride, and count where it stands."


def _size_cases() -> list[tuple[Any, ...]]:
    every = product(range(1, 8), range(1, 5), (None, 1, 2, 3))
    return smallest_first((case for case in every if case[1] <= case[0]), least=(3, 2))


pool_size = Function(
    names=("i", "k", "s"),
    cases=_size_cases,
    more=lambda: [(112, 3, 2), (55, 3, 2), (224, 2, None), (31, 5, None), (31, 5, 4), (9, 9, None)],
    truth=lambda i, k, s: count_windows(i, k, s=k if s is None else s),
    mistakes=(
        Mistake(STRIDE_ONE, lambda i, k, s: (i - k) // (s or 1) + 1),
        Mistake(AS_LARGE, lambda i, k, s: (i - k) // k + 1),
        Mistake(STEPS, lambda i, k, s: (i - k) // (s or k)),
        Mistake(
            "There is no part of a window. What is // in Python?",
            lambda i, k, s: (i - k) / (s or k) + 1,
        ),
        Mistake(
            "The last step goes past the end of the line, so it is not taken.",
            lambda i, k, s: -((k - i) // (s or k)) + 1,
        ),
        Mistake(
            "A window of k cells cannot start in the last cell.", lambda i, k, s: i // (s or k)
        ),
    ),
    look=WINDOW,
    show=lambda i, k, s: MaxPool((i,), k, stride=s),
)


def _pool(random: Random) -> Question:
    k = random.randint(2, 5)
    s = random.choice((None, *(n for n in range(2, 6) if n != k)))
    return _asked(random.randint(20, 60), k, s)


def _asked(i: int, k: int, s: int | None) -> Question:
    stride = "" if s is None else f", stride={s}"
    return {"i": i, "k": k, "s": s, "text": f"MaxPool2d({k}{stride})"}


def _size(i: int, k: int, s: int | None, **_: Any) -> int:
    return count_windows(i, k, s=k if s is None else s)


sizes = Questions(
    draw=_pool,
    ask="i = {i} and nn.{text}: what is o?",
    count=3,
    mistakes=(
        Mistake(STRIDE_ONE, lambda i, k, s, **_: None if s else i - k + 1),
        Mistake(AS_LARGE, lambda i, k, s, **_: (i - k) // k + 1 if s else None),
        Mistake(STEPS, lambda i, k, s, **_: (i - k) // (s or k)),
        unless_right(
            Mistake(
                "That is rounded up; a step that does not fit is not taken.",
                lambda i, k, s, **_: -((k - i) // (s or k)) + 1,
            ),
            _size,
        ),
    ),
    complaint=compared(_size, WINDOW),
    sort=lambda question: question["s"] is None,
    sorts=2,
    show=lambda at, _: MaxPool((at["i"],), at["k"], stride=at["s"]),
    near=lambda: [_asked(i, 3, s) for i in (8, 9) for s in (None, 2)],
    together=together(mistaken, *OTHERS),
)


def _pictures(sizes: list[tuple[int, ...]]) -> list[tuple[Any, ...]]:
    random = np.random.default_rng(4)
    return [
        (_without_zero(random.permutation(h * w).reshape(h, w) - h * w // 2), *others)
        for h, w, *others in sizes
    ]


def _without_zero(x: Any) -> Any:
    """Numbers below and above zero; a 0 would look like padding."""
    return np.where(x < 0, x, x + 1)


def _largest(x: Any, k: int, s: int) -> Any:
    return MaxPool(x.shape, k, stride=s).apply(x)


max_pool = Function(
    names=("x", "k", "s"),
    cases=lambda: [
        (np.array([[1, -2, -1], [3, -4, -5]]), 2, 1),  # the second window has no cell above zero
        *_pictures([(3, 4, 2, 2), (5, 4, 2, 3), (4, 5, 3, 1), (6, 7, 3, 2), (2, 3, 1, 1)]),
    ],
    more=lambda: _pictures([(9, 8, 2, 2), (7, 12, 5, 2), (6, 6, 6, 1), (8, 5, 1, 3)]),
    truth=_largest,
    mistakes=(
        Mistake(
            "That is the mean of each window. Which of its cells does a max pool take?",
            lambda x, k, s: AvgPool(x.shape, k, stride=s).apply(x),
        ),
        Mistake("That is the smallest cell of each window.", lambda x, k, s: -_largest(-x, k, s)),
        Mistake(
            "Neighbouring windows are s cells apart. Yours move one cell at a time.",
            lambda x, k, s: _largest(x, k, 1),
        ),
        Mistake(AS_LARGE, lambda x, k, s: _largest(x, k, k)),
        Mistake("Rows and columns are swapped somewhere.", lambda x, k, s: _largest(x, k, s).T),
        Mistake(
            "Some cells are below zero. With what does your largest begin?",
            lambda x, k, s: np.maximum(_largest(x, k, s), 0),
        ),
    ),
    look="Take output[0, 0] by hand: which cells does its window see, and which is the largest?",
    show=lambda x, k, s: ConvWidget(MaxPool(x.shape, k, stride=s), input=x),
)


def _missing_kernel(random: Random) -> Question:
    k, i = random.randint(2, 9), random.randint(20, 80)
    return {"i": i, "o": count_windows(i, k, s=k)}


def _gives(question: Question, answer: Any) -> str | None:
    if wrong := no_number(answer, least=1):
        return wrong
    k = plain(answer)
    if not fits(question["i"], k):
        return f"You say {k}. A window of that size does not fit."
    o = count_windows(question["i"], k, s=k)
    return None if o == question["o"] else f"With k = {k} the pool gives {counted(o, 'cell')}."


kernels = Questions(
    draw=_missing_kernel,
    ask="nn.MaxPool2d(k), with no stride given, turns {i} cells into {o}: which k?",
    count=2,
    mistakes=(
        Mistake(
            "That is the answer at a stride of 1. What is a pool's stride if none is given?",
            lambda i, o: i - o + 1,
        ),
        Mistake(
            "That many cells are taken away. Into how many parts does the pool cut the line?",
            lambda i, o: i - o,
        ),
        Mistake(
            "That is rounded up: the last window hangs over the end.",
            lambda i, o: -(-i // o) if -(-i // o) * o > i else None,
        ),
    ),
    complaint=_gives,
    show=lambda question, answer: ConvWidget(
        MaxPool((question["i"],), plain(answer)), input="ramp", view="ruler"
    ),
)


def _ceil_cases(numbers: Iterable[int]) -> list[tuple[Any, ...]]:
    every = product(numbers, range(1, 5), range(1, 5), range(3))
    return smallest_first(
        ((i, k, s, p) for i, k, s, p in every if p <= k // 2 and fits(i, k, p=p)), least=(3, 2)
    )


def _rounded_up(i: int, k: int, s: int, p: int) -> int:
    return MaxPool((i,), k, stride=s, padding=p, ceil_mode=True).output_size[0]


ceil_size = Function(
    names=("i", "k", "s", "p"),
    cases=lambda: _ceil_cases(range(1, 7)),
    more=lambda: _ceil_cases([28, 55, 111, 112]),
    truth=_rounded_up,
    mistakes=(
        Mistake(
            "That is rounded down, as without ceil mode.",
            lambda i, k, s, p: (i + 2 * p - k) // s + 1,
        ),
        Mistake(
            "A last window that would start past the input, and the padding before it, is dropped.",
            lambda i, k, s, p: -((k - i - 2 * p) // s) + 1,
        ),
        Mistake(
            "A last window is dropped only where it starts past the input; yours drops others too.",
            lambda i, k, s, p: _dropped(i, k, s, p),
        ),
        Mistake("Padding stands on both sides.", lambda i, k, s, p: -((k - i - p) // s) + 1),
    ),
    look="Draw the last window. On which cell of the padded line does it start?",
    show=lambda i, k, s, p: MaxPool((i,), k, stride=s, padding=p, ceil_mode=True),
)


def _dropped(i: int, k: int, s: int, p: int) -> int:
    """A rule that measures from the line's beginning, without the padding before the input."""
    steps = -((k - i - 2 * p) // s)
    return steps if steps * s >= i else steps + 1


def _mean(x: Any, k: int, s: int, p: int) -> Any:
    return AvgPool(x.shape, k, stride=s, padding=p, count_include_pad=False).apply(x)


average = Function(
    names=("x", "k", "s", "p"),
    cases=lambda: _pictures(
        [(2, 3, 2, 1, 0), (2, 4, 2, 2, 0), (2, 2, 2, 1, 1), (3, 4, 3, 1, 1), (5, 4, 3, 2, 1)]
    ),
    more=lambda: _pictures([(7, 8, 5, 2, 2), (6, 9, 4, 3, 2), (4, 4, 2, 3, 1)]),
    truth=_mean,
    mistakes=(
        Mistake(
            "The zeros around the input are no cells of it. How many cells of the input has each "
            "window?",
            lambda x, k, s, p: AvgPool(x.shape, k, stride=s, padding=p).apply(x),
        ),
        Mistake(
            "The sum of a window is still to be divided.",
            lambda x, k, s, p: Conv(x.shape, k, stride=s, padding=p).apply(
                x, np.ones((k, k), dtype=int)
            ),
        ),
        Mistake("The window is moved one cell at a time.", lambda x, k, s, p: _mean(x, k, 1, p)),
        Mistake("The padding is missing.", lambda x, k, s, p: _mean(x, k, s, 0)),
        Mistake("Rows and columns are swapped somewhere.", lambda x, k, s, p: _mean(x, k, s, p).T),
    ),
    look="Take a window in the corner: which cells of the input does it see, and how many?",
    show=lambda x, k, s, p: ConvWidget(
        AvgPool(x.shape, k, stride=s, padding=p, count_include_pad=False), input=x
    ),
)


def _dilated(random: Random) -> Question:
    return {
        "i": random.randint(20, 40),
        "k": random.randint(2, 5),
        "s": random.randint(1, 4),
        "d": random.randint(2, 4),
    }


def _spread(i: int, window: int, s: int) -> int:
    return (i - window) // s + 1


dilated = Questions(
    draw=_dilated,
    ask="i = {i} and nn.MaxPool2d({k}, stride={s}, dilation={d}): what is o?",
    count=2,
    mistakes=(
        Mistake(
            "The cells of the window are d apart. How long is it from first to last?",
            lambda i, k, s, d: _spread(i, k, s),
        ),
        Mistake(
            "Between k cells there are fewer gaps than cells.",
            lambda i, k, s, d: _spread(i, k * d, s),
        ),
        unless_right(
            Mistake(
                "The window's last cell counts too.",
                lambda i, k, s, d: _spread(i, d * (k - 1), s),
            ),
            count_windows,
        ),
        Mistake(
            "d − 1 cells lie in a gap, and not d.",
            lambda i, k, s, d: _spread(i, k + d * (k - 1), s),
        ),
        Mistake(STEPS, lambda i, k, s, d: _spread(i, d * (k - 1) + 1, s) - 1),
    ),
    complaint=compared(count_windows, WINDOW),
    show=lambda at, _: MaxPool((at["i"],), at["k"], stride=at["s"], dilation=at["d"]),
    near=lambda: [
        {"i": i, "k": 3, "s": s, "d": d} for i, s, d in [(8, 1, 2), (9, 2, 2), (12, 2, 3)]
    ],
    together=together(mistaken, *OTHERS),
)
