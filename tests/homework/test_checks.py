"""What the checks say to right and wrong answers, and that usual mistakes are told apart."""

import contextlib
import json
import math
import re
import threading
import time
from itertools import product

import numpy as np
import pytest
from brute import windows
from submissions import HOMEWORK

import convwidget
from convwidget import homework
from convwidget.homework import EXERCISES, check, course, grade, hint, questions, student
from convwidget.homework import students as who
from convwidget.homework.calling import has_timer
from convwidget.homework.functions import Function
from convwidget.homework.questions import Questions

FUNCTIONS = [name for name, of in EXERCISES.items() if isinstance(of.task, Function)]
DRAWN = [name for name, of in EXERCISES.items() if isinstance(of.task, Questions)]
MISTAKES = [
    (name, n) for name, of in EXERCISES.items() if of.task for n in range(len(of.task.mistakes))
]


@pytest.fixture(autouse=True)
def ada():
    course("2026")
    student("Ada")
    yield
    student("")
    homework._hints_given.clear()  # so that no test depends on another


def sources() -> dict[str, dict]:
    """The cells of every source notebook, by their ids."""
    cells = {}
    for path in sorted((HOMEWORK / "source").rglob("*.ipynb")):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            if "nbgrader" in cell["metadata"]:
                cells[cell["metadata"]["nbgrader"]["grade_id"]] = cell
    return cells


def test_what_a_truth_says_of_sizes_is_what_a_brute_force_slide_finds():
    for name in ("2.1", "2.2"):
        for case in EXERCISES[name].task.cases():
            i, k, s, p = (*case, 1, 0)[:4]
            assert EXERCISES[name].task.truth(*case) == len(windows(i, k, s, p, p, 1)), case


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_truth_itself_is_right(name):
    task = EXERCISES[name].task
    assert check(name, task.truth).status == "right"
    grade(name, task.truth)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_grading_tries_cases_that_a_check_does_not(name):
    task = EXERCISES[name].task
    seen = {repr(case) for case in task.cases()}
    unseen = [case for case in task.more() if repr(case) not in seen]
    assert len(unseen) >= 3


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_that_is_right_only_where_a_check_looks_has_no_marks(name):
    task = EXERCISES[name].task
    seen = {repr(case) for case in task.cases()}

    def answer(*case):
        return task.truth(*case) if repr(case) in seen else 0

    assert check(name, answer).status == "right"
    with pytest.raises(AssertionError, match="Wrong"):
        grade(name, answer)


@pytest.mark.parametrize("name", [name for name in DRAWN if EXERCISES[name].kind == "prediction"])
def test_no_message_has_the_right_answer_in_it(name):
    task = EXERCISES[name].task
    told = 0
    for number in range(30):
        student(f"student {number}")
        for question in task.drawn(name):
            asked = task.ask.format(**question)
            rights = [n for n in range(1, 200) if task.complaint(question, n) is None]
            for right in rights:
                if not re.search(rf"\b{right}\b", asked):
                    told += 1
                    assert not re.search(rf"\b{right}\b", task.complaint(question, right + 1000))
    assert told or name == "1.4"  # whose answers are shapes


@pytest.mark.parametrize(("name", "n"), MISTAKES)
def test_a_usual_mistake_is_wrong_and_its_message_recognises_it(name, n):
    task = EXERCISES[name].task
    mistake = task.mistakes[n]
    if isinstance(task, Function):
        verdict = check(name, mistake.gives)
        assert verdict.status == "wrong"
        said = [verdict.message]
    else:
        said = []
        for number in range(40):
            student(f"student {number}")
            for question in task.drawn(name):
                given = mistake.gives(**question)
                if given is not None:
                    said.append(task.recognised(question, given))
        said = [words for words in said if words is not None]  # where it is one of one or two
    assert said
    messages = [m.message for m in task.mistakes]
    assert all(any(message in words for message in messages) for words in said), said[0]
    assert any(mistake.message in words for words in said), said[0]


