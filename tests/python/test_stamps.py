"""A transposed layer as stamps and on the way back, against stamps laid down one by one."""

import brute
import numpy as np
import pytest
from drawing import box, centre, marks, numbers_of, only, said, texts
from draws import transposes
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from refusal import refuses
from scipy.signal import correlate2d

from convwidget import AvgPool, Conv, ConvTranspose, MaxPool, figure
from convwidget.plotting import animate, draw, numbers, png

LAYER, X, K = figure("4.6")


def stamp(layer, x=None, kernel=None, **more):
    return draw(layer, x, kernel, style="stamp", **more)


def arrays(layer):
    """An input and a kernel with other numbers than the default ones."""
    x = np.arange(np.prod(layer.input_size)).reshape(layer.input_size) * 7 % 11 - 3
    kernel = np.arange(np.prod(layer.kernel_size)).reshape(layer.kernel_size) * 5 % 7 - 2
    return x, kernel


def landing(layer, x, kernel, position):
    """The products that are added up on an output cell, as {input cell: (number, weight)}."""
    found = {}
    for cell in np.ndindex(*x.shape):
        for tap in np.ndindex(*kernel.shape):
            at = tuple(
                n * s + k * d - before
                for n, s, k, d, (before, _) in zip(
                    cell, layer.stride, tap, layer.dilation, layer.pads, strict=True
                )
            )
            if at == position:
                found[cell] = (x[cell], kernel[tap], tap)
    return found


def indices(found, beginning):
    """The indices in brackets behind the beginning of gids."""
    return {eval(f"tuple({gid.removeprefix(beginning)})") for gid in found}


LAYERS = [
    LAYER,
    ConvTranspose(3, 2, stride=3),
    ConvTranspose(2, 3, stride=2, padding=1, output_padding=1),
    ConvTranspose((2, 4), (3, 2), stride=(2, 1), padding=((0, 1), (1, 0)), dilation=(2, 1)),
    ConvTranspose(3, 3, stride=2, padding=((-1, 2), (1, -2))),
    ConvTranspose((4,), 3, stride=2, padding=1),
    ConvTranspose(2, 3, stride=2, dilation=3, output_padding=2),
]


@pytest.mark.parametrize("layer", LAYERS, ids=repr)
def test_the_stamps_that_land_on_a_cell_and_their_sum_are_shown(layer):
    x, kernel = arrays(layer)
    truth = brute.stamp(
        x[None], kernel[None, None], layer.stride, layer.pads, layer.dilation, layer.output_padding
    )
    for position in [*np.ndindex(*layer.output_size)][::3]:
        ax = stamp(layer, x, kernel, position=position)
        written = numbers_of(ax, "output", layer.output_size)
        assert {(0, *index): value for index, value in np.ndenumerate(written)} == truth
        landed = landing(layer, x, kernel, position)
        assert indices({p.get_gid() for p in marks(ax, "stamp")}, "stamp") == set(landed)
        sources = {tuple(eval(g.removeprefix("source"))): t for g, t in texts(ax, "source").items()}
        assert sources == {cell: numbers.number(n) for cell, (n, _, _) in landed.items()}
        taps = {tap: numbers.number(weight) for _, weight, tap in landed.values()}
        assert {
            tuple(eval(g.removeprefix("weight"))): t for g, t in texts(ax, "weight").items()
        } == (taps)
        (told,) = texts(ax, "told").values()
        index = ", ".join(map(str, position))
        beginning = f"output[{index}] = {numbers.number(truth[0, *position])}"
        assert told.startswith(beginning)
        if landed:
            products = told.removeprefix(f"{beginning} = ").translate(str.maketrans("·−", "*-"))
            assert eval(products) == truth[0, *position]
            assert products.count("*") == len(landed)
        else:
            assert told == f"{beginning}: no stamp lands there"


