"""Open a gradebook without waiting for what nbgrader imports and grading does not use."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from pallkit.errors import ContentError
from pallkit.i18n import Message, _
from pallkit_grading.gradebook import GRADEBOOK, database_url, reach_own_programs

_SLOW = "rfc3987_syntax"
"""An optional check of web addresses in jsonschema: half of nbgrader's time to import."""

_PAGES = tuple(
    f"nbgrader.server_extensions.{name}"
    for name in ("assignment_list", "course_list", "validate_assignment", "formgrader")
)
"""What ``import nbgrader`` loads for a Jupyter server, with nbconvert and all its preprocessors."""


@contextmanager
def open_book(folder: Path, course: str, address: str | None = None) -> Iterator[Any]:
    """The gradebook of the course in ``folder``, or at a database ``address``, as nbgrader's own.

    One line and no traceback when there is none yet, it cannot be reached, or is lost on the
    way: raises :class:`ContentError`. No error says the address, which may hold a password.
    """
    if address is None and not (folder / GRADEBOOK).is_file():
        raise ContentError(
            _(
                "There is no gradebook in {folder} yet. Run “nbgrader generate_assignment” first.",
                folder=str(folder),
            )
        )
    reach_own_programs()
    gradebook = _import()
    from sqlalchemy.exc import DBAPIError, SQLAlchemyError  # noqa: PLC0415  # imported by now

    url = (
        f"sqlite:///{(folder / GRADEBOOK).resolve()}" if address is None else database_url(address)
    )
    try:
        book = gradebook(url, course)
    except (SQLAlchemyError, ImportError, ValueError) as error:
        raise ContentError(_unopened(error, address)) from None
    try:
        yield book
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        raise ContentError(_LOST) from None
    finally:
        book.close()


_LOST = _(
    "The connection to the gradebook's database was lost. What was graded is kept. Run it again."
)


def _unopened(error: Exception, address: str | None) -> Message:
    if isinstance(error, ImportError) and (address or "").startswith("postgres"):
        return _(
            "A gradebook in PostgreSQL needs one package more. Run “pip install "
            "pallkit[postgresql]”."
        )
    if address is not None:
        return _(
            "The gradebook's database cannot be reached ({why}). Check the address, name and "
            "password, and that the server is running.",
            why=type(error).__name__,
        )
    return _("The gradebook cannot be opened ({why}).", why=type(error).__name__)


def _import() -> Any:
    """The gradebook, without what only nbgrader's pages in JupyterLab use: seconds of imports."""
    lean: dict[str, Any] = {}
    if "nbgrader" not in sys.modules:
        lean = {name: _later(name) for name in _PAGES}
    if _SLOW not in sys.modules:
        lean[_SLOW] = None  # Python's own way to say “not here”
    sys.modules.update(lean)
    try:
        from nbgrader.api import Gradebook  # noqa: PLC0415  # seconds to import
    finally:
        for name in lean:
            del sys.modules[name]
    return Gradebook


def _later(name: str) -> ModuleType:
    """Stands for a module of nbgrader's pages, and loads it if a Jupyter server asks for it."""

    def load(app: Any) -> None:
        import_module(name).load_jupyter_server_extension(app)

    module = ModuleType(name)
    module.load_jupyter_server_extension = load  # type: ignore[attr-defined]
    return module
