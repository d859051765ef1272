"""The matrix view: what stands in it is what NumPy says, and what belongs together lights up."""

from typing import Any

import numpy as np
import pytest
from view import View, show

from convwidget import AvgPool, Conv, ConvTranspose, ConvWidget

LAYERS: dict[str, Any] = {
    "Figure 2.6": Conv(5, 3, stride=2, padding=1),
    "a strip": Conv((6,), 3, padding="causal", dilation=2),
    "asymmetric": Conv((4, 5), (2, 3), padding=((1, 0), (0, 2)), stride=(1, 2)),
    "cropped": Conv(6, 2, padding=((-1, 0), (0, -2))),
    "three dimensions": Conv((2, 3, 3), 2, padding=(0, 0, 1)),
    "channels": Conv(3, 2, in_channels=2, out_channels=3),
    "groups": Conv(3, 2, groups=2, in_channels=4, out_channels=2),
    "Figure 4.6": ConvTranspose(3, 3, stride=2, padding=1),
    "transposed, left over": ConvTranspose((3, 2), 2, stride=(3, 2), output_padding=(1, 0)),
    "transposed, channels": ConvTranspose(2, 2, stride=2, in_channels=2, out_channels=2),
    "average": AvgPool(4, 3, stride=2, padding=1, ceil_mode=True),
    "average, padding not counted": AvgPool((3, 4), 2, padding=1, count_include_pad=False),
}

# Where each cell stands and what it holds: the weights, and the vectors above and beside them.
DRAWN = """(root) => {
  const number = (text) => {
    const [a, b = 1] = text.replace("−", "-").split("/").map(Number);
    return a / b;
  };
  const picture = root.querySelector(".cw-matrix .cw-scroll .cw-picture");
  return [...picture.querySelectorAll(".cw-cell")].map((cell) => {
    const { e: x, f: y } = cell.transform.baseVal[0].matrix;
    return {
      x, y,
      map: cell.closest("[data-map]")?.dataset.map ?? "weight",
      index: cell.dataset.index ?? null,
      value: number(cell.querySelector("text").textContent),
      lit: cell.classList.contains("cw-lit"),
    };
  });
}"""


class Drawn:
    """What stands in the matrix view, read from where it stands."""

    def __init__(self, view: View, down: str, across: str) -> None:
        view.settle()
        cells = view.root.evaluate(DRAWN)
        of = {
            map: [cell for cell in cells if cell["map"] == map] for map in ("weight", down, across)
        }
        row = {cell["y"]: n for n, cell in enumerate(of[down])}
        column = {cell["x"]: n for n, cell in enumerate(of[across])}
        shape = len(row), len(column)
        self.matrix, self.connected, self.lit = np.zeros(shape), np.zeros(shape, int), set()
        for cell in of["weight"]:
            place = row[cell["y"]], column[cell["x"]]
            self.matrix[place] = cell["value"]
            self.connected[place] += 1
            if cell["lit"]:
                self.lit.add(place)
        self.values = {map: [cell["value"] for cell in of[map]] for map in (down, across)}
        self.lit_in = {
            map: [n for n, cell in enumerate(of[map]) if cell["lit"]] for map in (down, across)
        }


def drawn(view: View, layer: Any) -> Drawn:
    """What stands in the view of a layer."""
    maps = ("input", "output") if isinstance(layer, ConvTranspose) else ("output", "input")
    return Drawn(view, *maps)


def truth(widget: ConvWidget, kernel: Any = None) -> Any:
    """The matrix as it must be drawn: a transposed layer's is its convolution's."""
    layer = widget.layer
    if isinstance(layer, AvgPool):
        return layer.matrix()
    matrix = layer.matrix(widget.kernel if kernel is None else kernel)
    return matrix.T if isinstance(layer, ConvTranspose) else matrix


def connections(widget: ConvWidget) -> Any:
    """1 where there is a connection, whatever its weight."""
    if isinstance(widget.layer, AvgPool):
        return (truth(widget) != 0).astype(int)
    return truth(widget, np.ones_like(widget.kernel))


