"""Set 5: dilation, receptive fields, and everything mixed: what its exercises ask for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import accumulate, product
from math import ceil, log2
from random import Random
from typing import Any

import numpy as np

from ...counting import count_windows
from ...layers import Conv, ConvTranspose, Layer, MaxPool
from ...stack import Stack
from ..exercise import Mistake
from ..functions import Function
from ..questions import Question, Questions, compared
from .sizes import IGNORED, SIDES, STEPS, TIMES, fits, mistaken, smallest_first, together
from .transposed import SLIPS as STAMP_SLIPS
from .transposed import mistaken as mistaken_stamps
from .transposed import sent_back

IGNORED_D = "The window's cells are d apart. How many cells lie from its first to its last?"
TIMES_D = "k cells have k − 1 gaps between them, not k."
NO_LAST = "The window's last cell counts, too."
GAPS_OF_D = "In a gap lie fewer zeros than d."
ONE_SIDE = "Padding stands on both sides of the line."


def _sized(i: int, window: int, s: int, p: int) -> int:
    return (i + 2 * p - window) // s + 1


def _dilated_cases() -> list[tuple[int, ...]]:
    every = product(range(1, 7), range(1, 4), (1, 2), range(3), range(1, 4))
    return smallest_first((case for case in every if fits(*case)), least=(3, 2))


size = Function(
    names=("i", "k", "s", "p", "d"),
    cases=_dilated_cases,
    more=lambda: [(65, 3, 1, 2, 2), (224, 7, 2, 3, 1), (40, 5, 3, 4, 4), (33, 3, 2, 0, 16)],
    truth=count_windows,
    mistakes=(
        Mistake(IGNORED_D, lambda i, k, s, p, d: _sized(i, k, s, p)),
        Mistake(TIMES_D, lambda i, k, s, p, d: _sized(i, k * d, s, p)),
        Mistake(NO_LAST, lambda i, k, s, p, d: _sized(i, d * (k - 1), s, p)),
        Mistake(GAPS_OF_D, lambda i, k, s, p, d: _sized(i, k + d * (k - 1), s, p)),
        Mistake(ONE_SIDE, lambda i, k, s, p, d: (i + p - d * (k - 1) - 1) // s + 1),
        Mistake(STEPS, lambda i, k, s, p, d: _sized(i, d * (k - 1) + 1, s, p) - 1),
        Mistake(
            "There is no part of a window. What is // in Python?",
            lambda i, k, s, p, d: (i + 2 * p - d * (k - 1) - 1) / s + 1,
        ),
        Mistake(
            "d spreads the window; s moves it. Which of the two divides?",
            lambda i, k, s, p, d: _sized(i, s * (k - 1) + 1, d, p),
        ),
    ),
    look="Draw the window with its gaps first. How long is it?",
    show=lambda i, k, s, p, d: Conv((i,), k, stride=s, padding=p, dilation=d),
)

CODE = {
    "Conv2d": "nn.Conv2d(…, {k}, stride={s}, padding={p}, dilation={d})",
    "MaxPool2d": "nn.MaxPool2d({k}, padding={p})",
    "ConvTranspose2d": "nn.ConvTranspose2d(…, {k}, stride={s}, padding={p})",
}


def _any_layer(random: Random) -> Question:
    kind, k, i = random.choice(list(CODE)), random.randint(3, 6), random.randint(25, 60)
    s = k if kind == "MaxPool2d" else random.randint(2, 4)
    d = random.randint(2, 4) if kind == "Conv2d" else 1
    return _of_kind(kind, i, k, s, random.randint(1, k // 2), d)


def _of_kind(kind: str, i: int, k: int, s: int, p: int, d: int = 1) -> Question:
    at = {"i": i, "k": k, "s": s, "p": p, "d": d}
    return {"kind": kind, **at, "code": CODE[kind].format(**at)}


def _any_size(kind: str, i: int, k: int, s: int, p: int, d: int, **_: Any) -> int:
    return sent_back(i, k, s, p) if kind == "ConvTranspose2d" else count_windows(i, k, s, p, d)


def _layer(kind: str, i: int, k: int, s: int, p: int, d: int, **_: Any) -> Layer:
    if kind == "Conv2d":
        return Conv((i,), k, stride=s, padding=p, dilation=d)
    if kind == "MaxPool2d":
        return MaxPool((i,), k, padding=p)
    return ConvTranspose((i,), k, stride=s, padding=p)


def _of(kinds: str, message: str, gives: Any) -> Mistake:
    """A mistake that is made with some kinds of layers."""
    return Mistake(message, lambda kind, **at: gives(**at) if kind in kinds.split() else None)


SLIPS = (*SIDES, IGNORED, TIMES, {"places": 0}, {"stride": False})


def _in(kinds: str, gives: Callable[..., Any]) -> Callable[..., Any]:
    """What is given wrongly for some kinds of layers, and rightly for the others."""

    def given(kind: str, **at: Any) -> Any:
        return gives(**at) if kind in kinds.split() else _any_size(kind, **at)

    return given


sizes = Questions(
    draw=_any_layer,
    ask="{code} on {i} × {i}: how many rows has the output?",
    count=4,
    mistakes=(
        _of("Conv2d", IGNORED_D, lambda i, k, s, p, **_: _sized(i, k, s, p)),
        _of("Conv2d", TIMES_D, lambda i, k, s, p, d, **_: _sized(i, k * d, s, p)),
        _of(
            "Conv2d MaxPool2d",
            ONE_SIDE,
            lambda i, k, s, p, d, **_: (i + p - d * (k - 1) - 1) // s + 1,
        ),
        _of(
            "Conv2d MaxPool2d",
            STEPS,
            lambda i, k, s, p, d, **_: _sized(i, d * (k - 1) + 1, s, p) - 1,
        ),
        _of(
            "MaxPool2d",
            "No stride is given. What is a pool's then?",
            lambda i, k, p, **_: i + 2 * p - k + 1,
        ),
        _of(
            "ConvTranspose2d",
            "Is that the layer that shrinks, or the one that goes back?",
            lambda i, k, s, p, **_: _sized(i, k, s, p),
        ),
        _of(
            "ConvTranspose2d",
            "Here padding crops, and on both sides.",
            lambda i, k, s, p, **_: s * (i - 1) + k - p,
        ),
        _of(
            "ConvTranspose2d",
            "i stamps lie i − 1 steps apart, first to last.",
            lambda i, k, s, p, **_: s * i + k - 2 * p,
        ),
    ),
    complaint=compared(_any_size, "Which kind of layer is it, and which of its settings count?"),
    sort=lambda at: at["kind"],
    sorts=len(CODE),
    show=lambda at, _: _layer(**at),
    near=lambda: [
        _of_kind("Conv2d", 9, 3, 2, 1, 2),
        _of_kind("Conv2d", 10, 3, 3, 2, 3),
        _of_kind("MaxPool2d", 7, 3, 3, 1),
        _of_kind("MaxPool2d", 8, 4, 4, 2),
        _of_kind("ConvTranspose2d", 3, 3, 2, 1),
    ],
    together=(
        *(_in("Conv2d MaxPool2d", wrong) for wrong in together(mistaken, *SLIPS)),
        *(_in("ConvTranspose2d", wrong) for wrong in together(mistaken_stamps, *STAMP_SLIPS)),
    ),
)


def _seen(layers: Any) -> int:
    stack = Stack((4000,), [Conv((4000,), k, stride=s) for k, s in layers])
    return stack[-1].receptive_field[0]


def _field(layers: Any, before: bool = True) -> int:
    """The sum of (k − 1) · jump, with the jump before or (wrongly) behind each layer."""
    jumps = [1, *accumulate((s for _, s in layers), lambda one, other: one * other)]
    return 1 + sum((k - 1) * jumps[n + (not before)] for n, (k, _) in enumerate(layers))


field = Function(
    names=("layers",),
    cases=lambda: [
        ([(3, 1), (3, 1)],),
        ([(3, 2), (2, 1)],),
        ([(2, 2), (3, 2), (2, 1)],),
        ([(5, 1), (2, 2), (3, 2)],),
        ([(3, 1)],),
        ([(2, 2)],),
        ([(1, 1)],),
    ],
    more=lambda: [
        ([(7, 2), (3, 2), (3, 1), (3, 1)],),
        ([(11, 4), (3, 2), (5, 1), (3, 2)],),
        ([(3, 3)] * 4,),
        ([(4, 2)] * 5,),
    ],
    truth=_seen,
    mistakes=(
        Mistake(
            "Behind a stride neighbouring units are further apart. By how many cells?",
            lambda layers: 1 + sum(k - 1 for k, _ in layers),
        ),
        Mistake(
            "A layer's own stride moves its units, not the cells within one window.",
            lambda layers: _field(layers, before=False),
        ),
        Mistake(
            "Which strides are made below a layer: its own, or those of the layers before it?",
            lambda layers: 1 + sum((k - 1) * s for k, s in layers),
        ),
        Mistake(
            "Windows overlap: how many cells does the second add to the first?",
            lambda layers: sum(k for k, _ in layers),
        ),
        Mistake("Even a unit without layers sees a cell.", lambda layers: _field(layers) - 1),
        Mistake(
            "That is how far apart units are.", lambda layers: int(np.prod([s for _, s in layers]))
        ),
    ),
    look="Begin with one cell, and ask at each layer how many cells k windows side by side see.",
)


def _causal_stack(random: Random) -> Question:
    return {"k": random.randint(2, 5), "t": random.randint(30, 900)}


@cache
def _sees(k: int, n: int) -> int:
    """How much the last unit of n causal layers sees, with a dilation that doubles."""
    layers = [Conv((1,), k, padding="causal", dilation=2**level) for level in range(n)]
    return Stack((1,), layers)[-1].receptive_field[0]


layers_needed = Questions(
    draw=_causal_stack,
    ask="Causal convolutions with k = {k} stand on top of each other, with dilations 1, 2, 4, 8 … "
    "How many are needed at least, so that an output sees {t} steps, its own among them?",
    count=2,
    mistakes=(
        Mistake(
            "The dilation doubles from layer to layer. What does the second layer add?",
            lambda k, t: ceil((t - 1) / (k - 1)),
        ),
        Mistake(
            "That would be right for k = 2 only.", lambda k, t: ceil(log2(t)) if k > 2 else None
        ),
        Mistake(
            "It does not grow by a factor of k: the dilation doubles.",
            lambda k, t: ceil(log2(t) / log2(k)) if k > 2 else None,
        ),
        Mistake(
            "Windows overlap: a layer adds k − 1 times its dilation.",
            lambda k, t: next(n for n in range(1, 20) if k * (2**n - 1) >= t),
        ),
        Mistake(
            "One layer with that dilation is not enough: all of them add up.",
            lambda k, t: next(n for n in range(1, 20) if (k - 1) * 2 ** (n - 1) + 1 >= t),
        ),
    ),
    complaint=compared(
        lambda k, t: next(n for n in range(1, 20) if _sees(k, n) >= t),
        "Write a table: the layer, its dilation, and how much an output sees behind it.",
    ),
)
