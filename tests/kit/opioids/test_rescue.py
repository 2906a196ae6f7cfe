"""Rescue doses by a named rule."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from pallkit.doses import read_dose, read_preparation
from pallkit.errors import ConversionError
from pallkit.opioids import (
    Range,
    RatioSet,
    Refusal,
    ratio_set,
    rescue,
    rescue_for,
    rescue_rule,
    rescue_rules,
)


def test_one_sixth_of_the_day_with_its_source() -> None:
    rule = rescue_rule("one-sixth")
    done = rescue(Range.exactly(Decimal(60)), rule, of=read_preparation("morfin sc"))
    assert not isinstance(done, Refusal)
    assert done.range == Range.exactly(Decimal(10))
    assert str(done.measure) == "mg"
    assert done.receipt.to_text("nb") == (
        "1. morfin sc, en sjettedel av døgndosen: 60 mg/24 t ÷ 6 = 10 mg  [klb-2008]"
    )


@pytest.mark.parametrize(
    ("of", "code"), [("fentanyl iv", "no_rescue_rule"), ("metadon po", "locked")]
)
def test_the_rule_is_not_for_every_drug(
    refused: Callable[[object], str], of: str, code: str
) -> None:
    rule = rescue_rule("one-sixth")
    assert refused(rescue(Range.exactly(Decimal(60)), rule, of=read_preparation(of))) == code


def test_a_rule_that_does_not_exist_is_not_guessed() -> None:
    with pytest.raises(ConversionError, match="one-sixth"):
        rescue_rule("one-fifth")


@pytest.mark.parametrize(
    ("name", "low", "high", "ratio"),
    [
        ("one-sixth-to-one-tenth", 6, 10, "1/6–1/10"),
        ("ten-to-twenty-percent", 6, 12, "1/5–1/10"),
    ],
)
def test_a_rule_with_two_ends_gives_a_spread_and_no_point(
    name: str, low: int, high: int, ratio: str
) -> None:
    done = rescue(Range.exactly(Decimal(60)), rescue_rule(name), of=read_preparation("morfin po"))
    assert not isinstance(done, Refusal)
    assert done.range == Range(Decimal(low), None, Decimal(high))
    assert str(done.receipt.steps[0].ratio) == ratio


def test_every_rule_names_a_source() -> None:
    assert len(rescue_rules()) == 3
    assert all(rule.sources for rule in rescue_rules())


@pytest.mark.parametrize(
    ("patch", "mg"),
    [
        pytest.param("fentanyl td 25 µg/t", 10, id="25 × 0.024 × 100 ÷ 6"),
        pytest.param("fentanyl td 12 µg/t", 5, id="12 is 12.5"),
        pytest.param("fentanyl td 100 µg/t", 40, id="100 × 2.4 ÷ 6"),
    ],
)
def test_a_patch_has_its_rescue_dose_from_the_sets_own_equivalent(patch: str, mg: int) -> None:
    done = rescue_for(
        [read_dose(patch)],
        rescue_rule("one-sixth"),
        of=read_preparation("morfin po"),
        table=ratio_set("helsedirektoratet"),
    )
    assert not isinstance(done, Refusal)
    assert done.range.point == mg
    assert len(done.receipt.steps) > 2


def test_where_the_set_cannot_say_what_a_patch_is_worth_there_is_no_rescue_dose(
    table: RatioSet, refused: Callable[[object], str]
) -> None:
    rule, of = rescue_rule("one-sixth"), read_preparation("alfentanil sc")
    assert refused(rescue_for([read_dose("fentanyl td 25 µg/t")], rule, of=of, table=table)) == (
        "not_in_set"
    )
    own = read_preparation("fentanyl td")
    assert refused(rescue_for([read_dose("fentanyl td 25 µg/t")], rule, of=own, table=table)) == (
        "no_rescue_rule"
    )
