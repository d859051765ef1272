"""How much a page can draw and compute; the front end reads the same numbers."""

from __future__ import annotations

import json
from importlib.resources import files
from math import prod

from .layers import Layer

_DATA = json.loads(files(__package__).joinpath("data/limits.json").read_text("utf-8"))
CELLS_IN_A_ROW: int = _DATA["cells_in_a_row"]
PRODUCTS: int = _DATA["products"]


def check_drawable(layer: Layer) -> None:
    """Refuse a layer whose maps are too large to draw, or its output too dear to compute."""
    longest = max(max(axis.input, axis.stretched, axis.padded) for axis in layer.axes)
    if longest > CELLS_IN_A_ROW:
        raise ValueError(
            f"the widget draws at most {CELLS_IN_A_ROW} cells in a row, and not {longest}"
        )
    products = prod(axis.output * axis.kernel for axis in layer.axes)
    if products > PRODUCTS:
        raise ValueError(f"the widget computes at most {PRODUCTS} products, and not {products}")
