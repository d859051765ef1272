"""MaxPool and AvgPool, against windows slid by hand and ONNX Runtime."""

import copy
import pickle
from functools import partial
from math import prod

import brute
import numpy as np
import onnx_node
import pytest
from draws import dimensions, pooled, pools, sizes
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from convwidget import AvgPool, MaxPool


def by_hand(layer):
    """What the layer's windows see along each axis."""
    return [
        brute.windows(i, k, s, *pads, d, ceil_mode=layer.ceil_mode)
        for i, k, s, pads, d in zip(
            layer.input_size,
            layer.kernel_size,
            layer.stride,
            layer.pads,
            layer.dilation,
            strict=True,
        )
    ]


@given(pooled(pools(kinds=[MaxPool], dims=(1, 4))))
def test_a_maximum_is_that_of_a_window_slid_by_hand(case):
    layer, x = case
    windows = by_hand(layer)
    assert layer.output_size == tuple(map(len, windows))
    out = layer.apply(x)
    for index in np.ndindex(out.shape[:2]):
        assert brute.same(out[index], brute.maxima(x[index], windows))


@given(pooled(pools(kinds=[AvgPool], dims=(1, 4))))
def test_an_average_is_that_of_a_window_slid_by_hand(case):
    layer, x = case
    windows = by_hand(layer)
    assert layer.output_size == tuple(map(len, windows))
    expected = brute.averages(x[0, 0], windows, layer.count_include_pad)
    if None in expected.values():
        for refused in (lambda: layer.apply(x), layer.matrix):
            with pytest.raises(ValueError, match="there is nothing to average"):
                refused()
        return
    out = layer.apply(x)
    for index in np.ndindex(out.shape[:2]):
        expected = brute.averages(x[index], windows, layer.count_include_pad)
        assert_allclose(out[index].ravel(), list(expected.values()), rtol=1e-15)
        assert_allclose(layer.matrix() @ x[index].ravel(), out[index].ravel(), atol=1e-14)
    assert layer.matrix().shape == (prod(layer.output_size), prod(layer.input_size))


def attributes(layer):
    return {
        "kernel_shape": layer.kernel_size,
        "strides": layer.stride,
        "dilations": layer.dilation,
        "pads": onnx_node.pads(layer.pads),
        "ceil_mode": int(layer.ceil_mode),
    }


def every_window_sees_a_cell(layer):
    windows = [cells for places in by_hand(layer) for cells in places]
    return all(any(isinstance(cell, int) for cell in cells) for cells in windows)


# ONNX Runtime refuses padding that reaches the kernel's size.
@given(pooled(pools(kinds=[MaxPool], least_padding=0, padding_below_kernel=True)))
def test_a_maximum_is_that_of_onnx_runtime(case):
    layer, x = case
    expected = onnx_node.run("MaxPool", x, **attributes(layer))
    lowest = np.finfo(np.float32).min  # its −∞
    assert_array_equal(np.maximum(layer.apply(x), lowest), expected)


@given(pooled(pools(kinds=[AvgPool], least_padding=0, padding_below_kernel=True)))
def test_an_average_is_that_of_onnx_runtime(case):
    layer, x = case
    counts = {"count_include_pad": int(layer.count_include_pad)}
    expected = onnx_node.run("AveragePool", x, **attributes(layer), **counts)
    assume(layer.count_include_pad or every_window_sees_a_cell(layer))
    assert_allclose(layer.apply(x), expected, rtol=1e-6)


@pytest.mark.parametrize(
    ("name", "auto_pad"), [("same", "SAME_UPPER"), ("same_lower", "SAME_LOWER")]
)
@given(st.data())
def test_same_is_that_of_onnx_runtime(name, auto_pad, data):
    n = data.draw(dimensions())
    # ONNX Runtime errs where SAME meets a dilation, or a kernel smaller than the stride.
    stride = data.draw(sizes(1, 3, n))
    kernel = tuple(s + data.draw(st.integers(0, 2)) for s in stride)
    kind = data.draw(st.sampled_from([MaxPool, AvgPool]))
    pool = partial(kind, kernel_size=kernel, stride=stride, padding=name)
    layer, x = data.draw(pooled(st.builds(pool, input_size=sizes(1, 6, n))))
    expected = onnx_node.run(
        "MaxPool" if kind is MaxPool else "AveragePool",
        x,
        kernel_shape=kernel,
        strides=stride,
        auto_pad=auto_pad,
        count_include_pad=1 if kind is AvgPool else None,
    )
    assert_allclose(layer.apply(x), expected, rtol=1e-6)


