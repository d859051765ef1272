"""Layers with channels or depth: the maps of the input, of the kernel and of the output in rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from ..layers import Conv, MaxPool
from . import numbers
from .geometry import Grid
from .input_map import input_cells
from .layout import (
    LEFT,
    LEGEND,
    LINE,
    NAME,
    QUESTION,
    RIGHT,
    TITLE,
    TOP,
    even,
    input_steps,
    kernel_steps,
    times,
    wrapped,
)
from .maps import entries, filled, kernel_cells, legend, name, question
from .palette import Role
from .pen import Pen
from .subject import Given, Index, Subject, as_map, drawn_lines, place

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


@dataclass(frozen=True)
class Planes:
    """A picture: its size, and its rows from top to bottom; the output's is hidden by `predict`."""

    width: float
    height: float
    rows: tuple[Row, ...]
    predict: bool
    turned: bool

    def paint(self, pen: Pen) -> None:
        """Draw everything."""
        draw: dict[Role, Callable[[Pen, Subject, Grid, float | None], None]] = {
            "input": input_cells,
            "kernel": kernel_cells,
            "output": _output_cells,
        }
        for row in self.rows:
            top = Grid(1, 1, 1, LEFT, row.grids[0].y - LABEL)
            name(pen, top, row.role, row.named)
            for label, subject, array, grid in zip(
                row.labels, row.subjects, row.arrays, row.grids, strict=True
            ):
                bold = subject.seen and row.role != "kernel"
                at = (grid.x, grid.y - LABEL / 2)
                pen.text(
                    at, label, LABEL_FONT, pen.palette.quiet, bold=bold, align="left", gid="label"
                )
                draw[row.role](pen, subject, grid, row.size)
                if row.size is None:
                    legend(pen, grid, row.role, array)
        if self.predict:
            box = Grid(QUESTION, 1, 1, LEFT, self.height - BETWEEN - QUESTION)
            name(pen, box, "output", ("?",))
            question(pen, box.box)


def planes(shown: Given, predict: bool, width: float) -> Planes:
    """Lay out every map of a layer with channels or depth in a width."""
    base = Subject(
        layer=shown.layer,
        x=shown.x,
        kernel=None,
        output=None if predict else shown.output,
        divisor=None,
        lines=drawn_lines(shown, predict),
        position=place(shown.position),
        turned=shown.turned,
    )
    rows = [_input(shown, base, TOP + TITLE * shown.turned, width)]
    if shown.kernel is not None:
        rows.append(_kernel(shown, base, rows[-1].bottom, width))
    if predict:
        height = rows[-1].bottom + NAME + QUESTION
    else:
        rows.append(_output(shown, base, rows[-1].bottom, width))
        height = rows[-1].bottom
    return Planes(width, height + BETWEEN, tuple(rows), predict, shown.turned)


def _input(shown: Given, base: Subject, top: float, width: float) -> Row:
    layer = shown.layer
    depth = layer.axes[0] if _has_depth(shown) else None
    channels = _seen_channels(shown)
    slices = [cell for _, cell in depth.taps(shown.position[-3])] if depth else []
    subjects = []
    for lead, array in _maps(shown.x, shown):
        subjects.append(
            replace(
                base,
                x=array,
                kernel=None,
                lead=lead,
                seen=(channels is None or lead[0] in channels)
                and (depth is None or lead[-1] in slices),
                reached=base.predict or depth is None or bool(depth.reached(lead[-1])),
            )
        )
    first, *steps = input_steps(base)
    if depth and depth.padded != depth.input:
        steps.append("only slices of the input are drawn")
    labels = [_label(shown, subject.lead) for subject in subjects]
    size = (len(base.lines[0]), len(base.lines[1]))
    arrays = [subject.x for subject in subjects]
    named = [_many(shown, shown.x) + first, *steps]
    return _row("input", named, labels, subjects, arrays, size, top, width)


def _kernel(shown: Given, base: Subject, top: float, width: float) -> Row:
    """The kernels whose sums make the output's map; the others are not drawn."""
    assert shown.kernel is not None
    channels = _seen_channels(shown)
    kernel = shown.kernel
    lead: Index = ()
    first, *steps = kernel_steps(base)
    if channels is not None:
        kernel, lead = kernel[shown.position[0]], shown.position[:1]
        first = f"to output map {shown.position[0]}: {len(channels)} of {first}"
    subjects, labels, arrays = [], [], []
    for index, array in _maps(kernel, shown):
        subjects.append(replace(base, kernel=array, lead=(*lead, *index)))
        arrays.append(array)
        if channels is not None:
            index = (channels[index[0]], *index[1:])
        labels.append(("from " if channels is not None else "") + _label(shown, index))
    spread = [line.axis.effective_kernel for line in base.lines]
    size = (spread[0], spread[1])
    return _row("kernel", [first, *steps], labels, subjects, arrays, size, top, width)


