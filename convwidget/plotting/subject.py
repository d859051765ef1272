"""What a picture is of: one layer, its numbers, and the output cell whose window is shown."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from .. import values
from ..axis import Axis
from ..cells import Cells
from ..layers import AvgPool, Conv, ConvTranspose, MaxPool
from ..limits import CELLS_IN_A_ROW, DIMENSIONS, MAPS
from ..position import inside
from ..shapes import shapes
from .lines import Kind, Line, meeting

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from ..values import Array

MAX_DRAWN = CELLS_IN_A_ROW
"""The most cells in a row or a column that are drawn."""
EQUIVALENT = "Transposed convolution, drawn as the equivalent convolution"

Drawable = Conv | ConvTranspose | MaxPool | AvgPool
Index = tuple[int, ...]
Place = tuple[int, int]


@dataclass(frozen=True)
class Subject:
    """A layer and its numbers, in two dimensions: one dimension is a single row.

    `layer` is the one that is drawn: for a transposed layer its equivalent convolution, with the
    kernel `turned`. `output` and `divisor` are None where the reader is to predict.
    """

    layer: Conv | MaxPool | AvgPool
    x: Array
    kernel: Array | None
    output: Array | None
    divisor: Array | None
    lines: tuple[Line, Line]
    position: Place
    turned: bool = False
    title: str = ""
    """What stands above the picture, where a layer is drawn as another one."""
    lead: Index = ()
    """Where a map of several is among them: its channel, its slice in depth."""
    seen: bool = True
    """Whether the window that is shown sees this map."""
    reached: bool = True
    """Whether any window does."""
    waiting: bool = False
    """Whether no window lies over it yet: in an animation, what stands still."""

    @property
    def predict(self) -> bool:
        """Whether the output is hidden."""
        return self.output is None

    @property
    def active(self) -> Place | None:
        """The output cell that is made here, if one is."""
        return None if self.predict or self.waiting or not self.seen else self.position

    @property
    def one_dimension(self) -> bool:
        """Whether the map is a strip, with no rows to speak of."""
        return len(self.layer.axes) == 1

    def at(self, position: Index | None) -> Subject:
        """The same with the window of another output cell, or with none yet."""
        if position is None:
            return replace(self, waiting=True)
        return replace(self, position=place(position), waiting=False)

    def index(self, row: int, column: int) -> str:
        """An index as Python writes it, in brackets."""
        place = (column,) if self.one_dimension else (row, column)
        return f"[{', '.join(map(str, self.lead + place))}]"

    def kind(self, row: int, column: int) -> Kind | None:
        """What stands at a drawn place of the padded input."""
        return meeting(self.lines[0].kinds[row], self.lines[1].kinds[column])

    def used(self, row: int, column: int) -> bool:
        """Whether some window uses a drawn place."""
        return self.reached and self.lines[0].used[row] and self.lines[1].used[column]

    def cell(self, row: int, column: int) -> Place | None:
        """The input cell at a drawn place."""
        pair = self.lines[0].cells[row], self.lines[1].cells[column]
        return None if pair[0] is None or pair[1] is None else (pair[0], pair[1])

    def value(self, row: int, column: int) -> float | None:
        """The number that a window finds at a drawn place, None where none is counted."""
        kind, cell = self.kind(row, column), self.cell(row, column)
        if kind in (None, "beyond"):
            return None
        if kind != "padding":
            number: float = self.x[cell].item() if cell else 0
            return number
        if isinstance(self.layer, MaxPool):
            return -math.inf
        if isinstance(self.layer, AvgPool) and not self.layer.count_include_pad:
            return None
        return 0

    def places(self) -> list[tuple[int, int]]:
        """Every drawn place of the padded input, in reading order."""
        return [(r, c) for r in range(len(self.lines[0])) for c in range(len(self.lines[1]))]

    def taps(self) -> list[tuple[Place, Place]]:
        """The pairs (kernel cell, drawn place) of the window, in reading order."""
        if self.waiting or not self.seen:
            return []
        rows, columns = (
            list(enumerate(line.taps(n))) for line, n in zip(self.lines, self.position, strict=True)
        )
        return [((j, k), (r, c)) for j, r in rows for k, c in columns]

    def winners(self, largest: float | None = None) -> list[tuple[Place, Place]]:
        """The taps that hold a max pool's maximum; the first is the one that passes it on.

        Where the window sees several maps, the `largest` number of all is given. There are none to
        show as long as the output is to be predicted.
        """
        if self.predict or not isinstance(self.layer, MaxPool):
            return []
        real = [tap for tap in self.taps() if self.kind(*tap[1]) == "input"]
        if largest is None:
            values = (self.value(*place) for _, place in real)
            largest = max((value for value in values if value is not None), default=None)
        return [tap for tap in real if self.value(*tap[1]) == largest]

    def unused(self) -> list[Place]:
        """The drawn places that no window uses; those beyond the padded input are none."""
        return [
            place
            for place in self.places()
            if self.kind(*place) not in (None, "beyond") and not self.used(*place)
        ]

    def beyond(self) -> list[Place]:
        """The drawn places beyond the padded input, which the last windows hang over."""
        if not any("beyond" in line.kinds for line in self.lines):
            return []  # most maps have none, and a large one has many places
        return [place for place in self.places() if self.kind(*place) == "beyond"]

    def unused_counts(self) -> dict[Kind, int]:
        """How many cells of each kind no window uses; cropped ones are cells of the input."""
        rows, columns = (Counter(zip(line.kinds, line.used, strict=True)) for line in self.lines)
        counts: dict[Kind, int] = {}
        for (row, row_used), n in rows.items():
            for (column, column_used), m in columns.items():
                kind = meeting(row, column)
                if kind in (None, "beyond") or (row_used and column_used):
                    continue
                counts[kind] = counts.get(kind, 0) + n * m
        return counts


@dataclass(frozen=True)
class Given:
    """What a caller gives to draw, checked and computed: arrays with channels, if there are any.

    `layer` is the one that is drawn, as in a `Subject`, and `kernel` its kernel.
    """

    layer: Conv | MaxPool | AvgPool
    x: Array
    kernel: Array | None
    output: Array
    divisor: Array | None
    position: Index
    turned: bool = False
    title: str = ""
    waiting: bool = False

    def positions(self) -> list[Index]:
        """Every output cell, in reading order."""
        return list(product(*map(range, self.output.shape)))


def given(
    layer: Drawable,
    x: ArrayLike | None,
    kernel: ArrayLike | None,
    position: ArrayLike | None,
) -> Given:
    """Read what a caller gives, and refuse what no honest picture can show."""
    _check(layer)
    of, turned = shapes(layer), isinstance(layer, ConvTranspose)
    n = len(layer.axes)
    drawn = layer.equivalent() if isinstance(layer, ConvTranspose) else layer
    numbers = _numbers(x, Cells("random"), of.input, n, "the input")
    weights = divisor = None
    if isinstance(drawn, Conv):
        weights = _numbers(kernel, Cells("ramp"), of.kernel or (), n, "the kernel")
        if isinstance(layer, ConvTranspose):
            weights = layer.equivalent_kernel(weights)
        output = drawn.apply(numbers, weights)
    elif kernel is not None:
        raise ValueError("a pool has no kernel to draw")
    else:
        output = drawn.apply(numbers)
    if isinstance(drawn, AvgPool):
        divisor = values.counted(drawn.axes, padding=drawn.count_include_pad)
    return Given(
        layer=drawn,
        x=numbers,
        kernel=weights,
        output=output,
        divisor=divisor,
        position=inside((0,) * len(of.output) if position is None else position, of.output),
        turned=turned,
        title=EQUIVALENT if turned else "",
    )


def has_one_map(layer: Drawable) -> bool:
    """Whether a layer's arrays are a map each, without channels and depth."""
    return isinstance(layer, Drawable) and len(shapes(layer).input) == len(layer.axes) <= 2


