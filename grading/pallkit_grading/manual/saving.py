"""Save what a person gives: in nbgrader's gradebook, in our table and in the history, at once.

Two people may mark the same answer at the same time, and someone may be in formgrader beside
them. A save says which state of the mark it was made from; where that is not the state any
more, nothing is written and :class:`ChangedMeanwhileError` says so.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from pallkit.errors import PallkitError
from pallkit.i18n import _
from pallkit.privacy import refuse_identity_numbers
from pallkit_grading.book import history
from pallkit_grading.manual.reading import FORMGRADER, Own, Row, grade_rows, mark_of, own_rows
from pallkit_grading.manual.tables import MANUAL, prepare

LONGEST_COMMENT, LONGEST_REASON, LONGEST_NAME = 10_000, 1_000, 80


class ManualError(PallkitError):
    """A mark that cannot be saved as it is: out of range, no reason given, no such answer."""


class ChangedMeanwhileError(ManualError):
    """Someone else has marked the answer, or it was handed in anew, since it was read."""


@dataclass(frozen=True, slots=True)
class NewMark:
    """What a person wants saved. ``points`` None takes the mark back.

    ``reason`` is required where the machine or someone else had given a score.
    """

    assignment: str
    trainee: str
    task: str
    points: Decimal | None
    rubric: Mapping[str, Decimal]
    comment: str
    grader: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a task of a hand-in stands, and a fingerprint of that, to save on top of."""

    row: Row
    own: Own | None
    hand_in: str
    key_version: str
    version: str


def standings(
    session: Any, assignment: str, trainee: str | None = None
) -> dict[tuple[str, str], Standing]:
    """By trainee and task, how every graded cell of an assignment stands."""
    mine = own_rows(session, assignment)
    states = history.states(session, assignment)
    nothing = history.State("", "")
    return {
        (row.trainee, row.task): _standing(
            row, mine.get((row.trainee, row.task)), states.get(row.trainee, nothing)
        )
        for row in grade_rows(session, assignment, trainee)
    }


def _standing(row: Row, own: Own | None, state: history.State) -> Standing:
    mark = mark_of(row, own)
    seen = [str(row.manual), row.comment, state.hand_in]
    if mark is not None and mark.grader != FORMGRADER:
        levels = sorted((id_, str(points)) for id_, points in mark.rubric.items())
        seen += [mark.grader, mark.comment, mark.reason, *(f"{id_} {n}" for id_, n in levels)]
    version = hashlib.sha256("\0".join(seen).encode()).hexdigest()[:16]
    return Standing(row, own, state.hand_in, state.key, version)


def save(session: Any, new: NewMark, *, seen: str) -> Standing:
    """Save a mark in one commit; answers how the task stands now.

    ``seen`` is the :attr:`Standing.version` the mark was made from. Raises
    :class:`ChangedMeanwhileError`, or :class:`ManualError` when the mark itself will not do; the
    session is rolled back then.
    """
    with committed(session):
        now = hold(session, new, seen=seen)
        need_reason(now, new)
        write(session, now, new, datetime.now(UTC))
    return standing(session, new.assignment, new.trainee, new.task)


@contextmanager
def committed(session: Any) -> Iterator[None]:
    """All that is written inside is one commit, or none of it is written."""
    try:
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise


def standing(session: Any, assignment: str, trainee: str, task: str) -> Standing:
    """How one task stands; :class:`ManualError` if there is no such hand-in or task."""
    found = standings(session, assignment, trainee).get((trainee, task))
    if found is None:
        raise ManualError(
            _(
                "The gradebook has no task “{task}” for this hand-in. Run “pallkit grade” first.",
                task=task,
            )
        )
    return found


def hold(session: Any, new: NewMark, *, seen: str | None) -> Standing:
    """Hold the task until the session commits; answers how it stands, unless that has changed.

    The first statement is a write: on SQLite that keeps every other writer out, elsewhere it
    holds the row. ``seen`` None does not ask what it was made from.
    """
    prepare(session)
    history.prepare(session)  # a table cannot be made while the row is held
    session.rollback()  # what was read before is read anew
    mine = (
        (MANUAL.c.assignment == new.assignment)
        & (MANUAL.c.trainee == new.trainee)
        & (MANUAL.c.task == new.task)
    )
    raised = session.execute(update(MANUAL).where(mine).values(saves=MANUAL.c.saves + 1))
    if raised.rowcount == 0:
        try:
            session.execute(insert(MANUAL).values(**_empty(new)))
        except IntegrityError:  # another was first, in this very moment
            raise _changed() from None
    now = standing(session, new.assignment, new.trainee, new.task)
    _lock_grade(session, now.row)
    check(now.row.most, new)
    if seen is not None and seen != now.version:
        raise _changed()
    return now


