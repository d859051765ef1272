"""Layers on top of each other: their sizes, and what a unit of each sees of the input."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd
from typing import Any, overload

from .axis import Axis
from .layers import Layer
from .layers.convolution import Convolution
from .layers.settings import Size, Sizes, is_tuple

Jumps = tuple[int | Fraction, ...]
Fit = Callable[[Any], Layer]


@dataclass(frozen=True)
class Level:
    """A layer of a stack, on the size that reaches it, and what its units see of the input.

    Attributes
    ----------
    layer : Conv, ConvTranspose, MaxPool or AvgPool
        The layer, on the size that reaches it.
    output_size : tuple of int
        Its output's size along each axis.
    receptive_field : tuple of int
        How many cells of the stack's input a unit sees, from the first to the last. Padding counts,
        and so do the cells that a dilated kernel skips in between. Behind a transposed layer units
        differ: it is the largest.
    jump : tuple of int or Fraction
        By how many cells of the input the fields of neighbouring units are apart; a fraction where
        a transposed layer has more units than the input has cells.
    start : tuple of int or None
        The first input cell that the first unit sees, counted from 0; negative in the padding, and
        None where it sees nothing but the zeros that a transposed layer inserts.
    """

    layer: Layer
    receptive_field: Sizes
    jump: Jumps
    start: tuple[int | None, ...]

    @property
    def output_size(self) -> Sizes:
        """The layer's output size along each axis."""
        return self.layer.output_size


class Stack(Sequence[Level]):
    """Layers on top of each other; each is fitted to the output size of the one before.

    Parameters
    ----------
    input_size : int or tuple of int
        The size that reaches the first layer, one for all axes or one for each.
    layers : iterable of layers or functions
        Each a Conv, ConvTranspose, MaxPool or AvgPool, whose own input size does not matter, or a
        function that takes the size that reaches it, always a tuple with an entry for each axis,
        and returns such a layer. Where a function comes first, an `input_size` of one integer is
        that of two axes, as everywhere.

    Attributes
    ----------
    input_size, output_size : tuple of int
        The sizes of the whole.
    layers : tuple
        The layers, fitted. The stack itself is a sequence of `Level`: ``stack[0]`` is the first
        layer with its receptive field, jump and start.

    Raises
    ------
    TypeError
        For what is neither a layer nor a function that returns one.
    ValueError
        Where a layer cannot be on the size or the channels that reach it.

    Notes
    -----
    A layer with the effective kernel k̂, the stride s and p cells of padding before makes of the
    receptive field r, jump j and start b of the one before: r + (k̂ − 1)j, js and b − pj.

    Where two layers in a row state their channels, they have to agree. A layer to which more is
    joined on the way, as in a U-Net, states none.

    Examples
    --------
    The first layers of AlexNet:

    >>> from convwidget import Conv, MaxPool
    >>> pool = MaxPool(3, 3, stride=2)
    >>> stack = Stack(224, [Conv(11, 11, stride=4, padding=2), pool, Conv(5, 5, padding=2), pool])
    >>> stack.output_size
    (13, 13)
    >>> stack[2].receptive_field, stack[2].jump, stack[2].start
    ((51, 51), (8, 8), (-18, -18))
    >>> print(stack)
       layer                               output size  receptive field  jump  start
       input                                       224                1     1      0
    1  Conv(224, 11, stride=4, padding=2)           55               11     4     −2
    2  MaxPool(55, 3, stride=2)                     27               19     8     −2
    3  Conv(27, 5, padding=2)                       27               51     8    −18
    4  MaxPool(27, 3, stride=2)                     13               67    16    −18

    A function sees the size: this one pools whatever reaches it into one cell.

    >>> pooled = lambda size: MaxPool(size, size)
    >>> Stack(7, [Conv(3, 3), pooled]).output_size
    (1, 1)
    >>> Stack(7, [pooled])
    Stack(7, [MaxPool(7, 7)])
    """

    def __init__(self, input_size: Size, layers: Iterable[Layer | Fit]) -> None:
        levels: list[Level] = []
        fields: list[_Fields] = []
        size = tuple(input_size) if is_tuple(input_size) else input_size
        channels = None
        for place, given in enumerate(layers, 1):
            layer = _fitted(given, size, place)
            channels = _channels(layer, channels, place)
            fields = fields or [_INPUT] * len(layer.axes)
            fields = [seen.through(axis) for seen, axis in zip(fields, layer.axes, strict=True)]
            levels.append(_level(layer, fields))
            size = layer.output_size
        if not levels:
            raise ValueError("a stack needs a layer")
        self._levels = tuple(levels)

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The layers, each on the size that reaches it."""
        return tuple(level.layer for level in self)

    @property
    def input_size(self) -> Sizes:
        """The size that reaches the first layer."""
        return self[0].layer.input_size

    @property
    def output_size(self) -> Sizes:
        """The last layer's output size."""
        return self[-1].output_size

    @overload
    def __getitem__(self, place: int) -> Level: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Level, ...]: ...
    def __getitem__(self, place: int | slice) -> Level | tuple[Level, ...]:
        return self._levels[place]

    def __len__(self) -> int:
        return len(self._levels)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Stack) and self.layers == other.layers

    def __hash__(self) -> int:
        return hash(self.layers)

    def __repr__(self) -> str:
        """Return the call that builds the stack again."""
        layers = ", ".join(map(repr, self.layers))
        return f"Stack({_short(self.input_size)}, [{layers}])"

    def __str__(self) -> str:
        """Return a table with a row for each layer."""
        titles = ("", "layer", "output size", "receptive field", "jump", "start")
        ones = (1,) * len(self.input_size)
        rows = [titles, ("", "input", *map(_short, (self.input_size, ones, ones, (0,))))]
        for place, of in enumerate(self, 1):
            seen = (of.output_size, of.receptive_field, of.jump, of.start)
            rows.append((str(place), repr(of.layer), *map(_short, seen)))
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        return "\n".join(_line(row, widths) for row in rows)


