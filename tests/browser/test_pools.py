"""Pools: a window and a rule, what passes, what is counted, and a window that hangs over."""

import math
import re
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from typing import Any

import numpy as np
import pytest
from brute import BEYOND, PADDING, windows
from drawn import Drawn, Index, numbers
from view import View, show

from convwidget import AvgPool, ConvWidget, MaxPool

POOLS: dict[str, Any] = {
    "Figure 1.6": MaxPool(5, 3, stride=1),
    "max, padded": MaxPool((5, 6), (3, 2), stride=2, padding=((1, 1), (0, 1))),
    "max, in ceil mode": MaxPool(6, 3, stride=2, padding=((0, 1), (0, 1)), ceil_mode=True),
    "max, spread": MaxPool(6, 2, stride=1, dilation=3),
    "max, of padding only": MaxPool(3, 2, stride=2, padding=2),
    "max, cropped": MaxPool(6, 2, padding=((-1, 0), (0, -2))),
    "Figure 1.5": AvgPool(5, 3, stride=1),
    "mean, padding counted": AvgPool((5, 4), 3, stride=2, padding=1),
    "mean, padding not counted": AvgPool((5, 4), 3, stride=2, padding=1, count_include_pad=False),
    "mean, in ceil mode": AvgPool((6, 5), 3, stride=3, padding=1, ceil_mode=True),
    "mean, ceil mode, not counted": AvgPool(
        6, 3, stride=3, padding=1, ceil_mode=True, count_include_pad=False
    ),
}
pools = pytest.mark.parametrize("name", POOLS)


class Pooled:
    """What a pool must show, its windows slid by hand."""

    def __init__(self, layer: Any) -> None:
        self.layer = layer
        self.x = np.array(ConvWidget(layer).input)
        self.lines = [
            windows(i, k, s, before, after, d, ceil_mode=layer.ceil_mode)
            for i, k, s, d, (before, after) in zip(
                layer.input_size,
                layer.kernel_size,
                layer.stride,
                layer.dilation,
                layer.pads,
                strict=True,
            )
        ]
        self.outputs = list(product(*(range(len(places)) for places in self.lines)))

    def window(self, output: Index) -> list[tuple[Index, str]]:
        """Every position of a window, with the kind of what stands there."""
        found = []
        seen = [places[n] for places, n in zip(self.lines, output, strict=True)]
        for tap in product(*(range(len(cells)) for cells in seen)):
            what = [cells[n] for cells, n in zip(seen, tap, strict=True)]
            kind = next((kind for kind in (BEYOND, PADDING) if kind in what), "input")
            position = tuple(
                n * s + j * d
                for n, s, j, d in zip(
                    output, self.layer.stride, tap, self.layer.dilation, strict=True
                )
            )
            found.append((position, kind))
        return found

    def cells(self, output: Index) -> list[Index]:
        """The input cells of a window, in reading order."""
        seen = [places[n] for places, n in zip(self.lines, output, strict=True)]
        return [cell for cell in product(*seen) if not {PADDING, BEYOND} & {*cell}]

    def divisor(self, output: Index) -> int:
        """How many cells a mean divides by."""
        kinds = [kind for _, kind in self.window(output)]
        padding = kinds.count(PADDING) if self.layer.count_include_pad else 0
        return kinds.count("input") + padding

    def value(self, output: Index) -> float:
        values = [self.x[cell].item() for cell in self.cells(output)]
        if isinstance(self.layer, MaxPool):
            return max(values, default=-math.inf)
        return float(sum(values)) / self.divisor(output)

    def position(self, cell: Index) -> Index:
        """Where on the padded input a cell stands."""
        return tuple(n + before for n, (before, _) in zip(cell, self.layer.pads, strict=True))


def brief(value: float) -> str:
    """A number as it stands in a cell: two decimals at most."""
    if math.isinf(value):
        return "−∞"
    text = str(Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP))
    return text.rstrip("0").rstrip(".").replace("-", "−")


def start(bare: Any, name: str) -> tuple[View, Pooled]:
    return show(bare, ConvWidget(POOLS[name])), Pooled(POOLS[name])


