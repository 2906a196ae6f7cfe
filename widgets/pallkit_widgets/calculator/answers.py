"""An answer as the page shows it: amounts, strengths that exist, rescue dose, notes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pallkit import content
from pallkit.doses import Dose, Preparation, Quantity, Route, daily_doses, preparation_text, shown
from pallkit.errors import PallkitError
from pallkit.i18n import Language, Message, _, render
from pallkit.opioids import (
    ORAL_MORPHINE,
    Conversion,
    Note,
    Omeq,
    Range,
    RatioSet,
    Refusal,
    Rescue,
    RescueRule,
    Situation,
    draw,
    notes,
    rescue_for,
    round_answer,
    situation_of,
)
from pallkit.opioids.results import json_number
from pallkit_widgets.calculator.form import Asked
from pallkit_widgets.shared.fields import FieldError
from pallkit_widgets.shared.sources import name_sources

Json = dict[str, Any]
Answer = Omeq | Conversion | Refusal

_TITLES: dict[str, Message] = {
    "renal": _("Kidneys"),
    "liver": _("Liver"),
    "frail": _("Old or frail"),
    "naive-start": _("Not used to opioids"),
    "naive-patch": _("Patch and not used to opioids"),
    "methadone": _("Methadone"),
    "cyp2d6": _("Codeine and tramadol do not work alike in all"),
    "driving": _("Driving"),
    "driving-300": _("Driving, more than 300 mg"),
    "increase": _("Increasing the dose"),
    "rescue-often": _("Many doses as needed"),
    "high-dose": _("High dose"),
    "laxative": _("Bowels"),
    "patch-uptake": _("Uptake from a patch"),
    "buprenorphine-receptor": _("How buprenorphine acts"),
    "to-fentanyl-patch": _("When the patch is put on"),
    "from-fentanyl-patch": _("When the patch is taken off"),
    "dying-with-patch": _("The dying patient with a patch"),
    "oral-to-sc": _("From tablets to pump"),
    "to-oral-depot": _("First prolonged-release dose"),
}
_OTHER_TITLES = {"safety": _("Take care"), "timing": _("When")}


def answer_view(asked: Asked, table: RatioSet, answer: Answer, lang: Language) -> Json:
    """All that an answer or a refusal shows, in ``lang``."""
    view = answer.to_json(lang)
    view["steps"] = _steps(view["steps"], table, lang)
    view["given"] = [render(line.message, lang) for line in asked.lines]
    view["ratio_set"] = {**table.to_json(lang), "local": table.local}
    view["notes"] = [_note(note, lang) for note in notes(_situation(asked, answer))]
    view["strengths"] = view["rescue"] = None
    if isinstance(answer, Conversion):
        view["main"] = amount_view(answer.target, answer.to, lang)
        view["strengths"] = _strengths(answer, lang)
        if answer.oral_morphine is not None:
            view["total"] = amount_view(answer.oral_morphine, ORAL_MORPHINE, lang)
    elif isinstance(answer, Omeq):
        view["main"] = amount_view(answer.oral_morphine, ORAL_MORPHINE, lang)
    if asked.rescue and not isinstance(answer, Refusal):
        view["rescue"] = _rescue(asked, *asked.rescue, answer, table, lang)
    return view


def amount_view(value: Range, of: Preparation, lang: Language) -> Json:
    """An amount as text and, for the line it is drawn on, as numbers."""
    unit = of.measure.message
    middle = value if value.point is None else Range.exactly(value.point)
    parts = {"low": value.low, "point": value.point, "high": value.high}
    return {
        "name": preparation_text(of, lang),
        "text": render(_("{amount} {unit}", amount=value.message, unit=unit), lang),
        "amount": render(_("{amount} {unit}", amount=middle.message, unit=unit), lang),
        **{key: None if part is None else json_number(part) for key, part in parts.items()},
        "shown": {
            key: None if part is None else render(Range.exactly(part).message, lang)
            for key, part in parts.items()
        },
    }


def _steps(steps: Iterable[Json], table: RatioSet, lang: Language) -> list[Json]:
    """The steps with their sources by name; a table that was added here is its own source."""
    named = name_sources(steps, lang)
    own = f"{table.publisher}: {table.title}"
    local = table.local and {table.source}
    return [{**one, "source": own} if local and one["source"] in local else one for one in named]


def _situation(asked: Asked, answer: Answer) -> Situation:
    if not isinstance(answer, Refusal):
        return situation_of(answer, gfr=asked.gfr, flags=asked.flags, as_needed=asked.as_needed)
    given = tuple(dict.fromkeys(line.dose.preparation for line in asked.lines))
    return Situation(given, asked.to, None, asked.gfr, asked.flags, asked.as_needed)


def _note(note: Note, lang: Language) -> Json:
    title = _TITLES.get(note.id, _OTHER_TITLES[note.topic])
    says = [
        {"text": render(one.text, lang), "sources": [_source(id_) for id_ in one.sources]}
        for one in note.says
    ]
    return {"topic": note.topic, "title": render(title, lang), "says": says}


def _source(identity: str) -> Json:
    known = {entry["id"]: entry for entry in content.table("sources")}
    entry = known.get(identity, {})
    url = entry.get("url") or ""
    return {
        "name": str(entry.get("publisher") or identity),
        "title": str(entry.get("title") or ""),
        "url": url if url.startswith(("https://", "http://")) else "",
    }


def _strengths(answer: Conversion, lang: Language) -> Json | None:
    """How the answer is given with what exists; None before a reduction has been chosen."""
    if answer.taken_off is None:
        return None
    rounded = round_answer(answer)
    if rounded is not None:
        return {"lines": name_sources([rounded.step.to_json(lang)], lang), "none": False}
    target = answer.target
    amount = target.low if target.point is None else target.point
    drawn = [
        {
            "text": render(
                _(
                    "{amount} mg is {volume} mL of {strength} mg/mL: {count} ampoules of {size} mL",
                    amount=shown(amount),
                    volume=shown(one.volume),
                    strength=shown(amount / one.volume),
                    count=one.ampoules,
                    size=one.product.volume or "?",
                ),
                lang,
            ),
            "ratio": None,
            "source": one.product.source,
        }
        for one in draw(amount, answer.to)
        if answer.to.route is not Route.TRANSDERMAL
    ]
    return {"lines": name_sources(drawn, lang), "none": not drawn}


def _rescue(  # noqa: PLR0913, PLR0917  # what is asked and by what, each its own
    asked: Asked,
    rule: RescueRule,
    of: Preparation | None,
    answer: Omeq | Conversion,
    table: RatioSet,
    lang: Language,
) -> Json:
    """One rescue dose from the new regular dose, or from the present one where nothing changes."""
    of = of or _same_drug(asked)
    try:
        found = rescue_for(_regular(asked, answer), rule, of=of, table=table)
    except PallkitError as error:
        raise FieldError("rescue", error.message) from None
    title = render(rule.title, lang)
    if isinstance(found, Refusal):
        return {"title": title, "refusal": found.to_json(lang)["refusal"], "steps": []}
    return {
        "title": title,
        "refusal": None,
        "name": preparation_text(of, lang),
        "amount": _rescue_amount(found, lang),
        "steps": _steps(found.receipt.to_json(lang), table, lang),
    }


def _rescue_amount(found: Rescue, lang: Language) -> str:
    unit = found.measure.message
    return render(_("{amount} {unit}", amount=found.range.message, unit=unit), lang)


def _same_drug(asked: Asked) -> Preparation:
    """The drug that is changed to, or the only one there is; a patch gives no rescue dose."""
    if asked.to is not None:
        only = {asked.to}
    else:
        only = {line.dose.preparation for line in asked.lines if line.use == "fixed"}
    found = next(iter(only), None)
    if len(only) != 1 or found is None or found.route is Route.TRANSDERMAL:
        raise FieldError("rescue", _("Choose which drug the rescue dose is to be of."))
    return found


def _regular(asked: Asked, answer: Omeq | Conversion) -> tuple[Dose, ...]:
    if isinstance(answer, Conversion):
        target, measure = answer.target, answer.measure
        amount = target.low if target.point is None else target.point
        return (Dose(answer.to, Quantity(amount, measure.unit, measure.per)),)
    return daily_doses(line for line in asked.lines if line.use == "fixed")
