"""What the sheet gives, what it asks, and the words around both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pallkit.doses import dose_message
from pallkit.i18n import Language, Message, _, render
from pallkit.opioids import RatioSet
from pallkit.pump import Program, product
from pallkit.pump.units import mg, mg_per_ml, minutes, ml

_LABELS: Mapping[str, Message] = {
    "kind": _("Practice sheet"),
    "title": _("The pain pump"),
    "across": _("PRACTICE"),
    "not_order": _(
        "An exercise, not a prescription. The sheet has no place for a person, a date or a "
        "signature, and none is to be added."
    ),
    "given": _("Given"),
    "given_help": _("Nobody has this pump: its settings are made up to be worked with."),
    "work_out": _("Work out"),
    "work_out_help": _("Write the numbers with their steps. Round only at the end."),
    "question": _("What is asked"),
    "your_answer": _("Your answer"),
    "talk": _("Talk about it"),
    "answer": _("Worked answer"),
    "answer_help": _("Turn the page, or open this, when you have answered."),
    "step": _("Step"),
    "formula": _("Ratio or formula"),
    "source": _("Source"),
    "notes": _("What sources say of such settings"),
    "sources": _("Sources"),
    "page": _("Page"),
    "of": _("of"),
    "not_known": _("not known"),
    "by_set": _("By ratio set"),
    "refused": _("Refused"),
    "skip": _("Skip to the exercise"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """Something to work out, and the unit of its answer; ``or_not_known`` adds that box."""

    text: str
    unit: str
    or_not_known: bool = False


def labels(lang: Language) -> dict[str, str]:
    """The sheet's own words in ``lang``."""
    return {key: render(text, lang) for key, text in _LABELS.items()}


def given(program: Program, lang: Language) -> list[tuple[str, str]]:
    """What the learner starts from: name and value."""
    settings, bolus = program.settings, program.settings.bolus
    rows: list[tuple[Message, Message | str]] = [
        (_("What the pump is to give"), dose_message(settings.dose)),
        (_("Concentration"), mg_per_ml(settings.concentration)),
        (_("Reservoir"), ml(settings.reservoir)),
    ]
    if settings.product is not None:
        rows.append((_("Product"), render(product(settings.product).name, lang)))
    if bolus is not None:
        rows.append((_("Bolus"), mg(bolus.amount)))
        rows.append((_("Lock-out"), minutes(bolus.lockout)))
        if bolus.hour_limit is not None:
            rows.append((_("Hour limit"), mg(bolus.hour_limit)))
    return [(render(name, lang), render(value, lang)) for name, value in rows]


def questions(program: Program, lang: Language) -> list[Question]:
    """What is to be worked out, in the order of the receipt."""
    rows = [
        (_("How much does the pump give each hour?"), "mg/h"),
        (_("How fast does it run?"), "mL/h"),
        (_("How much volume is that in 24 hours?"), "mL"),
    ]
    if program.boluses is not None:
        rows += [
            (_("What is the volume of one bolus?"), "mL"),
            (_("How many boluses can fall within 60 minutes?"), ""),
            (_("What is the most that can be given in any 60 minutes?"), "mg"),
            (_("What is the mean in the long run, with every bolus taken?"), "mg/h"),
        ]
    rows.append((_("How long does the reservoir last without boluses?"), "h"))
    if program.boluses is not None:
        rows.append((_("How long does it last when every bolus is taken?"), "h"))
    asked = [Question(render(text, lang), render(_UNITS[unit], lang)) for text, unit in rows]
    keeps = _("How long may what is in it hang, and who says so?")
    return [*asked, Question(render(keeps, lang), render(_UNITS["h"], lang), or_not_known=True)]


def conversions(
    doses: Message, to: Message, sets: Sequence[RatioSet], lang: Language
) -> list[Question]:
    """The same doses to be converted by each set: the answers differ, and that is the point."""
    unit = render(_("mg/24 h"), lang)
    return [
        Question(
            render(_("{doses} as {to}, by {title}", doses=doses, to=to, title=one.title), lang),
            unit,
        )
        for one in sets
    ]


def talk(program: Program, lang: Language, *, sets: int) -> list[str]:
    """Questions with no number for an answer."""
    asked = [
        _(
            "A sixth of 24 hours is a rescue dose that a nurse gives. Why is it not the bolus of "
            "a pump?"
        ),
        _("What decides how long a reservoir may hang, when its volume does not?"),
    ]
    if program.boluses is not None:
        asked.append(
            _("The most in any hour and the long-run mean are two numbers. When does each matter?")
        )
    if sets > 1:
        asked.append(_("The ratio sets differ. Which would you work by, and what would you watch?"))
    return [render(text, lang) for text in asked]


_UNITS: Mapping[str, Message | str] = {
    "mg/h": _("mg/h"),
    "mL/h": _("mL/h"),
    "mL": _("mL"),
    "mg": _("mg"),
    "h": _("h"),
    "": "",
}
