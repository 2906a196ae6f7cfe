"""After a run the leader sees everybody: points so far, what waits, who is late."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.grading.running.made import ASSIGNMENT, DOSE, Made

from pallkit_app.cli.grade_table import Standing, standing
from pallkit_app.courses.opening import open_course
from pallkit_grading.manual import ManualError, note_seen
from pallkit_grading.running import Flagged

RULES = "due: {kode: 2026-11-21 10:00}\nlate: {per_day: 10 %, floor: 50 %}\n"


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pallkit_app.cli.grade_table.say", str)
    monkeypatch.setattr("pallkit_app.cli.grade_table.cli_language", lambda: "en")


def _stands(course: Made, failed: tuple[Flagged, ...] = ()) -> Standing:
    with open_course(course.root) as of:
        return standing(of, ASSIGNMENT, failed)


def _timed(folder: Path, time: str | None) -> None:
    (folder / "timestamp.txt").unlink()
    if time:
        (folder / "timestamp.txt").write_text(time, encoding="utf-8")


def test_the_table_tells_the_three_states_apart_and_who_is_late(
    without_code: Made, tmp_path: Path
) -> None:
    course = without_code.copy(tmp_path / "kode")
    (course.root / "rules.yaml").write_text(RULES, encoding="utf-8")
    _timed(course.hand_in("tidlig"), "2026-11-20 08:00:00 UTC")
    course.hand_in("sen", log=())
    _timed(course.hand_in("ukjent", log=(DOSE,)), None)
    with course.book() as book:
        book.add_student("borte")
    before = _stands(course)
    assert [line.split("  ")[0] for line in before.table] == [
        "Trainee",
        "borte",
        "sen",
        "tidlig",
        "ukjent",
    ]
    assert all("not graded" in line for line in before.table[2:])
    course.grade()
    now = _stands(course)
    assert [line.split() for line in now.table[1:]] == [
        ["borte", "not", "handed", "in"],
        ["sen", "not", "graded", "2", "2", "days", "yes"],
        ["tidlig", "2", "of", "6", "1"],
        ["ukjent", "2", "of", "6", "1", "not", "known"],
    ]
    assert now.flagged == {"sen"}
    assert [line[:46] for line in now.findings] == [
        "sen: There is no svar.jsonl in the hand-in, so",
        "sen: Handed in 22.11.2026 at 11:00, 2 begun da",
        "ukjent: It is not known when this was handed i",
    ]


def test_what_was_found_is_told_again_by_the_next_run(without_code: Made, tmp_path: Path) -> None:
    course = without_code.copy(tmp_path / "kode")
    course.hand_in("glemt", log=())
    course.grade()
    assert course.grade().flagged == ()
    assert _stands(course).flagged == {"glemt"}


def test_remarks_that_a_person_has_seen_ask_for_nobody_until_the_hand_in_is_another(
    without_code: Made, tmp_path: Path
) -> None:
    course = without_code.copy(tmp_path / "kode")
    folder = course.hand_in("anna")
    (folder / "lenke").symlink_to("/etc/hostname")
    course.hand_in("bo")
    course.grade()
    assert _stands(course).flagged == {"anna"}
    with course.book() as book:
        note_seen(book.db, ASSIGNMENT, "anna", "kari", "En lenke uten virkning.")
        with pytest.raises(ManualError, match="looked at already"):
            note_seen(book.db, ASSIGNMENT, "anna", "kari")
        with pytest.raises(ManualError, match="Nothing was found"):
            note_seen(book.db, ASSIGNMENT, "bo", "kari")
    now = _stands(course)
    assert (now.flagged, now.findings) == (frozenset(), ())
    assert [line.split()[-1] for line in now.table[1:]] == ["seen", "1"]
    course.grade(again=True)
    assert not _stands(course).flagged  # the same remarks on the same hand-in
    (folder / "notat.txt").write_text("Ny.", encoding="utf-8")
    course.grade()
    assert _stands(course).flagged == {"anna"}
