"""Rectangles and grids of cells, in CSS pixels from the top left corner."""

from __future__ import annotations

from typing import NamedTuple

Point = tuple[float, float]


class Box(NamedTuple):
    """A rectangle, by its top left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> Point:
        """Its centre."""
        return self.x + self.width / 2, self.y + self.height / 2

    def grown(self, by: float) -> Box:
        """The rectangle with a margin."""
        return Box(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)


class Grid(NamedTuple):
    """A map of square cells, by its top left corner."""

    cell: float
    rows: int
    columns: int
    x: float = 0
    y: float = 0

    @property
    def width(self) -> float:
        """From its left side to its right."""
        return self.columns * self.cell

    @property
    def height(self) -> float:
        """From its top to its bottom."""
        return self.rows * self.cell

    @property
    def box(self) -> Box:
        """The whole map."""
        return Box(self.x, self.y, self.width, self.height)

    def at(self, x: float, y: float) -> Grid:
        """The same map in another place."""
        return self._replace(x=x, y=y)

    def part(self, row: float, column: float, rows: float = 1, columns: float = 1) -> Box:
        """The rectangle of one cell, or of several."""
        cell = self.cell
        return Box(self.x + column * cell, self.y + row * cell, columns * cell, rows * cell)
