"""Convolution arithmetic, live: a model of its layers, and a widget that shows them."""

from .axis import Axis
from .guide import figure
from .layers import AvgPool, Conv, ConvTranspose, MaxPool
from .relationships import RELATIONSHIPS, explain
from .solver import solve
from .stack import Stack
from .widget import ConvWidget

__version__ = "0.1.0"

__all__ = [
    "RELATIONSHIPS",
    "AvgPool",
    "Axis",
    "Conv",
    "ConvTranspose",
    "ConvWidget",
    "MaxPool",
    "Stack",
    "explain",
    "figure",
    "solve",
]
