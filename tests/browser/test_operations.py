"""The operations and their views, the guide's figures, and the panels, in a page with no kernel."""

import json
import re
from itertools import product
from typing import Any

import numpy as np
import pytest
from drawn import MANY
from playwright.sync_api import expect
from view import View, show

from convwidget import AvgPool, Conv, ConvTranspose, ConvWidget, MaxPool, figure
from convwidget.guide import FIGURES

OPERATIONS = {
    "Conv": "Convolution",
    "MaxPool": "Max pooling",
    "AvgPool": "Average pooling",
    "ConvTranspose": "Transposed convolution",
}
VIEWS = {
    "Conv": ["grids", "stacked", "matrix", "ruler", "subsampling"],
    "MaxPool": ["grids", "stacked", "ruler"],
    "AvgPool": ["grids", "stacked", "matrix", "ruler"],
    "ConvTranspose": ["stamp", "equivalent", "matrix", "back", "stacked"],
}
# What the views of several maps, or of three dimensions, are.
OF_PLANES = {
    "Conv": ["grids", "matrix", "ruler"],
    "MaxPool": ["grids", "ruler"],
    "AvgPool": ["grids", "matrix", "ruler"],
    "ConvTranspose": ["equivalent", "matrix"],
}


# The output's numbers by their places: of cells that are elements, and of those among many.
NUMBERS = f"""(picture) => {{
  {MANY}
  const one = (cell) => [cell.dataset.index, cell.ariaLabel];
  const alone = [...picture.querySelectorAll('[data-map=output] [role=gridcell]')].map(one);
  return [...picture.querySelectorAll('.cw-grid[data-map=output]')]
    .flatMap((grid) => many(grid, 7).filter(({{ index }}) => index))
    .map(({{ index, text }}) => [`${{index}}`, text]).concat(alone);
}}"""


def take(view: View, widget: ConvWidget) -> None:
    """Give Python all that the page sent; it must be able to take it."""
    for change in view.changes():
        sent = json.loads(json.dumps(change))
        widget.set_state(sent)
        for name in sent:
            assert json.loads(json.dumps(widget.get_state(name)[name])) == sent[name], (
                f"{name} was refused"
            )


def tabs(view: View) -> list[str]:
    view.settle()
    every = view.root.get_by_role("tab")
    return [str(name) for name in every.evaluate_all("all => all.map((t) => t.dataset.view)")]


def chosen(view: View) -> str:
    view.settle()
    return view.root.get_by_role("tab", selected=True).get_attribute("data-view") or ""


def look(view: View, name: str) -> None:
    view.root.locator(f"[role=tab][data-view={name}]").click()
    view.settle()


@pytest.mark.parametrize("first", OPERATIONS)
def test_another_operation_keeps_the_settings_that_both_have(bare: Any, first: str) -> None:
    kinds = {"Conv": Conv, "MaxPool": MaxPool, "AvgPool": AvgPool, "ConvTranspose": ConvTranspose}
    settings = {"stride": (2, 1), "padding": ((1, 0), (1, 1)), "dilation": (1, 2)}
    widget = ConvWidget(kinds[first]((6, 7), (3, 2), **settings))
    view = show(bare, widget)
    for second in [*OPERATIONS, first]:
        view.field("operation").select_option(label=OPERATIONS[second])
        assert tabs(view) == VIEWS[second]
        assert view.root.get_attribute("aria-label") == OPERATIONS[second]
        take(view, widget)
        assert widget.layer == kinds[second]((6, 7), (3, 2), **settings)
        assert len(widget.position) == 2


def test_what_the_other_operation_cannot_be_is_said_and_the_menu_goes_back(bare: Any) -> None:
    view = show(bare, ConvWidget(Conv(5, 3, padding="causal")))
    view.field("operation").select_option("ConvTranspose")
    assert "causal" in view.drawn().banner
    assert view.field("operation").input_value() == "Conv"
    assert view.changes() == []
    view.button("Go back").click()
    assert view.drawn().banner == ""


