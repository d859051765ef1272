"""Python and JavaScript, asked the same about thousands of random layers.

CONVWIDGET_SEED changes what is drawn; a failure states the seed and the smallest case.
"""

import json
import os
from random import Random

import numpy as np
import pytest
from deno_tool import deno

from convwidget import explain, values
from convwidget.axis import MAX_SIZE
from convwidget.cells import FILLS, Cells
from convwidget.layers.wire import from_wire, to_wire

SEED = int(os.environ.get("CONVWIDGET_SEED", "1"))
LAYERS = 4000
MAPS = 400
TYPES = ("Conv", "ConvTranspose", "MaxPool", "AvgPool")
NAMES = ("valid", "half", "full", "same", "same_lower", "causal")
ODD = (0, -1, 1.5, True, False, None, "3", "it's", "full", [], [2], [1, 2], [[1, 2]], [[1]])


def draw_layer(random):
    """A layer's wire form; about a quarter of them cannot be."""
    axes = random.choice((1, 1, 2, 2, 2, 3))
    huge = random.random() < 0.08

    def size(most):
        if huge and random.random() < 0.4:
            return random.choice((2**15, 2**16, 2**30, MAX_SIZE - 1, MAX_SIZE, MAX_SIZE + 1))
        return random.randint(1, most)

    def setting(most):
        return random.choice(([size(most) for _ in range(axes)], size(most)))

    kind = random.choice(TYPES)
    spec = {
        "type": kind,
        "input_size": [size(8) for _ in range(axes)],
        "kernel_size": setting(4),
        "padding": draw_padding(random, axes),
    }
    if random.random() < 0.6:
        spec["stride"] = setting(4)
    if random.random() < 0.4:
        spec["dilation"] = setting(3)
    if kind == "Conv" and random.random() < 0.3:
        spec["stretch"] = setting(3)
    if kind == "ConvTranspose" and random.random() < 0.4:
        spec["output_padding"] = random.randint(0, 2)
    if kind.startswith("Conv") and random.random() < 0.3:
        spec["groups"] = random.choice((1, 2, 3))
        spec["in_channels"] = random.choice((None, 2, 6))
        spec["out_channels"] = random.choice((None, 4, 6))
    if kind.endswith("Pool"):
        spec["ceil_mode"] = random.random() < 0.5
    if kind == "AvgPool":
        spec["count_include_pad"] = random.random() < 0.5
    if random.random() < 0.1:
        spec[random.choice([*list(spec)[1:]])] = random.choice(ODD)
    return spec


def draw_padding(random, axes):
    """Padding in one of its forms."""
    form = random.random()
    if form < 0.3:
        return random.choice(NAMES)
    if form < 0.6:
        return random.choice((0, 0, 1, 1, 2, 3, -1))
    if form < 0.75:
        return [random.randint(0, 2) for _ in range(axes)]
    return [[random.randint(-2, 4), random.randint(-2, 4)] for _ in range(axes)]


def draw_array(random, shape):
    """Numbers that both languages hold exactly: integers, or halves."""
    step = random.choice((1, 1, 0.5))
    count = int(np.prod(shape))
    return {"shape": list(shape), "data": [step * random.randint(-9, 9) for _ in range(count)]}


