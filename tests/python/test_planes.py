"""Pictures of layers with channels or depth, read back and held against windows slid by hand."""

from itertools import pairwise

import numpy as np
import pytest
from drawing import box, marks, numbers_of, only, said, texts
from numpy.testing import assert_array_equal
from refusal import refuses
from scipy.signal import correlate

from convwidget import AvgPool, Conv, ConvTranspose, MaxPool, figure
from convwidget.cells import Cells
from convwidget.plotting import animate, draw, numbers, png

FIGURE = figure("1.3")
POSITION = (1, 0, 2)


def boxes_of(ax, beginning, shape):
    """The rectangle round the numbers of each map of an array."""
    places = {}
    for text in ax.texts:
        gid = text.get_gid() or ""
        if gid.startswith(f"{beginning}["):
            index = tuple(map(int, gid[len(beginning) + 1 : -1].split(", ")))
            places.setdefault(index[: len(shape)], []).append(text.get_position())
    return {lead: (*np.min(at, axis=0), *np.max(at, axis=0)) for lead, at in places.items()}


def test_every_map_of_the_output_holds_the_numbers_of_scipy():
    layer, x, kernel = FIGURE
    ax = draw(layer, x, kernel, position=POSITION)
    truth = np.array([correlate(x, each, "valid")[0] for each in kernel])
    assert_array_equal(numbers_of(ax, "output", truth.shape), truth)


def test_the_kernels_are_those_of_the_shown_map():
    layer, x, kernel = FIGURE
    ax = draw(layer, x, kernel, position=POSITION)
    written = {
        f"kernel[1, {c}, {j}, {k}]": numbers.number(kernel[1, c, j, k])
        for c, j, k in np.ndindex(2, 3, 3)
    }
    assert texts(ax, "kernel[") == written
    assert "to output map 1: 2 of 3 × 3" in said(ax)


def test_the_window_stands_in_every_map_that_it_sees():
    layer, x, kernel = FIGURE
    ax = draw(layer, x, kernel, position=POSITION)
    assert len(marks(ax, "window")) == 2
    seen = [text.get_text() for text in ax.texts if text.get_gid() == "tap"]
    assert seen == [numbers.number(n) for n in x[:, 0:3, 2:5].flat]
    outside = [(c, r, k) for c, r, k in np.ndindex(x.shape) if not (r < 3 and k >= 2)]
    assert texts(ax, "input[") == {
        f"input[{c}, {r}, {k}]": numbers.number(x[c, r, k]) for c, r, k in outside
    }


def test_the_active_cell_stands_out_in_its_map_alone():
    layer, x, kernel = FIGURE
    ax = draw(layer, x, kernel, position=POSITION)
    written = [text for text in ax.texts if (text.get_gid() or "").startswith("output[")]
    bold = [text for text in written if text.get_weight() == "bold"]
    assert [text.get_gid() for text in bold] == ["output[1, 0, 2]"]
    left, top, right, bottom = box(only(marks(ax, "active")))
    x, y = bold[0].get_position()
    assert left < x < right
    assert top < y < bottom


def test_the_sum_is_told_with_a_part_for_each_input_map():
    x, kernel = np.ones((3, 4, 4)), np.array([[[[1]], [[-2]], [[3]]], [[[5]], [[7]], [[0.5]]]])
    layer = Conv(4, 1, in_channels=3, out_channels=2)
    assert any(
        "output[0, 0, 0] = 2 = 1 + (−2) + 3" in text for text in said(draw(layer, x, kernel))
    )
    ax = draw(layer, x, kernel, position=(1, 3, 2))
    assert any("output[1, 3, 2] = 12.5 = 5 + 7 + 0.5" in text for text in said(ax))


