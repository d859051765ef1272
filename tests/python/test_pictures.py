"""The pictures as files: their shades, colours and sizes, and what has none."""

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import matplotlib
import numpy as np
import pytest
from drawing import box, marks, numbers_of, only, said, texts
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.image import imread
from numpy.testing import assert_array_equal
from refusal import refuses
from scipy.signal import correlate2d

from convwidget import Conv, MaxPool, figure
from convwidget.guide import FIGURES
from convwidget.plotting import draw, numbers, palette, png

X = np.arange(1, 37).reshape(6, 6) * 7 % 11 - 3
K = np.array([[1, 2, 3], [4, -5, 6], [7, 8, 9]])


def test_numbers_give_way_to_shades():
    assert len(texts(draw(Conv(16, 3)), "input[")) == 16 * 16 - 9
    ax = draw(Conv(17, 3))
    assert not texts(ax, "input[")
    assert len([image for image in ax.images if image.get_gid() == "input"]) == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_shades_run_from_the_smallest_number_to_the_largest(theme):
    x = np.zeros((40, 40), dtype=int)
    x[3, 4], x[5, 6] = -10, 30
    ax = draw(Conv(40, 1), x, [[2]], position=(5, 6), theme=theme)
    for role, least, most in (("input", -10, 30), ("output", -20, 60)):
        shades = only([image for image in ax.images if image.get_gid() == role]).get_array()
        dark, light, zero = shades[3, 4, :3], shades[5, 6, :3], shades[0, 0, :3]
        assert dark.sum() < zero.sum() < light.sum()
        # A straight line: 0 is a quarter of the way from −10 to 30.
        assert np.abs(dark + (light.astype(float) - dark) / 4 - zero).max() <= 1
        assert {numbers.number(least), numbers.number(most)} <= set(said(ax))
    assert texts(ax, "output[") == {"output[5, 6]": "60"}
    assert [text.get_text() for text in ax.texts if text.get_gid() == "tap"] == ["30"]


def test_a_photograph_has_its_window_and_its_padding_clear():
    x = np.arange(128 * 128).reshape(128, 128) % 251
    ax = draw(Conv(128, 3, padding=2), x, position=(60, 70))
    image = only([image for image in ax.images if image.get_gid() == "input"])
    shades = image.get_array()
    assert shades.shape == (132, 132, 4)
    assert (shades[2:-2, 2:-2, 3] == 255).all()
    assert not shades[:2, :, 3].any()
    assert not shades[:, -2:, 3].any()
    left, right, _, top = image.get_extent()
    x0, y0, x1, y1 = box(only(marks(ax, "window")))
    cell = (right - left) / 132
    assert np.allclose([(x0 + x1) / 2, (y0 + y1) / 2], [left + 71.5 * cell, top + 61.5 * cell])
    seen = [text.get_text() for text in ax.texts if text.get_gid() == "tap"]
    assert seen == [str(n) for n in x[58:61, 68:71].flat]
    assert len(ax.patches) + len(ax.texts) < 200


def test_huge_numbers_are_drawn_too():
    big = np.full((20, 20), 1.7e308)
    big[0] = -1.7e308
    ax = draw(Conv(20, 1), big, [[1.0]])
    assert {"−1.7e308", "1.7e308"} <= set(said(ax))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-3, "−3"),
        (1.0, "1"),
        (2 / 3, "0.67"),
        (0.5, "0.5"),
        (-0.126, "−0.13"),
        (1e-4, "1.0e−4"),
        (12345678, "1.2e7"),
        (-np.inf, "−∞"),
    ],
)
def test_a_number_is_written_briefly(value, text):
    assert numbers.number(value) == text


@pytest.mark.parametrize("number", FIGURES)
def test_every_figure_of_the_guide_fits_in_its_picture(number):
    layer, x, kernel = figure(number)
    ax = draw(layer, x, kernel, theme="dark")
    width, height = ax.get_xlim()[1], ax.get_ylim()[0]
    assert width <= 760
    assert to_hex(only(marks(ax, "ground")).get_facecolor()) == palette.DARK.ground
    back = ax.transData.inverted()
    for mark in [*ax.patches, *ax.texts]:
        ends = mark.get_window_extent().transformed(back)
        assert -1 < ends.x0 <= ends.x1 < width + 1, mark
        assert min(ends.y0, ends.y1) > -1, mark
        assert max(ends.y0, ends.y1) < height + 1, mark


def test_the_numbers_that_a_widget_shows_are_the_default():
    from convwidget.cells import Cells

    ax = draw(Conv(5, 3))
    x, kernel = Cells("random").array((5, 5)), Cells("ramp").array((3, 3))
    truth = correlate2d(x, kernel, mode="valid")
    assert_array_equal(numbers_of(ax, "output", (3, 3)), truth)


