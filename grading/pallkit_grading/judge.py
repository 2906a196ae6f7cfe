"""Judge a hand-in's answer log against the key. A score in the file counts for nothing."""

from __future__ import annotations

from pathlib import Path

from pallkit.answers import Log, latest, read
from pallkit.errors import LogError
from pallkit.i18n import _
from pallkit_grading.case_task import judge_case
from pallkit_grading.dose_task import judge_dose
from pallkit_grading.judgement import Judgement, not_graded, unanswered
from pallkit_grading.key import CaseTask, DoseTask, Task


def judge_file(task: Task, path: Path) -> Judgement:
    """Judge one task from the log at ``path``; a log that cannot be read is never 0."""
    try:
        log = read(path)
    except LogError as error:
        return not_graded(task.id, task.points, error.message)
    return judge(task, log)


def judge(task: Task, log: Log) -> Judgement:
    """Judge one task. Pure: the same log and key always give the same."""
    if isinstance(task, DoseTask):
        return judge_dose(task, log)
    if isinstance(task, CaseTask):
        return judge_case(task, log)
    return _by_hand(task, log)


def _by_hand(task: Task, log: Log) -> Judgement:
    answer = latest(log, task.id)
    if answer is None and not log.intact:
        return unanswered(task.id, task.points, log)
    text = answer.text if answer else None
    line = _("Graded by the course leader.") if answer else _("Not answered.")
    return Judgement(task.id, "by_hand", task.points, None, text, (line,))
