"""The guide's drawings in matplotlib: the padded input, the window over it, and the output."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ..layers import MaxPool
from .geometry import Box
from .input_map import padded_input
from .layout import FONT, LEFT, TOP, Layout, layout
from .maps import DIVIDED
from .maps import kernel as draw_kernel
from .maps import output as draw_output
from .palette import palette
from .pen import Pen
from .planes import Planes, planes
from .subject import Drawable, Subject, flat, given, is_flat
from .window import enlarged

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import ArrayLike

__all__ = ["draw", "png"]

WIDTH = 760
"""The width of a picture, in CSS pixels."""
DENSITY = 1.5
"""The device pixels of a PNG to each CSS pixel."""
POINTS = 72
"""Of them an inch has; a figure without a size of its own takes one for a CSS pixel."""


def draw(
    layer: Drawable,
    input: ArrayLike | None = None,
    kernel: ArrayLike | None = None,
    *,
    position: int | Sequence[int] | None = None,
    predict: bool = False,
    theme: str = "light",
    ax: Axes | None = None,
) -> Axes:
    """Draw a layer as the guide does: input, kernel and output, and the window over the input.

    Where a layer has channels or depth, every map of the input and the output is drawn, and the
    kernels that make the shown one. Cells that no window uses are hatched. A transposed convolution
    is drawn as the equivalent convolution: over the stretched input, with the kernel turned. Maps
    that are too large for their numbers are shaded, the lighter the larger the number.

    Parameters
    ----------
    layer : Conv, ConvTranspose, MaxPool or AvgPool
        A layer of one, two or three dimensions.
    input : array_like, shape input_size or (C, *input_size), optional
        The numbers of the input, with channels where the layer states some or has groups; else
        those that the widget shows at first.
    kernel : array_like, shape kernel_size or (F, C / groups, *kernel_size), optional
        The weights, of layers that have some; else 1, 2, 3 …
    position : tuple of int, optional
        The output cell whose window is shown, its channel first if it has one; else the first.
    predict : bool, optional
        Hide the output, its size and all that would tell it.
    theme : {"light", "dark"}, optional
        The colours.
    ax : matplotlib.axes.Axes, optional
        Where to draw; else on a new figure of the right size, which pyplot does not know.

    Returns
    -------
    matplotlib.axes.Axes
        Its figure can be saved: ``draw(layer).figure.savefig("layer.svg")``.

    Raises
    ------
    TypeError
        When `layer` is no layer, or an array holds no real numbers.
    ValueError
        When a shape or the position contradicts the layer, a number is not finite, or there are
        more than three dimensions, 16 maps or 512 cells in a row.

    Examples
    --------
    >>> from convwidget import Conv
    >>> ax = draw(Conv(5, 3, stride=2, padding=1), position=(1, 2))
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "output[1, 2]"]
    ['39']
    """
    picture = _picture(layer, input, kernel, position, predict, WIDTH)
    if ax is None:
        ax = _axes(picture.width, picture.height)
    _paint(picture, ax, theme, picture.width)
    return ax


def png(
    layer: Drawable,
    input: ArrayLike | None = None,
    kernel: ArrayLike | None = None,
    *,
    position: int | Sequence[int] | None = None,
    predict: bool = False,
    theme: str = "light",
    width: int = WIDTH,
) -> bytes:
    r"""Return the picture of `draw` as a PNG: the same bytes whenever the same is drawn.

    Parameters
    ----------
    layer, input, kernel, position, predict, theme
        As in `draw`.
    width : int, optional
        The width in CSS pixels; there are one and a half device pixels to each.

    Returns
    -------
    bytes
        The file.

    Raises
    ------
    TypeError, ValueError
        As in `draw`.

    Examples
    --------
    >>> from convwidget import MaxPool
    >>> png(MaxPool(4, 2))[:4]
    b'\x89PNG'
    """
    from matplotlib import style

    picture = _picture(layer, input, kernel, position, predict, width)
    file = BytesIO()
    with style.context("default"):
        ax = _axes(max(picture.width, width), picture.height)
        _paint(picture, ax, theme, max(picture.width, width))
        canvas: Any = ax.figure.canvas
        canvas.print_png(file, metadata={"Software": None})
    return file.getvalue()


@dataclass(frozen=True)
class Flat:
    """The picture of a layer whose arrays are a map each: input ⋆ kernel = output."""

    subject: Subject
    layout: Layout

    @property
    def turned(self) -> bool:
        """Whether a transposed convolution is drawn as its equivalent."""
        return self.subject.turned

    @property
    def width(self) -> float:
        """In CSS pixels, as the height."""
        return self.layout.width

    @property
    def height(self) -> float:
        """In CSS pixels."""
        return self.layout.height

    def paint(self, pen: Pen) -> None:
        """Draw everything."""
        padded_input(pen, self.subject, self.layout)
        enlarged(pen, self.subject, self.layout)
        draw_kernel(pen, self.subject, self.layout)
        draw_output(pen, self.subject, self.layout)
        _signs(pen, self.subject, self.layout)


def _picture(
    layer: Drawable,
    input: ArrayLike | None,
    kernel: ArrayLike | None,
    position: int | Sequence[int] | None,
    predict: bool,
    width: float,
) -> Flat | Planes:
    """Lay out what a caller gives, in about a width."""
    shown = given(layer, input, kernel, position)
    if not is_flat(layer):
        return planes(shown, predict, width)
    subject = flat(shown, predict)
    return Flat(subject, layout(subject, width))


def _axes(width: float, height: float) -> Axes:
    """Axes that fill a new figure of this size, on Agg and unknown to pyplot."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width / POINTS, height / POINTS), dpi=POINTS * DENSITY)
    FigureCanvasAgg(figure)
    return figure.add_axes((0, 0, 1, 1))


def _paint(picture: Flat | Planes, ax: Axes, theme: str, width: float) -> None:
    """Draw a picture on Axes, in units of CSS pixels."""
    colours, height = palette(theme), picture.height
    ax.set_axis_off()
    ax.set(xlim=(0, width), ylim=(height, 0), aspect="equal", autoscale_on=False)
    room, inch = ax.get_window_extent(), ax.figure.dpi
    pen = Pen(ax, colours, min(room.width / width, room.height / height) * POINTS / inch)
    pen.box(Box(0, 0, width, height), fill=colours.ground, gid="ground")
    if picture.turned:
        said = "Transposed convolution, drawn as the equivalent convolution"
        pen.text((LEFT, TOP + FONT / 2), said, FONT, colours.ink, bold=True, align="left")
    picture.paint(pen)


def _signs(pen: Pen, shown: Subject, plan: Layout) -> None:
    """What is between the maps: input ⋆ kernel = output, or an arrow with a pool's rule."""
    colours, y = pen.palette, plan.input.box.middle[1]
    if plan.kernel is not None:
        middle = plan.kernel.y + plan.kernel.height / 2
        pen.text((plan.kernel.x - plan.gap / 2, middle), "⋆", 34, colours.quiet)
        pen.text((plan.output.x - plan.gap / 2, y), "=", 20, colours.quiet)
        return
    rule = "max" if isinstance(shown.layer, MaxPool) else "mean"
    x = plan.output.x - plan.gap / 2
    pen.text((x, y - 12), rule, FONT, colours.quiet)
    pen.arrow((x - 18, y), (x + 18, y), colours.quiet)
    if shown.divisor is not None and plan.output.cell < DIVIDED:
        count = f"÷ {shown.divisor[shown.position]}"
        pen.text((x, y + 13), count, 11, colours.quiet, gid="divisor")
