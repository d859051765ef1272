"""What fills the cells of a map, against SciPy and in both languages; the shapes; the limits."""

import json

import numpy as np
import pytest
from deno_tool import deno
from scipy import ndimage, special

from convwidget import AvgPool, Conv, ConvTranspose, MaxPool
from convwidget.cells import EXACT, FILLS, Cells
from convwidget.limits import check_drawable
from convwidget.shapes import shapes

KERNELS = ("identity", "blur", "sharpen", "sobel")
LAYERS = [
    Conv(5, 3),
    Conv((5,), 3, in_channels=2),
    Conv(5, (3, 2), out_channels=3),
    Conv((4, 5, 6), 2, groups=2),
    Conv(5, 3, groups=2, in_channels=4, out_channels=6),
    ConvTranspose(3, 2, stride=2, in_channels=2, out_channels=3),
    ConvTranspose((3,), 2, groups=3, out_channels=6),
]


@pytest.fixture
def image():
    return np.random.default_rng(1).integers(-9, 9, (8, 9))


def filtered(image, fill, size=3):
    """An image slid over by a fill; what is left is the inside."""
    kernel = Cells(fill).array((size,) * image.ndim)
    return Conv(image.shape, kernel.shape).apply(image, kernel)


def inside(image):
    return image[(slice(1, -1),) * image.ndim].tolist()


def test_identity_gives_the_image_back(image):
    assert filtered(image, "identity").tolist() == inside(image)


def test_sharpen_takes_away_the_laplacian(image):
    assert filtered(image, "sharpen").tolist() == inside(image - ndimage.laplace(image))
    solid = np.random.default_rng(2).integers(0, 9, (5, 4, 6))
    assert filtered(solid, "sharpen").tolist() == inside(solid - ndimage.laplace(solid))


def test_sobel_is_the_usual_one_and_finds_what_changes_along_a_row(image):
    assert filtered(image, "sobel").tolist() == inside(ndimage.sobel(image, axis=-1))
    solid = np.random.default_rng(3).integers(0, 9, (5, 4, 6))
    assert filtered(solid, "sobel").tolist() == inside(ndimage.sobel(solid, axis=-1))


@pytest.mark.parametrize("size", range(1, 17))
def test_a_blur_has_the_binomial_coefficients(size):
    row = special.binom(size - 1, np.arange(size))
    assert Cells("blur").array((size,)).tolist() == row.tolist()
    assert Cells("blur").array((3, size)).tolist() == np.outer([1, 2, 1], row).tolist()


@pytest.mark.parametrize(
    ("size", "row"), [(1, [0]), (2, [-1, 1]), (4, [-3, -1, 1, 3]), (5, [-2, -1, 0, 1, 2])]
)
def test_sobel_counts_in_odd_numbers_and_halves_them_where_it_can(size, row):
    assert Cells("sobel").array((size,)).tolist() == row


@pytest.mark.parametrize(("fill", "only"), [("identity", 1), ("blur", 1), ("sharpen", 1)])
def test_a_kernel_of_one_cell_gives_the_image_back(fill, only):
    assert Cells(fill).array((1, 1)).tolist() == [[only]]


@pytest.mark.parametrize("fill", ["identity", "sharpen"])
def test_a_kernel_without_a_middle_takes_the_cell_after_it(fill):
    kernel = Cells(fill).array((2, 4))
    assert np.unravel_index(kernel.argmax(), kernel.shape) == (1, 2)
    assert kernel.sum() == 1


