"""Deadlines, what late costs, extensions and groups, as a course's rules come to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pallkit.cases.schema import SchemaError
from pallkit_app.compile import strict_yaml
from pallkit_grading.course import structure_course
from pallkit_grading.group_hand_ins import HandIn, counting
from pallkit_grading.hand_in_time import HandInTime, believed, parse_time, told_of_time
from pallkit_grading.rules import Rules, rules_of
from pallkit_grading.rules_file import structure_rules

COURSE = structure_course(
    {
        "id": "kurs",
        "invented": True,
        "title": {"nb": "Kurs", "nn": "Kurs", "en": "Course"},
        "assignments": [
            {"id": "en", "lang": "nb", "key": "en"},
            {"id": "en-nn", "lang": "nn", "key": "en"},
            {"id": "to", "lang": "nb", "key": "to", "group": True},
            {"id": "to-nn", "lang": "nn", "key": "to", "group": True},
        ],
    }
)


def rules(text: str) -> Rules:
    return rules_of(structure_rules(strict_yaml.parse(text, "rules.yaml").value), COURSE)


def faults(text: str) -> list[str]:
    with pytest.raises(SchemaError) as caught:
        rules(text)
    return [f"{one.where}: {one.message}" for one in caught.value.faults]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


LATE = """
due: {en: 2026-11-22 15:00}
late: {grace: 15 min, per_day: 10 %, floor: 50 %}
"""


def test_a_deadline_is_on_the_courses_own_clock_summer_and_winter() -> None:
    made = rules("due: {en: 2026-07-01 12:00, to: 2026-12-01 12:00}")
    assert made.due("en", "kari") == utc("2026-07-01T10:00")
    assert made.due("to", "kari") == utc("2026-12-01T11:00")


def test_a_date_alone_is_its_last_minute() -> None:
    assert str(rules("due: {en: 2026-11-22}").due("en")) == "2026-11-22 23:59:00+01:00"


def test_the_same_tasks_in_nynorsk_share_the_deadline_unless_said() -> None:
    assert rules(LATE).due("en-nn", "kari") == utc("2026-11-22T14:00")
    own = rules("due: {en: 2026-11-22 15:00, en-nn: 2026-11-23 15:00}")
    assert own.due("en-nn", "kari") == utc("2026-11-23T14:00")


@pytest.mark.parametrize(
    ("at", "days", "penalty"),
    [
        pytest.param("2026-11-22T14:00:59", 0, "0", id="the whole minute is in time"),
        pytest.param("2026-11-22T14:15:30", 0, "0", id="within the grace"),
        pytest.param("2026-11-22T14:16", 1, "0.79", id="10 % of 7.99, rounded down"),
        pytest.param("2026-11-23T14:00", 1, "0.79", id="a whole day is one begun day"),
        pytest.param("2026-11-23T14:01", 2, "1.59", id="20 %"),
        pytest.param("2026-12-24T14:00", 32, "3.99", id="never below half"),
    ],
)
def test_each_begun_day_costs_a_share_of_the_points(at: str, days: int, penalty: str) -> None:
    made = rules(LATE)
    assert made.days_late("en", "kari", utc(at)) == days
    assert made.penalty("en", "kari", utc(at), Decimal("7.99")) == Decimal(penalty)


def test_a_day_is_on_the_calendar_also_where_the_clock_is_set_back() -> None:
    made = rules("due: {en: 2026-10-24 15:00}\nlate: {per_day: 10 %}")
    assert made.days_late("en", "kari", utc("2026-10-25T14:00")) == 1  # 25 hours later, 15:00
    assert made.days_late("en", "kari", utc("2026-10-25T14:01")) == 2


def test_a_time_the_clock_skips_is_refused_and_one_it_shows_twice_is_the_later() -> None:
    assert faults("due: {en: 2027-03-28 02:30}") == [
        "due.en: the clock is set forward past this time. Choose another."
    ]
    twice = rules("due: {en: 2026-10-25 02:30}").due("en")
    assert twice is not None
    assert twice.astimezone(UTC) == utc("2026-10-25T01:30")


def test_without_a_rule_nothing_is_taken_off() -> None:
    made = rules("due: {en: 2026-11-22 15:00}")
    assert made.penalty("en", "kari", utc("2030-01-01"), Decimal(5)) == 0
    assert Rules().penalty("en", "kari", utc("2030-01-01"), Decimal(5)) == 0


def test_an_extension_is_for_its_trainee_in_both_languages() -> None:
    made = rules(
        LATE + "extensions: [{trainee: kari, assignment: en, until: 2026-11-30, reason: syk}]"
    )
    for assignment in ("en", "en-nn"):
        assert made.due(assignment, "kari") == utc("2026-11-30T22:59")
        assert made.due(assignment, "ola") == utc("2026-11-22T14:00")


GROUPS = """
due: {to: 2026-11-22 15:00}
late: {per_day: 10 %}
groups:
  - {id: Gruppe 1, members: [kari, ola, 1234]}
