"""The kernel and the output: maps whose every cell holds a number; names, rules and legends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import numbers
from .geometry import Box, Grid, Point
from .layout import FONT, LINE, NAME, Layout
from .palette import Role
from .pen import Pen
from .subject import Subject

if TYPE_CHECKING:
    from ..values import Array

DIVIDED = 30
"""From this size on an average has room for its divisor below it."""
RULED = 8
"""Below this size cells are not ruled off from each other."""


def name(pen: Pen, above: Point, role: Role, lines: tuple[str, ...]) -> None:
    """A map's name in its colour, and its size; `above` is most often the map's corner."""
    x, y = above[0], above[1] - NAME / 2 - LINE * (len(lines) - 1)
    what = pen.text((x, y), role, FONT, pen.palette.line(role), bold=True, align="left")
    pen.after(what, lines[0], FONT, pen.palette.quiet)
    for n, line in enumerate(lines[1:], 1):
        pen.text((x, y + n * LINE), line, FONT, pen.palette.quiet, align="left")


def rules(pen: Pen, grid: Grid, box: Box) -> None:
    """The lines between cells, in the ground's colour, where cells are large enough."""
    if grid.cell < RULED:
        return
    rows, columns = round(box.height / grid.cell), round(box.width / grid.cell)
    ys = [box.y + n * grid.cell for n in range(1, rows)]
    xs = [box.x + n * grid.cell for n in range(1, columns)]
    across = [[(box.x, y), (box.x + box.width, y)] for y in ys]
    down = [[(x, box.y), (x, box.y + box.height)] for x in xs]
    pen.lines([*across, *down], pen.palette.ground, 1.3 if grid.cell > 16 else 0.7)


def legend(pen: Pen, grid: Grid, role: Role, values: Array) -> None:
    """What the shades of a map mean, below it."""
    scale(pen, (grid.x, grid.y + grid.height + 18), grid.width, role, values)


def scale(pen: Pen, at: Point, width: float, role: Role, values: Array) -> None:
    """A bar of shades from a map's smallest number to its largest, to the right of a point."""
    least, most = (numbers.number(end) for end in numbers.extent(values))
    (x, y), quiet = at, pen.palette.quiet
    if least == most:
        pen.text(at, f"all {least}", 11, quiet, align="left")
        return
    ends = [numbers.width(end, 11) + 6 for end in (least, most)]
    bar = Box(x + ends[0], y - 5, min(110, max(36, width - sum(ends))), 10)
    pen.text(at, least, 11, quiet, align="left", gid="least")
    ramp = numbers.ramp(*pen.palette.shades(role))
    pen.image(bar, ramp, gid=f"{role} legend")
    pen.box(bar, line=pen.palette.line(role), width=1)
    right = (bar.x + bar.width + 6, y)
    pen.text(right, most, 11, quiet, align="left", gid="most")


def kernel(pen: Pen, subject: Subject, layout: Layout) -> None:
    """The kernel, with its name."""
    grid, weights = layout.kernel, subject.kernel
    if grid is None or weights is None:
        return
    name(pen, grid.corner, "kernel", layout.kernel_name)
    size = numbers.map_font(weights, grid.cell)
    kernel_cells(pen, subject, grid, size)
    if size is None:
        legend(pen, grid, "kernel", weights)


