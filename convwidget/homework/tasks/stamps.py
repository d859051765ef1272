"""Set 4: the arrays of a transposed convolution, stretched, unrolled and stamped."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np

from ...layers import Conv, ConvTranspose
from ...widget import ConvWidget
from ..exercise import Mistake
from ..functions import Function
from .transposed import CROPS


def _stretched(x: Any, s: int) -> Any:
    """A kernel of one cell, which is 1, over the input with zeros in it."""
    ones = np.ones((1,) * x.ndim, dtype=int)
    return Conv(x.shape, ones.shape, stretch=s).apply(x, ones)


stretch = Function(
    names=("x", "s"),
    cases=lambda: [
        (np.arange(1, h * w + 1).reshape(h, w), s)
        for h, w, s in [(2, 2, 2), (2, 3, 2), (3, 2, 3), (1, 2, 1), (1, 2, 2)]
    ],
    more=lambda: [
        (np.arange(1, h * w + 1).reshape(h, w), s) for h, w, s in [(4, 3, 4), (1, 1, 5), (5, 6, 2)]
    ],
    truth=_stretched,
    mistakes=(
        Mistake(
            "Zeros stand between cells, and none behind the last.",
            lambda x, s: np.kron(x, np.eye(1, s * s, dtype=int).reshape(s, s)),
        ),
        Mistake("Between two cells stand fewer zeros than s.", lambda x, s: _stretched(x, s + 1)),
        Mistake(
            "Cells are not repeated: zeros stand between them.",
            lambda x, s: x.repeat(s, axis=0).repeat(s, axis=1),
        ),
        Mistake("Zeros stand between the columns, too.", lambda x, s: _along(x, s, 0)),
        Mistake("Zeros stand between the rows, too.", lambda x, s: _along(x, s, 1)),
        Mistake("Rows and columns are swapped somewhere.", lambda x, s: _stretched(x, s).T),
    ),
    look="The cell x[r, c] goes to which row and column?",
    show=lambda x, s: ConvWidget(ConvTranspose(x.shape, 2, stride=s), input=x, view="equivalent"),
)


def _along(x: Any, s: int, axis: int) -> Any:
    steps = (s, 1) if axis == 0 else (1, s)
    return Conv(x.shape, (1, 1), stretch=steps).apply(x, np.ones((1, 1), dtype=int))


unroll = Function(
    names=("kernel", "i", "s"),
    cases=lambda: [
        (np.arange(1, k + 1), i, s)
        for k, i, s in [(2, 3, 1), (3, 4, 1), (2, 4, 2), (3, 6, 2), (1, 2, 1)]
    ],
    more=lambda: [(np.arange(1, k + 1), i, s) for k, i, s in [(4, 11, 3), (5, 5, 1), (2, 9, 4)]],
    truth=lambda kernel, i, s: Conv((i,), len(kernel), stride=s).matrix(kernel),
    mistakes=(
        Mistake(
            "Each row is one output; yours has a row for each input.",
            lambda kernel, i, s: Conv((i,), len(kernel), stride=s).matrix(kernel).T,
        ),
        Mistake(
            "The weights stand in their own order.",
            lambda kernel, i, s: Conv((i,), len(kernel), stride=s).matrix(kernel[::-1]),
        ),
        Mistake(
            "From one row to the next the weights move by s cells.",
            lambda kernel, i, s: Conv((i,), len(kernel)).matrix(kernel)[
                : (i - len(kernel)) // s + 1
            ],
        ),
    ),
    look="Row r holds the weights in the columns of the cells that output r sees, and zeros.",
    show=lambda kernel, i, s: ConvWidget(
        Conv((i,), len(kernel), stride=s), input="ramp", kernel=kernel, view="matrix"
    ),
)


def _stamped(
    x: Any, kernel: Any, s: int, p: int, a: int, *, front: int | None = None, add: bool = True
) -> Any:
    """Stamp by stamp, on a line that begins `front` cells (p, if all is well) behind the first."""
    front = p if front is None else front
    output = np.zeros(s * (len(x) - 1) + len(kernel) - 2 * p + a, dtype=int)
    for (n, value), (j, weight) in product(enumerate(x), enumerate(kernel)):
        at = n * s + j - front
        if 0 <= at < len(output):
            output[at] = (output[at] if add else 0) + value * weight
    return output


def _zeros_behind(x: Any, kernel: Any, s: int, p: int, a: int) -> Any:
    return np.concatenate([_stamped(x, kernel, s, p, 0), np.zeros(a, dtype=int)])


def _stamps(sizes: Sequence[tuple[int, ...]]) -> list[tuple[Any, ...]]:
    random = np.random.default_rng(5)
    return [(random.integers(1, 9, i), np.arange(1, k + 1), *others) for i, k, *others in sizes]


stamp = Function(
    names=("x", "kernel", "s", "p", "a"),
    cases=lambda: _stamps(
        [
            (2, 2, 1, 0, 0),
            (2, 3, 2, 0, 0),
            (2, 4, 2, 1, 0),
            (3, 3, 2, 1, 1),
            (2, 5, 3, 2, 1),
            (3, 3, 3, 0, 2),
            (2, 4, 3, 1, 2),
            (3, 3, 1, 1, 0),
            (1, 2, 1, 0, 0),
        ]
    ),
    more=lambda: _stamps(
        [(9, 5, 2, 2, 1), (1, 1, 4, 0, 3), (6, 4, 4, 1, 2), (5, 7, 3, 3, 0), (4, 2, 3, 2, 1)]
    ),
    truth=_stamped,
    mistakes=(
        Mistake(
            "The kernel is turned round. A stamp is not: it prints as it is.",
            lambda x, kernel, s, p, a: _stamped(x, kernel[::-1], s, p, a),
        ),
        Mistake(
            "Where two stamps lie on one cell, both count.",
            lambda x, kernel, s, p, a: _stamped(x, kernel, s, p, a, add=False),
        ),
        Mistake(
            "Neighbouring stamps are s cells apart.",
            lambda x, kernel, s, p, a: _stamped(x, kernel, 1, p, a),
        ),
        Mistake(CROPS, lambda x, kernel, s, p, a: _stamped(x, kernel, s, 0, a)),
        Mistake(
            "Cells are cropped at both ends, and not all of them at one.",
            lambda x, kernel, s, p, a: _stamped(x, kernel, s, p, a, front=0),
        ),
        Mistake(
            "Cells are cropped at both ends, and not all of them at one.",
            lambda x, kernel, s, p, a: _stamped(x, kernel, s, p, a, front=2 * p),
        ),
        Mistake(
            "output_padding makes the output longer.",
            lambda x, kernel, s, p, a: _stamped(x, kernel, s, p, 0),
        ),
        Mistake(
            "output_padding adds no zeros: it keeps cells that would be cropped. Does a stamp "
            "reach them?",
            _zeros_behind,
        ),
        Mistake(
            "At which end does output_padding keep cells?",
            lambda x, kernel, s, p, a: _stamped(x, kernel, s, p, a, front=p - a),
        ),
    ),
    look="Put down the first stamp, x[0] times the kernel, and then the second. Only then crop.",
    show=lambda x, kernel, s, p, a: ConvWidget(
        ConvTranspose(x.shape, kernel.shape, stride=s, padding=p, output_padding=a),
        input=x,
        kernel=kernel,
        view="stamp",
    ),
)
