"""Set 4: transposed convolution arithmetic: what its exercises ask for."""

from __future__ import annotations

from functools import cache, partial
from itertools import pairwise, product
from random import Random
from typing import Any

from ...counting import count_windows
from ...layers import Conv, ConvTranspose
from ...widget import ConvWidget
from ..comparing import plain, written
from ..exercise import Mistake
from ..functions import Case, Function
from ..questions import Question, Questions, compared, no_number
from .sizes import Slip, fits, smallest_first, together, unless_right

CROPS = "The padding of a transposed convolution takes cells away from its output, on both sides."
FORWARD = (
    "That is the size of the direct convolution. Here the output is the line over which it slides."
)


@cache
def sent_back(i: int, k: int, s: int = 1, p: int = 0, a: int = 0) -> int:
    """The size whose direct convolution has i windows and leaves a cells over, by trying."""
    for size in range(1, s * i + k + a + 1):
        if fits(size, k, s, p) and count_windows(size, k, s, p) == i:
            return size + a
    raise ValueError(f"nothing is left of the output for i = {i}, k = {k}, s = {s}, p = {p}")


def _grows(i: int, k: int, s: int, p: int) -> bool:
    return s * (i - 1) + k - 2 * p >= 1


def _back_cases() -> list[tuple[Any, ...]]:
    every = product(range(1, 5), range(1, 5), range(1, 4), range(3))
    return smallest_first((case for case in every if _grows(*case)), least=(2, 2))


def mistaken(
    i: int,
    k: int,
    s: int = 1,
    p: int = 0,
    a: int = 0,
    *,
    crop: int = 2,
    extra: int = 1,
    steps: int = -1,
    last: bool = True,
    apart: bool = True,
    **_: Any,
) -> int:
    """The size formula, with what goes wrong in it by name."""
    return (s if apart else 1) * (i + steps) + (k if last else 0) - crop * p + extra * a


EXTRA: tuple[Slip, ...] = ({"extra": 0}, {"extra": 2}, {"extra": -1})
SAID: dict[str, Slip] = {
    CROPS: {"crop": 0},
    "Cells are cropped on both sides.": {"crop": 1},
    "Padding makes this output smaller, not larger.": {"crop": -2},
    "i stamps lie i − 1 steps apart, first to last.": {"steps": 0},
}
SLIPS: tuple[Slip, ...] = (*SAID.values(), {"last": False}, {"apart": False})

