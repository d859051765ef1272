"""A widget where no script runs: its picture, and its sizes in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .shapes import Shape, shapes

if TYPE_CHECKING:
    from .widget import ConvWidget


def words(widget: ConvWidget, *, predict: bool) -> str:
    """Say what a widget shows; what is to be predicted is left out."""
    of = shapes(widget.layer)
    sizes = [f"the input has the shape {_times(of.input)}"]
    if of.kernel:
        sizes.append(f"the kernel {_times(of.kernel)}")
    if not predict:
        sizes.append(f"the output {_times(of.output)}")
    said = f"{', '.join(sizes[:-1])} and {sizes[-1]}" if len(sizes) > 1 else sizes[0]
    return f"{widget.layer!r}: {said}."


def drawn(widget: ConvWidget, theme: str, *, predict: bool) -> dict[str, Any]:
    """What `plotting` draws of a widget; where the window stands could tell an output's size."""
    x, kernel = widget.computed_with()
    return {
        "layer": widget.layer,
        "input": x,
        "kernel": kernel,
        "position": None if predict else widget.position,
        "predict": predict,
        "theme": "dark" if theme == "dark" else "light",
    }


def picture(widget: ConvWidget, theme: str, *, predict: bool) -> bytes | None:
    """Draw a widget as a PNG, where matplotlib is there to do it."""
    try:
        from .plotting import png

        return png(**drawn(widget, theme, predict=predict))
    except ImportError:
        return None


def _times(shape: Shape) -> str:
    return " × ".join(map(str, shape))
