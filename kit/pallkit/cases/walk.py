"""Walk every path of a case: for tests, checks and statistics, never for learners."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pallkit.cases.model import Case
from pallkit.cases.play import begin, open_ways, take
from pallkit.cases.state import State
from pallkit.cases.steps import ConsultStep
from pallkit.cases.values import Level

LONGEST_PATH = 200
"""Steps after which a path is given up as a circle."""


@dataclass(frozen=True, slots=True)
class Walk:
    """One path: the choices made at forks, and the state it stopped in.

    ``state.step`` is None for a path that reached an end; otherwise the path was longer
    than :data:`LONGEST_PATH`.
    """

    choices: tuple[tuple[str, str], ...]
    state: State


def walk(case: Case, *, level: Level | None = None, most: int = 100_000) -> Iterator[Walk]:
    """Yield every path from the beginning, depth first, at most ``most`` of them."""
    waiting: list[tuple[tuple[tuple[str, str], ...], State]] = [((), begin(case, level))]
    count = 0
    while waiting and count < most:
        choices, state = waiting.pop()
        if state.step is None or len(state.path) > LONGEST_PATH:
            count += 1
            yield Walk(choices, state)
            continue
        waiting += reversed(list(_onward(case, choices, state)))


def _onward(
    case: Case, choices: tuple[tuple[str, str], ...], state: State
) -> Iterator[tuple[tuple[tuple[str, str], ...], State]]:
    step = case.by_id[str(state.step)]
    for choice, _way in open_ways(step, state):
        if isinstance(step, ConsultStep) and _out_of_turn(step, choice, state):
            continue
        after = take(case, state, choice)
        if after is not None:
            yield (choices if choice is None else (*choices, (step.id, choice))), after


def _out_of_turn(step: ConsultStep, choice: str | None, state: State) -> bool:
    """Whether a question comes before one already put: two orders of the same are one path."""
    order = [one.id for one in step.questions]
    put = state.asked.get(step.id, ())
    return bool(put) and choice in order and order.index(choice) < order.index(put[-1])  # type: ignore[arg-type]  # both are ids of questions
