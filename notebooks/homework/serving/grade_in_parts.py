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
import hashlib
import logging
import os
import re
import shutil
import subprocess
import sys
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from marks_table import Row, merged, write_marks
from submitted import GradingError, exercise, exercises, name_in, students

if TYPE_CHECKING:
    from nbgrader.api import Gradebook

PARTS = 8  # everywhere the same: with another number students would be in other parts

say = logging.getLogger("grade_in_parts")


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
                content = hashlib.sha256(path.read_bytes()).digest()
                digest.update(os.fsencode(path.relative_to(self.course)) + b"\0" + content)
        return digest.hexdigest()

    def is_done(self) -> bool:
        """Whether it was graded, to its end, as it is handed in now."""
        done = self.folder / "done"
        there = done.is_file() and self.gradebook.is_file()
        return there and done.read_text("utf-8") == self.handed_in()

    def grade(self) -> None:
        """Grade it, unless that is done; a run that was broken off is begun anew."""
        if self.is_done():
            say.info("part %s is done already", self.folder.name)
            return
        begun = time.monotonic()
        handed_in = self.handed_in()
        self._lay_out()
        code = self._autograde()
        said = self.log.read_text("utf-8", errors="replace")
        failed = {student for student in self.students if f"for student '{student}'" in said}
        missed = [student for student in self.ungraded() if student not in failed]
        log = self.log.relative_to(self.folder.parent)
        if code < 0 or (code and not failed):  # it ends with 1 if one student's notebook fails
            raise GradingError(f"nbgrader ended with {code}: read {log}")
        if missed:
            raise GradingError(f"nbgrader did not come to {', '.join(missed)}: read {log}")
        (self.folder / "done").write_text(handed_in, "utf-8")
        say.info(
            "part %s: %d submissions in %.0f s",
            self.folder.name,
            len(self.students),
            time.monotonic() - begun,
        )

    def _autograde(self) -> int:
        """Run nbgrader, and return what it ended with."""
        programs = str(Path(sys.executable).parent)  # it calls alembic by its name
        environment = {
            **os.environ,
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONIOENCODING": "utf-8:backslashreplace",
            # Without it a mistake in nbgrader_config.py is passed over, and with it what is safe.
            "TRAITLETS_APPLICATION_RAISE_CONFIG_FILE_ERROR": "1",
        }
        with self.log.open("wb") as log:
            return subprocess.run(
                [sys.executable, "-m", "nbgrader", "autograde", self.assignment, "--force"],
                cwd=self.folder,
                env=environment,
                stdout=log,
                stderr=log,
                check=False,
            ).returncode

    def _lay_out(self) -> None:
        """Put there what nbgrader needs: the gradebook holds the tests, so no sources."""
        # The Formgrader lists a set that has a folder of sources, be it empty.
        (self.folder / "source" / self.assignment).mkdir(parents=True, exist_ok=True)
        (self.folder / "done").unlink(missing_ok=True)
        for before in ("autograded", "submitted"):  # a person's marks are in the gradebook
            if (self.folder / before).exists():
                shutil.rmtree(self.folder / before)
        shutil.copyfile(self.course / "nbgrader_config.py", self.folder / "nbgrader_config.py")
        if not self.gradebook.exists():  # if it does, it may hold marks that a person gave
            for left in self.folder.glob("gradebook.db.new*"):
                left.unlink()
            new = self.folder / "gradebook.db.new"
            shutil.copyfile(self.course / "gradebook.db", new)
            with self._book(new) as book:
                for submission in book.assignment_submissions(self.assignment):
                    book.remove_submission(self.assignment, submission.student.id)
            new.replace(self.gradebook)
        for student in self.students:
            to = Path("submitted") / student / self.assignment
            shutil.copytree(self.course / to, self.folder / to, symlinks=True)

    @staticmethod
    def _book(file: Path) -> Gradebook:
        from nbgrader.api import Gradebook  # takes seconds, which a message need not wait for

        return Gradebook(f"sqlite:///{file}")

    def ungraded(self) -> list[str]:
        """The students of whom there is no graded notebook."""
        graded = self.folder / "autograded"
        return [
            student
            for student in self.students
            if not any((graded / student / self.assignment).glob("*.ipynb"))
        ]

    def marks(self) -> list[Row]:
        """A row for each student: marks by exercise, total, what waits for a person, remarks."""
        ungraded = self.ungraded()
        log = self.log.relative_to(self.folder.parent)
        rows: list[Row] = []
        with self._book(self.gradebook) as book:
            for student in self.students:
                if student in ungraded:  # the gradebook may have marks of what came before
                    remark = f"could not be graded: read {log}"
                    rows.append({"student": student, "remark": remark})
                    continue
                submission = book.find_submission(self.assignment, student)
                grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
                waiting = [exercise(one.cell.name) for one in grades if one.needs_manual_grade]
                rows.append(
                    {
                        "student": student,
                        **{exercise(one.cell.name): one.score for one in grades},
                        "total": submission.score,
                        "to read": " ".join(waiting),
                        "remark": "",
                    }
                )
        return rows

    def graded(self) -> list[Row]:
        """Grade it and return its marks; whatever fails in it costs no other part its marks."""
        try:
            self.grade()
            return self.marks()
        except Exception as error:
            remark = f"not graded: {error}"
            return [{"student": student, "remark": remark} for student in self.students]


