"""What windows along some axes compute, in NumPy.

Arrays carry the axes' dimensions last: inputs (..., *i), outputs (..., *o), kernels (..., *k).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import reduce
from typing import TYPE_CHECKING, Any

from .axis import Axis

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]


def as_numbers(values: object, what: str) -> Array:
    """An array to compute with: integers and booleans as int64, floats and complex as they are."""
    import numpy as np

    try:
        array = np.asarray(values)
    except ValueError as error:
        raise ValueError(f"{what} is not one array: its rows differ in length") from error
    if array.dtype.kind in "biu":
        if array.dtype.kind == "u" and array.size and int(array.max()) > np.iinfo(np.int64).max:
            raise ValueError(f"{what} holds {array.max()}, which does not fit in 64 bits")
        return array.astype(np.int64, copy=False)
    if array.dtype.kind in "fc":
        return array
    held = {"U": "text", "S": "text", "O": "objects"}.get(array.dtype.kind, array.dtype.name)
    raise TypeError(f"{what} must hold numbers of at most 64 bits, not {held}")


def largest_sum(x: Array, kernel: Array, terms: int) -> int | float:
    """A bound of all sums of so many products, with Python's integers, which do not wrap."""
    if not x.size or not kernel.size:
        return 0
    ends = [max(abs(a.min().item()), abs(a.max().item())) for a in (x, kernel)]
    return ends[0] * ends[1] * terms


def check_sums(x: Array, kernel: Array, terms: int) -> None:
    """Refuse integers whose sums might not fit in 64 bits, and so wrap around."""
    import numpy as np

    if x.dtype.kind == kernel.dtype.kind == "i":
        largest = largest_sum(x, kernel, terms)
        if largest > np.iinfo(np.int64).max:
            raise ValueError(
                f"the sums could reach {largest}, which does not fit in 64 bits: use floats"
            )


