"""Changing doses to another preparation, on an invented table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from pallkit.doses import read_dose, read_preparation
from pallkit.errors import ConversionError
from pallkit.i18n import render
from pallkit.opioids import Conversion, Range, RatioSet, Refusal, convert, read_reduction

Code = Callable[[object], str]


def change(table: RatioSet, doses: str, to: str, reduce: str | None = None) -> Conversion | Refusal:
    reduction = None if reduce is None else read_reduction(reduce)
    return convert(
        [read_dose(text) for text in doses.split(" + ")], read_preparation(to), table, reduction
    )


def changed(table: RatioSet, doses: str, to: str, reduce: str | None = None) -> Conversion:
    done = change(table, doses, to, reduce)
    assert isinstance(done, Conversion), done
    return done


def spread(*parts: str | None) -> Range:
    low, point, high = parts if len(parts) == 3 else parts * 3
    assert low is not None
    assert high is not None
    return Range(Decimal(low), None if point is None else Decimal(point), Decimal(high))


@pytest.mark.parametrize(
    ("doses", "to", "reduce", "target"),
    [
        pytest.param("morfin po 60 mg/d", "oksykodon po", None, ("30",), id="60 ÷ 2"),
        pytest.param("oksykodon po 20 mg/d", "oksykodon sc", None, ("10",), id="20 × 2 ÷ 4"),
        pytest.param(
            "tramadol po 100 mg/d",
            "oksykodon po",
            None,
            ("20", "25", "40"),
            id="the spread goes on",
        ),
        pytest.param(
            "morfin po 40 mg/d", "tramadol po", None, ("50", "80", "100"), id="low is over high"
        ),
        pytest.param("morfin po 60 mg/d", "oksykodon po", "50%", ("15",), id="half off"),
        pytest.param("morfin po 60 mg/d", "oksykodon po", "25 %", ("22.5",), id="a quarter off"),
        pytest.param("morfin po 60 mg/d", "oksykodon po", "0,25", ("22.5",), id="as a fraction"),
        pytest.param("morfin po 60 mg/d", "oksykodon po", "0 %", ("30",), id="nothing off"),
        pytest.param("morfin po 60 mg/d", "fentanyl td", None, None, id="a patch in µg/h"),
        pytest.param("morfin po 10 mg/d", "diamorfin sc", None, ("3",), id="the printed pair"),
        pytest.param("oksykodon po 30 mg/d", "morfin po", None, ("60",), id="to oral morphine"),
        pytest.param("kodein po 100 mg/d", "morfin po", None, ("10",), id="which turns nothing"),
        pytest.param("morfin po 120 mg/d", "morfin sc", None, ("30",), id="one way, that way"),
        pytest.param("morfin po 40 mg/d", "hydromorfon po", None, ("8",), id="in a band"),
        pytest.param("morfin po 160 mg/d", "hydromorfon po", None, ("20",), id="in an open band"),
        pytest.param(
            "oksykodon po 10 mg x 2", "oksykodon po", None, ("20",), id="nothing to convert"
        ),
        pytest.param(
            "morfin po 60 mg/d + oksykodon po 10 mg/d",
            "oksykodon po",
            "50%",
            ("25",),
            id="what is kept is not reduced: 60 ÷ 2 × 0.5 + 10",
        ),
    ],
)
def test_goes_by_way_of_oral_morphine(
    table: RatioSet, doses: str, to: str, reduce: str | None, target: tuple[str, ...] | None
) -> None:
    expected = spread(*target) if target else spread(str(Decimal(500) / 24), "25", "31.25")
    done = changed(table, doses, to, reduce)
    assert done.target.point == expected.point
    assert abs(done.target.low - expected.low) < Decimal("1e-20")
    assert abs(done.target.high - expected.high) < Decimal("1e-20")


@pytest.mark.parametrize(
    ("doses", "to", "code"),
    [
        pytest.param("oksykodon po 10 mg/d", "kodein po", "one_way", id="only towards morphine"),
        pytest.param("morfin sc 10 mg/d", "morfin po", "one_way", id="only from morphine"),
        pytest.param("morfin po 10 mg/d", "alfentanil sc", "not_in_set", id="a target it lacks"),
        pytest.param("morfin po 10 mg/d", "tramadol iv", "not_in_set", id="a route it lacks"),
        pytest.param("morfin po 10 mg/d", "tapentadol po", "comparison_only", id="to a comparison"),
        pytest.param("tapentadol po 10 mg/d", "morfin po", "comparison_only", id="from one"),
        pytest.param("morfin po 10 mg/d", "petidin po", "survey_only", id="to a survey"),
        pytest.param("morfin po 10 mg/d", "ketobemidon po", "printed_rows_only", id="to a lookup"),
        pytest.param("morfin po 29 mg/d", "hydromorfon po", "outside_bands", id="below the bands"),
        pytest.param("morfin po 89,5 mg/d", "hydromorfon po", "outside_bands", id="in a gap"),
        pytest.param(
            "tramadol po 160 mg/d", "hydromorfon po", "outside_bands", id="a spread over an edge"
        ),
        pytest.param("morfin po 60 mg/d", "metadon po", "locked", id="to methadone"),
        pytest.param("metadon po 60 mg/d", "morfin po", "locked", id="from methadone"),
        pytest.param("metadon po 60 mg/d", "metadon po", "locked", id="methadone to itself"),
    ],
)
def test_refuses_what_the_set_does_not_support(
    table: RatioSet, refused: Code, doses: str, to: str, code: str
) -> None:
    assert refused(change(table, doses, to)) == code


def test_methadone_says_both_that_it_is_locked_and_that_the_dose_is_outside_the_bands(
    table: RatioSet,
) -> None:
    inside = change(table, "morfin po 60 mg/d", "metadon po")
    outside = change(table, "morfin po 29 mg/d", "metadon po")
    assert isinstance(inside, Refusal)
    assert isinstance(outside, Refusal)
    assert "outside or between" not in str(inside.message)
    assert "Locked" in str(outside.message)
    assert "29 mg oral morphine/24 h lies outside or between" in str(outside.message)


def test_a_reversible_set_says_in_the_receipt_who_decided_and_why(reversible: RatioSet) -> None:
    done = changed(reversible, "morfin po 30 mg/d", "kodein po")
    assert done.target == spread("300")
    texts = [render(step.text, "en") for step in done.receipt.steps]
    assert any(
        "read the other way, from oral morphine to codeine po: it says so" in t for t in texts
    )


def test_without_a_reduction_the_answer_says_it_is_not_a_start_dose(table: RatioSet) -> None:
    done = changed(table, "morfin po 60 mg/d", "oksykodon po")
    assert done.to_json("nb")["label"] == "før reduksjon, ikke en startdose"
    assert done.to_json("nn")["label"] == "før reduksjon, ikkje ein startdose"
    reduced = changed(table, "morfin po 60 mg/d", "oksykodon po", "50%")
    assert reduced.to_json("nb")["label"] == "etter 50 % reduksjon"
    assert reduced.equivalent == spread("30")


def test_a_percentage_is_not_taken_off_a_change_of_route(table: RatioSet, refused: Code) -> None:
    answer = change(table, "morfin po 120 mg/d", "morfin sc", "25%")
    assert refused(answer) == "reduction_needs_rule"
    assert isinstance(answer, Refusal)
    assert "nord-norge-2024" in str(answer.remedy)


@pytest.mark.parametrize(
    ("doses", "to", "rule", "code"),
    [
        ("morfin po 120 mg/d", "morfin sc", "helsedirektoratet", "rule_does_not_cover"),
        ("morfin po 120 mg/d", "oksykodon po", "fast-fact-36", "rule_does_not_cover"),
        ("oksykodon po 10 mg/d", "oksykodon po", "nord-norge-2024", "nothing_to_reduce"),
        ("oksykodon po 10 mg/d", "oksykodon po", "50%", "nothing_to_reduce"),
        ("morfin po 60 mg/d", "buprenorfin td", "50%", "fixed_start"),
        ("morfin po 60 mg/d + morfin sc 5 mg/d", "morfin sc", "nord-norge-2024", "no_total"),
    ],
)
def test_refuses_a_reduction_that_does_not_fit(
    table: RatioSet, doses: str, to: str, rule: str, code: str
) -> None:
    answer = change(table, doses, to, rule)
    assert isinstance(answer, Refusal)
    assert answer.code == code


@pytest.mark.parametrize(
    ("morphine", "target"),
    [
        pytest.param("100", ("35", None, "40"), id="low dose: 20-30 % off, no point"),
        pytest.param("199,5", ("69.825", None, "79.8"), id="just below 200"),
        pytest.param("200", ("50", "50", "50"), id="from 200: 50 % off"),
        pytest.param("400", ("100", "100", "100"), id="well above"),
    ],
)
def test_a_rule_may_depend_on_the_oral_morphine(
    table: RatioSet, morphine: str, target: tuple[str | None, ...]
) -> None:
    done = changed(table, f"morfin po {morphine} mg/d", "oksykodon po", "nord-norge-2024")
    assert done.target == spread(*target)


def test_a_rule_covers_a_change_of_route_when_it_says_so(table: RatioSet) -> None:
    done = changed(table, "morfin po 120 mg/d", "morfin sc", "nord-norge-2024")
    assert done.target == spread("21", None, "24")
    assert done.receipt.steps[-1].source == "nord-norge-omregning"


def test_a_spread_over_the_limit_of_a_rule_takes_both_sides(table: RatioSet) -> None:
    # 160-200-320 mg: the lowest may lose half, the highest at least a fifth.
    done = changed(table, "tramadol po 400 mg/d", "oksykodon po", "nord-norge-2024")
    assert done.target == spread("40", "50", "128")


def test_a_whole_interval_rule_gives_no_point(table: RatioSet) -> None:
    done = changed(table, "morfin po 60 mg/d", "oksykodon po", "helsedirektoratet")
    assert done.target == spread("15", None, "30")
    assert done.to_json("nb")["target"]["point"] is None


def test_the_start_of_a_buprenorphine_patch_is_never_chosen_by_ratio(table: RatioSet) -> None:
    done = changed(table, "morfin po 24 mg/d", "buprenorfin td")
    assert any("Always start buprenorphine patch at 5 µg/h" in str(w) for w in done.warnings)


def test_counts_no_total_where_a_kept_dose_cannot_be_counted(table: RatioSet) -> None:
    done = changed(table, "morfin po 60 mg/d + morfin sc 5 mg/d", "morfin sc")
    assert done.target == spread("20")
    assert done.to_json("nb")["oral_morphine"] == {"low": None, "point": None, "high": None}
    assert any("there is no total" in str(warning) for warning in done.warnings)


def test_a_copied_table_says_so(table: RatioSet) -> None:
    done = changed(replace(table, seen="copy"), "morfin po 60 mg/d", "morfin sc")
    assert "Lest fra kopi, ikke fra originalen" in done.to_json("nb")["warnings"][0]


def test_the_json_holds_numbers_and_a_unit_that_is_the_same_in_every_language(
    table: RatioSet,
) -> None:
    target = changed(table, "morfin po 50 mg/d", "diamorfin sc").to_json("nb")["target"]
    assert target == {"low": 15, "point": 15, "high": 15, "unit": "mg/24 h"} | {
        "text": "diamorfin sc 15 mg/24 t"
    }
    third = changed(table, "morfin po 10 mg/d", "fentanyl td").to_json("en")["target"]
    assert third["point"] == 4.166666667
    assert third["unit"] == "µg/h"


@pytest.mark.parametrize("value", ["-0.1", "1", "1.5", "NaN"])
def test_something_must_be_left_after_a_reduction(table: RatioSet, value: str) -> None:
    with pytest.raises(ConversionError, match="something must be left"):
        convert(
            [read_dose("morfin po 60 mg/d")],
            read_preparation("oksykodon po"),
            table,
            Decimal(value),
        )


@pytest.mark.parametrize("text", ["50", "1", "100%", "halv", ""])
def test_a_reduction_is_a_percentage_a_fraction_or_a_name(text: str) -> None:
    with pytest.raises(ConversionError):
        read_reduction(text)


def test_changes_nothing_only_when_asked_to(table: RatioSet) -> None:
    with pytest.raises(ConversionError, match="no dose to change"):
        convert([], read_preparation("morfin po"), table)
