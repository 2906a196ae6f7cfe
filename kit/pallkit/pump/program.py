"""From a dose in 24 hours to what a pump is set to, with every step."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pallkit.doses import Route, dose_message, dose_text, drug
from pallkit.doses.quantities import MG_PER_DAY
from pallkit.i18n import Language, _, render
from pallkit.opioids import CHOSEN, Receipt, Refusal
from pallkit.opioids.refusals import locked
from pallkit.opioids.results import Json, json_number
from pallkit.pump import refusals
from pallkit.pump.boluses import Boluses, bolus_notes, boluses
from pallkit.pump.reservoir import Life, life, life_notes
from pallkit.pump.results import Note, answer_json, notes_json, step
from pallkit.pump.rows import NurseGiven
from pallkit.pump.settings import Settings
from pallkit.pump.table import PumpTable, pump_table
from pallkit.pump.units import (
    hours,
    mg_per_day,
    mg_per_hour,
    mg_per_ml,
    ml,
    ml_per_hour,
)

DAY = Decimal(24)
FORMULA_SOURCE = "fast-fact-36"
"""Prints the first formula with its numbers: 60 mg in 24 hours is 2.5 mg/h."""


@dataclass(frozen=True, slots=True)
class Program:
    """A pump's settings worked out: ``per_hour`` in mg/h, ``rate`` in mL/h.

    ``day_volume`` is mL in 24 hours without boluses; ``boluses`` is None without a button.
    """

    settings: Settings
    per_day: Decimal
    per_hour: Decimal
    rate: Decimal
    day_volume: Decimal
    boluses: Boluses | None
    life: Life
    receipt: Receipt
    notes: tuple[Note, ...]

    def to_json(self, lang: Language) -> Json:
        """Figures with the unit in each key; ``steps`` and ``notes`` with their sources."""
        figures = {
            "dose": dose_text(self.settings.dose, lang),
            "mg_per_24h": json_number(self.per_day),
            "mg_per_h": json_number(self.per_hour),
            "mg_per_ml": json_number(self.settings.concentration),
            "ml_per_h": json_number(self.rate),
            "ml_per_24h": json_number(self.day_volume),
            "bolus": None if self.boluses is None else self._bolus_json(self.boluses),
            "reservoir": self._reservoir_json(lang),
        }
        return answer_json(
            lang,
            program=figures,
            steps=self.receipt.to_json(lang),
            notes=notes_json(self.notes, lang),
        )

    def _bolus_json(self, found: Boluses) -> Json:
        limit = found.bolus.hour_limit
        return {
            "mg": json_number(found.bolus.amount),
            "ml": json_number(found.volume),
            "lockout_min": json_number(found.bolus.lockout),
            "most_in_60_min": found.fit,
            "hour_limit_mg": None if limit is None else json_number(limit),
            "most_mg_in_60_min": json_number(found.most),
            "mean_mg_per_h": json_number(found.mean),
            "capped": found.capped,
        }

    def _reservoir_json(self, lang: Language) -> Json:
        shortest = self.life.shortest
        return {
            "ml": json_number(self.settings.reservoir),
            "hours": json_number(self.life.untouched),
            "hours_text": render(hours(self.life.untouched), lang),
            "shortest_hours": None if shortest is None else json_number(shortest),
            "shortest_text": None if shortest is None else render(hours(shortest), lang),
            "keeps": self.life.keeping.to_json(lang),
        }


def program(settings: Settings) -> Program | Refusal:
    """Work out what the pump is set to.

    mg/h = mg in 24 h ÷ 24
    mL/h = mg/h ÷ mg/mL

    then the bolus (:mod:`.boluses`) and the reservoir (:mod:`.reservoir`). Nothing is
    rounded to what a pump can be set to. Raises :class:`pallkit.errors.DoseError` for a
    dose with no word of how often; what is not to be done is a :class:`Refusal`.
    """
    table = pump_table()
    preparation = settings.dose.preparation
    if drug(preparation.drug).lock:
        return locked(preparation)
    if preparation.route is not Route.SUBCUTANEOUS:
        return refusals.not_subcutaneous(preparation)
    per_day = settings.dose.daily().to(MG_PER_DAY).amount
    per_hour = per_day / DAY
    rate = per_hour / settings.concentration
    refusal = _unsafe(settings, per_day, table) or _unfit(settings, rate)
    if refusal is not None:
        return refusal
    found = None
    if settings.bolus is not None:
        found = boluses(settings.bolus, per_hour, settings.concentration)
    lasting = life(settings, rate, found)
    return Program(
        settings=settings,
        per_day=per_day,
        per_hour=per_hour,
        rate=rate,
        day_volume=rate * DAY,
        boluses=found,
        life=lasting,
        receipt=_basal(settings, per_day)
        + (Receipt() if found is None else found.receipt)
        + lasting.receipt,
        notes=(
            *_rate_notes(rate, table),
            *(() if found is None else bolus_notes(found, per_hour, table)),
            *_rescue_note(settings, per_day, table.nurse_given),
            *life_notes(settings, lasting),
        ),
    )


def _unsafe(settings: Settings, per_day: Decimal, table: PumpTable) -> Refusal | None:
    bolus = settings.bolus
    if bolus is None:
        return None
    rescue = refusals.rescue_as_bolus(bolus, table.nurse_given, per_day)
    if rescue is not None:
        return rescue
    if bolus.lockout < table.lockout.at_least:
        return refusals.lockout_too_short(bolus, table.lockout)
    if bolus.hour_limit is not None and bolus.hour_limit < per_day / DAY:
        return refusals.hour_limit_below_basal(bolus.hour_limit, per_day / DAY)
    return None


def _unfit(settings: Settings, rate: Decimal) -> Refusal | None:
    bolus, reservoir = settings.bolus, settings.reservoir
    if bolus is not None and bolus.amount / settings.concentration > reservoir:
        return refusals.over_reservoir(
            bolus.amount / settings.concentration, reservoir, _("One bolus")
        )
    if settings.hang is not None and rate * settings.hang > reservoir:
        what = _("What runs in {hours}", hours=hours(settings.hang))
        return refusals.over_reservoir(rate * settings.hang, reservoir, what)
    return None if settings.limits is None else refusals.cannot_run(rate, settings.limits)


def _basal(settings: Settings, per_day: Decimal) -> Receipt:
    per_hour = per_day / DAY
    rate = per_hour / settings.concentration
    steps = [
        step(
            _(
                "{day} ÷ 24 h = {hour}",
                day=mg_per_day(per_day),
                hour=mg_per_hour(per_hour),
            ),
            _("mg/h = mg in 24 h ÷ 24"),
            FORMULA_SOURCE,
        ),
        step(
            _(
                "{hour} ÷ {concentration} = {rate}",
                hour=mg_per_hour(per_hour),
                concentration=mg_per_ml(settings.concentration),
                rate=ml_per_hour(rate),
            ),
            _("mL/h = mg/h ÷ mg/mL"),
        ),
        step(
            _(
                "In 24 hours: {rate} × 24 h = {volume}",
                rate=ml_per_hour(rate),
                volume=ml(rate * DAY),
            ),
            _("mL = mL/h × h"),
        ),
    ]
    written = settings.dose.quantity
    if (written.amount, written.measure) != (per_day, MG_PER_DAY):
        text = _("{dose} = {day}", dose=dose_message(settings.dose), day=mg_per_day(per_day))
        steps.insert(0, step(text, None, CHOSEN))
    return Receipt(tuple(steps))


def _rate_notes(rate: Decimal, table: PumpTable) -> tuple[Note, ...]:
    if rate <= table.site.rate.most:
        return ()
    text = _(
        "{rate} is more than the {most} that tissue under the skin generally takes up.",
        rate=ml_per_hour(rate),
        most=ml_per_hour(table.site.rate.most),
    )
    return (Note(text, table.site.rate.source),)


def _rescue_note(settings: Settings, per_day: Decimal, nurse: NurseGiven) -> tuple[Note, ...]:
    bolus = settings.bolus
    if bolus is None or not nurse.reached_by(bolus.amount, per_day):
        return ()
    text = _("This bolus is as large as the rescue dose that a nurse gives.")
    return (Note(text, nurse.source),)
