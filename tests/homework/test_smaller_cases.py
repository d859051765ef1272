"""What is shown with a wrong answer: another case than the student's own, with the same mistake."""

import re

import numpy as np
import pytest
from exercises import DRAWN, rights

from convwidget.homework import EXERCISES, check, student
from convwidget.homework.functions import Function


def wrong_answers(task, question):
    """What the usual mistakes answer, and one that none explains."""
    given = [mistake.gives(**question) for mistake in task.mistakes]
    return [*(value for value in given if value is not None), 1 if task.like == 1 else None]


def numbers(said):
    """The settings of the smaller case of 4.2."""
    pattern = r"kernel_size=(\d+), stride=(\d+), padding=(\d+), output_padding=(\d+)\) on (\d+)"
    return re.search(pattern, said).groups()


@pytest.mark.parametrize("name", [name for name in DRAWN if EXERCISES[name].task.near()])
def test_after_a_wrong_answer_a_smaller_case_is_shown_and_never_the_student_s_own(name):
    task = EXERCISES[name].task
    neighbours = 0
    for number in range(5):
        student(f"student {number}")
        drawn = task.drawn(name)
        right = [rights(task, question)[0] for question in drawn]
        for at, question in enumerate(drawn):
            for answer in wrong_answers(task, question):
                if answer is None or task.complaint(question, answer) is None:
                    continue
                verdict = check(name, [*right[:at], answer, *right[at + 1 :]])
                small = verdict.show.args[0]
                neighbours += 1
                assert small != question
                assert f"A smaller case: {task.ask.format(**small)}" in verdict.message
                if number == 0 and verdict.widget is not None:
                    shown = task.show(question, answer)
                    assert verdict.widget.layer != getattr(shown, "layer", shown)
    assert neighbours > 20
    for small in task.near():  # were it the student's own, another would be shown
        assert task.neighbour(small, []) != small


@pytest.mark.parametrize("name", [name for name in DRAWN if not EXERCISES[name].task.near()])
def test_where_the_student_s_own_question_is_shown_it_is_with_the_wrong_answer(name):
    task = EXERCISES[name].task
    assert EXERCISES[name].kind in ("settings", "shape bug")
    [shown] = {check(name, [1] * task.count if task.count > 1 else 1).show}
    assert shown() is None or shown.args[1] == 1


@pytest.mark.parametrize("name", [name for name in DRAWN if EXERCISES[name].task.near()])
def test_a_usual_mistake_is_wrong_in_the_smaller_case_too(name):
    task = EXERCISES[name].task
    for mistake in task.mistakes:
        question = next(
            one
            for number in range(60)
            if student(f"student {number}")
            for one in task.drawn(name)
            if mistake.gives(**one) is not None
        )
        small = task.neighbour(question, [mistake])
        assert small is not None, mistake.message
        assert task.complaint(small, mistake.gives(**small)) is not None


def test_one_recognised_mistake_is_carried_over_to_the_smaller_case():
    told = 0
    for number in range(60):
        student(f"student {number}")
        first, *others = EXERCISES["4.2"].task.drawn("4.2")
        answer = first["s"] * (first["i"] - 1) + first["k"] + first["a"]
        said = check("4.2", [answer, *(0 for _ in others)]).message
        if "takes cells away" in said and "One of two" not in said:
            told += 1
            k, s, p, a, i = map(int, numbers(said))
            assert f"Reasoned in the same way: {s * (i - 1) + k + a}. Is that so?" in said
            assert s * (i - 1) + k + a != s * (i - 1) + k + a - 2 * p
    assert told > 20


def test_4_6_says_of_a_wrong_way_back_only_that_its_size_is_another():
    for number in range(60):
        student(f"student {number}")
        first = EXERCISES["4.6"].task.drawn("4.6")[0]
        left = (first["i"] + 2 * first["p"] - first["k"]) % first["s"]
        for wrong in {*range(first["s"])} - {left}:
            said = check("4.6", [wrong, 0]).message.partition("\n\nA smaller case")[0]
            if "way back ends" in said:
                other = f"with {wrong} the way back ends at another size than {first['i']}."
                assert said == f"Question 1: {other}"
            else:
                assert not re.search(rf"\b{first['i'] + wrong - left}\b", said)


