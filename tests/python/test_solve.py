"""Settings that reach an output size: all of them, in the order that is promised."""

import json
import os
from itertools import product
from random import Random

import brute
import pytest
from deno_tool import deno
from refusal import refuses

from convwidget import AvgPool, Conv, ConvTranspose, MaxPool, solve
from convwidget.layers.wire import from_wire, to_wire
from convwidget.limits import check_drawable

ALL = 10**6
SEED = int(os.environ.get("CONVWIDGET_SEED", "1"))


def settings(layer):
    """What a layer has along its only axis."""
    (pads,) = layer.pads
    extra = getattr(layer, "output_padding", (0,))
    return (*layer.input_size, *layer.kernel_size, *layer.stride, pads, *layer.dilation, *extra)


def truth(kind, output, dilation=1, largest=40):
    """All settings within the stated bounds, found by sliding windows.

    A transposed layer's output is what its direct layer takes back to its input, with so much left.
    """
    pool = kind in (MaxPool, AvgPool)
    found = set()
    for k in range(1, 12):
        window = dilation * (k - 1) + 1
        for s in {*range(1, 9), *([k] if pool else [])}:
            for p in range(window // 2 + 1 if pool else window):
                if kind is ConvTranspose:
                    size = len(brute.windows(output, k, s, p, p, dilation))
                    left_over = output + 2 * p - (size - 1) * s - window
                    if size:
                        found.add((size, k, s, (p, p), dilation, left_over))
                    continue
                for size in range(1, largest + 1):
                    if len(brute.windows(size, k, s, p, p, dilation)) == output:
                        found.add((size, k, s, (p, p), dilation, 0))
    return found


@pytest.mark.parametrize("kind", [Conv, MaxPool, AvgPool, ConvTranspose])
@pytest.mark.parametrize(("output", "dilation"), [(1, 1), (3, 1), (2, 2)])
def test_all_settings_are_found_and_no_others(kind, output, dilation):
    # With a larger dilation than stride output_padding can also exceed what a stride leaves over.
    expected = truth(kind, output, dilation)
    options = {"output_size": (output,), "dilation": dilation, "layer": kind, "limit": ALL}
    found = [settings(layer) for layer in solve(**options)]
    within = [s for s in found if s[0] <= 40 and (kind is not ConvTranspose or s[5] < s[2])]
    assert len(found) == len(set(found))
    assert set(within) == expected
    sizes = {size for size, *_ in expected}
    for size in sorted(sizes)[::5]:
        found = {settings(layer) for layer in solve(**options, input_size=size)}
        if kind is ConvTranspose:
            found = {s for s in found if s[5] < s[2]}
        assert found == {s for s in expected if s[0] == size}


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        *product([Conv, MaxPool], ["valid", "half", "full", "same", "same_lower", "causal"]),
        *product([ConvTranspose], ["valid", "half", "full", "same", "same_lower"]),
    ],
)
@pytest.mark.parametrize("stride", [1, 3])
def test_a_named_padding_is_inverted_as_well(kind, name, stride):
    found = solve(
        output_size=(6,), kernel_size=4, stride=stride, padding=name, layer=kind, limit=ALL
    )
    expected = set()
    for size, extra in product(range(1, 40), range(stride if kind is ConvTranspose else 1)):
        more = {"output_padding": extra} if kind is ConvTranspose else {}
        try:
            layer = kind((size,), 4, stride=stride, padding=name, **more)
        except ValueError:
            continue
        if layer.output_size == (6,):
            expected.add(layer)
    assert set(found) == expected
    assert all(layer.padding == name for layer in found)


def test_a_given_setting_may_be_anything_the_layer_takes():
    padding = ((2, -1),)
    (layer,) = solve(output_size=(30,), input_size=1000, kernel_size=40, stride=33, padding=padding)
    assert layer == Conv((1000,), 40, stride=33, padding=padding)
    assert solve(output_size=4, input_size=4, kernel_size=9, padding=0) == ()
    wide = solve(output_size=(4,), input_size=4, kernel_size=301, dilation=2)
    assert wide == (Conv((4,), 301, padding=300, dilation=2),)


