"""The stacked style, the guide's own drawing: the output floats above the input, seen aslant."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from . import numbers
from .geometry import ACROSS, DOWN, Grid, Point, Tilt, entry, hull
from .input_map import input_cells
from .layout import (
    FONT,
    LEFT,
    LEGEND,
    LINE,
    NAME,
    TITLE,
    TOP,
    even,
    input_steps,
    kernel_steps,
    times,
)
from .maps import kernel_cells, legend, made, name, output_cells, scale
from .palette import Role, mixed
from .pen import Pen
from .subject import Given, Index, Subject, one_map
from .window import over_input, window_box

if TYPE_CHECKING:
    from ..values import Array

BIGGEST, HIGHEST = 42, 600
"""The most that a cell, and all planes together, are high."""
SMALLEST = 0.2
"""The least that a cell is high: as many as can be drawn fit then, if not all of the words."""
MARGIN = 14
KERNEL_CELL = 28
APART = 16
"""Between the kernel, which lies flat, and the planes."""
SCALE = 190
"""The width of a shaded plane's legend."""
HIDDEN = 2
"""The cells in a row of the plane that hides an output: as many for every output."""


@dataclass(frozen=True)
class Stacked:
    """A picture: its size, its maps, and where the planes of the input and the output stand."""

    subject: Subject
    positions: list[Index]
    width: float
    height: float
    input: Grid
    output: Grid
    kernel: Grid | None
    low: Tilt
    high: Tilt
    named: dict[Role, tuple[Point, tuple[str, ...]]]

    @property
    def title(self) -> str:
        """What stands above it, where a layer is drawn as another one."""
        return self.subject.title

    def at(self, position: Index | None) -> Stacked:
        """The picture with the window of another output cell, or with none yet."""
        return replace(self, subject=self.subject.at(position))

    def still(self, pen: Pen) -> None:
        """Draw all but the window and what it makes."""
        subject = self.subject
        for role, (place, lines) in self.named.items():
            name(pen, place, role, lines)
        if self.kernel is not None and subject.kernel is not None:
            size = numbers.map_font(subject.kernel, self.kernel.cell)
            kernel_cells(pen, subject, self.kernel, size)
            if size is None:
                legend(pen, self.kernel, "kernel", subject.kernel)
        size = stacked_font(subject.x, self.input.cell)
        input_cells(pen.laid(self.low), subject, self.input, size)
        if size is None:
            x, y = self.named["input"][0]
            scale(pen, (x, y + 13), SCALE, "input", subject.x)
        high = pen.laid(self.high)
        if subject.output is None:
            line, box = pen.palette.output_line, self.output.box
            high.box(box, line=line, width=1.6, dashed=True, gid="question")
            pen.text(self.high.at(box.middle), "?", 30, line)
            return
        size = stacked_font(subject.output, self.output.cell)
        output_cells(high, subject, self.output, size)
        if size is None:
            x, y = self.named["output"][0]
            scale(pen, (x, y + 6), SCALE, "output", subject.output)

    def moving(self, pen: Pen) -> None:
        """Draw the window, what it makes, and what stands between the two."""
        subject, colours = self.subject, pen.palette
        shade = mixed(colours.ground, colours.kernel_mid, 0.3)
        size = stacked_font(subject.x, self.input.cell)
        over_input(pen.laid(self.low), subject, self.input, size, told=True, shade=shade)
        if subject.active is None or subject.output is None:
            return
        # The output hides what is behind it, but lets the lines shine through.
        beams = self.beams()
        body = hull([*(start for start, _, _ in beams), *(enters for _, enters, _ in beams)])
        behind = self.high.outline(self.output.box)
        pen.shape(body, colours.kernel_mid, opacity=0.12, behind=behind, gid="beam")
        line = colours.kernel_line
        before = [[start, enters] for start, enters, _ in beams]
        pen.lines(before, line, 1.3, gid="line")
        size = stacked_font(subject.output, self.output.cell)
        made(pen.laid(self.high), subject, self.output, size)
        after = [[enters, end] for _, enters, end in beams]
        pen.lines(after, line, 1.3, opacity=0.4, gid="line behind")

    def beams(self) -> list[tuple[Point, Point, Point]]:
        """The window's corners, the output cell's, and where the line between meets the output."""
        row, column = self.subject.position
        starts = self.low.outline(window_box(self.subject, self.input))
        ends = self.output.part(row, column).corners
        found = []
        for start, end in zip(starts, ends, strict=True):
            enters = entry(self.high.under(start), end, self.output.box)
            found.append((start, self.high.at(enters), self.high.at(end)))
        return found


def stacked(shown: Given, predict: bool, width: float) -> Stacked:
    """Lay out a layer whose arrays are a map each, with cells as large as fit in a width."""
    subject, positions = one_map(shown, predict), shown.positions()
    cell = even(BIGGEST)
    picture = _placed(subject, positions, cell)
    while (picture.width > width or _reach(picture) > HIGHEST) and cell > SMALLEST:
        cell = even(0.96 * cell)
        picture = _placed(subject, positions, cell)
    return picture


def _reach(picture: Stacked) -> float:
    """How high the planes are together."""
    ends = [picture.low.outline(picture.input.box), picture.high.outline(picture.output.box)]
    heights = [y for outline in ends for _, y in outline]
    return max(heights) - min(heights)


