"""The truth by hand: the window slid over a padded line, one cell at a time, and SciPy.

Nothing here asks the library: a layer is only read for the settings that it was made with.
"""

from itertools import product
from typing import Any, NamedTuple

import numpy as np
from scipy.signal import correlate2d

from convwidget import Conv, ConvWidget

Index = tuple[int, ...]
Pads = tuple[tuple[int, int], tuple[int, int]]


class Meeting(NamedTuple):
    """A kernel cell at its place in a window; `cell` is the input cell there, if there is one."""

    tap: Index
    position: Index
    cell: Index | None


class Truth:
    """What a widget must show; `pads` is what its padding comes to, worked out by hand."""

    def __init__(self, widget: ConvWidget, pads: Pads) -> None:
        layer = widget.layer
        self.x, self.kernel = np.array(widget.input), np.array(widget.kernel)
        self.pads, self.stride, self.dilation = pads, layer.stride, layer.dilation
        self.stretch = layer.stretch
        self.lines = [
            line(size, *sides, stretch)
            for size, sides, stretch in zip(self.x.shape, pads, self.stretch, strict=True)
        ]
        self.span = tuple(
            d * (k - 1) + 1 for d, k in zip(self.dilation, self.kernel.shape, strict=True)
        )
        self.starts = [
            [n for n in range(0, len(cells), s) if n + span <= len(cells)]
            for cells, s, span in zip(self.lines, self.stride, self.span, strict=True)
        ]
        self.size = tuple(len(starts) for starts in self.starts)
        self.padded = tuple(len(cells) for cells in self.lines)
        self.output = self._scipy()

    def _scipy(self) -> np.ndarray[Any, Any]:
        stretched = np.zeros(
            [(i - 1) * t + 1 for i, t in zip(self.x.shape, self.stretch, strict=True)]
        )
        stretched[tuple(slice(None, None, t) for t in self.stretch)] = self.x
        padded = np.pad(stretched, [(max(b, 0), max(a, 0)) for b, a in self.pads])
        cropped = padded[tuple(slice(max(-b, 0), -max(-a, 0) or None) for b, a in self.pads)]
        spread = np.zeros(self.span)
        spread[tuple(slice(None, None, d) for d in self.dilation)] = self.kernel
        full = correlate2d(cropped, spread, mode="valid")
        return full[tuple(slice(None, None, s) for s in self.stride)]

    def kind(self, position: Index) -> str:
        """What stands at a position of the padded input."""
        found = [cells[n] for cells, n in zip(self.lines, position, strict=True)]
        for kind in ("padding", "zero"):
            if kind in found:
                return kind
        return "input"

    def cell(self, position: Index) -> Index | None:
        """The input cell at a position, if it is one."""
        if self.kind(position) != "input":
            return None
        return tuple(int(cells[n]) for cells, n in zip(self.lines, position, strict=True))

    def position(self, cell: Index) -> Index:
        """Where on the padded input a cell stands."""
        return tuple(cells.index(n) for cells, n in zip(self.lines, cell, strict=True))

    def window(self, output: Index) -> list[Meeting]:
        """What an output cell is made of, in the kernel's order."""
        start = self.start(output)
        found = []
        for tap in product(*map(range, self.kernel.shape)):
            position = tuple(a + n * d for a, n, d in zip(start, tap, self.dilation, strict=True))
            found.append(Meeting(tap, position, self.cell(position)))
        return found

    def start(self, output: Index) -> Index:
        """Where the window of an output cell begins."""
        return tuple(starts[n] for starts, n in zip(self.starts, output, strict=True))

    def outputs(self) -> list[Index]:
        """Every output cell."""
        return list(product(*map(range, self.size)))

    def reached(self, cell: Index) -> list[tuple[Index, Index]]:
        """Every output that an input cell is part of, with the tap that it meets there."""
        return [
            (output, meeting.tap)
            for output in self.outputs()
            for meeting in self.window(output)
            if meeting.cell == cell
        ]

    def multiplied(self, tap: Index) -> list[Index | None]:
        """What a kernel cell multiplies, once for each output: input cells, and None for zeros."""
        return [
            meeting.cell
            for output in self.outputs()
            for meeting in self.window(output)
            if meeting.tap == tap
        ]

    def uncovered(self) -> set[Index]:
        """The positions of the padded input that no window cell ever meets."""
        met = {meeting.position for output in self.outputs() for meeting in self.window(output)}
        return set(product(*map(range, self.padded))) - met


def line(size: int, before: int, after: int, stretch: int = 1) -> list[int | str]:
    """What stands on the padded line: the number of an input cell, or what zero it is."""
    cells: list[int | str] = []
    for cell in range(size):
        cells += ["zero"] * (stretch - 1) * (cell > 0) + [cell]
    cells = ["padding"] * before + cells + ["padding"] * after  # a negative count gives none
    return cells[max(-before, 0) : len(cells) - max(-after, 0)]


def fits(layer: Conv, **changes: Any) -> bool:
    """Whether a layer with some settings changed can be, padding being numbers."""
    get = {name: changes.get(name, getattr(layer, name)) for name in SETTINGS}
    for axis in range(2):
        i, k, s, d = (
            value if isinstance(value := get[name], int) else value[axis] for name in SETTINGS[:4]
        )
        pad = get["padding"]
        before, after = (pad, pad) if isinstance(pad, int) else pad[axis]
        if min(i, k, s, d) < 1 or len(line(i, before, after)) < d * (k - 1) + 1:
            return False
    return True


SETTINGS = ("input_size", "kernel_size", "stride", "dilation", "padding")
