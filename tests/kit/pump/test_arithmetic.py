"""A pump worked out: each line of arithmetic that the clinical notes hold, recomputed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from pallkit.i18n import LANGUAGES, Language, render
from pallkit.pump import Program, boluses

Work = Callable[..., Program]


def near(found: Decimal, printed: str) -> bool:
    return found.quantize(Decimal(printed)) == Decimal(printed)


@pytest.mark.parametrize(
    ("dose", "per_hour", "rate", "day"),
    [
        pytest.param("morfin sc 60 mg/d", "2.5", "0.25", "6", id="60 ÷ 24, ÷ 10, × 24"),
        pytest.param("morfin sc 10 mg x 6", "2.5", "0.25", "6", id="10 × 6 first"),
        pytest.param("morfin sc 2.5 mg/t", "2.5", "0.25", "6", id="written by the hour"),
        pytest.param("morfin sc 144 mg/d", "6", "0.6", "14.4", id="144 ÷ 24 = 6 mg/h"),
        pytest.param("fentanyl sc 1200 µg/d", "0.05", "0.005", "0.12", id="µg become mg"),
    ],
)
def test_goes_from_24_hours_to_one_and_to_volume(
    worked: Work, dose: str, per_hour: str, rate: str, day: str
) -> None:
    done = worked(dose)
    assert (done.per_hour, done.rate, done.day_volume) == (
        Decimal(per_hour),
        Decimal(rate),
        Decimal(day),
    )
    assert done.boluses is None
    assert done.life.shortest is None


@pytest.mark.parametrize(
    ("bolus", "fit", "most", "mean"),
    [
        pytest.param(("2", "20"), 3, "12", "12.00", id="6 + 2 × 3 at 20 min"),
        pytest.param(("2", "25"), 3, "12", "10.80", id="three fit at 25 min: 0, 25, 50"),
        pytest.param(("2", "40"), 2, "10", "9.00", id="two fit at 40 min: 0, 40"),
        pytest.param(("2", "60"), 1, "8", "8.00", id="one at 60 min, not two"),
        pytest.param(("2", "90"), 1, "8", "7.33", id="one at 90 min, and the mean is lower"),
        pytest.param(("2", "20", "9"), 3, "9", "9.00", id="capped by an hour limit of 9"),
        pytest.param(("2", "40", "9.5"), 2, "9.5", "9.00", id="the limit caps only the most"),
        pytest.param(("2", "20", "12"), 3, "12", "12.00", id="a limit that is never reached"),
    ],
)
def test_counts_the_boluses_that_fit_in_any_hour(
    worked: Work, bolus: tuple[str, ...], fit: int, most: str, mean: str
) -> None:
    found = worked(bolus=bolus).boluses
    assert found is not None
    assert (found.fit, found.most) == (fit, Decimal(most))
    assert near(found.mean, mean)
    assert found.capped is (len(bolus) == 3 and bolus[2] != "12")


def test_a_bolus_has_a_volume(worked: Work) -> None:
    found = worked(bolus=("2", "20")).boluses
    assert found is not None
    assert found.volume == Decimal("0.2")  # 2 mg at 10 mg/mL


@pytest.mark.parametrize(
    ("bolus", "hours"),
    [
        pytest.param(("2", "20"), "83.3", id="100 ÷ (0.6 + 0.2 × 3)"),
        pytest.param(("2", "40"), "111.1", id="100 ÷ (0.6 + 0.2 × 1.5)"),
        pytest.param(("2", "20", "8"), "125.0", id="100 ÷ 0.8, by the hour limit"),
    ],
)
def test_a_reservoir_lasts_shorter_when_every_bolus_is_taken(
    worked: Work, bolus: tuple[str, ...], hours: str
) -> None:
    done = worked(bolus=bolus).life
    assert near(done.untouched, "166.7")
    assert done.shortest is not None
    assert near(done.shortest, hours)


@pytest.mark.parametrize(
    ("more", "hours"),
    [
        pytest.param({}, None, id="no product, not known"),
        pytest.param({"product": "hydofon"}, 48, id="undiluted: 48 h"),
        pytest.param({"product": "hydofon", "strength": "20"}, 24, id="diluted: 24 h"),
        pytest.param({"product": "hydofon", "strength": "60"}, None, id="no such strength"),
        pytest.param({"product": "hydromorphone-kalceks"}, None, id="no figure was seen"),
        pytest.param({"product": "morphine-ampoules"}, None, id="another drug"),
    ],
)
def test_how_long_a_reservoir_keeps_is_known_only_where_a_product_text_says(
    worked: Work, more: dict[str, str], hours: int | None
) -> None:
    done = worked("hydromorfon sc 120 mg/d", **{"strength": "50", **more})
    assert done.life.keeping.hours == hours
    found = done.to_json("nb")["program"]["reservoir"]["keeps"]
    assert found["known"] is (hours is not None)
    assert (found["text"] == "ikke kjent") is (hours is None)


def test_a_reservoir_that_lasts_longer_than_it_keeps_is_to_be_changed_by_then(
    worked: Work,
) -> None:
    done = worked("hydromorfon sc 120 mg/d", strength="50", product="hydofon")
    said = [str(note.text) for note in done.notes]
    assert any("keeps only 48 h (2 days)" in text for text in said)
    assert any("at once" in text for text in said)


@pytest.mark.parametrize(
    ("dose", "more", "expected", "source"),
    [
        pytest.param(
            "morfin sc 144 mg/d",
            {"bolus": ("2", "15")},
            "20–30 min is preferred",
            "growthhouse-pca",
            id="15 min may be, but is short",
        ),
        pytest.param(
            "morfin sc 24 mg/d",
            {"bolus": ("3", "20")},
            "10 times the hourly rate",
            "fast-fact-92",
            id="(1 + 3 × 3) ÷ 1",
        ),
        pytest.param(
            "morfin sc 144 mg/d",
            {"bolus": ("3", "20", "8")},
            "leaves 2 mg for boluses",
            "worked_out",
            id="8 − 6 is less than 3",
        ),
        pytest.param(
            "morfin sc 96 mg/d",
            {"strength": "1"},
            "4 mL/h is more than the 3 mL/h",
            "fast-fact-28",
            id="more than tissue takes up",
        ),
        pytest.param(
            "morfin sc 144 mg/d",
            {"strength": "2", "bolus": ("5", "20")},
            "2.5 mL is more than the 2 mL",
            "etg-sc-doser",
            id="5 mg ÷ 2 mg/mL at once",
        ),
        pytest.param(
            "morfin sc 60 mg/d",
            {"bolus": ("10", "60")},
            "as large as the rescue dose that a nurse gives",
            "klb-2008",
            id="60 ÷ 6, once an hour",
        ),
        pytest.param(
            "morfin sc 144 mg/d",
            {"volume": "20", "hang": Decimal(24), "bolus": ("2", "20")},
            "empty after 16.7 h, before the 24 h",
            "worked_out",
            id="20 ÷ 1.2",
        ),
    ],
)
def test_says_what_sources_say_of_such_settings(
    worked: Work, dose: str, more: dict[str, object], expected: str, source: str
) -> None:
    notes = worked(dose, **more).notes
    assert [note.source for note in notes if expected in str(note.text)] == [source]


def test_settings_that_sources_find_ordinary_get_no_remark_but_on_stability(worked: Work) -> None:
    notes = worked(bolus=("2", "20", "20")).notes
    assert [note.source for note in notes] == ["no_source"]
    assert "not by volume" in str(notes[0].text)


def test_the_receipt_shows_numbers_formula_and_source_of_every_step(worked: Work) -> None:
    steps = worked("morfin sc 60 mg/d", bolus=("2", "20")).receipt.to_json("nb")
    assert steps[0] == {
        "text": "60 mg/24 t ÷ 24 t = 2,5 mg/t",
        "ratio": "mg/t = mg i 24 t ÷ 24",
        "source": "fast-fact-36",
    }
    assert steps[1]["text"] == "2,5 mg/t ÷ 10 mg/mL = 0,25 mL/t"
    assert [step["source"] for step in steps[1:-1]] == ["worked_out"] * (len(steps) - 2)
    assert steps[-1]["source"] == "no_source"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_left_in_english_and_no_number_has_a_point(worked: Work, lang: Language) -> None:
    done = worked("morfin sc 50 mg/d", bolus=("1", "25", "4"))
    text = done.receipt.to_text(lang) + "".join(render(note.text, lang) for note in done.notes)
    english = ("Bolus:" in text, "Lock-out" in text, "Reservoir:" in text)
    assert english == ((True, True, True) if lang == "en" else (True, False, False))
    assert ("2.08" in text) is (lang == "en")


def test_rounding_down_instead_of_up_would_be_found(
    worked: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boluses, "ROUND_CEILING", "ROUND_FLOOR")
    found = worked(bolus=("2", "25")).boluses
    assert found is not None
    assert found.fit != 3
