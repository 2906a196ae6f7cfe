"""The time of a hand-in in the gradebook: as it was, or none where it cannot be believed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from tests.grading.rules.books import SAME, course_book

from pallkit_grading.book import write_hand_in
from pallkit_grading.book.history import State
from pallkit_grading.hand_ins import inspect_hand_in
from pallkit_grading.marking import Marked
from pallkit_grading.rules import Rules


@pytest.mark.parametrize(
    ("stamp", "at"),
    [
        ("2026-11-20 10:00:00.000000 UTC", "2026-11-20T10:00"),
        ("2026-07-01 12:00:00.000000 CEST", "2026-07-01T10:00"),
        ("i går", None),
        ("2999-01-01 10:00:00 UTC", None),
        ("", None),
        (None, None),
    ],
)
def test_no_time_stops_the_grading(course_folder: Path, stamp: str | None, at: str | None) -> None:
    with course_book(course_folder, Rules(same=SAME)) as book:
        book.hand_in("ola", "en", stamp)
        files = inspect_hand_in(course_folder / "submitted" / "ola" / "en")
        marked = Marked("ola", files, (), (), flagged=False)
        for _again in range(2):
            write_hand_in(book.book, course_folder, "en", marked, State("x", "y"))
        recorded = book.book.find_submission("en", "ola").timestamp
    assert recorded == (None if at is None else datetime.fromisoformat(at))
