"""The pen draws where it stands, whichever mark it makes."""

import numpy as np
import pytest

from convwidget.plotting.canvas import axes
from convwidget.plotting.geometry import Box, Tilt
from convwidget.plotting.palette import palette
from convwidget.plotting.pen import Pen

MARKS = {
    "box": lambda pen: pen.box(Box(3, 4, 20, 10), fill="#000000"),
    "ring": lambda pen: pen.ring((12, 13), 5, dashed=False, gid="ring"),
    "lines": lambda pen: pen.lines([[(3, 4), (20, 30)]], "#000000", 1),
    "arrow": lambda pen: pen.arrow((3, 4), (40, 30), "#000000"),
    "text": lambda pen: pen.text((12, 13), "7", 12, "#000000"),
    "image": lambda pen: pen.image(Box(3, 4, 20, 10), np.zeros((2, 4, 3), np.uint8), "image"),
}


def extent(mark, place):
    """Where the ink of a mark is on the page, in CSS pixels: its left, top, right and bottom."""
    ax = axes(200, 200, density=2)
    ax.set_axis_off()
    ax.set(xlim=(0, 200), ylim=(200, 0), autoscale_on=False)
    MARKS[mark](place(Pen(ax, palette("light"), 1)))
    ax.set(xlim=(0, 200), ylim=(200, 0))
    ax.figure.canvas.draw()
    inked = np.asarray(ax.figure.canvas.buffer_rgba())[..., :3].min(axis=2) < 200
    rows, columns = np.nonzero(inked)
    return np.array([columns.min(), rows.min(), columns.max() + 1, rows.max() + 1]) / 2


@pytest.mark.parametrize("mark", MARKS)
def test_a_pen_that_was_moved_draws_as_far_away(mark):
    here, there = extent(mark, lambda pen: pen), extent(mark, lambda pen: pen.moved(90, 50))
    np.testing.assert_allclose(there - here, [90, 50, 90, 50], atol=1)


@pytest.mark.parametrize("mark", MARKS)
def test_a_pen_that_was_laid_down_draws_in_its_plane(mark):
    plane = Tilt(60, 90)
    left, top, right, bottom = extent(mark, lambda pen: pen.laid(plane))
    middle = {"ring": (12, 13), "text": (12, 13), "lines": (11.5, 17), "arrow": (21.5, 17)}
    seen = (left + right) / 2, (top + bottom) / 2
    np.testing.assert_allclose(seen, plane.at(middle.get(mark, (13, 9))), atol=4)
