"""Animations and files: their frames held against whole pictures, and their bytes."""

import os
import subprocess
import sys
from itertools import pairwise

import matplotlib
import matplotlib.style
import numpy as np
import pytest
from drawing import texts
from PIL import Image
from refusal import refuses

from convwidget import Conv, ConvTranspose, MaxPool, figure
from convwidget.plotting import animate, animation, canvas, draw, drawing, palette, save
from convwidget.plotting.gif import Colours, write_gif

LAYER = Conv(5, 3, stride=2, padding=1)
POSITIONS = [(r, c) for r in range(3) for c in range(3)]
CHANNELS = Conv(4, 3, in_channels=2, out_channels=2)
CASES = [
    (LAYER, "stacked"),
    (LAYER, "flat"),
    (MaxPool(5, 2, stride=1), "flat"),
    (MaxPool((4, 3), 2, stride=1), "stacked"),
    (ConvTranspose(2, 2, stride=2), "stacked"),
    (Conv((12,), 3, stride=3), "flat"),
    (CHANNELS, "flat"),
    (Conv(20, 5, stride=8), "flat"),
]


def laid_out(layer, style, position=None):
    return drawing.laid_out(layer, None, None, position, False, style, 560)


def whole(plan, theme="light"):
    """A picture drawn all at once, at an animation's size."""
    with matplotlib.style.context("default"):
        ax = canvas.axes(plan.width, plan.height, animation.DENSITY)
        plan.moving(canvas.begun(plan, ax, theme))
        ax.figure.canvas.draw()
    return np.asarray(ax.figure.canvas.buffer_rgba())[..., :3].astype(int)


def differing(one, other):
    """The share of pixels that differ by more than a shade."""
    return (np.abs(one - other).max(axis=-1) > 40).mean()


