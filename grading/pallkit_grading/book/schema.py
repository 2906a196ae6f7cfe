"""Which version our own tables in the gradebook are of, and that only that one is opened.

What changes the tables stands in :mod:`pallkit_grading.book.migrations`, and is run by
``pallkit records upgrade`` alone: nobody's gradebook changes because a program was newer.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, MetaData, String, Table, insert, inspect, select
from sqlalchemy.exc import IntegrityError

from pallkit.errors import ContentError
from pallkit.i18n import _

VERSION = "0001"
"""Of the tables as this program makes them: the newest of the migrations."""

UNNUMBERED = ""
"""Tables of ours from before they had a version."""

OLDER = (UNNUMBERED,)
MIGRATIONS = Path(__file__).parent / "migrations"
TABLES = MetaData()
STAMP = Table("pallkit_version", TABLES, Column("version_num", String(32), primary_key=True))

_PREFIX = "pallkit_"


def version_of(connection: Connection) -> str | None:
    """The version of our tables; None where there are none yet."""
    names = inspect(connection).get_table_names()
    if STAMP.name in names:
        found = connection.scalar(select(STAMP.c.version_num))
        if found is not None:
            return str(found)
    ours = [name for name in names if name.startswith(_PREFIX) and name != STAMP.name]
    return UNNUMBERED if ours else None


def require_known(version: str | None) -> None:
    """Raise :class:`ContentError`, one line, for tables that are older or newer than ours."""
    if version in {None, VERSION}:
        return
    if version in OLDER:
        raise ContentError(
            _(
                "The gradebook is from an older PallKit. Run “pallkit records upgrade” on the "
                "course: it makes a backup first."
            )
        )
    raise ContentError(
        _(
            "The gradebook is from a newer PallKit (tables {found}, this one knows {known}). "
            "Use that one, or take the gradebook back with it: “pallkit records rollback”.",
            found=str(version),
            known=VERSION,
        )
    )


def prepare(session: Any, table: Table) -> None:
    """Make our tables where ``table`` is missing; looked for once in a session.

    Raises :class:`ContentError` where they are of another version.
    """
    seen = f"pallkit_prepared:{table.name}"
    if seen in session.info:
        return
    engine = session.get_bind()
    with engine.connect() as connection:
        version = version_of(connection)
        there = inspect(connection).has_table(table.name)
    require_known(version)
    if version is None:  # first: who is killed here must not leave tables that look like old ones
        STAMP.create(engine, checkfirst=True)
        _stamp(engine)
    if not there:
        TABLES.create_all(engine)
    session.info[seen] = True


def _stamp(engine: Any) -> None:
    try:
        with engine.begin() as connection:
            connection.execute(insert(STAMP).values(version_num=VERSION))
    except IntegrityError:  # another program was first
        return
