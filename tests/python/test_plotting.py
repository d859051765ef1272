"""The pictures: what is drawn is read back from the Axes, and held against windows slid by hand."""

from collections import Counter
from itertools import product

import brute
import numpy as np
import pytest
from drawing import box, centre, marks, numbers_of, only, said, texts
from matplotlib.colors import to_hex
from numpy.testing import assert_array_equal
from scipy.signal import correlate2d

from convwidget import AvgPool, Conv, ConvTranspose, MaxPool, figure
from convwidget.plotting import draw, numbers, palette, png

X = np.arange(1, 37).reshape(6, 6) * 7 % 11 - 3
K = np.array([[1, 2, 3], [4, -5, 6], [7, 8, 9]])


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("stride", "padding"), [(1, 0), (1, 1), (2, 1), (3, 2)])
def test_the_output_holds_the_numbers_of_scipy(stride, padding, theme):
    layer = Conv(6, 3, stride=stride, padding=padding)
    ax = draw(layer, X, K, theme=theme)
    truth = correlate2d(np.pad(X, padding), K, mode="valid")[::stride, ::stride]
    assert_array_equal(numbers_of(ax, "output", truth.shape), truth)
    assert_array_equal(numbers_of(ax, "kernel", K.shape), K)


def test_the_cell_that_the_window_makes_stands_out():
    ax = draw(Conv(6, 3, stride=2, padding=1), X, K, position=(1, 2))
    written = [text for text in ax.texts if (text.get_gid() or "").startswith("output[")]
    assert [text.get_gid() for text in written if text.get_weight() == "bold"] == ["output[1, 2]"]
    left, top, right, bottom = box(only(marks(ax, "active")))
    for text in written:
        x, y = text.get_position()
        inside = left < x < right and top < y < bottom
        assert inside == (text.get_gid() == "output[1, 2]")


def test_the_window_holds_the_cells_and_weights_of_its_position():
    ax = draw(Conv(6, 3, stride=2, padding=1), X, K, position=(1, 2))
    seen = np.pad(X, 1)[2:5, 4:7]
    inside = [text for text in ax.texts if text.get_gid() == "tap"]
    assert [text.get_text() for text in inside] == [numbers.number(n) for n in seen.flat]
    left, top, right, bottom = box(only(marks(ax, "window")))
    for text in inside:
        x, y = text.get_position()
        assert left < x < right
        assert top < y < bottom
    assert_array_equal(numbers_of(ax, "weight", K.shape), K)
    # The cells outside the window are written once each, where they stand.
    outside = texts(ax, "input[")
    real = [(r, c) for r in range(6) for c in range(6) if not (1 <= r <= 3 and 3 <= c <= 5)]
    assert outside == {f"input[{r}, {c}]": numbers.number(X[r, c]) for r, c in real}
    assert list(texts(ax, "padding").values()) == ["0"]
    assert Counter(said(ax))["0"] >= 28


def test_the_outline_of_the_window_covers_what_it_should():
    ax = draw(Conv(7, 3, dilation=2, stride=2), position=(1, 0))
    left, top, right, bottom = box(only(marks(ax, "window")))
    edge_left, edge_top, edge_right, _ = box(only(marks(ax, "input edge")))
    cell = (edge_right - edge_left) / 7
    assert np.allclose([right - left, bottom - top], 5 * cell)
    assert np.allclose([left - edge_left, top - edge_top], [0, 2 * cell])


def test_a_dilated_window_uses_cells_that_lie_apart():
    ax = draw(Conv(6, 2, dilation=3), X, [[1, 2], [3, 4]], position=(1, 2))
    seen = [text.get_text() for text in ax.texts if text.get_gid() == "tap"]
    assert seen == [numbers.number(n) for n in X[1:5:3, 2:6:3].flat]


LEFTOVERS = [
    Conv(6, 3, stride=2),
    Conv(6, 3, stride=2, padding=1),
    Conv((5, 9), 2, stride=(1, 3), padding=((0, 0), (1, 0))),
    Conv(9, 2, stride=3),
    Conv((9,), 3, stride=2, dilation=2, padding=1),
    Conv(7, 3, padding=(-1, 1)),
    Conv(3, 3, stretch=2, stride=3),
    MaxPool(6, 3, stride=2, padding=1),
    AvgPool(6, 3, stride=2, padding=1, ceil_mode=True),
    MaxPool((5,), 3, stride=2, padding=((0, -1),), ceil_mode=True),
    Conv(12, 3),
]


