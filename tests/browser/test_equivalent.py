"""The equivalent convolution of a transposed one, and its kernel left unturned by a switch."""

import re
from typing import Any

import numpy as np
import pytest
from brute import stamp
from drawn import Drawn, Index, numbers, written
from playwright.sync_api import Locator, expect
from view import View, show

from convwidget import ConvTranspose, ConvWidget

LAYERS: dict[str, Any] = {
    "Figure 4.6": ConvTranspose(3, 3, stride=2, padding=1),
    "asymmetric, not square": ConvTranspose(
        (3, 2), (2, 3), stride=(3, 2), padding=((1, 0), (0, 2))
    ),
    "spread": ConvTranspose(3, 2, stride=3, dilation=2, padding=1),
    "more cropped than stamped": ConvTranspose((3, 4), 2, padding=((2, 0), (0, 2))),
    "output padding": ConvTranspose(3, 3, stride=2, output_padding=1),
    "a strip": ConvTranspose((4,), 3, stride=2, padding=1),
}
layers = pytest.mark.parametrize("name", LAYERS)


def stamped(layer: Any, x: Any, kernel: Any) -> np.ndarray[Any, Any]:
    """The output, stamp by stamp."""
    found = stamp(
        np.array(x)[None],
        np.array(kernel)[None, None],
        layer.stride,
        layer.pads,
        layer.dilation,
        layer.output_padding,
    )
    shape = tuple(1 + max(at) for at in zip(*found, strict=True))
    return np.array(list(found.values())).reshape(shape)[0]


class Turning:
    """What comes out with the kernel turned, and what with the kernel as it is."""

    def __init__(self, widget: ConvWidget) -> None:
        layer, x, kernel = widget.layer, widget.input, widget.kernel
        self.right = stamped(layer, x, kernel)
        # Gathering with a kernel is stamping with its turn.
        self.unturned = stamped(layer, x, np.flip(np.array(kernel)))
        self.wrong = {tuple(map(int, at)) for at in np.argwhere(self.right != self.unturned)}


def start(bare: Any, layer: Any, **options: Any) -> tuple[View, ConvWidget, Turning]:
    widget = ConvWidget(layer, view="equivalent", **options)
    view = View(bare(widget.get_state(), width=1080))
    return view, widget, Turning(widget)


def switch(view: View) -> Locator:
    return view.root.get_by_role("switch", name="turn the kernel by 180°")


def texts(drawn: Drawn, map: str) -> list[int]:
    """A map's own numbers in reading order."""
    cells = sorted(drawn.cells(map).items())
    return [int(cell.text.replace("−", "-")) for _, cell in cells if cell.kind == map]


