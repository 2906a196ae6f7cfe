"""Play a case: a pure function from a state and a decision to the next state.

Nothing here reads a clock, a file or a random number, so the same decisions always give
the same state. That is what lets the grader replay a trainee's log, and the debrief try
the branches that were not taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from pallkit.cases.dosing import enter_regimen, example, judge, solve
from pallkit.cases.model import (
    Axis,
    Case,
    ChoiceStep,
    DoseStep,
    Effects,
    EsasItem,
    Option,
    Outcome,
    OutcomeName,
    PlainStep,
    RegimenChange,
    Step,
)
from pallkit.cases.state import Event, Mark, RegimenItem, Solution, State
from pallkit.doses import Dose
from pallkit.errors import DecisionError
from pallkit.i18n import _
from pallkit.privacy import refuse_identity_numbers

Decision = Mapping[str, Any]
"""One decision as it stands in a log: ``{"step": id}`` and one of option, dose or text."""

LONGEST_TEXT = 5000
"""The most characters of a reflection; a log is for thoughts, not for files."""

_FIELDS = {"choice": "option", "dose": "dose", "reflect": "text"}


def begin(case: Case) -> State:
    """The state in which a case opens, before any decision."""
    start = case.start
    return State(
        step=case.first,
        clock=start.clock,
        place=start.place,
        esas=dict(start.esas),
        regimen=tuple(enter_regimen(entry, {}) for entry in start.regimen),
        path=(case.first,),
        marks=(Mark(start.clock, dict(start.esas)),),
    )


def play(case: Case, state: State, decision: Decision) -> tuple[State, tuple[Event, ...]]:
    """Make one decision.

    Raises :class:`DecisionError` when the decision does not fit the step the case is
    at, and :class:`pallkit.errors.DoseError` when a dose cannot be read; the state that
    was given still holds.
    """
    step = _step_at(case, state, decision)
    if isinstance(step, PlainStep):
        event = Event(step.id, step.kind, text=_text_of(decision))
        return _move(state, step, event, step), (event,)
    if isinstance(step, ChoiceStep):
        return _choose(state, step, decision)
    return _dose(state, step, decision)


def replay(case: Case, decisions: Iterable[Decision]) -> tuple[State, tuple[Event, ...]]:
    """Play a whole decision log from the beginning."""
    state = begin(case)
    events: tuple[Event, ...] = ()
    for decision in decisions:
        state, new = play(case, state, decision)
        events = (*events, *new)
    return state, events


def take_outcome(state: State, step: DoseStep, name: OutcomeName) -> State:
    """Follow one outcome of a dose step without a typed answer: for walkers and debriefs.

    The patient then gets an example dose: the right one, half of it or twice it.
    """
    solution = solve(step, state)
    outcome = step.outcomes[name]
    event = Event(step.id, "dose", choice=name, danger=outcome.danger, score=outcome.score)
    state = _remember(state, step.id, example(solution, name), solution)
    return _move(state, step, event, outcome)


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


def _choose(state: State, step: ChoiceStep, decision: Decision) -> tuple[State, tuple[Event, ...]]:
    option = step.option(str(decision.get("option")))
    if option is None:
        raise DecisionError(_("Choose one of the options before you go on."))
    event = Event(
        step.id,
        "choice",
        choice=option.id,
        best=option.best,
        danger=option.danger,
        score=option.score,
    )
    return _move(state, step, event, option), (event,)


def _dose(state: State, step: DoseStep, decision: Decision) -> tuple[State, tuple[Event, ...]]:
    typed = decision.get("dose")
    if not isinstance(typed, str) or not typed.strip():
        raise DecisionError(_("Write a dose with its unit before you go on."))
    solution = solve(step, state)
    name, given = judge(step, solution, typed)
    outcome = step.outcomes[name]
    event = Event(
        step.id,
        "dose",
        choice=name,
        best=name == "right",
        danger=outcome.danger,
        score=outcome.score,
        given=typed.strip(),
        solution=solution,
    )
    state = _remember(state, step.id, given, solution)
    return _move(state, step, event, outcome), (event,)


def _remember(state: State, step: str, given: Dose, solution: Solution) -> State:
    return replace(
        state,
        answers={**state.answers, step: given},
        solutions={**state.solutions, step: solution},
    )


def _text_of(decision: Decision) -> str | None:
    text = decision.get("text")
    if text is None:
        return None
    if not isinstance(text, str) or len(text) > LONGEST_TEXT:
        raise DecisionError(
            _("The text is too long. Write at most {most} characters.", most=LONGEST_TEXT)
        )
    refuse_identity_numbers(text)
    return text


def _move(state: State, step: Step, event: Event, way: PlainStep | Option | Outcome) -> State:
    effects = way.effects
    clock = state.clock + effects.clock
    esas = _changed(state.esas, effects)
    return replace(
        state,
        step=way.next,
        clock=clock,
        place=effects.place or state.place,
        esas=esas,
        regimen=_regimen(state, effects.regimen),
        score=_added(state.score, event.score),
        dangers=(*state.dangers, step.id) if event.danger else state.dangers,
        path=(*state.path, way.next) if way.next else state.path,
        marks=_marked(state.marks, Mark(clock, esas)),
    )


def _changed(esas: Mapping[EsasItem, int], effects: Effects) -> dict[EsasItem, int]:
    return {
        item: max(0, min(10, value + effects.esas.get(item, 0))) for item, value in esas.items()
    }


def _marked(marks: tuple[Mark, ...], new: Mark) -> tuple[Mark, ...]:
    # One point a time: what happens without the clock moving replaces the last point.
    return (*marks[:-1], new) if marks[-1].clock == new.clock else (*marks, new)


def _regimen(state: State, change: RegimenChange) -> tuple[RegimenItem, ...]:
    # An entry that begins again, on a detour, takes its old place: never twice on the list.
    ended = {*change.stop, *(entry.id for entry in change.start)}
    kept = [item for item in state.regimen if item.id not in ended]
    return (*kept, *(enter_regimen(entry, state.answers) for entry in change.start))


def _added(score: Mapping[Axis, int], more: Mapping[Axis, int]) -> dict[Axis, int]:
    return {axis: score.get(axis, 0) + more.get(axis, 0) for axis in {**score, **more}}
