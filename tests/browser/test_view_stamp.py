"""The stamp view: every stamp lands where NumPy puts it, and what belongs together lights up."""

from typing import Any

import numpy as np
import pytest
from drawn import MANY
from playwright.sync_api import Page

from convwidget import ConvTranspose, ConvWidget

LAYERS: dict[str, Any] = {
    "Figure 4.6": ConvTranspose(3, 3, stride=2, padding=1),
    "asymmetric": ConvTranspose((3, 2), (2, 3), stride=(3, 2), padding=((1, 0), (0, 2))),
    "negative padding": ConvTranspose((2, 3), 2, padding=((-1, 1), (0, -2)), dilation=(2, 1)),
    "output padding": ConvTranspose(3, 2, stride=3, output_padding=1),
    "output padding past the stride": ConvTranspose(2, 2, dilation=3, output_padding=2),
    "a strip": ConvTranspose((4,), 3, stride=2, padding=1),
}

# What stands on the page: cells by row and column of their box, stamps, outlines, counts.
DRAWN = f"""(root) => {{
  {MANY}"""
DRAWN += """
  const number = (text) => Number(text.replaceAll("−", "-").replaceAll(" ", ""));
  const size = (grid) => Number(grid.querySelector("rect").getAttribute("width"));
  const cells = (map) => {
    const grid = root.querySelector(`[data-map=${map}]`);
    return [...grid.querySelectorAll(".cw-cell")].map((cell) => {
      const { e, f } = cell.transform.baseVal[0].matrix;
      return {
        at: [f, e].map((n) => Math.round(n / size(grid))),
        index: cell.dataset.index?.split(",").map(Number) ?? null,
        value: number(cell.querySelector("text").textContent),
        lit: cell.classList.contains("cw-lit"),
      };
    }).concat(many(grid).map(({ row, column, index, text }) =>
      ({ at: [row, column], index, value: number(text), lit: false })));
  };
  const place = (rect, cell) => ["y", "x"].map((side) =>
    Math.round((Number(rect.getAttribute(side)) - 2) / cell));
  const output = root.querySelector("[data-map=output]");
  const cell = size(output);
  const figures = (node) => [...node.querySelectorAll(".cw-figure")].map((text) =>
    number(text.textContent));
  const counts = root.querySelector(":scope > .cw-part:last-child");
  return {
    input: cells("input"), kernel: cells("kernel"), output: cells("output"),
    stamps: [...root.querySelectorAll(".cw-scaled")].map((stamp) => {
      const hit = stamp.querySelector(".cw-hit");
      return {
        factor: number(stamp.querySelector("b").textContent),
        products: figures(stamp),
        hit: hit && place(hit, Number(hit.getAttribute("width"))),
        share: stamp.querySelector(".cw-share").textContent,
      };
    }),
    outlines: [...output.ownerSVGElement.querySelectorAll("rect.cw-window")].map((rect) => ({
      at: place(rect, cell),
      span: ["height", "width"].map((n) => Math.round(Number(rect.getAttribute(n)) / cell)),
    })),
    tabs: [...output.ownerSVGElement.querySelectorAll(".cw-weights text")].map((tab) =>
      number(tab.textContent)),
    counts: figures(counts),
    here: [...counts.querySelectorAll(".cw-made")].map((rect) =>
      place(rect, Number(rect.getAttribute("width")))),
    said: counts.querySelector("p:last-child").textContent,
  };
}"""

Index = tuple[int, ...]


class Truth:
    """The stamps put down one by one, as maps of two axes; places count from the first stamp."""

    def __init__(self, layer: Any, x: Any, kernel: Any) -> None:
        two = 2 - len(layer.input_size)
        self.x = x.reshape((1,) * two + x.shape)
        self.kernel = kernel.reshape((1,) * two + kernel.shape)
        self.stride = (1,) * two + layer.stride
        self.dilation = (1,) * two + layer.dilation
        self.pads = ((0, 0),) * two + layer.pads
        extra = (0,) * two + layer.output_padding
        self.span = tuple(
            d * (k - 1) + 1 for d, k in zip(self.dilation, self.kernel.shape, strict=True)
        )
        self.whole = tuple(
            s * (i - 1) + w + a
            for s, i, w, a in zip(self.stride, self.x.shape, self.span, extra, strict=True)
        )
        self.size = tuple(
            n - before - after for n, (before, after) in zip(self.whole, self.pads, strict=True)
        )
        self.meetings = [
            (
                cell,
                tap,
                tuple(
                    i * s + j * d
                    for i, s, j, d in zip(cell, self.stride, tap, self.dilation, strict=True)
                ),
            )
            for cell in np.ndindex(self.x.shape)
            for tap in np.ndindex(self.kernel.shape)
        ]

    def landing(self, output: Index) -> list[tuple[Index, Index]]:
        """The input and kernel cells whose products an output cell sums up."""
        place = tuple(o + before for o, (before, _) in zip(output, self.pads, strict=True))
        return [(cell, tap) for cell, tap, at in self.meetings if at == place]

    def on_sheet(self, place: Index) -> list[int]:
        """The row and column in the picture of a place: padding below 0 moves the stamps."""
        return [n + max(0, -before) for n, (before, _) in zip(place, self.pads, strict=True)]