def padded(x: Array, axes: Sequence[Axis], fill: float = 0) -> Array:
    """The lines that the windows slide over: `x` stretched with zeros, padded with `fill`, cropped.

    Where the last window hangs over (ceil mode) `fill` goes on as far as it reaches.
    """
    import numpy as np

    lead = x.ndim - len(axes)
    sizes = [axis.padded - min(axis.left_over, 0) for axis in axes]
    line = np.full((*x.shape[:lead], *sizes), fill, dtype=x.dtype)
    into: list[slice] = []
    taken: list[slice] = []
    for axis in axes:
        first = max(0, -(axis.before // axis.stretch))
        start = axis.before + first * axis.stretch
        count = max(0, min(axis.input - first, -(-(axis.padded - start) // axis.stretch)))
        # Only layers without a fill of their own are stretched, so the gaps' zeros are the fill's.
        into.append(slice(start, start + count * axis.stretch, axis.stretch))
        taken.append(slice(first, first + count))
    every = [slice(None)] * lead
    line[tuple(every + into)] = x[tuple(every + taken)]
    return line


def windows(x: Array, axes: Sequence[Axis], fill: float = 0) -> Array:
    """Every window as a strided view, (..., *o, *k): nothing is copied but the padded input."""
    from numpy.lib.stride_tricks import as_strided

    n = len(axes)
    line = padded(x, axes, fill)
    apart = line.strides[-n:]
    outputs = [axis.output for axis in axes]
    cells = [axis.kernel for axis in axes]
    steps = [axis.stride * step for axis, step in zip(axes, apart, strict=True)]
    taps = [axis.dilation * step for axis, step in zip(axes, apart, strict=True)]
    return as_strided(
        line,
        (*line.shape[:-n], *outputs, *cells),
        (*line.strides[:-n], *steps, *taps),
        writeable=False,
    )


def gather(x: Array, kernel: Array, axes: Sequence[Axis], groups: int = 1) -> Array:
    """Slide `kernel` (F, C/groups, *k) over `x` (N, C, *i): the correlation (N, F, *o)."""
    import numpy as np

    n = len(axes)
    seen = windows(x, axes)
    outputs = seen.shape[2 : 2 + n]
    # (N, C, *k, *o): a column for each output, and long runs of memory to copy.
    seen = np.moveaxis(seen, range(2, 2 + n), range(2 + n, 2 + 2 * n))
    columns = seen.reshape(len(x), groups, math.prod(kernel.shape[1:]), math.prod(outputs))
    rows = kernel.reshape(groups, len(kernel) // groups, columns.shape[2])
    return (rows @ columns).reshape(len(x), len(kernel), *outputs)


def sources(axis: Axis) -> Array:
    """(o, k) of the input cell that each kernel cell meets in each window, −1 where none is."""
    import numpy as np

    position = (
        np.arange(axis.output)[:, None] * axis.stride + np.arange(axis.kernel) * axis.dilation
    )
    cell, gap = np.divmod(position - axis.before, axis.stretch)
    real = (gap == 0) & (cell >= 0) & (cell < axis.input) & (position < axis.padded)
    return np.where(real, cell, -1)


MAX_MATRIX = 2**24
"""The most entries of a dense matrix: 128 MiB of 64-bit numbers."""


def matrix(kernel: Array, axes: Sequence[Axis], groups: int = 1) -> Array:
    """The dense matrix (F·∏o, C·∏i) that computes `gather` on flattened, row-major arrays."""
    import numpy as np

    n = len(axes)
    features, per_group = kernel.shape[:2]
    rows = features // groups * math.prod(axis.output for axis in axes)
    columns = per_group * math.prod(axis.input for axis in axes)
    entries = groups * rows * groups * columns
    if entries > MAX_MATRIX:
        raise ValueError(
            f"the matrix would be {groups * rows:,} by {groups * columns:,}: {entries:,} entries, "
            f"and at most {MAX_MATRIX:,} are made"
        )
    weights = kernel
    for axis in axes:
        # The foremost kernel axis goes, and that axis's o and i come last.
        weights = np.moveaxis(weights, 2, -1)
        cells = sources(axis)
        output, tap = (cells >= 0).nonzero()
        spread = np.zeros((*weights.shape[:-1], axis.output, axis.input), dtype=weights.dtype)
        spread[..., output, cells[output, tap]] = weights[..., tap]
        weights = spread
    weights = weights.transpose(0, *range(2, 2 + 2 * n, 2), 1, *range(3, 3 + 2 * n, 2))
    blocks = weights.reshape(groups, rows, columns)
    dense = np.zeros((groups, rows, groups, columns), dtype=weights.dtype)
    for group in range(groups):
        dense[group, :, group] = blocks[group]
    return dense.reshape(groups * rows, groups * columns)


def uses(axes: Sequence[Axis]) -> Array:
    """How many windows use each input cell, with the shape (*i)."""
    import numpy as np

    seen = (sources(axis) for axis in axes)
    counts = [
        np.bincount(cells[cells >= 0], minlength=axis.input)
        for cells, axis in zip(seen, axes, strict=True)
    ]
    return reduce(np.multiply.outer, counts)


def counted(axes: Sequence[Axis], *, padding: bool) -> Array:
    """How many cells each window of a pool holds, (*o): real ones, or those of padding as well.

    Cells beyond the padding, where a window hangs over, are never counted.
    """
    import numpy as np

    counts = []
    for axis in axes:
        start = np.arange(axis.output) * axis.stride
        first, end = axis.before, min(axis.before + axis.input, axis.padded)
        if padding:
            first, end = 0, axis.padded
        # Of a window's cells, those ahead of a position: they stand a dilation apart.
        ahead = [
            np.clip(-((start - position) // axis.dilation), 0, axis.kernel)
            for position in (first, end)
        ]
        counts.append(np.maximum(ahead[1] - ahead[0], 0))
    return reduce(np.multiply.outer, counts)


def maximum(x: Array, axes: Sequence[Axis]) -> Array:
    """The largest real cell of each window; −∞, and so floats, where a window sees padding only."""
    import numpy as np

    if x.dtype.kind == "c":
        raise TypeError("complex numbers have no maximum")
    lowest = -np.inf if x.dtype.kind == "f" else np.iinfo(x.dtype).min
    largest = windows(x, axes, fill=lowest).max(axis=tuple(range(-len(axes), 0)))
    empty = counted(axes, padding=False) == 0
    if x.dtype.kind == "i" and empty.any():
        return np.where(empty, -np.inf, largest)
    return largest


def average(x: Array, axes: Sequence[Axis], divisor: Array) -> Array:
    """The sum of each window over `divisor`, the number of cells that count in it."""
    import numpy as np

    # A sum of half-precision numbers can be too large for one, where their mean is not.
    # Integers could wrap around; their mean is a float in any case.
    wide = {"f2": np.float32, "i8": np.float64}.get(x.dtype.str[1:], x.dtype)
    mean = windows(x, axes).sum(axis=tuple(range(-len(axes), 0)), dtype=wide) / divisor
    return mean.astype(x.dtype) if x.dtype.kind in "fc" else mean


def total_matrix(axes: Sequence[Axis]) -> Array:
    """The matrix (∏o, ∏i) that sums each window of one flattened, row-major map."""
    import numpy as np

    return matrix(np.ones((1, 1, *(axis.kernel for axis in axes)), dtype=np.int64), axes)


def turned(kernel: Array, dimensions: int) -> Array:
    """The kernel turned by 180° in its last `dimensions` axes."""
    import numpy as np

    return np.flip(kernel, axis=tuple(range(-dimensions, 0)))


def check_input(x: Array, input_size: Sequence[int]) -> None:
    """Refuse an input whose shape contradicts the layer's."""
    n = len(input_size)
    if x.shape[max(x.ndim - n, 0) :] != tuple(input_size) or x.ndim > n + 2:
        raise ValueError(
            f"x has shape {x.shape}, but the layer's input is {tuple(input_size)}, "
            "alone or behind (C,) or (N, C)"
        )


def batch(x: Array, dimensions: int) -> Array:
    """`x` with both leading axes, (N, C, *i)."""
    return x.reshape((1,) * (dimensions + 2 - x.ndim) + x.shape)


def like(x: Array, out: Array, dimensions: int) -> Array:
    """`out` (N, F, *o) with only as many leading axes as `x` has."""
    return out[(0,) * (dimensions + 2 - x.ndim)]
