"""Who marks what: one person, one set of tasks in all its languages, one gradebook."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pallkit.errors import ContentError
from pallkit.i18n import Language, _
from pallkit_grading.course import Course
from pallkit_grading.key import Key, Task
from pallkit_grading.manual import Standing, standings
from pallkit_grading.scores import task_set


@dataclass(frozen=True, slots=True)
class Sitting:
    """What a person has sat down to mark. ``second``: as the second marker, not seeing the first.

    ``name`` is an assignment in either language, or a key.
    """

    folder: Path
    course: Course
    key: Key
    name: str
    grader: str
    second: bool = False

    @property
    def assignments(self) -> tuple[str, ...]:
        """The assignments that hold the same tasks."""
        return task_set(self.course, self.name)

    @property
    def tasks(self) -> Mapping[str, Task]:
        """The key's tasks, in its order."""
        return {str(task.id): task for task in self.key.of(self.assignments[0])}

    def language_of(self, assignment: str) -> Language:
        """The language of an assignment's hand-ins."""
        return next(one.lang for one in self.course.assignments if one.id == assignment)

    def when(self, at: datetime) -> str:
        """A time as people in the course read it: in its own time zone."""
        local = at.astimezone(ZoneInfo(self.course.timezone))
        return f"{local.day}.{local.month}.{local.year} {local:%H.%M}"


@dataclass(frozen=True, slots=True)
class Hand:
    """One trainee's hand-in of one task. ``id`` says nothing of who it is."""

    id: str
    assignment: str
    trainee: str
    name: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Pile:
    """All the hand-ins of one task, in an order that tells nothing of who they are."""

    task: str
    most: Decimal
    hands: tuple[Hand, ...]

    def hand(self, id_: str) -> Hand:
        """The hand-in with this id; :class:`ContentError` if it is not there any more."""
        for one in self.hands:
            if one.id == id_:
                return one
        raise ContentError(_("This hand-in is not in the gradebook any more."))


def piles(book: Any, sitting: Sitting) -> dict[str, Pile]:
    """By task, in the key's order and then the notebooks', every hand-in that is recorded."""
    names = {one.id: _name(one) for one in book.students}
    found: dict[str, list[Hand]] = {task: [] for task in sitting.tasks}
    for assignment in sitting.assignments:
        for (trainee, task), standing in standings(book.db, assignment).items():
            id_ = hand_id(sitting.course.id, assignment, trainee)
            name = names.get(trainee, trainee)
            found.setdefault(task, []).append(Hand(id_, assignment, trainee, name, standing))
    return {
        task: Pile(task, hands[0].standing.row.most, tuple(sorted(hands, key=lambda one: one.id)))
        for task, hands in found.items()
        if hands
    }


def hand_id(course: str, assignment: str, trainee: str) -> str:
    """The same for every run, so that what lies in the browser finds its place again."""
    return hashlib.sha256(f"{course}\0{assignment}\0{trainee}".encode()).hexdigest()[:16]


def not_recorded(sitting: Sitting, found: Mapping[str, Pile]) -> Iterator[str]:
    """Who has handed in what the machine has not graded yet."""
    known = {(one.assignment, one.trainee) for pile in found.values() for one in pile.hands}
    for assignment in sitting.assignments:
        for path in sorted((sitting.folder / "submitted").glob(f"*/{assignment}")):
            if (assignment, path.parent.name) not in known:
                yield path.parent.name


def _name(student: Any) -> str:
    given = [student.first_name, student.last_name]
    return " ".join(part for part in given if part) or str(student.id)
