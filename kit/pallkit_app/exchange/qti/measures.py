"""Answers that are numbers: a dose or a rate that is typed, and a figure from 0 to 10."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from pallkit.cases.dosing import solve, solve_pump
from pallkit.cases.judging import estimate_bounds
from pallkit.cases.state import State
from pallkit.cases.steps import DoseStep, EstimateStep, PumpStep
from pallkit.cases.values import HIGHEST
from pallkit.cases.view_step import unit
from pallkit.i18n import _, number
from pallkit_app.exchange.qti.outcomes import Result
from pallkit_app.exchange.qti.question import Asked, Wording, answered, best_points, own
from pallkit_app.exchange.qti.ranges import READABLE, below, with_unit, within
from pallkit_app.exchange.qti.xml import (
    RESPONSE,
    Element,
    first_of,
    make,
    unanswered,
    value,
    variable,
    whole_matches,
)
from pallkit_app.exchange.telling import receipt_html


def typed(wording: Wording, step: DoseStep | PumpStep, state: State) -> Asked:
    """A dose or a rate as text, judged by patterns around the one computed in ``state``."""
    solution = solve(step, state) if isinstance(step, DoseStep) else solve_pump(step, state)
    low, high = solution.bounds
    low, high = low * (1 - step.tolerance), high * (1 + step.tolerance)
    receipt = receipt_html(solution.receipt, wording.lang)
    results = {
        name: replace(one, said=f"{one.said}{receipt}")
        for name, one in wording.outcomes(step).items()
    }
    unread = Result(own("unread"), _unread(wording, step))
    follow = {name: one.follows() for name, one in results.items()}

    def whole(numbers: str) -> Element:
        return whole_matches(with_unit(numbers, step.answer_unit))

    judged = first_of(
        (unanswered(), []),
        (whole(within(low, high)), follow["right"]),
        (whole(below(low)), follow["too_low"]),
        (whole(READABLE), follow["too_high"]),
        otherwise=unread.follows(),
    )
    right = number(_shown(solution.bounds[0]), wording.lang)
    return Asked(
        (answered("string", right=[right]),),
        _field(wording, step),
        (judged,),
        (*results.values(), unread),
        best_points(step, results),
    )


def _field(wording: Wording, step: DoseStep | PumpStep) -> tuple[Element, ...]:
    entry = make("qti-text-entry-interaction", response_identifier=RESPONSE, expected_length="10")
    entry.tail = f" {unit(step, wording.lang)}"
    how = _("Write the number with a comma or a point. The unit stands beside the field.")
    ask = make("p", text=wording.words(wording.texts.steps[step.id].ask))
    return ask, make("p", text=wording.say(how)), make("p", entry)


def _unread(wording: Wording, step: DoseStep | PumpStep) -> str:
    told = _(
        "The answer could not be read, and was not judged. Write one number in {unit}, with "
        "at most two decimals.",
        unit=unit(step, wording.lang) or "",
    )
    return f"<p>{wording.say(told)}</p>"


def estimate(wording: Wording, step: EstimateStep, state: State) -> Asked:
    """A slider from 0 to 10, judged against the patient in ``state`` or the expert."""
    low, high = estimate_bounds(step, state)
    results = wording.outcomes(step)
    follow = {name: one.follows() for name, one in results.items()}
    ways = [
        (unanswered(), []),
        (_against("qti-lt", low), follow["too_low"]),
        (_against("qti-gt", high), follow["too_high"]),
    ]
    written = wording.texts.steps[step.id]
    ends = wording.say(
        _("0: {low}. 10: {high}.", low=written.low or "0", high=written.high or "10")
    )
    slider = make(
        "qti-slider-interaction",
        wording.prompt(step.id, f" {ends}"),
        response_identifier=RESPONSE,
        lower_bound="0",
        upper_bound=str(HIGHEST),
        step="1",
        step_label="true",
    )
    right = [str((low + high) // 2)]
    return Asked(
        (answered("integer", right=right),),
        (slider,),
        (first_of(*ways, otherwise=follow["right"]),),
        tuple(results.values()),
        best_points(step, results),
    )


def _against(tag: str, figure: int) -> Element:
    return make(tag, variable(RESPONSE), value("integer", str(figure)))


def _shown(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01")) if amount >= 1 else amount.quantize(Decimal("0.001"))
