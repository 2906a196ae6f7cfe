"""The size of one rescue dose, as a named part of what is given in 24 hours."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pallkit import content
from pallkit.doses import Measure, Preparation, drug, preparation_message
from pallkit.doses.quantities import MG_PER_DOSE
from pallkit.doses.structuring import structure
from pallkit.errors import ConversionError
from pallkit.i18n import Words, _
from pallkit.opioids import refusals
from pallkit.opioids.ranges import Range
from pallkit.opioids.results import Receipt, Refusal, Step


@dataclass(frozen=True, slots=True)
class RescueRule:
    """A source's rule: the 24-hour dose over ``divide_by``, and the drugs it is not for."""

    id: str
    title: Words
    sources: tuple[str, ...]
    divide_by: Decimal
    not_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rescue:
    """One rescue dose, in mg for one dose."""

    preparation: Preparation
    range: Range
    receipt: Receipt
    measure: Measure = MG_PER_DOSE


def rescue(daily: Range, rule: RescueRule, *, of: Preparation) -> Rescue | Refusal:
    """One rescue dose of ``of`` when ``daily`` mg of it is given in 24 hours.

    rescue dose (mg) = mg in 24 hours ÷ the rule's number; not rounded to strengths.
    """
    if drug(of.drug).lock:
        return refusals.locked(of)
    if of.drug in rule.not_for:
        return Refusal(
            "no_rescue_rule",
            _(
                "The rule “{rule}” is not for {preparation}.",
                rule=rule.title,
                preparation=preparation_message(of),
            ),
            _("Work out the rescue dose in another opioid, from its own 24-hour dose."),
        )
    single = daily.over(Range.exactly(rule.divide_by))
    text = _(
        "{preparation}, {rule}: {daily} mg/24 h ÷ {number} = {single} mg",
        preparation=preparation_message(of),
        rule=rule.title,
        daily=daily.message,
        number=rule.divide_by,
        single=single.message,
    )
    ratio = _("1/{number}", number=rule.divide_by)
    return Rescue(of, single, Receipt((Step(text, ratio, rule.sources[0]),)))


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
