"""Grade a large class with nbgrader, in parts that run side by side.

In a course folder where ``nbgrader generate_assignment set-2`` was run, and where what came back
lies at ``submitted/STUDENT/set-2/``::

    python grade_in_parts.py COURSE set-2 --parts 8 --processes 2

Each part is a course folder of its own, ``COURSE/parts/set-2/3-of-8``, with its own gradebook (a
gradebook takes one writer at a time), the graded notebooks and a log. The marks of all parts are
put together in ``COURSE/parts/set-2/marks.csv``. Run it again whenever you like: a part is graded
again only where something that was handed in has changed, and the marks are read anew, with those
that a person gave in a part's Formgrader.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import hashlib
import logging
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbgrader.api import Gradebook

NOTEBOOK = """
    SELECT notebook.name FROM notebook
    JOIN assignment ON assignment.id = notebook.assignment_id WHERE assignment.name = ?
"""

say = logging.getLogger("grade_in_parts")


class GradingError(Exception):
    """Something that the teacher has to mend first; the message says what."""


@dataclass(frozen=True)
class Part:
    """Some of the students, in a course folder of their own."""

    course: Path
    assignment: str
    number: int
    of: int
    students: tuple[str, ...]
    folder: Path

    @property
    def gradebook(self) -> Path:
        """Where its marks are."""
        return self.folder / "gradebook.db"

    @property
    def log(self) -> Path:
        """What nbgrader said."""
        return self.folder / "autograde.log"

    def handed_in(self) -> str:
        """A word that changes with anything that its students handed in."""
        digest = hashlib.sha256()
        for student in self.students:
            folder = self.course / "submitted" / student / self.assignment
            for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                name = path.relative_to(self.course).as_posix()
                digest.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\0".encode())
        return digest.hexdigest()

    def is_done(self) -> bool:
        """Whether it was graded, to its end, as it is handed in now."""
        done = self.folder / "done"
        return done.is_file() and done.read_text("utf-8") == self.handed_in()

    def grade(self) -> None:
        """Grade it, unless that is done; a run that was broken off is begun anew."""
        if self.is_done():
            say.info("part %s is done already", self.folder.name)
            return
        begun = time.monotonic()
        handed_in = self.handed_in()
        self._lay_out()
        programs = str(Path(sys.executable).parent)  # nbgrader calls alembic by its name
        with self.log.open("w", encoding="utf-8") as log:
            subprocess.run(
                [sys.executable, "-m", "nbgrader", "autograde", self.assignment, "--force"],
                cwd=self.folder,
                env={**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"},
                stdout=log,
                stderr=log,
                check=False,  # it fails if one student's notebook does
            )
        said = self.log.read_text("utf-8")
        for student in self.ungraded():
            if f"for student '{student}'" not in said:
                raise GradingError(f"nbgrader did not come to {student}: read {self.log}")
        (self.folder / "done").write_text(handed_in, "utf-8")
        say.info(
            "part %s: %d submissions in %.0f s",
            self.folder.name,
            len(self.students),
            time.monotonic() - begun,
        )

    def _lay_out(self) -> None:
        """Put there what nbgrader needs: the gradebook holds the tests, so no sources."""
        # The Formgrader lists a set that has a folder of sources, be it empty.
        (self.folder / "source" / self.assignment).mkdir(parents=True, exist_ok=True)
        (self.folder / "done").unlink(missing_ok=True)
        shutil.copy(self.course / "nbgrader_config.py", self.folder)
        if not self.gradebook.exists():  # if it does, it may hold marks that a person gave
            shutil.copy(self.course / "gradebook.db", self.gradebook)
            with self._book() as book:
                for submission in book.assignment_submissions(self.assignment):
                    book.remove_submission(self.assignment, submission.student.id)
        shutil.rmtree(self.folder / "submitted", ignore_errors=True)
        for student in self.students:
            to = Path("submitted") / student / self.assignment
            shutil.copytree(self.course / to, self.folder / to)

    def _book(self) -> Gradebook:
        from nbgrader.api import Gradebook  # takes seconds, which a message need not wait for

        return Gradebook(f"sqlite:///{self.gradebook}")

    def ungraded(self) -> list[str]:
        """The students of whom there is no graded notebook."""
        graded = self.folder / "autograded"
        return [
            student
            for student in self.students
            if not any((graded / student / self.assignment).glob("*.ipynb"))
        ]

    def marks(self) -> list[dict[str, object]]:
        """A row for each student: marks by exercise, total, what waits for a person, remarks."""
        ungraded = self.ungraded()
        with self._book() as book:
            rows = []
            for student in self.students:
                submission = book.find_submission(self.assignment, student)
                grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
                waiting = [exercise(one.cell.name) for one in grades if one.needs_manual_grade]
                log = self.log.relative_to(self.folder.parent)
                failed = f"could not be graded: read {log}" if student in ungraded else ""
                rows.append(
                    {
                        "student": student,
                        **{exercise(one.cell.name): one.score for one in grades},
                        "total": submission.score,
                        "to read": "" if failed else " ".join(waiting),
                        "remark": failed,
                    }
                )
            return rows


def exercise(cell: str) -> str:
    """The exercise of a cell: "2.1" of "test-2-1"."""
    return cell.removeprefix("test-").removeprefix("answer-").replace("-", ".")


def expected_notebook(course: Path, assignment: str) -> str:
    """The name that nbgrader expects of a notebook; it asks the course's gradebook."""
    first = f"first run `nbgrader generate_assignment {assignment}` in {course}"
    for name in ("nbgrader_config.py", "gradebook.db"):
        if not (course / name).is_file():
            raise GradingError(f"there is no {course / name}: {first}")
    gradebook = f"{(course / 'gradebook.db').as_uri()}?mode=ro"  # it may be mounted read-only
    with contextlib.closing(sqlite3.connect(gradebook, uri=True)) as book:
        row = book.execute(NOTEBOOK, [assignment]).fetchone()
    if row is None:
        raise GradingError(f"the gradebook has no assignment {assignment}: {first}")
    return f"{row[0]}.ipynb"


