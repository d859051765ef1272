"""Settings that reach a given output size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from .axis import at_least
from .layers import AvgPool, Conv, ConvTranspose, Layer, MaxPool
from .layers.settings import (
    Padding,
    Size,
    dimensions,
    padding_per_axis,
    per_axis,
)
from .search import (
    RANKS,
    Near,
    Question,
    Way,
    distance,
)

_KINDS = (Conv, ConvTranspose, MaxPool, AvgPool)


def solve(
    *,
    output_size: Size,
    input_size: Size | None = None,
    kernel_size: Size | None = None,
    stride: Size | None = None,
    padding: Padding | None = None,
    dilation: Size | None = None,
    output_padding: Size | None = None,
    layer: type[Layer] | None = None,
    near: Layer | None = None,
    limit: int = 10,
) -> tuple[Layer, ...]:
    """Find layers with a given output size, the simplest first.

    What is given is kept, and what is not is searched: kernels from 1 to 11, strides from 1 to 8
    (in a pool also the kernel's size), padding from 0 to k̂ − 1 and 64 and also half and full,
    output_padding as far as it is allowed, and every input size. A pool's padding ends at half the
    window, as the frameworks have it. Dilation is 1 unless given.

    Parameters
    ----------
    output_size : int or tuple of int
        The size to reach, one for all axes or one for each.
    input_size, kernel_size, stride, padding, dilation, output_padding : optional
        As in the layer. Only a ConvTranspose has output_padding.
    layer : type, optional
        Conv, ConvTranspose, MaxPool or AvgPool; that of `near` where not given, or else Conv.
    near : Conv, ConvTranspose, MaxPool or AvgPool, optional
        Find what is nearest to this layer. Its input size, dilation and all that is not searched
        are kept unless given, its own settings and kernels within 2 of its own are searched too.
    limit : int
        How many layers at most.

    Returns
    -------
    tuple of Conv, ConvTranspose, MaxPool or AvgPool
        Empty where nothing within the bounds reaches the size.

    Raises
    ------
    TypeError
        Where an integer or a layer is needed and something else is given.
    ValueError
        Where a number is out of range, or what is given contradicts itself.

    Notes
    -----
    Settings are the same on all axes where that reaches the size; otherwise each axis has its own,
    since axes never interact. Near a layer what changes less goes first, where the same change on
    several axes is one.

    *Simplest* means, in this order: every input cell is read (in a transposed layer: every output
    cell is reached); there is no padding, or it centres the window (2p is k̂ − 1, which only odd
    windows have, or in a transposed layer also k̂ − s); the kernel is small; few of the other
    settings differ from their defaults; their numbers are small. So an image is halved by a kernel
    of 2 with none, or of 3, 5, 7 with half padding, before any that are seldom seen.

    *Nearest* means: few settings change; the sum of their changes is small (of padding the side
    counts that changes most); the numbers are small.

    Examples
    --------
    Four ways to halve an image:

    >>> for layer in solve(input_size=224, output_size=112, stride=2, limit=4):
    ...     print(layer)
    Conv(224, 2, stride=2)
    Conv(224, 3, stride=2, padding=1)
    Conv(224, 5, stride=2, padding=2)
    Conv(224, 7, stride=2, padding=3)

    All input sizes that give one output size; the second has a column that no window reads:

    >>> solve(output_size=(3,), kernel_size=3, stride=2, padding=0)
    (Conv((7,), 3, stride=2), Conv((8,), 3, stride=2))

    What to change in a layer:

    >>> solve(output_size=3, near=Conv(5, 3, padding=1), limit=2)
    (Conv(5, 3), Conv(5, 3, stride=2, padding=1))
    """
    kind = _kind(layer, near)
    limit = at_least(1, limit, "limit")
    given: dict[str, Any] = {
        "input_size": input_size,
        "kernel_size": kernel_size,
        "stride": stride,
        "padding": padding,
        "dilation": dilation,
        "output_padding": output_padding,
    }
    given = {name: value for name, value in given.items() if value is not None}
    if "output_padding" in given and kind is not ConvTranspose:
        raise TypeError(f"{kind.__name__} has no output_padding, but it is {output_padding!r}")
    if kind is ConvTranspose and padding == "causal":
        raise ValueError("padding='causal' has no meaning in a transposed convolution")
    lengths = {"output_size": output_size, **given}
    if near is not None:
        lengths["near"] = near.input_size
        given = {"input_size": near.input_size, "dilation": near.dilation, **given}
    questions = _questions(kind, dimensions(lengths), {**given, "output_size": output_size}, near)
    return tuple(islice(_layers(questions, given, near, limit), limit))


def _kind(layer: type[Layer] | None, near: Layer | None) -> type[Layer]:
    """The type of layer that is searched."""
    if near is not None and not isinstance(near, _KINDS):
        raise TypeError(f"near must be a layer, not {near!r}")
    kind = layer if layer is not None else type(near) if near is not None else Conv
    if kind not in _KINDS:
        raise TypeError(f"layer must be Conv, ConvTranspose, MaxPool or AvgPool, not {kind!r}")
    if near is not None and kind is not type(near):
        raise ValueError(f"layer is {kind.__name__}, but near is a {type(near).__name__}")
    return kind


def _questions(
    kind: type[Layer], n: int, given: dict[str, Any], near: Layer | None
) -> list[Question]:
    """What is asked on each of `n` axes."""

    def entries(name: str, otherwise: int | None = None) -> tuple[int | None, ...]:
        if name not in given:
            return (otherwise,) * n
        return per_axis(given[name], name, n, least=0 if name == "output_padding" else 1)

    pads = padding_per_axis(given["padding"], n) if "padding" in given else None
    columns = zip(
        per_axis(given["output_size"], "output_size", n),
        entries("input_size"),
        entries("kernel_size"),
        entries("stride"),
        (pads,) * n if pads is None or isinstance(pads, str) else pads,
        entries("dilation", 1),
        entries("output_padding"),
        [_near(near, axis) for axis in range(n)] if near is not None else (None,) * n,
        strict=True,
    )
    return [Question(kind, *column) for column in columns]


def _near(layer: Layer, n: int) -> Near:
    others: dict[str, Any] = {}
    if isinstance(layer, Conv):
        others["stretch"] = layer.stretch[n]
    elif isinstance(layer, (MaxPool, AvgPool)):
        others["ceil_mode"] = layer.ceil_mode
    return Near(
        layer.kernel_size[n],
        layer.stride[n],
        layer.padding if isinstance(layer.padding, str) else layer.pads[n],
        layer.output_padding[n] if isinstance(layer, ConvTranspose) else 0,
        layer.pads[n],
        tuple(others.items()),
    )


def _layers(
    questions: list[Question], given: dict[str, Any], near: Layer | None, limit: int
) -> Iterator[Layer]:
    """The layers that answer all axes, the best first."""

    def cost(row: list[Way]) -> tuple[tuple[int, ...], ...]:
        asked = list(zip(questions, row, strict=True))
        costs = [question.cost(way) for question, way in asked]
        total = tuple(map(sum, zip(*costs, strict=True)))
        if near is not None:  # the same change on all axes is one
            total = distance(set().union(*(q.changes(way) for q, way in asked))) + total[2:]
        return (total, *costs)

    for row in sorted(_rows(questions, limit), key=cost):
        settings: dict[str, Any] = {
            "input_size": tuple(way.input for way in row),
            "kernel_size": tuple(way.kernel for way in row),
            "stride": tuple(way.stride for way in row),
        }
        if questions[0].kind is ConvTranspose:
            settings["output_padding"] = tuple(way.extra for way in row)
        if not all(way.kept for way in row):
            settings["padding"] = tuple(way.pads for way in row)
        settings = {**given, **settings}
        yield replace(near, **settings) if near is not None else questions[0].kind(**settings)


def _rows(questions: list[Question], limit: int) -> Iterable[list[Way]]:
    """A way for each axis: those that are the same on all, or else each axis its own.

    Near a layer both are compared: it may have settings of its own on each axis, and one axis may
    need no change.
    """
    distinct = list(dict.fromkeys(questions))
    at = [distinct.index(question) for question in questions]
    ways = {question: list(question.ways(limit)) for question in distinct}
    tables = [{q.shared(way): way for way in ways[q]} for q in distinct]
    rows = [
        [table[key] for table in tables]
        for key in tables[0]
        if all(key in table for table in tables)
    ]
    if len(distinct) > 1 and (questions[0].near or not rows):
        ranked = [sorted(ways[q], key=q.cost) for q in distinct]
        rows += [row for row in _best(ranked, max(limit, RANKS)) if row not in rows]
    return [[row[n] for n in at] for row in rows]


def _best(ranked: list[list[Way]], limit: int) -> Iterator[list[Way]]:
    """Rows of one way each, without those that `limit` rows are surely better than."""
    if not ranked:
        yield []
        return
    for rank, way in enumerate(ranked[0][:limit], 1):
        for row in _best(ranked[1:], limit // rank):
            yield [way, *row]