def test_a_group_sees_its_own_maps_only():
    layer = Conv(4, 2, groups=2, in_channels=4, out_channels=6)
    ax = draw(layer, position=(4, 0, 0))
    kernel = Cells("ramp").array((6, 2, 2, 2))
    assert list(texts(ax, "kernel[").values()) == [numbers.number(n) for n in kernel[4].flat]
    x = Cells("random").array((4, 4, 4))
    seen = [text.get_text() for text in ax.texts if text.get_gid() == "tap"]
    assert seen == [numbers.number(n) for n in x[2:, :2, :2].flat]
    unseen = [text for gid, text in texts(ax, "input[").items() if gid[6] in "01"]
    assert unseen == [numbers.number(n) for n in x[:2].flat]
    labels = [t for t in ax.texts if t.get_gid() == "label"]
    assert [t.get_text() for t in labels if t.get_text().startswith("from")] == [
        "from map 2",
        "from map 3",
    ]
    assert [t.get_text() for t in labels if t.get_weight() == "bold"] == ["map 2", "map 3", "map 4"]


@pytest.mark.parametrize(("depth", "seen"), [(0, [0, 1]), (1, [0, 1, 2]), (2, [1, 2])])
def test_the_window_stands_in_the_slices_that_it_sees(depth, seen):
    layer = Conv((3, 4, 4), 3, padding=1)
    ax = draw(layer, position=(depth, 1, 1))
    x = Cells("random").array((3, 4, 4))
    taps = [text.get_text() for text in ax.texts if text.get_gid() == "tap"]
    assert taps == [numbers.number(n) for n in x[seen, :3, :3].flat]
    truth = correlate(x, Cells("ramp").array((3, 3, 3)), "same")
    assert_array_equal(numbers_of(ax, "output", truth.shape), truth)
    bold = [t.get_text() for t in ax.texts if t.get_gid() == "label" and t.get_weight() == "bold"]
    assert bold == [*(f"slice {n}" for n in seen), f"slice {depth}"]
    assert any("padded to 5 × 6 × 6, only slices of the input are drawn" in t for t in said(ax))


def test_a_slice_that_no_window_reaches_is_hatched_whole():
    ax = draw(MaxPool((4, 4, 4), (3, 2, 2), stride=2))
    hatched = marks(ax, "unused input")
    assert len(hatched) == 16
    below = boxes_of(ax, "input", (4,))[(3,)]
    assert min(box(patch)[0] for patch in hatched) < below[0] < below[2]
    x = Cells("random").array((4, 4, 4))
    truth = x[:3].reshape(3, 2, 2, 2, 2).max(axis=(0, 2, 4))
    assert_array_equal(numbers_of(ax, "output", (1, 2, 2))[0], truth)


def test_a_mean_over_depth_is_told():
    ax = draw(AvgPool((2, 2, 2), 2), np.arange(8).reshape(2, 2, 2))
    assert texts(ax, "output[") == {"output[0, 0, 0]": "3.5"}
    assert any("output[0, 0, 0] = 3.5 = 28 ÷ 8, the mean of what" in text for text in said(ax))


@pytest.mark.parametrize(("counted", "told"), [(True, "1 = 27 ÷ 27"), (False, "3.38 = 27 ÷ 8")])
def test_a_mean_says_what_it_divides_by(counted, told):
    layer = AvgPool((2, 2, 2), 3, stride=1, padding=1, count_include_pad=counted)
    x = np.array([[[1, 2], [3, 4]], [[5, 6], [2, 4]]])
    assert any(f"output[0, 0, 0] = {told}, the mean" in text for text in said(draw(layer, x)))


@pytest.mark.parametrize("position", [(0, 0, 0), (1, 1, 0), (0, 1, 1)])
def test_the_winner_has_a_ring_in_its_slice_alone_and_its_equals_have_dashed_ones(position):
    layer = MaxPool((3, 3, 3), 2, stride=1)
    x = np.array(
        [[[5, 1, 9], [2, 9, 0], [9, 1, 1]], [[0, 9, 1], [3, 1, 1], [9, 7, 7]], [[9] * 3] * 3]
    )
    ax = draw(layer, x, position=position)
    d, r, c = position
    window = x[d : d + 2, r : r + 2, c : c + 2]
    held = [np.add(position, at) for at in np.argwhere(window == window.max())]
    rings = marks(ax, "winner") + marks(ax, "equal")
    ringed = [ring.get_gid().split("[")[1] for ring in rings]
    assert ringed == [", ".join(map(str, at)) + "]" for at in held]
    assert [ring.get_linestyle() == "-" for ring in rings] == [True] + [False] * (len(held) - 1)
    assert not marks(draw(AvgPool((3, 3, 3), 2), x), "winner")


