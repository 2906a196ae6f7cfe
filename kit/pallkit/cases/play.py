"""Play a case: a pure function from a state and a decision to the next state.

Nothing here reads a clock, a file or a random number, so the same decisions always give
the same state. That is what lets the grader replay a trainee's log, and the debrief try
the branches that were not taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pallkit.cases.applying import move
from pallkit.cases.conditions import read_condition
from pallkit.cases.dosing import enter_regimen
from pallkit.cases.judging import Decision, level_of, sure_of, text_of
from pallkit.cases.model import Case
from pallkit.cases.settling import Settled, settle, settle_outcome
from pallkit.cases.state import Event, Mark, PersonState, State
from pallkit.cases.steps import (
    ON,
    ChoiceStep,
    ConsultStep,
    DoseStep,
    PlainStep,
    PumpStep,
    Step,
    Way,
    is_best,
    question_way,
    ways,
)
from pallkit.cases.values import Level
from pallkit.errors import DecisionError
from pallkit.i18n import _

__all__ = ["Decision", "begin", "open_ways", "play", "replay", "take", "take_outcome"]


def begin(case: Case, level: Level | None = None) -> State:
    """The state in which a case opens at ``level``, before any decision.

    Raises :class:`DecisionError` for a level the case does not open at.
    """
    if level is not None and level not in case.open_levels:
        raise DecisionError(_("The case does not open at level {level}.", level=level))
    start = case.start
    return State(
        step=case.first,
        clock=start.clock,
        place=start.place,
        esas=dict(start.esas),
        regimen=tuple(enter_regimen(entry, {}) for entry in start.regimen),
        level=level or case.level,
        vitals=dict(start.vitals),
        consciousness=start.consciousness,
        frame=start.frame,
        people=tuple(
            PersonState(one.id, one.role, one.age, one.worry, one.wish, one.told)
            for one in start.people
        ),
        tasks=start.tasks,
        path=(case.first,),
        marks=(Mark(start.clock, dict(start.esas), dict(start.vitals)),),
    )


def play(case: Case, state: State, decision: Decision) -> tuple[State, tuple[Event, ...]]:
    """Make one decision.

    Raises :class:`DecisionError` when the decision does not fit the step the case is
    at, and :class:`pallkit.errors.DoseError` when a dose cannot be read; the state that
    was given still holds.
    """
    step = _step_at(case, state, decision)
    if isinstance(step, PlainStep):
        event = Event(step.id, step.kind, text=text_of(decision))
        return move(state, event, step), (event,)
    if isinstance(step, ChoiceStep | ConsultStep):
        return _choose(state, step, decision)
    settled = settle(case, step, state, decision)
    return _settled(state, step, settled, sure_of(decision))


def replay(
    case: Case, decisions: Iterable[Decision], level: Level | None = None
) -> tuple[State, tuple[Event, ...]]:
    """Play a whole decision log from the beginning, at the level the log says, else ``level``."""
    made = tuple(decisions)
    state = begin(case, level_of(made) or level)
    events: tuple[Event, ...] = ()
    for decision in made:
        state, new = play(case, state, decision)
        events = (*events, *new)
    return state, events


def open_ways(step: Step, state: State) -> Iterator[tuple[str | None, Way]]:
    """The (choice, way) pairs that are open in ``state``: the conditions hold, not yet asked.

    A choice whose every option is closed by its condition opens them all: a learner must
    never stand before nothing.
    """
    if isinstance(step, ChoiceStep):
        offered = [one for one in step.options if _holds(one.when, state)] or step.options
        yield from ((option.id, option) for option in offered)
    elif isinstance(step, ConsultStep):
        put = state.asked.get(step.id, ())
        if len(put) < step.most:
            yield from (
                (one.id, question_way(step, one))
                for one in step.questions
                if one.id not in put and _holds(one.when, state)
            )
        yield ON, Way(next=step.next, turns=step.turns)
    else:
        yield from ways(step)


def take(case: Case, state: State, choice: str | None) -> State | None:
    """Follow one way without a learner: for walkers, debriefs and checks.

    At a step that is judged, an example answer that comes to ``choice`` is given; None is
    returned where no answer can. A dose is the right one, half of it, or twice it.
    """
    step = case.by_id[str(state.step)]
    if isinstance(step, PlainStep):
        return play(case, state, {"step": step.id})[0]
    if isinstance(step, ChoiceStep | ConsultStep):
        return play(case, state, {"step": step.id, "option": choice})[0]
    settled = settle_outcome(case, step, state, str(choice))
    return None if settled is None else _settled(state, step, settled, None)[0]


def take_outcome(case: Case, state: State, step: DoseStep | PumpStep, name: str) -> State:
    """Follow one outcome of a step that computes: there is always an example."""
    after = take(case, state, name)
    if after is None:
        message = f"{step.id} has no example of {name}"
        raise RuntimeError(message)
    return after


def _step_at(case: Case, state: State, decision: Decision) -> Step:
    if state.step is None:
        raise DecisionError(_("The case has ended. Start it again to decide anew."))
    if decision.get("step") != state.step:
        raise DecisionError(
            _(
                "The decision is for “{given}”, but the case is at “{here}”. Reload the page.",
                given=str(decision.get("step"))[:60],
                here=state.step,
            )
        )
    return case.by_id[state.step]


def _choose(
    state: State, step: ChoiceStep | ConsultStep, decision: Decision
) -> tuple[State, tuple[Event, ...]]:
    choice = decision.get("option")
    way = dict(open_ways(step, state)).get(choice) if isinstance(choice, str) else None
    if way is None or not isinstance(choice, str):
        raise DecisionError(_("Choose one of the options before you go on."))
    event = Event(
        step.id,
        step.kind,
        choice=choice,
        best=is_best(step, choice),
        danger=way.danger,
        score=way.score,
        sure=sure_of(decision),
    )
    if isinstance(step, ConsultStep):
        state = _asked(state, step, choice)
    return move(state, event, way), (event,)


def _asked(state: State, step: ConsultStep, choice: str) -> State:
    # Coming back on a detour, the questions may be put again.
    put = () if choice == ON else (*state.asked.get(step.id, ()), choice)
    return replace(state, asked={**state.asked, step.id: put})


def _settled(
    state: State, step: Step, settled: Settled, sure: int | None
) -> tuple[State, tuple[Event, ...]]:
    event = replace(settled.event, best=is_best(step, settled.event.choice), sure=sure)
    return move(settled.remember(state), event, settled.way), (event,)


def _holds(when: str, state: State) -> bool:
    return not when or read_condition(when).holds(state)
