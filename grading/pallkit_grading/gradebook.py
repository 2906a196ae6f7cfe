"""What nbgrader's gradebook holds for an assignment."""

from __future__ import annotations

import os
import shutil
import sysconfig
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

GRADEBOOK = "gradebook.db"

DATABASE_VARIABLE = "PALLKIT_DB"
"""Where the gradebook is, for our commands and nbgrader's alike, when it is not in the folder."""

_POSTGRESQL = ("postgresql://", "postgres://")


@dataclass(frozen=True, slots=True)
class Grade:
    """What nbgrader's gradebook holds for one task of one hand-in."""

    auto: Decimal | None
    manual: Decimal | None
    needs_grading: bool


def read_grades(folder: Path, assignment: str) -> dict[tuple[str, str], Grade]:
    """Every grade of an assignment, by trainee and task; none before the first autograding."""
    if not (folder / GRADEBOOK).is_file():
        return {}
    from nbgrader.api import Gradebook  # noqa: PLC0415  # seconds to import, and often not needed

    reach_own_programs()
    with Gradebook(f"sqlite:///{(folder / GRADEBOOK).resolve()}") as book:
        return {
            (submission.student_id, grade.name): Grade(
                _points(grade.auto_score), _points(grade.manual_score), grade.needs_manual_grade
            )
            for submission in book.assignment_submissions(assignment)
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def database_url(address: str) -> str:
    """``address`` as SQLAlchemy wants it: PostgreSQL through psycopg 3, the driver we ask for."""
    for scheme in _POSTGRESQL:
        if address.startswith(scheme):
            return f"postgresql+psycopg://{address.removeprefix(scheme)}"
    return address


def reach_own_programs() -> None:
    """Put this Python's own programs on the path, if its environment was not activated.

    nbgrader runs “alembic” by that bare name whenever it opens a gradebook, and dies with
    a traceback where the shell does not find it.
    """
    if shutil.which("alembic") is None:
        own = sysconfig.get_path("scripts")
        os.environ["PATH"] = os.pathsep.join([own, os.environ.get("PATH", "")])


def _points(score: float | None) -> Decimal | None:
    return None if score is None else Decimal(str(score))
