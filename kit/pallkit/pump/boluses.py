"""What the button can add: the most in any hour, and the mean in the long run."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from pallkit.i18n import Message, _
from pallkit.opioids import CHOSEN, Receipt
from pallkit.pump.results import Note, step
from pallkit.pump.settings import Bolus
from pallkit.pump.table import PumpTable
from pallkit.pump.units import mg, mg_per_hour, minutes, ml

HOUR = Decimal(60)


@dataclass(frozen=True, slots=True)
class Boluses:
    """A bolus as volume, and what it adds when it is taken as often as can be.

    ``fit`` is how many can fall in 60 minutes. ``most`` is mg in any 60 minutes and
    ``mean`` is mg/h in the long run, both with what runs all the time, and both capped by
    the hour limit where there is one.
    """

    bolus: Bolus
    volume: Decimal
    fit: int
    most: Decimal
    mean: Decimal
    capped: bool
    receipt: Receipt


def boluses(bolus: Bolus, per_hour: Decimal, concentration: Decimal) -> Boluses:
    """Work out what ``bolus`` adds to ``per_hour`` mg/h, at ``concentration`` mg/mL.

    boluses in 60 min = 60 ÷ lock-out, rounded up: at 25 minutes three fit (0, 25 and 50)
    most in 60 min    = mg/h + bolus × that number     } at most the
    long-run mean     = mg/h + bolus × 60 ÷ lock-out   } hour limit

    Rounding down would hide the third bolus. The example 6 mg/h with 2 mg every 20
    minutes is the lock-out source's own; the rounding is our arithmetic.
    """
    fit = fitting(bolus.lockout)
    most = per_hour + bolus.amount * fit
    mean = per_hour + bolus.amount * HOUR / bolus.lockout
    limit = bolus.hour_limit
    capped = limit is not None and most > limit
    volume = bolus.amount / concentration
    receipt = _volume_step(bolus, volume, concentration) + _hour_steps(bolus, per_hour, most, mean)
    if limit is not None:
        most, mean = min(most, limit), min(mean, limit)
        text = _limit_text(limit, most, mean, capped=capped)
        receipt += Receipt((step(text, None, CHOSEN),))
    return Boluses(bolus, volume, fit, most, mean, capped, receipt)


def bolus_notes(found: Boluses, per_hour: Decimal, table: PumpTable) -> tuple[Note, ...]:
    """What sources say of the lock-out, the hour limit, and the volume of one bolus."""
    return (
        *lockout_notes(found.bolus.lockout, table),
        *_hour_notes(found, per_hour, table),
        *volume_notes(found.volume, table),
    )


def lockout_notes(lockout: Decimal, table: PumpTable) -> tuple[Note, ...]:
    """What the source prefers, where ``lockout`` is allowed and shorter than that."""
    rule = table.lockout
    if lockout >= rule.low:
        return ()
    text = _(
        "A lock-out of {low}–{high} min is preferred under the skin.",
        low=rule.low,
        high=rule.high,
    )
    return (Note(text, rule.source),)


def volume_notes(volume: Decimal, table: PumpTable) -> tuple[Note, ...]:
    """What the source gives at once at one place, where a bolus of ``volume`` mL is more."""
    most = table.site.dose
    if volume <= most.most:
        return ()
    text = _(
        "A bolus of {volume} is more than the {most} that is generally given at once at one "
        "place under the skin.",
        volume=ml(volume),
        most=ml(most.most),
    )
    return (Note(text, most.source),)


def _hour_notes(found: Boluses, per_hour: Decimal, table: PumpTable) -> list[Note]:
    notes: list[Note] = []
    limit, guide = found.bolus.hour_limit, table.hour_limit
    if limit is not None and limit - per_hour < found.bolus.amount:
        text = _(
            "The hour limit leaves {room} for boluses, less than one bolus. Whether a pump then "
            "gives a part of it or none differs: look in its manual.",
            room=mg(limit - per_hour),
        )
        notes.append(Note(text))
    if found.most > per_hour * guide.high:
        text = _(
            "The most in any 60 minutes is {times} times the hourly rate. An hour limit is often "
            "{low}–{high} times the hourly need (US practice, not a ceiling under the skin).",
            times=(found.most / per_hour).quantize(Decimal("0.1")),
            low=guide.low,
            high=guide.high,
        )
        notes.append(Note(text, guide.source))
    return notes


def _volume_step(bolus: Bolus, volume: Decimal, concentration: Decimal) -> Receipt:
    text = _(
        "Bolus: {mg} ÷ {concentration} mg/mL = {ml}",
        mg=mg(bolus.amount),
        concentration=concentration,
        ml=ml(volume),
    )
    return Receipt((step(text, _("mL = mg ÷ mg/mL")),))


def _hour_steps(bolus: Bolus, per_hour: Decimal, most: Decimal, mean: Decimal) -> Receipt:
    fit = fitting(bolus.lockout)
    counted = _(
        "Lock-out {lockout}: at most {fit} boluses in any 60 minutes (60 ÷ {lockout}, rounded up)",
        lockout=minutes(bolus.lockout),
        fit=fit,
    )
    hour = _(
        "Most in any 60 minutes: {rate} + {bolus} × {fit} = {most}",
        rate=mg(per_hour),
        bolus=mg(bolus.amount),
        fit=fit,
        most=mg(most),
    )
    long_run = _(
        "Long-run mean: {rate} + {bolus} × 60 ÷ {lockout} = {mean}",
        rate=mg_per_hour(per_hour),
        bolus=mg(bolus.amount),
        lockout=minutes(bolus.lockout),
        mean=mg_per_hour(mean),
    )
    return Receipt(
        (
            step(counted, _("60 ÷ lock-out, rounded up")),
            step(hour, _("mg/h + bolus × number of boluses")),
            step(long_run, _("mg/h + bolus × 60 ÷ lock-out")),
        )
    )


def fitting(lockout: Decimal) -> int:
    """How many boluses fit in 60 minutes: 60 ÷ lock-out, rounded up."""
    return int((HOUR / lockout).to_integral_value(ROUND_CEILING))


def _limit_text(limit: Decimal, most: Decimal, mean: Decimal, *, capped: bool) -> Message:
    if not capped:
        return _("The hour limit of {limit} is never reached.", limit=mg(limit))
    return _(
        "The hour limit of {limit} caps it: most in any 60 minutes {most}, long-run mean {mean}",
        limit=mg(limit),
        most=mg(most),
        mean=mg_per_hour(mean),
    )