@pytest.mark.parametrize("layer", LAYERS, ids=repr)
def test_each_stamp_lies_where_its_kernel_meets_the_output(layer):
    x, kernel = arrays(layer)
    position = tuple(o // 2 for o in layer.output_size)
    ax = stamp(layer, x, kernel, position=position)
    edge = box(only(marks(ax, "output edge")))
    cell = (edge[2] - edge[0]) / layer.output_size[-1]
    for patch in marks(ax, "stamp"):
        (index,) = indices({patch.get_gid()}, "stamp")
        left, top, right, bottom = box(patch)
        for n, (low, high, start) in enumerate(((top, bottom, edge[1]), (left, right, edge[0]))):
            axis = n - 2 + len(layer.axes)
            if axis < 0:
                continue
            first = index[axis] * layer.stride[axis] - layer.pads[axis][0]
            spread = layer.dilation[axis] * (layer.kernel_size[axis] - 1) + 1
            assert_allclose([(low - start) / cell, (high - start) / cell], [first, first + spread])
    row, column = (0, *position)[-2:]
    assert_allclose(
        centre(only(marks(ax, "active"))),
        (edge[0] + (column + 0.5) * cell, edge[1] + (row + 0.5) * cell),
        atol=1e-3,
    )


def test_what_padding_crops_stands_round_the_output():
    ax = stamp(LAYER, X, K)
    around = [text for text in ax.texts if text.get_gid() == "cropped"]
    whole = brute.stamp(X[None], K[None, None], (2, 2), ((0, 0), (0, 0)), (1, 1), (0, 0))
    border = [value for (_, *at), value in sorted(whole.items()) if min(at) == 0 or max(at) == 6]
    assert [text.get_text() for text in around] == [numbers.number(n) for n in border]
    assert "5 × 5, cropped from 7 × 7" in said(ax)
    plain = stamp(ConvTranspose(3, 3, stride=2))
    assert not [text for text in plain.texts if text.get_gid() == "cropped"]
    assert "7 × 7" in said(plain)


def test_the_kernel_is_not_turned():
    written = {**texts(stamp(LAYER, X, K), "kernel[")}
    assert list(written.values()) == [numbers.number(n) for n in K.flat]
    assert "3 × 3" in said(stamp(LAYER, X, K))


@settings(max_examples=25)
@given(transposes(dims=(1, 2)), st.data())
def test_any_transposed_layer_has_its_stamps(layer, data):
    layer = type(layer)(
        layer.input_size,
        layer.kernel_size,
        stride=layer.stride,
        padding=layer.pads,
        output_padding=layer.output_padding,
        dilation=layer.dilation,
    )
    position = data.draw(st.tuples(*(st.integers(0, o - 1) for o in layer.output_size)))
    x, kernel = arrays(layer)
    ax = stamp(layer, x, kernel, position=position)
    assert len(marks(ax, "stamp")) == len(landing(layer, x, kernel, position))
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    back = ax.transData.inverted()
    for mark in [*ax.texts, *marks(ax, "output"), *marks(ax, "kernel"), *marks(ax, "stamp")]:
        ends = back.transform(mark.get_window_extent(ax.figure.canvas.get_renderer()).get_points())
        assert left - 1 <= ends[:, 0].min() <= ends[:, 0].max() <= right + 1, mark
        assert top - 1 <= ends[:, 1].min() <= ends[:, 1].max() <= bottom + 1, mark


def test_large_maps_are_shaded_with_a_legend():
    ax = stamp(ConvTranspose(20, 3, stride=2, padding=1), position=(3, 5))
    assert {image.get_gid() for image in ax.images} == {
        "input", "output", "input legend", "output legend",
    }  # fmt: skip
    assert list(texts(ax, "output[")) == ["output[3, 5]"]
    assert len(marks(ax, "stamp")) == 4


def test_many_stamps_are_counted_where_their_products_would_not_fit():
    ax = stamp(ConvTranspose(6, 4), position=(4, 4))
    (told,) = texts(ax, "told").values()
    assert told.endswith(", the sum of 16 stamps")


def test_a_prediction_is_not_given_away():
    one, other = ConvTranspose(3, 3, stride=2), ConvTranspose(3, 3, stride=3, padding=1)
    assert png(one, style="stamp", predict=True) == png(other, style="stamp", predict=True)
    ax = stamp(one, predict=True)
    assert not texts(ax, "output[")
    assert not marks(ax, "stamp")
    assert not texts(ax, "told")
    assert len(marks(ax, "question")) == 1


def test_the_stamps_move_in_an_animation():
    moving = animate(LAYER, X, K, style="stamp")
    frames = list(moving.new_frame_seq())
    assert frames == list(np.ndindex(5, 5))
    drawn = moving._func((1, 3))
    told = [mark.get_text() for mark in drawn if mark.get_gid() == "told"]
    assert told == list(texts(stamp(LAYER, X, K, position=(1, 3)), "told").values())


@pytest.mark.parametrize("layer", LAYERS, ids=repr)
def test_the_way_back_is_the_convolution_that_is_transposed(layer):
    x, kernel = (array % 3 for array in arrays(layer))
    output = layer.apply(x, kernel)
    for position in [(0,) * len(layer.axes), tuple(o - 1 for o in layer.output_size)]:
        ax = draw(layer, x, kernel, style="back", position=position)
        direct = layer.direct()
        pads = ((0, 0), *direct.pads)[-2:]
        # SciPy slides no dilated window, so the kernel is spread first; negative padding crops.
        spread = np.zeros(
            [d * (k - 1) + 1 for d, k in zip(layer.dilation, kernel.shape, strict=True)]
        )
        spread[tuple(slice(None, None, d) for d in layer.dilation)] = kernel
        line = np.pad(output.reshape((1, *output.shape)[-2:]), np.maximum(pads, 0))
        cut = tuple(slice(-min(b, 0), min(a, 0) or None) for b, a in pads)
        steps = tuple(slice(None, None, s) for s in (1, *layer.stride)[-2:])
        truth = correlate2d(line[cut], spread.reshape((1, *spread.shape)[-2:]), "valid")[steps]
        shape = layer.input_size
        assert_array_equal(numbers_of(ax, "output", shape), truth.reshape(shape))
        assert any(text.startswith("Going back: the convolution") for text in said(ax))
        landed = landing(layer, x, kernel, position)
        bold = {
            text.get_gid()
            for text in ax.texts
            if (text.get_gid() or "").startswith("output[") and text.get_weight() == "bold"
        }
        assert indices(bold, "output") <= set(landed)
        assert bool(bold) == bool(landed)


def test_where_no_stamp_landed_there_is_no_way_back():
    layer = ConvTranspose((3,), 1, stride=3)
    for position in range(7):
        ax = draw(layer, style="back", position=position)
        bold = [text for text in ax.texts if text.get_weight() == "bold" and text.get_gid()]
        assert bool(bold) == (position % 3 == 0), position


@pytest.mark.parametrize("style", ["stamp", "back"])
@pytest.mark.parametrize("layer", [Conv(5, 3), MaxPool(4, 2), AvgPool(4, 2)], ids=repr)
def test_only_a_transposed_layer_has_stamps_and_a_way_back(style, layer):
    with refuses(ValueError, f"style={style!r} is for a ConvTranspose, and not for {layer!r}"):
        draw(layer, style=style)


@pytest.mark.parametrize("style", ["stamp", "back", "stacked"])
@pytest.mark.parametrize(
    ("layer", "what"),
    [(ConvTranspose(3, 3, groups=2), "channels"), (ConvTranspose((2, 2, 2), 2), "depth")],
    ids=repr,
)
def test_a_layer_of_many_maps_is_refused(style, layer, what):
    with refuses(ValueError, f"style={style!r} has one map of the input and one of the output"):
        draw(layer, style=style)
    with refuses(ValueError, f"a layer with {what} has more: style='flat' draws them all"):
        draw(layer, style=style)


def test_the_way_back_would_give_a_prediction_away():
    with refuses(ValueError, "style='back' begins with the output, which is to be predicted"):
        draw(LAYER, style="back", predict=True)
