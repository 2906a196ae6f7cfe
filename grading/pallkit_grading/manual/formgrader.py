"""Take marks that were made in nbgrader's own formgrader into the history."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from pallkit_grading.book import history
from pallkit_grading.manual.reading import FORMGRADER, grade_rows


def notice_formgrader(session: Any, assignment: str) -> int:
    """Take into the history what was marked in formgrader since the last time; how many were.

    formgrader tells neither who nor when: the entry has the time it was noticed.
    """
    last: dict[tuple[str, str], Decimal | None] = {}
    for entry in history.entries(session, assignment):
        if entry.grader != history.GRADER:
            last[entry.trainee, entry.task] = entry.points
    states = history.states(session, assignment)
    count = 0
    for row in grade_rows(session, assignment):
        if row.manual == last.get((row.trainee, row.task)):
            continue
        key = states[row.trainee].key if row.trainee in states else ""
        at, place = datetime.now(UTC), (assignment, row.trainee, row.task)
        history.record(
            session, history.Entry(at, *place, row.manual, row.most, FORMGRADER, key, "")
        )
        count += 1
    session.commit()
    return count
