"""How a rounded dose is told, and which of several ways to make it is chosen."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pallkit.doses import read_dose, read_preparation
from pallkit.i18n import render
from pallkit.opioids import (
    Conversion,
    convert,
    draw,
    products,
    ratio_set,
    read_reduction,
    round_answer,
    round_down,
)
from pallkit.opioids.strengths import Product, round_up


@pytest.mark.parametrize(
    ("of", "amount", "told"),
    [
        pytest.param(
            "oksykodon po",
            "66.66666",
            "Rundet ned fra 66,7 til oksykodon po 60 mg/24 t: 30 mg, 2 ganger i døgnet",
            id="tablets twice a day, in mg and not mg/24 h",
        ),
        pytest.param(
            "fentanyl td",
            "30",
            "Rundet ned fra 30 til fentanyl plaster 25 µg/t: 25 µg/t",
            id="one patch",
        ),
        pytest.param(
            "buprenorfin td",
            "26",
            "Rundet ned fra 26 til buprenorfin plaster 25 µg/t: 20 + 5 µg/t",
            id="two patches, the larger first",
        ),
    ],
)
def test_the_step_tells_from_what_to_what_by_which_units(of: str, amount: str, told: str) -> None:
    rounded = round_down(Decimal(amount), read_preparation(of))
    assert rounded is not None
    assert render(rounded.step.text, "nb") == told
    assert rounded.step.ratio is None
    assert rounded.wanted == Decimal(amount)


@pytest.mark.parametrize(
    ("of", "amount", "daily", "units"),
    [
        pytest.param("oksykodon po", "61", 70, [30, 5], id="the smallest above, in two tablets"),
        pytest.param("oksykodon po", "60", 60, [30], id="what fits is kept, in one tablet"),
        pytest.param("fentanyl td", "13", 25, [25], id="one patch before two of 12.5"),
        pytest.param("buprenorfin td", "36", 40, [30, 10], id="two of those that exist"),
    ],
)
def test_rounds_up_to_the_nearest_above_in_the_fewest_units(
    of: str, amount: str, daily: int, units: list[int]
) -> None:
    rounded = round_up(Decimal(amount), read_preparation(of))
    assert rounded is not None
    assert (rounded.daily, list(rounded.units)) == (daily, units)


def test_no_more_than_four_units_at_once_make_a_dose() -> None:
    most = round_down(Decimal(10000), read_preparation("oksykodon po"))
    assert most is not None
    assert (most.daily, most.units) == (640, (80, 80, 80, 80))
    assert round_up(Decimal(641), read_preparation("oksykodon po")) is None


def test_a_print_that_means_another_rate_is_only_for_patches() -> None:
    patch = next(one for one in products() if one.drug == "fentanyl" and one.form == "patch")
    tablet: Product = replace(patch, form="tablet", unit="mg")
    assert patch.delivers(Decimal(12)) == Decimal("12.5")
    assert tablet.delivers(Decimal(12)) == 12
    assert patch.delivers(Decimal(25)) == 25


@pytest.mark.parametrize(
    ("of", "amount", "volume", "ampoules"),
    [
        pytest.param("hydromorfon sc", "100", "2", 2, id="two whole ampoules"),
        pytest.param("hydromorfon sc", "100.1", "2.002", 3, id="a trace of a third"),
    ],
)
def test_an_ampoule_is_opened_for_the_least_that_is_needed(
    of: str, amount: str, volume: str, ampoules: int
) -> None:
    drawn = draw(Decimal(amount), read_preparation(of))
    assert isinstance(drawn, tuple)
    assert [(one.volume, one.ampoules) for one in drawn] == [(Decimal(volume), ampoules)]


@pytest.mark.parametrize("of", ["oksykodon po", "fentanyl td"])
def test_nothing_is_drawn_from_tablets_or_patches(of: str) -> None:
    assert draw(Decimal(10), read_preparation(of)) == ()


def test_an_answer_with_a_point_is_rounded_from_its_point() -> None:
    done = convert(
        [read_dose("oksykodon po 30 mg x 2"), read_dose("tramadol po 100 mg x 2")],
        read_preparation("oksykodon po"),
        ratio_set("helsedirektoratet"),
        read_reduction("25%"),
    )
    assert isinstance(done, Conversion)
    assert done.target.point is not None
    assert done.target.low < done.target.point
    rounded = round_answer(done)
    from_low = round_down(done.target.low, done.to)
    assert rounded is not None
    assert from_low is not None
    assert from_low.daily < rounded.daily <= done.target.point
