"""ConvTranspose, against stamps put by hand, ONNX Runtime, SciPy and its own direct layer."""

import copy
import pickle
from functools import partial

import brute
import numpy as np
import onnx_node
import pytest
from draws import dimensions, operands, sizes, transposes
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal
from scipy import signal

from convwidget import Conv, ConvTranspose


def effective(layer):
    return [d * (k - 1) + 1 for k, d in zip(layer.kernel_size, layer.dilation, strict=True)]


@given(operands(transposes(dims=(1, 4))))
def test_it_computes_what_stamps_put_by_hand_add_up_to(case):
    layer, x, kernel = case
    for maps, out in zip(x, layer.apply(x, kernel), strict=True):
        by_hand = brute.stamp(
            maps,
            kernel,
            layer.stride,
            layer.pads,
            layer.dilation,
            layer.output_padding,
            layer.groups,
        )
        assert brute.same(out, by_hand)


# ONNX Runtime refuses an output_padding that reaches the stride.
@given(operands(transposes(least_padding=0, named=False, extra_below_stride=True)))
def test_it_agrees_with_onnx_runtime(case):
    layer, x, kernel = case
    expected = onnx_node.run(
        "ConvTranspose",
        x,
        kernel,
        strides=layer.stride,
        pads=onnx_node.pads(layer.pads),
        output_padding=layer.output_padding,
        dilations=layer.dilation,
        group=layer.groups,
    )
    assert_array_equal(layer.apply(x, kernel), expected)


@pytest.mark.parametrize(
    ("name", "auto_pad"), [("same", "SAME_UPPER"), ("same_lower", "SAME_LOWER")]
)
@given(st.data())
def test_same_is_that_of_onnx_runtime(name, auto_pad, data):
    n = data.draw(dimensions())
    # Where the kernel is smaller than the stride ONNX Runtime makes fewer cells than i · s.
    stride = data.draw(sizes(1, 3, n))
    kernel_size = tuple(s + data.draw(st.integers(0, 2)) for s in stride)
    transpose = partial(ConvTranspose, kernel_size=kernel_size, stride=stride, padding=name)
    layers = st.builds(transpose, input_size=sizes(1, 4, n), dilation=sizes(1, 2, n))
    layer, x, kernel = data.draw(operands(layers))
    expected = onnx_node.run(
        "ConvTranspose", x, kernel, strides=stride, dilations=layer.dilation, auto_pad=auto_pad
    )
    assert_array_equal(layer.apply(x, kernel), expected)


@given(sizes(1, 6, 2), sizes(1, 4, 2), sizes(1, 4, 2), sizes(1, 3, 2))
def test_same_makes_the_output_the_input_times_the_stride(size, kernel, stride, dilation):
    for name in ("same", "same_lower"):
        layer = ConvTranspose(size, kernel, stride=stride, padding=name, dilation=dilation)
        assert layer.output_size == tuple(i * s for i, s in zip(size, stride, strict=True))
        assert layer.direct() == Conv(
            layer.output_size, kernel, stride=stride, padding=name, dilation=dilation
        )
        assert layer.direct().transposed() == layer


@given(sizes(10, 16, 2), sizes(1, 4, 2), sizes(1, 4, 2), sizes(1, 3, 2))
def test_valid_half_and_full_are_those_of_the_direct_layer(size, kernel, stride, dilation):
    for name in ("valid", "half", "full"):
        direct = Conv(size, kernel, stride=stride, padding=name, dilation=dilation)
        layer = direct.transposed()
        assert layer.padding == name
        assert layer.pads == direct.pads
        assert layer.output_size == direct.input_size
        assert layer.direct() == direct


@given(st.data())
def test_at_stride_1_it_is_scipys_full_convolution(data):
    n = data.draw(dimensions())
    rng = np.random.default_rng(data.draw(st.integers(0, 99)))
    x = rng.integers(-9, 10, data.draw(sizes(1, 5, n)))
    kernel = rng.integers(-9, 10, data.draw(sizes(1, 4, n)))
    expected = signal.convolve(x, kernel, "full", method="direct")
    assert_array_equal(ConvTranspose(x.shape, kernel.shape).apply(x, kernel), expected)


@given(operands(transposes()))
def test_it_is_the_transpose_of_its_direct_layers_matrix(case):
    layer, x, kernel = case
    direct = layer.direct()
    assert isinstance(direct, Conv)
    assert direct.input_size == layer.output_size
    assert direct.output_size == layer.input_size
    transpose = direct.matrix(kernel).T
    assert_array_equal(layer.matrix(kernel), transpose)
    for maps, out in zip(x, layer.apply(x, kernel), strict=True):
        assert_array_equal(transpose @ maps.ravel(), out.ravel())