def test_a_picture_has_the_same_bytes_whatever_matplotlib_is_set_to():
    layer = Conv(6, 3, stride=2)
    plain = png(layer)
    settings = {"font.size": 30, "figure.dpi": 50, "font.family": "serif", "hatch.linewidth": 9}
    with matplotlib.rc_context({**settings, "savefig.bbox": "tight", "text.usetex": False}):
        assert png(layer) == plain
    assert png(layer) == plain
    chunks = re.findall(rb"IHDR|tEXt|zTXt|iTXt|tIME", plain)
    assert chunks == [b"IHDR"]


@pytest.mark.parametrize(("theme", "ground"), [("light", "#ffffff"), ("dark", "#111111")])
def test_a_png_is_as_wide_as_asked_on_its_ground(theme, ground):
    picture = imread(BytesIO(png(MaxPool(4, 2), theme=theme)))
    assert picture.shape[1] == 1140
    for corner in (picture[0, 0], picture[-1, -1], picture[0, -1]):
        assert np.allclose(corner[:3], to_rgb(ground), atol=1 / 255)
    assert imread(BytesIO(png(MaxPool(4, 2), width=500))).shape[1] == 750


def test_nothing_of_matplotlib_is_loaded_or_left_behind():
    code = """
import sys
import convwidget, convwidget.plotting
assert not {"matplotlib", "numpy"} & set(sys.modules), "loaded too early"
convwidget.plotting.png(convwidget.Conv(5, 3))
convwidget.plotting.draw(convwidget.Conv(5, 3))
assert "matplotlib.pyplot" not in sys.modules, "pyplot is global state"
import matplotlib
assert matplotlib.rcParams._get_backend_or_none() is None, "the backend was chosen"
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_it_draws_on_axes_that_are_given():
    figure_of_two = Figure(figsize=(12, 4))
    left, right = figure_of_two.subplots(1, 2)
    assert draw(Conv(5, 3), ax=right) is right
    assert not left.texts
    # Numbers are as much smaller as the picture is.
    own = draw(Conv(5, 3))
    sizes = [
        next(t for t in ax.texts if t.get_gid() == "output[0, 1]").get_fontsize()
        for ax in (own, right)
    ]
    room = right.get_window_extent().width / figure_of_two.dpi * 72
    assert sizes[1] / sizes[0] == pytest.approx(room / own.get_xlim()[1], rel=0.01)


REFUSED = [
    ((Conv((4, 4, 4, 4), 3),), ValueError, "at most 3 dimensions can be drawn, not 4"),
    ((Conv(5, 3, in_channels=17),), ValueError, "at most 16 maps can be drawn, not 17"),
    ((Conv((9, 4, 4), 3, groups=2),), ValueError, "at most 16 maps can be drawn, not 18"),
    ((Conv((17, 4, 4), 1),), ValueError, "at most 16 maps can be drawn, not 17"),
    (
        (Conv(6, 3, in_channels=2), X),
        ValueError,
        "the input has shape (6, 6), but the layer's is (2, 6, 6)",
    ),
    ((Conv(5, 3, padding=300),), ValueError, "at most 512 cells in a row can be drawn, not 605"),
    ((Conv(5, 3), X), ValueError, "the input has shape (6, 6), but the layer's is (5, 5)"),
    ((Conv(6, 3), X, X), ValueError, "the kernel has shape (6, 6), but the layer's is (3, 3)"),
    ((MaxPool(6, 3), X, K), ValueError, "a pool has no kernel to draw"),
    ((Conv(6, 3), X * np.nan), ValueError, "the input holds nan: it must be finite"),
    ((Conv(6, 3), X * 1j), TypeError, "the input is complex: only real numbers can be drawn"),
    (("Conv",), TypeError, "only a layer can be drawn, not 'Conv'"),
]


@pytest.mark.parametrize(("given", "kind", "message"), REFUSED, ids=[m for *_, m in REFUSED])
def test_what_has_no_honest_picture_is_refused(given, kind, message):
    for paint in (draw, png):
        with refuses(kind, message):
            paint(*given)


@pytest.mark.parametrize("position", [(3, 0), (0, -1), (0,), (0, 0, 0), 1])
def test_a_position_outside_the_output_is_refused(position):
    with refuses(ValueError, "is not in the output, whose size is (3, 3)"):
        draw(Conv(5, 3), position=position)


def test_an_unknown_theme_is_refused():
    with refuses(ValueError, "theme 'auto' is not one of 'light', 'dark'"):
        draw(Conv(5, 3), theme="auto")


def test_the_palette_is_that_of_the_front_end():
    sheet = Path(__file__).parents[2].joinpath("convwidget/js/css/tokens.css").read_text()
    blocks = re.findall(r"^\.cw(?:\.cw-dark)? \{(.*?)^\}", sheet, re.DOTALL | re.MULTILINE)
    light, dark = (dict(re.findall(r"--cw-([\w-]+): (#\w+);", block)) for block in blocks)
    for colours, tokens in ((palette.LIGHT, light), (palette.DARK, {**light, **dark})):
        assert vars(colours) == {name: tokens[name.replace("_", "-")] for name in vars(colours)}