@pytest.mark.parametrize("layer", LEFTOVERS, ids=repr)
def test_as_many_cells_are_hatched_as_no_window_uses(layer):
    places = []
    for n, ((before, after), axis) in enumerate(zip(layer.pads, layer.axes, strict=True)):
        stretch = axis.stretch
        line = brute.line(layer.input_size[n], before, after, stretch)
        width = layer.dilation[n] * (layer.kernel_size[n] - 1) + 1
        starts = range(0, layer.output_size[n] * layer.stride[n], layer.stride[n])
        used = {start + j for start in starts for j in range(0, width, layer.dilation[n])}
        places.append([(cell, at in used) for at, cell in enumerate(line)])
    every = list(product(*places))
    real = {tuple(cell for cell, _ in place) for place in every if all(u for _, u in place)}
    cells = product(*map(range, layer.input_size))
    unused_input = sum(cell not in real for cell in cells)
    unused = [place for place in every if not all(used for _, used in place)]
    inside = sum(all(isinstance(cell, int) for cell, _ in place) for place in unused)
    cropped = unused_input - inside

    ax = draw(layer)
    hatched = [patch for patch in ax.patches if patch.get_hatch()]
    assert len(hatched) == len(unused) + cropped
    if all(axis.stretch == 1 for axis in layer.axes):
        assert len(marks(ax, "unused input")) == unused_input
        assert len(marks(ax, "unused padding")) == len(unused) - inside
    note = " ".join(texts(ax, "note").values())
    assert bool(note) == bool(hatched)
    assert (f"{unused_input} input cell" in note) == (unused_input > 0)


def test_hatched_cells_are_the_ones_at_the_end():
    ax = draw(Conv(6, 3, stride=2))
    *_, right, bottom = box(only(marks(ax, "input edge")))
    cell = (right - box(only(marks(ax, "input edge")))[0]) / 6
    for patch in marks(ax, "unused input"):
        x, y = centre(patch)
        assert x > right - cell or y > bottom - cell


def test_unused_cells_of_the_input_look_unlike_those_of_padding():
    ax = draw(Conv((6, 5), 3, stride=2, padding=((0, 0), (1, 1))), theme="light")
    blue = {centre(p) for p in ax.patches if to_hex(p.get_facecolor()) == palette.LIGHT.input}
    assert {centre(patch) for patch in marks(ax, "unused input")} <= blue
    ax = draw(Conv(6, 3, stride=2, padding=1), theme="light")
    blue = {centre(p) for p in ax.patches if to_hex(p.get_facecolor()) == palette.LIGHT.input}
    assert not {centre(patch) for patch in marks(ax, "unused padding")} & blue


def test_the_starts_are_numbered_and_counted():
    ax = draw(Conv(5, 3, stride=2, padding=1), position=(1, 2))
    starts = [text for text in ax.texts if text.get_gid() == "start"]
    assert sorted(text.get_text() for text in starts) == ["0", "0", "1", "1", "2", "2"]
    assert Counter(t.get_text() for t in starts if t.get_weight() == "bold") == {"1": 1, "2": 1}
    assert texts(ax, "count") == {"count": "3 starts = o"}
    assert texts(draw(Conv((6, 5), 3)), "count") == {"count": "3 starts across, 4 down = o"}
    assert texts(draw(Conv(3, 3)), "count") == {"count": "1 start = o"}


@pytest.mark.parametrize(
    ("layer", "label"),
    [
        (Conv(5, 3), "5 × 5"),
        (Conv(5, 3, padding=1), "5 × 5, padded to 7 × 7"),
        (Conv(7, 3, padding=-1), "7 × 7, cropped to 5 × 5"),
        (Conv((7, 7), 3, padding=((-1, 0), (2, 0))), "7 × 7, padded and cropped to 6 × 9"),
        (Conv((8,), 3, padding=1), "8, padded to 10"),
        (Conv(3, 3, stretch=2), "3 × 3, stretched to 5 × 5"),
    ],
)
def test_the_input_says_its_sizes(layer, label):
    assert label in said(draw(layer))


def test_a_dilated_kernel_is_spread():
    layer = Conv(7, 3, dilation=2)
    ax = draw(layer, kernel=K)
    assert "3 × 3, spread to 5 × 5" in said(ax)
    assert_array_equal(numbers_of(ax, "kernel", (3, 3)), K)
    assert len(marks(ax, "gap")) == 25 - 9


def test_a_maximum_rings_the_first_that_wins_and_dashes_its_equals():
    layer, x, _ = figure("1.6")
    ax = draw(layer, x, position=(1, 2))
    window = x[1:4, 2:5]
    first, *others = (int(n) for n in np.flatnonzero(window == window.max()))
    taps = [text for text in ax.texts if text.get_gid() == "tap"]
    rings = marks(ax, "winner") + marks(ax, "equal")
    assert [patch.get_linestyle() == "-" for patch in rings] == [True] + [False] * len(others)
    for ring, at in zip(rings, [first, *others], strict=True):
        assert round(taps[at].get_position()[0], 3) == round(ring.center[0], 3)
        assert taps[at].get_text() == str(window.max())
    assert "max" in said(ax)
    assert not texts(ax, "weight")
    assert not texts(ax, "kernel")


def test_a_maximum_pads_with_minus_infinity():
    ax = draw(MaxPool(4, 3, stride=1, padding=1), -np.ones((4, 4), dtype=int))
    assert said(ax).count("−∞") == 20
    assert_array_equal(numbers_of(ax, "output", (4, 4)), -np.ones((4, 4)))


