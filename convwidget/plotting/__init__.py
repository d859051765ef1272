"""The guide's drawings in matplotlib: the padded input, the window over it, and the output."""

from .picture import draw, png

__all__ = ["draw", "png"]
