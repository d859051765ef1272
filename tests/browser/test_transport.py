"""The transport: play, pause, step and scrub, and what of it Python is told."""

from typing import Any

import pytest
from view import View, show, show_still

from convwidget import Conv, ConvWidget

STEP = 800  # milliseconds at speed 1


def at(view: View) -> tuple[int, ...]:
    """Where the transport says that the window is."""
    name, _, count = view.drawn().at.partition(" · ")
    row, column = (int(n) for n in name.removeprefix("output[").rstrip("]").split(", "))
    assert int(count.split(" of ")[0]) == int(view.field("position").input_value()) + 1
    return row, column


def test_steps_go_in_reading_order_and_stop_at_both_ends(bare: Any) -> None:
    view = show(bare, ConvWidget(Conv((3, 4), 2)))
    order = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]
    assert view.drawn().at == "output[0, 0] · 1 of 6"
    for place in [*order[1:], order[-1]]:
        view.button("step forward").click()
        assert at(view) == place
    for place in [*order[-2::-1], order[0]]:
        view.button("step back").click()
        assert at(view) == place
    positions = [tuple(change["position"]) for change in view.changes()]
    assert positions == order[1:] + order[-2::-1]


def test_scrubbing_goes_anywhere(bare: Any) -> None:
    view = show(bare, ConvWidget.figure("2.6"))
    position = view.field("position")
    position.press("End")
    assert at(view) == (2, 2)
    position.press("ArrowLeft")
    assert at(view) == (2, 1)
    assert position.get_attribute("aria-valuetext") == "output row 3, column 2, 8 of 9"
    box = position.bounding_box()
    assert box
    view.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert at(view) == (1, 1)
    assert view.changes()[-1] == {"position": [1, 1]}


@pytest.mark.parametrize("map", ["input", "kernel", "output"])
def test_brackets_step_from_any_cell(bare: Any, map: str) -> None:
    view = show(bare, ConvWidget.figure("2.6"))
    view.cell(map, 0, 0).focus()
    for _ in range(4):
        view.page.keyboard.press("]")
    view.page.keyboard.press("[")
    assert at(view) == (1, 0)


@pytest.mark.parametrize("name", ["play", "position", "Reset"])
def test_brackets_step_from_any_control(bare: Any, name: str) -> None:
    view = show(bare, ConvWidget.figure("2.6"))
    (view.field(name) if name == "position" else view.button(name)).focus()
    view.page.keyboard.press("]")
    assert at(view) == (0, 1)
    view.page.keyboard.press("[")
    assert at(view) == (0, 0)


def test_keys_of_the_transport_mean_nothing_in_a_field(bare: Any) -> None:
    view = show(bare, ConvWidget.figure("2.6"))
    view.field("stride s").focus()
    for key in ("]", "[", "]", " "):
        view.page.keyboard.press(key)
    assert at(view) == (0, 0)
    assert view.button("play").is_visible()


def test_play_goes_to_the_end_and_tells_python_where_it_stopped(timed: Any) -> None:
    view = show_still(timed, ConvWidget(Conv(4, 3)))
    view.button("play").click()
    for place in [(0, 1), (1, 0)]:
        view.page.clock.run_for(STEP - 100)
        assert at(view) != place
        view.page.clock.run_for(60)
        assert at(view) == place
    assert view.button("pause").is_visible()
    assert view.changes() == [], "Python is told nothing while it runs"
    view.page.clock.run_for(STEP)
    assert at(view) == (1, 1)
    assert view.button("play").is_visible()
    assert view.changes() == [{"position": [1, 1]}]
    view.page.clock.run_for(5 * STEP)
    assert at(view) == (1, 1)
    assert view.changes() == [{"position": [1, 1]}]

    view.button("play").click()
    assert at(view) == (0, 0), "at the end, play begins anew"
    view.page.clock.run_for(STEP)
    assert at(view) == (0, 1)


@pytest.mark.parametrize("speed", ["0.5", "1", "2", "4", "16"])
def test_the_speed_can_be_chosen(timed: Any, speed: str) -> None:
    view = show_still(timed, ConvWidget(Conv(8, 2)))
    view.field("speed").select_option(speed)
    view.button("play").click()
    view.page.clock.run_for(8 * STEP - 25)
    place = round(8 * float(speed))
    place = min(place, 48)
    assert at(view) in [divmod(place, 7), divmod(place - 1, 7)]


