"""What a case player shows, as plain data in one language.

The player in the browser, the printed guide and the tests read the same description. It
holds no logic: texts are rendered, Markdown is already safe HTML, numbers are numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pallkit import content
from pallkit.cases import names
from pallkit.cases.model import ESAS_ITEMS, Case, ChoiceStep, DoseStep, Step, load
from pallkit.cases.play import Decision, begin, play
from pallkit.cases.prose import Prose, StepProse, prose
from pallkit.cases.state import Event, State
from pallkit.cases.view_debrief import debrief_view
from pallkit.cases.view_parts import feedback_html, receipt_view, sources_view, tone
from pallkit.doses import dose_text
from pallkit.i18n import Language, Message, _, render
from pallkit.texts import to_html

DRAFT = _("Draft: no clinician has signed this case yet.")


def player_view(
    case_id: str,
    decisions: Sequence[Decision],
    lang: Language,
    *,
    error: Message | None = None,
    typed: str | None = None,
) -> dict[str, Any]:
    """Describe everything the player shows after ``decisions``.

    ``error`` is about the decision just tried and refused, ``typed`` what was typed
    then, so that nothing the learner wrote is lost. Raises as :func:`pallkit.cases.play`
    does when the decisions themselves cannot be replayed.
    """
    case, texts = load(case_id), prose(case_id, lang)
    before = state = begin(case)
    last: Event | None = None
    for decision in decisions:
        before = state
        state, (last, *_more) = play(case, state, decision)
    return {
        "lang": texts.lang,
        "case": _case_view(case, texts, lang),
        "clock": {"minutes": state.clock, "text": names.clock(state.clock, lang)},
        "place": render(names.PLACE[state.place], lang),
        "esas": _esas_view(before, state, lang),
        "chart": _chart_view(state, lang),
        "regimen": _regimen_view(state, texts, lang),
        "progress": _progress(decisions, lang),
        "feedback": None if last is None else _feedback_view(case, last, texts, lang),
        "step": None if state.step is None else _step_view(case, state, texts, lang),
        "error": None if error is None else {"field": "answer", "text": render(error, lang)},
        "typed": typed,
        "can_undo": bool(decisions),
        "debrief": None if state.step else debrief_view(case, decisions, texts, lang),
    }


def _case_view(case: Case, texts: Prose, lang: Language) -> dict[str, Any]:
    topics = content.table("topics")
    return {
        "id": case.id,
        "version": case.version,
        "title": texts.title,
        "patient_html": to_html(texts.patient),
        "esas_note": texts.esas_note,
        "draft": case.draft,
        "notice": render(DRAFT, lang) if case.draft else None,
        "topics": [topics[topic][lang] for topic in case.topics],
        "level": case.level,
        "level_name": render(names.LEVEL[case.level], lang),
        "minutes": case.minutes,
    }


def _esas_view(before: State, state: State, lang: Language) -> list[dict[str, Any]]:
    return [
        {
            "key": item,
            "label": render(names.ESAS[item], lang),
            "value": state.esas[item],
            "change": state.esas[item] - before.esas[item],
        }
        for item in ESAS_ITEMS
    ]


def _chart_view(state: State, lang: Language) -> dict[str, Any]:
    return {
        "series": [
            {
                "key": item,
                "label": render(names.ESAS[item], lang),
                "points": [[mark.clock, mark.esas[item]] for mark in state.marks],
            }
            for item in ESAS_ITEMS
        ],
        "times": [
            {"minutes": mark.clock, "text": names.clock(mark.clock, lang)} for mark in state.marks
        ],
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


def _step_view(case: Case, state: State, texts: Prose, lang: Language) -> dict[str, Any]:
    step = case.by_id[str(state.step)]
    written = texts.steps[step.id]
    return {
        "id": step.id,
        "kind": step.kind,
        "title": written.title,
        "html": to_html(written.text),
        "ask": written.ask,
        "hint": written.hint,
        "options": _options_view(step, written),
        "unit": _unit(step, lang),
        "sources": sources_view(step.sources),
    }


def _options_view(step: Step, written: StepProse) -> list[dict[str, str]]:
    if not isinstance(step, ChoiceStep):
        return []
    return [{"id": option.id, "label": written.options[option.id].label} for option in step.options]


def _unit(step: Step, lang: Language) -> str | None:
    if not isinstance(step, DoseStep):
        return None
    # The unit is written the Norwegian way in the format; «t» for hours is h in English.
    return (
        step.answer_unit
        if lang != "en"
        else step.answer_unit.replace(" t", " h").replace("/t", "/h")
    )


def _feedback_view(case: Case, event: Event, texts: Prose, lang: Language) -> dict[str, Any] | None:
    html = feedback_html(event, texts)
    if not html:
        return None
    step = case.by_id[event.step]
    label = texts.steps[event.step].title
    return {
        "html": html,
        "tone": tone(event),
        "about": label,
        "given": event.given or event.text,
        "receipt": receipt_view(event, lang),
        "sources": sources_view(step.sources),
    }
