"""The practice tasks as a learner sees them, in the learner's language."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pallkit.doses import shown
from pallkit.i18n import Language, Message, _, render
from pallkit.opioids import Task
from pallkit.opioids.ranges import Range
from pallkit.opioids.results import warnings_json
from pallkit.opioids.tasks_shape import LEVELS, PracticeTask
from pallkit_widgets.practice_tasks.attempts import Attempt
from pallkit_widgets.practice_tasks.labels import KIND_NAMES, LEVEL_NAMES, STATES
from pallkit_widgets.shared.sources import name_sources

View = dict[str, Any]


def task_set(attempts: Sequence[Attempt], at: int, lang: Language) -> View:
    """The set with the task the learner is at, how each task stands, and the sheet to print."""
    return {
        "at": at,
        "levels": [{"id": one, "label": render(LEVEL_NAMES[one], lang)} for one in LEVELS],
        "progress": [_standing(number, one, lang) for number, one in enumerate(attempts, 1)],
        "task": _task(attempts[at], lang),
        "sheet": [_question(one.task, lang) for one in attempts],
        "summary": _summary(attempts, lang),
    }


def _standing(number: int, attempt: Attempt, lang: Language) -> View:
    state = attempt.state
    text = Message(STATES[state].msgid, (("number", number),))
    return {"state": state, "label": render(text, lang)}


def _question(task: PracticeTask, lang: Language) -> View:
    return {
        "kind": render(KIND_NAMES[task.kind], lang),
        "opening": render(task.prompt[0], lang),
        "given": [render(line, lang) for line in task.given],
        "asked": [render(line, lang) for line in task.asked],
        "unit": render(task.unit, lang),
    }


def _task(attempt: Attempt, lang: Language) -> View:
    task = attempt.task
    return {
        **_question(task, lang),
        "choices": [_amount(one, task, lang) for one in task.choices] if attempt.choosing else None,
        "chosen": attempt.chosen,
        "typed": attempt.typed,
        "result": _result(attempt, lang) if attempt.verdicts else None,
    }


def _result(attempt: Attempt, lang: Language) -> View:
    """The verdict on the last answer; the right answer stands in the steps until it is found."""
    task, amount, verdict = attempt.task, attempt.amount, attempt.verdicts[-1]
    assert amount is not None  # noqa: S101  # it was judged
    right = verdict.verdict == "right"
    side = None if right else _side(amount, task.right)
    heading = _("Right") if right else _("Not right")
    text = verdict.message
    if verdict.mistake is not None:
        text = _("Likely mistake: {label}", label=text)
    return {
        "tone": "good" if right else "danger" if side == task.sides.unsafe else "caution",
        "heading": render(heading, lang),
        "text": None if right else render(text, lang),
        "side": None if side is None else render(getattr(task.sides, side), lang),
        "given": _amount(amount, task, lang),
        "right": _right(task, lang) if right else None,
        "steps": name_sources(task.receipt.to_json(lang), lang),
        "warnings": warnings_json(task.warnings, lang),
        "ratio_set": _table(task, lang),
    }


def _table(task: PracticeTask, lang: Language) -> View | None:
    """The table that the answer stands on; nothing where it took none."""
    if not isinstance(task, Task) or task.question.table.source not in task.receipt.sources:
        return None
    return dict(task.question.table.to_json(lang))


def _side(amount: Decimal, right: Range) -> str | None:
    if amount > right.high:
        return "high"
    return "low" if amount < right.low else None


def _amount(amount: Decimal, task: PracticeTask, lang: Language) -> str:
    return render(_("{amount} {unit}", amount=shown(amount), unit=task.unit), lang)


def _right(task: PracticeTask, lang: Language) -> str:
    return render(_("{amount} {unit}", amount=task.right.message, unit=task.unit), lang)


def _summary(attempts: Sequence[Attempt], lang: Language) -> View | None:
    """Once every task is tried: how it went, and which mistakes were made, each once."""
    states = [one.state for one in attempts]
    if "open" in states:
        return None
    labels = [
        render(verdict.mistake.label, lang)
        for one in attempts
        for verdict in one.verdicts
        if verdict.mistake is not None
    ]
    text = _(
        "{first} right at once, {mended} right after another try, {wrong} not right yet.",
        first=states.count("right"),
        mended=states.count("mended"),
        wrong=states.count("wrong"),
    )
    wrong = states.index("wrong") if "wrong" in states else None
    return {
        "text": render(text, lang),
        "mistakes": [
            {"label": label, "times": labels.count(label)} for label in dict.fromkeys(labels)
        ],
        "wrong": wrong,
    }