@pytest.mark.parametrize("name", DRAWN)
def test_on_no_draw_is_a_usual_mistake_right(name):
    task = EXERCISES[name].task
    for number in range(200):
        student(f"student {number}")
        for question in task.drawn(name):
            for mistake in task.mistakes:
                given = mistake.gives(**question)
                assert task.complaint(question, given) is not None, (question, mistake.message)


@pytest.mark.parametrize("name", DRAWN)
def test_some_draws_are_drawn_again(name):
    """Otherwise the test above could not fail."""
    task = EXERCISES[name].task
    draws = (task.draw(who.seeded(f"{name} {n}")) for n in range(3000))
    if task.mistakes and name not in ALWAYS_APART:
        assert any(question is not None and not task.tells_apart(question) for question in draws)


# Here a mistake gives another answer on every draw, by its own nature.
ALWAYS_APART = {"1.4", "1.5", "1.7", "3.4"}


@pytest.mark.parametrize("name", DRAWN)
def test_a_name_has_the_same_numbers_each_time_and_others_have_others(name):
    drawn = EXERCISES[name].task.drawn(name)
    student("  ADA ")
    assert EXERCISES[name].task.drawn(name) == drawn
    others = []
    for n in range(20):
        student(f"student {n}")
        others.append(EXERCISES[name].task.drawn(name))
    assert any(other != drawn for other in others)
    course("2027")
    student("Ada")
    changed = [EXERCISES[name].task.drawn(name)]
    course("2028")
    changed.append(EXERCISES[name].task.drawn(name))
    course("2029")
    changed.append(EXERCISES[name].task.drawn(name))
    assert any(other != drawn for other in changed)


@pytest.mark.parametrize(
    ("name", "sort"),
    [
        ("2.4", lambda question: question["find"]),
        ("3.2", lambda question: "stride" in question["text"]),
        ("5.2", lambda question: question["code"].partition("(")[0]),
    ],
)
def test_everybody_is_asked_a_question_of_each_sort(name, sort):
    given = []
    for number in range(40):
        student(f"student {number}")
        given.append({sort(question) for question in EXERCISES[name].task.drawn(name)})
    assert given == [set().union(*given)] * 40
    assert len(given[0]) > 1


def test_numbers_are_drawn_for_somebody_only(capsys):
    student("write your name here")
    assert check("2.3", [1, 2, 3]).status == "not attempted"
    assert questions("2.3") == ()
    assert "your name" in capsys.readouterr().out


@pytest.mark.parametrize("name", [*FUNCTIONS, *DRAWN])
@pytest.mark.parametrize("nothing", [..., None])
def test_dots_are_not_attempted(name, nothing):
    assert check(name, nothing).status == "not attempted"
    with pytest.raises(AssertionError, match="Not attempted"):
        grade(name, nothing)


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


def test_a_slip_of_one_s_own_beside_a_usual_mistake_does_not_hide_it():
    def answer(i, k, s, p):
        return int((i + p - k) / s) + 1  # of one side, and rounded towards zero

    said = check("2.2", answer).message
    assert said.startswith("For i = 3, k = 2, s = 1, p = 1 yours gives 3. Padding stands on both")


def test_an_answer_to_which_many_mistakes_lead_is_accused_of_none():
    task = EXERCISES["2.3"].task
    led = {0: 0, 1: 0, 2: 0, 3: 0}
    for number in range(40):
        student(f"student {number}")
        for question in task.drawn("2.3"):
            for answer in {mistake.gives(**question) for mistake in task.mistakes}:
                ways = sum(mistake.gives(**question) == answer for mistake in task.mistakes)
                said = task.recognised(question, answer)
                assert (said is None) == (ways > 2)
                assert ways != 2 or "One of two things may have happened." in said
                assert ways != 2 or said.count("\n• ") == 2
                led[min(ways, 3)] += 1
    assert all(led[ways] for ways in (1, 2, 3))


