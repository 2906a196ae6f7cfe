"""The amount of a dose word by word: what is read, where its limits are, and why not."""

from __future__ import annotations

import pytest

from pallkit.doses import dose_text, read_dose, read_quantity
from pallkit.doses.grammar import MOST_TIMES, read_amount
from pallkit.errors import DoseError

TIMES = "whole number from 1 to 48"
CHANGE = "How often a patch is changed could not be read"
TWICE = "says twice how often or for how long"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        pytest.param("morfin po 20 mg x 48", "morphine po 20 mg x 48", id="the most often"),
        pytest.param("morfin po 20 mg x 1", "morphine po 20 mg x 1", id="the least often"),
        pytest.param("morfin po 20 mg hver 24. time", "morphine po 20 mg x 1", id="once a day"),
        pytest.param("morfin po 20 mg hver 1. time", "morphine po 20 mg x 24", id="each hour"),
        pytest.param("morfin po 20 mg hver 8 time", "morphine po 20 mg x 3", id="no full stop"),
        pytest.param("morfin po 20 mg once daily", "morphine po 20 mg x 1", id="once"),
        pytest.param(
            "morfin po 20 mg x 2 ganger daglig", "morphine po 20 mg x 2", id="x and times"
        ),
        pytest.param(
            "morfin po 20 mg i 24 timer", "morphine po 20 mg/24 h", id="24 hours in words"
        ),
        pytest.param("morfin po 20 mg daglig", "morphine po 20 mg/24 h", id="daily"),
        pytest.param("20 mg/24 t morfin po", "morphine po 20 mg/24 h", id="the drug after 24 h"),
        pytest.param("20 mg/t morfin sc", "morphine sc 20 mg/h", id="the drug after the hour"),
        pytest.param("20 mg per dose morfin po", "morphine po 20 mg", id="the drug after a dose"),
        pytest.param("20 mg daglig morfin po", "morphine po 20 mg/24 h", id="the drug after daily"),
        pytest.param("morfin po daglig 20 mg", None, id="daily before its amount"),
        pytest.param("morfin sc 10 mg/mL 0,5 mL/t", "morphine sc 5 mg/h", id="a rate by volume"),
        pytest.param(
            "morfin po 2 mg/mL depot 5 mL", "morphine po 2 mg/mL 5 mL", id="a form between"
        ),
        pytest.param(
            "10 dråper 20 mg/mL 20 dråper/mL morfin po",
            "morphine po 20 mg/mL 10 drops 20 drops/mL",
            id="drops first, the drug last",
        ),
        pytest.param(
            "fentanyl td 25 µg/t skiftes hver 336. time",
            "fentanyl patch 25 µg/h changed every 336 h",
            id="the longest change",
        ),
        pytest.param(
            "fentanyl td 25 µg/t skiftes hver 1. time",
            "fentanyl patch 25 µg/h changed every 1 h",
            id="the shortest change",
        ),
        pytest.param(
            "fentanyl td 25 µg/t skiftes hver 14. dag",
            "fentanyl patch 25 µg/h changed every 336 h",
            id="a change in days",
        ),
        pytest.param(
            "fentanyl td skiftes hver 72. time 25 µg/t", None, id="a change before the amount"
        ),
    ],
)
def test_reads_the_amount_and_how_often(text: str, read: str | None) -> None:
    if read is None:
        with pytest.raises(DoseError):
            read_dose(text)
    else:
        assert dose_text(read_dose(text), "en") == read


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("morfin po 20 mg x 49", TIMES, id="too often"),
        pytest.param("morfin po 20 mg x 0", TIMES, id="never"),
        pytest.param("morfin po 20 mg x 1,5", TIMES, id="one and a half times"),
        pytest.param("morfin po 20 mg x", TIMES, id="a number is missing"),
        pytest.param("morfin po 20 mg x mg", TIMES, id="a word for a number"),
        pytest.param("morfin po 20 mg 49 ganger", TIMES, id="too often in words"),
        pytest.param("morfin po 20 mg hver time", TIMES, id="every hour, with no number"),
        pytest.param("morfin po 20 mg hver 5. time", "divide 24 hours", id="five does not go"),
        pytest.param("morfin po 20 mg hver 8. dag", "divide 24 hours", id="every eighth day"),
        pytest.param("morfin po 20 mg x 8.", "is not a number", id="an ordinal for a count"),
        pytest.param("morfin po 20 mg daglig daglig", TWICE, id="daily twice"),
        pytest.param("morfin po 20 mg/t daglig", TWICE, id="by the hour and by the day"),
        pytest.param("morfin po 20 mg daglig x 1", TWICE, id="daily and once"),
        pytest.param("morfin po 20 mg x 2 per time", TWICE, id="twice, by the hour"),
        pytest.param("morfin po 20 mg x 2 twice", TWICE, id="twice twice"),
        pytest.param("morfin po 20 mg /", "“/” in .* could not be read", id="per what"),
        pytest.param("morfin po 20 mg/24", "“/” in .* could not be read", id="24 what"),
        pytest.param("morfin po 20 mg/24 dager", "“/” in .* could not be read", id="24 days"),
        pytest.param("morfin po 20 mg/12 t", "“/” in .* could not be read", id="12 hours"),
        pytest.param("morfin po 20 mg 2", "“2” in .* could not be read", id="a number too many"),
        pytest.param("morfin po 20 mg x 2 i", "“i” could not be read", id="a word left over"),
        pytest.param("morfin po 20 g", "“g” is not a unit", id="grams"),
        pytest.param("morfin po 20 /d", "The unit is missing", id="a sign for a unit"),
        pytest.param("morfin po 20", "The unit is missing", id="nothing for a unit"),
        pytest.param("/ 20 mg morfin po", "The amount is missing", id="a sign first"),
        pytest.param("morfin po", "The amount is missing in “morfin po”", id="no amount"),
        pytest.param("  ", "Nothing is written", id="spaces"),
        pytest.param("fentanyl td 25 µg/t skiftes 72 t", CHANGE, id="changed, not how often"),
        pytest.param("fentanyl td 25 µg/t skiftes hver time", CHANGE, id="changed every what"),
        pytest.param("fentanyl td 25 µg/t skiftes hver 72. uke", CHANGE, id="changed in weeks"),
        pytest.param("fentanyl td 25 µg/t skiftes hver 3. uke", CHANGE, id="every third week"),
        pytest.param("fentanyl td 25 µg/t skiftes hver 3.", CHANGE, id="every third what"),
        pytest.param("fentanyl td 25 µg/t skiftes hver 72.", CHANGE, id="changed every 72 what"),
        pytest.param("fentanyl td 25 µg/t skiftes hver 0,5 time", CHANGE, id="changed too often"),
        pytest.param("fentanyl td 25 µg/t skiftes hver 1,5 time", CHANGE, id="half an hour over"),
        pytest.param("fentanyl td 25 µg/t skiftes hver 337. time", CHANGE, id="changed too late"),
        pytest.param("fentanyl td 25 µg/t skiftes hver 15. dag", CHANGE, id="too late, in days"),
        pytest.param(
            "fentanyl td 25 µg/t skiftes hver 72. time skiftes hver 48. time", CHANGE, id="two"
        ),
    ],
)
def test_says_which_word_could_not_be_read(text: str, why: str) -> None:
    with pytest.raises(DoseError, match=why):
        read_dose(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("morfin po 2 mg/mL 5 mL/mL x 4", "“mL/mL” in", id="a volume by volume"),
        pytest.param("morfin po 2 mg per mL 5 mL per mL", "“mL/mL” in", id="in words"),
        pytest.param("morfin po 2 mg/mL og 5 mL", "“og” could not be read", id="a word between"),
        pytest.param("morfin po 2 mg/mL x 5 mL", "how much of it is given", id="times between"),
        pytest.param("morfin po 2 mg/mL per 5 mL", "how much of it is given", id="per between"),
        pytest.param("morfin po 2 mg/mL hver 5 mL", "how much of it is given", id="every between"),
        pytest.param(
            "fentanyl td 2 mg/mL skiftes 5 mL", "how much of it is given", id="changed between"
        ),
        pytest.param("morfin po 2 mg/mL depot x 4", "how much of it is given", id="no volume"),
        pytest.param("morfin po 2 mg/mL 20 dråper/mL", "how much of it is given", id="no drops"),
        pytest.param(
            "morfin po 20 mg/mL 10 dråper 10 dråper 20 dråper/mL", "two ways", id="drops twice"
        ),
        pytest.param(
            "morfin po 20 mg/mL 10 dråper 20 dråper/mL 15 dråper/mL", "two ways", id="a mL twice"
        ),
        pytest.param(
            "morfin po 20 mg/mL 10 dråper 0 dråper/mL", "How many drops make a mL", id="no drops"
        ),
        pytest.param("morfin po 2 mg/dL 5 mL", "could not be read|not a unit", id="per decilitre"),
    ],
)
def test_says_what_is_wrong_with_a_volume(text: str, why: str) -> None:
    with pytest.raises(DoseError, match=why):
        read_dose(text)


