"""Hand-ins are graded once each, by what is in them, and a person's grades stay."""

from __future__ import annotations

from tests.grading.running.made import FULL, RIGHT, Made

ONLY_SNITT = {"snitt": RIGHT["snitt"]}


def test_a_good_a_half_and_an_empty_hand_in_get_what_they_are_worth(course: Made) -> None:
    course.hand_in("god")
    course.hand_in("halv", ONLY_SNITT)
    course.hand_in("tom", {}, log=())
    summary = course.grade(jobs=2)
    assert (summary.marked, summary.before) == (3, 0)
    assert course.scores("god") == FULL | {"drofting": None}
    assert course.scores("halv") == {"test-snitt": 2, "test-median": 0, "dose-1": 2, "drofting": 0}
    assert course.scores("tom")["test-snitt"] == 0
