"""What a refused pump is told: the figures of the settings, and of the limit that stops them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from pallkit.opioids import Refusal
from pallkit.pump import Program, PumpLimits, Settings, program

Set = Callable[..., Settings]


@pytest.mark.parametrize(
    ("dose", "more", "message"),
    [
        pytest.param(
            "morfin sc 80 mg/d",
            {"bolus": ("14", "30")},
            "A bolus of 14 mg is a nurse-given rescue dose: 1/6 of 24 hours is 13.3 mg, four "
            "hours of what the pump gives all the time. With a lock-out of 30 min",
            id="a sixth",
        ),
        pytest.param(
            "morfin sc 60 mg/d",
            {"bolus": ("1", "14")},
            "A lock-out of 14 min is too short under the skin. The source says not below 15 min.",
            id="the lock-out",
        ),
        pytest.param(
            "morfin sc 144 mg/d",
            {"bolus": ("2", "20", "5.9")},
            "An hour limit of 5.9 mg is below the 6 mg/h that the pump gives all the time.",
            id="the hour limit",
        ),
        pytest.param(
            "morfin sc 144 mg/d",
            {"limits": PumpLimits(lowest=Decimal("0.7"))},
            "The pump cannot run 0.6 mL/h: its lowest rate is 0.7 mL/h.",
            id="too slow",
        ),
        pytest.param(
            "morfin sc 144 mg/d",
            {"limits": PumpLimits(highest=Decimal("0.5"))},
            "The pump cannot run 0.6 mL/h: its highest rate is 0.5 mL/h.",
            id="too fast",
        ),
        pytest.param(
            "morfin sc 144 mg/d",
            {"volume": "10", "hang": Decimal(24)},
            "What runs in 24 h is 14.4 mL, and the reservoir holds 10 mL.",
            id="the time between changes",
        ),
        pytest.param(
            "morfin sc 144 mg/d",
            {"volume": "0.1", "bolus": ("2", "20")},
            "One bolus is 0.2 mL, and the reservoir holds 0.1 mL.",
            id="one bolus",
        ),
        pytest.param(
            "morfin po 60 mg/d", {}, "morphine po does not go in this pump.", id="by mouth"
        ),
    ],
)
def test_the_figures_that_do_not_fit_are_told(
    settings: Set, dose: str, more: dict[str, object], message: str
) -> None:
    answer = program(settings(dose, **more))
    assert isinstance(answer, Refusal)
    assert str(answer.message).startswith(message)
    assert answer.remedy != answer.message


@pytest.mark.parametrize(
    ("more", "remedy"),
    [
        ({"bolus": ("24", "20")}, "Keep the two apart: the nurse's dose at most every 60 min"),
        ({"bolus": ("1", "14")}, "Choose 20–30 min"),
        ({"bolus": ("2", "20", "5.9")}, "The limit counts everything."),
        ({"volume": "10", "hang": Decimal(24)}, "Choose a stronger solution"),
        ({"limits": PumpLimits(highest=Decimal("0.5"))}, "Choose another concentration"),
        ({"dose": "morfin po 60 mg/d"}, "Convert the dose to an sc dose first"),
        ({"dose": "morfin iv 60 mg/d"}, "Use the hospital's own procedure"),
    ],
)
def test_what_would_do_instead_is_told(settings: Set, more: dict[str, object], remedy: str) -> None:
    answer = program(settings(**more))
    assert isinstance(answer, Refusal)
    assert str(answer.remedy).startswith(remedy)


def test_a_bolus_that_fills_the_reservoir_just_fits(settings: Set) -> None:
    done = program(settings(volume="0.2", bolus=("2", "20")))
    assert isinstance(done, Program)
    assert done.boluses is not None
    assert done.boluses.volume == done.settings.reservoir


def test_a_pump_carries_its_notes_to_the_page(settings: Set) -> None:
    done = program(settings(bolus=("2", "15")))
    assert isinstance(done, Program)
    found = done.to_json("en")["notes"]
    assert [note["text"] for note in found] == [str(note.text) for note in done.notes]
    assert [note["source"] for note in found] == ["growthhouse-pca", "no_source"]
