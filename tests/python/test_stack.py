"""Stacks against impulses that SciPy sends through them, and against networks that are known."""

from fractions import Fraction
from math import prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import convolve2d

from convwidget import AvgPool, Conv, ConvTranspose, MaxPool, Stack


def cropped(line, before, after):
    """Cells taken away at either end of each row; zeros put there for a negative number."""
    line = np.pad(line, ((0, 0), (max(-before, 0), max(-after, 0))))
    return line[:, max(before, 0) : line.shape[1] - max(after, 0)]


def reached(impulses, k, s, before, after, d, t):
    """Which of a layer's units each row of cells reaches: a kernel of ones in SciPy."""
    rows, cells = impulses.shape
    line = np.zeros((rows, (cells - 1) * t + 1), dtype=int)
    line[:, ::t] = impulses
    ones = np.zeros((1, d * (k - 1) + 1), dtype=int)
    ones[:, ::d] = 1
    return convolve2d(cropped(line, -before, -after), ones, "valid")[:, ::s] > 0


def stamped(impulses, k, s, before, after, d, a):
    """The same for a transposed layer: every cell stamps a kernel of ones."""
    rows, cells = impulses.shape
    whole = np.zeros((rows, s * (cells - 1) + d * (k - 1) + 1 + a), dtype=bool)
    for cell in range(cells):
        for tap in range(k):
            whole[:, cell * s + tap * d] |= impulses[:, cell]
    return cropped(whole, before, after)


def through(layers, size):
    """What input cells each unit sees: an array of a row for each cell, a column for each unit."""
    impulses = np.eye(size, dtype=bool)
    for layer in layers:
        ((before, after),) = layer.pads
        k, s, d = layer.kernel_size[0], layer.stride[0], layer.dilation[0]
        if isinstance(layer, ConvTranspose):
            impulses = stamped(impulses, k, s, before, after, d, layer.output_padding[0])
        else:
            t = layer.stretch[0] if isinstance(layer, Conv) else 1
            impulses = reached(impulses, k, s, before, after, d, t)
    return impulses


cells = {"kernel_size": st.integers(1, 4), "dilation": st.integers(1, 2)}
sides = st.tuples(st.tuples(st.integers(-1, 3), st.integers(-1, 3)))
sliding = {**cells, "stride": st.integers(1, 2), "padding": sides}
drawn = st.one_of(
    st.builds(Conv, st.just((50,)), **sliding, stretch=st.integers(1, 2)),
    st.builds(MaxPool, st.just((50,)), **sliding),
    st.builds(ConvTranspose, st.just((50,)), **sliding),
)
SIZE = 400
EDGE = 100  # more than any field of four such layers is wide: nothing behind it sees padding


@settings(max_examples=100, deadline=None)
@given(st.lists(drawn, min_size=1, max_size=4))
def test_fields_are_what_an_impulse_shows(layers):
    stack = Stack((SIZE,), layers)
    seen = through(stack.layers, SIZE)
    level = stack[-1]
    assert level.output_size == (seen.shape[1],)
    ((field,), (jump,), (start,)) = level.receptive_field, level.jump, level.start

    ends = {unit: np.flatnonzero(seen[:, unit])[[0, -1]] for unit in np.flatnonzero(seen.any(0))}
    inner = [unit for unit, at in ends.items() if at[0] >= EDGE and at[1] < SIZE - EDGE]
    assert field == max((ends[unit][1] - ends[unit][0] + 1 for unit in inner), default=0)
    # Fields repeat after that many units at the latest.
    turn = prod(axis.stretch for layer in layers for axis in layer.axes)
    steps = {ends[unit + turn][0] - ends[unit][0] for unit in inner if unit + turn in inner}
    assert steps == ({jump * turn} if inner else set())
    firsts = {ends[unit][0] - jump * unit for unit in inner if unit % turn == 0}
    assert firsts == ({start} if start is not None else set())


SAME = Conv(3, 3, padding=1)
HALVE = MaxPool(2, 2)


def resnet(*blocks):
    """The bottleneck units of a ResNet, whose blocks stride in their last unit."""
    layers = [Conv(7, 7, stride=2, padding=3), MaxPool(3, 3, stride=2, padding=1)]
    for n, units in enumerate(blocks):
        strides = [1] * (units - 1) + [1 if n == 3 else 2]
        for stride in strides:
            layers += [Conv(1, 1), Conv(3, 3, padding=1, stride=stride), Conv(1, 1)]
    return layers


ALEXNET = [
    *(Conv(11, 11, stride=4, padding=2), MaxPool(3, 3, stride=2)),
    *(Conv(5, 5, padding=2), MaxPool(3, 3, stride=2)),
    *(SAME, SAME, SAME, MaxPool(3, 3, stride=2)),
]
VGG16 = [layer for convolutions in (2, 2, 3, 3, 3) for layer in (*[SAME] * convolutions, HALVE)]


