"""The right answers to a dose or a pump, in every state the step can be met in.

On a screen the right dose is computed when the step is played. On paper it has to be there
before: mostly there is one, and where there are several, an earlier choice tells them apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pallkit.cases import Case, State
from pallkit.cases.dosing import solve, solve_pump
from pallkit.cases.play import open_ways, take
from pallkit.cases.state import PumpSolution, Solution
from pallkit.cases.steps import ConsultStep, DoseStep, PlainStep, PumpStep, ways_on
from pallkit_app.check.explore import ahead_of

MOST_STATES = 20_000
"""States of one case that are looked at."""
Bounds = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Right:
    """A right answer, and the (step, choice) pairs it follows from; none is the usual one."""

    solution: Solution | PumpSolution
    pairs: frozenset[tuple[str, str | None]]


def rights(case: Case, begun: State) -> Mapping[str, Sequence[Right]]:
    """The right answers of each dose and pump step; empty where no one choice tells which."""
    met = _met(case, begun)
    return {id_: _told_apart(case, begun, id_, found) for id_, found in met.items()}


def _told_apart(
    case: Case, begun: State, id_: str, found: Mapping[Bounds, Solution | PumpSolution]
) -> Sequence[Right]:
    if len(found) == 1:
        return [Right(one, frozenset()) for one in found.values()]
    before = _before(case, id_)
    for step in case.steps:
        if isinstance(step, PlainStep | ConsultStep) or step.id not in before:
            continue
        by_choice = _by_choice(case, begun, id_, str(step.id))
        if all(len(bounds) == 1 for bounds in by_choice.values()) and len(by_choice) > 1:
            return list(_rights(found, str(step.id), by_choice))
    return []


def _rights(
    found: Mapping[Bounds, Solution | PumpSolution],
    step: str,
    by_choice: Mapping[str | None, set[Bounds]],
) -> Iterator[Right]:
    usual = next(iter(by_choice.get(None) or next(iter(by_choice.values()))))
    for bounds, solution in found.items():
        choices = {choice for choice, only in by_choice.items() if bounds in only}
        pairs = frozenset((step, choice) for choice in choices if bounds != usual)
        yield Right(solution, pairs)


def _met(case: Case, begun: State) -> dict[str, dict[Bounds, Solution | PumpSolution]]:
    met: dict[str, dict[Bounds, Solution | PumpSolution]] = {}
    for state in _states(case, begun, None, frozenset(case.by_id)):
        solution = _solved(case, state)
        if solution is not None:
            met.setdefault(str(state.step), {}).setdefault(_rounded(solution), solution)
    return met


def _by_choice(case: Case, begun: State, dose: str, step: str) -> dict[str | None, set[Bounds]]:
    found = defaultdict[str | None, set[Bounds]](set)
    for state in _states(case, begun, step, _before(case, dose)):
        if state.step == dose:
            solution = _solved(case, state)
            if solution is not None:
                found[state.choices.get(step)].add(_rounded(solution))
    return found


def _rounded(solution: Solution | PumpSolution) -> Bounds:
    low, high = solution.bounds
    return round(low, 9), round(high, 9)


def _solved(case: Case, state: State) -> Solution | PumpSolution | None:
    step = case.by_id[str(state.step)]
    if isinstance(step, DoseStep):
        return solve(step, state)
    return solve_pump(step, state) if isinstance(step, PumpStep) else None


def _before(case: Case, id_: str) -> frozenset[str]:
    """The steps from which ``id_`` can still be met."""
    found = set[str]()
    waiting = {id_}
    while waiting:
        found |= waiting
        waiting = {
            str(step.id)
            for step in case.steps
            if any(aim in waiting for _choice, aim in ways_on(step))
        } - found
    return frozenset(found - {id_})


def _states(case: Case, begun: State, apart: str | None, onward: frozenset[str]) -> Iterator[State]:
    """Every state that goes on differently; also by what was chosen at the step ``apart``.

    The walk goes no further than the steps of ``onward`` lead.
    """
    ahead = ahead_of(case)
    seen = set[object]()
    waiting = [begun]
    while waiting and len(seen) < MOST_STATES:
        state = waiting.pop()
        if state.step is None:
            continue
        asked = state.asked.get(state.step, ())
        key = (ahead[state.step].key(state), asked, apart and state.choices.get(apart))
        if key in seen:
            continue
        seen.add(key)
        yield state
        if state.step not in onward:
            continue
        for choice, _way in open_ways(case.by_id[state.step], state):
            after = take(case, state, choice)
            if after is not None:
                waiting.append(after)
