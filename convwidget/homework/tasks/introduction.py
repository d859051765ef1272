"""Set 1: the discrete convolution, its channels and its weights: what its exercises ask for."""

from __future__ import annotations

from itertools import product
from random import Random
from typing import Any

import numpy as np

from ...layers import Conv
from ...widget import ConvWidget
from ..comparing import fault, same
from ..exercise import Mistake
from ..functions import Function
from ..questions import Question, Questions, compared
from .sizes import smallest_first

TURNED = "The kernel is turned round. Which weight meets the first cell of the window?"


def _correlated(x: Any, kernel: Any) -> Any:
    spatial = kernel.ndim - 2 if x.ndim == 3 else kernel.ndim
    return Conv(x.shape[-spatial:], kernel.shape[-spatial:]).apply(x, kernel)


def _turned(x: Any, kernel: Any) -> Any:
    spatial = kernel.ndim - 2 if x.ndim == 3 else kernel.ndim
    return _correlated(x, np.flip(kernel, axis=tuple(range(-spatial, 0))))


def _shown(x: Any, kernel: Any) -> ConvWidget:
    return ConvWidget(Conv(x.shape, kernel.shape), input=x, kernel=kernel)


def _lines(sizes: list[tuple[int, int]]) -> list[tuple[Any, Any]]:
    random = np.random.default_rng(1)
    return [(random.permutation(i) + 1, np.arange(1, k + 1)) for i, k in sizes]


slide = Function(
    names=("x", "kernel"),
    cases=lambda: _lines([(3, 2), (4, 3), (6, 2), (5, 5), (8, 3), (2, 1)]),
    more=lambda: _lines([(30, 7), (12, 12), (40, 1), (17, 4)]),
    truth=_correlated,
    mistakes=(
        Mistake(TURNED, _turned),
        Mistake(
            "The last place of the window is missing. Where does its first cell stand then?",
            lambda x, kernel: _correlated(x, kernel)[:-1],
        ),
        Mistake(
            "Some windows stand over the end of the line. Where is the last that lies on it?",
            lambda x, kernel: np.correlate(x, kernel, "full"),
        ),
        Mistake(
            "The products of a window make one number together.",
            lambda x, kernel: np.array([x[n] * kernel[0] for n in range(len(x) - len(kernel) + 1)]),
        ),
    ),
    look="Take output[0] by hand: which cells does its window see, and which weight meets each?",
    show=_shown,
)


def _picture(random: Random) -> Question | None:
    height, width = random.choice(((4, 5), (5, 4)))
    r, c = random.randrange(height - 1), random.randrange(width - 2)
    x = [[random.randint(1, 5) for _ in range(width)] for _ in range(height)]
    kernel = [[random.randint(1, 5) for _ in range(3)] for _ in range(2)]
    if r == c:
        return None
    return _asked(x, kernel, r, c)


def _asked(x: list[list[int]], kernel: list[list[int]], r: int, c: int) -> Question:
    return {"x": x, "kernel": kernel, "r": r, "c": c, "arrays": f"{_rows(x)}\n\n{_rows(kernel)}"}


def _rows(numbers: list[list[int]]) -> str:
    """An array as it is drawn, a row on each line."""
    return "\n".join("    " + "  ".join(map(str, row)) for row in numbers)


def _cell(x: Any, kernel: Any, r: int, c: int, **_: Any) -> int:
    return int(_correlated(np.array(x), np.array(kernel))[r, c])


def _inside(x: Any, kernel: Any, r: int, c: int) -> int | None:
    """One cell of the output, and None where there is none."""
    output = _correlated(np.array(x), np.array(kernel))
    there = 0 <= r < output.shape[0] and 0 <= c < output.shape[1]
    return int(output[r, c]) if there else None


cells = Questions(
    draw=_picture,
    ask="What is output[{r}, {c}] for this x, and the kernel below it?\n\n{arrays}\n",
    count=2,
    mistakes=(
        Mistake(
            TURNED, lambda x, kernel, r, c, **_: int(_turned(np.array(x), np.array(kernel))[r, c])
        ),
        Mistake(
            "Rows come first in the brackets, then columns.",
            lambda x, kernel, r, c, **_: _inside(x, kernel, c, r),
        ),
        Mistake(
            "Indices count from 0. Where does the window of output[0, 0] stand?",
            lambda x, kernel, r, c, **_: _inside(x, kernel, r - 1, c - 1),
        ),
        Mistake(
            "All weights meet a cell, and all products are added: how many are there?",
            lambda x, kernel, r, c, **_: sum(
                a * b for a, b in zip(x[r][c : c + 3], kernel[0], strict=True)
            ),
        ),
    ),
    complaint=compared(
        _cell, "Mark the window of that cell in x, and write the weight into each of its cells."
    ),
    show=lambda at, _: ConvWidget(
        Conv((len(at["x"]), len(at["x"][0])), (2, 3)),
        input=at["x"],
        kernel=at["kernel"],
        position=(at["r"], at["c"]),
    ),
    near=lambda: [
        _asked([[1, 2, 1, 1, 3], [3, 1, 1, 2, 1], [1, 1, 4, 1, 2]], [[1, 2, 3], [1, 1, 2]], r, c)
        for r, c in ((1, 0), (1, 2))
    ],
)

