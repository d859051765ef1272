"""Figure 1.3: a kernel for each pair of maps, whose results are summed into the output's maps."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..layers import Conv
from . import numbers
from .canvas import Fixed
from .geometry import ACROSS, DOWN, Box, Grid, Point, Tilt
from .input_map import input_cells
from .layout import FONT, TOP, times
from .maps import kernel_cells, made, name, output_cells
from .pen import Pen
from .subject import Given, Subject, as_map, drawn_lines, place
from .window import over_input

LOW, HIGH, WEIGHT = 27, 23, 19
"""The size of a cell of the input, of the maps above it, and of a kernel."""
SIDE, PLUS, APART = 26, 26, 40
"""The margin; between two results that are summed; between one pathway and the next."""
RISE = 46
"""From one row of the drawing to the next."""


@dataclass(frozen=True)
class Pathways(Fixed):
    """From the bottom up: the input's maps, the kernels, their results and the output's maps."""

    input: tuple[tuple[Subject, Tilt], ...]
    kernels: tuple[tuple[tuple[Subject, Grid], ...], ...]
    results: tuple[tuple[tuple[Subject, Tilt], ...], ...]
    output: tuple[tuple[Subject, Tilt], ...]
    width: float
    height: float

    def still(self, pen: Pen) -> None:
        """Draw everything, with the shown map's pathway in its colour."""
        self._lines(pen)
        for subject, tilt in self.input:
            size, low = numbers.map_font(subject.x, LOW), pen.laid(tilt)
            grid = Grid(LOW, *subject.x.shape)
            input_cells(low, subject, grid, size)
            over_input(low, subject, grid, size, told=False)
        for row in self.kernels:
            for subject, grid in row:
                kernel_cells(pen, subject, grid, 9.5)
                lead = f"w[{', '.join(map(str, subject.lead))}]"
                at = (grid.x + grid.width + 5, grid.box.middle[1])
                pen.text(at, lead, 10, pen.palette.kernel_line, align="left", gid="weights")
        for maps in (*self.results, self.output):
            for subject, tilt in maps:
                _map(pen, subject, tilt)
        self._names(pen)

    def _lines(self, pen: Pen) -> None:
        """The ways that the numbers go."""
        for row, results, (made_here, top) in zip(
            self.kernels, self.results, self.output, strict=True
        ):
            seen = made_here.seen
            colour = pen.palette.kernel_line if seen else pen.palette.padding
            width = 1.7 if seen else 1
            for (_, grid), (_, tilt), (source, low) in zip(row, results, self.input, strict=True):
                x = grid.box.middle[0]
                foot = (x, grid.y + grid.height)
                start = low.at(Grid(LOW, *source.x.shape).part(0, source.x.shape[1] - 1).corners[1])
                pen.lines([[start, foot]], colour, width, gid="way")
                pen.arrow((x, grid.y), _bottom(tilt, made_here), colour)
            foot = _bottom(top, made_here)
            sides = [_top(tilt, made_here) for _, tilt in results]
            middle = (foot[0], foot[1] + 0.62 * RISE)
            pen.lines([[side, middle] for side in sides], colour, width, gid="way")
            pen.arrow(middle, foot, colour)
            sign = Box(*middle, 0, 0).grown(8.5)
            pen.box(sign, fill=pen.palette.ground, line=colour, width=width, radius=8.4)
            pen.text(middle, "+", 13, colour)

    def _names(self, pen: Pen) -> None:
        """What each row is, and that the output's maps belong together."""
        output, input = self.output, self.input
        shown = output[0][0].layer
        rows, columns = shown.output_size
        (_, first), (_, last) = output[0], output[-1]
        box = Grid(HIGH, rows, columns).box
        left = min(x for x, _ in first.outline(box)) - 10
        right = max(x for x, _ in last.outline(box)) + 10
        top = min(y for _, y in first.outline(box)) - 8
        low = max(y for _, y in first.outline(box)) + 4
        pen.box(
            Box(left, top, right - left, low - top),
            line=pen.palette.output_line, width=1.2, dashed=True, radius=8, gid="output group",
        )  # fmt: skip
        told = f"{len(output)} maps of {times(shown.output_size)}"
        name(pen, (left, top - 2), "output", (told,))
        told = f"{len(input)} maps of {times(shown.input_size)}"
        y = max(y for _, tilt in input for _, y in tilt.outline(Grid(LOW, *shown.input_size).box))
        name(pen, (SIDE, y), "input", (told,))
        kernels = len(output) * len(input)
        x, y = SIDE, self.kernels[0][0][1].y + self.kernels[0][0][1].height
        told = f"{kernels} of {times(shown.kernel_size)}"
        name(pen, (x, y + 54), "kernel", (told,))


