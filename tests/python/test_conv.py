"""Conv, against SciPy, ONNX Runtime and windows slid by hand."""

import copy
import pickle
from functools import partial

import brute
import numpy as np
import onnx_node
import pytest
from draws import convs, dimensions, operands, pairs, sizes
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal
from scipy import signal

from convwidget import AvgPool, Conv, ConvTranspose, MaxPool
from convwidget.layers.settings import PADDING_NAMES


def by_hand(layer):
    """What the layer's windows see along each axis."""
    return [
        brute.windows(*setting)
        for setting in zip(
            layer.input_size,
            layer.kernel_size,
            layer.stride,
            *zip(*layer.pads, strict=True),
            layer.dilation,
            layer.stretch,
            strict=True,
        )
    ]


def settings(layer):
    names = ("input_size", "kernel_size", "stride", "dilation", "groups", "stretch")
    return {name: getattr(layer, name) for name in (*names, "padding")}


def spread(array, steps):
    """An array with zeros between its cells, so that they stand `steps` apart."""
    sizes = [step * (n - 1) + 1 for n, step in zip(array.shape, steps, strict=True)]
    wide = np.zeros(sizes, dtype=array.dtype)
    wide[tuple(slice(None, None, step) for step in steps)] = array
    return wide


@given(operands(convs(dims=(1, 4))))
def test_it_computes_what_a_window_slid_by_hand_sums(case):
    layer, x, kernel = case
    windows = by_hand(layer)
    assert layer.output_size == tuple(map(len, windows))
    for maps, out in zip(x, layer.apply(x, kernel), strict=True):
        assert brute.same(out, brute.correlate(maps, kernel, windows, layer.groups))


@given(operands(convs(dims=(1, 4), least_padding=0)))
def test_it_agrees_with_scipy_in_one_to_four_dimensions(case):
    layer, x, kernel = case
    per_group = kernel.shape[1]
    every = tuple(slice(None, None, step) for step in layer.stride)
    for maps, out in zip(x, layer.apply(x, kernel), strict=True):
        lines = [np.pad(spread(one, layer.stretch), layer.pads) for one in maps]
        for f, weights in enumerate(kernel):
            first = f // (len(kernel) // layer.groups) * per_group
            expected = sum(
                signal.correlate(
                    lines[first + c], spread(weights[c], layer.dilation), "valid", method="direct"
                )[every]
                for c in range(per_group)
            )
            assert_array_equal(out[f], expected)


@given(operands(convs(dims=(2, 2), stretched=False, least_padding=0)))
def test_in_two_dimensions_it_is_scipys_correlate2d(case):
    layer, x, kernel = case
    line = np.pad(x[0, 0], layer.pads)
    weights = spread(kernel[0, 0], layer.dilation)
    expected = signal.correlate2d(line, weights, "valid")
    down, along = layer.stride
    plain = Conv(**{**settings(layer), "groups": 1})
    assert_array_equal(plain.apply(x[0, 0], kernel[0, 0]), expected[::down, ::along])


@given(operands(convs(stretched=False, least_padding=0)))
def test_it_agrees_with_onnx_runtime(case):
    layer, x, kernel = case
    expected = onnx_node.run(
        "Conv",
        x,
        kernel,
        kernel_shape=layer.kernel_size,
        strides=layer.stride,
        pads=onnx_node.pads(layer.pads),
        dilations=layer.dilation,
        group=layer.groups,
    )
    assert_array_equal(layer.apply(x, kernel), expected)


@pytest.mark.parametrize(
    ("name", "auto_pad"), [("same", "SAME_UPPER"), ("same_lower", "SAME_LOWER"), ("valid", "VALID")]
)
@given(st.data())
def test_same_and_valid_are_those_of_onnx_runtime(name, auto_pad, data):
    n = data.draw(dimensions())
    kernel_size = data.draw(sizes(1, 4, n))
    size = data.draw(sizes(4, 8 if n < 3 else 5, n))
    conv = partial(Conv, size, kernel_size, padding=name)
    layer, x, kernel = data.draw(operands(st.builds(conv, stride=sizes(1, 3, n))))
    expected = onnx_node.run("Conv", x, kernel, strides=layer.stride, auto_pad=auto_pad)
    assert_array_equal(layer.apply(x, kernel), expected)


