"""In place of nbgrader and of docker: quick ones, which can be told to fail."""

import csv
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from submissions import HOMEWORK

SERVING = HOMEWORK / "serving"
NAME = "set-2-convolution-arithmetic.ipynb"
BASH = shutil.which("bash")

# What grade_in_parts.py asks of the course's gradebook; that nbgrader's own has it is seen where
# real nbgrader runs.
GRADEBOOK = """
    CREATE TABLE assignment (id, name);
    CREATE TABLE notebook (id, name, assignment_id);
    CREATE TABLE base_cell (name, notebook_id, type);
    INSERT INTO assignment VALUES (1, 'set-2');
    INSERT INTO notebook VALUES (2, 'set-2-convolution-arithmetic', 1);
    INSERT INTO base_cell VALUES
        ('test-2-1', 2, 'GradeCell'), ('test-2-2', 2, 'GradeCell'), ('other', 2, 'SolutionCell');
"""

# Graded is the number of the notebook's metadata. STUB_FAILS is for the parts in whose folders
# the student lies: the number that nbgrader ends with, and what it says.
NBGRADER = """
import json, os, sys
from pathlib import Path

print("with", os.environ.get("TRAITLETS_APPLICATION_RAISE_CONFIG_FILE_ERROR"))
print("with", os.environ.get("PYTHONIOENCODING"), flush=True)
graded = {}
fails = json.loads(os.environ.get("STUB_FAILS", "{}"))
failing = [fails[one.name] for one in sorted(Path("submitted").iterdir()) if one.name in fails]
for student in sorted(Path("submitted").iterdir()):
    if student.name in fails:
        continue
    [notebook] = student.glob("*/*.ipynb")
    graded[student.name] = json.loads(notebook.read_text("utf-8"))["metadata"]["points"]
    to = Path("autograded") / notebook.relative_to("submitted")
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text("{}", "utf-8")
    Path("graded.json").write_text(json.dumps(graded), "utf-8")
for code, said in failing:
    sys.stdout.buffer.write(said.encode("latin-1"))
    sys.stdout.flush()
    if code < 0:
        os.kill(os.getpid(), -code)
    sys.exit(code)
"""

API = """
import json
from pathlib import Path
from types import SimpleNamespace as Some


class Gradebook:
    def __init__(self, url):
        self.folder = Path(url.removeprefix("sqlite:///")).parent

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def assignment_submissions(self, assignment):
        if (self.folder / "fails").exists():
            raise OSError("the disk is full")
        return []

    def find_submission(self, assignment, student):
        score = json.loads((self.folder / "graded.json").read_text("utf-8"))[student]
        grade = Some(cell=Some(name="test-2-1"), score=score, needs_manual_grade=False)
        return Some(score=score, notebooks=[Some(grades=[grade])])
"""

# It is the container of the student whose folder is mounted at /parts.
DOCKER = """#!/usr/bin/env bash
printf '%s\\n' "$*" >>"$STUB_LOG"
for word in "$@"; do
  case $word in *'target=/parts"'*) to=${word#*source=} to=${to%%\\",*} ;; esac
done
student=${to##*/}
if [[ " ${STUB_DIES:-} " == *" $student "* ]]; then exit 137; fi
printf "student,name,2.2,total,to read,remark\\n%s,,4.0,4.0,,\\nsomebody,,9,9,,\\n" \
  "$student" >"$to/marks.csv"
"""


def notebook(points: float, name: str = "Ada") -> str:
    """What a student hands in."""
    cell = {"cell_type": "code", "source": [f'student("{name}")'], "metadata": {}}
    return json.dumps({"cells": [cell], "metadata": {"points": points}})


def hand_in(course: Path, **points: float) -> None:
    """Put notebooks there with the points that they are to have."""
    for student, number in points.items():
        folder = course / "submitted" / student / "set-2"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / NAME).write_text(notebook(number), "utf-8")


def course(folder: Path, **points: float) -> Path:
    """A course in which some have handed in."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "nbgrader_config.py").write_text("", "utf-8")
    with closing(sqlite3.connect(folder / "gradebook.db")) as book:
        book.executescript(GRADEBOOK)
    hand_in(folder, **points)
    return folder


def _run(command: list[object], course: Path, **more: str) -> tuple[int, str, dict]:
    environment = {**os.environ, **more}
    ran = subprocess.run(
        list(map(str, command)), env=environment, capture_output=True, text=True, check=False
    )
    rows = {}
    table = course / "parts/set-2/marks.csv"
    if table.exists():
        with table.open(encoding="utf-8", newline="") as file:
            rows = {row["student"]: row for row in csv.DictReader(file)}
    return ran.returncode, ran.stderr, rows


def grade(course: Path, *options: str, fails: dict | None = None) -> tuple[int, str, dict]:
    """Grade in parts: the exit code, what was said, and each student's row."""
    stub = course.parent / "stub/nbgrader"
    stub.mkdir(parents=True, exist_ok=True)
    for name, text in {"__init__": "", "__main__": NBGRADER, "api": API}.items():
        (stub / f"{name}.py").write_text(text, "utf-8")
    command = [sys.executable, SERVING / "grade_in_parts.py", course, "set-2", *options]
    fails = json.dumps(fails or {})
    return _run(command, course, PYTHONPATH=str(stub.parent), STUB_FAILS=fails)


def grade_in_containers(course: Path, *more: str, dies: str = "") -> tuple[int, str, dict, str]:
    """Grade in containers: besides, all words that docker was called with."""
    programs = course.parent / "bin"
    programs.mkdir(exist_ok=True)
    (programs / "docker").write_text(DOCKER, "utf-8")
    (programs / "docker").chmod(0o755)
    log = course.parent / "docker.log"
    log.write_text("", "utf-8")
    path = os.pathsep.join([str(programs), str(Path(sys.executable).parent), os.environ["PATH"]])
    command = [BASH, SERVING / "grade_in_containers.sh", course, "set-2", *more]
    ran = _run(command, course, PATH=path, STUB_LOG=str(log), STUB_DIES=dies)
    return *ran, log.read_text("utf-8")
