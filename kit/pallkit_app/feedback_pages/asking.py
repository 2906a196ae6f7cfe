"""What is asked for: which assignment, and for whom."""

from __future__ import annotations

from collections.abc import Sequence

from pallkit.i18n import _
from pallkit_app.feedback_pages.files import FeedbackError
from pallkit_grading.feedback_data import Source, read_source
from pallkit_grading.scores import CourseBook


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
