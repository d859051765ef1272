"""Figure 2.8: the places of the window along one axis, one below the other, and their count."""

from __future__ import annotations

from dataclasses import dataclass, replace

from . import numbers
from .canvas import Fixed
from .geometry import Box, Grid
from .input_map import input_cells
from .layout import FONT, LEFT, NAME, TOP
from .maps import filled, kernel_cells, name
from .pen import Pen
from .subject import Given, Subject, one_map

CELL, ROW = 38, 52
AWAY = 76
"""Between the places and the output."""
MEASURES = 74


@dataclass(frozen=True)
class Ruler(Fixed):
    """One axis: the input, a kernel for each place, and the output cell that it makes."""

    subject: Subject
    width: float
    height: float

    def still(self, pen: Pen) -> None:
        """Draw everything."""
        subject, colours = self.subject, pen.palette
        axis, line = subject.lines[1].axis, subject.lines[1]
        assert subject.output is not None
        assert subject.kernel is not None
        input = Grid(CELL, 1, len(line), LEFT, TOP + NAME)
        name(pen, input.corner, "input", (f"{axis.input}",))
        input_cells(pen, subject, input, numbers.map_font(subject.x, CELL))
        out = Grid(CELL, 1, 1, input.x + input.width + AWAY)
        name(pen, (out.x, input.y), "output", (f"{axis.output}",))
        size = numbers.map_font(subject.output, CELL)
        for n in range(axis.output):
            y = input.y + (n + 1) * ROW
            grid = Grid(CELL, 1, axis.effective_kernel, input.x + line.start(n) * CELL, y)
            kernel_cells(pen, subject, grid, numbers.map_font(subject.kernel, CELL))
            if n:
                step = f"+{axis.stride}"
                pen.text((grid.x - 18, grid.box.middle[1]), step, FONT, colours.quiet, gid="step")
            cell = out.at(out.x, y)
            start, end = (grid.x + grid.width + 8, cell.box.middle[1]), (out.x - 8, y + CELL / 2)
            pen.arrow(start, end, colours.quiet)
            value = subject.output[:, n : n + 1]
            filled(pen, cell, "output", value, size)
            text = numbers.number(value.item())
            pen.text(cell.box.middle, text, size or FONT, colours.ink, gid=f"output[{n}]")
            pen.text((out.x + CELL + 14, end[1]), f"{n + 1}", FONT, colours.quiet, gid="count")
        self._measures(pen, input)

    def _measures(self, pen: Pen, input: Grid) -> None:
        """How the line is used up: the window, then the steps, then what is left over."""
        axis, colours = self.subject.lines[1].axis, pen.palette
        y = input.y + (axis.output + 1) * ROW + 18
        lengths = [(axis.effective_kernel, colours.kernel_line)]
        lengths += [(axis.stride, colours.quiet)] * (axis.output - 1)
        if axis.left_over > 0:
            lengths.append((axis.left_over, colours.unused))
        x = input.x
        for length, colour in lengths:
            end = x + length * CELL
            pen.lines([[(x + 2, y), (end - 2, y)]], colour, 1.4)
            pen.lines([[(at, y - 5), (at, y + 5)] for at in (x + 2, end - 2)], colour, 1.4)
            wide = numbers.width(str(length), FONT) + 8
            middle = (x + end) / 2
            pen.box(Box(middle - wide / 2, y - 8, wide, 16), fill=colours.ground)
            pen.text((middle, y), str(length), FONT, colour, gid="length")
            x = end
        steps = axis.output - 1
        told = f"the start and {steps} step{'s' * (steps != 1)} of {axis.stride}: o = {axis.output}"
        pen.text((input.x, y + 28), told, FONT, colours.ink, align="left", gid="told")


def ruler(shown: Given) -> Ruler:
    """Lay out a layer of one dimension."""
    subject = replace(one_map(shown, predict=False), waiting=True)
    axis, line = subject.lines[1].axis, subject.lines[1]
    return Ruler(
        subject=subject,
        width=LEFT + len(line) * CELL + AWAY + CELL + LEFT,
        height=TOP + NAME + (axis.output + 1) * ROW + MEASURES,
    )
