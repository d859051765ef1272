"""Grade the notebook that a student handed in to Gradescope, by convwidget's own checks.

Beside this file in the autograder's archive lies the notebook as it was handed out; from it come
the exercises and all locked cells, whatever was made of them. Nothing in it is secret.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError

from convwidget.homework import EXERCISES

CHECK = re.compile(r'check\("([\d.]+)", (\w+)\)')
SECONDS = 60  # for one cell

Notebook = nbformat.NotebookNode


class SubmissionError(Exception):
    """Nothing can be graded; the message tells the student why."""


def only_notebook(folder: Path) -> Notebook:
    """The one notebook of a folder."""
    found = sorted(folder.glob("*.ipynb"))
    if len(found) != 1:
        there = ", ".join(path.name for path in found) or "none"
        raise SubmissionError(f"Hand in one notebook. There are {len(found)}: {there}.")
    try:
        notebook = nbformat.read(found[0], as_version=4)
        notebook.cells = [code_cell(cell) for cell in notebook.cells if cell.cell_type == "code"]
    except Exception as error:  # whatever a student's file holds must not end the grading
        raise SubmissionError(
            f"{found[0].name} is not a notebook, or it is damaged ({error}). "
            "Open it in Jupyter, save it, and hand it in again."
        ) from error
    return notebook


def code_cell(cell: Notebook) -> Notebook:
    """The source of a cell and what nbgrader knows about it, and nothing that may be damaged."""
    there = cell.get("metadata", {}).get("nbgrader")
    known = there if isinstance(there, dict) else {}
    metadata = {"nbgrader": known} if isinstance(known.get("grade_id"), str) else {}
    return nbformat.v4.new_code_cell("".join(cell.source), metadata=metadata)


def name_of(cell: Notebook) -> str:
    """The name that nbgrader gave a cell; most have none."""
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


def locked(handed_out: Notebook) -> dict[str, Notebook]:
    """The code cells that students must not change, by name; each checks as for marks."""
    return {
        name_of(cell): nbformat.v4.new_code_cell(
            CHECK.sub(r'from convwidget.homework import grade\n\ngrade("\1", \2)', cell.source)
        )
        for cell in handed_out.cells
        if cell.metadata.get("nbgrader", {}).get("locked")
    }


def restored(submission: Notebook, right: dict[str, Notebook]) -> Notebook:
    """The submission with these cells in their places, each of them once."""
    missing = dict(right)
    cells = []
    for cell in submission.cells:
        name = name_of(cell)
        if name not in right:
            cells.append(cell)
        elif name in missing:
            cells.append(missing.pop(name))
    tests = [cell for name, cell in missing.items() if name.startswith("test-")]
    others = [cell for name, cell in missing.items() if not name.startswith("test-")]
    return nbformat.v4.new_notebook(cells=[*others, *cells, *tests])


def run(notebook: Notebook) -> None:
    """Run it to its end, over errors, endless loops and cells that ask to be left out.

    What became of each cell is kept with it.
    """

    def keep(cell: Notebook, cell_index: int, execute_reply: dict[str, Any]) -> None:
        cell.metadata.reply = execute_reply["content"]

    said = f"The cell took longer than {SECONDS} seconds."
    NotebookClient(
        notebook,
        kernel_name="python3",
        allow_errors=True,
        skip_cells_with_tag="__none__",
        timeout=SECONDS,
        interrupt_on_timeout=True,
        raise_on_iopub_timeout=True,  # it goes on all the same, and so would each later cell wait
        error_on_timeout={"ename": "CellTimeoutError", "evalue": said, "traceback": [said]},
        on_cell_executed=keep,
    ).execute()


def result(exercise: str, cell: Notebook) -> dict[str, Any]:
    """What Gradescope shows for one exercise."""
    reply = cell.metadata.reply
    is_right = reply["status"] == "ok"
    points = EXERCISES[exercise].points
    return {
        "name": f"{exercise} {EXERCISES[exercise].title}",
        "score": points if is_right else 0,
        "max_score": points,
        "output": "Right." if is_right else reply["evalue"],
    }


def results(submission: Path, own: Path) -> dict[str, Any]:
    """What goes into results.json for the notebook in a folder."""
    right = locked(only_notebook(own))
    try:
        run(restored(only_notebook(submission), right))
    except SubmissionError as error:
        return {"score": 0, "output": str(error)}
    except (DeadKernelError, CellTimeoutError):
        return {
            "score": 0,
            "output": "The notebook ends its own Python (os._exit), or has a loop that nothing can "
            "stop (except: pass), so it could not be graded.",
        }
    tests = [
        result(name.removeprefix("test-").replace("-", "."), cell)
        for name, cell in right.items()
        if name.startswith("test-")
    ]
    return {"tests": tests}


def main(autograder: Path) -> None:
    """Grade what lies in submission/, and write results/results.json."""
    found = results(autograder / "submission", Path(__file__).parent)
    (autograder / "results").mkdir(exist_ok=True)
    (autograder / "results/results.json").write_text(json.dumps(found, indent=2), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
