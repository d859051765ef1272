"""Numbers as they are written in cells, and as shades where they do not fit."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING

from .palette import rgb

if TYPE_CHECKING:
    from ..values import Array

GLYPH = 0.64
"""The width of a digit, for a font of size 1."""
MOST = 16
"""Past so many cells in a row or a column no numbers are written."""
SMALLEST = 9.5
"""The smallest font in which a number is still read, in pixels."""

# Python's own formats round ties to even, and the page's away from zero.
HUNDREDTH = Decimal("0.01")
EXACT = Context(prec=28, rounding=ROUND_HALF_UP)
TWO_DIGITS = Context(prec=2, rounding=ROUND_HALF_UP)


def number(value: float) -> str:
    """A number as briefly as a cell needs it: at most two decimals, with a true minus sign.

    `number` of words.js is its twin.
    """
    if math.isinf(value):
        text = "-∞" if value < 0 else "∞"
    elif abs(value) < 1e6 and value == int(value):
        text = str(int(value))
    elif 0.005 <= abs(value) < 1e6:
        rounded = Decimal(value).quantize(HUNDREDTH, context=EXACT)
        text = f"{rounded:f}".rstrip("0").rstrip(".")
    else:
        mantissa, exponent = f"{TWO_DIGITS.create_decimal(float(value)):.1e}".split("e")
        text = f"{mantissa}e{int(exponent)}"
    return text.replace("-", "−")


def width(text: str, size: float) -> float:
    """About how wide a text is at a font size."""
    return GLYPH * size * len(text)


def font(texts: Iterable[str], cell: float, most: float = 15) -> float | None:
    """The font size at which every text fits in a cell, None where none can be read."""
    longest = max(map(len, texts), default=1)
    size = min(most, 0.65 * cell, (cell - 2) / (GLYPH * longest))
    return size if size >= SMALLEST else None


def extent(values: Array) -> tuple[float, float]:
    """The smallest and the largest finite number of a map."""
    import numpy as np

    finite = values[np.isfinite(values)]
    if not finite.size:
        return 0, 0
    return finite.min().item(), finite.max().item()


def shaded(values: Array, low: str, high: str) -> Array:
    """The colours of a map's numbers, on a straight line from the smallest to the largest."""
    import numpy as np

    least, most = extent(values)
    # Divided before it is subtracted, so that the largest floats do not overflow.
    reach = max(abs(least), abs(most)) or 1
    span = most / reach - least / reach or 1
    share = (np.clip(values, least, most) / reach - least / reach) / span
    ends = np.array([rgb(low), rgb(high)])
    colours: Array = np.round(ends[0] + (ends[1] - ends[0]) * share[..., None]).astype(np.uint8)
    return colours


def ramp(low: str, high: str) -> Array:
    """Every shade from the smallest to the largest, in one row."""
    import numpy as np

    return shaded(np.arange(64)[None], low, high)


def map_font(values: Array, cell: float) -> float | None:
    """The font of a map's numbers, None where it must be shaded instead."""
    if max(values.shape) > MOST:
        return None
    return font(map(number, values.ravel().tolist()), cell)
