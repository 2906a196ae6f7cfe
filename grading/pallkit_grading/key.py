"""The key: what each task asks for and what it gives. Never a right answer: those are computed.

A course leader writes it as YAML outside what is handed out (``courses/<id>/key/``). The
course's nbgrader settings compile it to one JSON file and name that file to the grader in
the environment variable :data:`KEY_VARIABLE`. It is never looked for near a hand-in, where
a trainee could have laid one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cattrs
from cattrs.gen import make_dict_structure_fn, override

from pallkit.cases.schema import (
    SchemaError,
    Slug,
    fault,
    make_converter,
    structure_strictly,
)
from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit_grading import key_values
from pallkit_grading.key_doses import (
    Calculation,
    Change,
    Danger,
    DoseTask,
    DoseUnit,
    Partial,
    VariantTask,
)
from pallkit_grading.key_faults import task_faults, twice
from pallkit_grading.key_kinds import (
    CaseTask,
    Check,
    ChoiceTask,
    CodeTask,
    Comment,
    Criterion,
    DangerousNumber,
    Near,
    NumberTask,
    Option,
    RankingTask,
    RubricLevel,
    Task,
    TextTask,
)
from pallkit_grading.key_values import Figure, Name, Plain, Points

__all__ = [
    "KEY_VARIABLE",
    "Calculation",
    "CaseTask",
    "Change",
    "Check",
    "ChoiceTask",
    "CodeTask",
    "Comment",
    "Criterion",
    "Danger",
    "DangerousNumber",
    "DoseTask",
    "DoseUnit",
    "Figure",
    "Key",
    "Name",
    "Near",
    "NumberTask",
    "Option",
    "Partial",
    "Plain",
    "Points",
    "RankingTask",
    "RubricLevel",
    "Sheet",
    "Task",
    "TextTask",
    "VariantTask",
    "configured_key",
    "read_key",
    "structure_key",
    "structure_sheet",
]

KEY_VARIABLE = "PALLKIT_KEY"
"""The environment variable that names the compiled key. Unset: the trainee's own session."""

_KINDS: Mapping[str, type] = {
    "dose": DoseTask,
    "case": CaseTask,
    "text": TextTask,
    "number": NumberTask,
    "choice": ChoiceTask,
    "ranking": RankingTask,
    "code": CodeTask,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One key file: the tasks of an assignment, in its order."""

    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """A course's compiled key. ``assignments`` names the tasks of each assignment.

    A task id is unique in its course, so the cell that is judged names only the task.
    """

    tasks: Mapping[Slug, Task]
    assignments: Mapping[Slug, tuple[Slug, ...]] = field(default_factory=dict)

    def of(self, assignment: str) -> tuple[Task, ...]:
        """The tasks of an assignment, in order; :class:`ContentError` if it is unknown."""
        if assignment not in self.assignments:
            raise ContentError(
                _(
                    "There is no assignment “{name}” in this course. It has: {names}.",
                    name=assignment,
                    names=", ".join(self.assignments),
                )
            )
        return tuple(self.tasks[id_] for id_ in self.assignments[Slug(assignment)])


def structure_sheet(raw: object) -> Sheet:
    """Make a key file's content of plain values.

    Raises :class:`pallkit.cases.schema.SchemaError` with every place that breaks the format.
    """
    sheet = structure_strictly(_CONVERTER, raw, Sheet)
    ids = [task.id for task in sheet.tasks]
    faults = (
        *twice(ids, ("tasks",)),
        *(one for at, task in enumerate(sheet.tasks) for one in task_faults(task, ("tasks", at))),
    )
    if faults:
        raise SchemaError(faults)
    return sheet


def structure_key(raw: object) -> Key:
    """Make a course's key of plain values; raises as :func:`structure_sheet` does."""
    return structure_strictly(_CONVERTER, raw, Key)


def configured_key() -> Key | None:
    """The key the course's settings name, or None in a trainee's own session.

    Raises :class:`ContentError` when one is named and cannot be read: then nothing can be
    graded, and no answer may count as wrong for it.
    """
    named = os.environ.get(KEY_VARIABLE)
    return read_key(Path(named)) if named else None


def read_key(path: Path) -> Key:
    """Read a compiled key."""
    try:
        return structure_key(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, SchemaError) as error:
        raise ContentError(
            _("The key “{file}” cannot be read. Ask the course leader.", file=path.name)
        ) from error


def _structure_task(raw: object, _kind: object) -> Task:
    kind = _KINDS.get(str(raw.get("kind"))) if isinstance(raw, Mapping) else None
    if kind is None:
        raise fault(_("a task's kind must be one of: {kinds}. Write it.", kinds=", ".join(_KINDS)))
    if kind is DoseTask and isinstance(raw, Mapping) and "variant" in raw:
        kind = VariantTask
    task: Task = _CONVERTER.structure(raw, kind)
    return task


def _converter() -> cattrs.Converter:
    converter = make_converter()
    converter.register_structure_hook(Points, key_values.points)
    converter.register_structure_hook(Figure, key_values.figure)
    converter.register_structure_hook(Name, key_values.name)
    converter.register_structure_hook(Plain, key_values.plain_value)
    converter.register_structure_hook(Task, _structure_task)
    # “with” is a word of Python's, so the field cannot have the key's own name.
    given: Any = override(rename="with")
    converter.register_structure_hook(
        Check,
        make_dict_structure_fn(Check, converter, _cattrs_forbid_extra_keys=True, with_=given),
    )
    return converter


_CONVERTER = _converter()
