"""What the checks say to right and wrong answers, and that usual mistakes are told apart."""

import re

import numpy as np
import pytest
from exercises import DRAWN, FUNCTIONS, MISTAKES, rights

from convwidget.homework import EXERCISES, check, grade, hint, questions, student
from convwidget.homework.functions import Function


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
        said = [words for words in said if words is not None]  # where it is one of one or two
    assert said
    messages = [m.message for m in task.mistakes]
    assert all(any(message in words for message in messages) for words in said), said[0]
    assert any(mistake.message in words for words in said), said[0]


@pytest.mark.parametrize("name", [*FUNCTIONS, *DRAWN])
@pytest.mark.parametrize("nothing", [..., None])
def test_dots_are_not_attempted(name, nothing):
    assert check(name, nothing).status == "not attempted"
    with pytest.raises(AssertionError, match="Not attempted"):
        grade(name, nothing)


def test_a_slip_of_one_s_own_beside_a_usual_mistake_does_not_hide_it():
    def answer(i, k, s, p):
        return int((i + p - k) / s) + 1  # of one side, and rounded towards zero

    said = check("2.2", answer).message
    assert said.startswith("For i = 3, k = 2, s = 1, p = 1 yours gives 3. Padding stands on both")


def test_an_answer_to_which_many_mistakes_lead_is_accused_of_none():
    task = EXERCISES["2.3"].task
    led = {0: 0, 1: 0, 2: 0, 3: 0}
    for number in range(40):
        student(f"student {number}")
        for question in task.drawn("2.3"):
            for answer in {mistake.gives(**question) for mistake in task.mistakes}:
                ways = sum(mistake.gives(**question) == answer for mistake in task.mistakes)
                said = task.recognised(question, answer)
                assert (said is None) == (ways > 2)
                assert ways != 2 or "One of two things may have happened." in said
                assert ways != 2 or said.count("\n• ") == 2
                led[min(ways, 3)] += 1
    assert all(led[ways] for ways in (1, 2, 3))


def test_a_function_that_fits_several_mistakes_is_accused_of_none():
    def answer(m, n, k1, k2):
        if (m, n, k1, k2) != (2, 2, 1, 2):
            raise ValueError
        return 4

    task = EXERCISES["1.3"].task
    assert sum(mistake.gives(2, 2, 1, 2) == 4 for mistake in task.mistakes) > 1
    assert check("1.3", answer).message.endswith(f"yours gives 4. {task.look}")


@pytest.mark.parametrize(
    ("name", "answer", "said"),
    [
        ("1.5", 3, "You give an int, where an array of numbers is asked for."),
        ("1.5", [[1, 2], [3, 4]], "You give no array of 3 rows of 3."),
        ("2.4", [-1] * 3, " you say −1. It can be as small as [01], and no smaller."),
        ("2.7", -1, "You say −1. No zeros can be fewer than none."),
        ("2.7", "2", "You say a str, where an integer is asked for."),
        ("2.4", [10**12] * 3, " you say 1000000000000. No answer here needs more than 1000."),
        ("2.7", 10**12, "You say 1000000000000. No answer here needs more than 1000."),
        ("3.4", [0, 0], " you say 0. It can be as small as 1, and no smaller."),
        ("3.4", [99, 99], " you say 99. A window of that size does not fit."),
        ("4.6", [-1, -1], " you say −1. It can be as small as 0, and no smaller."),
        ("4.6", [9, 9], " you say 9. It must be smaller than the stride."),
        ("4.7", 10**12, "You say 1000000000000. No answer here needs more than 1000."),
        ("4.7", 1, "You say 1. Pictures are padded here, and not cut."),
        ("4.7", 512, "You say 512. That works, but so does a smaller size."),
        (
            "4.7",
            513,
            "You say 513. Then it fails at pool 1, counted from the first: what does it get, and",
        ),
        ("5.7", 10**12, "You say 1000000000000. No answer here needs more than 1000."),
        ("5.7", -1, "You say −1. No zeros can be fewer than none."),
        ("5.7", 2.0, "You say 2.0, a float, where an integer is asked for. If you divide, use //"),
        ("2.3", 7, "A list of 3 answers is asked for, one for each question, and this is an int."),
        (
            "2.3",
            [7, 7],
            "A list of 3 answers is asked for, one for each question, and this is a list of 2.",
        ),
    ],
)
def test_an_answer_that_cannot_be_is_told_why(name, answer, said):
    verdict = check(name, answer)
    assert verdict.status == "wrong"
    pattern = re.escape(said).replace(re.escape("[01]"), "[01]")
    assert re.search(("^" if said[0] != " " else "") + pattern, verdict.message), verdict.message
    assert not isinstance(verdict.widget, Exception)


