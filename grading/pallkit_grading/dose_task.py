"""Judge a worked-out dose: the engine computes the right answer, and the near ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from decimal import Decimal
from typing import TypeVar

from pallkit.answers import Log, latest
from pallkit.doses import MEASURES, Measure, read_dose, read_preparation, read_quantity
from pallkit.errors import ContentError, PallkitError
from pallkit.i18n import Message, Words, _
from pallkit.opioids import (
    Range,
    Refusal,
    convert,
    ratio_set,
    read_reduction,
    rescue,
    rescue_rule,
)
from pallkit_grading.judgement import Judgement, graded, not_graded, unanswered
from pallkit_grading.key import Calculation, Change, DoseTask, DoseUnit

T = TypeVar("T")

_MEASURES: dict[DoseUnit, Measure] = {
    "mg/24 t": MEASURES["mg/24 h"],
    "mg": MEASURES["mg"],
    "µg/t": MEASURES["µg/h"],
}


def judge_dose(task: DoseTask, log: Log) -> Judgement:
    """Judge the answer that counts: all the points, a part of them, or none."""
    answer = latest(log, task.id)
    if answer is None:
        return unanswered(task.id, task.points, log)
    for fault in uncomputable(task):
        return not_graded(task.id, task.points, fault, answer.text)
    try:
        given = read_quantity(answer.text).to(_MEASURES[task.unit]).amount
    except PallkitError as error:
        return not_graded(task.id, task.points, error.message, answer.text)
    for points, right, tolerance, hint in _ways(task):
        if _is(given, right, tolerance):
            return graded(task.id, points, task.points, answer.text, hint)
    wrong = _("The number is not right. Look at the conversion once more.")
    return graded(task.id, Decimal(0), task.points, answer.text, wrong)


def compute(calculation: Calculation, unit: DoseUnit) -> Range:
    """The right answer in ``unit``, with its spread.

    Raises :class:`ContentError` when the ratio set does not support the calculation or it
    comes out in another unit: the key is wrong then, not the trainee.
    """
    to = read_preparation(calculation.to)
    doses = [read_dose(dose) for dose in calculation.doses]
    lower = None if calculation.reduce == "none" else read_reduction(calculation.reduce)
    converted = _answered(convert(doses, to, ratio_set(calculation.set), lower))
    if calculation.rule is None:
        return _in_unit(converted.target, converted.measure, unit)
    single = _answered(rescue(converted.target, rescue_rule(calculation.rule), of=to))
    return _in_unit(single.range, single.measure, unit)


def uncomputable(task: DoseTask) -> Iterator[Message]:
    """Every calculation of the task has an answer; what is yielded says why one has not."""
    try:
        for _way in _ways(task):
            pass
    except PallkitError as error:
        yield _("the task “{task}” cannot be computed: {why}", task=task.id, why=error.message)


def _ways(task: DoseTask) -> Iterator[tuple[Decimal, Range, Decimal, Message | Words]]:
    """The points, the computed answer, its tolerance and what to say, best way first."""
    yield task.points, compute(task.right, task.unit), task.tolerance, _("Right.")
    for part in task.partial:
        answer = compute(_changed(task.right, part.change), task.unit)
        yield part.points, answer, part.tolerance or task.tolerance, part.hint


def _is(given: Decimal, right: Range, tolerance: Decimal) -> bool:
    """Whether ``given`` is the source's one figure, or lies in its spread where it has none."""
    low, high = (right.low, right.high) if right.point is None else (right.point, right.point)
    return low * (1 - tolerance) <= given <= high * (1 + tolerance)


def _changed(right: Calculation, change: Change) -> Calculation:
    given = {field.name: getattr(change, field.name) for field in fields(change)}
    return replace(right, **{name: value for name, value in given.items() if value is not None})


def _answered(done: T | Refusal) -> T:
    if isinstance(done, Refusal):
        raise ContentError(done.message)
    return done


def _in_unit(answer: Range, measure: Measure, unit: DoseUnit) -> Range:
    if measure != _MEASURES[unit]:
        raise ContentError(
            _(
                "the answer comes out in {computed}, and the key asks for {unit}.",
                computed=measure.message,
                unit=_MEASURES[unit].message,
            )
        )
    return answer
