"""What a case player shows, as plain data in one language.

The player in the browser, the printed guide and the tests read the same description. It
holds no logic: texts are rendered, Markdown is already safe HTML, numbers are numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from pallkit import content
from pallkit.cases import names
from pallkit.cases.judging import level_of
from pallkit.cases.model import ESAS_ITEMS, Case, load
from pallkit.cases.play import Decision, begin, play
from pallkit.cases.prose import Prose, prose
from pallkit.cases.state import Event, PersonState, State
from pallkit.cases.steps import EstimateStep
from pallkit.cases.values import EsasItem, Level
from pallkit.cases.view_debrief import debrief_view
from pallkit.cases.view_effects import effects_text
from pallkit.cases.view_notices import notices
from pallkit.cases.view_parts import feedback_html, said_of, sources_view
from pallkit.cases.view_step import step_view
from pallkit.doses import dose_text
from pallkit.i18n import Language, Message, _, render
from pallkit.texts import to_html


def player_view(  # noqa: PLR0913  # the case, and what was just tried
    case_id: str,
    decisions: Sequence[Decision],
    lang: Language,
    *,
    level: Level | None = None,
    error: Message | None = None,
    typed: str | None = None,
    today: date | None = None,
) -> dict[str, Any]:
    """Describe everything the player shows after ``decisions``.

    ``error`` is about the decision just tried and refused, ``typed`` what was typed
    then, so that nothing the learner wrote is lost. ``level`` holds until the decisions say
    at which level they were made; ``today`` decides whether the case is overdue. Raises as
    :func:`pallkit.cases.play` does when the decisions themselves cannot be replayed.
    """
    case, texts = load(case_id), prose(case_id, lang)
    before = state = begin(case, level_of(decisions) or level)
    last: Event | None = None
    for decision in decisions:
        before = state
        state, (last, *_more) = play(case, state, decision)
    asked = _asked_about(case, state)
    return {
        "lang": texts.lang,
        "case": _case_view(case, texts, lang, state.level, today),
        "clock": {"minutes": state.clock, "text": names.clock(state.clock, lang)},
        "place": render(names.PLACE[state.place], lang),
        "esas": _esas_view(before, state, lang, asked=asked),
        "chart": _chart_view(state, lang, asked=asked),
        "vitals": _vitals_view(before, state, lang),
        "consciousness": render(names.CONSCIOUSNESS[state.consciousness], lang),
        "frame": render(names.FRAME[state.frame], lang),
        "people": [_person_view(one, texts, lang) for one in state.people],
        "tasks": [{"id": task, "text": texts.tasks[task]} for task in state.tasks],
        "level": state.level,
        "regimen": _regimen_view(state, texts, lang),
        "progress": _progress(decisions, lang),
        "feedback": _feedback_view(case, last, texts, lang, between=(before, state)),
        "step": None if state.step is None else step_view(case, state, texts, lang),
        "error": None if error is None else {"field": "answer", "text": render(error, lang)},
        "typed": typed,
        "can_undo": bool(decisions),
        "debrief": None if state.step else debrief_view(case, decisions, texts, lang, level),
    }


def _case_view(
    case: Case, texts: Prose, lang: Language, level: Level, today: date | None
) -> dict[str, Any]:
    topics = content.table("topics")
    return {
        "id": case.id,
        "version": case.version,
        "title": texts.title,
        "patient_html": to_html(texts.patient),
        "esas_note": texts.esas_note,
        **notices(case, texts, lang, today=today or datetime.now(UTC).date()),
        "topics": [topics[topic][lang] for topic in case.topics],
        "level": level,
        "level_name": render(names.LEVEL[level], lang),
        "levels": [
            {"id": level, "name": render(names.LEVEL[level], lang)} for level in case.open_levels
        ],
        "minutes": case.minutes,
    }


def _asked_about(case: Case, state: State) -> EsasItem | None:
    """The symptom whose figure the learner is to estimate now, so that it is not shown."""
    step = case.by_id.get(str(state.step))
    return step.of if isinstance(step, EstimateStep) else None


def _esas_view(
    before: State, state: State, lang: Language, *, asked: EsasItem | None
) -> list[dict[str, Any]]:
    return [
        {
            "key": item,
            "label": render(names.ESAS[item], lang),
            "value": None if item == asked else state.esas[item],
            "change": 0 if item == asked else state.esas[item] - before.esas[item],
        }
        for item in ESAS_ITEMS
    ]


def _chart_view(state: State, lang: Language, *, asked: EsasItem | None) -> dict[str, Any]:
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
        "vitals": [
            {
                "key": vital,
                "label": render(names.VITAL[vital], lang),
                "points": [[mark.clock, mark.vitals[vital]] for mark in state.marks],
                "texts": [names.vital(vital, mark.vitals[vital], lang) for mark in state.marks],
            }
            for vital in state.vitals
        ],
        "times": [
            {"minutes": mark.clock, "text": names.clock(mark.clock, lang)} for mark in state.marks
        ],
    }


def _vitals_view(before: State, state: State, lang: Language) -> list[dict[str, Any]]:
    return [
        {
            "key": name,
            "label": render(names.VITAL[name], lang),
            "text": names.vital(name, value, lang),
            "change": value - before.vitals[name],
        }
        for name, value in state.vitals.items()
    ]


def _person_view(person: PersonState, texts: Prose, lang: Language) -> dict[str, Any]:
    written = texts.people[person.id]
    return {
        "id": person.id,
        "name": written.name,
        "role": render(names.ROLE[person.role], lang),
        "age": person.age,
        "about": written.about,
        "wish": None if person.wish is None else written.wishes[person.wish],
        "worry": person.worry,
    }


def _regimen_view(state: State, texts: Prose, lang: Language) -> list[dict[str, Any]]:
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


def _progress(decisions: Sequence[Decision], lang: Language) -> dict[str, Any]:
    number = len(decisions) + 1
    return {"done": len(decisions), "label": render(_("Step {number}", number=number), lang)}


def _feedback_view(
    case: Case, last: Event | None, texts: Prose, lang: Language, *, between: tuple[State, State]
) -> dict[str, Any] | None:
    html = "" if last is None else feedback_html(last, texts)
    if last is None or not html:
        return None
    step = case.by_id[last.step]
    return {
        **said_of(last, step, texts, lang),
        "html": html,
        "about": texts.steps[last.step].title,
        "given": last.given or last.text,
        "effects_text": effects_text(*between, lang) if last.consequence else "",
        "sources": sources_view(step.sources),
    }
