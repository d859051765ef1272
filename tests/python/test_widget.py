"""The widget as Python sees it: what can be set, what is refused, and what travels."""

import json
import subprocess
import sys

import numpy as np
import pytest
import traitlets
from ipywidgets import VBox
from scipy.signal import correlate2d

from convwidget import Conv, ConvTranspose, ConvWidget, MaxPool, figure
from convwidget.layers.wire import to_wire


@pytest.fixture
def widget():
    return ConvWidget(Conv(5, 3, stride=2, padding=1))


def test_the_output_is_the_convolution_of_what_is_shown(widget):
    whole = correlate2d(np.pad(widget.input, 1), widget.kernel, "valid")
    assert widget.output.tolist() == whole[::2, ::2].tolist()


def test_a_setting_is_set_through_the_whole_layer(widget):
    widget.stride = 1
    assert widget.layer == Conv(5, 3, padding=1)
    assert widget.stride == (1, 1)
    widget.padding = "half"
    assert widget.layer.padding == "half"
    widget.kernel_size = (1, 2)
    assert widget.layer.kernel_size == (1, 2)


def test_several_settings_change_at_once_where_each_alone_could_not_be():
    widget = ConvWidget(Conv(5, 3))
    widget.set(kernel_size=9, input_size=20)
    assert widget.layer == Conv(20, 9)


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"kernel_size": 9}, ValueError, r"effective size 9\) does not fit .* \(7\)"),
        ({"stride": 2.5}, TypeError, "stride must be an integer, not 2.5"),
        ({"stride": 1, "colour": "red"}, TypeError, "'colour' is none of input_size, "),
        ({"stride": 1, "input": [[1, 2]]}, ValueError, r"input has shape \(1, 2\), .* \(5, 5\)"),
        ({"stride": 1, "kernel": "blur"}, ValueError, "'blur' is no fill: 'random', 'ramp'"),
        ({"stride": 1, "position": (5, 0)}, ValueError, r"\(5, 0\) is not in the output \(5, 5\)"),
        ({"stride": 1, "view": "cube"}, traitlets.TraitError, "grids"),
        ({"layer": MaxPool(5, 3)}, ValueError, "draws a Conv in two dimensions"),
        ({"layer": 3}, ValueError, "draws a Conv in two dimensions, and not 3"),
        (
            {"input_size": 4, "position": (2, 2)},
            ValueError,
            r"\(2, 2\) is not in the output \(2, 2\)",
        ),
        ({"groups": 2}, ValueError, "one input map and one kernel"),
    ],
)
def test_what_cannot_be_raises_and_changes_nothing(widget, changes, error, message):
    before = widget.get_state()
    with pytest.raises(error, match=message):
        widget.set(**changes)
    assert widget.get_state() == before


@pytest.mark.parametrize(
    ("name", "value", "error", "message"),
    [
        ("kernel_size", 8, ValueError, r"effective size 8\) does not fit .* \(7\)"),
        ("input", np.full((5, 5), np.nan), ValueError, r"input: cell \[0, 0\] is nan"),
        ("input", np.full((5, 5), np.inf), ValueError, r"input: cell \[0, 0\] is inf"),
        ("input", np.full((5, 5), 2**60), ValueError, "up to 9007199254740991"),
        (
            "input",
            np.full((5, 5), 1e200),
            ValueError,
            r"cell \[0, 0\] is 1e\+200: .* up to 1e\+150",
        ),
        ("input", np.ones((5, 5)) * 1j, TypeError, "real numbers"),
        ("kernel", [["a"] * 3] * 3, TypeError, "kernel must hold numbers"),
        ("kernel", [[1, 2], [3]], ValueError, "rows differ in length"),
        ("kernel", 1, ValueError, r"kernel has shape \(\)"),
        ("position", (3, 0), ValueError, r"\(3, 0\) is not in the output \(3, 3\)"),
        ("position", (0,), ValueError, r"\(0,\) is not in the output"),
        ("position", (0.5, 0), ValueError, "position must be an integer, not 0.5"),
        ("theme", "blue", traitlets.TraitError, "auto"),
    ],
)
def test_an_assignment_that_cannot_be_raises_and_changes_nothing(
    widget, name, value, error, message
):
    before = widget.get_state()
    with pytest.raises(error, match=message):
        setattr(widget, name, value)
    assert widget.get_state() == before


