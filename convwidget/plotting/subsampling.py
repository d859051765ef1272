"""Figure 1.4: a stride keeps one output in so many of a stride of one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..layers import Conv
from . import numbers
from .canvas import Fixed
from .geometry import Grid, Point, Tilt
from .layout import FONT, TOP, times
from .maps import made, name, output_cells
from .palette import mixed
from .pen import Pen
from .stacked import Stacked, stacked, stacked_font
from .subject import Given, given

BETWEEN, HEAD = 40, 34
RAISED = 3.2
"""How far above the larger output the kept one floats, in cells."""


@dataclass(frozen=True)
class Subsampling(Fixed):
    """On the left a stride; on the right a stride of one, and above it what is kept of it."""

    left: Stacked
    right: Stacked
    kept: Tilt
    width: float
    height: float

    def still(self, pen: Pen) -> None:
        """Draw everything."""
        strides = self.left.subject.layer.stride
        headings = (
            f"a stride of {strides[0]}",
            f"a stride of 1 that keeps one output in {strides[0]}",
        )
        along = (0.0, self.left.width + BETWEEN)
        for x, heading, picture in zip(along, headings, (self.left, self.right), strict=True):
            at = (x + 14, TOP + FONT / 2)
            pen.text(at, heading, FONT, pen.palette.ink, bold=True, align="left")
            part = pen.moved(x, self.height - picture.height)
            picture.still(part)
            picture.moving(part)
        self._keep(pen.moved(along[1], self.height - self.right.height))

    def _keep(self, pen: Pen) -> None:
        """Hatch what the stride leaves out, and lift what it keeps to a map of its own."""
        subject, right = self.left.subject, self.right
        output, strides = subject.output, subject.layer.stride
        colours = pen.palette
        assert output is not None
        assert right.subject.output is not None
        pale = mixed(colours.output, colours.ground, 0.5)
        size = stacked_font(output, right.output.cell)
        plane, grid = pen.laid(right.high), right.output
        ends: list[tuple[Point, Point]] = []
        kept = Grid(grid.cell, *output.shape)
        for row in range(grid.rows):
            for column in range(grid.columns):
                box = grid.part(row, column)
                if row % strides[0] or column % strides[1]:
                    value = numbers.number(right.subject.output[row, column].item())
                    plane.box(box.grown(-0.7), fill=pale)
                    plane.hatch(box, gid="left out")
                    plane.text(box.middle, value, size or FONT, colours.quiet, halo=pale)
                    continue
                to = kept.part(row // strides[0], column // strides[1]).middle
                ends.append((right.high.at(box.middle), self.kept.at(to)))
        top = pen.laid(self.kept)
        pen.lines(ends, colours.output_line, 1.3, gid="kept")
        output_cells(top, subject, kept, size)
        made(top, subject, kept, size)
        for rows, columns, at in (
            (grid.rows, grid.columns, (right.high.at(grid.box.corners[1]), (34.0, 14.0))),
            (kept.rows, kept.columns, (self.kept.at(kept.box.corners[1]), (-20.0, 0.0))),
        ):
            (x, y), (across, down) = at
            name(pen, (x + across, y + down), "output", (times((rows, columns)),))


def subsampling(shown: Given, width: float) -> Subsampling:
    """Lay out a strided convolution beside the same one with a stride of one."""
    assert isinstance(shown.layer, Conv)
    left = stacked(shown, False, width)
    # The larger output's name has to make room for the kept one, which hangs over it.
    every_step = replace(shown.layer, stride=(1, 1))
    position = tuple(n * step for n, step in zip(shown.position, shown.layer.stride, strict=True))
    right = stacked(given(every_step, shown.x, shown.kernel, position), False, width)
    assert left.subject.output is not None
    kept = Grid(right.output.cell, *left.subject.output.shape)
    x, y = right.high.at(right.output.box.middle)
    mid_x, mid_y = Tilt(0, 0).at(kept.box.middle)
    raised = RAISED * kept.cell
    tilt = Tilt(x - mid_x, y - mid_y - raised)
    over = min(y for _, y in tilt.outline(kept.box))
    extra = max(0.0, 26 - over)
    return Subsampling(
        left=left,
        right=replace(
            right, named={role: at for role, at in right.named.items() if role != "output"}
        ),
        kept=tilt,
        width=left.width + BETWEEN + right.width + 16,
        height=HEAD + max(left.height, right.height + extra),
    )
