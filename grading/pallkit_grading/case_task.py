"""Judge a played case: its decisions are replayed, and the engine says what they gave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from pallkit import cases
from pallkit.answers import Log, decisions
from pallkit.cases.debrief import continue_well
from pallkit.cases.judging import level_of
from pallkit.cases.model import Axis
from pallkit.cases.names import LEVEL
from pallkit.cases.values import Level
from pallkit.errors import PallkitError
from pallkit.i18n import Message, _
from pallkit_grading.judgement import Judgement, graded, half_points, not_graded, unanswered
from pallkit_grading.key import CaseTask


def judge_case(task: CaseTask, log: Log) -> Judgement:
    """Give the path's share of the best path's score, in half points rounded down.

    The best path is the best choice at every step from the beginning, at the task's level; the
    path's own score counts all axes and never below 0. A case that was played at another level
    was another task: it gives no points, and the trainee is told at which to play it.
    A case that is left in the middle has the score it got so far. A dangerous act
    on the path limits it to ``task.danger_most``.
    """
    made = decisions(log, task.id)
    if not made:
        return unanswered(task.id, task.points, log)
    for fault in unplayable(task):
        return not_graded(task.id, task.points, fault)
    case = cases.load(task.case)
    level = task.level or case.level
    played = level_of(made) or level  # a log says nothing where there is nothing to choose
    if played != level and played in case.open_levels:
        return _at_another_level(task, played, level)
    try:
        end, _events = cases.replay(case, made, level)
    except PallkitError as error:
        why = _("the decisions in the answer log do not fit the case ({why})", why=error.message)
        return not_graded(task.id, task.points, why)
    best = _total(continue_well(case, cases.begin(case, level)).score)
    if best <= 0:
        return not_graded(task.id, task.points, _("the case gives no points for any choice."))
    points = half_points(_total(end.score) / best, task.points)
    lines: list[Message] = []
    flags: tuple[Message, ...] = ()
    if len(case.open_levels) > 1:
        lines.append(_("The case was played at the level {level}.", level=LEVEL[level]))
    if end.step is not None:
        lines.append(_("The case was not played to its end."))
    if end.dangers:
        points = min(points, task.danger_most)
        lines.append(_dangerous(task.danger_most))
        flags = (_("A dangerous act was done in the case."),)
    return graded(
        task.id,
        points,
        task.points,
        _("{count} decisions in the case", count=len(made)),
        *lines,
        flags=flags,
        danger=bool(flags),
    )


def unplayable(task: CaseTask) -> Iterator[Message]:
    """The case is there and opens at the task's level; what is yielded says why not."""
    try:
        cases.begin(cases.load(task.case), task.level)
    except PallkitError as error:
        yield _("the task “{task}” cannot be played: {why}", task=task.id, why=error.message)


def _at_another_level(task: CaseTask, played: Level, level: Level) -> Judgement:
    told = _(
        "The case was played at the level {played}, but the task is to be played at the level "
        "{level}, so it gives no points. Start the case again at that level.",
        played=LEVEL[played],
        level=LEVEL[level],
    )
    answer = _("the case, at another level")
    return graded(task.id, Decimal(0), task.points, answer, told)


def _dangerous(most: Decimal) -> Message:
    return _(
        "A dangerous act was done on the way, so the case gives at most {most} points.", most=most
    )


def _total(score: Mapping[Axis, int]) -> Decimal:
    return Decimal(sum(score.values()))
