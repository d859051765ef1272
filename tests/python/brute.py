"""The truth by hand: windows slid over lines of cells, one cell at a time, in plain Python.

Nothing here knows the library. An array is used as a table of numbers and for its shape, no more.
"""

from itertools import product
from math import prod

PADDING, BEYOND = "padding", "beyond"


def line(size, before=0, after=0, stretch=1):
    """What stands on the padded line: the number of an input cell, or padding (gaps as well)."""
    cells = []
    for cell in range(size):
        cells += [PADDING] * (stretch - 1) * (cell > 0) + [cell]
    cells = [PADDING] * before + cells + [PADDING] * after  # a negative number of cells is none
    for _ in range(-before):
        cells = cells[1:]
    for _ in range(-after):
        cells = cells[:-1]
    return cells


def windows(size, kernel, stride=1, before=0, after=0, dilation=1, stretch=1, ceil_mode=False):
    """For each place of the window what its cells see; an empty list where it does not fit."""
    cells = line(size, before, after, stretch)
    width = dilation * (kernel - 1) + 1
    starts = [n for n in range(0, len(cells), stride) if n + width <= len(cells)]
    if ceil_mode:
        # One window more where the last ends before the line does, but none past the input.
        following = len(starts) * stride
        if following - stride + width < len(cells):
            starts.append(following)
        if len(starts) > 1 and starts[-1] >= len(cells) - max(after, 0):
            starts.pop()
    reach = cells + [BEYOND] * width
    return [[reach[start + dilation * n] for n in range(kernel)] for start in starts] * bool(cells)


def meetings(axes):
    """For each output index, the (kernel index, input index) pairs of real cells that meet."""
    for output in product(*(range(len(places)) for places in axes)):
        seen = [places[n] for places, n in zip(axes, output, strict=True)]
        pairs = []
        for tap in product(*(range(len(cells)) for cells in seen)):
            cell = tuple(cells[n] for cells, n in zip(seen, tap, strict=True))
            if all(isinstance(n, int) for n in cell):
                pairs.append((tap, cell))
        yield output, pairs


def correlate(x, kernel, axes, groups=1):
    """{(f, *output): number} of a convolution of `x` (C, *i) with `kernel` (F, C/groups, *k)."""
    features, channels = kernel.shape[:2]
    found = {}
    for output, pairs in meetings(axes):
        for f in range(features):
            first = f // (features // groups) * channels
            found[(f, *output)] = sum(
                kernel[(f, c, *tap)].item() * x[(first + c, *cell)].item()
                for c in range(channels)
                for tap, cell in pairs
            )
    return found


def stamp(x, kernel, stride, pads, dilation, extra, groups=1):
    """{(f, *output): number} of a transposed convolution: each cell stamps its scaled kernel.

    `x` is (C, *i) and `kernel` (C, F/groups, *k). Stamps that fall off the output are lost.
    """
    channels, features = kernel.shape[:2]
    sizes = [
        s * (i - 1) + d * (k - 1) + 1 + more - before - after
        for i, k, s, d, more, (before, after) in zip(
            x.shape[1:], kernel.shape[2:], stride, dilation, extra, pads, strict=True
        )
    ]
    found = dict.fromkeys(product(range(features * groups), *map(range, sizes)), 0)
    for c, *cell in product(*map(range, x.shape)):
        for f, *tap in product(*map(range, kernel.shape[1:])):
            place = tuple(
                n * s + j * d - before
                for n, j, s, d, (before, _) in zip(cell, tap, stride, dilation, pads, strict=True)
            )
            index = (c // (channels // groups) * features + f, *place)
            if index in found:
                found[index] += kernel[(c, f, *tap)].item() * x[(c, *cell)].item()
    return found


def maxima(x, axes):
    """{output: the largest real cell of its window, −∞ where there is none}."""
    return {
        output: max((x[cell].item() for _, cell in pairs), default=-float("inf"))
        for output, pairs in meetings(axes)
    }


def averages(x, axes, count_include_pad):
    """{output: the mean of its window}, over the cells that count; None where none does."""
    found = {}
    for output, pairs in meetings(axes):
        seen = [places[n] for places, n in zip(axes, output, strict=True)]
        inside = prod(sum(cell != BEYOND for cell in cells) for cells in seen)
        count = inside if count_include_pad else len(pairs)
        found[output] = sum(x[cell].item() for _, cell in pairs) / count if count else None
    return found


def same(array, found):
    """Whether an array holds exactly these numbers, and no more."""
    return array.size == len(found) and all(array[index] == found[index] for index in found)
