"""Every test begins as a student of the name Ada."""

import pytest

from convwidget import homework
from convwidget.homework import course, student


@pytest.fixture(autouse=True)
def ada():
    course("2026")
    student("Ada")
    yield
    student("")
    homework._hints_given.clear()  # so that no test depends on another
