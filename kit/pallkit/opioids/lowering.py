"""Take a reduction off an equivalent, where the reduction may be used at all."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pallkit.doses import Dose, Measure, Preparation, shown
from pallkit.i18n import Message, _
from pallkit.opioids.ranges import Range
from pallkit.opioids.reductions import Change, Reduction, ReductionRule, reduction_rules
from pallkit.opioids.results import CHOSEN, Refusal, Step


@dataclass(frozen=True, slots=True)
class Lowered:
    """A dose after a reduction: the fraction taken off, what is left, and how it was done."""

    taken_off: Range
    left: Range
    step: Step


def changes(doses: list[Dose], to: Preparation) -> set[Change]:
    """What changes when ``doses`` become ``to``: the drug, only the route, or both kinds."""
    return {"route" if dose.preparation.drug == to.drug else "drug" for dose in doses}


def lower(
    equivalent: Range,
    measure: Measure,
    reduction: Reduction,
    changing: set[Change],
    total: Range | None,
) -> Lowered | Refusal:
    """Take ``reduction`` off ``equivalent``; ``total`` is all doses as oral morphine.

    low × (1 − most taken off), point × (1 − point), high × (1 − least taken off)

    A number is for a change of drug. A change of route of the same drug is not incomplete
    cross-tolerance, so there only a rule that names it may be used.
    """
    refusal = _refusal(reduction, changing, total)
    if refusal is not None:
        return refusal
    if isinstance(reduction, Decimal):
        taken, source = Range.exactly(reduction), CHOSEN
    else:
        taken, source = reduction.taken_off(total), reduction.sources[0]
    left = equivalent.times(_left_over(taken))
    text = _(
        "{before} less {percent} % = {after} {measure}",
        before=equivalent.message,
        percent=percent(taken),
        after=left.message,
        measure=measure.message,
    )
    if isinstance(reduction, ReductionRule):
        text = _("{step} ({rule})", step=text, rule=reduction.title)
    return Lowered(taken, left, Step(text, _("{percent} %", percent=percent(taken)), source))


def percent(taken: Range) -> Message:
    """«50», «20–30»: a fraction as a percentage, without its sign."""
    low, high = shown(taken.low * 100), shown(taken.high * 100)
    if low == high:
        return _("{point}", point=low)
    return _("{low}–{high}", low=low, high=high)


def _left_over(taken: Range) -> Range:
    point = None if taken.point is None else 1 - taken.point
    return Range(1 - taken.high, point, 1 - taken.low)


def _refusal(reduction: Reduction, changing: set[Change], total: Range | None) -> Refusal | None:
    if isinstance(reduction, Decimal):
        return _needs_rule() if "route" in changing else None
    if not changing <= set(reduction.covers):
        return _does_not_cover(reduction, changing)
    if reduction.needs_total and total is None:
        return Refusal(
            "no_total",
            _(
                "The rule “{rule}” depends on the total in oral morphine, and this ratio set "
                "cannot give it.",
                rule=reduction.title,
            ),
            _("Choose a ratio set that counts all the doses, or another rule."),
        )
    return None


def _needs_rule() -> Refusal:
    return Refusal(
        "reduction_needs_rule",
        _(
            "A change of route of the same drug is not incomplete cross-tolerance, so a "
            "percentage is not taken off."
        ),
        _(
            "Leave the reduction out, or use a named rule that covers a change of route: {rules}.",
            rules=_covering({"route"}),
        ),
    )


def _does_not_cover(rule: ReductionRule, changing: set[Change]) -> Refusal:
    message = (
        _("The rule “{rule}” does not cover a change of route of the same drug.", rule=rule.title)
        if "route" not in rule.covers
        else _("The rule “{rule}” does not cover a change of drug.", rule=rule.title)
    )
    remedy = _("Use a rule that does: {rules}.", rules=_covering(changing))
    return Refusal("rule_does_not_cover", message, remedy)


def _covering(changing: set[Change]) -> str:
    return ", ".join(rule.id for rule in reduction_rules() if changing <= set(rule.covers))
