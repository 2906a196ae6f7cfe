"""A second person's marks, made without seeing the first's, and what is done where they differ."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from pallkit.i18n import _
from pallkit_grading.manual.events import Event, EventKind, add, events
from pallkit_grading.manual.reading import ManualMark, Place, marks, read_rubric
from pallkit_grading.manual.saving import (
    ChangedMeanwhileError,
    ManualError,
    NewMark,
    committed,
    hold,
    write,
)


@dataclass(frozen=True, slots=True)
class SecondMark:
    """What a second person gave, without seeing the first's. ``id`` is to save on top of."""

    id: int
    points: Decimal
    rubric: Mapping[str, Decimal]
    comment: str
    grader: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Settled:
    """How a difference was settled: the points that count, by whom and why."""

    points: Decimal
    grader: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Difference:
    """Two marks of one answer that are not the same. ``settled`` None: nobody has decided yet.

    ``first`` is the mark that counts. Once settled that is the settled one.
    """

    trainee: str
    task: str
    first: ManualMark
    second: SecondMark
    settled: Settled | None


def second_marks(session: Any, assignment: str) -> dict[Place, SecondMark]:
    """By trainee and task, the second mark as it was last saved."""
    return _seconds(events(session, assignment))


def save_second(session: Any, new: NewMark, *, seen: int) -> int:
    """Save a second mark beside the first; ``seen`` and the answer are its ids, 0 for none.

    The gradebook's score stays as it is. A person cannot be the second marker of an answer they
    have marked themselves: raises :class:`ManualError`.
    """
    with committed(session):
        hold(session, new, seen=None)
        _require_another(session, new)
        before = second_marks(session, new.assignment).get((new.trainee, new.task))
        _require_unchanged(before.id if before else 0, seen)
        added = add(session, _event(new, "second", new.comment, datetime.now(UTC)))
    return added if new.points is not None else 0


def differences(session: Any, assignment: str) -> tuple[Difference, ...]:
    """Where first and second marker have given different points, settled or not."""
    found = events(session, assignment)
    firsts = marks(session, assignment)
    settled = {(one.trainee, one.task): one for one in found if one.kind == "settled"}
    listed = []
    for place, second in sorted(_seconds(found).items()):
        first, ended = firsts.get(place), settled.get(place)
        if first is None:
            continue
        if ended is not None and ended.id > second.id and ended.points == first.points:
            done = Settled(first.points, ended.person, ended.words, ended.at)
            listed.append(Difference(*place, first, second, done))
        elif first.points != second.points:
            listed.append(Difference(*place, first, second, None))
    return tuple(listed)


def settle(session: Any, new: NewMark, *, seen: str) -> None:
    """Settle a difference: ``new`` counts from now on, and says by whom and why."""
    if not new.reason.strip() or new.points is None:
        raise ManualError(_("Write which points count, and why."))
    with committed(session):
        now = hold(session, new, seen=seen)
        at = datetime.now(UTC)
        write(session, now, new, at)
        add(session, _event(new, "settled", new.reason, at))


def _seconds(found: Iterable[Event]) -> dict[Place, SecondMark]:
    last = {(one.trainee, one.task): one for one in found if one.kind == "second"}
    return {
        place: SecondMark(
            one.id, one.points, read_rubric(one.rubric), one.words, one.person, one.at
        )
        for place, one in last.items()
        if one.points is not None
    }


def _require_another(session: Any, new: NewMark) -> None:
    first = marks(session, new.assignment).get((new.trainee, new.task))
    if first is not None and first.grader == new.grader:
        raise ManualError(
            _("You have marked this answer yourself. Someone else is its second marker.")
        )


def _require_unchanged(now: int, seen: int) -> None:
    if now != seen:
        raise ChangedMeanwhileError(
            _("Someone else has given this answer a second mark since you opened it.")
        )


def _event(new: NewMark, kind: EventKind, words: str, at: datetime) -> Event:
    levels = json.dumps({id_: str(level) for id_, level in new.rubric.items()})
    place = (new.assignment, new.trainee, new.task)
    return Event(*place, kind, new.grader, words, at, new.points, levels)
