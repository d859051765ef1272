"""The table of a class's marks, and how the tables of containers become one."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

Row = dict[str, Any]
BEFORE, BEHIND = ("student", "name"), ("total", "to read", "remark")


def harmless(value: object) -> object:
    """A cell that a spreadsheet does not take for a formula."""
    is_formula = isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r"))
    return f"'{value}" if is_formula else value


def write_marks(path: Path, exercises: list[str], rows: list[Row]) -> None:
    """All marks as one table, whole or not at all; its titles are the same whoever was graded."""
    path.parent.mkdir(parents=True, exist_ok=True)
    marked = {*exercises, *(title for row in rows for title in row)} - {*BEFORE, *BEHIND}
    titles = [*BEFORE, *sorted(marked), *BEHIND]
    new = path.with_name(f"{path.name}.new")
    with new.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        table = csv.DictWriter(file, titles, restval="")
        table.writeheader()
        for row in sorted(rows, key=lambda row: row["student"]):
            table.writerow({title: harmless(value) for title, value in row.items()})
    new.replace(path)


def merged(folder: Path, exercises: list[str], students: list[str]) -> list[Row]:
    """The row of each student out of the table that the student's own container wrote.

    What a student's code may have put there besides is left out.
    """
    rows = []
    for student in students:
        own = folder / student
        number = (own / "ended").read_text("utf-8").strip() if (own / "ended").is_file() else "?"
        mine = [row for row in _read(own / "marks.csv") if row["student"] == harmless(student)]
        if mine and number in ("0", "1"):  # 1 where there is a remark
            titles = {*exercises, *BEHIND} & set(mine[0])
            rows.append({"student": student, **{title: mine[0][title] for title in titles}})
        else:
            remark = f"not graded: the container ended with {number}"
            rows.append({"student": student, "remark": remark})
    return rows


def _read(table: Path) -> list[Row]:
    """The rows of a table; a damaged one has none."""
    if table.is_symlink() or not table.is_file():
        return []
    with table.open(encoding="utf-8", errors="replace", newline="") as file:
        try:
            return [row for row in csv.DictReader(file, restval="") if "student" in row]
        except csv.Error:
            return []