def _output(shown: Given, base: Subject, top: float, width: float) -> Row:
    maps = list(_maps(shown.output, shown))
    here = shown.position[: len(maps[0][0])]
    subjects = [replace(base, output=array, lead=lead, seen=lead == here) for lead, array in maps]
    named = [_many(shown, shown.output) + times(shown.layer.output_size), _told(shown)]
    arrays = [array for _, array in maps]
    labels = [_label(shown, lead) for lead, _ in maps]
    rows, columns = arrays[0].shape
    return _row("output", named, labels, subjects, arrays, (rows, columns), top, width)


def _row(
    role: Role,
    named: list[str],
    labels: list[str],
    subjects: list[Subject],
    arrays: list[Array],
    size: tuple[int, int],
    top: float,
    width: float,
) -> Row:
    """Place maps of one size beside each other, in as few lines as leave their numbers readable."""
    rows, columns = size
    room = width - LEFT - RIGHT
    lines = wrapped(named, room - 60)
    y = top + NAME + LINE * (len(lines) - 1) + LABEL

    def cell(across: int) -> float:
        share = (room - (across - 1) * BETWEEN) / (across * columns)
        return even(min(CELL, share, TALLEST / rows))

    texts = [numbers.number(n) for array in arrays for n in array.ravel().tolist()]
    few = max(rows, columns) <= numbers.MOST
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


def _output_cells(pen: Pen, subject: Subject, grid: Grid, size: float | None) -> None:
    """One map of the output, with the cell that the window makes where it is in this one."""
    colours, out = pen.palette, subject.output
    assert out is not None
    filled(pen, grid, "output", out, size)
    if subject.seen:
        active = grid.part(*subject.position)
        if size is not None:
            pen.box(active, fill=colours.output_mid)
        pen.outline(active, colours.output_line, 2.6, gid="active")
    if size is None:
        return
    for index, value in entries(out):
        bold = subject.seen and index == subject.position
        at, gid = grid.part(*index).middle, f"output{subject.index(*index)}"
        pen.text(at, numbers.number(value), size, colours.ink, bold=bold, gid=gid)


def _told(shown: Given) -> str:
    """What the active output cell is: a sum with a part for each input map, a maximum, a mean."""
    index = ", ".join(map(str, shown.position))
    value = numbers.number(shown.output[shown.position].item())
    told = f"output[{index}] = {value}"
    if not isinstance(shown.layer, Conv) or shown.kernel is None:
        return f"{told}, the {'largest' if isinstance(shown.layer, MaxPool) else 'mean'} it sees"
    channels = _seen_channels(shown)
    if channels is None or not 1 < len(channels) <= 8:
        return told
    alone = replace(shown.layer, groups=1, in_channels=None, out_channels=None)
    parts = [
        alone.apply(shown.x[c], weights)[shown.position[1:]].item()
        for c, weights in zip(channels, shown.kernel[shown.position[0]], strict=True)
    ]
    signed = [f"({text})" if text[0] == "−" else text for text in map(numbers.number, parts)]
    return f"{told} = {' + '.join(signed)}"


def _has_depth(shown: Given) -> bool:
    return len(shown.layer.axes) == 3


def _seen_channels(shown: Given) -> range | None:
    """The input's channels that make the channel of the shown output cell; None without any."""
    if not isinstance(shown.layer, Conv) or shown.kernel is None:
        return None
    if shown.kernel.ndim == len(shown.layer.axes):
        return None
    features, each = shown.kernel.shape[:2]
    group = shown.position[0] * shown.layer.groups // features
    return range(group * each, (group + 1) * each)


def _maps(array: Array, shown: Given) -> Iterator[tuple[Index, Array]]:
    """Every map of an array, with its channel and slice."""
    lead = array.shape[: array.ndim - min(len(shown.layer.axes), 2)]
    for index in product(*map(range, lead)):
        yield index, as_map(array[index])


def _many(shown: Given, array: Array) -> str:
    """How many channels an array has, in words that its sizes follow."""
    if array.ndim == len(shown.layer.axes):
        return ""
    return f"{array.shape[0]} map{'s' * (array.shape[0] > 1)} of "


def _label(shown: Given, lead: Index) -> str:
    """What a map of several is called."""
    names = ("map", "slice") if len(lead) > 1 else ("slice",) if _has_depth(shown) else ("map",)
    return ", ".join(f"{what} {n}" for what, n in zip(names, lead, strict=True))
