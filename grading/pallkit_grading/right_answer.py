"""The right answer and how it is worked out, for the feedback page after grading.

Nothing of this is ever shown in a notebook. Texts are lazy: the page renders them.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pallkit.i18n import Message, Words, _
from pallkit.opioids import Step
from pallkit.variants import variant_task
from pallkit_grading.code_values import written
from pallkit_grading.dose_working import work_out
from pallkit_grading.key import (
    Check,
    ChoiceTask,
    CodeTask,
    DoseTask,
    NumberTask,
    RankingTask,
    Task,
    VariantTask,
)
from pallkit_grading.picked_tasks import ORDERED, PICKED


@dataclass(frozen=True, slots=True)
class RightAnswer:
    """What would have been right.

    ``answer`` is a message, or a text in the form that the answer log has: the ids of a choice
    ("a, b") or of a ranking ("a > b"), whose labels stand in the notebook. ``steps`` is the
    receipt of a calculation. ``question`` is what a variant asked of this trainee, in lines.
    """

    answer: Message | str
    steps: tuple[Step, ...] = ()
    question: tuple[Message, ...] = ()


def right_answer(task: Task, trainee: str) -> RightAnswer | None:
    """The right answer to ``task``, as ``trainee`` got it; None for a case and a text.

    Raises :class:`pallkit.errors.PallkitError` for a calculation that has no answer.
    """
    if isinstance(task, DoseTask | VariantTask):
        return _dose(task, trainee)
    if isinstance(task, NumberTask):
        return RightAnswer(_number(task))
    if isinstance(task, ChoiceTask):
        return RightAnswer(PICKED.join(option.id for option in task.options if option.right))
    if isinstance(task, RankingTask):
        return RightAnswer(ORDERED.join(task.order))
    if isinstance(task, CodeTask):
        return RightAnswer("\n".join(_code(check) for check in task.checks))
    return None


def _dose(task: DoseTask | VariantTask, trainee: str) -> RightAnswer:
    worked = work_out(task, trainee)
    answer = _("{amount} {unit}", amount=worked.right.message, unit=worked.measure.message)
    asked: tuple[Message, ...] = ()
    if isinstance(task, VariantTask):
        asked = variant_task(task.id, trainee, task.variant).prompt
    return RightAnswer(answer, worked.receipt.steps, asked)


def _number(task: NumberTask) -> Message:
    if task.range is not None:
        low, high = task.range
        return _with_unit(_("{low}–{high}", low=low, high=high), task.unit)
    return _with_unit(_("{point}", point=task.equals or Decimal(0)), task.unit)


def _with_unit(number: Message, unit: Words | None) -> Message:
    return number if unit is None else _("{amount} {unit}", amount=number, unit=unit)


def _code(check: Check) -> str:
    """“andel = 0.42”, as code is written in every language."""
    asked = str(check.value)
    if check.call is not None:
        asked = f"{check.call}({', '.join(written(one) for one in check.with_)})"
    if check.range is not None:
        low, high = check.range
        return f"{low} ≤ {asked} ≤ {high}"
    return f"{asked} = {written(check.equals if check.rows is None else check.rows)}"
