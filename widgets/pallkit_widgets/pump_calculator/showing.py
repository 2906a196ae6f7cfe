"""The engine's answers about a pump and a mixture, as the browser shows them."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import Any

from pallkit.doses import Dose, dose_text
from pallkit.i18n import Language, Message, Words, _, render
from pallkit.opioids import Refusal
from pallkit.pump import (
    SPANS,
    Mixture,
    Pressed,
    Program,
    drug_name,
    product,
    refusal_json,
    timeline,
)
from pallkit.pump import diluent as known_diluent
from pallkit.pump.units import hours, mg, mg_per_hour, mg_per_ml, minutes, ml, ml_per_hour
from pallkit_widgets.pump_calculator.labels import LABELS
from pallkit_widgets.shared.sources import name_sources

Shown = dict[str, Any]
DAY = Decimal(24)
MOST_DAYS = 3


def refused(answer: Refusal, lang: Language) -> Shown:
    """A refusal, in the same place as an answer."""
    return {"refusal": refusal_json(answer, lang)["refusal"]}


def pump_view(done: Program, lang: Language) -> Shown:
    """Numbers, pictures, notes and steps of a pump."""
    found = done.boluses
    told = done.to_json(lang)
    life = done.life

    def say(text: Message | Words) -> str:
        return render(text, lang)

    button = None
    if found is not None:
        button = {
            "volume": say(ml(found.volume)),
            "fit": found.fit,
            "most": say(mg(found.most)),
            "mean": say(mg_per_hour(found.mean)),
            "capped": found.capped,
        }
    keeps = told["program"]["reservoir"]["keeps"]
    return {
        "refusal": None,
        "dose": dose_text(done.settings.dose, lang),
        "asked": _asked(done, lang),
        "per_hour": say(mg_per_hour(done.per_hour)),
        "rate": say(ml_per_hour(done.rate)),
        "day": say(ml(done.day_volume)),
        "button": button,
        "lasts": say(hours(life.untouched)),
        "shortest": None if life.shortest is None else say(hours(life.shortest)),
        "keeps": name_sources([keeps], lang)[0],
        "picture": _levels(done, lang),
        "timelines": [timeline(done, span).to_json(lang) for span in SPANS],
        "notes": name_sources(told["notes"], lang),
        "steps": name_sources(told["steps"], lang),
    }


def mixture_view(
    done: Mixture, button: Pressed | Refusal | None, diluent: str | None, lang: Language
) -> Shown:
    """Volumes, what is known of mixing, the picture of the reservoir, and one press of it."""
    told = done.to_json(lang)
    figures = told["mixture"]
    notes, steps, pressed = told["notes"], told["steps"], None
    if isinstance(button, Pressed):
        more = button.to_json(lang)
        pressed = more["pressed"] | {"shortest": render(hours(button.shortest), lang)}
        notes, steps = notes + more["notes"], steps + more["steps"]
    verdicts = [figures["mixing"]] if figures["mixing"] else []
    return {
        "refusal": None,
        "drugs": render(ml(done.drugs), lang),
        "fill_up": render(ml(done.fill_up), lang),
        "reservoir": render(ml(done.reservoir), lang),
        "rate": None if done.rate is None else render(ml_per_hour(done.rate), lang),
        "rows": [
            _row(part, figure, lang)
            for part, figure in zip(done.parts, figures["parts"], strict=True)
        ],
        "mixing": name_sources(verdicts, lang),
        "diluting": name_sources(figures["diluting"], lang),
        "pressed": pressed,
        "press_refusal": refused(button, lang)["refusal"] if isinstance(button, Refusal) else None,
        "picture": _contents(done, diluent, lang),
        "notes": name_sources(notes, lang),
        "steps": name_sources(steps, lang),
    }


def doses_view(doses: tuple[Dose, ...], lang: Language) -> list[str]:
    """The doses as the engine understood them."""
    return [dose_text(dose, lang) for dose in doses]


def _asked(done: Program, lang: Language) -> list[tuple[str, str]]:
    """What was typed, for paper: the form itself is not printed."""
    settings, bolus = done.settings, done.settings.bolus
    told: list[tuple[str, Message | Words]] = [
        ("concentration", mg_per_ml(settings.concentration)),
        ("reservoir", ml(settings.reservoir)),
    ]
    if settings.product is not None:
        told.append(("product", product(settings.product).name))
    if bolus is not None:
        told += [("bolus", mg(bolus.amount)), ("lockout", minutes(bolus.lockout))]
        if bolus.hour_limit is not None:
            told.append(("limit", mg(bolus.hour_limit)))
    if settings.hang is not None:
        told.append(("hours", hours(settings.hang)))
    return [(render(LABELS[name], lang), render(text, lang)) for name, text in told]


def _row(part: Any, figure: Shown, lang: Language) -> Shown:
    return {
        "name": figure["name"],
        "amount": render(mg(part.amount), lang),
        "strength": render(mg_per_ml(part.strength), lang),
        "volume": render(ml(part.volume), lang),
        "source": name_sources([figure], lang)[0]["source"],
        "printed": name_sources(figure["printed"], lang),
    }


def _levels(done: Program, lang: Language) -> Shown:
    """A full reservoir in the parts that each of the first days takes, the last at the bottom."""
    volume, day = done.settings.reservoir, done.day_volume
    whole_days = int((volume / day).to_integral_value(ROUND_CEILING))
    layers = []
    for number in range(1, min(whole_days, MOST_DAYS) + 1):
        taken = min(day, volume - day * (number - 1))
        name = _("Day {number}", number=number)
        layers.append(_layer(name, taken, taken * done.settings.concentration, lang))
    left = volume - day * MOST_DAYS
    if left > 0:
        name = _("Left after three days")
        layers.append(_layer(name, left, left * done.settings.concentration, lang))
    return _picture(list(reversed(layers)), volume, lang)


def _contents(done: Mixture, diluent: str | None, lang: Language) -> Shown:
    layers = [_layer(drug_name(part.drug), part.volume, part.amount, lang) for part in done.parts]
    if done.fill_up > 0:
        name: Message | Words = _("Diluent, not chosen yet")
        if diluent is not None:
            name = known_diluent(diluent).name
        layers.append(_layer(name, done.fill_up, None, lang) | {"diluent": True})
    return _picture(layers, done.reservoir, lang)


def _layer(name: Message | Words, volume: Decimal, amount: Decimal | None, lang: Language) -> Shown:
    detail = ml(volume)
    if amount is not None:
        detail = _("{volume} ({amount})", volume=ml(volume), amount=mg(amount))
    return {
        "label": render(name, lang),
        "detail": render(detail, lang),
        "ml": float(volume),
        "diluent": False,
    }


def _picture(layers: list[Shown], volume: Decimal, lang: Language) -> Shown:
    """``layers`` from the bottom up; the same in words for whoever does not see it."""
    said = "; ".join(f"{layer['label']} {layer['detail']}" for layer in reversed(layers))
    text = _("A reservoir of {volume}. From the top: {parts}.", volume=ml(volume), parts=said)
    return {
        "layers": layers,
        "ml": float(volume),
        "total": render(ml(volume), lang),
        "text": render(text, lang),
    }
