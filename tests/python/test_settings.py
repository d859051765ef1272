"""What is refused, and that the message has the numbers in it."""

import re
from dataclasses import FrozenInstanceError
from math import nan

import numpy as np
import pytest
from refusal import refuses

from convwidget import AvgPool, Conv, ConvTranspose, MaxPool

LAYERS = [Conv, ConvTranspose, MaxPool, AvgPool]
NO_INTEGERS = [5.5, 5.0, True, "5", nan, None, np.float64(5), np.ones(2, dtype=int), {5}, b"5", 1j]


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("value", NO_INTEGERS, ids=repr)
@pytest.mark.parametrize("name", ["input_size", "kernel_size", "stride", "padding", "dilation"])
def test_what_is_no_integer_is_refused_alone_and_in_a_tuple(layer, name, value):
    good = {"input_size": 6, "kernel_size": 3}
    if not isinstance(value, (str, set, np.ndarray)) or name != "padding":
        given = value
        if not (name == "stride" and value is None and layer in (MaxPool, AvgPool)):
            with refuses(TypeError, f"{name} must be an integer, not {value!r}"):
                layer(**{**good, name: given})
    with refuses(TypeError, f"{name} must be an integer, not {value!r}"):
        layer(**{**good, name: (1, value)})


@pytest.mark.parametrize("value", NO_INTEGERS, ids=repr)
def test_the_other_settings_take_integers_only(value):
    with refuses(TypeError, f"stretch must be an integer, not {value!r}"):
        Conv(5, 3, stretch=value)
    with refuses(TypeError, f"output_padding must be an integer, not {value!r}"):
        ConvTranspose(5, 3, stride=2, output_padding=value)
    with refuses(TypeError, f"padding must be an integer, not {value!r}"):
        Conv(5, 3, padding=((0, 0), (value, 0)))
    for layer in (Conv, ConvTranspose):
        with refuses(TypeError, f"groups must be an integer, not {value!r}"):
            layer(5, 3, groups=value)
        for name in ("in_channels", "out_channels"):
            if value is not None:
                with refuses(TypeError, f"{name} must be an integer, not {value!r}"):
                    layer(5, 3, **{name: value})


@pytest.mark.parametrize("value", [0, 1, None, "yes", 1.0])
def test_a_switch_is_true_or_false(value):
    for layer in (MaxPool, AvgPool):
        with refuses(TypeError, f"ceil_mode must be True or False, not {value!r}"):
            layer(5, 3, ceil_mode=value)
    with refuses(TypeError, f"count_include_pad must be True or False, not {value!r}"):
        AvgPool(5, 3, count_include_pad=value)


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("name", ["input_size", "kernel_size", "stride", "dilation"])
def test_sizes_are_at_least_1_and_at_most_the_bound(layer, name):
    good = {"input_size": 6, "kernel_size": 3}
    for value in (0, -5):
        message = f"{name} must be at least 1, but it is {value}"
        for given in (value, (1, value)):
            with refuses(ValueError, message):
                layer(**{**good, name: given})
    for value in (2**31, 10**30):
        with refuses(ValueError, f"{name} must be at most 2147483647, but it is {value}"):
            layer(**{**good, name: value})


