"""A form as an item with a field for each of the form's."""

from __future__ import annotations

from pallkit.cases.steps import DocumentStep, Field
from pallkit.i18n import _
from pallkit_app.exchange.qti.question import Asked, Wording, answered, best_points, named, own
from pallkit_app.exchange.qti.xml import (
    RESPONSE,
    Element,
    every,
    first_of,
    make,
    opposite,
    same,
    unanswered,
    variable,
)


def form(wording: Wording, step: DocumentStep) -> Asked:
    """Every field of a form, complete where what is needed is there and what can be right is."""
    declarations, body, needed = [], [], []
    for one in step.fields:
        response = f"{RESPONSE}_{one.id.upper().replace('-', '_')}"
        base = "string" if one.kind == "text" else "identifier"
        right = [own(one.right)] if one.right else []
        declarations.append(answered(base, right=right, name=response))
        body.append(_form_field(wording, step, one, response))
        if one.right:
            needed.append(same(variable(response), named(own(one.right))))
        elif one.required:
            needed.append(opposite(unanswered(response)))
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


def _form_field(wording: Wording, step: DocumentStep, one: Field, response: str) -> Element:
    said = wording.texts.steps[step.id].fields[one.id]
    needed = f" ({wording.say(_('required'))})" if one.required else ""
    prompt = make("qti-prompt", text=f"{said.label}{needed}. {said.help}".strip())
    if one.kind == "text":
        return make("qti-extended-text-interaction", prompt, response_identifier=response)
    ticks = {own(id_): said.options[id_] for id_ in one.options}
    boxes = ticks or {own(one.id): said.label}
    return make(
        "qti-choice-interaction",
        prompt,
        *(make("qti-simple-choice", text=text, identifier=id_) for id_, text in boxes.items()),
        response_identifier=response,
        max_choices="1",
        min_choices="0",
        shuffle="false",
    )