def test_a_function_that_fits_several_mistakes_is_accused_of_none():
    def answer(m, n, k1, k2):
        if (m, n, k1, k2) != (2, 2, 1, 2):
            raise ValueError
        return 4

    task = EXERCISES["1.3"].task
    assert sum(mistake.gives(2, 2, 1, 2) == 4 for mistake in task.mistakes) > 1
    assert check("1.3", answer).message.endswith(f"yours gives 4. {task.look}")


def wrong_answers(task, question):
    """What the usual mistakes answer, and one that none explains."""
    given = [mistake.gives(**question) for mistake in task.mistakes]
    return [*(value for value in given if value is not None), 1 if task.like == 1 else None]


@pytest.mark.parametrize("name", [name for name in DRAWN if EXERCISES[name].task.near()])
def test_after_a_wrong_answer_a_smaller_case_is_shown_and_never_the_student_s_own(name):
    task = EXERCISES[name].task
    neighbours = 0
    for number in range(5):
        student(f"student {number}")
        drawn = task.drawn(name)
        right = [rights(task, question)[0] for question in drawn]
        for at, question in enumerate(drawn):
            for answer in wrong_answers(task, question):
                if answer is None or task.complaint(question, answer) is None:
                    continue
                verdict = check(name, [*right[:at], answer, *right[at + 1 :]])
                small = verdict.show.args[0]
                neighbours += 1
                assert small != question
                assert f"A smaller case: {task.ask.format(**small)}" in verdict.message
                if number == 0 and verdict.widget is not None:
                    shown = task.show(question, answer)
                    assert verdict.widget.layer != getattr(shown, "layer", shown)
    assert neighbours > 20
    for small in task.near():  # were it the student's own, another would be shown
        assert task.neighbour(small, []) != small


def rights(task, question):
    """Answers that are right, by trying."""
    if EXERCISES["1.4"].task is task:
        n, h, w, a, b = (question[letter] for letter in "nhwab")
        return [(n, h - a + 1, w - b + 1)]
    return [n for n in range(300) if task.complaint(question, n) is None]


@pytest.mark.parametrize("name", [name for name in DRAWN if not EXERCISES[name].task.near()])
def test_where_the_student_s_own_question_is_shown_it_is_with_the_wrong_answer(name):
    task = EXERCISES[name].task
    assert EXERCISES[name].kind in ("settings", "shape bug")
    [shown] = {check(name, [1] * task.count if task.count > 1 else 1).show}
    assert shown() is None or shown.args[1] == 1


@pytest.mark.parametrize("name", [name for name in DRAWN if EXERCISES[name].task.near()])
def test_a_usual_mistake_is_wrong_in_the_smaller_case_too(name):
    task = EXERCISES[name].task
    for mistake in task.mistakes:
        question = next(
            one
            for number in range(60)
            if student(f"student {number}")
            for one in task.drawn(name)
            if mistake.gives(**one) is not None
        )
        small = task.neighbour(question, [mistake])
        assert small is not None, mistake.message
        assert task.complaint(small, mistake.gives(**small)) is not None


def test_one_recognised_mistake_is_carried_over_to_the_smaller_case():
    told = 0
    for number in range(60):
        student(f"student {number}")
        first, *others = EXERCISES["4.2"].task.drawn("4.2")
        answer = first["s"] * (first["i"] - 1) + first["k"] + first["a"]
        said = check("4.2", [answer, *(0 for _ in others)]).message
        if "takes cells away" in said and "One of two" not in said:
            told += 1
            k, s, p, a, i = map(int, numbers(said))
            assert f"Reasoned in the same way: {s * (i - 1) + k + a}. Is that so?" in said
            assert s * (i - 1) + k + a != s * (i - 1) + k + a - 2 * p
    assert told > 20


def numbers(said):
    """The settings of the smaller case of 4.2."""
    pattern = r"kernel_size=(\d+), stride=(\d+), padding=(\d+), output_padding=(\d+)\) on (\d+)"
    return re.search(pattern, said).groups()


