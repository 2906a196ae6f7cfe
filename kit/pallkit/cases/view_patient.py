"""The patient as they are now, as plain data: symptoms, vital signs, people, medicines."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pallkit.cases import names
from pallkit.cases.model import ESAS_ITEMS
from pallkit.cases.prose import Prose
from pallkit.cases.state import PersonState, State
from pallkit.cases.values import EsasItem, Vital
from pallkit.cases.view_effects import effects_text
from pallkit.doses import dose_text
from pallkit.i18n import Language, render

CHARTED: Mapping[Vital, tuple[int, int]] = {
    "respiratory_rate": (0, 40),
    "pulse": (0, 160),
    "systolic": (0, 200),
    "saturation": (50, 100),
    "temperature": (350, 410),
}
"""From where to where a vital sign's chart goes, unless the patient goes further."""


def patient_view(
    before: State, state: State, texts: Prose, lang: Language, *, asked: EsasItem | None
) -> dict[str, Any]:
    """Describe the patient in ``state``, and what is different from the state ``before``.

    ``asked`` is the symptom whose figure the learner is to estimate, so it is not shown.
    ``watched`` names what is worth showing of consciousness and expected time left.
    """
    return {
        "clock": {"minutes": state.clock, "text": names.clock(state.clock, lang)},
        "place": render(names.PLACE[state.place], lang),
        "esas": [_symptom(item, before, state, lang, asked) for item in ESAS_ITEMS],
        "chart": _chart(state, lang, asked),
        "vitals": [_vital(name, before, state, lang) for name in state.vitals],
        "consciousness": render(names.CONSCIOUSNESS[state.consciousness], lang),
        "frame": render(names.FRAME[state.frame], lang),
        "watched": _watched(state),
        "people": [_person(one, before, texts, lang) for one in state.people],
        "tasks": [{"id": task, "text": texts.tasks[task]} for task in state.tasks],
        "regimen": _regimen(state, texts, lang),
        "changes": effects_text(before, state, lang, hidden=asked),
    }


def _symptom(
    item: EsasItem, before: State, state: State, lang: Language, asked: EsasItem | None
) -> dict[str, Any]:
    shown = item != asked
    return {
        "key": item,
        "label": render(names.ESAS[item], lang),
        "value": state.esas[item] if shown else None,
        "change": state.esas[item] - before.esas[item] if shown else 0,
    }


def _chart(state: State, lang: Language, asked: EsasItem | None) -> dict[str, Any]:
    return {
        "series": [
            {
                "key": item,
                "label": render(names.ESAS[item], lang),
                "points": [[mark.clock, mark.esas[item]] for mark in state.marks],
            }
            for item in ESAS_ITEMS
            if item != asked
        ],
        "vitals": [_charted(vital, state, lang) for vital in state.vitals],
        "times": [
            {"minutes": mark.clock, "text": names.clock(mark.clock, lang)} for mark in state.marks
        ],
    }


def _charted(vital: Vital, state: State, lang: Language) -> dict[str, Any]:
    low, high = CHARTED[vital]
    values = [mark.vitals[vital] for mark in state.marks]
    return {
        "key": vital,
        "label": render(names.VITAL[vital], lang),
        "low": min(low, *values),
        "high": max(high, *values),
        "points": [[mark.clock, mark.vitals[vital]] for mark in state.marks],
        "texts": [names.vital(vital, value, lang) for value in values],
        "figures": [render(names.figure(_shown(vital, value)), lang) for value in values],
    }


def _vital(name: Vital, before: State, state: State, lang: Language) -> dict[str, Any]:
    change = state.vitals[name] - before.vitals[name]
    return {
        "key": name,
        "label": render(names.VITAL[name], lang),
        "text": names.vital(name, state.vitals[name], lang),
        "change": change,
        "change_text": render(names.figure(_shown(name, abs(change))), lang),
    }


def _shown(vital: Vital, value: int) -> int | Decimal:
    return Decimal(value) / 10 if vital == "temperature" else value


def _watched(state: State) -> list[str]:
    watched = []
    if state.vitals or state.consciousness != "alert":
        watched.append("consciousness")
    if state.frame != "unknown":
        watched.append("frame")
    return watched


def _person(person: PersonState, before: State, texts: Prose, lang: Language) -> dict[str, Any]:
    written = texts.people[person.id]
    was = next((one.worry for one in before.people if one.id == person.id), person.worry)
    return {
        "id": person.id,
        "name": written.name,
        "role": render(names.ROLE[person.role], lang),
        "age": person.age,
        "about": written.about,
        "wish": None if person.wish is None else written.wishes[person.wish],
        "worry": person.worry,
        "change": person.worry - was,
    }


def _regimen(state: State, texts: Prose, lang: Language) -> list[dict[str, Any]]:
    return [
        {
            "id": item.id,
            "text": texts.regimen.get(item.id, ""),
            "dose": dose_text(item.dose, lang),
            "use": render(names.USE[item.use], lang),
            "as_needed": item.use == "as_needed",
            "given": item.given,
        }
        for item in state.regimen
    ]
