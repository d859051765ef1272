"""The widget under a verdict; of an output's size, one that shows why the answer is wrong.

Shown inputs are a ramp, which has no 0: a 0 looks like padding.
"""

from __future__ import annotations

from typing import Any

from ..layers import ConvTranspose, Layer
from ..layers.wire import to_wire
from ..widget import ConvWidget
from .comparing import UnlikeError, plain

Shown = Layer | ConvWidget | None  # a layer where its output's size is what was asked for


def widget(shown: Shown, answer: Any) -> ConvWidget | None:
    """The widget for what an exercise shows of a case and the answer to it."""
    if isinstance(shown, ConvTranspose):  # its question is drawn as windows, and not as stamps
        return ConvWidget(shown, input="ramp", view="stamp")
    return asked(shown, answer) if isinstance(shown, Layer) else shown


def asked(layer: Layer, answer: Any) -> ConvWidget:
    """Ask for the size of a layer's output; the answer, where it is one, is a first prediction.

    The widget marks the window that it has too many, or leaves out, and keeps the output and its
    formula back.
    """
    made = ConvWidget(layer, input="ramp", view="ruler", predict=True)
    size = (_size(answer),) * len(layer.output_size)
    if None not in size:
        right = size == layer.output_size
        made.answers = [{"layer": to_wire(layer), "answer": list(size), "right": right}]
    return made


def _size(answer: Any) -> int | None:
    try:
        size = plain(answer)
    except UnlikeError:
        return None
    return size if type(size) is int and 0 <= size < 1_000_000 else None
