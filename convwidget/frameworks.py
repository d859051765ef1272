"""The same layer in PyTorch, Keras, JAX and ONNX, written out.

The texts stand in data/frameworks.json. A line that begins with `words|` is there only where these
words are true of the layer, and so is a part `~words:part~` of a line; `!` turns a word around. The
words are `_facts`, and what the data's "any" makes of them: true where any of its choices holds.
`{k}` is a number as briefly as Python writes it for all axes, `{k,}` one number per axis, and the
data's "joined" are what is repeated for each axis.
"""

from __future__ import annotations

import json
import re
from importlib.resources import files
from math import prod
from typing import Any

from .layers import Conv, ConvTranspose, Layer
from .layers.base import shortest

_DATA = json.loads(files(__package__).joinpath("data/frameworks.json").read_text("utf-8"))

FRAMEWORKS: tuple[str, ...] = tuple(_DATA["frameworks"])
"""The names that `code` knows."""


def code(layer: Layer, framework: str) -> str:
    """Write a layer as a program of a framework, with the same output size and numbers.

    Where the framework has no such setting, lines are added that do the same. Channels that the
    layer does not state are one for each group.

    Parameters
    ----------
    layer : Conv, ConvTranspose, MaxPool or AvgPool
    framework : str
        "PyTorch", "Keras" (3), "JAX" or "ONNX".

    Returns
    -------
    str
        A program that runs as it stands: it makes the layer and an input, and prints the output's
        shape. For more dimensions than the framework has, a comment that says so.

    Raises
    ------
    ValueError
        When the framework has another name.

    Examples
    --------
    >>> from convwidget import Conv
    >>> print(code(Conv(5, 3, stride=2, padding=1), "PyTorch"))
    import torch
    from torch import nn
    <BLANKLINE>
    layer = nn.Conv2d(1, 1, kernel_size=3, stride=2, padding=1, bias=False)
    x = torch.randn(1, 1, 5, 5)
    y = layer(x)
    print(tuple(y.shape))  # (1, 1, 3, 3)
    <BLANKLINE>
    """
    if framework not in FRAMEWORKS:
        raise ValueError(f"{framework!r} is no framework: {', '.join(FRAMEWORKS)}")
    n = len(layer.axes)
    if n > 3:
        return f"# {framework}: written for 1 to 3 dimensions, and this layer has {n}.\n"
    axes = [_numbers(layer, axis) for axis in range(n)]
    facts = _facts(layer, axes)
    chosen = _DATA["frameworks"][framework]
    for name, choices in [*_DATA["any"].items(), *chosen["any"].items()]:
        if any(_hold(choice, facts) for choice in choices):
            facts.add(name)
    slots = {"n": n, "type": type(layer).__name__, **_channels(layer)}
    slots |= {name: shortest(tuple(axis[name] for axis in axes)) for name in axes[0]}
    slots |= {f"{name},": ", ".join(str(axis[name]) for axis in axes) for name in axes[0]}
    slots |= {name: _joined(axes, *how) for name, how in _DATA["joined"].items()}
    lines = [line.rpartition("|") for line in chosen["text"]]
    return "".join(
        _filled(_INLINE.sub(lambda part: part[2] * _hold(part[1], facts), line), slots) + "\n"
        for when, _, line in lines
        if _hold(when, facts)
    )


_INLINE = re.compile("~([^:~]*):([^~]*)~")
_SLOT = re.compile(r"\{([a-zA-Z]\w*,?)\}")


def _hold(when: str, facts: set[str]) -> bool:
    return all((word.strip("!") in facts) != word.startswith("!") for word in when.split())


def _filled(text: str, slots: dict[str, Any]) -> str:
    return _SLOT.sub(lambda slot: str(slots[slot[1]]), text)


def _joined(
    axes: list[dict[str, Any]], each: str, between: str = ", ", last_first: bool = False
) -> str:
    return between.join(_filled(each, axis) for axis in (axes[::-1] if last_first else axes))


