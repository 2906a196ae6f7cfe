"""What to grade and how, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from pallkit.i18n import Message
from pallkit_grading.marking import Marked
from pallkit_grading.sandbox import Limits


@dataclass(frozen=True, slots=True)
class Job:
    """What to grade and how.

    ``jobs`` is how many hand-ins with code run at once here; ``cluster`` the address of a
    dask.distributed scheduler that has workers to run them instead. ``again`` marks also what
    is recorded already. ``reason`` is what the history says of scores that are new.
    """

    folder: Path
    assignment: str
    jobs: int = 1
    again: bool = False
    limits: Limits = field(default_factory=Limits)
    cluster: str | None = None
    reason: str = ""


class Report(Protocol):
    """Hears of each hand-in when it is recorded, and of how many there are."""

    def __call__(self, marked: Marked, of: int) -> None:
        """Show it."""


@dataclass(frozen=True, slots=True)
class Flagged:
    """A hand-in that a person should look at, and why."""

    trainee: str
    lines: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of a run: how many were marked, how many were done before, and the flagged.

    ``by_hand`` counts the scores of the assignment that still wait for a person.
    """

    marked: int
    before: int
    flagged: tuple[Flagged, ...]
    by_hand: int
