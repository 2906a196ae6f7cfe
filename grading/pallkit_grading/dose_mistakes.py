"""What a wrong dose looks like, in words for the trainee who wrote it.

The engine names a mistake where exactly one of those it knows gives the number that was
written (:mod:`pallkit.opioids.mistakes`). Otherwise it cannot be told, and that is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from pallkit.doses import RegimenLine, read_dose, read_preparation
from pallkit.i18n import Message, _
from pallkit.opioids import (
    Question,
    Range,
    Reduction,
    Refusal,
    mistakes,
    ratio_set,
    read_reduction,
    rescue,
    rescue_rule,
    rescue_rules,
)
from pallkit.opioids.mistakes import Mistake
from pallkit.opioids.questions import figures
from pallkit_grading.key import Calculation

LIKELY: Mapping[str, Message] = {
    "unit-slip": _("You have probably taken mg for µg, or µg for mg."),
    "inverse-ratio": _("You have probably used a ratio the wrong way round."),
    "forgot-reduction": _("You have probably left out the reduction."),
    "forgot-as-needed": _("You have probably left out the doses given as needed."),
    "forgot-24-hours": _("You have probably counted one dose, or one hour, not 24 hours."),
    "wrong-set": _("You have probably used another table than the one asked for."),
    "wrong-route": _("You have probably used the ratio for another way of giving the drug."),
    "rounded-up": _("You have probably rounded up to a strength."),
    "forgot-the-part": _("You have probably answered with the dose for 24 hours, not one dose."),
    "wrong-rule": _("You have probably used another rule for the rescue dose."),
}
CANNOT_TELL = _(
    "The number is not right, and we cannot see from it what went wrong. Go through the "
    "conversion once more."
)

_SCALES = (Decimal(1000), Decimal("0.001"))
_OF_THE_WHOLE_ONLY = {"unit-slip", "rounded-up"}


def likely(mistake: Mistake | None) -> Message:
    """The line for the one who made it."""
    return CANNOT_TELL if mistake is None else LIKELY[mistake.code]


def known_mistakes(calculation: Calculation, right: Range) -> tuple[Mistake, ...]:
    """What each mistake that the engine knows would give in ``calculation``."""
    question = Question(
        tuple(RegimenLine(read_dose(dose)) for dose in calculation.doses),
        ratio_set(calculation.set),
        read_preparation(calculation.to),
        _reduction(calculation),
    )
    if calculation.rule is None:
        return mistakes(question)
    single = tuple(_of_one_dose(question, calculation.rule, right))
    return tuple(one for one in dict.fromkeys(single) if right.point not in one.values)


def _of_one_dose(question: Question, rule: str, right: Range) -> Iterator[Mistake]:
    """The mistakes of the 24-hour dose carried on to one dose, and those of that last step."""
    day = figures(question.answer())
    if day is None:
        return
    for one in mistakes(question):
        if one.code not in _OF_THE_WHOLE_ONLY:
            yield from _carried(one, question, rule)
    yield Mistake("forgot-the-part", day)
    for other in rescue_rules():
        if other.id != rule:
            yield from _carried(Mistake("wrong-rule", day), question, other.id)
    yield from (Mistake("unit-slip", right.scaled(factor)) for factor in _SCALES)


def _carried(mistake: Mistake, question: Question, rule: str) -> Iterator[Mistake]:
    assert question.to is not None  # noqa: S101  # a calculation always says what it becomes
    single = rescue(mistake.figures, rescue_rule(rule), of=question.to)
    if not isinstance(single, Refusal):
        yield replace(mistake, figures=single.range)


def _reduction(calculation: Calculation) -> Reduction | None:
    return None if calculation.reduce == "none" else read_reduction(calculation.reduce)
