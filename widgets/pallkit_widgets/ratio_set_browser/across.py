"""One drug by every table, on one axis: so that a learner sees that the sources disagree."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pallkit.doses import Preparation, Quantity, preparation_text, quantity_message, shown
from pallkit.i18n import Language, Message, _, render
from pallkit.opioids import Direction, Range, RatioSet, Row, products
from pallkit_widgets.ratio_set_browser.labels import MADE_FOR
from pallkit_widgets.ratio_set_browser.rows import DIRECTIONS
from pallkit_widgets.ratio_set_browser.worth import worth_of_one

Json = dict[str, Any]
_MARGIN = 0.08  # of the axis, at either end
_EXAMPLE = Decimal(30)  # mg oral morphine, which most of the sources' own examples come to


@dataclass(frozen=True, slots=True)
class Lane:
    """What one table says, row by row, in the measure all share."""

    table: RatioSet
    rows: tuple[Row, ...]
    worth: tuple[Range, ...]

    @property
    def survey(self) -> bool:
        """Whether it tells what people use, and is no ratio to calculate by."""
        return all(row.direction is Direction.SURVEY_ONLY for row in self.rows)

    @property
    def counts(self) -> bool:
        """Whether it has a say in how far the sources differ."""
        return not self.survey and self.table.withdrawn is None

    @property
    def whole(self) -> Range:
        """One row's own figures, or from the lowest to the highest of several."""
        if len(self.worth) == 1:
            return self.worth[0]
        low, high = (min(one.low for one in self.worth), max(one.high for one in self.worth))
        return Range(low, None, high)

    @property
    def middle(self) -> Decimal:
        """What it is sorted by."""
        whole = self.whole
        return (whole.low + whole.high) / 2 if whole.point is None else whole.point


def across_view(preparation: Preparation, tables: Iterable[RatioSet], lang: Language) -> Json:
    """Every table's figure for ``preparation``, lowest first, and those that have none."""
    lanes, lacking = [], []
    for table in tables:
        rows = table.rows_of(preparation)
        if rows:
            worth = tuple(worth_of_one(row, preparation.route) for row in rows)
            lanes.append(Lane(table, rows, worth))
        else:
            lacking.append(table)
    lanes.sort(key=lambda lane: (lane.table.withdrawn is not None, lane.middle))
    axis = _Axis.over(lanes)
    return {
        "name": preparation_text(preparation, lang),
        "unit": render(preparation.measure.message, lang),
        "summary": [render(line, lang) for line in _summary(preparation, lanes)],
        "ticks": [
            {"at": axis.at(tick), "text": render(_("{amount}", amount=tick), lang)}
            for tick in axis.ticks()
        ],
        "lanes": [_lane(lane, axis, lang) for lane in lanes],
        "lacking": [f"{table.publisher}: {table.title}" for table in lacking],
    }


def _lane(lane: Lane, axis: _Axis, lang: Language) -> Json:
    table = lane.table
    ways = dict.fromkeys(DIRECTIONS[row.direction] for row in lane.rows)
    notes = [render(way, lang) for way in ways]
    if len(lane.rows) > 1:
        several = _("{count} rows: the figure depends on the dose", count=len(lane.rows))
        notes.append(render(several, lang))
    if all(row.per_dose != 1 for row in lane.rows):
        notes.append(render(_("worked out from what is printed"), lang))
    return {
        "id": table.id,
        "publisher": table.publisher,
        "title": table.title,
        "date": render(table.date, lang),
        "made_for": render(MADE_FOR[table.made_for], lang),
        "mark": render(table.mark, lang) if table.mark else "",
        "local": table.local,
        "survey": lane.survey,
        "text": render(lane.whole.message, lang),
        "notes": notes,
        "parts": [
            {
                "low": axis.at(one.low),
                "point": None if one.point is None else axis.at(one.point),
                "high": axis.at(one.high),
            }
            for one in lane.worth
        ],
    }


@dataclass(frozen=True, slots=True)
class _Axis:
    """A logarithmic axis: twice as much is equally far wherever it is."""

    low: float
    high: float

    @classmethod
    def over(cls, lanes: Sequence[Lane]) -> _Axis:
        low = min(float(lane.whole.low) for lane in lanes)
        high = max(float(lane.whole.high) for lane in lanes)
        if high < 2 * low:  # a narrow spread must not look like a wide one
            middle = math.sqrt(low * high)
            low, high = middle / math.sqrt(2), middle * math.sqrt(2)
        margin = math.log(high / low) * _MARGIN
        return cls(math.log(low) - margin, math.log(high) + margin)

    def at(self, value: Decimal) -> float:
        """Where ``value`` lies, 0 to 1."""
        return round((math.log(float(value)) - self.low) / (self.high - self.low), 4)

    def ticks(self) -> list[Decimal]:
        """The 1-2-5 numbers on the axis; more of them where those are few."""
        low, high = math.exp(self.low), math.exp(self.high)
        powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
        for steps in (("1", "2", "5"), ("1", "1.5", "2", "3", "4", "5", "6", "8")):
            found = [Decimal(step).scaleb(power) for power in powers for step in steps]
            inside = [tick for tick in found if low <= float(tick) <= high]
            if len(inside) > 2:
                return inside
        return inside


def _summary(preparation: Preparation, lanes: Sequence[Lane]) -> list[Message]:
    """The lowest and the highest, who says so, and what that does to one day's dose."""
    ratios = [lane for lane in lanes if lane.counts]
    if len(ratios) < 2:
        return [_("Only one table to calculate by has a figure for it.") if ratios else _NONE]
    lowest = min(ratios, key=lambda lane: lane.whole.low)
    # Where two say the same highest, the one that is not the lowest too.
    highest = max(ratios, key=lambda lane: (lane.whole.high, lane is not lowest))
    low, high = lowest.whole.low, highest.whole.high
    if low == high:
        return [_("All the tables that have it say the same: {figure}.", figure=shown(low))]
    dose = _example(preparation, float(low * high) ** 0.5)
    return [
        _(
            "{publisher}'s own figures reach from {low} to {high}, {times} times as much, and no "
            "other table lies outside them.",
            publisher=lowest.table.publisher,
            low=shown(low),
            high=shown(high),
            times=shown(high / low),
        )
        if lowest is highest
        else _(
            "From {low} by {lowest} to {high} by {highest}: the highest is {times} times "
            "the lowest.",
            low=shown(low),
            lowest=lowest.table.publisher,
            high=shown(high),
            highest=highest.table.publisher,
            times=shown(high / low),
        ),
        _(
            "So {dose} is {less} mg oral morphine/24 h by the lowest figure and {more} mg by the "
            "highest.",
            dose=quantity_message(
                Quantity(dose, preparation.measure.unit, preparation.measure.per)
            ),
            less=shown(dose * low),
            more=shown(dose * high),
        ),
    ]


_NONE = _("No table to calculate by has a figure for it; a survey tells what people use.")


def _example(preparation: Preparation, worth: float) -> Decimal:
    """A day's dose near 30 mg oral morphine: a patch that exists, else a round number."""
    wanted = float(_EXAMPLE) / worth
    made = {
        strength
        for product in products()
        if product.form == "patch" and product.drug == preparation.drug
        for strength in product.strengths
        if preparation.route in product.routes and strength == product.delivers(strength)
    }
    power = math.floor(math.log10(wanted))
    round_ones = {Decimal(step).scaleb(power) for step in (1, 2, 3, 4, 5, 6, 8, 10)}
    return min(made or round_ones, key=lambda dose: abs(math.log(float(dose) / wanted)))
