"""Comparing what a student gives with the truth: types first, for an ``==`` can lie."""

from __future__ import annotations

from typing import Any

import numpy as np

NUMBERS = (int, float, np.integer, np.floating)


class UnlikeError(Exception):
    """A value that is not of the kind asked for; the message says what it is instead."""


def plain(value: Any) -> Any:
    """The value in Python's and NumPy's own types; UnlikeError for any other.

    Subclasses are refused, since they may say of themselves that they equal anything.
    """
    kind = type(value)
    if kind in (bool, np.bool_):
        return bool(value)
    if kind in (int, float, str, type(None)):
        return value
    if issubclass(kind, (np.integer, np.floating)) and kind.__module__ == "numpy":
        return value.item()
    if kind in (tuple, list, range):
        try:
            return tuple(plain(entry) for entry in value)
        except RecursionError:
            raise UnlikeError(f"{article(kind.__name__)} that holds itself") from None
    if kind is np.ndarray:
        if value.dtype.kind not in "iufb":
            raise UnlikeError(f"an array of {value.dtype}")
        return value
    raise UnlikeError(f"{article(kind.__name__)}")


def same(one: Any, other: Any) -> bool:
    """Whether two values are alike; what cannot be compared is not."""
    try:
        one, other = plain(one), plain(other)
    except UnlikeError:
        return False
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        return _same_arrays(one, other)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return isinstance(one, bool) == isinstance(other, bool) and one == other
    return type(one) is type(other) and one == other


def _same_arrays(one: Any, other: Any) -> bool:
    try:
        one, other = np.asarray(one), np.asarray(other)
    except ValueError:  # rows of different lengths
        return False
    kinds = {one.dtype.kind, other.dtype.kind}
    if not kinds <= set("iufb") or one.shape != other.shape:
        return False
    return bool(np.allclose(one, other, rtol=1e-9, atol=1e-9))


def fault(value: Any, truth: Any) -> str | None:
    """What is wrong with a value's kind or shape, beside a truth; None where both are right.

    The words go after "yours gives …".
    """
    wrong = unlike(value, truth)
    if wrong is None and isinstance(truth, np.ndarray):
        return _shape_fault(np.asarray(plain(value)), truth)
    return wrong


def unlike(value: Any, truth: Any) -> str | None:
    """What a value is, where it is not of the truth's type; None where it is."""
    kind = article(type(value).__name__)
    try:
        value = plain(value)
    except UnlikeError as error:
        return f"{error}, where {_asked(truth)} is asked for."
    if isinstance(truth, np.ndarray):
        return _array_fault(value, truth)
    if isinstance(truth, tuple):
        return _tuple_fault(value, truth, kind)
    if isinstance(truth, int) and not isinstance(truth, bool):
        if isinstance(value, float) and value != value:
            return "NaN, which is no number. Where is something divided by 0?"
        if isinstance(value, float):
            return f"{value}, a float, where an integer is asked for. If you divide, use //, not /."
    if type(value) is not type(truth):
        return f"{kind}, where {_asked(truth)} is asked for."
    return None


def _array_fault(value: Any, truth: np.ndarray[Any, Any]) -> str | None:
    if isinstance(value, tuple):
        try:
            value = np.asarray(value)
        except ValueError:
            return "rows of different lengths."
    if not isinstance(value, np.ndarray) or value.dtype.kind not in "iufb":
        return f"{article(type(value).__name__)}, where {_asked(truth)} is asked for."
    if value.ndim != truth.ndim:
        axes = "axis" if value.ndim == 1 else "axes"
        asked = "1 is" if truth.ndim == 1 else f"{truth.ndim} are"
        return f"an array with {value.ndim} {axes}, where {asked} asked for."
    return None


def _shape_fault(value: np.ndarray[Any, Any], truth: np.ndarray[Any, Any]) -> str | None:
    if value.shape != truth.shape:
        return f"an array of shape {value.shape}, which is not the right one. {how_many(truth)}"
    if np.isnan(value).any():
        at = ", ".join(map(str, np.argwhere(np.isnan(value))[0]))
        return f"NaN at [{at}]. Is each cell given a value, and is nothing divided by 0?"
    return None


def how_many(truth: np.ndarray[Any, Any]) -> str:
    """Ask for an array's shape."""
    things = ("cells", "rows and columns", "maps, rows and columns")[truth.ndim - 1]
    return f"How many {things} must there be for this case?"


def _tuple_fault(value: Any, truth: tuple[Any, ...], kind: str) -> str | None:
    if not isinstance(value, tuple):
        return f"{kind}, where {_asked(truth)} is asked for."
    for entry, like in zip(value, truth, strict=False):
        wrong = fault(entry, like)
        if wrong:
            return f"{kind} with {wrong}"
    return None


def _asked(truth: Any) -> str:
    if isinstance(truth, np.ndarray):
        return "an array of numbers"
    if isinstance(truth, tuple):
        return "a list or a tuple of integers"
    return {int: "an integer", bool: "True or False"}.get(type(truth), "a number")


def article(name: str) -> str:
    """The name of a type behind "a" or "an"."""
    if name == "NoneType":
        return "nothing (None)"
    name = {"ndarray": "array", "": "value"}.get(name, name)
    return f"{'an' if name.lower().startswith(('a', 'e', 'i', 'o')) else 'a'} {name}"


def counted(number: int, thing: str) -> str:
    """A number of things: 1 cell, 2 cells."""
    return f"{number} {thing}{'s' * (number != 1)}"


def written(value: Any) -> str:
    """A value as it stands in a sentence: lists as code that can be copied, numbers with a −."""
    try:
        plain(value)
    except UnlikeError as unlike:
        return str(unlike)
    if isinstance(value, np.ndarray) and value.ndim > 1:
        return np.array2string(_brief(value), separator=", ", threshold=200)
    try:
        text = repr(_as_code(value))
    except ValueError:  # Python writes no integer of more than 4300 digits
        return "more digits than can be written"
    if type(value) in (list, tuple, range, np.ndarray):
        return text if len(text) <= 200 else text[:200] + " …"
    return text.replace("-", "−")


def _as_code(value: Any) -> Any:
    """A value without NumPy's types, its lists still lists and its tuples tuples."""
    if type(value) in (list, tuple):
        return type(value)(map(_as_code, value))
    if isinstance(value, np.ndarray):
        return _brief(value).tolist()
    return value.item() if isinstance(value, np.generic) else value


def _brief(value: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """An array with no more decimals than are read."""
    return value.round(6) if value.dtype.kind == "f" else value
