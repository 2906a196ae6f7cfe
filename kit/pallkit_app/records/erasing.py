"""Everything about one person, gone: first shown, then done, and done again if it was cut off."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pallkit.errors import ContentError
from pallkit.i18n import Message, _
from pallkit_app.courses.reading import read_course
from pallkit_app.courses.rules import read_rules
from pallkit_app.records import access
from pallkit_app.records.database import (
    connected,
    erase_rows,
    mentions_of,
    rows_about,
    texts_with,
)
from pallkit_app.records.folders import HANDED_IN, Traces, counted, traces


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes: rows by table, and files. What stays and is told of: names elsewhere.

    ``passed_on`` are hand-ins of a group, by assignment, that go to another member.
    """

    person: str
    rows: Mapping[str, int]
    mentions: Mapping[str, int]
    traces: Traces
    texts: Mapping[str, int]
    passed_on: Mapping[str, str] = field(default_factory=dict)

    @property
    def files(self) -> int:
        """How many files go, or go to another member."""
        return counted(self.traces.all)

    @property
    def empty(self) -> bool:
        """Nothing here is about this person."""
        return not (self.rows or self.mentions or self.traces.all)


def plan(folder: Path, person: str, address: str | None = None) -> Plan:
    """What :func:`erase` would do; nothing is changed."""
    course = read_course(folder)
    with connected(folder, address) as connection:
        rows = {name: len(rows) for name, rows in rows_about(connection, person).items()}
        mentions = mentions_of(connection, person)
        texts = texts_with(connection, person)
    found = traces(folder, str(course.id), person)
    return Plan(person, rows, mentions, found, texts, _passed_on(folder, person))


def erase(folder: Path, person: str, address: str | None = None) -> Plan:
    """Erase, and answer what went. Raises :class:`ContentError` where nothing is known.

    The rows go first, in one transaction; a run that is cut off after that is finished by the
    next. The note that is left names nobody.
    """
    todo = plan(folder, person, address)
    if todo.empty:
        raise ContentError(_("Nothing in this course is about “{person}”.", person=person))
    rows, files = sum(todo.rows.values()), todo.files  # counted while they are there
    with connected(folder, address) as connection:
        erase_rows(connection, person)
    for assignment, other in todo.passed_on.items():
        _pass_on(folder, person, assignment, other)
    for path in todo.traces.all:
        _remove(path)
    access.forget(folder, person)
    mark = access.mark_of(folder, person)
    access.note(folder, "erase", detail=f"rows={rows} files={files}", mark=mark)
    return todo


def not_reached() -> tuple[Message, ...]:
    """Where a course's data may be that no command here comes to."""
    return (
        _("backups: erase again after one is restored"),
        _("what was exported, printed or sent: grade files, feedback, lists, reports"),
        _("the course platform, and each trainee's own computer"),
    )


def _passed_on(folder: Path, person: str) -> Mapping[str, str]:
    """A group's one hand-in lies with one of them; the others keep it."""
    rules = read_rules(folder)
    found = {}
    for path in sorted((folder / HANDED_IN / person).glob("*")):
        others = [one for one in rules.members(person, path.name) if one != person]
        without = [one for one in others if not (folder / HANDED_IN / one / path.name).exists()]
        if others and len(without) == len(others):
            found[path.name] = others[0]
    return found


def _pass_on(folder: Path, person: str, assignment: str, other: str) -> None:
    old = folder / HANDED_IN / person / assignment
    new = folder / HANDED_IN / other / assignment
    if old.is_dir() and not new.exists():
        new.parent.mkdir(parents=True, exist_ok=True)
        os.replace(old, new)  # noqa: PTH105  # a folder onto a name that is free


def _remove(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink(missing_ok=True)
    else:
        shutil.rmtree(path, ignore_errors=False)
