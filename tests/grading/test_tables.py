"""PallKit's own tables in the gradebook, made when they are first needed."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event, inspect
from sqlalchemy.orm import Session

from pallkit_grading.book.history import HISTORY
from pallkit_grading.book.schema import TABLES, VERSION, prepare, version_of
from pallkit_grading.manual.tables import MODERATION


class StoppedError(Exception):
    """As if the program had been killed."""


def made(book: Path, *, stop_after: int | None = None) -> bool:
    """Make the tables; false where that was stopped after so many statements that write."""
    engine = create_engine(f"sqlite:///{book}")
    left = stop_after

    @event.listens_for(engine, "after_cursor_execute")
    def _count(_line: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        nonlocal left
        if left is not None and statement.lstrip().startswith(("CREATE", "INSERT")):
            left -= 1
            if left == 0:
                raise StoppedError

    try:
        with Session(engine) as session:
            for table in (HISTORY, MODERATION):
                prepare(session, table)
    except StoppedError:
        return False
    finally:
        engine.dispose()
    return True


def test_whoever_is_stopped_while_they_are_made_goes_on_the_next_time(tmp_path: Path) -> None:
    for stop in count(1):
        book = tmp_path / f"{stop}.db"
        whole = made(book, stop_after=stop)
        assert made(book)
        engine = create_engine(f"sqlite:///{book}")
        with engine.connect() as connection:
            assert version_of(connection) == VERSION
        assert {table.name for table in TABLES.sorted_tables} <= set(
            inspect(engine).get_table_names()
        )
        engine.dispose()
        if whole:
            assert stop > len(TABLES.sorted_tables)
            return
