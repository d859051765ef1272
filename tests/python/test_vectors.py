"""Python against vectors.json, whose numbers come from a brute-force slide of the window."""

import json
import re

import make_vectors
import numpy as np
import pytest

from convwidget.layers.wire import from_wire

VECTORS = json.loads(make_vectors.FILE.read_text("utf-8"))
ERRORS = {"value": ValueError, "type": TypeError}


def named(cases):
    return [pytest.param(case, id=json.dumps(case["spec"])) for case in cases]


def test_the_stored_vectors_are_what_their_maker_writes():
    assert make_vectors.document() == make_vectors.FILE.read_text("utf-8")


@pytest.mark.parametrize("case", named(VECTORS["layers"]))
def test_layer_computes_what_sliding_the_window_computes(case):
    layer = from_wire(case["spec"])
    assert layer.output_size == tuple(case["output_size"])
    assert [list(pair) for pair in layer.pads] == case["pads"]
    assert [axis.left_over for axis in layer.axes] == case["left_over"]
    for axis, windows in zip(layer.axes, case["taps"], strict=True):
        assert [[list(tap) for tap in axis.taps(o)] for o in range(axis.output)] == windows
    arrays = [case[name] for name in ("x", "kernel") if name in case]
    np.testing.assert_array_equal(layer.apply(*arrays), expected(case))


def expected(case):
    if case["spec"]["type"] == "AvgPool":
        sums, divisors = np.moveaxis(np.array(case["output"]), -1, 0)
        return sums / divisors
    if case["spec"]["type"] == "MaxPool":
        return np.nan_to_num(np.array(case["output"], dtype=float), nan=-np.inf)
    return case["output"]


@pytest.mark.parametrize("case", named(VECTORS["sizes"]))
def test_sizes_are_exact_up_to_the_bound(case):
    assert from_wire(case["spec"]).output_size == tuple(case["output_size"])


@pytest.mark.parametrize("case", named(VECTORS["refused"]))
def test_what_cannot_be_is_refused_with_the_numbers(case):
    with pytest.raises(ERRORS[case["error"]]) as refusal:
        from_wire(case["spec"])
    assert set(re.findall(r"-?\d+", str(refusal.value))).issuperset(case["says"])