def slipped_sizes(i, k, s=1, p=0, d=1, **_):
    """The size of a convolution with each one or two slips; written here once more."""
    window = d * (k - 1) + 1
    windows_ = {"window": [window, k if d > 1 else k - 1, d * k if d > 1 else k - 1, 0]}
    choices = {
        "zeros": [2 * p, p, 0],
        **windows_,
        "places": [1, 0],
        "round": [math.floor, math.ceil],
    }
    for one, other in product(*[[(n, v) for n in choices for v in choices[n][1:]]] * 2):
        taken = {name: values[0] for name, values in choices.items()} | dict([one, other])
        travel = i + taken["zeros"] - taken["window"]
        key = tuple((n, choices[n].index(v, 1)) for n, v in (one, other))
        yield key, taken["round"](travel / s) + taken["places"]


def slipped_stamps(i, k, s, p, a, **_):
    choices = {"crop": [2 * p, p, 0, -2 * p], "extra": [a, 0, 2 * a], "steps": [i - 1, i]}
    choices["last"] = [k, 0]
    for one, other in product(*[[(n, j) for n in choices for j in range(1, len(choices[n]))]] * 2):
        taken = {name: values[0] for name, values in choices.items()}
        taken |= {name: choices[name][at] for name, at in (one, other)}
        yield (one, other), s * taken["steps"] + taken["last"] - taken["crop"] + taken["extra"]


@pytest.mark.parametrize(
    ("name", "slipped"), [("2.3", slipped_sizes), ("3.2", slipped_sizes), ("4.2", slipped_stamps)]
)
def test_two_slips_at_once_never_give_all_the_right_answers(name, slipped):
    task = EXERCISES[name].task
    for number in range(150):
        student(f"student {number}")
        left = None
        for question in task.drawn(name):
            at = question | {"s": question["s"] or question["k"]}
            right = {key for key, value in slipped(**at) if not task.complaint(question, value)}
            left = right if left is None else left & right
        unharmful = {key for key in left if name == "3.2" and all(n == "zeros" for n, _ in key)}
        assert left == unharmful, (number, left)


def test_in_4_2_padding_and_output_padding_cannot_both_be_forgotten():
    for number in range(300):
        student(f"student {number}")
        for question in EXERCISES["4.2"].task.drawn("4.2"):
            assert question["a"] != 2 * question["p"]


@pytest.mark.parametrize("name", [name for name in DRAWN if EXERCISES[name].task.count > 1])
def test_no_one_answer_is_right_for_all_of_a_student_s_questions(name):
    task = EXERCISES[name].task
    for number in range(60):
        student(f"student {number}")
        found = [set(rights(task, question)) for question in task.drawn(name)]
        assert all(found)
        assert not set.intersection(*found)


def test_in_4_6_nought_can_be_right_and_who_leaves_the_kernel_out_is_wrong():
    noughts = 0
    for number in range(100):
        student(f"student {number}")
        for at in EXERCISES["4.6"].task.drawn("4.6"):
            left = (at["i"] + 2 * at["p"] - at["k"]) % at["s"]
            noughts += left == 0
            assert (at["i"] + 2 * at["p"]) % at["s"] != left
    assert 20 < noughts < 100


def test_4_6_says_of_a_wrong_way_back_only_that_its_size_is_another():
    for number in range(60):
        student(f"student {number}")
        first = EXERCISES["4.6"].task.drawn("4.6")[0]
        left = (first["i"] + 2 * first["p"] - first["k"]) % first["s"]
        for wrong in {*range(first["s"])} - {left}:
            said = check("4.6", [wrong, 0]).message.partition("\n\nA smaller case")[0]
            if "way back ends" in said:
                other = f"with {wrong} the way back ends at another size than {first['i']}."
                assert said == f"Question 1: {other}"
            else:
                assert not re.search(rf"\b{first['i'] + wrong - left}\b", said)


