"""What came of judging one task, and the three ways it can end."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Literal

from pallkit.answers import Log
from pallkit.i18n import Message, Words, _

Outcome = Literal["graded", "not_graded", "by_hand"]

HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One task of one hand-in.

    ``points`` is None unless the outcome is "graded": a task that could not be graded has
    no score, and 0 is one. ``most`` is what the task can give, ``answer`` what was handed
    in as it was written, ``lines`` what the trainee is told. No line ever holds the right
    answer: feedback pages are passed on.

    ``flags`` are for the leader's attention, whatever the points, and the trainee reads them
    too; ``danger`` says that one of them is about a dangerous answer. ``mistake`` is the id of
    the engine's error class that the answer looks like, where that can be told.
    """

    task: str
    outcome: Outcome
    most: Decimal
    points: Decimal | None = None
    answer: str | Message | None = None
    lines: tuple[Message | Words, ...] = ()
    flags: tuple[Message, ...] = ()
    danger: bool = False
    mistake: str | None = None


def graded(  # noqa: PLR0913  # what a judgement is made of
    task: str,
    points: Decimal,
    most: Decimal,
    answer: str | Message,
    *lines: Message | Words,
    flags: tuple[Message, ...] = (),
    danger: bool = False,
    mistake: str | None = None,
) -> Judgement:
    """A task that got its points, from nothing to ``most``."""
    held = max(Decimal(0), min(points, most))
    return Judgement(task, "graded", most, held, answer, lines, flags, danger, mistake)


def half_points(share: Decimal, most: Decimal) -> Decimal:
    """A share of the points, in half points rounded down; never below 0."""
    held = max(Decimal(0), min(share, Decimal(1)))
    return (most * held / HALF).to_integral_value(ROUND_FLOOR) * HALF


def not_graded(task: str, most: Decimal, why: Message, answer: str | None = None) -> Judgement:
    """A task that has no score, and why."""
    return Judgement(task, "not_graded", most, None, answer, (_("Not graded: {why}", why=why),))


def unanswered(task: str, most: Decimal, log: Log) -> Judgement:
    """No answer stands in the log: 0 points, if nothing of the log was lost."""
    if not log.intact:
        return not_graded(
            task, most, _("a part of the answer log is damaged; the answer may have been there.")
        )
    return Judgement(task, "graded", most, Decimal(0), None, (_("Not answered."),))
