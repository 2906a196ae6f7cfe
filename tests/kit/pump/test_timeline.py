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


def test_the_picture_is_told_in_words(worked: Work) -> None:
    done = worked("morfin sc 144 mg/d", volume="30", bolus=("2", "20"))  # 0.6 and 1.2 mL/h
    assert str(timeline(done, Decimal(24)).message) == (
        "In 24 h the pump gives 144 mg without boluses, and 15.6 mL is left. With every bolus it "
        "gives 288 mg, and 1.2 mL is left."
    )
    assert str(timeline(done, Decimal(72)).message) == (
        "In 72 h (3 days) the pump gives 300 mg without boluses, and 0 mL is left. It is empty "
        "after 50 h (2.1 days). With every bolus it gives 300 mg, and 0 mL is left. Then it is "
        "empty after 25 h."
    )


def test_each_point_is_drawn_and_told(worked: Work) -> None:
    done = worked("morfin sc 144 mg/d", volume="30", bolus=("2", "20", "11"))
    told = timeline(done, Decimal(48)).to_json("nb")
    assert told["span_h"] == 48
    assert told["basal"] == {
        "moments": [
            {"h": 0, "ml_left": 30, "mg_given": 0, "at": "0 t", "left": "30 mL", "given": "0 mg"},
            {
                "h": 24,
                "ml_left": 15.6,
                "mg_given": 144,
                "at": "24 t",
                "left": "15,6 mL",
                "given": "144 mg",
            },
            {
                "h": 48,
                "ml_left": 1.2,
                "mg_given": 288,
                "at": "48 t (2 døgn)",
                "left": "1,2 mL",
                "given": "288 mg",
            },
        ],
        "empty_h": None,
        "empty": None,
    }
    assert told["pressed"]["empty_h"] == pytest.approx(30 / 1.1, rel=1e-6)
    assert told["pressed"]["empty"].startswith("27,3 t")
    assert told["presses"] == [
        {"minute": 0, "within": True},
        {"minute": 20, "within": True},
        {"minute": 40, "within": False},
    ]
    assert told["keeps_h"] is None
    assert told["text"].startswith("På 48 t (2 døgn)")


def test_how_long_it_keeps_is_drawn_where_it_is_known(worked: Work) -> None:
    named = worked("hydromorfon sc 24 mg/d", strength="50", product="hydofon")
    told = timeline(named, Decimal(72)).to_json("nb")
    assert told["keeps_h"] == 48
    assert told["pressed"] is None
    assert told["presses"] == []


def test_one_that_is_empty_at_the_very_end_is_said_to_be_empty(worked: Work) -> None:
    line = timeline(worked("morfin sc 144 mg/d", volume="14.4"), Decimal(24))
    assert followed(line) == [(0, Decimal("14.4"), 0), (24, 0, 144)]
    assert line.basal.empty == 24
