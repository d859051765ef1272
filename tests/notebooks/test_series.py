"""The notebooks read as one book: ordered headings, live links, and a glossary of it all."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from checks import NOTEBOOKS, REPOSITORY, notebooks
from links import (
    EACH,
    GLOSSARY,
    LISTED,
    OF_GLOSSARY,
    anchor,
    dead_links,
    no_way_on,
    not_listed_once,
    not_one_title,
    not_shown,
    pictures_without_words,
    skipped_levels,
)
from nbformat import v4

Check = Callable[[Path], list[str]]


def name_of(function: Check) -> str:
    return function.__name__


@pytest.mark.parametrize("path", notebooks(), ids=lambda path: str(path.relative_to(REPOSITORY)))
@pytest.mark.parametrize("check", EACH, ids=name_of)
def test_a_notebook_is_a_chapter_of_the_book(path: Path, check: Check) -> None:
    assert check(path) == []


@pytest.mark.parametrize("check", OF_GLOSSARY, ids=name_of)
def test_the_glossary_leads_to_every_relationship_and_figure(check: Check) -> None:
    assert check(NOTEBOOKS / GLOSSARY) == []


def test_the_readme_leads_to_notebooks_that_there_are() -> None:
    assert dead_links(REPOSITORY / "README.md") == []


# The checks themselves, each on a book that is bad in its own way.


def write(path: Path, cells: list[str]) -> None:
    """A notebook; a cell that begins with `ConvWidget` holds code."""
    made = [
        v4.new_code_cell(text) if text.startswith("ConvWidget") else v4.new_markdown_cell(text)
        for text in cells
    ]
    nbformat.write(v4.new_notebook(cells=made), path)


@pytest.fixture(scope="session")
def small_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A chapter with a section for everything that the guide has, and its glossary."""
    folder = tmp_path_factory.mktemp("book")
    sections, table = [], "| what | says | where |\n|---|---|---|\n"
    for what in LISTED:
        kind, number = what.split()
        sections.append(f"## {number} A {kind}\n\n> **{what}.** Here is {what} of the guide.")
        if kind == "Figure":
            sections.append(f'ConvWidget.figure("{number}")')
        table += f"| {what} | words | [there](01-chapter.ipynb#{number}-A-{kind}) |\n"
    on, back = f"On to the [glossary]({GLOSSARY}).", "Back to [chapter 1](01-chapter.ipynb)."
    picture = '![a grid](grid.png) <img src="grid.png" alt="the same grid">'
    write(folder / "01-chapter.ipynb", [f"# One\n\n{picture}", *sections, on])
    write(folder / GLOSSARY, [f"# Glossary\n\n{back}", "## Table", table, "### Below"])
    return folder


@pytest.fixture
def book(small_book: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small_book, tmp_path / "book"))


def change(path: Path, old: str, new: str) -> None:
    """Replace a text in the cells where it stands; it is an error if it stands nowhere."""
    notebook = nbformat.read(path, as_version=4)
    assert any(old in cell.source for cell in notebook.cells)
    for cell in notebook.cells:
        cell.source = cell.source.replace(old, new)
    nbformat.write(notebook, path)