def some(truth: Pooled) -> list[Index]:
    """The corners and the middle of the output: every kind of window."""
    last = truth.outputs[-1]
    corners = product(*({0, n} for n in last))
    return sorted({*corners, tuple(n // 2 for n in last)})


def rings(view: View, drawn: Drawn) -> list[tuple[int, int, bool]]:
    """Where there are rings on the input, and which are dashed."""
    left, top, edge = drawn.box_of("input")
    middles = """rings => rings.map((ring) => {
      const { x, y, width, height } = ring.getBoundingClientRect();
      return [x + width / 2, y + height / 2, ring.classList.contains('cw-dashed')];
    })"""
    found = view.root.locator(".cw-ring").evaluate_all(middles)
    return sorted((int((y - top) // edge), int((x - left) // edge), later) for x, y, later in found)


@pools
def test_every_number_is_that_of_its_window(bare: Any, name: str) -> None:
    view, truth = start(bare, name)
    drawn = view.drawn()
    cells = drawn.cells("output")
    noted = isinstance(truth.layer, AvgPool)
    assert {at: cell.name for at, cell in cells.items()} == {
        at: brief(truth.value(at)) for at in truth.outputs
    }
    assert {at: cell.text for at, cell in cells.items()} == {
        at: brief(truth.value(at)) for at in truth.outputs
    }
    notes = view.root.locator(".cw-grid-output .cw-note").all_text_contents()
    assert notes == [f"÷ {truth.divisor(at)}" for at in truth.outputs if noted]
    assert dict(drawn.captions)["output"] == " × ".join(str(len(one)) for one in truth.lines)


@pytest.mark.parametrize("name", ["max, padded", "Figure 1.5"])
def test_a_pool_has_no_kernel(bare: Any, name: str) -> None:
    view, truth = start(bare, name)
    drawn = view.drawn()
    assert "kernel" not in drawn.maps
    assert "kernel" not in dict(drawn.captions)
    assert drawn.weights("input") == {}
    assert "nothing to learn" in drawn.sentence
    fields = view.root.get_by_role("spinbutton").evaluate_all("all => all.map((f) => f.ariaLabel)")
    assert any("window" in field for field in fields)
    assert not any("kernel" in field for field in fields)
    rule = {MaxPool: "max", AvgPool: "mean"}[type(truth.layer)]
    assert view.root.locator(".cw-picture").get_by_text(rule, exact=True).count() == 1


@pools
def test_an_output_shows_its_window_and_what_passes(bare: Any, name: str) -> None:
    view, truth = start(bare, name)
    for output in some(truth):
        view.hover("output", *output)
        drawn = view.drawn()
        assert drawn.lit("input") == {position for position, _ in truth.window(output)}
        values = [truth.x[cell].item() for cell in truth.cells(output)]
        if isinstance(truth.layer, AvgPool):
            assert rings(view, drawn) == []
            check_mean(drawn.sum, truth, output)
            continue
        best = [cell for cell in truth.cells(output) if truth.x[cell] == max(values, default=None)]
        assert rings(view, drawn) == sorted(
            (*truth.position(cell), n > 0) for n, cell in enumerate(best)
        )
        if not best:
            assert drawn.sum == "−∞ = max() of padding only"
            continue
        head, tail = drawn.sum.split("). ")
        assert head == f"{max(values)} = max({', '.join(map(str, values))}"
        first = f"input[{best[0][0]}, {best[0][1]}]"
        assert first in tail
        many = len(best) > 1
        assert numbers(tail) == ([len(best)] if many else []) + list(best[0])
        assert ("hold the maximum" in tail) == many


def check_mean(text: str, truth: Pooled, output: Index) -> None:
    said = re.fullmatch(r"(\S+) = \(([\d + ]+)\) / (\d+)(?: with (.*))?", text)
    assert said
    assert said[1] == brief(truth.value(output))
    kinds = [kind for _, kind in truth.window(output)]
    counted = truth.layer.count_include_pad
    zeros = kinds.count(PADDING) if counted else 0
    terms = [int(term) for term in said[2].split(" + ")]
    assert sorted(terms) == sorted([truth.x[cell] for cell in truth.cells(output)] + [0] * zeros)
    assert int(said[3]) == truth.divisor(output) == len(terms)
    notes = []
    if kinds.count(PADDING):
        word = "counted" if counted else "not counted"
        notes.append(f"{kinds.count(PADDING)} of padding {word}")
    if kinds.count(BEYOND):
        notes.append(f"{kinds.count(BEYOND)} beyond it, which never count")
    assert (said[4] or "") == " and ".join(notes)


@pytest.mark.parametrize("name", ["Figure 1.6", "max, padded", "mean, in ceil mode"])
def test_an_input_shows_the_outputs_whose_windows_see_it(bare: Any, name: str) -> None:
    view, truth = start(bare, name)
    for cell in [(0, 0), (2, 1), tuple(n - 1 for n in truth.x.shape)]:
        view.hover("input", *cell)
        drawn = view.drawn()
        reached = [output for output in truth.outputs if cell in truth.cells(output)]
        assert drawn.lit("output") == set(reached)
        assert len(drawn.outlined("input", "window")) == len(reached)
        count = f"{len(reached)} output" + "s" * (len(reached) != 1)
        assert drawn.sum.startswith(f"input[{cell[0]}, {cell[1]}] = {truth.x[cell]} reaches ")
        if reached:
            assert f"reaches {count}: [{reached[0][0]}, {reached[0][1]}]" in drawn.sum


def test_ceil_mode_lets_the_last_window_hang_over(bare: Any) -> None:
    widget = ConvWidget(AvgPool(6, 3, stride=2))
    view = show(bare, widget)
    assert dict(view.drawn().captions)["output"] == "2 × 2"
    for ticked in (True, False):
        view.root.get_by_label("ceil_mode").set_checked(ticked)
        drawn = view.drawn()
        truth = Pooled(AvgPool(6, 3, stride=2, ceil_mode=ticked))
        assert dict(drawn.captions)["output"] == ("3 × 3" if ticked else "2 × 2")
        cells = drawn.cells("input")
        seen = {place for at in truth.outputs for place in truth.window(at)}
        assert {at for at, cell in cells.items() if cell.kind == BEYOND} == {
            position for position, kind in seen if kind == BEYOND
        }
        widget.set_state(view.changes()[-1])
        assert widget.layer == AvgPool(6, 3, stride=2, ceil_mode=ticked)
        if ticked:
            # From 6 − 3 = 3 cells of travel: 1.5 steps of 2, rounded up to 2, 1 cell too far.
            assert numbers(drawn.sentence.replace("1.5", "")) == [6, 3, 3, 2, 2, 1, 3]
            assert "hangs over by 1 cell" in drawn.sentence
        else:
            assert "hangs over" not in drawn.sentence


def test_padding_counts_or_not(bare: Any) -> None:
    widget = ConvWidget(AvgPool(4, 3, stride=1, padding=1))
    view = show(bare, widget)
    corner = np.array(widget.input)[:2, :2].sum()
    box = view.root.get_by_label("count_include_pad")
    for ticked, divisor in ((True, 9), (False, 4)):
        box.set_checked(ticked)
        assert view.drawn().cells("output")[0, 0].text == brief(corner / divisor)
        assert view.drawn().sum.endswith(
            f"/ {divisor} with 5 of padding {'counted' if ticked else 'not counted'}"
        )
    widget.set_state(view.changes()[-1])
    assert widget.layer == AvgPool(4, 3, stride=1, padding=1, count_include_pad=False)


def test_the_rules_are_those_of_the_pool(bare: Any) -> None:
    view = show(bare, ConvWidget(MaxPool(4, 2)))
    assert view.root.get_by_label("ceil_mode").is_visible()
    assert not view.root.get_by_label("count_include_pad").is_visible()
    view.root.get_by_label("operation").select_option("Conv")
    view.settle()
    assert not view.root.get_by_label("ceil_mode").is_visible()


def test_a_mean_of_nothing_is_refused_with_the_setting_that_asks_for_it(bare: Any) -> None:
    widget = ConvWidget(AvgPool(3, 2, stride=2, padding=2))
    view = show(bare, widget)
    assert view.drawn().cells("output")[0, 0].text == "0"
    view.root.get_by_label("count_include_pad").click()
    drawn = view.drawn()
    assert "padding" in drawn.banner
    assert view.root.get_by_label("count_include_pad").is_checked()
    assert view.changes() == []


def test_a_strip_and_a_block_are_pooled_as_well(bare: Any) -> None:
    strip = ConvWidget(MaxPool((7,), 3, stride=2, ceil_mode=True))
    view = show(bare, strip)
    truth = Pooled(strip.layer)
    assert [cell.text for _, cell in sorted(view.drawn().cells("output").items())] == [
        brief(truth.value(at)) for at in truth.outputs
    ]
    block = ConvWidget(AvgPool((3, 4, 4), 2, stride=(1, 2, 2)))
    view = show(bare, block)
    truth = Pooled(block.layer)
    read = "cells => cells.map((cell) => [cell.dataset.index, cell.ariaLabel])"
    cells = view.root.locator("[data-map=output] [role=gridcell]").evaluate_all(read)
    assert dict(cells) == {",".join(map(str, at)): brief(truth.value(at)) for at in truth.outputs}


def test_padding_holds_what_counts_of_it(bare: Any) -> None:
    for layer, expected in (
        (MaxPool(3, 2, stride=1, padding=1), "−∞"),
        (AvgPool(3, 2, stride=1, padding=1), "0"),
        (AvgPool(3, 2, stride=1, padding=1, count_include_pad=False), ""),
    ):
        asked = show(bare, ConvWidget(layer, predict=True)).drawn()
        for drawn in (asked, show(bare, ConvWidget(layer)).drawn()):
            cells = drawn.cells("input").values()
            assert {cell.text for cell in cells if cell.kind == "padding"} == {expected}
            assert "" not in {cell.text for cell in cells if cell.kind == "input"}
        view = show(bare, ConvWidget(layer, view="ruler"))
        line = view.root.locator(".cw-grid-input .cw-padding").first
        assert line.text_content() == expected


def test_padding_of_slices_and_of_an_enlarged_window_is_no_number_of_a_maximum(bare: Any) -> None:
    maps = MaxPool((2, 3, 3), 2, stride=1, padding=(0, 1, 1))
    padding = show(bare, ConvWidget(maps)).root.locator(".cw-grid-input .cw-padding")
    assert {*padding.all_text_contents()} == {"−∞"}
    view = show(bare, ConvWidget(MaxPool(40, 3, stride=2, padding=1)))
    window = view.root.locator(".cw-padding").filter(visible=True)
    assert "".join(window.all_text_contents()).split() == ["−∞"] * 5


def test_a_maximum_of_padding_only_is_the_darkest_shade(bare: Any) -> None:
    layer = MaxPool((18, 18), 2, stride=2, padding=2)
    view = show(bare, ConvWidget(layer), width=700)
    cells = view.drawn().maps["output"]["cells"]
    shades = [cell["fill"] for cell in sorted(cells, key=lambda cell: cell["index"])]
    assert view.root.locator(".cw-grid-output .cw-legend text").first.text_content() != "−∞"
    corner = shades[0]
    assert shades.count(corner) >= 40, "eleven at each edge are of padding only"
    assert len({*shades}) > 2


def test_ceil_mode_says_what_the_floor_would_give_where_it_differs(bare: Any) -> None:
    for layer, expected in (
        (AvgPool(6, 3, stride=2, padding=1, ceil_mode=True), ["with the floor it would be 3 × 3"]),
        (MaxPool((7, 6), 3, stride=2, ceil_mode=True), ["with the floor it would be 3 × 2"]),
        (MaxPool((6,), 3, stride=2, ceil_mode=True), ["with the floor it would be 2"]),
        (MaxPool(7, 3, stride=2, ceil_mode=True), []),
        (MaxPool(6, 3, stride=2), []),
    ):
        view = show(bare, ConvWidget(layer))
        said = view.root.locator(".cw-picture text").filter(has_text="floor")
        assert said.all_text_contents() == expected
        if expected:
            picture, words = view.root.locator(".cw-picture").bounding_box(), said.bounding_box()
            assert picture
            assert words
            assert words["x"] + words["width"] <= picture["x"] + picture["width"]
            assert words["y"] + words["height"] <= picture["y"] + picture["height"]
