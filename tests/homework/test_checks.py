"""What the checks say to right and wrong answers, and that usual mistakes are told apart."""

import contextlib
import json
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
    assert len(verdict.message) < 330
    assert (verdict.widget is None) == (name == "5.3")


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
                assert ways != 2 or "Two mistakes lead there." in said
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


@pytest.mark.parametrize("name", DRAWN)
def test_a_question_s_widget_does_not_give_the_answer_away(name):
    task = EXERCISES[name].task
    [verdict] = {check(name, [0] * task.count if task.count > 1 else 0)}
    if verdict.widget is not None and EXERCISES[name].kind == "prediction":
        assert verdict.widget.predict


@pytest.mark.parametrize(
    ("name", "answer", "said"),
    [
        ("1.5", 3, " You give an int, where an array of numbers is asked for."),
        ("1.5", [[1, 2], [3, 4]], " You give no array of 3 rows of 3."),
        ("2.4", [-1] * 3, " You say −1. It can be as small as [01], and no smaller."),
        ("2.7", -1, "You say −1. No zeros can be fewer than none."),
        ("2.7", "2", "You say a str, where an integer is asked for."),
        ("2.4", [10**12] * 3, " You say 1000000000000. It need not be as large as that."),
        ("2.7", 10**12, "You say 1000000000000. It need not be as large as that."),
        ("3.4", [0, 0], " You say 0. It can be as small as 1, and no smaller."),
        ("3.4", [99, 99], " You say 99. A window of that size does not fit."),
        ("4.6", [-1, -1], " You say −1. It can be as small as 0, and no smaller."),
        ("4.6", [9, 9], " You say 9. It must be smaller than the stride."),
        ("4.7", 10**12, "You say 1000000000000. It need not be as large as that."),
        ("4.7", 1, "You say 1. Pictures are padded here, and not cut."),
        ("4.7", 512, "You say 512. That works, but so does a smaller size."),
        ("4.7", 513, "You say 513. Follow it down and up again"),
        ("5.7", 10**12, "You say 1000000000000. It need not be as large as that."),
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


def test_settings_ask_for_each_letter_and_a_kernel_longer_than_the_padded_line_is_told_so():
    firsts = {}
    for number in range(40):
        student(f"student {number}")
        firsts.setdefault(EXERCISES["2.4"].task.drawn("2.4")[0]["find"], number)
    assert set(firsts) == set("ksp")
    student(f"student {firsts['k']}")
    assert check("2.4", [400] * 3).message.endswith(
        "With k = 400 not even the first window fits on the padded line."
    )
    student(f"student {firsts['s']}")
    assert check("2.4", [0] * 3).message.endswith(
        "You say 0. It can be as small as 1, and no smaller."
    )


@pytest.mark.parametrize("name", ["2.1", "2.2", "3.1", "3.5", "4.1", "5.1"])
def test_the_widget_of_a_size_formula_is_asked_for_the_size_and_holds_the_wrong_one(name):
    task = EXERCISES[name].task
    for mistake in task.mistakes:
        verdict = check(name, mistake.gives)
        value = mistake.gives(*verdict.show.args[0])
        given = [[value]] if isinstance(value, int) and value >= 0 else []
        assert verdict.widget.predict
        assert [entry["answer"] for entry in verdict.widget.answers] == given, verdict


@pytest.mark.parametrize("name", ["2.3", "3.2", "3.7", "4.2", "5.2"])
@pytest.mark.parametrize(("said", "given"), [(1, [[1]]), (-1, []), ("1", []), (10**20, [])])
def test_the_widget_of_a_predicted_size_holds_what_was_said_where_it_is_a_size(name, said, given):
    widget = check(name, [said] * EXERCISES[name].task.count).widget
    assert widget.predict
    assert [entry["answer"] for entry in widget.answers] == given


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
