"""Where the window stands, as a user gives it: read alike wherever it is taken."""

import re

import numpy as np
import pytest

from convwidget import Conv, ConvWidget
from convwidget.plotting import animate, draw

LAYER = Conv(5, 3)


def drawn(layer, position):
    """The active cell of the picture."""
    bold = [text for text in draw(layer, position=position).texts if text.get_weight() == "bold"]
    (active,) = {text.get_gid() for text in bold if (text.get_gid() or "").startswith("output[")}
    return eval(active.removeprefix("output"))


def animated(layer, position):
    (frame,) = animate(layer, positions=[position]).new_frame_seq()
    return list(frame)


def made(layer, position):
    return list(ConvWidget(layer, position=position).position)


def set_with_others(layer, position):
    widget = ConvWidget(Conv(7, 3))
    widget.set(layer=layer, position=position)
    return list(widget.position)


def assigned(layer, position):
    widget = ConvWidget(layer)
    widget.position = position
    return list(widget.position)


READERS = [drawn, animated, made, set_with_others, assigned]
every_reader = pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)


@every_reader
@pytest.mark.parametrize(
    "position",
    [(1, 2), [1, 2], np.array([1, 2]), np.array([1, 2], dtype=np.uint8), (np.int64(1), 2)],
    ids=repr,
)
def test_a_position_is_a_tuple_a_list_or_an_array(read, position):
    assert read(LAYER, position) == [1, 2]


@every_reader
@pytest.mark.parametrize("position", [2, (2,), np.int64(2), np.array(2), np.array([2])], ids=repr)
def test_on_one_axis_a_position_may_be_one_integer(read, position):
    assert read(Conv((5,), 3), position) == [2]


@every_reader
@pytest.mark.parametrize("kind", [tuple, list, np.array])
@pytest.mark.parametrize(
    ("numbers", "why"),
    [
        ((3, 0), "is not in the output, whose size is (3, 3): 3 is not from 0 to 2"),
        ((0, -1), "is not in the output, whose size is (3, 3): -1 is not from 0 to 2"),
        ((0,), "is not in the output, whose size is (3, 3): it needs 2 indices, not 1"),
        ((0, 0, 0), "is not in the output, whose size is (3, 3): it needs 2 indices, not 3"),
    ],
)
def test_what_is_outside_is_refused_with_its_numbers(read, kind, numbers, why):
    with pytest.raises(ValueError, match=f"^{re.escape(f'position {numbers} {why}')}$"):
        read(LAYER, kind(numbers))


@every_reader
@pytest.mark.parametrize(
    ("position", "entry"),
    [
        ((1, 1.5), "1.5"),
        (np.array([0.0, 1.0]), "0.0"),
        ((True, 0), "True"),
        (np.array([True, False]), "True"),
        ("11", "'11'"),
        (("1", 1), "'1'"),
        ([[1, 1]], "[1, 1]"),
        (np.array([[1, 1]]), "[1, 1]"),
        ((0, None), "None"),
        ({0, 1}, "{0, 1}"),
        (b"\1\2", repr(b"\1\2")),
    ],
    ids=repr,
)
def test_what_is_no_integer_is_named(read, position, entry):
    with pytest.raises((TypeError, ValueError)) as refused:
        read(LAYER, position)
    assert str(refused.value) == f"an index in position must be an integer, not {entry}"
