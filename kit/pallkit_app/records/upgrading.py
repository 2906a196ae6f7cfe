"""A course's gradebook to the tables this program knows, and back: backed up first, all or nothing.

The gradebook has tables of two makers, each with a version: nbgrader's and ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit_app.records.backing_up import back_up, place_beside
from pallkit_app.records.database import connected
from pallkit_grading.book import schema

NBGRADER_STAMP = "alembic_version"


@dataclass(frozen=True, slots=True)
class Versions:
    """Of the tables in one gradebook. ``ours`` None: there are none yet; "": not numbered."""

    ours: str | None
    nbgrader: str | None


@dataclass(frozen=True, slots=True)
class Changed:
    """What was done. ``backup`` None: there was nothing to do."""

    before: Versions
    after: Versions
    backup: Path | None = None


def versions(connection: Connection) -> Versions:
    """What the gradebook's tables are now."""
    nbgrader = None
    if inspect(connection).has_table(NBGRADER_STAMP):
        nbgrader = connection.scalar(text(f"SELECT version_num FROM {NBGRADER_STAMP}"))  # noqa: S608  # a name of ours
    return Versions(schema.version_of(connection), nbgrader)


def upgrade(folder: Path, address: str | None = None) -> Changed:
    """Bring the tables to the newest this program and its nbgrader know.

    Raises :class:`ContentError` where they are newer already, and where a step fails: then
    nothing has changed, and the backup is kept all the same.
    """
    newest = Versions(schema.VERSION, _head(_nbgrader()))

    def steps(connection: Connection) -> None:
        _walk(connection, _nbgrader(), NBGRADER_STAMP, "heads")
        if schema.version_of(connection) is not None:
            _walk(connection, schema.MIGRATIONS, schema.STAMP.name, "heads")

    with connected(folder, address) as connection:
        before = versions(connection)
    if before.ours not in {None, *schema.OLDER}:
        schema.require_known(before.ours)
    wanted = Versions(before.ours if before.ours is None else newest.ours, newest.nbgrader)
    if before == wanted:
        return Changed(before, before)
    _require_revision(before.nbgrader)
    return _changed(folder, address, before, steps, "upgrade")


def roll_back(folder: Path, address: str | None = None) -> Changed:
    """Take our tables one version back, for the PallKit before this one.

    Scores stay. Tables that have no version before theirs are left alone, and so are
    nbgrader's: for those there is the backup that ``upgrade`` made.
    """

    def steps(connection: Connection) -> None:
        _walk(connection, schema.MIGRATIONS, schema.STAMP.name, "-1")

    with connected(folder, address) as connection:
        before = versions(connection)
    if before.ours in {None, schema.UNNUMBERED}:
        return Changed(before, before)
    schema.require_known(before.ours)
    return _changed(folder, address, before, steps, "rollback")


def _changed(
    folder: Path,
    address: str | None,
    before: Versions,
    steps: Callable[[Connection], None],
    what: str,
) -> Changed:
    backup = place_beside(folder.resolve(), f"before-{what}", ".zip")
    back_up(folder, backup, address)
    try:
        with connected(folder, address) as connection:
            if connection.dialect.name == "sqlite":  # its driver begins none before a table changes
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            steps(connection)
            after = versions(connection)
    except (ContentError, SQLAlchemyError) as error:
        raise ContentError(
            _(
                "The gradebook could not be changed, and is as it was ({why}). A backup lies in "
                "{path}.",
                why=type(error.__cause__ or error).__name__,
                path=str(backup),
            )
        ) from error
    return Changed(before, after, backup)


def _walk(connection: Connection, folder: Path, stamp: str, to: str) -> None:
    """Run the migrations of ``folder`` from where ``stamp`` says the tables are."""
    from alembic.operations import Operations  # noqa: PLC0415  # seconds to import
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    script = ScriptDirectory(str(folder))

    def chosen(now: Any, _context: Any) -> Iterable[Any]:
        if to == "heads":
            return script._upgrade_revs(to, now)  # as alembic's own commands do
        return script._downgrade_revs(to, now)

    context = MigrationContext.configure(connection, opts={"version_table": stamp, "fn": chosen})
    with Operations.context(context):
        context.run_migrations()


def _head(folder: Path) -> str | None:
    from alembic.script import ScriptDirectory  # noqa: PLC0415  # seconds to import

    return ScriptDirectory(str(folder)).get_current_head()


def _require_revision(found: str | None) -> None:
    from alembic.script import ScriptDirectory  # noqa: PLC0415  # seconds to import

    known = {one.revision for one in ScriptDirectory(str(_nbgrader())).walk_revisions()}
    if found is not None and found not in known:
        raise ContentError(
            _("The gradebook is from a newer nbgrader than the one that is installed here.")
        )


def _nbgrader() -> Path:
    spec = find_spec("nbgrader")
    assert spec is not None and spec.submodule_search_locations  # noqa: PT018, S101  # we require it
    return Path(spec.submodule_search_locations[0], "alembic")
