"""The rules that libraries, courses and people get wrong, each with the numbers that show it."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from convwidget import AvgPool, Conv, ConvTranspose, MaxPool

DECIMAL = [1, 10, 100]  # each digit of the sum is one input cell, and shows where it was met


def test_a_convolution_is_a_correlation_its_kernel_slides_unturned():
    x = [1, 2, 3, 4, 5]
    assert_array_equal(Conv((5,), 3).apply(x, DECIMAL), [321, 432, 543])
    assert_array_equal(Conv((5,), 3).apply(x, DECIMAL), np.correlate(x, DECIMAL, "valid"))
    assert_array_equal(np.convolve(x, DECIMAL, "valid"), [123, 234, 345])


def test_dilation_counts_from_1_and_widens_the_kernel():
    assert Conv(7, 3) == Conv(7, 3, dilation=1)
    assert Conv(7, 3).output_size == (5, 5)
    assert Conv(7, 3, dilation=2).output_size == (3, 3)  # not 5: the effective kernel is 5
    assert Conv((7,), 3, dilation=2).axes[0].effective_kernel == 5
    assert_array_equal(
        Conv((7,), 3, dilation=2).apply([1, 2, 3, 4, 5, 6, 7], DECIMAL), [531, 642, 753]
    )


def test_same_with_a_stride_is_shifted_against_symmetric_padding():
    x = [1, 2, 3, 4, 5, 6]
    same, symmetric = (Conv((6,), 3, stride=2, padding=p) for p in ("same", 1))
    assert same.output_size == symmetric.output_size == (3,)
    assert_array_equal(same.apply(x, DECIMAL), [321, 543, 65])
    assert_array_equal(symmetric.apply(x, DECIMAL), [210, 432, 654])


def test_same_on_224_pads_2_and_3_where_symmetric_padding_is_3():
    same, symmetric = (Conv(224, 7, stride=2, padding=p) for p in ("same", 3))
    assert same.output_size == symmetric.output_size == (112, 112)
    assert same.pads == ((2, 3), (2, 3))
    assert symmetric.pads == ((3, 3), (3, 3))


def test_same_depends_on_the_input_size_and_pads_anew_on_another():
    layer = Conv((5,), 3, stride=2, padding="same")
    assert layer.pads == ((1, 1),)
    assert layer.at(6).pads == ((0, 1),)
    assert layer.output_size == layer.at(6).output_size == (3,)


def test_same_puts_the_odd_zero_after_and_same_lower_puts_it_before():
    x = [1, 2, 3, 4]
    assert Conv((4,), 2, padding="same").pads == ((0, 1),)
    assert Conv((4,), 2, padding="same_lower").pads == ((1, 0),)
    assert_array_equal(Conv((4,), 2, padding="same").apply(x, [1, 10]), [21, 32, 43, 4])
    assert_array_equal(Conv((4,), 2, padding="same_lower").apply(x, [1, 10]), [10, 21, 32, 43])
    assert Conv((4,), 2, padding="half").output_size == (5,)  # half padding of an even kernel


def test_same_never_crops_where_the_stride_skips_cells():
    assert Conv((5,), 1, stride=3, padding="same").pads == ((0, 0),)
    assert Conv((5,), 1, stride=3, padding="same").output_size == (2,)


def test_causal_padding_shows_no_output_a_later_input():
    layer = Conv((5,), 3, padding="causal", dilation=2)
    assert layer.pads == ((4, 0),)
    assert layer.output_size == layer.input_size
    assert_array_equal(layer.apply([1, 2, 3, 4, 5], DECIMAL), [100, 200, 310, 420, 531])
    matrix = layer.matrix(DECIMAL)
    assert_array_equal(matrix, np.tril(matrix))


def test_padding_per_axis_is_height_and_width():
    layer = Conv((4, 6), 3, padding=(1, 2))
    assert layer.pads == ((1, 1), (2, 2))
    assert layer.output_size == (4, 8)


def test_a_kernel_larger_than_the_input_fits_as_soon_as_padding_makes_room():
    with pytest.raises(ValueError, match=r"\(effective size 7\) does not fit in the padded input"):
        Conv(4, 4, dilation=2)
    assert Conv(4, 4, dilation=2, padding=2).output_size == (2, 2)


def test_output_padding_adds_no_zeros_but_cells_that_padding_had_cropped():
    x = [1, 2, 3]
    layer = ConvTranspose((3,), 3, stride=2, padding=1, output_padding=1)
    assert_array_equal(layer.apply(x, DECIMAL), [10, 102, 20, 203, 30, 300])
    everything = ConvTranspose((3,), 3, stride=2).apply(x, DECIMAL)
    assert_array_equal(layer.apply(x, DECIMAL), everything[1:])


def test_without_padding_output_padding_has_only_zeros_left_to_show():
    out = ConvTranspose((2,), 2, stride=2, output_padding=1).apply([1, 2], [1, 10])
    assert_array_equal(out, [1, 10, 2, 20, 0])


@pytest.mark.parametrize(("stride", "dilation"), [(1, 1), (2, 1), (1, 2), (3, 2), (2, 3)])
def test_output_padding_is_smaller_than_the_larger_of_stride_and_dilation(stride, dilation):
    bound = max(stride, dilation)
    settings = {"stride": stride, "dilation": dilation}
    whole = ConvTranspose(4, 3, **settings).output_size[0]
    for extra in range(bound):
        layer = ConvTranspose(4, 3, **settings, output_padding=extra)
        assert layer.output_size == (whole + extra,) * 2
    message = rf"larger of stride \({stride}\) and dilation \({dilation}\), but it is {bound}$"
    with pytest.raises(ValueError, match=message):
        ConvTranspose(4, 3, **settings, output_padding=bound)


def test_every_output_padding_below_the_stride_goes_back_to_the_same_size():
    """Which is why the direct layer's size alone cannot say it: 5 and 6 both lead to 3."""
    for extra, size in ((0, 5), (1, 6)):
        layer = ConvTranspose(3, 3, stride=2, padding=1, output_padding=extra)
        assert layer.output_size == (size, size)
        assert layer.direct() == Conv(size, 3, stride=2, padding=1)
        assert layer.direct().output_size == (3, 3)


