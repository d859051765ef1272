"""What travels between the widget and the page, and what a page that is not live shows."""

import json
import subprocess
import sys

import pytest

from convwidget import AvgPool, Conv, ConvTranspose, ConvWidget, MaxPool
from convwidget.layers.wire import to_wire
from convwidget.plotting import png

LAYER = Conv(5, 3, stride=2, padding=1)
WIRE = json.loads(json.dumps(to_wire(LAYER)))
RIGHT = {"layer": WIRE, "answer": [3, 3], "right": True}
WRONG = {"layer": WIRE, "answer": [2, 3], "right": False}


@pytest.fixture
def widget():
    return ConvWidget(LAYER)


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
        {"layer": to_wire(Conv(600, 3))},
        {"layer": to_wire(Conv(5, 3, groups=17))},
        {"kernel": {"array": [[[[1, 2], [3, 4]]]]}},
        {"predict": "yes"},
        {"answers": 3},
        {"answers": [3]},
        {"answers": [{}]},
        {"answers": [{**RIGHT, "layer": {"type": "Lens"}}]},
        {"answers": [{**RIGHT, "layer": None}]},
        {"answers": [{**WRONG, "answer": [3]}]},
        {"answers": [{**RIGHT, "answer": [3.5, 3]}]},
        {"answers": [{**RIGHT, "answer": "33"}]},
        {"answers": [{**RIGHT, "right": 1}]},
        {"answers": [{**RIGHT, "right": False}]},
        {"answers": [{**RIGHT, "answer": [2, 2]}]},
        {"answers": [{**RIGHT, "note": "<b>"}]},
        {"answers": [RIGHT, {"right": True}]},
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


def test_what_belongs_together_is_taken_together(widget):
    widget.input = [[1] * 5] * 5
    layer = json.loads(json.dumps(to_wire(Conv((4,), 2, in_channels=2))))
    for order in (("input", "layer", "position"), ("position", "layer", "input")):
        sent = {"layer": layer, "input": {"array": [[1, 2, 3, 4]] * 2}, "position": [0, 1]}
        widget.set_state({name: sent[name] for name in order})
        assert widget.output.tolist() == [[16, 26, 36]]
        assert widget.position == (0, 1)
        widget.set(layer=LAYER, input=[[1] * 5] * 5)


def test_a_layer_that_an_explicit_array_contradicts_is_taken_back(widget, monkeypatch):
    widget.input = [[1] * 5] * 5
    answers = []
    monkeypatch.setattr(widget, "send_state", answers.append)
    widget.set_state({"layer": to_wire(Conv((4,), 2))})
    assert widget.layer == LAYER
    assert answers[-1] == {"layer"}


def test_a_pool_keeps_the_kernel_that_the_page_sends_for_later():
    widget = ConvWidget(MaxPool(4, 2))
    widget.set_state({"kernel": {"fill": "blur"}})
    assert widget.kernel is None
    assert widget.get_state("kernel") == {"kernel": {"fill": "blur"}}
    widget.layer = Conv(4, 2)
    assert widget.kernel.tolist() == [[1, 1], [1, 1]]


def test_the_states_of_all_types_travel_in_one_form():
    with_channels = ConvWidget(Conv(5, 3, in_channels=2, out_channels=3)).get_state()
    assert json.loads(json.dumps(with_channels["layer"])) == {
        "type": "Conv",
        "input_size": [5, 5],
        "kernel_size": [3, 3],
        "stride": [1, 1],
        "padding": [[0, 0], [0, 0]],
        "dilation": [1, 1],
        "groups": 1,
        "in_channels": 2,
        "out_channels": 3,
        "stretch": [1, 1],
    }
    assert with_channels["position"] == (0, 0, 0)
    pool = ConvWidget(MaxPool(4, 2)).get_state()
    assert "groups" not in pool["layer"]
    assert pool["kernel"] == {"fill": "ramp"}
    assert (pool["predict"], pool["answers"]) == (False, [])


def test_predictions_are_kept_in_order(widget):
    widget.set_state({"answers": [WRONG]})
    widget.set_state({"answers": [WRONG, RIGHT]})
    assert widget.answers == [WRONG, RIGHT]
    assert widget.get_state("answers") == {"answers": [WRONG, RIGHT]}


def test_a_stored_picture_shows_no_output_before_it_is_predicted(widget):
    def picture():
        return widget._repr_mimebundle_()[0]["image/png"]

    shown, hidden = (png(LAYER, widget.input, widget.kernel, predict=p) for p in (False, True))
    assert shown != hidden
    assert picture() == shown
    widget.predict = True
    assert picture() == hidden
    widget.set_state({"answers": [WRONG]})
    assert picture() == hidden
    widget.set_state({"answers": [WRONG, RIGHT]})
    assert picture() == shown
    widget.stride = 1  # another layer asks again
    assert picture() == png(widget.layer, widget.input, widget.kernel, predict=True)


def test_predicting_is_a_setting_and_part_of_the_repr():
    widget = ConvWidget(LAYER, predict=True)
    assert repr(widget).endswith("kernel='ramp', predict=True)")
    assert widget.get_state("predict") == {"predict": True}


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


def test_a_stored_output_has_a_picture_for_where_no_widget_lives(widget):
    data, _ = widget._repr_mimebundle_()
    assert data["text/plain"] == repr(widget)
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == widget.model_id
    assert data["image/png"].startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "layer",
    [
        Conv(5, 3, in_channels=2, out_channels=3),
        Conv((3, 4, 4), 2, groups=2),
        ConvTranspose((4,), 3, stride=2),
        MaxPool(4, 2),
        AvgPool((2, 4, 4), 2),
    ],
    ids=repr,
)
def test_every_layer_has_a_stored_picture(layer):
    widget = ConvWidget(layer)
    stored = widget._repr_mimebundle_()[0]["image/png"]
    style = "stamp" if isinstance(layer, ConvTranspose) else "flat"
    assert stored == png(layer, widget.input, widget.kernel, style=style)


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
