"""The back style: the convolution that a transposed layer transposes, over the layer's output."""

from __future__ import annotations

from .. import values
from ..layers import ConvTranspose
from .subject import Given

BACK = "Going back: the convolution that this layer transposes, over this layer's output"


def back(layer: ConvTranspose, shown: Given) -> Given:
    """What goes back from a transposed layer's output to the size of its input.

    The window stands where it goes back from the output cell of `shown` to the first input cell
    whose stamp landed there; where none did, there is no window.
    """
    assert shown.kernel is not None
    direct = layer.direct()
    kernel = values.turned(shown.kernel, len(layer.axes))
    made_of = [
        [cell for _, cell in axis.taps(n)]
        for axis, n in zip(layer.axes, shown.position, strict=True)
    ]
    return Given(
        layer=direct,
        x=shown.output,
        kernel=kernel,
        output=direct.apply(shown.output, kernel),
        divisor=None,
        position=tuple(min(cells, default=0) for cells in made_of),
        title=BACK,
        waiting=not all(made_of),
    )
