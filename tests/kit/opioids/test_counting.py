"""Counting doses as oral morphine, on an invented table."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from pallkit.doses import read_dose
from pallkit.errors import ConversionError, DoseError
from pallkit.i18n import render
from pallkit.opioids import Omeq, Range, RatioSet, omeq

Code = Callable[[object], str]


def exactly(*parts: str) -> Range:
    low, point, high = map(Decimal, parts if len(parts) == 3 else parts * 3)
    return Range(low, point, high)


def count(table: RatioSet, *texts: str) -> Omeq:
    done = omeq([read_dose(text) for text in texts], table)
    assert isinstance(done, Omeq), done
    return done


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        pytest.param("tramadol po 100 mg/d", ("40", "50", "80"), id="100 × 0.5 (0.4-0.8)"),
        pytest.param("tramadol po 50 mg x 2", ("40", "50", "80"), id="50 × 2 first"),
        pytest.param("oksykodon po 10 mg/d", ("20",), id="10 × 2, no spread"),
        pytest.param("morfin po 60 mg/d", ("60",), id="oral morphine is 1 in every set"),
        pytest.param("diamorfin sc 6 mg/d", ("20",), id="the printed pair 3 = 10"),
        pytest.param("fentanyl td 25 µg/t", ("48", "60", "72"), id="25 × 0.024 × 100 (80-120)"),
        pytest.param("fentanyl td 12 µg/t", ("24", "30", "36"), id="12 on the box is 12.5"),
        pytest.param("buprenorfin td 12 µg/t", ("28.8",), id="only fentanyl's 12 is 12.5"),
        pytest.param("tapentadol po 100 mg/d", ("30",), id="a comparison factor counts"),
        pytest.param("morfin po 0 mg/d", ("0",), id="nothing stays nothing"),
    ],
)
def test_counts_a_dose(table: RatioSet, text: str, worth: tuple[str, ...]) -> None:
    assert count(table, text).oral_morphine == exactly(*worth)


def test_adds_doses_with_their_spread(table: RatioSet) -> None:
    done = count(table, "tramadol po 100 mg/d", "oksykodon po 10 mg x 2")
    assert done.oral_morphine == exactly("80", "90", "120")


def test_makes_up_no_point_where_the_source_has_only_a_range(table: RatioSet) -> None:
    done = count(table, "hydrokodon po 20 mg/d", "morfin po 10 mg/d")
    assert done.oral_morphine == Range(Decimal(30), None, Decimal(40))
    assert done.to_json("nb")["oral_morphine"] == {"low": 30, "point": None, "high": 40}


def test_shows_the_patch_that_says_12_as_a_step(table: RatioSet) -> None:
    steps = count(table, "fentanyl td 12 µg/t").receipt.steps
    assert render(steps[0].text, "nb") == "Et plaster med fentanyl merket 12 µg/t avgir 12,5 µg/t."
    assert steps[0].source == "durogesic-spc"
    assert "0,024 = 0,3 mg/24 t" in render(steps[1].text, "nb")


def test_the_receipt_can_be_followed_step_by_step(table: RatioSet) -> None:
    done = count(table, "tramadol po 50 mg x 2", "oksykodon po 10 mg/d")
    said = [
        line.removesuffix("  [invented-source]") for line in done.receipt.to_text("nb").split("\n")
    ]
    assert said == [
        "1. tramadol po 50 mg x 2 = 100 mg/24 t",
        "2. tramadol po 100 mg/24 t × 0,5 (0,4–0,8) = 50 (40–80) mg oral morfin/24 t",
        "3. oksykodon po 10 mg/24 t × 2 = 20 mg oral morfin/24 t",
        "4. Sum: 70 (60–100) mg oral morfin/24 t",
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("alfentanil sc 1 mg/d", "not_in_set", id="a drug the set lacks"),
        pytest.param("tramadol iv 100 mg/d", "not_in_set", id="a route the set lacks"),
        pytest.param("morfin sc 10 mg/d", "one_way", id="printed only from morphine"),
        pytest.param("petidin po 10 mg/d", "survey_only", id="a survey"),
        pytest.param("ketobemidon po 10 mg/d", "printed_rows_only", id="a lookup table"),
        pytest.param("metadon po 10 mg/d", "locked", id="methadone"),
    ],
)
def test_refuses_what_the_set_does_not_support(
    table: RatioSet, refused: Code, text: str, code: str
) -> None:
    assert refused(omeq([read_dose("morfin po 10 mg/d"), read_dose(text)], table)) == code


def test_a_refusal_gives_the_sources_reason(table: RatioSet) -> None:
    answer = omeq([read_dose("morfin sc 10 mg/d")], table)
    found = answer.to_json("en")
    assert "Because it is invented." in found["refusal"]["message"]
    assert found["oral_morphine"] is None
    assert found["target"] is None


def test_counts_nothing_only_when_asked_to(table: RatioSet) -> None:
    with pytest.raises(ConversionError, match="no dose to count"):
        omeq([], table)


def test_one_dose_without_how_often_is_not_counted(table: RatioSet) -> None:
    with pytest.raises(DoseError, match="how often"):
        omeq([read_dose("morfin po 10 mg")], table)
