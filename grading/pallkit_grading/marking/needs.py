"""Whether marking an assignment takes running the hand-ins' code, or only their answers."""

from __future__ import annotations

from collections.abc import Sequence

from pallkit_grading.hand_ins import MasterCell, MasterNotebook
from pallkit_grading.key import CodeTask, Key, Task
from pallkit_grading.marking.cells import call_in


def needs_code(notebooks: Sequence[MasterNotebook], key: Key) -> bool:
    """Whether any graded cell is code to be run, not an answer to be judged."""
    return any(
        cell.kind == "code" and cell.id in notebook.most and (cell.answer or _runs(cell, key))
        for notebook in notebooks
        for cell in notebook.cells
    )


def _runs(cell: MasterCell, key: Key) -> bool:
    """Whether the cell's points come from the hand-in's code: a test, or a task of that kind."""
    call = call_in(cell.source)
    return call is None or isinstance(tasks_by_name(key).get(call.task), CodeTask)


def tasks_by_name(key: Key) -> dict[str, Task]:
    """The tasks of a key by their plain names, as a cell calls them."""
    return {str(id_): task for id_, task in key.tasks.items()}
