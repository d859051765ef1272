"""The stacked drawings, read back and held against windows slid by hand."""

from itertools import product

import brute
import numpy as np
import pytest
from drawing import lettering, lines_of, marks, on_page, only, said
from numpy.testing import assert_allclose
from refusal import refuses
from scipy.signal import correlate2d

from convwidget import AvgPool, Conv, ConvTranspose, MaxPool, figure
from convwidget.plotting import draw, palette

X = np.arange(1, 37).reshape(6, 6) * 7 % 11 - 3
K = np.array([[1, 2, 3], [4, -5, 6], [7, 8, 9]])


def stacked(layer, *arrays, **more):
    return draw(layer, *arrays, style="stacked", **more)


def read(written, name, shape):
    found = np.empty(shape)
    for index in np.ndindex(shape):
        found[index] = float(written[f"{name}[{', '.join(map(str, index))}]"].replace("−", "-"))
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("stride", "padding"), [(1, 0), (2, 1), (3, 2)])
def test_the_output_holds_the_numbers_of_scipy(stride, padding, theme):
    ax = stacked(Conv(6, 3, stride=stride, padding=padding), X, K, theme=theme)
    truth = correlate2d(np.pad(X, padding), K, mode="valid")[::stride, ::stride]
    assert_allclose(read(lettering(ax, "output["), "output", truth.shape), truth)


def plane(ax, edge, cells):
    """The map from the page to rows and columns of a plane, by the corners of its edge."""
    corners = on_page(ax, only(marks(ax, edge)))[:4]
    (rows, first), (columns, left) = cells
    places = np.array(
        [
            [left, first],
            [left + columns, first],
            [left + columns, first + rows],
            [left, first + rows],
        ]
    )
    known = np.column_stack([corners, np.ones(4)])
    solved, *_ = np.linalg.lstsq(known, places, rcond=None)
    return lambda points: (np.column_stack([points, np.ones(len(points))]) @ solved)[:, ::-1]


REACHED = [
    (Conv(5, 3, stride=2, padding=1), (1, 2)),
    (Conv((5, 7), (3, 2), stride=(1, 2), padding=((0, 2), (1, 0))), (3, 1)),
    (Conv(6, 3, stride=2), (1, 0)),
    (ConvTranspose(3, 3, stride=2, padding=1), (4, 1)),
    (ConvTranspose(2, 3, stride=3), (0, 5)),
    (MaxPool(6, 2), (2, 1)),
]


@pytest.mark.parametrize(("layer", "position"), REACHED, ids=repr)
def test_the_lines_join_the_window_with_the_cell_that_it_makes(layer, position):
    ax = stacked(layer, position=position)
    axes = []
    for n in range(2):
        size, kernel = layer.input_size[n], layer.kernel_size[n]
        stride, (before, after), stretch = layer.stride[n], layer.pads[n], 1
        if isinstance(layer, ConvTranspose):  # over the stretched line, with steps of one
            before, after, stretch, stride = kernel - 1 - before, kernel - 1 - after, stride, 1
        axes.append((brute.line(size, before, after, stretch), stride, kernel))
    spans = [[n for n, cell in enumerate(line) if cell != brute.PADDING] for line, *_ in axes]
    edge = [(span[-1] - span[0] + 1, span[0]) for span in spans]
    starts = plane(ax, "input edge", edge)(lines_of(ax, "line")[:, 0])
    truth = [(o * stride, o * stride + k) for o, (_, stride, k) in zip(position, axes, strict=True)]
    (top, bottom), (left, right) = truth
    corners = [(top, left), (top, right), (bottom, right), (bottom, left)]
    assert_allclose(starts, corners, atol=1e-6)
    # What the window covers is what a window slid by hand sees.
    covered = {
        (axes[0][0][r], axes[1][0][c])
        for r, c in product(range(len(axes[0][0])), range(len(axes[1][0])))
        if starts[:, 0].min() < r + 0.5 < starts[:, 0].max()
        and starts[:, 1].min() < c + 0.5 < starts[:, 1].max()
    }
    inside = [line[a:b] for (line, *_), (a, b) in zip(axes, truth, strict=True)]
    assert covered == set(product(*inside))
    ends = plane(ax, "output edge", [(o, 0) for o in layer.output_size])
    row, column = position
    around = [(row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column)]
    assert_allclose(ends(lines_of(ax, "line behind")[:, 1]), around, atol=1e-6)
    assert_allclose(lines_of(ax, "line")[:, 1], lines_of(ax, "line behind")[:, 0])


