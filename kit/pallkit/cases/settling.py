"""Settle an answer at a step that is judged: which outcome, and what is remembered of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from pallkit.cases import judging
from pallkit.cases.consequences import consequence
from pallkit.cases.dosing import EXAMPLES, example, judge, judge_pump, solve, solve_pump
from pallkit.cases.judging import Decision
from pallkit.cases.model import Case
from pallkit.cases.state import Consequence, Event, PumpSolution, Solution, State
from pallkit.cases.steps import (
    DocumentStep,
    DoseStep,
    EstimateStep,
    Judged,
    MultiStep,
    OrderStep,
    Outcome,
    PumpStep,
    outcome_of,
)
from pallkit.cases.values import Axis
from pallkit.doses import Dose
from pallkit.errors import DecisionError
from pallkit.i18n import _

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Settled:
    """An answer that has been judged. ``dose`` and ``solution`` are kept for later steps."""

    event: Event
    way: Outcome
    dose: Dose | None = None
    solution: Solution | None = None

    def remember(self, state: State) -> State:
        """The state with the dose given, the right one, and the ratio between them."""
        step = self.event.step
        if self.event.consequence is not None:
            state = replace(state, ratios={**state.ratios, step: self.event.consequence.ratio})
        if self.dose is None or self.solution is None:
            return state
        return replace(
            state,
            answers={**state.answers, step: self.dose},
            solutions={**state.solutions, step: self.solution},
        )


def settle(case: Case, step: Judged, state: State, decision: Decision) -> Settled:
    """Judge what a learner answered.

    Raises :class:`DecisionError` and :class:`pallkit.errors.DoseError` for answers that
    cannot be judged, and :class:`pallkit.errors.ContentError` for a step that cannot.
    """
    if isinstance(step, DoseStep):
        typed = _typed(decision, "dose")
        solution = solve(step, state)
        name, dose = judge(step, solution, typed)
        return _dose(case, step, solution, _Given(name, typed), dose)
    if isinstance(step, PumpStep):
        typed = _typed(decision, "rate")
        right = solve_pump(step, state)
        name, rate = judge_pump(step, right, typed)
        return _pump(case, step, right, _Given(name, typed), rate)
    if isinstance(step, MultiStep):
        return _multi(step, judging.picks_of(step, decision))
    if isinstance(step, EstimateStep):
        return _estimate(step, state, judging.estimate_of(decision))
    if isinstance(step, OrderStep):
        return _order(step, judging.order_of(step, decision))
    return _document(step, judging.fields_of(step, decision))


def settle_outcome(case: Case, step: Judged, state: State, name: str) -> Settled | None:
    """Settle an example answer that comes to the outcome ``name``; None where none can."""
    if isinstance(step, DoseStep):
        solution = solve(step, state)
        return _dose(case, step, solution, _Given(name), example(solution, name))
    if isinstance(step, PumpStep):
        right = solve_pump(step, state)
        return _pump(case, step, right, _Given(name), right.rate * EXAMPLES[name])
    if isinstance(step, MultiStep):
        return _made(judging.example_picks(step, name), lambda one: _multi(step, one))
    if isinstance(step, EstimateStep):
        value = judging.example_value(step, state, name)
        return _made(value, lambda one: _estimate(step, state, one))
    if isinstance(step, OrderStep):
        return _made(judging.example_order(step, name), lambda one: _order(step, one))
    return _made(judging.example_fields(step, name), lambda one: _document(step, one))


def _made(one: T | None, settled: Callable[[T], Settled]) -> Settled | None:
    return None if one is None else settled(one)


@dataclass(frozen=True, slots=True)
class _Given:
    """What an answer came to, and how it was typed; None for an example nobody typed."""

    name: str
    typed: str | None = None


def _dose(case: Case, step: DoseStep, solution: Solution, given: _Given, dose: Dose) -> Settled:
    outcome = outcome_of(step, given.name)
    event = replace(
        _event(step, given.name, outcome),
        given=given.typed,
        solution=solution,
        consequence=_consequence(case, step, dose.amount, solution.bounds),
    )
    return Settled(event, outcome, dose, solution)


def _pump(case: Case, step: PumpStep, right: PumpSolution, given: _Given, rate: Decimal) -> Settled:
    outcome = outcome_of(step, given.name)
    event = replace(
        _event(step, given.name, outcome),
        given=given.typed,
        solution=right,
        consequence=_consequence(case, step, rate, right.bounds),
    )
    return Settled(event, outcome)


def _multi(step: MultiStep, picked: tuple[str, ...]) -> Settled:
    name = judging.judge_picks(step, picked)
    outcome = outcome_of(step, name)
    chosen = [pick for pick in step.picks if pick.id in picked]
    score: dict[Axis, int] = dict(outcome.score)
    for pick in chosen:
        for axis, points in pick.score.items():
            score[axis] = score.get(axis, 0) + points
    danger = outcome.danger or any(pick.danger for pick in chosen)
    event = _event(step, name, outcome)
    return Settled(replace(event, picked=picked, score=score, danger=danger), outcome)


def _estimate(step: EstimateStep, state: State, value: int) -> Settled:
    name = judging.judge_estimate(step, state, value)
    outcome = outcome_of(step, name)
    spread = judging.estimate_bounds(step, state)
    event = replace(_event(step, name, outcome), given=str(value), spread=spread)
    return Settled(event, outcome)


def _order(step: OrderStep, order: tuple[str, ...]) -> Settled:
    name = judging.judge_order(step, order)
    outcome = outcome_of(step, name)
    return Settled(replace(_event(step, name, outcome), picked=order), outcome)


def _document(step: DocumentStep, filled: dict[str, str]) -> Settled:
    name = judging.judge_fields(step, filled)
    outcome = outcome_of(step, name)
    return Settled(replace(_event(step, name, outcome), fields=filled), outcome)


def _event(step: Judged, name: str, outcome: Outcome) -> Event:
    return Event(step.id, step.kind, choice=name, danger=outcome.danger, score=outcome.score)


def _consequence(
    case: Case, step: DoseStep | PumpStep, given: Decimal, bounds: tuple[Decimal, Decimal]
) -> Consequence | None:
    if step.consequence is None:
        return None
    return consequence(case, step.consequence, given, bounds)


def _typed(decision: Decision, key: str) -> str:
    typed = decision.get(key)
    if not isinstance(typed, str) or not typed.strip():
        raise DecisionError(_("Write a dose with its unit before you go on."))
    return typed.strip()
