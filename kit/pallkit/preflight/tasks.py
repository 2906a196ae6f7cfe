"""The tasks of a hand-in: those the hand-out names, else those the notebook grades."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pallkit.answers import Log
from pallkit.preflight.answered import TaskState, state_of
from pallkit.preflight.calls import Box, boxes
from pallkit.preflight.handout import Asked, HandOut
from pallkit.preflight.notebook import Cell, about, headings


def task_states(cells: tuple[Cell, ...], handout: HandOut, log: Log) -> tuple[TaskState, ...]:
    """Where every task stands, in order."""
    shown = boxes(cells)
    parts = dict(_parts(cells))
    titles = _titles(cells, shown)
    asked = handout.tasks or tuple(Asked(id_) for id_ in (*parts,) or (*shown,))
    return tuple(
        state_of(
            task.id,
            task.title or titles.get(task.id, "") or task.id,
            _box(task, shown, parts.get(task.id, ())),
            log,
            parts.get(task.id, ()),
        )
        for task in asked
    )


def graded(cells: Sequence[Cell]) -> Iterator[str]:
    """The tasks that a cell of the notebook gives points for, in order, each once."""
    yield from dict(_parts(cells))


def _parts(cells: Sequence[Cell]) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """Each graded task with the answer cells that stand before it, since the task before."""
    before: list[Cell] = []
    for cell in cells:
        noted = about(cell)
        if noted.get("solution"):
            before.append(cell)
        if noted.get("grade") or noted.get("task"):
            yield str(noted["grade_id"]), tuple(before)
            before = []


def _box(task: Asked, shown: Mapping[str, Box], answer_cells: Sequence[Cell]) -> Box:
    """The box that answers the task; without one, cells to write in, or the log alone."""
    if task.kind == "code" or (task.id not in shown and answer_cells):
        return Box(task.id, "code")
    return shown.get(task.id) or Box(task.id, task.kind)


def _titles(cells: tuple[Cell, ...], shown: Mapping[str, Box]) -> Mapping[str, str]:
    """The heading above each task's box, or above its graded cell."""
    found: dict[str, str] = {}
    for cell, heading in zip(cells, headings(cells), strict=True):
        noted = about(cell)
        graded_here = {str(noted["grade_id"])} if noted.get("grade") or noted.get("task") else set()
        for task in graded_here | (boxes([cell]).keys() & shown.keys()):
            found.setdefault(task, heading)
    return found