def test_the_error_of_4_7_is_what_the_sizes_of_the_network_give():
    for number in range(80):
        student(f"student {number}")
        [at] = EXERCISES["4.7"].task.drawn("4.7")
        down = [at["i"] // 2**level for level in range(at["n"] + 1)]
        odd = [level for level in range(1, at["n"] + 1) if down[level - 1] % 2]
        assert at["level"] == max(odd)  # the lowest is joined first
        assert (at["up"], at["kept"]) == (down[max(odd)] * 2, down[max(odd) - 1])
        asked = EXERCISES["4.7"].task.ask.format(**at)
        assert f"Expected size {at['up']} but got size {at['kept']} for tensor number 1" in asked
        assert f"before pool {at['level']} is joined" in asked
        said = check("4.7", 513).message
        assert re.search(r"^You say 513\. Then it fails at pool 1, counted from the first", said)


def test_a_stamp_is_what_the_layer_of_the_library_gives():
    task = EXERCISES["4.5"].task
    cases = [*task.cases(), *task.more()]
    for x, kernel, s, p, a in cases:
        layer = convwidget.ConvTranspose(
            x.shape, kernel.shape, stride=s, padding=p, output_padding=a
        )
        assert list(task.truth(x, kernel, s, p, a)) == list(layer.apply(x, kernel))
    assert any(a > p for _, _, _, p, a in cases)
    assert any(0 < a <= p for _, _, _, p, a in cases)


def test_the_size_of_stamps_is_tried_with_more_padding_than_a_kernel_has_room_for():
    assert any(p > k - 1 for _, k, _, p in EXERCISES["4.1"].task.cases())
    assert check("4.1", lambda i, k, s, p: s * (i - 1) + k - 2 * min(p, k - 1)).status == "wrong"


@pytest.mark.parametrize("n", range(len(EXERCISES["4.1"].task.mistakes)))
def test_the_stamps_that_4_1_draws_are_of_another_case_and_as_many_as_it_says(n):
    mistake = EXERCISES["4.1"].task.mistakes[n]
    verdict = check("4.1", mistake.gives)
    own = tuple(map(int, re.findall(r"= (\d+)", verdict.message)[:4]))
    words, _, drawing = verdict.message.partition("Is that so?\n\n")
    *rows, crops = [line[4:].split(" ") for line in drawing.splitlines()]
    i, k, s, p = map(int, re.findall(r"\b[iksp] = (\d+)", words)[-4:])
    assert (i, k, s, p) != own
    assert [row.index("■") for row in rows] == [s * n for n in range(i)]
    assert {row.count("■") for row in rows} == {k}
    assert crops.count("×") == 2 * p
    size = len(rows[-1]) - crops.count("×")
    assert f"its size is {mistake.gives(i, k, s, p)}." in words
    assert mistake.gives(i, k, s, p) != size
    assert not re.search(rf"\b{size}\b", words.partition("These are")[2])


def test_the_stamps_that_4_1_draws_are_not_those_of_a_case_that_is_the_same():
    said = EXERCISES["4.1"].task.drawn(None, (3, 3, 2, 1))
    assert "another case, i = 2, k = 4, s = 3, one on each row" in said


def inputs_shown():
    for name, exercise in EXERCISES.items():
        if isinstance(exercise.task, Function):
            wrong = [exercise.task.mistakes[0].gives]
        elif exercise.task is None:
            continue
        else:
            wrong = [[1] * exercise.task.count if exercise.task.count > 1 else 1]
            wrong += [np.eye(3)] * (name == "1.5")
        for answer in wrong:
            widget = check(name, answer).widget
            if widget is not None:
                yield name, widget.input


def test_no_shown_input_has_a_nought_for_that_looks_like_padding():
    shown = dict(inputs_shown())
    assert len(shown) > 20
    assert not [name for name, numbers in shown.items() if (numbers == 0).any()]


@pytest.mark.parametrize(
    ("name", "answer", "said"),
    [
        ("1.5", 3, "You give an int, where an array of numbers is asked for."),
        ("1.5", [[1, 2], [3, 4]], "You give no array of 3 rows of 3."),
        ("2.4", [-1] * 3, " you say −1. It can be as small as [01], and no smaller."),
        ("2.7", -1, "You say −1. No zeros can be fewer than none."),
        ("2.7", "2", "You say a str, where an integer is asked for."),
        ("2.4", [10**12] * 3, " you say 1000000000000. No answer here needs more than 1000."),
        ("2.7", 10**12, "You say 1000000000000. No answer here needs more than 1000."),
        ("3.4", [0, 0], " you say 0. It can be as small as 1, and no smaller."),
        ("3.4", [99, 99], " you say 99. A window of that size does not fit."),
        ("4.6", [-1, -1], " you say −1. It can be as small as 0, and no smaller."),
        ("4.6", [9, 9], " you say 9. It must be smaller than the stride."),
        ("4.7", 10**12, "You say 1000000000000. No answer here needs more than 1000."),
        ("4.7", 1, "You say 1. Pictures are padded here, and not cut."),
        ("4.7", 512, "You say 512. That works, but so does a smaller size."),
        (
            "4.7",
            513,
            "You say 513. Then it fails at pool 1, counted from the first: what does it get, and",
        ),
        ("5.7", 10**12, "You say 1000000000000. No answer here needs more than 1000."),
        ("5.7", -1, "You say −1. No zeros can be fewer than none."),
        ("5.7", 2.0, "You say 2.0, a float, where an integer is asked for. If you divide, use //"),
        ("2.3", 7, "A list of 3 answers is asked for, one for each question, and this is an int."),
        (
            "2.3",
            [7, 7],
            "A list of 3 answers is asked for, one for each question, and this is a list of 2.",
        ),
    ],
)
def test_an_answer_that_cannot_be_is_told_why(name, answer, said):
    verdict = check(name, answer)
    assert verdict.status == "wrong"
    pattern = re.escape(said).replace(re.escape("[01]"), "[01]")
    assert re.search(("^" if said[0] != " " else "") + pattern, verdict.message), verdict.message
    assert not isinstance(verdict.widget, Exception)


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


def test_settings_ask_for_each_letter_and_a_kernel_longer_than_the_padded_line_is_told_so():
    firsts = {}
    for number in range(40):
        student(f"student {number}")
        firsts.setdefault(EXERCISES["2.4"].task.drawn("2.4")[0]["find"], number)
    assert set(firsts) == set("ksp")
    student(f"student {firsts['k']}")
    assert check("2.4", [400] * 3).message.endswith(
        "with k = 400 not even the first window fits on the padded line."
    )
    student(f"student {firsts['s']}")
    assert check("2.4", [0] * 3).message.endswith(
        "you say 0. It can be as small as 1, and no smaller."
    )


@pytest.mark.parametrize("name", ["2.1", "2.2", "3.1", "3.5", "5.1"])
def test_the_widget_of_a_size_formula_is_asked_for_the_size_and_holds_the_wrong_one(name):
    task = EXERCISES[name].task
    for mistake in task.mistakes:
        verdict = check(name, mistake.gives)
        value = mistake.gives(*verdict.show.args[0])
        given = [[value]] if isinstance(value, int) and value >= 0 else []
        assert verdict.widget.predict
        assert [entry["answer"] for entry in verdict.widget.answers] == given, verdict


@pytest.mark.parametrize("name", ["2.3", "3.2", "3.7"])
def test_a_smaller_case_in_windows_is_a_prediction_that_holds_the_same_mistake(name):
    task = EXERCISES[name].task
    held = 0
    for number in range(15):
        student(f"student {number}")
        first, *others = task.drawn(name)
        for mistake in task.mistakes:
            given = mistake.gives(**first)
            if given is not None:
                verdict = check(name, [given, *others])
                widget, small = verdict.widget, verdict.show.args[0]
                assert widget.predict
                answers = [entry["answer"] for entry in widget.answers]
                value = mistake.gives(**small)
                alone = len(task._made(first, given)) == 1
                assert answers == ([[value]] if alone and type(value) is int else [])
                held += bool(answers)
    assert held


def test_a_smaller_case_in_stamps_is_no_prediction():
    widget = check("4.2", [1, 1, 1]).widget
    assert (widget.view, widget.predict, widget.layer.output_padding) == ("stamp", False, (1,))


@pytest.mark.parametrize("name", ["2.3", "3.2", "4.2", "1.4", "2.7", "1.5"])
@pytest.mark.parametrize("given", ["1", 2.5, float("nan"), {}, [[1], [2, 3]]])
def test_an_answer_of_a_wrong_type_brings_no_widget(name, given):
    task = EXERCISES[name].task
    verdict = check(name, [given] * task.count if task.count > 1 else given)
    assert verdict.status == "wrong"
    assert verdict.widget is None
    assert "A smaller case" not in verdict.message


@pytest.mark.parametrize("answer", [lambda i, k, s, p: "4", lambda i, k, s: 1])
def test_a_function_of_a_wrong_type_brings_no_widget(answer):
    assert check("2.2", answer).widget is None


def test_an_array_of_predictions_is_taken_as_a_list():
    task = EXERCISES["4.2"].task
    right = [rights(task, question)[0] for question in task.drawn("4.2")]
    assert check("4.2", np.array(right)).status == "right"
    grade("4.2", np.array(right))
    assert check("4.2", np.array(right) + 1).message.startswith(
        f"Question 1: you say {right[0] + 1}."
    )
    shapes = [rights(EXERCISES["1.4"].task, at)[0] for at in EXERCISES["1.4"].task.drawn("1.4")]
    assert check("1.4", np.array(shapes)).status == "right"


def test_a_wrong_verdict_does_not_repeat_the_question_of_the_student():
    for name in ("2.3", "3.2", "3.7", "4.2", "4.6", "5.2", "5.4"):
        task = EXERCISES[name].task
        verdict = check(name, [1] * task.count)
        for question in task.drawn(name):
            assert task.ask.format(**question) not in verdict.message


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


@pytest.mark.parametrize("name", DRAWN)
def test_no_line_of_a_question_or_a_verdict_is_too_long(name, capsys):
    task = EXERCISES[name].task
    questions(name)
    check(name, [1] * task.count if task.count > 1 else 1)._ipython_display_()
    lines = capsys.readouterr().out.partition("ConvWidget(")[0].splitlines()
    assert lines
    assert max(map(len, lines)) <= 100


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: hint(4.2), 'hint("4.2")'),
        (lambda: questions(4.2), 'questions("4.2")'),
        (lambda: check(4.2, 1), 'check("4.2", …)'),
        (lambda: grade(4.2, 1), 'grade("4.2", …)'),
    ],
)
def test_a_number_in_place_of_a_name_is_told_to_be_put_in_quotes(ask, said):
    with pytest.raises(TypeError, match=re.escape(f"write the exercise in quotes: {said}")):
        ask()


