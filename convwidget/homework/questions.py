"""Exercises with drawn numbers: each student has others, and there is no key to copy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np

from . import students
from .comparing import article, fault, plain, same, unlike, written
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
        A widget for a question and an answer to it; or the layer whose output's size is asked for.
    near : callable, optional
        Small questions of the same form, the smallest first. After a wrong answer one of them is
        shown, on which the same mistake is wrong too, and never the student's own. Without it the
        student's question is shown with the answer that was tried.
    together : tuple of callable, optional
        What two mistakes answer together (and one that may be right here and there). The questions
        of a student are drawn again if one of these is right in all: the two would cancel out.
    constants : callable, optional
        Answers that may not be right in all questions of a student.
    sort, sorts : callable and int, optional
        Of what sort a question is, and how many sorts there are: nobody is asked two of one sort
        before one of each other.
    like : object, optional
        An answer of the right type.
    """

    draw: Callable[[Random], Question | None]
    ask: str
    count: int
    mistakes: tuple[Mistake, ...]
    complaint: Callable[[Question, Any], str | None]
    show: Callable[[Question, Any], Shown] = lambda *_: None
    near: Callable[[], Iterable[Question]] = lambda: ()
    together: tuple[Callable[..., Any], ...] = ()
    constants: Callable[[Question], Iterable[Any]] = lambda _: range(121)
    sort: Callable[[Question], Any] = lambda _: None
    sorts: int = 1
    like: Any = 1

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
                if self.catch(found):
                    return tuple(found)
                found.clear()
        raise RuntimeError(f"exercise {exercise} has too few draws that tell mistakes apart")

    def tells_apart(self, question: Question) -> bool:
        """Whether no usual mistake is right here."""
        return not any(self._is_right(question, mistake.gives) for mistake in self.mistakes)

    def catch(self, questions: Sequence[Question]) -> bool:
        """Whether no two mistakes together, and no answer for all, are right in all of these."""
        if any(all(self._is_right(one, gives) for one in questions) for gives in self.together):
            return False
        first, *others = questions
        return not others or not any(
            all(self.complaint(one, answer) is None for one in questions)
            for answer in self.constants(first)
        )

    def _is_right(self, question: Question, gives: Callable[..., Any]) -> bool:
        return self.complaint(question, gives(**question)) is None

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
        elif type(answer) is np.ndarray:
            answer = answer.tolist()
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
                said, show = self._wrong(question, given, complaint)
                if which:
                    said = said[0].lower() + said[1:]
                return Verdict("wrong", f"{which}{said}", show)
        answers = {1: "Your answer holds", 2: "Both answers hold"}
        return Verdict("right", f"{answers.get(self.count, f'All {self.count} answers hold')}.")

    def _wrong(
        self, question: Question, given: Any, complaint: str
    ) -> tuple[str, Callable[[], ConvWidget | None]]:
        """What is said of a wrong answer, and what makes the widget."""
        made = self._made(question, given)
        if not made and unlike(given, self.like):  # no picture shows what a type is
            return complaint, lambda: None
        said = self.recognised(question, given) or complaint
        small = self.neighbour(question, made)
        if small is None:
            return said, partial(self._shown, question, given)
        again = [mistake.gives(**small) for mistake in made]
        said = f"{said}\n\nA smaller case: {self.ask.format(**small)}"
        if len(again) == 1:
            space = "" if said.endswith("\n") else " "
            said = f"{said}{space}Reasoned in the same way: {written(again[0])}. Is that so?"
        return said, partial(self._shown, small, again[0] if len(again) == 1 else None)

    def _shown(self, question: Question, given: Any) -> ConvWidget | None:
        return widget(self.show(question, given), given)

    def _made(self, question: Question, given: Any) -> list[Mistake]:
        """The one or two usual mistakes that give an answer; none where it is any of many."""
        made = [mistake for mistake in self.mistakes if same(given, mistake.gives(**question))]
        return made if len(made) <= 2 else []

    def neighbour(self, question: Question, made: Sequence[Mistake]) -> Question | None:
        """The smallest question of the same sort in which these mistakes are wrong, too."""
        for small in self.near():
            wrong = [mistake.gives(**small) for mistake in made]
            if (
                small != question
                and self.sort(small) == self.sort(question)
                and not any(value is None for value in wrong)
                and all(self.complaint(small, value) is not None for value in wrong)
            ):
                return small
        return None

    def recognised(self, question: Question, given: Any) -> str | None:
        """What to say of a usual mistake, or of two; None where it is none or any of many."""
        messages = [mistake.message for mistake in self._made(question, given)]
        if not messages:
            return None
        if len(messages) == 1:
            return f"You say {written(given)}. {messages[0]}"
        first, second = messages
        return (
            f"You say {written(given)}. One of two things may have happened.\n"
            f"• {first}\n• Or: {second}"
        )


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
        return f"You say {written(answer)}. No answer here needs more than {LARGEST}."
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
