"""The numbers in a map's cells, at any size: a fill and what was edited by hand, or an array."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import comb, isfinite, prod
from typing import TYPE_CHECKING, Any

from .axis import at_least

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from .values import Array

Index = tuple[int, ...]

EXACT = 2**53 - 1
"""The largest integer that a JavaScript number holds exactly."""
LARGEST = 1e150
"""The largest number, so that no sum of products becomes infinite."""


WIDEST = 16
"""The most binomial coefficients on an axis, so that their products stay exact."""


def _random(index: Index, _: Index) -> int:
    """0 to 4, mixed from the index in 32 bits, as JavaScript can do it too."""
    mixed = 0x9E3779B9
    for n in index:
        mixed = ((mixed ^ n) * 0x85EBCA6B) & 0xFFFFFFFF
        mixed ^= mixed >> 13
    mixed = (mixed * 0xC2B2AE35) & 0xFFFFFFFF
    return (mixed ^ mixed >> 16) % 5


def _ramp(index: Index, shape: Index) -> int:
    """1, 2, 3 … in reading order."""
    place = 0
    for n, size in zip(index, shape, strict=True):
        place = place * size + n
    return place + 1


def _from_middle(index: Index, shape: Index) -> int:
    """How many steps along the axes a cell is from the middle one."""
    return sum(abs(n - size // 2) for n, size in zip(index, shape, strict=True))


def _identity(index: Index, shape: Index) -> int:
    """1 in the middle, and 0 elsewhere."""
    return int(_from_middle(index, shape) == 0)


def _sharpen(index: Index, shape: Index) -> int:
    """−1 at the middle's neighbours; the middle is one more than they take away."""
    neighbours = sum(min(size - 1, 2) for size in shape)
    return {0: neighbours + 1, 1: -1}.get(_from_middle(index, shape), 0)


