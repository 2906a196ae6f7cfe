"""What doses amount to in another preparation, before any reduction."""

from __future__ import annotations

from decimal import Decimal

from pallkit.doses import Dose, Preparation, Quantity, drug, preparation_message
from pallkit.doses.quantities import MICROGRAM_PER_HOUR
from pallkit.i18n import Message, Words, _
from pallkit.opioids import refusals
from pallkit.opioids.bands import falls
from pallkit.opioids.conversion import Conversion, unique
from pallkit.opioids.counting import omeq
from pallkit.opioids.ranges import Range
from pallkit.opioids.ratio_sets import ORAL_MORPHINE, RatioSet
from pallkit.opioids.results import Receipt, Refusal, Step
from pallkit.opioids.rows import Direction, Row


def equivalent_of(changed: list[Dose], to: Preparation, table: RatioSet) -> Conversion | Refusal:
    """The unreduced equivalent of ``changed``."""
    counted = omeq(changed, table)
    if isinstance(counted, Refusal):
        return counted
    refusal = _only_for_counting(changed, table)
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
        warnings=unique(counted.warnings, _row_warnings(row, to, table), _start_warning(to)),
    )


def _only_for_counting(changed: list[Dose], table: RatioSet) -> Refusal | None:
    for dose in changed:
        refusal = refusals.compares(table.rows_of(dose.preparation), table)
        if refusal is not None:
            return refusal
    if table.made_for == "counting" and table.reversible is None:
        return refusals.counting_only(table)
    return None


def _row_to(to: Preparation, morphine: Range, table: RatioSet) -> Row | Refusal:
    """The row that says how to go from ``morphine`` mg oral morphine/24 h to ``to``."""
    rows = table.rows_of(to)
    if not rows:
        return refusals.not_in_set(to, table)
    usable = tuple(row for row in rows if _leads_to(row, to, table))
    if not usable:
        return refusals.cannot_switch(to, rows, table)
    fitting = [row for row in usable if row.holds(morphine)]
    if len(fitting) > 1:
        return refusals.overlapping(morphine, table)
    if fitting:
        return fitting[0]
    if usable[0].direction is Direction.LOOKUP_ONLY:
        return refusals.between_lines(to, morphine, usable, table)
    return refusals.outside_bands(morphine, usable, table)


def _leads_to(row: Row, to: Preparation, table: RatioSet) -> bool:
    if row.direction.switches_to:
        return True
    # Going to oral morphine turns no ratio round; going to anything else does.
    reversible = to == ORAL_MORPHINE or table.reversible is not None
    return row.direction is Direction.TO_ORAL_MORPHINE and reversible


def _through(row: Row, to: Preparation, morphine: Range, table: RatioSet) -> tuple[Range, Receipt]:
    """Oral morphine over the ratio, in the measure of ``to``; with its steps."""
    steps = _turned(row, to, table)
    if to == ORAL_MORPHINE:
        return morphine, Receipt(steps)
    amount = row.amount(morphine)
    steps += (Step(_division(row, to, morphine, amount), row.message, table.source),)
    if row.measure == to.measure:
        return amount, Receipt(steps)
    result, step = _in_measure(amount, row, to, table)
    return result, Receipt((*steps, step))


def _turned(row: Row, to: Preparation, table: RatioSet) -> tuple[Step, ...]:
    """The step that says who lets a table for counting be used for changing, and why."""
    if table.reversible is None:
        return ()
    if row.direction is Direction.TO_ORAL_MORPHINE and to != ORAL_MORPHINE:
        text = _(
            "“{title}” is read the other way, from oral morphine to {preparation}: {why}.",
            title=table.title,
            preparation=preparation_message(to),
            why=table.reversible.why,
        )
    elif table.made_for == "counting":
        text = _(
            "“{title}” is made for counting and is used here for changing: {why}.",
            title=table.title,
            why=table.reversible.why,
        )
    else:
        return ()
    return (Step(text, None, table.reversible.by),)


def _division(row: Row, to: Preparation, morphine: Range, amount: Range) -> Message:
    parts = {
        "morphine": morphine.message,
        "ratio": row.worth.message,
        "preparation": preparation_message(to),
        "amount": amount.message,
        "measure": row.measure.message,
    }
    if row.gives is not None:
        return _(
            "{morphine} mg oral morphine/24 h lies in {ratio}: {preparation} {amount} {measure}",
            **parts,
        )
    if row.direction is Direction.LOOKUP_ONLY:
        return _(
            "{morphine} mg oral morphine/24 h is a printed row: {preparation} {amount} {measure}",
            **parts,
        )
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


def _in_measure(amount: Range, row: Row, to: Preparation, table: RatioSet) -> tuple[Range, Step]:
    """The amount in the measure of ``to``: a patch's mg/24 h, by its mass ratio, as µg/h."""
    measure = to.measure
    factor = Quantity(Decimal(1), measure.unit, measure.per).to(row.measure).amount
    result = amount.over(Range.exactly(factor))
    text = _(
        "{amount} {other} ÷ {factor} = {result} {one} (1 {one} is {factor} {other})",
        amount=amount.message,
        factor=factor,
        result=result.message,
        one=measure.message,
        other=row.measure.message,
    )
    return result, Step(text, None, table.source)


def _row_warnings(row: Row, to: Preparation, table: RatioSet) -> tuple[Message | Words, ...]:
    usable = [one for one in table.rows_of(to) if one.direction.switches_to]
    near = [fall for fall in falls(usable) if row in {fall.before.row, fall.after.row}]
    return ((row.warning,) if row.warning else ()) + tuple(fall.message for fall in near)


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