@pytest.mark.parametrize("size", [17, 18, 40, 511, 512])
def test_a_long_blur_keeps_a_shorter_one_in_its_middle(size):
    width = 15 if size % 2 else 16
    around = [0] * ((size - width) // 2)
    shorter = Cells("blur").array((width,)).tolist()
    assert Cells("blur").array((size,)).tolist() == [*around, *shorter, *around]


def test_the_largest_numbers_of_a_fill_stay_exact():
    middle = int(Cells("blur").array((16,)).max())
    assert middle**3 < EXACT
    assert middle**2 * int(Cells("sobel").array((512,)).max()) < EXACT


@pytest.mark.parametrize("fill", KERNELS)
def test_every_map_of_channels_has_the_same_kernel(fill):
    alone = Cells(fill).array((3, 4)).tolist()
    every = Cells(fill).array((2, 3, 3, 4), lead=2)
    assert every.tolist() == [[alone] * 3] * 2


@pytest.mark.parametrize("fill", ["random", "ramp", "ones", "zeros"])
def test_channels_are_axes_like_others_of_what_is_no_kernel(fill):
    assert Cells(fill).array((2, 3, 4), lead=1).tolist() == Cells(fill).array((2, 3, 4)).tolist()
    assert Cells("ramp").array((2, 2, 2), lead=1).ravel().tolist() == [1, 2, 3, 4, 5, 6, 7, 8]


def test_an_edit_is_of_one_cell_of_one_map():
    cells = Cells("identity", {(1, 0, 0): 7})
    assert cells.array((2, 2, 2), lead=1).tolist() == [[[0, 0], [0, 1]], [[7, 0], [0, 1]]]


@pytest.mark.parametrize("fill", FILLS)
def test_both_languages_fill_alike_at_large_sizes_too(fill):
    sizes = [[17], [18], [1, 33], [40, 3], [16, 17, 18], [2, 2, 19]]
    asked = [{"cells": {"wire": {"fill": fill}, "shape": shape}} for shape in sizes]
    ran = deno("run", "--no-remote", "tests/js/agree.js", stdin=json.dumps(asked))
    assert ran.returncode == 0, ran.stderr
    said = [answer["data"] for answer in json.loads(ran.stdout)]
    assert said == [Cells(fill).array(tuple(shape)).ravel().tolist() for shape in sizes]


def test_a_fill_that_there_is_not_is_refused_with_those_that_there_are():
    with pytest.raises(ValueError, match=r"'snow' is not one of 'random', .*'zeros', .*'sobel'"):
        Cells("snow")


@pytest.mark.parametrize("layer", LAYERS, ids=repr)
def test_a_layer_takes_arrays_of_its_shapes_and_gives_one(layer):
    of = shapes(layer)
    out = layer.apply(np.ones(of.input), np.ones(of.kernel))
    assert out.shape == of.output


@pytest.mark.parametrize("layer", [MaxPool(5, 3), AvgPool((4, 4, 4), 2)], ids=repr)
def test_a_pool_has_no_kernel(layer):
    assert shapes(layer) == (layer.input_size, None, layer.output_size)


def test_what_is_not_stated_is_one_channel_for_each_group():
    assert shapes(Conv(5, 3)).kernel == (3, 3)
    assert shapes(Conv(5, 3, in_channels=2)).kernel == (1, 2, 3, 3)
    assert shapes(Conv(5, 3, out_channels=2)).input == (1, 5, 5)
    assert shapes(Conv(5, 3, groups=2)).kernel == (2, 1, 3, 3)
    assert shapes(ConvTranspose(5, 3, groups=2, in_channels=4)).kernel == (4, 1, 3, 3)


@pytest.mark.parametrize(
    ("layer", "message"),
    [
        (Conv((4, 4, 4, 4), 2), "at most 3 dimensions, and not 4"),
        (Conv(513, 3), "at most 512 cells in a row, and not 513"),
        (Conv(500, 3, padding=10), "at most 512 cells in a row, and not 520"),
        (Conv(600, 3, padding=-250), "at most 512 cells in a row, and not 600"),
        (Conv(300, 3, stretch=2, padding=-100), "at most 512 cells in a row, and not 599"),
        (ConvTranspose(200, 3, stride=3), "at most 512 cells in a row, and not 602"),
        (Conv(4, 2, in_channels=17), "at most 16 maps of the input, and not 17"),
        (Conv((9, 4, 4), 2, in_channels=2), "at most 16 maps of the input, and not 18"),
        (MaxPool((17, 4, 4), 2), "at most 16 maps of the input, and not 17"),
        (Conv(4, 2, out_channels=17), "at most 16 maps of the output, and not 17"),
        (ConvTranspose((8, 2, 2), 3, stride=2), "at most 16 maps of the output, and not 17"),
        (Conv((4,), 2, groups=17), "at most 16 maps of the input, and not 17"),
        (Conv(512, 50), "at most 16777216 products, and not 535922500"),
        (
            Conv(512, 3, in_channels=4, out_channels=4, groups=2),
            "at most 16777216 products, and not 18727200",
        ),
        (
            AvgPool(5, 1, padding=1, count_include_pad=False),
            r"window of output\[0, 0\] sees padding only, .* nothing to average",
        ),
        (
            AvgPool((5, 6), 2, padding=((0, 0), (0, 2)), count_include_pad=False),
            r"window of output\[0, 3\] sees padding only, .* nothing to average",
        ),
    ],
    ids=repr,
)
def test_what_a_page_cannot_draw_is_refused_with_the_numbers(layer, message):
    with pytest.raises(ValueError, match=message):
        check_drawable(layer)


@pytest.mark.parametrize(
    "layer",
    [
        AvgPool(5, 1, padding=1, count_include_pad=False),
        AvgPool((5, 6), 2, padding=((0, 3), (0, 4)), count_include_pad=False),
        AvgPool((3, 3, 3), 1, padding=((0, 0), (0, 0), (0, 1)), count_include_pad=False),
    ],
    ids=repr,
)
def test_a_mean_of_nothing_is_refused_in_the_words_of_the_layer(layer):
    with pytest.raises(ValueError, match="nothing to average") as drawn:
        check_drawable(layer)
    with pytest.raises(ValueError, match="nothing to average") as computed:
        layer.apply(np.ones(layer.input_size))
    assert str(drawn.value) == str(computed.value)


@pytest.mark.parametrize(
    "layer",
    [
        Conv((16, 4, 4), 1),
        Conv((8, 4, 4), 1, in_channels=2, out_channels=2),
        Conv((512,), 3, in_channels=16, out_channels=16),
        ConvTranspose(170, 3, stride=3),
        AvgPool(5, 2, padding=1, count_include_pad=False),
        AvgPool(5, 1, padding=1),
    ],
    ids=repr,
)
def test_the_largest_that_a_page_draws_is_taken(layer):
    check_drawable(layer)