def opened(bare: Any, name: str, **options: Any) -> tuple[Page, Truth]:
    layer = LAYERS[name]
    rng = np.random.default_rng(46)
    x = rng.integers(-4, 5, layer.input_size)
    kernel = np.arange(1, np.prod(layer.kernel_size) + 1).reshape(layer.kernel_size)
    widget = ConvWidget(layer, input=x, kernel=kernel, view="stamp")
    page = bare(widget.get_state(), width=1080, **options)
    page.locator(".cw-parts-stamp").wait_for()
    return page, Truth(layer, x, kernel)


def drawn(page: Page) -> dict[str, Any]:
    # Hovering is shown in the next frame.
    page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    return dict(page.locator(".cw-parts-stamp").evaluate(DRAWN))


def hover(page: Page, map: str, index: Index) -> dict[str, Any]:
    place = ",".join(str(n) for n in index)
    grid = page.locator(f"[data-map={map}]")
    cell = grid.locator(f"[data-index='{place}']")
    if cell.count():
        cell.hover(force=True)
    else:  # it is drawn together with others
        grid.scroll_into_view_if_needed()
        cells = grid.evaluate(f"(grid) => {{ {MANY} return many(grid, 7); }}")
        (box,) = (one["box"] for one in cells if one["index"] == list(index))
        page.mouse.move(box[0] + box[2] / 2, box[1] + box[3] / 2)
    return drawn(page)


@pytest.mark.parametrize("name", LAYERS)
def test_the_sheet_shows_every_sum_and_what_padding_crops(bare: Any, name: str) -> None:
    page, truth = opened(bare, name)
    sums = np.zeros([n + 20 for n in truth.whole], int)  # with room for what padding adds
    for cell, tap, (row, column) in truth.meetings:
        sums[row + 10, column + 10] += truth.x[cell] * truth.kernel[tap]
    cells = drawn(page)["output"]
    before = [pads[0] for pads in truth.pads]
    shown = {}
    for cell in cells:
        row, column = (n - max(0, -p) for n, p in zip(cell["at"], before, strict=True))
        assert cell["value"] == sums[row + 10, column + 10]
        shown[row, column] = cell["index"]
    output = {
        tuple(o + p for o, p in zip(index, before, strict=True)): list(index)
        for index in np.ndindex(truth.size)
    }
    assert {at: index for at, index in shown.items() if index} == output
    assert set(np.ndindex(truth.whole)) <= set(shown)


@pytest.mark.parametrize("name", LAYERS)
def test_the_stamps_on_each_cell_are_counted(bare: Any, name: str) -> None:
    page, truth = opened(bare, name)
    expected = [len(truth.landing(output)) for output in np.ndindex(truth.size)]
    assert drawn(page)["counts"] == expected


@pytest.mark.parametrize("name", LAYERS)
def test_an_output_cell_lights_the_stamps_that_add_up_to_it(bare: Any, name: str) -> None:
    page, truth = opened(bare, name)
    for output in list(np.ndindex(truth.size))[::3]:
        seen = hover(page, "output", output)
        landing = truth.landing(output)
        products = [int(truth.x[cell] * truth.kernel[tap]) for cell, tap in landing]
        signs = [
            "" if n == 0 and value >= 0 else "−" if value < 0 else "+"
            for n, value in enumerate(products)
        ]
        assert [stamp["share"].replace(" ", "") for stamp in seen["stamps"]] == [
            f"{sign}{abs(value)}" for sign, value in zip(signs, products, strict=True)
        ]
        assert [stamp["factor"] for stamp in seen["stamps"]] == [truth.x[at] for at, _ in landing]
        for stamp, (cell, tap) in zip(seen["stamps"], landing, strict=True):
            assert stamp["products"] == (truth.x[cell] * truth.kernel).ravel().tolist()
            assert stamp["hit"] == list(tap)
        for map, at in (("input", 0), ("kernel", 1)):
            lit = {tuple(cell["index"]) for cell in seen[map] if cell["lit"]}
            assert lit == {pair[at] for pair in landing}
        starts = [
            truth.on_sheet(tuple(i * s for i, s in zip(cell, truth.stride, strict=True)))
            for cell, _ in landing
        ]
        assert [outline["at"] for outline in seen["outlines"]] == starts
        assert all(outline["span"] == list(truth.span) for outline in seen["outlines"])
        assert seen["here"] == [list(output)]


