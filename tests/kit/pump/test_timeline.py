"""A pump over days: what is left, what was given, and when the reservoir is empty."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from tests.kit.pump.test_properties import pumps

from pallkit.i18n import LANGUAGES, render
from pallkit.opioids import Refusal
from pallkit.pump import SPANS, Program, Settings, Timeline, program, timeline

Work = Callable[..., Program]


def followed(line: Timeline) -> list[tuple[Decimal, Decimal, Decimal]]:
    return [(one.at, one.left, one.given) for one in line.basal.moments]


def test_runs_out_by_what_it_gives_all_the_time(worked: Work) -> None:
    done = worked("morfin sc 144 mg/d", volume="30")  # 0.6 mL/h: 14.4 mL and 144 mg a day
    line = timeline(done, Decimal(72))
    assert followed(line) == [
        (0, 30, 0),
        (24, Decimal("15.6"), 144),
        (48, Decimal("1.2"), 288),
        (50, 0, 300),
        (72, 0, 300),
    ]
    assert (line.basal.empty, line.pressed, line.presses) == (50, None, ())


def test_one_that_lasts_is_not_said_to_be_empty(worked: Work) -> None:
    line = timeline(worked("morfin sc 144 mg/d", volume="100"), Decimal(24))
    assert (line.basal.empty, len(line.basal.moments)) == (None, 2)
    assert "empty" not in render(line.message, "en")


def test_every_bolus_empties_it_by_the_long_run_mean(worked: Work) -> None:
    line = timeline(worked(bolus=("2", "20")), Decimal(72))  # 12 mg/h: 1.2 mL/h
    assert line.pressed is not None
    assert [one.given for one in line.pressed.moments] == [0, 288, 576, 864]
    assert line.pressed.empty is None
    half = timeline(worked(bolus=("2", "20"), volume="50"), Decimal(48)).pressed
    assert half is not None
    assert half.empty is not None
    assert half.empty.quantize(Decimal("0.01")) == Decimal("41.67")  # 50 ÷ 1.2


@pytest.mark.parametrize(
    ("bolus", "minutes", "within"),
    [
        pytest.param(("2", "20"), [0, 20, 40], [True] * 3, id="three at 20 min"),
        pytest.param(("2", "25"), [0, 25, 50], [True] * 3, id="three at 25 min"),
        pytest.param(("2", "60"), [0], [True], id="one at 60 min"),
        pytest.param(("2", "20", "11"), [0, 20, 40], [True, True, False], id="6 + 2 × 3 > 11"),
        pytest.param(("2", "20", "12"), [0, 20, 40], [True] * 3, id="6 + 2 × 3 = 12"),
    ],
)
def test_shows_the_boluses_of_one_hour_and_which_the_limit_stops(
    worked: Work, bolus: tuple[str, ...], minutes: list[int], within: list[bool]
) -> None:
    presses = timeline(worked(bolus=bolus), Decimal(24)).presses
    assert [one.minute for one in presses] == minutes
    assert [one.within for one in presses] == within


def test_the_stability_limit_is_a_products_or_not_known(worked: Work) -> None:
    named = worked("hydromorfon sc 24 mg/d", strength="50", product="hydofon")
    assert timeline(named, Decimal(72)).keeps == 48
    assert timeline(worked(), Decimal(72)).keeps is None


@given(settings=pumps())
def test_nothing_is_lost_on_the_way(settings: Settings) -> None:
    done = program(settings)
    if isinstance(done, Refusal):
        return
    for span in SPANS:
        line = timeline(done, span)
        assert line.basal.empty is None or line.basal.empty <= span
        for course in (line.basal, line.pressed):
            if course is None:
                continue
            assert course.moments[0].at == 0
            assert course.moments[-1].at == span
            lefts = [one.left for one in course.moments]
            assert lefts == sorted(lefts, reverse=True)
            for one in course.moments:
                whole = one.left + one.given / settings.concentration
                assert abs(whole - settings.reservoir) < Decimal("1e-9")
        for lang in LANGUAGES:
            assert line.to_json(lang)["text"]
