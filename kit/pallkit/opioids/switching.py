"""Change doses to another preparation, by way of oral morphine."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pallkit.doses import Dose, Preparation, dose_message, drug, preparation_message
from pallkit.doses.quantities import MICROGRAM_PER_HOUR
from pallkit.errors import ConversionError
from pallkit.i18n import Message, _
from pallkit.opioids import refusals
from pallkit.opioids.conversion import Conversion, unique
from pallkit.opioids.counting import Omeq, omeq, true_daily
from pallkit.opioids.equivalents import equivalent_of
from pallkit.opioids.lowering import changes, lower
from pallkit.opioids.ranges import Range
from pallkit.opioids.ratio_sets import RatioSet
from pallkit.opioids.reductions import Reduction, fraction
from pallkit.opioids.results import Receipt, Refusal, Step


def convert(
    doses: Sequence[Dose],
    to: Preparation,
    ratio_set: RatioSet,
    reduction: Reduction | None = None,
    *,
    demonstration: bool = False,
) -> Conversion | Refusal:
    """Change ``doses`` to ``to`` by way of oral morphine.

    oral morphine (mg/24 h) = Σ daily dose × its ratio
    equivalent              = oral morphine ÷ the ratio of ``to``
    answer                  = equivalent × (1 − reduction)

    in mg/24 h, or µg/h for a patch. The spread goes through every step: the lowest answer
    is the lowest oral morphine over the highest ratio, with the most taken off. Doses that
    already are ``to`` are added as they stand and are not reduced. ``reduction`` has no
    default on purpose: None (or 0) gives the unreduced equivalent, which is not a start
    dose. The answer is not rounded to the strengths that exist. ``demonstration`` lets a
    specialist show a locked drug's bands, one way only, and the answer says so.

    Raises :class:`pallkit.errors.DoseError` and :class:`ConversionError` for what has no
    meaning; what the set does not support is a :class:`Refusal`.
    """
    if not doses:
        raise ConversionError(_("There is no dose to change. Write at least one."))
    if isinstance(reduction, Decimal):
        reduction = fraction(reduction) or None
    refusal = _locked(doses, to, ratio_set, demonstration=demonstration)
    refusal = refusal or _fixed_start(to, reduction)
    if refusal is not None:
        return refusal
    changed = [dose for dose in doses if dose.preparation != to]
    if not changed:
        return _unchanged(doses, to, ratio_set, reduction)
    equivalent = equivalent_of(changed, to, ratio_set)
    if isinstance(equivalent, Refusal):
        return equivalent
    kept = [dose for dose in doses if dose.preparation == to]
    total = _total(equivalent, kept, ratio_set)
    return _finished(equivalent, kept, total, reduction, changed)


def _locked(
    doses: Sequence[Dose], to: Preparation, table: RatioSet, *, demonstration: bool
) -> Refusal | None:
    for dose in doses:
        if drug(dose.preparation.drug).lock:
            return refusals.locked(dose.preparation)
    if not drug(to.drug).lock or demonstration:
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
    most = equivalent.table.cap(to)
    if most is not None and (target + added).high > most:
        return refusals.over_cap(to, target + added, most, equivalent.table)
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
        warnings=unique(
            equivalent.warnings, _no_total(total, to, equivalent.table), _shown_only(to)
        ),
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
        warnings=unique(table.warnings, _no_total(total, to, table)),
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


def _shown_only(to: Preparation) -> tuple[Message, ...]:
    if not drug(to.drug).lock:
        return ()
    return (
        _(
            "A demonstration for specialists: {drug} is locked. The bands hold from oral morphine "
            "only and are never turned round.",
            drug=drug(to.drug).name,
        ),
    )


def _sum_step(kept: list[Dose], total: Range, equivalent: Conversion) -> Receipt:
    if not kept:
        return Receipt()
    text = _("Sum: {total} {measure}", total=total.message, measure=equivalent.measure.message)
    return Receipt((Step(text, None, equivalent.table.source),))


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
