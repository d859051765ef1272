"""What an exercise is: its facts, and the task that tells right from wrong."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from .verdict import Verdict

Kind = Literal["formula", "prediction", "settings", "implementation", "shape bug", "sentence"]


@dataclass(frozen=True)
class Mistake:
    """A usual mistake: what it gives, and a message that says where to look.

    Attributes
    ----------
    message : str
        Full sentences without the answer.
    gives : callable
        What the mistake makes of a case: the arguments of a function, or a drawn question.
    """

    message: str
    gives: Callable[..., Any]


class Task(ABC):
    """What is asked for, and how an answer is judged."""

    mistakes: tuple[Mistake, ...]

    @abstractmethod
    def judge(self, exercise: str, answer: Any, thorough: bool) -> Verdict:
        """Judge an answer; `thorough` is for grading, and tries more cases."""


@dataclass(frozen=True)
class Exercise:
    """An exercise.

    Attributes
    ----------
    name : str
        The set and the place in it, such as "2.1".
    title, goal : str
        What it is called, and what one can do after it.
    kind : str
        "formula", "prediction", "settings", "implementation", "shape bug" or "sentence".
    points, minutes : int
        What it gives and takes.
    section : str
        The part of the series that it belongs to: a notebook and a heading.
    core : bool
        Whether it is one of the four of its set that everybody does.
    hints : tuple of str
        One more is given at each call.
    task : Task or None
        None where a person reads the answer.
    """

    name: str
    title: str
    goal: str
    kind: Kind
    points: int
    minutes: int
    section: str
    core: bool
    hints: tuple[str, ...]
    task: Task | None
