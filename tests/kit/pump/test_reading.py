"""What is typed about a pump is read as written, or told what to write instead."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pallkit.errors import PallkitError
from pallkit.pump import (
    read_bolus,
    read_concentration,
    read_hour_limit,
    read_minutes,
    read_part,
    read_rate,
    read_volume,
)

READERS = (
    read_bolus,
    read_concentration,
    read_hour_limit,
    read_minutes,
    read_part,
    read_rate,
    read_volume,
)


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (read_concentration, "10 mg/mL", "10"),
        (read_concentration, "0,2 mg/ml", "0.2"),
        (read_concentration, "200 µg per ml", "0.2"),
        (read_concentration, "500 mg/100 mL", "5"),
        (read_volume, "100 mL", "100"),
        (read_volume, "12,5ml", "12.5"),
        (read_rate, "0,25 mL/t", "0.25"),
        (read_rate, "2 ml per hour", "2"),
        (read_minutes, "20 min", "20"),
        (read_minutes, "1,5 t", "90"),
        (read_minutes, "2 døgn", "2880"),
        (read_bolus, "2 mg", "2"),
        (read_bolus, "500 µg", "0.5"),
        (read_hour_limit, "12 mg", "12"),
        (read_hour_limit, "12 mg/t", "12"),
    ],
)
def test_reads_it_as_written(read: Callable[[str], Decimal], text: str, value: str) -> None:
    assert read(text) == Decimal(value)


@pytest.mark.parametrize(
    ("read", "text", "reason"),
    [
        (read_concentration, "10 mg", "not a concentration"),
        (read_concentration, "10", "not a concentration"),
        (read_concentration, "10 mg/mL sc", "not a concentration"),
        (read_concentration, "10 mg/0 mL", "not a concentration"),
        (read_concentration, "1 %", "no meaning"),
        (read_volume, "100", "not a volume"),
        (read_volume, "1.000 mL", "two ways"),
        (read_volume, "-5 mL", "minus"),
        (read_rate, "0.25 mL", "not a rate"),
        (read_rate, "6 mL/24 t", "not a rate"),
        (read_minutes, "20", "not a time"),
        (read_minutes, "20 mL", "not a time"),
        (read_bolus, "2 mg/t", "length of time"),
        (read_hour_limit, "12 mg/d", "60 minutes"),
        (read_volume, "01019012345 mL", "11 digits"),
    ],
)
def test_says_what_to_write_instead(read: Callable[[str], Decimal], text: str, reason: str) -> None:
    with pytest.raises(PallkitError, match=reason):
        read(text)


@given(text=st.text(max_size=40), which=st.integers(0, len(READERS) - 1))
def test_any_text_is_read_or_refused_and_never_breaks(text: str, which: int) -> None:
    with suppress(PallkitError):
        READERS[which](text)