def kernel_cells(pen: Pen, subject: Subject, grid: Grid, size: float | None) -> None:
    """The kernel's weights, with the gaps that dilation leaves between them."""
    weights, colours = subject.kernel, pen.palette
    if weights is None:
        return
    steps = [line.axis.dilation for line in subject.lines]
    if max(steps) == 1:
        filled(pen, grid, "kernel", weights, size)
    else:
        pen.box(grid.box, line=colours.kernel_line, width=1, dashed=True)
        cells = [(r, c) for r in range(grid.rows) for c in range(grid.columns)]
        for r, c in cells:
            if r % steps[0] or c % steps[1]:
                dot = grid.part(r + 0.46, c + 0.46, 0.08, 0.08)
                pen.box(dot, fill=colours.kernel_line, gid="gap")
            else:
                fill = colours.kernel
                if size is None:
                    here = numbers.shaded(weights, *colours.shades("kernel"))
                    fill = "#" + bytes(here[r // steps[0], c // steps[1]].tolist()).hex()
                pen.box(grid.part(r, c).grown(-0.5), fill=fill, line=colours.kernel_line, width=1.2)
    if size is None:
        return
    for index, weight in entries(weights):
        r, c = (n * step for n, step in zip(index, steps, strict=True))
        text = numbers.number(weight)
        gid = f"kernel{subject.index(*index)}"
        pen.text(grid.part(r, c).middle, text, size, colours.ink, gid=gid)


def output(pen: Pen, subject: Subject, layout: Layout) -> None:
    """The output without the cell that the window makes; or a question in its place."""
    grid, out = layout.output, subject.output
    # The active cell of a narrow strip stands out beyond it, and its number with it.
    lift = 8 if subject.one_dimension and grid.cell < 18 else 0
    name(pen, (grid.x, grid.y - lift), "output", (layout.output_name,))
    if out is None:
        question(pen, grid.box)
        return
    size = numbers.map_font(out, grid.cell)
    output_cells(pen, subject, grid, size)
    if size is None:
        legend(pen, grid, "output", out)


def output_cells(pen: Pen, subject: Subject, grid: Grid, size: float | None) -> None:
    """The cells of the output that the window does not make."""
    assert subject.output is not None
    filled(pen, grid, "output", subject.output, size)
    if size is not None:
        for index, _ in entries(subject.output):
            if index != subject.active:
                _cell(pen, subject, grid, index, size, bold=False)


def made(pen: Pen, subject: Subject, grid: Grid, size: float | None) -> None:
    """The output cell that the window makes; without numbers in the cells it is on a flag."""
    if subject.active is None or subject.output is None:
        return
    colours, active = pen.palette, grid.part(*subject.active)
    if size is not None:
        pen.box(active, fill=colours.output_mid)
    room = 5 if grid.cell < 12 else 0
    pen.outline(active.grown(room), colours.output_line, 2.6, gid="active")
    if size is None:
        _told(pen, subject, grid, subject.output)
    else:
        _cell(pen, subject, grid, subject.active, size, bold=True)


def _cell(
    pen: Pen, subject: Subject, grid: Grid, index: tuple[int, int], size: float, *, bold: bool
) -> None:
    """The number of an output cell, above its divisor where it has one and there is room."""
    assert subject.output is not None
    x, y = grid.part(*index).middle
    divided = subject.divisor is not None and grid.cell >= DIVIDED
    at, text = (x, y - 6 * divided), numbers.number(subject.output[index].item())
    pen.text(at, text, size, pen.palette.ink, bold=bold, gid=f"output{subject.index(*index)}")
    if subject.divisor is not None and divided:
        count, gid = f"÷ {subject.divisor[index]}", f"divisor{subject.index(*index)}"
        pen.text((x, y + 9), count, 9.5, pen.palette.ink, gid=gid)


def question(pen: Pen, box: Box) -> None:
    """What hides an output that is to be predicted."""
    line = pen.palette.output_line
    pen.box(box, line=line, width=1.6, dashed=True, radius=4, gid="question")
    pen.text(box.middle, "?", 30, line)


def _told(pen: Pen, subject: Subject, grid: Grid, out: Array) -> None:
    """The active number on a flag beside its cell, where the map has no numbers."""
    text = numbers.number(out[subject.position].item())
    width = numbers.width(text, 12.5) + 10
    active = grid.part(*subject.position).grown(9)
    right = active.x + active.width
    fits = right + width <= grid.x + grid.width or active.x - width < grid.x
    x = right if fits else active.x - width
    flag = Box(x, active.middle[1] - 9, width, 18)
    colours = pen.palette
    pen.box(flag, fill=colours.output, line=colours.output_line, width=1, radius=3)
    gid = f"output{subject.index(*subject.position)}"
    pen.text(flag.middle, text, 12.5, colours.ink, bold=True, gid=gid)


def filled(pen: Pen, grid: Grid, role: Role, values: Array, size: float | None) -> None:
    """The cells of a map, in its colour or in shades."""
    if size is None:
        pen.image(grid.box, numbers.shaded(values, *pen.palette.shades(role)), gid=role)
    else:
        pen.box(grid.box, fill=pen.palette.fill(role))
    rules(pen, grid, grid.box)
    pen.box(grid.box, line=pen.palette.line(role), width=1.6, radius=1, gid=f"{role} edge")


def entries(values: Array) -> list[tuple[tuple[int, int], float]]:
    """Every number of a map, with its row and column."""
    rows, columns = values.shape
    return [((r, c), values[r, c].item()) for r in range(rows) for c in range(columns)]
