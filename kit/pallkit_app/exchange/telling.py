"""What has to be told in words where the platform keeps no state: notices, the patient, sources.

HTML with the tags of :data:`.few_tags.WITH_LISTS` only, everything of the case escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from html import escape
from typing import Any

from pallkit.about import INTENDED_PURPOSE, WATERMARK
from pallkit.cases import Case, Prose, State
from pallkit.cases.values import EsasItem
from pallkit.cases.view_notices import notices
from pallkit.cases.view_parts import sources_view
from pallkit.cases.view_patient import patient_view
from pallkit.i18n import Language, Message, _, render
from pallkit.opioids import Receipt

_NEVER = date.min  # a package says nothing about the day it is read


def notices_of(case: Case, texts: Prose, lang: Language) -> list[str]:
    """The sentences that stand on everything made of a case, as plain words."""
    told = notices(case, texts, lang, today=_NEVER)
    withdrawn = told["withdrawn"]
    found = [withdrawn["text"], withdrawn["why"]] if withdrawn else []
    return [
        *found,
        render(INTENDED_PURPOSE, lang),
        render(WATERMARK, lang),
        *([told["notice"]] if told["notice"] else []),
    ]


def situation_html(
    state: State, texts: Prose, lang: Language, *, hidden: EsasItem | None = None
) -> str:
    """How things stand, as one list; the figure of the symptom ``hidden`` is not told."""
    told = patient_view(state, state, texts, lang, asked=hidden)
    return list_html(_situation(told, lang))


def sources_html(ids: Iterable[str]) -> str:
    """The sources as a list of links; empty where there are none."""
    return list_html(
        f'<a href="{escape(one["url"])}">{escape(one["title"])}</a>'
        if one["url"]
        else escape(one["title"])
        for one in sources_view(ids)
    )


def receipt_html(receipt: Receipt, lang: Language) -> str:
    """The steps of a calculation as numbered paragraphs."""
    head = f"<p><strong>{_line(_('The calculation'), lang)}</strong></p>"
    lines = [
        f"<p>{place}. {_line(step.text, lang)}</p>"
        for place, step in enumerate(receipt.steps, start=1)
    ]
    return head + "".join(lines)


def list_html(lines: Iterable[str]) -> str:
    """``lines`` of HTML as a list; empty where there are none."""
    items = "".join(f"<li>{line}</li>" for line in lines)
    return f"<ul>{items}</ul>" if items else ""


def _situation(told: dict[str, Any], lang: Language) -> Iterator[str]:
    yield escape(f"{told['clock']['text']}. {told['place']}.", quote=False)
    symptoms = ", ".join(
        f"{one['label']} {one['value']}" for one in told["esas"] if one["value"] is not None
    )
    yield _line(_("Symptoms (ESAS-r, 0 to 10): {symptoms}", symptoms=symptoms), lang)
    if told["vitals"]:
        vitals = ", ".join(f"{one['label']} {one['text']}" for one in told["vitals"])
        yield _line(_("Vital signs: {vitals}", vitals=vitals), lang)
    if "consciousness" in told["watched"]:
        yield _line(_("Consciousness: {level}", level=told["consciousness"]), lang)
    if "frame" in told["watched"]:
        yield _line(_("Expected time left: {frame}", frame=told["frame"]), lang)
    for one in told["regimen"]:
        yield _medicine(one, lang)
    for one in told["people"]:
        yield _person(one, lang)
    for one in told["tasks"]:
        yield _line(_("To be done: {task}", task=one["text"]), lang)


def _medicine(one: dict[str, Any], lang: Language) -> str:
    name = f"{one['text']}: {one['dose']}" if one["text"] else one["dose"]
    if not one["as_needed"]:
        return _line(_("Medicine: {name}, {use}", name=name, use=one["use"]), lang)
    return _line(
        _(
            "Medicine: {name}, {use}; taken the last 24 hours: {given}",
            name=name,
            use=one["use"],
            given=one["given"],
        ),
        lang,
    )


def _person(one: dict[str, Any], lang: Language) -> str:
    role = one["role"].lower()
    known = role if one["age"] is None else f"{role}, {one['age']}"
    who = f"{one['name']} ({known})"
    said = [one["about"], one["wish"], render(_("Worry: {worry}", worry=one["worry"]), lang)]
    return escape(f"{who}. " + " ".join(_stopped(text) for text in said if text), quote=False)


def _stopped(sentence: str) -> str:
    return sentence if sentence[-1:] in ".!?»" else f"{sentence}."


def _line(message: Message, lang: Language) -> str:
    return escape(render(message, lang), quote=False)
