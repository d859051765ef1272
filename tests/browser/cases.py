"""Layers that the browser tests look at, each with its padding worked out by hand."""

from typing import NamedTuple

from truth import Pads, Truth

from convwidget import Conv, ConvWidget

NONE: Pads = ((0, 0), (0, 0))
ONE: Pads = ((1, 1), (1, 1))
TWO: Pads = ((2, 2), (2, 2))


class Case(NamedTuple):
    """A widget and the truth about it; `speaks` is the relationship that the guide gives it."""

    widget: ConvWidget
    truth: Truth
    speaks: int | None


# The guide's captions: what each figure pads, and the relationship that it illustrates.
FIGURES: dict[str, tuple[Pads, int]] = {
    "1.1": (NONE, 1),
    "1.2": (ONE, 6),
    "2.1": (NONE, 1),
    "2.2": (TWO, 2),
    "2.3": (ONE, 3),
    "2.4": (TWO, 4),
    "2.5": (NONE, 5),
    "2.6": (ONE, 6),
    "2.7": (ONE, 6),
    "5.1": (NONE, 15),
}

ODD: dict[str, tuple[Conv, Pads]] = {
    "not square": (Conv((4, 7), (2, 3), stride=(1, 2), padding=(0, 1)), ((0, 0), (1, 1))),
    "asymmetric": (Conv(5, 3, stride=2, padding=((0, 1), (2, 1))), ((0, 1), (2, 1))),
    "stretched": (Conv(3, 3, stretch=2, padding=1), ONE),
    "dilated, strided": (Conv(7, 2, dilation=2, stride=3, padding=1), ONE),
    "dilated, gaps unused": (Conv((5, 3), 2, dilation=(3, 1), stride=2), NONE),
    "cropped": (Conv(6, 2, padding=((-1, 0), (0, -2))), ((-1, 0), (0, -2))),
    "same, even": (Conv(5, 2, stride=2, padding="same"), ((0, 1), (0, 1))),
    "causal": (Conv(4, 2, padding="causal"), ((1, 0), (1, 0))),
    "one output": (Conv(3, 3, stride=2), NONE),
    "left over": (Conv(6, 3, stride=4), NONE),
    "window of padding": (Conv(2, 2, stride=2, padding=2), TWO),
}

NAMES = [f"Figure {number}" for number in FIGURES] + list(ODD)


def case(name: str) -> Case:
    """The case of that name."""
    if name in ODD:
        layer, pads = ODD[name]
        widget = ConvWidget(layer)
        return Case(widget, Truth(widget, pads), None)
    number = name.removeprefix("Figure ")
    pads, speaks = FIGURES[number]
    widget = ConvWidget.figure(number)
    return Case(widget, Truth(widget, pads), speaks)