def one_map(shown: Given, predict: bool) -> Subject:
    """The subject of a layer whose arrays are a map each."""
    kernel, divisor = shown.kernel, shown.divisor
    return Subject(
        layer=shown.layer,
        x=as_map(shown.x),
        kernel=None if kernel is None else as_map(kernel),
        output=None if predict else as_map(shown.output),
        divisor=None if predict or divisor is None else as_map(divisor),
        lines=drawn_lines(shown, predict),
        position=place(shown.position),
        turned=shown.turned,
        title=shown.title,
        waiting=shown.waiting,
    )


def drawn_lines(shown: Given, predict: bool) -> tuple[Line, Line]:
    """The rows and the columns of every map of the input."""
    axes, where = (Axis(1, 1), *shown.layer.axes)[-2:], place(shown.position)
    rows, columns = (
        Line.of(axis, n, all_windows=not predict) for axis, n in zip(axes, where, strict=True)
    )
    return rows, columns


def place(index: Index) -> Place:
    """The row and the column of an index; one dimension is a single row."""
    row, column = (0, *index)[-2:]
    return row, column


def _check(layer: Drawable) -> None:
    if not isinstance(layer, Drawable):
        raise TypeError(f"only a layer can be drawn, not {layer!r}")
    n = len(layer.axes)
    if n > DIMENSIONS:
        raise ValueError(f"at most {DIMENSIONS} dimensions can be drawn, not {n}")
    of = shapes(layer)
    maps = max(math.prod(shape[: -min(n, 2)]) for shape in (of.input, of.output))
    if maps > MAPS:
        raise ValueError(f"at most {MAPS} maps can be drawn, not {maps}")
    for axis in layer.axes:
        longest = max(axis.padded, axis.stretched, axis.effective_kernel)
        if longest > MAX_DRAWN:
            raise ValueError(f"at most {MAX_DRAWN} cells in a row can be drawn, not {longest}")


def _numbers(
    numbers: ArrayLike | None, default: Cells, shape: Index, dimensions: int, what: str
) -> Array:
    """The numbers of an array: finite, real, and of the layer's shape."""
    import numpy as np

    if numbers is None:
        return default.array(shape, len(shape) - dimensions)
    array = values.as_numbers(numbers, what)
    if array.shape != shape:
        raise ValueError(f"{what} has shape {array.shape}, but the layer's is {shape}")
    if array.dtype.kind == "c":
        raise TypeError(f"{what} is complex: only real numbers can be drawn")
    if not np.isfinite(array).all():
        raise ValueError(f"{what} holds {array[~np.isfinite(array)][0]}: it must be finite")
    return array


def as_map(array: Array) -> Array:
    """An array of one or two dimensions as rows and columns."""
    return array.reshape((1, *array.shape)[-2:])