@pytest.mark.parametrize(
    "layer",
    [MaxPool(4, 2), ConvTranspose(2, 3), Conv((5,), 3), Conv((4, 4, 4), 2), Conv(4, 2, groups=2)],
    ids=repr,
)
def test_a_layer_that_it_cannot_draw_is_refused_at_once(layer):
    with pytest.raises(ValueError, match="the widget draws"):
        ConvWidget(layer)


@pytest.mark.parametrize(
    ("layer", "message"),
    [
        (Conv(513, 3), "at most 512 cells in a row, and not 513"),
        (Conv(500, 3, padding=10), "at most 512 cells in a row, and not 520"),
        (Conv(600, 3, padding=-250), "at most 512 cells in a row, and not 600"),
        (Conv(300, 3, stretch=2, padding=-100), "at most 512 cells in a row, and not 599"),
        (Conv(512, 50), r"at most 16777216 products, and not 535922500"),
    ],
    ids=repr,
)
def test_what_a_page_cannot_draw_is_refused_with_the_numbers(layer, message):
    with pytest.raises(ValueError, match=message):
        ConvWidget(layer)


def test_a_misspelt_parameter_is_refused():
    with pytest.raises(TypeError, match="takes no 'kernal'"):
        ConvWidget(Conv(5, 3), kernal="ones")


def test_edits_and_fills_survive_a_change_of_size(widget):
    small = widget.input.copy()
    widget.set_state({"input": {"fill": "random", "edits": [[[4, 4], 99]]}})
    widget.input_size = 3
    assert widget.input.tolist() == small[:3, :3].tolist()
    widget.input_size = 6
    assert widget.input[4, 4] == 99
    assert widget.input[:4, :4].tolist() == small[:4, :4].tolist()


def test_an_array_comes_back_and_has_zeros_beyond_it(widget):
    numbers = np.arange(25).reshape(5, 5) * 0.5
    widget.input = numbers
    widget.input_size = 7
    assert widget.input[:5, :5].tolist() == numbers.tolist()
    assert not widget.input[5:].any()
    widget.input_size = 5
    assert widget.input.tolist() == numbers.tolist()


def test_what_was_read_can_be_written_back_and_keeps_its_fill(widget):
    widget.input = widget.input
    widget.set(kernel=widget.kernel)
    assert repr(widget) == repr(ConvWidget(widget.layer))


def test_what_was_read_at_another_size_is_refused(widget):
    old = widget.input
    widget.input_size = 8
    with pytest.raises(ValueError, match=r"input has shape \(5, 5\), but the layer's is \(8, 8\)"):
        widget.input = old


def test_sums_too_large_for_an_integer_are_floats_as_in_the_page(widget):
    widget.set(input=np.full((5, 5), 2**40), kernel=np.full((3, 3), 2**30))
    assert widget.output[1, 1] == 9 * 2.0**70


@pytest.mark.parametrize("name", ["input", "kernel", "output"])
def test_a_change_of_a_single_cell_would_be_lost_and_is_refused(widget, name):
    with pytest.raises(ValueError, match="read-only"):
        getattr(widget, name)[0, 0] = 1


def test_the_position_stays_inside_the_output(widget):
    widget.position = (2, 1)
    widget.stride = 4
    assert widget.position == (1, 1)
    widget.position = np.unravel_index(0, (2, 2))
    assert widget.position == (0, 0)


def test_observers_hear_of_the_layer_and_of_the_numbers(widget):
    heard = []
    widget.observe(lambda change: heard.append((change.name, change.new)), ["layer", "kernel"])
    widget.stride = 1
    widget.kernel = "ones"
    (first, layer), (second, kernel) = heard
    assert (first, layer) == ("layer", Conv(5, 3, padding=1))
    assert second == "kernel"
    assert kernel.tolist() == [[1] * 3] * 3


