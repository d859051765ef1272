"""Exercises with drawn numbers: each student has others, and there is no key to copy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any

from . import students
from .comparing import fault, plain, same, written
from .exercise import Mistake, Task
from .verdict import Verdict

if TYPE_CHECKING:
    from ..widget import ConvWidget

DRAWS = 2000

Question = dict[str, Any]


@dataclass(frozen=True)
class Questions(Task):
    """Some questions with numbers of the student's own.

    Attributes
    ----------
    draw : callable
        One question's numbers by their names, from a `random.Random`.
    ask : str
        The question, with the names in braces.
    count : int
        How many are asked.
    mistakes : tuple of Mistake
        What each usual mistake answers. A draw on which one is right is drawn again.
    complaint : callable
        (question, answer) → what is wrong with an answer, or None where it is right.
    show : callable, optional
        A widget for a question and an answer to it; it must not show the right one.
    """

    draw: Callable[[Random], Question | None]
    ask: str
    count: int
    mistakes: tuple[Mistake, ...]
    complaint: Callable[[Question, Any], str | None]
    show: Callable[[Question, Any], ConvWidget | None] = lambda *_: None

    def drawn(self, exercise: str) -> tuple[Question, ...]:
        """The questions of the student who is named."""
        random = students.seeded(exercise)
        found: list[Question] = []
        for _ in range(DRAWS):
            question = self.draw(random)
            if question is not None and question not in found and self.tells_apart(question):
                found.append(question)
            if len(found) == self.count:
                return tuple(found)
        raise RuntimeError(f"exercise {exercise} has too few draws that tell mistakes apart")

    def tells_apart(self, question: Question) -> bool:
        """Whether no usual mistake is right here."""
        return all(
            self.complaint(question, mistake.gives(**question)) is not None
            for mistake in self.mistakes
        )

    def judge(self, exercise: str, answer: Any, thorough: bool) -> Verdict:
        """Judge the answers one by one; the first that is wrong is spoken of."""
        if answer is None or answer is ...:
            return Verdict("not attempted", f"Exercise {exercise} still waits for an answer.")
        if not students.is_named():
            return Verdict(
                "not attempted",
                'Your numbers are not drawn yet: give your name in the cell with student("…").',
            )
        if self.count == 1:
            answer = [answer]
        if type(answer) not in (list, tuple) or len(answer) != self.count:
            return Verdict(
                "wrong", f"A list of {self.count} answers is asked for: one for each question."
            )
        if any(entry is ... or entry is None for entry in answer):
            return Verdict("not attempted", "One of the answers is still missing.")
        pairs = zip(self.drawn(exercise), answer, strict=True)
        for number, (question, given) in enumerate(pairs, 1):
            complaint = self.complaint(question, given)
            if complaint is not None:
                which = f"Question {number}: " if self.count > 1 else ""
                said = self.recognised(question, given) or complaint
                at = self.ask.format(**question)
                at = "" if "\n" in at else f"{at} "  # a long one stands above, and is not repeated
                return Verdict("wrong", f"{which}{at}{said}", partial(self.show, question, given))
        answers = "Your answer is" if self.count == 1 else f"All {self.count} answers are"
        return Verdict("right", f"{answers} what counting gives.")

    def recognised(self, question: Question, given: Any) -> str | None:
        """What to say of a usual mistake; None where it is none of them."""
        messages = [
            mistake.message for mistake in self.mistakes if same(given, mistake.gives(**question))
        ]
        if not messages:
            return None
        several = "More than one mistake leads there. " if len(messages) > 1 else ""
        return f"You say {written(given)}. {several}{' Or: '.join(messages)}"


def no_padding(answer: Any) -> str | None:
    """Say why an answer is no number of zeros, if it is none."""
    kind = fault(answer, 1)
    if kind is not None:
        return f"You say {kind}"
    if plain(answer) < 0:
        return f"You say {written(answer)}. No zeros can be fewer than none."
    return None


def compared(truth: Callable[..., Any], look: str) -> Callable[[Question, Any], str | None]:
    """A complaint about an answer that differs from the truth."""

    def complaint(question: Question, answer: Any) -> str | None:
        right = truth(**question)
        kind = fault(answer, right)
        if kind is not None:
            return f"You say {kind}"
        if same(plain(answer), right):
            return None
        return f"You say {written(answer)}. {look}"

    return complaint
