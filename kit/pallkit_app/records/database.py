"""Which rows of the gradebook are about a person, found by its own structure.

Tables are not listed here: a table that is added later, ours or nbgrader's, is covered when
it names trainees as these do, or hangs on a row that does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from sqlalchemy import (
    Connection,
    Enum,
    MetaData,
    String,
    Table,
    create_engine,
    delete,
    or_,
    select,
    update,
)
from sqlalchemy.exc import SQLAlchemyError

from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit_grading.gradebook import GRADEBOOK, database_url

OWNERS = ("trainee", "student", "student_id")
"""Columns that hold whom a row is about."""

MENTIONS = ("grader", "person", "asked_by")
"""Columns that hold who did something to somebody's row."""

NOBODY = "–"
"""What stands where a person who did something was."""

_TABLES = "pallkit_tables"

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
"""By table, the rows with their columns."""


@contextmanager
def connected(folder: Path, address: str | None) -> Iterator[Connection]:
    """The gradebook's database in one transaction: all that is done in it, or nothing.

    Raises :class:`ContentError`, one line, where it cannot be had.
    """
    path = folder / GRADEBOOK
    if address is None and not path.is_file():
        raise ContentError(_("There is no gradebook in {folder}.", folder=str(folder)))
    url = f"sqlite:///{path.resolve()}" if address is None else database_url(address)
    try:
        engine = create_engine(url)
    except (SQLAlchemyError, ImportError, ValueError) as error:
        raise ContentError(_unreachable(error)) from None  # it may hold the address
    try:
        with engine.begin() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise ContentError(_unreachable(error)) from error
    finally:
        engine.dispose()


def tables(connection: Connection) -> MetaData:
    """Every table of the database as it is; looked at once in each connection."""
    found = connection.info.get(_TABLES)
    if found is None:
        found = connection.info[_TABLES] = MetaData()
        found.reflect(connection)
    return cast("MetaData", found)


def people(connection: Connection) -> tuple[str, ...]:
    """Everybody the database knows, on the roster or only by what is left of them."""
    found: set[str] = set()
    for table, column in _owned(tables(connection)):
        found |= {str(one) for one in connection.scalars(select(table.c[column]).distinct()) if one}
    return tuple(sorted(found))


def rows_about(connection: Connection, person: str) -> Rows:
    """Every row about ``person``, by table; tables without any are left out."""
    found = {}
    for table, where in _about(connection, person).items():
        rows = connection.execute(select(table).where(where)).mappings()
        found[table.name] = [dict(row) for row in rows]
    return {name: rows for name, rows in found.items() if rows}


def mentions_of(connection: Connection, person: str) -> Mapping[str, int]:
    """How often ``person`` stands as the one who did something, by table and column."""
    found = {}
    for table, column in _mentioning(tables(connection)):
        where = table.c[column] == person
        count = len(connection.execute(select(table.c[column]).where(where)).all())
        if count:
            found[f"{table.name}.{column}"] = count
    return found


def erase_rows(connection: Connection, person: str) -> Mapping[str, int]:
    """Delete every row about ``person``, and put nobody where they did something.

    Answers how many rows of each table went; the caller's transaction decides.
    """
    about = _about(connection, person)
    order = reversed(tables(connection).sorted_tables)
    gone: dict[str, int] = {}
    wheres = {table.name: (table, where) for table, where in about.items()}
    kept = {
        name: [tuple(row) for row in connection.execute(select(*table.primary_key).where(where))]
        for name, (table, where) in wheres.items()
    }
    for table in order:
        for key in kept.get(table.name, ()):
            same = [column == value for column, value in zip(table.primary_key, key, strict=True)]
            gone[table.name] = (
                gone.get(table.name, 0) + connection.execute(delete(table).where(*same)).rowcount
            )
    for table, column in _mentioning(tables(connection)):
        named = table.c[column] == person
        connection.execute(update(table).where(named).values({column: NOBODY}))
    return gone


def texts_with(connection: Connection, person: str) -> Mapping[str, int]:
    """Other people's rows whose free text names ``person``'s id, counted by table."""
    about = _about(connection, person)
    found = {}
    for table in tables(connection).tables.values():
        named_by = {*OWNERS, *MENTIONS}
        columns = [c for c in table.c if _is_text(c.type) and c.name not in named_by]
        if not columns or table.name in {"source_cell", "alembic_version"}:
            continue
        named = or_(*(one.contains(person, autoescape=True) for one in columns))
        own = about.get(table)
        where = named if own is None else named & ~own
        count = sum(
            any(is_word(person, str(value)) for value in row if value is not None)
            for row in connection.execute(select(*columns).where(where))
        )
        if count:
            found[table.name] = count
    return found


def is_word(person: str, text: str) -> bool:
    """Whether the id stands in ``text`` as a word of its own."""
    place = text.find(person)
    while place >= 0:
        around = text[max(place - 1, 0) : place] + text[place + len(person) :][:1]
        if not any(sign.isalnum() for sign in around):
            return True
        place = text.find(person, place + 1)
    return False


def _about(connection: Connection, person: str) -> dict[Table, Any]:
    """By table, the condition its rows about ``person`` meet: named, or hanging on such a row."""
    found: dict[Table, Any] = {}
    known = tables(connection)
    for table, column in _owned(known):
        named = table.c[column] == person
        found[table] = named if table not in found else found[table] | named
    for table in known.sorted_tables:
        if table in found:
            continue
        for key in table.foreign_keys:
            parent = key.column.table
            if parent in found:
                inner = select(key.column).where(found[parent])
                here = key.parent.in_(inner)
                found[table] = here if table not in found else found[table] | here
    return found


def _owned(known: MetaData) -> Iterator[tuple[Table, str]]:
    for table in known.tables.values():
        if table.name == "student":
            yield table, "id"
        else:
            yield from ((table, name) for name in OWNERS if name in table.c)


def _mentioning(known: MetaData) -> Iterator[tuple[Table, str]]:
    for table in known.tables.values():
        yield from ((table, name) for name in MENTIONS if name in table.c)


def _is_text(type_: Any) -> bool:
    return isinstance(type_, String) and not isinstance(type_, Enum)


def _unreachable(error: Exception) -> Any:
    return _("The gradebook cannot be opened ({why}).", why=type(error).__name__)
