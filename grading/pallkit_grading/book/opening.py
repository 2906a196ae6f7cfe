"""Open a gradebook without waiting for what nbgrader imports and grading does not use."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit_grading.gradebook import GRADEBOOK, reach_own_programs

_SLOW = "rfc3987_syntax"
"""An optional check of web addresses in jsonschema: half of nbgrader's time to import."""


@contextmanager
def open_book(folder: Path, course: str, address: str | None = None) -> Iterator[Any]:
    """The gradebook of the course in ``folder``, or at a database ``address``, as nbgrader's own.

    One line and no traceback when there is none yet, or it cannot be reached: raises
    :class:`ContentError`.
    """
    if address is None and not (folder / GRADEBOOK).is_file():
        raise ContentError(
            _(
                "There is no gradebook in {folder} yet. Run “nbgrader generate_assignment” first.",
                folder=str(folder),
            )
        )
    reach_own_programs()
    gradebook, errors = _import()
    url = address or f"sqlite:///{(folder / GRADEBOOK).resolve()}"
    try:
        book = gradebook(url, course)
    except errors as error:
        raise ContentError(
            _("The gradebook cannot be opened ({why}).", why=type(error).__name__)
        ) from error
    try:
        yield book
    finally:
        book.close()


def _import() -> tuple[Any, Any]:
    absent = _SLOW not in sys.modules
    if absent:
        sys.modules[_SLOW] = None  # type: ignore[assignment]  # Python's own way to say “not here”
    try:
        from nbgrader.api import Gradebook  # noqa: PLC0415  # seconds to import
        from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415
    finally:
        if absent:
            del sys.modules[_SLOW]
    return Gradebook, SQLAlchemyError
