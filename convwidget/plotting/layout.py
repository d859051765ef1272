"""Where everything stands in a picture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .geometry import Grid
from .numbers import map_font
from .numbers import width as text_width
from .subject import Subject

BIGGEST = 40
"""The size of a cell where there is room."""
ENLARGED = 26
"""Below this size a cell has no room for a weight beside its number."""
MIDDLE = 108
"""The width of the kernel's column where cells are small."""
QUESTION = 112
"""The side of the box that hides an output, which must not tell the output's size."""
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 12, 16
GAP, NARROW = 64, 44
"""Between the maps, and where cells are small."""
TITLE, NAME, LINE, TICKS, LEGEND, NOTE = 28, 22, 17, 28, 30, 28
FONT = 12.5


@dataclass(frozen=True)
class Layout:
    """The picture's size, its maps and what is written beside their names, line by line.

    `window` is the enlarged one, None where the input's cells are large enough.
    """

    width: float
    height: float
    input: Grid
    window: Grid | None
    kernel: Grid | None
    output: Grid
    gap: float
    input_name: tuple[str, ...]
    kernel_name: tuple[str, ...]
    output_name: str


def layout(subject: Subject, width: float) -> Layout:
    """Fit a subject into a width, with cells as large as they can be."""
    input, window, kernel, output = _grids(subject, width)
    input_name = wrapped(input_steps(subject), max(input.width + GAP, 300))
    kernel_name = wrapped(kernel_steps(subject), (kernel.width if kernel else 0) + GAP - 20)
    output_name = times("?" if subject.predict else o for o in subject.layer.output_size)

    # The maps share a centre line: how far each reaches above it, and below.
    kernel_head = NAME + LINE * (len(kernel_name) - 1)
    above = [
        input.height / 2 + TICKS * (not subject.predict) + NAME + LINE * (len(input_name) - 1),
        output.height / 2 + NAME,
    ]
    if kernel and not window:
        above.append(kernel.height / 2 + kernel_head)
    centre = TOP + TITLE * bool(subject.title) + max(above)

    gap = NARROW if input.cell < ENLARGED else GAP
    x = float(LEFT)
    input = input.at(x, centre - input.height / 2)
    x += input.width + gap
    column = max((grid.width for grid in (window, kernel) if grid), default=0)
    if window:
        stack = NAME + window.height
        if kernel:
            stack += LINE + kernel_head + kernel.height
        y = max(centre - stack / 2, input.y)
        window = window.at(x + (column - window.width) / 2, y + NAME)
        if kernel:
            y += stack - kernel.height
            kernel = kernel.at(x + (column - kernel.width) / 2, y)
    elif kernel:
        kernel = kernel.at(x, centre - kernel.height / 2)
    if column:
        x += column + gap
    output = output.at(x, centre - output.height / 2)
    maps = {input: subject.x, kernel: subject.kernel, output: subject.output}
    bottom = max(
        grid.y
        + grid.height
        + LEGEND * (numbers is not None and map_font(numbers, grid.cell) is None)
        for grid, numbers in maps.items()
        if grid
    )
    if window:
        bottom = max(bottom, window.y + window.height)
    named = text_width(f"output {output_name}", FONT)
    note = NOTE * bool(subject.unused_counts())
    return Layout(
        width=x + max(output.width, named) + RIGHT,
        height=bottom + note + BOTTOM,
        input=input,
        window=window,
        kernel=kernel,
        output=output,
        gap=gap,
        input_name=input_name,
        kernel_name=kernel_name,
        output_name=output_name,
    )


def _grids(subject: Subject, width: float) -> tuple[Grid, Grid | None, Grid | None, Grid]:
    """The input, the enlarged window, the kernel and the output, still without a place."""
    rows, columns = map(len, subject.lines)
    outputs = None if subject.output is None else subject.output.shape
    spread = [line.axis.effective_kernel for line in subject.lines]
    taps = [line.axis.kernel for line in subject.lines]
    weighted = subject.kernel is not None

    room = width - LEFT - RIGHT - GAP * (1 + weighted)
    cell = _share(room, columns + spread[1] * weighted, outputs)
    window = kernel = None
    kernel_cell = cell
    if cell < ENLARGED:
        window_cell = even(min(BIGGEST, MIDDLE / max(taps)))
        if window_cell >= ENLARGED:
            window = Grid(window_cell, *taps)
        kernel_cell = even(min(ENLARGED, MIDDLE / max(spread)))
        room = width - LEFT - RIGHT - NARROW
        if window or weighted:
            room -= NARROW + max(MIDDLE, kernel_cell * spread[1])
        cell = min(ENLARGED, _share(room, columns, outputs))
    if weighted:
        kernel = Grid(kernel_cell, *spread)
    output = Grid(cell, *outputs) if outputs else Grid(QUESTION, 1, 1)
    return Grid(cell, rows, columns), window, kernel, output


def _share(room: float, cells: int, outputs: tuple[int, ...] | None) -> float:
    """The size of a cell where some cells share a row with the output, and the output's name."""
    named = QUESTION
    if outputs:
        cell = room / (cells + outputs[1])
        if cell * outputs[1] >= named:
            return even(min(cell, BIGGEST))
    return even(min((room - named) / cells, BIGGEST))


def even(size: float) -> float:
    """A size of whole device pixels, at one and a half to the CSS pixel, but for tiny cells."""
    return int(size * 1.5) / 1.5 if size > 4 else size


def times(sizes: Iterable[object]) -> str:
    """Sizes as they are read: 5 × 5."""
    return " × ".join(map(str, sizes))


def input_steps(subject: Subject) -> list[str]:
    """The sizes of the input, step by step."""
    axes = subject.layer.axes
    steps = [times(subject.layer.input_size)]
    if any(axis.stretch > 1 for axis in axes):
        steps.append(f"stretched to {times(axis.stretched for axis in axes)}")
    if any(axis.before or axis.after for axis in axes):
        crops = any(min(axis.before, axis.after) < 0 for axis in axes)
        pads = any(max(axis.before, axis.after) > 0 for axis in axes)
        verb = "padded" if not crops else "padded and cropped" if pads else "cropped"
        steps.append(f"{verb} to {times(axis.padded for axis in axes)}")
    over = max(-min(axis.left_over, 0) for axis in axes)
    if over and not subject.predict:
        steps.append(f"the last window overhangs by {over}")
    return steps


def kernel_steps(subject: Subject) -> list[str]:
    """The sizes of the kernel, step by step."""
    axes = subject.layer.axes
    steps = [times(subject.layer.kernel_size)]
    if any(axis.dilation > 1 for axis in axes):
        steps.append(f"spread to {times(axis.effective_kernel for axis in axes)}")
    if subject.turned:
        steps.append("turned by 180°")
    return steps


def wrapped(steps: list[str], room: float) -> tuple[str, ...]:
    """The steps on as few lines as they need; the first line begins with the map's name."""
    lines = [steps[0]]
    for step in steps[1:]:
        longer = f"{lines[-1]}, {step}"
        if text_width(longer, FONT) * 0.9 + 50 * (len(lines) == 1) <= room:
            lines[-1] = longer
        else:
            lines[-1] += ","
            lines.append(step)
    return tuple(lines)
