"""Every score of a set of tasks, read from a real gradebook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from tests.grading.rules.books import COURSE, SAME, Book, course_book

from pallkit.errors import ContentError
from pallkit_app.compile import strict_yaml
from pallkit_grading.rules import Rules, rules_of
from pallkit_grading.rules_file import structure_rules
from pallkit_grading.scores import Scores, scores_of


@pytest.fixture
def book(course_folder: Path) -> Iterator[Book]:
    with course_book(course_folder, Rules(same=SAME)) as made:
        yield made


def of(book: Book, name: str = "en") -> dict[str, Scores]:
    return {one.trainee: one for one in scores_of(book, name)}


def with_rules(book: Book, text: str) -> Book:
    file = structure_rules(strict_yaml.parse(text, "rules.yaml").value)
    return replace(book, rules=rules_of(file, COURSE))


def test_nobody_gets_0_for_what_was_not_handed_in_or_not_looked_at(book: Book) -> None:
    book.grade("ola", "en", {"en-1": 2.0, "en-2": None})
    found = of(book)
    missing, waiting = found["ase"], found["ola"]
    assert (missing.state, missing.points, missing.total) == ("missing", None, None)
    assert [one.points for one in missing.tasks] == [None, None]
    assert (waiting.state, waiting.points, waiting.total) == ("not_graded", None, None)
    assert [one.points for one in waiting.tasks] == [Decimal(2), None]
    assert waiting.most == 5


def test_a_person_stands_above_the_program(book: Book) -> None:
    book.grade("ola", "en", {"en-1": 2.0, "en-2": 1.0}, {"en-1": 0.5})
    ola = of(book)["ola"]
    assert (ola.state, ola.points, ola.total) == ("graded", Decimal("1.5"), Decimal("1.5"))
    assert [one.by_person for one in ola.tasks] == [True, False]


def test_a_score_that_was_given_before_something_changed_waits(book: Book) -> None:
    book.grade("ola", "en", {"en-1": 2.0, "en-2": 1.0}, {"en-1": 0.5})
    book.grade_of("ola", "en", "en-1").needs_manual_grade = True
    ola = of(book)["ola"]
    assert (ola.state, ola.tasks[0].points, ola.tasks[0].earlier) == (
        "not_graded",
        None,
        Decimal("0.5"),
    )


def test_what_is_collected_and_not_graded_is_not_missing(book: Book) -> None:
    book.hand_in("ola", "en-nn")
    book.hand_in("ny", "en")
    found = of(book)
    assert {who: one.state for who, one in found.items()} == {
        "ase": "missing",
        "ola": "not_graded",
        "ny": "not_graded",
    }


def test_a_newer_hand_in_than_the_graded_one_is_not_graded(book: Book) -> None:
    book.hand_in("ola", "en", "2026-11-21 10:00:00.000000 UTC")
    book.grade("ola", "en", {"en-1": 2.0, "en-2": 1.0})
    assert of(book)["ola"].state == "not_graded"


def test_a_summer_time_that_nbgrader_takes_for_utc_is_the_same_hand_in(book: Book) -> None:
    stamp = "2026-07-01 12:00:00.000000 CEST"
    book.hand_in("ola", "en", stamp)
    book.grade("ola", "en", {"en-1": 2.0, "en-2": 1.0}, stamp=stamp)
    assert of(book)["ola"].state == "graded"


def test_the_two_languages_are_one_set_of_tasks(book: Book) -> None:
    book.hand_in("ola", "en-nn")
    book.grade("ola", "en-nn", {"en-1": 2.0, "en-2": 1.0})
    for name in ("en", "en-nn"):
        ola = of(book, name)["ola"]
        assert ola.hand_in is not None
        assert (ola.hand_in.assignment, ola.points) == ("en-nn", 3)


def test_the_penalty_follows_from_the_rules_of_today(book: Book) -> None:
    book.hand_in("ola", "en")
    book.grade("ola", "en", {"en-1": 2.0, "en-2": 3.0})
    late = "due: {en: 2026-11-19 10:00}\nlate: {per_day: 10 %}\n"
    ola = of(with_rules(book, late))["ola"]
    assert (ola.points, ola.penalty, ola.total) == (5, 1, 4)
    assert "2 begun days after the deadline" in str(ola.notes[0])
    extended = late + "extensions: [{trainee: ola, assignment: en, until: 2026-11-20}]"
    assert of(with_rules(book, extended))["ola"].total == 5


GROUP = "groups: [{id: G, members: [ase, ola]}]"


def test_a_group_has_the_points_of_the_hand_in_that_counts(book: Book) -> None:
    book.hand_in("ola", "to")
    book.hand_in("ase", "to", "2026-11-19 10:00:00.000000 UTC")
    book.grade("ola", "to", {"to-1": 3.0})
    book.grade("ase", "to", {"to-1": 1.0}, stamp="2026-11-19 10:00:00.000000 UTC")
    for one in of(with_rules(book, GROUP), "to").values():
        assert (one.points, one.members) == (3, ("ase", "ola"))
        assert "ola (to) counts for all of it, not ase (to)" in str(one.notes[0])


def test_a_member_who_did_nothing_of_it_alone_has_the_groups_points(book: Book) -> None:
    book.grade("ola", "to", {"to-1": 3.0})
    assert of(with_rules(book, GROUP), "to")["ase"].points == 3
    assert of(book, "to")["ase"].state == "missing"


def test_a_broken_time_takes_nothing_off_and_is_told_of(book: Book) -> None:
    book.hand_in("ola", "en", "i går")
    book.grade("ola", "en", {"en-1": 2.0, "en-2": 3.0}, stamp=None)
    ola = of(with_rules(book, "due: {en: 2026-11-19 10:00}\nlate: {per_day: 10 %}"))["ola"]
    assert (ola.total, len(ola.notes)) == (5, 1)


def test_nbgraders_own_penalty_counts_where_a_course_has_no_deadline_here(book: Book) -> None:
    book.grade("ola", "en", {"en-1": 2.0, "en-2": 3.0})
    book.book.find_submission("en", "ola").notebooks[0].late_submission_penalty = 1.5
    assert of(book)["ola"].total == Decimal("3.5")


def test_an_unknown_assignment_names_those_there_are(book: Book) -> None:
    with pytest.raises(ContentError, match="It has: en, en-nn, to"):
        of(book, "tre")