def middle(view: View, place: str) -> tuple[float, float]:
    """Where a cell of the output stands, an element or one among many."""
    output = view.root.locator(".cw-holder .cw-grid[data-map=output]").last
    box = output.evaluate(
        f"""(grid, place) => {{
          {MANY}
          const cell = grid.querySelector(`[data-index='${{place}}']`)?.getBoundingClientRect();
          if (cell) return [cell.x, cell.y, cell.width, cell.height];
          return many(grid, 7).find(({{ index }}) => `${{index}}` === place).box;
        }}""",
        place,
    )
    return box[0] + box[2] / 2, box[1] + box[3] / 2


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_view_draws_and_the_cell_that_is_held_stays(bare: Any, operation: str) -> None:
    widget = ConvWidget(Conv(5, 2, stride=2, padding=1))
    view = show(bare, widget)
    view.field("operation").select_option(operation)
    view.settle()
    view.page.mouse.click(*middle(view, "1,2"))
    sums = set()
    for name in VIEWS[operation]:
        look(view, name)
        view.leave()
        view.settle()
        assert chosen(view) == name
        assert view.root.locator(".cw-holder svg").count()
        assert view.root.locator(".cw-at").inner_text().startswith("output[1, 2] ")
        sums.add(view.root.locator(".cw-sum").inner_text())
        selected = view.root.locator(".cw-holder [aria-selected=true][data-index]")
        places = selected.evaluate_all("all => all.map((cell) => cell.dataset.index)")
        # Subsampling has the cell among those that the stride drops; the ruler has one axis only.
        expected = {"subsampling": {"2,4"}, "ruler": set(places)}
        assert set(places) == expected.get(name, {"1,2"})
    assert len(sums) == 1
    take(view, widget)
    assert widget.view == VIEWS[operation][-1]


@pytest.mark.parametrize("map", ["input", "kernel"])
def test_a_pinned_cell_stays_pinned_in_the_other_views(bare: Any, map: str) -> None:
    view = show(bare, ConvWidget(ConvTranspose(3, 3, stride=2, padding=1), view="stamp"))
    cell = view.root.locator(f".cw-holder [data-map={map}] [role=gridcell][data-index='0,1']")
    cell.first.click()
    view.leave()
    view.settle()
    said = view.root.locator(".cw-sum").inner_text()
    assert said.startswith(f"{map}[0, 1] = ")
    for name in VIEWS["ConvTranspose"]:
        look(view, name)
        view.leave()
        view.settle()
        assert view.root.locator(".cw-sum").inner_text() == said
    view.root.locator(".cw-holder [data-map] [role=gridcell]").first.focus()


def test_arrows_and_home_and_end_go_through_the_views(bare: Any) -> None:
    view = show(bare, ConvWidget(Conv(5, 3)))
    view.root.get_by_role("tab", selected=True).focus()
    for key, name in (
        ("ArrowRight", "stacked"),
        ("ArrowRight", "matrix"),
        ("End", "subsampling"),
        ("ArrowRight", "grids"),
        ("ArrowLeft", "subsampling"),
        ("Home", "grids"),
    ):
        view.page.keyboard.press(key)
        assert chosen(view) == name
        expect(view.root.get_by_role("tab", selected=True)).to_be_focused()
    assert view.changes()[-1] == {"view": "grids"}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_dimensions_and_maps_change_what_is_offered(bare: Any, operation: str) -> None:
    widget = ConvWidget(Conv(4, 2))
    view = show(bare, widget)
    view.field("operation").select_option(operation)
    view.settle()
    view.open_more()
    for axes in (1, 3, 2):
        view.field("dimensions").select_option(str(axes))
        assert tabs(view) == (OF_PLANES if axes == 3 else VIEWS)[operation]
        take(view, widget)
        assert widget.layer.input_size == (4,) * axes
        assert type(widget.layer).__name__ == operation
        assert len(widget.position) == widget.output.ndim == axes
        for name in tabs(view):
            look(view, name)
            assert view.root.locator(".cw-holder svg").count()
    if "Pool" in operation:
        assert not view.field("input maps").is_visible()
        return
    view.type("input maps", "2")
    view.type("output maps", "3")
    assert tabs(view) == OF_PLANES[operation]
    take(view, widget)
    layer: Any = widget.layer
    assert (layer.in_channels, layer.out_channels, layer.groups) == (2, 3, 1)
    assert widget.output.shape[0] == 3
    for name in tabs(view):
        look(view, name)
        assert view.root.locator(".cw-holder svg").count()
    view.type("input maps", "1")
    view.type("output maps", "1")
    assert tabs(view) == VIEWS[operation]
    take(view, widget)
    assert widget.layer == type(layer)(4, 2)


