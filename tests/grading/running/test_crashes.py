"""Killed at any moment, the next run goes on, and the gradebook is as if nothing had happened."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from tests.grading.running.made import DOSE, RIGHT, Made

KILLING = Path(__file__).with_name("killing.py")
TABLES = ("student", "submitted_assignment", "submitted_notebook", "grade", "comment")
HAND_INS = 12


def hand_in_many(course: Made) -> None:
    for number in range(HAND_INS):
        answers = dict(list(RIGHT.items())[: number % 4])
        course.hand_in(f"kandidat-{number:02}", answers, log=(DOSE,) if number % 3 else ())


def grade_killed(course: Made, tries: int, seed: int, longest: float) -> tuple[int, float]:
    """Grade, killed up to ``tries`` times and then to the end.

    Answers how many kills came in time, and how many seconds the last run took.
    """
    command = [sys.executable, KILLING, course.root, tries, seed, longest]
    done = subprocess.run(
        [str(one) for one in command], capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    kills, seconds = done.stdout.split()
    return int(kills), float(seconds)


def contents(course: Made) -> dict[str, list[tuple[object, ...]]]:
    """Everything the gradebook says, without the random ids and the times of writing."""
    with closing(sqlite3.connect(course.root / "gradebook.db")) as book:
        assert book.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        grades = book.execute(
            "SELECT s.student_id, b.name, g.auto_score, g.manual_score, g.needs_manual_grade "
            "FROM grade g JOIN submitted_notebook n ON g.notebook_id = n.id "
            "JOIN submitted_assignment s ON n.assignment_id = s.id "
            "JOIN base_cell b ON g.cell_id = b.id ORDER BY 1, 2"
        ).fetchall()
        counts = [
            (table, book.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
            for table in TABLES
        ]
        state = book.execute(
            "SELECT trainee, hand_in, key_version, flagged, lines FROM pallkit_state ORDER BY 1"
        ).fetchall()
        history = book.execute(
            "SELECT trainee, task, points, most, grader, reason FROM pallkit_history ORDER BY 1, 2"
        ).fetchall()
    return {"grades": grades, "counts": counts, "state": state, "history": history}


def files(course: Made) -> dict[str, bytes]:
    """What the formgrader shows, whole and with nothing half-written beside it."""
    root = course.root / "autograded"
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("code", [True, False], ids=["code", "answers"])
def test_killed_at_random_moments_it_ends_with_the_same_gradebook(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    code: bool,  # noqa: FBT001
    whole: bool,  # noqa: FBT001
) -> None:
    template: Made = request.getfixturevalue("template" if code else "without_code")
    course = template.copy(tmp_path / "whole")
    hand_in_many(course)
    _kills, took = grade_killed(course, 0, 0, 0)
    expected, wanted = contents(course), files(course)
    assert len(expected["state"]) == HAND_INS
    kills = 0
    at_least = (15 if code else 35) if whole else 3
    for seed in range(10 * at_least):
        copy = template.copy(tmp_path / "killed")
        shutil.copytree(course.root / "submitted", copy.root / "submitted")
        killed, _seconds = grade_killed(copy, 3, seed, took)
        kills += killed
        if not killed:  # done too soon: the machine was busier when it was timed
            took *= 0.7
        assert contents(copy) == expected
        assert files(copy) == wanted
        shutil.rmtree(copy.root)
        if kills >= at_least:
            return
    pytest.fail(f"only {kills} runs were killed before they were done")
