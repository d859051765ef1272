"""ConvWidget: the layer, its numbers and what is looked at, shared with the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import traitlets as t

from . import guide, still
from .cells import Cells
from .layers import Layer
from .layers.wire import from_wire
from .maps import MAPS, Maps
from .properties import Settings
from .shapes import Shape, shapes
from .traits import AnswersTrait, PositionTrait, placed, shape_of

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from .values import Array

STATIC = Path(__file__).parent / "static"
VIEWS = ("grids", "stacked", "matrix", "ruler", "subsampling", "stamp", "equivalent", "back")
THEMES = ("auto", "light", "dark")
LOOKED_AT = ("view", "position", "theme", "predict", "answers")
PICTURE_WIDTH = 760  # of the stored picture, in CSS pixels


class ConvWidget(Settings, Maps):
    """A layer, live: its maps, the window that slides over them, and the numbers.

    Parameters
    ----------
    layer : Conv, ConvTranspose, MaxPool or AvgPool
        A layer of one, two or three dimensions, with up to 16 maps of the input and of the output:
        channels times slices in depth.
    input, kernel : array_like, str or None
        The numbers, or a fill: "random" (0 to 4; the input's default), "ramp" (1, 2, 3 … in reading
        order; the kernel's default), "ones", "zeros", "identity", "blur", "sharpen" or "sobel".
        Arrays have the layer's sizes; where the layer states channels or has groups, behind
        channels as in PyTorch: (C, ...) and (F, C / groups, ...), in a ConvTranspose
        (C, F / groups, ...). A pool has no kernel.
    view : str
        What is wished for: "grids", "stacked", "matrix", "ruler", "subsampling", "stamp",
        "equivalent" or "back". Which of them a layer has the page decides; it draws the layer's
        first where the layer has not the one wished for.
    position : tuple, list or array of int, optional
        The output cell whose window is shown, as an index of `output`; the first where not given.
    theme : {"auto", "light", "dark"}
        "auto" follows the page.
    predict : bool
        Ask for the output's size before showing the output.

    Attributes
    ----------
    layer : Conv, ConvTranspose, MaxPool or AvgPool
        Set as a whole, so that no combination that cannot be ever exists.
    input, kernel, output : numpy.ndarray
        The numbers as they are shown; the kernel of a pool is None, and a convolution that follows
        has the kernel from before. Reading gives a read-only array; set `input` and `kernel` as a
        whole.
    input_size, kernel_size, stride, padding, dilation, stretch, output_padding
        The layer's settings: ``w.stride = 2`` sets a changed layer. Each type of layer has its own.
    groups, in_channels, out_channels, ceil_mode, count_include_pad
        More of them.
    answers : list of dict
        What was predicted so far: ``{"layer": …, "answer": [3, 3], "right": True}``, the layer as
        its type and settings by their names.

    Raises
    ------
    TypeError
        For a parameter that it does not take, or an array of what is no real number.
    ValueError
        For a layer that cannot be drawn, or numbers that contradict it or are not finite.

    Examples
    --------
    >>> from convwidget import Conv, MaxPool
    >>> w = ConvWidget(Conv(5, 3, stride=2, padding=1), kernel="blur")
    >>> w
    ConvWidget(Conv(5, 3, stride=2, padding=1), input='random', kernel='blur')
    >>> w.output.shape
    (3, 3)
    >>> w.stride = 1
    >>> w.layer
    Conv(5, 3, padding=1)

    With channels, and as a pool:

    >>> w.set(in_channels=2, out_channels=3)
    >>> w.input.shape, w.kernel.shape, w.output.shape
    ((2, 5, 5), (3, 2, 3, 3), (3, 5, 5))
    >>> w.layer = MaxPool(4, 2)
    >>> w
    ConvWidget(MaxPool(4, 2), input='random')
    """

    _esm = STATIC / "widget.js"
    _css = STATIC / "widget.css"

    view = t.Enum(VIEWS, "grids").tag(sync=True)
    position = PositionTrait().tag(sync=True)
    theme = t.Enum(THEMES, "auto").tag(sync=True)
    predict = t.Bool(False).tag(sync=True)
    answers = AnswersTrait(t.Dict()).tag(sync=True)
    initial = t.Dict().tag(sync=True)

    def __init__(
        self,
        layer: Layer,
        *,
        input: ArrayLike | str | Cells | None = None,
        kernel: ArrayLike | str | Cells | None = None,
        view: str = "grids",
        position: ArrayLike | None = None,
        theme: str = "auto",
        predict: bool = False,
        **options: Any,
    ) -> None:
        for name in options.keys() - self.traits().keys():
            raise TypeError(f"ConvWidget takes no {name!r}")
        self._last_read: dict[str, Array | None] = {}
        self.layer = layer
        self.input = Cells("random") if input is None else input
        self.kernel = Cells("ramp") if kernel is None else kernel
        self.position = (0,) * len(shapes(layer).output) if position is None else position
        self.view, self.theme, self.predict = view, theme, predict
        self.initial = self.get_state(("layer", "input", "kernel"))
        super().__init__(**options)

    @classmethod
    def figure(cls, number: str, **options: Any) -> ConvWidget:
        """Return a widget that shows a figure of the guide, in a view like the guide's.

        Parameters
        ----------
        number : str
            The figure's number, such as "2.6".
        **options
            More of the widget's parameters.

        Raises
        ------
        ValueError
            For a number that the guide does not have.

        Examples
        --------
        >>> ConvWidget.figure("2.6").output.shape
        (3, 3)
        """
        drawn = guide.recipe(number)
        shown = {"input": drawn.input, "kernel": drawn.kernel, "view": drawn.view}
        return cls(drawn.layer, **(shown | options))

    def set(self, **changes: Any) -> None:
        """Change several things at once: the layer's settings, numbers, or what is looked at.

        Nothing changes where one of them cannot be.

        Parameters
        ----------
        **changes
            Settings of the layer by their names, `layer`, `input`, `kernel`, `view`, `position`,
            `theme`, `predict` or `answers`.

        Raises
        ------
        TypeError
            For a name that is none of these or that the type of layer does not have, or a value of
            a wrong type.
        ValueError
            For a layer that cannot be, or numbers that contradict it.

        Examples
        --------
        >>> from convwidget import Conv
        >>> w = ConvWidget(Conv(5, 3))
        >>> w.set(input_size=20, kernel_size=9)
        >>> w.layer
        Conv(20, 9)
        """
        own = (*MAPS, *LOOKED_AT)
        layer = self.traits()["layer"].validate(self, changes.pop("layer", self.layer))
        settings = {name: changes.pop(name) for name in set(changes) - set(own)}
        known = [setting.name for setting in fields(layer)]
        for name in settings:
            if name not in known:
                there = ", ".join([*known, "layer", *own])
                raise TypeError(f"{type(layer).__name__} has no {name!r}; there are {there}")
        layer = replace(layer, **settings)
        for name in MAPS:
            if name in changes:
                changes[name] = self._taken(name, changes[name], layer)
        if "position" in changes:
            changes["position"] = placed(changes["position"], layer)
        with self.hold_sync(), self.hold_trait_notifications():
            self.layer = layer
            for name, value in changes.items():
                setattr(self, name, value)

    def save(
        self,
        path: str | Path,
        *,
        title: str | None = None,
        theme: str | None = None,
        **picture: Any,
    ) -> None:
        """Save a live page, a picture or an animation; the file's name says which.

        A page (.html) is alive in a browser, from a disk or a server, with no kernel and no
        network. `convwidget.export.page` puts several widgets on one. Pictures are .svg, .png or
        .pdf; .gif and .mp4 show the window on its way. With `predict` a picture leaves the output
        out, a page asks for it anew, and an animation is refused.

        Parameters
        ----------
        path : str or pathlib.Path
            The file; one that is there is replaced.
        title : str, optional
            The page's heading; the layer where not given.
        theme : {"auto", "light", "dark"}, optional
            Instead of the widget's own. "auto" follows the reader's system in a page, and is
            light in a picture.
        **picture
            More that `convwidget.plotting.save` takes, such as `width`, `interval` and `style`;
            without one the picture is like the widget's view where there is a style like it.

        Raises
        ------
        ValueError
            For a suffix that is none of these, or an animation of what is to be predicted.
        FileNotFoundError
            Where there is no such folder.
        TypeError
            For a picture's settings with a page, or a title with a picture.
        ImportError
            For a picture without matplotlib.

        Examples
        --------
        >>> from convwidget import Conv
        >>> from tempfile import TemporaryDirectory
        >>> w = ConvWidget(Conv(5, 3, stride=2, padding=1))
        >>> with TemporaryDirectory() as folder:
        ...     w.save(f"{folder}/strided.html", title="A stride of 2")
        """
        from . import export

        export.save(self, path, title=title, theme=theme, **picture)

    @t.validate("position")
    def _stand_inside(self, proposal: Any) -> Shape:
        return placed(proposal["value"], self.layer)

    @t.observe("layer")
    def _stay_inside(self, _change: object) -> None:
        shape = shapes(self.layer).output
        kept = (*self.position, *(0 for _ in shape))[: len(shape)]
        self.position = tuple(min(n, o - 1) for n, o in zip(kept, shape, strict=True))

    def set_state(self, sync_data: Mapping[str, Any]) -> None:
        """Take what the page sent; where it cannot be, the page gets this side's state back."""
        try:
            super().set_state(sync_data)
        except t.TraitError as error:
            self.log.warning("%s", error)
            self.send_state(set(sync_data) & set(self.keys))

    def __repr__(self) -> str:
        """Return the settings, and no address: the same in every run."""
        parts = [repr(self.layer)]
        for name in MAPS:
            if shape_of(name, self.layer) is not None:
                cells = self._cells(name)
                kept = repr(cells.fill) if cells.fill else "array"
                parts.append(f"{name}={kept}" + (" edited" if cells.edits else ""))
        if self.view != "grids":
            parts.append(f"view={self.view!r}")
        if self.predict:
            parts.append("predict=True")
        return f"ConvWidget({', '.join(parts)})"

    @property
    def _hidden(self) -> bool:
        """Whether the output is still to be predicted."""
        return self.predict and not any(
            answer["right"] and from_wire(answer["layer"]) == self.layer for answer in self.answers
        )

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """The widget, with a picture for where no widget can live."""
        bundle = super()._repr_mimebundle_()
        if bundle is None:
            return None
        data, metadata = bundle
        image = still.png(self, self.theme, predict=self._hidden)
        if image is not None:
            data["image/png"] = image
            said = still.words(self, predict=self._hidden)
            metadata["image/png"] = {"width": PICTURE_WIDTH, "alt": said}
        return data, metadata
