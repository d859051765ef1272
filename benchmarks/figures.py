"""The time of the guide's 15 animations, 322 frames, beside the guide's own and matplotlib's way.

    python benchmarks/figures.py

The guide typesets every frame with pdflatex and turns it into pixels with ImageMagick, at a stated
0.45 s and 0.6 s. Where both are installed, that is measured too. Matplotlib's way is the ordinary
`FuncAnimation.save`, which draws everything anew for a frame, on the same axes.
"""

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from matplotlib.animation import FuncAnimation, PillowWriter
from PIL import Image

from convwidget import figure
from convwidget.guide import FIGURES
from convwidget.plotting import figures
from convwidget.plotting.animation import DENSITY, INTERVAL, Film
from convwidget.plotting.canvas import axes, begun

GUIDE = 1.05  # seconds a frame
SHORT = "2.6"  # the animation that the slower ways are measured on
PAGE = r"""\documentclass{standalone}\usepackage{tikz}\begin{document}
\begin{tikzpicture}\draw[step=1] (0,0) grid (5,5);\fill[orange] (1,1) rectangle (4,4);
\end{tikzpicture}\end{document}"""


def frames_in(files):
    """How many frames some GIFs hold."""
    count = 0
    for file in files:
        with Image.open(file) as image:
            count += image.n_frames
    return count


def clocks():
    """The time on the wall, and that of the processors for this process and those it waited for."""
    now = os.times()
    return perf_counter(), now.user + now.system + now.children_user + now.children_system


def report(name, frames, start):
    """Print what passed since; on a busy machine the processors' time tells more."""
    wall, worked = (now - then for now, then in zip(clocks(), start, strict=True))
    print(
        f"{name:38} {frames:4} frames {wall:7.2f} s {1000 * wall / frames:7.1f} ms a frame "
        f"({1000 * worked / frames:5.1f} of work), {GUIDE * frames / wall:5.1f} times "
        f"(by work {GUIDE * frames / worked:5.1f}) as fast as the guide's {GUIDE} s"
    )


def whole_set(folder, processes):
    """Write every animation, from a standing start: the processes are started too."""
    start = clocks()
    files = figures.write(folder, kinds=[".gif"], processes=processes)
    name = f"all animations, {processes} process{'es' * (processes > 1)}"
    report(name, frames_in(file for file in files if file.suffix == ".gif"), start)


def frame_alone():
    """The time that the drawing of a frame takes, without its file."""
    film = Film(figures.picture(SHORT), "light")
    start = clocks()
    for position in film.picture.positions:
        film.frame(position)
    report(f"one animation ({SHORT}), drawing alone", len(film.picture.positions), start)


def matplotlib_way(folder):
    """The same axes, each frame drawn anew by matplotlib and written by its own writer."""
    picture = figures.picture(SHORT)
    ax = axes(picture.width, picture.height, DENSITY)
    pen = begun(picture.at(None), ax, "light")

    def show(position):
        pen.erase()
        picture.at(position).moving(pen)

    animation = FuncAnimation(ax.figure, show, picture.positions, init_func=lambda: None)
    start = clocks()
    animation.save(folder / "plain.gif", PillowWriter(fps=1000 / INTERVAL))
    report(f"matplotlib's own save ({SHORT})", len(picture.positions), start)


def guide_way(folder):
    """One page of a picture, typeset and turned into pixels, where the tools are there."""
    if not (shutil.which("pdflatex") and _is_imagemagick()):
        print(f"pdflatex and ImageMagick are not both here: the guide's {GUIDE} s is as stated.")
        return
    (folder / "page.tex").write_text(PAGE)
    start = clocks()
    latex = ["pdflatex", "-interaction=batchmode", "page.tex"]
    subprocess.run(latex, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["convert", "-density", "150", "page.pdf", "page.gif"], cwd=folder, check=True)
    report("pdflatex and ImageMagick, one plain frame", 1, start)


def _is_imagemagick():
    """Other programs have the name too."""
    found = shutil.which("convert")
    if not found:
        return False
    told = subprocess.run([found, "-version"], capture_output=True, text=True, check=False)
    return "Version: ImageMagick" in told.stdout


def main():
    moving = [number for number in FIGURES if figures.animated(number)]
    outputs = [figure(number).layer.output_size for number in moving]
    print(f"{len(moving)} animations, {sum(a * b for a, b in outputs)} frames", end="; ")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with TemporaryDirectory() as name:
        folder = Path(name)
        for processes in (1, 2):
            whole_set(folder, processes)
        frame_alone()
        matplotlib_way(folder)
        guide_way(folder)


if __name__ == "__main__":
    main()
