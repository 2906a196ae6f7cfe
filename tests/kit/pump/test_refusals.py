"""What a pump must not be set to: a typed refusal with a reason and a remedy, never a number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from pallkit.doses import read_dose
from pallkit.errors import ConversionError, DoseError
from pallkit.i18n import LANGUAGES, render
from pallkit.opioids import Refusal
from pallkit.pump import Bolus, PumpLimits, Settings, program, refusal_json

Set = Callable[..., Settings]
Code = Callable[[object], str]

LOW = PumpLimits(lowest=Decimal("0.7"))
HIGH = PumpLimits(highest=Decimal("0.5"))
STEP = PumpLimits(step=Decimal("0.25"))


@pytest.mark.parametrize(
    ("dose", "more", "code"),
    [
        pytest.param("morfin po 60 mg/d", {}, "not_subcutaneous", id="by mouth"),
        pytest.param("morfin iv 60 mg/d", {}, "not_subcutaneous", id="into a vein: other sources"),
        pytest.param("metadon sc 60 mg/d", {}, "locked", id="methadone"),
        pytest.param(
            "morfin sc 60 mg/d", {"bolus": ("10", "20")}, "rescue_as_bolus", id="60 ÷ 6 at 20 min"
        ),
        pytest.param(
            "morfin sc 80 mg/d", {"bolus": ("13", "30")}, "rescue_as_bolus", id="80 ÷ 6, rounded"
        ),
        pytest.param(
            "morfin sc 80 mg/d", {"bolus": ("20", "59")}, "rescue_as_bolus", id="more than that"
        ),
        pytest.param("morfin sc 60 mg/d", {"bolus": ("1", "14")}, "lockout_too_short", id="14 min"),
        pytest.param(
            "morfin sc 144 mg/d",
            {"bolus": ("2", "20", "5.9")},
            "hour_limit_below_basal",
            id="5.9 mg under 6 mg/h",
        ),
        pytest.param("morfin sc 144 mg/d", {"limits": LOW}, "pump_cannot_run", id="0.6 < 0.7"),
        pytest.param("morfin sc 144 mg/d", {"limits": HIGH}, "pump_cannot_run", id="0.6 > 0.5"),
        pytest.param(
            "morfin sc 144 mg/d", {"limits": STEP}, "pump_cannot_run", id="0.6 in steps of 0.25"
        ),
        pytest.param(
            "morfin sc 144 mg/d",
            {"volume": "10", "hang": Decimal(24)},
            "over_reservoir",
            id="14.4 mL in 10 mL",
        ),
        pytest.param(
            "morfin sc 144 mg/d",
            {"volume": "0.1", "bolus": ("2", "20")},
            "over_reservoir",
            id="a bolus of 0.2 mL in 0.1 mL",
        ),
    ],
)
def test_refuses(
    settings: Set, refused: Code, dose: str, more: dict[str, object], code: str
) -> None:
    answer = program(settings(dose, **more))
    assert refused(answer) == code
    assert isinstance(answer, Refusal)
    for lang in LANGUAGES:
        found = refusal_json(answer, lang)
        assert found["refusal"]["code"] == code
        assert found["refusal"]["message"]
        assert found["refusal"]["remedy"]
        assert found["program"] is None
        assert found["steps"] == []


@pytest.mark.parametrize(
    ("dose", "more"),
    [
        pytest.param("morfin sc 80 mg/d", {"bolus": ("12.9", "20")}, id="just below a sixth"),
        pytest.param("morfin sc 60 mg/d", {"bolus": ("10", "60")}, id="once an hour"),
        pytest.param("morfin sc 60 mg/d", {"bolus": ("1", "15")}, id="15 min"),
        pytest.param("morfin sc 144 mg/d", {"bolus": ("2", "20", "6")}, id="a limit at the basal"),
        pytest.param(
            "morfin sc 144 mg/d",
            {"limits": PumpLimits(lowest=Decimal("0.6"), highest=Decimal("0.6"))},
            id="at the pump's limits",
        ),
        pytest.param(
            "morfin sc 144 mg/d", {"limits": PumpLimits(step=Decimal("0.1"))}, id="a whole step"
        ),
        pytest.param(
            "morfin sc 144 mg/d", {"volume": "14.4", "hang": Decimal(24)}, id="full to the brim"
        ),
    ],
)
def test_answers_at_the_edge(settings: Set, dose: str, more: dict[str, object]) -> None:
    assert not isinstance(program(settings(dose, **more)), Refusal)


def test_says_that_a_sixth_of_24_hours_is_for_the_nurse_to_give(settings: Set) -> None:
    answer = program(settings("morfin sc 60 mg/d", bolus=("10", "20")))
    assert isinstance(answer, Refusal)
    assert "nurse-given rescue dose: 1/6 of 24 hours is 10 mg" in str(answer.message)
    assert "at most every 60 min" in str(answer.remedy)


def test_names_the_rates_on_either_side_of_one_the_pump_cannot_run(settings: Set) -> None:
    answer = program(settings(limits=STEP))
    assert isinstance(answer, Refusal)
    assert "to 0.5 mL/h or 0.75 mL/h" in str(answer.message)


@pytest.mark.parametrize(
    ("limits", "says"),
    [
        pytest.param({"step": "0.7"}, "to 0.7 mL/h.", id="0 mL/h is not running"),
        pytest.param({"step": "0.25", "lowest": "0.6"}, "to 0.75 mL/h.", id="0.5 is too low"),
        pytest.param({"step": "0.25", "highest": "0.6"}, "to 0.5 mL/h.", id="0.75 is too high"),
        pytest.param(
            {"step": "0.25", "lowest": "0.5", "highest": "0.75"},
            "to 0.5 mL/h or 0.75 mL/h.",
            id="both are at the limits",
        ),
        pytest.param(
            {"step": "0.25", "lowest": "0.55", "highest": "0.7"},
            "no such step near it is within its limits.",
            id="neither",
        ),
    ],
)
def test_offers_only_rates_that_the_pump_can_run(
    settings: Set, limits: dict[str, str], says: str
) -> None:
    known = PumpLimits(**{name: Decimal(value) for name, value in limits.items()})
    answer = program(settings("morfin sc 144 mg/d", limits=known))
    assert isinstance(answer, Refusal)
    assert str(answer.message).startswith("The pump cannot run 0.6 mL/h: ")
    assert str(answer.message).endswith(says)
    for lang in LANGUAGES:
        assert " 0 mL" not in render(answer.message, lang)


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"dose": "morfin sc 0 mg/d"}, id="a dose of 0"),
        pytest.param({"strength": "0"}, id="water"),
        pytest.param({"strength": "NaN"}, id="not a number"),
        pytest.param({"volume": "-1"}, id="a negative reservoir"),
        pytest.param({"volume": "Infinity"}, id="a reservoir without end"),
        pytest.param({"bolus": ("0", "20")}, id="a bolus of 0"),
        pytest.param({"bolus": ("2", "0")}, id="no lock-out at all"),
        pytest.param({"bolus": ("2", "20", "0")}, id="an hour limit of 0"),
        pytest.param({"hang": Decimal(0)}, id="no time at all"),
    ],
)
def test_nothing_but_a_number_above_0_has_a_meaning(settings: Set, more: dict[str, object]) -> None:
    with pytest.raises(DoseError, match="must be a number above 0"):
        settings(**more)


def test_one_dose_without_how_often_cannot_be_run(settings: Set) -> None:
    with pytest.raises(DoseError, match="how often"):
        settings("morfin sc 10 mg")


def test_a_pump_whose_lowest_rate_is_above_its_highest_is_a_slip() -> None:
    with pytest.raises(DoseError, match="the other way round"):
        PumpLimits(lowest=Decimal(2), highest=Decimal(1))


def test_an_unknown_product_is_told_with_the_known_ones(settings: Set) -> None:
    with pytest.raises(ConversionError, match="hydofon"):
        program(settings(product="hydofone"))


def test_a_patch_is_no_pump() -> None:
    answer = program(
        Settings(
            dose=read_dose("fentanyl td 25 µg/t"),
            concentration=Decimal(1),
            reservoir=Decimal(10),
            bolus=Bolus(amount=Decimal(1), lockout=Decimal(20)),
        )
    )
    assert isinstance(answer, Refusal)
    assert answer.code == "not_subcutaneous"


def test_a_vein_is_refused_because_no_source_was_seen_for_one(settings: Set) -> None:
    answer = program(settings("morfin iv 60 mg/d"))
    assert isinstance(answer, Refusal)
    assert str(answer.message).startswith("No source was seen for a pain pump into a vein")
    by_mouth = program(settings("morfin po 60 mg/d"))
    assert isinstance(by_mouth, Refusal)
    assert "vein" not in str(by_mouth.message)


@pytest.mark.parametrize("odd", ["1e-7", "1000001", "1e30"])
@pytest.mark.parametrize("field", ["concentration", "reservoir", "hang"])
def test_a_figure_no_pump_can_have_is_a_slip(settings: Set, field: str, odd: str) -> None:
    good = settings()
    with pytest.raises(DoseError, match="Look for a slip"):
        replace(good, **{field: Decimal(odd)})
