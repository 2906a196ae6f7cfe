"""Every figure was seen, and is used only in the direction its source prints.

``ratios.csv`` holds what was read in the sources, a line for each printed row. Every line is
in its set and nothing else is; and ``direction`` binds: every other direction refuses.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pallkit.doses import Dose, Preparation, Quantity, Route, drug
from pallkit.opioids import (
    ORAL_MORPHINE,
    Conversion,
    Direction,
    Omeq,
    RatioSet,
    Refusal,
    Row,
    convert,
    omeq,
    ratio_set,
    ratio_set_ids,
)

Figures = tuple[object, ...]
UNITS = {"mg": "mg/24 h", "mg delivered/24h": "mg/24 h", "mcg": "µg/24 h", "mcg/h": "µg/h"}
PARENTERAL = ("subcutaneous", "intravenous", "intramuscular")
DERIVED = "derived: mass ratio"
PER_HOUR = Decimal("0.024")  # 1 µg/h is 0.024 mg/24 h


def lines() -> list[dict[str, str]]:
    with Path(__file__).with_name("ratios.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


LINES = lines()


def routes(written: str) -> list[str]:
    if written == "parenteral":
        return list(PARENTERAL)
    return written.replace("intranasal", "nasal").split("/")


def number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def seen(line: dict[str, str]) -> Iterator[Figures]:
    """The figures of a line, once for each route; a derived line is turned back."""
    ratios = [number(line[name]) for name in ("ratio", "ratio_low", "ratio_high")]
    unit = UNITS[line["unit"]]
    if line["note"].startswith(DERIVED):
        unit = "mg/24 h"
        ratios = [value / PER_HOUR for value in ratios if value is not None]
    names = ("drug_dose", "oral_morphine_mg", "band_low", "band_high")
    figures = (*ratios, *(number(line[name]) for name in names))
    for route in routes(line["route"]):
        yield (line["ratio_set"], line["drug"], route, unit, line["direction"], *figures)


def kept(table: RatioSet, row: Row) -> Iterator[Figures]:
    """The same figures of a row, once for each route."""
    pair = (row.printed.dose, row.printed.morphine) if row.printed else (row.gives, None)
    band = (row.band.low, row.band.high) if row.band else (None, None)
    figures = (row.ratio, row.low, row.high, *pair, *band)
    for route in row.routes:
        yield (table.id, row.drug, route.value, row.unit, row.direction.value, *figures)


def bank() -> set[Figures]:
    tables = map(ratio_set, ratio_set_ids())
    return {one for table in tables for row in table.rows for one in kept(table, row)}


def test_every_line_that_was_read_is_in_its_set_and_nothing_else_is() -> None:
    read = {figures for line in LINES for figures in seen(line)}
    assert read - bank() == set()
    assert bank() - read == set()


def test_a_wrong_figure_planted_in_any_row_is_found() -> None:
    read = {figures for line in LINES for figures in seen(line)}
    for table in map(ratio_set, ratio_set_ids()):
        for row in table.rows:
            bad = replace(row, gives=None, low=None, high=None, ratio=Decimal("1.23"))
            assert not set(kept(table, bad)) & read


def daily(preparation: Preparation, amount: Decimal) -> Dose:
    measure = preparation.measure
    return Dose(preparation, Quantity(amount, measure.unit, measure.per))


def inside(row: Row) -> Decimal:
    """An amount of oral morphine the row is for."""
    if row.band:
        return row.band.low
    return row.printed.morphine if row.printed else Decimal(60)


ROWS = [
    pytest.param(table, row, route, id=f"{table.id} {row.drug} {route} {number}")
    for table in map(ratio_set, ratio_set_ids())
    for number, row in enumerate(table.rows)
    for route in row.routes
]


@pytest.mark.parametrize(("table", "row", "route"), ROWS)
def test_counts_only_where_the_source_prints_it(table: RatioSet, row: Row, route: Route) -> None:
    answer = omeq([daily(Preparation(row.drug, route), Decimal(10))], table)
    if drug(row.drug).lock:
        assert isinstance(answer, Refusal)
        assert answer.code == "locked"
    elif row.direction in {Direction.TO_ORAL_MORPHINE, Direction.BOTH, Direction.COMPARISON_ONLY}:
        assert isinstance(answer, Omeq)
    else:
        assert isinstance(answer, Refusal)
        assert answer.code in {"one_way", "survey_only", "printed_rows_only"}


@pytest.mark.parametrize(("table", "row", "route"), ROWS)
def test_changes_to_the_drug_only_where_the_source_prints_it(
    table: RatioSet, row: Row, route: Route
) -> None:
    to = Preparation(row.drug, route)
    if to == ORAL_MORPHINE:
        return
    answer = convert([daily(ORAL_MORPHINE, inside(row))], to, table)
    printed = {Direction.BOTH, Direction.FROM_ORAL_MORPHINE_ONLY, Direction.LOOKUP_ONLY}
    turned = row.direction is Direction.TO_ORAL_MORPHINE and table.reversible is not None
    if drug(row.drug).lock:
        assert isinstance(answer, Refusal)
        assert answer.code == "locked"
    elif (row.direction in printed or turned) and not over_cap(table, row, to):
        assert isinstance(answer, Conversion)
        assert not turned or any("read the other way" in str(s.text) for s in answer.receipt.steps)
    else:
        assert isinstance(answer, Refusal)
        assert answer.code in {"one_way", "comparison_only", "survey_only", "over_cap"}


def over_cap(table: RatioSet, row: Row, to: Preparation) -> bool:
    most = table.cap(to)
    return most is not None and row.printed is not None and row.printed.dose > most


@pytest.mark.parametrize(("table", "row", "route"), ROWS)
def test_changes_from_the_drug_only_where_the_source_prints_it(
    table: RatioSet, row: Row, route: Route
) -> None:
    start = Preparation(row.drug, route)
    if start == ORAL_MORPHINE:
        return
    answer = convert([daily(start, Decimal(10))], ORAL_MORPHINE, table)
    free = row.direction in {Direction.TO_ORAL_MORPHINE, Direction.BOTH}
    if free and not drug(row.drug).lock:
        assert isinstance(answer, Conversion)
    else:
        assert isinstance(answer, Refusal)


@pytest.mark.parametrize("line", [line for line in LINES if line["direction"] == "lookup_only"])
def test_a_printed_table_answers_with_the_printed_dose_or_its_own_cap(
    line: dict[str, str],
) -> None:
    to = Preparation(line["drug"], Route(line["route"]))
    table = ratio_set(line["ratio_set"])
    answer = convert([daily(ORAL_MORPHINE, Decimal(line["oral_morphine_mg"]))], to, table)
    if (line["drug"], line["drug_dose"]) == ("buprenorphine", "65"):
        assert isinstance(answer, Refusal)
        assert answer.code == "over_cap"
        return
    assert isinstance(answer, Conversion)
    assert answer.target.low == answer.target.high == Decimal(line["drug_dose"])


@pytest.mark.parametrize("name", ["uppsala-2020", "health-canada-fentanyl"])
def test_nothing_is_answered_between_the_printed_lines_and_bands(name: str) -> None:
    """0.1 mg at a time from below the first edge to above the last."""
    table = ratio_set(name)
    for to in table.preparations():
        rows = [row for row in table.rows_of(to) if row.direction.switches_to]
        for tenth in range(200, 4100):
            morphine = Decimal(tenth) / 10
            answer = convert([daily(ORAL_MORPHINE, morphine)], to, table)
            fits = [
                row
                for row in rows
                if (row.band and row.band.low <= morphine <= (row.band.high or morphine))
                or (row.printed and row.printed.morphine == morphine)
            ]
            if isinstance(answer, Conversion):
                [row] = fits
                assert answer.target.point in {row.gives, row.printed and row.printed.dose}
            else:
                assert not fits or answer.code == "over_cap"


@pytest.mark.parametrize("name", ratio_set_ids())
def test_a_table_that_was_not_read_in_the_original_says_so_and_is_not_listed(name: str) -> None:
    table = ratio_set(name)
    if table.seen == "original":
        return
    assert not table.listed
    assert table.warnings
    assert table.to_json("nb")["mark"] in {"lest fra kopi", "kjent på annen hånd"}
