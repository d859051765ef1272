"""The guide's drawings in matplotlib: the padded input, the window over it, and the output."""

from .animation import animate
from .drawing import draw, png
from .saving import save

__all__ = ["animate", "draw", "png", "save"]
