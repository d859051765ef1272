"""A row of a picture with several maps: those of the input, of the kernel or of the output."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from . import numbers
from .geometry import Grid
from .layout import LEFT, LEGEND, LINE, NAME, RIGHT, even, wrapped
from .maps import legend, name
from .palette import Role
from .pen import Pen
from .subject import Subject

if TYPE_CHECKING:
    from ..values import Array

CELL, TALLEST = 28, 360
"""The size of a cell where there is room, and the most that a map is high."""
BETWEEN, LABEL, APART = 18, 18, 20
"""Between maps; above one, for its label; between one array's maps and the next's."""
LABEL_FONT = 11
LEAST_SHADED = 120
"""The width of a shaded map, with its legend."""


@dataclass(frozen=True)
class Row:
    """The maps of one array, in as many lines as they need; `size` is None for shades."""

    role: Role
    named: tuple[str, ...]
    labels: tuple[str, ...]
    subjects: tuple[Subject, ...]
    arrays: tuple[Array, ...]
    grids: tuple[Grid, ...]
    size: float | None
    bottom: float

    def head(self, pen: Pen) -> None:
        """Write what the array is called, and its sizes."""
        name(pen, (LEFT, self.grids[0].y - LABEL), self.role, self.named)

    def labelled(self, pen: Pen) -> None:
        """Write what each map is called, in bold where the window sees it or makes it."""
        for label, subject, grid in zip(self.labels, self.subjects, self.grids, strict=True):
            bold = subject.seen and self.role != "kernel"
            at, quiet = (grid.x, grid.y - LABEL / 2), pen.palette.quiet
            pen.text(at, label, LABEL_FONT, quiet, bold=bold, align="left", gid="label")

    def each(self, pen: Pen, draw: Callable[[Pen, Subject, Grid, float | None], None]) -> None:
        """Draw the cells of each map, and what their shades mean."""
        for subject, array, grid in zip(self.subjects, self.arrays, self.grids, strict=True):
            draw(pen, subject, grid, self.size)
            if self.size is None:
                legend(pen, grid, self.role, array)

    def waiting(self) -> Row:
        """The row without any window yet."""
        return replace(self, subjects=tuple(replace(each, waiting=True) for each in self.subjects))


def laid_row(
    role: Role,
    named: list[str],
    labels: list[str],
    subjects: list[Subject],
    arrays: list[Array],
    whole: Array,
    size: tuple[int, int],
    top: float,
    width: float,
) -> Row:
    """Place maps of one size beside each other, in as few lines as leave their numbers readable.

    The numbers of the `whole` array set the font, so that every part of it is written alike: an
    animation shows other kernels in the same cells.
    """
    rows, columns = size
    room = width - LEFT - RIGHT
    lines = wrapped(named, room - 60)
    y = top + NAME + LINE * (len(lines) - 1) + LABEL

    def cell(across: int) -> float:
        share = (room - (across - 1) * BETWEEN) / (across * columns)
        return even(min(CELL, share, TALLEST / rows))

    few = max(rows, columns) <= numbers.MOST
    texts = [numbers.number(n) for n in whole.ravel().tolist()] if few else []
    across, font = len(arrays), None
    while few and across > 1 and numbers.font(texts, cell(across)) is None:
        across -= 1
    if few:
        font = numbers.font(texts, cell(across))
    if font is None:
        across = min(len(arrays), int((room + BETWEEN) // (LEAST_SHADED + BETWEEN)))
    side = cell(across)
    label = max(numbers.width(text, LABEL_FONT) for text in labels)
    pitch = max(side * columns, label if font else LEAST_SHADED) + BETWEEN
    across = min(across, int((room + BETWEEN) // pitch))
    drop = rows * side + LABEL + (0 if font else LEGEND) + BETWEEN / 2
    grids = [
        Grid(side, rows, columns, LEFT + n % across * pitch, y + n // across * drop)
        for n in range(len(arrays))
    ]
    bottom = grids[-1].y + drop - LABEL + APART
    return Row(
        role,
        lines,
        tuple(labels),
        tuple(subjects),
        tuple(arrays),
        tuple(grids),
        font,
        bottom,
    )
