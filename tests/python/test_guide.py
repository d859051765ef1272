"""The guide's figures: their parameters and numbers, as the guide prints them."""

import numpy as np
import pytest
from scipy.signal import correlate2d

from convwidget import AvgPool, Conv, ConvTranspose, MaxPool, figure
from convwidget.guide import FIGURES
from convwidget.widget import VIEWS

DIRECT = {  # figure: i, k, s, p, d, o
    "1.1": (5, 3, 1, 0, 1, 3),
    "1.2": (5, 3, 2, 1, 1, 3),
    "1.3": (5, 3, 1, 0, 1, 3),
    "1.4": (5, 3, 2, 0, 1, 2),
    "2.1": (4, 3, 1, 0, 1, 2),
    "2.2": (5, 4, 1, 2, 1, 6),
    "2.3": (5, 3, 1, 1, 1, 5),
    "2.4": (5, 3, 1, 2, 1, 7),
    "2.5": (5, 3, 2, 0, 1, 2),
    "2.6": (5, 3, 2, 1, 1, 3),
    "2.7": (6, 3, 2, 1, 1, 3),
    "2.8a": (5, 3, 1, 0, 1, 3),
    "2.8b": (5, 3, 2, 0, 1, 2),
    "5.1": (7, 3, 1, 0, 2, 3),
}
TRANSPOSED = {  # figure: i′, k, s, p, a, o′, p′, ĩ′
    "4.1": (2, 3, 1, 0, 0, 4, 2, 2),
    "4.2": (6, 4, 1, 2, 0, 5, 1, 6),
    "4.3": (5, 3, 1, 1, 0, 5, 1, 5),
    "4.4": (7, 3, 1, 2, 0, 5, 0, 7),
    "4.5": (2, 3, 2, 0, 0, 5, 2, 3),
    "4.6": (3, 3, 2, 1, 0, 5, 1, 5),
    "4.7": (3, 3, 2, 1, 1, 6, 1, 5),
}


@pytest.mark.parametrize("number", DIRECT)
def test_a_convolution_has_the_figures_parameters(number):
    i, k, s, p, d, o = DIRECT[number]
    layer = figure(number).layer
    assert isinstance(layer, Conv)
    assert layer.input_size == (i, i)
    assert layer.kernel_size == (k, k)
    assert layer.stride == (s, s)
    assert layer.pads == ((p, p), (p, p))
    assert layer.dilation == (d, d)
    assert layer.output_size == (o, o)


@pytest.mark.parametrize("number", TRANSPOSED)
def test_a_transposed_convolution_has_the_figures_parameters(number):
    i, k, s, p, a, o, pad, stretched = TRANSPOSED[number]
    layer = figure(number).layer
    assert isinstance(layer, ConvTranspose)
    assert layer.input_size == (i, i)
    assert layer.kernel_size == (k, k)
    assert layer.stride == (s, s)
    assert layer.pads == ((p, p), (p, p))
    assert layer.output_padding == (a, a)
    assert layer.output_size == (o, o)
    axis = layer.equivalent().axes[0]
    assert (axis.before, axis.after, axis.stretched) == (pad, pad + a, stretched)


@pytest.mark.parametrize(("back", "there"), [(f"4.{n}", f"2.{n}") for n in range(1, 8)])
def test_chapter_4_transposes_chapter_2(back, there):
    assert figure(there).layer.transposed() == figure(back).layer


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        ("1.1", [[12, 12, 17], [10, 17, 19], [9, 6, 14]]),
        ("1.2", [[6, 17, 3], [8, 17, 13], [6, 4, 4]]),
        ("1.4", [[12, 17], [9, 14]]),  # one in two of Figure 1.1's
    ],
)
def test_a_convolution_gives_the_numbers_that_the_guide_prints(number, printed):
    layer, x, kernel = figure(number)
    assert layer.apply(x, kernel).tolist() == printed


def test_the_pools_give_the_numbers_that_the_guide_prints():
    mean, x, kernel = figure("1.5")
    assert isinstance(mean, AvgPool)
    assert kernel is None
    assert mean.apply(x).round(1).tolist() == [[1.7, 1.7, 1.7], [1.0, 1.2, 1.8], [1.1, 0.8, 1.3]]
    largest, x, _ = figure("1.6")
    assert isinstance(largest, MaxPool)
    assert largest.apply(x).tolist() == [[3, 3, 3], [3, 3, 3], [3, 2, 3]]


def test_figure_1_3_has_two_input_and_three_output_maps():
    layer, x, kernel = figure("1.3")
    assert (x.shape, kernel.shape) == ((2, 5, 5), (3, 2, 3, 3))
    assert layer.apply(x, kernel).shape == (3, 3, 3)


def test_figure_1_3_tells_maps_kernels_and_their_order_apart():
    layer, x, kernel = figure("1.3")
    right = layer.apply(x, kernel)
    partial = np.array(
        [[correlate2d(m, k, "valid") for m, k in zip(x, row, strict=True)] for row in kernel]
    )
    assert (right == partial.sum(axis=1)).all()
    assert partial.all()  # no map could be left out without a trace
    assert (partial[:, 0] != partial[:, 1]).all()
    for one, other in ((0, 1), (0, 2), (1, 2)):
        assert (right[one] != right[other]).all()
    assert (right != layer.apply(x[::-1], kernel)).all()
    assert (right != layer.apply(x, np.flip(kernel, axis=(2, 3)))).mean() > 0.8
    assert (kernel.min(), kernel.max()) == (-1, 2)


def test_a_figure_has_a_view_of_the_widgets():
    assert {recipe.view for recipe in FIGURES.values()} <= set(VIEWS)
    assert {n for n, recipe in FIGURES.items() if recipe.view == "equivalent"} == set(TRANSPOSED)


@pytest.mark.parametrize("number", [n for n in (*DIRECT, *TRANSPOSED) if n[0] in "245"])
def test_the_usual_mistakes_give_other_numbers(number):
    layer, x, kernel = figure(number)
    right = layer.apply(x, kernel)
    assert (right != layer.apply(x, np.flip(kernel))).mean() > 0.6
    assert (right != layer.apply(x, kernel.T)).mean() > 0.5
    assert (right != layer.apply(x.T, kernel)).mean() > 0.5
    for axis in (0, 1):
        assert (right != layer.apply(x, np.flip(kernel, axis))).mean() > 0.3


def test_a_number_that_the_guide_does_not_have_is_refused_with_those_that_it_has():
    with pytest.raises(ValueError, match=r"no figure '3\.1'.*1\.1.*5\.1"):
        figure("3.1")
