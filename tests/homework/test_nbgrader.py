"""Real nbgrader from the source to the gradebook, with every kind of submission."""

import html
import re
import shutil

import pytest
from course import autograde, give, grade_in_parts, nbgrader, scores, start
from make_homework import secret_lines, sources
from nbformat import read
from submissions import EXPECTED, SET


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A graded course: its folder, and the marks in its gradebook."""
    folder = tmp_path_factory.mktemp("course")
    start(folder)
    shutil.copytree(folder, folder.with_name("the-same"))
    seconds = autograde(folder)
    print(f"{len(EXPECTED)} submissions graded in {seconds:.0f} s")
    return folder, scores(folder)


@pytest.mark.parametrize("kind", EXPECTED)
def test_a_submission_gets_exactly_its_marks(graded, kind):
    _, marks = graded
    assert sum(marks[kind].values()) == EXPECTED[kind][1], marks[kind]


def test_no_submission_is_forgotten(graded):
    assert set(graded[1]) == set(EXPECTED)


@pytest.mark.parametrize("kind", ["os-exit-function", "os-exit-cell"])
def test_a_kernel_that_was_ended_is_named_in_the_log(graded, kind):
    log = (graded[0] / "autograde.log").read_text("utf-8")
    assert f"error processing assignment '{SET}' for student '{kind}'" in log


def test_grading_in_parts_side_by_side_gives_the_same_marks_as_one_after_another(graded):
    folder, marks = graded
    same = folder.with_name("the-same")
    code, said, rows = grade_in_parts(same, SET, "--parts=3", "--processes=2")
    assert code == 1, said  # two cannot be graded
    found = {
        student: {name.replace(".", "-"): float(row[name]) for name in row if name[0].isdigit()}
        for student, row in rows.items()
        if not row["remark"]
    }
    failed = {student: row["total"] for student, row in rows.items() if row["remark"]}
    assert failed == {"os-exit-function": "", "os-exit-cell": ""}
    assert found == {student: marks[student] for student in set(marks) - set(failed)}
    assert {row["name"] for row in rows.values()} >= {"", "emmy noether"}
    assert {student for student, row in rows.items() if row["to read"] == "2.8"} == {"reference"}


def test_the_reference_has_full_marks_once_a_person_has_read_its_sentence(graded):
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{graded[0] / 'gradebook.db'}") as book:
        empty = book.find_submission(SET, "empty")
        assert not empty.needs_manual_grade  # an answer left as it was is worth nothing
        assert book.find_submission(SET, "reference").needs_manual_grade
    give(graded[0], SET, "reference", "2-8", 3)
    with Gradebook(f"sqlite:///{graded[0] / 'gradebook.db'}") as book:
        reference = book.find_submission(SET, "reference")
        assert (reference.score, reference.max_score) == (28, 28)
        assert not reference.needs_manual_grade


def feedback(folder, student):
    """The text of a student's feedback page."""
    made = nbgrader(folder, "generate_feedback", SET, "--student", student)
    assert made.returncode == 0, made.stderr
    [page] = (folder / "feedback" / student / SET).glob("*.html")
    return html.unescape(re.sub(r"<[^>]*>", "", page.read_text("utf-8")))


def test_a_feedback_page_shows_the_call_of_each_test_and_no_solution(graded):
    text = feedback(graded[0], "only-visible-tests")
    assert "Wrong. For i = 224, k = 7 yours gives 0." in text
    [source] = [path for path in sources() if path.parent.name == SET]
    text = feedback(graded[0], "empty")
    shown = [line for line in secret_lines(read(source, 4)) if line in text]
    calls = [line for line in shown if line.startswith('grade("2.')]  # hidden tests are shown
    assert len(calls) == 7
    assert set(shown) - set(calls) == {"from convwidget.homework import grade"}