def draw_arrays(random, layer):
    """An input and a kernel of a layer, with channels or without; sometimes of a wrong shape."""
    groups = getattr(layer, "groups", 1)
    per_group, features = random.randint(1, 2), groups * random.randint(1, 2)
    inputs = getattr(layer, "in_channels", None) or per_group * groups
    outputs = getattr(layer, "out_channels", None) or features
    lead = random.choice(((), (inputs,), (inputs,), (2, inputs)))
    first, second = (
        (inputs, outputs)
        if type(layer).__name__ == "ConvTranspose"
        else (
            outputs,
            inputs,
        )
    )
    shapes = {
        "x": [*lead, *layer.input_size],
        "kernel": [*((first, second // groups) if lead else ()), *layer.kernel_size],
    }
    if random.random() < 0.1:
        wrong = random.choice(list(shapes.values()))
        wrong[random.randrange(len(wrong))] += 1
    if random.random() < 0.05:
        shapes["x"] = shapes["x"][1:]
    return {name: draw_array(random, shape) for name, shape in shapes.items()}


def draw_question(random):
    spec = draw_layer(random)
    question = {"spec": spec, "move": random.choice((random.randint(1, 9), [5], [4, 6], [0, 3]))}
    try:
        layer = from_wire(spec)
    except (TypeError, ValueError):
        return question
    if all(max(axis.padded, axis.kernel) <= 64 for axis in layer.axes):
        question["arrays"] = draw_arrays(random, layer)
    return question


def draw_cells(random):
    """A map's wire form and a shape to see it at."""
    shape = [random.randint(1, 6) for _ in range(random.choice((1, 2, 2, 3)))]
    if random.random() < 0.7:
        wire = {"fill": random.choice(list(FILLS))}
    else:
        known = [random.randint(1, 6) for _ in shape]
        wire = {"array": np.reshape(draw_array(random, known)["data"], known).tolist()}
    if random.random() < 0.5:
        wire["edits"] = [
            [[random.randint(0, 6) for _ in shape], random.choice((7, -2.5, 0))] for _ in range(4)
        ]
    return {"cells": {"wire": wire, "shape": shape}}


def outcome(call):
    """What a call returns, or what it raises."""
    try:
        return call()
    except (TypeError, ValueError) as error:
        return {type(error).__name__: str(error)}


def described(layer):
    return {
        "spec": to_wire(layer),
        "pads": layer.pads,
        "output_size": layer.output_size,
        "lines": [
            (axis.stretched, axis.padded, axis.effective_kernel, axis.output, axis.left_over)
            for axis in layer.axes
        ],
        "explained": [
            {
                "number": said.relationship.number if said.relationship else None,
                "reason": said.reason,
                "formula": said.formula,
                "numbers": said.numbers,
                "result": said.result,
            }
            for said in explain(layer)
        ],
    }


def touched(layer):
    return [
        {
            "taps": [axis.taps(o) for o in range(axis.output)],
            "counted": [axis.counted(o) for o in range(axis.output)],
            "reached": [axis.reached(cell) for cell in range(axis.input)],
        }
        for axis in layer.axes
    ]


def listed(array):
    """An array as JavaScript prints it; −∞ is null in JSON."""
    data = [None if n == -np.inf else n for n in array.ravel().tolist()]
    return {"shape": array.shape, "data": data}


def applied(layer, arrays):
    x, kernel = (
        np.array(arrays[name]["data"]).reshape(arrays[name]["shape"]) for name in ("x", "kernel")
    )
    return listed(layer.apply(x) if hasattr(layer, "ceil_mode") else layer.apply(x, kernel))


def answer(question):
    """What Python says; agree.js is the same in JavaScript."""
    if cells := question.get("cells"):
        return outcome(lambda: listed(Cells.from_wire(cells["wire"]).array(tuple(cells["shape"]))))

    def whole():
        layer = from_wire(question["spec"])
        said = {**described(layer), "moved": outcome(lambda: described(layer.at(question["move"])))}
        if arrays := question.get("arrays"):
            said["touched"] = touched(layer)
            said["uses"] = listed(values.uses(layer.axes))
            said["output"] = outcome(lambda: applied(layer, arrays))
        return said

    return outcome(whole)


@pytest.fixture(scope="module")
def answers():
    """Questions, and what each language answers."""
    random = Random(SEED)
    questions = [draw_question(random) for _ in range(LAYERS)]
    questions += [draw_cells(random) for _ in range(MAPS)]
    ran = deno("run", "--no-remote", "tests/js/agree.js", stdin=json.dumps(questions))
    assert ran.returncode == 0, ran.stderr
    mine = json.loads(json.dumps([answer(question) for question in questions]))
    return list(zip(questions, mine, json.loads(ran.stdout), strict=True))


def test_both_languages_say_the_same(answers):
    differing = [case for case in answers if case[1] != case[2]]
    if differing:
        question, python, javascript = min(differing, key=lambda case: len(json.dumps(case[0])))
        keys = [key for key in {**python, **javascript} if python.get(key) != javascript.get(key)]
        pytest.fail(
            f"{len(differing)} of {len(answers)} differ (CONVWIDGET_SEED={SEED}); the smallest:\n"
            f"{json.dumps(question)}\n"
            + "\n".join(
                f"{key}\n  Python     {python.get(key)}\n  JavaScript {javascript.get(key)}"
                for key in keys
            ),
            pytrace=False,
        )


def test_the_draw_holds_what_it_should(answers):
    layers = [(question, mine) for question, mine, _ in answers if "spec" in question]
    refused = [mine for _, mine in layers if "ValueError" in mine or "TypeError" in mine]
    assert 0.15 < len(refused) / len(layers) < 0.4
    shapes = {message[:20] for mine in refused for message in mine.values()}
    assert len(shapes) > 25
    for kind in TYPES:
        outputs = [m["output"] for q, m in layers if q["spec"]["type"] == kind and "output" in m]
        assert sum("data" in output for output in outputs) > LAYERS / 20
    spoken = {said["number"] for _, mine in layers for said in mine.get("explained", [])}
    assert spoken == {None, *range(1, 16)}
