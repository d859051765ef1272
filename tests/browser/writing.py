"""Typing into cells as a hand does, and what Python and SciPy say of it."""

import json
from typing import Any

import numpy as np
from scipy.signal import correlate2d
from view import View, show

from convwidget import Conv, ConvWidget


def start(bare: Any, **options: Any) -> tuple[View, ConvWidget]:
    widget = ConvWidget(Conv(4, 3), **options)
    return show(bare, widget), widget


def take(view: View, widget: ConvWidget) -> None:
    """Give Python what the page sent, as a kernel would."""
    for change in view.changes()[getattr(widget, "taken", 0) :]:
        sent = json.loads(json.dumps(change))
        widget.set_state(sent)
        for name in sent:
            assert json.loads(json.dumps(widget.get_state(name)[name])) == sent[name], (
                f"{name} was refused"
            )
    widget.taken = len(view.changes())


def check(view: View, widget: ConvWidget) -> None:
    """The picture and Python show the same numbers, and the output is SciPy's."""
    take(view, widget)
    drawn = view.drawn()
    output = correlate2d(widget.input, widget.kernel, mode="valid")
    for map, array in (("input", widget.input), ("kernel", widget.kernel), ("output", output)):
        texts = {at: cell.text for at, cell in drawn.cells(map).items()}
        assert texts == {at: brief(value) for at, value in np.ndenumerate(np.array(array))}


def brief(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".").replace("-", "−")


def press(view: View, *keys: str) -> None:
    for key in keys:
        view.page.keyboard.press(key)
    view.settle()


def editor(view: View) -> Any:
    return view.root.locator(".cw-editor")
