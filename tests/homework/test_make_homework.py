"""What `make homework` finds wrong, and that what lies in the repository is what it made."""

import copy
import re

import nbformat
import pytest
from links import dead_links
from make_homework import leaks, marks, secret_lines, sources, student_version
from nbformat import v4
from page import written_page
from submissions import HOMEWORK

each_set = pytest.mark.parametrize("path", sources(), ids=lambda path: path.parent.name)


def read(path):
    return nbformat.read(path, as_version=4)


@each_set
def test_no_solution_and_no_hidden_test_is_in_a_student_version(path):
    assert leaks(read(path), read(student_version(path))) == []


@each_set
def test_each_line_of_a_solution_would_be_found(path):
    source, release = read(path), read(student_version(path))
    secret = secret_lines(source)
    assert len(secret) > 15
    for line in secret:
        leaking = copy.deepcopy(release)
        leaking.cells[3].source += f"\n    {line}"
        assert leaks(source, leaking) == [line]


@each_set
def test_a_student_version_has_all_text_and_tests_of_its_source(path):
    source, release = read(path), read(student_version(path))
    assert [cell.id for cell in release.cells] == [cell.id for cell in source.cells]
    for before, after in zip(source.cells, release.cells, strict=True):
        if before.id.startswith(("text-", "setup", "name", "questions-")):
            assert after.source == before.source.replace("](../../../", "](../"), before.id


@each_set
def test_each_link_to_the_series_leads_to_a_heading_of_it(path):
    assert dead_links(path) == []
    assert dead_links(student_version(path)) == []


@each_set
def test_who_has_the_notebook_alone_is_told_where_else_to_read(path):
    about = read(student_version(path)).cells[0].source
    [book] = re.findall(r"`(0\d-[a-z-]+\.ipynb)`", about)
    assert f"](../{book})" in about
    assert (HOMEWORK.parent / book).exists()
    assert f"chapter {int(book[:2])} of\n[Dumoulin and Visin's guide](https://arxiv.org/" in about


@each_set
def test_the_head_of_a_set_says_what_may_be_used_and_which_exercise_has_no_check(path):
    head = " ".join(read(student_version(path)).cells[0].source.split())
    assert "Below each exercise but the last, which your teacher reads, stands a cell with" in head
    assert "write it with Python and NumPy alone: convwidget's layers are for looking." in head
    assert "The arrays that a function is tried on hold integers; what it returns may hold" in head
    assert f"*Exercise* numbers, such as exercise {path.parent.name[-1]}.1, are this" in head
    who = next(cell.source for cell in read(path).cells if cell.id == "who")
    assert "another spelling draws other numbers" in who


@each_set
def test_a_heading_is_an_exercise_s_and_a_link_with_a_number_says_that_it_is_a_section(path):
    texts = [cell.source for cell in read(path).cells if cell.id.startswith("text-")]
    assert len(texts) == 8
    for number, text in enumerate(texts, 1):
        assert text.startswith(f"## Exercise {path.parent.name[-1]}.{number}: ")
        [link] = re.findall(r"Belongs to \[([^\]]+)\]", text)
        assert not link[0].isdigit()
        assert link.startswith("section ") == bool(re.search(r"#\d+\.\d", text))


@each_set
def test_a_student_version_has_the_name_that_comes_back_to_nbgrader(path):
    assert student_version(path).name == path.name
    assert path.name.startswith(f"{path.parent.name}-")  # else two sets could share a name


@each_set
def test_the_rubric_has_three_lines_and_two_samples(path):
    [cell] = [
        cell
        for cell in read(path).cells
        if cell.cell_type == "markdown" and cell.metadata.get("nbgrader", {}).get("grade")
    ]
    assert [line[:2] for line in cell.source.splitlines() if line[:1].isdigit()] == [
        "1.",
        "2.",
        "3.",
    ]
    assert cell.source.count("**Sample answer") == 2
    assert cell.metadata.nbgrader.points == 3


def test_a_cell_that_fails_or_speaks_on_stderr_has_no_points():
    def cell(*outputs):
        graded = {"grade": True, "solution": False, "points": 2}
        return v4.new_code_cell("…", metadata={"nbgrader": graded}, outputs=list(outputs))

    failed = v4.new_output("error", ename="AssertionError", evalue="", traceback=[])
    noisy = v4.new_output("stream", name="stderr", text="careful")
    quiet = v4.new_output("stream", name="stdout", text="Right.")
    assert marks(v4.new_notebook(cells=[cell(failed), cell(noisy), cell(quiet), cell()])) == (4, 8)


def test_the_teacher_s_page_is_up_to_date():
    assert (HOMEWORK / "README.md").read_text("utf-8") == written_page(sources())
