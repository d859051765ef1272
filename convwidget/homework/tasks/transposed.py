"""Set 4: transposed convolution arithmetic: what its exercises ask for."""

from __future__ import annotations

from functools import cache
from itertools import pairwise, product
from random import Random
from typing import Any

import numpy as np

from ...counting import count_windows
from ...layers import Conv, ConvTranspose
from ...widget import ConvWidget
from ..comparing import plain
from ..exercise import Mistake
from ..functions import Function
from ..questions import Question, Questions, compared, no_number
from .sizes import fits, smallest_first

CROPS = "The padding of a transposed convolution takes cells away from its output, on both sides."
FORWARD = (
    "That is the size of the direct convolution. Here the output is the line over which it slides."
)


def sent_back(i: int, k: int, s: int = 1, p: int = 0, a: int = 0) -> int:
    """The size whose direct convolution has i windows and leaves a cells over, by trying."""
    for size in range(1, s * i + k + a + 1):
        if fits(size, k, s, p) and count_windows(size, k, s, p) == i:
            return size + a
    raise ValueError(f"nothing is left of the output for i = {i}, k = {k}, s = {s}, p = {p}")


def _grows(i: int, k: int, s: int, p: int) -> bool:
    return s * (i - 1) + k - 2 * p >= 1 and p < k


def _back_cases() -> list[tuple[Any, ...]]:
    every = product(range(1, 5), range(1, 5), range(1, 4), range(3))
    return smallest_first((case for case in every if _grows(*case)), least=(2, 2))


WRONG = (
    Mistake(FORWARD, lambda i, k, s=1, p=0, a=0: (i + 2 * p - k) // s + 1),
    Mistake(CROPS, lambda i, k, s=1, p=0, a=0: s * (i - 1) + k + a),
    Mistake(
        "Cells are cropped on both sides.", lambda i, k, s=1, p=0, a=0: s * (i - 1) + k + a - p
    ),
    Mistake(
        "Padding makes this output smaller, not larger.",
        lambda i, k, s=1, p=0, a=0: s * (i - 1) + k + a + 2 * p,
    ),
    Mistake(
        "i stamps lie i − 1 steps apart, first to last.",
        lambda i, k, s=1, p=0, a=0: s * i + k + a - 2 * p,
    ),
    Mistake("The last stamp is k cells long, too.", lambda i, k, s=1, p=0, a=0: s * i + a),
    Mistake(
        "Neighbouring stamps are s cells apart.", lambda i, k, s=1, p=0, a=0: i + k - 1 - 2 * p + a
    ),
)

back = Function(
    names=("i", "k", "s", "p"),
    cases=_back_cases,
    more=lambda: [(7, 4, 2, 1), (14, 4, 2, 1), (28, 5, 3, 2), (1, 7, 1, 0), (112, 7, 2, 3)],
    truth=sent_back,
    mistakes=WRONG,
    look="Stamp: put a kernel of k cells down for each input, s cells apart. How long is that, "
    "and what does p take away?",
    show=lambda i, k, s, p: ConvTranspose((i,), k, stride=s, padding=p),
)


def _with_extra(random: Random) -> Question | None:
    k, s = random.randint(3, 7), random.randint(2, 4)
    p = random.randint(1, (k - 1) // 2)
    return {"i": random.randint(5, 20), "k": k, "s": s, "p": p, "a": random.randint(1, s - 1)}


predictions = Questions(
    draw=_with_extra,
    ask="nn.ConvTranspose2d(…, kernel_size={k}, stride={s}, padding={p}, output_padding={a}) on "
    "{i} × {i}: how many rows has the output?",
    count=3,
    mistakes=(
        *WRONG,
        Mistake("output_padding adds cells, too.", lambda i, k, s, p, a: s * (i - 1) + k - 2 * p),
        Mistake(
            "output_padding adds cells at one end only.",
            lambda i, k, s, p, a: s * (i - 1) + k - 2 * p + 2 * a,
        ),
    ),
    complaint=compared(sent_back, "Stamp, crop, then add what output_padding keeps."),
    show=lambda at, _: ConvTranspose(
        (at["i"],), at["k"], stride=at["s"], padding=at["p"], output_padding=at["a"]
    ),
)


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
        Conv((i,), len(kernel), stride=s), kernel=kernel, view="matrix"
    ),
)


def _stamped(x: Any, kernel: Any, s: int) -> Any:
    return ConvTranspose(x.shape, kernel.shape, stride=s).apply(x, kernel)


def _overwritten(x: Any, kernel: Any, s: int) -> Any:
    output = np.zeros(s * (len(x) - 1) + len(kernel), dtype=int)
    for n, value in enumerate(x):
        output[n * s : n * s + len(kernel)] = value * kernel
    return output