def _binomial(n: int, size: int) -> int:
    """C(size − 1, n); a long axis has the coefficients of a shorter one in its middle."""
    width = size if size <= WIDEST else WIDEST - size % 2
    return comb(width - 1, place) if (place := n - (size - width) // 2) >= 0 else 0


def _blur(index: Index, shape: Index) -> int:
    """Binomial coefficients along every axis."""
    return prod(map(_binomial, index, shape))


def _sobel(index: Index, shape: Index) -> int:
    """The difference along the last axis, blurred along the others."""
    step = 2 * index[-1] - (shape[-1] - 1)
    return (step // 2 if shape[-1] % 2 else step) * _blur(index[:-1], shape[:-1])


Fill = Callable[[Index, Index], int]

KERNELS: Mapping[str, Fill] = {
    "identity": _identity,
    "blur": _blur,
    "sharpen": _sharpen,
    "sobel": _sobel,
}
"""The fills that have the shape of one kernel: every map has the same."""

FILLS: Mapping[str, Fill] = {
    "random": _random,
    "ramp": _ramp,
    "ones": lambda _, __: 1,
    "zeros": lambda _, __: 0,
    **KERNELS,
}


@dataclass(frozen=True)
class Cells:
    """The numbers of one map, defined at every size, so that a change of size loses none.

    Parameters
    ----------
    fill : str, optional
        What a cell holds by its place. "random": 0 to 4 as if drawn; "ramp": 1, 2, 3 … in reading
        order; "ones"; "zeros". And kernels: "identity", 1 in the middle; "blur", binomial
        coefficients; "sharpen", −1 around the middle; "sobel", the difference along the last axis.
    edits : mapping of index to number
        Cells that were set by hand; they come back when the map grows over them again.
    numbers : nested sequences of numbers, optional
        The numbers themselves, instead of a fill; beyond them there are zeros.

    Examples
    --------
    >>> Cells("ramp", {(0, 0): 7}).array((2, 2))
    array([[7, 2],
           [3, 4]])
    """

    fill: str | None = None
    edits: tuple[tuple[Index, float], ...] = ()
    numbers: tuple[Any, ...] | None = None

    def __init__(
        self,
        fill: str | None = None,
        edits: Mapping[Index, float] | Iterable[tuple[Index, float]] = (),
        numbers: Sequence[Any] | None = None,
    ) -> None:
        if (fill is None) == (numbers is None):
            raise ValueError("cells need either a fill or an array of numbers")
        if fill is not None and fill not in FILLS:
            raise ValueError(f"fill {fill!r} is not one of {', '.join(map(repr, FILLS))}")
        pairs = edits.items() if isinstance(edits, Mapping) else edits
        kept = {}
        for index, value in pairs:
            place = tuple(at_least(0, n, "an edited cell's index") for n in index)
            kept[place] = _number(value, place)
        object.__setattr__(self, "fill", fill)
        object.__setattr__(self, "edits", tuple(sorted(kept.items())))
        object.__setattr__(self, "numbers", None if numbers is None else _frozen(numbers))
        if numbers is not None:
            _shape(self.numbers)

    @classmethod
    def of(cls, values: ArrayLike) -> Cells:
        """The cells of an explicit array."""
        from .values import as_numbers

        return cls(numbers=as_numbers(values, "the array").tolist())

    @property
    def dimensions(self) -> int | None:
        """How many dimensions an explicit array has; None for a fill, which has any."""
        return None if self.numbers is None else len(_shape(self.numbers))

    def array(self, shape: Index, lead: int = 0) -> Array:
        """The numbers at a shape, as a read-only array: set cells through the widget.

        `lead` is how many axes of channels come first: each map gets the same kernel.
        """
        import numpy as np

        if self.numbers is None:
            fill = FILLS[self.fill or ""]
            lead = lead if self.fill in KERNELS else 0
            every = product(*map(range, shape))
            array = np.array([fill(index[lead:], shape[lead:]) for index in every]).reshape(shape)
        else:
            known = np.array(self.numbers)
            array = np.zeros(shape, dtype=known.dtype)
            common = tuple(slice(0, min(pair)) for pair in zip(shape, known.shape, strict=True))
            array[common] = known[common]
        for index, value in self.edits:
            inside = all(n < size for n, size in zip(index, shape, strict=False))
            if inside and len(index) == len(shape):
                if isinstance(value, float):
                    array = array.astype(np.float64)
                array[index] = value
        array.flags.writeable = False
        return array

    def to_wire(self) -> dict[str, Any]:
        """The form in which the cells travel to the page."""
        wire: dict[str, Any] = {"fill": self.fill} if self.fill else {"array": self.numbers}
        if self.edits:
            wire["edits"] = [[list(index), value] for index, value in self.edits]
        return wire

    @classmethod
    def from_wire(cls, wire: Mapping[str, Any]) -> Cells:
        """The cells that `to_wire` described; ValueError where the page sent something else."""
        return cls(wire.get("fill"), wire.get("edits", ()), wire.get("array"))


def _number(value: Any, index: Index) -> float:
    """A number that survives the way to the page and back."""
    where = f"[{', '.join(map(str, index))}]"
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"cell {where} must be a number, not {value!r}")
    if not isfinite(value):
        raise ValueError(f"cell {where} is {value}: only finite numbers can be shown")
    if abs(value) > LARGEST:
        raise ValueError(f"cell {where} is {value}: numbers can be shown up to {LARGEST}")
    if isinstance(value, int) and abs(value) > EXACT:
        raise ValueError(f"cell {where} is {value}: integers can be shown up to {EXACT}")
    return value


def _frozen(numbers: Any, index: Index = ()) -> Any:
    if isinstance(numbers, (list, tuple)):
        return tuple(_frozen(entry, (*index, n)) for n, entry in enumerate(numbers))
    return _number(numbers, index)


def _shape(numbers: Any) -> Index:
    """The shape of nested tuples; ValueError where their rows differ."""
    if not isinstance(numbers, tuple):
        return ()
    shapes = {_shape(row) for row in numbers}
    if len(shapes) != 1:
        raise ValueError("the rows of an array must be alike, and there must be some")
    return (len(numbers), *shapes.pop())
