"""The stamp style: each input cell of a transposed layer puts the kernel, scaled, on the output."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .. import values
from ..axis import Axis
from ..layers import Conv, ConvTranspose
from . import numbers
from .geometry import Grid
from .input_map import input_cells
from .layout import (
    BOTTOM,
    FONT,
    GAP,
    LEFT,
    LEGEND,
    NAME,
    NOTE,
    QUESTION,
    RIGHT,
    TITLE,
    TOP,
    even,
    kernel_steps,
    times,
)
from .lines import Line
from .maps import entries, kernel_cells, legend, made, name, output_cells, question
from .palette import Role
from .pen import Pen
from .subject import Given, Index, Place, Subject, as_map, one_map

if TYPE_CHECKING:
    from ..values import Array

STAMPS = "Transposed convolution, drawn as stamps: input cell × kernel, added up on the output"
CELL, SMALL = 40, 34
"""The size of a cell of the output, and of one of the input and the kernel, if there is room."""
COLUMN, TALL, TALLEST = 0.28, 200, 560
"""What the input and the kernel take of the width; and how high they, and the output, may be."""
MOST = 9
"""Past so many stamps on a cell their products are not written out."""


@dataclass(frozen=True)
class Stamps:
    """A picture: its size, the input, the kernel, and the sheet that the output is cropped from.

    The kernel of `subject` is the layer's own; `input` is the subject of the input alone, and
    `sheet` holds what the stamps add up to before anything is cropped.
    """

    subject: Subject
    input: Subject
    sheet: Array
    positions: list[Index]
    width: float
    height: float
    input_grid: Grid
    kernel_grid: Grid
    sheet_grid: Grid
    first_stamp: Place
    """Where on the sheet the stamps begin; with a negative padding that is behind the output."""
    first_output: Place
    stride: Place

    @property
    def title(self) -> str:
        """What stands above it."""
        return STAMPS

    def at(self, position: Index | None) -> Stamps:
        """The picture with the stamps on another output cell, or with none yet."""
        return replace(self, subject=self.subject.at(position))

    @property
    def output_grid(self) -> Grid:
        """The output's place on the sheet."""
        subject, sheet = self.subject, self.sheet_grid
        assert subject.output is not None
        rows, columns = subject.output.shape
        corner = sheet.part(*self.first_output)
        return Grid(sheet.cell, rows, columns, corner.x, corner.y)

    def still(self, pen: Pen) -> None:
        """Draw all but the stamps on one cell."""
        subject, weights = self.subject, self.subject.kernel
        assert weights is not None
        name(pen, self.input_grid.corner, "input", (times(subject.layer.input_size),))
        size = numbers.map_font(self.input.x, self.input_grid.cell)
        input_cells(pen, self.input, self.input_grid, size)
        self._legend(pen, self.input_grid, "input", self.input.x)
        name(pen, self.kernel_grid.corner, "kernel", (kernel_name(subject),))
        size = numbers.map_font(weights, self.kernel_grid.cell)
        kernel_cells(pen, subject, self.kernel_grid, size)
        self._legend(pen, self.kernel_grid, "kernel", weights)
        name(pen, self.sheet_grid.corner, "output", (self._output_name(),))
        if subject.output is None:
            question(pen, self.sheet_grid.box)
            return
        size = numbers.map_font(self.sheet, self.sheet_grid.cell)
        self._border(pen, size)
        output_cells(pen, subject, self.output_grid, size)
        self._legend(pen, self.sheet_grid, "output", subject.output)

    def moving(self, pen: Pen) -> None:
        """Draw the stamps that land on the output cell, where they come from, and their sum."""
        subject, colours, weights = self.subject, pen.palette, self.subject.kernel
        if subject.active is None:
            return
        assert weights is not None
        spread = [line.axis.effective_kernel for line in subject.lines]
        for tap, cell in self.landed():
            value = self.input.x[cell].item()
            self._lit(pen, self.input_grid, cell, "input", value, f"source{subject.index(*cell)}")
            step = [line.axis.dilation for line in subject.lines]
            at = (tap[0] * step[0], tap[1] * step[1])
            gid = f"weight{subject.index(*tap)}"
            self._lit(pen, self.kernel_grid, at, "kernel", weights[tap].item(), gid)
            start = [
                first + n * s
                for first, n, s in zip(self.first_stamp, cell, self.stride, strict=True)
            ]
            box = self.sheet_grid.part(*start, *spread)
            gid = f"stamp{subject.index(*cell)}"
            pen.box(box, line=colours.kernel_line, width=1.8, dashed=True, radius=3, gid=gid)
        size = numbers.map_font(self.sheet, self.sheet_grid.cell)
        made(pen, subject, self.output_grid, size)
        below = (LEFT, self.height - NOTE / 2 - 6)
        pen.text(below, self._told(), FONT, colours.ink, align="left", gid="told")

    def landed(self) -> list[tuple[Place, Place]]:
        """The pairs (kernel cell, input cell) whose stamps land on the output cell."""
        subject = self.subject
        assert subject.kernel is not None
        rows, columns = subject.kernel.shape
        found = []
        for (row, column), place in subject.taps():
            cell = subject.cell(*place)
            if cell is not None and subject.kind(*place) == "input":
                # The window meets the kernel turned.
                found.append(((rows - 1 - row, columns - 1 - column), cell))
        return found

    def _told(self) -> str:
        """The sum, with a product for each stamp."""
        subject, landed = self.subject, self.landed()
        assert subject.output is not None
        assert subject.kernel is not None
        index = subject.index(*subject.position)
        told = f"output{index} = {numbers.number(subject.output[subject.position].item())}"
        if not landed:
            return f"{told}: no stamp lands there"
        if len(landed) > MOST:
            return f"{told}, the sum of {len(landed)} stamps"
        parts = [
            f"{_signed(self.input.x[cell].item())}·{_signed(subject.kernel[tap].item())}"
            for tap, cell in landed
        ]
        whole = f"{told} = {' + '.join(parts)}"
        fits = numbers.width(whole, FONT) * 0.9 <= self.width - LEFT - RIGHT
        return whole if fits else f"{told}, the sum of {len(landed)} stamps"

    def _output_name(self) -> str:
        subject = self.subject
        if subject.output is None:
            return "?"
        own = times(subject.layer.output_size)
        if self.sheet.shape == subject.output.shape:
            return own
        whole = times(self.sheet.shape[-len(subject.layer.axes) :])
        return f"{own}, cropped from {whole}"

    def _border(self, pen: Pen, size: float | None) -> None:
        """What is cropped from the output."""
        subject, grid = self.subject, self.sheet_grid
        assert subject.output is not None
        if self.sheet.shape == subject.output.shape:
            return
        pen.hatch(grid.box, gid="cropped")
        if size is None:
            return
        first, (rows, columns) = self.first_output, subject.output.shape
        for (row, column), value in entries(self.sheet):
            if not (0 <= row - first[0] < rows and 0 <= column - first[1] < columns):
                text, at = numbers.number(value), grid.part(row, column).middle
                quiet, halo = pen.palette.quiet, pen.palette.ground
                pen.text(at, text, 0.82 * size, quiet, halo=halo, gid="cropped")

    @staticmethod
    def _lit(pen: Pen, grid: Grid, cell: Place, role: Role, value: float, gid: str) -> None:
        """A cell that has a part in the sum."""
        colours, box = pen.palette, grid.part(*cell)
        size = numbers.font([numbers.number(value)], grid.cell)
        if size is None:
            pen.box(box, line=colours.line(role), width=2, gid=gid)
            return
        fill = colours.input_mid if role == "input" else colours.kernel_mid
        pen.box(box.grown(-0.7), fill=fill, line=colours.line(role), width=1.2, gid=gid)
        pen.text(box.middle, numbers.number(value), size, colours.ink, bold=True, gid=gid)

    @staticmethod
    def _legend(pen: Pen, grid: Grid, role: Role, array: Array) -> None:
        if numbers.map_font(array, grid.cell) is None:
            legend(pen, grid, role, array)


