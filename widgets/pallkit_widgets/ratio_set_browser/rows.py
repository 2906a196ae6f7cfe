"""A table's rows as a learner reads them: the figures, their spread, and what they are for."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

from pallkit.doses import Route, drug, shown
from pallkit.i18n import Language, Message, Words, _, render
from pallkit.opioids import Direction, RatioSet, Row
from pallkit_widgets.ratio_set_browser.shelf import locked
from pallkit_widgets.ratio_set_browser.worth import worth_of_one

Json = dict[str, Any]

DIRECTIONS: dict[Direction, Message] = {
    Direction.TO_ORAL_MORPHINE: _("only towards oral morphine"),
    Direction.FROM_ORAL_MORPHINE_ONLY: _("only from oral morphine"),
    Direction.BOTH: _("both ways"),
    Direction.COMPARISON_ONLY: _("for comparing use, never for changing"),
    Direction.SURVEY_ONLY: _("never to calculate by: it is a survey"),
    Direction.LOOKUP_ONLY: _("from oral morphine, at exactly this row"),
}
_ARROWS = {
    Direction.TO_ORAL_MORPHINE: "→",
    Direction.FROM_ORAL_MORPHINE_ONLY: "←",
    Direction.BOTH: "↔",
    Direction.COMPARISON_ONLY: "≈",
    Direction.SURVEY_ONLY: "×",
    Direction.LOOKUP_ONLY: "←",
}
_SPAN = 1.8  # the drawing goes from two sevenths of the main figure to three and a half times it


def rows_view(table: RatioSet, lang: Language, *, methadone: bool, only: frozenset[str]) -> Json:
    """The rows, those ``only`` of some drugs where any are named, and how many are hidden."""
    numbered = list(enumerate(table.rows, start=1))
    hidden = [number for number, row in numbered if locked(row.drug) and not methadone]
    kept = [
        (number, row)
        for number, row in numbered
        if number not in hidden and (not only or row.drug in only)
    ]
    return {
        "rows": [_row(number, row, table, lang) for number, row in kept],
        "hidden": len(hidden),
        "locked": any(locked(row.drug) for row in table.rows),
        "all": len(table.rows),
        "has": {
            "printed": any(_pair(row) for _number, row in kept),
            "ratio": any(_has_ratio(row) for _number, row in kept),
            "spread": any(_parted(row) for _number, row in kept),
            "units": len({row.unit for _number, row in kept}) > 1,
            "band": any(row.band for _number, row in kept),
        },
    }


def _row(number: int, row: Row, table: RatioSet, lang: Language) -> Json:
    figures = _figures(row)
    return {
        "number": number,
        "drug": render(drug(row.drug).name, lang),
        "routes": ", ".join(render(route.message, lang) for route in row.routes),
        "unit": render(row.measure.message, lang),
        "printed": render(_pair(row) or "", lang),
        **{name: "" if one is None else _text(one, lang) for name, one in figures.items()},
        "drawn": _drawn(row),
        "direction": render(DIRECTIONS[row.direction], lang),
        "arrow": _ARROWS[row.direction],
        "band": "" if row.band is None else render(row.band.message, lang),
        "notes": [render(note, lang) for note in _notes(row, table, lang)],
        "locked": locked(row.drug),
    }


def _has_ratio(row: Row) -> bool:
    return row.ratio is not None or row.low is not None


def _parted(row: Row) -> bool:
    return _has_ratio(row) and row.worth.low != row.worth.high


def _figures(row: Row) -> dict[str, Decimal | None]:
    """What stands in the row itself; a quotient of a printed pair is never made up for it."""
    if not _has_ratio(row):
        return {"low": None, "point": None, "high": None}
    ends = (row.worth.low, row.worth.high) if _parted(row) else (None, None)
    return {"low": ends[0], "point": row.ratio, "high": ends[1]}


def _pair(row: Row) -> Message | None:
    if row.gives is not None and row.band is not None:
        return _(
            "{dose} {unit} = {morphine} mg",
            dose=row.gives,
            unit=row.measure.message,
            morphine=row.band.message,
        )
    if row.printed is None:
        return None
    pair = _(
        "{dose} {unit} = {morphine} mg",
        dose=row.printed.dose,
        unit=row.measure.unit if row.measure.per == "24h" else row.measure.message,
        morphine=row.printed.morphine,
    )
    return _("ca. {pair}", pair=pair) if row.printed.about else pair


def _drawn(row: Row) -> Json | None:
    """Where the ends of the spread lie, 0 to 1, about the row's own middle; None for no spread."""
    if not _parted(row):
        return None
    low, high = float(row.worth.low), float(row.worth.high)
    middle = math.sqrt(low * high) if row.ratio is None else float(row.ratio)
    ends = [_at(low / middle), _at(high / middle)]
    return {"low": ends[0], "high": ends[1], "point": None if row.ratio is None else 0.5}


def _at(times: float) -> float:
    return round(min(max(0.5 + math.log2(times) / (2 * _SPAN), 0), 1), 4)


def _notes(row: Row, table: RatioSet, lang: Language) -> list[Any]:
    """What goes with the row. A note in English alone is for those who read English."""
    found: list[Any] = []
    if Route.TRANSDERMAL in row.routes and row.measure.per == "24h":
        one = worth_of_one(row, Route.TRANSDERMAL)
        found.append(
            _(
                "The figure is for what the patch delivers in 24 hours, in mg. For 1 µg/h it is "
                "{worth} mg.",
                worth=one.message,
            )
        )
    if isinstance(row.note, Words) or (row.note and (table.local or lang == "en")):
        found.append(row.note)
    found += [note for note in (row.warning, row.one_way) if note is not None]
    return found


def _text(value: Decimal, lang: Language) -> str:
    return render(_("{amount}", amount=shown(value)), lang)
