"""A button on a mixture gives some of each drug, and the sum is done for each of them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pallkit.errors import DoseError
from pallkit.i18n import LANGUAGES
from pallkit.opioids import Refusal
from pallkit.pump import Mixture, Part, Pressed, mix, press, read_part, read_press

Code = Callable[[object], str]
TWO = ("morfin 60 mg (10 mg/mL)", "midazolam 12 mg (5 mg/mL)")


def mixture(*texts: str, volume: str = "24", time: str | None = "24") -> Mixture:
    hours = None if time is None else Decimal(time)
    done = mix([read_part(text) for text in texts], reservoir=Decimal(volume), hours=hours)
    assert isinstance(done, Mixture), done
    return done


def pressed(of: Mixture, text: str, lockout: str) -> Pressed:
    done = press(of, read_press(text, of), Decimal(lockout))
    assert isinstance(done, Pressed), done
    return done


def test_a_press_gives_some_of_every_drug() -> None:
    done = pressed(mixture(*TWO), "0,4 mL", "20")  # 2.5 and 0.5 mg/mL, running 1 mL/h
    assert [(one.drug, one.amount) for one in done.shares] == [
        ("morphine", Decimal("1.00")),
        ("midazolam", Decimal("0.20")),
    ]
    assert [one.most for one in done.shares] == [Decimal("5.5"), Decimal("1.1")]
    assert [one.mean for one in done.shares] == [Decimal("5.5"), Decimal("1.1")]
    assert done.shortest == Decimal(24) / Decimal("2.2")


@pytest.mark.parametrize("text", ["0,4 mL", "morfin 1 mg", "midazolam 0,2 mg", "midazolam 200 µg"])
def test_a_press_is_written_as_a_volume_or_by_any_of_the_drugs(text: str) -> None:
    assert read_press(text, mixture(*TWO)) == Decimal("0.4")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("1 mg", "is not a volume", id="mg of what?"),
        pytest.param("haloperidol 1 mg", "not in this mixture", id="a drug that is not in it"),
        pytest.param("mrofin 1 mg", "Did you mean", id="a slip of the pen"),
        pytest.param("morfin 1 mg x 3", "not how often", id="how often"),
        pytest.param("morfin 1 mg skiftes hver 72. time", "not how often", id="as a patch"),
        pytest.param("morfin 1 mg/t", "length of time", id="a rate"),
        pytest.param("", "is not a volume", id="nothing"),
    ],
)
def test_a_press_that_cannot_be_read_is_not_guessed(text: str, says: str) -> None:
    with pytest.raises(DoseError, match=says):
        read_press(text, mixture(*TWO))


def test_needs_to_know_how_fast_the_mixture_runs() -> None:
    with pytest.raises(DoseError, match="how long the reservoir is to last"):
        press(mixture(*TWO, time=None), Decimal("0.4"), Decimal(20))


@pytest.mark.parametrize(
    ("volume", "lockout", "code"),
    [
        pytest.param("4", "20", "rescue_as_bolus", id="a sixth of the morphine, 10 mg, at 20 min"),
        pytest.param("0.4", "14", "lockout_too_short", id="14 min"),
        pytest.param("25", "60", "over_reservoir", id="25 mL of 24"),
    ],
)
def test_refuses(refused: Code, volume: str, lockout: str, code: str) -> None:
    answer = press(mixture(*TWO), Decimal(volume), Decimal(lockout))
    assert refused(answer) == code


def test_a_mixture_with_no_opioid_has_no_rescue_dose_for_pain() -> None:
    done = pressed(mixture("midazolam 12 mg (5 mg/mL)"), "4 mL", "20")
    assert done.shares[0].amount == 2


def test_says_where_a_press_is_more_than_one_dose_as_needed_by_the_source() -> None:
    of = mixture("morfin 60 mg (10 mg/mL)", "glykopyrronium 2 mg (0,2 mg/mL)")
    done = pressed(of, "3 mL", "60")  # 0.25 mg of glycopyrronium; the source prints 0.2
    told = [str(note.text) for note in done.notes if note.source == "cornwall-v5"]
    assert any("glycopyrronium 0.25 mg in one press is more" in text for text in told)
    assert any("7.5 mg in one press" in text and "2.5–5 mg every hour" in text for text in told)
    assert any("comes to 8 mg/24 h" in text for text in told)
    assert any("at once at one place" in str(note.text) for note in done.notes)


def test_every_step_and_share_is_told_in_every_language() -> None:
    for lang in LANGUAGES:
        told = pressed(mixture(*TWO), "0,4 mL", "20").to_json(lang)
        assert len(told["steps"]) == 6
        assert [one["mg"] for one in told["pressed"]["shares"]] == [1, 0.2]
        assert told["watermark"]


@given(
    amount=st.decimals(min_value="0.1", max_value=500, places=1),
    volume=st.decimals(min_value="0.01", max_value=2, places=2),
    lockout=st.integers(min_value=15, max_value=240).map(Decimal),
)
def test_the_drugs_keep_their_proportion_whatever_is_pressed(
    amount: Decimal, volume: Decimal, lockout: Decimal
) -> None:
    parts = [Part("morphine", amount, Decimal(40)), Part("haloperidol", Decimal(3), Decimal(5))]
    of = mix(parts, reservoir=Decimal(20), hours=Decimal(24))
    assert isinstance(of, Mixture)
    done = press(of, volume, lockout)
    if isinstance(done, Refusal):
        assert done.code == "rescue_as_bolus"
        return
    one, two = done.shares
    tiny = Decimal("1e-9")
    assert abs(one.amount * 3 - two.amount * amount) < tiny
    assert abs(one.mean * 3 - two.mean * amount) < tiny * 1000
    assert all(share.most >= share.mean > 0 for share in done.shares)
