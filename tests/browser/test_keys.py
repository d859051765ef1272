"""The keyboard: where Tab stops, where arrows lead, and which keys the notebook never sees."""

from itertools import product
from typing import Any

import pytest
from view import View, show

from convwidget import RELATIONSHIPS, Conv, ConvWidget

STOPS = [
    "operation",
    "figure of the guide",
    "Grids",
    "input i",
    "kernel k",
    "stride s",
    "padding p",
    "More settings",
    "Reset",
    "input 0,0",
    "kernel 0,0",
    "output 0,0",
    "step back",
    "play",
    "step forward",
    "position",
    "speed",
    "What the signs mean",
    "Sizes nearby",
    "Find settings",
    "Code",
    "Values as tables",
]


def stops(view: View, key: str) -> list[str]:
    """What has the keyboard after each press of a key, from one side of the widget to the other."""
    view.page.evaluate(BESIDES)
    view.page.locator("#before" if key == "Tab" else "#after").focus()
    found = []
    for _ in range(40):
        view.page.keyboard.press(key)
        if not view.root.evaluate("(root) => root.contains(document.activeElement)"):
            return found
        found.append(view.focused())
    raise AssertionError(f"there is no way out: {found}")


BESIDES = """() => {
  if (document.querySelector('#before')) return;
  for (const [side, id] of [['prepend', 'before'], ['append', 'after']]) {
    const button = document.createElement('button');
    button.id = button.textContent = id;
    document.body[side](button);
  }
}"""


def test_tab_visits_each_part_once_in_reading_order(bare: Any) -> None:
    view = show(bare, ConvWidget.figure("2.6"))
    assert stops(view, "Tab") == STOPS
    assert stops(view, "Shift+Tab") == STOPS[::-1]


def test_tab_stops_at_what_was_opened(bare: Any) -> None:
    view = show(bare, ConvWidget.figure("2.6"))
    view.open_more()
    view.open_tables()
    found = stops(view, "Tab")
    more = found.index("More settings")
    assert found[more + 1 : found.index("Reset")] == [
        "dilation d",
        "stretch t",
        "one setting per axis",
        "kind of padding",
        "dimensions",
        "input maps",
        "output maps",
        "groups",
        "input values",
        "kernel values",
    ]
    assert found[-3:] == ["input, 5 × 5", "kernel, 3 × 3", "output, 3 × 3"]


def test_tab_stops_at_the_remedies_of_a_refusal(bare: Any) -> None:
    view = show(bare, ConvWidget.figure("2.6"))
    view.type("kernel k", "8")
    found = stops(view, "Tab")
    buttons = view.root.locator(".cw-banner button").all_text_contents()
    first = found.index(buttons[0])
    assert found[first : first + len(buttons)] == buttons
    assert found.index("padding p") < first < found.index("input 0,0")


def grid_stops(view: View) -> list[tuple[str, int]]:
    return [
        (map, view.root.locator(f".cw-picture > .cw-grid-{map} [tabindex='0']").count())
        for map in ("input", "kernel", "output")
    ]


def test_each_grid_is_one_stop_at_the_cell_that_was_last_visited(bare: Any) -> None:
    view = show(bare, ConvWidget.figure("2.6"))
    once = [("input", 1), ("kernel", 1), ("output", 1)]
    assert grid_stops(view) == once
    view.cell("input", 0, 0).focus()
    view.page.keyboard.press("ArrowDown")
    view.page.keyboard.press("End")
    assert grid_stops(view) == once
    view.click("output", 2, 1)
    assert grid_stops(view) == once
    found = stops(view, "Tab")
    assert "input 1,4" in found
    assert "output 2,1" in found
    view.type("input i", "3")
    assert grid_stops(view) == once
    assert "input 1,2" in stops(view, "Tab")


SIZE = {"input": (4, 5), "kernel": (2, 3), "output": (3, 3)}


@pytest.mark.parametrize("map", list(SIZE))
def test_arrows_and_ends_lead_where_they_should(bare: Any, map: str) -> None:
    view = show(bare, ConvWidget(Conv((4, 5), (2, 3))))
    rows, columns = SIZE[map]
    last, end = rows - 1, columns - 1
    for row, column in product((0, 1, last), (0, 1, end)):
        ways = {
            "ArrowUp": (max(row - 1, 0), column),
            "ArrowDown": (min(row + 1, last), column),
            "ArrowLeft": (row, max(column - 1, 0)),
            "ArrowRight": (row, min(column + 1, end)),
            "Home": (row, 0),
            "End": (row, end),
            "Control+Home": (0, 0),
            "Control+End": (last, end),
        }
        for key, (to_row, to_column) in ways.items():
            view.cell(map, row, column).focus()
            view.page.keyboard.press(key)
            assert view.focused() == f"{map} {to_row},{to_column}", f"{key} at {row}, {column}"


def test_the_cell_with_the_keyboard_is_looked_at_and_ringed(bare: Any) -> None:
    view = show(bare, ConvWidget.figure("2.6"))
    view.leave()
    view.page.keyboard.press("Tab")
    view.cell("input", 0, 0).focus()
    view.page.keyboard.press("ArrowRight")
    drawn = view.drawn()
    assert drawn.outlined("input", "held") == [(1, 2, 1, 1)]
    assert drawn.at == "output[0, 0] · 1 of 9"
    ring, other = (
        view.cell("input", 0, column)
        .locator("rect")
        .evaluate("(rect) => { const s = getComputedStyle(rect); return s.stroke + s.strokeWidth }")
        for column in (1, 2)
    )
    assert ring != other
    view.field("stride s").focus()
    assert not view.drawn().outlined("input", "held")