def _placed(subject: Subject, positions: list[Index], cell: float) -> Stacked:
    """Place everything for a size of cells."""
    rows, columns = map(len, subject.lines)
    made = (HIDDEN, HIDDEN) if subject.output is None else subject.output.shape
    low, high = Grid(cell, rows, columns), Grid(cell, *made)
    head = TOP + TITLE * bool(subject.title)
    plain = subject.output is None or stacked_font(subject.output, cell) is not None
    lift = _lift((rows, columns), made) * cell

    # The planes share a middle; the output stands so far above it.
    planes = [Tilt(0, 0), Tilt(0, 0)]
    for n, (grid, up) in enumerate(((low, 0.0), (high, lift))):
        x, y = Tilt(0, 0).at(grid.box.middle)
        planes[n] = Tilt(-x, -y - up)
    low_ends, high_ends = (
        plane.outline(grid.box) for plane, grid in zip(planes, (low, high), strict=True)
    )

    kernel, kernel_name = None, wrapped_kernel(subject)
    top_name = NAME + (0 if plain else LEGEND)
    # A long input may reach up beyond an output that strides make short.
    top = min(min(y for _, y in high_ends) - top_name, min(y for _, y in low_ends))
    places: dict[Role, tuple[Point, tuple[str, ...]]] = {}
    left = min(x for x, _ in low_ends + high_ends)
    right = max(x for x, _ in low_ends + high_ends)
    if subject.kernel is not None:
        spread = [line.axis.effective_kernel for line in subject.lines]
        side = even(min(KERNEL_CELL, 120 / max(spread)))
        kernel = Grid(side, spread[0], spread[1])
        y = top + NAME + LINE * (len(kernel_name) - 1)
        wide = max(kernel.width, *(numbers.width(text, FONT) * 0.85 for text in kernel_name))
        wide = max(wide, numbers.width("kernel" + kernel_name[0], FONT) * 0.9)
        edge = _left_of([low_ends, high_ends], y + kernel.height + APART)
        kernel = kernel.at(edge - APART - wide, y)
        places["kernel"] = (kernel.corner, kernel_name)
        left = min(left, kernel.x)

    output_name = times("?" if subject.predict else o for o in subject.layer.output_size)
    x, y = min(high_ends, key=lambda end: end[1])
    output_wide = max(numbers.width("output " + output_name, FONT), 0 if plain else SCALE)
    at = max(min(x - 20, right - output_wide), left if kernel is None else kernel.x + 130)
    places["output"] = ((at, y - (0 if plain else LEGEND)), (output_name,))

    # Under the input's lower left edge, as far up as the words are clear of it.
    steps = input_steps(subject)
    lines = tuple(step + "," * (n < len(steps) - 1) for n, step in enumerate(steps))
    letters = max(len(lines[0]) + 6, *map(len, lines))
    corner = planes[0].at((0, low.height))
    start = planes[0].at((0, 0))
    slope = DOWN[1] / DOWN[0]
    shaded = stacked_font(subject.x, cell) is None
    wide = max(0.55 * FONT * letters, SCALE * shaded)
    y = min(corner[1], start[1] + wide * slope) + 8
    foot = (start[0], y + NAME + LINE * (len(lines) - 1))
    places["input"] = (foot, lines)
    bottom = max(foot[1] + LEGEND * shaded, *(y for _, y in low_ends))
    right = max(right, at + output_wide, foot[0] + wide)
    if subject.title:
        right = max(right, left - MARGIN + LEFT + numbers.width(subject.title, FONT))

    def shifted(x: float, y: float) -> Point:
        return x - left + MARGIN, y - top + head

    return Stacked(
        subject=subject,
        positions=positions,
        width=right - left + 2 * MARGIN,
        height=bottom - top + head + MARGIN,
        input=low,
        output=high,
        kernel=kernel and kernel.at(*shifted(*kernel.corner)),
        low=Tilt(*shifted(*planes[0])),
        high=Tilt(*shifted(*planes[1])),
        named={role: (shifted(*place), lines) for role, (place, lines) in places.items()},
    )


def _lift(under: tuple[int, int], over: tuple[int, ...]) -> float:
    """How far above the input the output covers nothing of it, in cells."""
    rows, columns = (low + high for low, high in zip(under, over, strict=True))
    apart = min(rows / ACROSS[0], columns / DOWN[0]) / 2
    return max(2.5, apart * (ACROSS[0] * DOWN[1] - ACROSS[1] * DOWN[0])) * 1.06 + 0.5


def _left_of(outlines: list[list[Point]], height: float) -> float:
    """How far right something may reach that ends at a height, without touching the planes."""
    reach = []
    for outline in outlines:
        (left, side), (top, upper) = outline[0], outline[1]
        if height >= side:
            reach.append(left)
        elif height > upper:
            reach.append(left + (side - height) * (top - left) / (side - upper))
        else:
            reach.append(top)
    return min(reach)


def wrapped_kernel(subject: Subject) -> tuple[str, ...]:
    """The kernel's sizes, a step a line."""
    steps = kernel_steps(subject)
    return tuple(step + "," * (n < len(steps) - 1) for n, step in enumerate(steps))


def stacked_font(values: Array, cell: float) -> float | None:
    """The font of a plane's numbers, which are seen aslant; None where it must be shaded."""
    size = numbers.map_font(values, cell)
    return None if size is None or cell < 18 else min(size, 0.42 * cell)
