"""What Python sets is drawn by every view; what a view leaves behind is nothing."""

from typing import Any

import numpy as np
import pytest
from drawn import Drawn
from truth import Truth
from view import View, show, show_still

from convwidget import Conv, ConvWidget

ONE = ((1, 1), (1, 1))


def second(view: View) -> View:
    """Another view of the same widget."""
    view.page.evaluate("async () => { await stage.view() }")
    return View(view.page, 1)


def outputs(drawn: Drawn) -> dict[tuple[int, ...], int]:
    return {at: int(cell.text.replace("−", "-")) for at, cell in drawn.cells("output").items()}


def expected(widget: ConvWidget, pads: Any) -> dict[tuple[int, ...], int]:
    truth = Truth(widget, pads)
    return {at: int(truth.output[at]) for at in truth.outputs()}


def test_every_view_draws_what_python_sets(bare: Any) -> None:
    widget = ConvWidget.figure("2.6")
    one = show(bare, widget)
    views = [one, second(one)]
    values = np.arange(25).reshape(5, 5) - 12
    kernel = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
    for name, value in (("input", values), ("kernel", kernel), ("stride", 1)):
        setattr(widget, name, value)
        trait = "layer" if name == "stride" else name
        one.receive(**widget.get_state(trait))
        for view in views:
            assert outputs(view.drawn()) == expected(widget, ONE)
    one.receive(position=[2, 3])
    for view in views:
        drawn = view.drawn()
        assert drawn.at == "output[2, 3] · 14 of 25"
        assert drawn.outlined("output", "made") == [(2, 3, 1, 1)]
    one.receive(theme="dark")
    for view in views:
        assert "cw-dark" in (view.root.get_attribute("class") or "")
    assert one.changes() == [], "what came from Python is not sent back"


def test_two_views_are_in_step_but_look_each_for_itself(bare: Any) -> None:
    one = show(bare, ConvWidget.figure("2.6"))
    two = second(one)
    one.type("input i", "6")
    assert dict(two.drawn().captions)["input"] == "6 × 6, padded to 8 × 8"
    assert two.field("input i").input_value() == "6"
    two.click("output", 1, 2)
    assert one.drawn().at == two.drawn().at == "output[1, 2] · 6 of 9"
    one.leave()
    one.hover("input", 0, 0)
    assert one.drawn().outlined("input", "held")
    assert not two.drawn().outlined("input", "held")
    one.type("kernel k", "9")
    assert one.drawn().banner
    assert not two.drawn().banner


def test_a_hand_in_motion_is_not_disturbed_by_an_echo(bare: Any) -> None:
    view = show(bare, ConvWidget.figure("2.6"))
    view.click("kernel", 1, 1)
    view.receive(position=[2, 2])
    drawn = view.drawn()
    assert drawn.outlined("kernel", "window") == [(1, 1, 1, 1)], "what is pinned stays pinned"
    assert drawn.at == "output[2, 2] · 9 of 9"


@pytest.mark.parametrize("where", ["Python", "another view"])
def test_a_window_that_was_clicked_still_follows_its_position(bare: Any, where: str) -> None:
    view = show(bare, ConvWidget.figure("2.6"))
    view.click("output", 1, 2)
    view.leave()
    view.drawn()
    if where == "Python":
        view.receive(position=[2, 0])
    else:
        second(view).click("output", 2, 0)
        view.leave()
    drawn = view.drawn()
    assert drawn.at == "output[2, 0] · 7 of 9"
    assert drawn.outlined("output", "made") == [(2, 0, 1, 1)]


def test_a_pin_on_a_cell_that_is_gone_is_let_go(bare: Any) -> None:
    widget = ConvWidget.figure("2.6")
    view = show(bare, widget)
    view.click("input", 4, 4)
    view.leave()
    widget.input_size = 4
    view.receive(**widget.get_state("layer"))
    drawn = view.drawn()
    assert not drawn.outlined("input", "held")
    assert drawn.outlined("output", "made") == [(0, 0, 1, 1)]


WATCH = """() => {
  window.watched = new Map();
  for (const target of [EventTarget.prototype]) {
    const { addEventListener, removeEventListener } = target;
    const outer = (self) => self === window || self === document || self === document.body ||
      self === document.documentElement || self instanceof MediaQueryList;
    const key = (type, callback) => callback;
    target.addEventListener = function (type, callback, options) {
      if (outer(this)) watched.set(callback, type);
      return addEventListener.call(this, type, callback, options);
    };
    target.removeEventListener = function (type, callback, options) {
      watched.delete(callback);
      return removeEventListener.call(this, type, callback, options);
    };
  }
  window.observers = new Set();
  for (const name of ['ResizeObserver', 'MutationObserver']) {
    const Old = window[name];
    window[name] = class extends Old {
      observe(...what) { observers.add(this); super.observe(...what); }
      disconnect() { observers.delete(this); super.disconnect(); }
    };
  }
}"""


def test_a_view_that_is_removed_leaves_nothing_behind(timed: Any, page: Any) -> None:
    page.add_init_script(f"({WATCH})()")
    view = show_still(timed, ConvWidget(Conv(6, 3)))
    assert page.evaluate("watched.size + observers.size") > 0, "the watch itself works"
    view.button("play").click()
    view.cell("input", 1, 1).focus()
    view.page.evaluate("stage.remove()")
    left = page.evaluate(
        "[stage.forgotten, watched.size, observers.size, document.querySelector('.cw')]"
    )
    assert left == [0, 0, 0, None]
    view.page.clock.run_for(10_000)
    view.receive(position=[1, 1], theme="dark")
    view.page.clock.run_for(1_000)
    assert page.evaluate("document.querySelector('main').childNodes.length") == 0
    assert page.evaluate("stage.state.position") == [1, 1]


def test_one_view_is_removed_and_the_other_lives(bare: Any) -> None:
    one = show(bare, ConvWidget.figure("2.6"))
    second(one)
    one.page.evaluate("stage.remove()")
    assert one.page.locator(".cw").count() == 1
    one.receive(position=[1, 1])
    assert one.drawn().at == "output[1, 1] · 5 of 9"


@pytest.mark.parametrize(
    "cells",
    [
        {"array": [["<u>1</u>", 2], [3, "<img src=x onerror=alert(1)>"]]},
        {"fill": "ones", "edits": [[[0, 0], "<u>1</u>"]]},
    ],
)
def test_text_is_never_markup(bare: Any, cells: Any) -> None:
    # Python refuses such numbers, but a saved page can hold anything.
    view = show(bare, ConvWidget.figure("2.6"))
    view.open_tables()
    view.receive(input=cells)
    view.drawn()
    view.hover("input", 0, 0)
    view.drawn()
    assert view.root.locator("u, img").count() == 0
    assert len(view.drawn().cells("input")) == 49
