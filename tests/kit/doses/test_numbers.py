"""Reading amounts without guessing, and rounding only to show."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from pallkit.doses import read_number, shown
from pallkit.errors import DoseError
from pallkit.i18n import LANGUAGES, render


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("20", "20", id="whole"),
        pytest.param("2,5", "2.5", id="decimal comma"),
        pytest.param("2.5", "2.5", id="decimal point"),
        pytest.param("0,125", "0.125", id="three decimals after a zero have one reading"),
        pytest.param("0", "0", id="nothing"),
        pytest.param("1000", "1000", id="a thousand in one piece"),
        pytest.param("1 000", "1000", id="a space groups thousands"),
        pytest.param("1\u00a0000", "1000", id="a no-break space too"),
        pytest.param("1\u2009000", "1000", id="a thin space too"),
        pytest.param("1\u202f000", "1000", id="a narrow no-break space too"),
        pytest.param("12 500,5", "12500.5", id="grouped, with a decimal"),
        pytest.param("1000,125", "1000.125", id="four digits before three decimals: one reading"),
    ],
)
def test_reads_a_number_as_written(text: str, value: str) -> None:
    assert read_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["1.000", "1,000", "12.500", "999,125"])
def test_refuses_a_number_with_two_readings(text: str) -> None:
    with pytest.raises(DoseError, match="can be read in two ways"):
        read_number(text)


def test_says_in_norwegian_what_to_write_instead() -> None:
    with pytest.raises(DoseError) as caught:
        read_number("1.000")
    message = caught.value.message
    assert "Skriv 1000 hvis du mener tusener" in render(message, "nb")
    assert "Skriv 1000 om du meiner tusen" in render(message, "nn")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("NaN", id="not a number"),
        pytest.param("inf", id="infinity"),
        pytest.param("Infinity", id="infinity spelled out"),
        pytest.param("-5", id="negative"),
        pytest.param("−5", id="unicode minus"),
        pytest.param("+5", id="a sign"),
        pytest.param("1e3", id="exponent"),
        pytest.param("1_000", id="Python's grouping"),
        pytest.param("10 00", id="a space that does not group thousands"),
        pytest.param("1 00", id="a slip with the space bar"),
        pytest.param("1.000,5", id="two signs"),
        pytest.param("5,", id="nothing after the comma"),
        pytest.param(",5", id="nothing before the comma"),
        pytest.param("05", id="a lost comma, perhaps"),
        pytest.param("٣", id="another script's digit"),
        pytest.param("５", id="a full-width digit"),
        pytest.param("½", id="a fraction sign"),
        pytest.param("1234567890", id="more digits than any dose has"),
        pytest.param("", id="nothing"),
    ],
)
def test_refuses_what_is_not_a_plain_number(text: str) -> None:
    with pytest.raises(DoseError):
        read_number(text)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("26.66666", "26.7", id="three digits"),
        pytest.param("133.3333", "133", id="no decimal beyond a hundred"),
        pytest.param("12345.67", "12346", id="whole digits are never dropped"),
        pytest.param("29.97", "29.97", id="four digits are shown as they are"),
        pytest.param("0.000123456", "0.000123", id="small, but not 0"),
        pytest.param("40.000000000000000002", "40", id="a trace of division is not shown"),
        pytest.param("0", "0", id="nothing is nothing"),
    ],
)
def test_rounds_for_reading(value: str, expected: str) -> None:
    assert shown(Decimal(value)) == Decimal(expected)


@given(st.decimals(min_value="1e-12", max_value="1e9", allow_nan=False, allow_infinity=False))
def test_never_shows_a_dose_above_0_as_0(value: Decimal) -> None:
    assert shown(value) > 0
    assert abs(shown(value) - value) <= value / 100


@given(st.text(max_size=30))
def test_any_text_gives_a_number_or_a_dose_error(text: str) -> None:
    try:
        value = read_number(text)
    except DoseError as error:
        said = [render(error.message, lang) for lang in LANGUAGES]
        event(said[-1][-40:])
    else:
        assert value.is_finite()
        assert value >= 0
