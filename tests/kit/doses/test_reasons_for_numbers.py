"""Why a number is refused: each slip is told apart, with what to write instead."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pallkit.doses import read_number, shown
from pallkit.errors import DoseError


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("1.000", "Write 1000 for thousands, or drop the last zeros", id="zeros"),
        pytest.param("2,120", "Write 2120 for thousands, or drop the last zeros", id="one zero"),
        pytest.param("1,125", "Write 1125 for thousands, or round", id="no zeros to drop"),
        pytest.param("999.125", "Write 999125 for thousands, or round", id="three digits first"),
        pytest.param("05", "may lack a zero or a comma", id="a lost comma"),
        pytest.param("00,5", "may lack a zero or a comma", id="a zero too many"),
        pytest.param("05,", "may lack a zero or a comma", id="a comma in the wrong place"),
        pytest.param(",5", "may lack a zero or a comma", id="a lost zero"),
        pytest.param(".5", "may lack a zero or a comma", id="a lost zero, with a point"),
        pytest.param("10 00", "does not group thousands", id="groups of two"),
        pytest.param("1\u00a000", "does not group thousands", id="a no-break space"),
        pytest.param("0 500", "does not group thousands", id="a group after nothing"),
        pytest.param("five", "is not a number", id="a word"),
        pytest.param("1234567890", "too many digits", id="ten whole digits"),
        pytest.param("1234567,891", "too many digits", id="ten digits with the decimals"),
        pytest.param("1 234 567 890", "too many digits", id="ten digits in groups"),
    ],
)
def test_says_which_slip_it_is(text: str, why: str) -> None:
    with pytest.raises(DoseError, match=why):
        read_number(text)


@pytest.mark.parametrize("text", ["123456789", "1234567,89", "0,12345678", "123 456 789"])
def test_reads_nine_digits_and_no_more(text: str) -> None:
    assert read_number(text) == Decimal(text.replace(",", ".").replace(" ", ""))


def test_space_around_a_number_is_no_part_of_it() -> None:
    assert read_number(" 2,5\u00a0") == Decimal("2.5")


@pytest.mark.parametrize(
    ("value", "read"),
    [
        pytest.param("1.99996", "2", id="no zeros after the comma"),
        pytest.param("1000.5", "1001", id="a half is rounded up from an even number"),
        pytest.param("12345.5", "12346", id="and from an odd one"),
        pytest.param("0", "0", id="nothing"),
        pytest.param("2.50", "2.5", id="what is short is shown without its zeros"),
    ],
)
def test_is_shown_in_no_more_signs_than_it_needs(value: str, read: str) -> None:
    assert f"{shown(Decimal(value)):f}" == read
