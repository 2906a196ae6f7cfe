"""What was handed out, as the gradebook holds it: the measure of every hand-in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit_grading.hand_ins import MasterCell, MasterNotebook


def masters(book: Any, folder: Path, assignment: str) -> tuple[MasterNotebook, ...]:
    """The notebooks of an assignment; :class:`ContentError` if it was never generated."""
    from nbgrader.api import MissingEntry  # noqa: PLC0415  # imported with the book

    try:
        found = book.find_assignment(assignment)
    except MissingEntry:
        known = ", ".join(sorted(one.name for one in book.assignments)) or "–"
        raise ContentError(
            _(
                "The gradebook has no assignment “{name}”. It has: {names}. Run “nbgrader "
                "generate_assignment” first.",
                name=assignment,
                names=known,
            )
        ) from None
    return tuple(_master(one, folder, assignment) for one in found.notebooks)


def _master(notebook: Any, folder: Path, assignment: str) -> MasterNotebook:
    scored = {cell.name: cell for cell in (*notebook.grade_cells, *notebook.task_cells)}
    answers = {cell.name for cell in notebook.solution_cells}
    tasks = {cell.name for cell in notebook.task_cells}
    file = f"{notebook.name}.ipynb"
    order = {
        name: place for place, name in enumerate(_sources(folder / "source" / assignment / file))
    }
    released = _sources(folder / "release" / assignment / file)
    cells = sorted(notebook.source_cells, key=lambda cell: order.get(cell.name, len(order)))
    spec = json.loads(notebook.kernelspec) if notebook.kernelspec else {}
    return MasterNotebook(
        notebook.name,
        tuple(
            _cell(cell, scored.get(cell.name), answers, tasks, released.get(cell.name))
            for cell in cells
        ),
        {name: Decimal(str(cell.max_score)) for name, cell in scored.items()},
        spec,
    )


def _cell(
    cell: Any, scored: Any, answers: set[str], tasks: set[str], released: str | None
) -> MasterCell:
    about = {
        "grade": scored is not None and cell.name not in tasks,
        "grade_id": cell.name,
        "locked": bool(cell.locked),
        "schema_version": 3,
        "solution": cell.name in answers,
        "task": cell.name in tasks,
        "checksum": cell.checksum,
        "cell_type": cell.cell_type,
    }
    if scored is not None:
        about["points"] = scored.max_score
    return MasterCell(cell.name, cell.cell_type, cell.source, cell.name in answers, about, released)


def _sources(notebook: Path) -> Mapping[str, str]:
    """The cells of a notebook of the course by name, in order; none if it cannot be read.

    The gradebook keeps no order, and only the cells with their hidden tests.
    """
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        return dict(_named(cells))
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _named(cells: Any) -> Iterator[tuple[str, str]]:
    for cell in cells:
        name = cell.get("metadata", {}).get("nbgrader", {}).get("grade_id")
        if isinstance(name, str):
            yield name, "".join(cell["source"])
