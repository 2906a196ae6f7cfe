"""Every state a case can be in, as far as its doses go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pallkit.cases.dosing import solve, solve_pump
from pallkit.cases.model import Case, ConvertTask, DoseStep, PumpStep
from pallkit.cases.play import begin, open_ways, take
from pallkit.cases.state import State
from pallkit.doses import read_measure
from pallkit.errors import ContentError, PallkitError
from pallkit.i18n import Message
from pallkit.opioids import ratio_set

MOST_STATES = 5000
"""States of one case that are tried; what lies beyond them is left to the player."""
MOST_VISITS = 3
"""Times one path may come to the same step: in a circle a dose may grow for ever."""


@dataclass
class Explored:
    """What was met, by step id.

    ``unsolved``: why the engine has no answer; ``unmoved``: why the medicine list could not
    be changed; ``units``: the unit asked for and the unit of the answer, where they differ.
    """

    unsolved: dict[str, Message] = field(default_factory=dict)
    unmoved: dict[str, Message] = field(default_factory=dict)
    units: dict[str, tuple[str, str]] = field(default_factory=dict)


def explore(case: Case) -> Explored:
    """Walk until nothing new is met. A dose that cannot be read stops a path in silence.

    States are told apart by step, medicine list and right answers; symptoms and the clock
    are left out, since no dose depends on them.
    """
    found = Explored()
    try:
        waiting = [begin(case)]
    except PallkitError:
        return found
    seen: set[object] = set()
    while waiting and len(seen) < MOST_STATES:
        state = waiting.pop()
        if state.step not in case.by_id or state.path.count(state.step) > MOST_VISITS:
            continue
        if (key := _key(state)) not in seen:
            seen.add(key)
            waiting += _onward(case, state, found)
    return found


def _onward(case: Case, state: State, found: Explored) -> Iterator[State]:
    step = case.by_id[str(state.step)]
    if isinstance(step, DoseStep) and not _is_solved(step, state, found):
        return
    if isinstance(step, PumpStep) and not _runs(step, state, found):
        return
    for choice, _way in open_ways(step, state):
        try:
            after = take(case, state, choice)
            if after is not None:
                yield after
        except ContentError as error:
            found.unmoved.setdefault(step.id, error.message)
        except PallkitError:
            continue  # an unreadable dose, which has its own rule


def _is_solved(step: DoseStep, state: State, found: Explored) -> bool:
    if isinstance(step.task, ConvertTask):
        try:
            ratio_set(step.task.set)
        except PallkitError:
            return False  # unknown and broken sets have their own rules
    try:
        solution = solve(step, state)
    except PallkitError as error:
        found.unsolved.setdefault(step.id, error.message)
        return False
    if read_measure(step.answer_unit) != solution.measure:
        found.units.setdefault(step.id, (step.answer_unit, str(solution.measure)))
    return True


def _runs(step: PumpStep, state: State, found: Explored) -> bool:
    try:
        solve_pump(step, state)
    except PallkitError as error:
        found.unsolved.setdefault(step.id, error.message)
        return False
    return True


def _key(state: State) -> object:
    solved = tuple((step, solution.right) for step, solution in state.solutions.items())
    return state.step, state.regimen, tuple(state.answers.items()), solved
