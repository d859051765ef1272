"""What the widget's traits take and refuse: a layer, the numbers of a map, predictions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import traitlets as t

from .axis import whole
from .cells import FILLS, Cells
from .layers import Layer
from .layers.wire import TYPES, from_wire
from .limits import check_drawable
from .position import index_of, inside
from .shapes import Shape, shapes

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from .values import Array
    from .widget import ConvWidget


class RefusedError(t.TraitError, ValueError):
    """A value that cannot be, with the reason; traitlets then takes a whole change back."""


class LayerTrait(t.TraitType[Layer, Layer]):
    """A layer that the widget can draw."""

    def validate(self, obj: ConvWidget, value: object) -> Layer:
        """Refuse what the widget cannot show."""
        if not isinstance(value, Layer):
            raise RefusedError(f"the widget draws a layer ({', '.join(TYPES)}), and not {value!r}")
        try:
            check_drawable(value)
        except ValueError as error:
            raise RefusedError(str(error)) from None
        return value


class CellsTrait(t.TraitType[Cells, Any]):
    """The numbers of a map: kept as `Cells`, read as a NumPy array of the shape of the moment."""

    def __get__(self, obj: ConvWidget | None, cls: type | None = None) -> Any:
        return self if obj is None else obj._read(str(self.name))

    def validate(self, obj: ConvWidget, value: Any) -> Cells:
        """Take an array of the right shape, the name of a fill, or `Cells`."""
        return obj._taken(str(self.name), value, obj.layer)


class PositionTrait(t.TraitType[Shape, Any]):
    """The index of an output cell; whether the layer has that cell is asked apart."""

    default_value = ()

    def validate(self, obj: ConvWidget, value: object) -> Shape:
        """Take integers in a tuple, a list or an array."""
        try:
            return index_of(value)
        except TypeError as error:
            raise RefusedError(str(error)) from None


class AnswersTrait(t.List[dict[str, Any]]):
    """Predictions of output sizes, in the order in which they were made."""

    def validate(self, obj: ConvWidget, value: Any) -> list[dict[str, Any]]:
        """Refuse what is no list of predictions, or praises a wrong one."""
        answers = super().validate(obj, value) or []
        for entry in answers:
            _check_answer(entry)
        return answers


def _check_answer(entry: Any) -> None:
    try:
        layer, answer, right = (entry[name] for name in ("layer", "answer", "right"))
        size = from_wire(layer).output_size
        given = tuple(whole(n, "an answer") for n in answer)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise RefusedError(f"{entry!r} is no prediction of a layer's output: {error}") from None
    if len(entry) > 3 or len(given) != len(size) or right is not (given == size):
        raise RefusedError(
            f"{entry!r} must hold the layer, an answer with {len(size)} sizes, and whether it is "
            f"right: the output is {size}"
        )


def shape_of(name: str, layer: Layer) -> Shape | None:
    """The shape of a layer's input or kernel; None for the kernel of a pool."""
    of = shapes(layer)
    return of.input if name == "input" else of.kernel


def array_of(cells: Cells, name: str, layer: Layer) -> Array | None:
    """A map's numbers at a layer's shape; None for the kernel of a pool."""
    check_dimensions(cells, name, layer)
    shape = shape_of(name, layer)
    return None if shape is None else cells.array(shape, len(shape) - len(layer.axes))


def check_dimensions(cells: Cells, name: str, layer: Layer) -> None:
    """Refuse an explicit array with more or fewer axes than the layer's."""
    shape = shape_of(name, layer)
    if shape is not None and cells.dimensions not in (None, len(shape)):
        raise RefusedError(
            f"{name} is an array of {cells.dimensions} dimensions, but the layer's has shape "
            f"{shape}: set both at once, as in set(layer=…, {name}=…)"
        )


def cells_of(value: ArrayLike | str | None, name: str, layer: Layer) -> Cells:
    """The cells that a user gave for a map of a layer."""
    shape = shape_of(name, layer)
    if shape is None:
        raise RefusedError(f"{type(layer).__name__} has no {name}: none can be given")
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


def placed(position: object, layer: Layer) -> Shape:
    """A position in a layer's output; refused as a trait is."""
    try:
        return inside(position, shapes(layer).output)
    except (TypeError, ValueError) as error:
        raise RefusedError(str(error)) from None
