"""How much a page can draw and compute; the front end reads the same numbers."""

from __future__ import annotations

import json
from importlib.resources import files
from math import prod

from .layers import AvgPool, Layer
from .shapes import shapes

_DATA = json.loads(files(__package__).joinpath("data/limits.json").read_text("utf-8"))
DIMENSIONS: int = _DATA["dimensions"]
CELLS_IN_A_ROW: int = _DATA["cells_in_a_row"]
MAPS: int = _DATA["maps"]
PRODUCTS: int = _DATA["products"]


def check_drawable(layer: Layer) -> None:
    """Refuse a layer that is too large to draw, or whose output cannot be computed or is too dear.

    drawable.js is its twin, and its messages are the same.
    """
    n = len(layer.axes)
    if n > DIMENSIONS:
        raise ValueError(f"the widget draws at most {DIMENSIONS} dimensions, and not {n}")
    longest = max(max(axis.input, axis.stretched, axis.padded) for axis in layer.axes)
    if longest > CELLS_IN_A_ROW:
        raise ValueError(
            f"the widget draws at most {CELLS_IN_A_ROW} cells in a row, and not {longest}"
        )
    of = shapes(layer)
    for name, shape in (("input", of.input), ("output", of.output)):
        count = prod(shape[: -min(n, 2)])  # channels times slices in depth
        if count > MAPS:
            raise ValueError(f"the widget draws at most {MAPS} maps of the {name}, and not {count}")
    if isinstance(layer, AvgPool) and not layer.count_include_pad:
        _check_means(layer)
    channels = prod((of.kernel or ())[:-n])  # pairs of an input and an output channel
    products = channels * prod(axis.output * axis.kernel for axis in layer.axes)
    if products > PRODUCTS:
        raise ValueError(f"the widget computes at most {PRODUCTS} products, and not {products}")


def _check_means(layer: AvgPool) -> None:
    """Refuse a mean of padding only, where padding is not counted."""
    empty = []
    for n, axis in enumerate(layer.axes):
        first = next((o for o in range(axis.output) if not axis.taps(o)), None)
        if first is not None:
            empty.append(tuple(first if m == n else 0 for m in range(len(layer.axes))))
    if empty:
        raise ValueError(
            f"the window of output[{', '.join(map(str, min(empty)))}] sees padding only, and "
            "padding is not counted: there is nothing to average"
        )
