"""When something was handed in, as nbgrader's collecting wrote it beside the hand-in.

The file comes from the trainee's side. One that cannot be read, or that lies in the future,
gives no time: then nothing is taken off, and the leader is told.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from pallkit.i18n import Message, _
from pallkit_grading.rules import Rules

TIMESTAMP = "timestamp.txt"
"""The file's name in nbgrader."""

SLACK = timedelta(minutes=10)
"""How far ahead of ours another machine's clock may be."""

_MOST = 200
_STAMP = re.compile(
    r"(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)"
    r"(?: ?(Z|[+-]\d{2}(?::?\d{2})?)| ([A-Za-z][A-Za-z_/+-]{1,40}))?"
)
_NAMED = {"UTC": 0, "GMT": 0, "CET": 1, "CEST": 2}
"""What nbgrader's settings for Norway write; it parts hours and zone with a blank."""


@dataclass(frozen=True, slots=True)
class HandInTime:
    """``at`` with its time zone, or None; then ``problem`` says why it is not known."""

    at: datetime | None
    problem: Message | None = None


def read_time(folder: Path, now: datetime | None = None) -> HandInTime:
    """When the hand-in that lies in ``folder`` was handed in. Follows no link out of it."""
    try:
        text = _read(folder / TIMESTAMP)
    except (OSError, UnicodeDecodeError):
        return HandInTime(None, _("It is not known when this was handed in."))
    return believed(parse_time(text), now)


def believed(at: datetime | None, now: datetime | None = None) -> HandInTime:
    """``at`` unless it is nothing, or a moment that has not been yet."""
    if at is None:
        return HandInTime(
            None, _("It is not known when this was handed in: the time cannot be read.")
        )
    if at > (now or datetime.now(UTC)) + SLACK:
        return HandInTime(
            None, _("It is not known when this was handed in: the time given lies ahead.")
        )
    return HandInTime(at)


def parse_time(text: str) -> datetime | None:
    """Read «2026-11-22 16:40:48.123456 UTC»; a time without a zone is in UTC, as in nbgrader."""
    found = _STAMP.fullmatch(text.strip())
    if found is None:
        return None
    zone = _zone(found[3], found[4])
    try:
        local = datetime.fromisoformat(f"{found[1]}T{found[2]}")
        return None if zone is None else local.replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def told_of_time(
    rules: Rules, assignment: str, trainee: str, handed_in: HandInTime
) -> tuple[Message, ...]:
    """What leader and trainee are told: late and by how much, or that the time is unknown."""
    due = rules.due(assignment, trainee)
    if due is None:
        return ()
    if handed_in.at is None:
        return (handed_in.problem,) if handed_in.problem else ()
    days = rules.days_late(assignment, trainee, handed_in.at)
    if not days:
        return ()
    share = rules.penalty(assignment, trainee, handed_in.at, Decimal(100))
    moments = {"due": shown_moment(due), "at": shown_moment(handed_in.at.astimezone(rules.zone))}
    if not share:
        return (_("Handed in {at}, after the deadline {due}. Nothing is taken off.", **moments),)
    return (
        _(
            "Handed in {at}, {days} begun days after the deadline {due}: {share} % of the points "
            "are taken off.",
            days=days,
            share=share,
            **moments,
        ),
    )


def shown_moment(at: datetime) -> Message:
    """A moment as it is told of, on the clock it is given in."""
    return _(
        "{day}.{month}.{year} at {hour}:{minute}",
        day=at.day,
        month=at.month,
        year=str(at.year),
        hour=f"{at:%H}",
        minute=f"{at:%M}",
    )


def _read(path: Path) -> str:
    # A pipe or a link laid in its place must neither hang us nor be followed.
    handle = os.open(
        path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    )
    with os.fdopen(handle, "rb") as file:
        return file.read(_MOST).decode("utf-8-sig")


def _zone(offset: str | None, name: str | None) -> tzinfo | None:
    if offset is None and name is None:
        return UTC
    if offset == "Z":
        return UTC
    if offset is not None:
        digits = offset[1:].replace(":", "").ljust(4, "0")
        ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        limit = timedelta(hours=24)
        return timezone(ahead if offset[0] == "+" else -ahead) if ahead < limit else None
    assert name is not None  # noqa: S101  # one of the two is there
    if name.upper() in _NAMED:
        return timezone(timedelta(hours=_NAMED[name.upper()]))
    try:
        return ZoneInfo(name) if "/" in name else None
    except (OSError, ValueError, KeyError):
        return None
