"""The front end's own checks, each as one test that shows what deno said."""

import pytest
from deno_tool import deno


@pytest.mark.parametrize(
    "arguments",
    [
        ["fmt", "--check"],
        ["lint"],
        ["check", "convwidget/js", "convwidget/data/page.js", "tests/js"],
        ["test", "--no-remote", "--allow-read=tests/vectors"],
    ],
    ids=["is formatted", "has no lint", "has sound types", "passes its tests"],
)
def test_the_front_end(arguments):
    ran = deno(*arguments)
    if ran.returncode:
        pytest.fail(f"{' '.join(arguments)}\n{ran.stdout}{ran.stderr}", pytrace=False)
