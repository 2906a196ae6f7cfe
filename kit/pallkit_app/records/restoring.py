"""A course out of its backup: checked whole before anything is touched, the old kept aside."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select

from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit_app.courses.reading import COURSE_FILE
from pallkit_app.exchange.package import Limits, plain_files, stays_inside
from pallkit_app.records import access
from pallkit_app.records.backing_up import CONTENTS, COURSE, DATABASE, ODD, back_up, place_beside
from pallkit_app.records.database import connected, people, tables
from pallkit_app.records.folders import with_files
from pallkit_grading.book import schema
from pallkit_grading.gradebook import GRADEBOOK


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back. ``aside`` holds what was there; ``erased`` are back though erased since."""

    files: int
    aside: Path | None
    erased: tuple[str, ...]


def restore(
    source: Path, folder: Path, address: str | None = None, *, replace: bool = False
) -> Restored:
    """Put the course of a backup into ``folder``, and into the database at ``address``.

    Raises :class:`ContentError`, and changes nothing, when any part is not as it was written,
    or when a course is there and ``replace`` does not say that it may be set aside.
    """
    there = folder.exists() and any(folder.iterdir())
    if there and not replace:
        raise ContentError(
            _(
                "There is a course in {folder}. With --replace it is set aside and kept.",
                folder=str(folder),
            )
        )
    fresh = folder.with_name(f".{folder.name}.restoring")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        with _opened(source) as archive:
            about = _checked(archive, source, address)
            count = _unpack(archive, about, fresh)
            if address is None:
                aside = _swap(folder, fresh, there=there)
            else:
                kept = folder if there else fresh
                _require_place(kept, about, address, replace=replace)
                with connected(fresh, address) as connection:
                    _fill(connection, archive, about)
                    aside = _swap(folder, fresh, there=there)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    _carry_log(aside, folder)
    access.note(folder, "restore", detail=f"backup={about['at']}")
    return Restored(count, aside, _erased(folder, address))


@contextmanager
def _opened(source: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(source) as archive:
            yield archive
    except FileNotFoundError:
        raise ContentError(_("There is no file “{file}”.", file=source.name)) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError):
        raise ContentError(_damaged(source)) from None


def _checked(archive: zipfile.ZipFile, source: Path, address: str | None) -> Mapping[str, Any]:
    """Every file is there and as it was written; every name stays in the course."""
    try:
        about: Mapping[str, Any] = json.loads(archive.read(CONTENTS))
        sums: Mapping[str, str] = about["sha256"]
    except (ValueError, KeyError, TypeError):
        raise ContentError(_("“{file}” is no backup of a course.", file=source.name)) from None
    infos = archive.infolist()
    for guard in (stays_inside, plain_files):
        for _why in guard(infos, Limits()):
            raise ContentError(_damaged(source))
    if sorted(one.filename for one in infos) != sorted([CONTENTS, *sums]):
        raise ContentError(_damaged(source))
    for name, expected in sums.items():
        if _sum(archive, name) != expected:
            raise ContentError(_damaged(source))
    if (about.get("database") == "tables") != (address is not None):
        raise ContentError(
            _("The backup is of another kind of database: say which with --db, or leave it out.")
        )
    stamp = f"{DATABASE}{schema.STAMP.name}.jsonl"
    for line in archive.read(stamp).splitlines() if stamp in sums else ():
        schema.require_known(json.loads(line)["version_num"])
    return about


def _sum(archive: zipfile.ZipFile, name: str) -> str:
    seen = hashlib.sha256()
    with archive.open(name) as file:
        while part := file.read(1 << 20):
            seen.update(part)
    return seen.hexdigest()


def _unpack(archive: zipfile.ZipFile, about: Mapping[str, Any], fresh: Path) -> int:
    count = 0
    for name in about["sha256"]:
        path = _place(name, about, fresh)
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as source, path.open("wb") as target:
                shutil.copyfileobj(source, target, 1 << 20)
            count += 1
    if not (fresh / COURSE_FILE).is_file():
        raise ContentError(_("There is no {file} in the backup.", file=COURSE_FILE))
    return count