def crosses(view: View, drawn: Drawn, rank: int) -> set[Index]:
    """The output cells that a cross stands in."""
    path = view.root.locator(".cw-wrong")
    at = """path => {
      const m = path.getScreenCTM();
      return [...path.getAttribute('d').matchAll(/M([\\d.-]+) ([\\d.-]+)/g)]
        .map(([, x, y]) => [m.e + m.a * x, m.f + m.d * y]);
    }"""
    left, top, edge = drawn.box_of("output")
    found = {(int((y - top) // edge), int((x - left) // edge)) for x, y in path.evaluate(at)}
    return {place[-rank:] for place in found}


def note(view: View) -> str:
    view.settle()
    return view.root.locator(".cw-note-line").inner_text()


def at(view: View, index: Index) -> tuple[int, int]:
    """A cell as the picture has it, where a strip is a map of one row."""
    return (*(0,) * (2 - len(index)), *index)


@layers
def test_the_equivalent_convolution_gives_the_same_numbers(bare: Any, name: str) -> None:
    view, widget, truth = start(bare, LAYERS[name])
    drawn = view.drawn()
    assert switch(view).is_checked()
    assert texts(drawn, "output") == truth.right.ravel().tolist()
    assert texts(drawn, "kernel") == np.flip(np.array(widget.kernel)).ravel().tolist()
    assert crosses(view, drawn, truth.right.ndim) == set()
    assert "wrong" not in note(view)


@layers
def test_a_kernel_left_as_it_is_gives_the_wrong_cells_that_numpy_counts(
    bare: Any, name: str
) -> None:
    view, widget, truth = start(bare, LAYERS[name])
    assert truth.wrong, "the example shows no difference"
    switch(view).uncheck()
    drawn = view.drawn()
    assert texts(drawn, "output") == truth.unturned.ravel().tolist()
    assert texts(drawn, "kernel") == np.array(widget.kernel).ravel().tolist()
    assert crosses(view, drawn, truth.right.ndim) == truth.wrong
    total = truth.right.size
    for output in {min(truth.wrong), max(truth.wrong), (0,) * truth.right.ndim}:
        view.hover("output", *at(view, output))
        said = note(view)
        assert said.startswith(f"{len(truth.wrong)} of {total} cells are wrong. ")
        comes, should = truth.unturned[output], truth.right[output]
        end = "is right all the same" if comes == should else f"should be {written(should)}"
        place = f"output[{', '.join(map(str, output))}]"
        assert f" {place} comes to {written(comes)} and {end}." in said
    switch(view).check()
    drawn = view.drawn()
    assert texts(drawn, "output") == truth.right.ravel().tolist()
    assert "wrong" not in note(view)
    assert view.changes() == [], "it is looked at, and no setting"


def test_a_kernel_that_is_its_own_turn_gives_every_cell_right(bare: Any) -> None:
    view, _, truth = start(bare, LAYERS["Figure 4.6"], kernel="blur")
    assert truth.wrong == set()
    switch(view).uncheck()
    assert "every cell comes out right all the same" in note(view)
    assert crosses(view, view.drawn(), 2) == set()


def test_the_count_follows_the_settings_and_the_numbers(bare: Any) -> None:
    view, widget, _ = start(bare, LAYERS["Figure 4.6"])
    switch(view).uncheck()
    seen = set()
    view.type("stride s", "1")
    changes = view.changes()[-1]
    view.receive(kernel={"fill": "sobel"})
    widget.set_state({**changes, "kernel": {"fill": "sobel"}})
    truth = Turning(widget)
    assert not switch(view).is_checked(), "the switch stays as it was"
    first, every = numbers(note(view))[:2]
    seen.add((first, every))
    assert (first, every) == (len(truth.wrong), truth.right.size)


@pytest.mark.parametrize("turned", [True, False])
def test_a_weight_is_the_same_weight_turned_or_not(bare: Any, turned: bool) -> None:
    view, widget, _ = start(bare, LAYERS["asymmetric, not square"])
    switch(view).set_checked(turned)
    view.settle()
    kernel = np.array(widget.kernel)
    last = np.array(kernel.shape) - 1
    for shown in np.ndindex(*kernel.shape):
        view.hover("kernel", *shown)
        tap = tuple(int(n) for n in last - shown) if turned else shown
        assert view.drawn().sum.startswith(f"kernel[{tap[0]}, {tap[1]}] = {kernel[tap]} ")


def test_a_weight_that_is_typed_in_the_turned_kernel_is_the_one_under_the_hand(bare: Any) -> None:
    view, widget, _ = start(bare, LAYERS["Figure 4.6"])
    view.cell("kernel", 0, 1).dblclick()
    view.page.keyboard.type("50")
    view.page.keyboard.press("Enter")
    view.settle()
    widget.set_state(view.changes()[-1])
    assert np.array(widget.kernel).tolist() == [[1, 2, 3], [4, 5, 6], [7, 50, 9]]
    assert texts(view.drawn(), "output") == Turning(widget).right.ravel().tolist()


def test_the_keyboard_turns_the_kernel_there_and_back(bare: Any) -> None:
    view, _, truth = start(bare, LAYERS["Figure 4.6"])
    switch(view).focus()
    view.page.keyboard.press("Space")
    assert re.match(rf"{len(truth.wrong)} of 25 cells", note(view))
    expect(switch(view)).to_be_focused()
    view.page.keyboard.press("Space")
    assert "wrong" not in note(view)
    assert switch(view).is_checked()


def test_each_view_has_its_own_switch(bare: Any) -> None:
    view, _, _ = start(bare, LAYERS["Figure 4.6"])
    view.page.evaluate("async () => { await stage.view() }")
    other = View(view.page, 1)
    switch(view).uncheck()
    other.settle()
    assert switch(other).is_checked()
    assert "wrong" in note(view)
    assert "wrong" not in note(other)


def test_only_a_transposed_convolution_has_the_switch(bare: Any) -> None:
    widget = ConvWidget.figure("2.6", view="equivalent")
    view = show(bare, widget)
    assert switch(view).count() == 0
