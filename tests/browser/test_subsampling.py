"""A stride as subsampling: every output at stride 1, and those that the stride keeps."""

from typing import Any

import pytest
from drawn import Drawn, Index, written
from truth import Truth
from view import View, show

from convwidget import Conv, ConvWidget

# A layer, and what its padding comes to, worked out by hand.
LAYERS: dict[str, Any] = {
    "Figure 1.4": ("1.4", ((0, 0), (0, 0))),
    "a stride that leaves cells over": (Conv((7, 6), 3, stride=(3, 2), padding=1), ((1, 1),) * 2),
    "a named padding": (Conv((6, 5), 3, stride=2, padding="same"), ((0, 1), (1, 1))),
    "a stride past the kernel": (Conv(7, 2, stride=4), ((0, 0), (0, 0))),
    "no stride": (Conv(4, 3), ((0, 0), (0, 0))),
    "spread and stretched": (Conv(4, 2, stride=2, dilation=3, stretch=2), ((0, 0), (0, 0))),
    "a strip": (Conv((8,), 3, stride=3, padding=1), ((0, 0), (1, 1))),
}
layers = pytest.mark.parametrize("name", LAYERS)


class Dense(Truth):
    """A layer's outputs without its stride; `kept` are those that the stride takes."""

    def __init__(self, layer: Conv, widget: ConvWidget, pads: Any) -> None:
        rank = len(layer.axes)
        plain = ConvWidget(
            Conv(
                (1,) * (2 - rank) + layer.input_size,
                (1,) * (2 - rank) + layer.kernel_size,
                padding=pads,
                dilation=(1,) * (2 - rank) + layer.dilation,
                stretch=(1,) * (2 - rank) + layer.stretch,
            )
        )
        plain.input = widget.input.reshape(plain.layer.input_size)
        plain.kernel = widget.kernel.reshape(plain.layer.kernel_size)
        super().__init__(plain, pads)
        self.steps = (1,) * (2 - rank) + layer.stride
        self.kept = [
            at
            for at in self.outputs()
            if not any(n % s for n, s in zip(at, self.steps, strict=True))
        ]

    def index(self, kept: Index, rank: int) -> Index:
        """The output cell that a kept one is."""
        return tuple(n // s for n, s in zip(kept, self.steps, strict=True))[-rank:]


def start(bare: Any, name: str) -> tuple[View, ConvWidget, Dense]:
    what, pads = LAYERS[name]
    widget = (
        ConvWidget.figure(what, view="subsampling")
        if isinstance(what, str)
        else ConvWidget(what, view="subsampling")
    )
    return show(bare, widget), widget, Dense(widget.layer, widget, pads)


def dropped(view: View) -> set[Index]:
    """The cells that are drawn as left out."""
    cells = view.root.locator(".cw-grid-output .cw-dropped")
    found = cells.evaluate_all("cells => cells.map((cell) => cell.dataset.index)")
    return {tuple(int(n) for n in index.split(",")) for index in found}


def at(drawn: Drawn) -> str:
    return str(drawn.at.split(" ·")[0])


@layers
def test_every_output_is_computed_and_one_in_s_is_kept(bare: Any, name: str) -> None:
    view, widget, truth = start(bare, name)
    cells = view.drawn().cells("output")
    assert {place: cell.text for place, cell in cells.items()} == {
        place: written(truth.output[place]) for place in truth.outputs()
    }
    assert dropped(view) == {*truth.outputs()} - {*truth.kept}
    kept = [truth.output[place] for place in truth.kept]
    assert kept == widget.output.ravel().tolist()


@layers
def test_a_kept_cell_is_the_layers_output_and_a_dropped_one_is_none(bare: Any, name: str) -> None:
    view, widget, truth = start(bare, name)
    rank = len(widget.layer.axes)
    for kept in {truth.kept[0], truth.kept[-1], truth.kept[len(truth.kept) // 2]}:
        view.click("output", *kept)
        drawn = view.drawn()
        index = truth.index(kept, rank)
        assert at(drawn) == f"output[{', '.join(map(str, index))}]"
        assert drawn.lit("input") == {meeting.position for meeting in truth.window(kept)}
        assert drawn.outlined("output", "made") == [(*kept, 1, 1)]
        assert drawn.sum.startswith(f"{written(truth.output[kept])} = ")
    before = view.drawn()
    for none in sorted(dropped(view))[:2]:
        view.click("output", *none)
        drawn = view.drawn()
        assert (drawn.at, drawn.sum) == (before.at, before.sum)


def test_the_transport_steps_over_what_is_dropped(bare: Any) -> None:
    view, _, truth = start(bare, "Figure 1.4")
    for kept in truth.kept:
        assert view.drawn().outlined("output", "made") == [(*kept, 1, 1)]
        view.button("step forward").click()


def test_the_keyboard_goes_from_one_kept_cell_to_the_next(bare: Any) -> None:
    view, _, truth = start(bare, "a stride that leaves cells over")
    view.click("output", *truth.kept[0])
    last = tuple(max(place[axis] for place in truth.kept) for axis in range(2))
    for key, place in (
        ("ArrowRight", (0, 2)),
        ("ArrowDown", (3, 2)),
        ("ArrowLeft", (3, 0)),
        ("End", (3, last[1])),
        ("Control+End", last),
        ("Control+Home", (0, 0)),
    ):
        view.page.keyboard.press(key)
        assert view.focused() == f"output {place[0]},{place[1]}", key


def test_only_what_the_stride_keeps_is_called_o(bare: Any) -> None:
    view, widget, truth = start(bare, "Figure 1.4")
    assert truth.size[1] > widget.output.shape[1]
    assert view.drawn().starts == f"{widget.output.shape[1]} kept = o"


def test_the_stride_can_be_turned_and_the_kept_cells_follow(bare: Any) -> None:
    view, widget, _ = start(bare, "Figure 1.4")
    for stride in (1, 2, 3):
        view.type("stride s", str(stride))
        widget.stride = stride
        truth = Dense(widget.layer, widget, ((0, 0), (0, 0)))
        assert dropped(view) == {*truth.outputs()} - {*truth.kept}


@layers
def test_the_layers_own_output_stands_below_with_the_kept_cells(bare: Any, name: str) -> None:
    view, widget, truth = start(bare, name)
    own = view.root.locator(".cw-holder .cw-part")
    if truth.kept == truth.outputs():
        assert own.count() == 0
        return
    assert own.locator(".cw-figure").all_text_contents() == [
        written(value) for value in widget.output.ravel()
    ]
    size = " × ".join(map(str, widget.output.shape))
    assert own.locator("p").first.inner_text().startswith(f"output {size} of the layer itself")
    view.click("output", *truth.kept[-1])
    view.settle()
    made, frame = own.locator(".cw-made").bounding_box(), own.locator("svg").bounding_box()
    assert made
    assert frame
    # The last kept cell is the last of the layer's own.
    assert made["x"] + made["width"] > frame["x"] + frame["width"] - 5
    assert made["y"] + made["height"] > frame["y"] + frame["height"] - 5
    view.hover("input", 0, 0)
    view.settle()
    assert own.locator(".cw-made").count() == 0