def test_groups_that_do_not_divide_the_maps_are_refused_with_the_numbers(bare: Any) -> None:
    widget = ConvWidget(Conv(4, 2, in_channels=4, out_channels=6))
    view = show(bare, widget)
    view.open_more()
    view.type("groups", "4")
    banner = view.root.locator(".cw-banner")
    expect(banner).to_contain_text("Output maps (out_channels) 6 cannot form 4 groups")
    assert view.changes() == []
    view.button("Go back").click()
    view.settle()
    assert view.field("groups").input_value() == "1"
    view.type("groups", "2")
    take(view, widget)
    assert widget.layer == Conv(4, 2, in_channels=4, out_channels=6, groups=2)
    assert np.array(widget.kernel).shape == (6, 2, 2, 2)


@pytest.mark.parametrize("number", FIGURES)
def test_each_figure_is_called_up_by_number_and_drawn_in_every_view(bare: Any, number: str) -> None:
    view = show(bare, ConvWidget(Conv(3, 2)))
    view.field("figure of the guide").select_option(number)
    view.settle()
    there = figure(number)
    output = (
        there.layer.apply(there.input)
        if there.kernel is None
        else there.layer.apply(there.input, there.kernel)
    )
    assert view.root.get_attribute("aria-label") == (
        f"{OPERATIONS[type(there.layer).__name__]}, Figure {number}"
    )
    wish = FIGURES[number].view
    assert chosen(view) == (wish if wish in tabs(view) else tabs(view)[0])
    for name in tabs(view):
        look(view, name)
        assert chosen(view) == name
        picture = view.root.locator(".cw-holder")
        assert picture.locator("svg").count()
        assert not re.search(r"NaN|undefined|Infinity|\[object", picture.inner_html())
        cells = picture.evaluate(NUMBERS)
        if name in ("grids", "stacked", "stamp", "equivalent") and there.layer.axes:
            assert {index: float(text.replace("−", "-")) for index, text in cells} == {
                ",".join(map(str, at)): pytest.approx(value, abs=0.006)
                for at, value in np.ndenumerate(output)
            }


def test_what_python_sets_reaches_the_page(bare: Any) -> None:
    widget = ConvWidget(Conv(5, 3))
    view = show(bare, widget)
    widget.view = "matrix"
    view.receive(**widget.get_state("view"))
    assert chosen(view) == "matrix"
    widget.layer = MaxPool(6, 2)
    view.receive(**widget.get_state(["layer", "position"]))
    assert tabs(view) == VIEWS["MaxPool"]
    assert chosen(view) == "grids", "a pool that passes the largest has no matrix"
    assert dict(view.drawn().captions)["output"] == "3 × 3"
    widget.layer = AvgPool(6, 2)
    view.receive(**widget.get_state("layer"))
    assert chosen(view) == "matrix", "the wish is still there"
    widget.predict = True
    view.receive(**widget.get_state("predict"))
    view.settle()
    assert view.root.locator(".cw-question").is_visible()
    assert view.changes() == []


def opened(view: View, title: str) -> Any:
    view.root.locator("summary").get_by_text(title, exact=True).click()
    view.settle()
    return view.root.locator("details").filter(has=view.page.get_by_text(title, exact=True)).last


