"""The stacked view: the window under its output cell, and lines from corner to corner."""

from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect
from scipy.signal import correlate2d

from convwidget import Conv, ConvTranspose, ConvWidget, MaxPool

LINES = """root => {
  const at = (element, x, y) => {
    const p = new DOMPoint(x, y).matrixTransform(element.getScreenCTM());
    return [p.x, p.y];
  };
  const corners = (element) => {
    const { x, y, width, height } = element.getBBox();
    return [[x, y], [x + width, y], [x + width, y + height], [x, y + height]]
      .map(([x, y]) => at(element, x, y));
  };
  const path = root.querySelector('.cw-beam');
  const numbers = path.getAttribute('d').match(/-?[0-9.]+/g) ?? [];
  const points = [];
  for (let n = 0; n < numbers.length; n += 2) points.push(at(path, +numbers[n], +numbers[n + 1]));
  const cells = (selector) => [...root.querySelectorAll(selector)]
    .map((cell) => cell.closest('[data-map]').dataset.map + ' ' + cell.dataset.index);
  return {
    points,
    cells: Object.fromEntries([...root.querySelectorAll('[role=gridcell]')].map((cell) => [
      cell.closest('[data-map]').dataset.map + ' ' + cell.dataset.index,
      { corners: corners(cell.querySelector('rect')), name: cell.getAttribute('aria-label') },
    ])),
    window: corners(root.querySelector('.cw-window')),
    lit: cells('.cw-lit[data-index]'),
    zeros: root.querySelectorAll('.cw-zero').length,
    tabs: [...root.querySelectorAll('.cw-weights text')]
      .map((tab) => [tab.textContent, ...['y', 'x'].map((at) => Math.round(tab.getAttribute(at)))])
      .sort(([, y, x], [, below, right]) => y - below || x - right)
      .map(([text]) => text),
  };
}"""


def stacked(bare: Any, widget: ConvWidget, position: tuple[int, int], **options: Any) -> Page:
    state = {**widget.get_state(), "view": "stacked", "position": list(position)}
    page: Page = bare(state, **{"width": 1000, **options})
    page.locator(".cw-stacked").wait_for()
    return page


def read(page: Page) -> dict[str, Any]:
    return dict(page.locator(".cw-stacked").evaluate(LINES))


def near(found: Any, expected: Any) -> bool:
    return bool(np.abs(np.array(found) - np.array(expected)).max() < 1.5)


def test_four_lines_go_from_the_window_to_its_output_cell(bare: Any) -> None:
    x, kernel = np.arange(25).reshape(5, 5) % 7, np.arange(9).reshape(3, 3)
    widget = ConvWidget(Conv(5, 3), input=x, kernel=kernel)
    drawn = read(stacked(bare, widget, (1, 2)))
    window = {f"input {r},{c}" for r in (1, 2, 3) for c in (2, 3, 4)}
    assert {cell for cell in drawn["lit"] if cell.startswith("input")} == window
    first = drawn["cells"]["input 1,2"]["corners"][0]
    last = drawn["cells"]["input 3,4"]["corners"][2]
    assert near([drawn["window"][0], drawn["window"][2]], [first, last])
    sides = np.array(drawn["points"]).reshape(4, 4, 2)
    assert near(sides[:, 0], drawn["window"])
    assert near(sides[:, 1], drawn["cells"]["output 1,2"]["corners"])


def test_every_cell_says_its_value(bare: Any) -> None:
    x, kernel = np.arange(30).reshape(5, 6) % 11, np.arange(9).reshape(3, 3)
    drawn = read(stacked(bare, ConvWidget(Conv((5, 6), 3), input=x, kernel=kernel), (0, 0)))
    for name, truth in [
        ("input", x),
        ("kernel", kernel),
        ("output", correlate2d(x, kernel, "valid")),
    ]:
        for (r, c), value in np.ndenumerate(truth):
            assert drawn["cells"][f"{name} {r},{c}"]["name"] == str(int(value))


