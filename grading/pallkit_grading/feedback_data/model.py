"""The feedback on one hand-in, as plain frozen data in no language yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from pallkit.i18n import Language, Message, Words
from pallkit.opioids.results import Step
from pallkit_grading.course import Assignment, Course
from pallkit_grading.manual import Happened

Line = Message | Words | str
"""What is said of an answer; a str is in the page's own language already."""

State = Literal["graded", "waiting", "not_graded"]
Listed = Literal["picked", "in_order"]
"""Whether an answer is several things, a line each, and whether their order counts."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One row of a rubric: the level that was chosen, what it gives and what the row can give.

    ``points`` and ``text`` are None where no level has been chosen yet.
    """

    title: Words
    text: Words | None
    points: Decimal | None
    most: Decimal


@dataclass(frozen=True, slots=True)
class CaseFeedback:
    """A played case: its title, and the engine's debrief as plain values in the page's language."""

    title: str
    lang: Language
    debrief: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TaskFeedback:
    """What one task gave and why.

    ``points`` is None until it is graded; ``state`` says whether it waits for a person or
    could not be graded. ``code`` marks an answer that is shown as it was typed, line by line.
    ``question`` is what a task drawn for this trainee asked, ``right`` the right answer and
    ``receipt`` how it is worked out.
    """

    id: str
    title: str
    most: Decimal
    points: Decimal | None
    state: State
    answer: Line | None = None
    code: bool = False
    listed: Listed | None = None
    lines: tuple[Line, ...] = ()
    flags: tuple[Line, ...] = ()
    question: tuple[Line, ...] = ()
    right: Line | None = None
    receipt: tuple[Step, ...] = ()
    rubric: tuple[Criterion, ...] = ()
    comments: tuple[str, ...] = ()
    note: Words | None = None
    case: CaseFeedback | None = None


@dataclass(frozen=True, slots=True)
class Late:
    """What was taken off for being late, and the rule in words."""

    points: Decimal
    rule: Line | None


@dataclass(frozen=True, slots=True)
class Feedback:
    """The feedback on one hand-in. ``told`` is what the leader was told of it, word for word."""

    course: Course
    assignment: Assignment
    title: str
    trainee: str
    name: str
    handed_in: datetime | None
    tasks: tuple[TaskFeedback, ...]
    told: tuple[Mapping[Language, str], ...]
    late: Late | None
    history: tuple[Happened, ...]
    in_group: bool = False

    @property
    def lang(self) -> Language:
        """The language of the page: the assignment's."""
        return self.assignment.lang

    @property
    def missing(self) -> tuple[TaskFeedback, ...]:
        """The tasks that have no points yet."""
        return tuple(task for task in self.tasks if task.points is None)

    @property
    def most(self) -> Decimal:
        """What the assignment can give."""
        return sum((task.most for task in self.tasks), Decimal(0))

    @property
    def total(self) -> Decimal | None:
        """The sum less what lateness took; None while a task has no points."""
        if self.missing:
            return None
        got = sum((task.points or Decimal(0) for task in self.tasks), Decimal(0))
        return max(Decimal(0), got - (self.late.points if self.late else Decimal(0)))
