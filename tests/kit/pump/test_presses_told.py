"""What a press of a mixture is told as: each figure, each step, and each note by itself."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from pallkit.errors import DoseError
from pallkit.i18n import render
from pallkit.opioids import Refusal
from pallkit.pump import Mixture, Pressed, mix, press, read_part, read_press

Code = Callable[[object], str]


def mixture(*texts: str) -> Mixture:
    """24 mL that run 1 mL an hour."""
    done = mix([read_part(text) for text in texts], reservoir=Decimal(24), hours=Decimal(24))
    assert isinstance(done, Mixture), done
    return done


def pressed(of: Mixture, volume: str, lockout: str) -> Pressed:
    done = press(of, Decimal(volume), Decimal(lockout))
    assert isinstance(done, Pressed), done
    return done


def notes(of: Mixture, volume: str, lockout: str = "60") -> list[tuple[str, str]]:
    found = pressed(of, volume, lockout).notes
    return [(str(one.text), one.source) for one in found if " mL" not in str(one.text)]


def test_every_figure_stands_under_its_name() -> None:
    """2.5 and 0.5 mg/mL; 0.4 mL every 25 minutes is 0.96 mL/h beside the 1 mL/h."""
    of = mixture("morfin 60 mg (10 mg/mL)", "midazolam 12 mg (5 mg/mL)")
    told = pressed(of, "0.4", "25").to_json("nb")
    assert told["pressed"] == {
        "ml": 0.4,
        "text": "0,4 mL",
        "lockout_min": 25,
        "most_in_60_min": 3,
        "shortest_hours": pytest.approx(24 / 1.96),
        "shares": [
            {
                "drug": "morphine",
                "name": "morfin",
                "mg": 1,
                "most_mg_in_60_min": 5.5,
                "mean_mg_per_h": 4.9,
                "text": "1 mg",
                "most_text": "5,5 mg",
                "day_text": "117,6 mg/24 t",
            },
            {
                "drug": "midazolam",
                "name": "midazolam",
                "mg": 0.2,
                "most_mg_in_60_min": 1.1,
                "mean_mg_per_h": 0.98,
                "text": "0,2 mg",
                "most_text": "1,1 mg",
                "day_text": "23,52 mg/24 t",
            },
        ],
    }
    assert [one["source"] for one in told["notes"]] == ["klb-2008"]
    assert "23,52 mg/24 t midazolam" in told["notes"][0]["text"]


def test_each_step_has_its_sum_and_its_formula() -> None:
    steps = pressed(mixture("morfin 60 mg (10 mg/mL)"), "0.4", "25").to_json("en")["steps"]
    assert [(one["text"], one["ratio"]) for one in steps] == [
        ("morphine in one press: 0.4 mL × 2.5 mg/mL = 1 mg", "mg = mL × mg/mL"),
        (
            "morphine, most in any 60 minutes: 2.5 mg/h + 1 mg × 3 = 5.5 mg",
            "mg/h + bolus × number of boluses",
        ),
        (
            "morphine, long-run mean: 2.5 mg/h + 1 mg × 60 ÷ 25 min = 4.9 mg/h",
            "mg/h + bolus × 60 ÷ lock-out",
        ),
    ]


@pytest.mark.parametrize(
    ("volume", "lockout", "says"),
    [
        pytest.param("0", "20", "The bolus", id="nothing pressed"),
        pytest.param("0.4", "0", "The lock-out", id="no lock-out"),
    ],
)
def test_a_press_and_its_lockout_are_above_0(volume: str, lockout: str, says: str) -> None:
    with pytest.raises(DoseError, match=says):
        press(mixture("morfin 60 mg (10 mg/mL)"), Decimal(volume), Decimal(lockout))


def test_a_drug_of_two_words_is_read_by_both() -> None:
    of = mixture("hyoscine butylbromide 60 mg (20 mg/mL)")
    assert read_press("hyoscine butylbromide 5 mg", of) == 2


def test_a_press_may_be_all_of_the_reservoir_but_no_more(refused: Code) -> None:
    of = mixture("midazolam 12 mg (1 mg/mL)")
    assert pressed(of, "24", "60").shares[0].amount == 12
    answer = press(of, Decimal("24.1"), Decimal(60))
    assert refused(answer) == "over_reservoir"
    assert isinstance(answer, Refusal)
    assert str(answer.message) == "One bolus is 24.1 mL, and the reservoir holds 24 mL."


def test_one_press_at_the_most_that_is_printed_has_no_note() -> None:
    of = mixture("midazolam 12 mg (1 mg/mL)")  # 0.5 mg/mL; the source prints 2.5–5 mg
    assert not [text for text, _ in notes(of, "10", "480") if "one press" in text]
    [told] = [one for one in notes(of, "10.2", "480") if "one press" in one[0]]
    text = "midazolam 5.1 mg in one press is more than the source prints for one dose as needed: "
    assert told == (f"{text}2.5–5 mg every hour.", "cornwall-v5")


def test_the_long_run_at_the_most_that_is_printed_has_no_note() -> None:
    of = mixture("midazolam 10 mg (1 mg/mL)")  # doubled by 1 mL an hour: 20 mg/24 h
    assert notes(of, "1") == []
    text = (
        "With every press midazolam comes to 22 mg/24 h, above the most that the source gives for "
    )
    assert notes(of, "1.2") == [(f"{text}adults: 20 mg/24 h. (rarely more)", "klb-2008")]


def test_a_note_is_about_a_drug_that_is_in_the_mixture() -> None:
    assert notes(mixture("midazolam 4 mg (1 mg/mL)"), "1") == []
    of = mixture("haloperidol 5 mg (5 mg/mL)")
    told = [render(one.text, "en") for one in pressed(of, "2", "60").notes]
    assert told
    assert all("haloperidol" in text for text in told if "mg/24 h" in text or "one press" in text)


def test_a_press_is_added_to_what_runs_however_slowly() -> None:
    """24 mL in 48 hours is 0.5 mL/h: 60 mg in 24 mL gives 1.25 mg/h."""
    done = mix([read_part("morfin 60 mg (10 mg/mL)")], reservoir=Decimal(24), hours=Decimal(48))
    assert isinstance(done, Mixture)
    [share] = pressed(done, "0.4", "60").shares
    assert (share.amount, share.most, share.mean) == (1, Decimal("2.25"), Decimal("2.25"))