def test_two_widgets_can_be_linked_by_their_layer(widget):
    other = ConvWidget(Conv(7, 3))
    traitlets.link((widget, "layer"), (other, "layer"))
    other.kernel_size = 5
    assert widget.layer == other.layer == Conv(5, 5, stride=2, padding=1)
    assert VBox([widget, other]).children == (widget, other)


def test_what_the_page_chose_is_taken(widget):
    layer = to_wire(Conv(8, 3, dilation=2))
    widget.set_state({"layer": json.loads(json.dumps(layer)), "position": [3, 2]})
    assert widget.layer == Conv(8, 3, dilation=2)
    assert widget.position == (3, 2)


@pytest.mark.parametrize(
    "sent",
    [
        {"layer": {"type": "Conv", "input_size": [2, 2], "kernel_size": [5, 5]}},
        {"layer": {"type": "Lens", "input_size": [2, 2], "kernel_size": [1, 1]}},
        {"layer": {"type": "Conv", "input_size": [4, 4], "kernel_size": [1, 1], "lens": 3}},
        {
            "layer": {"type": "Conv", "input_size": [5, 5], "kernel_size": [5, 5]},
            "position": [2, 2],
        },
        {"position": [0, 0], "input": {"fill": "snow"}},
        {"position": [0, 0], "kernel": {"array": [[1, None]]}},
        {"input": {"array": [1, 2]}},
        {"input": {"array": [[1, 2], [3]]}},
        {"input": {"fill": "ones", "edits": [[[-1, 0], 5]]}},
        {"input": None},
        {"kernel": "x"},
        {"layer": [1]},
        {"position": [1, 9]},
        {"position": [1, 1], "view": "cube"},
    ],
    ids=json.dumps,
)
def test_what_the_page_must_not_send_is_taken_back_whole(widget, sent, monkeypatch):
    widget.position = (2, 1)
    before = widget.get_state()
    answers = []
    monkeypatch.setattr(widget, "send_state", answers.append)
    widget.set_state(sent)
    assert widget.get_state() == before
    assert answers[-1] == set(sent)  # the page is told how things stand


def test_the_state_for_the_page_is_small_plain_json(widget):
    state = widget.get_state(["layer", "input", "kernel", "view", "position", "theme", "initial"])
    text = json.dumps(state)
    assert len(text) < 700
    assert json.loads(text)["input"] == {"fill": "random"}
    assert state["initial"]["layer"] == state["layer"]


def test_reset_returns_to_how_the_widget_was_made(widget):
    made = widget.get_state("initial")
    widget.set(input_size=9, kernel="ones")
    assert widget.get_state("initial") == made
    assert made["initial"]["kernel"] == {"fill": "ramp"}


def test_a_figure_shows_the_guides_layer_and_numbers():
    widget = ConvWidget.figure("1.2")
    layer, x, kernel = figure("1.2")
    assert widget.layer == layer
    assert (widget.input.tolist(), widget.kernel.tolist()) == (x.tolist(), kernel.tolist())
    with pytest.raises(ValueError, match="draws a Conv"):
        ConvWidget.figure("1.6")


def test_its_repr_is_the_same_in_every_run(widget):
    text = "ConvWidget(Conv(5, 3, stride=2, padding=1), input='random', kernel='ramp')"
    assert repr(widget) == text
    widget.kernel = np.eye(3)
    assert repr(widget) == text.replace("'ramp'", "array")


def test_a_stored_output_has_a_picture_for_where_no_widget_lives(widget):
    data, _ = widget._repr_mimebundle_()
    assert data["text/plain"] == repr(widget)
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == widget.model_id
    assert data["image/png"].startswith(b"\x89PNG")


def test_without_matplotlib_it_is_shown_without_a_picture(widget, monkeypatch):
    for name in [name for name in sys.modules if name.startswith("matplotlib")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    data, _ = widget._repr_mimebundle_()
    assert "image/png" not in data
    assert "application/vnd.jupyter.widget-view+json" in data


def test_the_arithmetic_and_the_widget_load_without_numpy_and_matplotlib():
    program = (
        "import sys; from convwidget import Conv, ConvWidget, explain\n"
        "w = ConvWidget(Conv(5, 3, stride=2)); w.stride = 1; explain(w.layer); repr(w)\n"
        "print([name for name in ('numpy', 'matplotlib') if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"
