"""Parts that the player's view and the debrief's share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pallkit import content
from pallkit.cases.prose import Prose
from pallkit.cases.state import Event
from pallkit.i18n import Language
from pallkit.texts import to_html


def tone(event: Event) -> str:
    """How a decision is met: danger, good, caution, or neutral where nothing was right."""
    if event.danger:
        return "danger"
    if event.kind in {"choice", "dose"}:
        return "good" if event.best else "caution"
    return "neutral"


def feedback_html(event: Event, texts: Prose) -> str:
    """What is said about a decision, as safe HTML; empty where there is nothing to say."""
    written = texts.steps[event.step]
    if event.kind == "reflect":
        return to_html(written.expert)
    if event.kind == "dose":
        return to_html(written.outcomes[str(event.choice)])
    if event.kind == "choice":
        return to_html(written.options[str(event.choice)].feedback)
    return ""


def receipt_view(event: Event, lang: Language) -> list[dict[str, Any]] | None:
    """The computed steps of a dose, in order; None where no dose was computed."""
    return None if event.solution is None else event.solution.receipt.to_json(lang)


def sources_view(ids: Iterable[str]) -> list[dict[str, Any]]:
    """The sources as they stand in the bibliography."""
    known = {source["id"]: source for source in content.table("sources")}
    return [
        {key: known[id_].get(key) for key in ("id", "title", "publisher", "date", "url", "seen")}
        for id_ in ids
    ]