def test_the_lines_are_faint_behind_the_output_alone():
    ax = stacked(Conv(5, 3), position=(1, 1))
    to_cells = plane(ax, "output edge", [(3, 0), (3, 0)])
    places = to_cells(lines_of(ax, "line").mean(axis=1))
    assert ((places < 0) | (places > 3)).any(axis=1).all()
    hidden = to_cells(lines_of(ax, "line behind").mean(axis=1))
    assert ((hidden > 0) & (hidden < 3)).all()


def test_the_window_shows_the_cells_and_weights_of_its_position():
    ax = stacked(Conv(6, 3, stride=2, padding=1), X, K, position=(1, 2))
    taps = [patch.get_label() for patch in marks(ax, "tap")]
    assert taps == [str(n).replace("-", "−") for n in np.pad(X, 1)[2:5, 4:7].flat]
    assert_allclose(read(lettering(ax, "weight["), "weight", (3, 3)), K)


def test_one_dimension_is_a_strip():
    ax = stacked(Conv((5,), 3), [1, 2, 3, 4, 5], [1, 10, 100], position=2)
    assert_allclose(read(lettering(ax, "output["), "output", (3,)), [321, 432, 543])
    starts = plane(ax, "input edge", [(1, 0), (5, 0)])(lines_of(ax, "line")[:, 0])
    assert_allclose(starts, [(0, 2), (0, 5), (1, 5), (1, 2)], atol=1e-6)


@pytest.mark.parametrize("number", ["4.1", "4.5", "4.7"])
def test_a_transposed_layer_is_its_equivalent_convolution(number):
    layer, x, kernel = figure(number)
    ax = stacked(layer, x, kernel)
    more = (layer.stride, layer.pads, layer.dilation, layer.output_padding)
    found = brute.stamp(x[None], kernel[None, None], *more)
    written = read(lettering(ax, "output["), "output", layer.output_size)
    assert {(0, *index): value for index, value in np.ndenumerate(written)} == found
    assert "Transposed convolution, drawn as the equivalent convolution" in said(ax)
    assert any("turned by 180°" in text for text in said(ax))


def test_what_no_window_uses_is_hatched():
    assert len(marks(stacked(Conv(6, 3, stride=2)), "unused input")) == 11
    assert len(marks(stacked(figure("2.7").layer), "unused padding")) == 15


def test_a_maximum_has_its_ring():
    layer, x, _ = figure("1.6")
    assert len(marks(stacked(layer, x), "winner")) == 1
    assert not lettering(stacked(layer, x), "weight")


def test_padding_that_does_not_count_carries_no_number():
    layer = AvgPool(4, 2, stride=1, padding=1, count_include_pad=False)
    ax = stacked(layer, X[:4, :4], position=(0, 2))
    assert [patch.get_label() for patch in marks(ax, "tap")] == [
        str(n).replace("-", "−") for n in X[0, 1:3]
    ]
    assert lettering(ax, "divisor[0, 2]") == {"divisor[0, 2]": "÷ 2"}


def test_large_planes_are_shaded_with_a_legend():
    ax = stacked(Conv(30, 3), position=(20, 4))
    assert {image.get_gid() for image in ax.images} >= {"input", "output", "input legend"}


def test_a_prediction_is_not_given_away():
    one, other = Conv(6, 3, stride=2), Conv(6, 3, stride=3)
    seen = [
        [(patch.get_gid(), on_page(ax, patch).round(6).tolist()) for patch in ax.patches]
        for ax in (stacked(layer, X, K, predict=True) for layer in (one, other))
    ]
    assert seen[0] == seen[1]
    ax = stacked(one, X, K, predict=True)
    assert not lettering(ax, "output")
    assert not len(lines_of(ax, "line"))
    assert len(marks(ax, "question")) == 1


