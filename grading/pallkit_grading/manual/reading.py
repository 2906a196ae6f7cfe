"""The marks that persons have given, as the gradebook and our own table hold them together."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import select

from pallkit_grading.book import history
from pallkit_grading.manual.tables import MANUAL, prepare

FORMGRADER = "formgrader"
"""Who stands as the grader of a mark that was made in nbgrader's own formgrader."""

Place = tuple[str, str]
"""A trainee and a task."""


@dataclass(frozen=True, slots=True)
class ManualMark:
    """Points that a person gave for a task.

    ``rubric`` is, for each criterion's id, the points of the level that was chosen; empty where
    the points were given freely or in formgrader. ``at`` (UTC) is None for a mark of formgrader
    that nobody has looked at since. ``reason`` says why a score was changed, where it had to be.
    """

    points: Decimal
    rubric: Mapping[str, Decimal]
    comment: str
    grader: str
    at: datetime | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A graded cell of a hand-in in nbgrader's tables; ``comment_id`` where it has a comment."""

    grade_id: str
    trainee: str
    task: str
    auto: Decimal | None
    manual: Decimal | None
    needs_person: bool
    most: Decimal
    comment_id: str | None
    comment: str


@dataclass(frozen=True, slots=True)
class Own:
    """Our own table's row for a task: what nbgrader has no place for."""

    points: Decimal | None
    rubric: Mapping[str, Decimal]
    comment: str
    grader: str
    at: datetime
    reason: str
    hand_in: str


def marks(session: Any, assignment: str) -> dict[Place, ManualMark]:
    """By trainee and task, the marks of persons: ours and those made in formgrader.

    What nbgrader's gradebook says counts. Where its points are no longer those of our table,
    someone has changed them in formgrader since, and the levels of the rubric fell with that.
    """
    mine = own_rows(session, assignment)
    noticed = {
        (entry.trainee, entry.task): entry.at
        for entry in history.entries(session, assignment)
        if entry.grader == FORMGRADER
    }
    found: dict[Place, ManualMark] = {}
    for row in grade_rows(session, assignment):
        place = (row.trainee, row.task)
        mark = mark_of(row, mine.get(place), noticed.get(place))
        if mark is not None:
            found[place] = mark
    return found


def mark_of(row: Row, own: Own | None, noticed: datetime | None = None) -> ManualMark | None:
    """The mark that counts for a graded cell, or None where no person has given one."""
    if row.manual is None:
        return None
    said = row.comment if row.comment_id is not None else (own.comment if own else "")
    if own is None or own.points != row.manual:
        return ManualMark(row.manual, {}, said, FORMGRADER, noticed)
    return ManualMark(row.manual, own.rubric, said, own.grader, own.at, own.reason)


def grade_rows(session: Any, assignment: str, trainee: str | None = None) -> tuple[Row, ...]:
    """What nbgrader's gradebook has for an assignment's graded cells, trainee by trainee."""
    from nbgrader import api  # noqa: PLC0415  # seconds to import

    wanted = (
        select(
            api.Grade.id,
            api.SubmittedAssignment.student_id,
            api.BaseCell.name,
            api.Grade.auto_score,
            api.Grade.manual_score,
            api.Grade.needs_manual_grade,
            api.Grade.max_score,
            api.Comment.id,
            api.Comment.manual_comment,
        )
        .select_from(api.Grade)
        .join(api.BaseCell, api.BaseCell.id == api.Grade.cell_id)
        .join(api.SubmittedNotebook, api.SubmittedNotebook.id == api.Grade.notebook_id)
        .join(
            api.SubmittedAssignment,
            api.SubmittedAssignment.id == api.SubmittedNotebook.assignment_id,
        )
        .join(api.Assignment, api.Assignment.id == api.SubmittedAssignment.assignment_id)
        .outerjoin(
            api.Comment,
            (api.Comment.notebook_id == api.Grade.notebook_id)
            & (api.Comment.cell_id.in_(_same_name(api))),
        )
        .where(api.Assignment.name == assignment)
        .order_by(api.SubmittedAssignment.student_id, api.BaseCell.name)
    )
    if trainee is not None:
        wanted = wanted.where(api.SubmittedAssignment.student_id == trainee)
    return tuple(_row(one) for one in session.execute(wanted))


def _same_name(api: Any) -> Any:
    """The cells that carry a grade cell's comment.

    An answer's text is two cells to nbgrader, of one name: one for its grade, one for its comment.
    """
    from sqlalchemy.orm import aliased  # noqa: PLC0415  # with nbgrader

    other = aliased(api.BaseCell, flat=True)
    return (
        select(other.id)
        .where(other.name == api.BaseCell.name, other.notebook_id == api.BaseCell.notebook_id)
        .correlate(api.BaseCell)
    )


def _row(one: Any) -> Row:
    grade, trainee, task, auto, manual, needs, most, comment, words = one
    return Row(
        grade,
        trainee,
        task,
        points_of(auto),
        points_of(manual),
        bool(needs),
        points_of(most) or Decimal(0),
        comment,
        words or "",
    )


def own_rows(session: Any, assignment: str) -> dict[Place, Own]:
    """By trainee and task, what our own table has; a mark that was taken back is not there."""
    prepare(session)
    rows = session.execute(select(MANUAL).where(MANUAL.c.assignment == assignment))
    return {
        (row.trainee, row.task): Own(
            None if row.points is None else Decimal(row.points),
            read_rubric(row.rubric),
            row.comment,
            row.grader,
            row.at.replace(tzinfo=UTC),
            row.reason,
            row.hand_in,
        )
        for row in rows
        if row.points is not None
    }


def points_of(score: float | None) -> Decimal | None:
    """A score of nbgrader as the number a person wrote: 3.0 is 3."""
    if score is None:
        return None
    read = Decimal(str(score))
    return read.quantize(Decimal(1)) if read == read.to_integral_value() else read


def read_rubric(text: str) -> dict[str, Decimal]:
    """The levels of a rubric as they were stored."""
    return dict(_levels(json.loads(text)))


def _levels(stored: Any) -> Iterator[tuple[str, Decimal]]:
    for id_, points in stored.items():
        try:
            yield str(id_), Decimal(points)
        except InvalidOperation:  # written by something else: not a level
            continue