@pytest.mark.parametrize("way", ["pause", "Space", "step forward", "scrub", "a cell"])
def test_play_is_stopped_by_any_other_move(timed: Any, way: str) -> None:
    view = show_still(timed, ConvWidget(Conv(5, 3)))
    view.button("play").click()
    view.page.clock.run_for(2 * STEP + 10)
    expected = [0, 2]
    if way == "pause":
        view.button("pause").click()
    elif way == "Space":
        view.cell("input", 0, 0).focus()
        view.page.keyboard.press(" ")
    elif way == "step forward":
        view.button("step forward").click()
        expected = [1, 0]
    elif way == "scrub":
        view.field("position").press("End")
        expected = [2, 2]
    else:
        view.click("output", 1, 1)
        expected = [1, 1]
    assert at(view) == tuple(expected)
    view.page.clock.run_for(3 * STEP)
    assert at(view) == tuple(expected)
    assert view.button("play").is_visible()
    assert view.changes()[-1] == {"position": expected}


def test_space_plays_once_wherever_it_is_pressed(bare: Any) -> None:
    view = show(bare, ConvWidget(Conv(16, 3)))
    for target in (view.cell("output", 0, 0), view.button("play"), view.field("position")):
        target.focus()
        view.page.keyboard.press(" ")
        view.drawn()
        assert view.button("pause").is_visible()
        view.page.keyboard.press(" ")
        view.drawn()
        assert view.button("play").is_visible()


def test_space_on_another_button_presses_that_button(bare: Any) -> None:
    view = show(bare, ConvWidget.figure("2.6"))
    view.button("step forward").focus()
    view.page.keyboard.press(" ")
    assert at(view) == (0, 1)
    assert view.button("play").is_visible()


def test_the_window_stays_inside_when_the_output_shrinks(bare: Any) -> None:
    widget = ConvWidget(Conv(6, 3), position=(3, 2))
    view = show(bare, widget)
    view.type("kernel k", "4")
    assert at(view) == (2, 2)
    (change,) = view.changes()
    assert change["position"] == [2, 2]
    widget.set_state(change)
    assert widget.position == (2, 2)
    view.type("stride s", "3")
    assert at(view) == (0, 0)


def test_a_slider_of_the_picture_before_goes_to_the_last_cell_there_is(bare: Any) -> None:
    widget = ConvWidget(Conv(5, 3))
    view = show(bare, widget)
    widget.layer = Conv((3, 5), 3)  # an output of 1 × 3, where there was one of 3 × 3
    view.page.evaluate(
        """values => {
          stage.receive(values);
          const slider = document.querySelector('.cw-scrub');
          slider.value = 3;
          slider.dispatchEvent(new Event('input', { bubbles: true }));
        }""",
        widget.get_state("layer"),
    )
    assert at(view) == (0, 2)
    assert view.changes() == [{"position": [0, 2]}]


def test_a_window_that_python_left_outside_is_brought_back_before_it_is_told(timed: Any) -> None:
    widget = ConvWidget(Conv(5, 3))
    view = show_still(timed, widget)
    view.button("play").click()
    view.page.clock.run_for(3 * STEP + 10)
    assert at(view) == (1, 0)
    widget.layer = Conv((3, 5), 3)  # an output of 1 × 3
    view.receive(**widget.get_state("layer"))
    view.button("pause").click()
    (change,) = view.changes()
    assert change == {"position": [0, 0]}
    widget.set_state(change)
    assert widget.position == (0, 0)


def test_play_goes_on_through_a_change_of_settings_and_stays_inside(timed: Any) -> None:
    view = show_still(timed, ConvWidget(Conv(6, 3), position=(2, 0)))
    view.button("play").click()
    view.page.clock.run_for(STEP + 10)
    assert at(view) == (2, 1)
    view.type("kernel k", "5")
    assert at(view) == (1, 1)
    view.page.clock.run_for(3 * STEP)
    assert at(view) == (1, 1)
    assert view.button("play").is_visible()
