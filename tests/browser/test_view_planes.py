"""Several maps, or three dimensions: planes, what meets in them, and what they sum up to."""

from itertools import product
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator
from scipy.signal import correlate
from view import View, show

from convwidget import Conv, ConvWidget, MaxPool

Index = tuple[int, ...]

TWO_MAPS = ConvWidget(Conv(5, 3, padding=1, stride=2, in_channels=3, out_channels=2))
HALVES = ConvWidget(Conv(5, 3, groups=2, in_channels=4, out_channels=4))
EIGHT = ConvWidget(Conv(6, 3, in_channels=2, out_channels=8))
SLICES = ConvWidget(Conv((4, 5, 5), 3, padding=1, dilation=(1, 2, 1)))
BOTH = ConvWidget(Conv((3, 4, 4), (2, 3, 2), in_channels=2, out_channels=2))


def has_maps(widget: ConvWidget) -> bool:
    """Whether a widget's arrays have channels before their axes."""
    return np.array(widget.input).ndim > len(widget.layer.axes)


def by_plane(widget: ConvWidget) -> np.ndarray[Any, Any]:
    """What each map of the input adds, by SciPy: output map, map of its group, place."""
    layer, x, kernel = widget.layer, np.array(widget.input), np.array(widget.kernel)
    assert isinstance(layer, Conv)
    if not has_maps(widget):
        x, kernel = x[None], kernel[None, None]
    each, features = kernel.shape[1], kernel.shape[0] // layer.groups
    x = np.pad(x, [(0, 0), *layer.pads])
    spread = np.zeros(
        [d * (k - 1) + 1 for d, k in zip(layer.dilation, kernel.shape[2:], strict=True)]
    )
    steps = tuple(slice(None, None, s) for s in layer.stride)
    found = []
    for f, weights in enumerate(kernel):
        for c, plane in enumerate(weights):
            spread[tuple(slice(None, None, d) for d in layer.dilation)] = plane
            found.append(correlate(x[f // features * each + c], spread, "valid", "direct")[steps])
    return np.array(found).reshape(*kernel.shape[:2], *found[0].shape)


def cells(view: View, map: str) -> dict[Index, Locator]:
    """The cells of a map that can be touched, by their index."""
    view.settle()
    found = view.root.locator(f".cw-planes [data-map={map}] [role=gridcell]")
    return {
        tuple(int(n) for n in (cell.get_attribute("data-index") or "").split(",")): cell
        for cell in found.all()
    }


def numbers(view: View, map: str) -> dict[Index, float]:
    """What is written in the cells of a map."""
    read = """(cells) => cells.map((cell) => [cell.dataset.index, cell.ariaLabel,
      cell.querySelector('text').textContent])"""
    found = view.root.locator(f".cw-planes [data-map={map}] [role=gridcell]")
    rows = found.evaluate_all(read)
    assert all(label == text for _, label, text in rows)
    return {
        tuple(int(n) for n in index.split(",")): float(text.replace("−", "-"))
        for index, _, text in rows
    }


def held(array: Any) -> dict[Index, float]:
    """The numbers of an array by their index."""
    return {index: float(value) for index, value in np.ndenumerate(np.array(array))}


def lit(view: View, map: str, style: str = "cw-lit") -> set[Index]:
    """The cells of a map that light up."""
    view.settle()
    found = view.root.locator(f".cw-planes [data-map={map}] [role=gridcell].{style}")
    indices = found.evaluate_all("(cells) => cells.map((cell) => cell.dataset.index)")
    return {tuple(int(n) for n in index.split(",")) for index in indices}


def sums(view: View, row: str = ".cw-marked") -> list[float]:
    """The partial sums of the row that is marked, from left to right."""
    view.settle()
    found = view.root.locator(f"{row} .cw-partial-sum:visible").all_text_contents()
    return [float(text.replace("−", "-")) for text in found]


def names(view: View, map: str, style: str) -> list[str]:
    """The planes of a map that take part, or those that step back, by their names."""
    view.settle()
    found = view.root.locator(f".cw-map.{style}:has([data-map={map}])")
    return found.locator(".cw-map-name").all_text_contents()


def hover(view: View, map: str, *index: int) -> None:
    """Bring the pointer to a cell."""
    place = ",".join(str(n) for n in index)
    view.root.locator(f"[data-map={map}] [data-index='{place}'] rect").hover()
    view.settle()


@pytest.mark.parametrize("widget", [TWO_MAPS, HALVES, SLICES, BOTH])
@pytest.mark.parametrize("width", [1200, 340])
def test_every_cell_shows_its_number(bare: Any, widget: ConvWidget, width: int) -> None:
    view = show(bare, widget, width=width)
    assert numbers(view, "input") == held(widget.input)
    total = by_plane(widget).sum(axis=1)
    expected = held(total if has_maps(widget) else total[0])
    # Three digits may not fit in a small cell: then they are only said.
    said = {
        index: float((cell.get_attribute("aria-label") or "").replace("−", "-"))
        for index, cell in cells(view, "output").items()
    }
    assert said == expected


@pytest.mark.parametrize("widget", [TWO_MAPS, HALVES])
def test_each_plane_of_a_kernel_has_its_sum_beside_it(bare: Any, widget: ConvWidget) -> None:
    view = show(bare, widget)
    truth = by_plane(widget)
    for index in product(range(len(truth)), [0, 2], [1]):
        hover(view, "output", *index)
        assert sums(view) == list(truth[index[0], :, index[1], index[2]])


def test_all_rows_show_their_sums_at_the_same_place(bare: Any) -> None:
    view = show(bare, TWO_MAPS)
    hover(view, "output", 1, 2, 1)
    assert sums(view, ".cw-planes") == list(by_plane(TWO_MAPS)[:, :, 2, 1].ravel())


def test_of_many_output_maps_the_row_of_the_one_that_is_touched_is_shown(bare: Any) -> None:
    view = show(bare, EIGHT)
    for f in (7, 2):
        hover(view, "output", f, 1, 3)
        assert {index[0] for index in cells(view, "kernel")} == {f}
        assert view.root.locator(".cw-map-to").all_text_contents() == [f"to map {f}"]
        assert sums(view) == list(by_plane(EIGHT)[f, :, 1, 3])


def test_planes_of_another_group_step_back(bare: Any) -> None:
    view = show(bare, HALVES)
    hover(view, "output", 3, 0, 0)
    assert names(view, "input", "cw-met") == ["map 2", "map 3"]
    assert names(view, "input", "cw-apart") == ["map 0", "map 1"]
    struck = view.root.locator(".cw-apart > .cw-map-name").first
    assert "line-through" in struck.evaluate("(text) => getComputedStyle(text).textDecoration")
    text = view.root.locator(".cw-meeting").text_content() or ""
    assert "two halves that do not meet: 4 × 2 × 3 × 3 = 72 weights." in text


def test_the_window_goes_through_as_many_slices_as_the_kernel_has(bare: Any) -> None:
    view = show(bare, SLICES)
    hover(view, "output", 0, 1, 2)
    assert names(view, "input", "cw-met") == ["padding", "slice 0", "slice 1"]
    assert view.root.locator(".cw-map rect.cw-window").count() == 3
    hover(view, "output", 2, 0, 0)
    assert names(view, "input", "cw-met") == ["slice 1", "slice 2", "slice 3"]
    x, kernel = np.array(SLICES.input), np.array(SLICES.kernel)
    x = np.pad(x, 1)
    windows = [x[2 + j, 0:5:2, 0:3] for j in range(3)]
    assert sums(view) == [float((w * k).sum()) for w, k in zip(windows, kernel, strict=True)]


@pytest.mark.parametrize("widget", [TWO_MAPS, HALVES, SLICES, BOTH])
def test_an_input_cell_lights_every_output_that_changes_with_it(
    bare: Any, widget: ConvWidget
) -> None:
    view = show(bare, widget)
    for index in [tuple(0 for _ in widget.input.shape), tuple(n // 2 for n in widget.input.shape)]:
        changed = np.array(widget.input)
        changed[index] += 1
        # Weights of a ramp are never zero, so what an input reaches does change.
        other = ConvWidget(widget.layer, input=changed, kernel=np.array(widget.kernel))
        difference = by_plane(other).sum(axis=1) != by_plane(widget).sum(axis=1)
        expected = difference if has_maps(widget) else difference[0]
        hover(view, "input", *index)
        assert lit(view, "output") == {tuple(map(int, n)) for n in np.argwhere(expected)}


@pytest.mark.parametrize("widget", [TWO_MAPS, SLICES, BOTH])
def test_a_kernel_cell_lights_the_inputs_that_it_multiplies(bare: Any, widget: ConvWidget) -> None:
    view = show(bare, widget)
    index = tuple(0 for _ in widget.kernel.shape)
    hover(view, "kernel", *index)
    layer = widget.layer
    lines = [
        {o * s - before for o in range(size)} & set(range(i))
        for size, s, (before, _), i in zip(
            layer.output_size, layer.stride, layer.pads, layer.input_size, strict=True
        )
    ]
    places = set(product(*lines))
    assert lit(view, "input") == {(0, *n) if has_maps(widget) else n for n in places}


def test_page_keys_lead_from_map_to_map(bare: Any) -> None:
    view = show(bare, EIGHT)
    view.root.locator("[data-map=output] [data-index='0,1,1']").focus()
    for key, place in [("PageDown", "1,1,1"), ("ArrowRight", "1,1,2"), ("PageUp", "0,1,2")]:
        view.page.keyboard.press(key)
        assert view.page.evaluate("document.activeElement.dataset.index") == place


def test_the_keyboard_brings_a_kernel_into_sight(bare: Any) -> None:
    view = show(bare, EIGHT)
    view.root.locator("[data-map=kernel] [data-index='0,1,2,2']").focus()
    view.page.keyboard.press("PageDown")
    assert view.page.evaluate("document.activeElement.dataset.index") == "1,0,2,2"


def test_a_plane_that_is_an_image_can_be_touched(bare: Any) -> None:
    widget = ConvWidget(Conv(64, 5, in_channels=2, out_channels=2))
    view = show(bare, widget)
    image = view.root.locator(".cw-map:has([data-map=output]) image").nth(1)
    box = image.bounding_box()
    assert box
    cell = box["width"] / 60
    view.page.mouse.click(box["x"] + 20.5 * cell, box["y"] + 11.5 * cell)
    view.settle()
    assert view.page.evaluate("document.activeElement.dataset.index") == "1,11,20"
    assert "output[1, 11, 20]" in (view.root.locator(".cw-at").text_content() or "")
    value = by_plane(widget)[1, :, 11, 20]
    assert sums(view) == list(value)
    assert view.root.locator(".cw-map .cw-tag").text_content() == str(int(value.sum()))


def test_a_pool_has_windows_and_no_kernels(bare: Any) -> None:
    widget = ConvWidget(MaxPool((4, 4, 4), 2))
    view = show(bare, widget)
    hover(view, "output", 1, 0, 1)
    assert names(view, "input", "cw-met") == ["slice 2", "slice 3"]
    assert lit(view, "input") == set(product([2, 3], [0, 1], [2, 3]))
    assert not cells(view, "kernel")
    blocks = np.array(widget.input).reshape(2, 2, 2, 2, 2, 2).max(axis=(1, 3, 5))
    assert numbers(view, "output") == held(blocks)


REACH = """(planes) => Math.max(...[...planes.querySelectorAll('*')].map((one) =>
  one.getBoundingClientRect().right)) - planes.getBoundingClientRect().right"""


@pytest.mark.parametrize("width", [320, 700, 1100])
def test_nothing_is_wider_than_the_page(bare: Any, width: int) -> None:
    for widget in (TWO_MAPS, HALVES, BOTH):
        view = show(bare, widget, width=width)
        view.settle()
        assert view.root.locator(".cw-planes").evaluate(REACH) <= 0.5


WRITTEN = """picture => {
  const { left, right } = picture.getBoundingClientRect();
  const all = [...picture.querySelectorAll('.cw-legend text, .cw-caption')].map((text) => {
    const box = text.getBoundingClientRect();
    return [text.textContent, box.left, box.right, box.top, box.bottom];
  });
  return { left, right, all };
}"""


@pytest.mark.parametrize("width", [360, 700, 1280])
@pytest.mark.parametrize(
    "layer",
    [
        Conv((10,), 5),
        Conv((40, 64), 1, stride=4),
        Conv((1, 5), 1),
        Conv(40, 2),
        Conv((60,), 1),
        Conv(14, 3, padding=1, in_channels=2, out_channels=2),
        Conv(16, 3, out_channels=3),
    ],
)
def test_scales_and_names_stand_in_the_picture_and_clear_of_each_other(
    bare: Any, layer: Any, width: int
) -> None:
    widget = ConvWidget(layer)
    widget.input = np.resize([48, -48, 7], np.shape(widget.input))
    widget.kernel = np.resize([48, -48, 12], np.shape(widget.kernel))
    view = show(bare, widget, width=width)
    read = view.root.locator(".cw-picture").evaluate(WRITTEN)
    assert len(read["all"]) >= 3
    for n, (text, left, right, top, bottom) in enumerate(read["all"]):
        assert read["left"] <= left, text
        assert right <= read["right"] + 0.5, text
        for other, start, end, above, below in read["all"][n + 1 :]:
            assert right <= start or end <= left or bottom <= above or below <= top, (text, other)
