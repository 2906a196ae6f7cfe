"""Every state a case can be in, as far as its doses and its conditions go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

from pallkit.cases.conditions import names_in, read_condition
from pallkit.cases.dosing import solve, solve_pump
from pallkit.cases.effects import AnswerTo
from pallkit.cases.model import Case, ConvertTask, DoseStep, PumpStep
from pallkit.cases.play import begin, open_ways, take
from pallkit.cases.state import State
from pallkit.cases.steps import (
    DocumentStep,
    EstimateStep,
    FractionTask,
    OrderStep,
    Step,
    conditions_of,
    effects_of,
    ways,
    ways_on,
)
from pallkit.doses import read_measure
from pallkit.errors import ContentError, PallkitError
from pallkit.i18n import Message
from pallkit.opioids import ratio_set

MOST_STATES = 1000
"""States of one case that are tried; what lies beyond them is left to the player."""
MOST_VISITS = 3
"""Times one path may come to the same step: in a circle a dose may grow for ever."""


@dataclass
class Explored:
    """What was met, by step id.

    ``unsolved``: why the engine has no answer; ``unmoved``: why the medicine list could not
    be changed; ``units``: the unit asked for and the unit of the answer, where they differ.
    ``forks`` are the steps where two answers lead to different steps and different states.
    """

    unsolved: dict[str, Message] = field(default_factory=dict)
    unmoved: dict[str, Message] = field(default_factory=dict)
    units: dict[str, tuple[str, str]] = field(default_factory=dict)
    forks: set[str] = field(default_factory=set)


def explore(case: Case) -> Explored:
    """Walk until nothing new is met. A dose that cannot be read stops a path in silence.

    States are told apart by step, and by what doses and conditions from there on depend on.
    """
    found = Explored()
    try:
        waiting = [begin(case, level) for level in case.open_levels]
    except PallkitError:
        return found
    ahead = ahead_of(case)
    seen: set[object] = set()
    while waiting and len(seen) < MOST_STATES:
        state = waiting.pop()
        if state.step not in case.by_id or state.path.count(state.step) > MOST_VISITS:
            continue
        if (key := ahead[str(state.step)].key(state)) not in seen:
            seen.add(key)
            waiting += _moves(case, state, found)
    return found


def _moves(case: Case, state: State, found: Explored) -> list[State]:
    after = list(_onward(case, state, found))
    # At a consult, asking leads back to the same step: that is no fork.
    onward = [one for one in after if one.step != state.step]
    if state.step not in found.forks and len({one.step for one in onward}) > 1:
        patients = [(one.step, _patient(one)) for one in onward]
        if any(
            step != other and patient != another
            for (step, patient), (other, another) in combinations(patients, 2)
        ):
            found.forks.add(str(state.step))
    return after


def _onward(case: Case, state: State, found: Explored) -> Iterator[State]:
    step = case.by_id[str(state.step)]
    if not _is_playable(case, step):
        return
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


def _is_playable(case: Case, step: Step) -> bool:
    """Whether there is an answer to give; what is not playable has its own rule."""
    if isinstance(step, OrderStep):
        return len(step.items) >= 2
    if isinstance(step, DocumentStep):
        return all(one.options for one in step.fields if one.kind == "choice")
    if isinstance(step, DoseStep | PumpStep):
        return step.consequence is None or step.consequence in case.consequences
    return True


@dataclass(frozen=True, slots=True)
class Ahead:
    """What of a state still matters from a step on: the rest tells no two states apart."""

    names: tuple[str, ...]
    earlier: frozenset[str]
    doses: bool

    def key(self, state: State) -> object:
        """What two states have in common that go on alike."""
        answers = [(step, dose) for step, dose in state.answers.items() if step in self.earlier]
        right = [(step, one.right) for step, one in state.solutions.items() if step in self.earlier]
        asked = tuple(state.value(name) for name in self.names)
        regimen = state.regimen if self.doses else ()
        return state.step, regimen, tuple(answers), tuple(right), asked


def ahead_of(case: Case) -> dict[str, Ahead]:
    """What matters from each step on, by step id."""
    own = {str(step.id): _own(step) for step in case.steps}
    after = {
        str(step.id): {str(aim) for _c, aim in ways_on(step)} & own.keys() for step in case.steps
    }
    found = {}
    for id_ in own:
        there, waiting = {id_}, [id_]
        while waiting:
            new = after[waiting.pop()] - there
            there |= new
            waiting += new
        parts = [own[one] for one in there]
        found[id_] = Ahead(
            tuple(sorted({name for part in parts for name in part.names})),
            frozenset(one for part in parts for one in part.earlier),
            any(part.doses for part in parts),
        )
    return found


def _own(step: Step) -> Ahead:
    conditions = [read_condition(when) for _at, when in conditions_of(step)]
    earlier = {
        str(entry.dose.answer_to)
        for _choice, way in ways(step)
        for effects in effects_of(way)
        for entry in effects.regimen.start
        if isinstance(entry.dose, AnswerTo)
    }
    if isinstance(step, PumpStep):
        earlier.add(str(step.task.pump_for))
    elif isinstance(step, DoseStep) and isinstance(step.task, FractionTask):
        earlier.add(str(step.task.fraction_of))
    names = {name for condition in conditions for name in names_in(condition)}
    if isinstance(step, EstimateStep) and step.of is not None:
        names.add(str(step.of))
    # A medicine list matters where it is converted, and where a line of it is asked about.
    return Ahead(tuple(names), frozenset(earlier), isinstance(step, DoseStep))


def _patient(state: State) -> object:
    return (
        state.clock,
        state.place,
        state.esas,
        state.vitals,
        state.consciousness,
        state.frame,
        state.people,
        state.tasks,
        state.known,
        state.regimen,
    )
