"""What serves a class: Gradescope's autograder as Gradescope runs it, and the other files read."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import yaml
from course import with_sentence
from submissions import EXPECTED, HOMEWORK, NOTEBOOK, SET, answer, grade_id, read, submissions

from convwidget.homework import EXERCISES

SERVING = HOMEWORK / "serving"
SENT = ["reference", "deleted-tests", "skipped-tests", "only-visible-tests"]
ENDED = "os-exit-function"


def gradescope(folder: Path, **notebooks: str) -> dict:
    """What the autograder writes where it and the notebooks lie as Gradescope lays them."""
    for name in ("source", "submission", "results"):
        (folder / name).mkdir(parents=True)
    for path in (*(SERVING / "gradescope").iterdir(), HOMEWORK / NOTEBOOK):
        shutil.copy(path, folder / "source")
    shutil.copy(folder / "source/run_autograder", folder)
    (folder / "venv").symlink_to(sys.prefix)
    for name, text in notebooks.items():
        (folder / f"submission/{name}.ipynb").write_text(text, "utf-8")
    subprocess.run([folder / "run_autograder"], cwd=folder, check=True)
    return json.loads((folder / "results/results.json").read_text("utf-8"))


def grade_submission():
    """The autograder's program, of which a test changes something."""
    program = SERVING / "gradescope/grade_submission.py"
    found = importlib.util.spec_from_file_location("grade_submission", program)
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """The results of some kinds of submission, each under a name that a student chose."""
    release = read(HOMEWORK / NOTEBOOK)
    source = read(HOMEWORK / "source" / SET / NOTEBOOK)
    kinds = submissions(release, source)
    kinds["reference"] = with_sentence(release, source, SET)
    folder = tmp_path_factory.mktemp("gradescope")

    def grade(kind):
        return gradescope(folder / kind, my_homework_final=json.dumps(kinds[kind]))

    with ThreadPoolExecutor(2) as pool:
        names = [*SENT, ENDED]
        return dict(zip(names, pool.map(grade, names), strict=True))


@pytest.mark.parametrize("kind", SENT)
def test_gradescope_gives_the_marks_that_nbgrader_gives(graded, kind):
    tests = graded[kind]["tests"]
    assert [test["name"].split()[0] for test in tests] == [f"2.{n}" for n in range(1, 8)]
    assert sum(test["score"] for test in tests) == EXPECTED[kind][1]
    for test in tests:
        assert test["max_score"] == EXERCISES[test["name"].split()[0]].points
        assert (test["output"] == "Right.") == (test["score"] == test["max_score"])


def test_gradescope_tells_what_grade_says(graded):
    said = graded["only-visible-tests"]["tests"][0]["output"]
    assert said.startswith("Wrong. For i = 224, k = 7 yours gives 0.")


def test_gradescope_gives_nothing_for_a_notebook_that_ends_its_kernel(graded):
    assert graded[ENDED]["score"] == 0
    assert graded[ENDED]["output"].startswith("The notebook ends its own Python (os._exit), or")


def test_gradescope_gives_nothing_for_a_test_that_does_not_end_in_time(tmp_path, monkeypatch):
    module = grade_submission()
    monkeypatch.setattr(module, "SECONDS", 4)
    first = read(HOMEWORK / NOTEBOOK)
    names = [grade_id(cell) for cell in first["cells"]]
    first["cells"] = first["cells"][: names.index("test-2-1") + 1]
    no_timer = "import signal, time\nsignal.setitimer = lambda *_: None\n"
    slow = answer(first, **{"2_1": f"{no_timer}def places(i, k):\n    time.sleep(60)\n"})
    for folder, notebook in (("own", first), ("in", slow)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / NOTEBOOK).write_text(json.dumps(notebook), "utf-8")
    [test] = module.results(tmp_path / "in", tmp_path / "own")["tests"]
    assert (test["score"], test["output"]) == (0, "The cell took longer than 4 seconds.")


@pytest.mark.parametrize(
    ("notebooks", "said"),
    [
        ({}, "Hand in one notebook. There are 0: none."),
        ({"a": "{}", "b": "{}"}, "Hand in one notebook. There are 2: a.ipynb, b.ipynb."),
        ({"a": "no notebook"}, "a.ipynb is not a notebook, or it is damaged ("),
    ],
)
def test_gradescope_tells_what_is_wrong_with_what_was_handed_in(tmp_path, notebooks, said):
    found = gradescope(tmp_path / "autograder", **notebooks)
    assert (found["score"], found["output"].startswith(said)) == (0, True), found


def handed_out(folder: Path) -> Path:
    """A folder in which the notebook lies as it was handed out."""
    (folder / "own").mkdir()
    shutil.copy(HOMEWORK / NOTEBOOK, folder / "own")
    return folder / "own"