@pytest.mark.parametrize("counted", [True, False])
def test_an_average_states_what_it_divides_by(counted):
    layer = AvgPool(6, 3, stride=2, padding=1, ceil_mode=True, count_include_pad=counted)
    ax = draw(layer, X)
    axis = brute.windows(6, 3, 2, 1, 1, ceil_mode=True)
    inside = [sum(cell != brute.BEYOND for cell in cells) for cells in axis]
    real = [sum(isinstance(cell, int) for cell in cells) for cells in axis]
    sizes = inside if counted else real
    assert texts(ax, "divisor") == {
        f"divisor[{r}, {c}]": f"÷ {sizes[r] * sizes[c]}" for r, c in product(range(4), repeat=2)
    }
    means = brute.averages(X, [axis, axis], counted)
    written = numbers_of(ax, "output", (4, 4))
    assert dict(np.ndenumerate(written)) == pytest.approx(means, abs=0.00501)
    assert "mean" in said(ax)
    # Padding that does not count carries no number.
    assert bool(texts(ax, "padding")) == counted


def test_a_small_average_states_the_divisor_beside_its_arrow():
    layer = AvgPool(14, 3, stride=1, padding=1)
    assert texts(draw(layer, position=(0, 5)), "divisor") == {"divisor": "÷ 9"}
    one = AvgPool(14, 3, stride=1, padding=1, count_include_pad=False)
    assert texts(draw(one, position=(0, 5)), "divisor") == {"divisor": "÷ 6"}


def test_cells_beyond_the_padding_are_crossed_where_a_window_hangs_over():
    ax = draw(AvgPool(6, 3, stride=2, padding=1, ceil_mode=True), position=(0, 0))
    # 9 × 9 cells are seen, of which 8 × 8 are there.
    assert len(marks(ax, "beyond")) == 9 * 9 - 8 * 8
    assert any("the last window overhangs by 1" in text for text in said(ax))
    assert not marks(draw(AvgPool(6, 3, stride=2, padding=1)), "beyond")


@pytest.mark.parametrize("number", ["4.1", "4.2", "4.5", "4.6", "4.7"])
def test_a_transposed_layer_is_drawn_as_its_equivalent_convolution(number):
    layer, x, kernel = figure(number)
    ax = draw(layer, x, kernel)
    found = brute.stamp(
        x[None],
        kernel[None, None],
        layer.stride,
        layer.pads,
        layer.dilation,
        layer.output_padding,
    )
    written = numbers_of(ax, "output", layer.output_size)
    assert {(0, *index): value for index, value in np.ndenumerate(written)} == found
    assert_array_equal(numbers_of(ax, "kernel", kernel.shape), np.rot90(kernel, 2))
    assert "Transposed convolution, drawn as the equivalent convolution" in said(ax)
    assert "turned by 180°" in " ".join(said(ax))


def test_inserted_zeros_look_unlike_padding_and_unlike_the_input():
    ax = draw(ConvTranspose(3, 3, stride=2, padding=1), position=(4, 4), theme="light")
    fills = Counter(to_hex(patch.get_facecolor()) for patch in ax.patches)
    colours = palette.LIGHT
    between = set(fills) - {getattr(colours, name) for name in vars(colours)} - {"#000000"}
    assert fills[colours.input] == 9
    assert fills[only(list(between))] >= 5 * 5 - 9


def test_one_dimension_is_a_strip():
    ax = draw(Conv((5,), 3), [1, 2, 3, 4, 5], [1, 10, 100], position=2)
    assert_array_equal(numbers_of(ax, "output", (3,)), [321, 432, 543])
    left, top, right, bottom = box(only(marks(ax, "input edge")))
    assert round((right - left) / (bottom - top), 6) == 5
    assert sorted(texts(ax, "input[")) == ["input[0]", "input[1]"]
    starts = [text for text in ax.texts if text.get_gid() == "start"]
    assert [text.get_text() for text in starts] == ["0", "1", "2"]


def test_a_prediction_is_not_given_away():
    one, other = Conv(6, 3, stride=2), Conv(6, 3, stride=3)
    assert png(one, X, K) != png(other, X, K)
    assert png(one, X, K, predict=True) == png(other, X, K, predict=True)
    pools = [AvgPool(6, 3, stride=2, padding=1, ceil_mode=ceil) for ceil in (True, False)]
    assert png(pools[0]) != png(pools[1])
    assert png(pools[0], predict=True) == png(pools[1], predict=True)
    large = [Conv(60, 3, stride=stride) for stride in (1, 7)]
    assert png(large[0], predict=True) == png(large[1], predict=True)

    ax = draw(one, X, K, predict=True)
    assert "? × ?" in said(ax)
    assert "2 × 2" not in said(ax)
    for hidden in ("output[", "start", "count", "note"):
        assert not texts(ax, hidden)
    assert not [patch for patch in ax.patches if patch.get_hatch()]
    assert len(marks(ax, "question")) == 1
