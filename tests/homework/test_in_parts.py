"""Grading in parts, of all sets: what is graded again, and what a teacher is told."""

import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest
from course import generate, give, grade_in_parts, hand_in, scores, with_sentence
from submissions import HOMEWORK, read

from convwidget.homework import EXERCISES

# Set 2 is in test_nbgrader.py.
SETS = ["set-1", "set-3", "set-4", "set-5"]


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A course for each of the sets, with the solutions and an empty notebook handed in."""

    def grade(assignment):
        folder = tmp_path_factory.getbasetemp() / f"parts-{assignment}"
        folder.mkdir(parents=True)
        _, source, name = generate(folder, assignment)
        student_version = read(HOMEWORK / name)  # what students open, and not nbgrader's release
        reference = with_sentence(student_version, source, assignment)
        hand_in(folder, assignment, name, {"reference": reference, "empty": student_version})
        code, said, rows = grade_in_parts(folder, assignment, "--parts=1", "--processes=1")
        assert code == 0, said
        return folder, name, rows

    with ThreadPoolExecutor(2) as pool:
        return dict(zip(SETS, pool.map(grade, SETS), strict=True))


def test_the_formgrader_of_a_part_lists_its_set_without_having_its_sources(graded):
    from nbgrader.apps import NbGraderAPI
    from nbgrader.coursedir import CourseDirectory

    part = graded["set-4"][0] / "parts/set-4/0-of-1"
    [listed] = NbGraderAPI(CourseDirectory(root=str(part))).get_assignments()
    assert (listed["name"], listed["num_submissions"]) == ("set-4", 2)
    assert list((part / "source/set-4").iterdir()) == []


@pytest.mark.parametrize("assignment", SETS)
def test_the_solutions_have_full_marks_and_an_empty_notebook_none(graded, assignment):
    number = assignment.removeprefix("set-")
    of = [one for name, one in EXERCISES.items() if name.startswith(f"{number}.")]
    _, _, rows = graded[assignment]
    assert set(rows) == {"reference", "empty"}
    for one in of:
        assert float(rows["reference"][one.name]) == (one.points if one.task else 0)
        assert float(rows["empty"][one.name]) == 0
    assert float(rows["reference"]["total"]) == sum(one.points for one in of if one.task)
    assert (rows["reference"]["to read"], rows["empty"]["to read"]) == (f"{number}.8", "")


def test_marks_that_a_person_gave_are_in_the_table_and_nothing_is_graded_again(graded):
    folder, _, before = graded["set-1"]
    give(folder / "parts/set-1/0-of-1", "set-1", "reference", "1-8", 3)
    code, said, rows = grade_in_parts(folder, "set-1", "--parts=1")
    assert (code, "part 0-of-1 is done already" in said) == (0, True)
    total = float(before["reference"]["total"]) + 3
    assert (float(rows["reference"]["total"]), rows["reference"]["to read"]) == (total, "")


def test_a_part_is_graded_again_where_a_notebook_has_changed_and_keeps_a_person_s_marks(graded):
    folder, name, before = graded["set-3"]
    part = folder / "parts/set-3/0-of-1"
    give(part, "set-3", "reference", "3-8", 3)
    student = folder / "submitted/{}/set-3"
    shutil.copy(str(student / name).format("reference"), str(student / name).format("empty"))
    code, said, rows = grade_in_parts(folder, "set-3", "--parts=1")
    assert code == 0, said
    assert "done already" not in said
    total = float(before["reference"]["total"])
    assert float(rows["empty"]["total"]) == total
    assert float(rows["reference"]["total"]) == total + 3  # a person's marks are kept


def test_a_part_alone_is_graded_from_a_course_that_cannot_be_written_to(graded, tmp_path):
    folder, _, before = graded["set-4"]
    shutil.copytree(folder / "submitted", tmp_path / "course/submitted")
    for file in ("nbgrader_config.py", "gradebook.db"):
        shutil.copy(folder / file, tmp_path / "course")
    read = {path: path.stat().st_mtime_ns for path in (tmp_path / "course").rglob("*")}
    code, said, _ = grade_in_parts(
        tmp_path / "course", "set-4", "--parts=1", "--part=0", f"--to={tmp_path / 'parts/set-4'}"
    )
    assert code == 0, said
    marks = scores(tmp_path / "parts/set-4/0-of-1", "set-4")
    assert sum(marks["reference"].values()) == float(before["reference"]["total"])
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "course").rglob("*")} == read


def test_a_wrong_file_name_is_told_with_the_student_and_the_right_name(graded):
    folder, name, _ = graded["set-5"]
    other = folder / "submitted/emmy/set-5"
    other.mkdir(parents=True)
    (other / "set-5 (1).ipynb").write_text("{}", "utf-8")
    code, said, rows = grade_in_parts(folder, "set-5", "--parts=1")
    assert code == 1
    assert "emmy: not graded" in said
    remark = rows["emmy"]["remark"]
    assert f"holds set-5 (1).ipynb, and no {name}; rename it" in remark
    assert rows["emmy"]["total"] == ""  # no mark is not the same as none out of 28
    assert float(rows["reference"]["total"]) > 0


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("nbgrader_config.py", "first run `nbgrader generate_assignment set-1`"),
        ("gradebook.db", "first run `nbgrader generate_assignment set-1`"),
        ("submitted", "there are no submissions: put them at"),
    ],
)
def test_what_is_missing_is_told(graded, tmp_path, missing, said):
    folder, name, _ = graded["set-1"]
    for file in {"nbgrader_config.py", "gradebook.db"} - {missing}:
        shutil.copy(folder / file, tmp_path)
    code, told, rows = grade_in_parts(tmp_path, "set-1")
    assert (code, rows) == (1, {})
    assert said in told
    assert missing != "submitted" or f"submitted/STUDENT/set-1/{name}" in told


def test_a_set_that_was_not_made_is_told(graded):
    code, said, _ = grade_in_parts(graded["set-1"][0], "set-9")
    assert (code, "the gradebook has no assignment set-9" in said) == (1, True)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--parts=0"], "there is at least one part, and one process"),
        (["--processes=0"], "there is at least one part, and one process"),
        (["--parts=3", "--part=3"], "--part goes from 0 to 2, and not 3"),
    ],
)
def test_numbers_that_make_no_sense_are_refused(tmp_path, options, said):
    code, told, _ = grade_in_parts(tmp_path, "set-1", *options)
    assert (code, said in told) == (2, True)
