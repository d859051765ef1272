"""A course in a folder of its own, graded by nbgrader's own programs."""

import csv
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from submissions import HOMEWORK, SET, Notebook, answer, read, reference_answers, submissions

PROGRAMS = str(Path(sys.executable).parent)

SENTENCE = "Padding by 1 adds two cells, and a window of 3 takes two away."


def nbgrader(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one of nbgrader's programs; it looks for others, such as alembic, on PATH."""
    environment = {**os.environ, "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.run(
        [str(Path(PROGRAMS) / "nbgrader"), *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def generate(folder: Path, assignment: str = SET) -> tuple[Notebook, Notebook, str]:
    """Make a set's student version: it, its source, and the name of both files."""
    shutil.copytree(HOMEWORK / "source" / assignment, folder / "source" / assignment)
    configuration = (HOMEWORK / "nbgrader_config.py").read_text("utf-8")
    short = configuration.replace("Execute.timeout = 60", "Execute.timeout = 15")
    assert short != configuration
    (folder / "nbgrader_config.py").write_text(short, "utf-8")
    made = nbgrader(folder, "generate_assignment", assignment)
    assert made.returncode == 0, made.stderr
    [release] = (folder / "release" / assignment).glob("*.ipynb")
    source = folder / "source" / assignment / release.name
    return read(release), read(source), release.name


def with_sentence(release: Notebook, source: Notebook, assignment: str) -> Notebook:
    """The solutions, and something for a person to read."""
    sentence = f"{assignment.removeprefix('set-')}_8"
    return answer(release, **reference_answers(source), **{sentence: SENTENCE})


def hand_in(folder: Path, assignment: str, name: str, notebooks: dict[str, Notebook]) -> None:
    """Put each student's notebook where nbgrader looks for it."""
    for student, notebook in notebooks.items():
        path = folder / "submitted" / student / assignment / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(notebook), "utf-8")


def start(folder: Path) -> None:
    """Make the student version of a set, and hand in every kind of submission."""
    release, source, name = generate(folder)
    kinds = submissions(release, source)
    kinds["reference"] = with_sentence(release, source, SET)
    hand_in(folder, SET, name, kinds)


def autograde(folder: Path) -> float:
    """Grade what was handed in, and return the seconds that it took."""
    begun = time.monotonic()
    ran = nbgrader(folder, "autograde", SET)
    (folder / "autograde.log").write_text(ran.stdout + ran.stderr, "utf-8")
    return time.monotonic() - begun


def grade_in_parts(folder: Path, *options: str) -> tuple[int, str, dict[str, dict[str, str]]]:
    """Grade in parts as a teacher does: the exit code, what was said, and each student's row."""
    program = HOMEWORK / "serving" / "grade_in_parts.py"
    ran = subprocess.run(
        [sys.executable, program, folder, *options], capture_output=True, text=True, check=False
    )
    rows = {}
    for table in folder.glob("parts/*/marks.csv"):
        with table.open(encoding="utf-8", newline="") as file:
            rows |= {row["student"]: row for row in csv.DictReader(file)}
    return ran.returncode, ran.stderr, rows


def scores(folder: Path, assignment: str = SET) -> dict[str, dict[str, float]]:
    """Every student's marks by exercise, as the gradebook has them."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as book:
        return {
            one.student.id: {
                grade.cell.name.removeprefix("test-").removeprefix("answer-"): grade.score
                for notebook in one.notebooks
                for grade in notebook.grades
            }
            for one in book.assignment_submissions(assignment)
        }


def give(folder: Path, assignment: str, student: str, exercise: str, points: float) -> None:
    """Give points by hand, as the Formgrader does when a person has read a sentence."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as book:
        [notebook] = book.find_submission(assignment, student).notebooks
        [grade] = [one for one in notebook.grades if one.cell.name == f"answer-{exercise}"]
        assert grade.needs_manual_grade
        grade.manual_score, grade.needs_manual_grade = points, False
        book.db.commit()
