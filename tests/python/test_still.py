"""What a widget shows where no script runs: the view that the page would, or words that say so."""

import json
import re
from itertools import product

import pytest
from deno_tool import ROOT, deno

from convwidget import AvgPool, Conv, ConvTranspose, ConvWidget, MaxPool, export, still
from convwidget.layers.wire import to_wire
from convwidget.plotting import png
from convwidget.widget import VIEWS

LAYERS = [
    Conv(5, 3, stride=2, padding="same"),
    Conv((9,), 3),
    Conv((4, 4, 4), 2),
    Conv(5, 3, in_channels=1),
    Conv(5, 3, groups=2),
    # As a stride of 1, too dear to compute.
    Conv(300, 61, stride=40),
    ConvTranspose(3, 3, stride=2, padding=1),
    ConvTranspose((3,), 3),
    ConvTranspose(3, 3, in_channels=2),
    ConvTranspose((2, 2, 2), 2),
    MaxPool(4, 2),
    MaxPool((4, 4, 4), 2),
    AvgPool((8,), 2),
    AvgPool((4, 4, 4), 2),
]
PROGRAM = """
import {{ offered }} from {offers};
import {{ layer }} from {layers};
const text = await new Response(Deno.stdin.readable).text();
console.log(JSON.stringify(JSON.parse(text).map((spec) => offered(layer(spec)))));
"""


def test_the_view_that_is_meant_is_the_one_that_the_page_draws(tmp_path):
    names = {
        name: json.dumps((ROOT / f"convwidget/js/{name}.js").as_uri())
        for name in ("offers", "layers")
    }
    program = tmp_path / "offered.js"
    program.write_text(PROGRAM.format(**names))
    asked = json.dumps([to_wire(layer) for layer in LAYERS])
    ran = deno("run", "--no-remote", "--allow-read", str(program), stdin=asked)
    assert ran.returncode == 0, ran.stderr
    seen = set()
    for layer, offered in zip(LAYERS, json.loads(ran.stdout), strict=True):
        for view in VIEWS:
            drawn = view if view in offered else offered[0]  # as session.js says
            assert still.view_of(ConvWidget(layer, view=view)) == drawn, (layer, view)
            seen.add((view, drawn))
    assert ("subsampling", "subsampling") in seen
    assert {drawn for _, drawn in seen} == set(VIEWS)
    assert "subsampling" not in json.loads(ran.stdout)[5]


def stored(layer, view, **more):
    """The stored picture of a widget, and what is said of it."""
    data, metadata = ConvWidget(layer, view=view, **more)._repr_mimebundle_()
    return data["image/png"], metadata["image/png"]["alt"]


UP = ConvTranspose(3, 3, stride=2, padding=1)
DOWN = Conv(5, 3)


@pytest.mark.parametrize(
    ("layer", "view", "style", "said"),
    [
        (UP, "stamp", "stamp", "It is shown as stamps of its kernel."),
        (UP, "grids", "stamp", "It is shown as stamps of its kernel."),
        (UP, "equivalent", "flat", "It is shown as the equivalent convolution."),
        (UP, "back", "back", "It is shown on the way back, by the convolution that it transposes."),
        (UP, "stacked", "stacked", "It is shown with the output above the input."),
        (
            UP,
            "matrix",
            "flat",
            "The widget shows it as a matrix; the picture, as the equivalent convolution.",
        ),
        (DOWN, "grids", "flat", ""),
        (DOWN, "stamp", "flat", ""),
        (DOWN, "stacked", "stacked", "It is shown with the output above the input."),
        (
            DOWN,
            "matrix",
            "flat",
            "The widget shows it as a matrix; the picture, as grids of numbers.",
        ),
        (
            MaxPool((8,), 2),
            "ruler",
            "flat",
            "The widget shows it along a ruler; the picture, as grids of numbers.",
        ),
    ],
)
def test_a_stored_picture_shows_the_view_or_its_text_names_it(layer, view, style, said):
    widget = ConvWidget(layer, view=view)
    image, alt = stored(layer, view)
    assert image == png(layer, widget.input, widget.kernel, style=style)
    assert alt.partition("output")[2].partition(".")[2].strip() == said
    page = export.page([widget])
    assert f"{said}</p>" in page
    assert re.search(r'<img alt="[^"]*drawn ([^"]*)"', page)[1] in (said or "as grids of numbers")


def test_each_view_of_a_transposed_layer_has_a_picture_of_its_own():
    pictures = {stored(UP, view)[0] for view in ("stamp", "equivalent", "back", "stacked")}
    assert len(pictures) == 4


@pytest.mark.parametrize(("layer", "view"), [*product([UP, DOWN, MaxPool(4, 2)], VIEWS)])
def test_no_view_gives_a_prediction_away(layer, view):
    widget = ConvWidget(layer, view=view, predict=True)
    image, alt = stored(layer, view, predict=True)
    style = still.style_of(widget, predict=True)
    assert style != "back"
    assert image == png(layer, widget.input, widget.kernel, style=style, predict=True)
    assert "the output has" not in alt
    assert " and the output " not in alt


def test_where_the_way_back_would_tell_a_prediction_the_text_says_what_is_meant():
    assert stored(UP, "back", predict=True)[1].endswith(
        "The widget shows it on the way back, by the convolution that it transposes; the picture, "
        "as the equivalent convolution."
    )


def test_a_saved_picture_is_of_the_view_unless_a_style_is_asked_for(tmp_path):
    widget = ConvWidget(UP, view="back", position=(2, 3))
    drawn = {"input": widget.input, "kernel": widget.kernel, "position": (2, 3)}
    widget.save(tmp_path / "back.png")
    widget.save(tmp_path / "flat.png", style="flat")
    saved = [(tmp_path / f"{style}.png").read_bytes() for style in ("back", "flat")]
    assert saved[0] != saved[1]
    for image, style in zip(saved, ("back", "flat"), strict=True):
        assert image == png(UP, style=style, width=width_of(image), **drawn)


def width_of(image):
    """The width of a PNG's picture, in CSS pixels: one and a half pixels to each."""
    return int.from_bytes(image[16:20], "big") / 1.5
