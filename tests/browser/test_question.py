"""The picture that asks: what it draws is called what it is, and fits."""

from typing import Any

import numpy as np
import pytest
from view import show

from convwidget import Conv, ConvTranspose, ConvWidget

WORDS = """root => {
  const box = (element) => { const { x, y, right, bottom } = element.getBoundingClientRect();
    return [x, y, right, bottom]; };
  return [...root.querySelectorAll('.cw-caption')].map((one) => [one.textContent, box(one)]);
}"""


@pytest.mark.parametrize("width", [360, 700, 1080])
@pytest.mark.parametrize(
    ("layer", "expected"),
    [
        (Conv((10,), 3), ["input10", "kernel3", "output?"]),
        (Conv(5, 3), ["input5 × 5", "kernel3 × 3", "output? × ?"]),
        (
            Conv((4, 6, 7), 3, padding=(1, 0, 0)),
            [
                "inputslice 0 of 4, 4 × 6 × 7",
                "kernelslice 0 of 3, 3 × 3 × 3",
                "output? × ? × ?",
            ],
        ),
        (ConvTranspose(3, 3), ["input3 × 3", "kernel3 × 3, turned", "output? × ?"]),
        (
            ConvTranspose(3, 3, dilation=2),
            ["input3 × 3", "kernel3 × 3, turned", "output? × ?"],
        ),
        (
            Conv(5, 3, in_channels=4, out_channels=3),
            ["inputmap 0 of 4, 5 × 5", "kernel0 of 12, 3 × 3", "output? × ?"],
        ),
    ],
)
def test_what_is_drawn_is_called_what_it_is_and_no_name_runs_into_another(
    bare: Any, layer: Any, expected: list[str], width: int
) -> None:
    view = show(bare, ConvWidget(layer, predict=True))
    view.page.set_viewport_size({"width": width, "height": 900})
    view.settle()
    said = view.root.evaluate(WORDS)
    assert [text[: len(start)] for (text, _), start in zip(said, expected, strict=True)] == expected
    assert said[-1][0] == expected[-1]
    for n, (_, (left, top, right, bottom)) in enumerate(said):
        assert right <= width
        for _, (x, y, end, low) in said[n + 1 :]:
            assert right < x or end < left or bottom < y or low < top


@pytest.mark.parametrize(
    "layer",
    [
        ConvTranspose((2, 3), (2, 3), stride=2, padding=1),
        ConvTranspose((4,), 3, stride=2),
        ConvTranspose(3, 2, in_channels=2, out_channels=2),
    ],
)
def test_the_window_over_the_stretched_line_meets_the_kernel_turned(bare: Any, layer: Any) -> None:
    weights = np.arange(np.prod(ConvWidget(layer).kernel.shape))
    widget = ConvWidget(layer, kernel=weights.reshape(ConvWidget(layer).kernel.shape), predict=True)
    view = show(bare, widget)
    shape = layer.kernel_size
    plane = widget.kernel.reshape(-1, *(1,) * (2 - len(shape)), *shape)[0]
    cells = view.drawn().cells("kernel")
    assert {at: cell.text for at, cell in cells.items()} == {
        at: str(value) for at, value in np.ndenumerate(plane[::-1, ::-1])
    }
    for cell in cells.values():
        assert cell.index
        assert str(widget.kernel[cell.index[-widget.kernel.ndim :]]) == cell.text
    view.root.locator("[data-map=kernel] [tabindex='0']").focus()
    for key, place in (
        ("Control+Home", (0, 0)),
        ("ArrowRight", (0, 1)),
        ("End", (0, shape[-1] - 1)),
    ):
        view.page.keyboard.press(key)
        index = view.focused().removeprefix("kernel ").split(",")
        found = tuple(int(n) for n in index)
        assert (cells[place].index or ())[-len(found) :] == found, key


NUMBERS = """root => [...root.querySelectorAll('.cw-grid .cw-cell')].flatMap((cell) => {
  const [rect, text] = ['rect', 'text'].map((name) => cell.querySelector(name));
  if (!text) return [];
  const [inner, outer] = [text, rect].map((one) => one.getBoundingClientRect());
  return inner.left < outer.left || inner.right > outer.right ? [text.textContent] : [];
})"""


@pytest.mark.parametrize("width", [360, 1080])
def test_every_number_fits_its_cell_while_the_size_is_asked_for(bare: Any, width: int) -> None:
    view = show(
        bare,
        ConvWidget(
            Conv(6, 3),
            input=np.arange(36).reshape(6, 6) * 100 - 1800,
            kernel=np.arange(9).reshape(3, 3) * 225 - 1000,
            predict=True,
        ),
    )
    view.page.set_viewport_size({"width": width, "height": 900})
    view.settle()
    assert view.drawn().cells("kernel")[0, 0].text == "−1000"
    assert view.root.evaluate(NUMBERS) == []
