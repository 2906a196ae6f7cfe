"""Second markers, differences and appeals, in a real gradebook and as the page shows them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.grading import marked_course
from tests.grading.marked_course import HOSTILE, NB, NN, TEXT, MarkedCourse
from typer.testing import CliRunner

from pallkit_app.cli import app
from pallkit_app.courses.reading import read_course, read_keys
from pallkit_app.marking_page.sitting import Sitting, piles
from pallkit_app.marking_page.view import Reader, history_view, item_view, overview, task_view
from pallkit_app.marking_page.view import around as everything_around
from pallkit_grading import manual
from pallkit_grading.book import history
from pallkit_grading.manual import AppealNote, ChangedMeanwhileError, ManualError, NewMark

pytestmark = pytest.mark.xdist_group("marked-course")  # made once, whichever worker does it


@pytest.fixture
def course(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> MarkedCourse:
    made = marked_course.made_once(tmp_path_factory)
    return marked_course.copy(made, tmp_path / "course")


@pytest.fixture
def book(course: MarkedCourse) -> Iterator[Any]:
    with course.book() as opened:
        yield opened


def _sitting(course: MarkedCourse, grader: str, *, second: bool = False) -> Sitting:
    key = read_keys(course.folder)
    return Sitting(course.folder, read_course(course.folder), key, NB, grader, second)


def _new(points: str | None, grader: str, reason: str = "") -> NewMark:
    given = None if points is None else Decimal(points)
    return NewMark(NB, "anne", TEXT, given, {}, f"Sett av {grader}.", grader, reason)


def _first(book: Any, points: str, grader: str = "kari", reason: str = "") -> None:
    seen = manual.standings(book.db, NB)["anne", TEXT].version
    manual.save(book.db, _new(points, grader, reason), seen=seen)


def _view(course: MarkedCourse, book: Any, grader: str, *, second: bool = False) -> dict[str, Any]:
    found = task_view(book, _sitting(course, grader, second=second), TEXT, Reader("nb"))
    assert found is not None
    return found


def _item(course: MarkedCourse, book: Any, grader: str, *, second: bool = False) -> dict[str, Any]:
    items = _view(course, book, grader, second=second)["items"]
    return next(one for one in items if one["name"] == "anne")


def test_a_second_mark_leaves_the_gradebooks_score_as_it_is(book: Any) -> None:
    _first(book, "3")
    manual.save_second(book.db, _new("1", "ola"), seen=0)
    assert book.find_grade(TEXT, NB, NB, "anne").score == 3
    assert manual.second_marks(book.db, NB)["anne", TEXT].points == 1


def test_the_second_marker_sees_nothing_of_the_first_before_their_own_is_saved(
    course: MarkedCourse, book: Any
) -> None:
    _first(book, "3")
    sitting = _sitting(course, "ola", second=True)
    before = _item(course, book, "ola", second=True)
    hand = next(one for one in piles(book, sitting)[TEXT].hands if one.trainee == "anne")
    told = history_view(book, sitting, hand, TEXT, Reader("nb"))
    assert "kari" not in json.dumps([before, told])
    assert (before["mark"], before["other"], before["waits"]) == (None, None, True)
    manual.save_second(book.db, _new("1", "ola"), seen=0)
    after = _item(course, book, "ola", second=True)
    assert (after["mark"]["points"], after["other"]["points"]) == ("1", "3")
    assert after["difference"]["settled"] is None


def test_the_first_marker_does_not_see_the_second_before_their_own_is_saved(
    course: MarkedCourse, book: Any
) -> None:
    manual.save_second(book.db, _new("1", "ola"), seen=0)
    assert "ola" not in json.dumps(_view(course, book, "kari"))
    _first(book, "3")
    assert _item(course, book, "kari")["other"]["grader"] == "ola"


def test_one_person_is_not_both_markers(book: Any) -> None:
    _first(book, "3")
    with pytest.raises(ManualError, match="marked this answer yourself"):
        manual.save_second(book.db, _new("1", "kari"), seen=0)


def test_two_second_markers_at_once_do_not_overwrite_each_other(book: Any) -> None:
    manual.save_second(book.db, _new("1", "ola"), seen=0)
    with pytest.raises(ChangedMeanwhileError):
        manual.save_second(book.db, _new("2", "per"), seen=0)


def test_markers_who_agree_leave_nothing_to_settle(book: Any) -> None:
    _first(book, "3")
    manual.save_second(book.db, _new("3", "ola"), seen=0)
    assert manual.differences(book.db, NB) == ()


def test_a_difference_is_settled_by_a_named_person_with_a_reason(
    course: MarkedCourse, book: Any
) -> None:
    _first(book, "3")
    manual.save_second(book.db, _new("1", "ola"), seen=0)
    (found,) = manual.differences(book.db, NB)
    assert (found.first.points, found.second.points, found.settled) == (3, 1, None)
    seen = manual.standings(book.db, NB)["anne", TEXT].version
    with pytest.raises(ManualError, match="which points count, and why"):
        manual.settle(book.db, _new("2", "leder"), seen=seen)
    manual.settle(book.db, _new("2", "leder", "Midt imellom."), seen=seen)
    (found,) = manual.differences(book.db, NB)
    assert found.settled is not None
    assert (found.settled.grader, found.settled.reason) == ("leder", "Midt imellom.")
    assert book.find_grade(TEXT, NB, NB, "anne").score == 2
    told = manual.timeline(book.db, NB, "anne", TEXT)
    assert [one.kind for one in told] == ["score", "score", "second", "settled"]
    assert overview(book, _sitting(course, "kari"), Reader("nb"))["open_differences"] == 0


def test_a_mark_changed_after_it_was_settled_is_a_difference_again(book: Any) -> None:
    _first(book, "3")
    manual.save_second(book.db, _new("1", "ola"), seen=0)
    seen = manual.standings(book.db, NB)["anne", TEXT].version
    manual.settle(book.db, _new("2", "leder", "Midt imellom."), seen=seen)
    _first(book, "4", "kari", "Leste på nytt.")
    (found,) = manual.differences(book.db, NB)
    assert found.settled is None


def test_an_appeal_is_open_until_its_outcome_is_written(book: Any) -> None:
    place = (NB, "anne", TEXT)
    manual.open_appeal(book.db, AppealNote(*place, "kari", "Jeg skrev hvem.", "anne"))
    with pytest.raises(ManualError, match="open appeal"):
        manual.open_appeal(book.db, AppealNote(*place, "kari", "Igjen.", "anne"))
    manual.close_appeal(book.db, AppealNote(*place, "ola", "Ett poeng til."))
    (appeal,) = manual.appeals(book.db, NB)
    assert (appeal.asked_by, appeal.outcome, appeal.closed_by) == ("anne", "Ett poeng til.", "ola")
    with pytest.raises(ManualError, match="no open appeal"):
        manual.close_appeal(book.db, AppealNote(*place, "ola", "Igjen."))
    kinds = [one.kind for one in manual.timeline(book.db, NB, "anne", TEXT)]
    assert kinds == ["score", "appeal", "outcome"]


def test_hidden_names_are_not_sent_at_all(course: MarkedCourse, book: Any) -> None:
    manual.open_appeal(book.db, AppealNote(NB, "anne", TEXT, "kari", "Jeg skrev hvem.", "anne"))
    sitting = _sitting(course, "kari")
    shown = json.dumps(task_view(book, sitting, TEXT, Reader("nb", anonymous=True)))
    assert not [name for name in marked_course.TRAINEES if f'"{name}' in shown]
    numbers = [one["number"] for one in json.loads(shown)["items"]]
    assert numbers == [1, 2, 3, 4]


def test_both_languages_hand_ins_stand_in_one_pile(course: MarkedCourse, book: Any) -> None:
    view = _view(course, book, "kari")
    assert {one["name"]: one["lang"] for one in view["items"]}["dag"] == "nn"
    assert "Beskjed til hjemmetjenesten" in view["title"]
    assert [one["id"] for one in view["rubric"]] == ["bytte", "oppfolging"]


def test_every_flag_on_the_page_is_one_that_the_trainee_is_told(
    course: MarkedCourse, book: Any
) -> None:
    for assignment in (NB, NN):
        told = history.told(book.db, assignment)
        around = everything_around(book, _sitting(course, "kari"))[assignment]
        assert around.told == told
    sitting = _sitting(course, "kari")
    for pile in piles(book, sitting).values():
        for hand in pile.hands:
            known = everything_around(book, sitting)[hand.assignment]
            view = item_view(sitting, pile, hand, known, Reader("nb"))
            assert view["flags"] == [line["nb"] for line in known.told[hand.trainee].lines]


def test_the_history_is_a_table_json_and_csv(course: MarkedCourse) -> None:
    with course.book() as book:
        _first(book, "3")
        _first(book, "1", "=ola", "=1+1")
    given = ["grade", "history", str(course.folder), "--assignment", NB, "--trainee", "anne"]
    table = CliRunner().invoke(app, [*given, "--task", TEXT])
    assert table.exit_code == 0
    assert table.output.split()[:2] == ["Når", "Oppgavesett"]
    assert "3 / 4" in table.output
    rows = json.loads(CliRunner().invoke(app, [*given, "--task", TEXT, "--json"]).output)
    assert [row["points"] for row in rows] == [None, "3", "1"]
    assert rows[1]["at"].endswith(("+01:00", "+02:00"))
    csv = (
        CliRunner().invoke(app, [*given, "--task", TEXT, "--csv"]).stdout_bytes.decode("utf-8-sig")
    )
    assert '"\'=1+1"' in csv
    assert '"\'=ola"' in csv


def test_only_unsettled_differences_are_listed_when_asked_for(course: MarkedCourse) -> None:
    with course.book() as book:
        _first(book, "3")
        manual.save_second(book.db, _new("1", "ola"), seen=0)
    given = ["grade", "history", str(course.folder), "--assignment", NN, "--differences", "--json"]
    rows = json.loads(CliRunner().invoke(app, given).output)
    assert {(row["trainee"], row["task"]) for row in rows} == {("anne", TEXT)}
    assert [row["kind"] for row in rows] == ["score", "score", "second"]


def test_hostile_text_comes_out_as_it_was_written(course: MarkedCourse, book: Any) -> None:
    items = {one["name"]: one for one in _view(course, book, "kari")["items"]}
    assert items["berit"]["answer"]["text"] == HOSTILE
    assert items["cecilie"]["answer"]["kind"] == "none"
