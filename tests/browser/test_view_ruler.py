"""The ruler: the kernel's positions along each axis, counted in the page."""

from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from convwidget import Conv, ConvWidget, MaxPool

READ = """() => [...document.querySelectorAll('.cw-positions > div')].map((axis) => ({
  heading: axis.querySelector('p').textContent,
  said: axis.querySelector('p:last-child').textContent,
  told: [...axis.querySelectorAll('.cw-picture > .cw-note')].map((e) => e.textContent),
  input: [...axis.querySelectorAll('.cw-grid-input [role=gridcell]')].map((e) => e.ariaLabel),
  line: [...axis.querySelectorAll('.cw-grid-input .cw-cell')]
    .sort((a, b) => a.getBoundingClientRect().x - b.getBoundingClientRect().x)
    .map((e) => e.classList.contains('cw-lit')),
  positions: [...axis.querySelectorAll('.cw-position:not(.cw-none)')].map((e) => ({
    n: parseInt(e.dataset.index),
    on: e.classList.contains('cw-on'),
    step: e.querySelector('.cw-note').textContent,
    starts: e.querySelector('.cw-cell rect').getBoundingClientRect().x,
    crosses: e.querySelectorAll('.cw-beyond').length,
  })),
  next: axis.querySelectorAll('.cw-none').length,
  output: [...axis.querySelectorAll('.cw-grid-output .cw-cell text:first-of-type')]
    .map((e) => e.textContent),
  made: [...axis.querySelectorAll('.cw-grid-output .cw-cell')]
    .map((e) => e.classList.contains('cw-lit')),
  cell: axis.querySelector('.cw-grid-input rect').getBoundingClientRect().width,
}))"""


def read(page: Page) -> list[dict[str, Any]]:
    page.wait_for_selector(".cw-positions")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    return list(page.evaluate(READ))


def test_a_line_shows_each_position_and_what_it_makes(bare: Any) -> None:
    x, kernel = np.array([2, 1, 3, 0, 1, 2, 2, 1]), np.array([1, 2, 4])
    layer = Conv((8,), 3, stride=2, padding=1, dilation=2)
    page = bare(ConvWidget(layer, input=x, kernel=kernel, view="ruler").get_state())
    [axis] = read(page)
    padded = np.pad(x, 1)
    starts = range(0, len(padded) - 4, 2)
    assert axis["input"] == [str(n) for n in x]
    assert axis["output"] == [str(padded[n : n + 5 : 2] @ kernel) for n in starts]
    assert [line["step"] for line in axis["positions"]] == ["", "+2", "+2"]
    lefts = [line["starts"] for line in axis["positions"]]
    assert np.allclose(np.diff(lefts) / axis["cell"], 2)
    assert axis["told"] == ["one more would need 11 cells"]
    assert axis["said"] == "1 cell is left over. i = 7 and i = 8 both give 3; i = 9 gives 4."


@pytest.mark.parametrize("n", range(3))
def test_an_output_under_the_pointer_lights_its_window(bare: Any, n: int) -> None:
    layer = Conv((8,), 3, stride=2, padding=1, dilation=2)
    page = bare(ConvWidget(layer, view="ruler").get_state())
    read(page)
    page.locator(".cw-grid-output .cw-cell").nth(n).hover()
    [axis] = read(page)
    assert [at for at, lit in enumerate(axis["line"]) if lit] == [2 * n, 2 * n + 2, 2 * n + 4]
    assert [line["n"] for line in axis["positions"] if line["on"]] == [n]
    assert [at for at, lit in enumerate(axis["made"]) if lit] == [n]


def test_an_input_cell_under_the_pointer_lights_the_windows_that_use_it(bare: Any) -> None:
    page = bare(ConvWidget(Conv((6,), 3, padding=1), view="ruler").get_state())
    read(page)
    for cell in range(6):
        page.locator(".cw-grid-input [role=gridcell]").nth(cell).hover()
        [axis] = read(page)
        using = [n for n in range(6) if n - 1 <= cell <= n + 1]
        assert [line["n"] for line in axis["positions"] if line["on"]] == using


def test_axes_that_differ_are_drawn_below_each_other(bare: Any) -> None:
    layer = Conv((5, 8), (3, 2), stride=(1, 3))
    page = bare(ConvWidget(layer, view="ruler", position=(1, 2)).get_state())
    rows, columns = read(page)
    assert rows["heading"] == "rows: input 5, output 3"
    assert columns["heading"] == "columns: input 8, output 3"
    assert [line["n"] for line in rows["positions"] if line["on"]] == [1]
    assert [line["n"] for line in columns["positions"] if line["on"]] == [2]
    page.locator(".cw-grid-output .cw-cell").nth(0).click()
    assert page.evaluate("stage.changes").pop()["position"] == [0, 2]


def test_axes_that_are_the_same_are_drawn_once(bare: Any) -> None:
    layer = Conv(6, 3, stride=2, padding=1)
    page = bare(ConvWidget(layer, view="ruler", position=(0, 2)).get_state())
    [both] = read(page)
    assert both["heading"] == "rows and columns alike: input 6, padded to 8, output 3"
    assert [line["n"] for line in both["positions"] if line["on"]] == [0, 2]


def test_the_last_window_of_a_pool_hangs_over_with_a_cross(bare: Any) -> None:
    page = bare(ConvWidget(MaxPool((5,), 2, ceil_mode=True), view="ruler").get_state())
    [axis] = read(page)
    assert [line["crosses"] for line in axis["positions"]] == [0, 0, 1]
    assert (axis["told"], axis["next"]) == (["the last one hangs over by 1 cell"], 0)


def test_of_many_positions_the_ends_and_the_lit_one_are_shown(bare: Any) -> None:
    page = bare(ConvWidget(Conv((300,), 3), view="ruler", position=(150,)).get_state(), width=340)
    [axis] = read(page)
    shown = [line["n"] for line in axis["positions"]]
    assert len(shown) <= 16
    assert {0, 150, 297} <= set(shown)
    assert axis["positions"][1]["step"] == f"… +{shown[1]}"
    wide = "document.documentElement.scrollWidth > innerWidth"
    assert not page.evaluate(wide)