@pytest.mark.parametrize("layer", LAYERS)
def test_a_tuple_has_an_entry_per_axis(layer):
    for name in ("input_size", "kernel_size", "stride", "padding", "dilation"):
        with refuses(ValueError, f"{name} is empty: give an integer, or one per axis"):
            layer(**{"input_size": 6, "kernel_size": 3, name: ()})
    disagree = "the settings disagree on the number of axes: "
    with refuses(ValueError, f"{disagree}input_size has 2 and kernel_size has 3"):
        layer((6, 6), (3, 3, 3))
    with refuses(ValueError, f"{disagree}kernel_size has 1 and stride has 2"):
        layer(6, (3,), stride=(1, 1))
    with refuses(ValueError, f"{disagree}input_size has 2 and padding has 3"):
        layer((6, 6), 3, padding=(1, 1, 1))
    with refuses(ValueError, f"{disagree}input_size has 2 and padding has 1"):
        layer((6, 6), 3, padding=((1, 1),))


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize(
    ("size", "padding", "hint"),
    [
        (6, (0, 1, 0, 1), "2 axes"),
        ((6, 6), [1, 1, 1, 1], "2 axes"),
        ((6, 6, 6), (0, 0, 0, 1, 1, 1), "3 axes"),
        (6, (0, 0, 0, 1, 1, 1), "3 axes"),
        ((6,), (1, 2), "1 axis"),
        ((6,), [0, 0], "1 axis"),
    ],
)
def test_a_flat_list_of_both_sides_is_refused_with_a_hint(layer, size, padding, hint):
    pairs = ", ".join(["(before, after)"] * int(hint[0])) + "," * (hint[0] == "1")
    message = (
        f"padding={tuple(padding)} could list both sides of {hint} in ONNX's order or in that of "
        f"torch.nn.functional.pad: give pairs, padding=({pairs})"
    )
    with refuses(ValueError, message):
        layer(size, 3, padding=padding)


