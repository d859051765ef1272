"""The numbers of a layer's maps: kept as cells, shared as they are kept, and read as arrays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from math import prod
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets as t

from .cells import EXACT, Cells
from .layers import Layer
from .layers.wire import from_wire, to_wire
from .traits import (
    CellsTrait,
    LayerTrait,
    RefusedError,
    array_of,
    cells_of,
    check_dimensions,
    shape_of,
)

if TYPE_CHECKING:
    from .values import Array

MAPS = ("input", "kernel")


def _from_page(build: Any, value: Any, _widget: object) -> Any:
    """Build what the page sent; what cannot be is refused as a trait is."""
    try:
        return build(value)
    except (AttributeError, TypeError, ValueError) as error:
        raise RefusedError(f"the page sent {value!r}: {error}") from error


class Maps(anywidget.AnyWidget):
    """A widget that holds a layer, and the numbers of its input and kernel."""

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

    _held: Layer | None = None  # the layer that there was when a change of several things began
    _last_read: dict[str, Array | None]

    @property
    def output(self) -> Array:
        """The output's numbers; read-only, for they follow from the rest."""
        layer: Any = self.layer
        x, kernel = self.computed_with()
        output: Array = layer.apply(x) if kernel is None else layer.apply(x, kernel)
        output.flags.writeable = False
        return output

    def computed_with(self) -> tuple[Array, Array | None]:
        """Return input and kernel, as floats where the sums pass what the page has as integers."""
        from .values import largest_sum

        layer: Any = self.layer
        x, kernel = self.input, self.kernel
        if x is None or kernel is None:
            return x, kernel
        channels = prod(x.shape[: -len(layer.axes)]) // layer.groups
        if largest_sum(x, kernel, channels * prod(layer.kernel_size)) > EXACT:
            x = x.astype(float)
        return x, kernel

    def _taken(self, name: str, value: Any, layer: Layer) -> Cells:
        """What is meant by numbers that are given to a map of a layer."""
        if isinstance(value, Cells):
            return value
        read = self._last_read.get(name)
        if value is read and shape_of(name, layer) == (None if read is None else read.shape):
            return self._cells(name)  # what was read is written back: its fill is still meant
        return cells_of(value, name, layer)

    @t.validate("layer")
    def _agree(self, proposal: Any) -> Layer:
        """Refuse a layer that explicit arrays contradict."""
        layer: Layer = proposal["value"]
        for name in MAPS:
            if self.trait_has_value(name):
                check_dimensions(self._cells(name), name, layer)
        return layer

    def _cells(self, name: str) -> Cells:
        """A map's numbers as they are kept."""
        return self.traits()[name].get(self, type(self))

    def _read(self, name: str) -> Array | None:
        array = array_of(self._cells(name), name, self.layer)
        self._last_read[name] = array
        return array

    def get_state(self, key: Any = None, drop_defaults: bool = False) -> dict[str, Any]:
        """Return the state for the page; cells as they are kept, which does not need NumPy."""
        keys = set(self.keys if key is None else [key] if isinstance(key, str) else key)
        cells = {name: self._cells(name).to_wire() for name in keys & set(MAPS)}
        return {**super().get_state(keys - cells.keys(), drop_defaults), **cells}

    @contextmanager
    def hold_trait_notifications(self) -> Iterator[None]:
        """Change several things at once, and tell observers afterwards."""
        with super().hold_trait_notifications():
            held, self._held = self._held, self._held or self.layer
            try:
                yield
            finally:
                self._held = held

    def _notify_trait(self, name: str, old_value: Any, new_value: Any) -> None:
        change = t.Bunch(name=name, old=old_value, new=new_value, owner=self, type="change")
        if name in MAPS:
            change.layer = self._held or self.layer  # of the old numbers
        self.notify_change(change)

    def notify_change(self, change: Any) -> None:
        """Tell observers of numbers the arrays, as their layers had them, not how they are kept."""
        # Before there is a comm the widget is being made, and nobody observes it yet.
        if change.name in MAPS and self.comm is not None:
            old = array_of(change.old, change.name, change.pop("layer"))
            new = array_of(change.new, change.name, self.layer)
            change = t.Bunch({**change, "old": old, "new": new})
        super().notify_change(change)
