"""The size of one rescue dose, as a named part of what is given in 24 hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pallkit import content
from pallkit.doses import (
    Dose,
    Measure,
    Preparation,
    Route,
    dose_message,
    drug,
    preparation_message,
    shown,
)
from pallkit.doses.quantities import MG_PER_DAY, MG_PER_DOSE
from pallkit.doses.structuring import structure
from pallkit.errors import ConversionError
from pallkit.i18n import Message, Words, _
from pallkit.opioids import refusals
from pallkit.opioids.ranges import Range
from pallkit.opioids.ratio_sets import RatioSet
from pallkit.opioids.results import WORKED_OUT, Receipt, Refusal, Step
from pallkit.opioids.switching import convert


@dataclass(frozen=True, slots=True)
class RescueRule:
    """A source's rule: the 24-hour dose over ``divide_by``, and the drugs it is not for.

    ``to`` is the other end where the source gives two (a sixth to a tenth): the answer is
    then a spread with no point.
    """

    id: str
    title: Words
    sources: tuple[str, ...]
    divide_by: Decimal
    to: Decimal | None = None
    not_for: tuple[str, ...] = ()

    @property
    def divisor(self) -> Range:
        """What the 24-hour dose is divided by."""
        if self.to is None:
            return Range.exactly(self.divide_by)
        return Range(min(self.divide_by, self.to), None, max(self.divide_by, self.to))


@dataclass(frozen=True, slots=True)
class Rescue:
    """One rescue dose, in mg for one dose."""

    preparation: Preparation
    range: Range
    receipt: Receipt
    measure: Measure = MG_PER_DOSE


def rescue(daily: Range, rule: RescueRule, *, of: Preparation) -> Rescue | Refusal:
    """One rescue dose of ``of`` when ``daily`` mg of it is given in 24 hours.

    rescue dose (mg) = mg in 24 hours ÷ the rule's number; not rounded to strengths. A patch is
    no rescue dose, and what it gives is not in mg.
    """
    if drug(of.drug).lock:
        return refusals.locked(of)
    if of.drug in rule.not_for or of.route is Route.TRANSDERMAL:
        return Refusal(
            "no_rescue_rule",
            _(
                "The rule “{rule}” is not for {preparation}.",
                rule=rule.title,
                preparation=preparation_message(of),
            ),
            _("Work out the rescue dose in another opioid, from its own 24-hour dose."),
        )
    single = daily.over(rule.divisor)
    text = _(
        "{preparation}, {rule}: {daily} mg/24 h ÷ {number} = {single} mg",
        preparation=preparation_message(of),
        rule=rule.title,
        daily=daily.message,
        number=rule.divisor.message,
        single=single.message,
    )
    ratio = _("1/{number}", number=rule.divide_by)
    if rule.to is not None:
        ratio = _("{low}–{high}", low=ratio, high=_("1/{number}", number=rule.to))
    return Rescue(of, single, Receipt((Step(text, ratio, rule.sources[0]),)))


def rescue_for(
    doses: Sequence[Dose], rule: RescueRule, *, of: Preparation, table: RatioSet
) -> Rescue | Refusal:
    """One rescue dose of ``of`` to ``doses``, such as a patch, by the set's own equivalent.

    The regular doses are first counted as ``of`` by ``table``, unreduced; the rule's part of
    that is the rescue dose. Doses of ``of`` itself are only summed, whatever the table. Printed
    tables of rescue doses for patches are not used: those that were seen give a third to two
    thirds more than the equivalent does.

    Raises what :func:`pallkit.opioids.convert` raises.
    """
    if doses and all(dose.preparation == of for dose in doses):
        return _of_itself(doses, rule, of)
    equivalent = convert(doses, of, table)
    if isinstance(equivalent, Refusal):
        return equivalent
    single = rescue(equivalent.target, rule, of=of)
    if isinstance(single, Refusal):
        return single
    return Rescue(of, single.range, equivalent.receipt + single.receipt)


def _of_itself(doses: Sequence[Dose], rule: RescueRule, of: Preparation) -> Rescue | Refusal:
    daily = sum((dose.daily().to(MG_PER_DAY).amount for dose in doses), Decimal(0))
    single = rescue(Range.exactly(daily), rule, of=of)
    if isinstance(single, Refusal):
        return single
    if len(doses) == 1 and doses[0].quantity.measure == MG_PER_DAY:
        return single
    text = _(
        "In 24 hours: {doses} = {total} mg",
        doses=_joined(doses),
        total=shown(daily),
    )
    step = Step(text, None, WORKED_OUT)
    return Rescue(of, single.range, Receipt((step,)) + single.receipt)


def _joined(doses: Sequence[Dose]) -> Message:
    text = dose_message(doses[0])
    for dose in doses[1:]:
        text = _("{first} + {second}", first=text, second=dose_message(dose))
    return text


def rescue_rules() -> tuple[RescueRule, ...]:
    """Every named rule for a rescue dose, from ``casebank/reductions.yaml``."""
    return _load(content.edition())


def rescue_rule(name: str) -> RescueRule:
    """The rule with this id. Raises :class:`ConversionError` when there is none."""
    rules = {rule.id: rule for rule in _load(content.edition())}
    if name not in rules:
        raise ConversionError(
            _(
                "“{name}” is not a rule for rescue doses. Choose one of: {known}.",
                name=name,
                known=", ".join(rules),
            )
        )
    return rules[name]


@lru_cache(maxsize=2)
def _load(_edition: str) -> tuple[RescueRule, ...]:
    raw = content.table("reductions")["rescue"]
    return structure(raw, tuple[RescueRule, ...], where="reductions.yaml")
