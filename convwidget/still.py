"""A widget where no script runs: its picture, and what it shows in words."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from .layers import Conv, ConvTranspose, Layer
from .limits import check_drawable
from .shapes import Shape, shapes

if TYPE_CHECKING:
    from .widget import ConvWidget

_DATA = json.loads(files(__package__).joinpath("data/views.json").read_text("utf-8"))
OFFERED: dict[str, list[str]] = _DATA["offered"]
"""The views of each layer, the usual one first."""
OF_PLANES: list[str] = _DATA["of_planes"]
"""Those that show several maps, or more than two dimensions."""
STYLES = ("stacked", "stamp", "back")
"""The views that `plotting` draws in a style of their own; it draws the others flat."""
SHOWN = {
    "stacked": "with the output above the input",
    "matrix": "as a matrix",
    "ruler": "along a ruler",
    "subsampling": "as what it keeps of a stride of 1",
    "stamp": "as stamps of its kernel",
    "equivalent": "as the equivalent convolution",
    "back": "on the way back, by the convolution that it transposes",
    "grids": "as grids of numbers",
}


def view_of(widget: ConvWidget) -> str:
    """The view that the page draws: the one wished for, or the layer's first; like offers.js."""
    layer = widget.layer
    views = OFFERED[type(layer).__name__]
    if len(layer.axes) > 2 or len(shapes(layer).input) > len(layer.axes):
        views = [view for view in views if view in OF_PLANES]
    wished = widget.view
    if wished not in views or (wished == "subsampling" and not _is_cheap(layer)):
        return views[0]
    return wished


def _is_cheap(layer: Layer) -> bool:
    """Whether a stride of 1 makes no more than can be drawn."""
    assert isinstance(layer, Conv)
    try:
        check_drawable(replace(layer, stride=(1,) * len(layer.axes), padding=layer.pads))
    except ValueError:
        return False
    return True


def style_of(widget: ConvWidget, *, predict: bool) -> str:
    """The style in which `plotting` draws a widget's view."""
    view = view_of(widget)
    style = view if view in STYLES else "flat"
    # The way back begins with the output, and so would tell it.
    return "flat" if predict and style == "back" else style


def shown_as(widget: ConvWidget, *, predict: bool) -> str:
    """Say how the picture shows the layer."""
    style = style_of(widget, predict=predict)
    flat = "equivalent" if isinstance(widget.layer, ConvTranspose) else "grids"
    return SHOWN[flat if style == "flat" else style]


def words(widget: ConvWidget, *, predict: bool) -> str:
    """Say what a widget shows; what is to be predicted is left out."""
    of = shapes(widget.layer)
    sizes = [f"the input has the shape {_times(of.input)}"]
    if of.kernel:
        sizes.append(f"the kernel {_times(of.kernel)}")
    if not predict:
        sizes.append(f"the output {_times(of.output)}")
    said = f"{', '.join(sizes[:-1])} and {sizes[-1]}" if len(sizes) > 1 else sizes[0]
    return f"{widget.layer!r}: {said}.{_seen(widget, predict=predict)}"


def _seen(widget: ConvWidget, *, predict: bool) -> str:
    """Say which view is meant, and where the picture has another."""
    view, drawn = SHOWN[view_of(widget)], shown_as(widget, predict=predict)
    if view != drawn:
        return f" The widget shows it {view}; the picture, {drawn}."
    return "" if drawn == SHOWN["grids"] else f" It is shown {drawn}."


def drawn(widget: ConvWidget, theme: str, *, predict: bool) -> dict[str, Any]:
    """What `plotting` draws of a widget; where the window stands could tell an output's size."""
    x, kernel = widget.computed_with()
    return {
        "layer": widget.layer,
        "input": x,
        "kernel": kernel,
        "position": None if predict else widget.position,
        "predict": predict,
        "style": style_of(widget, predict=predict),
        "theme": "dark" if theme == "dark" else "light",
    }


def png(widget: ConvWidget, theme: str, *, predict: bool) -> bytes | None:
    """Draw a widget as a PNG, where matplotlib is there to do it."""
    try:
        from . import plotting

        return plotting.png(**drawn(widget, theme, predict=predict))
    except ImportError:
        return None


def _times(shape: Shape) -> str:
    return " × ".join(map(str, shape))
