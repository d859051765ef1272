"""Pictures and animations as files: the same bytes whenever the same is drawn."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .animation import INTERVAL, Film
from .canvas import Picture, Still, painted
from .drawing import WIDTH, laid_out
from .gif import write_gif
from .palette import palette
from .subject import Drawable

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from ..values import Array

STILLS = (".png", ".svg", ".pdf")
MOVING = (".gif", ".mp4")
LEAST_INTERVAL = 10  # of a GIF, which counts in hundredths of a second


def save(
    path: str | Path,
    layer: Drawable,
    input: ArrayLike | None = None,
    kernel: ArrayLike | None = None,
    *,
    position: ArrayLike | None = None,
    predict: bool = False,
    style: str = "flat",
    theme: str = "light",
    width: int = WIDTH,
    interval: int = INTERVAL,
) -> None:
    """Save a layer's picture, or the window on its way as an animation; the name says which.

    The same call writes the same bytes, on every day.

    Parameters
    ----------
    path : str or pathlib.Path
        The file: .png, .svg or .pdf for a picture, .gif or .mp4 for an animation; .mp4 needs
        ffmpeg.
    layer, input, kernel, predict, style, theme
        As in `draw`.
    position : tuple, list or array of int, optional
        The output cell whose window a picture shows; an animation shows them all.
    width : int, optional
        The most that the picture is wide, in CSS pixels.
    interval : int, optional
        The time of an animation's frame, in milliseconds.

    Raises
    ------
    TypeError, ValueError
        As in `draw`; for a name that ends otherwise, and for an animation of what is to be
        predicted or has less than 10 milliseconds a frame.
    RuntimeError
        For .mp4 without ffmpeg, or where ffmpeg fails.

    Examples
    --------
    >>> from convwidget import Conv
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     save(f"{folder}/strided.gif", Conv(5, 3, stride=2), style="stacked")
    """
    file = Path(path)
    if file.suffix.lower() not in (*STILLS, *MOVING):
        raise ValueError(
            f"a picture is saved as .png, .svg or .pdf, an animation as .gif or .mp4, and "
            f"{file.name!r} is none of them"
        )
    if predict and file.suffix.lower() in MOVING:
        raise ValueError(
            "an animation shows every output cell, and so would tell what is to be predicted: "
            "save a picture, .png, .svg or .pdf"
        )
    if interval < LEAST_INTERVAL:
        raise ValueError(f"interval must be at least {LEAST_INTERVAL} milliseconds, not {interval}")
    picture = laid_out(layer, input, kernel, position, predict, style, width)
    if file.suffix.lower() in MOVING:
        write_moving(file, picture, theme, interval)
    else:
        write_still(file, picture, theme)


def write_still(file: Path, picture: Still, theme: str, title: str | None = None) -> None:
    """Write a picture, with a title where the kind of file can hold one."""
    from matplotlib import rc_context

    kind = file.suffix.lower()[1:]
    nothing: dict[str, dict[str, Any]] = {
        "png": {"Software": None},
        "svg": {"Date": None, "Creator": None},
        "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    }
    titled = {"Title": title} if title and kind != "png" else {}
    figure = painted(picture, theme)
    with rc_context({"svg.hashsalt": "convwidget", "savefig.bbox": None, "savefig.dpi": "figure"}):
        figure.savefig(file, format=kind, metadata=nothing[kind] | titled)


def write_moving(file: Path, picture: Picture, theme: str, interval: int = INTERVAL) -> None:
    """Write an animation; a long one with a bar that tells how far it is."""
    from matplotlib import style

    with style.context("default"):
        film = Film(picture, theme)
        frames = _watched(film, file.name)
        if file.suffix.lower() == ".mp4":
            _write_mp4(file, frames, theme, interval)
            return
        every = picture.positions
        samples = [film.frame(every[n]).copy() for n in (0, len(every) // 2, -1)]
        write_gif(file, frames, samples, interval)


def _watched(film: Film, name: str) -> Iterator[Array]:
    """The frames, with a bar where they take more than a second."""
    from tqdm import tqdm

    for position in tqdm(film.picture.positions, name, unit="frame", delay=1, leave=False):
        yield film.frame(position)


def _write_mp4(file: Path, frames: Iterator[Array], theme: str, interval: int) -> None:
    """Pipe the frames through ffmpeg, on a ground whose sides are even, as H.264 needs them."""
    if shutil.which("ffmpeg") is None:
        raise RuntimeError(
            f"{file.name!r} needs ffmpeg, and there is none on the PATH: install it, or save a .gif"
        )
    ground = palette(theme).ground
    even = f"pad=ceil(iw/2)*2:ceil(ih/2)*2:color={ground}"
    first = next(frames)
    height, width, _ = first.shape
    come = ["-f", "rawvideo", "-pix_fmt", "rgba", "-s", f"{width}x{height}"]
    go = ["-vf", even, "-pix_fmt", "yuv420p", "-fflags", "+bitexact", "-flags", "+bitexact"]
    rate = ["-framerate", f"1000/{interval}"]
    command = ["ffmpeg", "-y", "-loglevel", "error", *come, *rate, "-i", "-", *go, str(file)]
    # Where ffmpeg has ended, what is still written to it is lost; its return code says why.
    with suppress(BrokenPipeError), subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        for frame in chain([first], frames):
            process.stdin.write(frame.tobytes())
    if process.returncode:
        raise RuntimeError(f"ffmpeg could not write {file.name!r}")
