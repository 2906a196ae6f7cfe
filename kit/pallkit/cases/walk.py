"""Walk every path of a case: for tests, checks and statistics, never for learners."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pallkit.cases.model import Case, ChoiceStep, DoseStep, ways_on
from pallkit.cases.play import begin, play, take_outcome
from pallkit.cases.state import State

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


def walk(case: Case, *, most: int = 100_000) -> Iterator[Walk]:
    """Yield every path from the beginning, depth first, at most ``most`` of them."""
    waiting: list[tuple[tuple[tuple[str, str], ...], State]] = [((), begin(case))]
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
    for choice, _next in ways_on(step):
        if isinstance(step, DoseStep):
            after = take_outcome(state, step, choice)  # type: ignore[arg-type]  # from OUTCOMES
        elif isinstance(step, ChoiceStep):
            after, _ = play(case, state, {"step": step.id, "option": choice})
        else:
            after, _ = play(case, state, {"step": step.id})
        yield (choices if choice is None else (*choices, (step.id, choice))), after
