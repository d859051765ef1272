"""Arrays that a layer refuses, matrices too large to make, and the numbers in the messages."""

import numpy as np
import pytest
from refusal import refuses

from convwidget import AvgPool, Conv, ConvTranspose, MaxPool


def zeros(*shape):
    return np.zeros(shape)


@pytest.mark.parametrize(
    ("layer", "x", "message"),
    [
        (Conv(5, 3), zeros(5, 4), "x has shape (5, 4), but the layer's input is (5, 5)"),
        (Conv(5, 3), zeros(5), "x has shape (5,), but the layer's input is (5, 5)"),
        (Conv(5, 3), 1, "x has shape (), but the layer's input is (5, 5)"),
        (Conv(5, 3), [], "x has shape (0,), but the layer's input is (5, 5)"),
        (Conv(5, 3), zeros(1, 1, 1, 5, 5), "x has shape (1, 1, 1, 5, 5), but the layer's input is"),
        (Conv(5, 3), zeros(1, 5, 5), "x of shape (1, 5, 5) and a kernel of shape (3, 3) disagree"),
        (ConvTranspose(5, 3), zeros(4, 5), "x has shape (4, 5), but the layer's input is (5, 5)"),
        (Conv(5, 3), [[1, 2], [3]], "x is not one array: its rows differ in length"),
        (Conv(5, 3), [[2**63] * 5] * 5, "x holds 9223372036854775808, which does not fit in 64"),
    ],
)
def test_an_input_that_contradicts_the_layer_is_refused(layer, x, message):
    with refuses(ValueError, message):
        layer.apply(x, zeros(3, 3))


@pytest.mark.parametrize("pool", [MaxPool(4, 2), AvgPool(4, 2)])
def test_so_it_is_by_a_pool(pool):
    for x in (zeros(4, 5), zeros(4), zeros(1, 1, 1, 4, 4)):
        with refuses(ValueError, f"x has shape {x.shape}, but the layer's input is (4, 4)"):
            pool.apply(x)
    with refuses(ValueError, "x is not one array"):
        pool.apply([[1, 2], [3]])
    with refuses(TypeError, "x must hold numbers of at most 64 bits, not text"):
        pool.apply("image.png")


@pytest.mark.parametrize("layer", [Conv(5, 3), ConvTranspose(5, 3)])
def test_a_kernel_that_contradicts_the_layer_is_refused_wherever_it_is_given(layer):
    uses = [layer.matrix, lambda kernel: layer.apply(zeros(1, 5, 5), kernel)]
    if isinstance(layer, ConvTranspose):
        uses.append(layer.equivalent_kernel)
    for use in uses:
        for kernel in (zeros(1, 3, 3), zeros(1, 1, 3, 2), zeros(1, 1, 1, 3, 3)):
            with refuses(ValueError, f"the kernel has shape {kernel.shape}, but the layer's is"):
                use(kernel)
        for kernel in (zeros(0, 1, 3, 3), zeros(1, 0, 3, 3)):
            with refuses(ValueError, f"a kernel of shape {kernel.shape} has no weights"):
                use(kernel)
        with refuses(ValueError, "kernel is not one array: its rows differ in length"):
            use([[1], [1, 2]])
    with refuses(ValueError, "x of shape (5, 5) and a kernel of shape (1, 1, 3, 3) disagree"):
        layer.apply(zeros(5, 5), zeros(1, 1, 3, 3))


@pytest.mark.parametrize(
    ("array", "held"),
    [
        (None, "objects"),
        ([[None] * 5] * 5, "objects"),
        ([[2**70] * 5] * 5, "objects"),
        (np.zeros((5, 5), dtype=object), "objects"),
        ("image.png", "text"),
        ([["a"] * 5] * 5, "text"),
        (b"\x00", "text"),
        (np.zeros((5, 5), dtype="datetime64[s]"), "datetime64[s]"),
    ],
    ids=range(8),
)
def test_an_array_holds_numbers(array, held):
    with refuses(TypeError, f"x must hold numbers of at most 64 bits, not {held}"):
        Conv(5, 3).apply(array, zeros(3, 3))
    with refuses(TypeError, f"kernel must hold numbers of at most 64 bits, not {held}"):
        Conv(5, 3).apply(zeros(5, 5), array)


