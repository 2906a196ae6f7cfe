"""What a log says about one task: which answers were given, and which one counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pallkit.answers.log import Log
from pallkit.answers.record import Record


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a task, in the order given. All are kept; the last not taken back counts.

    ``number`` counts from 1 within the task, and is what a withdrawal names. ``sure`` is how
    sure the trainee was last said to be of it, from 0 to 10; None where that was not said.
    """

    number: int
    text: str
    at: str
    withdrawn: bool
    counts: bool
    sure: int | None = None


def answers(log: Log, task: str) -> tuple[Answer, ...]:
    """Every answer given to ``task``, taken back or not."""
    given: list[Record] = []
    standing: list[int] = []  # the numbers of those not taken back; the last counts
    withdrawn: set[int] = set()
    sure: dict[int, int] = {}
    for entry in _of(log, task):
        if entry.type == "answer":
            given.append(entry)
            standing.append(len(given))
        elif entry.type == "withdrawn" and isinstance(entry.value, int):
            if entry.value <= len(given):
                withdrawn.add(entry.value)
            while standing and standing[-1] in withdrawn:
                standing.pop()
        elif entry.type == "certainty" and isinstance(entry.value, int) and standing:
            sure[standing[-1]] = entry.value
    counting = standing[-1] if standing else None
    return tuple(
        Answer(
            number,
            str(entry.value),
            entry.at,
            number in withdrawn,
            number == counting,
            sure.get(number),
        )
        for number, entry in enumerate(given, start=1)
    )


def latest(log: Log, task: str) -> Answer | None:
    """Find the answer that counts; if None, look at ``log.intact`` before saying it is 0."""
    return next((answer for answer in answers(log, task) if answer.counts), None)


def shown_to(log: Log, task: str) -> tuple[str, ...]:
    """The trainees whose own ``task`` was shown here, each once; none if all get the same."""
    names = (
        entry.value["trainee"]
        for entry in _of(log, task)
        if entry.type == "opened" and isinstance(entry.value, dict)
    )
    return tuple(dict.fromkeys(names))


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
