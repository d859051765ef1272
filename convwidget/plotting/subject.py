"""What a picture is of: one layer, its numbers, and the output cell whose window is shown."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import values
from ..axis import Axis
from ..cells import Cells
from ..layers import AvgPool, Conv, ConvTranspose, MaxPool
from ..limits import CELLS_IN_A_ROW
from .lines import Kind, Line, meeting

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from ..values import Array

MAX_DRAWN = CELLS_IN_A_ROW
"""The most cells in a row or a column that are drawn."""

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
    turned: bool

    @property
    def predict(self) -> bool:
        """Whether the output is hidden."""
        return self.output is None

    @property
    def one_dimension(self) -> bool:
        """Whether the map is a strip, with no rows to speak of."""
        return len(self.layer.axes) == 1

    def index(self, row: int, column: int) -> str:
        """An index as Python writes it, in brackets."""
        return f"[{column}]" if self.one_dimension else f"[{row}, {column}]"

    def kind(self, row: int, column: int) -> Kind | None:
        """What stands at a drawn place of the padded input."""
        return meeting(self.lines[0].kinds[row], self.lines[1].kinds[column])

    def used(self, row: int, column: int) -> bool:
        """Whether some window uses a drawn place."""
        return self.lines[0].used[row] and self.lines[1].used[column]

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
        rows, columns = (
            list(enumerate(line.taps(n))) for line, n in zip(self.lines, self.position, strict=True)
        )
        return [((j, k), (r, c)) for j, r in rows for k, c in columns]

    def winners(self) -> list[tuple[Place, Place]]:
        """The taps that hold a max pool's maximum; the first is the one that passes it on."""
        if not isinstance(self.layer, MaxPool):
            return []
        real = [tap for tap in self.taps() if self.kind(*tap[1]) == "input"]
        largest = max((self.value(*place) for _, place in real), default=None)  # type: ignore[type-var]
        return [tap for tap in real if self.value(*tap[1]) == largest]

    def unused(self) -> list[Place]:
        """The drawn places that no window uses; those beyond the padded input are none."""
        return [
            place
            for place in self.places()
            if self.kind(*place) not in (None, "beyond") and not self.used(*place)
        ]

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


def subject(
    layer: Drawable,
    x: ArrayLike | None,
    kernel: ArrayLike | None,
    position: int | Sequence[int] | None,
    predict: bool,
) -> Subject:
    """Read what a caller gives, and refuse what no honest flat picture can show."""
    _check(layer)
    drawn = layer.equivalent() if isinstance(layer, ConvTranspose) else layer
    numbers = _numbers(x, Cells("random"), layer.input_size, "the input")
    weights = divisor = None
    if isinstance(drawn, Conv):
        weights = _numbers(kernel, Cells("ramp"), layer.kernel_size, "the kernel")
        if isinstance(layer, ConvTranspose):
            weights = layer.equivalent_kernel(weights)
        output = drawn.apply(numbers, weights)
    elif kernel is not None:
        raise ValueError("a pool has no kernel to draw")
    elif isinstance(drawn, AvgPool):
        output = drawn.apply(numbers)
        divisor = values.counted(drawn.axes, padding=drawn.count_include_pad)
    else:
        output = drawn.apply(numbers)
    where = _position(layer, position)
    rows, columns = (
        Line.of(axis, n, all_windows=not predict)
        for axis, n in zip((Axis(1, 1), *drawn.axes)[-2:], where, strict=True)
    )
    return Subject(
        layer=drawn,
        x=_flat(numbers),
        kernel=None if weights is None else _flat(weights),
        output=None if predict else _flat(output),
        divisor=None if predict or divisor is None else _flat(divisor),
        lines=(rows, columns),
        position=where,
        turned=isinstance(layer, ConvTranspose),
    )


def _check(layer: Drawable) -> None:
    if not isinstance(layer, Drawable):
        raise TypeError(f"only a layer can be drawn, not {layer!r}")
    if len(layer.axes) > 2:
        raise ValueError(f"a layer of {len(layer.axes)} dimensions has no flat picture: at most 2")
    for what in ("in_channels", "out_channels", "groups"):
        count = getattr(layer, what, None) or 1
        if count > 1:
            raise ValueError(f"a flat picture shows one map, but the layer has {what}={count}")
    for axis in layer.axes:
        longest = max(axis.padded, axis.stretched, axis.effective_kernel)
        if longest > MAX_DRAWN:
            raise ValueError(f"at most {MAX_DRAWN} cells in a row can be drawn, not {longest}")


def _numbers(given: ArrayLike | None, default: Cells, shape: Index, what: str) -> Array:
    """The numbers of one map: finite, real, and of the layer's shape."""
    import numpy as np

    if given is None:
        return default.array(shape)
    array = values.as_numbers(given, what)
    if array.shape != shape:
        raise ValueError(f"{what} has shape {array.shape}, but the layer's is {shape}")
    if array.dtype.kind == "c":
        raise TypeError(f"{what} is complex: only real numbers can be drawn")
    if not np.isfinite(array).all():
        raise ValueError(f"{what} holds {array[~np.isfinite(array)][0]}: it must be finite")
    return array


def _position(layer: Drawable, position: int | Sequence[int] | None) -> Place:
    """The output cell as (row, column); the first where none is given."""
    size = layer.output_size
    if position is None:
        position = (0,) * len(size)
    where = tuple(position) if isinstance(position, Sequence) else (position,)
    if len(where) != len(size) or any(not 0 <= n < o for n, o in zip(where, size, strict=True)):
        raise ValueError(f"position {where} is not in the output, whose size is {size}")
    row, column = (0, *where)[-2:]
    return row, column


def _flat(array: Array) -> Array:
    """An array of one or two dimensions as rows and columns."""
    return array.reshape((1, *array.shape)[-2:])
