"""Hand-ins are graded once each, by what is in them, and a person's grades stay."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.grading.running.made import ASSIGNMENT, FULL, RIGHT, Made, cells_named, run_pallkit

from pallkit_grading.book.history import entries
from pallkit_grading.gradebook import read_grades
from pallkit_grading.running import here

ONLY_SNITT = {"snitt": RIGHT["snitt"]}


def _without_the_test(cells: list[dict[str, Any]]) -> None:
    cells_named(cells, "test-snitt")[0]["source"] = "1"


def test_a_good_a_half_and_an_empty_hand_in_get_what_they_are_worth(course: Made) -> None:
    course.hand_in("god")
    course.hand_in("halv", ONLY_SNITT)
    course.hand_in("tom", {}, log=())
    summary = course.grade(jobs=2)
    assert (summary.marked, summary.before) == (3, 0)
    assert course.scores("god") == FULL | {"drofting": None}
    assert course.scores("halv") == {"test-snitt": 2, "test-median": 0, "dose-1": 2, "drofting": 0}
    assert course.scores("tom")["test-snitt"] == 0


def test_an_untouched_notebook_with_hidden_tests_is_no_damaged_one(course: Made) -> None:
    course.hand_in("god")
    course.hand_in(
        "endret", change=lambda cells: cells_named(cells, "test-snitt")[0].update(source="1")
    )
    flagged = course.grade().flagged
    assert [one.trainee for one in flagged] == ["endret"]
    assert "“test-snitt” had been changed" in str(flagged[0].lines[0])
    assert course.scores("endret")["test-snitt"] == 2


def test_graded_again_only_when_something_changed(course: Made) -> None:
    folder = course.hand_in("god")
    course.hand_in("halv", ONLY_SNITT)
    course.grade()
    assert (course.grade().marked, course.grade(again=True).marked) == (0, 2)
    (folder / "mer.txt").write_text("et vedlegg")
    again = course.grade()
    assert (again.marked, again.before) == (1, 1)
    with course.book() as book:
        assert len(entries(book.db)) == 2 * 4  # the same score again is no news


def test_one_that_fails_is_told_of_and_tried_again(
    course: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    course.hand_in("god")
    course.hand_in("vond")
    mark = here.mark_hand_in

    def fails(folder: Path, trainee: str, *more: Any) -> Any:
        if trainee == "vond":
            raise RuntimeError("broken")
        return mark(folder, trainee, *more)

    with monkeypatch.context() as broken:
        broken.setattr(here, "mark_hand_in", fails)
        summary = course.grade()
    assert [one.trainee for one in summary.flagged] == ["vond"]
    assert course.scores("god") == FULL | {"drofting": None}
    assert course.scores("vond") == {}
    assert course.grade().marked == 1
    assert course.scores("vond") == FULL | {"drofting": None}


def test_half_signs_and_endless_names_stop_no_batch(course: Made) -> None:
    name = "\ud800\0\x1b[31m" + 300 * "x"
    about = {"nbgrader": {"grade_id": name}}
    odd = {"cell_type": "code", "metadata": about, "source": "'\ud800'"}
    course.hand_in("ond", change=lambda cells: cells.append(odd), escaped=True)
    course.hand_in("zebra")
    assert [one.trainee for one in course.grade().flagged] == ["ond"]
    assert course.scores("ond") == course.scores("zebra") == FULL | {"drofting": None}


def test_a_hand_in_without_answers_is_one_line_and_no_zero(course: Made) -> None:
    course.hand_in("glemt", log=())
    flagged = course.grade().flagged
    assert [str(line)[:40] for line in flagged[0].lines] == [
        "There is no svar.jsonl in the hand-in, s"
    ]
    assert course.scores("glemt") == FULL | {"drofting": None, "dose-1": None}


def test_what_a_person_graded_stays(course: Made) -> None:
    course.hand_in("god")
    course.grade()
    with course.book() as book:
        grade = book.find_grade("drofting", ASSIGNMENT, ASSIGNMENT, "god")
        grade.manual_score, grade.needs_manual_grade = 3.5, False
        book.db.commit()
    assert course.grade(again=True).by_hand == 0
    grades = read_grades(course.root, ASSIGNMENT)
    assert grades["god", "drofting"].manual == Decimal("3.5")
    (course.root / "submitted" / "god" / ASSIGNMENT / "mer.txt").write_text("et nytt vedlegg")
    assert course.grade().by_hand == 1  # to be looked at again, and not lost
    assert read_grades(course.root, ASSIGNMENT)["god", "drofting"].manual == Decimal("3.5")


def test_the_command_shows_a_summary_and_says_whether_a_person_is_needed(course: Made) -> None:
    course.hand_in("god")
    done = run_pallkit("grade", str(course.root), "--assignment", ASSIGNMENT)
    assert (done.returncode, done.stderr) == (1, "")
    assert "“kode”: 1 graded now, 0 were graded before, 0 to look at." in done.stdout
    assert "Answers that wait for a person: 1. Next: pallkit grade manual" in done.stdout
    again = run_pallkit("grade", str(course.root), "--assignment", ASSIGNMENT)
    assert again.returncode == 1  # the text still waits
    unknown = run_pallkit("grade", str(course.root), "--assignment", "annet")
    assert unknown.returncode == 2
    assert "The gradebook has no assignment “annet”. It has: kode." in unknown.stderr
