"""Calling a student's function: in time, quietly, on copies, and with a clear word on what fails.

The timer is the operating system's (``signal.setitimer``): Linux and macOS have it, Windows and
the browser's Python (JupyterLite) do not; there an endless loop is stopped by hand. It rings in the
main thread, between two steps of Python: one long call inside compiled code ends first, and a
function that catches every exception in a loop goes on. Grading's second limit, on the cell, stops
the former; a notebook with the latter is not graded, and is named.
"""

from __future__ import annotations

import contextlib
import copy
import inspect
import io
import logging
import os
import signal
import threading
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from types import FrameType
from typing import Any

from .comparing import same

SECONDS = 2.0  # for one call; a right answer takes thousandths
LINES, LONGEST = 5, 80  # of what a function prints, as much as is shown


class NotAttemptedError(Exception):
    """There is nothing yet to check."""


class FailedError(Exception):
    """A call gave no result; the message says why, and begins with a small letter."""


class NotCallableError(FailedError):
    """The function takes other arguments."""


class _TooSlowError(BaseException):
    """Raised by the timer; no Exception, so that ``except Exception`` lets it through."""


def has_timer() -> bool:
    """Whether this platform, in this thread, can stop an endless loop."""
    return hasattr(signal, "setitimer") and (threading.current_thread() is threading.main_thread())


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Stop what takes longer, where there is a timer."""
    if not has_timer():
        yield
        return

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise _TooSlowError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, seconds)  # again, if the first was swallowed
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextlib.contextmanager
def _no_raw_errors() -> Iterator[None]:
    """Drop what compiled code writes to the process's stderr."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


@contextlib.contextmanager
def quiet() -> Iterator[io.StringIO]:
    """Keep back what is printed, and drop what is logged or warned of.

    nbgrader takes any word on stderr for an error.
    """
    with (
        _no_raw_errors(),
        contextlib.redirect_stdout(io.StringIO()) as out,
        contextlib.redirect_stderr(io.StringIO()),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        threshold = logging.root.manager.disable
        logging.disable(logging.CRITICAL)
        try:
            yield out
        finally:
            logging.disable(threshold)


def call(
    function: Callable[..., Any],
    names: Sequence[str],
    arguments: Sequence[Any],
    seconds: float = SECONDS,
) -> Any:
    """What a function returns for copies of the arguments.

    Raises
    ------
    NotAttemptedError
        When it raises NotImplementedError.
    FailedError
        When it raises, does not end in time, changes its arguments or takes others.
    """
    _check_parameters(function, names)
    given = copy.deepcopy(list(arguments))
    try:
        with quiet(), time_limit(seconds):
            result = function(*given)
    except NotImplementedError as error:
        raise NotAttemptedError from error
    except _TooSlowError as error:
        raise FailedError(
            f"your function has not come to an end after {seconds:g} seconds. "
            "Does each loop end, and is each step of it made?"
        ) from error
    except SystemExit as error:
        raise FailedError("your function ends Python (exit). Use return.") from error
    except Exception as error:
        raise FailedError(f"your function stops with {_described(error)}") from error
    for name, before, after in zip(names, arguments, given, strict=True):
        if not same(before, after):
            raise FailedError(f"your function changes its argument {name}. Work on a copy of it.")
    return result


def printed(function: Callable[..., Any], arguments: Sequence[Any]) -> str:
    """What a function prints for some arguments, its first lines, behind a sentence; or nothing."""
    ended = (Exception, SystemExit, _TooSlowError)
    with quiet() as out, contextlib.suppress(*ended), time_limit(SECONDS):
        function(*copy.deepcopy(list(arguments)))
    lines = [line[:LONGEST] for line in out.getvalue().strip().splitlines()]
    if not lines:
        return ""
    more = [f"… and {len(lines) - LINES} lines more"] if len(lines) > LINES else []
    text = "".join(f"\n    {line}" for line in lines[:LINES] + more)
    return f"\n\nFor this case your function prints:\n{text}"


def _check_parameters(function: Callable[..., Any], names: Sequence[str]) -> None:
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return  # compiled functions have none: the call itself will tell
    try:
        signature.bind(*names)
    except TypeError as error:
        raise NotCallableError(
            f"your function cannot be called with {len(names)} arguments, {', '.join(names)}: "
            f"{error}."
        ) from error


def _described(error: Exception) -> str:
    """The error's type and words, and the student's line that it comes from."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame for frame in frames if frame.filename != __file__]
    where = f' in the line "{lines[-1].line}"' if lines and lines[-1].line else ""
    words = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}{': ' if words else ''}{words}{where}."
