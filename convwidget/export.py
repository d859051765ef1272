"""Widgets as files: a live page that needs no kernel and no network, or a picture."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

from .still import drawn, png, shown_as, words

if TYPE_CHECKING:
    from .widget import ConvWidget

SHARED = ("layer", "input", "kernel", "view", "position", "predict")


def page(
    widgets: Iterable[ConvWidget], *, title: str | None = None, theme: str | None = None
) -> str:
    """Return a page with live widgets, that needs neither a kernel nor a network.

    All is in it: write it to a file, and open or send that. Each widget begins as it is now, and
    "reset" comes back to that. One that asks for a prediction asks anew, and nothing that can be
    read or seen in the page before tells the answer.

    Parameters
    ----------
    widgets : iterable of ConvWidget
        In the order in which they stand on the page.
    title : str, optional
        The page's heading; the layer where there is one widget and no title.
    theme : {"auto", "light", "dark"}, optional
        Of the page and of every widget on it; "auto" follows the reader's system. Where not given,
        each widget keeps its own, and the page has theirs if it is the same in all, or else "auto".

    Returns
    -------
    str
        The page as HTML: the same text whenever the same is saved.

    Raises
    ------
    ValueError
        When there is no widget.
    TraitError
        For a theme that is none of the three.

    Examples
    --------
    >>> from convwidget import Conv, ConvTranspose, ConvWidget
    >>> down = ConvWidget(Conv(5, 3, stride=2, padding=1))
    >>> up = ConvWidget(ConvTranspose(3, 3, stride=2, padding=1), view="stamp")
    >>> text = page([down, up], title="There and back")
    >>> "<h1>There and back</h1>" in text
    True
    """
    shown = list(widgets)
    if not shown:
        raise ValueError("a page needs a widget")
    themes = {widget.theme if theme is None else _theme(widget, theme) for widget in shown}
    if title is None:
        title = repr(shown[0].layer) if len(shown) == 1 else "Convolution arithmetic"
    return Template(_read("data/page.html")).substitute(
        title=escape(title),
        theme=themes.pop() if len(themes) == 1 else "auto",
        style=_read("static/widget.css"),
        module=_json(_read("static/widget.js")),
        script=_read("data/page.js"),
        widgets="\n".join(_section(widget, theme) for widget in shown),
    )


def save(
    widget: ConvWidget,
    path: str | Path,
    *,
    title: str | None = None,
    theme: str | None = None,
    **options: Any,
) -> None:
    """Save a widget to a file, as `ConvWidget.save` says."""
    from . import plotting
    from .plotting.saving import MOVING, STILLS

    file = Path(path)
    kind = file.suffix.lower()
    *known, last = ".html", *STILLS, *MOVING
    if kind not in (*known, last):
        raise ValueError(
            f"a widget is saved as {', '.join(known)} or {last}, and {file.name!r} is none of them"
        )
    if not file.parent.is_dir():
        raise FileNotFoundError(f"there is no folder {str(file.parent)!r} to save {file.name!r} in")
    theme = widget.theme if theme is None else _theme(widget, theme)
    if kind == ".html":
        for name in options:
            raise TypeError(f"a saved page has no {name!r}")
        text = page([widget], title=title, theme=theme)
        file.write_text(text, "utf-8", newline="\n")
        return
    if title is not None:
        raise TypeError("a saved picture has no 'title', which is for pages")
    shown = drawn(widget, theme, predict=widget.predict)
    for name in options:
        if name in shown and name != "style":
            raise TypeError(f"a saved picture has the widget's own {name}: set it there")
    try:
        plotting.save(file, **{**shown, **options})
    except ModuleNotFoundError as error:
        message = f"a picture needs {error.name}: pip install 'convwidget[plot]'"
        raise ImportError(message) from error


def _theme(widget: ConvWidget, theme: str) -> str:
    """A theme that the widget knows."""
    return str(widget.traits()["theme"].validate(widget, theme))


def _section(widget: ConvWidget, theme: str | None) -> str:
    """A widget's place on a page: its state, and what is read where it is not alive."""
    theme = theme or widget.theme
    state = widget.get_state(SHARED)
    initial = {name: state[name] for name in ("layer", "input", "kernel")}
    state = {**state, "answers": [], "theme": theme, "initial": initial}
    if widget.predict:
        state["position"] = [0] * len(widget.position)  # where it stands could tell a size
    said = words(widget, predict=widget.predict)
    return (
        '<div class="convwidget">\n'
        f'<script type="application/json">{_json(state)}</script>\n'
        f"<noscript><p>{escape(said)}</p>{_image(widget, theme)}</noscript>\n"
        "</div>"
    )


def _image(widget: ConvWidget, theme: str) -> str:
    """The picture of a widget, where matplotlib is there to draw it."""
    image = png(widget, theme, predict=widget.predict)
    if image is None:
        return ""
    alt = escape(f"{widget.layer!r}, drawn {shown_as(widget, predict=widget.predict)}")
    return f'<img alt="{alt}" src="data:image/png;base64,{b64encode(image).decode()}">'


def _json(value: object) -> str:
    """JSON that no text in it can break out of its script element."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True)
    return text.replace("<", "\\u003c")


def _read(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")
