"""A layer as the small dictionary that travels to the page, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from .base import Layer
from .convolution import Conv
from .pooling import AvgPool, MaxPool
from .transposed import ConvTranspose

TYPES: dict[str, type[Layer]] = {
    cls.__name__: cls for cls in (Conv, ConvTranspose, MaxPool, AvgPool)
}


def to_wire(layer: Layer) -> dict[str, Any]:
    """The layer's type and its settings, by their names."""
    settings = {setting.name: getattr(layer, setting.name) for setting in fields(layer)}
    return {"type": type(layer).__name__, **settings}


def from_wire(wire: Mapping[str, Any]) -> Layer:
    """The layer that a dictionary describes; raises what its constructor raises."""
    settings = dict(wire)
    kind = settings.pop("type", None)
    if kind not in TYPES:
        raise ValueError(f"{kind!r} is no type of layer: {', '.join(TYPES)}")
    return TYPES[kind](**settings)
