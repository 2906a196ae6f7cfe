"""Open what came in (a zip, a folder, a file) as entries that are read one at a time.

An entry that must not be read carries its fault; an archive that must not be opened at all
is refused. The guards are those of every package from outside; each is given as an argument,
so that a test can leave one out and see its attack succeed.
"""

from __future__ import annotations

import io
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from pallkit.i18n import _
from pallkit_app.exchange.package import (
    Guard,
    Limits,
    fits_in_memory,
    plain_files,
    plainly_packed,
    refused,
    shown,
    stays_inside,
)
from pallkit_grading.packages.sorting import Entry

_MB = 1024 * 1024
_BINARY = getattr(os, "O_BINARY", 0)  # Windows would change line ends
_LISTED = b"PK\x01\x02"  # what each entry of a zip's list of files begins with

BULK = Limits(packed=1024, unpacked=2048, files=10_000)
"""A platform's download of a whole course's hand-ins. Read a file at a time, never whole."""

HAND_IN = Limits(packed=60, unpacked=64, files=400)
"""One hand-in: above what is taken of it, so that a little too much costs only that."""


@dataclass(frozen=True, slots=True)
class Guards:
    """What refuses an archive as a whole, and one of its entries alone."""

    whole: tuple[Guard, ...] = (fits_in_memory,)
    each: tuple[Guard, ...] = (stays_inside, plain_files, plainly_packed)


GUARDS = Guards()


@contextmanager
def opened(path: Path, *, guards: Guards = GUARDS) -> Iterator[Sequence[Entry]]:
    """The entries of a zip or a folder, or the one file that ``path`` is.

    They can be read inside the context. :class:`ContentError` refuses the whole in one line.
    """
    if path.is_dir():
        yield _folder(path)
    elif path.suffix.lower() != ".zip":
        yield [_file(path, path.name)]
    else:
        try:
            size = path.stat().st_size
            with path.open("rb") as file:
                yield _entries(file, path.name, size, BULK, guards)
        except OSError:
            raise refused(path.name, _("it cannot be read")) from None


def unzip(name: str, content: bytes, *, guards: Guards = GUARDS) -> Sequence[Entry]:
    """The entries of a zip that lay in another, or that one sender sent."""
    return _entries(io.BytesIO(content), name, len(content), HAND_IN, guards)


def _entries(
    file: BinaryIO, name: str, size: int, limits: Limits, guards: Guards
) -> Sequence[Entry]:
    if size > limits.packed * _MB:
        raise refused(name, _("it is larger than {most} MB", most=limits.packed))
    # Counted before the list is read, which for a million entries takes a gigabyte.
    if _count(file) > limits.files:
        raise refused(name, _("it has more than {most} files", most=limits.files))
    try:
        archive = zipfile.ZipFile(file)
        infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError):
        raise refused(name, _("it is not a zip file, or it is damaged")) from None
    for guard in guards.whole:
        for why in guard(infos, limits):
            raise refused(name, why)
    found = []
    for info in infos:
        faults = [why for guard in guards.each for why in guard([info], limits)]
        if faults or not info.is_dir():
            fault = faults[0] if faults else None
            found.append(Entry(info.filename, info.file_size, partial(_read, archive, info), fault))
    return found


def _count(file: BinaryIO) -> int:
    found, rest = 0, b""
    while part := file.read(1 << 20):
        found += (rest + part).count(_LISTED)
        rest = part[-3:]
    file.seek(0)
    return found


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    try:
        return archive.read(info)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError):
        raise refused(info.filename, _("it is damaged")) from None


def _folder(folder: Path) -> list[Entry]:
    """Every file below a folder; a link is told of, and never followed."""
    found: list[Entry] = []
    for here, folders, names in os.walk(folder):
        folders.sort()
        links = [one for one in folders if (Path(here) / one).is_symlink()]
        for name in (*links, *sorted(names)):
            path = Path(here) / name
            found.append(_file(path, path.relative_to(folder).as_posix()))
            if len(found) > BULK.files:
                most = BULK.files
                raise refused(folder.name, _("it has more than {most} files", most=most))
    return found


def _file(path: Path, name: str) -> Entry:
    about = path.lstat()
    fault = None
    if not stat.S_ISREG(about.st_mode):
        fault = _("“{name}” is a link or a device, not a file", name=shown(name))
    return Entry(name, about.st_size, partial(_content, path), fault)


def _content(path: Path) -> bytes:
    try:
        number = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | _BINARY)
        with os.fdopen(number, "rb") as file:
            return file.read()
    except OSError:
        raise refused(path.name, _("it cannot be read")) from None