def _place(name: str, about: Mapping[str, Any], fresh: Path) -> Path | None:
    if name.startswith(COURSE):
        return fresh / name.removeprefix(COURSE)
    if not name.startswith(ODD):
        return None
    odd = Path(os.fsdecode(base64.b64decode(about["odd"][name])))
    if odd.is_absolute() or ".." in odd.parts:
        raise ContentError(_("“{file}” is no backup of a course.", file=name))
    return fresh / odd


def _swap(folder: Path, fresh: Path, *, there: bool) -> Path | None:
    aside = None
    if there:
        aside = place_beside(folder, "before")
        os.replace(folder, aside)  # noqa: PTH105  # a folder onto a name that is free
    elif folder.exists():
        folder.rmdir()
    folder.parent.mkdir(parents=True, exist_ok=True)
    os.replace(fresh, folder)  # noqa: PTH105
    return aside


def _require_place(kept: Path, about: Mapping[str, Any], address: str, *, replace: bool) -> None:
    """The database has its tables and is empty, or what is in it is backed up first."""
    _make_tables(kept, str(about["course"]), address)
    with connected(kept, address) as connection:
        full = any(_has_rows(connection, one) for one in _filled(connection))
    if full and not replace:
        raise ContentError(_("The database is not empty. With --replace it is backed up first."))
    if full:
        name = kept.name.strip(".").removesuffix(".restoring")
        back_up(kept, place_beside(kept.with_name(name), "database-before", ".zip"), address)


def _fill(connection: Connection, archive: zipfile.ZipFile, about: Mapping[str, Any]) -> None:
    known = tables(connection)
    for table in reversed(known.sorted_tables):
        connection.execute(delete(table))
    for table in known.sorted_tables:
        name = f"{DATABASE}{table.name}.jsonl"
        lines = archive.read(name).splitlines() if name in about["sha256"] else []
        rows = [_row(table, json.loads(line)) for line in lines]
        if rows:
            connection.execute(insert(table), rows)
        _count_on(connection, table)


def _count_on(connection: Connection, table: Table) -> None:
    """Let PostgreSQL number new rows after those that came back with their numbers."""
    if connection.dialect.name != "postgresql":
        return
    for column in table.primary_key:
        if column.type.python_type is int:
            sequence = func.pg_get_serial_sequence(table.name, column.name)
            connection.execute(select(func.setval(sequence, func.max(column))))


def _make_tables(folder: Path, course: str, address: str) -> None:
    from pallkit_grading.book import history, open_book  # noqa: PLC0415  # seconds to import
    from pallkit_grading.manual import tables as manual  # noqa: PLC0415

    with open_book(folder, course, address) as book:
        history.prepare(book.db)
        manual.prepare(book.db)
        book.db.commit()


def _filled(connection: Connection) -> Iterator[Table]:
    """The tables with what a course makes; the rest has rows in an empty gradebook too."""
    known = tables(connection).tables
    yield from (known[name] for name in ("student", "assignment") if name in known)


def _has_rows(connection: Connection, table: Table) -> bool:
    return connection.execute(select(table).limit(1)).first() is not None


def _row(table: Table, raw: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _typed(table, name, value) for name, value in raw.items()}


def _typed(table: Table, name: str, value: Any) -> Any:
    if value is None:
        return None
    wanted = table.c[name].type.python_type
    if wanted is datetime:
        return datetime.fromisoformat(value)
    if wanted is date:
        return date.fromisoformat(value)
    if wanted is timedelta:
        return timedelta(seconds=value)
    return value


def _carry_log(aside: Path | None, folder: Path) -> None:
    """Who did what, and who was erased, is not taken back with the rest."""
    if aside is None:
        return
    for name in (access.LOG, access.SALT):
        if (aside / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(aside / name, folder / name)


def _erased(folder: Path, address: str | None) -> tuple[str, ...]:
    """Those who are back, and were erased after the backup was made."""
    marks = {one.mark for one in access.read(folder) if one.mark}
    if not marks:
        return ()
    known = set(with_files(folder))
    if address is not None or (folder / GRADEBOOK).is_file():
        with connected(folder, address) as connection:
            known |= set(people(connection))
    return tuple(sorted(one for one in known if access.mark_of(folder, one) in marks))


def _damaged(source: Path) -> Any:
    return _(
        "“{file}” is not as it was written: nothing is restored. Take another backup.",
        file=source.name,
    )
