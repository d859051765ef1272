"""A course in a folder of its own, graded by nbgrader's own programs."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from submissions import HOMEWORK, NOTEBOOK, SET, read, submissions

PROGRAMS = str(Path(sys.executable).parent)


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


def start(folder: Path, homework: Path = HOMEWORK) -> None:
    """Copy sources and configuration, make the student version, and hand everything in."""
    shutil.copytree(homework / "source", folder / "source")
    shutil.copy(homework / "nbgrader_config.py", folder)
    made = nbgrader(folder, "generate_assignment", SET)
    assert made.returncode == 0, made.stderr
    release = read(folder / "release" / SET / NOTEBOOK)
    source = read(folder / "source" / SET / NOTEBOOK)
    for student, notebook in submissions(release, source).items():
        path = folder / "submitted" / student / SET / NOTEBOOK
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(notebook), "utf-8")


def autograde(folder: Path, *options: str) -> float:
    """Grade what was handed in, and return the seconds that it took."""
    begun = time.monotonic()
    ran = nbgrader(folder, "autograde", SET, *options)
    (folder / "autograde.log").write_text(ran.stdout + ran.stderr, "utf-8")
    return time.monotonic() - begun


def scores(folder: Path) -> dict[str, dict[str, float]]:
    """Every student's marks by exercise, as the gradebook has them."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as book:
        return {
            one.student.id: {
                grade.cell.name.removeprefix("test-").removeprefix("answer-"): grade.score
                for notebook in one.notebooks
                for grade in notebook.grades
            }
            for one in book.assignment_submissions(SET)
        }