def test_an_output_padding_that_dilation_allows_may_reach_the_stride():
    layer = ConvTranspose((3,), 2, stride=1, dilation=3, output_padding=2)
    assert layer.output_size == (8,)
    assert_array_equal(layer.apply([1, 2, 3], [1, 10]), [1, 2, 3, 10, 20, 30, 0, 0])
    assert layer.direct().output_size == (3,)  # a plain Conv(8, 2, dilation=3) would make 5
    assert layer.direct().pads == ((0, -2),)


def test_the_padding_of_a_transposed_layer_crops():
    x = [1, 2, 3]
    whole = ConvTranspose((3,), 3).apply(x, DECIMAL)
    assert_array_equal(whole, [1, 12, 123, 230, 300])
    assert_array_equal(ConvTranspose((3,), 3, padding=1).apply(x, DECIMAL), whole[1:-1])
    assert_array_equal(ConvTranspose((3,), 3, padding=((2, 0),)).apply(x, DECIMAL), whole[2:])


def test_padding_past_the_effective_kernel_crops_the_equivalent_layers_input():
    x = [1, 2, 3, 4, 5, 6]
    layer = ConvTranspose((6,), 2, padding=2)
    assert layer.equivalent().pads == ((-1, -1),)
    assert_array_equal(layer.apply(x, [1, 10]), [23, 34, 45])
    assert_array_equal(ConvTranspose((6,), 2).apply(x, [1, 10])[2:-2], [23, 34, 45])


def test_a_transposed_layer_is_as_long_as_its_dilated_kernel_makes_it():
    i, k, s, d, p, a = 3, 3, 2, 2, 1, 1
    layer = ConvTranspose(i, k, stride=s, dilation=d, padding=p, output_padding=a)
    assert layer.output_size == (s * (i - 1) + d * (k - 1) + 1 - 2 * p + a,) * 2 == (8, 8)