def test_a_student_is_greeted_by_the_name_as_it_is_written_and_the_placeholder_is_refused():
    said = student("  Mira   OLSEN ")
    assert said == "Hello Mira OLSEN: your numbers are drawn. Another spelling draws others."
    assert repr(said) == said  # a notebook shows it without quotation marks
    assert student("write your name here").startswith("A name is needed here: write your own")
    assert student(" ").startswith("A name is needed here")


@pytest.mark.parametrize("name", list(EXERCISES))
def test_three_hints_or_more_come_one_at_a_time_and_end(name):
    there = len(EXERCISES[name].hints)
    assert there >= 3
    given = [hint(name) for _ in range(there + 1)]
    assert len(set(given)) == there + 1
    assert [words.split(":")[0] for words in given[:-1]] == [
        f"Hint {number} of {there}" for number in range(1, there + 1)
    ]
    assert re.fullmatch(
        rf"There are no more hints than {there}\. Read “[^#]+” in 0\d-[a-z-]+\.ipynb again\.",
        given[-1],
    )
    assert repr(given[0]) == given[0]  # a notebook shows it without quotation marks


@pytest.mark.parametrize("name", DRAWN)
def test_no_hint_has_the_right_answer_to_a_drawn_question_in_it(name):
    task = EXERCISES[name].task
    said = {int(number) for words in EXERCISES[name].hints for number in re.findall(r"\d+", words)}
    for number in range(60):
        student(f"student {number}")
        for question in task.drawn(name):
            for answer in said:
                assert task.complaint(question, answer) is not None, (question, answer)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_no_hint_has_a_line_of_the_solution_in_it(name):
    solution = reference_lines(name)
    assert solution
    for words in map(packed, EXERCISES[name].hints):
        assert not [line for line in solution if line in words]


