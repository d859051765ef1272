"""The window on its way over the input: one output cell a frame, in reading order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ..position import inside
from .canvas import Picture, axes, begun
from .drawing import WIDTH, laid_out
from .subject import Drawable, Index

if TYPE_CHECKING:
    from matplotlib.animation import FuncAnimation
    from numpy.typing import ArrayLike

    from ..values import Array

INTERVAL = 500
"""The time of a frame, in milliseconds."""
DENSITY = 1
"""The pixels of a frame to each CSS pixel."""


def animate(
    layer: Drawable,
    input: ArrayLike | None = None,
    kernel: ArrayLike | None = None,
    *,
    style: str = "flat",
    theme: str = "light",
    positions: Iterable[ArrayLike] | None = None,
    interval: int = INTERVAL,
) -> FuncAnimation:
    """Animate a layer: the window makes one output cell a frame.

    Only the window and what it makes are drawn anew for a frame; the rest stands still.

    Parameters
    ----------
    layer, input, kernel, style, theme
        As in `draw`.
    positions : iterable of tuples, lists or arrays of int, optional
        The output cells in the order in which they are made; else all of them in reading order.
        In the style "back" they are cells of what comes back, which has the input's size.
    interval : int, optional
        The time of a frame, in milliseconds.

    Returns
    -------
    matplotlib.animation.FuncAnimation
        Show it in a notebook with ``IPython.display.HTML(animation.to_jshtml())``. `save` writes
        an animation to a file many times faster than its own ``save``.

    Raises
    ------
    TypeError, ValueError
        As in `draw`, and for a position that is not in the output, or none at all.

    Examples
    --------
    >>> from convwidget import Conv
    >>> animation = animate(Conv(5, 3, stride=2), style="stacked", positions=[(0, 0), (1, 1)])
    >>> animation.to_jshtml().count("data:image/png;base64")
    2
    """
    from matplotlib.animation import FuncAnimation

    picture = laid_out(layer, input, kernel, None, False, style, WIDTH)
    frames = picture.positions if positions is None else _placed(positions, picture)
    ax = axes(picture.width, picture.height)
    drawn: Any = ax.figure
    pen = begun(picture.at(None), ax, theme)

    def show(position: Index) -> list[Any]:
        pen.erase()
        picture.at(position).moving(pen)
        return pen.made

    def nothing() -> list[Any]:
        return []

    return FuncAnimation(
        drawn, show, frames=frames, init_func=nothing, interval=interval, blit=True
    )


class Film:
    """The frames of an animation, as pixels: what stands still is drawn once."""

    def __init__(self, picture: Picture, theme: str) -> None:
        self.picture = picture
        self.ax = axes(picture.width, picture.height, DENSITY)
        drawn: Any = self.ax.figure
        self.canvas = drawn.canvas
        self.pen = begun(picture.at(None), self.ax, theme, gathers=True)
        self.canvas.draw()
        self.ground = self.canvas.copy_from_bbox(drawn.bbox)

    def frame(self, position: Index) -> Array:
        """A frame as (height, width, 4) bytes, which the next one overwrites."""
        import numpy as np

        self.canvas.restore_region(self.ground)
        self.picture.at(position).moving(self.pen)
        self.pen.flush()
        for mark in self.pen.made:
            self.ax.draw_artist(mark)
        self.pen.erase()
        return np.asarray(self.canvas.buffer_rgba())


def _placed(positions: Iterable[ArrayLike], picture: Picture) -> list[Index]:
    """The positions as indices, all of them in the output."""
    output = tuple(n + 1 for n in picture.positions[-1])
    found = [inside(position, output) for position in positions]
    if not found:
        raise ValueError("an animation needs one position at least")
    return found
