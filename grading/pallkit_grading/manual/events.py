"""What has happened beside the marks that count: a table that is only added to."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Literal

from sqlalchemy import insert, select

from pallkit_grading.manual.tables import MODERATION, prepare

EventKind = Literal["second", "settled", "appeal", "outcome", "seen"]


@dataclass(frozen=True, slots=True)
class Event:
    """Something a ``person`` did. ``words`` is a second mark's comment, else a reason.

    ``rubric`` is stored text: the levels of a second mark, or which remarks were ``seen``.
    ``about`` is the appeal that an outcome closes; ``asked_by`` is who appealed.
    ``at`` is UTC, and ``id`` is 0 until it is stored.
    """

    assignment: str
    trainee: str
    task: str
    kind: EventKind
    person: str
    words: str
    at: datetime
    points: Decimal | None = None
    rubric: str = "{}"
    asked_by: str = ""
    about: int | None = None
    id: int = 0


def events(session: Any, assignment: str) -> tuple[Event, ...]:
    """Everything that was recorded for an assignment, oldest first."""
    prepare(session)
    wanted = select(MODERATION).where(MODERATION.c.assignment == assignment)
    found = session.execute(wanted.order_by(MODERATION.c.id)).mappings()
    return tuple(
        Event(
            **{
                **row,
                "at": row["at"].replace(tzinfo=UTC),
                "points": None if row["points"] is None else Decimal(row["points"]),
            }
        )
        for row in found
    )


def add(session: Any, event: Event) -> int:
    """Store ``event``; the caller commits. Answers its id."""
    values = asdict(event) | {
        "at": event.at.astimezone(UTC).replace(tzinfo=None),
        "points": None if event.points is None else str(event.points),
    }
    del values["id"]
    return int(session.execute(insert(MODERATION).values(**values)).inserted_primary_key[0])
