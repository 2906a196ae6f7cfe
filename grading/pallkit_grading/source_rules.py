"""What must hold of a source notebook before it is handed out.

Each rule is a generator: what it yields breaks it. Used when nbgrader generates an
assignment, and by ``pallkit check``.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from pallkit import cases
from pallkit.i18n import LANGUAGES, Message, _
from pallkit_grading.case_task import unplayable
from pallkit_grading.course import LOG_NAME
from pallkit_grading.dose_task import uncomputable
from pallkit_grading.key import CaseTask, DoseTask, Task, TextTask, VariantTask
from pallkit_grading.source_answers import answer_faults, calls

KEY_SUFFIXES = (".jsonl", ".yaml", ".yml")
"""Logs and keys. nbgrader hands out whatever lies in ``source/``."""


def strays(source: Path) -> Iterator[Message]:
    """Nothing below ``source`` is an answer log or could be a key."""
    for path in sorted(source.rglob("*")):
        if path.name == LOG_NAME:
            yield _(
                "{file} is an answer log and would replace every trainee's own when graded. "
                "Delete it.",
                file=path.relative_to(source).as_posix(),
            )
        elif path.suffix.lower() in KEY_SUFFIXES:
            yield _(
                "{file} would be handed out with the assignment. Move it to key/.",
                file=path.relative_to(source).as_posix(),
            )


def notebook_faults(cells: Sequence[Mapping[str, Any]], tasks: Sequence[Task]) -> Iterator[Message]:
    """Everything that must hold of a notebook and the tasks of its key, together."""
    yield from cell_faults(cells, tasks)
    yield from answer_faults(cells, tasks)
    asked = [fault for task in tasks for fault in task_faults(task)]
    yield from asked
    if not asked:
        yield from level_faults(cells, [task for task in tasks if isinstance(task, CaseTask)])


def task_faults(task: Task) -> Iterator[Message]:
    """A task can be judged: its calculation has an answer, and its case opens at its level."""
    if isinstance(task, DoseTask | VariantTask):
        yield from uncomputable(task)
    elif isinstance(task, CaseTask):
        yield from unplayable(task)


def cell_faults(cells: Sequence[Mapping[str, Any]], tasks: Sequence[Task]) -> Iterator[Message]:
    """Every task of the key has its one cell, with the same points, that only asks for it."""
    by_id = {str(task.id): task for task in tasks}
    seen: Counter[str] = Counter()
    for cell in cells:
        about = cell.get("metadata", {}).get("nbgrader", {})
        if about.get("grade") or about.get("task"):
            name = str(about.get("grade_id"))
            seen[name] += 1
            yield from _cell_faults(cell, about, name, by_id.get(name))
    for name in by_id:
        if seen[name] != 1:
            yield _(
                "the task “{task}” has {count} graded cells in the notebook. It must have one.",
                task=name,
                count=seen[name],
            )


def level_faults(
    cells: Sequence[Mapping[str, Any]], tasks: Sequence[CaseTask]
) -> Iterator[Message]:
    """A case with several levels is opened at the key's, so that nobody plays another in vain."""
    players = [call for cell in cells for call in calls(cell, "CasePlayer")]
    for task in tasks:
        case = cases.load(task.case)
        wanted = task.level or case.level
        if len(case.open_levels) == 1:
            continue
        for call in players:
            given = {one.arg: ast.unparse(one.value) for one in call.keywords}
            if given.get("task") == repr(str(task.id)) and given.get("level") != repr(wanted):
                yield _(
                    "the case of the task “{task}” has several levels, and the key asks for "
                    "{level}. Write level={level} in the CasePlayer of the notebook.",
                    task=task.id,
                    level=f'"{wanted}"',
                )


def _cell_faults(
    cell: Mapping[str, Any], about: Mapping[str, Any], name: str, task: Task | None
) -> Iterator[Message]:
    if task is None:
        if not _is_own_test(cell, about):
            yield _("the graded cell “{cell}” is not a task of the key. Add it there.", cell=name)
        return
    if Decimal(str(about.get("points"))) != task.points:
        yield _(
            "the cell “{cell}” gives {here} points and the key {there}. Write the same.",
            cell=name,
            here=str(about.get("points")),
            there=task.points,
        )
    if isinstance(task, TextTask):
        if not about.get("task") or cell["cell_type"] != "markdown":
            yield _("the cell “{cell}” must be a manually graded task.", cell=name)
    elif cell["cell_type"] != "code" or not _asks_for(name, "".join(cell["source"])):
        yield _(
            'the cell “{cell}” must hold only check("{cell}"): no other code is graded.',
            cell=name,
        )


def _is_own_test(cell: Mapping[str, Any], about: Mapping[str, Any]) -> bool:
    """Whether a cell is nbgrader's own: a test with asserts, or an answer that a person grades.

    Its points stand in the cell alone; ``pallkit grade`` runs it in a cage.
    """
    if about.get("task") or any([*calls(cell, "check"), *calls(cell, "show")]):
        return False
    return bool(about.get("solution")) or "assert" in "".join(cell["source"])


def _asks_for(task: str, code: str) -> bool:
    """Whether ``code`` is ``check("<task>")``, perhaps with a language, and nothing else."""
    try:
        tree = ast.parse(code, mode="eval")
    except SyntaxError:
        return False
    asked = {f"check({task!r})"} | {f"check({task!r}, lang={lang!r})" for lang in LANGUAGES}
    return ast.unparse(tree) in asked