LAYERS = [
    Conv(5, 3, stride=2, padding=1),
    Conv((6, 7), (2, 3), padding=((1, 2), (0, 3))),
    Conv(7, 3, padding=((-1, 2), (0, -2))),
    Conv((40, 3), 3),
    Conv((1, 9), (1, 3)),
    Conv((20,), 4),
    Conv(64, 11, padding=3),
    Conv(512, 3),
    Conv(256, 5, padding=128),
    ConvTranspose(128, 3, stride=4, padding=1),
    MaxPool((512, 3), 3),
    MaxPool(511, 2, ceil_mode=True),
    ConvTranspose(2, 3),
    ConvTranspose(2, 3, stride=4),
    MaxPool((5, 6), 3, stride=3, ceil_mode=True),
    AvgPool(6, 2),
]


def apart(one, other):
    """Whether two convex outlines share no area: some edge has each on its own side."""
    for outline in (one, other):
        for (x, y), (to_x, to_y) in zip(outline, np.roll(outline, -1, axis=0), strict=True):
            sides = [
                (to_x - x) * (points[:, 1] - y) - (to_y - y) * (points[:, 0] - x)
                for points in (one, other)
            ]
            if max(sides[0]) <= min(sides[1]) + 1e-6 or max(sides[1]) <= min(sides[0]) + 1e-6:
                return True
    return False


@pytest.mark.parametrize("layer", LAYERS, ids=repr)
def test_everything_lies_inside_and_no_map_covers_another(layer):
    ax = stacked(layer)
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    assert right <= 760
    back = ax.transData.inverted()
    for mark in [*ax.texts, *marks(ax, "output"), *marks(ax, "kernel"), *marks(ax, "input")]:
        ends = back.transform(mark.get_window_extent(ax.figure.canvas.get_renderer()).get_points())
        assert left - 1 <= ends[:, 0].min() <= ends[:, 0].max() <= right + 1, mark
        assert top - 1 <= ends[:, 1].min() <= ends[:, 1].max() <= bottom + 1, mark
    edges = [on_page(ax, only(marks(ax, f"{role} edge")))[:4] for role in ("input", "output")]
    edges += [np.array(on_page(ax, patch)[:4]) for patch in marks(ax, "kernel edge")]
    for n, one in enumerate(edges):
        for other in edges[:n]:
            assert apart(one, other)


@pytest.mark.parametrize("colours", palette.THEMES.values(), ids=palette.THEMES)
def test_what_is_written_in_a_stacked_drawing_can_be_read(colours):
    def light(colour):
        parts = [c / 255 for c in palette.rgb(colour)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return sum(a * b for a, b in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))

    def contrast(one, other):
        low, high = sorted((light(one), light(other)))
        return (high + 0.05) / (low + 0.05)

    shade = palette.mixed(colours.ground, colours.kernel_mid, 0.3)
    beam = [palette.mixed(below, colours.kernel_mid, 0.12) for below in (shade, colours.input_mid)]
    for below in (colours.input_mid, colours.output_mid, colours.output, *beam):
        assert contrast(colours.ink, below) >= 4.5
    for below in (colours.ground, shade):
        assert contrast(colours.quiet, below) >= 4.5
    for line in (colours.kernel_line, colours.output_line, colours.input_line):
        assert contrast(line, colours.ground) >= 4.5


@pytest.mark.parametrize(
    ("layer", "what"),
    [
        (figure("1.3").layer, "channels"),
        (Conv((4, 4, 4), 2), "depth"),
        (MaxPool((4, 4, 4), 2), "depth"),
    ],
    ids=repr,
)
def test_a_layer_of_many_maps_is_refused(layer, what):
    with refuses(ValueError, f"a layer with {what} has more: style='flat' draws them all"):
        stacked(layer)


def test_an_unknown_style_is_refused():
    with refuses(ValueError, "style 'raised' is not one of 'flat', 'stacked'"):
        draw(Conv(5, 3), style="raised")
