"""A typed number is told apart by patterns just as the engine tells it apart by arithmetic."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pallkit_app.exchange.qti.ranges import READABLE, UNITS, below, with_unit, within

amounts = st.decimals("0.001", 20_000, places=3, allow_nan=False)
spreads = st.tuples(amounts, st.decimals(0, 500, places=3, allow_nan=False))


def typed_numbers(near: Decimal) -> list[str]:
    """Numbers at, just beside and far from ``near``, with all the decimals one can write."""
    tried = [near * part for part in map(Decimal, ("0.1", "0.5", "0.99", "1", "1.01", "2", "10"))]
    steps = [Decimal(1).scaleb(-places) for places in range(3)]
    exact = [
        (one + more).quantize(step)
        for one in tried
        for step in steps
        for more in (-step, Decimal(0), step)
    ]
    return [format(abs(one), "f") for one in exact if one >= 0]


@given(spreads)
def test_right_and_too_low_are_told_apart_as_by_arithmetic(spread: tuple[Decimal, Decimal]) -> None:
    low, high = spread[0], spread[0] + spread[1]
    right, less = within(low, high), below(low)
    for text in (one for near in (low, high) for one in typed_numbers(near)):
        value = Decimal(text)
        assert bool(re.fullmatch(right, text)) == (low <= value <= high), text
        assert bool(re.fullmatch(less, text)) == (value < low), text
        assert re.fullmatch(READABLE, text.replace(".", ","))


@pytest.mark.parametrize("text", ["0", "0,5", "0,125", "0,2083", "40", "40.0", "26,67", "1000000"])
def test_a_number_can_be_read_with_a_comma_or_a_point(text: str) -> None:
    assert re.fullmatch(READABLE, text)


@pytest.mark.parametrize(
    "text", ["1.250", "1,000", "05", ",5", "40,", "førti", "4e1", "-4", "", "4 0"]
)
def test_what_can_be_read_in_two_ways_or_not_at_all_is_no_number(text: str) -> None:
    assert not re.fullmatch(READABLE, text)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("40", "mg/24 t"),
        (" 40 mg ", "mg/24 t"),
        ("40 mg/24 t", "mg/24 t"),
        ("40mg/24 h", "mg/24 t"),
        ("12,5 µg/t", "µg/t"),
        ("0,21 mL/t", "ml/t"),
        ("5 mg", "mg"),
    ],
)
def test_the_unit_may_be_written_after_the_number(text: str, unit: str) -> None:
    assert re.fullmatch(with_unit(READABLE, unit), text)


@pytest.mark.parametrize("unit", UNITS)
def test_another_unit_is_not_taken_for_the_right_one(unit: str) -> None:
    assert not re.fullmatch(with_unit(READABLE, unit), "40 g")


@given(amounts)
def test_the_patterns_are_of_the_dialect_that_qti_names(low: Decimal) -> None:
    for pattern in (within(low, low + 1), below(low), READABLE):
        assert not re.search(r"[\^$\\]|\(\?", pattern)
