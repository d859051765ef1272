"""The shapes of a layer's arrays, with channels where the layer states some."""

from __future__ import annotations

from typing import NamedTuple

from .layers import Layer
from .layers.convolution import Convolution
from .layers.transposed import ConvTranspose

Shape = tuple[int, ...]


class Shapes(NamedTuple):
    """The shapes of the input, the kernel (None for a pool, which has none) and the output."""

    input: Shape
    kernel: Shape | None
    output: Shape


def shapes(layer: Layer) -> Shapes:
    """The shapes of a layer's arrays; shapes.js is its twin.

    A layer has channels where it states them or has groups; what it does not state then is one
    channel for each group.

    Examples
    --------
    >>> from convwidget import Conv
    >>> shapes(Conv(5, 3))
    Shapes(input=(5, 5), kernel=(3, 3), output=(3, 3))
    >>> shapes(Conv(5, 3, in_channels=2, out_channels=3)).kernel
    (3, 2, 3, 3)
    """
    i, k, o = layer.input_size, layer.kernel_size, layer.output_size
    if not isinstance(layer, Convolution):
        return Shapes(i, None, o)
    groups = layer.groups
    if groups == 1 and layer.in_channels is None and layer.out_channels is None:
        return Shapes(i, k, o)
    inputs, outputs = layer.in_channels or groups, layer.out_channels or groups
    first, second = (inputs, outputs) if isinstance(layer, ConvTranspose) else (outputs, inputs)
    return Shapes((inputs, *i), (first, second // groups, *k), (outputs, *o))
