"""The kinds of task that a key can hold. What each key means is told in ``docs/keys.md``.

Every kind has an ``id``, its ``points``, the course's ``goals`` that it belongs to and a
``note``: why the answer is as it is, for the feedback page.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, Union

from pallkit.cases.schema import Amount, Share, Slug
from pallkit.cases.values import Level
from pallkit.i18n import Words
from pallkit_grading.key_doses import DoseTask, VariantTask
from pallkit_grading.key_values import Figure, Name, Plain, Points

NOTHING = Points(Decimal(0))
NO_SHARE = Share(Decimal(0))


@dataclass(frozen=True, slots=True)
class CaseTask:
    """A case to play. ``danger_most`` is what a path with a dangerous act can give at most.

    ``level`` is the one it is to be played at, else the case's own. Nothing in a hand-in
    chooses it: an easier level would be an easier task.
    """

    id: Slug
    kind: Literal["case"]
    points: Points
    case: Slug
    danger_most: Points
    level: Level | None = None
    goals: tuple[Slug, ...] = ()
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class RubricLevel:
    """How far a text comes on one criterion, and what that gives."""

    points: Points
    text: Words


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing a text is graded by; its ``levels`` stand from the least to the most."""

    id: Slug
    title: Words
    levels: tuple[RubricLevel, ...]


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment that graders often need."""

    id: Slug
    text: Words


@dataclass(frozen=True, slots=True)
class TextTask:
    """A text that a person grades, by what to ``look_for`` or by a ``rubric``."""

    id: Slug
    kind: Literal["text"]
    points: Points
    look_for: tuple[Words, ...] = ()
    rubric: tuple[Criterion, ...] = ()
    comments: tuple[Comment, ...] = ()
    goals: tuple[Slug, ...] = ()
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """A number that is not right but shows half of the thinking."""

    points: Points
    hint: Words
    equals: Figure | None = None
    range: tuple[Figure, Figure] | None = None
    tolerance: Share = NO_SHARE


@dataclass(frozen=True, slots=True)
class DangerousNumber:
    """A number that is dangerous at or above ``at_least``, or below ``below``."""

    at_least: Figure | None = None
    below: Figure | None = None
    most: Points | None = None


@dataclass(frozen=True, slots=True)
class NumberTask:
    """A number. It ``equals`` a figure, give or take a share of it, or is in a ``range``."""

    id: Slug
    kind: Literal["number"]
    points: Points
    unit: Words | None = None
    equals: Figure | None = None
    range: tuple[Figure, Figure] | None = None
    tolerance: Share = NO_SHARE
    partial: tuple[Near, ...] = ()
    danger: DangerousNumber | None = None
    hint: Words | None = None
    goals: tuple[Slug, ...] = ()
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One of the things to choose. ``points`` is for a wrong one that shows some thinking."""

    id: Slug
    right: bool
    hint: Words | None = None
    points: Points | None = None
    danger: bool = False


@dataclass(frozen=True, slots=True)
class ChoiceTask:
    """One of several, or with ``several`` as many as are right.

    ``danger_most`` is what an answer with a dangerous option can give at most.
    """

    id: Slug
    kind: Literal["choice"]
    points: Points
    options: tuple[Option, ...]
    several: bool = False
    danger_most: Points = NOTHING
    goals: tuple[Slug, ...] = ()
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class RankingTask:
    """Things to put in ``order``.

    ``first_most`` is what an order that begins with another thing can give at most.
    ``danger_first`` are things that it is dangerous to begin with.
    """

    id: Slug
    kind: Literal["ranking"]
    points: Points
    order: tuple[Slug, ...]
    hint: Words
    first_most: Points | None = None
    danger_first: tuple[Slug, ...] = ()
    goals: tuple[Slug, ...] = ()
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that the hand-in's code is asked for.

    It has a ``value`` by this name, or a function to ``call`` ``with_`` these arguments. What
    it answers ``equals`` something, is a number in a ``range``, or holds a table's ``rows``.
    A number may be off by the share ``tolerance``, or by ``within``, whichever is more.
    """

    points: Points
    hint: Words
    value: Name | None = None
    call: Name | None = None
    with_: tuple[Plain, ...] = ()
    equals: Plain | None = None
    range: tuple[Figure, Figure] | None = None
    rows: tuple[Plain, ...] | None = None
    tolerance: Share = NO_SHARE
    within: Amount | None = None


@dataclass(frozen=True, slots=True)
class CodeTask:
    """Code to write, judged by what its names hold and its functions answer."""

    id: Slug
    kind: Literal["code"]
    points: Points
    checks: tuple[Check, ...]
    goals: tuple[Slug, ...] = ()
    note: Words | None = None


Task = Union[  # noqa: UP007  # cattrs hooks need the Union form
    DoseTask,
    VariantTask,
    CaseTask,
    TextTask,
    NumberTask,
    ChoiceTask,
    RankingTask,
    CodeTask,
]