@pytest.mark.parametrize(
    ("layer", "channels", "kernel", "message"),
    [
        (
            Conv(5, 3),
            2,
            (4, 3),
            "the input has 2 channels, but a kernel of shape (4, 3, 3, 3) in 1 group needs 3",
        ),
        (
            Conv(5, 3, groups=2),
            4,
            (4, 4),
            "the input has 4 channels, but a kernel of shape (4, 4, 3, 3) in 2 groups needs 8",
        ),
        (
            ConvTranspose(5, 3),
            2,
            (3, 2),
            "the input has 2 channels, but a kernel of shape (3, 2, 3, 3) in 1 group needs 3",
        ),
        (Conv(5, 3, groups=2), 4, (3, 2), "a kernel of shape (3, 2, 3, 3) cannot form 2 groups"),
        (
            ConvTranspose(5, 3, groups=2),
            3,
            (3, 2),
            "a kernel of shape (3, 2, 3, 3) cannot form 2 groups",
        ),
        (
            Conv(5, 3, in_channels=3),
            2,
            (4, 2),
            "a kernel of shape (4, 2, 3, 3) has 2 input channels, but the layer has 3",
        ),
        (
            Conv(5, 3, out_channels=3),
            2,
            (4, 2),
            "a kernel of shape (4, 2, 3, 3) has 4 output channels, but the layer has 3",
        ),
        (
            ConvTranspose(5, 3, groups=2, in_channels=2),
            4,
            (4, 3),
            "a kernel of shape (4, 3, 3, 3) has 4 input channels, but the layer has 2",
        ),
        (
            ConvTranspose(5, 3, groups=2, out_channels=4),
            4,
            (4, 3),
            "a kernel of shape (4, 3, 3, 3) has 6 output channels, but the layer has 4",
        ),
    ],
)
def test_channels_must_agree(layer, channels, kernel, message):
    with refuses(ValueError, message):
        layer.apply(zeros(channels, 5, 5), zeros(*kernel, 3, 3))


def test_a_matrix_past_the_stated_size_is_refused_with_the_size_before_anything_is_made():
    huge = 2**31 - 1
    with refuses(
        ValueError,
        "the matrix would be 9,604 by 10,000: 96,040,000 entries, and at most 16,777,216 are made",
    ):
        Conv(100, 3).matrix(zeros(3, 3))
    with refuses(ValueError, "the matrix would be 2,147,483,645 by 2,147,483,647: "):
        Conv((huge,), 3).matrix(zeros(3))
    with refuses(ValueError, "the matrix would be 2,147,483,643 by 2,147,483,645: "):
        ConvTranspose((huge - 4,), 3).matrix(zeros(3))
    with refuses(ValueError, "the matrix would be 1,073,741,823 by 2,147,483,647: "):
        AvgPool((huge,), 2).matrix()
    assert Conv((2**12,), 1).matrix([1]).size == 2**24  # the most that is made
    with refuses(ValueError, "the matrix would be 4,097 by 4,097: 16,785,409 entries"):
        Conv((2**12 + 1,), 1).matrix([1])


def test_a_large_kernel_makes_a_matrix_no_larger_than_it_says():
    """Not the product of outputs, kernel cells and input cells, which would be 32 GB here."""
    matrix = Conv((2000,), 1000, padding=500).matrix(np.ones(1000))
    assert matrix.shape == (2001, 2000)
    assert matrix.sum(axis=1).max() == 1000


def test_a_window_with_nothing_to_average_is_named():
    nothing = "sees padding only, and padding is not counted: there is nothing to average"
    line = AvgPool((3,), 2, stride=1, padding=((0, 2),), count_include_pad=False)
    for use in (lambda: line.apply([1, 2, 3]), line.matrix):
        with refuses(ValueError, f"the window of output[3] {nothing}"):
            use()
    plane = AvgPool(3, 1, padding=((0, 0), (1, 0)), count_include_pad=False)
    with refuses(ValueError, f"the window of output[0, 0] {nothing}"):
        plane.apply(zeros(3, 3))


def test_sums_that_might_wrap_around_are_refused_with_their_size():
    large = [2**62] * 3
    with refuses(ValueError, "the sums could reach 55340232221128654848, which does not fit in 64"):
        Conv((3,), 3).apply(large, [4, 4, 4])
    with refuses(ValueError, "use floats"):
        ConvTranspose((3,), 3).apply(large, [4, 4, 4])
    assert Conv((3,), 3).apply(large, [4.0, 4.0, 4.0]) == 12 * 2.0**62
    assert Conv((3,), 3).apply([2**61 - 1] * 3, [1, 1, 1]) == 3 * (2**61 - 1)


def test_the_mean_of_large_integers_does_not_wrap_around():
    assert AvgPool((4,), 4).apply([2**62] * 4) == 2.0**62
