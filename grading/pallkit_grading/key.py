"""The key: what each task asks for and what it gives. Never a right answer: those are computed.

A course leader writes it as YAML outside what is handed out (``courses/<id>/key/``). The
course's nbgrader settings compile it to one JSON file and name that file to the grader in
the environment variable :data:`KEY_VARIABLE`. It is never looked for near a hand-in, where
a trainee could have laid one.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Literal, NewType, Union

from pallkit.cases.schema import (
    SchemaError,
    SchemaFault,
    Share,
    Slug,
    fault,
    make_converter,
    structure_strictly,
)
from pallkit.cases.values import Level
from pallkit.errors import ContentError
from pallkit.i18n import Words, _

KEY_VARIABLE = "PALLKIT_KEY"
"""The environment variable that names the compiled key. Unset: the trainee's own session."""

Points = NewType("Points", Decimal)
"""Points of a task: 0, 2 or 1.5; at most two decimals."""

DoseUnit = Literal["mg/24 t", "mg", "µg/t"]


@dataclass(frozen=True, slots=True)
class Calculation:
    """What the engine is asked: these doses, converted to this preparation by this set.

    ``reduce`` is "none", a percentage or a named rule. ``rule`` asks for a single rescue
    dose of the result by a named rule, such as "one-sixth".
    """

    doses: tuple[str, ...]
    to: str
    set: Slug
    reduce: str
    rule: Slug | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What another way of thinking changes in a :class:`Calculation`."""

    doses: tuple[str, ...] | None = None
    to: str | None = None
    set: Slug | None = None
    reduce: str | None = None
    rule: Slug | None = None


@dataclass(frozen=True, slots=True)
class Partial:
    """An answer that shows half of the thinking: its points, and what to tell the trainee."""

    points: Points
    hint: Words
    change: Change = Change()
    tolerance: Share | None = None


@dataclass(frozen=True, slots=True)
class DoseTask:
    """A dose to work out. ``tolerance`` is a share of the computed answer."""

    id: Slug
    kind: Literal["dose"]
    points: Points
    unit: DoseUnit
    right: Calculation
    tolerance: Share
    partial: tuple[Partial, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseTask:
    """A case to play. ``danger_most`` is what a path with a dangerous act can give at most.

    ``level`` is the one it is to be played at, else the case's own. Nothing in a hand-in
    chooses it: an easier level would be an easier task.
    """

    id: Slug
    kind: Literal["case"]
    points: Points
    case: Slug
    danger_most: Points
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class TextTask:
    """A text that a person grades; ``look_for`` is what that person looks for."""

    id: Slug
    kind: Literal["text"]
    points: Points
    look_for: tuple[Words, ...]


Task = Union[DoseTask, CaseTask, TextTask]  # noqa: UP007  # cattrs hooks need the Union form
_KINDS: Mapping[str, type] = {"dose": DoseTask, "case": CaseTask, "text": TextTask}


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
    faults = tuple(_out_of_order(sheet))
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


def _out_of_order(sheet: Sheet) -> Iterator[SchemaFault]:
    for place, task in enumerate(sheet.tasks):
        if task.id in (earlier.id for earlier in sheet.tasks[:place]):
            yield SchemaFault(
                ("tasks", place, "id"),
                _("the id “{id}” is used twice. Give this task its own.", id=task.id),
            )
        parts = task.partial if isinstance(task, DoseTask) else ()
        for number, part in enumerate(parts):
            if part.points >= task.points:
                yield SchemaFault(
                    ("tasks", place, "partial", number, "points"),
                    _("a partial answer must give less than the task's {most}.", most=task.points),
                )
            if part.change == Change() and part.tolerance is None:
                yield SchemaFault(
                    ("tasks", place, "partial", number),
                    _("say what is different: a change or a tolerance."),
                )


def _points(value: object, _type: object) -> Points:
    if isinstance(value, bool) or not re.fullmatch(r"\d{1,3}(\.\d{1,2})?", str(value)):
        raise fault(
            _("“{value}” is not a number of points. Write for example 3 or 1.5.", value=str(value))
        )
    return Points(Decimal(str(value)))


def _structure_task(raw: object, _kind: object) -> Task:
    kind = _KINDS.get(str(raw.get("kind"))) if isinstance(raw, Mapping) else None
    if kind is None:
        raise fault(_("a task's kind must be one of: {kinds}. Write it.", kinds=", ".join(_KINDS)))
    task: Task = _CONVERTER.structure(raw, kind)
    return task


_CONVERTER = make_converter()
_CONVERTER.register_structure_hook(Points, _points)
_CONVERTER.register_structure_hook(Task, _structure_task)
