"""The guide's fifteen relationships, and which one speaks for a layer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from .layers import Conv, ConvTranspose, Layer

_DATA = json.loads(files(__package__).joinpath("data/relationships.json").read_text("utf-8"))


@dataclass(frozen=True)
class Relationship:
    """One relationship of the guide: when it holds, and the output size that it states.

    Attributes
    ----------
    number : int
        As in the guide, from 1 to 15.
    layer : str
        "convolution", "pooling" or "transposed convolution".
    section : str
        The guide's section.
    name : str
        What the section calls it.
    holds : str
        The conditions in formulas; "always" where there are none.
    formula : str
        The output size in the guide's letters.

    Examples
    --------
    >>> RELATIONSHIPS[5].number, RELATIONSHIPS[5].formula
    (6, 'o = ⌊(i + 2p − k)/s⌋ + 1')
    """

    number: int
    layer: str
    section: str
    name: str
    holds: str
    formula: str


@dataclass(frozen=True)
class Explanation:
    """Why an axis has its output size; `str` of it is a sentence.

    Attributes
    ----------
    relationship : Relationship or None
        The one that speaks for the axis, or None where the guide has none.
    reason : str or None
        Why the guide has none.
    formula, numbers : str
        The formula in letters, and with the numbers put in.
    result : int
        The output size.
    """

    relationship: Relationship | None
    reason: str | None
    formula: str
    numbers: str
    result: int

    def __str__(self) -> str:
        """Return the relationship, its formula, the numbers and the result."""
        if self.relationship:
            start = f"Relationship {self.relationship.number}"
        else:
            start = f"None of the guide's relationships, because {self.reason}"
        return f"{start}: {self.formula} = {self.numbers} = {self.result}."


def explain(layer: Layer) -> tuple[Explanation, ...]:
    """Say for each axis which relationship of the guide gives its output size.

    Parameters
    ----------
    layer : Conv, ConvTranspose, MaxPool or AvgPool

    Returns
    -------
    tuple of Explanation
        One for each axis. The first that holds of relationships 1, 3, 4, 2, 5, 6 and 15 speaks for
        a convolution, 7 for pooling, the first of 8, 10, 11, 9, 12, 13 and 14 for a transposed
        convolution. Where none does, the general formula stands with the reason.

    Examples
    --------
    >>> from convwidget import Conv
    >>> print(explain(Conv(5, 3, stride=2, padding=1))[0])
    Relationship 6: o = ⌊(i + 2p − k)/s⌋ + 1 = ⌊(5 + 2·1 − 3)/2⌋ + 1 = 3.
    """
    return tuple(_explain(layer, n) for n in range(len(layer.axes)))


def _explain(layer: Layer, n: int) -> Explanation:
    kind = _kind(layer)
    letters = _letters(layer, n)
    number = reason = None
    general = _DATA["general"][kind if kind == "transposed convolution" else "convolution"]
    why = _why_none(layer, n)
    if why:
        sides = _DATA["general"].get(why, general)
        reason = _DATA["reasons"][why]
    else:
        number = next(r for r in _DATA["asked"][kind] if _holds(_ROWS[r]["holds"], letters))
        sides = _ROWS[number]["sides"]
    return Explanation(
        relationship=RELATIONSHIPS[number - 1] if number else None,
        reason=reason,
        formula=_formula(kind, sides),
        numbers=_text(sides[0], letters),
        result=layer.output_size[n],
    )


def _kind(layer: Layer) -> str:
    if isinstance(layer, Conv):
        return "convolution"
    return "transposed convolution" if isinstance(layer, ConvTranspose) else "pooling"


def _letters(layer: Layer, n: int) -> dict[str, int]:
    """What each letter of a formula stands for on axis `n`."""
    axis = layer.axes[n]
    before, after = layer.pads[n]
    transposed = isinstance(layer, ConvTranspose)
    return {
        "i′" if transposed else "i": axis.input,
        "k": axis.kernel,
        "s": layer.stride[n],
        "p": before,
        "d": axis.dilation,
        "a": layer.output_padding[n] if isinstance(layer, ConvTranspose) else axis.left_over,
        "k̂": axis.effective_kernel,
        "padded": axis.padded,
        "cropped": before + after,
    }


def _why_none(layer: Layer, n: int) -> str | None:
    """The key of the reason why no relationship speaks for axis `n`, or None."""
    axis = layer.axes[n]
    before, after = layer.pads[n]
    kind = _kind(layer)
    if kind == "convolution" and axis.stretch > 1:
        return "stretched"
    travel = axis.padded - axis.effective_kernel
    if axis.output != travel // axis.stride + 1:
        return "ceil" if axis.output == -(-travel // axis.stride) + 1 else "ceil_dropped"
    if min(before, after) < 0:
        return "cropped"
    if before != after:
        return "asymmetric"
    if kind == "pooling" and before:
        return "padded_pool"
    if kind == "pooling" and axis.dilation > 1:
        return "dilated_pool"
    if kind == "transposed convolution" and axis.dilation > 1:
        return "dilated_transposed"
    if kind == "transposed convolution" and before > axis.kernel - 1:
        return "cropped_transposed"
    return None


def _holds(conditions: dict[str, str], letters: dict[str, int]) -> bool:
    k, p = letters["k"], letters["p"]
    known = {
        ("stride", "one"): letters["s"] == 1,
        ("padding", "zero"): p == 0,
        ("padding", "half"): p == k // 2,
        ("padding", "full"): p == k - 1,
        ("kernel", "odd"): k % 2 == 1,
        ("dilation", "one"): letters["d"] == 1,
        ("left_over", "zero"): letters["a"] == 0,
    }
    return all(known[condition] for condition in conditions.items())


def _formula(kind: str, sides: list[Any]) -> str:
    left = "o′" if kind == "transposed convolution" else "o"
    return " = ".join([left, *(_text(side) for side in sides)])


def _text(items: list[Any], numbers: dict[str, int] | None = None) -> str:
    """An expression as a line of text, in letters or with the numbers put in."""
    return " ".join(_item(item, numbers) for item in items)


def _item(item: Any, numbers: dict[str, int] | None) -> str:
    if isinstance(item, str):
        if numbers is None or item not in numbers:
            return item
        value = numbers[item]
        return str(value) if value >= 0 else f"(−{-value})"
    [(kind, parts)] = item.items()
    if kind == "times":
        return ("" if numbers is None else "·").join(_item(part, numbers) for part in parts)
    if kind == "over":
        above, below = (_text(part, numbers) for part in parts)
        return f"({above})/{below}" if len(parts[0]) > 1 else f"{above}/{below}"
    brackets = {"floor": "⌊⌋", "ceil": "⌈⌉", "group": "()"}[kind]
    return f"{brackets[0]}{_text(parts, numbers)}{brackets[1]}"


def _condition(row: dict[str, Any]) -> str:
    words = [_DATA["words"][what][value] for what, value in row["holds"].items()]
    return ", ".join(words) or "always"


_ROWS = {row["number"]: row for row in _DATA["relationships"]}

RELATIONSHIPS: tuple[Relationship, ...] = tuple(
    Relationship(
        number=row["number"],
        layer=row["layer"],
        section=row["section"],
        name=row["name"],
        holds=_condition(row),
        formula=_formula(row["layer"], row["sides"]),
    )
    for row in _DATA["relationships"]
)
"""The fifteen relationships, in the guide's order."""
