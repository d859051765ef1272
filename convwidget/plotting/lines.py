"""One axis as it is drawn: what stands at every position, and which of them a window uses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..axis import Axis

Kind = Literal["input", "inserted", "padding", "beyond", "cropped"]


@dataclass(frozen=True)
class Line:
    """The positions of one axis from left to right.

    Beside the padded line itself there may be cells that padding crops, ahead of it and behind, and
    cells beyond its end, where a window hangs over.
    """

    axis: Axis
    first: int
    kinds: tuple[Kind, ...]
    cells: tuple[int | None, ...]
    used: tuple[bool, ...]

    @classmethod
    def of(cls, axis: Axis, output: int, *, all_windows: bool = True) -> Line:
        """The line under the window of an output cell, and under all others unless it is hidden."""
        reach = axis.output - 1 if all_windows else output
        first = min(0, axis.before)
        end = max(
            axis.padded,
            axis.before + axis.stretched,
            axis.start(reach) + axis.effective_kernel,
        )
        positions = range(first, end)
        used = {
            axis.start(n) + j * axis.dilation
            for n in range(axis.output)
            for j in range(axis.kernel)
        }
        return cls(
            axis,
            first,
            tuple(_kind(axis, position) for position in positions),
            tuple(_cell(axis, position) for position in positions),
            tuple(
                not all_windows or (position in used and 0 <= position < axis.padded)
                for position in positions
            ),
        )

    def __len__(self) -> int:
        return len(self.kinds)

    def start(self, output: int) -> int:
        """Where among the drawn positions the window of an output cell starts."""
        return self.axis.start(output) - self.first

    def taps(self, output: int) -> tuple[int, ...]:
        """The drawn positions that the window of an output cell uses."""
        start, step = self.start(output), self.axis.dilation
        return tuple(start + j * step for j in range(self.axis.kernel))


def _cell(axis: Axis, position: int) -> int | None:
    """The input cell that stands at a position, even if it is cropped."""
    cell, gap = divmod(position - axis.before, axis.stretch)
    return cell if gap == 0 and 0 <= cell < axis.input else None


def _kind(axis: Axis, position: int) -> Kind:
    inside = axis.before <= position < axis.before + axis.stretched
    if not 0 <= position < axis.padded:
        return "cropped" if inside else "beyond"
    if not inside:
        return "padding"
    return "inserted" if axis.source(position) is None else "input"


def meeting(row: Kind, column: Kind) -> Kind | None:
    """What stands where a row and a column meet, None where there is nothing."""
    pair = {row, column}
    if "cropped" in pair:
        return "cropped" if pair <= {"cropped", "input", "inserted"} else None
    for kind in ("beyond", "padding", "inserted"):
        if kind in pair:
            return kind
    return "input"
