"""A number means what its preparation and its row say: a patch's print, a pair, a third."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.kit.opioids.conftest import row

from pallkit.doses import Route, read_dose, read_preparation
from pallkit.opioids import (
    Conversion,
    Direction,
    Omeq,
    Range,
    RatioSet,
    convert,
    omeq,
    ratio_set,
    read_reduction,
)


def counted(table: RatioSet, *doses: str) -> Omeq:
    done = omeq([read_dose(text) for text in doses], table)
    assert isinstance(done, Omeq), done
    return done


@pytest.mark.parametrize("route", [Route.SUBCUTANEOUS, Route.INTRAVENOUS])
def test_12_is_12_and_a_half_on_a_patch_only(table: RatioSet, route: Route) -> None:
    injected = replace(table, rows=(row("fentanyl", route, Direction.BOTH, "100"),))
    dose = f"fentanyl {'sc' if route is Route.SUBCUTANEOUS else 'iv'} 12 mg/d"
    assert counted(injected, dose).oral_morphine == Range.exactly(Decimal(1200))


def test_a_printed_pair_is_shown_as_a_pair(table: RatioSet) -> None:
    [step] = counted(table, "diamorfin sc 6 mg/d").receipt.steps
    assert str(step.text) == "diamorphine sc 6 mg/24 h × 10 ÷ 3 = 20 mg oral morphine/24 h"
    assert str(step.ratio) == "3 = 10 mg"


def test_a_third_is_told_in_three_digits() -> None:
    done = convert(
        [read_dose("morfin po 100 mg x 2")],
        read_preparation("oksykodon po"),
        ratio_set("nhs-ggc-2018"),
        read_reduction("nhs-ggc-2018"),
    )
    assert isinstance(done, Conversion)
    assert "less 33.3 % = 66.7 mg/24 h" in str(done.receipt.steps[-1].text)
    assert str(done.receipt.steps[-1].ratio) == "33.3 %"
    assert str(done.label) == "after a reduction of 33.3 %"


def test_the_same_count_twice_is_one_answer(table: RatioSet) -> None:
    doses = ("tramadol po 100 mg/d", "oksykodon po 10 mg x 2")
    found = {counted(table, *doses), counted(table, *doses)}
    assert len(found) == 1


def test_the_same_change_twice_is_one_answer(table: RatioSet) -> None:
    doses = [read_dose("morfin po 60 mg/d"), read_dose("oksykodon po 10 mg/d")]
    for given in (doses, doses[1:]):
        found = {convert(given, read_preparation("oksykodon po"), table) for _ in range(2)}
        assert len(found) == 1


def test_a_warning_of_two_doses_is_given_once_and_in_order(table: RatioSet) -> None:
    copied = replace(table, seen="copy", superseded_by="newer")
    done = counted(copied, "tramadol po 100 mg/d", "oksykodon po 10 mg x 2")
    assert [str(warning)[:12] for warning in done.warnings] == ["Read from a ", "“An invented"]
