"""Judge code by what its names hold and its functions answer; no test runs beside it.

Whoever judges hands in a way to ask: the grader asks the cage that the hand-in ran in, and
stock nbgrader's kernel asks its own notebook (:func:`of_namespace`). What comes back is not
believed to be anything: it is compared with the key's own value, as deep as that goes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from pallkit.i18n import Message, Words, _
from pallkit_grading.code_values import in_range, plain_arguments, same, same_rows, written
from pallkit_grading.judgement import Judgement, graded, not_graded
from pallkit_grading.key import Check, CodeTask


class Answered(Protocol):
    """What came of asking: a value, or the ``fault`` "missing", "error" or "kind"."""

    @property
    def value(self) -> Any: ...  # noqa: D102  # described above
    @property
    def fault(self) -> str: ...  # noqa: D102


class Ask(Protocol):
    """A way to ask a hand-in's code: :meth:`pallkit_grading.sandbox.Cage.value` is one."""

    def __call__(self, name: str, *arguments: object, call: bool = False) -> Answered:
        """What ``name`` holds; with ``call``, what the function of that name answers."""
        raise NotImplementedError


NOT_RUN = _("the code was not run.")
_FAULTS: Mapping[str, Message] = {
    "missing": _("“{name}” is not there."),
    "error": _("“{name}” failed when it was tried."),
    "kind": _("“{name}” is not a number, a text, a list or a table."),
}
_WRONG = _("“{name}” is not what was asked for.")


def judge_code(task: CodeTask, ask: Ask | None) -> Judgement:
    """Ask for each thing and give its points; without a way to ask, nothing is graded.

    What ``ask`` raises goes through: a cage that is gone is for the one who opened it.
    """
    if ask is None:
        return not_graded(task.id, task.points, NOT_RUN)
    points = Decimal(0)
    lines: list[Message | Words] = []
    shown: dict[str, None] = {}
    for check in task.checks:
        name = str(check.value or check.call)
        answered = _asked(check, name, ask)
        shown[_shown(answered, name)] = None
        if not answered.fault and fits(check, answered.value):
            points += check.points
        else:
            lines += [_fault(answered, name), check.hint]
    lines = lines or [_("Right.")]
    return graded(task.id, points, task.points, "\n".join(shown), *dict.fromkeys(lines))


def fits(check: Check, value: object) -> bool:
    """Whether a value is what a check asks for."""
    if check.range is not None:
        return in_range(value, check.range)
    slack = check.tolerance, check.within or Decimal(0)
    if check.rows is not None:
        return same_rows(value, check.rows, slack)
    return same(value, check.equals, slack)


def of_namespace(names: Mapping[str, Any]) -> Ask:
    """A way to ask the notebook that this runs in, with the same answers as a cage gives."""
    # The sandbox is Linux's, and a trainee's own session on another machine never comes here.
    from pallkit_grading.sandbox.plain import NotPlainError, plain  # noqa: PLC0415

    def ask(name: str, *arguments: object, call: bool = False) -> Answered:
        if name not in names:
            return _Found(fault="missing")
        try:
            value = names[name](*arguments) if call else names[name]
            return _Found(plain(value))
        except NotPlainError:
            return _Found(fault="kind")
        except (Exception, SystemExit):  # noqa: BLE001  # the hand-in's own code, whatever it raises
            return _Found(fault="error")

    return ask


@dataclass(frozen=True, slots=True)
class _Found:
    value: Any = None
    fault: str = ""


def _fault(answered: Answered, name: str) -> Message:
    told = _FAULTS.get(answered.fault, _WRONG)
    return Message(told.msgid, (("name", name),))


def _shown(answered: Answered, name: str) -> str:
    return f"{name}: –" if answered.fault else f"{name} = {written(answered.value)}"


def _asked(check: Check, name: str, ask: Ask) -> Answered:
    if check.call is None:
        return ask(name)
    return ask(name, *plain_arguments(check.with_), call=True)
