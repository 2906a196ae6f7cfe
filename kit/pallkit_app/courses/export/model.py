"""What there is to export: the people, and their scores for each set of tasks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pallkit.errors import ContentError
from pallkit.i18n import Message, _
from pallkit_grading.book.rows import Student, students
from pallkit_grading.scores import CourseBook, Scores, State, TaskScore, scores_of, task_set

STATES: Mapping[State, Message] = {
    "missing": _("not handed in"),
    "not_graded": _("not graded"),
    "graded": _("graded"),
}
"""The three states as a leader reads them. Only the last has points."""


@dataclass(frozen=True, slots=True)
class Column:
    """One set of tasks, in whichever language they were done: its name and everybody's scores."""

    name: str
    title: str
    scores: tuple[Scores, ...]

    @property
    def most(self) -> Decimal:
        """The most points it gives."""
        return self.scores[0].most if self.scores else Decimal(0)

    @property
    def tasks(self) -> tuple[tuple[str, Decimal], ...]:
        """Each task with the most points it gives, in order."""
        return tuple((one.task, one.most) for one in self.scores[0].tasks) if self.scores else ()

    def count(self, state: State) -> int:
        """How many are in a state."""
        return sum(one.state == state for one in self.scores)


@dataclass(frozen=True, slots=True)
class Grades:
    """The grades of a course. Every column has a row for each of ``people``, in their order."""

    course: str
    people: tuple[Student, ...]
    groups: Mapping[str, str]
    columns: tuple[Column, ...]


def collect(of: CourseBook, name: str | None, title: str | None = None) -> Grades:
    """The scores of one set of tasks, or of every set that gives grades where ``name`` is None.

    Raises :class:`ContentError` for tasks that give feedback and no grade.
    """
    names = tuple(_graded_sets(of)) if name is None else (_graded(of, name),)
    columns = [Column(one, title or one, scores_of(of, one)) for one in names]
    known = students(of.book)
    ids = sorted({one.trainee for column in columns for one in column.scores} | set(known))
    filled = tuple(replace(one, scores=tuple(_in_order(one, ids))) for one in columns)
    people = tuple(known.get(id_) or Student(id_) for id_ in ids)
    return Grades(str(of.course.id), people, _groups(of), filled)


def _in_order(column: Column, ids: Sequence[str]) -> Iterator[Scores]:
    """The scores of everybody in ``ids``: who is not among them has handed in nothing."""
    found = {one.trainee: one for one in column.scores}
    missing = tuple(TaskScore(task, "missing", None, most) for task, most in column.tasks)
    for id_ in ids:
        yield found.get(id_) or Scores(id_, missing)


def _graded(of: CourseBook, name: str) -> str:
    assignments = set(task_set(of.course, name))
    found = [one for one in of.course.assignments if one.id in assignments]
    if not any(one.graded for one in found):
        raise ContentError(
            _("“{name}” gives feedback and no grade. There is nothing to export.", name=name)
        )
    return str(found[0].key)


def _graded_sets(of: CourseBook) -> Iterator[str]:
    yield from dict.fromkeys(str(one.key) for one in of.course.assignments if one.graded)


def _groups(of: CourseBook) -> Mapping[str, str]:
    found: dict[str, list[str]] = {}
    for group in of.rules.groups:
        for member in group.members:
            found.setdefault(str(member), []).append(str(group.id))
    return {member: ", ".join(names) for member, names in found.items()}
