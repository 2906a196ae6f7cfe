"""Parts that the player's view and the debrief's share."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from pallkit import content
from pallkit.cases.effects import Band
from pallkit.cases.prose import Prose, StepProse
from pallkit.cases.schema import Slug
from pallkit.cases.state import Event
from pallkit.cases.steps import BEST, ON, DocumentStep, Field, MultiStep, OrderStep, Step
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


def answered(event: Event, step: Step, texts: Prose, lang: Language) -> list[dict[str, Any]]:
    """What was ticked, put in order or filled in, beside what was right.

    For things to tick: ``chosen`` and ``right``, and what is said of each; for an order the
    learner's, with ``right`` the place it should have had, from 1; for a form its fields.
    """
    written = texts.steps[step.id]
    if isinstance(step, MultiStep):
        return [
            {
                "label": written.options[pick.id].label,
                "chosen": pick.id in event.picked,
                "right": pick.right,
                "danger": pick.danger,
                "html": to_html(written.options[pick.id].feedback),
            }
            for pick in step.picks
        ]
    if isinstance(step, OrderStep):
        return [
            {"label": written.options[item].label, "right": step.items.index(Slug(item)) + 1}
            for item in event.picked
        ]
    if isinstance(step, DocumentStep):
        return [_filled(field, event, written, lang) for field in step.fields]
    return []


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


def _filled(field: Field, event: Event, written: StepProse, lang: Language) -> dict[str, Any]:
    text = event.fields.get(field.id, "")
    said = written.fields[field.id]
    if field.kind == "choice":
        text = said.options.get(text, "")
    elif field.kind == "tick":
        text = render(_("Yes") if text else _("No"), lang)
    missing = field.required and field.id not in event.fields
    right = None if field.right is None else event.fields.get(field.id) == field.right
    return {"label": said.label, "text": text, "missing": missing, "right": right}


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
