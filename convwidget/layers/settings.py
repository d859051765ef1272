"""What a caller writes for a layer's settings, read into one integer or pair per axis."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard

from ..axis import MAX_SIZE, at_least

Size = int | Sequence[int]
Sizes = tuple[int, ...]
Pads = tuple[tuple[int, int], ...]
Padding = str | int | Sequence[int] | Sequence[Sequence[int]]

PADDING_NAMES = ("valid", "half", "full", "same", "same_lower", "causal")


def is_tuple(value: object) -> TypeGuard[Sequence[Any]]:
    """Whether a setting is given per axis."""
    return isinstance(value, (tuple, list))


def dimensions(settings: Mapping[str, object]) -> int:
    """How many axes the tuples among some settings speak of; two where there are only integers."""
    lengths = {name: len(value) for name, value in settings.items() if is_tuple(value)}
    for name, length in lengths.items():
        if length == 0:
            raise ValueError(f"{name} is empty: give an integer, or one per axis")
    padding = settings.get("padding")
    if is_tuple(padding) and not any(is_tuple(entry) for entry in padding):
        # One integer per axis, unless it could be a list of both sides of each axis.
        flat = lengths.pop("padding")
        axes = next(iter(lengths.values()), flat if flat < 4 or flat % 2 else flat // 2)
        if flat == 2 * axes:
            pairs = ", ".join(["(before, after)"] * axes) + ("," if axes == 1 else "")
            raise ValueError(
                f"padding={tuple(padding)} could list both sides of {axes} "
                f"{'axis' if axes == 1 else 'axes'} in ONNX's order or in that of "
                f"torch.nn.functional.pad: give pairs, padding=({pairs})"
            )
        lengths["padding"] = flat
    if len(set(lengths.values())) > 1:
        given = " and ".join(f"{name} has {length}" for name, length in lengths.items())
        raise ValueError(f"the settings disagree on the number of axes: {given}")
    return next(iter(lengths.values()), 2)


def per_axis(value: object, name: str, axes: int, *, least: int = 1) -> Sizes:
    """One integer per axis."""
    entries = tuple(value) if is_tuple(value) else (value,) * axes
    if len(entries) != axes:
        raise ValueError(f"{name} has {len(entries)} entries, but there are {axes} axes")
    return tuple(at_least(least, entry, name) for entry in entries)


def padding_per_axis(value: object, axes: int) -> str | Pads:
    """A known name, or one (before, after) pair per axis."""
    if isinstance(value, str):
        if value not in PADDING_NAMES:
            names = ", ".join(map(repr, PADDING_NAMES))
            raise ValueError(f"padding={value!r} is not a known name: {names}")
        return value
    entries = tuple(value) if is_tuple(value) else (value,) * axes
    pairs = []
    for entry in entries:
        pair = tuple(entry) if is_tuple(entry) else (entry, entry)
        if len(pair) != 2:
            raise ValueError(f"padding needs (before, after) for each axis, not {entry!r}")
        before, after = (at_least(-MAX_SIZE, side, "padding") for side in pair)
        pairs.append((before, after))
    return tuple(pairs)


def switch(value: object, name: str) -> bool:
    """A boolean; 0 and 1 are none."""
    if isinstance(value, bool):
        return value
    raise TypeError(f"{name} must be True or False, not {value!r}")


def named_pads(name: str, size: int, window: int, stride: int) -> tuple[int, int]:
    """The padding that a name stands for, for a window sliding over a line of that size."""
    if name == "valid":
        return 0, 0
    if name == "half":
        return window // 2, window // 2
    if name == "full":
        return window - 1, window - 1
    if name == "causal":
        return window - 1, 0
    # "same": as many windows as strides fit into the line, the odd zero behind.
    outputs = -(-size // stride)
    total = max((outputs - 1) * stride + window - size, 0)
    less, more = total // 2, total - total // 2
    return (more, less) if name == "same_lower" else (less, more)
