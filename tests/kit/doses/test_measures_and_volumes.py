"""Amounts by volume and by time: what they are worth, and why one is not the other."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pallkit.doses import MEASURES, Liquid, dose_text, read_dose, read_quantity
from pallkit.errors import DoseError


@pytest.mark.parametrize(
    ("given", "code", "why"),
    [
        pytest.param(
            "40 mg",
            "mg/24 h",
            "mg is for one dose, and mg/24 h is for a length of time. Write the amount in mg/24 h",
            id="one dose where a day is asked for",
        ),
        pytest.param(
            "25 µg/t",
            "mg",
            "µg/h is for a length of time, and mg is for one dose. Write the amount in mg",
            id="a rate where one dose is asked for",
        ),
    ],
)
def test_says_which_of_the_two_is_for_one_dose(given: str, code: str, why: str) -> None:
    with pytest.raises(DoseError) as caught:
        read_quantity(given).to(MEASURES[code])
    assert str(caught.value).startswith(why)


@pytest.mark.parametrize(
    ("given", "code", "amount"),
    [
        ("600 µg/24 t", "µg/h", "25"),
        ("2,4 mg/24 t", "µg/h", "100"),
        ("100 µg/t", "mg/24 h", "2.4"),
        ("1 mg/t", "µg/24 h", "24000"),
        ("1500 µg", "mg", "1.5"),
        ("40 mg/24 t", "mg/24 h", "40"),
    ],
)
def test_the_same_amount_in_another_measure(given: str, code: str, amount: str) -> None:
    found = read_quantity(given).to(MEASURES[code])
    assert (found.amount, found.measure) == (Decimal(amount), MEASURES[code])


@pytest.mark.parametrize(
    ("liquid", "amount"),
    [
        (Liquid(Decimal(2), "mg", volume=Decimal(5)), "10"),
        (Liquid(Decimal(20), "mg", drops=Decimal(10), drops_per_ml=Decimal(20)), "10"),
    ],
)
def test_a_liquid_holds_its_strength_times_its_volume(liquid: Liquid, amount: str) -> None:
    assert liquid.amount == Decimal(amount)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("morfin po 2,33333 mg/mL 5,66666 mL x 4", "morphine po 2.33 mg/mL 5.67 mL x 4"),
        (
            "morfin po 20,33333 mg/mL 10,66666 dråper 20,33333 dråper/mL x 6",
            "morphine po 20.3 mg/mL 10.7 drops 20.3 drops/mL x 6",
        ),
        ("morfin po 26,66666 mg x 2", "morphine po 26.7 mg x 2"),
    ],
)
def test_long_numbers_are_rounded_where_a_dose_is_shown(written: str, shown: str) -> None:
    assert dose_text(read_dose(written), "en") == shown


def test_a_dose_as_written_has_its_amount_unit_and_parts() -> None:
    dose = read_dose("fentanyl nasal 100 µg/mL 1 mL x 3")
    assert (dose.amount, dose.unit, dose.times) == (100, "µg", 3)
    assert str(dose.quantity.measure) == "µg"
    assert str(dose.daily().measure) == "mg/24 h"


def test_one_dose_is_named_where_how_often_is_missing() -> None:
    with pytest.raises(DoseError, match=r"“10 mg” is one dose\. .* for example 10 mg x 2"):
        read_dose("morfin po 10 mg").daily()


def test_doses_given_several_times_are_counted_up_again() -> None:
    assert read_dose("morfin po 10 mg x 2").given(3).times == 6