def test_a_stride_has_as_many_input_sizes():
    found = solve(output_size=(5,), kernel_size=3, stride=4, padding=1)
    assert [layer.input_size for layer in found] == [(17,), (18,), (19,), (20,)]
    assert [layer.output_size for layer in found] == [(5,)] * 4


def test_an_image_is_halved_as_people_halve_it():
    halved = [Conv(224, k, stride=2, padding=p) for k, p in ((2, 0), (3, 1), (5, 2), (7, 3))]
    assert list(solve(input_size=224, output_size=112, stride=2, limit=4)) == halved
    pools = solve(input_size=112, output_size=56, layer=MaxPool, limit=2)
    assert pools == (MaxPool(112, 2), MaxPool(112, 3, stride=2, padding=1))
    doubled = solve(input_size=56, output_size=112, layer=ConvTranspose, limit=3)
    assert doubled == (
        ConvTranspose(56, 2, stride=2),
        ConvTranspose(56, 3, stride=2, padding=1, output_padding=1),
        ConvTranspose(56, 4, stride=2, padding=1),
    )


def test_an_image_keeps_its_size_under_odd_kernels():
    found = solve(input_size=28, output_size=28)
    assert found == tuple(Conv(28, k, padding=k // 2) for k in (1, 3, 5, 7, 9, 11))


@pytest.mark.parametrize(("size", "output"), [(8, 4), (3, 1)])
def test_what_leaves_cells_out_comes_last(size, output):
    found = solve(input_size=(size,), output_size=output, limit=ALL)

    def reads_all(layer):
        (axis,) = layer.axes
        windows = brute.windows(size, axis.kernel, axis.stride, axis.before, axis.after)
        return {cell for window in windows for cell in window} >= set(range(size))

    read = [reads_all(layer) for layer in found]
    assert read == sorted(read, reverse=True)
    assert len(set(read)) == 2


def test_output_padding_can_exceed_the_stride_by_dilation():
    found = solve(
        output_size=(9,), kernel_size=3, stride=1, padding=0, dilation=3, layer=ConvTranspose
    )
    assert found == tuple(
        ConvTranspose((3 - extra,), 3, dilation=3, output_padding=extra) for extra in (0, 1, 2)
    )


def test_axes_share_their_settings_where_that_reaches_the_size():
    assert solve(input_size=(28, 32), output_size=(14, 16), limit=1) == (
        Conv((28, 32), 2, stride=2),
    )
    found = solve(input_size=(28, 32), output_size=(14, 16), limit=ALL)
    assert all(len({*zip(x.kernel_size, x.stride, x.pads, strict=True)}) == 1 for x in found)


def test_axes_have_their_own_settings_otherwise():
    found = solve(input_size=(5, 6), output_size=(4, 2), limit=ALL)
    assert found[0] == Conv((5, 6), (2, 3), stride=(1, 3))
    rows, columns = (
        {settings(x) for x in solve(input_size=(i,), output_size=o, limit=ALL)}
        for i, o in ((5, 4), (6, 2))
    )
    both = {
        ((5, k[0], s[0], p[0], 1, 0), (6, k[1], s[1], p[1], 1, 0))
        for k, s, p in ((x.kernel_size, x.stride, x.pads) for x in found)
    }
    assert both == set(product(rows, columns))
    assert solve(input_size=(5, 6), output_size=(4, 2), limit=7) == found[:7]


def test_input_sizes_of_all_axes_are_found_together():
    found = solve(output_size=(3, 5), kernel_size=3, stride=2, padding=0)
    assert found == (Conv((7, 11), 3, stride=2), Conv((8, 12), 3, stride=2))
    found = solve(output_size=(3, 5), kernel_size=3, stride=2, padding="same")
    sizes = {(5, 9), (6, 10)}
    assert set(found) == {Conv(size, 3, stride=2, padding="same") for size in sizes}


def test_near_a_layer_few_settings_change_and_by_little():
    near = Conv((7, 7), 3, dilation=2, in_channels=3)

    def distance(layer):
        pairs = [
            (layer.kernel_size[0], 3),
            (layer.stride[0], 1),
            (layer.pads[0][0], 0),
        ]
        return sum(a != b for a, b in pairs), sum(abs(a - b) for a, b in pairs)

    found = solve(output_size=2, near=near, limit=ALL)
    distances = [distance(layer) for layer in found]
    assert distances == sorted(distances)
    assert len(found) > 10
    assert {(x.input_size, x.dilation, x.in_channels) for x in found} == {((7, 7), (2, 2), 3)}
    assert solve(output_size=3, near=near)[0] == near


def test_near_a_layer_what_is_not_searched_stays():
    pool = AvgPool((7,), 2, stride=2, ceil_mode=True, count_include_pad=False)
    assert solve(output_size=4, near=pool, limit=1) == (pool,)
    named = Conv(8, 3, padding="same")
    assert solve(output_size=4, near=named, limit=1) == (Conv(8, 3, stride=2, padding="same"),)
    stretched = Conv((3,), 3, stretch=2)
    assert solve(output_size=4, near=stretched, limit=1) == (Conv((3,), 2, stretch=2),)
    uneven = Conv((7,), 3, padding=((2, 1),))
    assert solve(output_size=4, near=uneven, limit=1) == (
        Conv((7,), 3, stride=2, padding=((2, 1),)),
    )
    apart = Conv((6, 6), (3, 5), stride=2, padding=1)
    assert solve(output_size=(3, 1), near=apart, limit=1)[0].kernel_size[0] == 3


def test_near_a_layer_what_is_given_goes_first():
    near = Conv((7,), 3)
    found = solve(output_size=3, near=near, stride=2, input_size=9)
    assert found[:2] == (Conv((9,), 4, stride=2), Conv((9,), 5, stride=2))
    assert {(layer.input_size, layer.stride) for layer in found} == {((9,), (2,))}


def test_what_cannot_be_reached_gives_nothing():
    assert solve(input_size=5, output_size=100) == ()
    assert solve(input_size=3, output_size=4, layer=ConvTranspose, stride=9) == ()
    assert solve(output_size=7, layer=ConvTranspose, padding="same", stride=2) == ()


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        ({"output_size": 0}, ValueError, "output_size must be at least 1, but it is 0"),
        ({"output_size": 1.5}, TypeError, "output_size must be an integer, not 1.5"),
        ({"output_size": 3, "stride": 0}, ValueError, "stride must be at least 1, but it is 0"),
        ({"output_size": 3, "limit": 0}, ValueError, "limit must be at least 1, but it is 0"),
        (
            {"output_size": (3, 3), "input_size": (5, 5, 5)},
            ValueError,
            "the settings disagree on the number of axes: output_size has 2 and input_size has 3",
        ),
        (
            {"output_size": (3, 3, 3), "near": Conv(5, 3)},
            ValueError,
            "the settings disagree on the number of axes: output_size has 3 and near has 2",
        ),
        ({"output_size": 3, "padding": "some"}, ValueError, "padding='some' is not a known name"),
        (
            {"output_size": 3, "output_padding": 1},
            TypeError,
            "Conv has no output_padding, but it is 1",
        ),
        (
            {"output_size": 3, "padding": "causal", "layer": ConvTranspose},
            ValueError,
            "padding='causal' has no meaning in a transposed convolution",
        ),
        (
            {"output_size": 3, "layer": "Conv"},
            TypeError,
            "layer must be Conv, ConvTranspose, MaxPool or AvgPool, not 'Conv'",
        ),
        ({"output_size": 3, "near": 5}, TypeError, "near must be a layer, not 5"),
        (
            {"output_size": 3, "near": MaxPool(4, 2), "layer": Conv},
            ValueError,
            "layer is Conv, but near is a MaxPool",
        ),
    ],
)
def test_bad_input_is_refused_with_its_numbers(call, error, message):
    with refuses(error, message):
        solve(**call)


