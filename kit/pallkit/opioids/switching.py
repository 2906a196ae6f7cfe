"""Change doses to another preparation, by way of oral morphine."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pallkit.doses import Dose, Preparation, dose_message, drug, preparation_message
from pallkit.doses.quantities import MG_PER_DAY, MICROGRAM_PER_HOUR
from pallkit.errors import ConversionError
from pallkit.i18n import Message, Words, _
from pallkit.opioids import refusals
from pallkit.opioids.conversion import Conversion
from pallkit.opioids.counting import PATCH_FACTOR, Omeq, omeq, true_daily
from pallkit.opioids.lowering import changes, lower
from pallkit.opioids.ranges import Range
from pallkit.opioids.ratio_sets import ORAL_MORPHINE, Direction, RatioSet, Row
from pallkit.opioids.reductions import Reduction, fraction
from pallkit.opioids.results import Receipt, Refusal, Step, copied


def convert(
    doses: Sequence[Dose],
    to: Preparation,
    ratio_set: RatioSet,
    reduction: Reduction | None = None,
) -> Conversion | Refusal:
    """Change ``doses`` to ``to`` by way of oral morphine.

    oral morphine (mg/24 h) = Σ daily dose × its ratio
    equivalent              = oral morphine ÷ the ratio of ``to``
    answer                  = equivalent × (1 − reduction)

    in mg/24 h, or µg/h for a patch. The spread goes through every step: the lowest answer
    is the lowest oral morphine over the highest ratio, with the most taken off. Doses that
    already are ``to`` are added as they stand and are not reduced. ``reduction`` has no
    default on purpose: None (or 0) gives the unreduced equivalent, which is not a start
    dose. The answer is not rounded to the strengths that exist.

    Raises :class:`pallkit.errors.DoseError` and :class:`ConversionError` for what has no
    meaning; what the set does not support is a :class:`Refusal`.
    """
    if not doses:
        raise ConversionError(_("There is no dose to change. Write at least one."))
    if isinstance(reduction, Decimal):
        reduction = fraction(reduction) or None
    refusal = _locked(doses, to, ratio_set) or _fixed_start(to, reduction)
    if refusal is not None:
        return refusal
    changed = [dose for dose in doses if dose.preparation != to]
    if not changed:
        return _unchanged(doses, to, ratio_set, reduction)
    equivalent = _equivalent(changed, to, ratio_set)
    if isinstance(equivalent, Refusal):
        return equivalent
    kept = [dose for dose in doses if dose.preparation == to]
    total = _total(equivalent, kept, ratio_set)
    return _finished(equivalent, kept, total, reduction, changed)


def _locked(doses: Sequence[Dose], to: Preparation, table: RatioSet) -> Refusal | None:
    for dose in doses:
        if drug(dose.preparation.drug).lock:
            return refusals.locked(dose.preparation)
    if not drug(to.drug).lock:
        return None
    rows = table.rows_of(to)
    counted = omeq(doses, table)
    if isinstance(counted, Refusal) or not any(row.band for row in rows):
        return refusals.locked(to)
    if any(row.band and row.band.holds(counted.oral_morphine) for row in rows):
        return refusals.locked(to)
    return refusals.locked(to, refusals.bands_reason(counted.oral_morphine, rows, table))


def _fixed_start(to: Preparation, reduction: Reduction | None) -> Refusal | None:
    start = drug(to.drug).patch_start
    if start is None or to.measure != MICROGRAM_PER_HOUR or reduction is None:
        return None
    return Refusal(
        "fixed_start",
        _(
            "The start strength of {preparation} is never chosen by a ratio: its product text "
            "says always to start at {rate} µg/h, also when changing.",
            preparation=preparation_message(to),
            rate=start.rate,
        ),
        _("Leave the reduction out to see the equivalent, which is not a start dose."),
    )


def _equivalent(changed: list[Dose], to: Preparation, table: RatioSet) -> Conversion | Refusal:
    """The unreduced equivalent of ``changed``."""
    counted = omeq(changed, table)
    if isinstance(counted, Refusal):
        return counted
    for dose in changed:
        refusal = refusals.compares(table.rows_of(dose.preparation), table)
        if refusal is not None:
            return refusal
    row = _row_to(to, counted.oral_morphine, table)
    if isinstance(row, Refusal):
        return row
    amount, steps = _through(row, to, counted.oral_morphine, table)
    return Conversion(
        doses=counted.doses,
        to=to,
        table=table,
        oral_morphine=counted.oral_morphine,
        equivalent=amount,
        taken_off=None,
        target=amount,
        measure=to.measure,
        receipt=counted.receipt + steps,
        warnings=_unique(counted.warnings, _row_warnings(row), _start_warning(to)),
    )


def _row_to(to: Preparation, morphine: Range, table: RatioSet) -> Row | Refusal:
    """The row that says how to go from ``morphine`` mg oral morphine/24 h to ``to``."""
    rows = table.rows_of(to)
    if not rows:
        return refusals.not_in_set(to, table)
    usable = tuple(row for row in rows if _leads_to(row, to, table))
    if not usable:
        return refusals.cannot_switch(to, rows, table)
    fitting = [row for row in usable if row.band is None or row.band.holds(morphine)]
    return fitting[0] if fitting else refusals.outside_bands(morphine, usable, table)


def _leads_to(row: Row, to: Preparation, table: RatioSet) -> bool:
    if row.direction.switches_to:
        return True
    # Going to oral morphine turns no ratio round; going to anything else does.
    reversible = to == ORAL_MORPHINE or table.reversible is not None
    return row.direction is Direction.TO_ORAL_MORPHINE and reversible


def _through(row: Row, to: Preparation, morphine: Range, table: RatioSet) -> tuple[Range, Receipt]:
    """Oral morphine over the ratio, in the measure of ``to``; with its steps."""
    if to == ORAL_MORPHINE:
        return morphine, Receipt()
    steps: list[Step] = []
    if row.direction is Direction.TO_ORAL_MORPHINE and table.reversible:
        text = _(
            "“{title}” is read backwards, from oral morphine to {preparation}: {why}.",
            title=table.title,
            preparation=preparation_message(to),
            why=table.reversible.why,
        )
        steps.append(Step(text, None, table.reversible.by))
    amount = row.amount(morphine)
    steps.append(Step(_division(row, to, morphine, amount), row.message, table.source))
    if row.measure == to.measure:
        return amount, Receipt(tuple(steps))
    return _in_rate(amount, steps, table)


def _division(row: Row, to: Preparation, morphine: Range, amount: Range) -> Message:
    parts = {
        "morphine": morphine.message,
        "ratio": row.worth.message,
        "preparation": preparation_message(to),
        "amount": amount.message,
        "measure": row.measure.message,
    }
    if row.per_dose == 1:
        return _(
            "{morphine} mg oral morphine/24 h ÷ {ratio} = {preparation} {amount} {measure}",
            **parts,
        )
    return _(
        "{morphine} mg oral morphine/24 h × {per_dose} ÷ {ratio} = {preparation} {amount} "
        "{measure}",
        per_dose=row.per_dose,
        **parts,
    )


def _in_rate(amount: Range, steps: list[Step], table: RatioSet) -> tuple[Range, Receipt]:
    # The only ratios not in their preparation's own measure are the mass ratios of patches.
    rate = amount.over(Range.exactly(PATCH_FACTOR))
    text = _(
        "{amount} {daily} ÷ {factor} = {rate} {hourly} (1 µg/h is {factor} mg in 24 hours)",
        amount=amount.message,
        daily=MG_PER_DAY.message,
        factor=PATCH_FACTOR,
        rate=rate.message,
        hourly=MICROGRAM_PER_HOUR.message,
    )
    return rate, Receipt((*steps, Step(text, None, table.source)))


def _total(changed: Conversion, kept: list[Dose], table: RatioSet) -> Range | None:
    """All the doses as oral morphine; None where the set cannot count the kept ones."""
    if not kept or changed.oral_morphine is None:
        return changed.oral_morphine
    counted = omeq(kept, table)
    return None if isinstance(counted, Refusal) else changed.oral_morphine + counted.oral_morphine


def _finished(
    equivalent: Conversion,
    kept: list[Dose],
    total: Range | None,
    reduction: Reduction | None,
    changed: list[Dose],
) -> Conversion | Refusal:
    """Take the reduction off what is changed, then add what is kept."""
    to, target, receipt, taken = equivalent.to, equivalent.target, equivalent.receipt, None
    if reduction is not None:
        lowered = lower(target, to.measure, reduction, changes(changed, to), total)
        if isinstance(lowered, Refusal):
            return lowered
        taken, target = lowered.taken_off, lowered.left
        receipt += Receipt((lowered.step,))
    added, steps = _kept(kept, equivalent.table)
    return Conversion(
        doses=(*changed, *kept),
        to=to,
        table=equivalent.table,
        oral_morphine=total,
        equivalent=equivalent.target + added,
        taken_off=taken,
        target=target + added,
        measure=to.measure,
        receipt=receipt + steps + _sum_step(kept, target + added, equivalent),
        warnings=_unique(equivalent.warnings, _no_total(total, to, equivalent.table)),
    )


def _unchanged(
    doses: Sequence[Dose], to: Preparation, table: RatioSet, reduction: Reduction | None
) -> Conversion | Refusal:
    """The same drug by the same route: only the sum."""
    if reduction is not None:
        return Refusal(
            "nothing_to_reduce",
            _("Neither the drug nor the route changes, so there is nothing to reduce for."),
            _("Leave the reduction out."),
        )
    amount, steps = _kept(list(doses), table)
    counted = omeq(doses, table)
    total = counted.oral_morphine if isinstance(counted, Omeq) else None
    return Conversion(
        doses=tuple(doses),
        to=to,
        table=table,
        oral_morphine=total,
        equivalent=amount,
        taken_off=None,
        target=amount,
        measure=to.measure,
        receipt=steps,
        warnings=_unique(copied(table.seen, table.title), _no_total(total, to, table)),
    )


def _kept(doses: list[Dose], table: RatioSet) -> tuple[Range, Receipt]:
    """What already is the preparation asked for, summed as it stands."""
    total, receipt = Range.exactly(Decimal(0)), Receipt()
    for dose in doses:
        amount, steps = true_daily(dose, table)
        text = _(
            "{dose} is {preparation} already and is not changed",
            dose=dose_message(dose),
            preparation=preparation_message(dose.preparation),
        )
        total = total + Range.exactly(amount.amount)
        receipt = receipt + steps + Receipt((Step(text, None, table.source),))
    return total, receipt


def _sum_step(kept: list[Dose], total: Range, equivalent: Conversion) -> Receipt:
    if not kept:
        return Receipt()
    text = _("Sum: {total} {measure}", total=total.message, measure=equivalent.measure.message)
    return Receipt((Step(text, None, equivalent.table.source),))


def _row_warnings(row: Row) -> tuple[Words, ...]:
    return (row.warning,) if row.warning else ()


def _start_warning(to: Preparation) -> tuple[Message, ...]:
    start = drug(to.drug).patch_start
    if start is None or to.measure != MICROGRAM_PER_HOUR:
        return ()
    return (
        _(
            "Always start {preparation} at {rate} µg/h, also when changing (product text); never "
            "choose the start strength by a ratio.",
            preparation=preparation_message(to),
            rate=start.rate,
        ),
    )


def _no_total(total: Range | None, to: Preparation, table: RatioSet) -> tuple[Message, ...]:
    if total is not None:
        return ()
    return (
        _(
            "“{title}” does not say what {preparation} is worth in oral morphine, so there is "
            "no total.",
            title=table.title,
            preparation=preparation_message(to),
        ),
    )


def _unique(*groups: tuple[Message | Words, ...]) -> tuple[Message | Words, ...]:
    return tuple(dict.fromkeys(warning for group in groups for warning in group))