@pytest.mark.parametrize("n", range(len(EXERCISES["4.1"].task.mistakes)))
def test_the_stamps_that_4_1_draws_are_of_another_case_and_as_many_as_it_says(n):
    mistake = EXERCISES["4.1"].task.mistakes[n]
    verdict = check("4.1", mistake.gives)
    own = tuple(map(int, re.findall(r"= (\d+)", verdict.message)[:4]))
    words, _, drawing = verdict.message.partition("Is that so?\n\n")
    *rows, crops = [line[4:].split(" ") for line in drawing.splitlines()]
    i, k, s, p = map(int, re.findall(r"\b[iksp] = (\d+)", words)[-4:])
    assert (i, k, s, p) != own
    assert [row.index("■") for row in rows] == [s * n for n in range(i)]
    assert {row.count("■") for row in rows} == {k}
    assert crops.count("×") == 2 * p
    size = len(rows[-1]) - crops.count("×")
    assert f"its size is {mistake.gives(i, k, s, p)}." in words
    assert mistake.gives(i, k, s, p) != size
    assert not re.search(rf"\b{size}\b", words.partition("These are")[2])


def test_the_stamps_that_4_1_draws_are_not_those_of_a_case_that_is_the_same():
    said = EXERCISES["4.1"].task.drawn(None, (3, 3, 2, 1))
    assert "another case, i = 2, k = 4, s = 3, one on each row" in said


def inputs_shown():
    for name, exercise in EXERCISES.items():
        if isinstance(exercise.task, Function):
            wrong = [exercise.task.mistakes[0].gives]
        elif exercise.task is None:
            continue
        else:
            wrong = [[1] * exercise.task.count if exercise.task.count > 1 else 1]
            wrong += [np.eye(3)] * (name == "1.5")
        for answer in wrong:
            widget = check(name, answer).widget
            if widget is not None:
                yield name, widget.input


def test_no_shown_input_has_a_nought_for_that_looks_like_padding():
    shown = dict(inputs_shown())
    assert len(shown) > 20
    assert not [name for name, numbers in shown.items() if (numbers == 0).any()]


@pytest.mark.parametrize("name", ["2.1", "2.2", "3.1", "3.5", "5.1"])
def test_the_widget_of_a_size_formula_is_asked_for_the_size_and_holds_the_wrong_one(name):
    task = EXERCISES[name].task
    for mistake in task.mistakes:
        verdict = check(name, mistake.gives)
        value = mistake.gives(*verdict.show.args[0])
        given = [[value]] if isinstance(value, int) and value >= 0 else []
        assert verdict.widget.predict
        assert [entry["answer"] for entry in verdict.widget.answers] == given, verdict


@pytest.mark.parametrize("name", ["2.3", "3.2", "3.7"])
def test_a_smaller_case_in_windows_is_a_prediction_that_holds_the_same_mistake(name):
    task = EXERCISES[name].task
    held = 0
    for number in range(15):
        student(f"student {number}")
        first, *others = task.drawn(name)
        for mistake in task.mistakes:
            given = mistake.gives(**first)
            if given is not None:
                verdict = check(name, [given, *others])
                widget, small = verdict.widget, verdict.show.args[0]
                assert widget.predict
                answers = [entry["answer"] for entry in widget.answers]
                value = mistake.gives(**small)
                alone = len(task._made(first, given)) == 1
                assert answers == ([[value]] if alone and type(value) is int else [])
                held += bool(answers)
    assert held


def test_a_smaller_case_in_stamps_is_no_prediction():
    widget = check("4.2", [1, 1, 1]).widget
    assert (widget.view, widget.predict, widget.layer.output_padding) == ("stamp", False, (1,))
