"""What a dose amounts to, and how it is written back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pallkit.doses import (
    MEASURES,
    Measure,
    Quantity,
    dose_text,
    preparation_text,
    quantity_text,
    read_dose,
    read_preparation,
    read_quantity,
)
from pallkit.errors import DoseError
from pallkit.i18n import LANGUAGES, Language

AMOUNTS = st.decimals(min_value="0.001", max_value=9999, places=3)


@pytest.mark.parametrize(
    ("text", "daily"),
    [
        pytest.param("morfin po 30 mg x 2", "60 mg/24 t", id="twice"),
        pytest.param("morfin sc 2 mg/t", "48 mg/24 t", id="a pump's rate"),
        pytest.param("fentanyl iv 100 µg/t", "2,4 mg/24 t", id="micrograms become mg"),
        pytest.param("fentanyl td 0,025 mg/t", "25 µg/t", id="a patch is in µg/h"),
    ],
)
def test_the_day_is_in_the_preparations_own_measure(text: str, daily: str) -> None:
    assert read_dose(text).daily() == read_quantity(daily)


def test_one_dose_says_nothing_about_the_day() -> None:
    with pytest.raises(DoseError, match="how often"):
        read_dose("morfin po 10 mg").daily()


def test_rescue_doses_taken_are_counted_up() -> None:
    assert read_dose("morfin po 10 mg").given(3) == read_dose("morfin po 10 mg x 3")


def test_a_dose_for_the_day_is_not_counted_up() -> None:
    with pytest.raises(DoseError, match="Only one dose"):
        read_dose("morfin po 10 mg/d").given(3)


@pytest.mark.parametrize(
    ("given", "code"), [("40 mg", "mg/24 h"), ("40 mg/d", "mg"), ("40 mg", "µg/h")]
)
def test_one_dose_and_a_time_are_different_dimensions(given: str, code: str) -> None:
    with pytest.raises(DoseError, match="Write the amount in"):
        read_quantity(given).to(MEASURES[code])


@given(
    amount=AMOUNTS,
    start=st.sampled_from(sorted(MEASURES.values(), key=str)),
    via=st.sampled_from(sorted(MEASURES.values(), key=str)),
)
def test_a_quantity_survives_any_change_of_unit(
    amount: Decimal, start: Measure, via: Measure
) -> None:
    quantity = Quantity(amount, start.unit, start.per)
    if (start.per == "dose") != (via.per == "dose"):
        return
    back = quantity.to(via).to(start)
    assert abs(back.amount - amount) < Decimal("1e-20")
    assert quantity.to(via).amount > 0


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("nb", "morfin sc 26,7 mg/24 t"),
        ("nn", "morfin sc 26,7 mg/24 t"),
        ("en", "morphine sc 26.7 mg/24 h"),
    ],
)
def test_writes_a_dose_in_the_readers_language(lang: Language, text: str) -> None:
    assert dose_text(read_dose("morfin sc 26,66666 mg/d"), lang) == text


def test_writes_a_patch_as_a_patch() -> None:
    dose = read_dose("N02AB03 td 25 µg/t")
    assert dose_text(dose, "nb") == "fentanyl plaster 25 µg/t"
    assert dose_text(dose, "en") == "fentanyl patch 25 µg/h"


def test_writes_how_often_as_it_was_written() -> None:
    assert dose_text(read_dose("oxycodone oral 20 mg q12h"), "nn") == "oksykodon po 20 mg x 2"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "text", ["morfin po 30 mg x 2", "fentanyl td 12 µg/t", "morfin sc 2,5 mg", "morfin sc 2 mg/t"]
)
def test_reads_back_what_it_writes(text: str, lang: Language) -> None:
    dose = read_dose(text)
    assert read_dose(dose_text(dose, lang)) == dose
    assert read_preparation(preparation_text(dose.preparation, lang)) == dose.preparation
    assert read_quantity(quantity_text(dose.quantity, lang)) == dose.quantity