def direct(i: int, k: int, s: int, p: int) -> int | None:
    """The output size by counting starts, None where no window fits."""
    return len(range(0, i + 2 * p - k + 1, s)) or None


def test_find_settings_proposes_what_reaches_the_wanted_size(bare: Any) -> None:
    widget = ConvWidget(Conv(7, 3))
    view = show(bare, widget)
    panel = opened(view, "Find settings")
    panel.get_by_label("wanted output o").fill("4")
    view.settle()
    chips = panel.locator(".cw-chip")
    assert chips.count() > 1
    for text in chips.all_inner_texts():
        now = {"k": 3, "s": 1, "p": 0} | {
            letter: int(number) for letter, number in re.findall(r"([ksp]) = (\d+)", text)
        }
        assert direct(7, **now) == 4, text
    first = dict(re.findall(r"([ksp]) = (\d+)", chips.first.inner_text()))
    chips.first.click()
    take(view, widget)
    assert widget.output.shape == (4, 4)
    layer: Any = widget.layer
    got = {"k": layer.kernel_size[0], "s": layer.stride[0], "p": layer.pads[0][0]}
    assert got == {"k": 3, "s": 1, "p": 0} | {name: int(n) for name, n in first.items()}
    panel.get_by_label("wanted output o").fill("40")
    view.settle()
    assert chips.count() == 0
    assert "40" in panel.inner_text()
    panel.get_by_label("wanted output o").fill("0")
    assert "whole number from 1 up, and not 0" in panel.inner_text()


def test_sizes_nearby_are_those_of_counted_windows_and_can_be_taken(bare: Any) -> None:
    widget = ConvWidget(Conv(6, 3, stride=2, padding=1))
    view = show(bare, widget)
    panel = opened(view, "Sizes nearby")
    now = {"i": 6, "k": 3, "s": 2, "p": 1}
    for letter, by in product(now, (-2, -1, 0, 1, 2)):
        wanted = now | {letter: now[letter] + by}
        if wanted["s"] < 1 or wanted["p"] < 0:
            continue
        would = f"{letter} = {wanted[letter]}"
        expected = direct(**wanted)
        assert panel.get_by_role("button", name=f"{would} gives o = {expected}").count() == 1, would
    # With i = 5 and 6 the windows are as many; 7 gives one more.
    assert "i = 5 and i = 6 both give o = 3; i = 7 gives 4." in panel.inner_text()
    panel.get_by_role("button", name="i = 7 gives o = 4").click()
    take(view, widget)
    assert widget.output.shape == (4, 4)
    expect(panel.locator("[aria-current=true]").first).to_be_visible()


@pytest.mark.parametrize("operation", OPERATIONS)
def test_the_code_builds_this_layer_in_every_framework(bare: Any, operation: str) -> None:
    view = show(bare, ConvWidget(Conv(5, 3, stride=2, padding=1)))
    view.field("operation").select_option(operation)
    view.settle()
    panel = opened(view, "Code")
    select = panel.get_by_label("framework")
    seen = set()
    for name in select.locator("option").all_inner_texts():
        select.select_option(name)
        text = panel.locator("pre code").inner_text()
        assert panel.locator("pre").get_attribute("aria-label") == f"{name} code"
        compile(text, name, "exec")
        seen.add(text)
    assert len(seen) == select.locator("option").count() >= 4


def test_code_that_cannot_be_copied_is_selected_for_the_keyboard(bare: Any) -> None:
    view = show(bare, ConvWidget(Conv(5, 3)))
    panel = opened(view, "Code")
    panel.get_by_role("button", name="Copy").click()
    expect(panel.locator(".cw-code-head button")).to_have_text("Selected.")
    text = panel.locator("pre code").inner_text()
    assert view.page.evaluate("getSelection().toString()").strip() == text.strip()
    expect(view.root.get_by_role("status")).to_have_text(
        "The code is selected: copy it with the keyboard."
    )
