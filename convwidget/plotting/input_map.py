"""The padded input: its cells, what padding adds and crops, and what no window uses."""

from __future__ import annotations

from . import numbers
from .geometry import Box, Grid
from .layout import FONT, NOTE, TICKS, Layout
from .maps import RULED, legend, name, rules
from .palette import mixed, rgb
from .pen import Pen
from .subject import Place, Subject
from .window import crossed


def padded_input(pen: Pen, subject: Subject, layout: Layout) -> None:
    """The input with everything round it, but for the window."""
    grid = layout.input
    lift = 0 if subject.predict else TICKS
    name(pen, (grid.x, grid.y - lift), "input", layout.input_name)
    size = numbers.map_font(subject.x, grid.cell)
    input_cells(pen, subject, grid, size)
    if size is None:
        legend(pen, grid, "input", subject.x)
    if not subject.predict:
        _starts(pen, subject, grid)
        _note(pen, subject, layout)


def input_cells(pen: Pen, subject: Subject, grid: Grid, size: float | None) -> None:
    """The cells of the padded input; `size` is the font, None for shades."""
    if size is None:
        _shades(pen, subject, grid)
    else:
        _fills(pen, subject, grid)
    inside = _inside(subject, grid)
    rules(pen, grid, inside)
    _dashes(pen, subject, grid, inside)
    _hatch(pen, subject, grid)
    for place in subject.beyond():
        crossed(pen, grid.part(*place), strong=False)
    pen.box(inside, line=pen.palette.input_line, width=1.6, radius=1, gid="input edge")
    if size is not None:
        _numbers(pen, subject, grid, size)


def _span(kinds: tuple[str, ...]) -> tuple[int, int]:
    """Where the input begins among some positions, and how many of them it takes."""
    at = [n for n, kind in enumerate(kinds) if kind in ("input", "inserted")]
    return (at[0], len(at)) if at else (0, 0)


def _inside(subject: Subject, grid: Grid) -> Box:
    """The rectangle of the input, as far as it is not cropped."""
    (row, rows), (column, columns) = (_span(line.kinds) for line in subject.lines)
    return grid.part(row, column, rows, columns)


def _fills(pen: Pen, subject: Subject, grid: Grid) -> None:
    """The colours of cells that carry numbers: what is no input is paler, or clear."""
    colours = pen.palette
    inserted = mixed(colours.input, colours.ground, 0.5)
    for place in subject.places():
        kind, box = subject.kind(*place), grid.part(*place)
        if kind == "input":
            pen.box(box, fill=colours.input)
        elif kind in ("inserted", "cropped"):
            pen.box(box, fill=inserted)


def _shades(pen: Pen, subject: Subject, grid: Grid) -> None:
    """The input as an image, clear where padding is."""
    import numpy as np

    colours = pen.palette
    shades = numbers.shaded(subject.x, *colours.shades("input"))
    image = np.zeros((grid.rows, grid.columns, 4), dtype=np.uint8)
    whole = [
        [n for n, kind in enumerate(line.kinds) if kind != "padding"] for line in subject.lines
    ]
    if max(line.axis.stretch for line in subject.lines) > 1:
        image[np.ix_(*whole)] = (*rgb(mixed(colours.input, colours.ground, 0.5)), 255)
    at = [[n for n, cell in enumerate(line.cells) if cell is not None] for line in subject.lines]
    cells = [[cell for cell in line.cells if cell is not None] for line in subject.lines]
    image[np.ix_(*at)] = np.dstack([shades, np.full(shades.shape[:2], 255)])[np.ix_(*cells)]
    pen.image(grid.box, image, gid="input")


def _dashes(pen: Pen, subject: Subject, grid: Grid, inside: Box) -> None:
    """Dashed outlines: of padding, of inserted zeros and of what is cropped."""
    colours = pen.palette
    line = [line.axis.padded for line in subject.lines]
    if grid.cell < RULED:
        first = [-line.first for line in subject.lines]
        pen.box(grid.part(*first, *line), line=colours.padding, width=1, dashed=True)
        return
    pale = mixed(colours.input_line, colours.ground, 0.45)
    edges: dict[str, set[tuple[Place, Place]]] = {"padding": set(), "blue": set()}
    solid: set[tuple[Place, Place]] = set()
    stretched = any(line.axis.stretch > 1 for line in subject.lines)
    for r, c in subject.places():
        kind = subject.kind(r, c)
        around = {
            ((r, c), (r, c + 1)),
            ((r + 1, c), (r + 1, c + 1)),
            ((r, c), (r + 1, c)),
            ((r, c + 1), (r + 1, c + 1)),
        }
        if kind == "padding":
            edges["padding"] |= around
        elif kind in ("inserted", "cropped"):
            edges["blue"] |= around
        elif kind == "input" and stretched:
            solid |= around

    def drawn(parts: set[tuple[Place, Place]]) -> list[list[tuple[float, float]]]:
        return [[grid.part(r, c)[:2] for r, c in ends] for ends in sorted(parts)]

    pen.lines(drawn(edges["padding"] - edges["blue"] - solid), colours.padding, 1, dashed=True)
    pen.lines(drawn(edges["blue"] - solid), pale, 1, dashed=True)
    pen.lines(drawn(solid), colours.input_line, 1.3)


