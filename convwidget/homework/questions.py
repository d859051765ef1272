"""Exercises with drawn numbers: each student has others, and there is no key to copy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any

from . import students
from .comparing import article, fault, plain, same, written
from .exercise import Mistake, Task
from .showing import Shown, widget
from .verdict import Verdict

if TYPE_CHECKING:
    from ..widget import ConvWidget

DRAWS = 2000
LARGEST = 1000

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
        A widget for a question and an answer to it, which must not show the right one; or the layer
        whose output's size is asked for.
    sort, sorts : callable and int, optional
        Of what sort a question is, and how many sorts there are: nobody is asked two of one sort
        before one of each other.
    """

    draw: Callable[[Random], Question | None]
    ask: str
    count: int
    mistakes: tuple[Mistake, ...]
    complaint: Callable[[Question, Any], str | None]
    show: Callable[[Question, Any], Shown] = lambda *_: None
    sort: Callable[[Question], Any] = lambda _: None
    sorts: int = 1

    def drawn(self, exercise: str) -> tuple[Question, ...]:
        """The questions of the student who is named."""
        random = students.seeded(exercise)
        found: list[Question] = []
        for _ in range(DRAWS):
            question = self.draw(random)
            if question is None or question in found:
                continue
            sorts = {self.sort(one) for one in (*found, question)}
            if len(sorts) > min(len(found), self.sorts - 1) and self.tells_apart(question):
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
            of = f" of {len(answer)}" if type(answer) in (list, tuple) else ""
            return Verdict(
                "wrong",
                f"A list of {self.count} answers is asked for, one for each question, and this is "
                f"{article(type(answer).__name__)}{of}.",
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
                return Verdict("wrong", f"{which}{at}{said}", partial(self._shown, question, given))
        answers = {1: "Your answer holds", 2: "Both answers hold"}
        return Verdict("right", f"{answers.get(self.count, f'All {self.count} answers hold')}.")

    def _shown(self, question: Question, given: Any) -> ConvWidget | None:
        return widget(self.show(question, given), given)

    def recognised(self, question: Question, given: Any) -> str | None:
        """What to say of a usual mistake, or of two; None where it is none or any of many."""
        messages = [
            mistake.message for mistake in self.mistakes if same(given, mistake.gives(**question))
        ]
        if len(messages) not in (1, 2):
            return None
        several = "Two mistakes lead there. " if len(messages) > 1 else ""
        return f"You say {written(given)}. {several}{' Or: '.join(messages)}"


def no_number(answer: Any, least: int = 0) -> str | None:
    """Say why an answer is no number from `least` to a bound that none needs to pass, if it isn't.

    A window is moved to check a number: over a line of billions it would move for hours.
    """
    kind = fault(answer, 1)
    if kind is not None:
        return f"You say {kind}"
    if plain(answer) < least:
        return f"You say {written(answer)}. It can be as small as {least}, and no smaller."
    if plain(answer) > LARGEST:
        return f"You say {written(answer)}. It need not be as large as that."
    return None


def no_padding(answer: Any) -> str | None:
    """Say why an answer is no number of zeros, if it is none."""
    if fault(answer, 1) is None and plain(answer) < 0:
        return f"You say {written(answer)}. No zeros can be fewer than none."
    return no_number(answer)


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