def in_parts(course: Path, assignment: str, of: int, to: Path, who: list[str]) -> list[Part]:
    """The parts that have students; a student's part depends on the name alone."""
    for folder in sorted(to.glob("*-of-*/gradebook.db")):
        other = re.fullmatch(r"\d+-of-(\d+)", folder.parent.name)
        if other and int(other[1]) != of:
            raise GradingError(
                f"there are parts of {other[1]} in {to}: take --parts {other[1]}, or delete them, "
                "and with them the marks that a person gave"
            )
    names: dict[int, list[str]] = {}
    for student in who:
        names.setdefault(zlib.crc32(student.encode()) % of, []).append(student)
    return [
        Part(course, assignment, number, of, tuple(there), to / f"{number}-of-{of}")
        for number, there in sorted(names.items())
    ]


def arguments(words: list[str] | None = None) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(
        description="Grade a large class with nbgrader, in parts that run side by side.",
        epilog="The marks of all parts are put together in marks.csv beside the parts.",
    )
    cores = os.cpu_count() or 1
    parser.add_argument("course", type=Path, help="the course folder")
    parser.add_argument("assignment", help="such as set-2")
    parser.add_argument("--parts", type=int, default=PARTS, help=f"how many ({PARTS})")
    parser.add_argument("--processes", type=int, default=cores, help="at once (1 for each core)")
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--part", type=int, help="grade this one alone, counted from 0, no table")
    one.add_argument("--merge", action="store_true", help="make the table of containers' tables")
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
        can, wrong = students(course, asked.assignment)
        titles = exercises(course, asked.assignment)
        if asked.merge:
            rows = merged(to, titles, list(can))
        else:
            parts = in_parts(course, asked.assignment, asked.parts, to, list(can))
            if asked.part is not None:
                for part in parts:
                    if part.number == asked.part:
                        part.grade()
                return 0
            with ThreadPoolExecutor(asked.processes) as pool:
                rows = [row for there in pool.map(Part.graded, parts) for row in there]
    except GradingError as error:
        say.error("%s", error)
        return 1
    rows = [{**row, "name": name_in(can[row["student"]])} for row in rows]
    rows += [{"student": student, "remark": remark} for student, remark in wrong.items()]
    write_marks(to / "marks.csv", titles, rows)
    for row in rows:
        if row.get("remark"):
            say.warning("%s: %s", row["student"], row["remark"])
    say.info("%d students, in %s", len(rows), to / "marks.csv")
    return int(any(row.get("remark") for row in rows))


if __name__ == "__main__":
    sys.exit(main())
