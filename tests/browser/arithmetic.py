"""The formulas that are shown, worked out: MathML and sums, read as arithmetic."""

import math
import re
import xml.etree.ElementTree as ET
from fractions import Fraction
from itertools import pairwise

from drawn import numbers, written
from truth import Index, Truth

SIGNS = {
    "−": "-",
    "·": "*",
    "+": "+",
    "(": "(",
    ")": ")",
    "⌊": "floor(",
    "⌋": ")",
    "⌈": "ceil(",
    "⌉": ")",
    "=": "=",
}


def sides(formula: str, letters: dict[str, int]) -> list[Fraction]:
    """The value of each side of a formula, the letters standing for numbers."""
    row = ET.fromstring(f"<mrow>{formula}</mrow>")
    return [value(side) for side in expression(row, letters).split("=")]


def value(text: str) -> Fraction:
    """The value of a line of arithmetic, such as "(3·0 + 1·1) + 2"."""
    for sign, python in (("−", "-"), ("·", "*")):
        text = text.replace(sign, python)
    known = {"floor": math.floor, "ceil": math.ceil, "over": Fraction}
    return Fraction(eval(text, {"__builtins__": {}}, known))


def expression(element: ET.Element, letters: dict[str, int]) -> str:
    """MathML as a line of Python."""
    match element.tag:
        case "mn":
            return element.text or ""
        case "mi":
            return f"({letters[element.text or '']})"
        case "mo":
            return SIGNS[element.text or ""]
        case "mfrac":
            above, below = (expression(part, letters) for part in element)
            return f"over({above}, {below})"
        case "mrow":
            parts = [expression(part, letters) for part in element]
            words = [parts[0]]
            for (before, after), part in zip(pairwise(element), parts[1:], strict=True):
                # Side by side means multiplied: 2p.
                beside = before.tag != "mo" and after.tag != "mo"
                words.append(f" * {part}" if beside else f" {part}")
            return "".join(words)
    raise AssertionError(f"<{element.tag}> in a formula")


def check_sum(text: str, truth: Truth, output: Index) -> None:
    """Every part of a sum comes to the output, and the products are those of its window."""
    result, *parts = text.split(" = ")
    assert result == written(truth.output[output])
    assert [value(part) for part in parts] == [truth.output[output]] * len(parts)
    pairs = re.findall(r"\(?(−?\d+)\)?·\(?(−?\d+)\)?", parts[0])
    assert [tuple(numbers(" ".join(pair))) for pair in pairs] == [
        (0 if meeting.cell is None else truth.x[meeting.cell], truth.kernel[meeting.tap])
        for meeting in truth.window(output)
    ]