@pytest.mark.parametrize(("layer", "style"), CASES, ids=repr)
def test_each_frame_is_the_picture_of_its_position(layer, style):
    plan = laid_out(layer, style)
    count = np.prod(layer.output_size) * (2 if style == "flat" and layer == CHANNELS else 1)
    assert len(plan.positions) == count
    film = animation.Film(plan, "light")
    some = sorted({0, len(plan.positions) // 2, len(plan.positions) - 1})
    frames = [film.frame(plan.positions[n])[..., :3].astype(int) for n in some]
    for n, frame in zip(some, frames, strict=True):
        truth = whole(laid_out(layer, style, plan.positions[n]))
        assert differing(frame, truth) < 0.001
    for one, other in pairwise(frames):
        assert differing(one, other) > 0.002


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_gif_has_a_frame_for_each_output_cell(tmp_path, theme):
    file = tmp_path / "moving.gif"
    save(file, LAYER, style="stacked", theme=theme, width=400, interval=120)
    film = animation.Film(drawing.laid_out(LAYER, None, None, None, False, "stacked", 400), theme)
    with Image.open(file) as image:
        assert image.n_frames == 9
        assert image.info["loop"] == 0
        for n, position in enumerate(POSITIONS):
            image.seek(n)
            assert image.info["duration"] == 120
            read = np.asarray(image.convert("RGB")).astype(int)
            drawn = film.frame(position)[..., :3].astype(int)
            assert differing(read, drawn) < 0.001
            assert tuple(read[0, 0]) == palette.rgb(palette.THEMES[theme].ground)


def test_a_frame_of_a_gif_stores_no_more_than_what_moved(tmp_path):
    frames = np.full((3, 40, 60, 4), 255, dtype=np.uint8)
    frames[1, 10:13, 20:31] = (200, 10, 10, 255)
    frames[2, 10:13, 20:31] = (200, 10, 10, 255)
    write_gif(tmp_path / "a.gif", frames, frames[1:], 100)
    with Image.open(tmp_path / "a.gif") as image:
        assert image.n_frames == 3
        for n, extent in enumerate([(0, 0, 60, 40), (20, 10, 31, 13), (0, 0, 1, 1)]):
            image.seek(n)
            assert image.dispose_extent == extent
            assert np.array_equal(np.asarray(image.convert("RGB")), frames[n, ..., :3])


def test_a_colour_is_drawn_as_it_is_or_as_the_nearest_of_the_palette():
    frame = np.full((8, 12, 4), 255, dtype=np.uint8)
    plain = np.array([(255, 255, 255), (253, 246, 237), (33, 70, 173), (17, 17, 17)])
    for n, colour in enumerate(plain):
        frame[2 * n : 2 * n + 2, :, :3] = colour
    colours = Colours([frame])
    assert np.array_equal(colours.palette[colours.places(packed(frame))], frame[..., :3])
    other = np.random.default_rng(0).integers(0, 256, (9, 9, 4), dtype=np.uint8)
    distances = np.linalg.norm(other[..., None, :3].astype(float) - plain, axis=-1)
    found = colours.palette[colours.places(packed(other))].astype(float)
    # A colour is sorted by the highest bits of each channel, so it is off by four of 255.
    reached = np.linalg.norm(other[..., :3] - found, axis=-1)
    assert (reached <= distances.min(axis=-1) + 16).all()
    assert (reached == distances.min(axis=-1)).mean() > 0.9


def packed(frame):
    return frame.view("<u4")[..., 0]


@pytest.mark.parametrize("kind", ["png", "svg", "pdf", "gif"])
def test_a_file_has_the_same_bytes_whatever_matplotlib_is_set_to(tmp_path, kind):
    more = {"style": "stacked", "position": (1, 1)}
    first, second = tmp_path / f"a.{kind}", tmp_path / f"b.{kind}"
    save(first, LAYER, **more)
    settings = {"font.size": 30, "figure.dpi": 50, "savefig.bbox": "tight", "savefig.dpi": 30}
    with matplotlib.rc_context({**settings, "svg.hashsalt": "x", "lines.antialiased": False}):
        save(second, LAYER, **more)
    data = first.read_bytes()
    assert data == second.read_bytes()
    for mark in (b"CreationDate", b"Software", b"dc:date", b"Matplotlib v"):
        assert mark not in data
    assert data.startswith(
        {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF", "gif": b"GIF89a"}[kind]
    )


def test_an_animation_has_a_frame_for_each_output_cell():
    moving = animate(LAYER, style="stacked")
    assert list(moving.new_frame_seq()) == POSITIONS
    assert moving.to_jshtml().count("data:image/png;base64") == 9
    chosen = animate(Conv((5,), 3), positions=[2, (0,)], interval=70)
    assert list(chosen.new_frame_seq()) == [(2,), (0,)]
    page = chosen.to_jshtml()
    assert page.count("data:image/png;base64") == 2
    assert "70" in page


def test_only_what_moves_is_drawn_anew():
    moving = animate(LAYER)
    moving.to_jshtml()
    ax = moving._fig.axes[0]
    before = set(map(id, ax.get_children()))
    drawn = moving._func((1, 2))
    after = ax.get_children()
    assert {id(mark) for mark in drawn} == {id(mark) for mark in after} - before
    still = [mark for mark in after if id(mark) in before]
    assert len(still) > len(drawn)
    assert [text.get_text() for text in drawn if text.get_gid() == "output[1, 2]"] == ["39"]
    # Under the window the numbers stand as well, for it moves on.
    assert len(texts(ax, "input[")) == 25
    assert len(texts(draw(LAYER, position=(1, 2)), "input[")) == 25 - 6


def test_it_saves_with_the_writers_of_matplotlib(tmp_path):
    animate(Conv(3, 2), style="stacked").save(tmp_path / "own.gif", "pillow")
    with Image.open(tmp_path / "own.gif") as image:
        assert image.n_frames == 4


@pytest.mark.parametrize("positions", [[(3, 0)], [(0, 0), (0, -1)], [1]])
def test_a_position_outside_the_output_is_refused(positions):
    with refuses(ValueError, "is not in the output, whose size is (3, 3)"):
        animate(LAYER, positions=positions)


def test_an_animation_of_nothing_is_refused():
    with refuses(ValueError, "an animation needs one position at least"):
        animate(LAYER, positions=[])


@pytest.mark.parametrize("name", ["a.jpg", "a", "a.gif.txt", ".svg"])
def test_a_name_that_ends_otherwise_is_refused(tmp_path, name):
    message = "a picture is saved as .png, .svg or .pdf, an animation as .gif or .mp4, and "
    with refuses(ValueError, f"{message}{name!r} is none of them"):
        save(tmp_path / name, LAYER)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("kind", ["gif", "mp4"])
def test_an_animation_of_a_prediction_is_refused(tmp_path, kind):
    with refuses(ValueError, "an animation shows every output cell, and so would tell"):
        save(tmp_path / f"a.{kind}", LAYER, predict=True)


def test_a_film_without_ffmpeg_is_refused_and_names_what_does(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with refuses(RuntimeError, "'a.mp4' needs ffmpeg, and there is none on the PATH"):
        save(tmp_path / "a.mp4", LAYER)
    with refuses(RuntimeError, "or save a .gif"):
        save(tmp_path / "a.mp4", LAYER)


def test_a_film_is_piped_through_ffmpeg_frame_by_frame(tmp_path, monkeypatch):
    script = tmp_path / "ffmpeg"
    script.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/told\ncat > {tmp_path}/frames\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    save(tmp_path / "a.mp4", LAYER, style="stacked", interval=250)
    told = (tmp_path / "told").read_text().split()
    width, height = map(int, told[told.index("-s") + 1].split("x"))
    assert (tmp_path / "frames").stat().st_size == 9 * width * height * 4
    assert told[told.index("-framerate") + 1] == "1000/250"
    assert told[-1] == f"{tmp_path}/a.mp4"
    script.write_text("#!/bin/sh\ncat > /dev/null\nexit 3\n")
    with refuses(RuntimeError, "ffmpeg could not write 'a.mp4'"):
        save(tmp_path / "a.mp4", LAYER, style="stacked")
    script.write_text("#!/bin/sh\nexit 3\n")  # before it has read what is written to it
    with refuses(RuntimeError, "ffmpeg could not write 'a.mp4'"):
        save(tmp_path / "a.mp4", Conv(12, 3), style="stacked")


@pytest.mark.parametrize("interval", [9, 0, -50])
def test_a_frame_has_a_time_and_a_file_that_is_there_stays(tmp_path, interval):
    (tmp_path / "a.gif").write_text("as it was")
    with refuses(ValueError, f"interval must be at least 10 milliseconds, not {interval}"):
        save(tmp_path / "a.gif", LAYER, interval=interval)
    assert (tmp_path / "a.gif").read_text() == "as it was"


def test_nothing_is_loaded_before_it_is_needed_or_left_behind(tmp_path):
    code = f"""
import sys
import convwidget, convwidget.plotting as plotting
assert not {{"matplotlib", "numpy", "PIL", "tqdm"}} & set(sys.modules), "loaded too early"
layer = convwidget.Conv(3, 2)
plotting.save({str(tmp_path / "a.svg")!r}, layer, style="stacked")
assert "tqdm" not in sys.modules, "a picture needs no bar"
plotting.save({str(tmp_path / "a.gif")!r}, layer, style="stacked")
plotting.animate(layer).to_jshtml()
assert "matplotlib.pyplot" not in sys.modules, "pyplot is global state"
import matplotlib
import matplotlib.style
assert matplotlib.rcParams._get_backend_or_none() is None, "the backend was chosen"
"""
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stderr == ""


def test_a_figure_of_the_guide_is_saved_with_its_arrays(tmp_path):
    layer, x, kernel = figure("1.2")
    save(tmp_path / "a.svg", layer, x, kernel, position=(1, 2))
    assert "output[1, 2]" in (tmp_path / "a.svg").read_text()
