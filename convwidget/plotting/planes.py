"""Layers with channels or depth: the maps of the input, of the kernel and of the output in rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from ..layers import Conv
from . import numbers
from .geometry import Grid
from .input_map import input_cells
from .layout import (
    LEFT,
    NAME,
    QUESTION,
    TITLE,
    TOP,
    input_steps,
    kernel_steps,
    times,
)
from .maps import kernel_cells, made, name, output_cells, question
from .palette import Role
from .pen import Pen
from .rows import BETWEEN, Row, laid_row
from .subject import Given, Index, Subject, as_map, drawn_lines, place
from .window import over_input, rings

if TYPE_CHECKING:
    from ..values import Array


@dataclass(frozen=True)
class Planes:
    """A picture: its size, and its rows from top to bottom; the output's is hidden by `predict`."""

    shown: Given
    width: float
    height: float
    rows: tuple[Row, ...]
    predict: bool

    @property
    def title(self) -> str:
        """What stands above it, where a layer is drawn as another one."""
        return self.shown.title

    @property
    def positions(self) -> list[Index]:
        """Every output cell, in reading order."""
        return self.shown.positions()

    def at(self, position: Index | None) -> Planes:
        """The picture with the window of another output cell, or with none yet."""
        if position is None:
            return replace(self, rows=tuple(row.waiting() for row in self.rows))
        there = planes(replace(self.shown, position=position), self.predict, self.width)
        rows = zip(there.rows, self.rows, strict=True)
        # Every map stays where it is, however long the words above it are.
        return replace(there, rows=tuple(replace(row, grids=mine.grids) for row, mine in rows))

    def still(self, pen: Pen) -> None:
        """Draw the maps of the input and the output, but for the window and what it makes."""
        draw: dict[Role, Callable[[Pen, Subject, Grid, float | None], None]] = {
            "input": input_cells,
            "output": output_cells,
        }
        for row in self.rows:
            if row.role == "input":
                row.head(pen)
            if row.role != "kernel":
                row.each(pen, draw[row.role])
        if self.predict:
            box = Grid(QUESTION, 1, 1, LEFT, self.height - BETWEEN - QUESTION)
            name(pen, box.corner, "output", ("?",))
            question(pen, box.box)

    def moving(self, pen: Pen) -> None:
        """Draw the window in every map that it sees, the kernels of the output's, and the sum."""
        shown, passed = self.shown, False
        largest = shown.output[shown.position].item()
        for row in self.rows:
            row.labelled(pen)
            if row.role != "input":
                row.head(pen)
            if row.role == "kernel":
                row.each(pen, kernel_cells)
                continue
            for subject, grid in zip(row.subjects, row.grids, strict=True):
                if row.role == "output":
                    made(pen, subject, grid, row.size)
                elif subject.seen:
                    over_input(pen, subject, grid, row.size, told=False)
                    if row.size is not None:
                        passed = rings(pen, subject, grid, largest, passed=passed)


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
        title=shown.title,
    )
    rows = [_input(shown, base, TOP + TITLE * bool(shown.title), width)]
    if shown.kernel is not None:
        rows.append(_kernel(shown, base, rows[-1].bottom, width))
    if predict:
        height = rows[-1].bottom + NAME + QUESTION
    else:
        rows.append(_output(shown, base, rows[-1].bottom, width))
        height = rows[-1].bottom
    return Planes(shown, width, height + BETWEEN, tuple(rows), predict)


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
    return laid_row("input", named, labels, subjects, arrays, shown.x, size, top, width)


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
    size, named = (spread[0], spread[1]), [first, *steps]
    return laid_row("kernel", named, labels, subjects, arrays, shown.kernel, size, top, width)


def _output(shown: Given, base: Subject, top: float, width: float) -> Row:
    maps = list(_maps(shown.output, shown))
    here = shown.position[: len(maps[0][0])]
    subjects = [replace(base, output=array, lead=lead, seen=lead == here) for lead, array in maps]
    named = [_many(shown, shown.output) + times(shown.layer.output_size), _told(shown)]
    arrays = [array for _, array in maps]
    labels = [_label(shown, lead) for lead, _ in maps]
    rows, columns = arrays[0].shape
    size = (rows, columns)
    return laid_row("output", named, labels, subjects, arrays, shown.output, size, top, width)


def _told(shown: Given) -> str:
    """What the active output cell is: a sum with a part for each input map, a maximum, a mean."""
    index = ", ".join(map(str, shown.position))
    value = numbers.number(shown.output[shown.position].item())
    told = f"output[{index}] = {value}"
    if shown.divisor is not None:
        count = shown.divisor[shown.position].item()
        total = numbers.number(shown.output[shown.position].item() * count)
        return f"{told} = {total} ÷ {count}, the mean of what it sees"
    if not isinstance(shown.layer, Conv) or shown.kernel is None:
        return f"{told}, the largest it sees"
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