WRONG = (
    Mistake(FORWARD, lambda i, k, s=1, p=0, a=0: (i + 2 * p - k) // s + 1),
    *(Mistake(message, partial(mistaken, **slip)) for message, slip in SAID.items()),
    Mistake("The last stamp is k cells long, too.", lambda i, k, s=1, p=0, a=0: s * i + a),
    Mistake("Neighbouring stamps are s cells apart.", partial(mistaken, apart=False)),
)

back = Function(
    names=("i", "k", "s", "p"),
    cases=_back_cases,
    more=lambda: [(7, 4, 2, 1), (14, 4, 2, 1), (28, 5, 3, 2), (1, 7, 1, 0), (112, 7, 2, 3)],
    truth=sent_back,
    mistakes=WRONG,
    look="Stamp: put a kernel of k cells down for each input, s cells apart. How long is that, "
    "and what does p take away?",
    drawn=lambda mistake, case: _other_stamps(mistake, case),
)


def _other_stamps(mistake: Mistake | None, case: Case) -> str:
    """Stamps of another case as text: the widget would print the formula under them."""
    i, k, s, p = next(other for other in ((3, 3, 2, 1), (2, 4, 3, 1)) if other != case)
    drawn = ["· " * s * n + "■ " * k for n in range(i)]
    drawn.append("× " * p + "  " * (s * (i - 1) + k - 2 * p) + "× " * p)
    rows = "\n".join(f"    {row}".rstrip() for row in drawn)
    reasoned = ""
    if mistake is not None:
        given = written(mistake.gives(i, k, s, p))
        reasoned = f" Reasoned in the same way, its size is {given}. Is that so?"
    return (
        f"\n\nThese are the stamps of another case, i = {i}, k = {k}, s = {s}, one on each row, "
        f"and below them the cells that p = {p} crops.{reasoned}\n\n{rows}"
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
        Mistake("output_padding adds cells, too.", partial(mistaken, extra=0)),
        Mistake("output_padding adds cells at one end only.", partial(mistaken, extra=2)),
        Mistake(
            "Padding and output_padding both change the size, and by different numbers of cells.",
            partial(mistaken, crop=0, extra=0),
        ),
    ),
    complaint=compared(sent_back, "Stamp, crop, then add what output_padding keeps."),
    show=lambda at, _: ConvTranspose(
        (at["i"],), at["k"], stride=at["s"], padding=at["p"], output_padding=at["a"]
    ),
    near=lambda: [
        {"i": i, "k": k, "s": s, "p": 1, "a": 1} for i, k, s in ((3, 4, 2), (3, 3, 3), (4, 4, 3))
    ],
    together=together(mistaken, *SLIPS, *EXTRA),
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
    return (
        None if size == at["i"] else f"With {a} the way back ends at another size than {at['i']}."
    )


def _left(i: int, k: int, s: int, p: int, **_: Any) -> int:
    """The output_padding that brings i back, by trying."""
    return next(a for a in range(s) if sent_back(count_windows(i, k, s, p), k, s, p, a) == i)


def _there(i: int, k: int, s: int, p: int) -> Question:
    return {"i": i, "k": k, "s": s, "p": p, "o": count_windows(i, k, s, p)}


restore = Questions(
    draw=_to_restore,
    ask="Conv2d(…, {k}, stride={s}, padding={p}) turns {i} rows into {o}. Which output_padding "
    "must the ConvTranspose2d with the same settings have, to give {i} again?",
    count=2,
    mistakes=(
        Mistake(
            "The zeros count too: what is left over is left over on the padded line.",
            lambda i, k, s, p, o: (i - k) % s,
        ),
        Mistake("Padding stands on both sides.", lambda i, k, s, p, o: (i + p - k) % s),
        Mistake(
            "What is left over depends on the kernel, too.", lambda i, k, s, p, o: (i + 2 * p) % s
        ),
        Mistake(
            "What is left over depends on the kernel and the padding, too.",
            lambda i, k, s, p, o: i % s,
        ),
        unless_right(
            Mistake("That is as large as it can be. Must it be?", lambda i, k, s, p, o: s - 1),
            _left,
        ),
        unless_right(
            Mistake(
                "With 0 the smallest of the possible sizes comes back.", lambda i, k, s, p, o: 0
            ),
            _left,
        ),
    ),
    complaint=_restores,
    show=lambda at, _: ConvWidget(
        Conv((at["i"],), at["k"], stride=at["s"], padding=at["p"]), input="ramp", view="ruler"
    ),
    near=lambda: [_there(6, 4, 3, 1), _there(8, 3, 4, 1), _there(7, 4, 3, 1), _there(9, 4, 5, 1)],
    together=(
        lambda i, k, s, p, o: (i + p) % s,
        lambda i, k, s, p, o: -(i + 2 * p - k) % s,
        lambda i, k, s, p, o: (i + 2 * p - k + 1) % s,
    ),
)


def _unet(random: Random) -> Question | None:
    return _failing(random.randint(33, 200), random.randint(2, 4))


def _failing(i: int, n: int) -> Question | None:
    """A U-Net and where it fails; None where it does not."""
    down = _sizes_down(i, n)
    for level in range(n, 0, -1):  # on the way up the lowest is joined first
        up, kept = sent_back(down[level], 2, 2), down[level - 1]
        if up != kept:
            return {"i": i, "n": n, "level": level, "up": up, "kept": kept}
    return None


def _sizes_down(i: int, n: int) -> list[int]:
    down = [i]
    for _ in range(n):
        down.append(count_windows(down[-1], 2, 2))
    return down


@cache
def _comes_back(i: int, n: int) -> bool:
    """Whether n pools of 2, and n transposed convolutions of 2 with stride 2, keep a size."""
    return all(sent_back(small, 2, 2) == large for large, small in pairwise(_sizes_down(i, n)))


def _survives(at: Question, answer: Any) -> str | None:
    if wrong := no_number(answer, least=1):
        return wrong
    i, n, size = at["i"], at["n"], plain(answer)
    if size < i:
        return f"You say {size}. Pictures are padded here, and not cut."
    if not _comes_back(size, n):
        failing = _failing(size, n)
        level = failing["level"] if failing else n
        return (
            f"You say {size}. Then it fails at pool {level}, counted from the first: what does it "
            "get, and what comes back to it? Write the sizes down and up in two columns."
        )
    if any(_comes_back(smaller, n) for smaller in range(max(i, size - 2**n), size)):
        return f"You say {size}. That works, but so does a smaller size."
    return None


skip = Questions(
    draw=_unet,
    ask="""\
A U-Net pools {n} times with nn.MaxPool2d(2), and goes up again {n} times with \
nn.ConvTranspose2d(…, 2, stride=2). Each time the map from the way down is joined to it. All other \
layers keep the size.

RuntimeError: Sizes of tensors must match except in dimension 1. Expected size {up} but got size \
{kept} for tensor number 1 in the list.

The error comes where the map from before pool {level} is joined, with the pools counted from the \
first. The pictures have {i} × {i} cells. To which size must they be padded at least, so that no \
error comes?""",
    count=1,
    mistakes=(
        Mistake(
            "One pool would be content with that. There are more.", lambda i, n, **_: i + i % 2
        ),
        Mistake(
            "What has each pool to be able to do, after the one before it?",
            lambda i, n, **_: -(-i // (2 * n)) * 2 * n,
        ),
        Mistake("Follow that size down. Is it even before each pool?", lambda i, n, **_: i),
    ),
    complaint=_survives,
)
