"""A rescue dose is in mg of something that can be given at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from pallkit.doses import read_dose, read_preparation
from pallkit.errors import ConversionError
from pallkit.opioids import (
    Range,
    Refusal,
    Rescue,
    ratio_set,
    rescue,
    rescue_for,
    rescue_rule,
    rescue_rules,
)

Code = Callable[[object], str]
PATCHES = ["fentanyl td", "buprenorfin td"]


@pytest.mark.parametrize("of", PATCHES)
@pytest.mark.parametrize("rule", [rule.id for rule in rescue_rules()])
def test_a_patch_is_no_rescue_dose_and_its_rate_no_milligrams(
    refused: Code, of: str, rule: str
) -> None:
    answer = rescue(Range.exactly(Decimal(20)), rescue_rule(rule), of=read_preparation(of))
    assert refused(answer) == "no_rescue_rule"
    assert isinstance(answer, Refusal)
    assert "is not for" in str(answer.message)
    assert "another opioid" in str(answer.remedy)


@pytest.mark.parametrize("of", PATCHES)
def test_nor_is_a_patch_the_rescue_dose_to_a_patch(refused: Code, of: str) -> None:
    own = read_preparation(of)
    for rule in rescue_rules():
        answer = rescue_for(
            [read_dose(f"{of} 20 µg/t")], rule, of=own, table=ratio_set("helsedirektoratet")
        )
        assert refused(answer) == "no_rescue_rule"


def test_the_two_ends_of_a_rule_may_be_printed_either_way_round() -> None:
    rule = rescue_rule("one-sixth-to-one-tenth")
    turned = replace(rule, divide_by=rule.to or Decimal(0), to=rule.divide_by)
    assert rule.divisor == turned.divisor == Range(Decimal(6), None, Decimal(10))


def test_the_step_names_the_rule_the_parts_and_the_source() -> None:
    done = rescue(
        Range.exactly(Decimal(60)),
        rescue_rule("one-sixth-to-one-tenth"),
        of=read_preparation("morfin po"),
    )
    assert isinstance(done, Rescue)
    assert done.receipt.to_text("en") == (
        "1. morphine po, one sixth to one tenth of the 24-hour dose: 60 mg/24 h ÷ 6–10 = 6–10 mg  "
        "[medicines-learning-portal-2024]"
    )
    assert str(done.receipt.steps[0].ratio) == "1/6–1/10"


def one_sixth(of: str, *doses: str) -> Rescue:
    done = rescue_for(
        [read_dose(text) for text in doses],
        rescue_rule("one-sixth"),
        of=read_preparation(of),
        table=ratio_set("klb-2008"),
    )
    assert isinstance(done, Rescue), done
    return done


@pytest.mark.parametrize(
    ("of", "doses", "mg", "steps"),
    [
        pytest.param("morfin sc", ["morfin sc 60 mg/d"], 10, 1, id="the day as it is written"),
        pytest.param("morfin sc", ["morfin sc 30 mg x 2"], 10, 2, id="the day added up first"),
        pytest.param(
            "morfin sc", ["morfin sc 40 mg/d", "morfin sc 10 mg x 2"], 10, 2, id="two of the same"
        ),
        pytest.param("oksykodon po", ["oksykodon po 60 mg/d"], 10, 1, id="a drug the set lacks"),
    ],
)
def test_doses_of_the_drug_itself_are_only_summed(
    of: str, doses: list[str], mg: int, steps: int
) -> None:
    done = one_sixth(of, *doses)
    assert done.range == Range.exactly(Decimal(mg))
    assert len(done.receipt.steps) == steps


def test_the_sum_is_told_dose_by_dose() -> None:
    done = one_sixth("morfin sc", "morfin sc 41,66666 mg/d", "morfin sc 10 mg x 2")
    assert str(done.receipt.steps[0].text) == (
        "In 24 hours: morphine sc 41.7 mg/24 h + morphine sc 10 mg x 2 = 61.7 mg"
    )


def test_another_drug_among_them_goes_by_the_set() -> None:
    done = one_sixth("morfin sc", "morfin po 90 mg/d", "morfin sc 30 mg/d")
    assert done.range == Range.exactly(Decimal(10))  # (90 ÷ 3 + 30) ÷ 6
    assert any("÷ 3" in str(step.text) for step in done.receipt.steps)


def test_no_dose_is_no_rescue_dose() -> None:
    with pytest.raises(ConversionError):
        rescue_for(
            [],
            rescue_rule("one-sixth"),
            of=read_preparation("morfin sc"),
            table=ratio_set("klb-2008"),
        )


def test_a_rule_with_one_part_shows_one_part() -> None:
    assert str(one_sixth("morfin sc", "morfin sc 60 mg/d").receipt.steps[-1].ratio) == "1/6"


def test_a_drug_that_the_rule_is_not_for_is_refused_by_way_of_a_set_too(refused: Code) -> None:
    answer = rescue_for(
        [read_dose("morfin po 60 mg/d")],
        rescue_rule("one-sixth"),
        of=read_preparation("fentanyl td"),
        table=ratio_set("helsedirektoratet"),
    )
    assert refused(answer) == "no_rescue_rule"
