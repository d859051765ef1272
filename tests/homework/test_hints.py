"""Hints: there are enough, they lead on, and none is the answer."""

import re

import pytest
from exercises import DRAWN, FUNCTIONS, sources

import convwidget
from convwidget.homework import EXERCISES, hint, student


@pytest.mark.parametrize("name", list(EXERCISES))
def test_three_hints_or_more_come_one_at_a_time_and_end(name):
    there = len(EXERCISES[name].hints)
    assert there >= 3
    given = [hint(name) for _ in range(there + 1)]
    assert len(set(given)) == there + 1
    assert [words.split(":")[0] for words in given[:-1]] == [
        f"Hint {number} of {there}" for number in range(1, there + 1)
    ]
    assert re.fullmatch(
        rf"There are no more hints than {there}\. Read “[^#]+” in 0\d-[a-z-]+\.ipynb again\.",
        given[-1],
    )
    assert repr(given[0]) == given[0]  # a notebook shows it without quotation marks


@pytest.mark.parametrize("name", DRAWN)
def test_no_hint_has_the_right_answer_to_a_drawn_question_in_it(name):
    task = EXERCISES[name].task
    said = {int(number) for words in EXERCISES[name].hints for number in re.findall(r"\d+", words)}
    for number in range(60):
        student(f"student {number}")
        for question in task.drawn(name):
            for answer in said:
                assert task.complaint(question, answer) is not None, (question, answer)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_no_hint_has_a_line_of_the_solution_in_it(name):
    solution = reference_lines(name)
    assert solution
    for words in map(packed, EXERCISES[name].hints):
        assert not [line for line in solution if line in words]


def packed(text: str) -> str:
    """Text without spaces, its signs as in Python."""
    return re.sub(r"\s", "", text).replace("−", "-").replace("·", "*").replace("×", "*")


def reference_lines(name: str) -> list[str]:
    """What the lines of a solution return or assign, but for what is a mere name."""
    source = "".join(sources()[f"answer-{name.replace('.', '-')}"]["source"])
    solution = source.partition("### BEGIN SOLUTION")[2].partition("### END SOLUTION")[0]
    lines = re.findall(r"(?:return | = | \+= )(.+)", solution)
    return [packed(line) for line in lines if re.search(r"\W", packed(line))]


def test_what_a_hint_tells_to_open_opens():
    opened = 0
    for exercise in EXERCISES.values():
        for words in exercise.hints:
            for code in re.findall(r"`(ConvWidget.+?)`", words):
                setup = "".join(sources()["setup"]["source"])
                assert "ConvWidget" in setup.splitlines()[0]
                assert isinstance(eval(code, vars(convwidget)), convwidget.ConvWidget)
                opened += 1
    assert opened > 12
