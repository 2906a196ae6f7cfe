"""What the coded values of a case are called where people read them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from pallkit.cases.values import (
    Axis,
    Consciousness,
    EsasItem,
    Frame,
    Level,
    Place,
    Role,
    Use,
    Vital,
)
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

VITAL: Mapping[Vital, Message] = {
    "respiratory_rate": _("Breaths a minute"),
    "pulse": _("Pulse"),
    "systolic": _("Systolic blood pressure"),
    "saturation": _("Oxygen saturation"),
    "temperature": _("Temperature"),
}

CONSCIOUSNESS: Mapping[Consciousness, Message] = {
    "alert": _("Awake and clear"),
    "drowsy": _("Drowsy"),
    "rousable": _("Asleep, can be woken"),
    "unrousable": _("Cannot be woken"),
}

FRAME: Mapping[Frame, Message] = {
    "unknown": _("Not talked about"),
    "years": _("Years"),
    "months": _("Months"),
    "weeks": _("Weeks"),
    "days": _("Days"),
    "hours": _("Hours"),
}

ROLE: Mapping[Role, Message] = {
    "partner": _("Partner"),
    "child": _("Child"),
    "parent": _("Parent"),
    "sibling": _("Sibling"),
    "grandchild": _("Grandchild"),
    "friend": _("Friend"),
    "interpreter": _("Interpreter"),
    "colleague": _("Colleague"),
}

FORM: Mapping[str, Message] = {
    "palliative_plan": _("Palliative care plan (practice form)"),
    "conversation_note": _("Note of a conversation (practice form)"),
    "ethics_reflection": _("Ethics reflection in six steps (practice form)"),
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

_OUTCOME_OF_KIND: Mapping[tuple[str, str], Message] = {
    ("pump", "right"): _("The right rate"),
    ("pump", "too_low"): _("Too low a rate"),
    ("pump", "too_high"): _("Too high a rate"),
    ("estimate", "right"): _("A good estimate"),
    ("estimate", "too_low"): _("Estimated too low"),
    ("estimate", "too_high"): _("Estimated too high"),
    ("multi", "all"): _("All the right ones"),
    ("multi", "some"): _("Some of the right ones"),
    ("multi", "wrong"): _("Not the right ones"),
    ("order", "right"): _("In the right order"),
    ("order", "near"): _("Almost in the right order"),
    ("order", "wrong"): _("Not in the right order"),
    ("document", "complete"): _("Complete"),
    ("document", "incomplete"): _("Something is missing"),
}


def outcome(kind: str, name: str) -> Message:
    """What an outcome of a step of that kind is called."""
    return _OUTCOME_OF_KIND.get((kind, name)) or OUTCOME[name]


def vital(name: Vital, value: int, lang: Language) -> str:
    """A vital sign with its unit: «16 per minutt», «37,4 °C»."""
    tenths = Decimal(value) / 10
    texts: Mapping[Vital, Message] = {
        "respiratory_rate": _("{value} a minute", value=value),
        "pulse": _("{value} a minute", value=value),
        "systolic": _("{value} mmHg", value=value),
        "saturation": _("{value} %", value=value),
        "temperature": _("{value} °C", value=tenths),
    }
    return render(texts[name], lang)


def figure(number: int | Decimal) -> Message:
    """A number without a unit, with the language's own decimal sign."""
    return _("{value}", value=number)


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
