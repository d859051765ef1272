"""The window: the cells that it uses, its weights, and the cell that wins a max pool."""

from __future__ import annotations

from . import numbers
from .geometry import Box, Grid
from .layout import ENLARGED, FONT, NAME, Layout
from .palette import mixed
from .pen import Pen
from .subject import Place, Subject

TAB_FONT = 7.5
"""The smallest font of a weight in the window."""


def over_input(
    pen: Pen,
    subject: Subject,
    grid: Grid,
    size: float | None,
    *,
    told: bool,
    shade: str | None = None,
) -> None:
    """The window in its place; `size` is the font of the input, None where it is shaded.

    Weights and winners are `told` where no larger window tells them. `shade` is the colour of
    padding under the window; else the ground's.
    """
    if size is not None:
        for weight, place in subject.taps():
            _tap(pen, subject, grid.part(*place), weight, place, size, told=told, shade=shade)
        if told:
            rings(pen, subject, grid)
    here = window_box(subject, grid)
    room = max(0, 4 - min(here.width, here.height) / 2)
    pen.outline(here.grown(room), pen.palette.kernel_line, 3 if grid.cell > 10 else 2, "window")


def window_box(subject: Subject, grid: Grid) -> Box:
    """The rectangle that the window takes."""
    starts = [line.start(n) for line, n in zip(subject.lines, subject.position, strict=True)]
    spread = [line.axis.effective_kernel for line in subject.lines]
    return grid.part(*starts, *spread)


def enlarged(pen: Pen, subject: Subject, layout: Layout) -> None:
    """The cells that the window uses, large enough for their numbers and weights."""
    grid, colours = layout.window, pen.palette
    if grid is None:
        return
    y = grid.y - NAME / 2
    what = pen.text((grid.x, y), "window", FONT, colours.kernel_line, bold=True, align="left")
    pen.after(what, "enlarged", FONT - 2, colours.quiet)
    texts = [_number(subject, place) for _, place in subject.taps()]
    size = numbers.font(texts, grid.cell, 13) or numbers.SMALLEST - 2
    boxes = {}
    for weight, place in subject.taps():
        boxes[place] = grid.part(*weight)
        _tap(pen, subject, boxes[place], weight, place, size, told=True)
    for box in boxes.values():
        pen.box(box, line=colours.ground, width=1)
    _ringed(pen, subject, boxes, subject.winners(), False)
    pen.outline(grid.box, colours.kernel_line, 2.4, gid="enlarged window")


def crossed(pen: Pen, box: Box, *, strong: bool) -> None:
    """A cell that is not there: a window that hangs over finds nothing in it."""
    colours = pen.palette
    colour, inner = (colours.quiet if strong else colours.rule), box.grown(-box.width * 0.12)
    pen.box(inner, fill=colours.ground, line=colour, width=1, radius=1, gid="beyond")
    x, y, width, height = inner.grown(-box.width * 0.14)
    pen.lines([[(x, y), (x + width, y + height)], [(x, y + height), (x + width, y)]], colour, 1)


def _tap(
    pen: Pen,
    subject: Subject,
    box: Box,
    weight: Place,
    place: Place,
    size: float,
    *,
    told: bool,
    shade: str | None = None,
) -> None:
    """One cell under the window, with its weight where it is `told`."""
    colours, kind = pen.palette, subject.kind(*place)
    if kind == "beyond":
        crossed(pen, box, strong=True)
        return
    fills = {
        "input": colours.input_mid,
        "inserted": mixed(colours.input, colours.ground, 0.5),
    }
    inner = box.grown(-0.7)
    pen.box(inner, fill=fills.get(str(kind), shade or colours.ground))
    x, y = box.middle
    weights = subject.kernel if told and _has_tabs(subject, box.width) else None
    if weights is not None:
        wide = numbers.width(_number(subject, place), 1)
        size = min(size, 0.36 * box.width, (box.width - 4) / max(wide, 1))
        x = max(x - 0.13 * box.width, box.x + 2 + wide * size / 2)
        y -= 0.14 * box.width
    ink = colours.ink if kind == "input" else colours.quiet
    if text := _number(subject, place):
        pen.text((x, y), text, size, ink, bold=kind == "input", gid="tap")
    if weights is None:
        return
    text = numbers.number(weights[weight].item())
    font = max(TAB_FONT, min(0.23 * box.width, (box.width - 14) / (numbers.GLYPH * len(text))))
    width = max(0.37 * box.width, numbers.width(text, font) + 4)
    height = font + 5
    tab = Box(inner.x + inner.width - width - 2, inner.y + inner.height - height - 2, width, height)
    pen.box(tab, fill=colours.kernel, line=colours.kernel_line, width=0.9, radius=2.5)
    gid = f"weight{subject.index(*weight)}"
    pen.text(tab.middle, text, font, colours.kernel_ink, bold=True, gid=gid)


def _has_tabs(subject: Subject, cell: float) -> bool:
    """Whether a cell has room for the widest weight, beside and below its own number."""
    if subject.kernel is None or cell < ENLARGED:
        return False
    longest = max(len(numbers.number(weight)) for weight in subject.kernel.ravel().tolist())
    return numbers.GLYPH * TAB_FONT * longest + 4 <= cell - 10


def _number(subject: Subject, place: Place) -> str:
    value = subject.value(*place)
    return "" if value is None else numbers.number(value)


def rings(
    pen: Pen,
    subject: Subject,
    grid: Grid,
    largest: float | None = None,
    *,
    passed: bool = False,
) -> bool:
    """Ring the winners of a max pool; returns whether one has passed on the maximum by now."""
    won = subject.winners(largest)
    _ringed(pen, subject, {place: grid.part(*place) for _, place in won}, won, passed)
    return passed or bool(won)


def _ringed(
    pen: Pen,
    subject: Subject,
    boxes: dict[Place, Box],
    won: list[tuple[Place, Place]],
    passed: bool,
) -> None:
    """A full ring round the cell that passes a max pool on, dashed ones round its equals."""
    for n, (_, place) in enumerate(won):
        equal = passed or n > 0
        gid = f"{'equal' if equal else 'winner'}{subject.index(*place)}"
        pen.ring(boxes[place].middle, 0.38 * boxes[place].width, dashed=equal, gid=gid)
