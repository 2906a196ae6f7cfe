"""Appeals: who asked, why, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pallkit.i18n import _
from pallkit.privacy import refuse_identity_numbers
from pallkit_grading.manual.events import Event, add, events
from pallkit_grading.manual.saving import (
    LONGEST_NAME,
    LONGEST_REASON,
    ManualError,
    NewMark,
    committed,
    hold,
)


@dataclass(frozen=True, slots=True)
class Appeal:
    """A trainee's appeal: who asked, why, and what came of it; open while ``outcome`` is None."""

    id: int
    trainee: str
    task: str
    asked_by: str
    why: str
    recorded_by: str
    at: datetime
    outcome: str | None = None
    closed_by: str = ""
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AppealNote:
    """What is recorded of an appeal: by whom, and the words. ``asked_by`` when it is opened."""

    assignment: str
    trainee: str
    task: str
    person: str
    words: str
    asked_by: str = ""


def appeals(session: Any, assignment: str) -> tuple[Appeal, ...]:
    """The appeals of an assignment, oldest first, each with its outcome."""
    found = events(session, assignment)
    closed = {one.about: one for one in found if one.kind == "outcome"}
    return tuple(_appeal(one, closed.get(one.id)) for one in found if one.kind == "appeal")


def open_appeal(session: Any, note: AppealNote) -> None:
    """Record that someone has appealed against a score."""
    with committed(session):
        if _open(session, note) is not None:
            raise ManualError(_("There is an open appeal for this answer already."))
        add(session, _event(note, None))


def close_appeal(session: Any, note: AppealNote) -> None:
    """Record what came of the open appeal for an answer."""
    with committed(session):
        waiting = _open(session, note)
        if waiting is None:
            raise ManualError(_("There is no open appeal for this answer."))
        add(session, _event(note, waiting))


def _open(session: Any, note: AppealNote) -> int | None:
    """The open appeal for an answer, which is held until the session commits."""
    _check(note)
    held = NewMark(note.assignment, note.trainee, note.task, None, {}, "", note.person)
    hold(session, held, seen=None)
    place = (note.trainee, note.task)
    for one in appeals(session, note.assignment):
        if one.outcome is None and (one.trainee, one.task) == place:
            return one.id
    return None


def _check(note: AppealNote) -> None:
    for text in (note.words, note.asked_by):
        refuse_identity_numbers(text)
    if not note.words.strip():
        raise ManualError(_("Write in words what it is about."))
    if len(note.words) > LONGEST_REASON or len(note.asked_by) > LONGEST_NAME:
        raise ManualError(
            _("The text is too long: at most {most} characters.", most=LONGEST_REASON)
        )


def _event(note: AppealNote, about: int | None) -> Event:
    return Event(
        note.assignment,
        note.trainee,
        note.task,
        "appeal" if about is None else "outcome",
        note.person,
        note.words,
        datetime.now(UTC),
        asked_by=note.asked_by,
        about=about,
    )


def _appeal(one: Event, end: Event | None) -> Appeal:
    asked = (one.id, one.trainee, one.task, one.asked_by, one.words, one.person, one.at)
    return Appeal(*asked, end.words, end.person, end.at) if end else Appeal(*asked)
