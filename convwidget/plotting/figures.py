"""The whole set of the guide's figures as files: python -m convwidget.plotting.figures FOLDER."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from html import escape
from itertools import product
from multiprocessing import get_context
from pathlib import Path

from ..guide import FIGURES, figure, recipe
from ..layers import AvgPool, Conv, MaxPool
from .canvas import Still
from .layout import input_steps, kernel_steps, times
from .palette import palette
from .pathways import pathways
from .ruler import ruler
from .saving import STILLS, write_moving, write_still
from .stacked import Stacked, stacked
from .steps import steps
from .subject import Drawable, Given, Index, given, one_map
from .subsampling import subsampling

WIDTH = 560
"""The most that a stacked figure is wide, in CSS pixels."""
STEPS = ("1.1", "1.2", "1.5", "1.6")
KINDS = (*STILLS, ".gif")


def animated(number: str) -> bool:
    """Whether the guide has an animation of a figure."""
    return number[0] in "245" and number[:3] != "2.8"


def picture(number: str) -> Still:
    """Return a figure of the guide, laid out in the guide's own way.

    Parameters
    ----------
    number : str
        As `convwidget.figure` takes it.

    Returns
    -------
    Still
        What `write` draws: 1.1, 1.2, 1.5 and 1.6 by their steps, 1.3 as pathways, 1.4 in two
        halves, 2.8 as a ruler, the others stacked.

    Examples
    --------
    >>> picture("2.6").positions[-1]
    (2, 2)
    """
    if number.startswith("2.8"):
        return ruler(_axis(number))
    shown = _shown(number)
    if number in STEPS:
        return steps(shown)
    if number == "1.3":
        return pathways(shown)
    if number == "1.4":
        return subsampling(shown, WIDTH)
    return stacked(shown, False, WIDTH)


def described(number: str) -> str:
    """Return a figure in a sentence, as its alternative text.

    Parameters
    ----------
    number : str
        As `convwidget.figure` takes it.

    Returns
    -------
    str
        The sentence, with the layer's sizes.

    Examples
    --------
    >>> described("2.1")
    'A 3 × 3 kernel slides over an input of 4 × 4 and makes an output of 2 × 2.'
    """
    shown = _axis(number) if number.startswith("2.8") else _shown(number)
    layer = recipe(number).layer
    if number == "1.3":
        return (
            "Two maps of the input, 5 × 5 each, meet six kernels of 3 × 3; "
            "their results are summed in pairs into three maps of the output, 3 × 3 each."
        )
    subject = one_map(shown, predict=False)
    strides = times(dict.fromkeys(subject.layer.stride))
    aside = "," * (len(input_steps(subject)) > 1)
    step = f", in steps of {strides}," if strides != "1" else aside
    output = times(subject.layer.output_size)
    input = ", ".join(input_steps(subject))
    if number.startswith("2.8"):
        return (
            f"The places of a kernel of {times(subject.layer.kernel_size)} over an input of "
            f"{input}, in steps of {strides}, one below the other: there are {output}."
        )
    if number == "1.4":
        return (
            f"On the left a 3 × 3 kernel moves over an input of {input}, in steps of {strides}; "
            f"on the right it moves in steps of 1, and one output in 2 is kept; both make {output}."
        )
    what = ", ".join(kernel_steps(subject))
    actor = f"A {what} kernel" if subject.kernel is not None else f"A window of {what}"
    if len(kernel_steps(subject)) > 1:
        actor = f"A kernel of {what},"
    made = f"makes an output of {output}"
    if isinstance(layer, MaxPool | AvgPool):
        rule = "largest number" if isinstance(layer, MaxPool) else "mean"
        made = f"passes on the {rule} that it sees, which makes an output of {output}"
    return f"{actor} slides over an input of {input}{step} and {made}."


def write(
    folder: str | Path,
    numbers: Iterable[str] | None = None,
    *,
    kinds: Iterable[str] = KINDS,
    theme: str = "light",
    processes: int = 1,
) -> list[Path]:
    """Write figures of the guide: a picture of each, and its animation where the guide has one.

    Beside them stands ``index.html``, with a sentence for each that says what it shows.

    Parameters
    ----------
    folder : str or pathlib.Path
        Where to; it is made where there is none.
    numbers : iterable of str, optional
        The figures, none where it is empty; all of them where it is not given.
    kinds : iterable of str, optional
        Of the suffixes .png, .svg, .pdf and .gif those to write.
    theme : {"light", "dark"}, optional
        The colours.
    processes : int, optional
        How many figures are written at once. With more than one a script has to call this under
        ``if __name__ == "__main__":``, since each process imports the script anew.

    Returns
    -------
    list of pathlib.Path
        The files.

    Raises
    ------
    ValueError
        For a figure that the guide does not have, another kind of file or another theme.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as place:
    ...     [file.name for file in write(place, ["2.1"], kinds=[".svg"])]
    ['figure-2.1.svg', 'index.html']
    """
    place, kinds = Path(folder), list(kinds)
    chosen = list(FIGURES if numbers is None else numbers)
    palette(theme)
    for number in chosen:
        recipe(number)
    for kind in kinds:
        if kind not in KINDS:
            raise ValueError(f"{kind!r} is not one of {', '.join(map(repr, KINDS))}")
    place.mkdir(parents=True, exist_ok=True)
    tasks = [
        (place / f"figure-{number}{kind}", number, theme)
        for kind, number in product(kinds, chosen)
        if kind != ".gif" or animated(number)
    ]
    # The longest first, so that no process is left with it at the end.
    order = sorted(tasks, key=lambda task: -_frames(task[0], task[1]))
    if processes == 1 or len(order) < 2:
        for task in order:
            _written(task)
    else:
        with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
            list(pool.map(_written, order))
    index = place / "index.html"
    index.write_text(_page(chosen, kinds, theme), "utf-8", newline="\n")
    return [file for file, _, _ in tasks] + [index]


def main(arguments: list[str] | None = None) -> None:
    """Write the figures that the command line asks for."""
    parser = ArgumentParser(
        prog="python -m convwidget.plotting.figures",
        description="Write the figures and animations of the guide to convolution arithmetic.",
    )
    parser.add_argument("folder", help="where to; it is made where there is none")
    parser.add_argument("numbers", nargs="*", help="the figures, such as 2.6; else all")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    asked = parser.parse_args(arguments)
    try:
        files = write(asked.folder, asked.numbers or None, theme=asked.theme, processes=2)
    except ValueError as error:
        parser.error(str(error))
    sys.stdout.write(f"{len(files)} files are in {asked.folder}.\n")


def _frames(file: Path, number: str) -> int:
    """How many pictures a file holds."""
    output = recipe(number).layer.output_size
    return output[0] * output[1] if file.suffix == ".gif" else 1


def _written(task: tuple[Path, str, str]) -> None:
    """Write one file."""
    file, number, theme = task
    drawn = picture(number)
    if file.suffix == ".gif":
        assert isinstance(drawn, Stacked)
        write_moving(file, drawn, theme)
    else:
        write_still(file, drawn, theme, f"Figure {number}: {recipe(number).title}")


def _shown(number: str) -> Given:
    """What a figure draws, with a window that lies well inside."""
    layer, x, kernel = figure(number)
    assert isinstance(layer, Drawable)
    lead: Index = (0,) if x.ndim > 2 else ()
    last = [o - 1 for o in layer.output_size]
    return given(layer, x, kernel, (*lead, *((n + 1) // 2 for n in last)))


def _axis(number: str) -> Given:
    """The first row of a figure, as a layer of one dimension."""
    layer, x, kernel = figure(number)
    assert isinstance(layer, Conv)
    assert kernel is not None
    one = Conv(layer.input_size[1:], layer.kernel_size[1], stride=layer.stride[1])
    return given(one, x[0], kernel[0], None)


def _page(numbers: list[str], kinds: list[str], theme: str) -> str:
    """The page beside the files, which shows them all and says what each is."""
    colours = palette(theme)
    stills = [kind for kind in (".svg", ".png") if kind in kinds]
    parts = []
    for number in numbers:
        alt, title = escape(described(number)), escape(recipe(number).title)
        links = [kind for kind in kinds if kind != ".gif" or animated(number)]
        shown = ".gif" if ".gif" in links else next(iter(stills), None)
        image = f'<img src="figure-{number}{shown}" alt="{alt}">\n' if shown else ""
        files = ", ".join(f'<a href="figure-{number}{kind}">{kind[1:]}</a>' for kind in links)
        parts.append(
            f"<figure>\n{image}<figcaption><b>Figure {number}</b>, {title}. {alt} {files}"
            "</figcaption>\n</figure>"
        )
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        "<title>A guide to convolution arithmetic: the figures</title>\n"
        f"<style>body {{ background: {colours.ground}; color: {colours.ink}; "
        "font-family: sans-serif; max-width: 60rem; margin: auto; } "
        f"img {{ max-width: 100%; }} a {{ color: {colours.input_line}; }}</style>\n"
        "<h1>A guide to convolution arithmetic: the figures</h1>\n"
        + "\n".join(parts)
        + "\n</html>\n"
    )


if __name__ == "__main__":
    main()
