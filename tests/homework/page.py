"""The teacher's page: what the exercises say of themselves, in tables, around a fixed text."""

from collections.abc import Sequence
from pathlib import Path

from submissions import EXPECTED, HOMEWORK

from convwidget.homework import EXERCISES, Exercise

TEXT = Path(__file__).with_name("teaching.md")


def table(titles: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Rows as a Markdown table."""
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def _row(exercise: Exercise) -> list[object]:
    core = "core" if exercise.core else ""
    who = "" if exercise.task else "a person"
    book, _, heading = exercise.section.partition("#")
    where = f"[{heading.replace('-', ' ')}](../{book}#{heading})"
    return [
        exercise.name,
        exercise.goal,
        exercise.kind,
        core,
        exercise.points,
        exercise.minutes,
        where,
        who,
    ]


def _set(source: Path) -> str:
    number = source.parent.name.removeprefix("set-")
    of = [exercise for exercise in EXERCISES.values() if exercise.name.startswith(f"{number}.")]
    core = [exercise for exercise in of if exercise.core]
    titles = ["", "a student can", "kind", "", "points", "minutes", "section", "graded by"]
    mistakes = "\n".join(
        f"- **{exercise.name}** {' '.join(f'“{m.message}”' for m in exercise.task.mistakes)}"
        for exercise in of
        if exercise.task
    )
    title = source.stem.removeprefix(f"set-{number}-").replace("-", " ")
    points = sum(e.points for e in of)
    minutes, short = sum(e.minutes for e in of), sum(e.minutes for e in core)
    return (
        f"### Set {number}: [{title}]({source.name})\n\n"
        f"{points} points. The core takes {short} minutes, all of it {minutes}.\n\n"
        f"{table(titles, list(map(_row, of)))}\n\n"
        "<details><summary>The usual mistakes that its checks recognise, by what they answer"
        f"</summary>\n\n{mistakes}\n\n</details>"
    )


def written_page(sources: Sequence[Path]) -> str:
    """The page as Markdown."""
    kinds = [[f"`{name}`", what, f"{score} of 25"] for name, (what, score) in EXPECTED.items()]
    text = TEXT.read_text("utf-8")
    minutes = {
        core: sum(e.minutes for e in EXERCISES.values() if e.core >= core) for core in (0, 1)
    }
    text = text.replace("<!-- core -->", str(minutes[1])).replace("<!-- all -->", str(minutes[0]))
    text = text.replace("<!-- sets -->", "\n\n".join(map(_set, sources)))
    text = text.replace("<!-- submissions -->", table(["", "handed in", "marks"], kinds))
    return text.replace(
        "<!-- configuration -->", (HOMEWORK / "nbgrader_config.py").read_text("utf-8").strip()
    )
