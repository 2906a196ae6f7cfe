"""Count doses up to oral morphine equivalents (OMEQ)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pallkit.doses import (
    Dose,
    Quantity,
    Route,
    dose_message,
    dose_text,
    drug,
    preparation_message,
    quantity_message,
)
from pallkit.errors import ConversionError
from pallkit.i18n import Language, Message, Words, _
from pallkit.opioids import refusals
from pallkit.opioids.ranges import Range
from pallkit.opioids.ratio_sets import RatioSet
from pallkit.opioids.results import (
    Json,
    Receipt,
    Refusal,
    Step,
    answer_json,
    range_json,
    warnings_json,
)
from pallkit.opioids.rows import Row


@dataclass(frozen=True, slots=True)
class Omeq:
    """What doses are worth together, in mg oral morphine per 24 hours, by one ratio set."""

    doses: tuple[Dose, ...]
    table: RatioSet
    oral_morphine: Range
    receipt: Receipt
    warnings: tuple[Message | Words, ...] = ()

    def to_json(self, lang: Language) -> Json:
        """The answer with its steps; ``target`` is None, since nothing is changed to."""
        return answer_json(
            lang,
            doses=[dose_text(dose, lang) for dose in self.doses],
            oral_morphine=range_json(self.oral_morphine),
            steps=self.receipt.to_json(lang),
            warnings=warnings_json(self.warnings, lang),
            ratio_set=self.table.to_json(lang),
        )


def omeq(doses: Sequence[Dose], ratio_set: RatioSet) -> Omeq | Refusal:
    """Count ``doses`` as oral morphine, mg per 24 hours.

    oral morphine = Σ daily dose × its ratio, low, point and high each for itself

    A patch is counted by what it delivers: µg/h × 0.024 = mg/24 h. Raises
    :class:`pallkit.errors.DoseError` for a dose that does not say how often, and
    :class:`ConversionError` when there is nothing to count. The ratios are the set's.
    """
    if not doses:
        raise ConversionError(_("There is no dose to count. Write at least one."))
    counted: list[Omeq] = []
    for dose in doses:
        one = count(dose, ratio_set)
        if isinstance(one, Refusal):
            return one
        counted.append(one)
    return _summed(counted, ratio_set)


def count(dose: Dose, table: RatioSet) -> Omeq | Refusal:
    """Count one dose as oral morphine."""
    preparation = dose.preparation
    if drug(preparation.drug).lock:
        return refusals.locked(preparation)
    rows = table.rows_of(preparation)
    if not rows:
        return refusals.not_in_set(preparation, table)
    row = next((row for row in rows if row.direction.counts), None)
    if row is None:
        return refusals.cannot_count(preparation, rows, table)
    amount, steps = daily(dose, row, table)
    morphine = row.morphine(Range.exactly(amount.amount))
    step = Step(_ratio_text(dose, amount, row, morphine), row.message, table.source)
    warnings = (row.warning,) if row.warning else ()
    return Omeq(
        (dose,),
        table,
        morphine,
        steps + Receipt((step,)),
        (*table.warnings, *warnings),
    )


def daily(dose: Dose, row: Row, table: RatioSet) -> tuple[Quantity, Receipt]:
    """The dose in the measure its ratio is for, and the steps that took it there."""
    rate, receipt = true_daily(dose, table)
    amount = rate.to(row.measure)
    if amount.measure == rate.measure:
        return amount, receipt
    factor = Quantity(Decimal(1), rate.unit, rate.per).to(row.measure).amount
    text = _(
        "{rate} × {factor} = {amount} (1 {one} is {factor} {other})",
        rate=quantity_message(rate),
        factor=factor,
        amount=quantity_message(amount),
        one=rate.measure.message,
        other=row.measure.message,
    )
    return amount, receipt + Receipt((Step(text, None, table.source),))


def true_daily(dose: Dose, table: RatioSet) -> tuple[Quantity, Receipt]:
    """The dose in its preparation's measure: mg/24 h, or the µg/h a patch really delivers."""
    rate = dose.daily()
    steps: list[Step] = []
    if (rate.amount, rate.measure) != (dose.amount, dose.quantity.measure):
        text = _("{dose} = {daily}", dose=dose_message(dose), daily=quantity_message(rate))
        steps.append(Step(text, None, table.source))
    nominal = _nominal(dose, rate)
    if nominal is not None:
        rate, step = nominal
        steps.append(step)
    return rate, Receipt(tuple(steps))


def _nominal(dose: Dose, rate: Quantity) -> tuple[Quantity, Step] | None:
    if dose.preparation.route is not Route.TRANSDERMAL:
        return None
    for patch in drug(dose.preparation.drug).patches:
        if rate.amount == patch.printed:
            text = _(
                "A {drug} patch marked {printed} µg/h delivers {rate} µg/h.",
                drug=drug(dose.preparation.drug).name,
                printed=patch.printed,
                rate=patch.rate,
            )
            return Quantity(patch.rate, rate.unit, rate.per), Step(text, None, patch.source)
    return None


def _ratio_text(dose: Dose, amount: Quantity, row: Row, morphine: Range) -> Message:
    parts = {
        "preparation": preparation_message(dose.preparation),
        "amount": quantity_message(amount),
        "ratio": row.worth.message,
        "morphine": morphine.message,
    }
    if row.per_dose == 1:
        return _("{preparation} {amount} × {ratio} = {morphine} mg oral morphine/24 h", **parts)
    return _(
        "{preparation} {amount} × {ratio} ÷ {per_dose} = {morphine} mg oral morphine/24 h",
        per_dose=row.per_dose,
        **parts,
    )


def _summed(counted: list[Omeq], table: RatioSet) -> Omeq:
    total, receipt = counted[0].oral_morphine, counted[0].receipt
    for one in counted[1:]:
        total, receipt = total + one.oral_morphine, receipt + one.receipt
    if len(counted) > 1:
        text = _("Sum: {total} mg oral morphine/24 h", total=total.message)
        receipt += Receipt((Step(text, None, table.source),))
    doses = tuple(dose for one in counted for dose in one.doses)
    warnings = dict.fromkeys(warning for one in counted for warning in one.warnings)
    return Omeq(doses, table, total, receipt, tuple(warnings))