def test_enter_holds_a_cell_and_escape_lets_go(bare: Any) -> None:
    view = show(bare, ConvWidget.figure("2.6"))
    view.leave()
    view.cell("output", 0, 0).focus()
    view.page.keyboard.press("ArrowRight")
    view.page.keyboard.press("Enter")
    view.field("stride s").focus()
    assert view.drawn().at == "output[0, 1] · 2 of 9"
    assert view.changes() == [{"position": [0, 1]}]
    view.cell("output", 0, 1).focus()
    view.page.keyboard.press("Escape")
    view.receive(position=[2, 2])
    view.field("stride s").focus()
    assert view.drawn().outlined("output", "made") == [(2, 2, 1, 1)]


def test_the_keyboard_stays_where_it_is_through_a_change(bare: Any) -> None:
    view = show(bare, ConvWidget.figure("2.6"))
    view.cell("kernel", 1, 1).focus()
    view.receive(kernel={"fill": "ones"})
    view.drawn()
    assert view.focused() == "kernel 1,1"
    view.field("input i").focus()
    view.field("input i").press("ArrowUp")
    view.drawn()
    assert view.focused() == "input i"


@pytest.mark.parametrize("way", ["checkbox", "choice of padding"])
def test_the_keyboard_stays_where_it_is_when_the_settings_change(bare: Any, way: str) -> None:
    view = show(bare, ConvWidget.figure("2.6"))
    view.open_more()
    if way == "checkbox":
        view.field("one setting per axis").focus()
        view.page.keyboard.press("Space")
    else:
        view.field("kind of padding").focus()
        view.field("kind of padding").select_option("sides")
    view.drawn()
    assert view.root.locator(".cw-more[open]").count() == 1
    name = "one setting per axis" if way == "checkbox" else "kind of padding"
    assert view.field(name).evaluate("(node) => node === document.activeElement")


def test_a_size_nearby_that_was_taken_keeps_the_keyboard(bare: Any) -> None:
    view = show(bare, ConvWidget.figure("2.6"))
    view.root.get_by_text("Sizes nearby").click()
    button = view.button("s = 1 gives o = 5")
    button.focus()
    view.page.keyboard.press("Enter")
    view.settle()
    assert view.focused() == "s = 1 gives o = 5"
    assert button.get_attribute("aria-current") == "true"


def test_the_keyboard_opens_what_the_signs_mean(bare: Any) -> None:
    view = show(bare, ConvWidget(Conv(9, 3, dilation=2)))
    summary = view.root.get_by_text("What the signs mean")
    summary.focus()
    view.page.keyboard.press("Enter")
    texts = view.root.locator(".cw-formula details p")
    spoken = RELATIONSHIPS[14]
    assert spoken.number == 15
    assert texts.all_text_contents() == [
        f"Relationship 15 is the guide's formula for {spoken.name} (section {spoken.section}).",
        "The star ⋆ is correlation: at each place of the window, multiply cell by cell and add up.",
        "k̂ = d·(k − 1) + 1 is how far the window reaches with the gaps of dilation: 5 here.",
        "⌊ ⌋ rounds down to a whole number.",
    ]
    view.field("operation").select_option("MaxPool")
    view.type("input i", "8")
    view.type("stride s", "2")
    view.field("ceil_mode").check()
    view.settle()
    assert texts.all_text_contents()[-2:] == [
        "⌈ ⌉ rounds up to a whole number.",
        "× marks a place beyond the padded input, under a window that hangs over: it never counts.",
    ]


STAY = ["ArrowUp", "ArrowLeft", "Home", "End", "Enter", " ", "[", "]", "a", "b", "m", "0", "Delete"]
STAY += ["Shift+ArrowDown", "Shift+ArrowUp"]
LEAVE = [
    "Control+Enter",
    "Control+s",
    "Meta+s",
    "Alt+ArrowLeft",
    "Control+ArrowDown",
    "Tab",
    "Shift+Tab",
    "Shift+Enter",
    "Escape",
    "F2",
]
HEARD = """(press) => {
  const { key, target, ...held } = press;
  let heard = false;
  const listen = () => heard = true;
  document.addEventListener('keydown', listen);
  document.activeElement.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...held }));
  document.removeEventListener('keydown', listen);
  return heard;
}"""


def heard_outside(view: View, press: str) -> bool:
    """Whether a key that is pressed in the widget reaches the document around it."""
    *held, key = press.split("+")
    names = {"Control": "ctrlKey", "Meta": "metaKey", "Alt": "altKey", "Shift": "shiftKey"}
    return bool(view.page.evaluate(HEARD, {"key": key, **{names[name]: True for name in held}}))


@pytest.mark.parametrize("where", ["cell", "field", "play", "position", "summary"])
def test_the_notebook_sees_only_the_keys_that_are_its_own(bare: Any, where: str) -> None:
    view = show(bare, ConvWidget.figure("2.6"))
    target = {
        "cell": view.cell("input", 1, 1),
        "field": view.field("stride s"),
        "play": view.button("play"),
        "position": view.field("position"),
        "summary": view.root.locator("summary").first,
    }[where]
    heard = {}
    for press in [*LEAVE, *STAY]:
        target.focus()
        heard[press] = heard_outside(view, press)
    assert heard == {press: press in LEAVE for press in heard}