def test_a_transposed_layer_turns_the_kernel_over_its_stretched_input():
    layer = ConvTranspose((2,), 3, stride=2)
    assert_array_equal(layer.apply([1, 2], DECIMAL), [1, 10, 102, 20, 200])
    unturned = layer.equivalent().apply([1, 2], DECIMAL)
    assert_array_equal(unturned, [100, 10, 201, 20, 2])
    assert_array_equal(layer.equivalent_kernel(DECIMAL), DECIMAL[::-1])


def test_a_transposed_layer_does_not_invert():
    layer = Conv((4,), 3)
    back = layer.transposed()
    x = np.array([1, 2, 3, 4])
    there_and_back = back.apply(layer.apply(x, [1, 1, 1]), [1, 1, 1])
    assert there_and_back.shape == x.shape
    assert_array_equal(there_and_back, [6, 15, 15, 9])


def test_stamps_overlap_unevenly_where_the_stride_does_not_divide_the_kernel():
    ones = np.ones(4, dtype=int)
    uneven = ConvTranspose((4,), 3, stride=2).apply(ones, ones[:3])
    assert_array_equal(uneven, [1, 1, 2, 1, 2, 1, 2, 1, 1])
    even = ConvTranspose((4,), 4, stride=2).apply(ones, ones)
    assert_array_equal(even, [1, 1, 2, 2, 2, 2, 2, 2, 1, 1])


def test_going_back_from_an_odd_size_needs_output_padding():
    down = Conv(5, 2, stride=2)
    assert down.output_size == (2, 2)
    assert ConvTranspose(2, 2, stride=2).output_size == (4, 4)  # the skip connection has 5
    assert down.transposed() == ConvTranspose(2, 2, stride=2, output_padding=1)
    assert down.transposed().output_size == (5, 5)


def test_same_in_a_transposed_layer_makes_the_stride_times_the_input():
    assert ConvTranspose(3, 3, stride=2, padding="same").output_size == (6, 6)
    assert ConvTranspose(3, 3, stride=2, padding=1).output_size == (5, 5)  # Keras with 0 said
    assert ConvTranspose(3, 2, stride=3, padding="same").output_size == (9, 9)
    assert ConvTranspose(3, 2, stride=3).output_size == (8, 8)


def test_what_same_adds_for_a_kernel_smaller_than_the_stride_is_zero():
    out = ConvTranspose((3,), 2, stride=3, padding="same").apply([1, 2, 3], [1, 10])
    assert_array_equal(out, [1, 10, 0, 2, 20, 0, 3, 30, 0])


def test_kernels_are_stored_out_in_for_a_convolution_and_in_out_for_a_transposed_one():
    rng = np.random.default_rng(0)
    kernel = rng.integers(-9, 10, (6, 2, 3, 3))
    down = Conv(5, 3, groups=2)
    assert down.apply(np.ones((4, 5, 5)), kernel).shape == (6, 3, 3)
    assert down.transposed().apply(np.ones((6, 3, 3)), kernel).shape == (4, 5, 5)


def test_groups_see_no_channel_of_another_group():
    rng = np.random.default_rng(0)
    x, kernel = rng.integers(1, 10, (4, 5, 5)), rng.integers(1, 10, (6, 2, 3, 3))
    out = Conv(5, 3, groups=2).apply(x, kernel)
    halves = [Conv(5, 3).apply(x[c : c + 2], kernel[f : f + 3]) for c, f in ((0, 0), (2, 3))]
    assert_array_equal(out, np.concatenate(halves))


@pytest.mark.parametrize("pool", [MaxPool, AvgPool])
def test_a_ceil_mode_window_that_would_start_past_the_input_is_dropped(pool):
    assert pool(6, 2, stride=3, ceil_mode=True).output_size == (2, 2)  # not 3
    assert pool(7, 2, stride=3, ceil_mode=True).output_size == (3, 3)  # its last starts at cell 6
    assert pool(7, 2, stride=3).output_size == (2, 2)


