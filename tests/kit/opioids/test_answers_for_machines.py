"""Everything an answer carries for a page or a program, in the language that is asked for."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.kit.opioids.conftest import words

from pallkit.about import WATERMARK
from pallkit.doses import read_dose, read_preparation
from pallkit.i18n import Message, Words, render
from pallkit.opioids import (
    Conversion,
    Omeq,
    Range,
    RatioSet,
    Refusal,
    Step,
    convert,
    omeq,
    read_reduction,
)
from pallkit.opioids.results import json_number
from pallkit.opioids.standing import DRAFT
from pallkit.signing import Review

KEYS = {
    "doses",
    "oral_morphine",
    "target",
    "label",
    "steps",
    "warnings",
    "refusal",
    "ratio_set",
    "watermark",
}


@pytest.fixture
def warned(table: RatioSet) -> RatioSet:
    said = Words("Pass på.", "Pass på det.", "Take care.")
    return replace(table, rows=tuple(replace(row, warning=said) for row in table.rows))


def test_a_count_carries_its_doses_sum_steps_warnings_and_table(warned: RatioSet) -> None:
    done = omeq([read_dose("tramadol po 50 mg x 2")], warned)
    assert isinstance(done, Omeq)
    found = done.to_json("nn")
    assert found.keys() == KEYS
    assert found["doses"] == ["tramadol po 50 mg x 2"]
    assert found["oral_morphine"] == {"low": 40, "point": 50, "high": 80}
    assert found["steps"][1] == {
        "text": "tramadol po 100 mg/24 t × 0,5 (0,4–0,8) = 50 (40–80) mg oral morfin/24 t",
        "ratio": "0,5 (0,4–0,8)",
        "source": "invented-source",
    }
    assert found["warnings"] == ["Pass på det."]
    assert found["ratio_set"]["id"] == "invented"
    assert found["target"] is found["label"] is found["refusal"] is None
    assert found["watermark"] == render(WATERMARK, "nn")


def test_a_change_carries_the_same_and_its_answer(warned: RatioSet) -> None:
    doses = [read_dose("oksykodon po 10 mg x 2"), read_dose("oksykodon sc 5 mg/d")]
    done = convert(doses, read_preparation("oksykodon sc"), warned)
    assert isinstance(done, Conversion)
    found = done.to_json("en")
    assert found.keys() == KEYS
    assert found["doses"] == ["oxycodone po 10 mg x 2", "oxycodone sc 5 mg/24 h"]
    assert found["oral_morphine"] == {"low": 60, "point": 60, "high": 60}
    assert found["target"] == {
        "low": 15,
        "point": 15,
        "high": 15,
        "unit": "mg/24 h",
        "text": "oxycodone sc 15 mg/24 h",
    }
    assert found["label"] == "before reduction, not a start dose"
    assert [step["text"] for step in found["steps"]] == [
        "oxycodone po 10 mg x 2 = 20 mg/24 h",
        "oxycodone po 20 mg/24 h × 2 = 40 mg oral morphine/24 h",
        "40 mg oral morphine/24 h ÷ 4 = oxycodone sc 10 mg/24 h",
        "oxycodone sc 5 mg/24 h is oxycodone sc already and is not changed",
        "Sum: 15 mg/24 h",
    ]
    assert found["warnings"] == ["Take care."]
    assert found["ratio_set"]["title"] == "An invented table"
    assert done.equivalent == done.target


def test_a_reduced_change_says_how_and_by_whom(table: RatioSet) -> None:
    done = convert(
        [read_dose("tramadol po 100 mg/d")],
        read_preparation("oksykodon po"),
        table,
        read_reduction("nord-norge-2024"),
    )
    assert isinstance(done, Conversion)
    last = done.to_json("en")["steps"][-1]
    assert last["text"].startswith("25 (20–40) less 20–30 % = 14–32 mg/24 h (")
    assert last["ratio"] == "20–30 %"
    assert last["source"] == "nord-norge-omregning"
    assert done.taken_off == Range(Decimal("0.2"), None, Decimal("0.3"))


def test_a_chosen_percentage_is_told_as_chosen(table: RatioSet) -> None:
    done = convert(
        [read_dose("tramadol po 100 mg/d")],
        read_preparation("oksykodon po"),
        table,
        read_reduction("25%"),
    )
    assert isinstance(done, Conversion)
    assert done.receipt.to_text("en").splitlines()[-1] == (
        "3. 25 (20–40) less 25 % = 18.75 (15–30) mg/24 h  [chosen by you]"
    )
    assert "chosen" not in done.receipt.sources


def test_a_refusal_has_every_key_of_an_answer_and_says_why_and_what_to_do(table: RatioSet) -> None:
    refusal = omeq([read_dose("alfentanil sc 1 mg/d")], table)
    assert isinstance(refusal, Refusal)
    found = refusal.to_json("nb")
    assert found.keys() == KEYS
    assert found["refusal"]["code"] == "not_in_set"
    assert found["doses"] == found["steps"] == found["warnings"] == []
    assert refusal.to_text("nb").splitlines() == [
        found["refusal"]["message"],
        found["refusal"]["remedy"],
    ]


def test_a_set_tells_a_page_all_about_itself(table: RatioSet) -> None:
    found = replace(table, seen="copy", made_for="counting").to_json("en")
    assert found == {
        "id": "invented",
        "title": "An invented table",
        "publisher": "Nobody",
        "date": "2026",
        "address": "https://example.org",
        "seen": "copy",
        "mark": "read from a copy",
        "draft": str(DRAFT),
        "in_force": "yes",
        "made_for": "counting",
        "listed": "",
        "purpose": "testing",
        "not_for": "anything else",
        "rights": "free",
    }
    assert replace(table, purpose=words("other")).to_json("en")["listed"] == "yes"
    assert replace(table, superseded_by="newer").to_json("en")["in_force"] == ""
    signed = replace(table, reviewed=Review("Kari", "doctor", "2026-11-22", 1))
    assert signed.to_json("en")["draft"] == ""


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("30", 30),
        ("30.000", 30),
        ("0.125", 0.125),
        ("26.66666666666666", 26.66666667),
        ("39.99999999999999", 40),
    ],
)
def test_a_number_for_a_program_has_ten_digits_at_most(value: str, number: float) -> None:
    found = json_number(Decimal(value))
    assert found == number
    assert type(found) is type(number)


@pytest.mark.parametrize(
    ("msgid", "ratio", "points"),
    [
        ("{a} = {b}", "3", 2),
        ("{a} = {b}", None, 1),
        ("Sum: {total} mg", None, 1),
        ("only told", None, 0),
    ],
)
def test_a_step_is_worth_what_can_be_wrong_in_it(
    msgid: str, ratio: str | None, points: int
) -> None:
    text = Message(msgid, ())
    assert Step(text, None if ratio is None else Message(ratio, ()), "x").points == points
