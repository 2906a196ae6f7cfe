"""A pump and a mixture from the first line of the receipt to the last figure of the JSON."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from pallkit.doses import read_dose, read_preparation
from pallkit.i18n import render
from pallkit.opioids import RatioSet, Refusal, ratio_set
from pallkit.pump import Mixture, Program, Start, mix, read_part, side_by_side, start
from pallkit.pump.units import hours, minutes, written_down

Work = Callable[..., Program]


def receipt(done: Program | Mixture | Start) -> list[str]:
    return [line.partition(". ")[2] for line in done.receipt.to_text("en").splitlines()]


def test_a_pump_with_a_button_step_by_step(worked: Work) -> None:
    done = worked("morfin sc 6 mg/t", bolus=("2", "20", "9"))
    assert receipt(done) == [
        "morphine sc 6 mg/h = 144 mg/24 h  [chosen by you]",
        "144 mg/24 h ÷ 24 h = 6 mg/h  [fast-fact-36]",
        "6 mg/h ÷ 10 mg/mL = 0.6 mL/h  [worked out]",
        "In 24 hours: 0.6 mL/h × 24 h = 14.4 mL  [worked out]",
        "Bolus: 2 mg ÷ 10 mg/mL = 0.2 mL  [worked out]",
        (
            "Lock-out 20 min: at most 3 boluses in any 60 minutes (60 ÷ 20 min, rounded up)  "
            "[worked out]"
        ),
        "Most in any 60 minutes: 6 mg + 2 mg × 3 = 12 mg  [worked out]",
        "Long-run mean: 6 mg/h + 2 mg × 60 ÷ 20 min = 12 mg/h  [worked out]",
        (
            "The hour limit of 9 mg caps it: most in any 60 minutes 9 mg, long-run mean 9 mg/h  "
            "[chosen by you]"
        ),
        "Reservoir: 100 mL ÷ 0.6 mL/h = 167 h (6.9 days)  [worked out]",
        "Reservoir with every bolus taken: 100 mL ÷ 0.9 mL/h = 111 h (4.6 days)  [worked out]",
        (
            "How long it keeps: not known. No product is named, and it is the product's text that "
            "says.  [no source seen]"
        ),
    ]


def test_a_pump_without_a_button_has_no_word_of_one(worked: Work) -> None:
    done = worked("morfin sc 60 mg/d")
    assert receipt(done)[:2] == [
        "60 mg/24 h ÷ 24 h = 2.5 mg/h  [fast-fact-36]",
        "2.5 mg/h ÷ 10 mg/mL = 0.25 mL/h  [worked out]",
    ]
    assert not any("olus" in line or "Lock-out" in line for line in receipt(done))
    figures = done.to_json("en")["program"]
    assert figures["bolus"] is None
    assert figures["reservoir"]["shortest_hours"] is None
    assert figures["reservoir"]["shortest_text"] is None


def test_a_limit_that_is_never_reached_is_told_as_such(worked: Work) -> None:
    done = worked(bolus=("2", "20", "12"))
    assert "The hour limit of 12 mg is never reached.  [chosen by you]" in receipt(done)


def test_every_figure_of_a_pump_has_its_unit_in_its_key(worked: Work) -> None:
    found = worked("morfin sc 6 mg/t", bolus=("2", "20", "9")).to_json("nb")
    assert found["mixture"] is found["start"] is found["refusal"] is None
    assert found["program"] == {
        "dose": "morfin sc 6 mg/t",
        "mg_per_24h": 144,
        "mg_per_h": 6,
        "mg_per_ml": 10,
        "ml_per_h": 0.6,
        "ml_per_24h": 14.4,
        "bolus": {
            "mg": 2,
            "ml": 0.2,
            "lockout_min": 20,
            "most_in_60_min": 3,
            "hour_limit_mg": 9,
            "most_mg_in_60_min": 9,
            "mean_mg_per_h": 9,
            "capped": True,
        },
        "reservoir": {
            "ml": 100,
            "hours": 166.6666667,
            "hours_text": "167 t (6,9 døgn)",
            "shortest_hours": 111.1111111,
            "shortest_text": "111 t (4,6 døgn)",
            "keeps": found["program"]["reservoir"]["keeps"],
        },
    }
    assert found["program"]["reservoir"]["keeps"] == {
        "known": False,
        "hours": None,
        "text": "ikke kjent",
        "says": found["program"]["reservoir"]["keeps"]["says"],
        "source": "no_source",
    }
    unlimited = worked("morfin sc 6 mg/t", bolus=("2", "25")).to_json("nb")["program"]["bolus"]
    assert unlimited["hour_limit_mg"] is None
    assert (unlimited["most_mg_in_60_min"], unlimited["mean_mg_per_h"]) == (12, 10.8)
    assert unlimited["capped"] is False


def test_how_long_it_keeps_is_a_figure_with_its_source_where_it_is_known(worked: Work) -> None:
    found = worked("hydromorfon sc 120 mg/d", strength="50", product="hydofon")
    keeps = found.to_json("en")["program"]["reservoir"]["keeps"]
    assert (keeps["known"], keeps["hours"], keeps["text"]) == (True, 48, "48 h (2 days)")
    assert keeps["source"] == found.life.keeping.source != "no_source"
    assert receipt(found)[-1].startswith("How long it keeps: 48 h (2 days). ")


def mixture(*parts: str, volume: str = "20", **more: object) -> Mixture:
    done = mix([read_part(part) for part in parts], reservoir=Decimal(volume), **more)  # type: ignore[arg-type]  # a test's shorthand
    assert isinstance(done, Mixture), done
    return done


TWO = ("morfin 60 mg (10 mg/mL)", "midazolam 10 mg (5 mg/mL)")


def test_a_mixture_step_by_step() -> None:
    done = mixture(*TWO, diluent="sodium-chloride-9", hours=Decimal(24))
    assert receipt(done)[:7] == [
        "morphine: 60 mg ÷ 10 mg/mL = 6 mL  [medikamentskrin-helse-bergen]",
        "midazolam: 10 mg ÷ 5 mg/mL = 2 mL  [spc-midazolam-panpharma]",
        "The drugs together: 6 + 2 = 8 mL  [worked out]",
        "Fill up: 20 mL − 8 mL = 12 mL (sodium chloride 9 mg/mL)  [worked out]",
        "morphine in the reservoir: 60 mg ÷ 20 mL = 3 mg/mL  [worked out]",
        "midazolam in the reservoir: 10 mg ÷ 20 mL = 0.5 mg/mL  [worked out]",
        "20 mL ÷ 24 h = 0.833 mL/h  [worked out]",
    ]
    assert [line[:20] for line in receipt(done)[7:]] == [
        "Mixing: may be mixed",
        "Mixing: not known. N",
        "Mixing: not known. N",
    ]


def test_one_drug_alone_is_neither_added_up_nor_mixed() -> None:
    done = mixture(TWO[0])
    assert receipt(done) == [
        "morphine: 60 mg ÷ 10 mg/mL = 6 mL  [medikamentskrin-helse-bergen]",
        "Fill up: 20 mL − 6 mL = 14 mL (diluent, not chosen yet)  [worked out]",
        "morphine in the reservoir: 60 mg ÷ 20 mL = 3 mg/mL  [worked out]",
    ]
    found = done.to_json("en")["mixture"]
    assert found["ml_per_h"] is found["mixing"] is None
    assert found["diluting"] == []
    assert done.notes == ()


def test_every_figure_of_a_mixture_has_its_unit_in_its_key() -> None:
    answer = mixture(*TWO, diluent="sodium-chloride-9", hours=Decimal(24)).to_json("nb")
    assert answer["program"] is answer["start"] is answer["refusal"] is None
    found = answer["mixture"]
    figures = {key: value for key, value in found.items() if key.endswith(("_ml", "_h"))}
    assert figures == {
        "drugs_ml": 8,
        "fill_up_ml": 12,
        "reservoir_ml": 20,
        "ml_per_h": 0.8333333333,
    }
    first = found["parts"][0]
    assert {key: first[key] for key in first if key != "printed"} == {
        "drug": "morphine",
        "name": "morfin",
        "mg": 60,
        "mg_per_ml": 10,
        "ml": 6,
        "mg_per_ml_in_reservoir": 3,
        "source": "medikamentskrin-helse-bergen",
    }
    assert next(row["text"] for row in first["printed"]) == "10–20 mg/24 t"
    assert {row["use"] == "" for row in first["printed"]} == {True, False}
    assert found["mixing"]["verdict"] == "compatible"
    assert [one["verdict"] for one in found["diluting"]] == ["not_known", "not_known"]


def test_the_most_a_source_prints_is_told_with_the_day_and_its_use() -> None:
    said = [
        str(note.text)
        for note in mixture("midazolam 35 mg (5 mg/mL)", hours=Decimal(12)).notes
        if "above the most" in str(note.text)
    ]
    assert said == [
        "midazolam 70 mg/24 h is above the most that the source gives for adults: 60 mg/24 h.",
        (
            "midazolam 70 mg/24 h is above the most that the source gives for adults: 20 mg/24 h. "
            "(rarely more)"
        ),
    ]


@pytest.mark.parametrize(
    ("value", "read"),
    [("47.9", "47.9 h"), ("48", "48 h (2 days)"), ("100", "100 h (4.2 days)")],
)
def test_hours_are_told_in_days_too_from_two_days(value: str, read: str) -> None:
    assert render(hours(Decimal(value)), "en").replace("2.0 days", "2 days") == read


def test_minutes_and_parts_are_rounded_for_reading() -> None:
    assert str(minutes(Decimal("20.33333"))) == "20.3 min"
    assert written_down(Decimal(40) / 3) == 13
    assert written_down(Decimal("1.99")) == Decimal("1.9")
    assert written_down(Decimal("0.0555")) == Decimal("0.055")


def test_a_start_shows_the_day_the_hour_and_the_nurses_dose(two_to_one: RatioSet) -> None:
    done = start([read_dose("morfin po 120 mg/d")], read_preparation("morfin sc"), two_to_one)
    assert isinstance(done, Start)
    assert receipt(done)[-2] == "60 mg/24 h ÷ 24 h = 2.5 mg/h  [fast-fact-36]"
    assert "÷ 6 = 10 mg" in receipt(done)[-1]
    found = done.to_json("en")
    assert found["start"]["mg_per_24h"] == {"low": 60, "point": 60, "high": 60}
    assert found["start"]["mg_per_h"] == {"low": 2.5, "point": 2.5, "high": 2.5}
    assert found["start"]["nurse_given_mg"] == {"low": 10, "point": 10, "high": 10}
    assert found["start"]["text"] == "morphine sc 60 mg/24 h"
    assert found["start"]["label"] == "before reduction, not a start dose"
    assert found["start"]["ratio_set"]["id"] == "two-to-one"
    assert len(found["start"]["warnings"]) == len(done.conversion.warnings)
    assert len(found["steps"]) == len(done.receipt.steps)


def test_side_by_side_a_refusal_stands_in_its_own_place(two_to_one: RatioSet) -> None:
    doses = [read_dose("oksykodon po 20 mg/d")]
    sets = (two_to_one, ratio_set("helsedirektoratet"))
    answers = side_by_side(doses, read_preparation("morfin sc"), sets)
    assert [table.id for table, _ in answers] == ["two-to-one", "helsedirektoratet"]
    assert isinstance(answers[0][1], Refusal)
