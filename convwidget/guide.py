"""The figures of Dumoulin and Visin's guide, by number."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from .cells import Cells
from .layers import Layer
from .layers.wire import from_wire
from .shapes import shapes

if TYPE_CHECKING:
    from .values import Array


class Figure(NamedTuple):
    """A figure of the guide: the layer that it draws, and the arrays that the layer works on."""

    layer: Layer
    input: Array
    kernel: Array | None


@dataclass(frozen=True)
class Recipe:
    """A figure as it is stored: its numbers may be named, and so defined at every size.

    `view` is the widget's that comes nearest to how the guide draws it.
    """

    number: str
    title: str
    layer: Layer
    input: Cells
    kernel: Cells | None
    view: str


def _recipes() -> dict[str, Recipe]:
    data = json.loads(files(__package__).joinpath("data/figures.json").read_text("utf-8"))
    return {
        entry["number"]: Recipe(
            number=entry["number"],
            title=entry["title"],
            layer=from_wire(entry["layer"]),
            input=Cells.from_wire(entry["input"]),
            kernel=Cells.from_wire(entry["kernel"]) if "kernel" in entry else None,
            view=entry.get("view", "grids"),
        )
        for entry in data["figures"]
    }


FIGURES = _recipes()
"""Every figure's recipe, by its number in the guide."""


def recipe(number: str) -> Recipe:
    """The recipe of a figure; ValueError with the numbers that there are."""
    if number not in FIGURES:
        raise ValueError(f"the guide has no figure {number!r} here: {', '.join(FIGURES)}")
    return FIGURES[number]


def figure(number: str) -> Figure:
    """Return the layer, the input and the kernel of a figure of the guide.

    The arrays are the guide's where it prints some (1.1, 1.2, 1.4 to 1.6). Elsewhere they are
    chosen so that the usual mistakes give other numbers: the kernel is 1, 2, 3 … in reading order,
    but for 1.3, whose kernels hold −1 to 2.

    Parameters
    ----------
    number : str
        As in the guide: "1.1" to "1.6", "2.1" to "2.7", "2.8a", "2.8b", "4.1" to "4.7", "5.1".

    Returns
    -------
    Figure
        ``(layer, input, kernel)``, the kernel None for pooling. The arrays have channels only where
        the figure has (1.3): (C, *input_size) and (F, C, *kernel_size).

    Raises
    ------
    ValueError
        For a number that the guide does not have.

    Examples
    --------
    >>> layer, input, kernel = figure("1.2")
    >>> layer.apply(input, kernel)
    array([[ 6, 17,  3],
           [ 8, 17, 13],
           [ 6,  4,  4]])
    """
    drawn = recipe(number)
    of = shapes(drawn.layer)
    kernel = drawn.kernel.array(of.kernel) if drawn.kernel and of.kernel else None
    return Figure(drawn.layer, drawn.input.array(of.input), kernel)
