"""What came of marking a hand-in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pallkit.i18n import Message
from pallkit_grading.hand_ins import Inspected


@dataclass(frozen=True, slots=True)
class Scored:
    """What a graded cell gives. ``points`` is None where a person has to grade it."""

    cell: str
    points: Decimal | None
    most: Decimal


@dataclass(frozen=True, slots=True)
class MarkedNotebook:
    """A notebook as it is kept: put right, with the outputs that the grader saw."""

    name: str
    notebook: Mapping[str, Any]
    scores: tuple[Scored, ...]
    unanswered: frozenset[str]


@dataclass(frozen=True, slots=True)
class Marked:
    """A hand-in, marked. ``lines`` are for leader and trainee; ``flagged`` asks for a person.

    ``whole`` is False when it could not be marked at all: then it is to be tried again.
    """

    trainee: str
    files: Inspected
    notebooks: tuple[MarkedNotebook, ...]
    lines: tuple[Message, ...]
    flagged: bool
    whole: bool = True
