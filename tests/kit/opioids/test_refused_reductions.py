"""Reductions that do not fit, and drugs that are locked: why, and what would do instead."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.kit.opioids.conftest import row

from pallkit.doses import Route, read_dose, read_preparation
from pallkit.errors import ConversionError
from pallkit.i18n import Words
from pallkit.opioids import (
    Conversion,
    Direction,
    Range,
    RatioSet,
    Refusal,
    Row,
    convert,
    read_reduction,
    reduction_rule,
    reduction_rules,
)
from pallkit.opioids.reductions import ReductionRule
from pallkit.opioids.rows import Band


def refusal(table: RatioSet, doses: str, to: str, reduce: str | None = None) -> Refusal:
    answer = convert(
        [read_dose(text) for text in doses.split(" + ")],
        read_preparation(to),
        table,
        None if reduce is None else read_reduction(reduce),
    )
    assert isinstance(answer, Refusal), answer
    return answer


def covering(*changes: str) -> str:
    return ", ".join(rule.id for rule in reduction_rules() if set(changes) <= set(rule.covers))


def test_a_rule_for_drugs_says_so_at_a_change_of_route_and_names_the_rules_that_do(
    table: RatioSet,
) -> None:
    found = refusal(table, "morfin po 120 mg/d", "morfin sc", "helsedirektoratet")
    assert "does not cover a change of route" in str(found.message)
    assert str(found.remedy) == f"Use a rule that does: {covering('route')}."
    assert covering("route") == "nord-norge-2024, fast-fact-36"


def test_a_rule_for_routes_says_so_at_a_change_of_drug(table: RatioSet) -> None:
    found = refusal(table, "morfin po 120 mg/d", "oksykodon po", "fast-fact-36")
    assert "does not cover a change of drug" in str(found.message)
    assert str(found.remedy) == f"Use a rule that does: {covering('drug')}."


def test_where_both_change_the_rule_must_cover_both(table: RatioSet) -> None:
    doses = "morfin po 120 mg/d + oksykodon po 10 mg/d"
    found = refusal(table, doses, "morfin sc", "helsedirektoratet")
    assert str(found.remedy) == "Use a rule that does: nord-norge-2024."
    assert refusal(table, doses, "morfin sc", "25%").code == "reduction_needs_rule"


def test_a_rule_by_the_total_says_that_the_set_cannot_give_it(table: RatioSet) -> None:
    doses = "morfin po 60 mg/d + morfin sc 5 mg/d"
    found = refusal(table, doses, "morfin sc", "nord-norge-2024")
    assert "depends on the total in oral morphine" in str(found.message)
    assert str(found.remedy).startswith("Choose a ratio set that counts all the doses")
    done = convert(
        [read_dose(text) for text in doses.split(" + ")],
        read_preparation("morfin sc"),
        table,
        reduction_rule("fast-fact-36"),
    )
    assert isinstance(done, Conversion)  # a quarter off, whatever the total
    assert done.target == Range.exactly(Decimal("16.25"))


def test_the_fixed_start_of_a_patch_says_where_it_comes_from(table: RatioSet) -> None:
    found = refusal(table, "morfin po 60 mg/d", "buprenorfin td", "50%")
    assert "always to start at 5 µg/h" in str(found.message)
    assert str(found.remedy).startswith("Leave the reduction out to see the equivalent")


def test_only_the_patch_has_a_fixed_start_not_the_drug(table: RatioSet) -> None:
    rows = (row("buprenorphine", Route.SUBLINGUAL, Direction.BOTH, "50"),)
    done = convert(
        [read_dose("morfin po 100 mg/d")],
        read_preparation("buprenorfin sl"),
        replace(table, rows=rows),
        Decimal("0.5"),
    )
    assert isinstance(done, Conversion)
    assert done.target == Range.exactly(Decimal(1))
    assert done.warnings == ()


def methadone(low: str, high: str | None) -> Row:
    ends = Band(Decimal(low), None if high is None else Decimal(high))
    return row("methadone", Route.ORAL, Direction.FROM_ORAL_MORPHINE_ONLY, "5", band=ends)


@pytest.fixture
def with_methadone(table: RatioSet) -> RatioSet:
    counted = row("methadone", Route.ORAL, Direction.TO_ORAL_MORPHINE, "4")
    rows = (*table.rows[:4], methadone("30", "89"), methadone("90", "299"), counted)
    return replace(table, rows=rows)


@pytest.mark.parametrize("dose", ["morfin po 30 mg/d", "morfin po 90 mg/d", "morfin po 299 mg/d"])
def test_inside_any_band_methadone_is_only_locked(with_methadone: RatioSet, dose: str) -> None:
    assert "outside or between" not in str(refusal(with_methadone, dose, "metadon po").message)


@pytest.mark.parametrize("dose", ["morfin po 29 mg/d", "morfin po 89,5 mg/d", "morfin po 300 mg/d"])
def test_outside_every_band_methadone_is_locked_and_outside(
    with_methadone: RatioSet, dose: str
) -> None:
    said = str(refusal(with_methadone, dose, "metadon po").message)
    assert said.startswith("Locked: methadone.")
    assert said.endswith("prints: 30–89, 90–299.")


@pytest.mark.parametrize(
    "dose", [pytest.param("alfentanil sc 1 mg/d", id="not counted"), "morfin po 29 mg/d"]
)
def test_where_no_band_can_be_looked_up_methadone_is_only_locked(
    table: RatioSet, dose: str
) -> None:
    unbanded = replace(table, rows=(row("methadone", Route.ORAL, Direction.BOTH, "4"),))
    banded = replace(table, rows=(methadone("30", "89"),))
    tables = (unbanded, banded) if "alfentanil" in dose else (unbanded,)
    for one in tables:
        found = refusal(one, dose, "metadon po")
        assert found.code == "locked"
        assert "outside or between" not in str(found.message)
        assert "specialist" in str(found.remedy)


def invented_rule(**more: object) -> ReductionRule:
    known = reduction_rule("nord-norge-2024")
    return replace(known, title=Words("a", "a", "a"), **more)  # type: ignore[arg-type]  # the fields are the test's


@pytest.mark.parametrize(
    ("total", "taken"),
    [
        pytest.param(("100", "150", "199"), ("0.2", None, "0.3"), id="all below"),
        pytest.param(("199", "200", "201"), ("0.2", "0.5", "0.5"), id="over the limit"),
        pytest.param(("100", "150", "200"), ("0.2", None, "0.5"), id="the high end at the limit"),
        pytest.param(("200", None, "300"), ("0.5", None, "0.5"), id="no point in the total"),
    ],
)
def test_each_end_of_a_total_takes_its_own_band(
    total: tuple[str, str | None, str], taken: tuple[str, str | None, str]
) -> None:
    given, expected = (
        Range(Decimal(low), None if point is None else Decimal(point), Decimal(high))
        for low, point, high in (total, taken)
    )
    assert reduction_rule("nord-norge-2024").taken_off(given) == expected


def test_a_rule_with_one_band_needs_no_total() -> None:
    one = invented_rule(bands=reduction_rule("umem-2018").bands)
    assert not one.needs_total
    assert one.taken_off(None) == one.taken_off(Range.exactly(Decimal(1000)))
    assert reduction_rule("nord-norge-2024").needs_total


@pytest.mark.parametrize(
    ("written", "fraction"),
    [("25%", "0.25"), ("25 %", "0.25"), (" 0,25 ", "0.25"), ("0", "0"), ("99,9 %", "0.999")],
)
def test_reads_a_fraction_and_a_percentage(written: str, fraction: str) -> None:
    assert read_reduction(written) == Decimal(fraction)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        pytest.param("50", "lacks its sign. Write 50 % if that is meant", id="no sign"),
        pytest.param("1", "lacks its sign", id="all of it, or one percent"),
        pytest.param("100 %", "something must be left", id="all of it"),
        pytest.param(
            "nord-norge", r"Write a percentage .* or a rule: nord-norge-2024\.", id="near"
        ),
        pytest.param("qwrtz", "or a rule: helsedirektoratet, nord-norge-2024, ", id="unlike all"),
    ],
)
def test_says_what_a_reduction_is(written: str, why: str) -> None:
    with pytest.raises(ConversionError, match=why):
        read_reduction(written)
