"""Tasks about what goes into a syringe: the volume of a drug, and of what it is filled up with.

Every amount is invented, for patients who do not exist; the strengths of ampoules are those
that were seen in a source (``casebank/pump.yaml``).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from pallkit.i18n import Message, _
from pallkit.opioids import Mistake, Receipt, Step, products
from pallkit.opioids.tasks import GIVEN_AS_DOSE
from pallkit.opioids.tasks_shape import Level, Sides, pick
from pallkit.pump.mixture import Mixture, mix
from pallkit.pump.parts import Part
from pallkit.pump.table import drug_name, products_of
from pallkit.pump.tasks_mistakes import apart, mistake, unit_slips
from pallkit.pump.tasks_shape import ML, Sum
from pallkit.pump.units import mg, mg_per_ml, ml

_SYRINGES = (Decimal(20), Decimal(30))
_DRUGS: dict[Level, tuple[str, ...]] = {
    "A": ("morphine", "midazolam"),
    "B": ("morphine", "midazolam"),
    "C": ("morphine", "midazolam", "glycopyrronium"),
}
_AMOUNTS = {
    "morphine": (20, 30, 40, 50, 60, 80, 100, 120),
    "midazolam": (5, 10, 15, 20),
    "glycopyrronium": (Decimal("0.6"), Decimal("0.8"), Decimal("1.2")),
}


def mixture_task(chance: random.Random, level: Level) -> Sum | None:
    """The volume of one drug at level A; what the syringe is filled up with above."""
    parts = tuple(_part(chance, drug) for drug in _DRUGS[level])
    syringe = pick(chance, _SYRINGES)
    done = mix(parts, reservoir=syringe)
    if not isinstance(done, Mixture) or done.fill_up < 1 or done.fill_up == done.drugs:
        return None
    return _drawn(done, pick(chance, parts)) if level == "A" else _filled(done)


def _part(chance: random.Random, drug: str) -> Part:
    strengths = [one for product in products_of(drug) for one in product.strengths]
    return Part(drug, Decimal(pick(chance, _AMOUNTS[drug])), pick(chance, strengths))


def _drawn(done: Mixture, part: Part) -> Sum | None:
    known = apart(part.volume, _drawn_mistakes(done, part))
    if known is None:
        return None
    asked = _("How many mL of {drug} are drawn up?", drug=drug_name(part.drug))
    own = Receipt(tuple(one for one in done.receipt.steps if _is_about(one, part)))
    return Sum(_OPENING, _given(done), asked, ML, GIVEN_AS_DOSE, part.volume, own, known)


def _filled(done: Mixture) -> Sum | None:
    known = apart(done.fill_up, _filled_mistakes(done))
    if known is None:
        return None
    asked = _("How many mL is the syringe filled up with?")
    cautions = Receipt(
        tuple(Step(_("Note: {text}", text=one.text), None, one.source) for one in done.notes)
    )
    steps = done.receipt + cautions
    return Sum(_OPENING, _given(done), asked, ML, _FILLING, done.fill_up, steps, known)


def _is_about(step: Step, part: Part) -> bool:
    """Whether it is the step that works out the volume of ``part``."""
    values = dict(step.text.params)
    return values.get("drug") == drug_name(part.drug) and values.get("volume") == ml(part.volume)


def _drawn_mistakes(done: Mixture, part: Part) -> Iterator[Mistake]:
    yield from mistake("inverse-concentration", replace(part, strength=1 / part.strength).volume)
    yield from mistake("forgot-concentration", replace(part, strength=Decimal(1)).volume)
    for other in _other_strengths(part):
        yield from mistake("other-strength", other.volume)
    for other in done.parts:
        if other != part:
            yield from mistake("other-drug", other.volume)
    for volume in _ampoules(part):
        yield from mistake("one-ampoule", volume)
    yield from unit_slips(part.volume)


def _filled_mistakes(done: Mixture) -> Iterator[Mistake]:
    yield from mistake("drugs-for-fill-up", done.drugs)
    yield from mistake("forgot-drugs", done.reservoir)
    for part in done.parts:
        rest = tuple(one for one in done.parts if one != part)
        yield from _fill_up("forgot-drug", rest, done)
        for other in _other_strengths(part):
            yield from _fill_up("other-strength", (*rest, other), done)
        for volume in _ampoules(part):
            thought = replace(part, amount=volume * part.strength)
            yield from _fill_up("one-ampoule", (*rest, thought), done)
    yield from unit_slips(done.fill_up)


def _fill_up(code: str, parts: Sequence[Part], done: Mixture) -> Iterator[Mistake]:
    again = mix(parts, reservoir=done.reservoir)
    if isinstance(again, Mixture):
        yield from mistake(code, again.fill_up)


def _other_strengths(part: Part) -> Iterator[Part]:
    for product in products_of(part.drug):
        for strength in product.strengths:
            if strength != part.strength:
                yield replace(part, strength=strength)


def _ampoules(part: Part) -> Iterator[Decimal]:
    """The mL in one ampoule of this drug and strength, where it was seen in a source."""
    for one in products():
        if one.drug == part.drug and one.volume and part.strength in one.strengths:
            yield one.volume


def _given(done: Mixture) -> tuple[Message, ...]:
    parts = tuple(
        _(
            "{drug} {amount}, from ampoules of {strength}",
            drug=drug_name(part.drug),
            amount=mg(part.amount),
            strength=mg_per_ml(part.strength),
        )
        for part in done.parts
    )
    return (*parts, _("Filled up to {volume}", volume=ml(done.reservoir)))


_OPENING = _("A syringe for an invented patient is to hold:")
_FILLING = Sides(
    high=_("The answer is too high. The mixture becomes weaker, or does not fit in the syringe."),
    low=_("The answer is too low, the dangerous side: the mixture is stronger than it should be."),
    unsafe="low",
)
