"""What grading in parts says and keeps where something fails; nbgrader is a stub."""

import importlib
import os
import shutil

import pytest
from stubs import NAME, SERVING, course, grade, hand_in, notebook

from convwidget.homework import students

NAMED = "There was an error processing assignment 'set-2' for student 'bob'"
ENDED = {"bob": [1, NAMED]}
KILLED = {"bob": [-9, NAMED]}
CRASHED = {"bob": [1, "a traceback"]}


@pytest.fixture
def graded(tmp_path):
    """A course whose one part was graded."""
    folder = course(tmp_path / "course", amy=2, bob=4)
    code, said, rows = grade(folder, "--parts=1")
    assert code == 0, said
    assert (rows["amy"]["total"], rows["bob"]["total"]) == ("2", "4")
    return folder


@pytest.mark.parametrize(("fails", "number"), [(KILLED, -9), (CRASHED, 1)])
def test_where_nbgrader_does_not_run_to_its_end_no_old_mark_is_taken_for_new(graded, fails, number):
    hand_in(graded, bob=0)
    code, said, rows = grade(graded, "--parts=1", fails=fails)
    assert code == 1
    for student in ("amy", "bob"):
        remark = f"not graded: nbgrader ended with {number}: read 0-of-1/autograde.log"
        assert (rows[student]["total"], rows[student]["remark"]) == ("", remark)
        assert f"{student}: {remark}" in said


def test_a_student_that_nbgrader_cannot_grade_has_a_remark_and_no_old_marks(graded):
    hand_in(graded, bob=0)
    code, _, rows = grade(graded, "--parts=1", fails=ENDED)
    assert (code, rows["amy"]["total"]) == (1, "2")
    remark = "could not be graded: read 0-of-1/autograde.log"
    assert (rows["bob"]["total"], rows["bob"]["remark"]) == ("", remark)


def test_a_student_whom_nbgrader_passed_over_is_told(graded):
    hand_in(graded, bob=0)
    _, _, rows = grade(graded, "--parts=1", fails={"bob": [0, ""]})
    assert "not graded: nbgrader did not come to bob" in rows["bob"]["remark"]


def test_a_part_that_was_broken_off_is_begun_anew_and_one_that_was_not_is_done(graded):
    assert "part 0-of-1 is done already" in grade(graded, "--parts=1")[1]
    hand_in(graded, bob=3)
    assert grade(graded, "--parts=1", "--part=0", fails=KILLED)[0] == 1
    code, said, rows = grade(graded, "--parts=1")
    assert (code, "done already" in said) == (0, False)
    assert rows["bob"]["total"] == "3"


def test_a_part_whose_gradebook_is_gone_is_begun_anew(graded):
    (graded / "parts/set-2/0-of-1/gradebook.db").unlink()
    code, said, _ = grade(graded, "--parts=1")
    assert (code, "done already" in said) == (0, False)


def test_a_gradebook_is_there_whole_or_not_at_all(tmp_path):
    folder = course(tmp_path / "course", amy=2)
    part = folder / "parts/set-2/0-of-1"
    part.mkdir(parents=True)
    (part / "fails").touch()  # while marks of before are taken out of it
    (part / "gradebook.db.new-journal").touch()
    code, _, rows = grade(folder, "--parts=1")
    assert (code, rows["amy"]["remark"]) == (1, "not graded: the disk is full")
    assert not (part / "gradebook.db").exists()
    (part / "fails").unlink()
    assert grade(folder, "--parts=1")[0] == 0
    assert not list(part.glob("gradebook.db.new*"))


class Broken:
    def __str__(self):
        raise ZeroDivisionError