# The receptive fields and strides that Araujo, Norris and Sim report (distill.pub, 2019).
@pytest.mark.parametrize(
    ("layers", "field", "jump", "output"),
    [
        (ALEXNET, 195, 32, 6),
        (VGG16, 212, 32, 7),
        (resnet(3, 4, 6, 3), 483, 32, 7),
        (resnet(3, 4, 23, 3), 1027, 32, 7),
        (resnet(3, 8, 36, 3), 1507, 32, 7),
    ],
)
def test_known_networks_have_the_receptive_fields_that_are_known(layers, field, jump, output):
    stack = Stack(224, layers)
    assert stack.output_size == (output, output)
    assert stack[-1].receptive_field == (field, field)
    assert stack[-1].jump == (jump, jump)


def test_vgg16_starts_90_cells_in_the_padding():
    assert Stack(224, VGG16)[-1].start == (-90, -90)


def test_a_resnets_stem_sees_7_and_then_11_cells():
    conv, pool = Stack(224, resnet(0)[:2])
    assert (conv.output_size, conv.receptive_field, conv.jump) == ((112, 112), (7, 7), (2, 2))
    assert (pool.output_size, pool.receptive_field, pool.jump) == ((56, 56), (11, 11), (4, 4))


def test_wavenets_ten_dilations_see_1024_samples_and_none_to_come():
    dilations = [2**n for n in range(10)]
    layers = [Conv((2,), 2, dilation=d, padding="causal") for d in dilations]
    stack = Stack((16000,), layers)
    assert stack.output_size == (16000,)
    assert [level.receptive_field[0] for level in stack] == [2 * d for d in dilations]
    assert stack[-1].start == (-1023,)  # so the first unit sees input[0] as its last cell


def test_the_first_u_net_makes_388_of_572():
    conv = Conv(3, 3)
    down = [conv, conv, HALVE] * 4
    up = [ConvTranspose(2, 2, stride=2), conv, conv] * 4
    stack = Stack(572, [*down, conv, conv, *up])
    sizes = [level.output_size[0] for level in stack]
    assert sizes[:12] == [570, 568, 284, 282, 280, 140, 138, 136, 68, 66, 64, 32]
    assert sizes[12:] == [30, 28, 56, 54, 52, 104, 102, 100, 200, 198, 196, 392, 390, 388]
    assert stack[-1].jump == (1, 1)


def test_a_dcgan_generator_makes_64_of_1_and_its_units_lie_between_the_cells():
    double = ConvTranspose(4, 4, stride=2, padding=1)
    stack = Stack(1, [ConvTranspose(1, 4), *[double] * 4])
    assert [level.output_size[0] for level in stack] == [4, 8, 16, 32, 64]
    assert stack[-1].jump == (Fraction(1, 16),) * 2
    assert isinstance(Stack(5, [HALVE, ConvTranspose(2, 2, stride=2)])[-1].jump[0], int)


def test_a_unit_that_meets_inserted_zeros_only_starts_nowhere():
    level = Stack((2,), [ConvTranspose((2,), 1, stride=2, padding=1)])[0]
    assert (level.output_size, level.receptive_field, level.start) == ((1,), (0,), (None,))


def test_only_units_that_are_there_count_for_the_receptive_field():
    # Of every two units the second sees both neighbours, but there is only a first.
    layers = [ConvTranspose((2,), 3, stride=2, padding=((1, 3),))]
    assert Stack((2,), layers)[0].receptive_field == (1,)
    assert Stack((3,), layers)[0].receptive_field == (2,)


def test_each_layer_is_fitted_to_what_reaches_it():
    same = Conv(5, 3, stride=2, padding="same")
    stack = Stack(10, [same, lambda size: AvgPool(size, size)])
    assert stack.layers == (same.at(10), AvgPool(5, 5))
    assert (stack.input_size, stack.output_size) == ((10, 10), (1, 1))
    assert (len(stack), stack[-1], stack[1:]) == (2, stack[1], (stack[1],))


@pytest.mark.parametrize("size", [(9, 6), [9, 6]])
def test_axes_do_not_interact(size):
    stack = Stack(size, [Conv((5, 5), (3, 2), stride=(2, 1), padding=(1, 0)), SAME])
    rows = Stack((9,), [Conv((5,), 3, stride=2, padding=1), Conv((5,), 3, padding=1)])
    columns = Stack((6,), [Conv((5,), 2), Conv((5,), 3, padding=1)])
    for both, row, column in zip(stack, rows, columns, strict=True):
        for name in ("output_size", "receptive_field", "jump", "start"):
            assert getattr(both, name) == getattr(row, name) + getattr(column, name)


