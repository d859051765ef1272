"""Where marks are drawn: a place on matplotlib's Axes, the order of the marks, and their heap."""

from __future__ import annotations

import copy
from itertools import count
from typing import Any, Self

from .geometry import ACROSS, DOWN, Tilt
from .heap import Heap
from .palette import Palette


class Surface:
    """A place on `ax`, whose unit is one CSS pixel; `scale` is that pixel in points."""

    def __init__(self, ax: Any, palette: Palette, scale: float, *, gathers: bool = False) -> None:
        self.ax = ax
        self.palette = palette
        self.scale = scale
        self.made: list[Any] = []
        """What was drawn since the last erasure."""
        self._place = ax.transData
        self._tilted = False
        self._order = count(1001)
        self._heap = Heap() if gathers else None

    def laid(self, tilt: Tilt) -> Self:
        """The same on a plane that is seen aslant: even its numbers lie in the plane."""
        plane = self._placed((*ACROSS, *DOWN, tilt.x, tilt.y))
        plane._tilted = True
        return plane

    def moved(self, x: float, y: float) -> Self:
        """The same on a part of the picture, from whose corner it counts."""
        return self._placed((1, 0, 0, 1, x, y))

    def _placed(self, values: tuple[float, ...]) -> Self:
        from matplotlib.transforms import Affine2D

        placed = copy.copy(self)
        placed._place = Affine2D.from_values(*values) + self._place
        return placed

    def erase(self) -> None:
        """Take away what was drawn since the last time."""
        for mark in self.made:
            mark.remove()
        self.made.clear()

    def flush(self) -> None:
        """Draw what was gathered."""
        if self._heap and self._heap.marks:
            collection = self._heap.collection()
            collection.set_zorder(next(self._order) / 1000)
            self.ax.add_artist(collection)
            self.made.append(collection)

    def _next(self) -> float:
        """Later marks lie over earlier ones, whatever kind they are."""
        self.flush()
        return next(self._order) / 1000

    def _add(self, mark: Any) -> Any:
        self.ax.add_artist(mark)
        self.made.append(mark)
        return mark

    def _gather(self, path: Any, fill: str, line: str, width: float) -> None:
        """Keep a plain mark on the heap, with others of its plane."""
        assert self._heap is not None
        if self._heap.place is not self._place:
            self.flush()
            self._heap.place = self._place
        self._heap.marks.append((path, fill, line, width * self.scale))
