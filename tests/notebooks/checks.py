"""What nbval does not ask of a notebook. Each check returns complaints: none where all is well."""

import copy
import re
from collections.abc import Iterator
from pathlib import Path

from nbformat import NotebookNode
from nbval import plugin as nbval

REPOSITORY = Path(__file__).parents[2]
NOTEBOOKS = REPOSITORY / "notebooks"
WIDGET = "application/vnd.jupyter.widget-view+json"

# What a cell may say to nbval: that an error is what it shows. The error is compared all the same.
ALLOWED_MARKS = {"raises-exception"}

BARE_NUMBERS = ["0", "7", "12", "-3", "3.5", "-0.25", "1e-05", "1024", "20240131"]


def notebooks() -> list[Path]:
    """Every notebook of the series; tests/homework looks after those that students fill in."""
    return sorted(
        path
        for path in NOTEBOOKS.rglob("*.ipynb")
        if not {".ipynb_checkpoints", "homework"} & set(path.relative_to(NOTEBOOKS).parts)
    )


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def not_run(notebook: NotebookNode) -> list[str]:
    """Cells in which nbval has nothing to compare."""
    return [
        f"not run: {cell.source!r}" for cell in code_cells(notebook) if cell.execution_count is None
    ]


def not_in_order(notebook: NotebookNode) -> list[str]:
    counts = [cell.execution_count for cell in code_cells(notebook)]
    expected = list(range(1, len(counts) + 1))
    return [] if counts == expected else [f"run in the order {counts}, not from top to bottom"]


def marks_not_allowed(notebook: NotebookNode) -> list[str]:
    """Tags and comments that make nbval look away."""
    return [
        f"marked {mark}: {cell.source!r}"
        for cell in code_cells(notebook)
        for mark in [
            *(tag for tag in cell.metadata.get("tags", []) if tag in nbval.metadata_tags),
            *(name for name in nbval.comment_markers if name in cell.source),
        ]
        if mark not in ALLOWED_MARKS
    ]


def widgets_without_picture(notebook: NotebookNode) -> list[str]:
    """Widgets that a reader with no kernel sees as a line of text."""
    return [
        f"a widget with no picture: {cell.source!r}"
        for cell in code_cells(notebook)
        for output in cell.outputs
        if WIDGET in output.get("data", {}) and "image/png" not in output.data
    ]


def stored_state(notebook: NotebookNode) -> list[str]:
    """Widget state, which would make a trusted notebook's widgets look alive without a kernel."""
    return ["widget state is stored"] if "widgets" in notebook.metadata else []


def wrong_kernel(notebook: NotebookNode) -> list[str]:
    name = notebook.metadata.get("kernelspec", {}).get("name")
    return [] if name == "python3" else [f"its kernel is {name!r}, not 'python3'"]


CHECKS = [
    not_run,
    not_in_order,
    marks_not_allowed,
    widgets_without_picture,
    stored_state,
    wrong_kernel,
]


def blind_patterns(sanitizing: str) -> list[str]:
    """Patterns of an nbval sanitising file that would hide a number."""
    return [
        f"{pattern!r} hides the number {number}"
        for pattern, _ in nbval.get_sanitize_patterns(sanitizing)
        for number in BARE_NUMBERS
        if re.search(pattern, number)
    ]


def with_one_number_changed(notebook: NotebookNode) -> NotebookNode:
    """Return a copy where the first whole number in a stored text output is one more."""
    changed = copy.deepcopy(notebook)
    for holder, key in _texts(changed):
        text, count = re.subn(r"\d+", lambda found: str(int(found[0]) + 1), holder[key], count=1)
        if count:
            holder[key] = text
            return changed
    raise ValueError("no stored text output has a number in it: nbval compares nothing")


def _texts(notebook: NotebookNode) -> Iterator[tuple[NotebookNode, str]]:
    for cell in code_cells(notebook):
        for output in cell.outputs:
            if output.output_type == "stream":
                yield output, "text"
            elif "text/plain" in output.get("data", {}):
                yield output.data, "text/plain"
