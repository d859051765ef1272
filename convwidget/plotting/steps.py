"""Figures 1.1, 1.2, 1.5 and 1.6: every step of a small layer, one beside the other."""

from __future__ import annotations

from dataclasses import dataclass

from . import numbers
from .canvas import Fixed
from .geometry import Grid
from .input_map import input_cells
from .layout import FONT, LINE, NAME, RIGHT, TOP, input_steps, times
from .maps import kernel_cells, made, name, output_cells
from .pen import Pen
from .subject import Given, Index, Subject, one_map
from .window import over_input

CELL = 32
BETWEEN, BELOW = 30, 22
"""Between one step and the next, and between a step's input and its output."""


@dataclass(frozen=True)
class Steps(Fixed):
    """A row of steps for each row of the output, and the kernel above them."""

    subject: Subject
    positions: list[Index]
    width: float
    height: float
    steps: tuple[tuple[Grid, Grid], ...]
    kernel: Grid | None

    def still(self, pen: Pen) -> None:
        """Draw everything."""
        subject = self.subject
        assert subject.output is not None
        size = numbers.map_font(subject.x, CELL)
        made_size = numbers.map_font(subject.output, CELL)
        for position, (input, output) in zip(self.positions, self.steps, strict=True):
            here = subject.at(position)
            input_cells(pen, here, input, size)
            over_input(pen, here, input, size, told=True)
            output_cells(pen, here, output, made_size)
            made(pen, here, output, made_size)
        x, y = RIGHT, TOP + NAME
        name(pen, (x, y), "input", (", ".join(input_steps(subject)),))
        name(pen, (x, y + LINE), "output", (times(subject.layer.output_size),))
        if self.kernel is not None:
            name(pen, self.kernel.corner, "kernel", (times(subject.layer.kernel_size),))
            assert subject.kernel is not None
            font = numbers.map_font(subject.kernel, CELL)
            kernel_cells(pen, subject, self.kernel, font)


def steps(shown: Given) -> Steps:
    """Lay out the steps of a layer whose arrays are a map each."""
    subject = one_map(shown, predict=False)
    assert subject.output is not None
    rows, columns = subject.output.shape
    high, wide = map(len, subject.lines)
    kernel = None
    y: float = TOP + NAME + 2 * LINE
    across = wide * CELL + BELOW + columns * CELL + BETWEEN
    if subject.kernel is not None:
        size = subject.kernel.shape
        kernel = Grid(CELL, size[0], size[1], RIGHT + across, TOP + NAME)
        y = max(y, kernel.y + kernel.height + FONT)
    down = high * CELL + BETWEEN
    places = []
    for row in range(rows):
        for column in range(columns):
            input = Grid(CELL, high, wide, RIGHT + column * across, y + row * down)
            top = input.y + (high - rows) * CELL / 2
            output = Grid(CELL, rows, columns, input.x + input.width + BELOW, top)
            places.append((input, output))
    return Steps(
        subject=subject,
        positions=shown.positions(),
        width=2 * RIGHT + columns * across - BETWEEN,
        height=y + rows * down - BETWEEN + TOP,
        steps=tuple(places),
        kernel=kernel,
    )
