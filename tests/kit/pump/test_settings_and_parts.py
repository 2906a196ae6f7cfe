"""What a pump may be set to, what a part of a mixture is, and a start with no rescue dose."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pallkit.doses import read_dose, read_preparation
from pallkit.errors import DoseError
from pallkit.opioids import CHOSEN, Refusal, ratio_set
from pallkit.pump import Part, PumpLimits, Start, read_part, start


def limits(**rates: str) -> PumpLimits:
    return PumpLimits(**{name: Decimal(rate) for name, rate in rates.items()})


@pytest.mark.parametrize("name", ["lowest", "highest", "step"])
@pytest.mark.parametrize("rate", ["0", "-1", "NaN"])
def test_each_limit_of_a_pump_is_above_0(name: str, rate: str) -> None:
    with pytest.raises(DoseError, match="A pump's limit must be a number above 0"):
        limits(**{name: rate})


@pytest.mark.parametrize(
    "rates",
    [
        {},
        {"lowest": "1"},
        {"highest": "1"},
        {"lowest": "1", "highest": "1"},
        {"lowest": "1", "highest": "2", "step": "0.1"},
    ],
)
def test_a_pump_may_have_any_of_the_limits(rates: dict[str, str]) -> None:
    made = limits(**rates)
    assert (made.lowest, made.highest, made.step) == tuple(
        None if name not in rates else Decimal(rates[name])
        for name in ("lowest", "highest", "step")
    )


def test_the_lowest_is_not_above_the_highest() -> None:
    with pytest.raises(DoseError, match="the other way round"):
        limits(lowest="1.1", highest="1")


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("1000001", "cannot be so small or so large"),
        ("0.0000009", "cannot be so small or so large"),
        ("-0.1", "must be a number above 0"),
    ],
)
def test_a_slip_of_the_comma_is_no_limit(value: str, why: str) -> None:
    with pytest.raises(DoseError, match=why):
        limits(lowest=value)
    assert limits(lowest="1000000").lowest == 1_000_000
    assert limits(lowest="0.000001").lowest == Decimal("0.000001")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("morfin 60 mg (10 mg/mL)", ("morphine", "60", "10")),
        ("60000 µg morfin (10 mg/mL)", ("morphine", "60", "10")),
        (" midazolam 10 mg ( 5 mg/mL ) ", ("midazolam", "10", "5")),
        ("morfin 10 mg/mL 6 mL (10 mg/mL)", ("morphine", "60", "10")),
    ],
)
def test_a_part_is_a_drug_its_mg_and_its_strength(text: str, part: tuple[str, str, str]) -> None:
    drug, amount, strength = part
    assert read_part(text) == Part(drug, Decimal(amount), Decimal(strength))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("morfin 60 mg (10 mg/mL", "lacks the strength"),
        ("morfin 60 mg 10 mg/mL)", "lacks the strength"),
        ("morfin 60 mg (10 mg/mL) mer", "lacks the strength"),
        ("morfin 10 mg x 6 (10 mg/mL)", "not how often"),
        ("morfin 60 mg skiftes hver 72. time (10 mg/mL)", "not how often"),
    ],
)
def test_a_part_says_nothing_more(text: str, why: str) -> None:
    with pytest.raises(DoseError, match=why):
        read_part(text)


def test_a_strength_is_the_products_that_has_it_and_else_chosen() -> None:
    made = {strength: Part("morphine", Decimal(10), Decimal(strength)) for strength in (10, 20, 15)}
    assert made[10].source == "medikamentskrin-helse-bergen"
    assert made[20].source == "helse-bergen-medikamentskrin"
    assert made[15].source == CHOSEN
    assert made[20].volume == Decimal("0.5")


def test_a_part_needs_a_known_drug_and_numbers_above_0() -> None:
    with pytest.raises(DoseError, match="The amount must be a number above 0"):
        Part("morphine", Decimal(0), Decimal(10))
    with pytest.raises(DoseError, match="The strength must be a number above 0"):
        Part("morphine", Decimal(10), Decimal(0))


def test_a_start_whose_drug_has_no_rescue_rule_is_a_start_without_one() -> None:
    done = start(
        [read_dose("fentanyl sc 1 mg/d")],
        read_preparation("fentanyl sc"),
        ratio_set("nhs-ggc-2018"),
    )
    assert isinstance(done, Start)
    assert isinstance(done.rescue, Refusal)
    assert done.to_json("en")["start"]["nurse_given_mg"] is None
    assert "rescue" not in done.receipt.to_text("en")
    assert "÷ 6" not in done.receipt.to_text("en")


def test_a_part_of_an_unknown_drug_cannot_be_made() -> None:
    with pytest.raises(KeyError):
        Part("acetylsalicylic", Decimal(10), Decimal(10))
