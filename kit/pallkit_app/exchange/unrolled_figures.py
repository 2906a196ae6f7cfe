"""Which of the patient's own figures are still to be estimated, from each step on."""

from __future__ import annotations

from collections.abc import Mapping

from pallkit.cases.judging import estimate_bounds
from pallkit.cases.model import Case
from pallkit.cases.state import State
from pallkit.cases.steps import EstimateStep, Step, ways_on
from pallkit.cases.values import ESAS_ITEMS, EsasItem


def figures_ahead(case: Case) -> Mapping[str, tuple[EsasItem, ...]]:
    """By step id, the symptoms that an estimate there or further on is about."""
    aims = {str(step.id): {str(aim) for _choice, aim in ways_on(step)} for step in case.steps}
    ahead = {str(step.id): _about(step) for step in case.steps}
    for _round in case.steps:  # no way through a case is longer than its steps, circles apart
        ahead = {
            id_: own.union(*(ahead[aim] for aim in aims[id_] & ahead.keys()))
            for id_, own in ahead.items()
        }
    return {
        id_: tuple(item for item in ESAS_ITEMS if item in items) for id_, items in ahead.items()
    }


def spread_of(step: Step, state: State) -> tuple[int, int] | None:
    """The figures that are right at an estimate of the patient's own; None at other steps."""
    if isinstance(step, EstimateStep) and step.of is not None:
        return estimate_bounds(step, state)
    return None


def _about(step: Step) -> set[EsasItem]:
    return {step.of} if isinstance(step, EstimateStep) and step.of is not None else set()