def test_what_was_typed_is_repeated_without_the_spaces_around_it() -> None:
    with pytest.raises(DoseError, match="in “morfin po”"):
        read_amount("  morfin po  ")


@pytest.mark.parametrize(
    ("text", "amount", "code"),
    [
        ("20 mg x 2", "40", "mg/24 h"),
        ("2 mg/mL 5 mL x 2", "20", "mg/24 h"),
        ("2 mg/mL 5 mL", "10", "mg"),
        ("100 mikrogram per time", "100", "µg/h"),
        ("1 milligram pr døgn", "1", "mg/24 h"),
    ],
)
def test_an_amount_alone_is_read_the_same_way(text: str, amount: str, code: str) -> None:
    found = read_quantity(text)
    assert (str(found.amount), str(found.measure)) == (amount, code)


@pytest.mark.parametrize(
    ("text", "word"),
    [("morfin po 40 mg/d", "morfin po"), ("25 µg/t skiftes hver 72. time", "25 µg/t skiftes")],
)
def test_what_does_not_belong_to_an_amount_is_named(text: str, word: str) -> None:
    with pytest.raises(DoseError, match=f"“{word}.*” does not belong here"):
        read_quantity(text)


def test_the_most_times_a_day_is_every_half_hour() -> None:
    assert MOST_TIMES == 48
