"""Set 5: padding that is worked out, in front only, uneven, or for a dilated window."""

from __future__ import annotations

from itertools import product
from random import Random
from typing import Any

import numpy as np

from ...counting import count_windows
from ...layers import Conv
from ...widget import ConvWidget
from ..comparing import plain
from ..exercise import Mistake
from ..functions import Function
from ..questions import Question, Questions, no_padding
from .mixed import TIMES_D
from .sizes import smallest_first


def _lines(sizes: list[tuple[int, int, int]]) -> list[tuple[Any, ...]]:
    random = np.random.default_rng(6)
    return [(random.permutation(i) + 1, np.arange(1, k + 1), d) for i, k, d in sizes]


def _causal(x: Any, kernel: Any, d: int, padding: Any = "causal") -> Any:
    return Conv(x.shape, kernel.shape, padding=padding, dilation=d).apply(x, kernel)


causal = Function(
    names=("x", "kernel", "d"),
    cases=lambda: _lines([(4, 3, 1), (4, 2, 2), (3, 2, 1), (6, 3, 2), (5, 3, 3), (2, 1, 1)]),
    more=lambda: _lines([(20, 5, 3), (3, 4, 4), (12, 2, 8)]),
    truth=_causal,
    mistakes=(
        Mistake(
            "Yours looks into the future: its zeros stand behind the line.",
            lambda x, kernel, d: _causal(x, kernel, d, ((0, d * (len(kernel) - 1)),)),
        ),
        Mistake(
            "Yours looks into the future: there are zeros on both sides.",
            lambda x, kernel, d: _causal(x, kernel, d, "same"),
        ),
        Mistake(
            "The output is longer than the input: on how many sides do the zeros stand?",
            lambda x, kernel, d: _causal(x, kernel, d, "full"),
        ),
        Mistake("The cells of the window are d apart.", lambda x, kernel, d: _causal(x, kernel, 1)),
        Mistake(
            "The kernel is turned round. Which weight meets the present, x[t]?",
            lambda x, kernel, d: _causal(x, kernel[::-1], d),
        ),
        Mistake("The zeros in front are missing.", lambda x, kernel, d: _causal(x, kernel, d, 0)),
    ),
    look="output[0] sees x[0] and nothing but zeros before it. Which weight meets x[0]?",
    show=lambda x, kernel, d: ConvWidget(
        Conv(x.shape, kernel.shape, padding="causal", dilation=d),
        input=x,
        kernel=kernel,
        view="ruler",
    ),
)


def _pads(i: int, k: int, s: int) -> tuple[int, int]:
    before, after = Conv((i,), k, stride=s, padding="same").pads[0]
    return before, after


def _zeros(i: int, k: int, s: int) -> int:
    return max((-(-i // s) - 1) * s + k - i, 0)


same_pads = Function(
    names=("i", "k", "s"),
    cases=lambda: smallest_first(product(range(1, 8), range(1, 6), range(1, 4)), least=(3, 2)),
    more=lambda: [(224, 7, 2), (225, 7, 2), (31, 2, 5), (56, 4, 2)],
    truth=_pads,
    mistakes=(
        Mistake("The odd zero stands at the other end.", lambda i, k, s: _pads(i, k, s)[::-1]),
        Mistake(
            "That is right for a stride of 1. What must the output's size be here?",
            lambda i, k, s: ((k - 1) // 2, k // 2),
        ),
        Mistake(
            "Half padding has as many zeros on each side; here the numbers can differ.",
            lambda i, k, s: (k // 2, k // 2),
        ),
        Mistake(
            "No padding can be less than 0.",
            lambda i, k, s: (lambda z: (z // 2, z - z // 2))((-(-i // s) - 1) * s + k - i),
        ),
        Mistake(
            "The output is rounded up, not down.",
            lambda i, k, s: (lambda z: (z // 2, z - z // 2))(max((i // s - 1) * s + k - i, 0)),
        ),
        Mistake("All zeros stand on one side of yours.", lambda i, k, s: (0, _zeros(i, k, s))),
    ),
    look="How long must the padded line be, for exactly as many windows as are asked for?",
    show=lambda i, k, s: ConvWidget(
        Conv((i,), k, stride=s, padding="same"), input="ramp", view="ruler"
    ),
)


def _residual(random: Random) -> Question:
    at = {"i": random.randint(40, 90), "k": random.choice((3, 5, 7)), "d": random.randint(2, 5)}
    return {**at, "o": count_windows(at["i"], at["k"], p=1, d=at["d"])}


def _keeps(at: Question, answer: Any) -> str | None:
    if wrong := no_padding(answer):
        return wrong
    p = plain(answer)
    o = count_windows(at["i"], at["k"], p=p, d=at["d"])
    return None if o == at["i"] else f"With padding={p} conv(x) has {o} rows, and x has {at['i']}."


residual = Questions(
    draw=_residual,
    ask="""A layer adds its input to its output:

    conv = nn.Conv2d(8, 8, {k}, padding=1, dilation={d})
    y = x + conv(x)

RuntimeError: The size of tensor a ({i}) must match the size of tensor b ({o}) at non-singleton
dimension 3

Which padding mends it?""",
    count=1,
    mistakes=(
        Mistake(
            "That is right without a dilation. How long is the window with its gaps?",
            lambda k, d, **_: k // 2,
        ),
        Mistake(TIMES_D, lambda k, d, **_: k * d // 2 if k * d // 2 != d * (k - 1) // 2 else None),
        Mistake(
            "So many zeros are needed in all. On how many sides do they stand?",
            lambda k, d, **_: d * (k - 1),
        ),
        Mistake(
            "Between the window's cells lie gaps; their number depends on k.", lambda k, d, **_: d
        ),
        Mistake(
            "So many rows are missing. On how many sides are they added?", lambda i, o, **_: i - o
        ),
    ),
    complaint=_keeps,
    together=(lambda k, **_: k - 1, lambda k, **_: k, lambda k, d, **_: k * d),
    show=lambda at, answer: ConvWidget(
        Conv((at["i"],), at["k"], padding=plain(answer), dilation=at["d"]),
        input="ramp",
        view="ruler",
    ),
)
