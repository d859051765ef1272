"""Functions that students write: what is said of one that is wrong, fails, or never ends."""

import contextlib
import re
import threading
import time
from itertools import product

import numpy as np
import pytest
from brute import windows
from exercises import FUNCTIONS, MISTAKES

from convwidget.homework import EXERCISES, check, grade
from convwidget.homework.calling import has_timer


def test_a_function_that_is_still_empty_is_not_attempted():
    def later(i, k, s, p):
        raise NotImplementedError

    assert check("2.2", later).status == "not attempted"
    assert check("2.2", lambda i, k, s, p: None).status == "not attempted"


class Yes(int):
    def __eq__(self, other):
        return True

    __hash__ = int.__hash__


def endless(*_):
    while True:
        with contextlib.suppress(Exception):
            time.sleep(0.01)


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda i, k, s, p: "4", "a str, where an integer is asked for"),
        (lambda i, k, s, p: [4], "a list, where an integer is asked for"),
        (lambda i, k, s, p: np.array([4]), "an array, where an integer is asked for"),
        (lambda i, k, s, p: True, "a bool"),
        (lambda i, k, s, p: Yes(), "a Yes"),
        (lambda i, k, s, p: float("nan"), "NaN"),
        (lambda i, k, s, p: float((i + 2 * p - k) // s + 1), "a float"),
        (lambda i, k, s, p: 1 // 0, "ZeroDivisionError"),
        (lambda i, k, s, p: exit(), "ends Python"),
        (lambda i, k, s: 1, "cannot be called with 4 arguments"),
        (7, "asks for a function"),
    ],
)
def test_a_function_that_fails_is_told_how(function, said):
    verdict = check("2.2", function)
    assert verdict.status == "wrong"
    assert said in verdict.message
    with pytest.raises(AssertionError, match="Wrong"):
        grade("2.2", function)


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda x, kernel, s, p: np.zeros((9, 9)), "shape (9, 9)"),
        (lambda x, kernel, s, p: np.zeros(9), "an array with 1 axis, where 2 are asked for"),
        (lambda x, kernel, s, p: [[1, 2], [3]], "rows of different lengths"),
        (lambda x, kernel, s, p: 3, "an int, where an array"),
        (lambda x, kernel, s, p: np.full((1, 2), np.nan), "NaN at [0, 0]"),
        (lambda x, kernel, s, p: np.array([["a"]]), "an array of <U1"),
        (lambda x, kernel, s, p: x.fill(0), "changes its argument x"),
    ],
)
def test_an_array_that_cannot_be_is_told_why(function, said):
    assert said in check("2.5", function).message


def test_an_endless_loop_is_stopped_in_time():
    assert has_timer()
    begun = time.monotonic()
    assert "has not come to an end" in check("2.2", endless).message
    assert time.monotonic() - begun < 20


def test_where_there_is_no_timer_a_check_works_all_the_same():
    found = []

    def work():
        found.extend([has_timer(), check("2.1", lambda i, k: i - k + 1).status])

    thread = threading.Thread(target=work)  # the timer rings in the main thread only
    thread.start()
    thread.join()
    assert found == [False, "right"]


def test_noise_is_not_passed_on(capfd):
    def noisy(i, k):
        import logging
        import os
        import sys
        import warnings

        print("a word", file=sys.stderr)
        warnings.warn("careful", stacklevel=1)
        logging.getLogger("me").warning("careful")
        os.write(2, b"raw")
        return i - k + 1

    grade("2.1", noisy)
    assert capfd.readouterr() == ("", "")


def wrong_sizes(answer):
    """Every small (i, k, s, p) on which a function for 2.2 does not give what a slide gives."""
    return [
        (i, k, s, p)
        for i, k, s, p in product(range(1, 6), range(1, 6), range(1, 4), range(3))
        if i + 2 * p >= k and answer(i, k, s, p) != len(windows(i, k, s, p, p, 1))
    ]


def test_the_counterexample_is_the_smallest_that_shows_something_and_the_widget_shows_it():
    def answer(i, k, s, p):
        return (i - k) // s + 1 if p < 2 else 0

    verdict = check("2.2", answer)
    i, k, s, p = map(int, re.findall(r"= (\d+)", verdict.message)[:4])
    assert f"yours gives {answer(i, k, s, p)}." in verdict.message
    assert i >= 3
    assert k >= 2
    assert i + k + s + p == min(
        sum(case) for case in wrong_sizes(answer) if case[0] >= 3 and case[1] >= 2
    )
    layer = verdict.widget.layer
    assert (layer.input_size, layer.kernel_size, layer.stride) == ((i,), (k,), (s,))
    assert layer.pads == ((p, p),)
    assert verdict.widget.predict  # and so shows neither the output nor the formula
    [given] = verdict.widget.answers
    assert (given["answer"], given["right"]) == ([answer(i, k, s, p)], False)