def test_a_stack_is_known_by_its_layers():
    stack = Stack(8, [SAME, HALVE])
    assert stack == Stack((8, 8), [Conv(8, 3, padding=1), lambda size: MaxPool(size, 2)])
    assert hash(stack) == hash(Stack(8, [SAME, HALVE]))
    assert stack != Stack(9, [SAME, HALVE])
    assert stack != stack.layers
    assert repr(stack) == "Stack(8, [Conv(8, 3, padding=1), MaxPool(8, 2)])"
    for one in (stack, Stack((9, 6), [SAME]), Stack((7,), [Conv((7,), 2)])):
        assert eval(repr(one)) == one


def test_a_stack_prints_as_a_table():
    lines = str(Stack((9, 8), [SAME, ConvTranspose(2, 2, stride=2)])).split("\n")
    assert len({len(line) for line in lines}) == 1
    assert lines[1].split() == ["input", "(9,", "8)", "1", "1", "0"]
    assert lines[3].endswith("(18, 16)                3   1/2     −1")


CHANNELS = Conv(3, 3, in_channels=3, out_channels=8)


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ([], r"a stack needs a layer"),
        (
            [SAME, HALVE, MaxPool(9, 5)],
            r"^layer 3, MaxPool\(9, 5\), on an input of \(4, 4\): the kernel \(effective size 5\) "
            r"does not fit in the padded input \(4\)$",
        ),
        ([SAME, lambda size: Conv(size, 9)], r"^layer 2, on an input of \(8, 8\): the kernel"),
        ([SAME, Conv((5,), 3)], r"^layer 2, Conv\(\(5,\), 3\), .* has 2 entries, .* are 1 axes$"),
        ([SAME, lambda _: SAME], r"^layer 2, Conv\(3, .*: its input has to be \(8, 8\), which"),
        ([lambda _: SAME], r"^layer 1, Conv\(3, .*: its input has to be \(8, 8\), which"),
        (
            [CHANNELS, SAME, CHANNELS, AvgPool(1, 1), MaxPool(1, 1), CHANNELS],
            r"^layer 6, Conv\(4, 3, .*\): it takes 3 channels, but 8 reach it$",
        ),
        (
            [CHANNELS, HALVE, Conv(3, 3, groups=3)],
            r"^layer 3, .*: it takes channels in 3 groups, but 8 reach it$",
        ),
    ],
)
def test_what_cannot_stand_on_top_is_refused_by_its_place(layers, message):
    with pytest.raises(ValueError, match=message):
        Stack(8, layers)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (5, "layer 2 must be a layer or a function, not 5"),
        (lambda size: size, r"layer 2: its function must return a layer, not \(8, 8\)"),
    ],
)
def test_what_is_no_layer_is_refused(wrong, message):
    with pytest.raises(TypeError, match=message):
        Stack(8, [SAME, wrong])


def test_channels_that_a_layer_does_not_state_are_not_known_behind_it():
    wide = Conv(3, 3, in_channels=8, out_channels=4)
    assert len(Stack(20, [CHANNELS, HALVE, wide])) == 3
    assert len(Stack(20, [CHANNELS, SAME, CHANNELS, Conv(3, 3, groups=4)])) == 4


def asked(size, layers):
    """The sizes that functions are given, each in front of a layer."""
    seen = []

    def watched(layer):
        return lambda size: seen.append(size) or layer.at(size)

    Stack(size, [watched(layer) for layer in layers])
    return seen


@pytest.mark.parametrize(
    ("size", "layers", "sizes"),
    [
        (9, [Conv(3, 3), MaxPool(4, 2), Conv(3, 3)], [(9, 9), (7, 7), (3, 3)]),
        ((9, 8), [Conv(3, 3), MaxPool(4, 2)], [(9, 8), (7, 6)]),
        ((9,), [Conv((3,), 3), MaxPool((4,), 2)], [(9,), (7,)]),
        ([9, 8, 7], [Conv((3, 3, 3), 3), Conv((3, 3, 3), 3)], [(9, 8, 7), (7, 6, 5)]),
    ],
    ids=str,
)
def test_a_function_is_always_given_a_tuple(size, layers, sizes):
    assert asked(size, layers) == sizes


def test_the_same_function_fits_at_every_place():
    def halved(size):
        return Conv(size, 2, stride=tuple(2 for _ in size))

    assert Stack(8, [halved, halved]) == Stack(8, [Conv(9, 2, stride=2)] * 2)


def test_a_function_of_one_axis_needs_a_size_of_one_axis():
    with pytest.raises(ValueError, match=r"its input has to be \(9, 9\), which reaches it"):
        Stack(9, [lambda size: Conv(size[:1], 3)])
    assert Stack((9,), [lambda size: Conv(size, 3)]).output_size == (7,)
