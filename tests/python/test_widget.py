"""The widget as Python sees it: what can be set, what is refused, and who hears of it."""

import numpy as np
import pytest
import traitlets
from ipywidgets import VBox, interactive
from scipy.ndimage import maximum_filter
from scipy.signal import convolve, correlate, correlate2d

from convwidget import AvgPool, Conv, ConvTranspose, ConvWidget, MaxPool, figure
from convwidget.guide import FIGURES


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
        ({"stride": 1, "colour": "red"}, TypeError, "Conv has no 'colour'; there are input_size, "),
        ({"stride": 1, "ceil_mode": True}, TypeError, "Conv has no 'ceil_mode'; there are "),
        ({"stride": 1, "input": [[1, 2]]}, ValueError, r"input has shape \(1, 2\), .* \(5, 5\)"),
        ({"stride": 1, "kernel": "blurred"}, ValueError, "'blurred' is no fill: 'random', 'ramp'"),
        (
            {"stride": 1, "position": (5, 0)},
            ValueError,
            r"\(5, 0\) is not in the output, whose size is \(5, 5\)",
        ),
        ({"stride": 1, "view": "cube"}, traitlets.TraitError, "grids"),
        ({"layer": Conv((4, 4, 4, 4), 2)}, ValueError, "at most 3 dimensions, and not 4"),
        (
            {"layer": 3},
            ValueError,
            r"draws a layer \(Conv, ConvTranspose, MaxPool, AvgPool\), and not 3",
        ),
        ({"layer": MaxPool(5, 3), "kernel": "ones"}, ValueError, "MaxPool has no kernel: none can"),
        ({"layer": MaxPool(5, 3), "kernel": np.eye(3)}, ValueError, "MaxPool has no kernel: none"),
        ({"layer": MaxPool(5, 3), "stretch": 2}, TypeError, "MaxPool has no 'stretch'"),
        ({"stride": 1, "predict": 3}, traitlets.TraitError, "boolean"),
        (
            {"input_size": 4, "position": (2, 2)},
            ValueError,
            r"\(2, 2\) is not in the output, whose size is \(2, 2\)",
        ),
        ({"groups": 17}, ValueError, "at most 16 maps of the input, and not 17"),
        ({"groups": 2, "in_channels": 3}, ValueError, "in_channels 3 cannot form 2 groups"),
        (
            {"in_channels": 2, "input": np.ones((5, 5))},
            ValueError,
            r"input has shape \(5, 5\), but the layer's is \(2, 5, 5\)",
        ),
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
        ("position", (3, 0), ValueError, r"\(3, 0\) is not in the output, whose size is \(3, 3\)"),
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


def test_what_it_cannot_draw_is_refused_at_once():
    with pytest.raises(ValueError, match="at most 512 cells in a row, and not 513"):
        ConvWidget(Conv(513, 3))
    with pytest.raises(ValueError, match="MaxPool has no kernel: none can be given"):
        ConvWidget(MaxPool(4, 2), kernel="ones")


def test_channels_are_in_the_arrays_where_the_layer_states_some():
    widget = ConvWidget(Conv(5, 3, in_channels=2, out_channels=3), kernel="sobel")
    x, kernel, out = widget.input, widget.kernel, widget.output
    assert (x.shape, kernel.shape, out.shape) == ((2, 5, 5), (3, 2, 3, 3), (3, 3, 3))
    assert widget.position == (0, 0, 0)
    for feature in range(3):
        assert out[feature].tolist() == correlate(x, kernel[feature], "valid")[0].tolist()
    assert kernel[2, 1].tolist() == [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]


def test_groups_part_the_channels():
    widget = ConvWidget(Conv(5, 3, groups=2))
    x, kernel = widget.input, widget.kernel
    for group in range(2):
        alone = correlate2d(x[group], kernel[group, 0], "valid")
        assert widget.output[group].tolist() == alone.tolist()


def test_a_transposed_convolution_spreads_each_cell():
    widget = ConvWidget(ConvTranspose(3, 3, stride=2, padding=1, output_padding=1))
    spread = np.zeros((6, 6))
    spread[::2, ::2] = widget.input
    assert widget.output.tolist() == convolve(spread, widget.kernel)[1:7, 1:7].round().tolist()
    widget.output_padding = 0
    assert widget.output.shape == (5, 5)


def test_a_pool_has_no_kernel_and_a_convolution_after_it_has_the_one_from_before():
    kernel = np.arange(9).reshape(3, 3)
    widget = ConvWidget(Conv(6, 3), kernel=kernel)
    widget.layer = MaxPool(6, 3, stride=1)
    assert widget.kernel is None
    assert widget.output.tolist() == maximum_filter(widget.input, 3)[1:-1, 1:-1].tolist()
    widget.kernel = widget.kernel  # None, and so there is nothing to refuse
    with pytest.raises(ValueError, match="MaxPool has no kernel: none can be given"):
        widget.kernel = "ones"
    widget.layer = AvgPool((6,), 2)
    assert widget.output.tolist() == widget.input.reshape(3, 2).mean(axis=1).tolist()
    widget.layer = Conv(6, 3)
    assert widget.kernel.tolist() == kernel.tolist()


@pytest.mark.parametrize("layer", [Conv((6,), 3), Conv((4, 5, 6), (2, 3, 2))], ids=repr)
def test_one_and_three_dimensions_are_layers_like_others(layer):
    widget = ConvWidget(layer)
    assert widget.output.tolist() == correlate(widget.input, widget.kernel, "valid").tolist()
    assert widget.position == (0,) * len(layer.axes)


