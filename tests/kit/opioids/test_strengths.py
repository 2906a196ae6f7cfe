"""Rounding down to tablets, patches and ampoules that exist."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pallkit import content
from pallkit.doses import drugs, read_dose, read_preparation
from pallkit.i18n import render
from pallkit.opioids import (
    Conversion,
    convert,
    draw,
    products,
    ratio_set,
    read_reduction,
    reduction_rule,
    round_answer,
    round_down,
)
from pallkit.opioids.strengths import round_up


@pytest.mark.parametrize(
    ("of", "amount", "daily", "units"),
    [
        pytest.param("oksykodon po", "61", 60, [30], id="30 mg x 2"),
        pytest.param("oksykodon po", "60", 60, [30], id="what fits is kept"),
        pytest.param("oksykodon po", "99", 90, [40, 5], id="45 mg x 2 of two tablets"),
        pytest.param("oksykodon po", "10", 10, [5], id="the smallest"),
        pytest.param("fentanyl td", "36", 25, [25], id="below 37.5"),
        pytest.param("fentanyl td", "40", Decimal("37.5"), [25, 12], id="25 + the 12 that is 12.5"),
        pytest.param("fentanyl td", "13", Decimal("12.5"), [12], id="12 is 12.5"),
        pytest.param("buprenorfin td", "38", 35, [30, 5], id="two patches at most"),
        pytest.param("buprenorfin td", "90", 40, [20, 20], id="40 at most"),
    ],
)
def test_rounds_down_to_what_exists(of: str, amount: str, daily: Decimal, units: list[int]) -> None:
    rounded = round_down(Decimal(amount), read_preparation(of))
    assert rounded is not None
    assert rounded.daily == daily
    assert sum(rounded.units) == sum(units)
    assert len(rounded.units) == len(units)


@pytest.mark.parametrize(
    ("of", "amount"),
    [
        pytest.param("oksykodon po", "9.9", id="below the smallest twice a day"),
        pytest.param("fentanyl td", "12.4", id="below the smallest patch"),
        pytest.param("morfin po", "60", id="no strength was seen"),
        pytest.param("oksykodon sc", "60", id="nor for this route"),
    ],
)
def test_gives_none_where_nothing_fits_or_no_strength_was_seen(of: str, amount: str) -> None:
    assert round_down(Decimal(amount), read_preparation(of)) is None


def test_the_combination_is_a_step_with_its_source() -> None:
    rounded = round_down(Decimal("40"), read_preparation("fentanyl td"))
    assert rounded is not None
    assert render(rounded.step.text, "nb") == (
        "Rundet ned fra 40 til fentanyl plaster 37,5 µg/t: 25 + 12 µg/t"
    )
    assert rounded.step.source == "durogesic-spc"


@pytest.mark.parametrize(
    ("of", "amount", "volume", "ampoules"),
    [
        ("morfin sc", "23", "2.3", 3),
        ("morfin iv", "10", "1", 1),
        ("hydromorfon sc", "4", "0.08", 1),
    ],
)
def test_a_dose_is_drawn_from_ampoules(of: str, amount: str, volume: str, ampoules: int) -> None:
    [drawn] = draw(Decimal(amount), read_preparation(of))
    assert (drawn.volume, drawn.ampoules) == (Decimal(volume), ampoules)


def test_an_answer_is_rounded_only_after_a_reduction() -> None:
    table, to = ratio_set("nhs-ggc-2018"), read_preparation("oksykodon po")
    dose = [read_dose("morfin po 100 mg x 2")]
    before = convert(dose, to, table)
    after = convert(dose, to, table, reduction_rule("nhs-ggc-2018"))
    assert isinstance(before, Conversion)
    assert isinstance(after, Conversion)
    assert round_answer(before) is None
    rounded = round_answer(after)  # 66.7 becomes 30 mg x 2
    assert rounded is not None
    assert (rounded.daily, rounded.units) == (60, (30,))


def test_a_spread_with_no_point_is_rounded_from_its_low_end() -> None:
    done = convert(
        [read_dose("morfin po 120 mg/d")],
        read_preparation("oksykodon po"),
        ratio_set("fast-fact-36"),
        read_reduction("25%"),
    )
    assert isinstance(done, Conversion)
    assert done.target.point is None
    rounded = round_answer(done)
    assert rounded is not None
    assert rounded.daily == 60  # 80-120 less a quarter is 60-90


@given(
    amount=st.decimals("0.1", 500, places=1),
    of=st.sampled_from(["oksykodon po", "fentanyl td", "buprenorfin td"]),
)
def test_down_is_never_up(amount: Decimal, of: str) -> None:
    down, up = (way(amount, read_preparation(of)) for way in (round_down, round_up))
    assert down is None or 0 < down.daily <= amount
    assert up is None or up.daily >= amount


def test_every_product_is_a_known_drug_from_a_known_source() -> None:
    known = {source["id"] for source in content.table("sources")}
    for product in products():
        assert product.drug in drugs()
        assert product.source in known
        assert product.form != "ampoule" or product.volume
