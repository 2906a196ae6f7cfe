"""Answers that may be kept and compared, read in few digits; and silence that is no yes."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from pallkit.i18n import Message
from pallkit.pump import Mixture, Program, compatibility, known_drugs, mix, pump_table, read_part
from pallkit.pump.compatibility import cautions, listed
from pallkit.pump.units import added, mg, mg_per_day, mg_per_hour, mg_per_ml, ml, ml_per_hour

TWO = ("morfin 60 mg (10 mg/mL)", "midazolam 70 mg (5 mg/mL)")


def test_the_same_pump_twice_is_one_answer(
    worked: Callable[..., Program],
) -> None:
    first, again = (worked(bolus=("2", "20", "9"), hang=Decimal(96)) for _ in range(2))
    assert len({first, again}) == 1


def test_the_same_mixture_twice_is_one_answer() -> None:
    found = [
        mix(
            [read_part(part) for part in TWO],
            reservoir=Decimal(50),
            diluent="sodium-chloride-9",
            hours=Decimal(24),
        )
        for _ in range(2)
    ]
    assert all(isinstance(one, Mixture) for one in found)
    assert len(set(found)) == 1


@pytest.mark.parametrize(
    ("tell", "read"),
    [
        (mg, "26.7 mg"),
        (mg_per_hour, "26.7 mg/h"),
        (mg_per_day, "26.7 mg/24 h"),
        (mg_per_ml, "26.7 mg/mL"),
        (ml, "26.7 mL"),
        (ml_per_hour, "26.7 mL/h"),
    ],
)
def test_amounts_are_rounded_for_reading(tell: Callable[[Decimal], Message], read: str) -> None:
    assert str(tell(Decimal("26.66666"))) == read


def test_a_sum_is_told_part_by_part() -> None:
    assert str(added([Decimal("6.66666"), Decimal("2.33333"), Decimal(1)])) == "6.67 + 2.33 + 1"
    assert str(added([Decimal(6)])) == "6"


def test_a_yes_for_some_drugs_is_no_yes_with_one_more() -> None:
    rows = [set(row.drugs) for row in pump_table().mixing if row.verdict == "compatible"]
    for row in rows:
        for more in set(known_drugs()) - row:
            asked = row | {more}
            printed = any(asked <= other for other in rows)
            assert (compatibility(asked).verdict == "compatible") is printed, asked


def test_a_no_for_some_drugs_stays_a_no_with_any_more() -> None:
    for row in pump_table().mixing:
        if row.verdict != "incompatible":
            continue
        for more in known_drugs():
            assert compatibility({*row.drugs, more}).verdict == "incompatible"


def test_cautions_are_those_of_the_drugs_asked_for() -> None:
    every = pump_table().cautions
    assert every
    for row in every:
        assert [note.source for note in cautions([row.drug])] == [
            other.source for other in every if other.drug == row.drug
        ]
    assert isinstance(cautions(["morphine"]), tuple)


def test_drugs_are_listed_by_name_in_the_order_given() -> None:
    assert str(listed(["morphine", "midazolam", "haloperidol"])) == (
        "morphine, midazolam, haloperidol"
    )
