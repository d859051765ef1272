"""The layers: an Axis per dimension; padding's names; what is refused, and why."""

from .base import Layer
from .convolution import Conv
from .pooling import AvgPool, MaxPool
from .transposed import ConvTranspose

__all__ = ["AvgPool", "Conv", "ConvTranspose", "Layer", "MaxPool"]
