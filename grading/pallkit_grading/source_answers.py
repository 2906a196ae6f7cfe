"""What must hold of the answer fields in a source notebook: that they ask what the key judges."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pallkit.doses import Measure, read_measure
from pallkit.errors import PallkitError
from pallkit.i18n import LANGUAGES, Message, Words, _
from pallkit.variants import read_variant
from pallkit_grading.course import LOG_NAME
from pallkit_grading.dose_working import MEASURE_OF
from pallkit_grading.key import (
    CaseTask,
    ChoiceTask,
    CodeTask,
    DoseTask,
    NumberTask,
    RankingTask,
    Task,
    VariantTask,
)

Cell = Mapping[str, Any]
_Fields = Mapping[str, Any]


def answer_faults(cells: Sequence[Cell], tasks: Sequence[Task]) -> Iterator[Message]:
    """Every task has the one widget that it is answered in, with the key's own settings."""
    for task in tasks:
        name = "CasePlayer" if isinstance(task, CaseTask) else "AnswerBox"
        found = [call for cell in cells for call in calls(cell, name) if _task_of(call) == task.id]
        if isinstance(task, CodeTask):
            continue
        if len(found) != 1:
            yield _(
                "the task “{task}” has {count} of {widget} in the notebook. It must have one.",
                task=task.id,
                count=len(found),
                widget=name,
            )
            continue
        yield from _call_faults(task, found[0])
    known = {str(task.id) for task in tasks}
    for call in (call for cell in cells for call in calls(cell, "AnswerBox")):
        named = _task_of(call)
        if named is not None and named not in known:
            yield _("the field of “{task}” is for no task of the key. Add it there.", task=named)


def calls(cell: Cell, name: str) -> Iterator[ast.Call]:
    """Every call of ``name`` in a cell of code; none where it is not Python."""
    if cell["cell_type"] != "code":
        return
    try:
        tree = ast.parse("".join(cell["source"]))
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == name:
            yield node


def _call_faults(task: Task, call: ast.Call) -> Iterator[Message]:
    try:
        fields = _fields(call)
    except ValueError:
        yield _(
            "the field of “{task}” must be written with plain values, so that it can be compared "
            "with the key.",
            task=task.id,
        )
        return
    if fields.get("log", LOG_NAME) != LOG_NAME:
        yield _(
            'the field of “{task}” must have log="{file}", or the answer is not handed in.',
            task=task.id,
            file=LOG_NAME,
        )
    if isinstance(task, CaseTask):
        yield from _same(task, "case_id", fields.get("case_id"), str(task.case))
        return
    yield from _same(task, "kind", fields.get("kind", "dose"), task.kind)
    if isinstance(task, DoseTask):
        yield from _dose(task, fields)
    elif isinstance(task, VariantTask):
        yield from _variant(task, fields)
    elif isinstance(task, NumberTask):
        yield from _unit(task, fields)
    elif isinstance(task, ChoiceTask | RankingTask):
        yield from _options(task, fields)


def _dose(task: DoseTask, fields: _Fields) -> Iterator[Message]:
    if "variant" in fields:
        yield from _same(task, "variant", fields["variant"], None)
    if fields.get("unit") is None:
        return
    try:
        unit: Measure | None = read_measure(fields["unit"])
    except (PallkitError, TypeError):
        unit = None
    if unit != MEASURE_OF[task.unit]:
        yield from _same(task, "unit", fields["unit"], task.unit)


def _variant(task: VariantTask, fields: _Fields) -> Iterator[Message]:
    try:
        here = read_variant(fields["variant"])
    except (PallkitError, TypeError, KeyError, AttributeError):
        here = None
    wanted = task.variant
    if here is None or (here.level, here.set, {*here.kinds}) != (
        wanted.level,
        wanted.set,
        {*wanted.kinds},
    ):
        settings = {"level": wanted.level, "set": wanted.set, "kinds": list(wanted.kinds)}
        told = {name: value for name, value in settings.items() if value}
        yield from _same(task, "variant", fields.get("variant"), told)


def _unit(task: NumberTask, fields: _Fields) -> Iterator[Message]:
    units = () if task.unit is None else tuple(getattr(task.unit, lang) for lang in LANGUAGES)
    if fields.get("unit") not in (units or (None,)):
        yield from _same(task, "unit", fields.get("unit"), _or(task.unit))


def _options(task: ChoiceTask | RankingTask, fields: _Fields) -> Iterator[Message]:
    wanted = (
        [str(one) for one in task.order]
        if isinstance(task, RankingTask)
        else [str(one.id) for one in task.options]
    )
    options = fields.get("options")
    here = list(options) if isinstance(options, dict) else []
    if sorted(map(str, here)) != sorted(wanted):
        yield _(
            "the field of “{task}” has the options {here}, and the key {there}. Write the same.",
            task=task.id,
            here=", ".join(map(str, here)) or "–",
            there=", ".join(wanted),
        )
    elif isinstance(task, RankingTask) and here == wanted:
        yield _(
            "the field of “{task}” shows the right order from the start. Write the options in "
            "another order.",
            task=task.id,
        )
    if isinstance(task, ChoiceTask):
        yield from _same(task, "several", fields.get("several", False), task.several)


def _same(task: Task, name: str, here: object, there: object) -> Iterator[Message]:
    if here != there:
        yield _(
            "the field of “{task}” has {name}={here}, and the key {there}. Write the same.",
            task=task.id,
            name=name,
            here=repr(here),
            there=repr(there),
        )


def _or(unit: Words | None) -> str | None:
    return None if unit is None else " / ".join(dict.fromkeys((unit.nb, unit.nn, unit.en)))


def _task_of(call: ast.Call) -> str | None:
    """The task that a field is for: the first argument of an AnswerBox, ``task=`` of a case."""
    named = {one.arg: one.value for one in call.keywords}
    first = call.args[0] if call.args and ast.unparse(call.func) == "AnswerBox" else None
    node = named.get("task", first)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


_NAMES = {"AnswerBox": ("task", "kind"), "CasePlayer": ("case_id",)}


def _fields(call: ast.Call) -> dict[str, Any]:
    """A widget's settings by name. Raises ValueError for what is not written out."""
    names = _NAMES[ast.unparse(call.func)]
    if len(call.args) > len(names) or any(one.arg is None for one in call.keywords):
        raise ValueError("arguments that cannot be told")
    placed = dict(zip(names, call.args, strict=False))
    given = placed | {str(one.arg): one.value for one in call.keywords}
    return {name: ast.literal_eval(node) for name, node in given.items()}
