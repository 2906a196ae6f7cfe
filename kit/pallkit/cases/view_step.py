"""The step the case is at, as plain data: what is read, and what can be answered there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pallkit.cases import names
from pallkit.cases.judging import shown_order
from pallkit.cases.model import Case
from pallkit.cases.play import open_ways
from pallkit.cases.prose import Prose, StepProse
from pallkit.cases.state import State
from pallkit.cases.steps import (
    ON,
    ChoiceStep,
    ConsultStep,
    DocumentStep,
    DoseStep,
    EstimateStep,
    Field,
    MultiStep,
    OrderStep,
    PlainStep,
    PumpStep,
    Step,
)
from pallkit.cases.view_parts import sources_view
from pallkit.i18n import Language, render
from pallkit.texts import to_html

SURE = (50, 60, 70, 80, 90, 100)
"""The degrees of certainty a learner can choose between, in per cent."""


def step_view(case: Case, state: State, texts: Prose, lang: Language) -> dict[str, Any]:
    """Describe the step ``state`` is at.

    ``options`` are what can be chosen, ticked, put in order or asked, in the order they are
    shown; ``asked`` the questions already put, with their answers.
    """
    step = case.by_id[str(state.step)]
    written = texts.steps[step.id]
    return {
        "id": step.id,
        "kind": step.kind,
        "title": written.title,
        "html": to_html(written.text),
        "ask": written.ask,
        "hint": written.hint,
        "options": [
            {"id": id_, "label": written.options[id_].label, **_asked_of(step, id_, texts, lang)}
            for id_ in _offered(step, state)
        ],
        "unit": unit(step, lang),
        "sources": sources_view(step.sources),
        "certainty": list(SURE) if _asks_certainty(case, step) else None,
        "scale": {"low": written.low, "high": written.high}
        if isinstance(step, EstimateStep)
        else None,
        **_form(step, written, lang),
        **_consulted(step, state, texts, lang),
    }


def unit(step: Step, lang: Language) -> str | None:
    """The unit that is asked for, as it is written in ``lang``."""
    if not isinstance(step, DoseStep | PumpStep):
        return None
    # The unit is written the Norwegian way in the format; «t» for hours is h in English.
    if lang != "en":
        return step.answer_unit
    return step.answer_unit.replace(" t", " h").replace("/t", "/h")


def _offered(step: Step, state: State) -> Iterator[str]:
    if isinstance(step, ChoiceStep | ConsultStep):
        yield from (choice for choice, _way in open_ways(step, state) if choice not in {None, ON})
    elif isinstance(step, MultiStep):
        yield from (pick.id for pick in step.picks)
    elif isinstance(step, OrderStep):
        yield from shown_order(step)


def _asks_certainty(case: Case, step: Step) -> bool:
    if isinstance(step, PlainStep | ConsultStep | DocumentStep):
        return False
    return case.certainty or step.certainty


def _asked_of(step: Step, question: str, texts: Prose, lang: Language) -> dict[str, Any]:
    if not isinstance(step, ConsultStep):
        return {}
    asked = next(one for one in step.questions if one.id == question)
    known = texts.people.get(asked.who)
    role = names.ROLE.get(asked.who)  # type: ignore[call-overload]  # any id
    return {"who": known.name if known else render(role, lang) if role else asked.who}


def _form(step: Step, written: StepProse, lang: Language) -> dict[str, Any]:
    if not isinstance(step, DocumentStep):
        return {"form": None, "fields": []}
    return {
        "form": render(names.FORM[step.form], lang),
        "fields": [_field(field, written) for field in step.fields],
    }


def _field(field: Field, written: StepProse) -> dict[str, Any]:
    said = written.fields[field.id]
    return {
        "id": field.id,
        "kind": field.kind,
        "required": field.required,
        "label": said.label,
        "help": said.help,
        "options": [{"id": one, "label": said.options[one]} for one in field.options],
    }


def _consulted(step: Step, state: State, texts: Prose, lang: Language) -> dict[str, Any]:
    if not isinstance(step, ConsultStep):
        return {"asked": [], "questions_left": None}
    put = state.asked.get(step.id, ())
    written = texts.steps[step.id].options
    return {
        "asked": [
            {
                "id": one,
                "label": written[one].label,
                "answer_html": to_html(written[one].feedback),
                "danger": next(each.danger for each in step.questions if each.id == one),
                **_asked_of(step, one, texts, lang),
            }
            for one in put
        ],
        "questions_left": step.most - len(put),
    }