@pytest.mark.parametrize("pool", [MaxPool, AvgPool])
def test_so_is_one_that_would_start_in_the_padding_after_the_input(pool):
    # Padded to 7: a window at 0 and 3, and one at 6 would see padding only.
    layer = pool((5,), 3, stride=3, padding=1, ceil_mode=True)
    assert layer.output_size == (2,)
    assert pool((6,), 3, stride=3, padding=1, ceil_mode=True).output_size == (3,)


def test_cropping_ends_the_input_earlier_for_ceil_mode():
    # Cells 0 to 4 are left: a window at 0 and 3 remains, as on an input of 5.
    cropped = MaxPool((7,), 2, stride=3, padding=((0, -2),), ceil_mode=True)
    assert cropped.output_size == MaxPool((5,), 2, stride=3, ceil_mode=True).output_size == (2,)
    assert_array_equal(cropped.apply([1, 2, 3, 4, 5, 9, 9]), [2, 5])
    # And of 6 no third window starts at the two that were cropped.
    assert MaxPool((8,), 2, stride=3, padding=((0, -2),), ceil_mode=True).output_size == (2,)


@pytest.mark.parametrize("counts", [True, False])
def test_a_window_that_hangs_over_what_was_cropped_neither_sees_nor_counts_it(counts):
    x, settings = [1, 2, 3, 9, 9], {"padding": ((0, -2),), "ceil_mode": True}
    assert_array_equal(MaxPool((5,), 2, **settings).apply(x), [2, 3])
    average = AvgPool((5,), 2, **settings, count_include_pad=counts)
    assert_array_equal(average.apply(x), [1.5, 3])
    assert_array_equal(average.matrix() @ x, [1.5, 3])


def test_pooling_rounds_up_where_convolution_rounds_down():
    settings = {"stride": 2, "padding": 1}
    assert Conv(28, 3, **settings).output_size == (14, 14)
    assert MaxPool(28, 3, **settings, ceil_mode=True).output_size == (15, 15)
    assert MaxPool(28, 3, **settings).output_size == (14, 14)


def test_a_window_that_hangs_over_says_so_with_a_negative_rest():
    assert MaxPool((5,), 2, ceil_mode=True).axes[0].left_over == -1
    assert MaxPool((5,), 2).axes[0].left_over == 1


def test_an_average_counts_padding_but_never_the_cells_beyond_it():
    x = [1, 2, 3, 4, 5]
    assert_array_equal(AvgPool((5,), 2, ceil_mode=True).apply(x), [1.5, 3.5, 5.0])
    layer = AvgPool((6,), 4, stride=3, padding=1, ceil_mode=True)
    assert_array_equal(layer.apply(np.ones(6)), [0.75, 1, 0.5])


def test_an_average_that_does_not_count_padding_divides_by_the_real_cells():
    for ceil_mode in (False, True):
        layer = AvgPool((6,), 4, stride=3, padding=1, ceil_mode=ceil_mode, count_include_pad=False)
        assert_array_equal(layer.apply(np.ones(6)), np.ones(layer.output_size))


def test_max_pooling_pads_with_minus_infinity():
    layer = MaxPool((3,), 3, stride=1, padding=1)
    assert_array_equal(layer.apply([-5, -7, -9]), [-5, -5, -7])  # zeros would win: 0, −5, 0
    assert_array_equal(layer.apply([-5.0, -7, -9]), [-5, -5, -7])


def test_max_pooling_may_be_padded_by_more_than_half_its_kernel():
    assert_array_equal(MaxPool((2,), 2, stride=1, padding=1).apply([3, 4]), [3, 4, 4])
    out = MaxPool((2,), 2, stride=1, padding=2).apply([3, 4])
    assert_array_equal(out, [-np.inf, 3, 4, 4, -np.inf])


@pytest.mark.parametrize("pool", [MaxPool, AvgPool])
def test_a_pools_own_stride_is_its_kernel(pool):
    assert pool(28, 2).output_size == (14, 14)
    assert pool(28, 2, stride=1).output_size == (27, 27)
