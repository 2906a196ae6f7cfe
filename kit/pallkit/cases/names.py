"""What the coded values of a case are called where people read them."""

from __future__ import annotations

from collections.abc import Mapping

from pallkit.cases.model import Axis, EsasItem, Level, Place, Use
from pallkit.i18n import Language, Message, _, render

ESAS: Mapping[EsasItem, Message] = {
    "pain": _("Pain"),
    "tiredness": _("Tiredness"),
    "drowsiness": _("Drowsiness"),
    "nausea": _("Nausea"),
    "appetite": _("Lack of appetite"),
    "breathlessness": _("Breathlessness"),
    "depression": _("Depression"),
    "anxiety": _("Anxiety"),
    "wellbeing": _("Poor wellbeing"),
}

PLACE: Mapping[Place, Message] = {
    "home": _("At home"),
    "nursing_home": _("Nursing home"),
    "hospital": _("Hospital"),
    "municipal_ward": _("Municipal ward"),
    "gp_office": _("GP's office"),
    "hospice": _("Hospice"),
}

AXIS: Mapping[Axis, Message] = {
    "symptom_relief": _("Symptom relief"),
    "safety": _("Safety"),
    "communication": _("Communication"),
    "collaboration": _("Collaboration"),
    "time": _("Time"),
}

LEVEL: Mapping[Level, Message] = {
    "A": _("Basic"),
    "B": _("Extended"),
    "C": _("Specialist"),
}

USE: Mapping[Use, Message] = {"fixed": _("regular"), "as_needed": _("as needed")}

OUTCOME: Mapping[str, Message] = {
    "right": _("The right dose"),
    "too_low": _("Too low a dose"),
    "too_high": _("Too high a dose"),
}


def clock(minutes: int, lang: Language) -> str:
    """The case's clock as «Dag 2, 3 t»: days from 1, then hours and minutes of that day."""
    days, rest = divmod(minutes, 1440)
    hours, left = divmod(rest, 60)
    parts = [_("Day {day}", day=days + 1)]
    if hours:
        parts.append(_("{hours} h", hours=hours))
    if left:
        parts.append(_("{minutes} min", minutes=left))
    head, *tail = (render(part, lang) for part in parts)
    return f"{head}, {' '.join(tail)}" if tail else head


def span(minutes: int, lang: Language) -> str:
    """A stretch of time as «2 d 3 t»."""
    days, rest = divmod(minutes, 1440)
    hours, left = divmod(rest, 60)
    parts = [
        (days, _("{days} d", days=days)),
        (hours, _("{hours} h", hours=hours)),
        (left, _("{minutes} min", minutes=left)),
    ]
    return " ".join(render(text, lang) for count, text in parts if count) or "0 min"