@pytest.mark.parametrize("name", LAYERS)
def test_an_input_cell_lights_its_one_stamp(bare: Any, name: str) -> None:
    page, truth = opened(bare, name)
    for cell in np.ndindex(truth.x.shape):
        seen = hover(page, "input", cell)
        lit = sorted(one["at"] for one in seen["output"] if one["lit"])
        stamp = [(tap, at) for own, tap, at in truth.meetings if own == cell]
        assert lit == sorted(truth.on_sheet(at) for _, at in stamp)
        products = [int(truth.x[cell] * truth.kernel[tap]) for tap, _ in stamp]
        assert [one["products"] for one in seen["stamps"]] == [products]
        # Small cells have no room for them a second time.
        assert seen["tabs"] == products or (not seen["tabs"] and name != "Figure 4.6")
        assert [one["factor"] for one in seen["stamps"]] == [truth.x[cell]]


@pytest.mark.parametrize("name", LAYERS)
def test_a_kernel_cell_lights_where_its_weight_lands(bare: Any, name: str) -> None:
    page, truth = opened(bare, name)
    for tap in np.ndindex(truth.kernel.shape):
        seen = hover(page, "kernel", tap)
        lit = sorted(one["at"] for one in seen["output"] if one["lit"])
        assert lit == sorted(truth.on_sheet(at) for _, own, at in truth.meetings if own == tap)


def test_nine_stamps_at_most_are_shown(bare: Any) -> None:
    widget = ConvWidget(ConvTranspose(5, 4), view="stamp")
    page = bare(widget.get_state(), width=1080)
    assert len(hover(page, "output", (4, 3))["stamps"]) == 9
    assert page.get_by_text("and 7 more", exact=True).is_visible()


@pytest.mark.parametrize("width", [306, 360, 700, 1080])
def test_nothing_is_wider_than_the_page_or_made_smaller_to_fit(bare: Any, width: int) -> None:
    widget = ConvWidget(ConvTranspose((3, 12), 3, stride=2, padding=1), view="stamp")
    page = bare(widget.get_state(), width=width)
    page.locator(".cw-parts-stamp").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    holder = page.locator(".cw-parts-stamp")
    assert holder.evaluate("node => node.scrollWidth <= node.clientWidth")
    widths = "nodes => nodes.map((node) => [node.clientWidth, node.width.baseVal.value])"
    for seen, own in holder.locator(".cw-picture").evaluate_all(widths):
        assert abs(seen - own) < 1


TITLES = """root => ({
  titles: [...root.querySelectorAll('.cw-part > p:first-child')].map((one) => one.textContent),
  labels: [...root.querySelectorAll('[role=grid]')].map((one) => one.ariaLabel),
})"""


def test_a_strip_is_no_map_of_one_row(bare: Any) -> None:
    widget = ConvWidget(ConvTranspose((3,), 3, stride=2, padding=1), view="stamp")
    page = bare(widget.get_state(), width=1080)
    read = page.locator(".cw-parts-stamp").evaluate(TITLES)
    assert read["titles"][:2] == ["input 3", "kernel 3"]
    assert "output 5: 7 cropped by p = 1" in read["titles"]
    assert sorted(read["labels"]) == ["input, 3", "kernel, 3", "output, 5"]


def test_no_view_of_a_strip_speaks_of_its_one_row(bare: Any) -> None:
    for layer, view in (
        (ConvTranspose((3,), 3, stride=2), "back"),
        (ConvTranspose((3,), 3, stride=2), "stacked"),
        (ConvTranspose((3,), 3, stride=2), "equivalent"),
        (ConvTranspose((30,), 3), "stamp"),
        (ConvTranspose((60,), 5), "equivalent"),
    ):
        page = bare(ConvWidget(layer, view=view).get_state(), width=700)
        holder = page.locator(".cw-holder")
        holder.locator(".cw-picture").first.wait_for()
        assert "1 × " not in holder.evaluate("node => node.textContent").replace("1 × kernel", "")
        grids = holder.locator("[role=grid]").evaluate_all("all => all.map((one) => one.ariaLabel)")
        assert not [label for label in grids if "1 × " in label]


def test_fewer_stamps_are_drawn_larger_in_the_same_room(bare: Any) -> None:
    widget = ConvWidget(ConvTranspose(3, 3, stride=2, padding=1), view="stamp")
    page = bare(widget.get_state(), width=1080)
    page.locator(".cw-parts-stamp").wait_for()
    room = page.locator(".cw-part", has=page.locator(".cw-stamps"))
    seen = {}
    for output in ((0, 0), (0, 1), (1, 1)):
        shown = hover(page, "output", output)
        stamps = page.locator(".cw-scaled .cw-picture").evaluate_all(
            "all => all.map((one) => one.getBoundingClientRect().height)"
        )
        assert len(stamps) == len(shown["stamps"])
        seen[len(stamps)] = stamps[0], room.bounding_box()
        inner = page.locator(".cw-stamps").evaluate("node => node.scrollWidth <= node.clientWidth")
        assert inner
    assert seen[1][0] > seen[4][0]
    assert seen[2][0] >= seen[4][0]
    assert seen[1][1] == seen[2][1] == seen[4][1], "nothing beside them moves"
