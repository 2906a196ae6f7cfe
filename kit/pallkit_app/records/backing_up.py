"""A whole course in one checked file: what its database held at one moment, and its files.

SQLite is copied by its own backup, so that a grading in progress is in it whole or not at
all. Another database is read table by table in one transaction that sees one moment.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import select

from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit_app.courses.reading import read_course
from pallkit_app.failures import why
from pallkit_app.records.database import connected, tables
from pallkit_grading.gradebook import GRADEBOOK

CONTENTS = "pallkit-backup.json"
COURSE, DATABASE, ODD = "course/", "database/", "odd/"
"""Where in the file the course's own files are, and the tables of a database elsewhere.

A trainee may have named a file so that no zip can hold the name: then it lies in ``odd/`` by
a number, and the list of contents has its name.
"""

SHORT_LIVED = (GRADEBOOK, f"{GRADEBOOK}-journal", f"{GRADEBOOK}-wal", f"{GRADEBOOK}-shm")
_LEFT_OUT = frozenset({".ipynb_checkpoints", "__pycache__", "incoming"})


@dataclass(frozen=True, slots=True)
class Backup:
    """What was backed up: files, and of a database elsewhere the rows."""

    files: int
    rows: int
    links: int


def place_beside(folder: Path, what: str, suffix: str = "") -> Path:
    """A free name beside the course that says what is kept there and the time in UTC."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    name = f"{folder.name}-{what}-{stamp}"
    place, number = folder.with_name(f"{name}{suffix}"), 1
    while place.exists():
        number += 1
        place = folder.with_name(f"{name}-{number}{suffix}")
    return place


def back_up(folder: Path, target: Path, address: str | None = None) -> Backup:
    """Write the backup. It is there whole, or not at all; readable by its owner alone.

    Raises :class:`ContentError` where ``target`` exists, or anything cannot be read.
    """
    course = read_course(folder)
    if target.exists():
        raise ContentError(_("“{file}” exists. Choose another name.", file=target.name))
    fresh = target.with_name(f".{target.name}.part")
    try:
        with os.fdopen(os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
            done = _write(file, folder, str(course.id), address, (target, fresh))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(target)
    except (OSError, sqlite3.Error) as error:
        reason = why(error) if isinstance(error, OSError) else type(error).__name__
        raise ContentError(_("The backup could not be written: {why}.", why=reason)) from error
    finally:
        fresh.unlink(missing_ok=True)
    return done


def _write(
    file: Any, folder: Path, course: str, address: str | None, out: tuple[Path, Path]
) -> Backup:
    sums: dict[str, str] = {}
    odd: dict[str, str] = {}
    rows = links = 0
    own = {path.resolve() for path in out}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        if address is None:
            with _snapshot(folder) as copy:
                _add(archive, sums, f"{COURSE}{GRADEBOOK}", copy)
        else:
            for name, lines, count in _dumped(folder, address):
                rows += count
                sums[name] = hashlib.sha256(lines).hexdigest()
                archive.writestr(name, lines)
        for path in _files(folder):
            if path.is_symlink():
                links += 1
            elif path.resolve() not in own:
                _add(archive, sums, _name(path.relative_to(folder), odd), path)
        about = {
            "v": 1,
            "course": course,
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "database": "sqlite" if address is None else "tables",
            "sha256": sums,
            "odd": odd,
        }
        archive.writestr(CONTENTS, json.dumps(about, ensure_ascii=False, indent=1))
    return Backup(len(sums), rows, links)


def _name(path: Path, odd: dict[str, str]) -> str:
    name = path.as_posix()
    if name.isprintable() and "\\" not in name:
        return COURSE + name
    stored = f"{ODD}{len(odd) + 1}"
    odd[stored] = base64.b64encode(os.fsencode(path)).decode()
    return stored


class _snapshot:  # noqa: N801  # used as a function
    """A consistent copy of the SQLite gradebook in a file of its own."""

    def __init__(self, folder: Path) -> None:
        self._source = folder / GRADEBOOK

    def __enter__(self) -> Path:
        if not self._source.is_file():
            raise ContentError(
                _("There is no gradebook in {folder}.", folder=str(self._source.parent))
            )
        number, name = tempfile.mkstemp(suffix=".db")
        os.close(number)
        self._copy = Path(name)
        with (
            closing(sqlite3.connect(self._source)) as source,
            closing(sqlite3.connect(self._copy)) as target,
        ):
            source.backup(target)
        return self._copy

    def __exit__(self, *_about: object) -> None:
        self._copy.unlink(missing_ok=True)


def _dumped(folder: Path, address: str) -> Iterator[tuple[str, bytes, int]]:
    """Each table as lines of JSON, all as they were at one moment."""
    with connected(folder, address) as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        for table in tables(connection).sorted_tables:
            found = connection.execute(select(table)).mappings()
            lines = [json.dumps({k: plain(v) for k, v in row.items()}) for row in found]
            yield f"{DATABASE}{table.name}.jsonl", "\n".join(lines).encode(), len(lines)


def plain(value: object) -> object:
    """A column's value as JSON has it, so that it can be told what it was."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    return str(value) if isinstance(value, Decimal) else value


def _files(folder: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(one for one in folders if one not in _LEFT_OUT)
        links = [one for one in folders if (Path(here) / one).is_symlink()]
        for name in (*links, *sorted(names)):
            path = Path(here) / name
            if (path.is_symlink() or path.is_file()) and name not in SHORT_LIVED:
                yield path


def _add(archive: zipfile.ZipFile, sums: dict[str, str], name: str, path: Path) -> None:
    seen, info = hashlib.sha256(), zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    with path.open("rb") as source, archive.open(info, "w", force_zip64=True) as target:
        while part := source.read(1 << 20):
            seen.update(part)
            target.write(part)
    sums[name] = seen.hexdigest()
