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
from pallkit.cases.model import Case, load
from pallkit.cases.play import Decision, begin, play
from pallkit.cases.prose import Prose, prose
from pallkit.cases.state import Event, State
from pallkit.cases.steps import EstimateStep
from pallkit.cases.values import EsasItem, Level
from pallkit.cases.view_debrief import debrief_view
from pallkit.cases.view_effects import effects_text
from pallkit.cases.view_notices import notices
from pallkit.cases.view_parts import feedback_html, said_of, sources_view
from pallkit.cases.view_patient import patient_view
from pallkit.cases.view_step import step_view
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
    return {
        "lang": texts.lang,
        "case": _case_view(case, texts, lang, state.level, today),
        **patient_view(before, state, texts, lang, asked=_asked_about(case, state)),
        "level": state.level,
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
