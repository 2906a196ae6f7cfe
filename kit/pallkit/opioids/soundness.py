"""What is odd in a ratio set: gaps, overlaps, falls, pairs and spreads that disagree.

A flaw is told to whoever makes or chooses the table. Some are the source's own (a printed
dose that was rounded, bands in whole milligrams), so only those that leave two answers or
none are faults; the rest are worth a look.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Literal

from pallkit.doses import Preparation, drug, preparation_message, shown
from pallkit.i18n import Message, _
from pallkit.opioids.bands import falls
from pallkit.opioids.ratio_sets import RatioSet
from pallkit.opioids.rows import Direction, Row

Code = Literal["no-source", "gap", "overlap", "fall", "pair", "spread", "double"]


@dataclass(frozen=True, slots=True)
class Flaw:
    """One odd thing: its kind, the numbers of its rows from 0, and whether it is a fault."""

    code: Code
    rows: tuple[int, ...]
    message: Message
    fault: bool = False


def flaws(table: RatioSet) -> tuple[Flaw, ...]:
    """Every flaw of ``table``, in the order of its rows."""
    found = [*_no_source(table), *_pairs(table)]
    for preparation in table.preparations():
        rows = table.rows_of(preparation)
        found += [*_bands(preparation, rows, table), *_falls(preparation, rows, table)]
        found += _doubles(preparation, rows, table)
    return tuple(sorted(dict.fromkeys(found), key=lambda flaw: flaw.rows))


def _no_source(table: RatioSet) -> Iterator[Flaw]:
    if not table.source.strip() or not table.address.strip():
        message = _("The rows have no source: “source” or “address” is empty.")
        yield Flaw("no-source", (), message, fault=True)


def _pairs(table: RatioSet) -> Iterator[Flaw]:
    for number, row in enumerate(table.rows):
        if row.printed is None:
            continue
        dose, morphine = row.printed.dose, row.printed.morphine
        if row.ratio is not None and dose * row.ratio != morphine:
            yield Flaw(
                "pair",
                (number,),
                _(
                    "{drug}: the printed pair is {dose} = {morphine}, but {dose} × {ratio} is "
                    "{product}.",
                    drug=drug(row.drug).name,
                    dose=dose,
                    morphine=morphine,
                    ratio=row.ratio,
                    product=shown(dose * row.ratio),
                ),
            )
        if row.low is not None and not row.worth.low * dose <= morphine <= row.worth.high * dose:
            yield Flaw(
                "spread",
                (number,),
                _(
                    "{drug}: the printed pair {dose} = {morphine} lies outside the spread "
                    "{spread}.",
                    drug=drug(row.drug).name,
                    dose=dose,
                    morphine=morphine,
                    spread=row.worth.message,
                ),
                fault=True,
            )


def _bands(preparation: Preparation, rows: tuple[Row, ...], table: RatioSet) -> Iterator[Flaw]:
    banded = sorted(
        (row for row in rows if row.band), key=lambda row: row.band.low if row.band else 0
    )
    for lower, upper in pairwise(banded):
        assert lower.band is not None  # noqa: S101  # chosen above
        assert upper.band is not None  # noqa: S101
        numbers = _numbers(table, lower, upper)
        if lower.band.high is None or upper.band.low <= lower.band.high:
            message = _(
                "{preparation}: the bands {lower} and {upper} overlap.",
                preparation=preparation_message(preparation),
                lower=lower.band.message,
                upper=upper.band.message,
            )
            yield Flaw("overlap", numbers, message, fault=True)
        else:
            message = _(
                "{preparation}: no band holds between {high} and {next} mg oral morphine/24 h.",
                preparation=preparation_message(preparation),
                high=lower.band.high,
                next=upper.band.low,
            )
            yield Flaw("gap", numbers, message)


def _falls(preparation: Preparation, rows: tuple[Row, ...], table: RatioSet) -> Iterator[Flaw]:
    for fall in falls(rows):
        text = _(
            "{preparation}: {fall}",
            preparation=preparation_message(preparation),
            fall=fall.message,
        )
        yield Flaw("fall", _numbers(table, fall.before.row, fall.after.row), text)


def _doubles(preparation: Preparation, rows: tuple[Row, ...], table: RatioSet) -> Iterator[Flaw]:
    """Two rows that could answer the same question, where their bands do not already tell."""
    for one, other in combinations(rows, 2):
        if _same_question(one, other, table):
            message = _(
                "{preparation} has two rows for the same question.",
                preparation=preparation_message(preparation),
            )
            yield Flaw("double", _numbers(table, one, other), message, fault=True)


def _same_question(one: Row, other: Row, table: RatioSet) -> bool:
    if one.band is not None and other.band is not None:
        return False
    if one.direction is other.direction is Direction.LOOKUP_ONLY:
        return _line(one) == _line(other)
    # A ratio for counting and another for changing back are two questions, until a set that
    # may be read backwards turns the first round.
    counted = one.direction.counts and other.direction.counts
    led_to = _leads_on(one, table) and _leads_on(other, table)
    return one.direction is other.direction or counted or led_to


def _leads_on(row: Row, table: RatioSet) -> bool:
    turned = row.direction is Direction.TO_ORAL_MORPHINE and table.reversible is not None
    return row.direction.switches_to or turned


def _line(row: Row) -> Decimal | None:
    return row.printed.morphine if row.printed else None


def _numbers(table: RatioSet, *rows: Row) -> tuple[int, ...]:
    return tuple(number for number, row in enumerate(table.rows) if row in rows)
