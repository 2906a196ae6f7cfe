"""A spread carried through sums: what it may be, and how it is read."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pallkit.i18n import render
from pallkit.opioids import Range


def spread(low: str, point: str | None, high: str) -> Range:
    return Range(Decimal(low), None if point is None else Decimal(point), Decimal(high))


@pytest.mark.parametrize(
    ("low", "point", "high"),
    [
        pytest.param("2", "1", "3", id="the point below"),
        pytest.param("1", "4", "3", id="the point above"),
        pytest.param("3", "3", "2", id="turned round"),
        pytest.param("3", None, "2", id="turned round, with no point"),
    ],
)
def test_the_point_lies_in_its_spread(low: str, point: str | None, high: str) -> None:
    with pytest.raises(ValueError, match="does not hold"):
        spread(low, point, high)


@pytest.mark.parametrize(
    ("value", "read"),
    [
        pytest.param(("60", "60", "60"), "60", id="no spread"),
        pytest.param(("52", "60", "80"), "60 (52–80)", id="a point in a spread"),
        pytest.param(("63", None, "72"), "63–72", id="no point"),
        pytest.param(("26.66666", "33.33333", "66.66666"), "33,3 (26,7–66,7)", id="rounded"),
        pytest.param(("26.66666", None, "66.66666"), "26,7–66,7", id="rounded, with no point"),
        pytest.param(("33.33333", "33.33333", "33.33333"), "33,3", id="rounded, no spread"),
    ],
)
def test_is_read_rounded_with_its_ends(value: tuple[str, str | None, str], read: str) -> None:
    assert render(spread(*value).message, "nb") == read


def test_a_product_and_a_quotient_take_low_and_high_from_the_ends_that_give_them() -> None:
    one, other = spread("2", "3", "6"), spread("1", "2", "4")
    assert one.times(other) == spread("2", "6", "24")
    assert one.over(other) == spread("0.5", "1.5", "6")
    assert one.scaled(Decimal("0.5")) == spread("1", "1.5", "3")
    assert one + other == spread("3", "5", "10")


@pytest.mark.parametrize("way", ["times", "over", "__add__"])
def test_no_middle_is_made_up_when_either_has_none(way: str) -> None:
    known, unknown = spread("2", "3", "6"), spread("1", None, "4")
    assert getattr(known, way)(unknown).point is None
    assert getattr(unknown, way)(known).point is None