CHAPTER = "01-chapter.ipynb"
DAMAGES = {
    "a second title": (GLOSSARY, "## Table", "# Table\n\n## Rows", {not_one_title}),
    "no title": (CHAPTER, "# One", "One", {not_one_title}),
    "a level left out": (GLOSSARY, "### Below", "#### Below", {skipped_levels}),
    "a picture without words": (CHAPTER, "![a grid]", "![]", {pictures_without_words}),
    "a picture in HTML without words": (
        CHAPTER,
        "![a grid](grid.png)",
        '<img src="grid.png" alt="">',
        {pictures_without_words},
    ),
    "no way back": (GLOSSARY, "(01-chapter.ipynb)", "(https://a.bc)", {no_way_on}),
    "no way on": (CHAPTER, f"]({GLOSSARY})", "](#One)", {no_way_on}),
    "a missing file": (CHAPTER, "Here is", "[Here](02-two.ipynb) is", {dead_links}),
    "a missing file in HTML": (
        CHAPTER,
        "Here is",
        '<a href="02-two.ipynb">Here</a> is',
        {dead_links},
    ),
    "a missing heading": (CHAPTER, "Here is", "[Here](#Two) is", {dead_links}),
    "a missing file behind a title": (CHAPTER, "Here is", '[Here](x.md "X") is', {dead_links}),
    "a link to one of two headings": (
        GLOSSARY,
        "### Below",
        "### Below\n[See](#Below)\n### Below",
        {dead_links},
    ),
    "a section renamed": (
        CHAPTER,
        "## 6 A Relationship",
        "## 6 The Relationship",
        {dead_links, not_shown},
    ),
    "a row that leads to a notebook only": (GLOSSARY, "#2.6-A-Figure", "", {not_shown}),
    "a row too few": (GLOSSARY, "| Figure 2.8a |", "| The figure |", {not_listed_once}),
    "a row twice": (
        GLOSSARY,
        "| words | [there](01-chapter.ipynb#2.2-A-Figure) |",
        "| words | [there](01-chapter.ipynb#2.2-A-Figure) |\n"
        "| Figure 2.2 | words | [there](01-chapter.ipynb#2.2-A-Figure) |",
        {not_listed_once},
    ),
    "a figure that the guide has not": (
        GLOSSARY,
        "| Figure 5.1 |",
        "| Figure 5.2 | words | [there](01-chapter.ipynb#5.1-A-Figure) |\n| Figure 5.1 |",
        {not_listed_once, not_shown},
    ),
    "a figure not drawn": (CHAPTER, 'figure("2.1")', 'figure("2.10")', {not_shown}),
    "a figure not named": (CHAPTER, "Figure 2.1", "Figure 2.10", {not_shown}),
    "a box in the next section": (
        CHAPTER,
        "## 1 A Relationship",
        "## 1 A Relationship\n\n## The next",
        {not_shown},
    ),
    "a relationship without its box": (CHAPTER, "> **Relationship 1.**", "", {not_shown}),
    "a row that leads to another section": (
        GLOSSARY,
        "#1-A-Relationship)",
        "#12-A-Relationship)",
        {not_shown},
    ),
}


def complaints(book: Path) -> set[Check]:
    found = {check for check in EACH for path in book.glob("*.ipynb") if check(path)}
    return found | {check for check in OF_GLOSSARY if check(book / GLOSSARY)}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_book_is_found_out(book: Path, damage: str) -> None:
    name, old, new, expected = DAMAGES[damage]
    assert complaints(book) == set()
    change(book / name, old, new)
    assert complaints(book) == expected


def test_every_check_of_a_book_has_a_damage() -> None:
    damaged = set().union(*(expected for *_, expected in DAMAGES.values()))
    assert damaged == {*EACH, *OF_GLOSSARY}


def test_a_page_that_leads_nowhere_is_found_out(book: Path) -> None:
    page = book / "README.md"
    page.write_text("[one](01-chapter.ipynb#One) [two](02-two.ipynb) [three](01-chapter.ipynb#Two)")
    assert dead_links(page) == [
        "02-two.ipynb: there is no such file",
        "01-chapter.ipynb#Two: 0 headings are called so",
    ]


def test_links_in_code_and_to_elsewhere_are_none(book: Path) -> None:
    change(book / CHAPTER, "Here is", "Here `x[0](02-two.ipynb)` [is](https://a.bc/02-two.ipynb)")
    assert dead_links(book / CHAPTER) == []


def test_headings_in_code_are_none(book: Path) -> None:
    change(book / CHAPTER, "Here is", "Here is\n```sh\n# a comment\n```\n")
    assert not_one_title(book / CHAPTER) == []


@pytest.mark.parametrize(
    ("heading", "name"),
    [("2.4 Padding and strides", "2.4-Padding-and-strides"), ("Why *three*?", "Why-three?")],
)
def test_spaces_of_a_heading_become_hyphens_in_a_link(heading: str, name: str) -> None:
    assert anchor(heading) == name
    assert not re.search(r"\s", anchor(heading))
