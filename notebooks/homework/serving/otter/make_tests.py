"""Write Otter's test files for a set: one for each exercise, and each a call of `grade`.

Run it as ``python make_tests.py set-2-convolution-arithmetic.ipynb tests``.
"""

import re
import sys
from pathlib import Path

from convwidget.homework import EXERCISES

CHECK = re.compile(r'check\(\\"([\d.]+)\\", (\w+)\)')

TEST = """OK_FORMAT = False

from convwidget.homework import grade
from otter.test_files import test_case

name = "{exercise}"
points = {points}


@test_case()
def test_{variable}({variable}):
    grade("{exercise}", {variable})
"""


def main(notebook: Path, folder: Path) -> None:
    """Find each check in a notebook as it is handed out, and write its test."""
    folder.mkdir(parents=True, exist_ok=True)
    for exercise, variable in CHECK.findall(notebook.read_text("utf-8")):
        test = TEST.format(exercise=exercise, variable=variable, points=EXERCISES[exercise].points)
        (folder / f"{exercise}.py").write_text(test, "utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
