"""What students may hand in: the kinds that grading has to give exactly the right marks."""

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parents[2]
HOMEWORK = REPOSITORY / "notebooks" / "homework"
SET = "set-2"
NOTEBOOK = "set-2-convolution-arithmetic.ipynb"

Notebook = dict[str, Any]

# Every kind: what it is, and its marks out of the 25 that are given without a person.
EXPECTED = {
    "reference": ("the solutions", 25),
    "empty": ("nothing written", 0),
    "plainly-wrong": ("every answer wrong", 0),
    "only-visible-tests": ("functions that are right only where `check` looks", 10),
    "noisy": ("right, with prints, warnings and logs on stderr", 25),
    "deleted-tests": ("wrong, the test cells deleted", 0),
    "edited-tests": ("wrong, the test cells emptied", 0),
    "skipped-tests": ("wrong, the test cells tagged `skip-execution`", 0),
    "equals-everything": ("results whose `==` always says yes", 0),
    "endless-function": ("right, but 2.5 never returns", 20),
    "endless-cell": ("right, but the cell of 2.5 never ends", 20),
    "os-exit-function": ("right, but 2.5 calls `os._exit`", 0),
    "os-exit-cell": ("right, but the cell of 2.5 calls `os._exit`", 0),
}

FUNCTIONS = {
    "2-1": "places(i, k)",
    "2-2": "output_size(i, k, s, p)",
    "2-5": "convolve(x, kernel, s, p)",
    "2-6": "input_sizes(o, k, s, p)",
}
VALUES = {"2-3": "predicted", "2-4": "found", "2-7": "padding"}

YES = '''
class Yes(int):
    """Says of everything that it is its equal."""

    def __eq__(self, other):
        return True

    __hash__ = int.__hash__
'''


def read(path: Path) -> Notebook:
    return json.loads(path.read_text("utf-8"))


def source_of(cell: Notebook) -> str:
    return "".join(cell["source"])


def grade_id(cell: Notebook) -> str:
    return cell["metadata"].get("nbgrader", {}).get("grade_id", "")


def answer(notebook: Notebook, **sources: str) -> Notebook:
    """The notebook with the source of some answers' cells put in place."""
    answered = copy.deepcopy(notebook)
    wanted = {f"answer-{name.replace('_', '-')}": text for name, text in sources.items()}
    for cell in answered["cells"]:
        if "student(" in source_of(cell) and cell["cell_type"] == "code" and not grade_id(cell):
            cell["source"] = 'student("Emmy Noether")'
        if grade_id(cell) in wanted:
            cell["source"] = wanted.pop(grade_id(cell))
    assert not wanted, f"there is no cell for {list(wanted)}"
    return answered


def reference_answers(source: Notebook) -> dict[str, str]:
    """The solutions of the source, by exercise; a sentence's answer is left out."""
    return {
        grade_id(cell).removeprefix("answer-").replace("-", "_"): re.sub(
            r" *### (BEGIN|END) SOLUTION\n?", "", source_of(cell)
        )
        for cell in source["cells"]
        if grade_id(cell).startswith("answer-") and cell["cell_type"] == "code"
    }


def every(body: str, value: str, before: str = "") -> dict[str, str]:
    """The same body for all functions, and the same value for all else."""
    functions = {name: f"{before}\ndef {head}:\n    {body}\n" for name, head in FUNCTIONS.items()}
    lists = {name: value if name == "2-7" else f"[{value}] * 3" for name in VALUES}
    values = {name: f"{before}\n{VALUES[name]} = {text}\n" for name, text in lists.items()}
    return {name.replace("-", "_"): text for name, text in {**functions, **values}.items()}


def tests(notebook: Notebook, change: Callable[[Notebook], None]) -> Notebook:
    changed = copy.deepcopy(notebook)
    for cell in changed["cells"]:
        if grade_id(cell).startswith("test-"):
            change(cell)
    return changed


def without_tests(notebook: Notebook) -> Notebook:
    changed = copy.deepcopy(notebook)
    changed["cells"] = [c for c in changed["cells"] if not grade_id(c).startswith("test-")]
    return changed


def _only_visible(name: str, head: str, solution: str) -> str:
    """A function that is right on the cases of `check`, and on no others."""
    function, _, rest = head.partition("(")
    arguments = rest.rstrip(")")
    exercise = name.replace("-", ".")
    return f'''{solution}

from convwidget.homework import EXERCISES
from convwidget.homework.comparing import written

right_{function} = {function}
cases_{function} = EXERCISES["{exercise}"].task.cases()
visible_{function} = {{written(list(case)) for case in cases_{function}}}


def {function}({arguments}):
    if written([{arguments}]) in visible_{function}:
        return right_{function}({arguments})
    return 0
'''


def _noisy(solution: str) -> str:
    """The same answer, with prints, warnings, logs and raw writes on the way."""
    noise = (
        "import logging, os, sys, warnings\n"
        'print("a word", file=sys.stderr); warnings.warn("careful"); '
        'logging.getLogger("me").warning("careful"); os.write(2, b"raw")\n'
    )
    inside = re.sub(
        r'^(    """.*?"""\n)',
        lambda found: found[1] + "    " + noise.replace("\n", "\n    ").rstrip() + "\n",
        solution,
        count=1,
        flags=re.MULTILINE,
    )
    return noise + inside


def submissions(release: Notebook, source: Notebook) -> dict[str, Notebook]:
    """Every kind of submission, by a name that can be a student's."""
    right = reference_answers(source)
    wrong = answer(release, **every("return 0", "0"))
    endless = "def convolve(x, kernel, s, p):\n    while True:\n        pass\n"
    visible = {
        name.replace("-", "_"): _only_visible(name, head, right[name.replace("-", "_")])
        for name, head in FUNCTIONS.items()
    }
    return {
        "reference": answer(release, **right),
        "empty": copy.deepcopy(release),
        "plainly-wrong": wrong,
        "only-visible-tests": answer(release, **{**right, **visible}),
        "noisy": answer(release, **{name: _noisy(text) for name, text in right.items()}),
        "deleted-tests": without_tests(wrong),
        "edited-tests": tests(wrong, lambda cell: cell.update(source="pass")),
        "skipped-tests": tests(
            wrong, lambda cell: cell["metadata"].update(tags=["skip-execution"])
        ),
        "equals-everything": answer(release, **every("return Yes()", "Yes()", YES)),
        "endless-function": answer(release, **{**right, "2_5": endless}),
        "endless-cell": answer(release, **{**right, "2_5": "while True:\n    pass\n"}),
        "os-exit-function": answer(
            release, **{**right, "2_5": "import os\n\n\ndef convolve(*_):\n    os._exit(0)\n"}
        ),
        "os-exit-cell": answer(release, **{**right, "2_5": "import os\n\nos._exit(0)\n"}),
    }