def _channels(layer: Layer) -> dict[str, Any]:
    groups = getattr(layer, "groups", 1)
    inputs = getattr(layer, "in_channels", None) or groups
    outputs = getattr(layer, "out_channels", None) or groups
    first, second = (inputs, outputs) if isinstance(layer, ConvTranspose) else (outputs, inputs)
    return {
        "g": groups,
        "C": inputs,
        "F": outputs,
        "Cg": inputs // groups,
        "Fg": outputs // groups,
        "W": f"{first}, {second // groups}",
        "weights": prod(layer.kernel_size),
    }


def _numbers(layer: Layer, n: int) -> dict[str, Any]:
    """What a text can name of axis `n`, by the guide's letters and longer words."""
    axis = layer.axes[n]
    stride, window = layer.stride[n], axis.effective_kernel
    b, e = layer.pads[n]
    extra = layer.output_padding[n] if isinstance(layer, ConvTranspose) else 0
    # How far the last window of ceil mode hangs over; how far short of the line's end it stays.
    hang = -axis.left_over if getattr(layer, "ceil_mode", False) else 0
    # What is wanted of a line, from `low` to `high`: a part of it, and zeros before and after.
    if isinstance(layer, ConvTranspose):
        length, low, high = stride * (axis.input - 1) + window, b, b + axis.output
    else:
        length, low, high = axis.stretched, -b, axis.stretched + e + min(hang, 0)
    start = min(max(low, 0), length)
    stop = max(min(high, length), start)
    before = min(max(-low, 0), high - low)
    after = high - low - before - (stop - start) + max(hang, 0)
    # The cells that a mean counts: all of the padded line, or the input alone.
    if getattr(layer, "count_include_pad", False):
        ones, ones_before, ones_after = axis.padded + min(hang, 0), 0, max(hang, 0)
    else:
        ones, ones_before, ones_after = stop - start, before, after
    return {
        "i": axis.input,
        "k": axis.kernel,
        "s": stride,
        "d": axis.dilation,
        "t": axis.stretch,
        "a": extra,
        "o": axis.output,
        "b": b,
        "e": e,
        "v": "uvw"[n],
        "unit": 1,
        "axis": n + 2,
        "step": axis.stride,
        "window": window,
        "reach": (axis.output - 1) * stride + 1,
        "direct_before": axis.before,
        "direct_after": axis.after,
        "start": start,
        "stop": stop,
        "before": before,
        "after": after,
        "crop_before": -low if isinstance(layer, ConvTranspose) else -start,
        "crop_after": (high if isinstance(layer, ConvTranspose) else stop) - length,
        "ones": ones,
        "ones_before": ones_before,
        "ones_after": ones_after,
    }


def _facts(layer: Layer, axes: list[dict[str, Any]]) -> set[str]:
    """Which words of the vocabulary are true of a layer."""

    def some(*names: str, above: int = 0) -> bool:
        return any(axis[name] > above for axis in axes for name in names)

    even = all(before == after >= 0 for before, after in layer.pads)
    known = {
        "line": len(axes) == 1,
        "strided": some("s", above=1),
        "dilated": some("d", above=1),
        "spread": some("t", above=1),
        "stretched": isinstance(layer, Conv) and some("t", above=1),
        "gappy": any(axis["window"] < axis["s"] for axis in axes),
        "grouped": getattr(layer, "groups", 1) > 1,
        "extra": some("a"),
        "wide": any(axis["a"] >= axis["s"] for axis in axes),
        "padded": any(map(any, layer.pads)),
        "even": even,
        # PyTorch's pools take padding up to half the kernel, ONNX's less than the kernel.
        "slight": even and all(2 * axis["b"] <= axis["k"] for axis in axes),
        "long": any(max(axis["before"], axis["after"]) >= axis["k"] for axis in axes),
        "crops": any(axis["crop_before"] < 0 or axis["crop_after"] < 0 for axis in axes),
        "grows": some("before", "after"),
        "ceil": getattr(layer, "ceil_mode", False),
        "hangs": any(axis.left_over < 0 for axis in layer.axes),
        "counts": getattr(layer, "count_include_pad", False),
    }
    names = {type(layer).__name__, layer.padding if isinstance(layer.padding, str) else ""}
    return names | {word for word, true in known.items() if true}
