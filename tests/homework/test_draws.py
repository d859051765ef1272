"""The numbers that a student's name draws: each their own, and none on which a mistake is right."""

import math
from itertools import product

import pytest
from exercises import DRAWN, rights

from convwidget.homework import EXERCISES, check, course, questions, student
from convwidget.homework import students as who


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
