"""What every picture is: something with a size that draws what stands still, and what moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from .geometry import Box
from .layout import FONT, LEFT, TOP
from .palette import palette
from .pen import Pen
from .subject import Index

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DENSITY = 1.5
"""The device pixels of a PNG to each CSS pixel."""
POINTS = 72
"""Of them an inch has; a figure without a size of its own takes one for a CSS pixel."""


class Still(Protocol):
    """A picture that has no window, or only one."""

    @property
    def width(self) -> float:
        """In CSS pixels, as the height."""

    @property
    def height(self) -> float:
        """In CSS pixels."""

    @property
    def title(self) -> str:
        """What stands above it, where a layer is drawn as another one."""

    def still(self, pen: Pen) -> None:
        """Draw all but the window and what it makes."""

    def moving(self, pen: Pen) -> None:
        """Draw the window and what it makes, over what stands still."""


class Picture(Still, Protocol):
    """A picture whose window can stand elsewhere."""

    @property
    def positions(self) -> list[Index]:
        """Every output cell, in reading order."""

    def at(self, position: Index | None) -> Picture:
        """The picture with the window of another output cell, or with none yet."""


def axes(width: float, height: float, density: float = DENSITY) -> Axes:
    """Axes that fill a new figure of this size, on Agg and unknown to pyplot."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width / POINTS, height / POINTS), dpi=POINTS * density)
    FigureCanvasAgg(figure)
    return figure.add_axes((0, 0, 1, 1))


def begun(
    picture: Still, ax: Axes, theme: str, width: float | None = None, *, gathers: bool = False
) -> Pen:
    """Draw what stands still on Axes, in units of CSS pixels; returns the pen for what moves."""
    colours, height = palette(theme), picture.height
    width = width or picture.width
    ax.set_axis_off()
    ax.set(xlim=(0, width), ylim=(height, 0), aspect="equal", autoscale_on=False)
    room, inch = ax.get_window_extent(), ax.figure.dpi
    scale = min(room.width / width, room.height / height) * POINTS / inch
    pen = Pen(ax, colours, scale, gathers=gathers)
    pen.box(Box(0, 0, width, height), fill=colours.ground, gid="ground")
    if picture.title:
        at = (LEFT, TOP + FONT / 2)
        pen.text(at, picture.title, FONT, colours.ink, bold=True, align="left")
    picture.still(pen)
    pen.flush()
    pen.made.clear()
    return pen


def painted(picture: Still, theme: str, width: float | None = None) -> Any:
    """A new figure with the whole picture; the same whatever matplotlib is set to."""
    from matplotlib import style

    with style.context("default"):
        ax = axes(max(picture.width, width or 0), picture.height)
        picture.moving(begun(picture, ax, theme, max(picture.width, width or 0)))
    return ax.figure


class Fixed:
    """A picture of the guide's in which nothing moves."""

    title = ""

    def moving(self, pen: Pen) -> None:
        """Nothing."""
