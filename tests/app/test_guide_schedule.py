"""The plan of a session: it adds up to the minutes asked for, and says when to reveal."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pallkit import content
from pallkit.cases import load
from pallkit.i18n import Language
from pallkit_app.guide import guide_html
from pallkit_app.guide.routes import best_path
from pallkit_app.guide.schedule import HOUR, LONGEST, clock, schedule
from pallkit_app.guide.view import make_guide
from pallkit_app.paper import PaperError

STEPS = st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=1, max_size=25)


@given(STEPS, st.integers(45, LONGEST))
def test_the_minutes_of_a_plan_always_add_up(found: list[tuple[int, bool]], total: int) -> None:
    steps = [(str(at), minutes, decides) for at, (minutes, decides) in enumerate(found)]
    slots = schedule(steps, total)
    assert sum(slot.minutes for slot in slots) == total
    assert all(slot.minutes > 0 for slot in slots)
    assert slots[0].part == "welcome"
    assert slots[-1].part == "closing"
    for slot, after in pairwise(slots):
        assert slot.start + slot.minutes == after.start
    for slot in slots:
        if slot.reveal is not None:
            assert slot.start <= slot.reveal <= slot.start + slot.minutes
    assert {slot.step for slot in slots if slot.reveal is not None} == {
        id_ for id_, _minutes, decides in steps if decides
    }


@pytest.mark.parametrize("case_id", content.case_ids())
def test_every_case_can_be_planned_in_an_hour_and_in_two(case_id: str) -> None:
    case = load(case_id)
    steps = [(id_, case.by_id[id_].minutes, True) for id_ in best_path(case)]
    for minutes in (60, HOUR, 120):
        assert sum(slot.minutes for slot in schedule(steps, minutes)) == minutes


def test_steps_that_are_cut_short_keep_their_order_of_size() -> None:
    slots = schedule([("a", 30, True), ("b", 10, False), ("c", 50, True)], 60)
    given_ = {slot.step: slot.minutes for slot in slots}
    assert given_["c"] > given_["a"] > given_["b"] >= 1


@pytest.mark.parametrize("minutes", [0, 15, 241])
def test_a_session_that_is_too_short_or_too_long_is_refused(minutes: int) -> None:
    with pytest.raises(PaperError, match="cannot be planned in"):
        schedule([("a", 5, True)], minutes)


def test_a_minute_is_told_as_on_a_watch() -> None:
    assert [clock(minute) for minute in (0, 9, 60, 95)] == ["0:00", "0:09", "1:00", "1:35"]


@pytest.mark.parametrize(("lang", "word"), [("nn", "Opne")])
def test_the_guide_says_when_to_reveal_at_each_decision(lang: Language, word: str) -> None:
    guide = make_guide("opioidbytte", lang)
    html = guide_html("opioidbytte", lang)
    for step in guide.steps:
        if step.reveal is not None:
            assert f"{word} {clock(step.reveal)}" in html
    assert len(re.findall(rf"{word} \d:\d\d", html)) == sum(
        step.reveal is not None for step in guide.steps
    )


def test_the_guide_has_moves_for_any_silent_table() -> None:
    html = guide_html("uenighet", "nn")
    assert html.index("Tel stille til ti") > html.index("Når det blir stille rundt bordet") > 0
