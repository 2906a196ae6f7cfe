"""Which hand-in counts where a group hands in one, and several of its members did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pallkit.i18n import Message, _
from pallkit_grading.hand_in_time import HandInTime
from pallkit_grading.rules import Rules


@dataclass(frozen=True, slots=True)
class HandIn:
    """One hand-in: whose folder, in which assignment (its language too), and when."""

    trainee: str
    assignment: str
    time: HandInTime


@dataclass(frozen=True, slots=True)
class Counted:
    """The hand-in that counts for everybody in ``members``; ``others`` are left ungraded.

    ``line`` is for the leader and for each member, where there was anything to choose.
    """

    hand_in: HandIn
    members: tuple[str, ...]
    others: tuple[HandIn, ...] = ()
    line: Message | None = None


def counting(rules: Rules, hand_ins: Iterable[HandIn]) -> tuple[Counted, ...]:
    """Part the hand-ins of one set of tasks, in all its languages, into those that count.

    Of several from one group, or from one trainee in two languages, the newest before the
    deadline counts; where all are late, the first; one of unknown time only if it is alone.
    """
    together: dict[tuple[str, ...], list[HandIn]] = {}
    for one in hand_ins:
        together.setdefault(rules.members(one.trainee, one.assignment), []).append(one)
    return tuple(_choose(rules, members, found) for members, found in together.items())


def _choose(rules: Rules, members: tuple[str, ...], found: Sequence[HandIn]) -> Counted:
    first, *others = sorted(found, key=lambda one: _rank(rules, one))
    if not others:
        return Counted(first, members)
    return Counted(first, members, tuple(others), _line(first, others, len(members)))


def _line(first: HandIn, others: Sequence[HandIn], members: int) -> Message:
    named = ", ".join(f"{one.trainee} ({one.assignment})" for one in others)
    counts = f"{first.trainee} ({first.assignment})"
    if members == 1:
        return _(
            "Handed in more than once: {counts} counts, not {others}.", counts=counts, others=named
        )
    return _(
        "The group handed in more than once: {counts} counts for all of it, not {others}.",
        counts=counts,
        others=named,
    )


def _rank(rules: Rules, one: HandIn) -> tuple[int, float, str, str]:
    at = one.time.at
    if at is None:
        return 2, 0.0, one.trainee, one.assignment
    due = rules.due(one.assignment, one.trainee)
    if due is None or not rules.days_late(one.assignment, one.trainee, at):
        return 0, -_seconds(at), one.trainee, one.assignment
    return 1, _seconds(at), one.trainee, one.assignment


def _seconds(at: datetime) -> float:
    return at.astimezone(UTC).timestamp()
