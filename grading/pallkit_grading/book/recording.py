"""Write one marked hand-in: its files first, then the gradebook, in one commit.

Killed between the two, the next run finds the hand-in not recorded and marks it again; the
files are replaced as a whole, so that nothing half-written is ever seen.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pallkit_grading.book.history import Mark, State, state_of, states, write_history
from pallkit_grading.book.submissions import submission, write_scores
from pallkit_grading.hand_in_time import read_time
from pallkit_grading.marking.marked import Marked


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
    changed = state_of(book.db, assignment, marked.trainee) != state
    # A time that cannot be believed is left out: nbgrader would stop at one it cannot read.
    entry = submission(book, assignment, marked.trainee, read_time(source).at)
    for notebook in marked.notebooks:
        write_scores(book, entry, notebook, changed=changed)
    history = [
        Mark(score.cell, score.points, score.most)
        for notebook in marked.notebooks
        for score in notebook.scores
    ]
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
        # JSON can hold half a sign (a lone surrogate), which no file can.
        (fresh / f"{notebook.name}.ipynb").write_bytes(f"{text}\n".encode("utf-8", "replace"))
    old = target.with_name(f".{assignment}.old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        os.replace(target, old)  # noqa: PTH105  # a folder onto a name that is free
    os.replace(fresh, target)  # noqa: PTH105
    shutil.rmtree(old, ignore_errors=True)