"""


def test_a_group_is_together_only_where_groups_hand_in() -> None:
    made = rules(GROUPS)
    assert made.members("ola", "to-nn") == ("kari", "ola", "1234")
    assert made.members("ola", "en") == ("ola",)
    assert made.members("per", "to") == ("per",)


@pytest.mark.parametrize("who", ["group: gruppe 1", "trainee: ola"])
def test_an_extension_for_a_group_or_a_member_is_for_all_of_it(who: str) -> None:
    made = rules(GROUPS + f"extensions: [{{{who}, assignment: to, until: 2026-11-25 12:00}}]")
    assert made.due("to", "kari") == utc("2026-11-25T11:00")
    assert made.due("to", "per") == utc("2026-11-22T14:00")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("due: {tre: 2026-11-22}", "due.tre: there is no assignment “tre”"),
        ("due: {en: i morgen}", "due.en: “i morgen” is not a date and time"),
        ("due: {en: 2026-02-30}", "is not a date and time"),
        ("frist: {en: 2026-11-22}", "unknown key: frist"),
        ("late: {per_day: 101 %}", "late.per_day: “101 %” is not a percentage"),
        ("late: {per_day: 10 %, grace: litt}", "late.grace: “litt” is not a time"),
        ("groups: [{id: A, members: [../x]}]", "groups[0].members[0]: the id must begin"),
        ("groups: [{id: A, members: [con.txt]}]", "cannot be the name of a folder"),
        ("groups: [{id: A, members: [x]}, {id: a, members: [y]}]", "“a” stands twice"),
        ("groups: [{id: A, members: [x]}, {id: B, members: [x]}]", "x is both in “A” and in “B”"),
        ("groups: [{id: A, members: [x, x]}]", "names a member twice"),
        (
            LATE + "extensions: [{assignment: en, until: 2026-11-30}]",
            "for a trainee or for a group",
        ),
        (
            LATE + "extensions: [{trainee: x, assignment: en, until: 2026-11-01}]",
            "extensions[0].until: an extension must be later",
        ),
        (
            "extensions: [{trainee: x, assignment: en, until: 2026-11-01}]",
            "“en” has no deadline to extend",
        ),
        (
            LATE + "extensions: [{group: B, assignment: en, until: 2026-12-01}]",
            "there is no group “B”",
        ),
    ],
)
def test_a_rule_that_cannot_be_is_refused_at_its_place(text: str, said: str) -> None:
    assert said in " | ".join(faults(text))


def test_two_groups_may_share_members_for_different_tasks() -> None:
    made = rules(
        "groups: [{id: A, members: [x, y], assignments: [en]},"
        " {id: B, members: [x, z], assignments: [to]}]"
    )
    assert made.members("x", "to-nn") == ("x", "z")


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-11-22 16:40:48.123456 UTC", "2026-11-22T16:40:48.123456"),
        ("2026-11-22 16:40:48.123456 UTC\n", "2026-11-22T16:40:48.123456"),
        ("2026-07-01 12:00:00 CEST", "2026-07-01T10:00"),
        ("2026-12-01 12:00:00 Europe/Oslo", "2026-12-01T11:00"),
        ("2026-12-01 12:00:00 +0100", "2026-12-01T11:00"),
        ("2026-12-01T12:00:00+01", "2026-12-01T11:00"),
        ("2026-12-01 12:00:00", "2026-12-01T12:00"),
    ],
)
def test_reads_the_times_that_nbgrader_writes(text: str, at: str) -> None:
    assert parse_time(text) == utc(at)


@pytest.mark.parametrize(
    "text", ["", "i går", "2026-13-01 12:00 UTC", "2026-12-01 12:00 ../../etc", "0" * 5000, "٢٠٢٦"]
)
def test_a_time_that_cannot_be_read_is_no_time(text: str) -> None:
    assert parse_time(text) is None


@given(st.text(max_size=80))
def test_no_text_stops_the_reading_of_a_time(text: str) -> None:
    parse_time(text)


def test_a_time_ahead_is_not_believed_and_takes_nothing_off() -> None:
    now = utc("2026-11-22T12:00")
    assert believed(now + timedelta(minutes=5), now).at is not None
    ahead = believed(now + timedelta(days=1), now)
    made = rules(LATE)
    assert made.penalty("en", "kari", ahead.at, Decimal(5)) == 0
    assert [str(line) for line in told_of_time(made, "en", "kari", ahead)] == [
        "It is not known when this was handed in: the time given lies ahead."
    ]


def test_leader_and_trainee_are_told_of_what_is_taken_off() -> None:
    late = HandInTime(utc("2026-11-23T14:01"))
    assert [str(line) for line in told_of_time(rules(LATE), "en", "kari", late)] == [
        (
            "Handed in 23.11.2026 at 15:01, 2 begun days after the deadline 22.11.2026 at 15:00: "
            "20 % of the points are taken off."
        )
    ]


def hand_in(trainee: str, at: str | None, assignment: str = "to") -> HandIn:
    return HandIn(trainee, assignment, HandInTime(utc(at) if at else None))


@pytest.mark.parametrize(
    ("times", "counts"),
    [
        pytest.param(
            {"kari": "2026-11-20T10:00", "ola": "2026-11-21T10:00"}, "ola", id="the newest"
        ),
        pytest.param(
            {"kari": "2026-11-20T10:00", "ola": "2026-11-23T10:00"},
            "kari",
            id="before the deadline",
        ),
        pytest.param(
            {"kari": "2026-11-25T10:00", "ola": "2026-11-23T10:00"}, "ola", id="all late: the first"
        ),
        pytest.param({"kari": None, "ola": "2026-11-23T10:00"}, "ola", id="a known time"),
    ],
)
def test_one_hand_in_counts_for_the_group(times: dict[str, Any], counts: str) -> None:
    alone = hand_in("per", "2026-11-20T10:00")
    found = counting(rules(GROUPS), [*(hand_in(who, at) for who, at in times.items()), alone])
    (group, single) = found
    assert group.hand_in.trainee == counts
    assert group.members == ("kari", "ola", "1234")
    assert {one.trainee for one in group.others} == set(times) - {counts}
    assert f"{counts} (to) counts for all of it" in str(group.line)
    assert (single.hand_in, single.members, single.line) == (alone, ("per",), None)


def test_of_two_languages_the_newest_in_time_counts() -> None:
    (one,) = counting(
        rules(LATE),
        [hand_in("kari", "2026-11-20", "en"), hand_in("kari", "2026-11-21", "en-nn")],
    )
    assert one.hand_in.assignment == "en-nn"
    assert str(one.line) == "Handed in more than once: kari (en-nn) counts, not kari (en)."


@given(
    st.integers(-60 * 24 * 300, 60 * 24 * 400),
    st.decimals(0, 100, places=2),
)
def test_a_penalty_never_falls_with_time_nor_takes_more_than_the_floor_leaves(
    minutes: int, points: Decimal
) -> None:
    made = rules("due: {en: 2026-11-22 15:00}\nlate: {per_day: 15 %, floor: 20 %}")
    at = utc("2026-11-22T14:00") + timedelta(minutes=minutes)
    first = made.penalty("en", "kari", at, points)
    later = made.penalty("en", "kari", at + timedelta(hours=7), points)
    assert 0 <= first <= later <= points * Decimal("0.8")
