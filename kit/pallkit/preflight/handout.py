"""What a hand-out says of itself: ``oppgave.json`` beside the notebook, or the notebook's metadata.

::

    {"v": 1, "assignment": "omregning-i-praksis", "course": "spesialist", "lang": "nb",
     "due": "2026-12-06T23:59+01:00", "timezone": "Europe/Oslo",
     "tasks": [{"id": "omregning-1", "kind": "dose", "title": "Oppgave 1"}],
     "cells": [{"id": "omregning-1", "kind": "code", "source": "check(…)", "answer": false,
                "about": {…the cell's nbgrader metadata…}}]}

Everything but ``assignment`` may be missing. ``due`` is a moment with its offset; ``timezone``
is the one it is told in. ``cells`` are the released notebook's cells that nbgrader knows, in
order (:func:`pallkit.preflight.released_cells` makes them): with them, cells that are gone or
moved are found and put back. A notebook that nbgrader has released carries the same, without
``due``, as its metadata ``pallkit``. All of it comes back from a trainee's computer: nothing is
believed further than to help the one who has it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pallkit.hand_ins import MasterCell
from pallkit.i18n import Message, _

HANDOUT_FILE = "oppgave.json"
NOTEBOOK_KEY = "pallkit"
"""Where in a released notebook's metadata the same stands."""

_LARGEST = 4 * 1024 * 1024
_LONGEST = 200
_MOST = 500
_OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Asked:
    """A task of the assignment. What is not told is empty.

    ``names`` are those that a task in code asks for, as the notebook's own text tells them.
    """

    id: str
    kind: str = ""
    title: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """When to hand in, told in ``zone``'s time."""

    at: datetime
    zone: str

    @property
    def text(self) -> Message:
        """The moment, with its time zone."""
        return _(
            "{year}-{month}-{day} at {clock} ({zone})",
            year=self.at.year,
            month=f"{self.at:%m}",
            day=f"{self.at:%d}",
            clock=f"{self.at:%H:%M}",
            zone=self.zone,
        )

    def left(self, now: datetime) -> Message:
        """How long it is to then, or that it has passed."""
        if now > self.at:
            return _("the deadline has passed")
        hours, days = (self.at - now) // timedelta(hours=1), (self.at - now).days
        if days >= 2:
            return _("{count} days left", count=days)
        if hours >= 2:
            return _("{count} hours left", count=hours)
        return _("{count} minutes left", count=(self.at - now) // timedelta(minutes=1))


@dataclass(frozen=True, slots=True)
class HandOut:
    """What is known of the assignment; empty where nothing says it."""

    assignment: str = ""
    due: Due | None = None
    tasks: tuple[Asked, ...] = ()
    cells: tuple[MasterCell, ...] = ()


def read_handout(folder: Path) -> HandOut:
    """Read ``oppgave.json`` in ``folder``; whatever is not as it should be counts as not said."""
    try:
        descriptor = os.open(folder / HANDOUT_FILE, _OPEN)
        with os.fdopen(descriptor, "rb") as file:
            return _told_in(json.loads(file.read(_LARGEST).decode("utf-8-sig")))
    except (OSError, ValueError, RecursionError):
        return HandOut()


def add_told_in(handout: HandOut, notebook: Mapping[str, Any]) -> HandOut:
    """Add what the notebook says of itself, where ``handout`` does not say it."""
    metadata = notebook.get("metadata")
    own = _told_in(metadata.get(NOTEBOOK_KEY) if isinstance(metadata, dict) else None)
    return HandOut(
        handout.assignment or own.assignment,
        handout.due,
        handout.tasks or own.tasks,
        handout.cells or own.cells,
    )


def _told_in(raw: object) -> HandOut:
    if not isinstance(raw, dict):
        return HandOut()
    return HandOut(
        _text(raw, "assignment"),
        _due(_text(raw, "due"), _text(raw, "timezone")),
        tuple(_tasks(raw.get("tasks"))),
        tuple(_cells(raw.get("cells"))),
    )


def _due(text: str, timezone: str) -> Due | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    if at.tzinfo is None:
        return None
    try:
        return Due(at.astimezone(ZoneInfo(timezone)), timezone)
    except (ValueError, LookupError, OSError):  # no such zone, or no table of zones here
        return Due(at, f"UTC{at:%z}")


def _tasks(raw: object) -> Iterator[Asked]:
    for one in _objects(raw):
        if name := _text(one, "id"):
            yield Asked(name, _text(one, "kind"), _text(one, "title"), tuple(_names(one)))


def _names(raw: Mapping[str, Any]) -> Iterator[str]:
    names = raw.get("names")
    for one in names[:_MOST] if isinstance(names, list) else ():
        if isinstance(one, str) and one.isidentifier() and len(one) <= _LONGEST:
            yield one


def _cells(raw: object) -> Iterator[MasterCell]:
    for one in _objects(raw):
        name, kind, source = _text(one, "id"), one.get("kind"), one.get("source")
        about = one.get("about")
        known = kind if kind in ("code", "markdown", "raw") else None
        if name and known and isinstance(source, str) and isinstance(about, dict):
            yield MasterCell(name, known, source, one.get("answer") is True, about)


def _objects(raw: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(raw, list):
        yield from (one for one in raw[:_MOST] if isinstance(one, dict))


def _text(raw: Mapping[str, Any], name: str) -> str:
    """A short printable text, or an empty one."""
    found = raw.get(name)
    if not isinstance(found, str):
        return ""
    return "".join(sign for sign in found if sign.isprintable())[:_LONGEST]