weights = Function(
    names=("m", "n", "k1", "k2"),
    cases=lambda: smallest_first(
        product(range(1, 4), range(1, 4), range(1, 4), range(1, 3)), least=(2, 2, 1, 2)
    ),
    more=lambda: [(3, 64, 7, 7), (256, 384, 3, 3), (5, 11, 1, 7)],
    # Counted one by one where that is possible, as the cells of an array that the layer takes.
    truth=lambda m, n, k1, k2: int(np.empty((n, m, k1, k2)).size),
    mistakes=(
        Mistake(
            "Each output map has a kernel of its own for each input map. How many pairs are there?",
            lambda m, n, k1, k2: n * k1 * k2,
        ),
        Mistake(
            "Do all output maps share the same kernels, or has each of them its own?",
            lambda m, n, k1, k2: m * k1 * k2,
        ),
        Mistake(
            "Count a kernel for each pair of an input and an output map.",
            lambda m, n, k1, k2: (m + n) * k1 * k2,
        ),
        Mistake("A kernel need not be square.", lambda m, n, k1, k2: m * n * k1 * k1),
        Mistake(
            "How many cells has one kernel? Its sides are no sum.",
            lambda m, n, k1, k2: m * n * (k1 + k2),
        ),
        Mistake("Biases are not asked for.", lambda m, n, k1, k2: m * n * k1 * k2 + n),
    ),
    look="Draw the kernels: a row of them for each output map, one for each input map.",
    show=lambda m, n, k1, k2: ConvWidget(
        Conv(4, (k1, k2), in_channels=m, out_channels=n), input="ramp"
    ),
)


def _shapes(random: Random) -> Question:
    m, n = random.sample(range(2, 9), 2)
    height, width = random.sample(range(10, 30), 2)
    a, b = random.sample(range(2, 7), 2)
    return {"m": m, "n": n, "h": height, "w": width, "a": a, "b": b}


def _shape(m: int, n: int, h: int, w: int, a: int, b: int) -> tuple[int, ...]:
    return (n, *Conv((h, w), (a, b)).output_size)


shapes = Questions(
    draw=_shapes,
    ask="x has the shape ({m}, {h}, {w}), and the kernels ({n}, {m}, {a}, {b}): which shape has "
    "the output? (Stride 1, no padding.)",
    count=2,
    mistakes=(
        Mistake(
            "The input's maps are added up. Whose number is left?",
            lambda m, n, h, w, a, b: (m, h - a + 1, w - b + 1),
        ),
        Mistake(
            "Height and width, and the kernel's too, have the same order in all arrays.",
            lambda m, n, h, w, a, b: (n, h - b + 1, w - a + 1),
        ),
        Mistake(
            "Rows come first, then columns.", lambda m, n, h, w, a, b: (n, w - b + 1, h - a + 1)
        ),
        Mistake("Count posts, not gaps.", lambda m, n, h, w, a, b: (n, h - a, w - b)),
        Mistake(
            "Nothing is padded: does the window of the last cell lie in the input?",
            lambda m, n, h, w, a, b: (n, h, w),
        ),
    ),
    complaint=compared(_shape, "Take one number after another: maps, rows, columns."),
    show=lambda at, _: ConvWidget(
        Conv((at["h"], at["w"]), (at["a"], at["b"]), in_channels=at["m"], out_channels=at["n"]),
        input="ramp",
    ),
    near=lambda: [{"m": 2, "n": 3, "h": 4, "w": 6, "a": 2, "b": 3}],
    constants=lambda question: [_shape(**question)],
    like=(1, 1, 1),
)

SIDES = {
    "one cell to the right": (0, 1),
    "one cell to the left": (0, -1),
    "one cell down": (1, 0),
    "one cell up": (-1, 0),
}


def _moved(rows: int, columns: int) -> Any:
    """The kernel whose output is a single 1 moved by that; found by looking at all nine."""
    picture = np.zeros((5, 5), dtype=int)
    picture[2, 2] = 1
    for place in range(9):
        kernel = np.zeros(9, dtype=int)
        kernel[place] = 1
        output = Conv(5, 3, padding=1).apply(picture, kernel.reshape(3, 3))
        if output[2 + rows, 2 + columns] == 1:
            return kernel.reshape(3, 3)
    raise AssertionError


