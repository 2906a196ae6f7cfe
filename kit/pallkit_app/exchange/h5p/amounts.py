"""Doses and rates to choose between, for a platform that cannot judge a typed one.

Each wrong one is what somebody gets who makes a known mistake, worked out by the engine. Where
no mistake gives too little, or too much, half of the right one or twice it stands there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Context, Decimal

from pallkit.cases.dosing import EXAMPLES
from pallkit.cases.state import PumpSolution, Solution, State
from pallkit.cases.steps import ConvertTask, DoseStep, FractionTask, PumpStep
from pallkit.doses import RegimenLine, read_preparation
from pallkit.i18n import Message
from pallkit.opioids import Range, Refusal, ratio_set, read_reduction, rescue
from pallkit.opioids.mistakes import LABELS, mistakes
from pallkit.opioids.questions import Question
from pallkit.opioids.rescue import rescue_rules
from pallkit.pump.tasks_mistakes import LABELS as PUMP_LABELS

_SHOWN = 3
"""Figures a number is shown with: a dose is not drawn up more exactly."""

_SEEN_AT_ONCE = "unit-slip"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in the step's unit, and the mistake that leads to it."""

    value: Decimal
    mistake: Message | None = None


def amounts(
    step: DoseStep | PumpStep, state: State, solution: Solution | PumpSolution
) -> Iterator[Amount]:
    """The right one, then wrong ones, those from the best-known mistakes first."""
    low, high = solution.bounds
    yield Amount(low)
    if isinstance(step, PumpStep):
        yield Amount(low * 24, PUMP_LABELS["forgot-24-hours"])
    elif isinstance(step.task, ConvertTask):
        yield from _converted(step.task, state)
    else:
        yield from _parted(step.task, state)
    yield Amount(low * EXAMPLES["too_low"])
    yield Amount(high * EXAMPLES["too_high"])


def rounded(value: Decimal, figures: int = _SHOWN) -> Decimal:
    """The number as it is shown."""
    return Context(prec=figures).plus(value)


def typed(value: Decimal, unit: str) -> str:
    """The number as it would be typed: «26,667» has two readings, «26,6670» has one."""
    text = format(value.normalize(), "f")
    whole, _dot, decimals = text.partition(".")
    more = "0" if len(decimals) == _SHOWN and whole != "0" else ""
    return f"{text.replace('.', ',')}{more} {unit}"


def _converted(task: ConvertTask, state: State) -> Iterator[Amount]:
    lines = tuple(
        RegimenLine(item.dose, item.use, item.given)
        for item in state.regimen
        if task.convert in {"all", item.use}
    )
    reduction = None if task.reduce == "none" else read_reduction(task.reduce)
    question = Question(lines, ratio_set(task.set), read_preparation(task.to), reduction)
    found = mistakes(question)
    for one in sorted(found, key=lambda one: one.code == _SEEN_AT_ONCE):
        yield Amount(one.values[0], one.label)


def _parted(task: FractionTask, state: State) -> Iterator[Amount]:
    earlier = state.solutions[task.fraction_of]
    for rule in rescue_rules():
        if rule.id != task.rule:
            other = rescue(earlier.right, rule, of=earlier.preparation)
            if not isinstance(other, Refusal):
                yield Amount(_one(other.range), LABELS["wrong-rule"])
    yield Amount(_one(earlier.right), LABELS["forgot-the-part"])


def _one(spread: Range) -> Decimal:
    return spread.low if spread.point is None else spread.point
