"""Numbers in the cells of a picture, against those in the cells of the page."""

import json
from decimal import ROUND_HALF_UP, Decimal, localcontext

import numpy as np
import pytest
from deno_tool import ROOT, deno
from hypothesis import given
from hypothesis import strategies as st

from convwidget.plotting.numbers import number

WORDS = (ROOT / "convwidget/js/words.js").as_uri()
PROGRAM = f"""
import {{ number }} from {json.dumps(WORDS)};
const text = await new Response(Deno.stdin.readable).text();
console.log(JSON.stringify(JSON.parse(text).map(number)));
"""


def ties():
    """Numbers half way between two that can be written, both ways from zero."""
    eighths = [n / 8 for n in range(-4001, 4001)]
    halves = [(n + 0.5) * 10**e for n in range(10, 100) for e in range(5, 30)]
    return [*eighths, *halves, *(-n for n in halves)]


def near_ties():
    """Numbers that are written with a 5 behind what is kept, but are not quite half way."""
    return [sign * (n / 100 + 0.005) for n in range(1200) for sign in (1, -1)]


def everywhere():
    """Numbers of every size, and those round which the way of writing changes."""
    random = np.random.default_rng(1)
    some = random.normal(size=6000) * 10.0 ** random.integers(-12, 20, 6000)
    edges = [0.0, -0.0, 0.005, 0.00499999, 0.995, 0.999, 999999.995, 999999.994, 1e6, 1e6 - 1, 1e21]
    return [*some.tolist(), *edges, *(-n for n in edges), 5e-324, 1.7e308, 2**53 - 1, -(10**15)]


@pytest.mark.parametrize("values", [ties, near_ties, everywhere], ids=lambda draw: draw.__name__)
def test_pictures_and_the_page_write_a_number_alike(values, tmp_path):
    program = tmp_path / "write.js"
    program.write_text(PROGRAM)
    asked = values()
    ran = deno("run", "--no-remote", "--allow-read", str(program), stdin=json.dumps(asked))
    assert ran.returncode == 0, ran.stderr
    pairs = zip(asked, map(number, asked), json.loads(ran.stdout), strict=True)
    assert [case for case in pairs if case[1] != case[2]] == []


def test_a_number_is_written_in_whatever_decimal_context():
    with localcontext(prec=3):
        assert number(12345.678) == "12345.68"


EIGHTHS = st.integers(1, 10**6).map(lambda n: n / 8)


@given(st.floats(0.01, 1e5) | EIGHTHS, st.sampled_from([1, -1]))
def test_what_is_written_is_the_nearest_hundredth(value, sign):
    written = Decimal(number(sign * value).replace("−", "-"))
    exact = Decimal(sign * value)
    assert abs(written - exact) <= Decimal("0.005")
    assert written == exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
