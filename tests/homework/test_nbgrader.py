"""Real nbgrader from the source to the gradebook, with every kind of submission."""

import pytest
from course import autograde, scores, start
from submissions import EXPECTED, SET


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A graded course: its folder, and the marks in its gradebook."""
    folder = tmp_path_factory.mktemp("course")
    start(folder)
    seconds = autograde(folder, "--Execute.timeout=20")
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


def test_the_reference_has_full_marks_once_its_sentence_is_read(graded):
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{graded[0] / 'gradebook.db'}") as book:
        submission = book.find_submission(SET, "empty")
        assert not submission.needs_manual_grade  # an answer left as it was is worth nothing
        submission = book.find_submission(SET, "only-visible-tests")
        assert submission.max_score == 28
