"""Rescue doses by a named rule."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from pallkit.doses import read_preparation
from pallkit.errors import ConversionError
from pallkit.opioids import Range, Refusal, rescue, rescue_rule


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