def test_one_dimension_with_channels_is_strips():
    layer = Conv((5,), 2, in_channels=2, out_channels=1)
    x, kernel = np.arange(10).reshape(2, 5), np.array([[[1, 2], [3, 4]]])
    ax = draw(layer, x, kernel, position=(0, 3))
    truth = correlate(x, kernel[0], "valid")
    assert_array_equal(numbers_of(ax, "output", (1, 4)), truth)


def test_a_transposed_layer_with_channels_is_its_equivalent():
    layer = ConvTranspose(2, 2, stride=2, in_channels=2, out_channels=3)
    kernel = np.arange(24).reshape(2, 3, 2, 2)
    ax = draw(layer, np.ones((2, 2, 2)), kernel, position=(1, 0, 0))
    turned = [kernel[c, 1, ::-1, ::-1] for c in range(2)]
    assert list(texts(ax, "kernel[").values()) == [numbers.number(n) for n in np.ravel(turned)]
    assert_array_equal(numbers_of(ax, "output", (3, 4, 4)), np.tile(kernel.sum(axis=0), (1, 2, 2)))
    assert "Transposed convolution, drawn as the equivalent convolution" in said(ax)


@pytest.mark.parametrize(
    "layer",
    [
        FIGURE.layer,
        Conv((3, 4, 4), 2, padding=1),
        MaxPool((4, 4, 4), (3, 2, 2), stride=2),
        Conv((6,), 2, in_channels=2, stride=2),
    ],
    ids=repr,
)
def test_a_prediction_is_not_given_away(layer):
    ax = draw(layer, predict=True)
    assert len(marks(ax, "question")) == 1
    assert not texts(ax, "output")
    assert not marks(ax, "active")
    assert not marks(ax, "unused")
    assert not any("output[" in text for text in said(ax))


@pytest.mark.parametrize(
    ("layer", "other"),
    [
        (Conv(6, 3, in_channels=2), Conv(6, 3, in_channels=2, stride=3)),
        (Conv((5, 6, 6), 2, padding=1), Conv((5, 6, 6), 2, padding=1, stride=3)),
        (MaxPool((5, 6, 6), 2), MaxPool((5, 6, 6), 2, stride=1)),
        (MaxPool((5, 5, 5), 2), MaxPool((5, 5, 5), 2, ceil_mode=True)),
    ],
    ids=repr,
)
def test_layers_that_differ_in_their_outputs_only_look_alike_before_a_prediction(layer, other):
    assert layer.output_size != other.output_size
    assert png(layer, predict=True) == png(other, predict=True)
    assert png(layer) != png(other)


LAYERS = [
    FIGURE.layer,
    Conv(5, 3, padding=1, groups=16),
    Conv((16, 5, 5), 3),
    Conv((3, 3, 3), 2, padding=1, in_channels=4, out_channels=3),
    ConvTranspose((2, 3, 3), 3, stride=2, padding=1, in_channels=2, out_channels=2),
    Conv(40, 5, in_channels=3, out_channels=2, dilation=2),
    Conv((512,), 9, in_channels=16),
    Conv((4, 200, 3), (1, 9, 1)),
    Conv((4, 5, 5), 3, padding=((-1, 0), (0, 0), (0, 0))),
    MaxPool((5, 5, 5), 2, ceil_mode=True),
]


@pytest.mark.parametrize("layer", LAYERS, ids=repr)
def test_everything_lies_inside_and_no_two_maps_overlap(layer):
    ax = draw(layer)
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    renderer = ax.figure.canvas.get_renderer()
    inverse = ax.transData.inverted()
    for text in ax.texts:
        (x0, y0), (x1, y1) = inverse.transform(text.get_window_extent(renderer).get_points())
        assert left - 1 <= min(x0, x1) <= max(x0, x1) <= right + 1, text.get_text()
        assert top - 1 <= min(y0, y1) <= max(y0, y1) <= bottom + 1, text.get_text()
    edges = [box(patch) for patch in marks(ax, "output edge") + marks(ax, "input edge")]
    for n, (a, b, c, d) in enumerate(edges):
        for e, f, g, h in edges[:n]:
            assert c <= e + 0.1 or g <= a + 0.1 or d <= f + 0.1 or h <= b + 0.1
    labels = [t for t in ax.texts if t.get_gid() == "label"]
    spans = sorted(
        (round(t.get_position()[1]), *t.get_window_extent(renderer).intervalx) for t in labels
    )
    for (y, _, end), (below, start, _) in pairwise(spans):
        assert y != below or end < start


