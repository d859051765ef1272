"""Exercises that ask for a function: tried on many cases, the smallest that teaches first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

from .calling import FailedError, NotAttemptedError, call
from .comparing import fault, same, written
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
    """

    names: tuple[str, ...]
    cases: Callable[[], Iterable[Case]]
    more: Callable[[], Iterable[Case]]
    truth: Callable[..., Any]
    mistakes: tuple[Mistake, ...]
    look: str
    show: Callable[..., Shown] = lambda *_: None

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
                    return Verdict(
                        "wrong", f"For {self._at(case)} {failed}", partial(self._shown, case)
                    )
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
        return self._wrong(wrong, seen)

    def _is_right(self, case: Case, value: Any) -> bool:
        truth = self.truth(*case)
        return fault(value, truth) is None and same(value, truth)

    def _wrong(self, case: Case, seen: list[tuple[Case, Any]]) -> Verdict:
        mistake = self._recognised(seen)
        if mistake is not None:  # a case that it explains teaches more than the first
            case = next(at for at, value in seen if self._explains(mistake, at, value))
        value = next(value for tried, value in seen if tried is case)
        kind = fault(value, self.truth(*case))
        if mistake is not None:
            said = f"yours gives {written(value)}. {mistake.message}"
        elif kind is not None:
            said = f"yours gives {kind}"
        else:
            said = f"yours gives {written(value)}. {self.look}"
        return Verdict("wrong", f"For {self._at(case)} {said}", partial(self._shown, case, value))

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
        return ", ".join(
            f"{name} = {written(value)}" for name, value in zip(self.names, case, strict=True)
        )


def _given(mistake: Mistake, case: Case) -> Any:
    """What a mistake gives; None where it cannot be computed."""
    try:
        return mistake.gives(*case)
    except (ArithmeticError, IndexError, TypeError, ValueError):
        return None
