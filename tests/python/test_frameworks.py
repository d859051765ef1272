"""The programs that frameworks.py writes: ONNX's are run here, all by run_frameworks.py."""

import json
import os
from random import Random

import pytest
from deno_tool import deno
from draws import convs, pools, transposes
from hypothesis import given, settings
from hypothesis import strategies as st
from refusal import refuses
from run_frameworks import check, layers, operands, ours, output, printed
from test_agreement import draw_layer

from convwidget import AvgPool, Conv, ConvTranspose, MaxPool
from convwidget.frameworks import FRAMEWORKS, code
from convwidget.layers.wire import from_wire, to_wire

SEED = int(os.environ.get("CONVWIDGET_SEED", "1"))
TOLD = {
    "PyTorch": {
        "F.pad": (Conv(5, 3, padding=((0, 1), (2, 0))), "nn.functional.pad(x, (2, 0, 0, 1))"),
        "a crop": (Conv(5, 3, padding=-1), "x[:, :, 1:4, 1:4]"),
        "same at stride 1": (Conv(5, 4, padding="same"), 'padding="same"'),
        "same at stride 2": (Conv(6, 3, stride=2, padding="same"), "pad(x, (0, 1, 0, 1))"),
        "a pool's padding": (MaxPool(5, 3, padding=((0, 1), (0, 1))), "value=-torch.inf"),
        "ceil_mode": (MaxPool(6, 3, stride=2, ceil_mode=True), "stride=2, ceil_mode=True)"),
        "output_padding": (ConvTranspose(3, 3, stride=2, output_padding=1), "output_padding=1"),
    },
    "Keras": {
        "same": (Conv(6, 3, stride=2, padding="same"), 'strides=2, padding="same"'),
        "causal": (Conv((6,), 3, padding="causal"), 'padding="causal"'),
        "causal in two": (Conv(6, 3, padding="causal"), "((0, 0), (2, 0), (2, 0), (0, 0))"),
        "two that exclude each other": (Conv(9, 3, stride=2, dilation=2), "[:, ::2, ::2]"),
        "a crop after": (ConvTranspose(3, 3, stride=2, padding=1), "y = y[:, 1:6, 1:6]"),
    },
    "JAX": {
        "pairs": (Conv(5, 3, padding=((0, 1), (2, 0))), "padding=[(0, 1), (2, 0)]"),
        "a stretch": (Conv(3, 3, stretch=2), "lhs_dilation=[2, 2]"),
    },
    "ONNX": {
        "ONNX's order": (Conv(5, 3, padding=((0, 1), (2, 0))), "pads = [0, 2, 1, 0]"),
        "channels": (Conv(5, 3, groups=2, in_channels=4, out_channels=6), "float[6, 2, 3, 3] w"),
    },
}


@pytest.mark.parametrize("layer", layers(), ids=repr)
def test_onnx_runtime_gives_our_sizes_and_numbers(layer):
    check(layer, "ONNX")


@settings(deadline=None)
@given(convs() | transposes() | pools(), st.integers(0, 99))
def test_any_layer_runs_in_onnx_runtime(layer, seed):
    check(layer, "ONNX", seed)


def test_the_seeded_layers_hold_every_setting():
    drawn = layers()
    for kind in (Conv, ConvTranspose, MaxPool, AvgPool):
        mine = [a for a in drawn if isinstance(a, kind)]
        for n in (1, 2, 3):
            assert sum(len(a.axes) == n for a in mine) == 12
        assert any(max(a.stride) > 1 for a in mine)
        assert any(max(a.dilation) > 1 for a in mine)
        assert any(before != after for a in mine for before, after in a.pads)
        assert any(min(map(min, a.pads)) < 0 for a in mine)
        assert any(isinstance(a.padding, str) for a in mine)
    assert any(max(a.stretch) > 1 for a in drawn if isinstance(a, Conv))
    assert any(max(a.output_padding) > 0 for a in drawn if isinstance(a, ConvTranspose))
    for kind in (Conv, ConvTranspose):
        assert any(a.groups > 1 for a in drawn if isinstance(a, kind))
    pools = [a for a in drawn if hasattr(a, "ceil_mode")]
    assert any(axis.left_over < 0 for a in pools for axis in a.axes)
    assert {a.count_include_pad for a in pools if isinstance(a, AvgPool)} == {True, False}
    names = {a.padding for a in drawn if isinstance(a.padding, str)}
    assert names == {"valid", "half", "full", "same", "same_lower", "causal"}


@pytest.mark.parametrize(
    ("framework", "layer", "words"),
    [(name, *case) for name, cases in TOLD.items() for case in cases.values()],
    ids=[f"{name}: {what}" for name, cases in TOLD.items() for what in cases],
)
def test_a_setting_is_written_as_the_framework_has_it(framework, layer, words):
    assert words in code(layer, framework)


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_every_program_is_python_with_the_shape_in_its_last_comment(framework):
    for layer in layers():
        text = code(layer, framework)
        compile(text, framework, "exec")
        assert "~" not in text
        assert "{C}" not in text
        shape = text.rstrip().rpartition("  # ")[2]
        channels = getattr(layer, "out_channels", None) or getattr(layer, "groups", 1)
        size = layer.output_size
        expected = (1, *size, channels) if framework == "Keras" else (1, channels, *size)
        assert shape == str(expected)


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_more_dimensions_than_three_are_a_comment(framework):
    text = code(Conv((3, 3, 3, 3), 2), framework)
    assert text == f"# {framework}: written for 1 to 3 dimensions, and this layer has 4.\n"


def test_a_framework_that_is_not_known_is_refused():
    with refuses(ValueError, "'Caffe' is no framework: PyTorch, Keras, JAX, ONNX"):
        code(Conv(5, 3), "Caffe")


def test_a_wrong_program_is_found():
    layer, other = Conv(5, 3, padding=1), Conv(5, 3, padding=1, dilation=2)
    assert printed(layer, "ONNX")[0] == "(1, 1, 5, 5)"
    x, kernel = operands(layer)
    y = output(other, "ONNX", x, kernel)
    assert y.shape != ours(layer, x, kernel).shape or (y != ours(layer, x, kernel)).any()


def test_both_languages_write_the_same_text():
    random = Random(SEED)
    drawn = layers(SEED, 12)
    while len(drawn) < 1500:
        try:
            drawn.append(from_wire(draw_layer(random)))
        except (TypeError, ValueError):
            continue
    ran = deno(
        "run", "--no-remote", "tests/js/write_code.js", stdin=json.dumps(list(map(to_wire, drawn)))
    )
    assert ran.returncode == 0, ran.stderr
    for layer, texts in zip(drawn, json.loads(ran.stdout), strict=True):
        assert texts == [code(layer, framework) for framework in FRAMEWORKS], layer