def test_maps_without_room_for_numbers_are_shaded_with_a_legend_each():
    ax = draw(Conv(40, 5, in_channels=3, out_channels=2))
    images = [image.get_gid() for image in ax.images]
    assert images.count("input") == images.count("input legend") == 3
    assert images.count("output") == images.count("output legend") == 2
    x = Cells("random").array((3, 40, 40))
    least = [text.get_text() for text in ax.texts if text.get_gid() == "least"]
    assert least[:3] == [numbers.number(each.min()) for each in x]


def test_a_picture_with_channels_has_the_same_bytes_each_time():
    assert png(FIGURE.layer, theme="dark") == png(FIGURE.layer, theme="dark")


def test_a_position_without_its_channel_is_refused():
    with refuses(ValueError, "position (0, 0) is not in the output, whose size is (3, 3, 3)"):
        draw(FIGURE.layer, position=(0, 0))


UNEVEN = np.ones((3, 8, 3, 3))
UNEVEN[1] = -125
UNEVEN[2, 1] = 0.5
EIGHT = Conv(5, 3, in_channels=8, out_channels=3)


def kernels_at(position):
    """The kernels of a picture, as the frame of an animation: texts, and the cells round them."""
    moving = animate(EIGHT, np.ones((8, 5, 5)), UNEVEN, positions=[(0, 0, 0)])
    ax = moving._fig.axes[0]
    moving._func(position)
    written = [text for text in ax.texts if (text.get_gid() or "").startswith("kernel[")]
    edges = [box(patch) for patch in marks(ax, "kernel edge")]
    return ax, written, edges


@pytest.mark.parametrize("channel", range(3))
def test_the_numbers_of_every_kernel_stay_in_their_cells_in_an_animation(channel):
    ax, written, edges = kernels_at((channel, 1, 1))
    assert len(written) == 8 * 9
    renderer, back = ax.figure.canvas.get_renderer(), ax.transData.inverted()
    for text in written:
        left, right = sorted(back.transform(text.get_window_extent(renderer).get_points())[:, 0])
        x, y = text.get_position()
        (edge,) = [e for e in edges if e[0] < x < e[2] and e[1] < y < e[3]]
        side = (edge[2] - edge[0]) / 3
        cell = edge[0] + (x - edge[0]) // side * side
        assert cell - 0.5 <= left < right <= cell + side + 0.5, text.get_text()


def test_the_numbers_of_every_kernel_are_of_one_size():
    sizes = {text.get_fontsize() for n in range(3) for text in kernels_at((n, 0, 0))[1]}
    assert len(sizes) == 1


def test_where_one_kernel_must_be_shaded_all_are():
    layer = Conv(18, 9, in_channels=2, out_channels=2)
    kernel = np.ones((2, 2, 9, 9))
    kernel[1] = -12345.25
    for n in range(2):
        ax = draw(layer, np.ones((2, 18, 18)), kernel, position=(n, 0, 0))
        assert not texts(ax, "kernel[")
        assert len([image for image in ax.images if image.get_gid() == "kernel"]) == 2


@pytest.mark.parametrize("layer", [MaxPool((5, 5, 5), 3), MaxPool((5, 5), 3), MaxPool((12,), 3)])
@pytest.mark.parametrize("predict", [False, True])
def test_a_maximum_is_ringed_but_where_it_is_to_be_predicted(layer, predict):
    for style in ("flat", "stacked") if len(layer.axes) < 3 else ("flat",):
        ax = draw(layer, predict=predict, style=style)
        assert bool(marks(ax, "winner")) != predict
        assert not (predict and marks(ax, "equal"))
