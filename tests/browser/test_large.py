"""Large maps: cells become pixels, and the window, the pointer and the keyboard still find them."""

import re
from typing import Any

import numpy as np
import pytest
from arithmetic import check_sum
from conftest import draw_bare, serve_bare
from drawn import MANY, Drawn, written
from truth import Truth
from view import View, show

from convwidget import Conv, ConvWidget

EDGE = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
ONE = ((1, 1), (1, 1))


def large(size: int) -> tuple[ConvWidget, Truth]:
    rows, columns = np.mgrid[:size, :size]
    picture = (rows * 7 + columns * 13) % 50 + (rows > columns) * 20
    widget = ConvWidget(Conv(size, 3, padding=1), input=picture, kernel=EDGE)
    return widget, Truth(widget, ONE)


def pixels(drawn: Drawn, map: str) -> list[list[int | None]]:
    """How light each pixel of a map is, None where it is transparent."""
    image = drawn.maps[map]["image"]
    light, columns = image["light"], image["columns"]
    return [light[n : n + columns] for n in range(0, len(light), columns)]


def check_order(light: Any, values: Any) -> None:
    """The larger the value, the lighter; and equal values are equally light."""
    light, values = np.array(light, dtype=float).ravel(), np.array(values).ravel()
    order = np.argsort(values, kind="stable")
    steps, rises = np.diff(light[order]), np.diff(values[order])
    assert (steps[rises == 0] == 0).all()
    assert (steps >= 0).all()
    assert light.max() - light.min() > 300


@pytest.mark.parametrize("size", [40, 96])
def test_cells_become_pixels_the_larger_the_lighter(bare: Any, size: int) -> None:
    widget, truth = large(size)
    drawn = show(bare, widget).drawn()
    inside = [row[1:-1] for row in pixels(drawn, "input")[1:-1]]
    check_order(inside, truth.x)
    border = pixels(drawn, "input")[0] + pixels(drawn, "input")[-1]
    assert set(border) == {None}, "padding is transparent"
    check_order(pixels(drawn, "output"), truth.output)


def test_cells_that_are_too_small_for_numbers_are_shaded(bare: Any) -> None:
    widget, truth = large(24)
    view = show(bare, widget)
    drawn = view.drawn()
    assert {cell.text for cell in drawn.cells("input").values()} == {""}
    # The shades are read where the squares are drawn: an element's, or an outline among many.
    cells = {tuple(cell["index"]): cell["fill"] for cell in drawn.maps["output"]["cells"]}
    assert set(cells) == set(truth.outputs())
    light = view.root.evaluate(LIGHT, [cells[at] for at in truth.outputs()])
    check_order(light, truth.output)


# How light a colour is, as it comes to the screen.
LIGHT = """(root, colours) => {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  return colours.map((colour) => {
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3).reduce((a, b) => a + b);
  });
}"""


SMALL = [[0.25, 0, 0], [0, 0, 0], [0, -1, 0]]


def seen(drawn: Drawn, map: str) -> dict[Any, Any]:
    """What eyes see in each cell of a map."""
    cells = drawn.cells(map)
    return {at: (c.kind, c.text, c.index, c.lit, c.active) for at, c in cells.items()}


@pytest.mark.parametrize("kernel", ["ones", EDGE, SMALL])
@pytest.mark.parametrize("width", [1080, 900])
def test_many_numbers_stand_each_in_its_own_cell(bare: Any, kernel: Any, width: int) -> None:
    widget = ConvWidget(Conv(14, 3, padding=1), kernel=kernel)
    truth = Truth(widget, ONE)
    view = show(bare, widget, width=width)
    assert view.root.locator(".cw-picture > .cw-grid-input .cw-many").count() == 2
    for output in ((0, 0), (7, 3), (13, 13)):
        view.receive(position=output)
        drawn = view.drawn()
        cells = drawn.cells("input")
        assert set(cells) == {(row, column) for row in range(16) for column in range(16)}
        window = {meeting.position for meeting in truth.window(output)}
        for (row, column), cell in cells.items():
            own = 0 < row < 15 and 0 < column < 15
            assert cell.kind == ("input" if own else "padding")
            assert cell.index == ((row - 1, column - 1) if own else None)
            assert cell.text == (written(truth.x[cell.index]) if cell.index else "0")
            assert cell.lit == ((row, column) in window)
        made = drawn.cells("output")
        assert set(made) == set(truth.outputs())
        shaded = {cell.text for cell in made.values()} == {""}
        assert shaded == (kernel == SMALL or (kernel == EDGE and width == 900))
        for at, cell in made.items():
            assert cell.index == at
            assert shaded or cell.text == written(truth.output[at])