def students(course: Path, assignment: str) -> tuple[list[str], dict[str, str]]:
    """Who can be graded, and of the others what is wrong."""
    name = expected_notebook(course, assignment)
    submitted = course / "submitted"
    folders = [path.parent for path in submitted.glob(f"*/{assignment}") if path.is_dir()]
    if not folders:
        raise GradingError(
            f"there are no submissions: put them at {submitted}/STUDENT/{assignment}/{name}"
        )
    can, wrong = [], {}
    for folder in sorted(folders):
        if (folder / assignment / name).is_file():
            can.append(folder.name)
        else:
            there = ", ".join(sorted(path.name for path in (folder / assignment).iterdir()))
            wrong[folder.name] = (
                f"not graded: {folder / assignment} holds {there or 'nothing'}, "
                f"and no {name}; rename it"
            )
    return can, wrong


def in_parts(course: Path, assignment: str, of: int, to: Path, who: list[str]) -> list[Part]:
    """The parts that have students; a student's part depends on the name alone."""
    names: dict[int, list[str]] = {}
    for student in who:
        names.setdefault(zlib.crc32(student.encode()) % of, []).append(student)
    return [
        Part(course, assignment, number, of, tuple(there), to / f"{number}-of-{of}")
        for number, there in sorted(names.items())
    ]


def write_marks(path: Path, rows: list[dict[str, object]]) -> None:
    """All marks as one table."""
    exercises = sorted({key for row in rows for key in row if key[0].isdigit()})
    with path.open("w", encoding="utf-8", newline="") as file:
        titles = ["student", *exercises, "total", "to read", "remark"]
        table = csv.DictWriter(file, titles, restval="")
        table.writeheader()
        table.writerows(sorted(rows, key=lambda row: str(row["student"])))


def arguments(words: list[str] | None = None) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(
        description="Grade a large class with nbgrader, in parts that run side by side.",
        epilog="The marks of all parts are put together in marks.csv beside the parts.",
    )
    cores = os.cpu_count() or 1
    parser.add_argument("course", type=Path, help="the course folder")
    parser.add_argument("assignment", help="such as set-2")
    parser.add_argument("--parts", type=int, default=2 * cores, help="how many (2 for each core)")
    parser.add_argument("--processes", type=int, default=cores, help="at once (1 for each core)")
    parser.add_argument("--part", type=int, help="grade this one alone, counted from 0, no table")
    parser.add_argument("--to", type=Path, help="where the parts go (COURSE/parts/ASSIGNMENT)")
    asked = parser.parse_args(words)
    if asked.parts < 1 or asked.processes < 1:
        parser.error("there is at least one part, and one process")
    if asked.part is not None and not 0 <= asked.part < asked.parts:
        parser.error(f"--part goes from 0 to {asked.parts - 1}, and not {asked.part}")
    return asked


def main(words: list[str] | None = None) -> int:
    """Grade, and return 1 if something is left for a person to look at."""
    logging.basicConfig(format="%(message)s", level=logging.WARNING)
    say.setLevel(logging.INFO)
    asked = arguments(words)
    course = asked.course.resolve()
    to = (asked.to or course / "parts" / asked.assignment).resolve()
    try:
        who, wrong = students(course, asked.assignment)
        parts = in_parts(course, asked.assignment, asked.parts, to, who)
        if asked.part is not None:
            for part in parts:
                if part.number == asked.part:
                    part.grade()
            return 0
        with ThreadPoolExecutor(asked.processes) as pool:
            list(pool.map(Part.grade, parts))
        rows = [row for part in parts for row in part.marks()]
    except GradingError as error:
        say.error("%s", error)
        return 1
    rows += [{"student": student, "remark": remark} for student, remark in wrong.items()]
    to.mkdir(parents=True, exist_ok=True)
    write_marks(to / "marks.csv", rows)
    for row in rows:
        if row["remark"]:
            say.warning("%s: %s", row["student"], row["remark"])
    say.info("%d students, in %s", len(rows), to / "marks.csv")
    return int(any(row["remark"] for row in rows))


if __name__ == "__main__":
    sys.exit(main())
