"""What the checks say to right and wrong answers, and that usual mistakes are told apart."""

import contextlib
import json
import re
import threading
import time
from itertools import product

import numpy as np
import pytest
from brute import windows
from submissions import HOMEWORK

from convwidget.homework import EXERCISES, check, course, grade, hint, questions, student
from convwidget.homework import students as who
from convwidget.homework.calling import has_timer
from convwidget.homework.functions import Function
from convwidget.homework.questions import Questions

FUNCTIONS = [name for name, of in EXERCISES.items() if isinstance(of.task, Function)]
DRAWN = [name for name, of in EXERCISES.items() if isinstance(of.task, Questions)]
MISTAKES = [
    (name, n) for name, of in EXERCISES.items() if of.task for n in range(len(of.task.mistakes))
]


@pytest.fixture(autouse=True)
def ada():
    course("2026")
    student("Ada")
    yield
    student("")


def sources() -> dict[str, dict]:
    """The cells of every source notebook, by their ids."""
    cells = {}
    for path in sorted((HOMEWORK / "source").rglob("*.ipynb")):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            if "nbgrader" in cell["metadata"]:
                cells[cell["metadata"]["nbgrader"]["grade_id"]] = cell
    return cells


def test_what_a_truth_says_of_sizes_is_what_a_brute_force_slide_finds():
    for name in ("2.1", "2.2"):
        for case in EXERCISES[name].task.cases():
            i, k, s, p = (*case, 1, 0)[:4]
            assert EXERCISES[name].task.truth(*case) == len(windows(i, k, s, p, p, 1)), case


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_truth_itself_is_right(name):
    task = EXERCISES[name].task
    assert check(name, task.truth).status == "right"
    grade(name, task.truth)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_grading_tries_cases_that_a_check_does_not(name):
    task = EXERCISES[name].task
    seen = {repr(case) for case in task.cases()}
    unseen = [case for case in task.more() if repr(case) not in seen]
    assert len(unseen) >= 3


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_that_is_right_only_where_a_check_looks_has_no_marks(name):
    task = EXERCISES[name].task
    seen = {repr(case) for case in task.cases()}

    def answer(*case):
        return task.truth(*case) if repr(case) in seen else 0

    assert check(name, answer).status == "right"
    with pytest.raises(AssertionError, match="Wrong"):
        grade(name, answer)


@pytest.mark.parametrize("name", [name for name in DRAWN if EXERCISES[name].kind == "prediction"])
def test_no_message_has_the_right_answer_in_it(name):
    task = EXERCISES[name].task
    told = 0
    for number in range(30):
        student(f"student {number}")
        for question in task.drawn(name):
            asked = task.ask.format(**question)
            rights = [n for n in range(1, 200) if task.complaint(question, n) is None]
            for right in rights:
                if not re.search(rf"\b{right}\b", asked):
                    told += 1
                    assert not re.search(rf"\b{right}\b", task.complaint(question, right + 1000))
    assert told or name == "1.4"  # whose answers are shapes


@pytest.mark.parametrize(("name", "n"), MISTAKES)
def test_a_usual_mistake_is_wrong_and_its_message_recognises_it(name, n):
    task = EXERCISES[name].task
    mistake = task.mistakes[n]
    if isinstance(task, Function):
        verdict = check(name, mistake.gives)
        assert verdict.status == "wrong"
        said = [verdict.message]
    else:
        said = []
        for number in range(40):
            student(f"student {number}")
            for question in task.drawn(name):
                given = mistake.gives(**question)
                if given is not None:
                    said.append(task.recognised(question, given))
    assert said
    messages = [m.message for m in task.mistakes]
    assert all(any(message in words for message in messages) for words in said), said[0]
    assert any(mistake.message in words for words in said), said[0]


@pytest.mark.parametrize("name", DRAWN)
def test_on_no_draw_is_a_usual_mistake_right(name):
    task = EXERCISES[name].task
    for number in range(200):
        student(f"student {number}")
        for question in task.drawn(name):
            for mistake in task.mistakes:
                given = mistake.gives(**question)
                assert task.complaint(question, given) is not None, (question, mistake.message)


