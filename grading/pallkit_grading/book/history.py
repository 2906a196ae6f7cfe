"""What the gradebook of nbgrader does not keep: who gave each score, when, by which key.

Two tables of our own in the same database, so that a hand-in's scores and their history are
one commit. nbgrader leaves tables alone that it does not know.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    Column,
    DateTime,
    Integer,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
)

from pallkit.i18n import LANGUAGES, Language, render
from pallkit_grading.book import schema
from pallkit_grading.marking.marked import Marked

GRADER = "pallkit"
"""The name under which the program itself stands as the one who graded."""

STATE = Table(
    "pallkit_state",
    schema.TABLES,
    Column("assignment", String(128), primary_key=True),
    Column("trainee", String(128), primary_key=True),
    Column("hand_in", String(64), nullable=False),
    Column("key_version", String(64), nullable=False),
    Column("flagged", Integer, nullable=False),
    Column("lines", Text, nullable=False),
)

HISTORY = Table(
    "pallkit_history",
    schema.TABLES,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", DateTime, nullable=False),
    Column("assignment", String(128), nullable=False, index=True),
    Column("trainee", String(128), nullable=False, index=True),
    Column("task", String(128), nullable=False),
    Column("points", String(64)),
    Column("most", String(64), nullable=False),
    Column("grader", String(128), nullable=False),
    Column("key_version", String(64), nullable=False),
    Column("reason", Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class State:
    """From what a hand-in's scores were made: fingerprints of the hand-in and of the key."""

    hand_in: str
    key: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A score for the history. ``points`` is None where a person has to give them."""

    task: str
    points: Decimal | None
    most: Decimal


@dataclass(frozen=True, slots=True)
class Entry:
    """A score as it was given: when (UTC), by whom, by which key and why."""

    at: datetime
    assignment: str
    trainee: str
    task: str
    points: Decimal | None
    most: Decimal
    grader: str
    key_version: str
    reason: str


@dataclass(frozen=True, slots=True)
class Told:
    """What leader and trainee are told of a hand-in; ``flagged`` asks for a person."""

    flagged: bool
    lines: tuple[Mapping[Language, str], ...]


def prepare(session: Any) -> None:
    """Make our tables where they are missing; raises ContentError where they are not of ours."""
    schema.prepare(session, HISTORY)


def states(session: Any, assignment: str) -> Mapping[str, State]:
    """By trainee, from what the recorded scores of an assignment were made."""
    prepare(session)
    rows = session.execute(select(STATE).where(STATE.c.assignment == assignment))
    return {row.trainee: State(row.hand_in, row.key_version) for row in rows}


def state_of(session: Any, assignment: str, trainee: str) -> State | None:
    """From what one trainee's recorded scores were made."""
    prepare(session)
    mine = (STATE.c.assignment == assignment) & (STATE.c.trainee == trainee)
    row = session.execute(select(STATE).where(mine)).first()
    return None if row is None else State(row.hand_in, row.key_version)


def entries(
    session: Any, assignment: str | None = None, trainee: str | None = None
) -> tuple[Entry, ...]:
    """The history, oldest first; of one assignment or one trainee where they are named."""
    prepare(session)
    wanted = select(HISTORY).order_by(HISTORY.c.id)
    if assignment is not None:
        wanted = wanted.where(HISTORY.c.assignment == assignment)
    if trainee is not None:
        wanted = wanted.where(HISTORY.c.trainee == trainee)
    return tuple(_entry(row) for row in session.execute(wanted))


def told(session: Any, assignment: str) -> Mapping[str, Told]:
    """By trainee, what was found when the hand-in was marked."""
    prepare(session)
    rows = session.execute(select(STATE).where(STATE.c.assignment == assignment))
    return {row.trainee: Told(bool(row.flagged), tuple(json.loads(row.lines))) for row in rows}


def record(session: Any, entry: Entry) -> None:
    """Add a score that a person gave; the caller commits it with the score itself."""
    prepare(session)
    values = {name: getattr(entry, name) for name in ("assignment", "trainee", "task")}
    session.execute(
        insert(HISTORY).values(
            **values,
            at=entry.at.astimezone(UTC).replace(tzinfo=None),
            points=_text(entry.points),
            most=str(entry.most),
            grader=entry.grader,
            key_version=entry.key_version,
            reason=entry.reason,
        )
    )


def _last(session: Any, assignment: str, trainee: str) -> Mapping[str, tuple[Any, ...]]:
    """By task, the program's own last score and key: what is the same again is no news."""
    mine = (HISTORY.c.assignment == assignment) & (HISTORY.c.trainee == trainee)
    rows = session.execute(
        select(HISTORY).where(mine & (HISTORY.c.grader == GRADER)).order_by(HISTORY.c.id)
    )
    return {row.task: (row.points, row.most, row.key_version) for row in rows}


def _text(points: Decimal | None) -> str | None:
    return None if points is None else str(points)


def _entry(row: Any) -> Entry:
    points = None if row.points is None else Decimal(row.points)
    return Entry(
        row.at.replace(tzinfo=UTC),
        row.assignment,
        row.trainee,
        row.task,
        points,
        Decimal(row.most),
        row.grader,
        row.key_version,
        row.reason,
    )


def write_history(  # noqa: PLR0913, PLR0917  # a row is all of this
    session: Any,
    assignment: str,
    marked: Marked,
    state: State,
    marks: Iterable[Mark],
    reason: str = "",
) -> None:
    """Add what was scored now, and set the state; the caller commits."""
    at = datetime.now(UTC).replace(tzinfo=None)
    common = {"at": at, "assignment": assignment, "trainee": marked.trainee}
    how = {"grader": GRADER, "key_version": state.key, "reason": reason}
    before = _last(session, assignment, marked.trainee)
    rows = [
        {**common, **how, "task": mark.task, "points": _text(mark.points), "most": str(mark.most)}
        for mark in marks
        if before.get(mark.task) != (_text(mark.points), str(mark.most), state.key)
    ]
    if rows:
        session.execute(insert(HISTORY), rows)
    mine = (STATE.c.assignment == assignment) & (STATE.c.trainee == marked.trainee)
    session.execute(delete(STATE).where(mine))
    session.execute(
        insert(STATE).values(
            assignment=assignment,
            trainee=marked.trainee,
            hand_in=state.hand_in,
            key_version=state.key,
            flagged=int(marked.flagged),
            lines=json.dumps(
                [{lang: render(line, lang) for lang in LANGUAGES} for line in marked.lines],
                ensure_ascii=False,
            ),
        )
    )