@pytest.mark.parametrize(
    "style",
    [
        "html { direction: rtl }",
        "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; "
        "word-spacing: 0.16em !important }",
        "body { text-indent: 2em }",
    ],
    ids=["right to left", "a reader's spacing", "an indent"],
)
def test_what_a_page_does_to_its_text_moves_no_number_to_another_cell(
    bare: Any, style: str
) -> None:
    widget = ConvWidget(Conv(12, 3, padding=1))
    truth = Truth(widget, ONE)
    view = show(bare, widget)
    view.page.add_style_tag(content=style)
    drawn = view.drawn()
    for map, values in (("input", truth.x), ("output", truth.output)):
        found = {cell.index: cell.text for cell in drawn.cells(map).values() if cell.index}
        assert found == {index: written(value) for index, value in np.ndenumerate(values)}


def test_a_least_font_size_moves_no_number_to_another_cell(
    launch_browser: Any, browser_type_launch_args: dict[str, Any]
) -> None:
    widget = ConvWidget(Conv(16, 3, padding=1))
    truth = Truth(widget, ONE)
    args = [*browser_type_launch_args["args"], "--blink-settings=minimumFontSize=16"]
    browser = launch_browser(args=args)
    page = browser.new_page()
    problems = serve_bare(page)
    drawn = View(draw_bare(page, widget.get_state(), width=1080)).drawn()
    found = {cell.index: cell.text for cell in drawn.cells("output").values()}
    browser.close()
    assert problems == []
    assert found == {index: written(value) for index, value in np.ndenumerate(truth.output)}


def test_a_cell_that_was_lit_among_many_goes_back_to_what_it_was(bare: Any) -> None:
    widget = ConvWidget(Conv(14, 3, padding=1), kernel="ones")
    view = show(bare, widget)
    view.leave()
    before = view.drawn()
    for map, index in (("output", (6, 6)), ("input", (0, 13)), ("kernel", (2, 1))):
        view.hover(map, *index)
        lit = view.drawn()
        assert seen(lit, "input") != seen(before, "input")
        assert {at: cell.text for at, cell in lit.cells("input").items()} == {
            at: cell.text for at, cell in before.cells("input").items()
        }
        view.leave()
        after = view.drawn()
        for other in ("input", "kernel", "output"):
            assert seen(after, other) == seen(before, other)


def test_a_screen_reader_learns_where_a_cell_stands_among_many(bare: Any) -> None:
    view = show(bare, ConvWidget(Conv(14, 3, padding=1), kernel="ones"))
    for index in ((9, 2), (4, 11), (4, 3), (12, 0)):
        view.hover("input", *index)
        view.settle()
    grid = view.root.locator(".cw-picture > .cw-grid-input [role=grid]")
    assert grid.get_attribute("aria-rowcount") == grid.get_attribute("aria-colcount") == "14"
    places = grid.locator("[role=gridcell]").evaluate_all(
        """cells => cells.map((cell) => [
          cell.closest('[role=row]').ariaRowIndex, cell.ariaColIndex, cell.dataset.index,
        ])"""
    )
    assert {"9,2", "4,11", "4,3", "12,0"} <= {index for *_, index in places}
    found = [(int(row) - 1, int(column) - 1) for row, column, _ in places]
    assert found == sorted(found)
    assert [f"{row},{column}" for row, column in found] == [index for *_, index in places]


def test_many_cells_are_few_elements(bare: Any) -> None:
    view = show(bare, ConvWidget(Conv(16, 3, padding=1), kernel="ones"))
    for map in ("input", "output"):
        assert view.root.locator(f".cw-picture > .cw-grid-{map} *").count() < 80


