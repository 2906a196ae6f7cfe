"""What being late takes, as nbgrader's own pages and export show it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pallkit_grading.hand_in_time import read_time
from pallkit_grading.rules import Rules
from pallkit_grading.running.job import Job


def write_penalties(job: Job, book: Any, rules: Rules) -> None:
    """Let nbgrader's penalty be what the rules of today take, for every recorded hand-in.

    Ours is worked out each time it is asked for (:mod:`pallkit_grading.scores`); this is for
    those who read nbgrader's. Without a deadline of ours, nbgrader's own plugin rules.
    """
    if rules.due(job.assignment) is None:
        return
    for submission in book.assignment_submissions(job.assignment):
        trainee = submission.student.id
        at = read_time(job.folder / "submitted" / trainee / job.assignment).at
        for notebook in submission.notebooks:
            points = Decimal(str(notebook.score or 0))
            late = rules.penalty(job.assignment, trainee, at, points)
            if Decimal(str(notebook.late_submission_penalty or 0)) != late:
                notebook.late_submission_penalty = float(late)
    book.db.commit()
