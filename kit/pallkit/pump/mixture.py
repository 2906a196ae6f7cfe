"""What goes into a reservoir: the volume of each drug, and what it is filled up with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pallkit.doses import drugs
from pallkit.errors import DoseError
from pallkit.i18n import Language, Message, Words, _, render
from pallkit.opioids import Receipt, Refusal, Step
from pallkit.opioids.results import NO_SOURCE, Json, json_number
from pallkit.pump import refusals
from pallkit.pump.compatibility import (
    Compatibility,
    Verdict,
    cautions,
    compatibility,
    in_diluent,
)
from pallkit.pump.parts import Part
from pallkit.pump.results import Note, answer_json, notes_json, step
from pallkit.pump.settings import above_zero
from pallkit.pump.table import diluent as known_diluent
from pallkit.pump.table import drug_name, printed, pump_table
from pallkit.pump.units import added, hours, mg, mg_per_day, mg_per_ml, ml, ml_per_hour


@dataclass(frozen=True, slots=True)
class Mixture:
    """A filled reservoir: ``drugs`` mL of drugs and ``fill_up`` mL of diluent.

    ``rate`` is mL/h where it is to run for ``hours``. ``mixing`` is None for one drug
    alone, and ``diluting`` holds a verdict for each drug where a diluent was chosen.
    """

    parts: tuple[Part, ...]
    reservoir: Decimal
    drugs: Decimal
    fill_up: Decimal
    rate: Decimal | None
    mixing: Compatibility | None
    diluting: tuple[Compatibility, ...]
    receipt: Receipt
    notes: tuple[Note, ...]

    def to_json(self, lang: Language) -> Json:
        """Figures with the unit in each key, verdicts with their sources."""
        parts = [
            {
                "drug": part.drug,
                "name": render(drug_name(part.drug), lang),
                "mg": json_number(part.amount),
                "mg_per_ml": json_number(part.strength),
                "ml": json_number(part.volume),
                "mg_per_ml_in_reservoir": json_number(part.amount / self.reservoir),
                "source": part.source,
                "printed": [
                    {
                        "text": render(row.message, lang),
                        "use": "" if row.use is None else render(row.use, lang),
                        "source": row.source,
                    }
                    for row in printed(part.drug)
                ],
            }
            for part in self.parts
        ]
        figures = {
            "parts": parts,
            "drugs_ml": json_number(self.drugs),
            "fill_up_ml": json_number(self.fill_up),
            "reservoir_ml": json_number(self.reservoir),
            "ml_per_h": None if self.rate is None else json_number(self.rate),
            "mixing": None if self.mixing is None else self.mixing.to_json(lang),
            "diluting": [verdict.to_json(lang) for verdict in self.diluting],
        }
        return answer_json(
            lang,
            mixture=figures,
            steps=self.receipt.to_json(lang),
            notes=notes_json(self.notes, lang),
        )


def mix(
    parts: Sequence[Part],
    *,
    reservoir: Decimal,
    diluent: str | None = None,
    hours: Decimal | None = None,
) -> Mixture | Refusal:
    """Work out the volumes of a mixture in a reservoir of ``reservoir`` mL.

    mL of a drug = mg ÷ mg/mL of its ampoules
    fill-up      = reservoir − all the drugs

    ``diluent`` is an id in ``casebank/pump.yaml``; ``hours`` how long it is to run. What a
    source says may not be mixed is a :class:`Refusal`; what no source was seen for is
    answered, with «not known» as its verdict.
    """
    above_zero(reservoir, _("The reservoir"))
    if hours is not None:
        above_zero(hours, _("The time the reservoir is to last"))
    names = _names(parts)
    verdict = compatibility(names) if len(names) > 1 else None
    in_it = () if diluent is None else tuple(in_diluent(name, diluent) for name in names)
    total = sum((part.volume for part in parts), Decimal(0))
    refusal = _refusal(names, (verdict, *in_it), total, reservoir)
    if refusal is not None:
        return refusal
    rate = None if hours is None else reservoir / hours
    steps = [*_volumes(parts, total), *_filled(parts, total, reservoir, diluent)]
    if hours is not None:
        steps.append(_rate_step(reservoir, hours))
    steps.extend(found.step for found in (verdict, *in_it) if found is not None)
    return Mixture(
        parts=tuple(parts),
        reservoir=reservoir,
        drugs=total,
        fill_up=reservoir - total,
        rate=rate,
        mixing=verdict,
        diluting=in_it,
        receipt=Receipt(tuple(steps)),
        notes=(*_verdict_notes(verdict, in_it), *_cautions(names), *_range_notes(parts, hours)),
    )


def _names(parts: Sequence[Part]) -> tuple[str, ...]:
    names = tuple(part.drug for part in parts)
    if not names:
        raise DoseError(_("There is nothing to mix. Write at least one drug."))
    if len(set(names)) < len(names):
        raise DoseError(_("The same drug stands twice. Write each drug once."))
    return names


def _refusal(
    names: tuple[str, ...],
    verdicts: tuple[Compatibility | None, ...],
    total: Decimal,
    reservoir: Decimal,
) -> Refusal | None:
    for name in names:
        if name in drugs() and drugs()[name].lock:
            return refusals.not_mixed_here(drug_name(name))
    for found in verdicts:
        if found is not None and found.verdict is Verdict.INCOMPATIBLE:
            return refusals.incompatible(found.says, found.source)
    if total > reservoir:
        return refusals.over_reservoir(total, reservoir, _("The volume of the drugs"))
    return None


def _volumes(parts: Sequence[Part], total: Decimal) -> list[Step]:
    steps = [
        step(
            _(
                "{drug}: {amount} ÷ {strength} = {volume}",
                drug=drug_name(part.drug),
                amount=mg(part.amount),
                strength=mg_per_ml(part.strength),
                volume=ml(part.volume),
            ),
            _("mL = mg ÷ mg/mL"),
            part.source,
        )
        for part in parts
    ]
    if len(parts) > 1:
        text = _(
            "The drugs together: {sum} = {total}",
            sum=added([part.volume for part in parts]),
            total=ml(total),
        )
        steps.append(step(text))
    return steps


def _filled(
    parts: Sequence[Part], total: Decimal, reservoir: Decimal, diluent: str | None
) -> list[Step]:
    what: Message | Words = _("diluent, not chosen yet")
    if diluent is not None:
        what = known_diluent(diluent).name
    steps = [
        step(
            _(
                "Fill up: {reservoir} − {total} = {fill} ({what})",
                reservoir=ml(reservoir),
                total=ml(total),
                fill=ml(reservoir - total),
                what=what,
            ),
            _("mL of diluent = reservoir − drugs"),
        )
    ]
    for part in parts:
        text = _(
            "{drug} in the reservoir: {amount} ÷ {reservoir} = {strength}",
            drug=drug_name(part.drug),
            amount=mg(part.amount),
            reservoir=ml(reservoir),
            strength=mg_per_ml(part.amount / reservoir),
        )
        steps.append(step(text, _("mg/mL = mg ÷ mL")))
    return steps


def _rate_step(reservoir: Decimal, time: Decimal) -> Step:
    text = _(
        "{volume} ÷ {hours} = {rate}",
        volume=ml(reservoir),
        hours=hours(time),
        rate=ml_per_hour(reservoir / time),
    )
    return step(text, _("mL/h = mL ÷ h"))


def _verdict_notes(
    verdict: Compatibility | None, in_it: tuple[Compatibility, ...]
) -> tuple[Note, ...]:
    unknown = any(
        found is not None and found.verdict is Verdict.NOT_KNOWN for found in (verdict, *in_it)
    )
    if not unknown:
        return ()
    text = _(
        "Not known does not mean that it may be mixed. Look it up in a table of mixtures, or ask "
        "a pharmacist."
    )
    return (Note(text, NO_SOURCE),)


def _cautions(names: tuple[str, ...]) -> tuple[Note, ...]:
    return cautions(names) if len(names) > 1 else ()


def _range_notes(parts: Sequence[Part], time: Decimal | None) -> tuple[Note, ...]:
    """Where a drug's 24 hours are above the most that a source prints; each source by itself."""
    if time is None:
        return ()
    notes: list[Note] = []
    for part in parts:
        per_day = part.amount * 24 / time
        for row in pump_table().ranges:
            if row.drug == part.drug and row.most is not None and per_day > row.most:
                text = _(
                    "{drug} {day} is above the most that the source gives for adults: {most}.",
                    drug=drug_name(part.drug),
                    day=mg_per_day(per_day),
                    most=mg_per_day(row.most),
                )
                if row.use is not None:
                    text = _("{first} ({use})", first=text, use=row.use)
                notes.append(Note(text, row.source))
    return tuple(notes)
