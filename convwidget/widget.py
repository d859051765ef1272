"""ConvWidget: the layer, its numbers and what is looked at, shared with the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from functools import partial
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import anywidget
import traitlets as t

from . import guide
from .axis import whole
from .cells import EXACT, FILLS, Cells
from .layers import Conv, Layer
from .layers.wire import from_wire, to_wire
from .limits import check_drawable

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from .values import Array

STATIC = Path(__file__).parent / "static"
VIEWS = ("grids",)
THEMES = ("auto", "light", "dark")
PICTURE_WIDTH = 760  # of the stored picture, in CSS pixels


class RefusedError(t.TraitError, ValueError):
    """A value that cannot be, with the reason; traitlets then takes a whole change back."""


class LayerTrait(t.TraitType[Conv, Conv]):
    """A layer that the widget can draw."""

    def validate(self, obj: ConvWidget, value: object) -> Conv:
        """Refuse what the widget cannot show."""
        if not isinstance(value, Conv) or len(value.axes) != 2:
            raise RefusedError(f"the widget draws a Conv in two dimensions, and not {value!r}")
        if value.groups > 1 or (value.in_channels or 1) > 1 or (value.out_channels or 1) > 1:
            raise RefusedError(f"the widget draws one input map and one kernel, and not {value!r}")
        try:
            check_drawable(value)
        except ValueError as error:
            raise RefusedError(str(error)) from None
        return value


class CellsTrait(t.TraitType[Cells, Any]):
    """The numbers of a map: kept as `Cells`, read as a NumPy array of the size of the moment."""

    def __get__(self, obj: ConvWidget | None, cls: type | None = None) -> Any:
        return self if obj is None else obj._read(str(self.name))

    def validate(self, obj: ConvWidget, value: Any) -> Cells:
        """Take an array of the right shape, the name of a fill, or `Cells`."""
        return obj._taken(str(self.name), value, obj.layer)


def cells_of(value: ArrayLike | str | Cells, name: str, shape: tuple[int, ...]) -> Cells:
    """The cells that a user gave for a map of some shape."""
    if isinstance(value, Cells):
        if value.dimensions not in (None, len(shape)):
            raise RefusedError(
                f"{name} has {value.dimensions} dimensions, but the layer has {len(shape)}"
            )
        return value
    if isinstance(value, str):
        if value not in FILLS:
            raise RefusedError(f"{name}={value!r} is no fill: {', '.join(map(repr, FILLS))}")
        return Cells(value)
    from .values import as_numbers

    array = as_numbers(value, name)
    if array.shape != shape:
        raise RefusedError(f"{name} has shape {array.shape}, but the layer's is {shape}")
    if array.dtype.kind == "c":
        raise TypeError(f"{name} must hold real numbers")
    try:
        return Cells.of(array)
    except ValueError as error:
        raise RefusedError(f"{name}: {error}") from None


def _from_page(build: Any, value: Any, _widget: object) -> Any:
    """Build what the page sent; what cannot be is refused as a trait is."""
    try:
        return build(value)
    except (AttributeError, TypeError, ValueError) as error:
        raise RefusedError(f"the page sent {value!r}: {error}") from error


def _inside(position: Any, layer: Layer) -> tuple[int, ...]:
    """The index of an output cell, as integers."""
    try:
        index = tuple(whole(n, "position") for n in position)
    except TypeError as error:
        raise RefusedError(str(error)) from None
    size = layer.output_size
    if len(index) != len(size) or not all(0 <= n < o for n, o in zip(index, size, strict=True)):
        raise RefusedError(f"position {index} is not in the output {size}")
    return index


def _setting(name: str) -> property:
    def read(self: ConvWidget) -> Any:
        return getattr(self.layer, name)

    def write(self: ConvWidget, value: Any) -> None:
        self.set(**{name: value})

    return property(read, write, doc=f"The layer's {name}; set through the whole layer.")


class ConvWidget(anywidget.AnyWidget):
    """A layer, live: its grids, the window that slides over them, and the numbers.

    Parameters
    ----------
    layer : Conv
        A convolution in two dimensions, of one input map with one kernel.
    input, kernel : array_like, str or None
        The numbers, with the layer's sizes, or a fill: "random" (0 to 4; the input's default),
        "ramp" (1, 2, 3 … in reading order; the kernel's default) or "ones".
    view : str
        What is drawn: "grids".
    position : tuple of int, optional
        The output cell whose window is shown; the first where not given.
    theme : {"auto", "light", "dark"}
        "auto" follows the page.

    Attributes
    ----------
    layer : Conv
        Set as a whole, so that no combination that cannot be ever exists.
    input, kernel, output : numpy.ndarray
        The numbers as they are shown. Reading gives a read-only array; set `input` and `kernel` as
        a whole.
    input_size, kernel_size, stride, padding, dilation, stretch
        The layer's settings: ``w.stride = 2`` sets a changed layer.

    Raises
    ------
    TypeError
        For a parameter that it does not take, or an array of what is no real number.
    ValueError
        For a layer that cannot be drawn, or numbers that contradict it or are not finite.

    Examples
    --------
    >>> w = ConvWidget(Conv(5, 3, stride=2, padding=1), kernel="ones")
    >>> w
    ConvWidget(Conv(5, 3, stride=2, padding=1), input='random', kernel='ones')
    >>> w.output.shape
    (3, 3)
    >>> w.stride = 1
    >>> w.layer
    Conv(5, 3, padding=1)
    """

    _esm = STATIC / "widget.js"
    _css = STATIC / "widget.css"

    layer = LayerTrait().tag(
        sync=True,
        to_json=lambda layer, _: to_wire(layer),
        from_json=partial(_from_page, from_wire),
    )
    input = CellsTrait().tag(
        sync=True,
        to_json=lambda _, widget: widget._cells("input").to_wire(),
        from_json=partial(_from_page, Cells.from_wire),
    )
    kernel = CellsTrait().tag(
        sync=True,
        to_json=lambda _, widget: widget._cells("kernel").to_wire(),
        from_json=partial(_from_page, Cells.from_wire),
    )
    view = t.Enum(VIEWS, "grids").tag(sync=True)
    position = t.Tuple().tag(sync=True)
    theme = t.Enum(THEMES, "auto").tag(sync=True)
    initial = t.Dict().tag(sync=True)

    input_size = _setting("input_size")
    kernel_size = _setting("kernel_size")
    stride = _setting("stride")
    padding = _setting("padding")
    dilation = _setting("dilation")
    stretch = _setting("stretch")

    def __init__(
        self,
        layer: Conv,
        *,
        input: ArrayLike | str | Cells | None = None,
        kernel: ArrayLike | str | Cells | None = None,
        view: str = "grids",
        position: tuple[int, ...] | None = None,
        theme: str = "auto",
        **options: Any,
    ) -> None:
        for name in options.keys() - self.traits().keys():
            raise TypeError(f"ConvWidget takes no {name!r}")
        self._last_read: dict[str, Array] = {}
        self.layer = layer
        self.input = Cells("random") if input is None else input
        self.kernel = Cells("ramp") if kernel is None else kernel
        self.position = (0,) * len(layer.axes) if position is None else position
        self.view, self.theme = view, theme
        self.initial = self.get_state(("layer", "input", "kernel"))
        super().__init__(**options)

    @classmethod
    def figure(cls, number: str, **options: Any) -> ConvWidget:
        """Return a widget that shows a figure of the guide.

        Parameters
        ----------
        number : str
            The figure's number, such as "2.6".
        **options
            More of the widget's parameters.

        Raises
        ------
        ValueError
            For a number that the guide does not have, or a figure that the widget cannot draw.

        Examples
        --------
        >>> ConvWidget.figure("2.6").output.shape
        (3, 3)
        """
        drawn = guide.recipe(number)
        return cls(cast(Conv, drawn.layer), input=drawn.input, kernel=drawn.kernel, **options)

    def set(self, **changes: Any) -> None:
        """Change several things at once: the layer's settings, numbers, or what is looked at.

        Nothing changes where one of them cannot be.

        Parameters
        ----------
        **changes
            Settings of the layer by their names, `layer`, `input`, `kernel`, `view`, `position` or
            `theme`.

        Raises
        ------
        TypeError
            For a name that is none of these, or a value of a wrong type.
        ValueError
            For a layer that cannot be, or numbers that contradict it.

        Examples
        --------
        >>> w = ConvWidget(Conv(5, 3))
        >>> w.set(input_size=20, kernel_size=9)
        >>> w.layer
        Conv(20, 9)
        """
        own = ("input", "kernel", "view", "position", "theme")
        layer = self.traits()["layer"].validate(self, changes.pop("layer", self.layer))
        settings = {name: changes.pop(name) for name in set(changes) - set(own)}
        known = [setting.name for setting in fields(layer)]
        for name in settings:
            if name not in known:
                raise TypeError(f"{name!r} is none of {', '.join([*known, 'layer', *own])}")
        layer = replace(layer, **settings)
        for name in ("input", "kernel"):
            if name in changes:
                changes[name] = self._taken(name, changes[name], layer)
        if "position" in changes:
            changes["position"] = _inside(changes["position"], layer)
        with self.hold_sync(), self.hold_trait_notifications():
            self.layer = layer
            for name, value in changes.items():
                setattr(self, name, value)

    @property
    def output(self) -> Array:
        """The output's numbers; read-only, for they follow from the rest."""
        from .values import largest_sum

        x, kernel = self.input, self.kernel
        if largest_sum(x, kernel, prod(self.layer.kernel_size)) > EXACT:
            x = x.astype(float)  # as the page computes, whose numbers are all floats
        output = self.layer.apply(x, kernel)
        output.flags.writeable = False
        return output

    def _taken(self, name: str, value: Any, layer: Layer) -> Cells:
        """What is meant by numbers that are given to a map of a layer."""
        shape = self._shape(name, layer)
        last_read = self._last_read.get(name)
        if last_read is not None and value is last_read and last_read.shape == shape:
            return self._cells(name)  # what was read is written back: its fill is still meant
        return cells_of(value, name, shape)

    @t.validate("position")
    def _stand_inside(self, proposal: Any) -> tuple[int, ...]:
        return _inside(proposal["value"], self.layer)

    @t.observe("layer")
    def _stay_inside(self, _change: object) -> None:
        size = self.layer.output_size
        kept = (*self.position, *(0 for _ in size))[: len(size)]
        self.position = tuple(min(n, o - 1) for n, o in zip(kept, size, strict=True))

    def _shape(self, name: str, layer: Layer) -> tuple[int, ...]:
        return layer.input_size if name == "input" else layer.kernel_size

    def _cells(self, name: str) -> Cells:
        """A map's numbers as they are kept."""
        return self.traits()[name].get(self, type(self))

    def _read(self, name: str) -> Array:
        array = self._cells(name).array(self._shape(name, self.layer))
        self._last_read[name] = array
        return array

    def get_state(self, key: Any = None, drop_defaults: bool = False) -> dict[str, Any]:
        """Return the state for the page; cells as they are kept, which does not need NumPy."""
        keys = set(self.keys if key is None else [key] if isinstance(key, str) else key)
        cells = {name: self._cells(name).to_wire() for name in keys & {"input", "kernel"}}
        return {**super().get_state(keys - cells.keys(), drop_defaults), **cells}

    def set_state(self, sync_data: Mapping[str, Any]) -> None:
        """Take what the page sent; where it cannot be, the page gets this side's state back."""
        try:
            super().set_state(sync_data)
        except t.TraitError as error:
            self.log.warning("%s", error)
            self.send_state(set(sync_data) & set(self.keys))

    def notify_change(self, change: Any) -> None:
        """Tell observers of numbers the arrays, and not how they are kept."""
        # Before there is a comm the widget is being made, and nobody observes it yet.
        if change.name in ("input", "kernel") and self.comm is not None:
            shape = self._shape(change.name, self.layer)
            old = change.old.array(shape) if isinstance(change.old, Cells) else change.old
            change = t.Bunch({**change, "old": old, "new": change.new.array(shape)})
        super().notify_change(change)

    def __repr__(self) -> str:
        """Return the settings, and no address: the same in every run."""
        parts = [repr(self.layer)]
        for name in ("input", "kernel"):
            cells = self._cells(name)
            kept = repr(cells.fill) if cells.fill else "array"
            parts.append(f"{name}={kept}" + (" edited" if cells.edits else ""))
        return f"ConvWidget({', '.join(parts)})"

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """The widget, with a picture for where no widget can live."""
        bundle = super()._repr_mimebundle_()
        if bundle is None:
            return None
        data, metadata = bundle
        theme = "dark" if self.theme == "dark" else "light"
        try:
            from .plotting import png

            picture = png(self.layer, self.input, self.kernel, position=self.position, theme=theme)
        except ImportError:
            return data, metadata  # there is no matplotlib here
        data["image/png"] = picture
        metadata["image/png"] = {"width": PICTURE_WIDTH}
        return data, metadata
