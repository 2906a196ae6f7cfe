"""Grading on top of nbgrader: answers are data, judged by trusted code.

Training on invented patients; not clinical decision support.

::

    cell      check() and show(), what an assignment's cells hold
    judge     a log and a key → Judgement; dose_task, case_task, picked_tasks, code_task: each kind
    right_answer   what would have been right, for the feedback page alone
    key       the key's format, told in docs/keys.md; course: the course's format
    results   a course's hand-ins, trainee by trainee
    source_rules, source_answers, source   what must hold before an assignment is handed out
"""

from __future__ import annotations

from pallkit_grading.cell import check, show

__all__ = ["check", "show"]