def sentence(view: View) -> str:
    """What is said of the lit cell."""
    view.settle()
    return str(view.root.locator(".cw-meaning").text_content())


@pytest.mark.parametrize("name", LAYERS)
def test_the_matrix_is_numpys_and_so_are_the_vectors(bare, name):
    widget = ConvWidget(LAYERS[name], view="matrix")
    found = drawn(show(bare, widget), widget.layer)
    np.testing.assert_allclose(found.matrix, truth(widget), atol=1e-12)
    np.testing.assert_array_equal(found.connected, connections(widget))
    assert found.values["input"] == widget.input.ravel().tolist()
    np.testing.assert_allclose(found.values["output"], widget.output.ravel(), atol=0.005)


@pytest.mark.parametrize("name", LAYERS)
def test_an_output_lights_its_line_and_what_it_is_made_of(bare, name):
    widget = ConvWidget(LAYERS[name], view="matrix")
    view = show(bare, widget)
    last = tuple(n - 1 for n in widget.output.shape)
    view.hover("output", *last)
    found = drawn(view, widget.layer)
    connected = connections(widget)
    transposed = isinstance(widget.layer, ConvTranspose)
    line = connected[:, -1] if transposed else connected[-1]
    assert found.lit_in["input"] == line.nonzero()[0].tolist()
    assert found.lit_in["output"] == [widget.output.size - 1]
    end = widget.output.size - 1
    assert found.lit == {(n, end) if transposed else (end, n) for n in line.nonzero()[0]}


@pytest.mark.parametrize("name", ["Figure 2.6", "Figure 4.6", "groups", "average"])
def test_an_input_cell_lights_what_it_feeds(bare, name):
    widget = ConvWidget(LAYERS[name], view="matrix")
    view = show(bare, widget)
    view.hover("input", *(0 for _ in widget.input.shape))
    found = drawn(view, widget.layer)
    connected = connections(widget)
    line = connected[0] if isinstance(widget.layer, ConvTranspose) else connected[:, 0]
    assert found.lit_in["output"] == line.nonzero()[0].tolist()
    assert found.lit_in["input"] == [0]


@pytest.mark.parametrize("name", ["Figure 2.6", "Figure 4.6", "channels"])
def test_a_weight_lights_every_place_where_it_stands(bare, name):
    widget = ConvWidget(LAYERS[name], view="matrix")
    view = show(bare, widget)
    weight = view.root.locator(".cw-scroll .cw-kernel").last
    box = weight.bounding_box()
    view.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    found = drawn(view, widget.layer)
    assert len(found.lit) > 1
    # The weights are all different, so where the number is, the weight is.
    places = np.where(truth(widget) == float(weight.text_content()))
    assert found.lit == set(zip(*map(list, places), strict=True))


def test_a_kernel_cell_can_be_reached_by_the_keyboard(bare):
    widget = ConvWidget(LAYERS["Figure 2.6"], view="matrix")
    view = show(bare, widget)
    view.cell("kernel", 0, 0).focus()
    view.page.keyboard.press("ArrowRight")
    assert view.focused() == "kernel 0,1"
    assert sentence(view) == "kernel[0, 1] = 2 stands in six places: one weight, learned once."
    places = np.where(truth(widget) == 2)
    assert drawn(view, widget.layer).lit == set(zip(*map(list, places), strict=True))


def test_the_arrows_lead_along_a_strip(bare):
    view = show(bare, ConvWidget(LAYERS["a strip"], view="matrix"))
    view.cell("input", 0).focus()
    for key, at in [("ArrowRight", 1), ("ArrowDown", 2), ("ArrowUp", 1), ("End", 5), ("Home", 0)]:
        view.page.keyboard.press(key)
        assert view.focused() == f"input {at}"


