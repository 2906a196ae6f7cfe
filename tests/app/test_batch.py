"""Counting a whole table: the scalar engine's answers, row for row."""

from __future__ import annotations

import math
import random
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pallkit.doses import Dose, Quantity, read_measure, read_number, read_preparation
from pallkit.errors import PallkitError
from pallkit.opioids import Refusal, omeq, ratio_set, ratio_set_ids
from pallkit_app.batch import ADDED, FrameError, omeq_frame

TABLE = ratio_set("helsedirektoratet")
DRUGS = ["morfin", "oksykodon", "fentanyl", "metadon", "buprenorfin", "morphine", "sukker"]
ROUTES = ["po", "sc", "plaster", "sl", "iv"]
UNITS = ["mg/24 t", "µg/t", "mg", "mg/h", "tabletter"]


def frame(*rows: tuple[str, str, object, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["drug", "route", "amount", "unit"])


def test_a_row_is_counted_with_its_spread() -> None:
    counted = omeq_frame(frame(("oksykodon", "po", 40, "mg/24 t")), TABLE)
    assert counted.loc[0, list(ADDED)].tolist() == [52.0, 60.0, 80.0, ""]


@pytest.mark.parametrize("name", ratio_set_ids())
def test_every_row_is_what_the_engine_says(name: str) -> None:
    table, chance = ratio_set(name), random.Random(name)  # noqa: S311  # seeded, not a secret
    amounts = [0, 0.1, 12, 12.5, 25, 40, 333.3]
    rows = [
        (chance.choice(DRUGS), chance.choice(ROUTES), chance.choice(amounts), chance.choice(UNITS))
        for _ in range(300)
    ]
    counted = omeq_frame(frame(*rows), table)
    for row, answer in zip(rows, counted[list(ADDED)].itertuples(index=False), strict=True):
        assert_same(one_by_one(row, table), answer)


def one_by_one(row: tuple[str, str, float, str], table: object) -> tuple[object, ...]:
    name, route, amount, unit = row
    try:
        measure = read_measure(unit)
        quantity = Quantity(Decimal(str(amount)), measure.unit, measure.per)
        done = omeq([Dose(read_preparation(f"{name} {route}"), quantity)], table)  # type: ignore[arg-type]
    except PallkitError:
        return (math.nan, math.nan, math.nan, "unreadable_dose")
    if isinstance(done, Refusal):
        return (math.nan, math.nan, math.nan, done.code)
    found = done.oral_morphine
    return (found.low, math.nan if found.point is None else found.point, found.high, "")


def assert_same(expected: tuple[object, ...], answer: tuple[object, ...]) -> None:
    assert answer[3] == expected[3]
    for one, other in zip(expected[:3], answer[:3], strict=True):
        assert float(str(other)) == pytest.approx(float(str(one)), rel=1e-9, nan_ok=True)


@pytest.mark.parametrize("amount", ["1.000", "førti", "", "-5", None, "NaN", "inf"])
def test_an_amount_that_cannot_be_read_says_so_in_its_row(amount: object) -> None:
    counted = omeq_frame(frame(("morfin", "po", amount, "mg/24 t")), TABLE)
    assert counted["reason"].tolist() == ["unreadable_amount"]


@pytest.mark.parametrize("amount", [float("nan"), float("inf"), -1.0])
def test_a_number_that_is_no_dose_says_so_in_its_row(amount: float) -> None:
    counted = omeq_frame(frame(("morfin", "po", amount, "mg/24 t")), TABLE)
    assert counted["reason"].tolist() == ["unreadable_amount"]
    assert math.isnan(counted["oral_morphine_point"][0])


def test_a_decimal_comma_is_read() -> None:
    counted = omeq_frame(frame(("morfin", "po", "2,5", "mg/24 t")), TABLE)
    assert counted["oral_morphine_point"].tolist() == [2.5]


@given(st.from_regex(r"[0-9]{1,6}([.,][0-9]{1,3})?", fullmatch=True))
def test_an_amount_as_text_is_read_as_everywhere_else(text: str) -> None:
    counted = omeq_frame(frame(("morfin", "po", text, "mg/24 t")), TABLE)
    try:
        expected = float(read_number(text))
    except PallkitError:
        assert counted.loc[0, "reason"] == "unreadable_amount"
    else:
        assert counted.loc[0, "oral_morphine_point"] == pytest.approx(expected, rel=1e-9)


def test_other_columns_and_an_empty_table_are_kept() -> None:
    empty = frame().assign(seed=[])
    assert list(omeq_frame(empty, TABLE).columns) == [*empty.columns, *ADDED]


@pytest.mark.parametrize(
    "column",
    [
        {"Pasientnavn navn": ["x"]},
        {"fødselsdato": ["x"]},
        {"patient_id": ["x"]},
        {"note": ["01019012345"]},
        {"number": [1019012345]},
        {"number": [21019012345]},
        {"when": [pd.Timestamp("1950-01-01")]},
    ],
)
def test_a_table_that_may_be_about_people_is_refused(column: dict[str, list[object]]) -> None:
    with pytest.raises(FrameError, match="Remove the column"):
        omeq_frame(frame(("morfin", "po", 1, "mg/24 t")).assign(**column), TABLE)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(FrameError, match="lacks the column unit"):
        omeq_frame(frame(("morfin", "po", 1, "mg/24 t")).drop(columns="unit"), TABLE)
