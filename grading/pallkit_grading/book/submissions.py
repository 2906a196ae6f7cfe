"""A hand-in's rows in nbgrader's tables, in a few statements and without a commit of their own.

nbgrader's own functions commit three times for each hand-in and read every row one by one;
what they leave in the gradebook is what is left here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Table, bindparam, insert, select, update

from pallkit_grading.marking.marked import MarkedNotebook, Scored

NO_RESPONSE = "No response."
"""nbgrader's own words in the gradebook for an answer that was left as it was handed out."""


@dataclass(frozen=True, slots=True)
class _Cells:
    """A notebook of an assignment: the cells that can have a grade or a comment, by name."""

    id: str
    graded: Mapping[str, str]
    commented: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Submission:
    """The rows of one hand-in. ``notebooks``: by name, the master's cells and the row's id."""

    notebooks: Mapping[str, tuple[_Cells, str]]


def submission(book: Any, assignment: str, trainee: str, at: datetime | None) -> Submission:
    """The rows of a hand-in, made where there are none; ``at`` is set unless it is None."""
    from nbgrader import api  # noqa: PLC0415  # imported with the book

    found, cells = _handed_out(book.db, api, assignment)
    row = api.SubmittedAssignment
    mine = (row.assignment_id == found) & (row.student_id == trainee)
    id_ = book.db.scalar(select(row.id).where(mine))
    stamp = {} if at is None else {"timestamp": at.astimezone(UTC).replace(tzinfo=None)}
    if id_ is None:
        id_ = _added(book.db, api, {"assignment_id": found, "student_id": trainee, **stamp})
    elif stamp:
        book.db.execute(update(row.__table__).where(row.__table__.c.id == id_).values(stamp))
    return Submission(_notebooks(book.db, api, id_, cells))


def write_scores(book: Any, entry: Submission, notebook: MarkedNotebook, *, changed: bool) -> None:
    """Write what the machine gives. What a person gave is looked at again only if it changed."""
    from nbgrader import api  # noqa: PLC0415  # imported with the book

    cells, id_ = entry.notebooks[notebook.name]
    _write_grades(book.db, api.Grade.__table__, (cells, id_), notebook.scores, changed=changed)
    table = api.Comment.__table__
    known = dict(
        book.db.execute(select(table.c.cell_id, table.c.id).where(table.c.notebook_id == id_)).all()
    )
    words = {
        cell: NO_RESPONSE if name in notebook.unanswered else None
        for name, cell in cells.commented.items()
    }
    _change(book.db, table, [{"_id": known[cell], "auto_comment": words[cell]} for cell in known])
    _add(
        book.db,
        table,
        [
            {"notebook_id": id_, "cell_id": cell, "auto_comment": said}
            for cell, said in words.items()
            if cell not in known
        ],
    )


def _write_grades(
    session: Any,
    table: Table,
    entry: tuple[_Cells, str],
    scores: Sequence[Scored],
    *,
    changed: bool,
) -> None:
    cells, id_ = entry
    rows = session.execute(
        select(table.c.cell_id, table.c.id, table.c.manual_score, table.c.needs_manual_grade).where(
            table.c.notebook_id == id_
        )
    )
    known = {row.cell_id: row for row in rows}
    fresh = {cell: True for cell in cells.graded.values() if cell not in known}
    new, old = [], []
    for score in scores:
        cell = cells.graded[score.cell]
        auto = None if score.points is None else float(score.points)
        row = known.get(cell)
        if row is None:
            fresh.pop(cell)
            new.append(_grade(id_, cell, auto, waits=auto is None))
        elif row.manual_score is None:
            old.append({"_id": row.id, "auto_score": auto, "needs_manual_grade": auto is None})
        else:
            waits = row.needs_manual_grade or changed
            old.append({"_id": row.id, "auto_score": auto, "needs_manual_grade": waits})
    _change(session, table, old)
    _add(session, table, [*new, *(_grade(id_, cell, None, waits=True) for cell in fresh)])


def _grade(notebook: str, cell: str, auto: float | None, *, waits: bool) -> dict[str, Any]:
    return {
        "notebook_id": notebook,
        "cell_id": cell,
        "auto_score": auto,
        "needs_manual_grade": waits,
    }


def _handed_out(session: Any, api: Any, assignment: str) -> tuple[str, dict[str, _Cells]]:
    """The assignment's id, and its notebooks by name."""
    cell = api.BaseCell.__table__.c
    rows = session.execute(
        select(
            api.Assignment.id.label("assignment"),
            api.Notebook.id.label("notebook"),
            api.Notebook.name.label("file"),
            cell.id.label("cell"),
            cell.name,
            cell.type,
        )
        .join(api.Notebook, api.Notebook.assignment_id == api.Assignment.id)
        .join(api.BaseCell.__table__, cell.notebook_id == api.Notebook.id, isouter=True)
        .where(api.Assignment.name == assignment)
    ).all()
    cells = {row.file: _Cells(row.notebook, {}, {}) for row in rows}
    for row in rows:
        theirs: Any = cells[row.file]
        if row.type in {"GradeCell", "TaskCell"}:
            theirs.graded[row.name] = row.cell
        if row.type in {"SolutionCell", "TaskCell"}:
            theirs.commented[row.name] = row.cell
    return rows[0].assignment, cells


def _added(session: Any, api: Any, values: dict[str, Any]) -> str:
    student = api.Student.__table__
    trainee = values["student_id"]
    if session.scalar(select(student.c.id).where(student.c.id == trainee)) is None:
        session.execute(insert(student).values(id=trainee))
    id_: str = api.new_uuid()
    session.execute(insert(api.SubmittedAssignment.__table__).values(id=id_, **values))
    return id_


def _notebooks(
    session: Any, api: Any, id_: str, cells: Mapping[str, _Cells]
) -> dict[str, tuple[_Cells, str]]:
    table = api.SubmittedNotebook.__table__
    rows = session.execute(
        select(table.c.notebook_id, table.c.id).where(table.c.assignment_id == id_)
    )
    known = {row.notebook_id: row.id for row in rows}
    missing = {one.id: api.new_uuid() for one in cells.values() if one.id not in known}
    _add(
        session,
        table,
        [{"id": own, "assignment_id": id_, "notebook_id": one} for one, own in missing.items()],
    )
    known |= missing
    return {name: (one, known[one.id]) for name, one in cells.items()}


def _add(session: Any, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        session.execute(insert(table), rows)


def _change(session: Any, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        session.execute(update(table).where(table.c.id == bindparam("_id")), rows)
