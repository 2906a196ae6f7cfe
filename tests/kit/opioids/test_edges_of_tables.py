"""Where a table's bands and lines begin and end, and what is told where more gives less."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.kit.opioids.conftest import row

from pallkit.doses import Route
from pallkit.i18n import render
from pallkit.opioids import Direction, Range, Row
from pallkit.opioids.bands import edges, falls
from pallkit.opioids.rows import Band, Printed

ONE_WAY, LOOKUP = Direction.FROM_ORAL_MORPHINE_ONLY, Direction.LOOKUP_ONLY


def band(low: str, high: str | None, *ratio: str, way: Direction = ONE_WAY) -> Row:
    ends = Band(Decimal(low), None if high is None else Decimal(high))
    return row("oxycodone", Route.ORAL, way, *ratio, band=ends)


def line(dose: str, morphine: str) -> Row:
    return row("oxycodone", Route.ORAL, LOOKUP, printed=Printed(Decimal(dose), Decimal(morphine)))


def test_the_edges_of_bands_are_in_order_of_morphine_whatever_the_order_of_the_rows() -> None:
    found = edges([band("90", None, "3"), band("30", "60", "2")])
    assert [(edge.morphine, edge.amount) for edge in found] == [(30, 15), (60, 30), (90, 30)]


def test_a_fall_is_found_whatever_the_order_of_the_rows() -> None:
    up, down = band("30", "60", "2"), band("90", None, "4")
    assert falls([down, up]) == falls([up, down]) != ()


def test_two_answers_at_one_edge_are_an_overlap_and_not_a_fall() -> None:
    assert falls([band("30", "60", "2"), band("60", "90", "2.5")]) == ()


def test_the_middle_of_a_spread_decides_a_fall_and_its_high_end_where_there_is_no_middle() -> None:
    wide = band("30", "60", "2", "1", "4")  # 60 mg is 30 (15-60) mg
    assert edges([wide])[1].amount == 30
    no_middle = row("oxycodone", Route.ORAL, ONE_WAY, low=Decimal(1), high=Decimal(4))
    assert edges([replace(no_middle, band=Band(Decimal(30), Decimal(60)))])[1].amount == 60


def test_rows_that_answer_no_change_have_no_edges() -> None:
    survey = band("30", "60", "2", way=Direction.SURVEY_ONLY)
    unprinted = row("oxycodone", Route.ORAL, LOOKUP, "2")
    plain = row("oxycodone", Route.ORAL, Direction.BOTH, "2")
    assert edges([survey, unprinted, plain]) == []


def test_a_fall_is_told_in_numbers_that_can_be_read() -> None:
    [fall] = falls([band("1", "99.99999", "3"), band("133.33333", None, "7")])
    assert render(fall.message, "en") == (
        "More gives less here: 100 mg oral morphine/24 h is 33.3 mg/24 h, but 133 mg is 19 mg/24 h."
    )


@pytest.mark.parametrize(
    ("ends", "read"),
    [(("30", "89"), "30–89"), (("1000", None), "1000 og mer")],
)
def test_a_band_is_read_by_its_ends(ends: tuple[str, str | None], read: str) -> None:
    found = band(*ends, "2").band
    assert found is not None
    assert render(found.message, "nb") == read


@pytest.mark.parametrize(
    ("low", "high", "held"),
    [("30", "89", True), ("29.9", "89", False), ("30", "89.1", False), ("90", "90", False)],
)
def test_a_band_holds_only_what_lies_wholly_in_it(low: str, high: str, *, held: bool) -> None:
    ends = Band(Decimal(30), Decimal(89))
    assert ends.holds(Range(Decimal(low), None, Decimal(high))) is held