HUGE = [
    {"output_size": 10**6, "input_size": 10**6},
    {"output_size": 10**6},
    {"output_size": 10**6, "layer": ConvTranspose},
    {"output_size": 10, "kernel_size": 10**6, "stride": 10**6},
    {"output_size": 10**6, "layer": ConvTranspose, "dilation": 10**6, "kernel_size": 1},
]


@pytest.mark.parametrize("question", HUGE)
def test_large_sizes_are_inverted_and_not_tried(question, monkeypatch):
    tried = []
    kind = question.get("layer", Conv)
    axis = kind._axis
    monkeypatch.setattr(kind, "_axis", lambda self, n: tried.append(n) or axis(self, n))
    found = solve(**question)
    assert found
    wanted = question["output_size"]
    assert {layer.output_size for layer in found} == {(wanted, wanted)}
    assert len(tried) < 20_000


def draw_near(random):
    """A layer's wire form, and a size wanted of it; small enough to be drawn."""
    axes = random.choice((1, 2, 2, 2, 3))
    kind = random.choice(("Conv", "ConvTranspose", "MaxPool", "AvgPool"))

    def setting(least, most):
        one = [random.randint(least, most)] * axes
        own = [random.randint(least, most) for _ in range(axes)]
        return own if random.random() < 0.25 else one

    spec = {
        "type": kind,
        "input_size": setting(1, 9) if axes > 1 else [random.randint(1, 30)],
        "kernel_size": setting(1, 4) if axes > 1 else [random.randint(1, 16)],
        "stride": setting(1, 3),
        "dilation": setting(1, 2),
        "padding": random.choice(
            (
                setting(0, 1) if axes % 2 else random.randint(0, 2),
                [[random.randint(-1, 2), random.randint(0, 2)]] * axes,
                random.choice(("valid", "half", "full", "same", "same_lower", "causal")),
            )
        ),
    }
    if kind == "Conv":
        spec |= {"stretch": setting(1, 2), "groups": 2, "in_channels": 2}
    if kind == "ConvTranspose":
        spec["output_padding"] = setting(0, 1)
    if kind.endswith("Pool"):
        spec["ceil_mode"] = random.random() < 0.5
    return {"layer": spec, "wanted": setting(1, 8)}


def test_the_widget_proposes_what_python_finds():
    random = Random(SEED)
    questions = []
    while len(questions) < 150:
        question = draw_near(random)
        try:
            check_drawable(from_wire(question["layer"]))
        except ValueError:
            continue
        questions.append(question)
    script = """
      import { layer } from "./convwidget/js/layers.js";
      import { solve } from "./convwidget/js/solve.js";
      const questions = await new Response(Deno.stdin.readable).json();
      console.log(JSON.stringify(questions.map((question) =>
        solve(layer(question.layer), question.wanted, 40).map(({ layer }) => layer.spec))));
    """
    ran = deno("eval", "--ext=js", script, stdin=json.dumps(questions))
    assert ran.returncode == 0, ran.stderr
    for question, theirs in zip(questions, json.loads(ran.stdout), strict=True):
        near = from_wire(question["layer"])
        mine = [x for x in solve(output_size=question["wanted"], near=near, limit=64) if x != near]
        drawn = [layer for layer in mine if is_drawable(layer)]
        assert theirs == json.loads(json.dumps([to_wire(x) for x in drawn[:40]])), question


def is_drawable(layer):
    try:
        check_drawable(layer)
    except ValueError:
        return False
    return True
