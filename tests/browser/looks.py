"""Every operation in every view: what the tests of accessibility look at, one after another."""

from typing import Any

import pytest

from convwidget import AvgPool, Conv, ConvTranspose, ConvWidget, MaxPool

LAYERS = {
    "conv": Conv(5, 3, stride=2, padding=1),
    "conv, dilated": Conv((4, 7), (2, 3), padding=((0, 1), (2, 1)), dilation=(1, 2), stride=(1, 2)),
    "conv, line": Conv((8,), 3, stride=2, padding=1),
    "conv, maps": Conv(5, 3, padding=1, in_channels=2, out_channels=3),
    "conv, deep": Conv((3, 4, 4), 2),
    "conv, many": Conv(12, 3, padding=1),
    "conv, large": Conv(40, 3, stride=2),
    "max pool": MaxPool(5, 3, stride=1, padding=1),
    "average pool": AvgPool(6, 3, stride=2, padding=1, ceil_mode=True),
    "transposed": ConvTranspose(3, 3, stride=2, padding=1),
    "transposed, line": ConvTranspose((4,), 3, stride=2),
    "transposed, maps": ConvTranspose(3, 3, stride=2, in_channels=2, out_channels=2),
}

FLAT = ("grids", "stacked", "matrix", "ruler", "subsampling")
BACKWARDS = ("stamp", "equivalent", "matrix", "back", "stacked")
OFFERED = {
    "conv": FLAT,
    "conv, dilated": FLAT,
    "conv, line": FLAT,
    "conv, maps": ("grids", "matrix", "ruler"),
    "conv, deep": ("grids", "matrix", "ruler"),
    "conv, many": FLAT,
    "conv, large": FLAT,
    "max pool": ("grids", "stacked", "ruler"),
    "average pool": ("grids", "stacked", "matrix", "ruler"),
    "transposed": BACKWARDS,
    "transposed, line": BACKWARDS,
    "transposed, maps": ("equivalent", "matrix"),
}

TOO_LARGE = ("conv, large", "matrix")  # a sentence stands in its place
PAIRS = [(name, view) for name, views in OFFERED.items() for view in views]
EVERY = [pair for pair in PAIRS if pair != TOO_LARGE]
IDS = [f"{name}, {view}" for name, view in EVERY]
each = pytest.mark.parametrize(("name", "view"), EVERY, ids=IDS)


def look(name: str, view: str, **options: Any) -> ConvWidget:
    """The widget of that name, seen in that view, at an output cell amid the others."""
    widget = ConvWidget(LAYERS[name], view=view, **options)
    if not widget.predict:
        widget.position = tuple(size // 2 for size in widget.output.shape)
    return widget
