"""The right answer to a dose task, its unit and what each mistake would give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache, partial
from typing import TypeVar

from pallkit import content
from pallkit.answers import Log, answers
from pallkit.doses import MEASURES, Measure, read_dose, read_preparation
from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit.opioids import (
    Conversion,
    Range,
    Receipt,
    Refusal,
    Rescue,
    convert,
    mistakes,
    ratio_set,
    read_reduction,
    rescue,
    rescue_rule,
)
from pallkit.opioids.mistakes import Mistake
from pallkit.variants import variant_task
from pallkit_grading.dose_mistakes import known_mistakes
from pallkit_grading.key import Calculation, DoseTask, DoseUnit, VariantTask

T = TypeVar("T", Conversion, Rescue)

MEASURE_OF: dict[DoseUnit, Measure] = {
    "mg/24 t": MEASURES["mg/24 h"],
    "mg": MEASURES["mg"],
    "µg/t": MEASURES["µg/h"],
}
"""The units that a key writes, as the engine has them."""


@dataclass(frozen=True, slots=True)
class Worked:
    """A dose task worked out. ``right`` is in ``measure``.

    What each mistake would give is worked out when it is asked for: most answers are right.
    """

    right: Range
    measure: Measure
    receipt: Receipt
    find_mistakes: Callable[[], tuple[Mistake, ...]]

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """What each mistake that the engine knows would give."""
        return self.find_mistakes()

    def ratio(self, given: Decimal) -> Decimal:
        """Given ÷ right; 1 within the spread where the source has no point.

        As in a case's consequences, it is to the nearest that is right.
        """
        right = self.right
        low, high = (right.low, right.high) if right.point is None else (right.point, right.point)
        nearest = min(max(given, low), high)
        return given / nearest if nearest else Decimal(1)


def work_out(task: DoseTask | VariantTask, trainee: str) -> Worked:
    """Work out a task, for ``trainee`` if it is a variant.

    Raises :class:`pallkit.errors.PallkitError` when it has no answer: the key is wrong then,
    not the trainee.
    """
    if isinstance(task, VariantTask):
        drawn = variant_task(task.id, trainee, task.variant)
        question = drawn.question
        find = cache(partial(mistakes, question))
        return Worked(drawn.right, question.measure, drawn.receipt, find)
    return _worked(task.right, task.unit, content.edition())


def compute(calculation: Calculation, unit: DoseUnit) -> Range:
    """The right answer in ``unit``, with its spread.

    Raises :class:`ContentError` when the ratio set does not support the calculation or it
    comes out in another unit: the key is wrong then, not the trainee.
    """
    return _answer(calculation, unit, content.edition())[0]


def maker(log: Log, task: str) -> str | None:
    """The trainee whose own version was on the screen when the answer that counts was given."""
    counting = next((one.number for one in answers(log, task) if one.counts), None)
    shown: str | None = None
    given = 0
    for entry in log.records:
        if entry.task != task:
            continue
        if entry.type == "opened" and isinstance(entry.value, dict):
            shown = entry.value.get("trainee", shown)
        given += entry.type == "answer"
        if given == counting:
            break
    return shown


@lru_cache(maxsize=256)
def _worked(calculation: Calculation, unit: DoseUnit, edition: object) -> Worked:
    right, receipt = _answer(calculation, unit, edition)
    find = cache(partial(known_mistakes, calculation, right))
    return Worked(right, MEASURE_OF[unit], receipt, find)


@lru_cache(maxsize=256)
def _answer(calculation: Calculation, unit: DoseUnit, _edition: object) -> tuple[Range, Receipt]:
    to = read_preparation(calculation.to)
    doses = [read_dose(dose) for dose in calculation.doses]
    lower = None if calculation.reduce == "none" else read_reduction(calculation.reduce)
    converted = _answered(convert(doses, to, ratio_set(calculation.set), lower))
    if calculation.rule is None:
        return _in_unit(converted.target, converted.measure, unit), converted.receipt
    single = _answered(rescue(converted.target, rescue_rule(calculation.rule), of=to))
    return _in_unit(single.range, single.measure, unit), converted.receipt + single.receipt


def _answered(done: T | Refusal) -> T:
    if isinstance(done, Refusal):
        raise ContentError(done.message)
    return done


def _in_unit(answer: Range, measure: Measure, unit: DoseUnit) -> Range:
    if measure != MEASURE_OF[unit]:
        raise ContentError(
            _(
                "the answer comes out in {computed}, and the key asks for {unit}.",
                computed=measure.message,
                unit=MEASURE_OF[unit].message,
            )
        )
    return answer
