"""Look back on a case: the path taken, and what the untaken branches would have given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pallkit.cases.judging import level_of
from pallkit.cases.model import Case, ChoiceStep, PlainStep, Step
from pallkit.cases.play import Decision, begin, open_ways, play, take
from pallkit.cases.state import Event, State
from pallkit.cases.steps import BEST, ON, ConsultStep, MultiStep, Way, is_best, outcome_of
from pallkit.cases.values import Axis, Level

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


def debrief(case: Case, decisions: Iterable[Decision], level: Level | None = None) -> Debrief:
    """Recompute a path from its decisions, and try every branch it did not take."""
    made = tuple(decisions)
    state = begin(case, level_of(made) or level)
    passages: list[Passage] = []
    for decision in made:
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
    after = take(case, state, best_choice(_at(case, state), state))
    if after is None:
        message = f"{state.step} has no best way"
        raise RuntimeError(message)
    return after


def best_choice(step: Step, state: State) -> str | None:
    """The best choice that is open. At a consult step: every question that pays, then on."""
    if isinstance(step, PlainStep):
        return None
    if isinstance(step, ChoiceStep | ConsultStep):
        offered = dict(open_ways(step, state))
        if isinstance(step, ConsultStep):
            return next((one for one, way in offered.items() if _pays(way)), ON)
        best = next((one for one in offered if is_best(step, one)), None)
        return best or next(iter(offered))
    return BEST[step.kind]


def _pays(way: Way) -> bool:
    return not way.danger and sum(way.score.values()) > 0


def _at(case: Case, state: State) -> Step:
    return case.by_id[str(state.step)]


def _alternatives(case: Case, before: State, event: Event) -> Iterator[Alternative]:
    step = _at(case, before)
    if isinstance(step, PlainStep):
        return
    for choice, way in open_ways(step, before):
        if choice is None or choice == event.choice:
            continue
        after = take(case, before, choice)
        if after is not None:
            end = continue_well(case, after)
            best = is_best(step, choice)
            yield Alternative(choice, best, way.danger, way.score, after, end)


def _best_score(case: Case, passages: Iterable[Passage]) -> dict[Axis, int]:
    total: dict[Axis, int] = {}
    for passage in passages:
        best = _best_at(case.by_id[passage.event.step], passage)
        for axis in {*best, *passage.event.score}:
            most = max(best.get(axis, 0), passage.event.score.get(axis, 0), 0)
            total[axis] = total.get(axis, 0) + most
    return total


def _best_at(step: Step, passage: Passage) -> Mapping[Axis, int]:
    if isinstance(step, PlainStep):
        return {}
    if isinstance(step, ChoiceStep | ConsultStep):
        choice = best_choice(step, passage.before)
        return dict(open_ways(step, passage.before))[choice].score
    best = dict(outcome_of(step, BEST[step.kind]).score)
    for pick in step.picks if isinstance(step, MultiStep) else ():
        for axis, points in pick.score.items() if pick.right else ():
            best[axis] = best.get(axis, 0) + points
    return best