def pathways(shown: Given) -> Pathways:
    """Lay out a convolution with channels."""
    assert isinstance(shown.layer, Conv)
    assert shown.kernel is not None
    rows, columns = shown.layer.output_size
    features, channels = shown.kernel.shape[:2]
    base = Subject(
        layer=shown.layer,
        x=as_map(shown.x[0]),
        kernel=None,
        output=None,
        divisor=None,
        lines=drawn_lines(shown, predict=False),
        position=place(shown.position),
    )
    wide, high = _room(rows, columns, HIGH)
    group = channels * wide + (channels - 1) * PLUS
    width = 2 * SIDE + features * group + (features - 1) * APART
    out_y = TOP + FONT + 26
    result_y = out_y + high + 1.5 * RISE
    kernel_y = result_y + high + 0.6 * RISE
    tall = WEIGHT * shown.kernel.shape[-2]
    input_y = kernel_y + tall + 1.6 * RISE
    low_wide, low_high = _room(shown.x.shape[1], shown.x.shape[2], LOW)

    alone = replace(shown.layer, groups=1, in_channels=None, out_channels=None)
    kernels, results, output = [], [], []
    for f in range(features):
        seen = f == shown.position[0]
        x = SIDE + f * (group + APART)
        row, sums = [], []
        for c in range(channels):
            left = x + c * (wide + PLUS)
            weights = shown.kernel[f, c]
            at = left + (wide - WEIGHT * weights.shape[1]) / 2
            grid = Grid(WEIGHT, *weights.shape).at(at, kernel_y)
            row.append((replace(base, kernel=weights, lead=(f, c)), grid))
            part = alone.apply(shown.x[c], weights)
            subject = replace(base, output=part, lead=(f, c), seen=seen)
            sums.append((subject, _tilt(left, result_y, columns, HIGH)))
        kernels.append(tuple(row))
        results.append(tuple(sums))
        whole = replace(base, output=shown.output[f], lead=(f,), seen=seen)
        output.append((whole, _tilt(x + (group - wide) / 2, out_y, columns, HIGH)))
    between = (width - channels * low_wide) / (channels + 1)
    input = tuple(
        (
            replace(base, x=shown.x[c], lead=(c,)),
            _tilt(between + c * (low_wide + between), input_y, shown.layer.input_size[1], LOW),
        )
        for c in range(channels)
    )
    return Pathways(
        input, tuple(kernels), tuple(results), tuple(output), width, input_y + low_high + TOP
    )


def _room(rows: int, columns: int, cell: float) -> Point:
    """What a plane takes on the page."""
    wide = columns * ACROSS[0] + rows * DOWN[0]
    return wide * cell, (rows * DOWN[1] - columns * ACROSS[1]) * cell


def _tilt(x: float, y: float, columns: int, cell: float) -> Tilt:
    """The plane whose room on the page begins at a place."""
    return Tilt(x, y - columns * cell * ACROSS[1])


def _map(pen: Pen, subject: Subject, tilt: Tilt) -> None:
    """One map of results."""
    assert subject.output is not None
    grid, size = Grid(HIGH, *subject.output.shape), 9.5
    output_cells(pen.laid(tilt), subject, grid, size)
    made(pen.laid(tilt), subject, grid, size)


def _bottom(tilt: Tilt, subject: Subject) -> Point:
    """Where an arrow from below meets a map."""
    rows, columns = subject.layer.output_size
    x, y = tilt.at((columns * HIGH / 2, rows * HIGH))
    return x, y + 3


def _top(tilt: Tilt, subject: Subject) -> Point:
    """Where a line leaves a map upwards."""
    _, columns = subject.layer.output_size
    return tilt.at((columns * HIGH / 2, 0))