def test_a_case_that_shows_little_is_the_counterexample_where_no_other_fails():
    def answer(i, k, s, p):
        return (i + 2 * p - k) // s + 1 if k > 1 else i

    assert all(k == 1 for _, k, _, _ in wrong_sizes(answer))
    i, k, s, p = min(wrong_sizes(answer), key=sum)
    assert f"For i = {i}, k = {k}, s = {s}, p = {p} " in check("2.2", answer).message


# The least that each letter must be for a picture in which a mistake can be seen.
SHOWS = {
    "1.3": {"m": 2, "n": 2},
    "2.1": {"i": 3, "k": 2},
    "2.2": {"i": 3, "k": 2},
    "2.6": {"o": 2, "k": 2},
    "3.1": {"i": 3, "k": 2},
    "3.5": {"i": 3, "k": 2},
    "4.1": {"i": 2, "k": 2},
    "5.1": {"i": 3, "k": 2},
    "5.6": {"i": 3, "k": 2},
}


@pytest.mark.parametrize(("name", "n"), [at for at in MISTAKES if at[0] in FUNCTIONS])
def test_a_usual_mistake_has_a_counterexample_in_which_it_can_be_seen(name, n):
    verdict = check(name, EXERCISES[name].task.mistakes[n].gives)
    case = dict(zip(EXERCISES[name].task.names, verdict.show.args[0], strict=True))
    assert all(case[letter] >= least for letter, least in SHOWS.get(name, {}).items()), case
    arrays = [value for value in case.values() if isinstance(value, np.ndarray)]
    assert SHOWS.get(name) or name == "5.3" or arrays
    assert all(array.size > 1 for array in arrays), case
    assert all(layer != (1, 1) for layer in case.get("layers", ()))
    sentences = [line for line in verdict.message.splitlines() if not line.startswith(" ")]
    assert len("\n".join(sentences)) < 370
    assert (verdict.widget is None) == (name in ("4.1", "5.3"))


LOOP: list = []


LOOP.append(LOOP)


@pytest.mark.parametrize(
    ("name", "gives", "said"),
    [
        ("3.3", np.ones((2, 2), dtype=bool), "an array of shape (2, 2)"),
        ("1.1", np.array([5.0001, 8.0001]), "[5.0001, 8.0001]"),
        ("2.1", LOOP, "a list that holds itself"),
        ("2.1", 10**5000, "more digits than can be written"),
        ("2.1", type("", (), {})(), "a value, where an integer"),
        ("2.1", np.array(3, dtype=np.uint8), "an array, where an integer"),
    ],
    ids=["booleans", "nearly right", "itself", "digits", "no name", "array"],
)
def test_a_strange_result_is_told_as_it_is(name, gives, said):
    arguments = {"1.1": 2, "2.1": 2, "3.3": 3}[name]
    function = {2: lambda a, b: gives, 3: lambda a, b, c: gives}[arguments]
    verdict = check(name, function)
    assert verdict.status == "wrong"
    assert f"yours gives {said}" in verdict.message


@pytest.mark.parametrize("answer", [lambda i, k, s, p: "4", lambda i, k, s: 1])
def test_a_function_of_a_wrong_type_brings_no_widget(answer):
    assert check("2.2", answer).widget is None


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda x, s: x + np.zeros((9, 9)), True),
        (lambda x, s: x[9, 9], True),
        (lambda x, s: x / None, False),
    ],
)
def test_behind_an_error_of_sizes_stands_the_question_for_the_right_ones(function, said):
    message = check("4.3", function).message
    assert message.endswith("How many rows and columns must there be for this case?") == said
    assert "your function stops with" in message


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("4.5", np.zeros((2, 2)), "an array with 2 axes, where 1 is asked for."),
        ("4.5", np.zeros(99), "shape (99,), which is not the right one. How many cells must there"),
        ("4.3", np.zeros((9, 9)), "How many rows and columns must there be for this case?"),
        ("1.6", np.zeros((9, 9, 9)), "How many maps, rows and columns must there be"),
    ],
)
def test_an_array_of_a_wrong_size_is_asked_for_the_right_one(name, value, said):
    assert said in check(name, lambda *_: value).message


def test_what_a_function_prints_in_the_case_that_fails_is_shown_its_first_lines():
    def talking(i, k):
        for n in range(8):
            print(f"line {n} of i = {i}", "long " * 40)
        return 0

    said = check("2.1", talking).message
    assert "\n\nFor this case your function prints:\n\n    line 0 of i = 3 long" in said
    assert said.count("\n    line") == 5
    assert said.endswith("\n    … and 3 lines more")
    assert max(map(len, said.splitlines()[1:])) <= 84
    assert "prints" not in check("2.1", lambda i, k: 0).message

    def failing(i, k):
        print("so far")
        raise RuntimeError

    assert check("2.1", failing).message.endswith("function prints:\n\n    so far")


def test_a_matrix_stands_row_by_row():
    said = check("4.3", EXERCISES["4.3"].task.mistakes[2].gives).message
    assert said.startswith(
        "For\n\n    x = [[1, 2],\n         [3, 4]]\n    s = 2\n\nyours gives\n\n    [["
    )
    assert "\n     [1, 1, 2, 2],\n" in said
