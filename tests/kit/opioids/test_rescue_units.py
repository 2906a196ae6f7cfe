"""A rescue dose is in mg of something that can be given at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from pallkit.doses import read_dose, read_preparation
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
