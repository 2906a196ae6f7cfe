"""Identity numbers are told from others by their control digits. All numbers here are made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pallkit.identity_numbers import identity_number_in, is_identity_number


def made(nine: str, *, first: int = 0) -> str | None:
    """The two control digits worked out the long way; None where there are none."""
    one = (
        first - sum(int(d) * w for d, w in zip(nine, (3, 7, 6, 1, 8, 9, 4, 5, 2), strict=True))
    ) % 11
    if one == 10:
        return None
    ten = f"{nine}{one}"
    two = -sum(int(d) * w for d, w in zip(ten, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True)) % 11
    return None if two == 10 else f"{ten}{two}"


EXAMPLE = "311299567" + "15"  # the example of fnrinfo.no's own page on control digits


def test_the_sources_own_example_is_one() -> None:
    assert made("311299567") == EXAMPLE
    assert is_identity_number(EXAMPLE)


@pytest.mark.parametrize(
    "text",
    [
        EXAMPLE,
        "311299 56715",
        "31.12.99-56715",
        "311299 567 15",
        "e-post: 31129956715@sykehus.example",
        "x31129956715y",
        "３１１２９９５６７１５",
        "311299\u00ad56715",
        "00" + EXAMPLE,
    ],
)
def test_it_is_found_however_it_is_written(text: str) -> None:
    assert identity_number_in(text) == "identity_number"


@pytest.mark.parametrize("nine", ["711299567", "315299567", "319299567", "917299567"])
def test_numbers_for_foreigners_patients_and_tests_count_too(nine: str) -> None:
    number = made(nine) or made(nine[:-1] + "1") or made(nine[:-1] + "2")
    assert number is not None
    assert identity_number_in(number) == "identity_number"


@pytest.mark.parametrize("first", [1, 2, 3])
def test_the_control_digits_from_2032_are_read_beside_the_old(first: int) -> None:
    numbers = [made(f"0101320{n:02}", first=first) for n in range(20)]
    for number in filter(None, numbers):
        assert is_identity_number(number)


def test_a_zero_that_a_spreadsheet_dropped_hides_nothing() -> None:
    numbers = filter(None, (made(f"0203856{n:02}") for n in range(20)))
    assert all(identity_number_in(number[1:]) == "identity_number" for number in numbers)


def test_a_mistyped_one_is_still_about_a_person() -> None:
    assert identity_number_in("31129956716") == "mistyped"


@pytest.mark.parametrize(
    "text",
    ["", "Kari", "90000000", "+47 900 00 000", "99887766551", "2026-11-22 15:00", "00000000000"],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert identity_number_in(text) is None


@given(st.from_regex(r"[0-9]{9}", fullmatch=True), st.integers(1, 9), st.integers(0, 10))
def test_one_wrong_digit_never_keeps_the_control_digits(nine: str, by: int, place: int) -> None:
    number = made(nine)
    if number is None:
        return
    wrong = f"{number[:place]}{(int(number[place]) + by) % 10}{number[place + 1 :]}"
    old_rule = made(wrong[:9]) == wrong
    assert not old_rule


@given(st.text(max_size=60))
def test_no_text_stops_the_search(text: str) -> None:
    identity_number_in(text)
