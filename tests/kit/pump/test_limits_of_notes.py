"""A pump at the very limits that sources print: on one side a word of it, on the other none."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from pallkit.i18n import render
from pallkit.pump import Program

Work = Callable[..., Program]

OFTEN = "times the hourly rate"
LEAVES = "for boluses, less than one bolus"
AT_ONE_PLACE = "generally given at once"
TISSUE = "tissue under the skin"
KEEPS = "keeps only"
NOT_BY_VOLUME = "not by volume"
EMPTY = "the reservoir is empty after"


def told(done: Program) -> str:
    return "\n".join(str(note.text) for note in done.notes)


@pytest.mark.parametrize(
    ("dose", "more", "words", "expected"),
    [
        pytest.param(
            "morfin sc 144 mg/d",
            {"strength": "2", "bolus": ("4", "60")},
            AT_ONE_PLACE,
            False,
            id="2 mL at once",
        ),
        pytest.param(
            "morfin sc 144 mg/d",
            {"strength": "2", "bolus": ("4.1", "60")},
            AT_ONE_PLACE,
            True,
            id="2.05 mL at once",
        ),
        pytest.param(
            "morfin sc 144 mg/d", {"bolus": ("2", "20", "8")}, LEAVES, False, id="room for one"
        ),
        pytest.param(
            "morfin sc 144 mg/d",
            {"bolus": ("2", "20", "7.9")},
            LEAVES,
            True,
            id="room for less than one",
        ),
        pytest.param(
            "morfin sc 48 mg/d", {"bolus": ("4", "30")}, OFTEN, False, id="(2 + 4 × 2) ÷ 2 is 5"
        ),
        pytest.param(
            "morfin sc 48 mg/d", {"bolus": ("4.1", "30")}, OFTEN, True, id="(2 + 4.1 × 2) ÷ 2"
        ),
        pytest.param("morfin sc 720 mg/d", {}, TISSUE, False, id="3 mL/h"),
        pytest.param("morfin sc 721 mg/d", {}, TISSUE, True, id="a little over 3 mL/h"),
        pytest.param("morfin sc 144 mg/d", {"bolus": ("2", "20")}, "preferred", False, id="20 min"),
        pytest.param("morfin sc 144 mg/d", {"bolus": ("2", "19")}, "preferred", True, id="19 min"),
        pytest.param(
            "morfin sc 144 mg/d",
            {"volume": "28.8", "hang": Decimal(24), "bolus": ("2", "20")},
            EMPTY,
            False,
            id="28.8 ÷ 1.2 is 24 h",
        ),
        pytest.param(
            "morfin sc 144 mg/d",
            {"volume": "28.7", "hang": Decimal(24), "bolus": ("2", "20")},
            EMPTY,
            True,
            id="a little under 24 h",
        ),
        pytest.param(
            "morfin sc 144 mg/d",
            {"volume": "28.7", "hang": Decimal(24)},
            EMPTY,
            False,
            id="no button",
        ),
    ],
)
def test_a_word_from_where_the_source_has_one(
    worked: Work, dose: str, more: dict[str, object], words: str, *, expected: bool
) -> None:
    assert (words in told(worked(dose, **more))) is expected


@pytest.mark.parametrize(
    ("volume", "expected"),
    [
        pytest.param("4.7", False, id="empty before"),
        pytest.param("4.8", False, id="48 h of volume, 48 h of keeping"),
        pytest.param("4.9", True, id="longer than it keeps"),
    ],
)
def test_volume_beyond_what_keeps_is_to_be_changed(
    worked: Work, volume: str, *, expected: bool
) -> None:
    done = worked("hydromorfon sc 120 mg/d", strength="50", product="hydofon", volume=volume)
    assert (KEEPS in told(done)) is expected
    assert NOT_BY_VOLUME not in told(done)


def test_the_hourly_rate_is_told_as_a_ratio(worked: Work) -> None:
    done = worked("morfin sc 48 mg/d", bolus=("6", "20"))  # (2 + 6 × 3) ÷ 2
    assert "The most in any 60 minutes is 10 times the hourly rate" in told(done).replace(
        "10.0 times", "10 times"
    )


def test_the_most_and_the_mean_are_not_the_same_sum(worked: Work) -> None:
    lines = worked(bolus=("2", "25")).receipt.to_text("en")
    assert "6 mg + 2 mg × 3 = 12 mg" in lines
    assert "6 mg/h + 2 mg × 60 ÷ 25 min = 10.8 mg/h" in lines
    capped = worked(bolus=("2", "40", "9.5")).receipt.to_text("en")
    assert (
        "The hour limit of 9.5 mg caps it: most in any 60 minutes 9.5 mg, long-run mean 9 mg/h"
    ) in capped


@pytest.mark.parametrize(
    ("product", "strength", "says"),
    [
        pytest.param(None, "10", "No product is named", id="no product"),
        pytest.param("morphine-ampoules", "10", "morphine ampoules is another drug", id="another"),
        pytest.param("hydromorphone-kalceks", "20", "No figure was seen for", id="no figure"),
        pytest.param("hydofon", "50", "Undiluted and alone, Hydofon", id="undiluted"),
        pytest.param("hydofon", "49", "Diluted in a polycarbonate syringe", id="diluted"),
        pytest.param("hydofon", "51", "No figure was seen for Hydofon at", id="too strong"),
    ],
)
def test_says_why_it_keeps_so_long_or_why_that_is_not_known(
    worked: Work, product: str | None, strength: str, says: str
) -> None:
    done = worked("hydromorfon sc 120 mg/d", strength=strength, product=product)
    keeping = done.life.keeping
    assert render(keeping.says, "en").startswith(says)
    assert keeping.to_json("en")["says"] == render(keeping.says, "en")
    assert (keeping.source == "felleskatalogen-hydofon") is (keeping.hours is not None)
    assert (keeping.hygiene is not None) is (keeping.hours is not None)


def test_the_limit_that_is_never_reached_is_told_and_not_the_most(worked: Work) -> None:
    done = worked(bolus=("2", "20", "13"))
    assert "The hour limit of 13 mg is never reached." in done.receipt.to_text("en")