@pytest.mark.parametrize("name", DRAWN)
def test_some_draws_are_drawn_again(name):
    """Otherwise the test above could not fail."""
    task = EXERCISES[name].task
    draws = (task.draw(who.seeded(f"{name} {n}")) for n in range(3000))
    if task.mistakes and name not in ALWAYS_APART:
        assert any(question is not None and not task.tells_apart(question) for question in draws)


# Here a mistake gives another answer on every draw, by its own nature.
ALWAYS_APART = {"1.4", "1.5", "1.7", "3.4"}


@pytest.mark.parametrize("name", DRAWN)
def test_a_name_has_the_same_numbers_each_time_and_others_have_others(name):
    drawn = EXERCISES[name].task.drawn(name)
    student("  ADA ")
    assert EXERCISES[name].task.drawn(name) == drawn
    others = []
    for n in range(20):
        student(f"student {n}")
        others.append(EXERCISES[name].task.drawn(name))
    assert any(other != drawn for other in others)
    course("2027")
    student("Ada")
    changed = [EXERCISES[name].task.drawn(name)]
    course("2028")
    changed.append(EXERCISES[name].task.drawn(name))
    course("2029")
    changed.append(EXERCISES[name].task.drawn(name))
    assert any(other != drawn for other in changed)


def test_numbers_are_drawn_for_somebody_only(capsys):
    student("write your name here")
    assert check("2.3", [1, 2, 3]).status == "not attempted"
    assert questions("2.3") == ()
    assert "your name" in capsys.readouterr().out


@pytest.mark.parametrize("name", [*FUNCTIONS, *DRAWN])
@pytest.mark.parametrize("nothing", [..., None])
def test_dots_are_not_attempted(name, nothing):
    assert check(name, nothing).status == "not attempted"
    with pytest.raises(AssertionError, match="Not attempted"):
        grade(name, nothing)


def test_a_function_that_is_still_empty_is_not_attempted():
    def later(i, k, s, p):
        raise NotImplementedError

    assert check("2.2", later).status == "not attempted"
    assert check("2.2", lambda i, k, s, p: None).status == "not attempted"


class Yes(int):
    def __eq__(self, other):
        return True

    __hash__ = int.__hash__


def endless(*_):
    while True:
        with contextlib.suppress(Exception):
            time.sleep(0.01)


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda i, k, s, p: "4", "a str, where an integer is asked for"),
        (lambda i, k, s, p: [4], "a tuple, where an integer is asked for"),
        (lambda i, k, s, p: True, "a bool"),
        (lambda i, k, s, p: Yes(), "a Yes"),
        (lambda i, k, s, p: float("nan"), "NaN"),
        (lambda i, k, s, p: float((i + 2 * p - k) // s + 1), "a float"),
        (lambda i, k, s, p: 1 // 0, "ZeroDivisionError"),
        (lambda i, k, s, p: exit(), "ends Python"),
        (lambda i, k, s: 1, "cannot be called with 4 arguments"),
        (7, "asks for a function"),
    ],
)
def test_a_function_that_fails_is_told_how(function, said):
    verdict = check("2.2", function)
    assert verdict.status == "wrong"
    assert said in verdict.message
    with pytest.raises(AssertionError, match="Wrong"):
        grade("2.2", function)


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda x, kernel, s, p: np.zeros((9, 9)), "shape (9, 9)"),
        (lambda x, kernel, s, p: [[1, 2], [3]], "rows of different lengths"),
        (lambda x, kernel, s, p: 3, "an int, where an array"),
        (lambda x, kernel, s, p: np.full((2, 1), np.nan), "NaN at [0, 0]"),
        (lambda x, kernel, s, p: np.array([["a"]]), "an array of <U1"),
        (lambda x, kernel, s, p: x.fill(0), "changes its argument x"),
    ],
)
def test_an_array_that_cannot_be_is_told_why(function, said):
    assert said in check("2.5", function).message


