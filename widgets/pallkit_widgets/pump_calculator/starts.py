"""From mouth to pump, one ratio set beside the other."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pallkit.doses import Preparation, preparation_text, shown
from pallkit.i18n import Language, Message, _, number, render
from pallkit.opioids import Range, RatioSet, Refusal
from pallkit.pump import Start, side_by_side_json
from pallkit_widgets.shared.sources import name_sources

Shown = dict[str, Any]


def starts_view(
    answers: Sequence[tuple[RatioSet, Start | Refusal]], to: Preparation, lang: Language
) -> Shown:
    """Each set's answer or refusal, and the line they are all drawn on."""
    told = side_by_side_json(answers, lang)
    rows = [_row(answer, json, lang) for (_table, answer), json in zip(answers, told, strict=True)]
    highs = [row["spread"]["high"] for row in rows if row["spread"]]
    return {
        "refusal": None,
        "to": preparation_text(to, lang),
        "drug": to.drug,
        "rows": rows,
        "highest": max(highs, default=None),
        "differ": _differ(answers, lang),
    }


def _row(answer: Start | Refusal, told: Shown, lang: Language) -> Shown:
    row: Shown = {
        "set": told["ratio_set"],
        "refusal": told["refusal"],
        "steps": name_sources(told["steps"], lang),
        "spread": None,
    }
    if isinstance(answer, Refusal):
        return row
    start = told["start"]
    target = answer.conversion.target
    rescue = answer.rescue
    row["spread"] = start["mg_per_24h"]
    row |= {
        "day": _amount(_("{amount} mg/24 h", amount=_middle(target).message), lang),
        "range": None if target.low == target.high else _between(target, lang),
        "hour": _amount(_("{amount} mg/h", amount=_middle(answer.per_hour).message), lang),
        "nurse": None
        if isinstance(rescue, Refusal)
        else _amount(_("{amount} mg", amount=_middle(rescue.range).message), lang),
        "label": start["label"],
        "warnings": start["warnings"],
        "point": None if target.point is None else number(shown(target.point), lang),
    }
    return row


def _middle(value: Range) -> Range:
    return value if value.point is None else Range.exactly(value.point)


def _between(value: Range, lang: Language) -> str:
    low, high = Range.exactly(value.low).message, Range.exactly(value.high).message
    return render(_("{low} to {high} mg/24 h", low=low, high=high), lang)


def _amount(text: Message, lang: Language) -> str:
    return render(text, lang)


def _differ(answers: Sequence[tuple[RatioSet, Start | Refusal]], lang: Language) -> str | None:
    points = [
        answer.conversion.target.point
        for _table, answer in answers
        if isinstance(answer, Start) and answer.conversion.target.point is not None
    ]
    if len(points) < 2 or min(points) == max(points):
        return None
    times = (max(points) / min(points)).quantize(Decimal("0.01"))
    text = _("The highest answer is {times} times the lowest.", times=times)
    return render(text, lang)
