"""Marks of persons, in a real gradebook: kept, told of, and never overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from tests.grading import marked_course
from tests.grading.marked_course import NB, TEXT, MarkedCourse

from pallkit.privacy import IdentityNumberError
from pallkit_grading import manual
from pallkit_grading.manual import ChangedMeanwhileError, ManualError, NewMark

pytestmark = pytest.mark.xdist_group("marked-course")  # made once, whichever worker does it


@pytest.fixture
def course(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> MarkedCourse:
    made = marked_course.made_once(tmp_path_factory)
    return marked_course.copy(made, tmp_path / "course")


@pytest.fixture
def book(course: MarkedCourse) -> Iterator[Any]:
    with course.book() as opened:
        yield opened


def _mark(
    points: str | None = "3", trainee: str = "anne", task: str = TEXT, **more: Any
) -> NewMark:
    given = {"rubric": {"hva": Decimal(1)}, "comment": "Godt.", "grader": "kari"} | more
    return NewMark(NB, trainee, task, None if points is None else Decimal(points), **given)


def _seen(book: Any, trainee: str = "anne", task: str = TEXT) -> str:
    return manual.standings(book.db, NB)[trainee, task].version


def _save(book: Any, mark: NewMark) -> None:
    manual.save(book.db, mark, seen=_seen(book, mark.trainee, mark.task))


def test_a_mark_is_nbgraders_own_score_and_comment(book: Any) -> None:
    _save(book, _mark())
    grade = book.find_grade(TEXT, NB, NB, "anne")
    assert (grade.manual_score, grade.score, grade.needs_manual_grade) == (3, 3, False)
    comment = book.find_comment(TEXT, NB, NB, "anne")
    assert comment.comment == "Godt."


def test_a_mark_is_read_with_its_levels_and_who_gave_it(book: Any) -> None:
    _save(book, _mark("2.5"))
    mark = manual.marks(book.db, NB)["anne", TEXT]
    assert (mark.points, mark.rubric, mark.comment) == (
        Decimal("2.5"),
        {"hva": Decimal(1)},
        "Godt.",
    )
    assert mark.grader == "kari"
    assert mark.at is not None
    assert mark.at.utcoffset() is not None


def test_every_score_stands_in_the_history_with_the_key_it_was_given_by(book: Any) -> None:
    _save(book, _mark("3"))
    _save(book, _mark("2"))
    _save(book, _mark("2", comment="En lengre kommentar."))
    rows = manual.timeline(book.db, NB, "anne", TEXT)
    assert [(one.person, one.points) for one in rows] == [
        ("pallkit", None),
        ("kari", Decimal(3)),
        ("kari", Decimal(2)),
    ]
    assert len({one.key_version for one in rows}) == 1
    assert rows[0].key_version


def test_the_machines_next_run_leaves_a_persons_mark(course: MarkedCourse) -> None:
    with course.book() as book:
        _save(book, _mark("3"))
        _save(book, _mark("1", task="omregning-1", reason="Enheten manglet.", comment=""))
        before = manual.marks(book.db, NB)
    course.grade(again=True)
    with course.book() as book:
        assert manual.marks(book.db, NB) == before
        assert book.find_grade("omregning-1", NB, NB, "anne").score == 1
        text = book.find_grade(TEXT, NB, NB, "anne")
        assert (text.score, text.needs_manual_grade) == (3, False)


def test_a_new_hand_in_does_not_take_the_mark_but_shows_as_changed(course: MarkedCourse) -> None:
    with course.book() as book:
        _save(book, _mark())
        seen = _seen(book)
    course.answers("anne", {TEXT: "Noe helt annet."})
    course.grade()
    with course.book() as book:
        now = manual.standings(book.db, NB)["anne", TEXT]
        assert manual.marks(book.db, NB)["anne", TEXT].points == 3
        assert now.own is not None
        assert now.own.hand_in != now.hand_in
        assert now.row.needs_person
        with pytest.raises(ChangedMeanwhileError):
            manual.save(book.db, _mark("4"), seen=seen)


def test_a_changed_key_leaves_the_mark_and_asks_for_another_look(course: MarkedCourse) -> None:
    with course.book() as book:
        _save(book, _mark())
    key = course.folder / "key" / "omregning-i-praksis.yaml"
    key.write_text(key.read_text(encoding="utf-8").replace("Klart og kort", "Kort og klart"))
    course.grade()
    with course.book() as book:
        assert manual.standings(book.db, NB)["anne", TEXT].row.needs_person
        _save(book, _mark())  # looked at, and it holds
        assert not manual.standings(book.db, NB)["anne", TEXT].row.needs_person
        people = [one for one in manual.timeline(book.db, NB, "anne", TEXT) if one.points]
        assert [one.points for one in people] == [3, 3]
        assert people[0].key_version != people[1].key_version


def test_two_who_mark_the_same_answer_at_once_do_not_overwrite_each_other(
    course: MarkedCourse,
) -> None:
    with course.book() as karis, course.book() as olas:
        seen = _seen(karis)
        assert seen == _seen(olas)
        manual.save(karis.db, _mark("3"), seen=seen)
        with pytest.raises(ChangedMeanwhileError):
            manual.save(olas.db, _mark("1", grader="ola"), seen=seen)
        assert manual.marks(olas.db, NB)["anne", TEXT].points == 3


def test_of_four_who_save_in_the_same_moment_one_is_saved(course: MarkedCourse) -> None:
    ready = Barrier(4, timeout=30)

    def marks(mine: Any, grader: str) -> str:
        seen = _seen(mine)
        mine.db.rollback()
        ready.wait()
        try:
            manual.save(mine.db, _mark("2", grader=grader), seen=seen)
        except ChangedMeanwhileError:
            return "conflict"
        finally:
            mine.db.remove()  # this thread's own session
        return grader

    with ExitStack() as stack, ThreadPoolExecutor(4) as pool:
        graders = ("anita", "bo", "carl", "dina")
        books = [stack.enter_context(course.book()) for _ in graders]
        assert {_seen(one) for one in books} == {_seen(books[0])}  # and our tables are made
        outcomes = sorted(pool.map(marks, books, graders))
    assert outcomes.count("conflict") == 3
    with course.book() as book:
        (saved,) = [one for one in outcomes if one != "conflict"]
        assert manual.marks(book.db, NB)["anne", TEXT].grader == saved
        told = manual.timeline(book.db, NB, "anne", TEXT)
        assert [one.person for one in told] == ["pallkit", saved]


def test_another_persons_mark_is_changed_only_with_a_reason(book: Any) -> None:
    _save(book, _mark("3"))
    with pytest.raises(ManualError, match="kari has given a score"):
        _save(book, _mark("1", grader="ola"))
    _save(book, _mark("1", grader="ola", reason="Leste feil svar."))
    assert manual.marks(book.db, NB)["anne", TEXT].grader == "ola"


def test_the_machines_score_is_changed_only_with_a_reason(book: Any) -> None:
    with pytest.raises(ManualError, match="machine has given a score"):
        _save(book, _mark("0", task="omregning-1"))
    _save(book, _mark("0", task="omregning-1", reason="Skrevet av."))
    last = manual.timeline(book.db, NB, "anne", "omregning-1")[-1]
    assert (last.points, last.words, last.person) == (0, "Skrevet av.", "kari")


def test_a_mark_can_be_taken_back_and_the_task_waits_again(book: Any) -> None:
    _save(book, _mark())
    _save(book, _mark(None))
    grade = book.find_grade(TEXT, NB, NB, "anne")
    assert (grade.manual_score, grade.needs_manual_grade) == (None, True)
    assert ("anne", TEXT) not in manual.marks(book.db, NB)
    assert manual.timeline(book.db, NB, "anne", TEXT)[-1].points is None


def test_a_mark_made_in_formgrader_is_noticed_once(book: Any) -> None:
    _save(book, _mark("3"))
    grade = book.find_grade(TEXT, NB, NB, "anne")
    grade.manual_score = 4
    book.db.commit()
    assert manual.notice_formgrader(book.db, NB) == 1
    assert manual.notice_formgrader(book.db, NB) == 0
    mark = manual.marks(book.db, NB)["anne", TEXT]
    assert (mark.points, mark.grader, mark.rubric) == (4, "formgrader", {})
    assert manual.timeline(book.db, NB, "anne", TEXT)[-1].person == "formgrader"


@pytest.mark.parametrize("points", ["-0.5", "4.5"])
def test_points_outside_the_task_are_refused_and_nothing_is_written(book: Any, points: str) -> None:
    with pytest.raises(ManualError, match="from 0 to 4"):
        _save(book, _mark(points))
    assert manual.marks(book.db, NB) == {}


def test_an_identity_number_in_a_comment_is_refused(book: Any) -> None:
    with pytest.raises(IdentityNumberError) as caught:
        _save(book, _mark(comment="Gjelder 01019012345."))
    assert "01019012345" not in str(caught.value)


def test_an_unknown_trainee_is_refused(book: Any) -> None:
    with pytest.raises(ManualError, match="no task"):
        manual.save(book.db, _mark(trainee="ingen"), seen="")
