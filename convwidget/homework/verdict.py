"""What a check answers: not attempted, wrong or right; why; and a widget that shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from textwrap import fill
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from ..widget import ConvWidget

Status = Literal["not attempted", "wrong", "right"]
WIDTH = 100  # characters; so much there is room for under a cell


class Words(str):
    """Words that a notebook shows without quotation marks."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def wrapped(text: str) -> str:
    """Text in lines that are not too long; indented ones, such as code, stay as they are."""
    return "\n".join(
        line if line.startswith(" ") else fill(line, WIDTH) for line in text.split("\n")
    )


@dataclass(frozen=True)
class Verdict:
    """The answer of a check.

    Attributes
    ----------
    status : {"not attempted", "wrong", "right"}
        What became of the answer.
    message : str
        What to look at. It never holds the answer.
    show : callable, optional
        Makes the widget.
    """

    status: Status
    message: str
    show: Callable[[], ConvWidget | None] = field(default=lambda: None, repr=False, compare=False)

    @cached_property
    def widget(self) -> ConvWidget | None:
        """A widget set up for the counterexample, or None; made when it is first asked for.

        A notebook stores every widget that was made, and graded ones need none.
        """
        try:
            return self.show()
        except (TypeError, ValueError):  # a layer that cannot be, or is too large to draw
            return None

    def __str__(self) -> str:
        return f"{self.status.capitalize()}. {self.message}"

    def __repr__(self) -> str:
        return str(self)

    def _ipython_display_(self) -> None:
        """Print the sentence, and show the widget under it."""
        from IPython.display import display

        print(wrapped(str(self)))
        if self.widget is not None:
            display(self.widget)
