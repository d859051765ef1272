"""Make the student versions and the teacher's page from the sources, and check them.

Run by ``make homework``. Students and their versions need no nbgrader; this does.
"""

import json
import re
import shutil
import sys
import tempfile
from pathlib import Path

import nbformat
from course import nbgrader
from nbclient import NotebookClient
from page import written_page
from submissions import HOMEWORK

SOURCE = HOMEWORK / "source"
MARKS = ("BEGIN SOLUTION", "END SOLUTION", "BEGIN HIDDEN TESTS", "END HIDDEN TESTS")


def sources() -> list[Path]:
    """The source notebook of each set, in order."""
    return sorted(path for path in SOURCE.glob("set-*/*.ipynb"))


def student_version(source: Path) -> Path:
    """Where a set's student version lies: under the name that nbgrader wants back."""
    return HOMEWORK / source.name


def generated(source: Path, folder: Path) -> nbformat.NotebookNode:
    """What nbgrader makes of a source for students."""
    assignment = source.parent.name
    shutil.copytree(source.parent, folder / "source" / assignment)
    shutil.copy(HOMEWORK / "nbgrader_config.py", folder)
    made = nbgrader(folder, "generate_assignment", assignment)
    if made.returncode:
        raise SystemExit(made.stderr)
    return nbformat.read(folder / "release" / assignment / source.name, as_version=4)


def secret_lines(source: nbformat.NotebookNode) -> set[str]:
    """The lines of the solutions and hidden tests that stand nowhere else in the source."""
    secret, public = set(), set()
    for cell in source.cells:
        hidden = cell.metadata.get("nbgrader", {}).get("solution") and cell.cell_type == "markdown"
        for line in cell.source.splitlines():
            if any(f"### {mark}" in line for mark in MARKS):
                hidden = "BEGIN" in line
            elif len(line.strip()) > 8:
                (secret if hidden else public).add(line.strip())
    return secret - public


def leaks(source: nbformat.NotebookNode, release: nbformat.NotebookNode) -> list[str]:
    """What of the solutions and hidden tests is left in a student version."""
    text = json.dumps(release, ensure_ascii=False)
    lines = {line.strip() for cell in release.cells for line in cell.source.splitlines()}
    return [mark for mark in MARKS if mark in text] + sorted(secret_lines(source) & lines)


def run(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Run a copy of a notebook to its end, over errors."""
    copy = nbformat.from_dict(json.loads(json.dumps(notebook)))
    NotebookClient(copy, timeout=60, allow_errors=True, kernel_name="python3").execute()
    return copy


def reference(source: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The source, with somebody's name in it."""
    named = nbformat.from_dict(json.loads(json.dumps(source)))
    for cell in named.cells:
        cell.source = re.sub(r'^student\(".*"\)$', 'student("the reference")', cell.source)
    return named


def marks(ran: nbformat.NotebookNode) -> tuple[float, float]:
    """The points of the tests that passed, and of all tests, as nbgrader counts them."""
    got = there = 0
    for cell in ran.cells:
        graded = cell.metadata.get("nbgrader", {})
        if graded.get("grade") and not graded["solution"]:
            there += graded["points"]
            spoilt = any(
                output.output_type == "error" or output.get("name") == "stderr"
                for output in cell.outputs
            )
            got += 0 if spoilt else graded["points"]
    return got, there


def complaints(source: nbformat.NotebookNode, release: nbformat.NotebookNode) -> list[str]:
    """What is wrong with a set: leaks, a reference that fails, an empty version that does not."""
    found = [f"left in the student version: {leak}" for leak in leaks(source, release)]
    got, there = marks(run(reference(source)))
    if got != there:
        found.append(f"the reference has {got} of {there} points")
    for cell in run(release).cells:
        graded = cell.metadata.get("nbgrader", {})
        said = json.dumps(cell.get("outputs", []))
        if graded.get("grade") and not graded["solution"] and "Not attempted" not in said:
            found.append(f"{graded['grade_id']} is not 'not attempted' in the empty version")
    return found


def main() -> int:
    """Build every set; say what is wrong, if anything is."""
    found = []
    for path in sources():
        source = nbformat.read(path, as_version=4)
        with tempfile.TemporaryDirectory() as folder:
            release = generated(path, Path(folder))
        found += [f"{path.parent.name}: {complaint}" for complaint in complaints(source, release)]
        for cell in release.cells:  # the student version lies two folders further up
            cell.source = cell.source.replace("](../../../", "](../")
        nbformat.write(release, student_version(path))
        print(f"{student_version(path).name}: {marks(source)[1]} points without a person")
    (HOMEWORK / "README.md").write_text(written_page(sources()), "utf-8")
    well = "In all sets the solutions have full marks, and nothing of them is in what students get."
    print("\n".join(found) or well)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
