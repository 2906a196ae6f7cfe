"""Judge what was picked or typed as a number: number, choice and ranking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from pallkit.answers import Log, latest
from pallkit.doses import read_number
from pallkit.errors import DoseError, PallkitError
from pallkit.i18n import Message, Words, _
from pallkit.privacy import refuse_identity_numbers
from pallkit_grading.dose_danger import dangerous_number
from pallkit_grading.judgement import Judgement, graded, half_points, not_graded, unanswered
from pallkit_grading.key import ChoiceTask, Near, NumberTask, Option, RankingTask

PICKED, ORDERED = ", ", " > "
"""What stands between the ids of a choice, and of a ranking, in the answer log."""

WRONG = _("The answer is not right.")
DANGEROUS = _("A dangerous choice was made.")
DANGEROUS_FIRST = _("It is dangerous to begin with what stands first.")


def judge_number(task: NumberTask, log: Log) -> Judgement:
    """Judge a number: right, near in a way that the key knows, or wrong."""
    answer = latest(log, task.id)
    if answer is None:
        return unanswered(task.id, task.points, log)
    try:
        given = read_number(answer.text)
    except PallkitError as error:
        return not_graded(task.id, task.points, error.message, answer.text)
    points, lines = _worth(task, given)
    flag = None
    if task.danger is not None and points < task.points:
        flag = dangerous_number(task.danger, given)
        if flag and task.danger.most is not None:
            points = min(points, task.danger.most)
    return _flagged(graded(task.id, points, task.points, answer.text, *lines), flag)


def judge_choice(task: ChoiceTask, log: Log) -> Judgement:
    """Judge what was chosen.

    Of several, each right one counts one and each wrong one takes one away, as a share of the
    right ones there are. A dangerous one limits the points to ``task.danger_most``.
    """
    answer = latest(log, task.id)
    if answer is None:
        return unanswered(task.id, task.points, log)
    known = {str(option.id): option for option in task.options}
    try:
        picked = [known[id_] for id_ in _ids(answer.text, PICKED, list(known))]
        if len(picked) > 1 and not task.several:
            raise DoseError(_("several were chosen, and one was asked for."))
    except PallkitError as error:
        return not_graded(task.id, task.points, error.message, answer.text)
    points, line = _of_several(task, picked) if task.several else _of_one(task, picked[0])
    hints = [one.hint for one in picked if one.hint is not None]
    flag = DANGEROUS if any(one.danger for one in picked) else None
    if flag:
        points = min(points, task.danger_most)
    return _flagged(graded(task.id, points, task.points, answer.text, line, *hints), flag)


def judge_ranking(task: RankingTask, log: Log) -> Judgement:
    """Judge an order by the share of all pairs that stand in the right order."""
    answer = latest(log, task.id)
    if answer is None:
        return unanswered(task.id, task.points, log)
    right = [str(id_) for id_ in task.order]
    try:
        order = _ids(answer.text, ORDERED, right)
        if len(order) < len(right):
            raise DoseError(_("something is missing in the order."))
    except PallkitError as error:
        return not_graded(task.id, task.points, error.message, answer.text)
    if order == right:
        return graded(task.id, task.points, task.points, answer.text, _("Right."))
    points = half_points(_pairs_in_order(order, right), task.points)
    if order[0] != right[0] and task.first_most is not None:
        points = min(points, task.first_most)
    flag = DANGEROUS_FIRST if order[0] in task.danger_first else None
    line = _("The order is not the right one.")
    return _flagged(graded(task.id, points, task.points, answer.text, line, task.hint), flag)


def is_near(near: NumberTask | Near, given: Decimal) -> bool:
    """Whether a number is what is asked, with its tolerance."""
    if near.range is not None:
        low, high = near.range
        return low <= given <= high
    if near.equals is None:
        return False
    return abs(given - near.equals) <= abs(near.equals) * near.tolerance


def _worth(task: NumberTask, given: Decimal) -> tuple[Decimal, list[Message | Words]]:
    if is_near(task, given):
        return task.points, [_("Right.")]
    for near in task.partial:
        if is_near(near, given):
            return near.points, [near.hint]
    return Decimal(0), [_("The number is not right."), *([task.hint] if task.hint else [])]


def _of_one(task: ChoiceTask, option: Option) -> tuple[Decimal, Message]:
    if option.right:
        return task.points, _("Right.")
    return option.points or Decimal(0), WRONG


def _of_several(task: ChoiceTask, picked: Sequence[Option]) -> tuple[Decimal, Message]:
    all_right = sum(option.right for option in task.options)
    hits = sum(option.right for option in picked)
    misses = len(picked) - hits
    if hits == all_right and not misses:
        return task.points, _("Right.")
    points = half_points(Decimal(hits - misses) / all_right, task.points)
    if misses:
        return points, _("Not all that you chose is right.")
    return points, _("What you chose is right, but something is missing.")


def _pairs_in_order(order: Sequence[str], right: Sequence[str]) -> Decimal:
    place = {id_: at for at, id_ in enumerate(right)}
    pairs = list(combinations(order, 2))
    return Decimal(sum(place[one] < place[other] for one, other in pairs)) / len(pairs)


def _ids(text: str, between: str, known: Sequence[str]) -> list[str]:
    """The ids in an answer; each is known and stands once, or :class:`PallkitError`."""
    refuse_identity_numbers(text)
    ids = text.split(between)
    for id_ in ids:
        if id_ not in known:
            raise DoseError(_("“{id}” is not one of the options.", id=id_[:40]))
    if len(set(ids)) < len(ids):
        raise DoseError(_("the same option stands there twice."))
    return ids


def _flagged(judged: Judgement, flag: Message | None) -> Judgement:
    return replace(judged, flags=(flag,), danger=True) if flag else judged
