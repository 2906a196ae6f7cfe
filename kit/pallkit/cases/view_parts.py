"""Parts that the player's view and the debrief's share."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from pallkit import content
from pallkit.cases import names
from pallkit.cases.effects import Band
from pallkit.cases.prose import Prose
from pallkit.cases.state import Event
from pallkit.cases.steps import BEST, ON, DocumentStep, Step
from pallkit.cases.view_answered import answered, expert_html, spread_view
from pallkit.doses import shown
from pallkit.i18n import Language, Message, _, render
from pallkit.texts import to_html

TEACHING_RULE = _(
    "A teaching rule with invented limits, written by the case's author. "
    "It shows that the dose matters, not how a real patient would have reacted."
)


def tone(event: Event) -> str:
    """How a decision is met: danger, good, caution, or neutral where nothing was right."""
    if event.danger:
        return "danger"
    if event.kind == "choice" or event.kind in BEST:
        return "good" if event.best else "caution"
    return "neutral"


def feedback_html(event: Event, texts: Prose) -> str:
    """What is said about a decision, as safe HTML; empty where there is nothing to say."""
    written = texts.steps[event.step]
    if event.kind == "reflect":
        return to_html(written.expert)
    if event.kind in BEST:
        return to_html(written.outcomes[str(event.choice)])
    if event.kind == "choice" or (event.kind == "consult" and event.choice != ON):
        return to_html(written.options[str(event.choice)].feedback)
    return ""


def verdict(event: Event, lang: Language) -> str | None:
    """What an answer came to, in words; None where nothing was judged."""
    if event.kind not in BEST:
        return None
    return render(names.outcome(event.kind, str(event.choice)), lang)


def said_of(event: Event, step: Step, texts: Prose, lang: Language) -> dict[str, Any]:
    """What is said about a decision, the same in the feedback on it and in the debrief."""
    return {
        "step": event.step,
        "kind": event.kind,
        "tone": tone(event),
        "verdict": verdict(event, lang),
        "answered": answered(event, step, texts, lang),
        "form": render(names.FORM[step.form], lang) if isinstance(step, DocumentStep) else None,
        "spread": spread_view(event, step, texts),
        "consequence": consequence_view(event, lang),
        "receipt": receipt_view(event, lang),
        "expert_html": expert_html(event, texts),
        "sure": event.sure,
    }


def consequence_view(event: Event, lang: Language) -> dict[str, Any] | None:
    """The arithmetic of what a dose did to the patient, and that it is a teaching device."""
    found = event.consequence
    if found is None:
        return None
    sum_ = _(
        "{given} ÷ {computed} = {ratio}",
        given=shown(found.given),
        computed=shown(found.computed),
        ratio=shown(found.ratio),
    )
    return {
        "sum": render(sum_, lang),
        "band": None if found.band is None else render(_band(found.band), lang),
        "note": render(TEACHING_RULE, lang),
    }


def _band(band: Band) -> Message:
    if band.at_least is None and band.below is None:
        return _("for every dose")
    if band.at_least is None:
        return _("below {below} times the computed dose", below=Decimal(str(band.below)))
    if band.below is None:
        return _("{least} times the computed dose or more", least=Decimal(band.at_least))
    return _(
        "from {least} to below {below} times the computed dose",
        least=Decimal(band.at_least),
        below=Decimal(band.below),
    )


def receipt_view(event: Event, lang: Language) -> list[dict[str, Any]] | None:
    """The computed steps of a dose, in order; None where no dose was computed."""
    return None if event.solution is None else event.solution.receipt.to_json(lang)


def sources_view(ids: Iterable[str]) -> list[dict[str, Any]]:
    """The sources as they stand in the bibliography; an address that is no web page's is none."""
    known = {source["id"]: source for source in content.table("sources")}
    return [
        {
            **{key: known[id_].get(key) for key in ("id", "title", "publisher", "date", "seen")},
            "url": _web_page(known[id_].get("url")),
        }
        for id_ in ids
    ]


def _web_page(address: object) -> str | None:
    found = isinstance(address, str) and address.startswith(("https://", "http://"))
    return str(address) if found else None