def _hatch(pen: Pen, subject: Subject, grid: Grid) -> None:
    """Hatches over what no window uses: a cell each, or whole bands where cells are small."""
    if grid.cell >= RULED:
        for place in subject.unused():
            kind = "padding" if subject.kind(*place) == "padding" else "input"
            pen.hatch(grid.part(*place), gid=f"unused {kind}")
        return
    if not subject.reached:
        pen.hatch(grid.box, gid="unused map")
        return
    for row, rows in _runs(subject.lines[0].used):
        pen.hatch(grid.part(row, 0, rows, grid.columns), gid="unused band")
    for column, columns in _runs(subject.lines[1].used):
        pen.hatch(grid.part(0, column, grid.rows, columns), gid="unused band")


def _runs(used: tuple[bool, ...]) -> list[tuple[int, int]]:
    """The first and the number of every run of positions that are not used."""
    runs: list[tuple[int, int]] = []
    for n, is_used in enumerate(used):
        if is_used:
            continue
        if runs and sum(runs[-1]) == n:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((n, 1))
    return runs


def _numbers(pen: Pen, subject: Subject, grid: Grid, size: float) -> None:
    """The numbers outside the window, which writes its own."""
    colours = pen.palette
    taken = {place for _, place in subject.taps()}
    for place in subject.places():
        value = subject.value(*place)
        if value is None or place in taken:
            continue
        kind, cell = subject.kind(*place), subject.cell(*place)
        used = subject.used(*place)
        real = kind == "input"
        pen.text(
            grid.part(*place).middle,
            numbers.number(value),
            size if real else max(0.82 * size, 8),
            colours.ink if real else colours.quiet,
            halo=None if used else colours.input if real else colours.ground,
            gid=f"input{subject.index(*cell)}" if real and cell else kind,
        )


def _starts(pen: Pen, subject: Subject, grid: Grid) -> None:
    """The windows' starts, numbered along the axes: there are as many as output cells."""
    colours = pen.palette
    rows, columns = subject.lines
    end = 0.0
    for n, place in _thinned(subject, 1, grid.cell):
        x = grid.x + (place + 0.5) * grid.cell
        pen.lines([[(x, grid.y - 8), (x, grid.y - 2)]], colours.output_line, 1.2)
        end = max(end, x + _pill_width(n) / 2)
        if subject.active is None or n != subject.active[1]:
            _pill(pen, subject, grid, 1, n, active=False)
    count, down = columns.axis.output, rows.axis.output
    told = f"{count} start{'s' * (count > 1)}"
    if not subject.one_dimension:
        for n, place in _thinned(subject, 0, grid.cell):
            y = grid.y + (place + 0.5) * grid.cell
            pen.lines([[(grid.x - 9, y), (grid.x - 2, y)]], colours.output_line, 1.2)
            if subject.active is None or n != subject.active[0]:
                _pill(pen, subject, grid, 0, n, active=False)
        if down != count:
            told += f" across, {down} down"
    at = (end + 9, grid.y - 15)
    pen.text(at, f"{told} = o", 11, colours.output_line, align="left", gid="count")


def start_here(pen: Pen, subject: Subject, layout: Layout) -> None:
    """The numbers of the active window's start."""
    if subject.active is not None:
        _pill(pen, subject, layout.input, 1, subject.active[1], active=True)
        if not subject.one_dimension:
            _pill(pen, subject, layout.input, 0, subject.active[0], active=True)


def _thinned(subject: Subject, which: int, cell: float) -> list[tuple[int, int]]:
    """The starts that have room for their number: the active one, the last, and round ones."""
    line = subject.lines[which]
    last = line.axis.output - 1
    room = (_pill_width(last) + 4 if which else 19) / (line.axis.stride * cell)
    step = next(n for n in (1, 2, 5, 10, 20, 25, 50, 100, 200, 500) if n >= min(room, 500))
    kept = set() if subject.active is None else {subject.active[which]}
    for n in [last, *range(0, last, step)]:
        if all(abs(n - other) >= room for other in kept):
            kept.add(n)
    return [(n, line.start(n)) for n in sorted(kept)]


def _pill_width(n: int) -> float:
    return max(19, numbers.width(str(n), 10) + 10)


def _pill(pen: Pen, subject: Subject, grid: Grid, which: int, n: int, *, active: bool) -> None:
    """One start's number on a pill: above its column, or left of its row."""
    colours = pen.palette
    width = _pill_width(n)
    place = (subject.lines[which].start(n) + 0.5) * grid.cell
    x, y = (grid.x + place, grid.y - 15) if which else (grid.x - 9 - width / 2, grid.y + place)
    pen.box(
        Box(x - width / 2, y - 7.5, width, 15),
        fill=colours.output_mid if active else colours.output,
        line=colours.output_line,
        width=1.8 if active else 1,
        radius=7.4,
    )
    pen.text((x, y), str(n), 10, colours.ink, bold=active, gid="start")


def _note(pen: Pen, subject: Subject, layout: Layout) -> None:
    """What is hatched, in words."""
    counts = subject.unused_counts()
    real = counts.pop("input", 0) + counts.pop("cropped", 0)
    parts = [f"{real} input cell{'s' * (real > 1)}"] if real else []
    if padding := counts.pop("padding", 0):
        parts.append(f"{padding} of padding" if real else f"{padding} cells of padding")
    if inserted := counts.pop("inserted", 0):
        parts.append(f"{inserted} inserted zeros")
    if parts:
        *most, last = parts
        text = f"Hatched: {', '.join(most)}{' and ' if most else ''}{last} reach no output."
        at = (layout.input.x, layout.height - NOTE / 2 - 6)
        pen.text(at, text, FONT - 1, pen.palette.quiet, align="left", gid="note")
