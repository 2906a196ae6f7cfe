"""What a key's format alone cannot say: sums that must fit, and choices that exclude each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pallkit.cases.schema import SchemaFault
from pallkit.i18n import Message, _
from pallkit_grading.key_doses import Change, Danger, DoseTask, VariantTask
from pallkit_grading.key_kinds import (
    Check,
    ChoiceTask,
    CodeTask,
    DangerousNumber,
    Near,
    NumberTask,
    RankingTask,
    Task,
    TextTask,
)
from pallkit_grading.key_values import Figure

Path = tuple[str | int, ...]

_FEWEST, _LEAST_LEVELS = 2, 2


def task_faults(task: Task, path: Path) -> Iterator[SchemaFault]:
    """Everything in one task that does not fit together."""
    if isinstance(task, DoseTask | VariantTask):
        yield from _dose(task, path)
    elif isinstance(task, TextTask):
        yield from _text(task, path)
    elif isinstance(task, NumberTask):
        yield from _number(task, path)
    elif isinstance(task, ChoiceTask):
        yield from _choice(task, path)
    elif isinstance(task, RankingTask):
        yield from _ranking(task, path)
    elif isinstance(task, CodeTask):
        yield from _code(task, path)


def twice(ids: Sequence[str], path: Path) -> Iterator[SchemaFault]:
    """An id that stands twice in a list, at the later place."""
    for place, id_ in enumerate(ids):
        if id_ in ids[:place]:
            yield SchemaFault(
                (*path, place, "id"), _("the id “{id}” is used twice. Give each its own.", id=id_)
            )


def _dose(task: DoseTask | VariantTask, path: Path) -> Iterator[SchemaFault]:
    for number, part in enumerate(task.partial):
        here = (*path, "partial", number)
        yield from _less(part.points, task.points, here)
        ways = (part.change != Change(), part.mistake is not None, part.ratio is not None)
        if sum(ways) > 1 or (not any(ways) and part.tolerance is None):
            yield SchemaFault(here, _("say what is different: a change or a tolerance."))
        if isinstance(task, VariantTask) and part.change != Change():
            yield SchemaFault(
                (*here, "change"),
                _("a variant has no calculation to change. Write a mistake or a ratio."),
            )
        if part.ratio and part.ratio[0] > part.ratio[1]:
            yield SchemaFault((*here, "ratio"), _SMALLER_FIRST)
    yield from _limits(task.danger, path)


def _text(task: TextTask, path: Path) -> Iterator[SchemaFault]:
    if not task.look_for and not task.rubric:
        yield SchemaFault(path, _("a text needs “look_for” or a “rubric” to be graded by."))
    for number, one in enumerate(task.rubric):
        points = [level.points for level in one.levels]
        if len(points) < _LEAST_LEVELS or points != sorted(set(points)):
            yield SchemaFault(
                (*path, "rubric", number, "levels"),
                _("a criterion has at least two levels, from the least points to the most."),
            )
    yield from twice([one.id for one in task.rubric], (*path, "rubric"))
    yield from twice([one.id for one in task.comments], (*path, "comments"))
    best = sum((max(level.points for level in one.levels) for one in task.rubric), Decimal(0))
    if task.rubric and best != task.points:
        yield _sum((*path, "rubric"), best, task.points)


def _number(task: NumberTask, path: Path) -> Iterator[SchemaFault]:
    yield from _asked(task, path)
    for number, part in enumerate(task.partial):
        here = (*path, "partial", number)
        yield from _asked(part, here)
        yield from _less(part.points, task.points, here)
    if task.danger:
        yield from _limits(task.danger, path)


def _choice(task: ChoiceTask, path: Path) -> Iterator[SchemaFault]:
    ids = [option.id for option in task.options]
    yield from twice(ids, (*path, "options"))
    right = sum(option.right for option in task.options)
    if not right or right == len(task.options):
        yield SchemaFault((*path, "options"), _("some option must be right, and some must not be."))
    for number, option in enumerate(task.options):
        here = (*path, "options", number)
        if not option.right and option.hint is None:
            yield SchemaFault(here, _("a wrong option needs a hint for the one who chooses it."))
        if option.right and option.danger:
            yield SchemaFault(here, _("an option cannot be both right and dangerous."))
        if option.points is not None:
            if option.right or task.several:
                yield SchemaFault(
                    (*here, "points"),
                    _("only a wrong option of a task with one answer has points of its own."),
                )
            yield from _less(option.points, task.points, here)


def _ranking(task: RankingTask, path: Path) -> Iterator[SchemaFault]:
    if len(task.order) < _FEWEST or len(set(task.order)) < len(task.order):
        yield SchemaFault((*path, "order"), _("put at least two different things in order."))
    for number, id_ in enumerate(task.danger_first):
        if id_ not in task.order[1:]:
            yield SchemaFault(
                (*path, "danger_first", number),
                _("“{id}” is not one of the things that come after the first.", id=id_),
            )


def _code(task: CodeTask, path: Path) -> Iterator[SchemaFault]:
    for number, check in enumerate(task.checks):
        here = (*path, "checks", number)
        if (check.value is None) == (check.call is None):
            yield SchemaFault(here, _("write “value” or “call”, one of the two."))
        if check.with_ and check.call is None:
            yield SchemaFault((*here, "with"), _("only a function is called with something."))
        yield from _asked(check, here)
    total = sum((check.points for check in task.checks), Decimal(0))
    if total != task.points:
        yield _sum((*path, "checks"), total, task.points)


def _asked(one: NumberTask | Near | Check, path: Path) -> Iterator[SchemaFault]:
    ways = [one.equals is not None, one.range is not None]
    if isinstance(one, Check):
        ways.append(one.rows is not None)
    if sum(ways) != 1:
        yield SchemaFault(
            path,
            _("write one of “equals”, “range” or “rows”.")
            if isinstance(one, Check)
            else _("write “equals” or “range”, one of the two."),
        )
    if one.range and one.range[0] > one.range[1]:
        yield SchemaFault((*path, "range"), _SMALLER_FIRST)


def _limits(danger: Danger | DangerousNumber, path: Path) -> Iterator[SchemaFault]:
    low: Decimal | Figure | None = danger.below
    if low is not None and danger.at_least is not None and low >= danger.at_least:
        yield SchemaFault((*path, "danger"), _("“below” must be less than “at_least”."))


def _less(part: Decimal, most: Decimal, path: Path) -> Iterator[SchemaFault]:
    if part >= most:
        yield SchemaFault(
            (*path, "points"),
            _("a partial answer must give less than the task's {most}.", most=most),
        )


def _sum(path: Path, total: Decimal, most: Decimal) -> SchemaFault:
    return SchemaFault(
        path,
        _("the parts give {total} points together and the task {most}.", total=total, most=most),
    )


_SMALLER_FIRST: Message = _("write the smaller number first.")
