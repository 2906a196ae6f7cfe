"""The debrief as plain data: the path, the score, and the branches not taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pallkit.cases import names
from pallkit.cases.debrief import Alternative, Debrief, Passage, debrief
from pallkit.cases.model import AXES, ESAS_ITEMS, Case
from pallkit.cases.play import Decision, begin
from pallkit.cases.prose import Prose
from pallkit.cases.state import State
from pallkit.cases.view_parts import feedback_html, receipt_view, sources_view, tone
from pallkit.i18n import Language, _, render
from pallkit.texts import to_html


def debrief_view(
    case: Case, decisions: Sequence[Decision], texts: Prose, lang: Language
) -> dict[str, Any]:
    """Describe a finished case: what was chosen, what it gave, what else there was."""
    done = debrief(case, decisions)
    start = begin(case)
    return {
        "score": _score_view(done, lang),
        "dangers": [texts.steps[passage.event.step].title for passage in done.dangers],
        "path": [_passage_view(passage, texts, lang) for passage in done.passages],
        "end": {
            "clock": names.clock(done.end.clock, lang),
            "place": render(names.PLACE[done.end.place], lang),
            "esas": [
                {
                    "key": item,
                    "label": render(names.ESAS[item], lang),
                    "start": start.esas[item],
                    "end": done.end.esas[item],
                }
                for item in ESAS_ITEMS
            ],
        },
        "sources": sources_view(_all_sources(case)),
    }


def effects_text(before: State, after: State, lang: Language) -> str:
    """What changed between two states, in one line: «smerte 6 → 3 · 4 t senere»."""
    return " · ".join(_changes(before, after, lang))


def _changes(before: State, after: State, lang: Language) -> Iterator[str]:
    for item in ESAS_ITEMS:
        if before.esas[item] != after.esas[item]:
            yield f"{render(names.ESAS[item], lang)} {before.esas[item]} → {after.esas[item]}"
    if after.clock > before.clock:
        span = names.span(after.clock - before.clock, lang)
        yield render(_("{span} later", span=span), lang)
    if after.place != before.place:
        yield render(names.PLACE[after.place], lang)


def _score_view(done: Debrief, lang: Language) -> list[dict[str, Any]]:
    return [
        {
            "axis": axis,
            "label": render(names.AXIS[axis], lang),
            "points": done.end.score.get(axis, 0),
            "max": done.best_score.get(axis, 0),
        }
        for axis in AXES
        if axis in done.best_score or axis in done.end.score
    ]


def _passage_view(passage: Passage, texts: Prose, lang: Language) -> dict[str, Any]:
    event = passage.event
    return {
        "step": event.step,
        "kind": event.kind,
        "title": texts.steps[event.step].title,
        "clock": names.clock(passage.before.clock, lang),
        "chosen": _chosen(passage, texts, lang),
        "feedback_html": feedback_html(event, texts),
        "tone": tone(event),
        "effects_text": effects_text(passage.before, passage.after, lang),
        "receipt": receipt_view(event, lang),
        "alternatives": [
            _alternative_view(passage, other, texts, lang) for other in passage.alternatives
        ],
    }


def _chosen(passage: Passage, texts: Prose, lang: Language) -> str:
    event = passage.event
    if event.kind == "choice":
        return texts.steps[event.step].options[str(event.choice)].label
    if event.kind == "dose":
        name = render(names.OUTCOME[str(event.choice)], lang)
        return f"{event.given} ({name[0].lower()}{name[1:]})"
    return event.text or ""


def _alternative_view(
    passage: Passage, other: Alternative, texts: Prose, lang: Language
) -> dict[str, Any]:
    written = texts.steps[passage.event.step]
    option = written.options.get(other.choice)
    label = option.label if option else render(names.OUTCOME[other.choice], lang)
    feedback = option.feedback if option else written.outcomes[other.choice]
    leads_to = texts.steps[other.after.step].title if other.after.step else None
    return {
        "label": label,
        "best": other.best,
        "danger": other.danger,
        "feedback_html": to_html(feedback),
        "effects_text": effects_text(passage.before, other.after, lang),
        "leads_to": leads_to,
        "end_text": effects_text(passage.before, other.end, lang),
    }


def _all_sources(case: Case) -> list[str]:
    used = [*case.sources, *(source for step in case.steps for source in step.sources)]
    return list(dict.fromkeys(used))