def test_an_input_cell_has_a_line_to_each_output_that_it_reaches(bare: Any) -> None:
    page = stacked(bare, ConvWidget(Conv(5, 3, stride=2, padding=1)), (0, 0))
    page.locator("[data-map=input] [data-index='1,3']").hover()
    page.wait_for_selector(".cw-joined")
    drawn = read(page)
    # Rows 0 and 1 of the output see row 1 of the input, columns 1 and 2 see column 3.
    reached = ["output 0,1", "output 0,2", "output 1,1", "output 1,2"]
    assert [cell for cell in drawn["lit"] if cell.startswith("output")] == reached
    lines = np.array(drawn["points"]).reshape(-1, 2, 2)
    middle = np.mean(drawn["cells"]["input 1,3"]["corners"], axis=0)
    assert near(lines[:, 0], [middle] * 4)
    ends = [np.mean(drawn["cells"][cell]["corners"], axis=0) for cell in reached]
    assert near(lines[:, 1], ends)


def test_a_kernel_cell_has_a_line_for_each_output(bare: Any) -> None:
    page = stacked(bare, ConvWidget(Conv(5, 3)), (0, 0))
    page.locator("[data-map=kernel] [data-index='2,1']").hover()
    page.wait_for_selector(".cw-joined")
    drawn = read(page)
    lines = np.array(drawn["points"]).reshape(-1, 2, 2)
    for n, (r, c) in enumerate(np.ndindex(3, 3)):
        cells = [drawn["cells"][name] for name in (f"input {r + 2},{c + 1}", f"output {r},{c}")]
        assert near(lines[n], [np.mean(cell["corners"], axis=0) for cell in cells])


def test_a_transposed_layer_is_drawn_stretched_with_its_kernel_turned(bare: Any) -> None:
    kernel = np.arange(1, 10).reshape(3, 3)
    widget = ConvWidget(ConvTranspose(3, 3, stride=2, padding=1), kernel=kernel)
    drawn = read(stacked(bare, widget, (2, 2)))
    assert drawn["zeros"] == 5 * 5 - 3 * 3
    assert drawn["tabs"] == ["9", "8", "7", "6", "5", "4", "3", "2", "1"]


def test_a_pool_has_no_kernel(bare: Any) -> None:
    page = stacked(bare, ConvWidget(MaxPool(4, 2)), (1, 1))
    assert page.locator(".cw-stacked [data-map=kernel]").count() == 0
    assert {"input 2,2", "input 2,3", "input 3,2", "input 3,3"} <= set(read(page)["lit"])


@pytest.mark.parametrize("size", [40, 300])
def test_a_large_map_is_one_image(bare: Any, size: int) -> None:
    page = stacked(bare, ConvWidget(Conv(size, 3)), (0, 0))
    assert page.locator(".cw-stacked image").count() == 2
    assert page.locator(".cw-stacked *").count() < 200


def test_the_pointer_finds_the_cells_of_an_image(bare: Any) -> None:
    size, row, column = 40, 20, 10
    page = stacked(bare, ConvWidget(Conv(size, 3)), (0, 0))
    point = page.locator(".cw-stacked [data-map=output] image").evaluate(
        """(image, [row, column]) => {
          const { width, height } = image.getBBox();
          const [x, y] = [(column + 0.5) * width / (SIZE - 2), (row + 0.5) * height / (SIZE - 2)];
          const p = new DOMPoint(x, y).matrixTransform(image.getScreenCTM());
          return [p.x, p.y];
        }""".replace("SIZE", str(size)),
        [row, column],
    )
    page.mouse.move(*point)
    page.wait_for_function(
        "() => !document.querySelector('.cw-made').matches('[transform*=\"(0 0\"]')"
    )
    page.mouse.click(*point)
    expect(page.locator(".cw-at")).to_contain_text(f"output[{row}, {column}]")
