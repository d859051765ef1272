"""nbval runs the notebooks; this holds what it takes for granted, and that it can fail at all."""

import copy
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from checks import (
    CHECKS,
    NOTEBOOKS,
    REPOSITORY,
    WIDGET,
    blind_patterns,
    code_cells,
    marks_not_allowed,
    not_in_order,
    not_run,
    notebooks,
    stored_state,
    widgets_without_picture,
    with_one_number_changed,
    wrong_kernel,
)
from nbformat import NotebookNode, v4
from store import METADATA, run

Check = Callable[[NotebookNode], list[str]]

each_notebook = pytest.mark.parametrize(
    "path", notebooks(), ids=lambda path: str(path.relative_to(REPOSITORY))
)


def name_of(function: Check) -> str:
    return function.__name__


def pytest_in(root: Path, *arguments: str) -> str:
    """Run another pytest, with this repository's own options, and return what it prints."""
    options = [f"--config-file={REPOSITORY / 'pyproject.toml'}", f"--rootdir={root}"]
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options, *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    ).stdout


def failed_cells(folder: Path) -> dict[str, int]:
    """Let nbval run a folder; say for each notebook in it how many of its cells failed."""
    printed = pytest_in(folder, ".", "-rA")
    outcomes = re.findall(r"^(PASSED|FAILED|ERROR) (.*\.ipynb)::Cell \d+", printed, re.MULTILINE)
    assert outcomes, printed
    failed = Counter({path: 0 for _, path in outcomes})
    failed.update(path for outcome, path in outcomes if outcome != "PASSED")
    return failed


@each_notebook
@pytest.mark.parametrize("check", CHECKS, ids=name_of)
def test_a_stored_notebook(path: Path, check: Check) -> None:
    assert check(nbformat.read(path, as_version=4)) == []


def test_every_notebook_is_collected() -> None:
    listed = pytest_in(REPOSITORY, "notebooks", "--collect-only", "-q")
    assert Counter(re.findall(r"^(.*\.ipynb)::Cell \d+$", listed, re.MULTILINE)) == {
        path.relative_to(REPOSITORY).as_posix(): len(code_cells(nbformat.read(path, as_version=4)))
        for path in notebooks()
    }


def test_nbval_is_strict(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.option.nbval
    assert not pytestconfig.option.nbval_lax
    sanitizing = pytestconfig.option.nbval_sanitize_with
    assert sanitizing is None or blind_patterns(Path(sanitizing).read_text()) == []


def test_one_changed_number_makes_one_cell_fail_in_each(tmp_path: Path) -> None:
    names = [path.relative_to(NOTEBOOKS).as_posix() for path in notebooks()]
    for name in names:
        altered = with_one_number_changed(nbformat.read(NOTEBOOKS / name, as_version=4))
        (tmp_path / name).parent.mkdir(exist_ok=True)
        nbformat.write(altered, tmp_path / name)
    assert failed_cells(tmp_path) == dict.fromkeys(names, 1)


# The checks themselves, each on a notebook that is bad in its own way.


@pytest.fixture
def good() -> NotebookNode:
    """As `make notebooks` would store it; the second cell's output is a widget."""
    view = {"text/plain": "Widget()", "image/png": "iVBORw0KGgo=", WIDGET: {"model_id": "a"}}
    return v4.new_notebook(
        metadata=copy.deepcopy(METADATA),
        cells=[
            v4.new_markdown_cell("Two cells."),
            v4.new_code_cell(
                "print(6 * 7)",
                execution_count=1,
                outputs=[v4.new_output("stream", name="stdout", text="42\n")],
            ),
            v4.new_code_cell(
                "Widget()",
                execution_count=2,
                outputs=[v4.new_output("execute_result", execution_count=2, data=view)],
            ),
        ],
    )


def forget_a_run(notebook: NotebookNode) -> None:
    notebook.cells[2].execution_count = None


def swap_the_runs(notebook: NotebookNode) -> None:
    notebook.cells[1].execution_count, notebook.cells[2].execution_count = 2, 1


def tag_as_ignored(notebook: NotebookNode) -> None:
    notebook.cells[1].metadata["tags"] = ["nbval-ignore-output"]


def comment_as_skipped(notebook: NotebookNode) -> None:
    notebook.cells[1].source = "# NBVAL_SKIP\nprint(6 * 7)"


def drop_the_picture(notebook: NotebookNode) -> None:
    del notebook.cells[2].outputs[0].data["image/png"]


def store_state(notebook: NotebookNode) -> None:
    notebook.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": {}}


def take_another_kernel(notebook: NotebookNode) -> None:
    notebook.metadata["kernelspec"]["name"] = "my-env"


DAMAGES = [
    (forget_a_run, {not_run, not_in_order}),
    (swap_the_runs, {not_in_order}),
    (tag_as_ignored, {marks_not_allowed}),
    (comment_as_skipped, {marks_not_allowed}),
    (drop_the_picture, {widgets_without_picture}),
    (store_state, {stored_state}),
    (take_another_kernel, {wrong_kernel}),
]


def test_a_good_notebook_has_no_complaints(good: NotebookNode) -> None:
    good.cells[1].metadata["tags"] = ["raises-exception", "a-tag-that-nbval-does-not-know"]
    assert [complaint for check in CHECKS for complaint in check(good)] == []


@pytest.mark.parametrize(
    ("damage", "expected"), DAMAGES, ids=lambda it: getattr(it, "__name__", "")
)
def test_a_damaged_notebook_is_found_out(
    good: NotebookNode, damage: Callable[[NotebookNode], None], expected: set[Check]
) -> None:
    damage(good)
    assert {check for check in CHECKS if check(good)} == expected


def test_every_check_has_a_damage() -> None:
    assert set(CHECKS) == set().union(*(expected for _, expected in DAMAGES))


@pytest.mark.parametrize(
    ("pattern", "numbers"),
    [(r"\d+", 9), (r"^12$", 1), (r"[\d.]+$", 9), (r"0x[0-9a-f]+", 0), (r"\d+ ms", 0)],
)
def test_a_pattern_that_hides_numbers_is_found_out(pattern: str, numbers: int) -> None:
    assert len(blind_patterns(f"regex: {pattern}\nreplace: X\n")) == numbers


def test_nothing_to_change_is_an_error(good: NotebookNode) -> None:
    del good.cells[1]
    with pytest.raises(ValueError, match="nbval compares nothing"):
        with_one_number_changed(good)


def test_nbval_passes_what_was_stored_and_fails_what_was_changed(tmp_path: Path) -> None:
    source = v4.new_notebook(cells=[v4.new_code_cell("print(6 * 7)"), v4.new_code_cell("'4x'")])
    stored = run(source, tmp_path)
    nbformat.write(stored, tmp_path / "same.ipynb")
    nbformat.write(with_one_number_changed(stored), tmp_path / "changed.ipynb")
    assert failed_cells(tmp_path) == {"same.ipynb": 0, "changed.ipynb": 1}


def test_storing_twice_changes_nothing(tmp_path: Path) -> None:
    source = "from ipywidgets import IntSlider\nIntSlider()"
    notebook = v4.new_notebook(cells=[v4.new_code_cell(source)])
    first = copy.deepcopy(run(notebook, tmp_path))
    assert stored_state(first) == []
    assert run(notebook, tmp_path) == first