@pytest.mark.parametrize("name", ["2.3", "3.2", "4.2", "1.4", "2.7", "1.5"])
@pytest.mark.parametrize("given", ["1", 2.5, float("nan"), {}, [[1], [2, 3]]])
def test_an_answer_of_a_wrong_type_brings_no_widget(name, given):
    task = EXERCISES[name].task
    verdict = check(name, [given] * task.count if task.count > 1 else given)
    assert verdict.status == "wrong"
    assert verdict.widget is None
    assert "A smaller case" not in verdict.message


def test_an_array_of_predictions_is_taken_as_a_list():
    task = EXERCISES["4.2"].task
    right = [rights(task, question)[0] for question in task.drawn("4.2")]
    assert check("4.2", np.array(right)).status == "right"
    grade("4.2", np.array(right))
    assert check("4.2", np.array(right) + 1).message.startswith(
        f"Question 1: you say {right[0] + 1}."
    )
    shapes = [rights(EXERCISES["1.4"].task, at)[0] for at in EXERCISES["1.4"].task.drawn("1.4")]
    assert check("1.4", np.array(shapes)).status == "right"


def test_a_wrong_verdict_does_not_repeat_the_question_of_the_student():
    for name in ("2.3", "3.2", "3.7", "4.2", "4.6", "5.2", "5.4"):
        task = EXERCISES[name].task
        verdict = check(name, [1] * task.count)
        for question in task.drawn(name):
            assert task.ask.format(**question) not in verdict.message


@pytest.mark.parametrize("name", DRAWN)
def test_no_line_of_a_question_or_a_verdict_is_too_long(name, capsys):
    task = EXERCISES[name].task
    questions(name)
    check(name, [1] * task.count if task.count > 1 else 1)._ipython_display_()
    lines = capsys.readouterr().out.partition("ConvWidget(")[0].splitlines()
    assert lines
    assert max(map(len, lines)) <= 100


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: hint(4.2), 'hint("4.2")'),
        (lambda: questions(4.2), 'questions("4.2")'),
        (lambda: check(4.2, 1), 'check("4.2", …)'),
        (lambda: grade(4.2, 1), 'grade("4.2", …)'),
    ],
)
def test_a_number_in_place_of_a_name_is_told_to_be_put_in_quotes(ask, said):
    with pytest.raises(TypeError, match=re.escape(f"write the exercise in quotes: {said}")):
        ask()


def test_a_student_is_greeted_by_the_name_as_it_is_written_and_the_placeholder_is_refused():
    said = student("  Mira   OLSEN ")
    assert said == "Hello Mira OLSEN: your numbers are drawn. Another spelling draws others."
    assert repr(said) == said  # a notebook shows it without quotation marks
    assert student("write your name here").startswith("A name is needed here: write your own")
    assert student(" ").startswith("A name is needed here")


def test_every_answer_is_told_which_exercise_there_is():
    with pytest.raises(ValueError, match=r"there is no exercise '9\.9'; there are 1\.1"):
        check("9.9", 1)
    with pytest.raises(ValueError, match="your teacher reads it"):
        check("2.8", "because")
    with pytest.raises(ValueError, match="the same numbers for everybody"):
        questions("2.1")
    with pytest.raises(TypeError, match="a name is a string"):
        student(5)
