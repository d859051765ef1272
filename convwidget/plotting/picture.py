"""The guide's drawings in matplotlib: the padded input, the window over it, and the output."""

from __future__ import annotations

from collections.abc import Sequence
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
from .subject import Drawable, Subject, subject
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

    Cells that no window uses are hatched. A transposed convolution is drawn as the equivalent
    convolution: over the stretched input, with the kernel turned. Maps that are too large for their
    numbers are shaded, the lighter the larger the number.

    Parameters
    ----------
    layer : Conv, ConvTranspose, MaxPool or AvgPool
        A layer of one or two dimensions.
    input : array_like, shape input_size, optional
        The numbers of the input; else those that the widget shows at first.
    kernel : array_like, shape kernel_size, optional
        The weights, of layers that have some; else 1, 2, 3 …
    position : tuple of int, optional
        The output cell whose window is shown; else the first.
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
        When a shape or the position contradicts the layer, a number is not finite, or the layer has
        no flat picture: more than two dimensions, channels or groups, or too many cells.

    Examples
    --------
    >>> from convwidget import Conv
    >>> ax = draw(Conv(5, 3, stride=2, padding=1), position=(1, 2))
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "output[1, 2]"]
    ['39']
    """
    shown = subject(layer, input, kernel, position, predict)
    plan = layout(shown, WIDTH)
    if ax is None:
        ax = _axes(plan.width, plan.height)
    _paint(shown, plan, ax, theme, plan.width)
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

    shown = subject(layer, input, kernel, position, predict)
    plan = layout(shown, width)
    file = BytesIO()
    with style.context("default"):
        ax = _axes(max(plan.width, width), plan.height)
        _paint(shown, plan, ax, theme, max(plan.width, width))
        canvas: Any = ax.figure.canvas
        canvas.print_png(file, metadata={"Software": None})
    return file.getvalue()


def _axes(width: float, height: float) -> Axes:
    """Axes that fill a new figure of this size, on Agg and unknown to pyplot."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width / POINTS, height / POINTS), dpi=POINTS * DENSITY)
    FigureCanvasAgg(figure)
    return figure.add_axes((0, 0, 1, 1))


def _paint(shown: Subject, plan: Layout, ax: Axes, theme: str, width: float) -> None:
    """Draw a subject on Axes, in units of CSS pixels."""
    colours = palette(theme)
    ax.set_axis_off()
    ax.set(xlim=(0, width), ylim=(plan.height, 0), aspect="equal", autoscale_on=False)
    room, inch = ax.get_window_extent(), ax.figure.dpi
    pen = Pen(ax, colours, min(room.width / width, room.height / plan.height) * POINTS / inch)
    pen.box(Box(0, 0, width, plan.height), fill=colours.ground, gid="ground")
    if shown.turned:
        said = "Transposed convolution, drawn as the equivalent convolution"
        pen.text((LEFT, TOP + FONT / 2), said, FONT, colours.ink, bold=True, align="left")
    padded_input(pen, shown, plan)
    enlarged(pen, shown, plan)
    draw_kernel(pen, shown, plan)
    draw_output(pen, shown, plan)
    _signs(pen, shown, plan)


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