def packed(text: str) -> str:
    """Text without spaces, its signs as in Python."""
    return re.sub(r"\s", "", text).replace("−", "-").replace("·", "*").replace("×", "*")


def reference_lines(name: str) -> list[str]:
    """What the lines of a solution return or assign, but for what is a mere name."""
    source = "".join(sources()[f"answer-{name.replace('.', '-')}"]["source"])
    solution = source.partition("### BEGIN SOLUTION")[2].partition("### END SOLUTION")[0]
    lines = re.findall(r"(?:return | = | \+= )(.+)", solution)
    return [packed(line) for line in lines if re.search(r"\W", packed(line))]


def test_what_a_hint_tells_to_open_opens():
    opened = 0
    for exercise in EXERCISES.values():
        for words in exercise.hints:
            for code in re.findall(r"`(ConvWidget.+?)`", words):
                setup = "".join(sources()["setup"]["source"])
                assert "ConvWidget" in setup.splitlines()[0]
                assert isinstance(eval(code, vars(convwidget)), convwidget.ConvWidget)
                opened += 1
    assert opened > 12


def test_every_answer_is_told_which_exercise_there_is():
    with pytest.raises(ValueError, match=r"there is no exercise '9\.9'; there are 1\.1"):
        check("9.9", 1)
    with pytest.raises(ValueError, match="your teacher reads it"):
        check("2.8", "because")
    with pytest.raises(ValueError, match="the same numbers for everybody"):
        questions("2.1")
    with pytest.raises(TypeError, match="a name is a string"):
        student(5)