def _stamps(sizes: list[tuple[int, int, int]]) -> list[tuple[Any, ...]]:
    random = np.random.default_rng(5)
    return [(random.integers(1, 9, i), np.arange(1, k + 1), s) for i, k, s in sizes]


stamp = Function(
    names=("x", "kernel", "s"),
    cases=lambda: _stamps([(2, 2, 1), (2, 3, 2), (3, 3, 2), (4, 3, 1), (3, 2, 3), (1, 2, 1)]),
    more=lambda: _stamps([(9, 5, 2), (1, 1, 4), (6, 4, 4), (5, 7, 3)]),
    truth=_stamped,
    mistakes=(
        Mistake(
            "The kernel is turned round. A stamp is not: it prints as it is.",
            lambda x, kernel, s: _stamped(x, kernel[::-1], s),
        ),
        Mistake("Where two stamps lie on one cell, both count.", _overwritten),
        Mistake(
            "Neighbouring stamps are s cells apart.", lambda x, kernel, s: _stamped(x, kernel, 1)
        ),
    ),
    look="Put down the first stamp, x[0] times the kernel, and then the second.",
    show=lambda x, kernel, s: ConvWidget(
        ConvTranspose(x.shape, kernel.shape, stride=s), input=x, kernel=kernel, view="stamp"
    ),
)


def _to_restore(random: Random) -> Question | None:
    k, s = random.randint(3, 7), random.randint(2, 5)
    p = random.randint(1, k // 2)
    i = random.randint(15, 60)
    return {"i": i, "k": k, "s": s, "p": p, "o": count_windows(i, k, s, p)}


def _restores(at: Question, answer: Any) -> str | None:
    if wrong := no_number(answer):
        return wrong
    a = plain(answer)
    if a >= at["s"]:
        return f"You say {a}. It must be smaller than the stride."
    size = sent_back(at["o"], at["k"], at["s"], at["p"], a)
    return None if size == at["i"] else f"With {a} the way back ends at {size} rows."


restore = Questions(
    draw=_to_restore,
    ask="Conv2d(…, {k}, stride={s}, padding={p}) makes {o} rows of {i}. Which output_padding must "
    "the ConvTranspose2d with the same settings have, to give {i} again?",
    count=2,
    mistakes=(
        Mistake(
            "The zeros count too: what is left over is left over on the padded line.",
            lambda i, k, s, p, o: (i - k) % s,
        ),
        Mistake("Padding stands on both sides.", lambda i, k, s, p, o: (i + p - k) % s),
        Mistake("What is left over depends on the kernel, too.", lambda i, k, s, p, o: i % s),
        Mistake("That is as large as it can be. Must it be?", lambda i, k, s, p, o: s - 1),
        Mistake("Then the smallest of the possible sizes comes back.", lambda i, k, s, p, o: 0),
    ),
    complaint=_restores,
    show=lambda at, _: ConvWidget(
        Conv((at["i"],), at["k"], stride=at["s"], padding=at["p"]), view="ruler"
    ),
)


def _unet(random: Random) -> Question:
    return {"i": random.randint(33, 200), "n": random.randint(2, 4)}


@cache
def _comes_back(i: int, n: int) -> bool:
    """Whether n pools of 2, and n transposed convolutions of 2 with stride 2, keep a size."""
    down = [i]
    for _ in range(n):
        down.append(count_windows(down[-1], 2, 2))
    return all(sent_back(small, 2, 2) == large for large, small in pairwise(down))


def _survives(at: Question, answer: Any) -> str | None:
    if wrong := no_number(answer, least=1):
        return wrong
    i, n, size = at["i"], at["n"], plain(answer)
    if size < i:
        return f"You say {size}. Pictures are padded here, and not cut."
    if not _comes_back(size, n):
        return f"You say {size}. Follow it down and up again, and write the sizes in two columns."
    if any(_comes_back(smaller, n) for smaller in range(max(i, size - 2**n), size)):
        return f"You say {size}. That works, but so does a smaller size."
    return None


skip = Questions(
    draw=_unet,
    ask="""A U-Net pools {n} times with nn.MaxPool2d(2), and goes up again {n} times with
nn.ConvTranspose2d(…, 2, stride=2). Each time the map from the way down is joined to it. All other
layers keep the size.

RuntimeError: Sizes of tensors must match except in dimension 1.

The pictures have {i} × {i} cells. To which size must they be padded at least, so that no error
comes?""",
    count=1,
    mistakes=(
        Mistake("One pool would be content with that. There are more.", lambda i, n: i + i % 2),
        Mistake(
            "What has each pool to be able to do, after the one before it?",
            lambda i, n: -(-i // (2 * n)) * 2 * n,
        ),
        Mistake("Follow that size down. Is it even before each pool?", lambda i, n: i),
    ),
    complaint=_survives,
)
