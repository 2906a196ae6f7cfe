"""Naming the mistake behind a wrong answer, on an invented table."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pallkit.doses import Quantity, RegimenLine, read_dose, read_preparation, read_quantity
from pallkit.errors import DoseError
from pallkit.i18n import LANGUAGES, render
from pallkit.opioids import (
    Question,
    RatioSet,
    diagnose,
    make_task,
    mistakes,
    ratio_set,
    read_reduction,
    reduction_rule,
)


def question(table: RatioSet, *lines: str, to: str = "", reduce: str = "") -> Question:
    """Doses; one that ends in « !3» is as needed and was given three times."""
    made = []
    for text in lines:
        dose, _mark, given = text.partition(" !")
        made.append(
            RegimenLine(read_dose(dose), "as_needed", int(given))
            if given
            else RegimenLine(read_dose(dose))
        )
    target = read_preparation(to) if to else None
    return Question(tuple(made), table, target, read_reduction(reduce) if reduce else None)


def code(asked: Question, written: str) -> str:
    found = diagnose(asked, read_quantity(written))
    return found.verdict if found.mistake is None else found.mistake.code


@pytest.fixture
def changed(table: RatioSet) -> Question:
    # (30 × 2 + 10 × 6) ÷ 2 = 60, less 20 % = 48
    return question(
        table, "morfin po 30 mg x 2", "morfin po 10 mg !6", to="oksykodon po", reduce="20%"
    )


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param("48 mg/d", "right", id="120 ÷ 2 × 0.8"),
        pytest.param("47 mg/d", "right", id="near enough"),
        pytest.param("48000 µg/d", "right", id="in another unit"),
        pytest.param("48 µg/d", "unit-slip", id="µg for mg"),
        pytest.param("48000 mg/d", "unit-slip", id="mg for µg"),
        pytest.param("60 mg/d", "forgot-reduction", id="120 ÷ 2"),
        pytest.param("24 mg/d", "cannot-tell", id="half: no as-needed, or the route's ratio"),
        pytest.param("192 mg/d", "inverse-ratio", id="120 × 2 × 0.8"),
        pytest.param("16 mg/d", "forgot-24-hours", id="(30 + 10) ÷ 2 × 0.8"),
        pytest.param("38 mg/d", "cannot-tell", id="nothing gives this"),
    ],
)
def test_names_the_mistake_by_making_it(changed: Question, written: str, expected: str) -> None:
    assert code(changed, written) == expected


def test_the_doses_as_needed_are_missed(table: RatioSet) -> None:
    asked = question(table, "morfin po 30 mg x 2", "morfin po 10 mg !1", to="oksykodon po")
    assert code(asked, "30 mg/d") == "forgot-as-needed"


def test_another_table_is_named() -> None:
    asked = question(ratio_set("klb-2008"), "morfin po 120 mg/d", to="morfin sc")
    found = diagnose(asked, read_quantity("60 mg/d"))  # both British tables halve
    assert found.mistake is not None
    assert (found.mistake.code, found.mistake.table) == ("wrong-set", None)
    counted = question(ratio_set("helsedirektoratet"), "fentanyl td 25 µg/t")
    told = diagnose(counted, read_quantity("75 mg/d")).mistake
    assert told is not None
    assert "oMEDD" in render(told.label, "nb")


def test_a_ratio_for_another_route_is_seen(table: RatioSet) -> None:
    asked = question(table, "morfin po 120 mg/d", to="oksykodon po")  # 60; sc would be 30
    assert code(asked, "30 mg/d") == "wrong-route"


def test_rounding_up_is_seen() -> None:
    rule = reduction_rule("nhs-ggc-2018")
    asked = replace(
        question(ratio_set("nhs-ggc-2018"), "morfin po 195 mg/d", to="oksykodon po"), reduction=rule
    )
    assert code(asked, "65 mg/d") == "right"  # 195 ÷ 2 less a third
    assert code(asked, "70 mg/d") == "rounded-up"  # 35 mg x 2, not 30 mg x 2


def test_a_question_without_an_answer_has_no_wrong_ones(table: RatioSet) -> None:
    refused = question(table, "morfin po 60 mg/d", to="alfentanil sc")
    assert mistakes(refused) == ()
    with pytest.raises(ValueError, match="refused"):
        diagnose(refused, read_quantity("1 mg/d"))


def test_one_dose_is_not_compared_with_a_day(changed: Question) -> None:
    with pytest.raises(DoseError, match="for one dose"):
        diagnose(changed, read_quantity("45 mg"))


@given(
    seed=st.integers(0, 200),
    level=st.sampled_from("ABC"),
    value=st.decimals("0.01", 9999, places=2),
)
def test_every_number_gets_a_verdict_in_every_language(
    seed: int, level: str, value: Decimal
) -> None:
    task = make_task(seed, level)  # type: ignore[arg-type]  # the letters are the levels
    measure = task.question.measure
    found = task.diagnose(Quantity(value, measure.unit, measure.per))
    assert (found.mistake is None) == (found.verdict != "mistake")
    for lang in LANGUAGES:
        assert render(found.message, lang)
