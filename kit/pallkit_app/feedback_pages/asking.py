"""What is asked for: which assignment, by which rules, and for whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pallkit.i18n import _
from pallkit_app.courses.reading import read_course, read_keys
from pallkit_app.courses.rules import read_rules
from pallkit_app.feedback_pages.files import FeedbackError
from pallkit_grading.book import open_book
from pallkit_grading.feedback_data import Source, read_source
from pallkit_grading.scores import CourseBook


@contextmanager
def open_course(folder: Path, address: str | None = None) -> Iterator[CourseBook]:
    """A course with its gradebook open, at a database ``address`` where it is not in the folder.

    Raises :class:`pallkit.errors.ContentError` for a course, a key, rules or a gradebook that
    cannot be read.
    """
    course = read_course(folder)
    key, rules = read_keys(folder), read_rules(folder, course)
    with open_book(folder, course.id, address) as book:
        yield CourseBook(book, folder, course, key, rules)


def wanted(of: CourseBook, name: str, named: Sequence[str] | None) -> tuple[Source, Sequence[str]]:
    """The assignment, and those of ``named`` (or everybody) whose hand-in is recorded.

    Raises :class:`FeedbackError` when there are none, or when one of ``named`` is not there.
    """
    source = read_source(of, name)
    known = tuple(source)
    if not known:
        raise FeedbackError(
            _("Nobody's hand-in of “{name}” is graded yet. Run “pallkit grade”.", name=name)
        )
    for one in named or ():
        if one not in known:
            raise FeedbackError(
                _("There is no graded hand-in of “{name}” by “{trainee}”.", name=name, trainee=one)
            )
    return source, tuple(dict.fromkeys(named)) if named else known