def test_an_orange_zero_is_a_weight_and_a_dot_is_none(bare):
    kernel = np.array([[0, 1, 2], [2, 2, 0], [0, 1, 2]])
    widget = ConvWidget(LAYERS["Figure 2.6"], kernel=kernel, view="matrix")
    view = show(bare, widget)
    found = drawn(view, widget.layer)
    assert (found.connected[found.matrix == 0] == 1).any()
    dots = view.root.locator(".cw-dots").get_attribute("d").count("M")
    assert dots == found.connected.size - found.connected.sum() == 225 - 49
    assert "an orange 0 is a weight that happens to be 0" in view.root.inner_text()


def test_read_down_the_columns_it_is_the_way_back(bare):
    widget = ConvWidget(LAYERS["Figure 2.6"], view="matrix", position=(1, 2))
    view = show(bare, widget)
    reading = view.root.get_by_label("read", exact=False).and_(view.root.locator("select"))
    assert sentence(view).startswith("Row 5 makes output[1, 2]. It has 6 weights, not 9")
    reading.select_option("down columns: Cᵀ")
    found = drawn(view, widget.layer)
    first = int(connections(widget)[5].nonzero()[0][0])
    assert found.lit_in["input"] == [first]
    column = truth(widget)[:, first]
    assert found.lit_in["output"] == column.nonzero()[0].tolist()
    terms = [
        f"{column[n]}·g[{n // 3}, {n % 3}]" for n in connections(widget)[:, first].nonzero()[0]
    ]
    assert sentence(view).endswith(f": {' + '.join(terms)}.")
    reading.select_option("along rows: C")
    assert drawn(view, widget.layer).lit_in["output"] == [5]


def test_a_transposed_layer_has_one_way_of_reading(bare):
    view = show(bare, ConvWidget(LAYERS["Figure 4.6"], view="matrix", position=(1, 3)))
    assert sentence(view) == (
        "Column 8 makes output[1, 3]. Four weights in the column: four stamps on the cell."
    )
    assert view.root.get_by_text("down columns").count() == 0


PIXELS = """async (image) => {
  const picture = new Image();
  picture.src = image.getAttribute("href");
  await picture.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [picture.width, picture.height];
  const context = canvas.getContext("2d");
  context.drawImage(picture, 0, 0);
  const { data } = context.getImageData(0, 0, picture.width, picture.height);
  const found = [];
  data.forEach((value, n) => { if (n % 4 === 3 && value) found.push((n - 3) / 4) });
  return { found, columns: picture.width, rows: picture.height };
}"""


@pytest.mark.parametrize("size", [20, 32])
def test_a_large_matrix_is_one_image_of_its_connections(bare, size):
    widget = ConvWidget(Conv(size, 3, padding=1), view="matrix")
    view = show(bare, widget)
    image = view.root.locator(".cw-scroll .cw-image").evaluate(PIXELS)
    expected = connections(widget)
    assert (image["rows"], image["columns"]) == expected.shape
    assert image["found"] == expected.ravel().nonzero()[0].tolist()
    assert view.root.locator(".cw-scroll .cw-cell.cw-kernel").count() == 0


def test_what_is_too_large_to_draw_is_said_with_its_numbers(bare):
    widget = ConvWidget(Conv(40, 3), view="matrix")
    page = bare(widget.get_state())
    said = page.locator(".cw-matrix")
    said.wait_for()
    text = said.inner_text()
    count = int(widget.layer.matrix(np.ones((3, 3), int)).sum())
    assert "more than 1024 rows or columns" in text
    assert f"1,444 × 1,600 = 2,310,400 places, {count:,} connections, 9 weights to learn." in text
    assert page.locator(".cw-matrix svg").count() == 0


@pytest.mark.parametrize("width", [320, 700, 1080])
@pytest.mark.parametrize("name", ["Figure 2.6", "Figure 4.6", "groups", "average"])
def test_a_narrow_page_scrolls_inside_the_picture_and_focus_brings_it_along(bare, name, width):
    view = show(bare, ConvWidget(LAYERS[name], view="matrix"), width=width)
    assert view.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    last = view.root.locator(".cw-scroll [data-map=output] [role=gridcell]").last
    last.focus()
    box = last.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