def stamps(layer: ConvTranspose, shown: Given, predict: bool, width: float) -> Stamps:
    """Lay out a transposed layer whose arrays are a map each, in a width."""
    base = one_map(shown, predict)
    assert base.kernel is not None
    subject = replace(base, kernel=values.turned(base.kernel, 2), turned=False)
    rows, columns = subject.x.shape
    alone = replace(
        subject,
        layer=Conv(layer.input_size, 1),
        lines=(Line.of(Axis(rows, 1), 0), Line.of(Axis(columns, 1), 0)),
        waiting=True,
    )
    pads = ((0, 0), *layer.pads)[-2:]
    sheet = _sheet(layer, shown, pads)
    high, wide = (line.axis.effective_kernel for line in subject.lines)
    top = TOP + TITLE + NAME
    input = _small(rows, columns, width).at(LEFT, top)
    shaded = numbers.map_font(subject.x, input.cell) is None
    y = input.y + input.height + LEGEND * shaded + FONT + NAME
    kernel = _small(high, wide, width).at(LEFT, y)
    named = numbers.width(f"kernel {kernel_name(subject)}", FONT)
    x = LEFT + max(input.width, kernel.width, named) + GAP / 2
    if predict:
        grid = Grid(QUESTION, 1, 1, x, top)
    else:
        room = (width - x - RIGHT) / sheet.shape[1]
        cell = even(min(CELL, room, TALLEST / sheet.shape[0]))
        grid = Grid(cell, sheet.shape[0], sheet.shape[1], x, top)
    bottom = max(
        part.y + part.height + LEGEND * (numbers.map_font(array, part.cell) is None)
        for part, array in ((kernel, subject.kernel), (grid, sheet))
        if array is not None
    )
    return Stamps(
        subject=subject,
        input=alone,
        sheet=sheet,
        positions=shown.positions(),
        width=width,
        height=bottom + NOTE + BOTTOM,
        input_grid=input,
        kernel_grid=kernel,
        sheet_grid=grid,
        first_stamp=(max(0, -pads[0][0]), max(0, -pads[1][0])),
        first_output=(max(0, pads[0][0]), max(0, pads[1][0])),
        stride=((1, *layer.stride)[-2], layer.stride[-1]),
    )


def _small(rows: int, columns: int, width: float) -> Grid:
    """The input or the kernel, which stand one above the other."""
    cell = even(min(SMALL, COLUMN * width / columns, TALL / rows))
    return Grid(cell, rows, columns)


def kernel_name(subject: Subject) -> str:
    """The kernel's sizes, on one line."""
    return ", ".join(kernel_steps(subject))


def _sheet(layer: ConvTranspose, shown: Given, pads: tuple[tuple[int, int], ...]) -> Array:
    """What the stamps add up to, with zeros where a negative padding adds cells."""
    import numpy as np

    assert shown.kernel is not None
    whole = replace(layer, padding="valid").apply(
        shown.x, values.turned(shown.kernel, len(layer.axes))
    )
    return np.pad(as_map(whole), [(max(0, -before), max(0, -after)) for before, after in pads])


def _signed(value: float) -> str:
    """A factor, in brackets where it has a sign."""
    text = numbers.number(value)
    return f"({text})" if text[0] == "−" else text
