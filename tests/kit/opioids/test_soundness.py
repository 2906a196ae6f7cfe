"""What is odd in a table: each flaw with its rows, its words, and whether it is a fault."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.kit.opioids.conftest import row, words

from pallkit.doses import Route
from pallkit.opioids import Direction, RatioSet, Row, flaws
from pallkit.opioids.ratio_sets import Reversible
from pallkit.opioids.rows import Band, Printed

BOTH, ONE_WAY, LOOKUP = (
    Direction.BOTH,
    Direction.FROM_ORAL_MORPHINE_ONLY,
    Direction.LOOKUP_ONLY,
)


def plain(*ratio: str, drug: str = "oxycodone", **more: object) -> Row:
    return row(drug, Route.ORAL, BOTH, *ratio, **more)


def band(low: str, high: str | None, ratio: str, drug: str = "hydromorphone") -> Row:
    ends = Band(Decimal(low), None if high is None else Decimal(high))
    return row(drug, Route.ORAL, ONE_WAY, ratio, band=ends)


def line(dose: str, morphine: str) -> Row:
    return row("oxycodone", Route.ORAL, LOOKUP, printed=Printed(Decimal(dose), Decimal(morphine)))


def pair(dose: str, morphine: str) -> Printed:
    return Printed(Decimal(dose), Decimal(morphine))


def found(table: RatioSet, *rows: Row) -> list[tuple[str, tuple[int, ...], bool]]:
    return [(flaw.code, flaw.rows, flaw.fault) for flaw in flaws(replace(table, rows=rows))]


def said(table: RatioSet, *rows: Row) -> list[str]:
    return [str(flaw.message) for flaw in flaws(replace(table, rows=rows))]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([], id="no row"),
        pytest.param([plain("2", "1.5", "3")], id="a ratio in its spread"),
        pytest.param([plain("1.5", printed=pair("10", "15"))], id="a pair that is its ratio"),
        pytest.param([line("30", "60"), line("50", "90")], id="two lines"),
        pytest.param([plain("2"), plain("2", drug="codeine")], id="two drugs"),
        pytest.param([band("30", None, "5")], id="one band"),
        pytest.param([plain("1.5", "1", "2", printed=pair("10", "15"))], id="a pair in a spread"),
        pytest.param([plain(low=Decimal(1), high=Decimal(2), printed=pair("10", "10"))], id="low"),
        pytest.param([plain(low=Decimal(1), high=Decimal(2), printed=pair("10", "20"))], id="high"),
    ],
)
def test_a_sound_table_has_no_flaw(table: RatioSet, rows: list[Row]) -> None:
    assert found(table, *rows) == []


@pytest.mark.parametrize(
    ("field", "value"), [("source", ""), ("source", " "), ("address", ""), ("address", "\t")]
)
def test_rows_need_a_source_and_its_address(table: RatioSet, field: str, value: str) -> None:
    bare = replace(table, **{field: value})  # type: ignore[arg-type]  # the field is the test's
    assert found(bare, plain("2")) == [("no-source", (), True)]


def test_a_pair_that_is_not_its_ratio_is_told_with_the_sum(table: RatioSet) -> None:
    rows = plain("2"), plain("1.5", drug="codeine", printed=pair("0.3333", "0.5"))
    assert found(table, *rows) == [("pair", (1,), False)]
    assert said(table, *rows) == [
        "codeine: the printed pair is 0.3333 = 0.5, but 0.3333 × 1.5 is 0.5."
    ]


@pytest.mark.parametrize("morphine", ["9.9", "20.1"])
def test_a_pair_outside_its_spread_is_a_fault(table: RatioSet, morphine: str) -> None:
    odd = plain(low=Decimal(1), high=Decimal(2), printed=pair("10", morphine))
    assert found(table, odd) == [("spread", (0,), True)]
    assert said(table, odd) == [
        f"oxycodone: the printed pair 10 = {morphine} lies outside the spread 1–2."
    ]


def test_between_two_bands_there_is_a_gap_to_look_at(table: RatioSet) -> None:
    rows = plain("2"), band("90", None, "5"), band("30", "89", "5")
    assert found(table, *rows) == [("gap", (1, 2), False)]
    assert said(table, *rows) == [
        "hydromorphone po: no band holds between 89 and 90 mg oral morphine/24 h."
    ]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param((band("30", "90", "5"), band("90", "200", "5")), id="the same edge in both"),
        pytest.param((band("30", "99", "5"), band("90", "200", "5")), id="into the next"),
        pytest.param((band("30", None, "5"), band("90", "200", "5")), id="no end"),
    ],
)
def test_two_bands_for_one_amount_are_a_fault(table: RatioSet, rows: tuple[Row, ...]) -> None:
    assert found(table, *rows) == [("overlap", (0, 1), True)]
    assert "hydromorphone po: the bands 30" in said(table, *rows)[0]
    assert "and 90–200 overlap" in said(table, *rows)[0]


def test_a_fall_is_told_with_its_drug_and_its_two_rows(table: RatioSet) -> None:
    rows = plain("2"), band("30", "89", "2"), band("90", None, "9")
    assert ("fall", (1, 2), False) in found(table, *rows)
    assert any(
        text.startswith("hydromorphone po: More gives less here: 89 mg")
        for text in said(table, *rows)
    )


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param((plain("2"), plain("3")), id="two ratios"),
        pytest.param((line("30", "60"), line("40", "60")), id="two lines for one amount"),
    ],
)
def test_two_rows_for_the_same_question_are_a_fault(table: RatioSet, rows: tuple[Row, ...]) -> None:
    assert found(table, *rows) == [("double", (0, 1), True)]
    assert said(table, *rows) == ["oxycodone po has two rows for the same question."]


def test_a_ratio_beside_a_band_answers_inside_it_too(table: RatioSet) -> None:
    rows = band("30", "89", "5", "oxycodone"), plain("4")
    assert found(table, *rows) == [("double", (0, 1), True)]


def test_a_ratio_for_each_way_is_two_questions_until_one_may_be_turned_round(
    table: RatioSet, reversible: RatioSet
) -> None:
    rows = (
        row("oxycodone", Route.ORAL, Direction.TO_ORAL_MORPHINE, "1.5"),
        row("oxycodone", Route.ORAL, ONE_WAY, "2"),
    )
    assert found(table, *rows) == []
    assert found(reversible, *rows) == [("double", (0, 1), True)]
    counting = rows[0], row("oxycodone", Route.ORAL, Direction.COMPARISON_ONLY, "2")
    assert found(table, *counting) == [("double", (0, 1), True)]


def test_flaws_come_in_the_order_of_the_rows_each_once(table: RatioSet) -> None:
    two_routes = replace(plain("2"), routes=(Route.ORAL, Route.SUBCUTANEOUS))
    rows = (
        band("30", "90", "5"),
        plain("1.5", drug="codeine", printed=pair("1", "2")),
        band("90", None, "5"),
        two_routes,
        two_routes,
    )
    assert [(code, at) for code, at, _ in found(table, *rows)] == [
        ("overlap", (0, 2)),
        ("pair", (1,)),
        ("double", (3, 4)),
        ("double", (3, 4)),
    ]


def any_way(way: Direction, ratio: str) -> Row:
    if way is Direction.SURVEY_ONLY:
        return row("oxycodone", Route.ORAL, way, low=Decimal(1), high=Decimal(ratio))
    return row("oxycodone", Route.ORAL, way, ratio)


@pytest.mark.parametrize(
    ("one", "other", "turned", "double"),
    [
        pytest.param(Direction.TO_ORAL_MORPHINE, ONE_WAY, False, False, id="one each way"),
        pytest.param(Direction.TO_ORAL_MORPHINE, ONE_WAY, True, True, id="one may be turned"),
        pytest.param(Direction.TO_ORAL_MORPHINE, BOTH, False, True, id="two that count"),
        pytest.param(ONE_WAY, BOTH, False, True, id="two that lead on"),
        pytest.param(Direction.SURVEY_ONLY, Direction.SURVEY_ONLY, False, True, id="two surveys"),
        pytest.param(Direction.SURVEY_ONLY, ONE_WAY, True, False, id="a survey is never used"),
        pytest.param(LOOKUP, LOOKUP, False, True, id="two lines with no print"),
    ],
)
def test_which_two_rows_answer_the_same_question(
    table: RatioSet, one: Direction, other: Direction, *, turned: bool, double: bool
) -> None:
    from_both = replace(table, reversible=Reversible("x", words("why"))) if turned else table
    first, second = any_way(one, "2"), any_way(other, "3")
    for rows in ((first, second), (second, first)):
        assert bool(found(from_both, *rows)) is double


def test_a_band_beside_a_ratio_is_found_in_either_order(table: RatioSet) -> None:
    inside = band("30", "89", "5", "oxycodone"), plain("4")
    for rows in (inside, inside[::-1]):
        assert found(table, *rows) == [("double", (0, 1), True)]


def test_the_flaws_of_a_table_are_a_value(table: RatioSet) -> None:
    assert len({flaws(table), flaws(table)}) == 1
