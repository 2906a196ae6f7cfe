"""The same doses by every table, drawn on one axis: how far sources lie from each other."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from pallkit.doses import daily_doses, shown
from pallkit.i18n import Language, _, render
from pallkit.opioids import Compared, Range, RatioSet, Refusal, compare, spread
from pallkit.opioids.results import json_number
from pallkit_widgets.calculator.form import Asked

Json = dict[str, Any]
_TICKS = 5


def comparison_view(asked: Asked, tables: Iterable[RatioSet], lang: Language) -> Json:
    """Every table's answer with its spread, lowest first, and the refusals with their reasons."""
    doses = daily_doses(asked.lines)
    compared = compare(doses, tables, to=asked.to, reduction=asked.reduction)
    measure = (asked.lines[0].dose.preparation if asked.to is None else asked.to).measure
    unit = _("mg/24 h") if asked.to is None else measure.message
    answers = [(one, one.range) for one in compared if one.range is not None]
    drawn = sorted(
        (found for one, value in answers if value for found in [(one, value)]),
        key=lambda pair: (pair[0].table.withdrawn is not None, _middle(pair[1])),
    )
    whole = spread(compared)
    counted = sum(one.table.withdrawn is None for one, _value in drawn)
    return {
        "unit": render(unit, lang),
        "ticks": _ticks(max((value.high for _one, value in drawn), default=Decimal(0)), lang),
        "summary": _summary(whole, counted, unit, lang),
        "spread": None if whole is None else _numbers(whole),
        "answers": [
            {
                **_about(one, asked, lang),
                **_numbers(value),
                "text": render(_("{amount} {unit}", amount=value.message, unit=unit), lang),
            }
            for one, value in drawn
        ],
        "refusals": [
            {**_about(one, asked, lang), "reason": render(one.answer.message, lang)}
            for one in compared
            if isinstance(one.answer, Refusal)
        ],
    }


def _about(one: Compared, asked: Asked, lang: Language) -> Json:
    table = one.table
    chosen = asked.table is not None and asked.table.id == table.id
    return {**table.to_json(lang), "chosen": chosen, "local": table.local}


def _middle(value: Range) -> Decimal:
    return (value.low + value.high) / 2 if value.point is None else value.point


def _numbers(value: Range) -> Json:
    point = None if value.point is None else json_number(value.point)
    return {"low": json_number(value.low), "point": point, "high": json_number(value.high)}


def _summary(whole: Range | None, count: int, unit: Any, lang: Language) -> str:
    if whole is None:
        return render(_("None of the tables answers."), lang)
    if count == 1:
        return render(_("One table answers."), lang)
    text = _(
        "{count} tables answer, from {low} to {high} {unit}.",
        count=count,
        low=shown(whole.low),
        high=shown(whole.high),
        unit=unit,
    )
    if whole.low > 0 and whole.high > whole.low:
        text = _(
            "{answers} The highest is {times} times the lowest.",
            answers=text,
            times=shown(whole.high / whole.low),
        )
    return render(text, lang)


def _ticks(most: Decimal, lang: Language) -> list[Json]:
    """Round numbers from 0 to above ``most``, for the common axis."""
    if most <= 0:
        return []
    rough = most / _TICKS
    power = Decimal(1).scaleb(rough.adjusted())
    step = next(power * one for one in (1, 2, 5, 10) if power * one >= rough)
    count = int(most / step) + 1
    marks = [step * number for number in range(count + 1)]
    return [
        {"at": json_number(mark), "text": render(_("{amount}", amount=mark), lang)}
        for mark in marks
    ]
