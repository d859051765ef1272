"""Who is working: the name from which a student's own numbers are drawn."""

from __future__ import annotations

import hashlib
from random import Random

from .verdict import Words

NOBODY = "write your name here"
_who = {"student": "", "course": ""}


def student(name: str) -> str:
    """Name the student; the questions with drawn numbers depend on it.

    Parameters
    ----------
    name : str
        A name or a number that only one student of the course has. Capitals and spaces around it
        do not matter.

    Returns
    -------
    str
        A greeting, or that a name is still needed.

    Raises
    ------
    TypeError
        For what is no string.

    Examples
    --------
    >>> student("  Ada Lovelace ")
    Hello Ada Lovelace: your numbers are drawn. Another spelling draws others.
    >>> student("")
    A name is needed here: write your own between the quotation marks, and run the cell again.
    """
    if not isinstance(name, str):
        raise TypeError(f'a name is a string, such as student("Ada"), and not {name!r}')
    plain = " ".join(name.casefold().split())
    _who["student"] = "" if plain == NOBODY else plain
    if not is_named():
        return Words(
            "A name is needed here: write your own between the quotation marks, and run the cell "
            "again."
        )
    spelt = " ".join(name.split())
    return Words(f"Hello {spelt}: your numbers are drawn. Another spelling draws others.")


def course(word: str) -> None:
    """Give the course a word of its own; another word draws other numbers for everybody.

    Parameters
    ----------
    word : str
        For example the year.
    """
    _who["course"] = str(word)


def is_named() -> bool:
    """Whether the student has been named."""
    return bool(_who["student"])


def seeded(exercise: str) -> Random:
    """Random numbers that depend on the student, the course and the exercise alone."""
    text = "\0".join((_who["course"], _who["student"], exercise))
    return Random(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big"))
