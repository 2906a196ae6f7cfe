"""Everything that has happened to the scores of an assignment, in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from pallkit_grading.book import history
from pallkit_grading.manual.events import events

Kind = Literal["score", "second", "settled", "appeal", "outcome", "seen"]


@dataclass(frozen=True, slots=True)
class Happened:
    """A score, a second mark, a difference settled, an appeal, its outcome, remarks seen; in UTC.

    ``points`` is None where a score waits for a person or was taken back. ``words`` is the
    reason of a score, the text of an appeal or of what came of it. ``key_version`` is the
    fingerprint of the key and of the hand-out, empty where none had a part in it.
    """

    at: datetime
    assignment: str
    trainee: str
    task: str
    kind: Kind
    points: Decimal | None
    most: Decimal | None
    person: str
    key_version: str
    words: str


def timeline(
    session: Any, assignment: str, trainee: str | None = None, task: str | None = None
) -> tuple[Happened, ...]:
    """What has happened, oldest first; of one trainee or one task where they are named."""
    found = [
        one
        for one in _all(session, assignment)
        if trainee in (None, one.trainee) and task in (None, one.task)
    ]
    return tuple(sorted(found, key=lambda one: one.at))


def _all(session: Any, assignment: str) -> Iterator[Happened]:
    moderated = events(session, assignment)
    # A difference that was settled is a score of the history as well: it is told once.
    settled = {(one.at, one.trainee, one.task) for one in moderated if one.kind == "settled"}
    versions: dict[tuple[datetime, str, str], tuple[Decimal, str]] = {}
    for entry in history.entries(session, assignment):
        place = (entry.at, entry.trainee, entry.task)
        versions[place] = (entry.most, entry.key_version)
        if place not in settled:
            yield Happened(
                entry.at,
                entry.assignment,
                entry.trainee,
                entry.task,
                "score",
                entry.points,
                entry.most,
                entry.grader,
                entry.key_version,
                entry.reason,
            )
    for one in moderated:
        most, key = versions.get((one.at, one.trainee, one.task), (None, ""))
        said = f"{one.asked_by}: {one.words}" if one.kind == "appeal" else one.words
        yield Happened(
            one.at,
            one.assignment,
            one.trainee,
            one.task,
            one.kind,
            one.points,
            most,
            one.person,
            key,
            "" if one.kind == "second" else said,
        )