@given(sizes(1, 12, 2), sizes(1, 4, 2), sizes(1, 4, 2), sizes(1, 3, 2), sizes(1, 2, 2))
def test_each_name_pads_as_it_says(size, kernel, stride, dilation, stretch):
    for name in PADDING_NAMES[1:]:
        layer = Conv(size, kernel, stride=stride, padding=name, dilation=dilation, stretch=stretch)
        for n, (before, after) in enumerate(layer.pads):
            width = dilation[n] * (kernel[n] - 1) + 1
            line = stretch[n] * (size[n] - 1) + 1
            if name == "half":
                assert before == after == width // 2
            elif name == "full":
                assert before == after == width - 1
            elif name == "causal":
                assert (before, after) == (width - 1, 0)
            else:
                assert layer.output_size[n] == -(-line // stride[n])
                odd = before - after if name == "same_lower" else after - before
                assert odd in (0, 1)
                assert before + after == 0 or layer.axes[n].left_over == 0


@given(operands(convs()))
def test_its_matrix_computes_the_same(case):
    layer, x, kernel = case
    matrix = layer.matrix(kernel)
    out = layer.apply(x, kernel)
    assert matrix.shape == (out[0].size, x[0].size)
    assert_array_equal(x.reshape(len(x), -1) @ matrix.T, out.reshape(len(x), -1))


def test_the_matrix_of_section_4_1_holds_the_nine_weights_where_each_output_sees_them():
    weights = np.arange(1, 10).reshape(3, 3)
    matrix = Conv(4, 3).matrix(weights)
    assert matrix.shape == (4, 16)
    assert_array_equal(matrix[0].reshape(4, 4)[:3, :3], weights)
    assert_array_equal(matrix[3].reshape(4, 4)[1:, 1:], weights)
    assert all(np.count_nonzero(row) == 9 for row in matrix)


@given(operands(convs(stretched=False)), st.data())
def test_going_back_is_the_adjoint(case, data):
    layer, x, kernel = case
    out = layer.apply(x, kernel)
    y = np.random.default_rng(data.draw(st.integers(0, 99))).integers(-9, 10, out.shape)
    back = layer.transposed().apply(y, kernel)
    assert back.shape == x.shape
    assert (out * y).sum() == (x * back).sum()


@given(convs(stretched=False))
def test_the_layer_that_goes_back_comes_from_this_one(layer):
    back = layer.transposed()
    assert isinstance(back, ConvTranspose)
    assert back.input_size == layer.output_size
    assert back.output_size == layer.input_size
    assert back.direct() in (layer, Conv(**{**settings(layer), "padding": layer.pads}))
    if layer.padding in ("valid", "half", "full") or not isinstance(layer.padding, str):
        assert back.direct() == layer


def test_same_stays_a_name_only_where_the_transposed_layers_same_means_the_same():
    assert Conv(6, 3, stride=2, padding="same").transposed().padding == "same"
    assert Conv(5, 3, stride=2, padding="same").transposed().padding == ((1, 1), (1, 1))
    assert Conv((5,), 3, padding="causal").transposed().padding == ((2, 0),)


def test_channel_counts_go_back_swapped():
    layer = Conv(5, 3, groups=2, in_channels=4, out_channels=6)
    back = layer.transposed()
    assert (back.in_channels, back.out_channels, back.groups) == (6, 4, 2)
    assert back.direct() == layer


@given(convs())
def test_a_repr_builds_the_layer_again(layer):
    assert eval(repr(layer)) == layer


@given(convs())
def test_a_layer_survives_pickle_and_copy(layer):
    for again in (pickle.loads(pickle.dumps(layer)), copy.copy(layer), copy.deepcopy(layer)):
        assert again == layer
        assert hash(again) == hash(layer)
        assert again.axes == layer.axes


@given(convs(), st.data())
def test_at_is_the_same_layer_on_another_input(layer, data):
    n = len(layer.input_size)
    size = tuple(i + data.draw(st.integers(0, 3)) for i in layer.input_size)
    other = layer.at(size)
    assert other == Conv(**{**settings(layer), "input_size": size})
    assert other.at(layer.input_size) == layer
    assert layer.at(20) == layer.at((20,) * n)


def test_equality_is_that_of_the_normal_form():
    plain = Conv(5, 3, padding=1)
    alike = [
        Conv((5, 5), 3, padding=1),
        Conv([5, 5], [3, 3], stride=[1, 1], padding=[1, 1]),
        Conv(5, 3, padding=((1, 1), (1, 1))),
        Conv(np.int64(5), np.uint8(3), padding=[[1, 1], (1, 1)], dilation=(1, 1)),
    ]
    for layer in alike:
        assert layer == plain
        assert hash(layer) == hash(plain)
        assert repr(layer) == "Conv(5, 3, padding=1)"
    others = [
        Conv(5, 3, padding="half"),  # the same here, another at other kernels
        Conv((5,), 3, padding=1),
        Conv(5, 3, padding=1, groups=2),
        Conv(5, 3, padding=1, in_channels=1),
        Conv(5, 3, padding=1, stretch=2),
        ConvTranspose(5, 3, padding=1),
        MaxPool(5, 3, padding=1, stride=1),
    ]
    assert len({plain, *alike, *others}) == 1 + len(others)
    assert MaxPool(4, 2) != AvgPool(4, 2)
    assert plain != "Conv(5, 3, padding=1)"


@pytest.mark.parametrize(
    ("layer", "text"),
    [
        (Conv((5,), 3), "Conv((5,), 3)"),
        (Conv((5, 4), (3, 2)), "Conv((5, 4), (3, 2))"),
        (Conv((5, 5, 5), 3), "Conv((5, 5, 5), 3)"),
        (Conv(5, 3, padding=(1, 2)), "Conv(5, 3, padding=(1, 2))"),
        (Conv(5, 3, padding=((0, 1), (0, 1))), "Conv(5, 3, padding=((0, 1), (0, 1)))"),
        (Conv((5,), 3, padding=((1, 2),)), "Conv((5,), 3, padding=((1, 2),))"),
        (Conv(5, 3, padding="half", groups=2), "Conv(5, 3, padding='half', groups=2)"),
        (Conv(5, 3, in_channels=2), "Conv(5, 3, in_channels=2)"),
    ],
)
def test_a_repr_is_short(layer, text):
    assert repr(layer) == text


def test_tuples_say_how_many_dimensions_and_two_is_the_guides():
    assert Conv(5, 3).output_size == (3, 3)
    assert Conv(5, (3,)).output_size == (3,)
    assert Conv(5, 3, stride=(1, 1, 2)).output_size == (3, 3, 2)
    assert Conv(5, 3, padding=(1, 0)).output_size == (5, 3)
    assert Conv(5, 3, padding=(0, 1, 2)).output_size == (3, 5, 7)
    assert Conv(5, 3, padding=((0, 1),)).output_size == (4,)
    assert Conv((5,) * 5, 3, padding=(1, 0, 1, 0, 0)).output_size == (5, 3, 5, 3, 3)


def test_the_output_has_the_rank_of_the_input():
    layer = Conv(5, 3)
    kernel = np.ones((4, 2, 3, 3))
    assert layer.apply(np.ones((5, 5)), np.ones((3, 3))).shape == (3, 3)
    assert layer.apply(np.ones((2, 5, 5)), kernel).shape == (4, 3, 3)
    assert layer.apply(np.ones((7, 2, 5, 5)), kernel).shape == (7, 4, 3, 3)
    assert layer.apply(np.ones((0, 2, 5, 5)), kernel).shape == (0, 4, 3, 3)


def test_a_depthwise_layer_gives_each_channel_its_own_kernel():
    x = np.arange(75).reshape(3, 5, 5)
    kernel = np.arange(27).reshape(3, 1, 3, 3)
    out = Conv(5, 3, groups=3).apply(x, kernel)
    for c in range(3):
        assert_array_equal(out[c], signal.correlate2d(x[c], kernel[c, 0], "valid"))


@pytest.mark.parametrize("kind", ["int8", "uint8", "int16", "uint16", "int32", "uint64", "bool"])
def test_integers_do_not_wrap(kind):
    x = np.full(5, np.iinfo(kind).max if kind not in ("bool", "uint64") else 1, dtype=kind)
    kernel = np.full(3, 127, dtype="int8")
    for out in (Conv((5,), 3).apply(x, kernel), Conv((5,), 3).matrix(kernel) @ x.astype(int)):
        assert out.dtype == np.int64
        assert_array_equal(out, [int(x[0]) * 127 * 3] * 3)


@pytest.mark.parametrize("kind", ["float16", "float32", "float64", "complex64", "complex128"])
def test_floats_keep_their_type(kind):
    x, kernel = np.ones(5, dtype=kind), np.ones(3, dtype=kind)
    layer = Conv((5,), 3)
    assert layer.apply(x, kernel).dtype == kind
    assert layer.matrix(kernel).dtype == kind
    back = layer.transposed()
    assert back.apply(np.ones(3, dtype=kind), kernel).dtype == kind
    assert back.matrix(kernel).dtype == kind


def test_an_array_is_read_and_never_written():
    x, kernel = np.arange(25).reshape(5, 5), np.arange(9).reshape(3, 3)
    kept = x.copy(), kernel.copy()
    for layer in (Conv(5, 3), ConvTranspose(5, 3)):
        out = layer.apply(x, kernel)
        out[...] = -1
        layer.matrix(kernel)[...] = -1
    Conv(5, 1).apply(x, [[1]])[...] = -1
    assert_array_equal(x, kept[0])
    assert_array_equal(kernel, kept[1])


def test_any_order_of_memory_gives_the_same():
    rng = np.random.default_rng(0)
    x, kernel = rng.integers(-9, 10, (2, 6, 7)), rng.integers(-9, 10, (3, 2, 3, 2))
    layer = Conv((6, 7), (3, 2), padding=1, stride=2)
    expected = layer.apply(x, kernel)
    assert_array_equal(layer.apply(np.asfortranarray(x), np.asfortranarray(kernel)), expected)
    assert_array_equal(layer.apply(x[:, ::-1][:, ::-1], kernel.tolist()), expected)


@given(st.data())
def test_negative_padding_crops(data):
    n = data.draw(dimensions())
    crop = data.draw(pairs(0, 2, n))
    x = np.random.default_rng(0).integers(-9, 10, (7,) * n)
    kernel = np.random.default_rng(1).integers(-9, 10, (2,) * n)
    inner = x[tuple(slice(before, 7 - after) for before, after in crop)]
    cropped = Conv(x.shape, 2, padding=tuple((-b, -a) for b, a in crop))
    assert_array_equal(cropped.apply(x, kernel), Conv(inner.shape, 2).apply(inner, kernel))


@pytest.mark.parametrize("pads", [(-5, 8), (8, -5), (-3, 3), (-9, 12)])
def test_where_all_of_the_input_is_cropped_only_padding_is_left(pads):
    layer = Conv((3,), 2, padding=(pads,))
    out = layer.apply([1, 2, 3], [1, 10])
    assert_array_equal(out, np.zeros(3 + sum(pads) - 1))
    assert not layer.matrix([1, 10]).any()
