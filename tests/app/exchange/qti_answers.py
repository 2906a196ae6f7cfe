"""Answers to every kind of step, as PallKit's decisions and as QTI's responses, for tests."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations
from typing import Any

from pallkit.cases.judging import FIELD, TICKED
from pallkit.cases.play import open_ways
from pallkit.cases.state import State
from pallkit.cases.steps import (
    ChoiceStep,
    DocumentStep,
    DoseStep,
    EstimateStep,
    Field,
    MultiStep,
    OrderStep,
    PumpStep,
    Step,
)

NUMBERS = (
    "0 1 7,5 10 19,9 20 28,4 28,5 29 30 30,00 31.5 31,6 60 300 3000 0,1 0,2 0,208 0,21 0,2083 0.3 5"
)

Answer = tuple[dict[str, str], dict[str, Any]]
"""As PallKit's decision, and as QTI's responses."""


def answers(step: Step, state: State) -> Iterator[Answer]:
    """Answers to a step, all of them where they can be counted."""
    if isinstance(step, ChoiceStep):
        for choice, _way in open_ways(step, state):
            yield {"option": str(choice)}, {"RESPONSE": f"o-{choice}"}
    elif isinstance(step, EstimateStep):
        yield from (({"value": str(one)}, {"RESPONSE": one}) for one in range(11))
    elif isinstance(step, MultiStep | OrderStep):
        yield from _several(step)
    elif isinstance(step, DoseStep | PumpStep):
        yield from _typed("dose" if isinstance(step, DoseStep) else "rate", step.answer_unit)
    elif isinstance(step, DocumentStep):
        yield from _forms(step)


def _several(step: MultiStep | OrderStep) -> Iterator[Answer]:
    if isinstance(step, OrderStep):
        part, all_of = "order", permutations(step.items)
    else:
        ids = [pick.id for pick in step.picks]
        counts = range(1, len(ids) + 1)
        part, all_of = "picks", (some for count in counts for some in combinations(ids, count))
    for one in all_of:
        yield {part: ",".join(one)}, {"RESPONSE": [f"o-{id_}" for id_ in one]}


def _typed(part: str, unit: str) -> Iterator[Answer]:
    for text in NUMBERS.split():
        typed = f"{text} {unit}"
        yield {part: typed}, {"RESPONSE": text}
        yield {part: typed}, {"RESPONSE": f" {typed}"}


def _forms(step: DocumentStep) -> Iterator[Answer]:
    full = {one.id: _filled(one) for one in step.fields}
    forms = [full, *({**full, id_: ""} for id_ in full)]
    forms += [{**full, one.id: option} for one in step.fields for option in one.options]
    for form in forms:
        responses = {
            f"RESPONSE_{one.id.upper().replace('-', '_')}": _response(one, form[one.id])
            for one in step.fields
            if form[one.id]
        }
        yield {FIELD + id_: text for id_, text in form.items()}, responses


def _filled(field: Field) -> str:
    if field.kind == "choice":
        return field.right or field.options[0]
    return TICKED if field.kind == "tick" else "Noe."


def _response(field: Field, text: str) -> str | list[str]:
    if field.kind == "tick":
        return [f"o-{field.id}"]
    return text if field.kind == "text" else f"o-{text}"
