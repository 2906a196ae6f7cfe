"""What a log says about one task: which answers were given, and which one counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pallkit.answers.log import Log
from pallkit.answers.record import Record


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a task, in the order given. All are kept; the last not taken back counts.

    ``number`` counts from 1 within the task, and is what a withdrawal names.
    """

    number: int
    text: str
    at: str
    withdrawn: bool
    counts: bool


def answers(log: Log, task: str) -> tuple[Answer, ...]:
    """Every answer given to ``task``, taken back or not."""
    given: list[Record] = []
    withdrawn: set[int] = set()
    for entry in _of(log, task):
        if entry.type == "answer":
            given.append(entry)
        elif (
            entry.type == "withdrawn" and isinstance(entry.value, int) and entry.value <= len(given)
        ):
            withdrawn.add(entry.value)
    counting = max(set(range(1, len(given) + 1)) - withdrawn, default=None)
    return tuple(
        Answer(number, str(entry.value), entry.at, number in withdrawn, number == counting)
        for number, entry in enumerate(given, start=1)
    )


def latest(log: Log, task: str) -> Answer | None:
    """Find the answer that counts; if None, look at ``log.intact`` before saying it is 0."""
    return next((answer for answer in answers(log, task) if answer.counts), None)


def decisions(log: Log, task: str) -> tuple[dict[str, str], ...]:
    """Carry out every undo and restart of a case, and give the decisions that stand."""
    standing: list[dict[str, str]] = []
    for entry in _of(log, task):
        if entry.type == "decision" and isinstance(entry.value, dict):
            standing.append(entry.value)
        elif entry.type == "undo" and standing:
            standing.pop()
        elif entry.type == "restart":
            standing.clear()
    return tuple(standing)


def _of(log: Log, task: str) -> Iterable[Record]:
    return (entry for entry in log.records if entry.task == task)
