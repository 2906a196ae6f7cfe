"""Judge a worked-out dose: the engine computes the right answer, and the near ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from decimal import Decimal

from pallkit.answers import Log, latest
from pallkit.doses import read_quantity
from pallkit.errors import PallkitError
from pallkit.i18n import Message, _
from pallkit.opioids import Range
from pallkit.opioids.mistakes import behind
from pallkit.privacy import holds_identity_number
from pallkit_grading.dose_danger import danger_of
from pallkit_grading.dose_mistakes import likely
from pallkit_grading.dose_working import Worked, compute, maker, work_out
from pallkit_grading.judgement import Judgement, graded, not_graded, unanswered
from pallkit_grading.key import Calculation, Change, DoseTask, Partial, VariantTask

_LONGEST_NAME = 60
NOBODY = _("nothing tells whose task this is; each trainee has one of their own.")


def judge_dose(task: DoseTask | VariantTask, log: Log, trainee: str | None = None) -> Judgement:
    """Judge the answer that counts: all the points, a part of them, or none.

    A dangerous dose is flagged whatever its points. A variant is ``trainee``'s own; an answer to
    one made for somebody else is judged as that one, and flagged.
    """
    answer = latest(log, task.id)
    if answer is None:
        return unanswered(task.id, task.points, log)
    name, flags = _made_for(task, log, trainee)
    if name is None:
        return not_graded(task.id, task.points, NOBODY, answer.text)
    for fault in uncomputable(task, name):
        return not_graded(task.id, task.points, fault, answer.text)
    worked = work_out(task, name)
    try:
        given = read_quantity(answer.text).to(worked.measure).amount
    except PallkitError as error:
        return replace(not_graded(task.id, task.points, error.message, answer.text), flags=flags)
    if _is(given, worked.right, task.tolerance):
        return graded(task.id, task.points, task.points, answer.text, _("Right."), flags=flags)
    return _wrong(task, worked, given, answer.text, flags)


def _wrong(
    task: DoseTask | VariantTask,
    worked: Worked,
    given: Decimal,
    text: str,
    flags: tuple[Message, ...],
) -> Judgement:
    """An answer that is not right: what of it is, what went wrong, and whether it is dangerous."""
    mistake = behind(given, worked.mistakes)
    part = next((one for one in task.partial if _partly(task, one, worked, given)), None)
    points = part.points if part else Decimal(0)
    danger = danger_of(task.danger, worked.ratio(given))
    if danger is not None and task.danger.most is not None:
        points = min(points, task.danger.most)
    line = part.hint if part else likely(mistake)
    hints = (task.hint,) if task.hint and not points else ()
    return graded(
        task.id,
        points,
        task.points,
        text,
        line,
        *hints,
        flags=(*flags, *((danger,) if danger else ())),
        danger=danger is not None,
        mistake=mistake.code if mistake else None,
    )


def uncomputable(task: DoseTask | VariantTask, trainee: str = "") -> Iterator[Message]:
    """Every calculation of the task has an answer; what is yielded says why one has not."""
    try:
        worked = work_out(task, trainee)
        if isinstance(task, DoseTask):  # the engine tried a variant's when it drew it
            for part in task.partial:
                compute(_changed(task.right, part.change), task.unit)
            worked.find_mistakes()
    except PallkitError as error:
        yield _uncomputable(task, error)


def _partly(task: DoseTask | VariantTask, part: Partial, worked: Worked, given: Decimal) -> bool:
    if part.mistake is not None:
        return any(one.code == part.mistake and one.gives(given) for one in worked.mistakes)
    if part.ratio is not None:
        least, most = part.ratio
        return least <= worked.ratio(given) <= most
    right = worked.right
    if isinstance(task, DoseTask):
        right = compute(_changed(task.right, part.change), task.unit)
    return _is(given, right, part.tolerance or task.tolerance)


def _is(given: Decimal, right: Range, tolerance: Decimal) -> bool:
    """Whether ``given`` is the source's one figure, or lies in its spread where it has none."""
    low, high = (right.low, right.high) if right.point is None else (right.point, right.point)
    return low * (1 - tolerance) <= given <= high * (1 + tolerance)


def _changed(right: Calculation, change: Change) -> Calculation:
    given = {field.name: getattr(change, field.name) for field in fields(change)}
    return replace(right, **{name: value for name, value in given.items() if value is not None})


def _made_for(
    task: DoseTask | VariantTask, log: Log, trainee: str | None
) -> tuple[str | None, tuple[Message, ...]]:
    """Whose variant was answered; a flag where it was not the trainee's own."""
    if isinstance(task, DoseTask):
        return "", ()
    shown = maker(log, task.id)
    if shown is None or trainee is None or shown == trainee:
        return trainee or shown, ()
    flag = _(
        "“{task}” was answered in a version made for “{shown}”, and this is the hand-in of "
        "“{trainee}”.",
        task=task.id,
        shown=_sayable(shown),
        trainee=trainee,
    )
    return shown, (flag,)


def _sayable(name: str) -> str:
    """A name out of a log, which can be anything, as it may stand in a line."""
    hidden = not name.isprintable() or holds_identity_number(name)
    return "…" if hidden else name[:_LONGEST_NAME]


def _uncomputable(task: DoseTask | VariantTask, error: PallkitError) -> Message:
    return _("the task “{task}” cannot be computed: {why}", task=task.id, why=error.message)
