"""What the exercises hold for right, against counting, slides and the library; and their points."""

import json
import re

import numpy as np
import pytest
from brute import windows
from exercises import FUNCTIONS, sources
from submissions import HOMEWORK

import convwidget
from convwidget.homework import EXERCISES, check, grade, student


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


def test_the_error_of_4_7_is_what_the_sizes_of_the_network_give():
    for number in range(80):
        student(f"student {number}")
        [at] = EXERCISES["4.7"].task.drawn("4.7")
        down = [at["i"] // 2**level for level in range(at["n"] + 1)]
        odd = [level for level in range(1, at["n"] + 1) if down[level - 1] % 2]
        assert at["level"] == max(odd)  # the lowest is joined first
        assert (at["up"], at["kept"]) == (down[max(odd)] * 2, down[max(odd) - 1])
        asked = EXERCISES["4.7"].task.ask.format(**at)
        assert f"Expected size {at['up']} but got size {at['kept']} for tensor number 1" in asked
        assert f"before pool {at['level']} is joined" in asked
        said = check("4.7", 513).message
        assert re.search(r"^You say 513\. Then it fails at pool 1, counted from the first", said)


def test_a_stamp_is_what_the_layer_of_the_library_gives():
    task = EXERCISES["4.5"].task
    cases = [*task.cases(), *task.more()]
    for x, kernel, s, p, a in cases:
        layer = convwidget.ConvTranspose(
            x.shape, kernel.shape, stride=s, padding=p, output_padding=a
        )
        assert list(task.truth(x, kernel, s, p, a)) == list(layer.apply(x, kernel))
    assert any(a > p for _, _, _, p, a in cases)
    assert any(0 < a <= p for _, _, _, p, a in cases)


def test_the_size_of_stamps_is_tried_with_more_padding_than_a_kernel_has_room_for():
    assert any(p > k - 1 for _, k, _, p in EXERCISES["4.1"].task.cases())
    assert check("4.1", lambda i, k, s, p: s * (i - 1) + k - 2 * min(p, k - 1)).status == "wrong"


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


FUNCTION_ARRAYS = [
    name
    for name in FUNCTIONS
    if any(isinstance(value, np.ndarray) for value in next(iter(EXERCISES[name].task.cases())))
]


@pytest.mark.parametrize("name", FUNCTION_ARRAYS)
def test_the_arrays_that_a_function_is_tried_on_hold_integers_and_floats_are_taken(name):
    task = EXERCISES[name].task
    for case in [*task.cases(), *task.more()]:
        for value in case:
            assert not isinstance(value, np.ndarray) or value.dtype.kind == "i"
    grade(name, lambda *case: task.truth(*case).astype(float))
