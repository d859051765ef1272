"""The exercises by what they ask for, and the notebooks that they stand in."""

import json

from submissions import HOMEWORK

from convwidget.homework import EXERCISES
from convwidget.homework.functions import Function
from convwidget.homework.questions import Questions

FUNCTIONS = [name for name, of in EXERCISES.items() if isinstance(of.task, Function)]


DRAWN = [name for name, of in EXERCISES.items() if isinstance(of.task, Questions)]


MISTAKES = [
    (name, n) for name, of in EXERCISES.items() if of.task for n in range(len(of.task.mistakes))
]


def sources() -> dict[str, dict]:
    """The cells of every source notebook, by their ids."""
    cells = {}
    for path in sorted((HOMEWORK / "source").rglob("*.ipynb")):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            if "nbgrader" in cell["metadata"]:
                cells[cell["metadata"]["nbgrader"]["grade_id"]] = cell
    return cells


def rights(task, question):
    """Answers that are right, by trying."""
    if EXERCISES["1.4"].task is task:
        n, h, w, a, b = (question[letter] for letter in "nhwab")
        return [(n, h - a + 1, w - b + 1)]
    return [n for n in range(300) if task.complaint(question, n) is None]
