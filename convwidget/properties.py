"""A layer's settings as properties of the widget: ``w.stride = 2`` sets a changed layer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .widget import ConvWidget


def setting(name: str) -> property:
    """A property of the widget for one of its layer's settings."""

    def read(self: ConvWidget) -> Any:
        if not hasattr(self.layer, name):
            raise AttributeError(f"{type(self.layer).__name__} has no {name}")
        return getattr(self.layer, name)

    def write(self: ConvWidget, value: Any) -> None:
        self.set(**{name: value})

    return property(read, write, doc=f"The layer's {name}; set through the whole layer.")


class Settings:
    """Those of all types of layers; one that the layer of the moment has not is no attribute."""

    input_size = setting("input_size")
    kernel_size = setting("kernel_size")
    stride = setting("stride")
    padding = setting("padding")
    dilation = setting("dilation")
    stretch = setting("stretch")
    output_padding = setting("output_padding")
    groups = setting("groups")
    in_channels = setting("in_channels")
    out_channels = setting("out_channels")
    ceil_mode = setting("ceil_mode")
    count_include_pad = setting("count_include_pad")