@pytest.mark.parametrize(
    ("layer", "name", "value"),
    [
        (Conv(5, 3), "stretch", 2),
        (Conv(5, 3), "groups", 3),
        (Conv(5, 3), "in_channels", 2),
        (Conv(5, 3), "out_channels", 2),
        (ConvTranspose(3, 3, stride=2), "output_padding", 1),
        (MaxPool(5, 2), "ceil_mode", True),
        (AvgPool(5, 2), "count_include_pad", False),
    ],
    ids=repr,
)
def test_every_setting_of_a_type_is_a_property(layer, name, value):
    widget = ConvWidget(layer)
    setattr(widget, name, value)
    assert widget.layer == type(layer)(
        5 if layer.input_size[0] == 5 else 3,
        layer.kernel_size,
        stride=layer.stride,
        **{name: value},
    )
    assert getattr(widget, name) == getattr(widget.layer, name)


@pytest.mark.parametrize(
    ("layer", "name"),
    [
        (Conv(5, 3), "output_padding"),
        (ConvTranspose(5, 3), "stretch"),
        (MaxPool(5, 3), "groups"),
        (MaxPool(5, 3), "count_include_pad"),
        (AvgPool(5, 3), "in_channels"),
    ],
    ids=repr,
)
def test_a_setting_that_a_type_does_not_have_is_refused_with_its_name(layer, name):
    widget = ConvWidget(layer)
    with pytest.raises(TypeError, match=f"{type(layer).__name__} has no '{name}'; there are "):
        setattr(widget, name, 1)
    with pytest.raises(AttributeError, match=f"{type(layer).__name__} has no {name}"):
        getattr(widget, name)
    assert widget.layer == layer


def test_a_layer_that_contradicts_an_explicit_array_is_refused_unless_both_come(widget):
    widget.input = np.ones((5, 5))
    message = (
        r"input is an array of 2 dimensions, .* shape \(2, 5, 5\): set both at once, as in set"
    )
    for change in (
        lambda: widget.set(in_channels=2),
        lambda: setattr(widget, "in_channels", 2),
        lambda: setattr(widget, "layer", Conv(5, 3, in_channels=2)),
    ):
        with pytest.raises(ValueError, match=message):
            change()
        assert widget.layer == Conv(5, 3, stride=2, padding=1)
        assert widget.input.tolist() == [[1] * 5] * 5
    widget.set(in_channels=2, input=np.ones((2, 5, 5)))
    assert widget.output.shape == (1, 3, 3)


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


def test_observers_hear_of_the_old_numbers_at_the_old_layers_size(widget):
    heard = []
    widget.observe(lambda change: heard.append((change.old, change.new)), "input")
    old = widget.input
    widget.set(input_size=3, input=[[1, 2, 3]] * 3)
    assert [[array.tolist() for array in pair] for pair in heard] == [
        [old.tolist(), [[1, 2, 3]] * 3]
    ]
    widget.set(layer=Conv((4,), 2), input=[1, 2, 3, 4])
    assert heard[1][0].tolist() == [[1, 2, 3]] * 3
    assert heard[1][1].tolist() == [1, 2, 3, 4]


def test_an_observer_can_change_what_it_hears_of(widget):
    heard = []
    widget.observe(lambda _: widget.set(input="ones"), "layer")
    widget.observe(lambda change: heard.append((change.old.shape, change.new.shape)), "input")
    widget.set(layer=Conv((4,), 2), input=[1, 2, 3, 4])
    assert heard[0] == ((4,), (4,))
    assert widget.input.tolist() == [1] * 4


def test_a_function_of_the_widget_can_be_driven_by_ipywidgets(widget):
    panel = interactive(widget.set, stride=(1, 4))
    panel.children[0].value = 3
    assert widget.stride == (3, 3)


def test_a_kernel_that_comes_with_a_convolution_had_no_old_numbers():
    widget = ConvWidget(MaxPool(4, 2))
    heard = []
    widget.observe(heard.append, "kernel")
    widget.set(layer=Conv(4, 2), kernel="ones")
    assert heard[0].old is None
    assert heard[0].new.tolist() == [[1, 1], [1, 1]]
    assert heard[0].keys() == {"name", "old", "new", "owner", "type"}


def test_two_widgets_can_be_linked_by_their_layer(widget):
    other = ConvWidget(Conv(7, 3))
    traitlets.link((widget, "layer"), (other, "layer"))
    other.kernel_size = 5
    assert widget.layer == other.layer == Conv(5, 5, stride=2, padding=1)
    assert VBox([widget, other]).children == (widget, other)


@pytest.mark.parametrize("number", FIGURES)
def test_a_figure_shows_the_guides_layer_and_numbers_in_a_view_like_the_guides(number):
    widget = ConvWidget.figure(number)
    layer, x, kernel = figure(number)
    assert widget.layer == layer
    assert widget.input.tolist() == x.tolist()
    assert (widget.kernel is None) if kernel is None else (widget.kernel == kernel).all()
    drawn = {"1.4": "subsampling", "2.8a": "ruler", "2.8b": "ruler"}
    assert widget.view == drawn.get(number, "equivalent" if number[0] == "4" else "grids")


def test_a_figure_can_be_shown_in_another_view_and_with_other_numbers():
    widget = ConvWidget.figure("4.6", view="stamp", kernel="ones", predict=True)
    assert repr(widget) == (
        "ConvWidget(ConvTranspose(3, 3, stride=2, padding=1), input='random', kernel='ones', "
        "view='stamp', predict=True)"
    )


def test_its_repr_is_the_same_in_every_run(widget):
    text = "ConvWidget(Conv(5, 3, stride=2, padding=1), input='random', kernel='ramp')"
    assert repr(widget) == text
    widget.kernel = np.eye(3)
    assert repr(widget) == text.replace("'ramp'", "array")