def test_an_endless_loop_is_stopped_in_time():
    assert has_timer()
    begun = time.monotonic()
    assert "has not come to an end" in check("2.2", endless).message
    assert time.monotonic() - begun < 20


def test_where_there_is_no_timer_a_check_works_all_the_same():
    found = []

    def work():
        found.extend([has_timer(), check("2.1", lambda i, k: i - k + 1).status])

    thread = threading.Thread(target=work)  # the timer rings in the main thread only
    thread.start()
    thread.join()
    assert found == [False, "right"]


def test_noise_is_not_passed_on(capfd):
    def noisy(i, k):
        import logging
        import os
        import sys
        import warnings

        print("a word", file=sys.stderr)
        warnings.warn("careful", stacklevel=1)
        logging.getLogger("me").warning("careful")
        os.write(2, b"raw")
        return i - k + 1

    grade("2.1", noisy)
    assert capfd.readouterr() == ("", "")


def test_the_counterexample_is_the_smallest_that_is_tried_and_the_widget_shows_it():
    verdict = check("2.2", lambda i, k, s, p: (i - k) // s + 1 if p < 2 else 0)
    i, k, s, p = map(int, re.findall(r"= (\d+)", verdict.message)[:4])
    wrong = [
        (a, b, c, d)
        for a, b, c, d in product(range(1, 6), range(1, 6), range(1, 4), range(3))
        if a + 2 * d >= b and ((a - b) // c + 1 if d < 2 else 0) != len(windows(a, b, c, d, d, 1))
    ]
    assert sum((i, k, s, p)) == min(map(sum, wrong))
    layer = verdict.widget.layer
    assert (layer.input_size, layer.kernel_size, layer.stride) == ((i,), (k,), (s,))


@pytest.mark.parametrize("name", DRAWN)
def test_a_question_s_widget_does_not_give_the_answer_away(name):
    task = EXERCISES[name].task
    [verdict] = {check(name, [0] * task.count if task.count > 1 else 0)}
    if verdict.widget is not None and EXERCISES[name].kind == "prediction":
        assert verdict.widget.predict


@pytest.mark.parametrize("name", list(EXERCISES))
def test_hints_come_one_at_a_time_and_end(name):
    there = len(EXERCISES[name].hints)
    given = [hint(name) for _ in range(there + 1)]
    assert len(set(given)) == there + 1
    assert given[-1].startswith("There are no more hints")


def test_every_answer_is_told_which_exercise_there_is():
    with pytest.raises(ValueError, match=r"there is no exercise '9\.9'; there are 1\.1"):
        check("9.9", 1)
    with pytest.raises(ValueError, match="your teacher reads it"):
        check("2.8", "because")
    with pytest.raises(ValueError, match="the same numbers for everybody"):
        questions("2.1")
    with pytest.raises(TypeError, match="a name is a string"):
        student(5)


@pytest.mark.parametrize("number", sorted({name[0] for name in EXERCISES}))
def test_a_set_has_eight_exercises_and_four_of_them_are_core(number):
    of = [exercise for name, exercise in EXERCISES.items() if name.startswith(number)]
    assert [exercise.name for exercise in of] == [f"{number}.{n}" for n in range(1, 9)]
    assert sum(exercise.core for exercise in of) == 4
    assert sum(exercise.minutes for exercise in of if exercise.core) <= 32


@pytest.mark.parametrize("name", list(EXERCISES))
def test_the_notebook_gives_the_points_that_the_exercise_says_and_its_section_exists(name):
    exercise, there = EXERCISES[name], sources()
    cell = "answer" if exercise.task is None else "test"
    graded = there[f"{cell}-{name.replace('.', '-')}"]["metadata"]["nbgrader"]
    assert graded["points"] == exercise.points
    assert graded["grade"]
    book, _, anchor = exercise.section.partition("#")
    series = json.loads((HOMEWORK.parent / book).read_text("utf-8"))
    headings = {
        line.lstrip("# ").replace(" ", "-")
        for cell in series["cells"]
        if cell["cell_type"] == "markdown"
        for line in "".join(cell["source"]).splitlines()
        if line.startswith("#")
    }
    assert anchor in headings
