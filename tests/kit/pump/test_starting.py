"""From mouth to pump by a named set: the clinical notes' sums, by 2:1 and by 3:1."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from pallkit.doses import Dose, read_dose, read_preparation
from pallkit.opioids import RatioSet, Refusal, Rescue, ratio_set
from pallkit.pump import Start, side_by_side, side_by_side_json, start

SC = read_preparation("morfin sc")
KLB = "klb-2008"


def near(found: Decimal | None, printed: str) -> bool:
    return found is not None and found.quantize(Decimal(printed)) == Decimal(printed)


def worked(doses: list[Dose], table: RatioSet) -> Start:
    done = start(doses, SC, table)
    assert isinstance(done, Start), done
    return done


@pytest.mark.parametrize(
    ("doses", "british", "norwegian"),
    [
        pytest.param(["morfin po 120 mg/d"], "60", "40", id="120 ÷ 2, 120 ÷ 3"),
        pytest.param(["morfin po 40 mg x 2"], "40.0", "26.7", id="80 ÷ 2, 80 ÷ 3"),
        pytest.param(
            ["morfin po 60 mg x 2", "morfin po 20 mg x 2"],
            "80.0",
            "53.3",
            id="(60 × 2 + 2 × 20) ÷ 2, ÷ 3",
        ),
    ],
)
def test_the_set_decides_what_goes_under_the_skin(
    two_to_one: RatioSet, doses: list[str], british: str, norwegian: str
) -> None:
    taken = [read_dose(text) for text in doses]
    for table, expected in ((two_to_one, british), (ratio_set(KLB), norwegian)):
        assert near(worked(taken, table).conversion.target.point, expected)


@pytest.mark.parametrize(
    ("by_two", "expected"),
    [
        pytest.param(True, "3.33", id="80 ÷ 24"),
        pytest.param(False, "2.22", id="53.3 ÷ 24"),
    ],
)
def test_goes_on_to_the_hour(two_to_one: RatioSet, *, by_two: bool, expected: str) -> None:
    table = two_to_one if by_two else ratio_set(KLB)
    taken = [read_dose("morfin po 60 mg x 2"), read_dose("morfin po 20 mg").given(2)]
    assert near(worked(taken, table).per_hour.point, expected)


def test_shows_the_nurses_rescue_dose_and_does_not_round_it_up(two_to_one: RatioSet) -> None:
    taken = [read_dose("morfin po 40 mg x 2")]
    for table, expected in ((two_to_one, "6.7"), (ratio_set(KLB), "4.4")):
        single = worked(taken, table).rescue
        assert isinstance(single, Rescue)
        assert near(single.range.point, expected)


def test_puts_sets_side_by_side_each_with_its_name_or_its_refusal(two_to_one: RatioSet) -> None:
    tables = [two_to_one, ratio_set(KLB), ratio_set("helsedirektoratet")]
    answers = side_by_side([read_dose("morfin po 120 mg/d")], SC, tables)
    found = side_by_side_json(answers, "nb")
    assert [one["ratio_set"]["id"] for one in found] == [table.id for table in tables]
    assert [one["start"] and one["start"]["mg_per_24h"]["point"] for one in found] == [60, 40, None]
    assert found[2]["refusal"]["code"] == "not_in_set"


def test_the_receipt_goes_all_the_way_from_mouth_to_hour(two_to_one: RatioSet) -> None:
    text = worked([read_dose("morfin po 120 mg/d")], two_to_one).receipt.to_text("nb")
    assert "120 mg oral morfin/24 t ÷ 2 = morfin sc 60 mg/24 t" in text
    assert "60 mg/24 t ÷ 24 t = 2,5 mg/t" in text
    assert "60 mg/24 t ÷ 6 = 10 mg" in text


def test_a_pump_under_the_skin_is_asked_for(
    two_to_one: RatioSet, refused: Callable[[object], str]
) -> None:
    answer = start([read_dose("morfin po 120 mg/d")], read_preparation("morfin iv"), two_to_one)
    assert isinstance(answer, Refusal)
    assert refused(answer) == "not_subcutaneous"
