"""What a class handed in: who can be graded, and of the others what is wrong."""

from __future__ import annotations

import contextlib
import json
import os
import re
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

NOTEBOOK = """
    SELECT notebook.name FROM notebook
    JOIN assignment ON assignment.id = notebook.assignment_id WHERE assignment.name = ?
"""
CELLS = """
    SELECT base_cell.name FROM base_cell
    JOIN notebook ON notebook.id = base_cell.notebook_id
    JOIN assignment ON assignment.id = notebook.assignment_id
    WHERE assignment.name = ? AND base_cell.type IN ('GradeCell', 'TaskCell')
"""
# The name is short, so that no line of a student's can keep the search busy.
NAME = re.compile(r"""^[^#\n]*\bstudent\(\s*["']{1,3}(.{0,200}?)["']{1,3}\s*\)""", re.MULTILINE)
NOBODY = "write your name here"


class GradingError(Exception):
    """Something that the teacher has to mend first; the message says what."""


def named(course: Path, assignment: str, query: str) -> list[str]:
    """Names of what the set has in the course's gradebook."""
    first = f"first run `nbgrader generate_assignment {assignment}` in {course}"
    for name in ("nbgrader_config.py", "gradebook.db"):
        if not (course / name).is_file():
            raise GradingError(f"there is no {course / name}: {first}")
    gradebook = f"{(course / 'gradebook.db').as_uri()}?mode=ro"  # it may be mounted read-only
    try:
        with contextlib.closing(sqlite3.connect(gradebook, uri=True)) as book:
            names = [name for (name,) in book.execute(query, [assignment])]
    except sqlite3.Error as error:
        raise GradingError(f"{course}/gradebook.db cannot be read ({error}): {first}") from error
    if not names:
        raise GradingError(f"the gradebook has no assignment {assignment}: {first}")
    return names


def exercise(cell: str) -> str:
    """The exercise of a cell: "2.1" of "test-2-1"."""
    return cell.removeprefix("test-").removeprefix("answer-").replace("-", ".")


def exercises(course: Path, assignment: str) -> list[str]:
    """All exercises of the set that have marks."""
    return sorted(exercise(cell) for cell in named(course, assignment, CELLS))


def everything(folder: Path) -> Iterator[Path]:
    """A student's folder, the submission, and all that is in it; no link is followed."""
    yield folder.parent
    yield folder
    for there, folders, files in os.walk(folder):
        yield from (Path(there, name) for name in (*folders, *files))


def refusal(course: Path, folder: Path, name: str) -> str:
    """Why a submission cannot be graded; nothing if it can."""
    where = folder.relative_to(course)
    if not folder.parent.name.isprintable():  # it is not UTF-8, for example
        return f"the name of {where.parent} cannot be printed; rename the folder"
    for path in everything(folder):
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):  # it may lead to another's work, or out of the course
            return f"{path.relative_to(course)} is a link"
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            return f"{path.relative_to(course)} is neither a file nor a folder"
        if not os.access(path, os.R_OK):
            return f"{path.relative_to(course)} cannot be read"
    if not folder.is_dir():
        return f"{where} is no folder"
    there = sorted(path.name for path in folder.iterdir())
    if not there:
        return f"{where} is empty"
    if name not in there:
        return f"{where} holds {', '.join(there)}, and no {name}; rename it"
    return f"{where / name} is a folder, and no notebook" if (folder / name).is_dir() else ""


def students(course: Path, assignment: str) -> tuple[dict[str, Path], dict[str, str]]:
    """The notebooks of those who can be graded, and of the others what is wrong."""
    name = f"{named(course, assignment, NOTEBOOK)[0]}.ipynb"
    submitted = course / "submitted"
    folders = [path / assignment for path in sorted(submitted.glob("*"))]
    can, wrong = {}, {}
    for folder in filter(os.path.lexists, folders):
        why = refusal(course, folder, name)
        if why:
            wrong[folder.parent.name] = f"not graded: {why}"
        else:
            can[folder.parent.name] = folder / name
    if not can and not wrong:
        raise GradingError(
            f"there are no submissions: put them at {submitted}/STUDENT/{assignment}/{name}"
        )
    return can, wrong


def named_in(code: str) -> str:
    """The name in a student's code, as `convwidget.homework.student` takes it."""
    names = [" ".join(name.casefold().split()) for name in NAME.findall(code)]
    return names[-1] if names and names[-1] != NOBODY else ""


def name_in(notebook: Path) -> str:
    """The name that a student wrote into a notebook."""
    try:
        cells = json.loads(notebook.read_text("utf-8"))["cells"]
        code = "\n".join("".join(one["source"]) for one in cells if one["cell_type"] == "code")
    except (ValueError, LookupError, TypeError, RecursionError):
        return ""  # nbgrader says that it is no notebook
    return named_in(code)
