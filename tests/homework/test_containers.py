"""What grading in containers says and keeps where one fails; docker is a stub."""

import subprocess
import sys

import pytest
from stubs import BASH, SERVING, course, grade_in_containers


@pytest.fixture
def folder(tmp_path):
    return course(tmp_path / "course", amy=2, bob=4)


def test_each_container_sees_one_submission_and_has_no_network(folder):
    code, said, rows, called = grade_in_containers(folder)
    assert code == 0, said
    assert {student: row["total"] for student, row in rows.items()} == {"amy": "4.0", "bob": "4.0"}
    assert {row["name"] for row in rows.values()} == {"ada"}  # from the notebook, by the host
    calls = called.splitlines()
    for student in ("amy", "bob"):
        [call] = [one for one in calls if f"submitted/{student}/set-2" in one]
        assert call.count("--mount type=bind,") == 4
        assert call.count(",readonly") == 3
        assert f'source={folder}/parts/set-2/{student}","target=/parts" ' in call
        for word in ("--network none", "--read-only", "--cap-drop ALL", "set-2 --parts 1"):
            assert word in call


def test_marks_stand_under_their_exercises_where_a_container_s_table_has_fewer(folder):
    _, _, rows, _ = grade_in_containers(folder)
    titles = ["student", "name", "2.1", "2.2", "total", "to read", "remark"]
    assert rows["amy"] == dict(zip(titles, ["amy", "ada", "", "4.0", "4.0", "", ""], strict=True))


def test_a_container_that_ends_badly_has_a_remark_and_no_old_marks(folder):
    grade_in_containers(folder)
    code, said, rows, _ = grade_in_containers(folder, dies="amy")
    assert (code, rows["bob"]["total"]) == (1, "4.0")
    assert rows["amy"]["remark"] == "not graded: the container ended with 137"
    assert rows["amy"]["total"] == ""
    assert "amy: not graded: the container ended with 137" in said


def test_who_handed_in_no_more_is_not_in_the_table(folder):
    grade_in_containers(folder)
    (folder / "submitted/amy").rename(folder / "amy")
    code, _, rows, _ = grade_in_containers(folder)
    assert (code, set(rows)) == (0, {"bob"})


def test_a_link_is_not_mounted_and_a_student_s_link_is_not_written_through(folder):
    (folder / "submitted/eve").symlink_to("bob")
    (folder / "submitted/mia").mkdir()
    (folder / "submitted/mia/set-2").symlink_to("../bob/set-2")
    (folder / "kept").write_text("kept", "utf-8")
    own = folder / "parts/set-2/bob"
    own.mkdir(parents=True)
    for name in ("ended", "marks.csv"):
        (own / name).symlink_to("../../../kept")
    code, _, rows, called = grade_in_containers(folder)
    assert (code, rows["bob"]["total"]) == (1, "4.0")
    assert rows["eve"]["remark"] == "not graded: submitted/eve is a link"
    assert rows["mia"]["remark"] == "not graded: submitted/mia/set-2 is a link"
    assert "eve" not in called
    assert "mia" not in called
    assert (folder / "kept").read_text("utf-8") == "kept"


def test_a_table_that_a_student_s_code_has_damaged_counts_as_none(tmp_path):
    damaged = {
        "amy": "nothing\n1\n",
        "bob": 'student\n"bob\n',
        "cora": "",
        "dan": "student,total\neve,9\n",
        "fay": "student\n" + "9" * 200_000,
    }
    folder = course(tmp_path / "course", **dict.fromkeys([*damaged, "gus", "hal", "ida"], 4))
    grade_in_containers(folder)
    for student, table in damaged.items():
        (folder / f"parts/set-2/{student}/marks.csv").write_text(table, "utf-8")
    (folder / "parts/set-2/gus/marks.csv").write_text("student,total,more\ngus,3,2,1\n", "utf-8")
    (folder / "parts/set-2/hal/ended").write_text("137", "utf-8")
    (folder / "parts/set-2/ida/marks.csv").rename(folder / "table")
    (folder / "parts/set-2/ida/marks.csv").symlink_to(folder / "table")
    merge = [sys.executable, SERVING / "grade_in_parts.py", folder, "set-2", "--merge"]
    ran = subprocess.run(merge, capture_output=True, text=True, check=False)
    told = {line.partition(":")[0] for line in ran.stderr.splitlines() if "not graded" in line}
    assert (ran.returncode, told) == (1, {*damaged, "hal", "ida"}), ran.stderr


def test_commas_and_quotation_marks_in_a_name_stay_inside_their_mount(tmp_path):
    folder = course(tmp_path / "course", **{'Lovelace, "Ada" x:y': 4})
    *_, called = grade_in_containers(folder)
    where = '/submitted/Lovelace, ""Ada"" x:y/set-2"'
    assert f'type=bind,"source={folder}{where},"target=/course{where},readonly' in called


def test_a_course_without_submissions_is_told_and_docker_is_not_called(tmp_path):
    folder = course(tmp_path / "course")
    code, said, rows, called = grade_in_containers(folder)
    assert (code, rows, called) == (1, {}, "")
    assert f"there are no submissions: put them at {folder}/submitted/STUDENT/set-2/" in said


@pytest.mark.parametrize("words", [[], ["course"], ["course", "set-2", "4", "more"]])
def test_another_number_of_arguments_is_told(words):
    command = [BASH, SERVING / "grade_in_containers.sh", *words]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    usage = "usage: grade_in_containers.sh COURSE ASSIGNMENT [HOW_MANY_AT_ONCE]\n"
    assert (ran.returncode, ran.stderr) == (2, usage)
