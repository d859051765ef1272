"""What axe-core and a screen reader find, in every operation and every view."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from looks import OFFERED, each, look
from playwright.sync_api import Page, expect
from view import show

from convwidget import Conv, ConvWidget

PANELS = ["Sizes nearby", "Find settings", "Code", "Values as tables"]


@pytest.fixture
def widget() -> ConvWidget:
    return ConvWidget.figure("2.6")


def violations(page: Page, *, contrast: bool = True) -> list[tuple[str, list[str]]]:
    """What axe-core finds wrong inside the widget."""
    rules = {"color-contrast": {"enabled": contrast}}
    options = {"resultTypes": ["violations"], "rules": rules}
    found = Axe().run(page, context=".cw", options=options)
    return [
        (violation["id"], [node["html"][:120] for node in violation["nodes"][:3]])
        for violation in found.response["violations"]
    ]


@pytest.mark.parametrize("name", list(OFFERED))
def test_the_looks_are_all_that_a_layer_offers(bare: Any, name: str) -> None:
    view = show(bare, look(name, OFFERED[name][0]))
    tabs = view.root.get_by_role("tab")
    assert [tab.get_attribute("data-view") for tab in tabs.all()] == list(OFFERED[name])


# Only the contrast differs between themes, and test_contrast.py measures it, word by word, in both.
@each
def test_axe_finds_nothing_wrong(bare: Any, name: str, view: str) -> None:
    shown = show(bare, look(name, view))
    assert violations(shown.page, contrast=False) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("panel", [*PANELS, "More settings"])
def test_axe_finds_nothing_wrong_in_what_was_opened(
    bare: Any, picture: Any, widget: ConvWidget, panel: str, theme: str
) -> None:
    view = show(bare, widget, width=360, theme=theme)
    view.root.get_by_text(panel, exact=True).click()
    expect(view.root.locator("details[open]")).to_have_count(1)
    view.settle()
    assert violations(view.page) == []
    picture(view.root, f"open-{panel}-{theme}")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ["conv", "transposed", "max pool", "conv, maps"])
def test_axe_finds_nothing_wrong_in_a_question(bare: Any, name: str, theme: str) -> None:
    view = show(bare, look(name, "grids", predict=True), theme=theme)
    assert violations(view.page) == []
    view.root.locator(".cw-question input").fill("17")
    view.button("Check").click()
    expect(view.root.locator(".cw-verdict")).not_to_be_empty()
    assert violations(view.page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_wrong_while_a_refusal_is_shown(
    bare: Any, picture: Any, widget: ConvWidget, theme: str
) -> None:
    view = show(bare, widget, theme=theme)
    view.type("kernel k", "8")
    expect(view.root.locator(".cw-cannot")).to_be_visible()
    # What is out of date is greyed on purpose; all else must keep its contrast.
    view.page.evaluate("""document.querySelectorAll('.cw-stale').forEach((stale) => {
      stale.replaceChildren();
      stale.classList.remove('cw-stale');
    })""")
    assert violations(view.page) == []
    picture(view.page, f"refusal-{theme}")


def test_three_grids_are_named_with_their_sizes_and_cells_with_their_values(
    bare: Any, widget: ConvWidget
) -> None:
    view = show(bare, widget)
    tree = view.root.aria_snapshot()
    for name in ("input, 5 × 5, padded to 7 × 7", "kernel, 3 × 3", "output, 3 × 3"):
        assert f'grid "{name}"' in tree
    cells = [str(n) for n in widget.output.ravel()]
    output = view.root.get_by_role("grid", name="output").get_by_role("gridcell")
    assert [cell.get_attribute("aria-label") for cell in output.all()] == cells
    assert view.root.get_attribute("aria-label") == "Convolution, Figure 2.6"


# For each map: its stops, its selected cells, and the grids and cells that have no name.
MAPS = """(root) => Object.fromEntries(['input', 'kernel', 'output'].map((map) => {
  const own = (element) => element.closest('[data-map]')?.dataset.map === map;
  const count = (selector) => [...root.querySelectorAll(selector)].filter(own).length;
  return [map, [
    count('[role=gridcell][tabindex="0"]'), count('[aria-selected=true]'),
    count('[role=grid]:not([aria-label])'), count('[role=gridcell]:not([aria-label])'),
  ]];
}))"""


@each
def test_a_map_is_one_stop_and_one_output_is_selected(bare: Any, name: str, view: str) -> None:
    widget = look(name, view)
    shown = show(bare, widget)
    shown.settle()
    without = widget.kernel is None or view == "back"  # which draws no kernel
    found = shown.root.evaluate(MAPS)
    # In an image only the cell with the keyboard is there at all.
    image = shown.root.locator(".cw-picture image").count() > 0
    assert found["input"] == [1, 0, 0, 0]
    assert found["kernel"][1:] == [0, 0, 0]
    assert found["kernel"][0] == (0 if without else 1)
    assert found["output"] in [[1, 1, 0, 0], [1, 0, 0, 0]][: 1 + image]


@each
def test_a_row_is_in_a_grid_and_a_cell_in_a_row(bare: Any, name: str, view: str) -> None:
    shown = show(bare, look(name, view))
    stray = "[role=gridcell]:not([role=row] *), [role=row]:not([role=grid] *)"
    assert shown.root.locator(stray).count() == 0
    names = shown.root.locator("[role=gridcell]").evaluate_all(
        "(cells) => cells.filter((c) => !/^−?[\\d.∞]+(e−?\\d+)?$/.test(c.ariaLabel)).length"
    )
    assert names == 0


@pytest.mark.parametrize("name", ["conv", "max pool", "average pool", "transposed"])
def test_arrows_lead_through_the_tabs_and_the_keyboard_stays_there(bare: Any, name: str) -> None:
    views = OFFERED[name]
    view = show(bare, look(name, views[0]))
    tabs = view.root.get_by_role("tab")
    expect(view.root.get_by_role("tablist", name="view")).to_have_count(1)
    tabs.first.focus()
    for number in [*range(1, len(views)), 0]:
        view.page.keyboard.press("ArrowRight")
        view.settle()
        chosen = [tab.get_attribute("aria-selected") == "true" for tab in tabs.all()]
        stops = [tab.get_attribute("tabindex") == "0" for tab in tabs.all()]
        assert chosen == stops == [n == number for n in range(len(views))]
        expect(tabs.nth(number)).to_be_focused()
    view.page.keyboard.press("End")
    expect(tabs.last).to_be_focused()
    view.page.keyboard.press("Home")
    expect(tabs.first).to_be_focused()
    expect(view.root.get_by_role("tabpanel")).to_have_count(1)


def test_what_changes_is_said_once(bare: Any, widget: ConvWidget) -> None:
    view = show(bare, widget)
    status = view.root.get_by_role("status")
    expect(status).to_have_count(1)
    view.type("stride s", "1")
    expect(status).to_contain_text("Output 5 by 5, was 3 by 3.")
    view.type("kernel k", "8")
    expect(status).to_contain_text("does not fit")
    assert view.field("kernel k").get_attribute("aria-invalid") == "true"


def test_why_a_setting_stops_is_told_to_who_stands_on_it(bare: Any, widget: ConvWidget) -> None:
    view = show(bare, widget)
    described = view.field("kernel k").get_attribute("aria-describedby")
    text = view.page.locator(f"#{described}").text_content()
    assert text == (
        "k is at most 7: with 8, "
        "the kernel (effective size 8) does not fit in the padded input (7)."
    )


def test_an_id_is_there_once_when_a_page_has_two_widgets(bare: Any, widget: ConvWidget) -> None:
    view = show(bare, widget)
    view.page.evaluate("stage.view()")
    view.settle()
    ids = view.page.evaluate("[...document.querySelectorAll('[id]')].map(({ id }) => id)")
    assert len(ids) == len(set(ids)) > 10


def test_the_tables_hold_the_numbers(bare: Any, widget: ConvWidget) -> None:
    view = show(bare, widget)
    view.open_tables()
    for name, numbers in (
        ("input", widget.input),
        ("kernel", widget.kernel),
        ("output", widget.output),
    ):
        table = view.root.get_by_role("table", name=re.compile(name))
        expect(table.locator("th[scope=row]")).to_have_count(len(numbers))
        assert table.locator("td:not(:empty)").all_inner_texts() == [
            str(number) for number in numbers.ravel()
        ]


def test_axe_finds_nothing_wrong_on_a_photograph(bare: Any) -> None:
    assert violations(show(bare, ConvWidget(Conv(96, 3))).page) == []
