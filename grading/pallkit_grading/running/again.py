"""What another key would give: every hand-in marked again, and nothing written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from pallkit_grading.book import masters
from pallkit_grading.book.rows import recorded_rows
from pallkit_grading.key import Key
from pallkit_grading.running.batch import mark_all
from pallkit_grading.running.job import Job, Report
from pallkit_grading.running.waiting import key_version, waiting


@dataclass(frozen=True, slots=True)
class Change:
    """A score that would be another. None: nobody, or only a person, has given points.

    ``by_person`` says that a person's points stand above it and would stay.
    """

    trainee: str
    task: str
    before: Decimal | None
    after: Decimal | None
    most: Decimal
    by_person: bool


def changes(job: Job, book: Any, key: Key, report: Report) -> Iterator[Change]:
    """Mark every hand-in by ``key`` and tell of each score that is not the recorded one.

    Raises as :func:`pallkit_grading.running.grade` does.
    """
    notebooks = masters(book, job.folder, job.assignment)
    whole = replace(job, again=True)
    left, _before = waiting(whole, book, key_version(key, job.assignment, notebooks))
    rows = recorded_rows(book, (job.assignment,))
    with ExitStack() as stack:
        for one, marked in mark_all(whole, left, notebooks, key, stack):
            report(marked, len(left))
            recorded = rows.get((one.trainee, job.assignment))
            grades = recorded.grades if recorded else {}
            for score in (score for book_ in marked.notebooks for score in book_.scores):
                grade = grades.get(score.cell)
                before = grade.auto if grade else None
                if before != score.points:
                    by_person = grade is not None and grade.manual is not None
                    yield Change(
                        one.trainee, score.cell, before, score.points, score.most, by_person
                    )
