"""A button on a mixture: one press gives some of every drug that is in the reservoir."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pallkit.doses import drugs
from pallkit.doses.grammar import read_amount
from pallkit.doses.quantities import MG_PER_DOSE
from pallkit.errors import DoseError
from pallkit.i18n import Language, Message, Words, _, render
from pallkit.opioids import Receipt, Refusal
from pallkit.opioids.results import Json, json_number
from pallkit.pump import refusals
from pallkit.pump.boluses import HOUR, fitting, lockout_notes, volume_notes
from pallkit.pump.mixture import Mixture
from pallkit.pump.parts import Part
from pallkit.pump.program import DAY
from pallkit.pump.reading import read_volume
from pallkit.pump.results import Note, answer_json, notes_json, step
from pallkit.pump.settings import Bolus, above_zero
from pallkit.pump.table import drug_name, pump_table, read_drug
from pallkit.pump.units import mg, mg_per_day, mg_per_hour, mg_per_ml, minutes, ml


@dataclass(frozen=True, slots=True)
class Share:
    """One drug's part of a press: mg at once, the most in 60 minutes, mg/h in the long run."""

    drug: str
    amount: Decimal
    most: Decimal
    mean: Decimal


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a press of ``volume`` mL gives of each drug, and how long the reservoir lasts."""

    volume: Decimal
    lockout: Decimal
    fit: int
    shares: tuple[Share, ...]
    shortest: Decimal
    receipt: Receipt
    notes: tuple[Note, ...]

    def to_json(self, lang: Language) -> Json:
        """``pressed`` with a share for each drug; ``steps`` and ``notes`` with their sources."""
        shares = [
            {
                "drug": one.drug,
                "name": render(drug_name(one.drug), lang),
                "mg": json_number(one.amount),
                "most_mg_in_60_min": json_number(one.most),
                "mean_mg_per_h": json_number(one.mean),
                "text": render(mg(one.amount), lang),
                "most_text": render(mg(one.most), lang),
                "day_text": render(mg_per_day(one.mean * DAY), lang),
            }
            for one in self.shares
        ]
        figures = {
            "ml": json_number(self.volume),
            "text": render(ml(self.volume), lang),
            "lockout_min": json_number(self.lockout),
            "most_in_60_min": self.fit,
            "shortest_hours": json_number(self.shortest),
            "shares": shares,
        }
        return answer_json(
            lang,
            pressed=figures,
            steps=self.receipt.to_json(lang),
            notes=notes_json(self.notes, lang),
        )


def read_press(text: str, of: Mixture) -> Decimal:
    """Read one press of a mixture in mL: «0,2 mL», or by one of its drugs, «morfin 2 mg».

    Raises :class:`DoseError` for a drug that is not in it, and for mg of nothing named.
    """
    amount_words = _words(text)
    if not amount_words:
        return read_volume(text)
    drug = read_drug(" ".join(amount_words))
    part = next((one for one in of.parts if one.drug == drug), None)
    if part is None:
        raise DoseError(_("{drug} is not in this mixture.", drug=drug_name(drug)))
    amount = read_amount(text)
    if amount.times is not None or amount.change_hours is not None:
        raise DoseError(_("Write what one press gives, not how often it is given."))
    return amount.quantity.to(MG_PER_DOSE).amount / _strength(part, of)


def press(of: Mixture, volume: Decimal, lockout: Decimal) -> Pressed | Refusal:
    """Work out a press of ``volume`` mL at most every ``lockout`` minutes.

    mg of a drug = mL × its mg/mL in the reservoir
    most in 60 min and the mean: as for one drug (:mod:`.boluses`), for each of them

    The same press gives some of everything, so what is right for the pain may be too much
    of something else. Raises :class:`DoseError` where how long the mixture is to run is not
    chosen: without it there is no rate to add to.
    """
    above_zero(volume, _("The bolus"))
    above_zero(lockout, _("The lock-out"))
    if of.rate is None:
        raise DoseError(_("Write how long the reservoir is to last: the rate follows from it."))
    refusal = _refusal(of, volume, lockout)
    if refusal is not None:
        return refusal
    fit = fitting(lockout)
    shares = tuple(_share(part, of, volume, lockout) for part in of.parts)
    flow = of.rate + volume * HOUR / lockout
    table = pump_table()
    return Pressed(
        volume=volume,
        lockout=lockout,
        fit=fit,
        shares=shares,
        shortest=of.reservoir / flow,
        receipt=_receipt(of, volume, lockout, shares),
        notes=(
            *lockout_notes(lockout, table),
            *volume_notes(volume, table),
            *_share_notes(shares),
        ),
    )


def _words(text: str) -> tuple[str, ...]:
    try:
        words = read_amount(text).words
    except DoseError:
        return ()
    return words


def _strength(part: Part, of: Mixture) -> Decimal:
    return part.amount / of.reservoir


def _per_hour(part: Part, of: Mixture) -> Decimal:
    return _strength(part, of) * (of.rate or Decimal(0))


def _share(part: Part, of: Mixture, volume: Decimal, lockout: Decimal) -> Share:
    amount = volume * _strength(part, of)
    basal = _per_hour(part, of)
    return Share(
        part.drug,
        amount,
        basal + amount * fitting(lockout),
        basal + amount * HOUR / lockout,
    )


def _refusal(of: Mixture, volume: Decimal, lockout: Decimal) -> Refusal | None:
    table = pump_table()
    for part in of.parts:
        if part.drug not in drugs():
            continue
        bolus = Bolus(amount=volume * _strength(part, of), lockout=lockout)
        rescue = refusals.rescue_as_bolus(bolus, table.nurse_given, _per_hour(part, of) * DAY)
        if rescue is not None:
            return rescue
    if lockout < table.lockout.at_least:
        return refusals.lockout_too_short(Bolus(amount=volume, lockout=lockout), table.lockout)
    if volume > of.reservoir:
        return refusals.over_reservoir(volume, of.reservoir, _("One bolus"))
    return None


def _receipt(of: Mixture, volume: Decimal, lockout: Decimal, shares: tuple[Share, ...]) -> Receipt:
    steps = []
    for part, share in zip(of.parts, shares, strict=True):
        name: Message | Words = drug_name(part.drug)
        once = _(
            "{drug} in one press: {volume} × {strength} = {amount}",
            drug=name,
            volume=ml(volume),
            strength=mg_per_ml(_strength(part, of)),
            amount=mg(share.amount),
        )
        hour = _(
            "{drug}, most in any 60 minutes: {rate} + {bolus} × {fit} = {most}",
            drug=name,
            rate=mg_per_hour(_per_hour(part, of)),
            bolus=mg(share.amount),
            fit=fitting(lockout),
            most=mg(share.most),
        )
        mean = _(
            "{drug}, long-run mean: {rate} + {bolus} × 60 ÷ {lockout} = {mean}",
            drug=name,
            rate=mg_per_hour(_per_hour(part, of)),
            bolus=mg(share.amount),
            lockout=minutes(lockout),
            mean=mg_per_hour(share.mean),
        )
        steps += [
            step(once, _("mg = mL × mg/mL")),
            step(hour, _("mg/h + bolus × number of boluses")),
            step(mean, _("mg/h + bolus × 60 ÷ lock-out")),
        ]
    return Receipt(tuple(steps))


def _share_notes(shares: tuple[Share, ...]) -> tuple[Note, ...]:
    """Where one press, or the long run, is above what a source prints; each by itself."""
    table = pump_table()
    notes = []
    for share in shares:
        for single in table.as_needed:
            if single.drug == share.drug and share.amount > single.high:
                text = _(
                    "{drug} {amount} in one press is more than the source prints for one dose as "
                    "needed: {printed}.",
                    drug=drug_name(share.drug),
                    amount=mg(share.amount),
                    printed=single.message,
                )
                notes.append(_with_use(text, single.use, single.source))
        for row in table.ranges:
            if row.drug == share.drug and row.most is not None and share.mean * DAY > row.most:
                text = _(
                    "With every press {drug} comes to {day}, above the most that the source gives "
                    "for adults: {most}.",
                    drug=drug_name(share.drug),
                    day=mg_per_day(share.mean * DAY),
                    most=mg_per_day(row.most),
                )
                notes.append(_with_use(text, row.use, row.source))
    return tuple(notes)


def _with_use(text: Message, use: Words | None, source: str) -> Note:
    return Note(text if use is None else _("{first} ({use})", first=text, use=use), source)
