"""Judge a played case: its decisions are replayed, and the engine says what they gave."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal

from pallkit import cases
from pallkit.answers import Log, decisions
from pallkit.cases.debrief import continue_well
from pallkit.cases.judging import level_of
from pallkit.cases.model import Axis
from pallkit.cases.names import LEVEL
from pallkit.errors import PallkitError
from pallkit.i18n import Message, _
from pallkit_grading.judgement import Judgement, graded, not_graded, unanswered
from pallkit_grading.key import CaseTask

HALF = Decimal("0.5")


def judge_case(task: CaseTask, log: Log) -> Judgement:
    """Give the path's share of the best path's score, in half points rounded down.

    The best path is the best choice at every step from the beginning, at the level that the
    log says the case was opened at; the path's own score counts all axes and never below 0.
    A case that is left in the middle has the score it got so far. A dangerous act
    on the path limits it to ``task.danger_most``.
    """
    made = decisions(log, task.id)
    if not made:
        return unanswered(task.id, task.points, log)
    case = cases.load(task.case)
    try:
        end, _events = cases.replay(case, made)
    except PallkitError as error:
        why = _("the decisions in the answer log do not fit the case ({why})", why=error.message)
        return not_graded(task.id, task.points, why)
    level = level_of(made) or case.level
    best = _total(continue_well(case, cases.begin(case, level)).score)
    if best <= 0:
        return not_graded(task.id, task.points, _("the case gives no points for any choice."))
    share = min(Decimal(1), max(Decimal(0), _total(end.score) / best))
    points = (task.points * share / HALF).to_integral_value(ROUND_FLOOR) * HALF
    lines: list[Message] = []
    if len(case.open_levels) > 1:
        lines.append(_("The case was played at the level {level}.", level=LEVEL[level]))
    if end.step is not None:
        lines.append(_("The case was not played to its end."))
    if end.dangers:
        points = min(points, task.danger_most)
        lines.append(_dangerous(task.danger_most))
    return graded(
        task.id, points, task.points, _("{count} decisions in the case", count=len(made)), *lines
    )


def _dangerous(most: Decimal) -> Message:
    return _(
        "A dangerous act was done on the way, so the case gives at most {most} points.", most=most
    )


def _total(score: Mapping[Axis, int]) -> Decimal:
    return Decimal(sum(score.values()))
