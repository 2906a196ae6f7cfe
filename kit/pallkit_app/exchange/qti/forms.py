"""A form as an item with a field for each of the form's."""

from __future__ import annotations

from pallkit.cases.steps import DocumentStep, Field
from pallkit.i18n import _
from pallkit_app.exchange.qti.question import (
    Asked,
    Wording,
    answered,
    best_points,
    named,
    own,
    variable_part,
)
from pallkit_app.exchange.qti.xml import (
    RESPONSE,
    Element,
    every,
    first_of,
    make,
    opposite,
    picked,
    same,
    unanswered,
    variable,
)


def form(wording: Wording, step: DocumentStep) -> Asked:
    """Every field of a form, complete where what is needed is there and what can be right is."""
    declarations, body, needed = [], [], []
    for one in step.fields:
        response = f"{RESPONSE}_{variable_part(one.id)}"
        declarations.append(_declared(one, response))
        body.append(_form_field(wording, step, one, response))
        if one.right or one.required:
            needed.append(_filled(one, response))
    results = wording.outcomes(step)
    judged = first_of(
        (every(*needed), results["complete"].follows()),
        otherwise=results["incomplete"].follows(),
    )
    return Asked(
        tuple(declarations),
        (make("p", text=wording.words(wording.texts.steps[step.id].ask)), *body),
        (judged,),
        tuple(results.values()),
        best_points(step, results),
    )


def _declared(field: Field, response: str) -> Element:
    right = [own(field.right)] if field.right else []
    base = "string" if field.kind == "text" else "identifier"
    # A box alone is shown as a box, and not as a button, where several could be ticked.
    cardinality = "multiple" if field.kind == "tick" else "single"
    return answered(base, cardinality, right=right, name=response)


def _filled(field: Field, response: str) -> Element:
    if field.right:
        return same(variable(response), named(own(field.right)))
    if field.kind == "tick":
        return picked(own(field.id), response)
    return opposite(unanswered(response))


def _form_field(wording: Wording, step: DocumentStep, field: Field, response: str) -> Element:
    said = wording.texts.steps[step.id].fields[field.id]
    tick = field.kind == "tick"
    needed = f"({wording.say(_('required'))})" if field.required else ""
    parts = (needed, said.help) if tick else (said.label, needed, said.help)
    prompt = make("qti-prompt", text=" ".join(part for part in parts if part))
    if field.kind == "text":
        return make("qti-extended-text-interaction", prompt, response_identifier=response)
    boxes = (
        {own(field.id): said.label}
        if tick
        else {own(id_): said.options[id_] for id_ in field.options}
    )
    return make(
        "qti-choice-interaction",
        *([prompt] if prompt.text else []),
        *(make("qti-simple-choice", text=text, identifier=id_) for id_, text in boxes.items()),
        response_identifier=response,
        max_choices="0" if tick else "1",
        min_choices="0",
        shuffle="false",
    )
