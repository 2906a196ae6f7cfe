"""What was answered beside what was right, as plain data: for feedback, debrief and print."""

from __future__ import annotations

from typing import Any

from pallkit.cases.prose import Prose, StepProse
from pallkit.cases.schema import Slug
from pallkit.cases.state import Event
from pallkit.cases.steps import DocumentStep, EstimateStep, Field, MultiStep, OrderStep, Step
from pallkit.i18n import Language, _, render
from pallkit.texts import to_html


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


def spread_view(event: Event, step: Step, texts: Prose) -> dict[str, Any] | None:
    """An estimate beside the figures that were right, on the scale with its ends named."""
    if not isinstance(step, EstimateStep) or event.spread is None or event.given is None:
        return None
    written = texts.steps[step.id]
    low, high = event.spread
    return {
        "value": int(event.given),
        "low": low,
        "high": high,
        "ends": {"low": written.low, "high": written.high},
    }


def expert_html(event: Event, texts: Prose) -> str:
    """What an expert would have written in a form, where the case says it."""
    return to_html(texts.steps[event.step].expert) if event.kind == "document" else ""


def _filled(field: Field, event: Event, written: StepProse, lang: Language) -> dict[str, Any]:
    text = event.fields.get(field.id, "")
    said = written.fields[field.id]
    right = None if field.right is None else event.fields.get(field.id) == field.right
    if field.kind == "choice":
        text = said.options.get(text, "")
    elif field.kind == "tick":
        text = render(_("Yes") if text else _("No"), lang)
    return {
        "label": said.label,
        "text": text,
        "missing": field.required and field.id not in event.fields,
        "right": right,
        "right_text": None if field.right is None else said.options[field.right],
    }