def _moves(question: Question, answer: Any) -> str | None:
    right = _moved(*SIDES[question["side"]])
    kind = fault(answer, right)
    if kind is not None:
        return f"You give {kind}" if "shape" not in kind else "You give no array of 3 rows of 3."
    if same(answer, right):
        return None
    return (
        "Your kernel does something else. Which input cell should output[2, 2] be a copy of, and "
        "where in the window of output[2, 2] does that cell lie?"
    )


move = Questions(
    draw=lambda random: {"side": random.choice(list(SIDES))},
    ask="Which kernel of 3 × 3, with one zero of padding around the picture, moves a picture "
    "{side}?",
    count=1,
    mistakes=(
        Mistake(
            "Yours moves it the other way. Which cell of the window is copied into its middle?",
            lambda side: np.flip(_moved(*SIDES[side])),
        ),
        Mistake(
            "Rows and columns are swapped: yours moves it along the other axis.",
            lambda side: _moved(*SIDES[side]).T,
        ),
        Mistake("Yours leaves the picture where it is.", lambda side: _moved(0, 0)),
    ),
    complaint=_moves,
    show=lambda _, answer: ConvWidget(Conv(5, 3, padding=1), input="ramp", kernel=answer),
    like=np.zeros((3, 3)),
)


def _volumes(sizes: list[tuple[int, ...]]) -> list[tuple[Any, Any]]:
    random = np.random.default_rng(3)
    return [
        (random.integers(1, 6, (m, h, w)), random.choice([-2, -1, 1, 2, 3], (n, m, a, b)))
        for m, n, h, w, a, b in sizes
    ]


channels = Function(
    names=("x", "kernel"),
    cases=lambda: _volumes(
        [(2, 2, 2, 3, 2, 2), (2, 1, 2, 3, 2, 2), (1, 1, 2, 3, 1, 2), (3, 2, 4, 5, 3, 2)]
    ),
    more=lambda: _volumes([(4, 5, 9, 7, 3, 4), (1, 6, 5, 5, 5, 5), (7, 1, 6, 8, 1, 1)]),
    truth=_correlated,
    mistakes=(
        Mistake(TURNED, _turned),
        Mistake(
            "Each output map is the sum over all input maps.",
            lambda x, kernel: _correlated(x[:1], kernel[:, :1]),
        ),
        Mistake(
            "The kernel's first axis is the output maps, its second the input maps.",
            lambda x, kernel: _correlated(x, kernel.swapaxes(0, 1)),
        ),
        Mistake(
            "Rows and columns are swapped somewhere.",
            lambda x, kernel: _correlated(x, kernel).swapaxes(1, 2),
        ),
        Mistake(
            "The sum runs over the input maps; the output maps stay apart.",
            lambda x, kernel: _correlated(x, kernel).sum(axis=0),
        ),
    ),
    look="Take output[0, 0, 0] by hand: a window in each input map, each with a kernel of its own.",
    show=lambda x, kernel: ConvWidget(
        Conv(x.shape[1:], kernel.shape[2:], in_channels=len(kernel[0]), out_channels=len(kernel)),
        input=x,
        kernel=kernel,
    ),
)


def _joined(random: Random) -> Question:
    c, f, g, h = random.sample(range(2, 17), 4)
    return {"c": c, "f": f, "g": g, "h": h}


join = Questions(
    draw=_joined,
    ask="""Two paths of a network are joined:

    left = nn.Conv2d({c}, {f}, 3, padding=1)
    right = nn.Conv2d({c}, {g}, 5, padding=2)
    join = nn.Conv2d({f}, {h}, 1)
    y = join(torch.cat([left(x), right(x)], dim=1))

RuntimeError: Given groups=1, weight of size [{h}, {f}, 1, 1], expected input to have {f} channels

How many weights (without biases) has `join` once it is mended, and nothing else is changed?""",
    count=1,
    mistakes=(
        Mistake("That is `join` as it stands. How many maps reach it?", lambda c, f, g, h: f * h),
        Mistake("Those are the maps of one path only.", lambda c, f, g, h: g * h),
        Mistake(
            "That many maps reach it. How many weights does each output map have for them?",
            lambda c, f, g, h: f + g,
        ),
        Mistake(
            "cat puts maps behind each other: are their numbers multiplied?",
            lambda c, f, g, h: f * g * h,
        ),
        Mistake("The kernel of `join` has one cell.", lambda c, f, g, h: (f + g) * h * 9),
    ),
    complaint=compared(
        lambda c, f, g, h: int(np.empty((h, len([*range(f), *range(g)]), 1, 1)).size),
        "How many maps reach `join`, how many leave it, and how many cells has its kernel?",
    ),
    together=(
        lambda c, f, g, h: f * h * 9,
        lambda c, f, g, h: g * h * 9,
        lambda c, f, g, h: (f + g) * 9,
        lambda c, f, g, h: f * g,
        lambda c, f, g, h: f * g * h * 9,
    ),
)
