"""Where the notebooks lead: headings, links, and the glossary's table of relationships and figures.

Each check takes a notebook's path and returns complaints: none where all is well.
"""

import re
from collections import Counter
from functools import cache
from itertools import pairwise, takewhile
from pathlib import Path
from typing import NamedTuple

import nbformat

from convwidget import RELATIONSHIPS
from convwidget.guide import FIGURES

GLOSSARY = "06-glossary.ipynb"
LISTED = [
    *(f"Relationship {relationship.number}" for relationship in RELATIONSHIPS),
    *(f"Figure {number}" for number in FIGURES),
]

FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^(#{1,6}) +(.+?) *$", re.MULTILINE)
CODE = re.compile(r"`[^`]*`")
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)[^)]*\)|\bhref=[\"']([^\"']+)[\"']")
ELSEWHERE = re.compile(r"[a-z]+:")
PICTURE = re.compile(r"!\[([^\]]*)\]\([^)]*\)|(<img\b[^>]*>)")
ROW = re.compile(
    r"^\| *((?:Relationship|Figure) [\d.]+[ab]?) *\|.*\| *\[[^\]]*\]\(([^)]+)\) *\|$", re.M
)


class Part(NamedTuple):
    """A code cell, or a stretch of Markdown from one heading to the next."""

    code: bool
    text: str
    level: int = 0  # of its heading; 0 where it has none
    anchor: str = ""


def anchor(heading: str) -> str:
    """What JupyterLab calls a heading in a link."""
    return re.sub(r"[*`]", "", heading).replace(" ", "-")


def parts(path: Path) -> tuple[Part, ...]:
    """A notebook's cells, those of Markdown cut before each heading."""
    return _parts(path, path.stat().st_mtime_ns)


@cache  # many links lead to the same few notebooks
def _parts(path: Path, _changed: int) -> tuple[Part, ...]:
    found = []
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            found.append(Part(code=True, text=cell.source))
            continue
        text = FENCED.sub("", cell.source)
        headings = list(HEADING.finditer(text))
        ends = [0, *(heading.start() for heading in headings), len(text)]
        found.append(Part(code=False, text=text[: ends[1]]))
        for heading, (start, end) in zip(headings, pairwise(ends[1:]), strict=True):
            level, words = len(heading[1]), heading[2]
            found.append(Part(False, text[start:end], level, anchor(words)))
    return tuple(found)


def prose(path: Path) -> list[str]:
    return [part.text for part in parts(path) if not part.code]


def links(text: str) -> list[str]:
    """Where a text leads to within the repository."""
    targets = [markdown or html for markdown, html in LINK.findall(CODE.sub("", text))]
    return [target for target in targets if not ELSEWHERE.match(target)]


def section(path: Path, wanted: str) -> list[Part]:
    """From a heading up to the next that is not below it."""
    found = parts(path)
    start = next(n for n, part in enumerate(found) if part.anchor == wanted)
    level = found[start].level
    return [
        found[start],
        *takewhile(lambda part: not 0 < part.level <= level, found[start + 1 :]),
    ]


def not_one_title(path: Path) -> list[str]:
    titles = [part.anchor for part in parts(path) if part.level == 1]
    return [] if len(titles) == 1 else [f"first-level headings: {titles}"]


def skipped_levels(path: Path) -> list[str]:
    headings = [part for part in parts(path) if part.level]
    return [
        f"{after.anchor!r} skips a level after {before.anchor!r}"
        for before, after in pairwise(headings)
        if after.level > before.level + 1
    ]


def pictures_without_words(path: Path) -> list[str]:
    """Pictures that say nothing to those who do not see them."""
    return [
        f"a picture with no alternative text: {found[0]}"
        for text in prose(path)
        for found in PICTURE.finditer(text)
        if not (found[1] or "").strip() and not re.search(r"\balt=\"[^\"]*\w", found[2] or "")
    ]


def dead_links(path: Path) -> list[str]:
    """Links of a notebook, or of a page of Markdown, to what is not there."""
    texts = prose(path) if path.suffix == ".ipynb" else [path.read_text("utf-8")]
    return [
        f"{target}: {complaint}"
        for text in texts
        for target in links(text)
        for complaint in _dead(path, target)
    ]


def _dead(path: Path, target: str) -> list[str]:
    name, _, heading = target.partition("#")
    there = path.parent / name if name else path
    if not there.exists():
        return ["there is no such file"]
    if not heading or there.suffix != ".ipynb":
        return []
    count = [part.anchor for part in parts(there)].count(heading)
    return [] if count == 1 else [f"{count} headings are called so"]


def no_way_on(path: Path) -> list[str]:
    """Chapters whose beginning does not lead back, or whose end does not lead on."""
    series = sorted(notebook.name for notebook in path.parent.glob("[0-9]*.ipynb"))
    if path.name not in series or GLOSSARY not in series:
        return []  # a test or homework stands beside the chapters
    cells = nbformat.read(path, as_version=4).cells
    here = series.index(path.name)
    wanted = [(cells[0], name, "back") for name in series[:here][-1:]]
    wanted += [(cells[-1], name, "on") for name in series[here + 1 :][:1]]
    return [
        f"no link {way} to {name}"
        for cell, name, way in wanted
        if name not in [target.partition("#")[0] for target in links(cell.source)]
    ]


def rows(path: Path) -> list[tuple[str, str]]:
    """The glossary's table: a relationship or figure, and where its row leads to."""
    return [row for text in prose(path) for row in ROW.findall(text)]


def not_listed_once(path: Path) -> list[str]:
    counts = Counter(what for what, _ in rows(path))
    return [
        f"{what} is listed {counts[what]} times"
        for what in [*LISTED, *(counts.keys() - LISTED)]
        if counts[what] != 1 or what not in LISTED
    ]


def not_shown(path: Path) -> list[str]:
    """Rows whose section does not show what they promise."""
    return [
        f"{what}: {target} {complaint}"
        for what, target in rows(path)
        for complaint in _missing(what, path.parent, target)
    ]


def _missing(what: str, folder: Path, target: str) -> list[str]:
    name, _, heading = target.partition("#")
    there = folder / name
    if not heading or _dead(folder / GLOSSARY, target):
        return ["is no live link to a section"]
    shown = section(there, heading)
    words = "\n".join(part.text for part in shown if not part.code)
    code = "\n".join(part.text for part in shown if part.code)
    kind, number = what.split()
    if kind == "Relationship":
        boxed = re.search(rf"^> \*\*Relationship {number}\b", words, re.MULTILINE)
        return [] if boxed else ["does not state it in a box"]
    complaints = []
    if not re.search(rf"\bFigure {re.escape(number)}(?!\w|\.\d)", words):
        complaints.append("does not name it")
    if not re.search(rf"\bfigure\(\s*[\"']{re.escape(number)}[\"']", code):
        complaints.append("does not draw it")
    return complaints


EACH = [not_one_title, skipped_levels, pictures_without_words, dead_links, no_way_on]
OF_GLOSSARY = [not_listed_once, not_shown]
