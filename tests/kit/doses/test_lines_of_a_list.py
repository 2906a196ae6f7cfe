"""One line of a medicine list: fixed or as needed, how many were given, and how it is told."""

from __future__ import annotations

import pytest

from pallkit.doses import RegimenLine, Use, daily_doses, read_dose, read_line, read_regimen
from pallkit.errors import DoseError
from pallkit.i18n import render


@pytest.mark.parametrize(
    ("dose", "use", "given", "why"),
    [
        pytest.param("morfin po 10 mg x 2", "as_needed", 0, "written as one dose", id="x 2"),
        pytest.param("morfin po 10 mg/d", "as_needed", 0, "written as one dose", id="a day"),
        pytest.param("morfin po 10 mg", "as_needed", -1, "never below 0", id="below 0"),
        pytest.param("morfin po 10 mg x 2", "fixed", 1, "Only doses as needed", id="fixed, given"),
        pytest.param("morfin po 10 mg x 2", "fixed", -1, "Only doses as needed", id="fixed, -1"),
    ],
)
def test_a_line_that_makes_no_sense_cannot_be_made(
    dose: str, use: Use, given: int, why: str
) -> None:
    with pytest.raises(DoseError, match=why):
        RegimenLine(read_dose(dose), use, given)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("morfin po 30 mg x 2", "morphine po 30 mg x 2"),
        (
            "morfin po 10 mg ved behov",
            "morphine po 10 mg as needed, given 0 times in the last 24 h",
        ),
        ("morfin po 10 mg behov gitt én gang", "morphine po 10 mg as needed, given once in the"),
        ("morfin po 10 mg prn given 1 time", "morphine po 10 mg as needed, given once in the"),
        ("morfin po 10 mg v/b, gitt 2 ganger", "morphine po 10 mg as needed, given 2 times in"),
        ("morfin po 10 mg ved behov, gjeve 48 gonger", "morphine po 10 mg as needed, given 48"),
    ],
)
def test_a_line_is_told_as_it_was_read(text: str, told: str) -> None:
    assert render(read_line(text).message, "en").startswith(told)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param(
            " morfin po 10 mg gitt 3 ganger ",
            "“morfin po 10 mg gitt 3 ganger” says how",
            id="not as needed",
        ),
        pytest.param("morfin po 10 mg ved behov, gitt 49 ganger", "More than 48 doses", id="49"),
        pytest.param("morfin po 10 mg ved behov gitt 3 ganger gitt 2 ganger", "gitt", id="twice"),
        pytest.param("morfin po 10 mg ved behov gitt mange ganger", "gitt", id="many"),
        pytest.param("morfin po 10 mg ved behov gitt 2,5 ganger", "whole number", id="half"),
    ],
)
def test_a_line_that_says_too_much_or_too_little_is_not_read(text: str, why: str) -> None:
    with pytest.raises(DoseError, match=why):
        read_line(text)


def test_a_list_skips_empty_lines_and_keeps_the_order() -> None:
    lines = read_regimen(" morfin po 30 mg x 2 ;; \n\n morfin po 10 mg ved behov gitt 2 ganger\n ")
    assert [line.use for line in lines] == ["fixed", "as_needed"]
    assert [str(dose.daily().amount) for dose in daily_doses(lines)] == ["60", "20"]
    assert read_regimen(" \n ; ") == ()


def test_a_dose_as_needed_that_nobody_took_adds_nothing() -> None:
    line = read_line("morfin po 10 mg ved behov")
    assert line.daily() is None
    assert daily_doses([line]) == ()


def test_a_fixed_line_has_no_word_of_need() -> None:
    line = read_line("morfin po 30 mg x 2")
    assert render(line.message, "en") == "morphine po 30 mg x 2"