@pytest.mark.parametrize("layer", LAYERS)
def test_padding_is_integers_pairs_or_a_known_name(layer):
    names = "'valid', 'half', 'full', 'same', 'same_lower', 'causal'"
    for name in ("SAME", "zero", "", "same upper"):
        with refuses(ValueError, f"padding={name!r} is not a known name: {names}"):
            layer(6, 3, padding=name)
    for entry in ((), (1,), (1, 2, 3)):
        with refuses(ValueError, f"padding needs (before, after) for each axis, not {entry}"):
            layer(6, 3, padding=(entry, (1, 1)))
    with refuses(TypeError, "padding must be an integer, not 'same'"):
        layer(6, 3, padding=("same", "half"))
    with refuses(TypeError, "padding must be an integer, not (1, 2)"):
        layer(6, 3, padding=(((1, 2), 3), (1, 1)))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Conv(5, 6), "the kernel (effective size 6) does not fit in the padded input (5)"),
        (
            lambda: Conv((5, 4), 3, dilation=2),
            "the kernel (effective size 5) does not fit in the padded input (4), on axis 1",
        ),
        (
            lambda: Conv(5, 3, dilation=(1, 3)),
            "the kernel (effective size 7) does not fit in the padded input (5), on axis 1",
        ),
        (
            lambda: ConvTranspose(3, 3, stride=(2, 3), output_padding=2),
            "output_padding must be smaller than the larger of stride (2) and dilation (1), "
            "but it is 2, on axis 0",
        ),
        (
            lambda: Conv(5, 3, padding=-2),
            "the kernel (effective size 3) does not fit in the padded input (1)",
        ),
        (
            lambda: MaxPool(2, 5, stride=2, ceil_mode=True),
            "the kernel (effective size 5) does not fit in the padded input (2)",
        ),
        (
            lambda: AvgPool((5, 3), (2, 5), padding="valid"),
            "the kernel (effective size 5) does not fit in the padded input (3), on axis 1",
        ),
        (
            lambda: Conv(5, 1, padding=-3),
            "padding -3 before and -3 after crops the input (5) to nothing",
        ),
        (
            lambda: Conv((5,), 1, padding=((-5, 0),)),
            "padding -5 before and 0 after crops the input (5) to nothing",
        ),
        (
            lambda: ConvTranspose((3, 1), 3, padding=2),
            "padding 2 before and 2 after leaves nothing of the output (3), on axis 1",
        ),
        (
            lambda: ConvTranspose(1, 2, padding="half"),
            "padding 1 before and 1 after leaves nothing of the output (2)",
        ),
        (
            lambda: Conv(2**31 - 1, 3, padding=1),
            "the padded input must be at most 2147483647, but it is 2147483649",
        ),
        (
            lambda: Conv(5, 3, dilation=2**30),
            "the effective kernel must be at most 2147483647, but it is 2147483649",
        ),
        (
            lambda: ConvTranspose(2**30, 3, stride=3),
            "the padded input must be at most 2147483647, but it is 3221225474",
        ),
        (
            lambda: Conv(5, 3, padding=-(2**31)),
            "padding must be at least -2147483647, but it is -2147483648",
        ),
        (
            lambda: Conv(5, 3, padding=((0, 2**31), (0, 0))),
            "padding must be at most 2147483647, but it is 2147483648",
        ),
        (
            lambda: Conv(5, 3, groups=0),
            "groups must be at least 1, but it is 0",
        ),
        (
            lambda: Conv(5, 3, groups=2, in_channels=3),
            "in_channels 3 cannot form 2 groups",
        ),
        (
            lambda: ConvTranspose(5, 3, groups=4, out_channels=6),
            "out_channels 6 cannot form 4 groups",
        ),
        (
            lambda: Conv(5, 3, in_channels=0),
            "in_channels must be at least 1, but it is 0",
        ),
        (
            lambda: Conv(5, 3, stretch=(1, 2)).transposed(),
            "a layer with stretch (1, 2) has no transposed layer",
        ),
        (
            lambda: ConvTranspose(3, 3, padding="causal"),
            "padding='causal' has no meaning in a transposed convolution",
        ),
        (
            lambda: ConvTranspose(3, 3, stride=2, padding="same", output_padding=1),
            "padding='same' makes the output 6: output_padding must be 0, but it is 1",
        ),
        (
            lambda: ConvTranspose(3, 3, stride=2, padding="same_lower", output_padding=(0, 1)),
            "padding='same_lower' makes the output 6: output_padding must be 0, but it is 1",
        ),
        (
            lambda: ConvTranspose(3, 3, stride=2, output_padding=-1),
            "output_padding must be at least 0, but it is -1",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_the_numbers(make, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        make()


def test_settings_of_other_layers_are_unknown():
    for make in (
        lambda: ConvTranspose(3, 3, stretch=2),
        lambda: MaxPool(4, 2, groups=2),
        lambda: MaxPool(4, 2, count_include_pad=False),
        lambda: Conv(5, 3, output_padding=1),
        lambda: Conv(5, 3, ceil_mode=True),
    ):
        with pytest.raises(TypeError, match="unexpected keyword argument"):
            make()


@pytest.mark.parametrize("layer", [Conv(5, 3), ConvTranspose(5, 3), MaxPool(5, 3), AvgPool(5, 3)])
def test_a_layer_is_frozen(layer):
    before = repr(layer)
    for name in ("stride", "input_size", "axes", "colour"):
        with pytest.raises(FrozenInstanceError):
            setattr(layer, name, (2, 2))
    with pytest.raises(FrozenInstanceError):
        del layer.stride
    assert repr(layer) == before


@pytest.mark.parametrize(
    ("layer", "size", "message"),
    [
        (Conv(5, 3), 2, "the kernel (effective size 3) does not fit in the padded input (2)"),
        (ConvTranspose(5, 3, padding=2), 1, "leaves nothing of the output (3)"),
        (MaxPool(5, 3), (5, 2), "does not fit in the padded input (2), on axis 1"),
        (AvgPool(5, 3), (5,), "input_size has 1 entries, but there are 2 axes"),
        (Conv(5, 3), (), "input_size has 0 entries, but there are 2 axes"),
        (Conv(5, 3), 0, "input_size must be at least 1, but it is 0"),
    ],
)
def test_a_refused_input_size_leaves_the_layer_as_it_was(layer, size, message):
    before = repr(layer), hash(layer), layer.axes
    with refuses(ValueError, message):
        layer.at(size)
    with refuses(TypeError, "input_size must be an integer, not 5.5"):
        layer.at(5.5)
    assert (repr(layer), hash(layer), layer.axes) == before
