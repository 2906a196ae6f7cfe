"""The steps of a case as the static player knows them: what is shown, and what is right."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any

from pallkit.cases import names
from pallkit.cases.conditions import Between
from pallkit.cases.effects import Band
from pallkit.cases.judging import shown_order
from pallkit.cases.prose import Prose
from pallkit.cases.state import Consequence, Event, State
from pallkit.cases.steps import (
    BEST,
    ChoiceStep,
    ConsultStep,
    DocumentStep,
    DoseStep,
    EstimateStep,
    MultiStep,
    OrderStep,
    Pick,
    PumpStep,
    Step,
    ways,
)
from pallkit.cases.view_parts import consequence_view
from pallkit.cases.view_step import step_view
from pallkit.doses import Quantity, read_measure, read_quantity
from pallkit.errors import PallkitError
from pallkit.i18n import Language, render
from pallkit.pump import read_rate
from pallkit.texts import to_html
from pallkit_app.exchange.unrolled import Unrolled
from pallkit_app.exchange.unrolled_answers import Answers

Json = dict[str, Any]

_DOSE_UNITS = (
    *("mg", "milligram", "µg", "mcg", "ug", "mikrogram", "microgram"),
    *(
        f"{unit}{per}"
        for unit in ("mg", "µg", "mcg", "ug", "mikrogram")
        for per in (
            *("/24 t", "/24t", "/24 h", "/24h", "/d", "/døgn", "/dag", "/day", " per døgn"),
            *(" i døgnet", " per day", " per 24 t", " per 24 h", " daglig", " dagleg", " daily"),
            *("/t", "/h", "/time", "/hour", " per time", " i timen", " per hour", " per h"),
        )
    ),
)
_RATE_UNITS = tuple(
    f"{ml}{per}"
    for ml in ("ml", "milliliter", "millilitre")
    for per in ("/t", "/h", "/time", "/hour", " per time", " per t", " per hour", " per h")
)

_SEVEN = Decimal(7)


class Steps:
    """All steps of an unrolled case. A step no way leads to is left out."""

    def __init__(self, graph: Unrolled, texts: Prose, lang: Language) -> None:
        self._graph, self._case = graph, graph.case
        self._texts, self._lang = texts, lang
        self._answers = Answers(graph.case)

    def all(self) -> dict[str, Json]:
        """The steps by id, in the order of the case."""
        states = {node.step: node.state for node in reversed(self._graph.nodes)}
        return {
            step.id: self._step(step, states[step.id])
            for step in self._case.steps
            if step.id in states
        }

    def _step(self, step: Step, state: State) -> Json:
        view = step_view(self._case, state, self._texts, self._lang)
        options = self._options(step)
        expert = self._texts.steps[step.id].expert
        return {
            "view": {**view, "options": [], "asked": []},
            "options": options,
            "ids": list(options),  # in order, where a script would put 3 before 20
            "outcomes": self._outcomes(step),
            "expert_html": to_html(expert) if step.kind in {"reflect", "document"} else "",
            **self._own(step),
        }

    def _options(self, step: Step) -> dict[str, Json]:
        """What can be chosen, ticked, asked or put in order, in the order it is shown."""
        written = self._texts.steps[step.id].options
        order = shown_order(step) if isinstance(step, OrderStep) else tuple(written)
        ids = [str(choice) for choice, _way in ways(step)]
        if isinstance(step, MultiStep):
            ids = [str(pick.id) for pick in step.picks]
        elif isinstance(step, OrderStep):
            ids = list(order)
        return {
            one: {
                "label": written[one].label,
                "html": to_html(written[one].feedback),
                **self._who(step, one),
            }
            for one in ids
            if one in written
        }

    def _who(self, step: Step, question: str) -> Json:
        if not isinstance(step, ConsultStep):
            return {}
        asked = next(one for one in step.questions if one.id == question)
        known = self._texts.people.get(asked.who)
        role = names.ROLE.get(asked.who)  # type: ignore[call-overload]  # any id
        who = known.name if known else render(role, self._lang) if role else asked.who
        return {"who": who, "danger": asked.danger}

    def _outcomes(self, step: Step) -> dict[str, Json]:
        if step.kind not in BEST:
            return {}
        written = self._texts.steps[step.id].outcomes
        return {
            str(name): {
                "html": to_html(written[str(name)]),
                "verdict": render(names.outcome(step.kind, str(name)), self._lang),
                "danger": way.danger,
            }
            for name, way in ways(step)
        }

    def _own(self, step: Step) -> Json:
        """What only steps of this kind have."""
        if isinstance(step, DoseStep | PumpStep):
            return self._measured(step)
        if isinstance(step, DocumentStep):
            return {"form": render(names.FORM[step.form], self._lang), "fields": self._fields(step)}
        if isinstance(step, MultiStep):
            picks = [_pick(one) for one in step.picks]
            return {"picks": picks, "points": self._answers.asks_points}
        return _rules(step)

    def _fields(self, step: DocumentStep) -> list[Json]:
        written = self._texts.steps[step.id].fields
        return [
            {
                "id": one.id,
                "kind": one.kind,
                "required": one.required,
                "right": one.right,
                "label": written[one.id].label,
                "options": {str(id_): written[one.id].options[id_] for id_ in one.options},
                "ids": list(one.options),
            }
            for one in step.fields
        ]

    def _measured(self, step: DoseStep | PumpStep) -> Json:
        bands = () if step.consequence is None else self._case.consequences[step.consequence]
        return {
            "units": list(units_of(step.answer_unit)),
            "bands": None
            if step.consequence is None
            else [
                {
                    "at_least": None if one.at_least is None else str(one.at_least),
                    "below": None if one.below is None else str(one.below),
                    "text": self._band_text(one),
                }
                for one in bands
            ],
            "truths": [
                {"low": str(one.low), "high": str(one.high)}
                if isinstance(one, Between)
                else {"sign": one.sign, "value": str(one.value)}
                for one in self._answers.ratios(step.id)
            ],
        }

    def _band_text(self, band: Band) -> str:
        one = Decimal(1)
        event = Event("x", "dose", consequence=Consequence("x", one, one, one, band))
        view = consequence_view(event, self._lang)
        return "" if view is None else str(view["band"])


def _rules(step: Step) -> Json:
    if isinstance(step, ChoiceStep):
        return {"best": [option.id for option in step.options if option.best]}
    if isinstance(step, EstimateStep):
        return {"of": step.of, "low": step.low, "high": step.high}
    if isinstance(step, OrderStep):
        return {"items": list(step.items)}
    return {"most": step.most} if isinstance(step, ConsultStep) else {}


@cache
def units_of(unit: str) -> tuple[str, ...]:
    """The ways to write ``unit``, which is asked for, as the engine reads them.

    In lower case, with no space around “/”. None of them needs a sum to become the unit.
    """
    if unit.startswith("ml"):
        return tuple(
            one for one in _RATE_UNITS if _reads(lambda text: read_rate(text) == _SEVEN, one)
        )
    measure = read_measure(unit)
    same = Quantity(_SEVEN, measure.unit, measure.per)
    return tuple(
        one for one in _DOSE_UNITS if _reads(lambda text: read_quantity(text) == same, one)
    )


def _reads(right: Callable[[str], bool], unit: str) -> bool:
    try:
        return right(f"7 {unit}")
    except PallkitError:
        return False


def _pick(pick: Pick) -> Json:
    score = dict(pick.score)
    return {"id": pick.id, "right": pick.right, "danger": pick.danger, "score": score}
