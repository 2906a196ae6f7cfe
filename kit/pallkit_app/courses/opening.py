"""Open a course with its gradebook, key and rules, for what reads its scores."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pallkit_app.courses.reading import read_course, read_keys
from pallkit_app.courses.rules import read_rules
from pallkit_grading.book import open_book
from pallkit_grading.scores import CourseBook


@contextmanager
def open_course(folder: Path, database: str | None = None) -> Iterator[CourseBook]:
    """The course in ``folder`` with its gradebook, or the one at a ``database`` address.

    Everything that is written by hand is read first, so that a fault in it is told of at once.
    """
    course = read_course(folder)
    key, rules = read_keys(folder), read_rules(folder, course)
    with open_book(folder, course.id, database) as book:
        yield CourseBook(book, folder, course, key, rules)