def test_a_table_is_there_whole_or_not_at_all(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(SERVING)
    write_marks = importlib.import_module("marks_table").write_marks
    write_marks(tmp_path / "marks.csv", [], [{"student": "amy"}])
    with pytest.raises(ZeroDivisionError):
        write_marks(tmp_path / "marks.csv", [], [{"student": "bob", "total": Broken()}])
    assert "amy" in (tmp_path / "marks.csv").read_text("utf-8")


def test_one_part_that_fails_costs_only_its_own_students_their_marks(tmp_path):
    folder = course(tmp_path / "course", **dict.fromkeys("abcdef", 2), bob=4)
    code, _, rows = grade(folder, "--parts=3", "--processes=1", fails=CRASHED)
    assert (code, set(rows)) == (1, {*"abcdef", "bob"})
    failed = {student for student, row in rows.items() if row["remark"]}
    [beside] = (folder / "parts/set-2").glob("*-of-3/submitted/bob")
    assert failed == {path.name for path in beside.parent.iterdir()}
    assert len(failed) < 7
    assert all(row["total"] == "2" for student, row in rows.items() if student not in failed)


def test_the_table_has_all_exercises_of_the_set_and_no_others(graded):
    table = (graded / "parts/set-2/marks.csv").read_text("utf-8")
    assert table.splitlines()[0] == "student,name,2.1,2.2,total,to read,remark"
    (graded / "submitted/amy/set-2" / NAME).unlink()
    shutil.rmtree(graded / "submitted/bob")
    assert grade(graded, "--parts=1")[0] == 1
    assert (graded / "parts/set-2/marks.csv").read_text("utf-8").startswith(table[:30])
    assert not (graded / "parts/set-2/marks.csv.new").exists()


def test_parts_of_another_number_are_refused_for_they_may_hold_marks_of_a_person(graded):
    code, said, _ = grade(graded, "--parts=2")
    assert code == 1
    assert f"there are parts of 1 in {graded / 'parts/set-2'}: take --parts 1, or delete" in said


def test_the_number_of_parts_is_the_same_on_every_machine(tmp_path):
    folder = course(tmp_path / "course", amy=2)
    assert grade(folder)[0] == 0
    assert [path.name[-5:] for path in (folder / "parts/set-2").glob("*-of-*")] == ["-of-8"]


def test_nbgrader_is_told_to_stop_at_a_mistake_in_its_configuration(graded):
    log = (graded / "parts/set-2/0-of-1/autograde.log").read_text("utf-8")
    assert log.splitlines()[:2] == ["with 1", "with utf-8:backslashreplace"]


def test_bytes_that_are_no_text_stop_nothing(graded):
    odd = os.fsencode(graded / "submitted/amy/set-2") + b"/\xfcbung.txt"
    os.close(os.open(odd, os.O_CREAT))
    code, said, rows = grade(graded, "--parts=1", fails={"bob": [1, "\xff for student 'bob'"]})
    assert (code, rows["amy"]["total"]) == (1, "2"), said
    (graded / "submitted/amy/set-2" / NAME).unlink()
    _, _, rows = grade(graded, "--parts=1")
    remark = f"not graded: submitted/amy/set-2 holds \\udcfcbung.txt, and no {NAME}; rename it"
    assert rows["amy"]["remark"] == remark


LINKS = {
    f"amy/set-2/{NAME}": f"../../bob/set-2/{NAME}",
    "ben/set-2/secret": "/etc/hostname",
    "cora/set-2/nothing": "/nonexistent",
    "dan/set-2/loop": ".",
    "eve/set-2": "../bob/set-2",
    "finn/set-2": "nowhere",
    "gus": "bob",
}


def test_links_are_refused_and_the_others_are_graded(tmp_path):
    folder = course(tmp_path / "course", bob=4, ben=1, cora=1, dan=1)
    for link, to in LINKS.items():
        path = folder / "submitted" / link
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(to)
    code, said, rows = grade(folder, "--parts=1")
    assert (code, rows.pop("bob")["total"]) == (1, "4"), said
    assert {student: row["remark"] for student, row in rows.items()} == {
        link.partition("/")[0]: f"not graded: submitted/{link} is a link" for link in LINKS
    }
    assert [path.name for path in (folder / "parts/set-2").glob("*/submitted/*")] == ["bob"]


def test_what_else_cannot_be_graded_is_told_with_its_place_in_the_course(tmp_path):
    folder = course(tmp_path / "course", bob=4, pia=1, **{"\ta": 1, "\rb": 1})
    submitted = folder / "submitted"
    (submitted / "amy/set-2" / NAME).mkdir(parents=True)
    (submitted / "eve/set-2").mkdir(parents=True)
    (submitted / "fay").mkdir()
    (submitted / "fay/set-2").touch()
    os.mkfifo(submitted / "pia/set-2/pipe")
    code, said, rows = grade(folder, "--parts=1")
    assert (code, rows.pop("bob")["total"]) == (1, "4"), said
    assert {
        student: row["remark"].removeprefix("not graded: ") for student, row in rows.items()
    } == {
        "amy": f"submitted/amy/set-2/{NAME} is a folder, and no notebook",
        "eve": "submitted/eve/set-2 is empty",
        "fay": "submitted/fay/set-2 is no folder",
        "pia": "submitted/pia/set-2/pipe is neither a file nor a folder",
        "'\ta": "the name of submitted/\ta cannot be printed; rename the folder",
        "'\rb": "the name of submitted/\rb cannot be printed; rename the folder",
    }


def test_no_name_is_taken_for_a_formula(tmp_path):
    names = ["=1+2", "+1", "-1+2", "@A1"]
    folder = course(tmp_path / "course", **dict.fromkeys(names, 4))
    (folder / "submitted/+1/set-2" / NAME).write_text(notebook(4, "=1+1"), "utf-8")
    code, _, rows = grade(folder, "--parts=1")
    assert (code, set(rows)) == (0, {f"'{name}" for name in names})
    assert rows["'+1"]["name"] == "'=1+1"


@pytest.mark.parametrize(
    "written",
    [
        'student("Ada")',
        "student('ada ')",
        'student("  Ada  LOVELACE ")',
        'student("""Straße""")',
        'print(student( "O\'Brien" ))',
        'student("Eve")\nstudent("Ada")\n# student("Emmy")',
        f'student("{students.NOBODY}")',
    ],
)
def test_the_name_in_the_table_is_the_one_that_draws_the_numbers(monkeypatch, written):
    monkeypatch.syspath_prepend(SERVING)
    monkeypatch.setitem(students._who, "student", "")
    exec(written, {"student": students.student})
    assert importlib.import_module("submitted").named_in(written) == students._who["student"]


def test_a_gradebook_that_is_none_is_told(tmp_path):
    folder = course(tmp_path / "course", amy=2)
    (folder / "gradebook.db").write_text("no gradebook, but some words in its place", "utf-8")
    code, said, _ = grade(folder)
    assert (code, "gradebook.db cannot be read (file is not a database)" in said) == (1, True)
