"""The guide's whole set of figures, against what the guide prints and what SciPy computes."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from drawing import lettering, marks, only, said, texts
from numpy.testing import assert_array_equal
from PIL import Image
from refusal import refuses
from scipy.signal import correlate2d

from convwidget import figure
from convwidget.guide import FIGURES
from convwidget.plotting import canvas, figures, palette

# The guide's animations, with the output's cells on each axis, as its captions give them.
ANIMATIONS = {
    "2.1": 2, "2.2": 6, "2.3": 5, "2.4": 7, "2.5": 2, "2.6": 3, "2.7": 3, "5.1": 3,
    "4.1": 4, "4.2": 5, "4.3": 5, "4.4": 5, "4.5": 5, "4.6": 5, "4.7": 6,
}  # fmt: skip


def drawn(number, theme="light"):
    plan = figures.picture(number)
    ax = canvas.axes(plan.width, plan.height)
    plan.moving(canvas.begun(plan, ax, theme))
    return ax


def test_the_guide_has_fifteen_animations_of_322_frames():
    moving = {number for number in FIGURES if figures.animated(number)}
    assert moving == set(ANIMATIONS)
    frames = {number: len(figures.picture(number).positions) for number in moving}
    assert frames == {number: o * o for number, o in ANIMATIONS.items()}
    assert sum(frames.values()) == 322


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("number", FIGURES)
def test_every_figure_fits_in_its_picture(number, theme):
    ax = drawn(number, theme)
    width, height = ax.get_xlim()[1], ax.get_ylim()[0]
    assert only(marks(ax, "ground")).get_facecolor()[:3] == tuple(
        channel / 255 for channel in palette.rgb(palette.THEMES[theme].ground)
    )
    back = ax.transData.inverted()
    for mark in [*ax.patches, *ax.texts]:
        if mark.get_gid() != "beam":
            ends = back.transform(mark.get_window_extent().get_points())
            assert ends.min() > -1, mark
            assert ends[:, 0].max() < width + 1, mark
            assert ends[:, 1].max() < height + 1, mark


PRINTED = {
    "1.1": [12, 12, 17, 10, 17, 19, 9, 6, 14],
    "1.2": [6, 17, 3, 8, 17, 13, 6, 4, 4],
    "1.5": [1.7, 1.7, 1.7, 1.0, 1.2, 1.8, 1.1, 0.8, 1.3],
    "1.6": [3, 3, 3, 3, 3, 3, 3, 2, 3],
}


@pytest.mark.parametrize(("number", "printed"), PRINTED.items(), ids=PRINTED)
def test_the_nine_steps_make_the_numbers_that_the_guide_prints(number, printed):
    ax = drawn(number)
    assert len(marks(ax, "window")) == len(marks(ax, "active")) == 9
    bold = [
        text.get_text()
        for text in ax.texts
        if (text.get_gid() or "").startswith("output[") and text.get_weight() == "bold"
    ]
    assert [round(float(text), 1) for text in bold] == printed


def test_the_results_of_each_pathway_add_up_to_its_map():
    _, x, kernel = figure("1.3")
    written = lettering(drawn("1.3"), "output[")
    for f in range(3):
        parts = [correlate2d(x[c], kernel[f, c], "valid") for c in range(2)]
        for index in np.ndindex(3, 3):
            place = ", ".join(map(str, index))
            for c in range(2):
                assert written[f"output[{f}, {c}, {place}]"] == str(parts[c][index]).replace(
                    "-", "−"
                )
            assert written[f"output[{f}, {place}]"] == str(sum(parts)[index]).replace("-", "−")
    assert len(marks(drawn("1.3"), "window")) == 2
    assert_array_equal(
        list(texts(drawn("1.3"), "kernel[").values()),
        [str(n).replace("-", "−") for n in kernel.flat],
    )


def test_a_stride_of_one_that_keeps_every_other_output_gives_the_same_numbers():
    _, x, kernel = figure("1.4")
    ax = drawn("1.4")
    full = correlate2d(x, kernel, "valid")
    half = full[::2, ::2]
    numbers = sorted(patch.get_label() for patch in marks(ax, "output[") if patch.get_label())
    # The strided output, all of the other, and what is kept of it.
    assert numbers == sorted(map(str, [*half.flat, *full.flat, *half.flat]))
    assert len(marks(ax, "left out")) == 9 - 4
    assert {"a stride of 2", "a stride of 1 that keeps one output in 2"} <= set(said(ax))
    assert len(marks(ax, "window")) == 2


@pytest.mark.parametrize(("number", "stride", "count"), [("2.8a", 1, 3), ("2.8b", 2, 2)])
def test_the_ruler_counts_the_places_of_the_kernel(number, stride, count):
    ax = drawn(number)
    kernels = [text for text in ax.texts if text.get_gid() == "kernel[0]"]
    xs, ys = zip(*(text.get_position() for text in kernels), strict=True)
    cells = [text for text in ax.texts if (text.get_gid() or "").startswith("input[")]
    cell = cells[1].get_position()[0] - cells[0].get_position()[0]
    assert [round((x - xs[0]) / cell, 6) for x in xs] == [n * stride for n in range(count)]
    assert len(cells) == 5
    assert len(set(ys)) == count
    _, x, kernel = figure(number)
    truth = np.correlate(x[0], kernel[0], "valid")[::stride]
    assert list(texts(ax, "output[").values()) == list(map(str, truth))
    assert [t.get_text() for t in ax.texts if t.get_gid() == "count"] == [
        str(n + 1) for n in range(count)
    ]
    assert any(text.endswith(f"o = {count}") for text in said(ax))


@pytest.mark.parametrize("number", FIGURES)
def test_every_figure_is_described_in_one_sentence_with_its_sizes(number):
    said = figures.described(number)
    assert said[0].isupper()
    assert said.endswith(".")
    assert not re.search(r"\.\s", said)
    layer = figure(number).layer
    one = number.startswith("2.8")
    for size in (layer.input_size, layer.kernel_size, layer.output_size):
        assert (str(size[0]) if one else f"{size[0]} × {size[1]}") in said


def test_the_files_are_written_once_and_again_the_same(tmp_path):
    wanted = ["2.1", "1.4"]
    files = figures.write(tmp_path / "one", wanted, processes=2)
    again = figures.write(tmp_path / "two", wanted, processes=1)
    names = [file.name for file in files]
    assert sorted(names) == sorted(
        [f"figure-{n}{kind}" for n in wanted for kind in (".png", ".svg", ".pdf")]
        + ["figure-2.1.gif", "index.html"]
    )
    for one, two in zip(files, again, strict=True):
        assert one.read_bytes() == two.read_bytes(), one.name
    with Image.open(tmp_path / "one" / "figure-2.1.gif") as image:
        assert image.n_frames == 4
    page = (tmp_path / "one" / "index.html").read_text("utf-8")
    assert set(re.findall(r'href="([^"]+)"', page)) == set(names) - {"index.html"}
    assert re.findall(r'<img src="([^"]+)" alt="([^"]+)">', page) == [
        ("figure-2.1.gif", figures.described("2.1")),
        ("figure-1.4.svg", figures.described("1.4")),
    ]
    assert "<title>Figure 2.1" in (tmp_path / "one" / "figure-2.1.svg").read_text()


def test_a_script_without_a_main_guard_writes_figures(tmp_path):
    # A process of its own would import the script, and so begin it, anew.
    script = tmp_path / "script.py"
    script.write_text(
        "from convwidget.plotting import figures\n"
        "print('begun')\n"
        "figures.write('out', ['2.1', '2.2'], kinds=['.svg'])\n"
    )
    ran = subprocess.run(
        [sys.executable, script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "begun\n", "")
    assert len(list((tmp_path / "out").iterdir())) == 3


def test_no_figures_are_none_and_not_all(tmp_path):
    assert [file.name for file in figures.write(tmp_path, [])] == ["index.html"]
    assert [file.name for file in tmp_path.iterdir()] == ["index.html"]
    assert "<figure>" not in (tmp_path / "index.html").read_text("utf-8")


def test_all_figures_are_written_where_none_are_named(tmp_path, monkeypatch):
    written = []
    monkeypatch.setattr(figures, "_written", lambda task: written.append(task[1]))
    figures.write(tmp_path, kinds=[".png"])
    assert sorted(written) == sorted(FIGURES)


def test_the_command_line_says_what_it_wrote(tmp_path, capsys):
    figures.main([str(tmp_path), "2.8a", "--theme", "dark"])
    assert capsys.readouterr().out == f"4 files are in {tmp_path}.\n"
    assert len(list(Path(tmp_path).iterdir())) == 4
    with pytest.raises(SystemExit):
        figures.main([str(tmp_path), "9.9"])
    assert "the guide has no figure '9.9' here" in capsys.readouterr().err


def test_what_cannot_be_written_is_refused_before_anything_is(tmp_path):
    place = tmp_path / "none"
    with refuses(ValueError, "the guide has no figure '3.1' here"):
        figures.write(place, ["3.1"])
    with refuses(ValueError, "'.jpg' is not one of '.png', '.svg', '.pdf', '.gif'"):
        figures.write(place, ["2.1"], kinds=[".jpg"])
    with refuses(ValueError, "theme 'blue' is not one of 'light', 'dark'"):
        figures.write(place, ["2.1"], theme="blue")
    assert not place.exists()
