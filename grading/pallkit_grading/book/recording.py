"""Write one marked hand-in: its files first, then the gradebook, in one commit.

Killed between the two, the next run finds the hand-in not recorded and marks it again; the
files are replaced as a whole, so that nothing half-written is ever seen.
"""

from __future__ import annotations

import json
import os
import shutil
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SAWarning

from pallkit_grading.book.history import Mark, State, states, write_history
from pallkit_grading.hand_in_time import read_time
from pallkit_grading.marking.marked import Marked, MarkedNotebook

NO_RESPONSE = "No response."
"""nbgrader's own words in the gradebook for an answer that was left as it was handed out."""


def recorded(book: Any, assignment: str) -> Mapping[str, State]:
    """By trainee, the state (hand-in and key) that the gradebook's scores were made from."""
    return states(book.db, assignment)


def write_hand_in(  # noqa: PLR0913, PLR0917  # what, where, and why
    book: Any, folder: Path, assignment: str, marked: Marked, state: State, reason: str = ""
) -> None:
    """Put a marked hand-in into ``autograded/`` and into the gradebook.

    What a person has graded stays: an automatic score never replaces it, and a task that was
    graded before and has changed waits to be looked at again, as under nbgrader.
    """
    if not marked.whole:
        write_history(book.db, assignment, marked, state, ())
        book.db.commit()
        return
    source = folder / "submitted" / marked.trainee / assignment
    _write_files(folder, assignment, marked, source)
    submission = _submission(book, assignment, marked.trainee, source)
    changed = states(book.db, assignment).get(marked.trainee) != state
    history: list[Mark] = []
    for notebook in marked.notebooks:
        history += _write_scores(submission, notebook, changed=changed)
    write_history(book.db, assignment, marked, state, history, reason)
    book.db.commit()


def _write_files(folder: Path, assignment: str, marked: Marked, source: Path) -> None:
    target = folder / "autograded" / marked.trainee / assignment
    fresh = target.with_name(f".{assignment}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    for path in marked.files.files:
        (fresh / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / path, fresh / path, follow_symlinks=False)
    fresh.mkdir(parents=True, exist_ok=True)
    for notebook in marked.notebooks:
        text = json.dumps(notebook.notebook, ensure_ascii=False, indent=1, sort_keys=True)
        (fresh / f"{notebook.name}.ipynb").write_text(text + "\n", encoding="utf-8")
    old = target.with_name(f".{assignment}.old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        os.replace(target, old)  # noqa: PTH105  # a folder onto a name that is free
    os.replace(fresh, target)  # noqa: PTH105
    shutil.rmtree(old, ignore_errors=True)


def _submission(book: Any, assignment: str, trainee: str, source: Path) -> Any:
    """The gradebook's entry for the hand-in, made where there is none.

    It is committed by nbgrader's own functions, without scores: as a collected hand-in has it.
    A time that cannot be believed is left out: nbgrader would stop at one it cannot read.
    """
    at = read_time(source).at
    with warnings.catch_warnings():
        # nbgrader makes the entries of a hand-in in an order that SQLAlchemy remarks on.
        warnings.simplefilter("ignore", SAWarning)
        book.update_or_create_student(trainee)
        return book.update_or_create_submission(
            assignment, trainee, **({"timestamp": at} if at else {})
        )


def _write_scores(submission: Any, notebook: MarkedNotebook, *, changed: bool) -> list[Mark]:
    """Write what the machine gives. What a person gave is looked at again only if it changed."""
    entry = next(one for one in submission.notebooks if one.name == notebook.name)
    grades = {grade.name: grade for grade in entry.grades}
    history: list[Mark] = []
    for score in notebook.scores:
        grade = grades[score.cell]
        grade.auto_score = None if score.points is None else float(score.points)
        if grade.manual_score is None:
            grade.needs_manual_grade = score.points is None
        else:
            grade.needs_manual_grade = grade.needs_manual_grade or changed
        history.append(Mark(score.cell, score.points, score.most))
    for comment in entry.comments:
        unanswered = comment.name in notebook.unanswered
        comment.auto_comment = NO_RESPONSE if unanswered else None
    return history
