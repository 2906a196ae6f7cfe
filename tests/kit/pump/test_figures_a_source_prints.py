"""A row of the pump table that cannot be right is refused when it is read."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from pallkit.i18n import Words, render
from pallkit.opioids import Step
from pallkit.pump.program import Program
from pallkit.pump.results import Note, answer_json, sources_of
from pallkit.pump.rows import AsNeeded, DayRange, HourLimit, Keeps, Most, NurseGiven

ONE, TWO, NONE = Decimal(1), Decimal(2), Decimal(0)
SAYS = Words("a", "b", "c")


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: HourLimit(TWO, ONE, "s"), id="an hour limit the wrong way round"),
        pytest.param(lambda: HourLimit(NONE, ONE, "s"), id="an hour limit of nothing"),
        pytest.param(lambda: NurseGiven(NONE, ONE, "s"), id="24 hours over nothing"),
        pytest.param(lambda: NurseGiven(ONE, NONE, "s"), id="every 0 minutes"),
        pytest.param(lambda: Most(NONE, "s"), id="at most nothing"),
        pytest.param(lambda: Keeps(NONE, diluted=True, says=SAYS), id="keeps for 0 hours"),
        pytest.param(lambda: DayRange("d", "s", TWO, ONE), id="a day's range"),
        pytest.param(lambda: DayRange("d", "s", ONE, TWO, ONE), id="the most below the usual"),
        pytest.param(lambda: AsNeeded("d", "s", TWO, ONE), id="one dose the wrong way round"),
        pytest.param(lambda: AsNeeded("d", "s", ONE, TWO, NONE), id="every 0 hours"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(make: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match="does not hold, or is not above 0"):
        make()


def test_how_often_is_said_in_one_way() -> None:
    with pytest.raises(ValueError, match=r"^hours or times, not both"):
        AsNeeded("d", "s", ONE, TWO, ONE, ONE)
    assert str(AsNeeded("d", "s", ONE, TWO, times=TWO).message) == "1–2 mg 2 times in 24 hours"
    assert str(AsNeeded("d", "s", ONE, ONE, TWO).message) == "1 mg every 2 hours"


@pytest.mark.parametrize(
    ("low", "high", "most", "says"),
    [
        pytest.param(ONE, TWO, None, "1–2 mg/24 h", id="a range"),
        pytest.param(ONE, TWO, TWO, "1–2 mg/24 h, at most 2 mg/24 h", id="and the most"),
        pytest.param(ONE, ONE, None, "1 mg/24 h", id="one figure"),
        pytest.param(None, None, TWO, "at most 2 mg/24 h", id="the most alone"),
        pytest.param(ONE, None, TWO, "at most 2 mg/24 h", id="no upper end is no range"),
        pytest.param(None, ONE, TWO, "at most 2 mg/24 h", id="no lower end is none either"),
        pytest.param(None, None, None, "no figure", id="nothing"),
    ],
)
def test_only_what_the_source_prints_is_told(
    low: Decimal | None, high: Decimal | None, most: Decimal | None, says: str
) -> None:
    assert str(DayRange("d", "s", low, high, most).message) == says


def test_every_key_is_there_also_with_nothing_in_it() -> None:
    told = answer_json("en")
    watermark = told.pop("watermark")
    assert watermark.startswith("Teaching only.")
    assert told == {
        "program": None,
        "mixture": None,
        "start": None,
        "steps": [],
        "notes": [],
        "refusal": None,
    }


def test_each_source_is_named_once_and_arithmetic_is_none(worked: Callable[..., Program]) -> None:
    done = worked()
    text = done.receipt.steps[0].text
    steps = (Step(text, None, "one"), Step(text, None, "worked_out"), Step(text, None, "two"))
    assert sources_of(steps, (Note(text, "one"), Note(text, "three"))) == ("one", "two", "three")
    assert render(text, "nb")
