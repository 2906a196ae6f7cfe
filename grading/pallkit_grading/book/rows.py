"""Read whole assignments out of the gradebook in a few questions, however many handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class GradeRow:
    """One cell's scores. ``waits``: nbgrader's sign that a person has to look at it."""

    auto: Decimal | None
    manual: Decimal | None
    extra: Decimal
    waits: bool


@dataclass(slots=True)
class Submission:
    """One hand-in as recorded: when it was handed in (UTC), nbgrader's penalty, its grades."""

    at: datetime | None
    penalty: Decimal = Decimal(0)
    grades: dict[str, GradeRow] = field(default_factory=dict)


Recorded = Mapping[tuple[str, str], Submission]
"""By trainee and assignment."""


@dataclass(frozen=True, slots=True)
class Student:
    """A trainee as the gradebook has them; what is not known is an empty text."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""


def students(book: Any) -> Mapping[str, Student]:
    """Everybody in the gradebook, by id."""
    return {
        one.id: Student(one.id, one.first_name or "", one.last_name or "", one.email or "")
        for one in book.students
    }


def recorded_rows(book: Any, assignments: Sequence[str]) -> Recorded:
    """Every recorded hand-in of ``assignments`` with its grades."""
    from nbgrader import api  # noqa: PLC0415  # imported with the book

    found = {
        (row.student_id, row.assignment): Submission(row.timestamp)
        for row in book.db.query(
            api.SubmittedAssignment.student_id,
            api.SubmittedAssignment.timestamp,
            api.Assignment.name.label("assignment"),
        )
        .join(api.Assignment, api.SubmittedAssignment.assignment_id == api.Assignment.id)
        .filter(api.Assignment.name.in_(assignments))
    }
    _add_penalties(book, api, assignments, found)
    _add_grades(book, api, assignments, found)
    return found


def most_points(book: Any, assignments: Sequence[str]) -> Mapping[str, Decimal]:
    """The most points of each graded cell of the assignments that are generated."""
    from nbgrader.api import MissingEntry  # noqa: PLC0415  # imported with the book

    found: dict[str, Decimal] = {}
    for name in assignments:
        try:
            notebooks = book.find_assignment(name).notebooks
        except MissingEntry:
            continue
        for notebook in notebooks:
            for cell in (*notebook.grade_cells, *notebook.task_cells):
                found.setdefault(cell.name, Decimal(str(cell.max_score)))
    return found


def _add_penalties(book: Any, api: Any, assignments: Sequence[str], found: Recorded) -> None:
    rows = (
        book.db.query(
            api.SubmittedAssignment.student_id,
            api.Assignment.name.label("assignment"),
            api.SubmittedNotebook.late_submission_penalty,
        )
        .join(api.Assignment, api.SubmittedAssignment.assignment_id == api.Assignment.id)
        .join(
            api.SubmittedNotebook, api.SubmittedNotebook.assignment_id == api.SubmittedAssignment.id
        )
        .filter(api.Assignment.name.in_(assignments))
    )
    for row in rows:
        taken = _points(row.late_submission_penalty)
        found[row.student_id, row.assignment].penalty += taken or Decimal(0)


def _add_grades(book: Any, api: Any, assignments: Sequence[str], found: Recorded) -> None:
    rows = (
        book.db.query(
            api.SubmittedAssignment.student_id,
            api.Assignment.name.label("assignment"),
            api.BaseCell.name.label("cell"),
            api.Grade.auto_score,
            api.Grade.manual_score,
            api.Grade.extra_credit,
            api.Grade.needs_manual_grade,
        )
        .join(api.Assignment, api.SubmittedAssignment.assignment_id == api.Assignment.id)
        .join(
            api.SubmittedNotebook, api.SubmittedNotebook.assignment_id == api.SubmittedAssignment.id
        )
        .join(api.Grade, api.Grade.notebook_id == api.SubmittedNotebook.id)
        .join(api.BaseCell, api.Grade.cell_id == api.BaseCell.id)
        .filter(api.Assignment.name.in_(assignments))
    )
    for row in rows:
        found[row.student_id, row.assignment].grades[row.cell] = GradeRow(
            _points(row.auto_score),
            _points(row.manual_score),
            _points(row.extra_credit) or Decimal(0),
            bool(row.needs_manual_grade),
        )


def _points(score: float | None) -> Decimal | None:
    return None if score is None else Decimal(str(score))
