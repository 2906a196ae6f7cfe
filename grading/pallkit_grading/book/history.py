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
    MetaData,
    String,
    Table,
    Text,
    delete,
    insert,
    inspect,
    select,
)

from pallkit.i18n import render
from pallkit_grading.marking.hand_in import Marked

GRADER = "pallkit"
"""The name under which the program itself stands as the one who graded."""

_TABLES = MetaData()

STATE = Table(
    "pallkit_state",
    _TABLES,
    Column("assignment", String(128), primary_key=True),
    Column("trainee", String(128), primary_key=True),
    Column("hand_in", String(64), nullable=False),
    Column("key_version", String(64), nullable=False),
    Column("flagged", Integer, nullable=False),
    Column("lines", Text, nullable=False),
)

HISTORY = Table(
    "pallkit_history",
    _TABLES,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", DateTime, nullable=False),
    Column("assignment", String(128), nullable=False, index=True),
    Column("trainee", String(128), nullable=False, index=True),
    Column("task", String(128), nullable=False),
    Column("points", String(16)),
    Column("most", String(16), nullable=False),
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


def prepare(session: Any) -> None:
    """Make our tables where they are missing."""
    engine = session.get_bind()
    if not inspect(engine).has_table(HISTORY.name):
        _TABLES.create_all(engine)


def states(session: Any, assignment: str) -> Mapping[str, State]:
    """By trainee, from what the recorded scores of an assignment were made."""
    prepare(session)
    rows = session.execute(select(STATE).where(STATE.c.assignment == assignment))
    return {row.trainee: State(row.hand_in, row.key_version) for row in rows}


def write_history(
    session: Any, assignment: str, marked: Marked, state: State, marks: Iterable[Mark]
) -> None:
    """Add what was scored now, and set the state; the caller commits."""
    at = datetime.now(UTC).replace(tzinfo=None)
    common = {"at": at, "assignment": assignment, "trainee": marked.trainee}
    how = {"grader": GRADER, "key_version": state.key, "reason": ""}
    rows = [
        {
            **common,
            **how,
            "task": mark.task,
            "points": None if mark.points is None else str(mark.points),
            "most": str(mark.most),
        }
        for mark in marks
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
            lines=json.dumps([render(line, "nb") for line in marked.lines], ensure_ascii=False),
        )
    )