def write(session: Any, now: Standing, new: NewMark, at: datetime) -> None:
    """Write a mark that is held; the caller commits."""
    from nbgrader import api  # noqa: PLC0415  # seconds to import

    given = None if new.points is None else float(new.points)
    waits = new.points is None and now.row.auto is None
    session.execute(
        update(api.Grade)
        .where(api.Grade.id == now.row.grade_id)
        .values(manual_score=given, needs_manual_grade=waits)
    )
    if now.row.comment_id is not None:
        session.execute(
            update(api.Comment)
            .where(api.Comment.id == now.row.comment_id)
            .values(manual_comment=new.comment or None)
        )
    session.execute(
        update(MANUAL)
        .where(
            MANUAL.c.assignment == new.assignment,
            MANUAL.c.trainee == new.trainee,
            MANUAL.c.task == new.task,
        )
        .values(**_columns(new, now, at))
    )
    if _is_news(now, new):
        session.expire_all()
        history.record(session, _entry(now, new, at))


def check(most: Decimal, new: NewMark) -> None:
    """Raise :class:`ManualError` for points out of range or a text too long.

    An identity number in a text is refused with :class:`pallkit.privacy.IdentityNumberError`.
    """
    if new.points is not None and not Decimal(0) <= new.points <= most:
        raise ManualError(_("The points must be from 0 to {most}.", most=most))
    for text, longest in (
        (new.comment, LONGEST_COMMENT),
        (new.reason, LONGEST_REASON),
        (new.grader, LONGEST_NAME),
    ):
        refuse_identity_numbers(text)
        if len(text) > longest:
            raise ManualError(_("The text is too long: at most {most} characters.", most=longest))


def need_reason(now: Standing, new: NewMark) -> None:
    """Raise :class:`ManualError` where a score is changed that somebody else gave, unexplained."""
    if new.reason.strip():
        return
    mark = mark_of(now.row, now.own)
    if mark is not None and now.row.needs_person and mark.points == new.points:
        return  # looked at again, and it holds
    if new.points is not None and now.row.auto is not None:
        raise ManualError(_("The machine has given a score. Write why it is changed."))
    if mark is not None and mark.grader != new.grader:
        raise ManualError(_("{name} has given a score. Write why it is changed.", name=mark.grader))


def _lock_grade(session: Any, row: Row) -> None:
    from nbgrader import api  # noqa: PLC0415  # seconds to import

    session.query(api.Grade.id).filter(api.Grade.id == row.grade_id).with_for_update().one()


def _changed() -> ChangedMeanwhileError:
    return ChangedMeanwhileError(
        _("This answer has been marked by someone else, or handed in anew, since you opened it.")
    )


def _empty(new: NewMark) -> dict[str, Any]:
    return {
        "assignment": new.assignment,
        "trainee": new.trainee,
        "task": new.task,
        "points": None,
        "rubric": "{}",
        "comment": "",
        "grader": new.grader,
        "at": datetime.now(UTC).replace(tzinfo=None),
        "reason": "",
        "hand_in": "",
        "saves": 1,
    }


def _columns(new: NewMark, now: Standing, at: datetime) -> dict[str, Any]:
    return {
        "points": None if new.points is None else str(new.points),
        "rubric": json.dumps({id_: str(points) for id_, points in new.rubric.items()}),
        "comment": new.comment,
        "grader": new.grader,
        "at": at.astimezone(UTC).replace(tzinfo=None),
        "reason": new.reason,
        "hand_in": now.hand_in,
    }


def _is_news(now: Standing, new: NewMark) -> bool:
    """Whether a score was given: a comment that grows while it is written is none."""
    own = now.own
    if own is None or mark_of(now.row, own) is None:
        return new.points is not None or now.row.manual is not None
    if now.row.needs_person:  # looked at again, by this key
        return True
    before = (now.row.manual, dict(own.rubric), own.grader, own.reason)
    return before != (new.points, dict(new.rubric), new.grader, new.reason)


def _entry(now: Standing, new: NewMark, at: datetime) -> history.Entry:
    return history.Entry(
        at,
        new.assignment,
        new.trainee,
        new.task,
        new.points,
        now.row.most,
        new.grader,
        now.key_version,
        new.reason,
    )
