"""Look back on a case: the path taken, and what the untaken branches would have given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pallkit.cases.model import (
    OUTCOMES,
    Axis,
    Case,
    ChoiceStep,
    DoseStep,
    Option,
    Outcome,
    PlainStep,
    Step,
)
from pallkit.cases.play import Decision, begin, play, take_outcome
from pallkit.cases.state import Event, State

MOST_STEPS = 200
"""A best path longer than this goes in circles."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A branch not taken: the state right after it, and at the end if all went well then.

    ``end`` follows the best choice at every later step, so it is what this branch alone
    would have cost or saved.
    """

    choice: str
    best: bool
    danger: bool
    score: Mapping[Axis, int]
    after: State
    end: State


@dataclass(frozen=True, slots=True)
class Passage:
    """One decision of the path, with the states on both sides of it."""

    event: Event
    before: State
    after: State
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Debrief:
    """The whole way through a case.

    ``best_score`` is, per axis, what the best choice at each step *of this path* gives:
    a detour is not measured against steps it never reached.
    """

    passages: tuple[Passage, ...]
    end: State
    best_score: Mapping[Axis, int]

    @property
    def dangers(self) -> tuple[Passage, ...]:
        """The dangerous acts, whatever the points say."""
        return tuple(passage for passage in self.passages if passage.event.danger)


def debrief(case: Case, decisions: Iterable[Decision]) -> Debrief:
    """Recompute a path from its decisions, and try every branch it did not take."""
    state = begin(case)
    passages: list[Passage] = []
    for decision in decisions:
        after, (event, *_more) = play(case, state, decision)
        alternatives = tuple(_alternatives(case, state, event))
        passages.append(Passage(event, state, after, alternatives))
        state = after
    return Debrief(tuple(passages), state, _best_score(case, passages))


def continue_well(case: Case, state: State) -> State:
    """Play from ``state`` to the end with the best choice at every step."""
    for _count in range(MOST_STEPS):
        if state.step is None:
            break
        state = take_best(case, state)
    return state


def take_best(case: Case, state: State) -> State:
    """Make the best decision at the step ``state`` is at."""
    step = _at(case, state)
    if isinstance(step, DoseStep):
        return take_outcome(state, step, "right")
    decision: dict[str, object] = {"step": step.id}
    if isinstance(step, ChoiceStep):
        decision["option"] = best_option(step).id
    return play(case, state, decision)[0]


def best_option(step: ChoiceStep) -> Option:
    """The first option marked best; the first of all where the author marked none."""
    return next((option for option in step.options if option.best), step.options[0])


def _at(case: Case, state: State) -> Step:
    return case.by_id[str(state.step)]


def _alternatives(case: Case, before: State, event: Event) -> Iterator[Alternative]:
    step = _at(case, before)
    if isinstance(step, PlainStep):
        return
    ways: Iterable[tuple[str, Option | Outcome]] = (
        ((option.id, option) for option in step.options)
        if isinstance(step, ChoiceStep)
        else ((name, step.outcomes[name]) for name in OUTCOMES)
    )
    for choice, way in ways:
        if choice == event.choice:
            continue
        after = (
            take_outcome(before, step, choice)  # type: ignore[arg-type]  # from OUTCOMES
            if isinstance(step, DoseStep)
            else play(case, before, {"step": step.id, "option": choice})[0]
        )
        best = way.best if isinstance(way, Option) else choice == "right"
        end = continue_well(case, after)
        yield Alternative(choice, best, way.danger, way.score, after, end)


def _best_score(case: Case, passages: Iterable[Passage]) -> dict[Axis, int]:
    total: dict[Axis, int] = {}
    for passage in passages:
        step = case.by_id[passage.event.step]
        best: Mapping[Axis, int] = {}
        if isinstance(step, ChoiceStep):
            best = best_option(step).score
        elif isinstance(step, DoseStep):
            best = step.outcomes["right"].score
        for axis in {*best, *passage.event.score}:
            most = max(best.get(axis, 0), passage.event.score.get(axis, 0), 0)
            total[axis] = total.get(axis, 0) + most
    return total
