"""Every score of one set of tasks: the one place that exports, reports and pages read them.

The same tasks in two languages are one set. “Missing”, “not graded” and “graded” are three
states, and only the last has points: nobody gets 0 for what nobody has looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from pallkit.errors import ContentError
from pallkit.i18n import Message, _
from pallkit_grading.book.rows import GradeRow, Recorded, most_points, recorded_rows, students
from pallkit_grading.course import Course
from pallkit_grading.group_hand_ins import Counted, HandIn, counting
from pallkit_grading.hand_in_time import HandInTime, believed, read_time, told_of_time
from pallkit_grading.key import Key
from pallkit_grading.rules import Rules

State = Literal["missing", "not_graded", "graded"]


@dataclass(frozen=True, slots=True)
class TaskScore:
    """One task of one trainee. ``points`` is None unless it is graded.

    A person's score stands above an automatic one. ``earlier`` is a person's score of a
    hand-in or by a key that has changed since: it waits to be looked at again.
    """

    task: str
    state: State
    points: Decimal | None
    most: Decimal
    by_person: bool = False
    earlier: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """One trainee's scores for a set of tasks. ``hand_in`` may be another group member's.

    ``penalty`` is what being late takes, None until all is graded. ``notes`` are for leader and
    trainee: late, an unknown time, several hand-ins.
    """

    trainee: str
    tasks: tuple[TaskScore, ...]
    hand_in: HandIn | None = None
    members: tuple[str, ...] = ()
    penalty: Decimal | None = None
    notes: tuple[Message, ...] = ()

    @property
    def state(self) -> State:
        """Of the whole: graded only when every task is."""
        if self.hand_in is None:
            return "missing"
        return "graded" if all(one.state == "graded" for one in self.tasks) else "not_graded"

    @property
    def points(self) -> Decimal | None:
        """Before any penalty; None until all is graded."""
        return _sum(self.tasks) if self.state == "graded" else None

    @property
    def most(self) -> Decimal:
        """The most points the tasks give."""
        return sum((one.most for one in self.tasks), Decimal(0))

    @property
    def total(self) -> Decimal | None:
        """What counts: points less the penalty; None until all is graded."""
        if self.points is None:
            return None
        return self.points - (self.penalty or Decimal(0))


def task_set(course: Course, name: str) -> tuple[str, ...]:
    """The assignments that hold the same tasks as ``name``, an assignment or a key.

    Raises :class:`ContentError` when the course has neither.
    """
    by_id = {str(one.id): str(one.key) for one in course.assignments}
    key = by_id.get(name, name)
    found = tuple(id_ for id_, theirs in by_id.items() if theirs == key)
    if not found:
        raise ContentError(
            _(
                "There is no assignment “{name}” in this course. It has: {names}.",
                name=name,
                names=", ".join(by_id),
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class CourseBook:
    """A course with its open gradebook: what every score of it is read from."""

    book: Any
    folder: Path
    course: Course
    key: Key
    rules: Rules


def scores_of(of: CourseBook, name: str, *, now: datetime | None = None) -> tuple[Scores, ...]:
    """The scores of everybody in the gradebook, by trainee, for the tasks of ``name``.

    ``name`` is an assignment, in either language, or a key. What is collected in the course's
    folder and not graded yet is “not graded”. Nothing is written.
    """
    assignments = task_set(of.course, name)
    rows = recorded_rows(of.book, assignments)
    hand_ins = tuple(_collected(of.folder, assignments, now))
    recorded = tuple(_recorded_elsewhere(rows, hand_ins, of.rules, now))
    most = _most(of.book, of.key, assignments)
    found: dict[str, Scores] = {}
    for counted in counting(of.rules, (*hand_ins, *recorded)):
        for trainee in counted.members:
            found[trainee] = _of_one(trainee, counted, rows, most, of.rules)
    missing = tuple(TaskScore(task, "missing", None, points) for task, points in most.items())
    everybody = sorted({*students(of.book), *found})
    return tuple(found.get(trainee) or Scores(trainee, missing) for trainee in everybody)


def _collected(folder: Path, assignments: Iterable[str], now: datetime | None) -> Iterator[HandIn]:
    for assignment in assignments:
        for path in sorted((folder / "submitted").glob(f"*/{assignment}")):
            if path.is_dir() and not path.is_symlink():
                yield HandIn(path.parent.name, assignment, read_time(path, now))


def _recorded_elsewhere(
    rows: Recorded, collected: Iterable[HandIn], rules: Rules, now: datetime | None
) -> Iterator[HandIn]:
    """What the gradebook holds of trainees whose folder, and whose group's, is not here."""
    here = {member for one in collected for member in rules.members(one.trainee, one.assignment)}
    for (trainee, assignment), submission in rows.items():
        if trainee not in here:
            at = submission.at
            time = HandInTime(None) if at is None else believed(at.replace(tzinfo=UTC), now)
            yield HandIn(trainee, assignment, time)


def _of_one(
    trainee: str, counted: Counted, rows: Recorded, most: Mapping[str, Decimal], rules: Rules
) -> Scores:
    hand_in = counted.hand_in
    submission = rows.get((hand_in.trainee, hand_in.assignment))
    current = submission is not None and not _newer(hand_in, submission.at)
    grades = submission.grades if submission is not None and current else {}
    tasks = tuple(_task(task, points, grades.get(task)) for task, points in most.items())
    notes = told_of_time(rules, hand_in.assignment, hand_in.trainee, hand_in.time)
    scores = Scores(
        trainee,
        tasks,
        hand_in,
        counted.members if len(counted.members) > 1 else (),
        None,
        (*((counted.line,) if counted.line else ()), *notes),
    )
    if scores.points is None:
        return scores
    late = rules.penalty(hand_in.assignment, hand_in.trainee, hand_in.time.at, scores.points)
    if rules.due(hand_in.assignment, hand_in.trainee) is None and submission is not None:
        late = submission.penalty  # by nbgrader's own plugin, where a course uses that
    return Scores(trainee, tasks, hand_in, scores.members, min(late, scores.points), scores.notes)


def _newer(hand_in: HandIn, graded_at: datetime | None) -> bool:
    """Whether what lies in the folder was handed in after what was graded.

    nbgrader records a summer time such as CEST as if it were UTC, and so as later: hence after,
    and not at another time.
    """
    at = hand_in.time.at
    return at is not None and graded_at is not None and at.replace(tzinfo=None) > graded_at


def _task(task: str, most: Decimal, grade: GradeRow | None) -> TaskScore:
    if grade is None:
        return TaskScore(task, "not_graded", None, most)
    by_person = grade.manual is not None
    points = grade.manual if by_person else grade.auto
    if points is None or grade.waits:
        return TaskScore(task, "not_graded", None, most, earlier=grade.manual)
    return TaskScore(task, "graded", points + grade.extra, most, by_person)


def _most(book: Any, key: Key, assignments: tuple[str, ...]) -> Mapping[str, Decimal]:
    """The most points of each task: the key's in its order, then what else is graded."""
    generated = most_points(book, assignments)
    first = {str(task.id): Decimal(task.points) for task in key.of(assignments[0])}
    return {
        **{id_: generated.get(id_, most) for id_, most in first.items()},
        **{id_: most for id_, most in generated.items() if id_ not in first},
    }


def _sum(tasks: Iterable[TaskScore]) -> Decimal:
    return sum((one.points for one in tasks if one.points is not None), Decimal(0))
