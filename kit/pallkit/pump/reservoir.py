"""How long a reservoir lasts by its volume, and how long it may hang by what it keeps."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pallkit.i18n import Language, Message, Words, _, render
from pallkit.opioids import Receipt, Step
from pallkit.opioids.results import NO_SOURCE, Json, json_number
from pallkit.pump.boluses import Boluses
from pallkit.pump.results import Note, step
from pallkit.pump.rows import Product
from pallkit.pump.settings import Settings
from pallkit.pump.table import product
from pallkit.pump.units import hours, ml, ml_per_hour

NOT_KNOWN = _("not known")
"""The answer where no source was seen; never the same as «no limit»."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """How many hours what is in the reservoir keeps; ``hours`` is None for «not known»."""

    hours: Decimal | None
    says: Message | Words
    source: str = NO_SOURCE
    hygiene: Words | None = None

    @property
    def message(self) -> Message:
        """«48 t (2 døgn)», or «ikke kjent»."""
        return NOT_KNOWN if self.hours is None else hours(self.hours)

    def to_json(self, lang: Language) -> Json:
        """``hours`` is null where it is not known; ``known`` says so outright."""
        return {
            "known": self.hours is not None,
            "hours": None if self.hours is None else json_number(self.hours),
            "text": render(self.message, lang),
            "says": render(self.says, lang),
            "source": self.source,
        }


@dataclass(frozen=True, slots=True)
class Life:
    """Hours until a full reservoir is empty: untouched, and with the button held down.

    ``shortest`` is None where there is no button.
    """

    untouched: Decimal
    shortest: Decimal | None
    keeping: Keeping
    receipt: Receipt


def life(settings: Settings, rate: Decimal, found: Boluses | None) -> Life:
    """Work out how long ``settings.reservoir`` mL lasts at ``rate`` mL/h.

    hours          = mL ÷ mL/h
    shortest hours = mL ÷ (mL/h + bolus mL × 60 ÷ lock-out), or by the hour limit

    The shortest is by the long-run mean: a first bolus at once can make it shorter by
    less than one lock-out. Volume alone does not say how long a reservoir may hang: that
    is ``keeping``.
    """
    volume = settings.reservoir
    untouched = volume / rate
    steps = [step(_life_text(_("Reservoir"), volume, rate, untouched), _("h = mL ÷ mL/h"))]
    shortest = None
    if found is not None:
        most = found.mean / settings.concentration
        shortest = volume / most
        text = _life_text(_("Reservoir with every bolus taken"), volume, most, shortest)
        steps.append(step(text, _("h = mL ÷ (long-run mean ÷ mg/mL)")))
    keeping = keeps(settings)
    steps.append(_keeping_step(keeping))
    return Life(untouched, shortest, keeping, Receipt(tuple(steps)))


def keeps(settings: Settings) -> Keeping:
    """How long the reservoir keeps, by the product named; «not known» where none is."""
    if settings.product is None:
        return Keeping(None, _("No product is named, and it is the product's text that says."))
    named = product(settings.product)
    if named.drug != settings.dose.preparation.drug:
        return Keeping(None, _("{product} is another drug.", product=named.name))
    diluted = _diluted(named, settings.concentration)
    for row in named.keeps:
        if row.diluted is diluted:
            return Keeping(row.hours, row.says, named.source, named.hygiene)
    return Keeping(
        None, _("No figure was seen for {product} at this strength.", product=named.name)
    )


def _diluted(named: Product, concentration: Decimal) -> bool | None:
    """Whether the strength is the product's own or weaker; None for one it cannot have."""
    if concentration in named.strengths:
        return False
    return True if concentration < max(named.strengths) else None


def life_notes(settings: Settings, found: Life) -> tuple[Note, ...]:
    """Where volume, plan and keeping disagree."""
    notes: list[Note] = []
    keeping = found.keeping
    if keeping.hours is not None and found.untouched > keeping.hours:
        text = _(
            "By volume the reservoir lasts {life}, but what is in it keeps only {keeps}: change "
            "it by then.",
            life=hours(found.untouched),
            keeps=hours(keeping.hours),
        )
        notes.append(Note(text, keeping.source))
    if keeping.hygiene is not None:
        notes.append(Note(keeping.hygiene, keeping.source))
    if keeping.hours is None:
        text = _(
            "How long a reservoir may hang is set by stability and hygiene, not by volume; here "
            "it is not known. {why}",
            why=keeping.says,
        )
        notes.append(Note(text, NO_SOURCE))
    if settings.hang is not None and found.shortest is not None and found.shortest < settings.hang:
        text = _(
            "With every bolus taken the reservoir is empty after {life}, before the {hang} that "
            "are planned.",
            life=hours(found.shortest),
            hang=hours(settings.hang),
        )
        notes.append(Note(text))
    return tuple(notes)


def _life_text(what: Message, volume: Decimal, rate: Decimal, life: Decimal) -> Message:
    return _(
        "{what}: {volume} ÷ {rate} = {life}",
        what=what,
        volume=ml(volume),
        rate=ml_per_hour(rate),
        life=hours(life),
    )


def _keeping_step(keeping: Keeping) -> Step:
    text = _("How long it keeps: {keeps}. {says}", keeps=keeping.message, says=keeping.says)
    return step(text, None, keeping.source)