def _fitted(given: Layer | Fit, size: Size, place: int) -> Layer:
    """The layer on the size that reaches it; errors name its place."""
    if not isinstance(given, Layer) and not callable(given):
        raise TypeError(f"layer {place} must be a layer or a function, not {given!r}")
    called = f"layer {place}, {given!r}" if isinstance(given, Layer) else f"layer {place}"
    if not isinstance(given, Layer) and isinstance(size, int):
        size = (size, size)
    try:
        layer = given.at(size) if isinstance(given, Layer) else given(size)
    except ValueError as error:
        raise ValueError(f"{called}, on an input of {size}: {error}") from error
    if not isinstance(layer, Layer):
        raise TypeError(f"layer {place}: its function must return a layer, not {layer!r}")
    if layer.input_size != (size if isinstance(size, tuple) else (size,) * len(layer.axes)):
        raise ValueError(f"layer {place}, {layer!r}: its input has to be {size}, which reaches it")
    return layer


def _channels(layer: Layer, reaching: int | None, place: int) -> int | None:
    """How many channels leave a layer, where that is known; errors name its place."""
    if not isinstance(layer, Convolution):
        return reaching
    if reaching is not None:
        if layer.in_channels not in (None, reaching):
            why = f"it takes {layer.in_channels} channels"
        elif reaching % layer.groups:
            why = f"it takes channels in {layer.groups} groups"
        else:
            return layer.out_channels
        raise ValueError(f"layer {place}, {layer!r}: {why}, but {reaching} reach it")
    return layer.out_channels


@dataclass(frozen=True)
class _Fields:
    """What the units of one axis see: the first and the last input cell of each, or None.

    The fields repeat: those of the first units stand here, and then all are `shift` cells further.
    Units and cells go on in the padding on either side.
    """

    first: tuple[tuple[int, int] | None, ...]
    shift: int

    def of(self, unit: int) -> tuple[int, int] | None:
        """The first and the last cell that a unit sees."""
        turns, place = divmod(unit, len(self.first))
        ends = self.first[place]
        return ends and (ends[0] + turns * self.shift, ends[1] + turns * self.shift)

    def through(self, axis: Axis) -> _Fields:
        """What the units of the next layer see."""
        # Along the stretched line fields repeat after a turn; windows do after several, perhaps.
        turn = axis.stretch * len(self.first)
        units = turn // gcd(axis.stride, turn)
        turns = units * axis.stride // turn
        return _Fields(tuple(self._seen(axis, unit) for unit in range(units)), turns * self.shift)

    def _seen(self, axis: Axis, unit: int) -> tuple[int, int] | None:
        start = axis.start(unit) - axis.before
        places = (start + tap * axis.dilation for tap in range(axis.kernel))
        below = [self.of(place // axis.stretch) for place in places if place % axis.stretch == 0]
        ends = [end for pair in below if pair for end in pair]
        return (min(ends), max(ends)) if ends else None


_INPUT = _Fields(((0, 0),), 1)


def _level(layer: Layer, fields: Sequence[_Fields]) -> Level:
    sizes, jumps, starts = [], [], []
    for seen, output in zip(fields, layer.output_size, strict=True):
        pairs = [pair for pair in seen.first[:output] if pair]
        sizes.append(max((last - first + 1 for first, last in pairs), default=0))
        jump = Fraction(seen.shift, len(seen.first))
        jumps.append(jump.numerator if jump.denominator == 1 else jump)
        starts.append(seen.first[0] and seen.first[0][0])
    return Level(layer, tuple(sizes), tuple(jumps), tuple(starts))


def _short(entries: tuple[object, ...]) -> str:
    """Entries that are alike as one, with the sign for minus that formulas have."""
    text = [str(entry).replace("-", "−") for entry in entries]
    return text[0] if len(set(text)) == 1 else f"({', '.join(text)})"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    """A line of the table: the layers at the left of their column, numbers at the right."""
    cells = zip(row, widths, strict=True)
    aligned = (f"{cell:<{w}}" if n == 1 else f"{cell:>{w}}" for n, (cell, w) in enumerate(cells))
    return "  ".join(aligned)