@pytest.mark.parametrize("width", [1080, 400])
@pytest.mark.parametrize("size", [16, 32, 96])
def test_the_window_is_drawn_and_enlarged_at_any_size(bare: Any, size: int, width: int) -> None:
    widget, truth = large(size)
    view = show(bare, widget, width=width)
    for output in ((0, 0), (size - 1, size // 2), (size // 3, size - 1)):
        view.receive(position=output)
        drawn = view.drawn()
        assert drawn.outlined("output", "made")
        assert at_window(drawn) == (*truth.start(output), *truth.span)
        check_sum(drawn.sum, truth, output)
        if "cw-arranged-enlarged" in drawn.arrangement:
            seen = [meeting.cell for meeting in truth.window(output)]
            enlarged = view.root.locator(".cw-picture > g > .cw-grid-input").evaluate(ENLARGED)
            assert [text for text, _ in enlarged] == [
                written(truth.x[cell]) if cell else "0" for cell in seen
            ]
            assert [fill == "none" for _, fill in enlarged] == [not cell for cell in seen]
        else:
            assert size == 16 or width == 400


# The numbers of the enlarged window, row by row; below each stands its weight.
ENLARGED = f"""(grid) => {{
  {MANY}
  return many(grid, 7).sort((a, b) => a.row - b.row || a.column - b.column)
    .map(({{ text, fill }}) => [text, fill]);
}}"""


def at_window(drawn: Drawn) -> tuple[int, int, int, int]:
    """The first outline of a window over the input, and not that of the enlarged one."""
    (found,) = {span for span in drawn.outlined("input", "window") if span[2] == 3 and span[3] == 3}
    return found


def test_the_pointer_finds_a_pixel(bare: Any) -> None:
    widget, truth = large(96)
    view = show(bare, widget)
    drawn = view.drawn()
    for map, (row, column) in (("output", (50, 7)), ("input", (3, 90))):
        left, top, edge = drawn.box_of(map)
        shift = 1 if map == "input" else 0  # the padding
        x, y = left + (column + shift + 0.5) * edge, top + (row + shift + 0.5) * edge
        view.page.mouse.move(x, y)
        after = view.drawn()
        if map == "output":
            check_sum(after.sum, truth, (row, column))
        else:
            value = truth.x[row, column]
            assert after.sum.startswith(f"input[{row}, {column}] = {value} reaches 9 outputs")
            assert drawn.box_of(map) == after.box_of(map)


def test_a_click_on_a_pixel_moves_the_window(bare: Any) -> None:
    widget, _ = large(96)
    view = show(bare, widget)
    left, top, edge = view.drawn().box_of("output")
    view.page.mouse.click(left + 20.5 * edge, top + 30.5 * edge)
    assert view.drawn().at.startswith("output[30, 20]")
    assert view.changes() == [{"position": [30, 20]}]


@pytest.mark.parametrize("size", [16, 32, 96])
def test_the_keyboard_reaches_every_corner(bare: Any, size: int) -> None:
    widget, truth = large(size)
    view = show(bare, widget)
    grid = view.root.locator(".cw-picture > .cw-grid-output")
    grid.locator("[tabindex='0']").focus()
    last = size - 1
    for key, (row, column) in [
        ("Control+End", (last, last)),
        ("Home", (last, 0)),
        ("ArrowUp", (last - 1, 0)),
        ("Control+Home", (0, 0)),
        ("ArrowRight", (0, 1)),
        ("End", (0, last)),
        ("ArrowDown", (1, last)),
    ]:
        view.page.keyboard.press(key)
        assert view.focused() == f"output {row},{column}"
        name = view.page.evaluate("document.activeElement.getAttribute('aria-label')")
        assert name == str(int(truth.output[row, column])).replace("-", "−")
        assert grid.locator("[tabindex='0']").count() == 1
    check_sum(view.drawn().sum, truth, (1, last))


def test_too_many_products_are_not_written_out(bare: Any) -> None:
    widget = ConvWidget(Conv(12, 6), kernel="ones")
    truth = Truth(widget, ((0, 0), (0, 0)))
    drawn = show(bare, widget).drawn()
    result, rows = drawn.sum.split(" = ")
    assert int(result) == truth.output[0, 0]
    assert [int(n) for n in re.findall(r"\d+", rows)] == [
        truth.x[row, :6].sum() for row in range(6)
    ]


SLIDE = """async () => {
  const slider = document.querySelector('.cw-slider.cw-of-stride');
  const times = [];
  for (let n = 0; n < 20; n++) {
    slider.value = 1 + n % 2;
    const start = performance.now();
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[10];
}"""


@pytest.mark.parametrize("size", [8, 16, 32, 96])
def test_a_slider_is_answered_in_a_frame(
    bare: Any, size: int, capsys: pytest.CaptureFixture[str]
) -> None:
    widget, _ = large(size)
    view: View = show(bare, widget)
    median = view.page.evaluate(SLIDE)
    with capsys.disabled():
        print(f"\n  slider to painted frame at {size} × {size}: {median:.0f} ms")
    assert dict(view.drawn().captions)["output"] == f"{size // 2} × {size // 2}"
