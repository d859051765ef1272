"""Exercises that ask for a function: tried on many cases, the smallest that teaches first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

import numpy as np

from .calling import FailedError, NotAttemptedError, NotCallableError, call, printed
from .comparing import fault, how_many, same, unlike, written
from .exercise import Mistake, Task
from .showing import Shown, widget
from .verdict import Verdict

if TYPE_CHECKING:
    from ..widget import ConvWidget

PATIENCE = 10.0  # seconds for all calls of one check
NEARLY_ALL = 0.8  # of the cases; a slip of one's own beside a usual mistake does not hide it

Case = tuple[Any, ...]


@dataclass(frozen=True)
class Function(Task):
    """A function is asked for.

    Attributes
    ----------
    names : tuple of str
        What its arguments are called.
    cases, more : callable
        What it is tried on, the smallest that shows something first: `cases` by a check, `more`
        by grading as well.
    truth : callable
        What it should return; from counting, or from the library's layers.
    mistakes : tuple of Mistake
        What it returns if one of the usual mistakes was made.
    look : str
        What to look at where no usual mistake is recognised.
    show : callable, optional
        A widget for a case, or the layer whose output's size the function should return.
    drawn : callable, optional
        (mistake or None, case) → a drawing of another case, where a widget would print the formula
        that is asked for.
    """

    names: tuple[str, ...]
    cases: Callable[[], Iterable[Case]]
    more: Callable[[], Iterable[Case]]
    truth: Callable[..., Any]
    mistakes: tuple[Mistake, ...]
    look: str
    show: Callable[..., Shown] = lambda *_: None
    drawn: Callable[[Mistake | None, Case], str] = lambda *_: ""

    def judge(self, exercise: str, answer: Any, thorough: bool) -> Verdict:
        """Try the function; the first case on which it fails is shown."""
        if answer is None or answer is ...:
            return Verdict("not attempted", f"Exercise {exercise} still waits for a function.")
        if not callable(answer):
            return Verdict(
                "wrong",
                f"Exercise {exercise} asks for a function, and this is {written(answer)}. "
                "Give its name, without calling it.",
            )
        cases = [*self.cases(), *(self.more() if thorough else ())]
        wrong: Case | None = None
        seen: list[tuple[Case, Any]] = []
        end = monotonic() + PATIENCE
        for case in cases:
            try:
                value = call(answer, self.names, case)
            except NotAttemptedError:
                return Verdict("not attempted", "The function raises NotImplementedError.")
            except FailedError as failed:
                if wrong is None:
                    return self._failed(case, failed, answer)
                break
            if not seen and (value is None or value is ...):
                return Verdict(
                    "not attempted",
                    "The function returns nothing. If you have written it, a return is missing.",
                )
            seen.append((case, value))
            if wrong is None and not self._is_right(case, value):
                wrong = case
            if monotonic() > end:
                if wrong is None:
                    return Verdict(
                        "wrong",
                        f"Your function is right so far, but {len(seen)} small cases took it more "
                        f"than {PATIENCE:g} seconds. What does it do again and again?",
                    )
                break
        if wrong is None:
            return Verdict(
                "right", f"Your function holds in all {len(seen)} cases that were tried."
            )
        return self._wrong(wrong, seen, answer)

    def _failed(self, case: Case, failed: FailedError, function: Callable[..., Any]) -> Verdict:
        said = f"{self._at(case)}{failed}"
        if isinstance(failed, NotCallableError):
            return Verdict("wrong", said)
        truth = self.truth(*case)
        if isinstance(failed.__cause__, (ValueError, IndexError)) and isinstance(truth, np.ndarray):
            said = f"{said} {how_many(truth)}"
        return Verdict("wrong", said + printed(function, case), partial(self._shown, case))

    def _is_right(self, case: Case, value: Any) -> bool:
        truth = self.truth(*case)
        return fault(value, truth) is None and same(value, truth)

    def _wrong(
        self, case: Case, seen: list[tuple[Case, Any]], function: Callable[..., Any]
    ) -> Verdict:
        mistake = self._recognised(seen)
        if mistake is not None:  # a case that it explains teaches more than the first
            case = next(at for at, value in seen if self._explains(mistake, at, value))
        value = next(value for tried, value in seen if tried is case)
        truth = self.truth(*case)
        kind = fault(value, truth)
        if mistake is not None:
            said = f"{_given_as(value)}{mistake.message}"
        elif kind is not None:
            said = f"yours gives {kind}"
        else:
            said = f"{_given_as(value)}{self.look}"
        said = f"{self._at(case)}{said}"
        if mistake is None and unlike(value, truth):  # no picture shows what a type is
            return Verdict("wrong", said + printed(function, case))
        said += self.drawn(mistake, case) + printed(function, case)
        return Verdict("wrong", said, partial(self._shown, case, value))

    def _shown(self, case: Case, value: Any = None) -> ConvWidget | None:
        return widget(self.show(*case), value)

    def _recognised(self, seen: list[tuple[Case, Any]]) -> Mistake | None:
        """The one usual mistake that explains nearly all cases in which either goes wrong."""
        found = []
        for mistake in self.mistakes:
            explained = [self._explains(mistake, case, value) for case, value in seen]
            told = [which for which in explained if which is not None]
            if any(told) and sum(told) >= NEARLY_ALL * len(told):
                found.append(mistake)
        return found[0] if len(found) == 1 else None

    def _explains(self, mistake: Mistake, case: Case, value: Any) -> bool | None:
        """Whether a mistake gives this wrong value; None where both values are right."""
        given, truth = _given(mistake, case), self.truth(*case)
        if same(value, given):
            return None if same(value, truth) else True
        return False

    def _at(self, case: Case) -> str:
        """The case, as far as a sentence on it; where it has a matrix, a line for each argument."""
        given = [f"{name} = {written(value)}" for name, value in zip(self.names, case, strict=True)]
        if not any("\n" in text for text in given):
            return f"For {', '.join(given)} "
        lines = "\n".join(map(_indented, given))
        return f"For\n\n{lines}\n\n"


def _indented(text: str) -> str:
    """An assignment, set off from sentences, the rows of its array below each other."""
    first, *rows = text.split("\n")
    column = "    " + " " * (first.index("= ") + 2)
    return "\n".join(["    " + first, *(f"{column}{row}".rstrip() for row in rows)])


def _given_as(value: Any) -> str:
    """What a function gives, between the case and a sentence; a matrix has lines of its own."""
    text = written(value)
    if "\n" not in text:
        return f"yours gives {text}. "
    rows = "\n".join(f"    {row}".rstrip() for row in text.split("\n"))
    return f"yours gives\n\n{rows}\n\n"


def _given(mistake: Mistake, case: Case) -> Any:
    """What a mistake gives; None where it cannot be computed."""
    try:
        return mistake.gives(*case)
    except (ArithmeticError, IndexError, TypeError, ValueError):
        return None
