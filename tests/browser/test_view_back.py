"""Going back: the same connections both ways, the size that returns, the numbers that do not."""

from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from convwidget import ConvTranspose, ConvWidget

LAYERS: dict[str, Any] = {
    "Figure 4.6": ConvTranspose(3, 3, stride=2, padding=1),
    "asymmetric": ConvTranspose((3, 2), (2, 3), stride=(3, 2), padding=((1, 0), (0, 2))),
    "negative padding": ConvTranspose((2, 3), 2, padding=((-1, 1), (0, -2)), dilation=(2, 1)),
    "output padding past the stride": ConvTranspose(2, 2, dilation=3, output_padding=2),
    "a strip": ConvTranspose((4,), 3, stride=2, padding=1),
}

DRAWN = """(root) => {
  const number = (text) => Number(text.replaceAll("−", "-"));
  const pictures = [...root.querySelectorAll(":scope > .cw-part > .cw-picture")];
  return {
    texts: pictures.map((picture) => picture.parentNode.querySelectorAll("p")[1].textContent),
    lit: pictures.map((picture) => ["input", "output"].map((map) =>
      [...picture.querySelectorAll(`.cw-grid-${map} .cw-cell.cw-lit`)].map((cell) =>
        cell.dataset.index))),
    arrows: pictures.map((picture) => {
      const path = picture.querySelector(".cw-arrow")?.getAttribute("d");
      if (!path) return null;
      const [from, to] = path.match(/^M([\\d.-]+) [\\d.-]+L([\\d.-]+)/).slice(1).map(Number);
      return Math.sign(to - from);
    }),
    trip: [...root.querySelectorAll(".cw-trip svg")].map((map) =>
      [...map.querySelectorAll(".cw-figure")].map((text) => number(text.textContent))),
    told: root.querySelector(".cw-trip + p").textContent,
    sizes: root.querySelector(".cw-shared-sizes").textContent,
    grids: [...root.querySelectorAll("[role=grid]")].filter((grid) =>
      !grid.closest("[aria-hidden]")).length,
  };
}"""

Index = tuple[int, ...]


def opened(bare: Any, layer: Any, kernel: Any = None, width: int = 1080) -> Page:
    widget = ConvWidget(layer, view="back", **({} if kernel is None else {"kernel": kernel}))
    page: Page = bare(widget.get_state(), width=width)
    page.locator(".cw-parts-back").wait_for()
    return page


def drawn(page: Page) -> dict[str, Any]:
    frames = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    page.evaluate(frames)
    return dict(page.locator(".cw-parts-back").evaluate(DRAWN))


def joined(layer: Any) -> list[tuple[Index, Index]]:
    """Every pair of an input and an output cell that the layer joins, by its stamps."""
    found = []
    for cell in np.ndindex(layer.input_size):
        for tap in np.ndindex(layer.kernel_size):
            place = tuple(
                i * s + j * d - before
                for i, s, j, d, (before, _) in zip(
                    cell, layer.stride, tap, layer.dilation, layer.pads, strict=True
                )
            )
            if all(0 <= n < size for n, size in zip(place, layer.output_size, strict=True)):
                found.append((cell, place))
    return found


def written(index: Index) -> str:
    """An index as the page has it, where a strip is a map of one row."""
    return ",".join(str(n) for n in ((0,) * (2 - len(index)) + index))


@pytest.mark.parametrize("name", LAYERS)
def test_both_pictures_light_the_same_cells_and_the_arrows_point_apart(
    bare: Any, name: str
) -> None:
    layer = LAYERS[name]
    page = opened(bare, layer)
    pairs = joined(layer)
    for side, map, size in ((0, "input", layer.input_size), (1, "output", layer.output_size)):
        for index in list(np.ndindex(size))[::2]:
            place = f"[data-map={map}] [data-index='{written(index)}']"
            page.locator(place).first.hover(force=True)
            seen = drawn(page)
            partners = [pair[1 - side] for pair in pairs if pair[side] == index]
            lit = [written(partner) for partner in partners]
            for picture in seen["lit"]:
                assert sorted(picture[1 - side]) == sorted(lit)
            assert all(str(len(lit)) in text for text in seen["texts"])
            assert seen["arrows"] == ([1, -1] if lit or side == 0 else [None, None])


@pytest.mark.parametrize("name", LAYERS)
def test_the_size_returns_and_the_numbers_are_those_of_the_matrix(bare: Any, name: str) -> None:
    layer = LAYERS[name]
    kernel = np.arange(1, np.prod(layer.kernel_size) + 1).reshape(layer.kernel_size)
    seen = drawn(opened(bare, layer, kernel))
    x, there, back = (np.array(values) for values in seen["trip"])
    transposed = np.zeros((np.prod(layer.output_size), np.prod(layer.input_size)), int)
    taps = {}
    for cell in np.ndindex(layer.input_size):
        for tap in np.ndindex(layer.kernel_size):
            place = tuple(
                i * s + j * d - before
                for i, s, j, d, (before, _) in zip(
                    cell, layer.stride, tap, layer.dilation, layer.pads, strict=True
                )
            )
            taps[cell, place] = kernel[tap]
    for cell, place in joined(layer):
        row = np.ravel_multi_index(place, layer.output_size)
        column = np.ravel_multi_index(cell, layer.input_size)
        transposed[row, column] += taps[cell, place]
    assert (there == transposed.T @ x).all()
    assert (back == transposed @ transposed.T @ x).all()
    first = int(np.flatnonzero(x != back)[0])
    assert f"the numbers do not: {x[first]} comes back as {back[first]}." in seen["told"]


def test_an_identity_gives_the_numbers_back_and_says_so(bare: Any) -> None:
    seen = drawn(opened(bare, ConvTranspose(3, 1), np.ones((1, 1), int)))
    assert seen["trip"][0] == seen["trip"][2]
    assert "the numbers return as well" in seen["told"]


def test_the_sizes_that_share_one_are_said_with_their_output_padding(bare: Any) -> None:
    layer = ConvTranspose(3, 3, stride=2, padding=1, output_padding=1)
    assert drawn(opened(bare, layer))["sizes"] == (
        "A convolution with k = 3, s = 2, p = 1 takes 5 and 6 both to 3. "
        "Going back, a = 0 gives 5, a = 1 gives 6; here the output padding is a = 1."
    )


def test_each_cell_is_there_once_for_a_screen_reader(bare: Any) -> None:
    seen = drawn(opened(bare, ConvTranspose(3, 3, stride=2, padding=1)))
    assert seen["grids"] == 2


@pytest.mark.parametrize("width", [306, 360, 700, 1080])
def test_nothing_is_wider_than_the_page_or_made_smaller_to_fit(bare: Any, width: int) -> None:
    page = opened(bare, ConvTranspose((3, 12), 3, stride=2, padding=1), width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    holder = page.locator(".cw-parts-back")
    assert holder.evaluate("node => node.scrollWidth <= node.clientWidth")
    widths = "nodes => nodes.map((node) => [node.clientWidth, node.width.baseVal.value])"
    for seen, own in holder.locator(".cw-picture").evaluate_all(widths):
        assert abs(seen - own) < 1
