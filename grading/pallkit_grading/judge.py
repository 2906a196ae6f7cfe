"""Judge a hand-in's answer log against the key. A score in the file counts for nothing."""

from __future__ import annotations

from pathlib import Path

from pallkit.answers import Log, latest, read
from pallkit.errors import LogError
from pallkit.i18n import _
from pallkit_grading.case_task import judge_case
from pallkit_grading.code_task import Ask, judge_code
from pallkit_grading.dose_task import judge_dose
from pallkit_grading.judgement import Judgement, not_graded, unanswered
from pallkit_grading.key import (
    CaseTask,
    ChoiceTask,
    CodeTask,
    DoseTask,
    NumberTask,
    RankingTask,
    Task,
    TextTask,
    VariantTask,
)
from pallkit_grading.picked_tasks import judge_choice, judge_number, judge_ranking


def judge_file(
    task: Task, path: Path, *, trainee: str | None = None, ask: Ask | None = None
) -> Judgement:
    """Judge one task from the log at ``path``; a log that cannot be read is never 0.

    ``trainee`` is whose hand-in it is, which a variant needs; ``ask`` asks the hand-in's code,
    which a task of the kind code needs, and no log.
    """
    if isinstance(task, CodeTask):
        return judge_code(task, ask)
    try:
        log = read(path)
    except LogError as error:
        return not_graded(task.id, task.points, error.message)
    return judge(task, log, trainee=trainee)


def judge(  # noqa: PLR0911  # one for each kind
    task: Task, log: Log, *, trainee: str | None = None, ask: Ask | None = None
) -> Judgement:
    """Judge one task. Pure: the same log and key always give the same."""
    match task:
        case DoseTask() | VariantTask():
            return judge_dose(task, log, trainee)
        case CaseTask():
            return judge_case(task, log)
        case NumberTask():
            return judge_number(task, log)
        case ChoiceTask():
            return judge_choice(task, log)
        case RankingTask():
            return judge_ranking(task, log)
        case CodeTask():
            return judge_code(task, ask)
        case TextTask():
            return _by_hand(task, log)


def _by_hand(task: TextTask, log: Log) -> Judgement:
    answer = latest(log, task.id)
    if answer is None and not log.intact:
        return unanswered(task.id, task.points, log)
    text = answer.text if answer else None
    line = _("Graded by the course leader.") if answer else _("Not answered.")
    return Judgement(task.id, "by_hand", task.points, None, text, (line,))