def with_metadata(nbgrader: object) -> str:
    """The notebook where nbgrader's word about the first cell is damaged."""
    notebook = read(HOMEWORK / NOTEBOOK)
    notebook["cells"][0]["metadata"]["nbgrader"] = nbgrader
    notebook["cells"][1]["metadata"]["nbgrader"] = nbgrader
    return json.dumps(notebook)


DAMAGED = ["[]", "3", "null", '"x"', "{}", "", '{"nbformat": 4, "metadata": {}, "cells": null}']
DAMAGED += [json.dumps(read(HOMEWORK / NOTEBOOK) | {"cells": cells}) for cells in (None, [3])]


@pytest.mark.parametrize("made", [*DAMAGED, Path.mkdir, lambda path: path.symlink_to("nowhere")])
def test_gradescope_tells_that_a_notebook_is_damaged(tmp_path, made):
    path = tmp_path / "x.ipynb"
    path.write_text(made, "utf-8") if isinstance(made, str) else made(path)
    found = grade_submission().results(tmp_path, handed_out(tmp_path))
    assert found["score"] == 0
    assert found["output"].startswith("x.ipynb is not a notebook, or it is damaged (")
    assert found["output"].endswith("). Open it in Jupyter, save it, and hand it in again.")


@pytest.mark.parametrize("nbgrader", [None, "x", [], {"grade_id": [1]}, {"grade_id": None}])
def test_gradescope_grades_a_notebook_in_which_nbgrader_s_words_are_damaged(
    tmp_path, monkeypatch, nbgrader
):
    (tmp_path / "x.ipynb").write_text(with_metadata(nbgrader), "utf-8")
    module = grade_submission()

    def run(notebook):
        for cell in notebook.cells:
            cell.metadata.reply = {"status": "ok"}

    monkeypatch.setattr(module, "run", run)
    found = module.results(tmp_path, handed_out(tmp_path))
    assert [test["output"] for test in found["tests"]] == ["Right."] * 7


def test_otter_s_tests_call_grade_with_the_points_of_each_exercise(tmp_path):
    program = SERVING / "otter/make_tests.py"
    subprocess.run([sys.executable, program, HOMEWORK / NOTEBOOK, tmp_path], check=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"2.{n}.py" for n in range(1, 8)]
    text = (tmp_path / "2.2.py").read_text("utf-8")
    compile(text, "2.2.py", "exec")
    assert 'grade("2.2", output_size)' in text
    assert f"points = {EXERCISES['2.2'].points}\n" in text


def test_the_files_of_a_cluster_are_yaml_and_name_what_there_is():
    values = yaml.safe_load((SERVING / "jupyterhub-values.yaml").read_text("utf-8"))
    assert {"singleuser", "cull", "scheduling", "prePuller", "hub"} == set(values)
    job, policy = yaml.safe_load_all((SERVING / "kubernetes-job.yaml").read_text("utf-8"))
    assert (job["kind"], policy["kind"]) == ("Job", "NetworkPolicy")
    [container] = job["spec"]["template"]["spec"]["containers"]
    command = container["command"][-1]
    assert f'--parts {job["spec"]["completions"]} --part "$JOB_COMPLETION_INDEX"' in command
    label = policy["spec"]["podSelector"]["matchLabels"]
    assert job["spec"]["template"]["metadata"]["labels"] == label
    mounted = {mount["name"] for mount in container["volumeMounts"]}
    assert mounted == {volume["name"] for volume in job["spec"]["template"]["spec"]["volumes"]}
    for name in ("grader.Dockerfile", "student.Dockerfile"):
        copied = (SERVING / name).read_text("utf-8")
        for line in copied.splitlines():
            if line.startswith("COPY "):
                for path in line.split()[1:-1]:
                    assert (HOMEWORK.parents[1] / path).exists(), line
    grader = (SERVING / "grader.Dockerfile").read_text("utf-8")
    for path in SERVING.glob("*.py"):
        assert f" notebooks/homework/serving/{path.name} " in grader


def test_a_job_one_of_whose_parts_fails_is_not_waited_for_all_day():
    job = (SERVING / "kubernetes-job.yaml").read_text("utf-8")
    for condition in ("complete", "failed"):
        assert f"kubectl wait --for=condition={condition} --timeout=24h job/grade-set-2 &" in job


@pytest.mark.parametrize(
    "script",
    [
        path
        for path in sorted(SERVING.rglob("*"))
        if path.is_file() and path.read_bytes().startswith(b"#!")
    ],
    ids=lambda path: path.name,
)
def test_a_script_can_be_run_and_has_no_fault_of_grammar(script):
    assert os.access(script, os.X_OK)
    subprocess.run(["bash", "-n", script], check=True)
