"""Doses inside a case: the medicine list, the right answer, and how a given dose compares.

The right answer is computed by the conversion engine from the regimen of the moment; it
is never written in a case.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from pallkit.cases.effects import AnswerTo, RegimenEntry
from pallkit.cases.state import PumpSolution, RegimenItem, Solution, State
from pallkit.cases.steps import ConvertTask, DoseStep, FractionTask, PumpStep
from pallkit.cases.values import OutcomeName
from pallkit.doses import Dose, Quantity, read_dose, read_preparation, read_quantity
from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit.opioids import Refusal, convert, ratio_set, read_reduction, rescue, rescue_rule
from pallkit.privacy import refuse_identity_numbers
from pallkit.pump import Settings, program, read_concentration, read_rate, read_volume

EXAMPLES: Mapping[str, Decimal] = {
    "right": Decimal(1),
    "too_low": Decimal("0.5"),
    "too_high": Decimal(2),
}
"""The share of the right dose that stands for each outcome where nobody typed one."""


def enter_regimen(entry: RegimenEntry, answers: Mapping[str, Dose]) -> RegimenItem:
    """Put an entry on the medicine list, with the dose the learner ordered where it says so.

    Raises :class:`ContentError` when the entry refers to a dose step not yet answered.
    """
    if isinstance(entry.dose, AnswerTo):
        dose = answers.get(entry.dose.answer_to)
        if dose is None:
            raise ContentError(
                _(
                    "“{id}” takes its dose from “{step}”, which comes later. Name an earlier step.",
                    id=entry.id,
                    step=entry.dose.answer_to,
                )
            )
    else:
        dose = read_dose(entry.dose)
    return RegimenItem(entry.id, dose, entry.use, entry.given)


def solve(step: DoseStep, state: State) -> Solution:
    """Compute the right answer to a dose step from the state it is met in.

    Raises :class:`ContentError` when the ratio set refuses the task; ``pallkit check``
    finds such a case before a learner does.
    """
    task = step.task
    if isinstance(task, FractionTask):
        return _fraction(step, task, state)
    return _conversion(step, task, state)


def judge(step: DoseStep, solution: Solution, typed: str) -> tuple[OutcomeName, Dose]:
    """Compare a typed dose with the right one, within the step's tolerance on both sides.

    Raises :class:`pallkit.errors.DoseError` when it cannot be read, has no unit, or is
    for another length of time than asked for.
    """
    refuse_identity_numbers(typed)
    given = read_quantity(typed).to(solution.measure)
    name = _compared(given.amount, solution.bounds, step.tolerance)
    return name, Dose(solution.preparation, given)


def solve_pump(step: PumpStep, state: State) -> PumpSolution:
    """Work out the rate for the right answer to an earlier dose step.

    Raises :class:`ContentError` when that step was not answered, or the pump refuses.
    """
    earlier = _earlier(step.id, step.task.pump_for, state)
    low, _high = earlier.bounds
    measure = earlier.measure
    dose = Dose(earlier.preparation, Quantity(low, measure.unit, measure.per))
    done = program(
        Settings(
            dose=dose,
            concentration=read_concentration(step.task.concentration),
            reservoir=read_volume(step.task.reservoir),
        )
    )
    if isinstance(done, Refusal):
        raise _cannot(step.id, done)
    return PumpSolution(done.rate, done.receipt)


def judge_pump(step: PumpStep, solution: PumpSolution, typed: str) -> tuple[OutcomeName, Decimal]:
    """Compare a typed rate (mL/h) with the right one, within the step's tolerance.

    Raises :class:`pallkit.errors.DoseError` when it cannot be read.
    """
    refuse_identity_numbers(typed)
    given = read_rate(typed)
    return _compared(given, solution.bounds, step.tolerance), given


def _compared(given: Decimal, bounds: tuple[Decimal, Decimal], tolerance: Decimal) -> OutcomeName:
    low, high = bounds
    if given < low * (1 - tolerance):
        return "too_low"
    return "too_high" if given > high * (1 + tolerance) else "right"


def example(solution: Solution, name: str) -> Dose:
    """A dose that would have had this outcome, for branches nobody typed an answer to."""
    low, high = solution.bounds
    amount = (high if name == "too_high" else low) * EXAMPLES[name]
    measure = solution.measure
    return Dose(solution.preparation, Quantity(amount, measure.unit, measure.per))


def regimen_doses(state: State, which: str) -> list[Dose]:
    """The daily doses a task counts: all of them, or those of one use.

    As-needed doses count as often as they were taken; one never taken counts nothing.
    """
    return [
        item.dose if item.use == "fixed" else item.dose.given(item.given)
        for item in state.regimen
        if which in {"all", item.use} and (item.use == "fixed" or item.given)
    ]


def _conversion(step: DoseStep, task: ConvertTask, state: State) -> Solution:
    to = read_preparation(task.to)
    reduction = None if task.reduce == "none" else read_reduction(task.reduce)
    done = convert(regimen_doses(state, task.convert), to, ratio_set(task.set), reduction)
    if isinstance(done, Refusal):
        raise _cannot(step.id, done)
    return Solution(to, done.measure, done.target, done.receipt)


def _fraction(step: DoseStep, task: FractionTask, state: State) -> Solution:
    earlier = _earlier(step.id, task.fraction_of, state)
    done = rescue(earlier.right, rescue_rule(task.rule), of=earlier.preparation)
    if isinstance(done, Refusal):
        raise _cannot(step.id, done)
    return Solution(earlier.preparation, done.measure, done.range, done.receipt)


def _earlier(step: str, earlier: str, state: State) -> Solution:
    solution = state.solutions.get(earlier)
    if solution is None:
        raise ContentError(
            _(
                "The dose step “{step}” needs the answer to “{earlier}” first. Name an earlier "
                "step that every path passes.",
                step=step,
                earlier=earlier,
            )
        )
    return solution


def _cannot(step: str, refusal: Refusal) -> ContentError:
    return ContentError(
        _("The dose step “{step}” cannot be computed: {why}", step=step, why=refusal.message)
    )
