"""A layer as a picture on matplotlib's Axes, or as a PNG."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from ..layers import ConvTranspose
from .back import back
from .canvas import Picture, axes, begun, painted
from .flat import flat
from .planes import planes
from .stacked import stacked
from .stamps import stamps
from .subject import Drawable, given, has_one_map

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import ArrayLike

WIDTH = 760
"""The width of a picture, in CSS pixels."""
STYLES = ("flat", "stacked", "stamp", "back")


def draw(
    layer: Drawable,
    input: ArrayLike | None = None,
    kernel: ArrayLike | None = None,
    *,
    position: ArrayLike | None = None,
    predict: bool = False,
    style: str = "flat",
    theme: str = "light",
    ax: Axes | None = None,
) -> Axes:
    """Draw a layer as the guide does: input, kernel and output, and the window over the input.

    Where a layer has channels or depth, every map of the input and the output is drawn, and the
    kernels that make the shown one. Cells that no window uses are hatched. A transposed convolution
    is drawn as the equivalent convolution, over the stretched input, with the kernel turned, where
    `style` does not say otherwise. Maps that are too large for their numbers are shaded, the
    lighter the larger the number.

    Parameters
    ----------
    layer : Conv, ConvTranspose, MaxPool or AvgPool
        A layer of one, two or three dimensions.
    input : array_like, shape input_size or (C, *input_size), optional
        The numbers of the input, with channels where the layer states some or has groups; else
        those that the widget shows at first.
    kernel : array_like, shape kernel_size or (F, C / groups, *kernel_size), optional
        The weights, of layers that have some; else 1, 2, 3 …
    position : tuple, list or array of int, optional
        The output cell whose window is shown, its channel first if it has one; else the first.
    predict : bool, optional
        Hide the output, its size and all that would tell it.
    style : {"flat", "stacked", "stamp", "back"}, optional
        "flat": the maps beside each other with all that is said of them. The others are for layers
        with one map of the input and one of the output. "stacked" is the guide's own drawing, in
        which the output floats above the input. Of a transposed convolution, "stamp" shows how each
        input cell adds the kernel, times its number, to the output, and "back" the convolution that
        it transposes, over its output.
    theme : {"light", "dark"}, optional
        The colours.
    ax : matplotlib.axes.Axes, optional
        Where to draw; else on a new figure of the right size, which pyplot does not know.

    Returns
    -------
    matplotlib.axes.Axes
        `save` writes it to a file in one step; or save its figure:
        ``draw(layer).figure.savefig("layer.svg")``.

    Raises
    ------
    TypeError
        When `layer` is no layer, or an array holds no real numbers.
    ValueError
        When a shape or the position contradicts the layer, a number is not finite, there are
        more than three dimensions, 16 maps or 512 cells in a row, or the layer has no such style.

    Examples
    --------
    >>> from convwidget import Conv
    >>> ax = draw(Conv(5, 3, stride=2, padding=1), position=(1, 2))
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "output[1, 2]"]
    ['39']
    """
    picture = laid_out(layer, input, kernel, position, predict, style, WIDTH)
    if ax is None:
        ax = axes(picture.width, picture.height)
    picture.moving(begun(picture, ax, theme))
    return ax


def png(
    layer: Drawable,
    input: ArrayLike | None = None,
    kernel: ArrayLike | None = None,
    *,
    position: ArrayLike | None = None,
    predict: bool = False,
    style: str = "flat",
    theme: str = "light",
    width: int = WIDTH,
) -> bytes:
    r"""Return the picture of `draw` as a PNG: the same bytes whenever the same is drawn.

    Parameters
    ----------
    layer, input, kernel, position, predict, style, theme
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
    picture = laid_out(layer, input, kernel, position, predict, style, width)
    file = BytesIO()
    canvas = painted(picture, theme, width).canvas
    canvas.print_png(file, metadata={"Software": None})
    return file.getvalue()


def laid_out(
    layer: Drawable,
    input: ArrayLike | None,
    kernel: ArrayLike | None,
    position: ArrayLike | None,
    predict: bool,
    style: str,
    width: float,
) -> Picture:
    """Lay out what a caller gives, in about a width."""
    if style not in STYLES:
        raise ValueError(f"style {style!r} is not one of {', '.join(map(repr, STYLES))}")
    shown = given(layer, input, kernel, position)
    if style == "flat" and not has_one_map(layer):
        return planes(shown, predict, width)
    _check_style(layer, style, predict)
    if style == "stacked":
        return stacked(shown, predict, width)
    if style == "flat" or not isinstance(layer, ConvTranspose):
        return flat(shown, predict, width)
    if style == "stamp":
        return stamps(layer, shown, predict, width)
    return flat(back(layer, shown), predict, width)


def _check_style(layer: Drawable, style: str, predict: bool) -> None:
    """Refuse a style that a layer has not."""
    if style in ("stamp", "back") and not isinstance(layer, ConvTranspose):
        raise ValueError(f"style={style!r} is for a ConvTranspose, and not for {layer!r}")
    if not has_one_map(layer):
        what = "depth" if len(layer.axes) > 2 else "channels"
        raise ValueError(
            f"a drawing with style={style!r} has one map of the input and one of the output, and a "
            f"layer with {what} has more: style='flat' draws them all"
        )
    if style == "back" and predict:
        raise ValueError(
            "a drawing with style='back' begins with the output, which is to be predicted: "
            "style='stamp' and style='flat' hide it"
        )
