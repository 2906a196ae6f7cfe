"""Every word for a unit that a pump's figures are written with, each as much as it should be."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from pallkit.doses import drug, measure_text, read_measure
from pallkit.errors import DoseError
from pallkit.pump import (
    read_concentration,
    read_hour_limit,
    read_minutes,
    read_rate,
    read_volume,
)
from pallkit.pump.table import products_of, read_drug

MILLILITRES = ("mL", "ml", "milliliter", "millilitre", "millilitres")
HOURS = ("t", "h", "hr", "time", "timen", "timer", "timar", "hour", "hours")


@pytest.mark.parametrize("word", MILLILITRES)
def test_a_volume_is_in_millilitres(word: str) -> None:
    assert read_volume(f"5 {word}") == 5
    assert read_concentration(f"10 mg/{word}") == 10


@pytest.mark.parametrize("word", ["mg", "milligram", "milligrams"])
def test_a_strength_is_in_milligrams(word: str) -> None:
    assert read_concentration(f"10 {word}/mL") == 10


@pytest.mark.parametrize("word", ["µg", "mcg", "ug", "mikrogram", "microgram", "micrograms"])
def test_a_strength_in_micrograms_is_a_thousandth(word: str) -> None:
    assert read_concentration(f"500 {word}/mL") == Decimal("0.5")


@pytest.mark.parametrize("word", HOURS)
def test_an_hour_is_60_minutes(word: str) -> None:
    assert read_minutes(f"2 {word}") == 120
    assert read_rate(f"2 mL/{word}") == 2


@pytest.mark.parametrize("word", ["min", "minutt", "minutter", "minuttar", "minute", "minutes"])
def test_a_minute_is_one(word: str) -> None:
    assert read_minutes(f"20 {word}") == 20
    with pytest.raises(DoseError, match="not a rate"):
        read_rate(f"2 mL/{word}")


@pytest.mark.parametrize("word", ["d", "døgn", "dag", "dager", "dagar", "day", "days"])
def test_a_day_is_24_hours(word: str) -> None:
    assert read_minutes(f"2 {word}") == 2 * 24 * 60
    with pytest.raises(DoseError, match="not a rate"):
        read_rate(f"2 mL/{word}")


@pytest.mark.parametrize("text", ["10 mg/mL", "10 mg per mL", "10 mg pr mL"])
def test_per_is_a_stroke_or_a_word(text: str) -> None:
    assert read_concentration(text) == 10


def test_no_volume_to_be_dissolved_in_is_no_strength() -> None:
    with pytest.raises(DoseError, match="Write for example 10 mg/mL"):
        read_concentration("10 mg/0 mL")


def test_what_is_read_is_told_without_the_spaces_around_it() -> None:
    with pytest.raises(DoseError, match=r"^“5 mg” is not a volume"):
        read_volume("  5 mg ")


@pytest.mark.parametrize(("lang", "text"), [("nb", "mg/24 t"), ("en", "mg/24 h")])
def test_a_measure_is_told_in_the_language_of_the_reader(lang: str, text: str) -> None:
    assert measure_text(read_measure("mg/24 t"), lang) == text  # type: ignore[arg-type]  # one of two


def test_the_names_of_a_drug_are_each_named_once() -> None:
    names = drug("morphine").names
    assert isinstance(names, tuple)
    assert len(names) == len(set(names))
    assert {"morfin", "morphine"} <= set(names)


@pytest.mark.parametrize(
    ("read", "text"),
    [
        pytest.param(read_concentration, "10 mg/mL sc", id="a strength"),
        pytest.param(read_concentration, "10 mg/", id="a strength in nothing"),
        pytest.param(read_volume, "5 mL x 2", id="a volume"),
        pytest.param(read_rate, "2 mL/t sc", id="a rate"),
        pytest.param(read_minutes, "20 min x 2", id="a time"),
        pytest.param(read_minutes, "20 mL", id="a time in millilitres"),
        pytest.param(read_minutes, "min", id="a word where a number is expected"),
        pytest.param(read_volume, "mL", id="no number"),
        pytest.param(read_volume, "5", id="no unit"),
    ],
)
def test_nothing_is_left_unread(read: Callable[[str], Decimal], text: str) -> None:
    with pytest.raises(DoseError, match="is not a"):
        read(text)


@pytest.mark.parametrize(
    "read", [read_concentration, read_volume, read_rate, read_minutes], ids=lambda one: one.__name__
)
def test_what_was_typed_is_said_without_the_spaces_around_it(
    read: Callable[[str], Decimal],
) -> None:
    with pytest.raises(DoseError, match="“ja” is not a"):
        read("  ja ")


def test_an_hour_limit_may_be_in_micrograms() -> None:
    assert read_hour_limit("500 µg/t") == Decimal("0.5")


@pytest.mark.parametrize("text", [" Haloperidol ", "HALOPERIDOL", "haloperidol"])
def test_a_drug_is_read_in_any_letters(text: str) -> None:
    assert read_drug(text) == "haloperidol"


@pytest.mark.parametrize("text", ["  haloperidul ", "Mrofin"])
def test_a_slip_of_the_pen_in_a_drug_is_told_as_it_was_typed(text: str) -> None:
    with pytest.raises(DoseError, match=f"^“{text.strip()}” is not a drug .* Did you mean "):
        read_drug(text)


def test_a_word_like_no_drug_is_told_as_it_was_typed() -> None:
    with pytest.raises(DoseError, match=r"^“Xyzzy” is not a drug .* generic name"):
        read_drug(" Xyzzy ")


def test_products_of_a_drug_can_be_counted() -> None:
    assert len(products_of("morphine")) >= 1
    assert products_of("none") == ()
