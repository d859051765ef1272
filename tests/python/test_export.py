"""Saved files: what stands in a page, and which picture is asked for."""

import base64
import json
import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import traitlets
from PIL import Image

from convwidget import Conv, ConvTranspose, ConvWidget, MaxPool, export, plotting

LAYER = Conv(5, 3, stride=2, padding=1)
STATIC = Path(export.__file__).parent / "static"
ALIVE = "Where scripts may run, this page is alive, and its settings can be changed."


class Parsed(HTMLParser):
    """A page's elements: the text of each by its tag, and its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found, self.open = [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs), []))
        if tag not in ("meta", "img"):
            self.open.append(self.found[-1])

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag, tag

    def handle_data(self, data):
        if self.open:
            self.open[-1][2].append(data)

    def texts(self, tag):
        return ["".join(parts) for name, _, parts in self.found if name == tag]

    def attributes(self, tag):
        return [attributes for name, attributes, _ in self.found if name == tag]

    def states(self):
        return [json.loads(text) for text in self.texts("script")[:-2]]

    def pictures(self):
        prefix = "data:image/png;base64,"
        sources = [image["src"] for image in self.attributes("img")]
        assert all(source.startswith(prefix) for source in sources)
        return [base64.b64decode(source.removeprefix(prefix)) for source in sources]


@pytest.fixture
def widget():
    return ConvWidget(LAYER)


def test_a_page_is_well_formed_and_says_what_it_is(widget):
    page = Parsed(export.page([widget]))
    assert page.open == []
    assert page.attributes("html") == [{"lang": "en", "data-theme": "auto"}]
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in (
        page.attributes("meta")
    )
    assert page.texts("title") == page.texts("h1") == ["Conv(5, 3, stride=2, padding=1)"]
    assert Parsed(export.page([widget, widget])).texts("h1") == ["Convolution arithmetic"]
    assert Parsed(export.page([widget], title="A stride")).texts("title") == ["A stride"]


def test_the_front_end_is_in_the_page_and_nothing_is_fetched(widget):
    page = Parsed(export.page([widget]))
    *_, module, _ = page.texts("script")
    assert json.loads(module) == (STATIC / "widget.js").read_text("utf-8")
    assert (STATIC / "widget.css").read_text("utf-8") in page.texts("style")[0]
    outside = [attributes.keys() & {"src", "href"} for tag, attributes, _ in page.found]
    assert [names for names in outside if names] == [{"src"}]  # the picture, which is in it too
    assert page.pictures()[0].startswith(b"\x89PNG")


def test_a_page_holds_what_the_widget_is_now(widget):
    widget.set(layer=MaxPool(6, 2), input=np.arange(36).reshape(6, 6), position=(2, 1))
    (state,) = Parsed(export.page([widget])).states()
    again = ConvWidget(LAYER)
    again.set_state({name: value for name, value in state.items() if name != "initial"})
    assert again.layer == MaxPool(6, 2)
    assert (again.input == np.arange(36).reshape(6, 6)).all()
    assert (again.position, again.view, again.predict) == ((2, 1), "grids", False)
    # And its "reset" comes back to that.
    assert state["initial"] == {name: state[name] for name in ("layer", "input", "kernel")}


def test_every_widget_has_its_own_state():
    widgets = [ConvWidget(LAYER), ConvWidget(ConvTranspose(3, 3), view="stamp")]
    page = Parsed(export.page(iter(widgets)))
    assert [state["layer"]["type"] for state in page.states()] == ["Conv", "ConvTranspose"]
    assert [state["view"] for state in page.states()] == ["grids", "stamp"]
    assert len(page.pictures()) == len(page.texts("noscript")) - 1 == 2


def test_a_reader_without_scripts_reads_the_sizes_and_sees_the_picture(widget):
    page = Parsed(export.page([widget]))
    assert page.texts("p") == [
        ALIVE,
        "Conv(5, 3, stride=2, padding=1): the input has the shape 5 × 5, the kernel 3 × 3 and the "
        "output 3 × 3.",
    ]
    assert page.pictures() == [plotting.png(LAYER, widget.input, widget.kernel)]
    assert page.attributes("img")[0]["alt"].startswith("Conv(5, 3, stride=2, padding=1), drawn")
    pool = Parsed(export.page([ConvWidget(MaxPool((8,), 2))])).texts("p")[1]
    assert "MaxPool((8,), 2): the input has the shape 8 and the output 4." in pool
    maps = ConvWidget(Conv((6, 7), 3, in_channels=2, out_channels=3))
    assert (
        "shape 2 × 6 × 7, the kernel 3 × 2 × 3 × 3 and the output 3 × 4 × 5."
        in (Parsed(export.page([maps])).texts("p")[1])
    )


def test_what_scripts_could_do_is_told_once_and_apart_from_the_widgets(widget):
    # A script that fails shows what is in a widget's place, and there this would be untrue.
    page = export.page([widget, widget])
    assert page.count(ALIVE) == 1
    assert page.index(ALIVE) < page.index('<div class="convwidget">')
    assert page.count(f"<noscript><p>{ALIVE}</p></noscript>") == 1


def test_a_picture_stands_at_the_position_and_in_the_theme(widget):
    widget.position = (2, 1)
    drawn = {"input": widget.input, "kernel": widget.kernel, "position": (2, 1)}
    for theme, picture in (("auto", "light"), ("light", "light"), ("dark", "dark")):
        page = Parsed(export.page([widget], theme=theme))
        assert page.pictures() == [plotting.png(LAYER, theme=picture, **drawn)]


def test_a_prediction_is_not_given_away(widget):
    widget.predict = True
    right = {"layer": widget.get_state("layer")["layer"], "answer": [3, 3], "right": True}
    hidden = plotting.png(LAYER, widget.input, widget.kernel, predict=True)
    for answers in ([], [right]):  # whoever saves it may have answered
        widget.answers = answers
        page = Parsed(export.page([widget]))
        assert page.states()[0]["predict"]
        assert page.states()[0]["answers"] == []
        assert page.pictures() == [hidden]
        assert page.texts("p") == [
            ALIVE,
            "Conv(5, 3, stride=2, padding=1): the input has the shape 5 × 5 and the kernel 3 × 3.",
        ]
    pool = Parsed(export.page([ConvWidget(MaxPool((8,), 2), predict=True)])).texts("p")[1]
    assert pool == "MaxPool((8,), 2): the input has the shape 8."
    widget.position = (2, 2)  # the last: it would tell the size
    assert export.page([widget]) == export.page([ConvWidget(LAYER, predict=True)])


def test_numbers_whose_sums_no_integer_holds_are_shown_and_saved_all_the_same():
    huge = np.full((3, 3), 2**52)
    widget = ConvWidget(Conv(3, 3), input=huge, kernel=huge)
    bundle, metadata = widget._repr_mimebundle_()
    assert bundle["image/png"].startswith(b"\x89PNG")
    assert metadata["image/png"]["alt"].startswith("Conv(3, 3): the input has the shape 3 × 3")
    assert len(Parsed(export.page([widget])).pictures()) == 1


def themes(page):
    """The theme of a page, and of each widget on it."""
    page = Parsed(page)
    return page.attributes("html")[0]["data-theme"], [each["theme"] for each in page.states()]


@pytest.mark.parametrize("own", ["auto", "light", "dark"])
def test_a_theme_that_is_given_is_that_of_the_page_and_its_widgets(own, tmp_path):
    widget = ConvWidget(LAYER, theme=own)
    for theme in ("auto", "light", "dark"):
        assert themes(export.page([widget, widget], theme=theme)) == (theme, [theme, theme])
        widget.save(tmp_path / "x.html", theme=theme)
        assert themes((tmp_path / "x.html").read_text("utf-8")) == (theme, [theme])
    assert themes(export.page([widget])) == (own, [own])
    widget.save(tmp_path / "x.html")
    assert themes((tmp_path / "x.html").read_text("utf-8")) == (own, [own])


def test_widgets_of_different_themes_keep_them_on_a_page_that_is_the_readers():
    widgets = [ConvWidget(LAYER, theme=theme) for theme in ("light", "dark")]
    assert themes(export.page(widgets)) == ("auto", ["light", "dark"])


def test_a_theme_that_is_none_is_refused(tmp_path):
    dark = ConvWidget(LAYER, theme="dark")
    with pytest.raises(traitlets.TraitError, match=r"\['auto', 'light', 'dark'\], not .* ''"):
        dark.save(tmp_path / "x.html", theme="")
    with pytest.raises(traitlets.TraitError, match=r"\['auto', 'light', 'dark'\], not .* 'blue'"):
        export.page([dark], theme="blue")


NASTY = "</title></script><!--<script>&amp;\"'$title"


def test_no_text_breaks_out_of_where_it_stands(widget):
    page = Parsed(export.page([widget], title=NASTY))
    assert page.texts("title") == page.texts("h1") == [NASTY]
    assert len(page.texts("script")) == 3
    for text in (NASTY, "a < b"):
        assert "<" not in export._json({"text": text})
        assert json.loads(export._json({"text": text})) == {"text": text}


def test_the_same_widget_gives_the_same_bytes(widget):
    program = (
        "import hashlib; from convwidget import *; from convwidget import export\n"
        "page = export.page([ConvWidget(Conv(5, 3, stride=2, padding=1))])\n"
        "print(hashlib.sha256(page.encode()).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(seen) == 1
    assert export.page([widget]) == export.page([ConvWidget(LAYER)])


def test_a_page_needs_no_matplotlib(widget, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    page = Parsed(export.page([widget]))
    assert page.attributes("img") == []
    assert "the output 3 × 3" in page.texts("p")[1]


def test_a_picture_needs_matplotlib_and_says_how_to_get_it(widget, monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ImportError, match=r"a picture needs matplotlib: pip install 'convwidget"):
        widget.save(tmp_path / "picture.png")


def test_a_page_needs_a_widget():
    with pytest.raises(ValueError, match="a page needs a widget"):
        export.page([])


@pytest.mark.parametrize("name", ["strided.html", "Strided.HTML"])
def test_a_page_is_saved_as_utf_8(widget, tmp_path, name):
    widget.theme = "dark"
    widget.save(str(tmp_path / name), title="Größe ⌊x⌋")
    written = (tmp_path / name).read_bytes()
    assert written.decode("utf-8") == export.page([widget], title="Größe ⌊x⌋", theme="dark")
    assert b"\r" not in written


def test_a_file_that_is_there_is_replaced(widget, tmp_path):
    for title in ("A very long first title", "Second"):
        widget.save(tmp_path / "x.html", title=title, theme="light")
    text = (tmp_path / "x.html").read_text("utf-8")
    assert text == export.page([widget], title="Second", theme="light")


@pytest.mark.parametrize("name", ["x.jpg", "x", "html", "x.html.zip"])
def test_other_suffixes_are_refused(widget, tmp_path, name):
    message = rf"saved as \.html, (\.\w+, )+\.\w+ or \.\w+, and '{name}' is none of them"
    with pytest.raises(ValueError, match=message):
        widget.save(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["x.html", "x.png"])
def test_a_folder_that_is_missing_is_named(widget, tmp_path, name):
    with pytest.raises(FileNotFoundError, match=rf"no folder '.*nowhere' to save '{name}' in"):
        widget.save(tmp_path / "nowhere" / name)


def test_what_is_for_pictures_is_not_for_pages_nor_the_other_way_round(widget, tmp_path):
    with pytest.raises(TypeError, match="a saved page has no 'style'"):
        widget.save(tmp_path / "x.html", style="stacked")
    with pytest.raises(TypeError, match="a saved picture has no 'title', which is for pages"):
        widget.save(tmp_path / "x.png", title="A title")
    with pytest.raises(traitlets.TraitError, match="not the str 'blue'"):
        widget.save(tmp_path / "x.png", theme="blue")
    for own in ("layer", "input", "kernel", "position", "predict"):
        with pytest.raises(TypeError, match=f"a saved picture has the widget's own {own}: set it"):
            widget.save(tmp_path / "x.png", **{own: None})
    assert list(tmp_path.iterdir()) == []


def test_a_picture_is_asked_for_with_what_the_widget_holds(widget, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(plotting, "save", lambda *a, **k: asked.append((a, k)), raising=False)
    widget.set(position=(2, 1), theme="dark")
    widget.save(tmp_path / "x.SVG", width=400)
    ((path,), drawn) = asked[0]
    assert path == tmp_path / "x.SVG"
    assert (drawn.pop("input") == widget.input).all()
    assert (drawn.pop("kernel") == widget.kernel).all()
    assert drawn == {
        "layer": LAYER, "position": (2, 1), "predict": False, "style": "flat", "theme": "dark",
        "width": 400,
    }  # fmt: skip
    widget.save(tmp_path / "x.gif", theme="auto")
    assert asked[1][1]["theme"] == "light"


def test_pictures_are_of_the_kind_that_the_suffix_says(widget, tmp_path):
    for kind in ("svg", "png", "gif", "pdf"):
        widget.save(tmp_path / f"x.{kind}")
    assert ElementTree.parse(tmp_path / "x.svg").getroot().tag == "{http://www.w3.org/2000/svg}svg"
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF-")
    assert (tmp_path / "x.png").read_bytes().startswith(b"\x89PNG")
    with Image.open(tmp_path / "x.gif") as moving:
        assert moving.n_frames == 9  # one for each place of the window


def test_an_animation_of_what_is_to_be_predicted_is_refused(widget, tmp_path):
    widget.predict = True
    with pytest.raises(ValueError, match="shows every output cell"):
        widget.save(tmp_path / "x.gif")
