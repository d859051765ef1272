"""Rectangles and grids of cells, in CSS pixels from the top left corner; planes seen aslant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

Point = tuple[float, float]

ACROSS, DOWN = (0.91, -0.46), (0.65, 0.76)
"""A step to the next column and to the next row of a plane seen aslant, on the page, in cells."""


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

    @property
    def corners(self) -> list[Point]:
        """Its corners, clockwise from the top left."""
        x, y, right, bottom = self.x, self.y, self.x + self.width, self.y + self.height
        return [(x, y), (right, y), (right, bottom), (x, bottom)]

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

    @property
    def corner(self) -> Point:
        """Its top left corner."""
        return self.x, self.y

    def at(self, x: float, y: float) -> Grid:
        """The same map in another place."""
        return self._replace(x=x, y=y)

    def part(self, row: float, column: float, rows: float = 1, columns: float = 1) -> Box:
        """The rectangle of one cell, or of several."""
        cell = self.cell
        return Box(self.x + column * cell, self.y + row * cell, columns * cell, rows * cell)


class Tilt(NamedTuple):
    """A plane laid down in space, by where its top left corner stands on the page."""

    x: float
    y: float

    def at(self, point: Point) -> Point:
        """Where a point of the plane stands on the page."""
        across, down = point
        return (
            self.x + across * ACROSS[0] + down * DOWN[0],
            self.y + across * ACROSS[1] + down * DOWN[1],
        )

    def under(self, point: Point) -> Point:
        """The point of the plane that stands at a place on the page."""
        x, y = point[0] - self.x, point[1] - self.y
        area = ACROSS[0] * DOWN[1] - ACROSS[1] * DOWN[0]
        return (x * DOWN[1] - y * DOWN[0]) / area, (y * ACROSS[0] - x * ACROSS[1]) / area

    def outline(self, box: Box) -> list[Point]:
        """The corners of a rectangle of the plane, on the page."""
        return [self.at(corner) for corner in box.corners]


def hull(points: Sequence[Point]) -> list[Point]:
    """The corners of the smallest convex outline round some points."""

    def half(ordered: Sequence[Point]) -> list[Point]:
        chain: list[Point] = []
        for x, y in ordered:
            while len(chain) > 1:
                (ax, ay), (bx, by) = chain[-2:]
                if (bx - ax) * (y - ay) > (by - ay) * (x - ax):
                    break
                chain.pop()
            chain.append((x, y))
        return chain[:-1]

    ordered = sorted(set(points))
    return half(ordered) + half(ordered[::-1])


def entry(start: Point, end: Point, box: Box) -> Point:
    """Where a straight line that ends in a rectangle enters it; its start where that is inside."""
    share = 0.0
    limits = ((box.x, box.x + box.width), (box.y, box.y + box.height))
    for a, b, (low, high) in zip(start, end, limits, strict=True):
        if a < low or a > high:
            share = max(share, ((low if a < low else high) - a) / (b - a))
    (x, y), (to_x, to_y) = start, end
    return x + share * (to_x - x), y + share * (to_y - y)
