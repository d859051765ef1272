"""Homework: exercises, and checks that answer with a counterexample.

A check never holds a stored answer: it counts windows, or asks the library's layers.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from .exercise import Exercise, Mistake, Task
from .questions import Questions
from .sets import EXERCISES
from .students import course, is_named, student
from .verdict import Verdict, Words, wrapped

__all__ = [
    "EXERCISES",
    "Exercise",
    "Mistake",
    "Task",
    "Verdict",
    "check",
    "course",
    "grade",
    "hint",
    "questions",
    "student",
]

_hints_given: Counter[str] = Counter()


def check(exercise: str, answer: Any) -> Verdict:
    """Say whether an answer is right, and where it is not, show a case.

    Parameters
    ----------
    exercise : str
        Its name, such as "2.1".
    answer : object
        What the exercise asks for: a function, a list of predictions, a layer.

    Returns
    -------
    Verdict
        "not attempted", "wrong" or "right", with a sentence; a notebook shows it with a widget
        set up for the case.

    Raises
    ------
    ValueError
        For a name that no exercise has.

    Examples
    --------
    >>> check("2.1", lambda i, k: i - k)
    Wrong. For i = 3, k = 2 yours gives 1. Count posts, not gaps: the first place of the window \
counts too.
    >>> check("2.1", ...).status
    'not attempted'
    """
    return _judged("check", exercise, answer)


def grade(exercise: str, answer: Any) -> None:
    """Check on more cases than `check`, and raise where the answer is not right.

    For hidden tests; Otter's and Gradescope's tests can call it too.

    Parameters
    ----------
    exercise : str
        Its name, such as "2.1".
    answer : object
        What the exercise asks for.

    Raises
    ------
    AssertionError
        With the sentence that `check` gives.

    Examples
    --------
    >>> grade("2.1", lambda i, k: i - k + 1)
    """
    verdict = _judged("grade", exercise, answer)
    if verdict.status != "right":
        raise AssertionError(str(verdict))


def hint(exercise: str) -> str:
    """Give a hint, and one more at each call.

    Parameters
    ----------
    exercise : str
        Its name, such as "2.1".

    Returns
    -------
    str
        The hint, and how many there are.

    Examples
    --------
    >>> hint("2.1")
    Hint 1 of 3: Where does the window's first cell stand first, and where last?
    """
    asked = _found(exercise, "hint")
    _hints_given[exercise] += 1
    number, there = _hints_given[exercise], len(asked.hints)
    if number > there:
        book, _, heading = asked.section.partition("#")
        return Words(
            f"There are no more hints than {there}. "
            f"Read “{heading.replace('-', ' ')}” in {book} again."
        )
    return Words(f"Hint {number} of {there}: {asked.hints[number - 1]}")


def questions(exercise: str) -> tuple[dict[str, Any], ...]:
    """Print the questions that are drawn for the student, and return their numbers.

    Parameters
    ----------
    exercise : str
        Its name, such as "2.3".

    Returns
    -------
    tuple of dict
        The numbers of each question by their names.
    """
    task = _found(exercise, "questions").task
    if not isinstance(task, Questions):
        raise ValueError(f"exercise {exercise} has the same numbers for everybody")
    if not is_named():
        print('First give your name in the cell with student("…").')
        return ()
    drawn = task.drawn(exercise)
    for number, question in enumerate(drawn, 1):
        before = f"Question {number}: " if task.count > 1 else ""
        print(wrapped(f"{before}{task.ask.format(**question)}"))
    return drawn


def _judged(by: str, name: str, answer: Any) -> Verdict:
    exercise = _found(name, by)
    if exercise.task is None:
        raise ValueError(f"exercise {name} is a sentence: your teacher reads it")
    return exercise.task.judge(name, answer, thorough=by == "grade")


def _found(name: object, by: str) -> Exercise:
    if not isinstance(name, str):
        more = ", …" if by in ("check", "grade") else ""
        raise TypeError(f'write the exercise in quotes: {by}("{name}"{more})')
    if name not in EXERCISES:
        raise ValueError(f"there is no exercise {name!r}; there are {', '.join(EXERCISES)}")
    return EXERCISES[name]