@pytest.mark.parametrize("number", sorted({name[0] for name in EXERCISES}))
def test_a_set_has_eight_exercises_and_four_of_them_are_core(number):
    of = [exercise for name, exercise in EXERCISES.items() if name.startswith(number)]
    assert [exercise.name for exercise in of] == [f"{number}.{n}" for n in range(1, 9)]
    assert sum(exercise.core for exercise in of) == 4
    assert sum(exercise.minutes for exercise in of if exercise.core) <= 32


@pytest.mark.parametrize("name", list(EXERCISES))
def test_the_notebook_gives_the_points_that_the_exercise_says_and_its_section_exists(name):
    exercise, there = EXERCISES[name], sources()
    cell = "answer" if exercise.task is None else "test"
    graded = there[f"{cell}-{name.replace('.', '-')}"]["metadata"]["nbgrader"]
    assert graded["points"] == exercise.points
    assert graded["grade"]
    book, _, anchor = exercise.section.partition("#")
    series = json.loads((HOMEWORK.parent / book).read_text("utf-8"))
    headings = {
        line.lstrip("# ").replace(" ", "-")
        for cell in series["cells"]
        if cell["cell_type"] == "markdown"
        for line in "".join(cell["source"]).splitlines()
        if line.startswith("#")
    }
    assert anchor in headings


FUNCTION_ARRAYS = [
    name
    for name in FUNCTIONS
    if any(isinstance(value, np.ndarray) for value in next(iter(EXERCISES[name].task.cases())))
]


@pytest.mark.parametrize("name", FUNCTION_ARRAYS)
def test_the_arrays_that_a_function_is_tried_on_hold_integers_and_floats_are_taken(name):
    task = EXERCISES[name].task
    for case in [*task.cases(), *task.more()]:
        for value in case:
            assert not isinstance(value, np.ndarray) or value.dtype.kind == "i"
    grade(name, lambda *case: task.truth(*case).astype(float))
