"""Settings that reach a given output size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any, NamedTuple

from .axis import at_least
from .layers import AvgPool, Conv, ConvTranspose, Layer, MaxPool
from .layers.settings import (
    Padding,
    Size,
    dimensions,
    named_pads,
    padding_per_axis,
    per_axis,
)

KERNELS = range(1, 12)
STRIDES = range(1, 9)
MOST_PADDING = 64
AROUND = 2  # kernels within this of that of `near` are searched besides
RANKS = 64  # of settings with an own answer for each axis, no fewer than these are compared

Pair = tuple[int, int]
_Change = tuple[str, int | Pair, int]  # a setting, what it becomes, and by how much it changes

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


class _Near(NamedTuple):
    """The settings of a layer on one axis, and what else decides its size."""

    kernel: int
    stride: int
    padding: str | Pair
    extra: int
    pads: Pair
    others: tuple[tuple[str, Any], ...]


class _Way(NamedTuple):
    """Settings that reach the size on one axis; `extra` is output_padding."""

    kernel: int
    stride: int
    pads: Pair
    kept: bool  # the padding is the one given, or that of `near`
    extra: int
    input: int
    left_over: int


class _Question(NamedTuple):
    """What is asked on one axis: None is to be found."""

    kind: type[Layer]
    output: int
    input: int | None
    kernel: int | None
    stride: int | None
    padding: str | Pair | None
    dilation: int
    extra: int | None
    near: _Near | None

    def ways(self, limit: int) -> Iterator[_Way]:
        """All settings that reach the size; of many input sizes the `limit` smallest."""
        seen = set()
        for kernel in self._kernels():
            for stride in self._strides(kernel):
                for padding, kept in self._paddings(kernel):
                    for size, extra in self._inputs(kernel, stride, padding, limit):
                        made = self._layer(size, kernel, stride, padding, extra)
                        if made is None or made.output_size != (self.output,):
                            continue
                        settings = (kernel, stride, made.pads[0], extra, size)
                        if settings not in seen:  # a name can come to a number's padding
                            seen.add(settings)
                            left_over = made.axes[0].left_over
                            yield _Way(kernel, stride, made.pads[0], kept, extra, size, left_over)

    def _kernels(self) -> list[int]:
        if self.kernel is not None:
            return [self.kernel]
        around = self.near.kernel if self.near else 1
        return sorted({*KERNELS, *range(max(1, around - AROUND), around + AROUND + 1)})

    def _strides(self, kernel: int) -> set[int]:
        if self.stride is not None:
            return {self.stride}
        own = {kernel} if self._is_pool else set()
        return {*STRIDES, *own, *({self.near.stride} if self.near else ())}

    def _paddings(self, kernel: int) -> Iterator[tuple[str | Pair, bool]]:
        kept = self.near.padding if self.padding is None and self.near else self.padding
        if kept is not None:
            yield kept, True
        if self.padding is None:
            window = self._window(kernel)
            most = window // 2 if self._is_pool else window - 1
            for p in sorted({*range(min(most, MOST_PADDING) + 1), window // 2, most}):
                yield (p, p), False

    def _inputs(
        self, kernel: int, stride: int, padding: str | Pair, limit: int
    ) -> Iterator[tuple[int, int]]:
        """Pairs (input size, output padding) that can reach the size: its formula, inverted."""
        window = self._window(kernel)
        total = self._padding(padding, window, stride)
        if self.kind is not ConvTranspose:
            if self.input is not None:
                yield self.input, 0
                return
            least = (self.output - 1) * stride + window - total
            for size in range(max(1, least), min(least + stride, max(1, least) + limit)):
                yield size, 0
            return
        stamps = self.output - window + total  # s(i′ − 1) + a
        extra = self.extra
        if self.input is not None:
            yield self.input, stamps - stride * (self.input - 1) if extra is None else extra
        elif extra is not None:
            if (stamps - extra) % stride == 0:
                yield (stamps - extra) // stride + 1, extra
        else:
            most = min(stamps, max(stride, self.dilation) - 1)
            for more in islice(range(stamps % stride, most + 1, stride), limit):
                yield (stamps - more) // stride + 1, more

    def _padding(self, padding: str | Pair, window: int, stride: int) -> int:
        """How much a padding is on both sides together."""
        if not isinstance(padding, str):
            return sum(padding)
        if padding.startswith("same"):
            # What makes the smallest input that gives o, and in a transposed layer the output i′·s.
            return window - stride if self.kind is ConvTranspose else window - 1
        return sum(named_pads(padding, 1, window, stride))

    def _window(self, kernel: int) -> int:
        return self.dilation * (kernel - 1) + 1

    @property
    def _is_pool(self) -> bool:
        return self.kind in (MaxPool, AvgPool)

    def _layer(
        self, size: int, kernel: int, stride: int, padding: str | Pair, extra: int
    ) -> Layer | None:
        """The layer on this axis alone, or None where it cannot be."""
        settings: dict[str, Any] = dict(self.near.others) if self.near else {}
        if self.kind is ConvTranspose:
            settings["output_padding"] = extra
        pads = padding if isinstance(padding, str) else (padding,)
        kind: Any = self.kind
        try:
            return kind(
                (size,), kernel, stride=stride, padding=pads, dilation=self.dilation, **settings
            )
        except ValueError:
            return None

    def cost(self, way: _Way) -> tuple[int, ...]:
        """What is smaller the nearer or simpler a way is; see the notes of `solve`."""
        kernel, stride, (before, after), kept, extra, size, left_over = way
        numbers = (kernel, stride, before + after, before, extra, size)
        if self.near:
            return (*_distance(self.changes(way)), *numbers)
        window = self._window(kernel)
        transposed = self.kind is ConvTranspose
        if transposed:
            misses = window < stride or extra > max(after, 0)
        else:
            misses = (window < stride and self.output > 1) or left_over > max(after, 0)
        centred = before + after in (0, window - 1, window - stride if transposed else 0)
        default = kernel if self._is_pool else 1
        away = (stride != default) + any(way.pads) + (extra > 0)
        return (misses, not centred, kernel, away, *numbers)

    def changes(self, way: _Way) -> set[_Change]:
        """What a way changes in `near` of what is searched."""
        if self.near is None:
            return set()
        pads = [abs(a - b) for a, b in zip(way.pads, self.near.pads, strict=True)]
        changes = {
            ("kernel_size", way.kernel, abs(way.kernel - self.near.kernel)),
            ("stride", way.stride, abs(way.stride - self.near.stride)),
            ("output_padding", way.extra, abs(way.extra - self.near.extra)),
        }
        changes = {change for change in changes if change[2]}
        return changes if way.kept else changes | {("padding", way.pads, max(pads))}

    def shared(self, way: _Way) -> tuple[object, ...]:
        """What is the same on all axes where their settings are."""
        return (
            way.kernel if self.kernel is None else None,
            way.stride if self.stride is None else None,
            way.kept or way.pads,
            way.extra if self.extra is None else None,
            way.left_over - sum(way.pads) if self.input is None else None,  # i − (o − 1)s − k̂
        )


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
) -> list[_Question]:
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
    return [_Question(kind, *column) for column in columns]


def _near(layer: Layer, n: int) -> _Near:
    others: dict[str, Any] = {}
    if isinstance(layer, Conv):
        others["stretch"] = layer.stretch[n]
    elif isinstance(layer, (MaxPool, AvgPool)):
        others["ceil_mode"] = layer.ceil_mode
    return _Near(
        layer.kernel_size[n],
        layer.stride[n],
        layer.padding if isinstance(layer.padding, str) else layer.pads[n],
        layer.output_padding[n] if isinstance(layer, ConvTranspose) else 0,
        layer.pads[n],
        tuple(others.items()),
    )


def _layers(
    questions: list[_Question], given: dict[str, Any], near: Layer | None, limit: int
) -> Iterator[Layer]:
    """The layers that answer all axes, the best first."""

    def cost(row: list[_Way]) -> tuple[tuple[int, ...], ...]:
        asked = list(zip(questions, row, strict=True))
        costs = [question.cost(way) for question, way in asked]
        total = tuple(map(sum, zip(*costs, strict=True)))
        if near is not None:  # the same change on all axes is one
            total = _distance(set().union(*(q.changes(way) for q, way in asked))) + total[2:]
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


def _distance(changes: Iterable[_Change]) -> tuple[int, int]:
    """How many changes there are, and how large they are together."""
    moves = [move for _, _, move in changes]
    return len(moves), sum(moves)


def _rows(questions: list[_Question], limit: int) -> Iterable[list[_Way]]:
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


def _best(ranked: list[list[_Way]], limit: int) -> Iterator[list[_Way]]:
    """Rows of one way each, without those that `limit` rows are surely better than."""
    if not ranked:
        yield []
        return
    for rank, way in enumerate(ranked[0][:limit], 1):
        for row in _best(ranked[1:], limit // rank):
            yield [way, *row]
