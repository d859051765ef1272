"""What all layers share: settings per dimension, and the axes that they come to."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, fields, replace
from functools import cached_property
from inspect import signature
from typing import Any, Self

from ..axis import Axis
from .settings import Pads, Size, Sizes, dimensions, padding_per_axis, per_axis

PER_AXIS = ("input_size", "kernel_size", "stride", "dilation", "stretch", "output_padding")


@dataclass(frozen=True, init=False, repr=False)
class Layer(ABC):
    """A window that slides along each axis: frozen, and equal where its settings are."""

    input_size: Sizes
    kernel_size: Sizes
    stride: Sizes
    padding: str | Pads
    dilation: Sizes

    def _set(self, **settings: object) -> None:
        """Store settings in their normal form, and refuse those that cannot be."""
        n = dimensions({k: v for k, v in settings.items() if k in (*PER_AXIS, "padding")})
        for name, value in settings.items():
            if name == "padding":
                value = padding_per_axis(value, n)
            elif name in PER_AXIS:
                value = per_axis(value, name, n, least=0 if name == "output_padding" else 1)
            object.__setattr__(self, name, value)
        if not self.axes:
            raise ValueError("a layer needs an axis")

    @abstractmethod
    def _named_pads(self, n: int, name: str) -> tuple[int, int]:
        """The padding that a name stands for on axis `n`."""

    @abstractmethod
    def _axis(self, n: int) -> Axis:
        """The window's arithmetic along axis `n`."""

    @cached_property
    def pads(self) -> Pads:
        """The (before, after) pairs that `padding` comes to."""
        if not isinstance(self.padding, str):
            return self.padding
        name = self.padding
        return tuple(self._named_pads(n, name) for n in range(len(self.input_size)))

    @cached_property
    def axes(self) -> tuple[Axis, ...]:
        """The window's arithmetic along each axis."""
        axes = []
        for n in range(len(self.input_size)):
            try:
                axes.append(self._axis(n))
            except ValueError as error:
                where = "" if self._is_alike() else f", on axis {n}"
                raise ValueError(f"{error}{where}") from None
        return tuple(axes)

    def _is_alike(self) -> bool:
        settings = [getattr(self, name) for name in PER_AXIS if hasattr(self, name)]
        return all(len(set(values)) == 1 for values in [*settings, self.pads])

    @property
    def output_size(self) -> Sizes:
        """The output's size along each axis."""
        return tuple(axis.output for axis in self.axes)

    def at(self, input_size: Size) -> Self:
        """Return the same layer on another input size; a named padding is worked out anew.

        Parameters
        ----------
        input_size : int or tuple of int
            The new size, one for all axes or one for each.

        Raises
        ------
        ValueError
            When the layer cannot be on that input.

        Examples
        --------
        >>> from convwidget import Conv
        >>> Conv(5, 3, stride=2, padding="same").at(6).pads
        ((0, 1), (0, 1))
        """
        return replace(self, input_size=per_axis(input_size, "input_size", len(self.input_size)))

    def __repr__(self) -> str:
        """Return the shortest call that builds the layer again."""
        given = signature(type(self)).parameters
        size = self.input_size
        square = len(size) == 2 and len(set(size)) == 1
        parts = [repr(size[0] if square else size), repr(shortest(self.kernel_size))]
        for setting in fields(self)[2:]:
            default = given[setting.name].default
            if setting.name == "stride" and default is None:
                default = shortest(self.kernel_size)
            value = shortest(getattr(self, setting.name))
            if value != default:
                parts.append(f"{setting.name}={value!r}")
        return f"{type(self).__name__}({', '.join(parts)})"


def shortest(value: Any) -> Any:
    """A setting as briefly as it can be written: (2, 2) as 2, ((1, 1), (0, 0)) as (1, 0)."""
    if not isinstance(value, tuple):
        return value
    if all(isinstance(entry, tuple) for entry in value):
        if any(before != after for before, after in value):
            return value
        value = tuple(before for before, _ in value)
    return value[0] if len(set(value)) == 1 else value