@given(operands(transposes()))
def test_the_equivalent_layer_computes_the_same_on_the_stretched_input(case):
    layer, x, kernel = case
    same = layer.equivalent()
    turned = layer.equivalent_kernel(kernel)
    assert isinstance(same, Conv)
    assert same.stretch == layer.stride
    assert set(same.stride) == {1}
    assert same.axes == layer.axes
    assert same.output_size == layer.output_size
    for width, before, extra, (p, q) in zip(
        effective(layer), same.pads, layer.output_padding, layer.pads, strict=True
    ):
        assert before == (width - 1 - p, width - 1 - q + extra)
    per_group = kernel.shape[1]
    assert turned.shape[:2] == (per_group * layer.groups, kernel.shape[0] // layer.groups)
    assert_array_equal(same.apply(x, turned), layer.apply(x, kernel))
    assert_array_equal(same.matrix(turned), layer.matrix(kernel))


@given(operands(transposes()))
def test_the_stretched_input_may_also_be_written_out(case):
    layer, x, kernel = case
    same = layer.equivalent()
    lengths = [s * (i - 1) + 1 for i, s in zip(layer.input_size, layer.stride, strict=True)]
    written = np.zeros((*x.shape[:2], *lengths), dtype=x.dtype)
    written[(..., *(slice(None, None, s) for s in layer.stride))] = x
    plain = Conv(
        tuple(lengths),
        layer.kernel_size,
        padding=same.padding,
        dilation=layer.dilation,
        groups=layer.groups,
    )
    turned = layer.equivalent_kernel(kernel)
    assert_array_equal(plain.apply(written, turned), layer.apply(x, kernel))


def test_the_equivalent_kernel_is_turned_and_its_channels_swapped_within_each_group():
    kernel = np.arange(4 * 3 * 2 * 2).reshape(4, 3, 2, 2)  # C 4, F/groups 3, two groups
    turned = ConvTranspose(3, 2, groups=2).equivalent_kernel(kernel)
    assert turned.shape == (6, 2, 2, 2)
    for f in range(6):
        for c in range(2):
            expected = kernel[f // 3 * 2 + c, f % 3, ::-1, ::-1]
            assert_array_equal(turned[f, c], expected)
    assert_array_equal(ConvTranspose(3, 2).equivalent_kernel([[1, 2], [3, 4]]), [[4, 3], [2, 1]])


@given(transposes())
def test_the_direct_layers_transposed_layer_is_this_one(layer):
    again = layer.direct().transposed()
    assert again.output_size == layer.output_size
    if all(a < s for a, s in zip(layer.output_padding, layer.stride, strict=True)):
        assert again == layer
    else:  # what reached the stride went into the padding
        assert again.axes == layer.axes
        assert again.direct() == layer.direct()


@given(transposes(), st.data())
def test_at_repr_pickle_and_copy_keep_the_settings(layer, data):
    size = tuple(i + data.draw(st.integers(0, 3)) for i in layer.input_size)
    other = layer.at(size)
    assert other.input_size == size
    assert other.at(layer.input_size) == layer
    assert (other.padding, other.output_padding) == (layer.padding, layer.output_padding)
    for again in (
        eval(repr(layer)),
        pickle.loads(pickle.dumps(layer)),
        copy.copy(layer),
        copy.deepcopy(layer),
    ):
        assert again == layer
        assert hash(again) == hash(layer)


def test_the_output_has_the_rank_of_the_input():
    layer = ConvTranspose(3, 3)
    kernel = np.ones((2, 4, 3, 3))
    assert layer.apply(np.ones((3, 3)), np.ones((3, 3))).shape == (5, 5)
    assert layer.apply(np.ones((2, 3, 3)), kernel).shape == (4, 5, 5)
    assert layer.apply(np.ones((7, 2, 3, 3)), kernel).shape == (7, 4, 5, 5)
    assert layer.apply(np.ones((0, 2, 3, 3)), kernel).shape == (0, 4, 5, 5)


def test_integers_do_not_wrap():
    x, kernel = np.full(3, 255, dtype="uint8"), np.full(3, 127, dtype="int8")
    out = ConvTranspose((3,), 3).apply(x, kernel)
    assert out.dtype == np.int64
    assert_array_equal(out, 255 * 127 * np.array([1, 2, 3, 2, 1]))


def test_channel_counts_are_swapped_in_the_direct_layer_only():
    layer = ConvTranspose(3, 3, groups=2, in_channels=4, out_channels=6)
    direct, same = layer.direct(), layer.equivalent()
    assert (direct.in_channels, direct.out_channels, direct.groups) == (6, 4, 2)
    assert (same.in_channels, same.out_channels, same.groups) == (4, 6, 2)