@given(pools(), st.data())
def test_at_repr_pickle_and_copy_keep_the_settings(layer, data):
    size = tuple(i + data.draw(st.integers(0, 3)) for i in layer.input_size)
    other = layer.at(size)
    assert other.input_size == size
    assert other.at(layer.input_size) == layer
    for again in (
        eval(repr(layer)),
        pickle.loads(pickle.dumps(layer)),
        copy.copy(layer),
        copy.deepcopy(layer),
    ):
        assert again == layer
        assert hash(again) == hash(layer)


@pytest.mark.parametrize("kind", [MaxPool, AvgPool])
def test_a_pools_stride_is_its_kernels_size_unless_given(kind):
    assert kind(6, 2) == kind(6, 2, stride=2) == kind(6, 2, stride=(2, 2))
    assert kind((6, 6), (2, 3)).stride == (2, 3)
    assert kind(6, 2, stride=1).stride == (1, 1)
    assert repr(kind(6, 2)) == f"{kind.__name__}(6, 2)"
    assert repr(kind(6, 2, stride=1)) == f"{kind.__name__}(6, 2, stride=1)"


@pytest.mark.parametrize("kind", [MaxPool, AvgPool])
def test_a_pool_works_channel_by_channel_and_keeps_the_rank(kind):
    x = np.random.default_rng(0).integers(-9, 10, (2, 3, 6, 6))
    layer = kind(6, 2)
    every = layer.apply(x)
    assert every.shape == (2, 3, 3, 3)
    assert_array_equal(layer.apply(x[1]), every[1])
    assert_array_equal(layer.apply(x[1, 2]), every[1, 2])
    assert layer.apply(x[:0]).shape == (0, 3, 3, 3)


@pytest.mark.parametrize("kind", ["int8", "uint8", "int64", "bool"])
def test_integers_give_integer_maxima_and_float_averages(kind):
    x = np.array([1, 0, 1, 1], dtype=kind)
    assert MaxPool((4,), 2).apply(x).dtype == np.int64
    assert_array_equal(MaxPool((4,), 2).apply(x), [1, 1])
    assert AvgPool((4,), 2).apply(x).dtype == np.float64
    assert_array_equal(AvgPool((4,), 2).apply(x), [0.5, 1])


def test_averaging_does_not_wrap():
    assert_array_equal(AvgPool((4,), 4).apply(np.full(4, 255, dtype="uint8")), [255])


@pytest.mark.parametrize("kind", ["float16", "float32", "float64"])
def test_floats_keep_their_type(kind):
    x = np.array([1, 2, 3, 5], dtype=kind)
    for layer, expected in ((MaxPool((4,), 2), [2, 5]), (AvgPool((4,), 2), [1.5, 4])):
        out = layer.apply(x)
        assert out.dtype == kind
        assert_array_equal(out, expected)


def test_a_half_precision_average_does_not_overflow_on_its_way():
    x = np.full(100, 1000, dtype="float16")  # their sum is past the largest half-precision number
    assert_array_equal(AvgPool((100,), 100).apply(x), [1000])


def test_the_lowest_integers_are_not_taken_for_padding():
    lowest = np.iinfo(np.int64).min
    out = MaxPool((3,), 2, stride=1, padding=1).apply([lowest, lowest, -1])
    assert out.dtype == np.int64
    assert_array_equal(out, [lowest, lowest, -1, -1])


def test_a_window_that_sees_padding_only_has_no_maximum_and_makes_floats():
    out = MaxPool((2,), 1, padding=1).apply([3, 4])
    assert out.dtype == np.float64
    assert_array_equal(out, [-np.inf, 3, 4, -np.inf])


def test_nan_stays_nan():
    assert_array_equal(MaxPool((4,), 2).apply([1.0, np.nan, 2, 3]), [np.nan, 3])


def test_complex_numbers_have_an_average_but_no_maximum():
    assert_array_equal(AvgPool((2,), 2).apply([1j, 2]), [1 + 0.5j])
    with pytest.raises(TypeError, match="complex numbers have no maximum"):
        MaxPool((2,), 2).apply([1j, 2])
