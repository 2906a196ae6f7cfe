"""The file itself: locked while it is added to, whole or absent after a crash.

A record is one write of one line, flushed to disk before the trainee is told it is saved.
A power cut can leave half a line at the end; it is left out and reported, and the next
record starts on a line of its own.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from pallkit.answers.lock import locked
from pallkit.answers.record import Record, UnknownRecordError, parse_line
from pallkit.errors import LogError
from pallkit.i18n import Message, _

MAX_LOG = 5 * 1024 * 1024
"""Bytes in one log: some twenty thousand records. More is not a trainee's work."""

_NO_LINKS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Log:
    """What could be read of a log, and what could not.

    ``torn`` says that the last line was cut off and left out. ``problems`` has a line for
    the reader about each thing left out; ``damaged`` counts those that may have been an
    answer.
    """

    records: tuple[Record, ...] = ()
    torn: bool = False
    problems: tuple[Message, ...] = ()
    damaged: int = 0

    @property
    def intact(self) -> bool:
        """Nothing was lost: only then does a missing answer mean that none was given."""
        return not self.torn and not self.damaged


class Held:
    """A log held open and locked: what is read here is still so when it is added to."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path, self._descriptor = path, descriptor

    def read(self) -> Log:
        """Read it all; an empty file is an empty log here, since it is about to be used."""
        log = _parse(_content(self._descriptor, self._path))
        if log.damaged and not log.records:  # some other file by the same name
            raise LogError(_nothing_readable(self._path))
        return log

    def append(self, record: Record) -> None:
        """Add one record and have it on disk, or leave the file as it was and say why."""
        size = os.fstat(self._descriptor).st_size
        line = (b"" if _ends_line(self._descriptor, size) else b"\n") + record.line()
        if size + len(line) > MAX_LOG:
            raise LogError(_("“{file}” is full. Ask your course leader.", file=self._path.name))
        try:
            os.lseek(self._descriptor, 0, os.SEEK_END)
            _write_all(self._descriptor, line)
            os.fsync(self._descriptor)
        except OSError as error:
            with suppress(OSError):
                os.ftruncate(self._descriptor, size)
            raise LogError(_cannot_write(self._path, error)) from None


def read(path: Path) -> Log:
    """Read a log without locking it, as the grader does.

    Raises :class:`LogError` where nothing can be said about what the trainee did: no such
    file, not an ordinary file (a link or a pipe in a hand-in is not followed), larger than
    :data:`MAX_LOG`, or without one readable record.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _NO_LINKS)
    except FileNotFoundError:
        raise LogError(_("There is no answer log “{file}” here.", file=path.name)) from None
    except OSError as error:
        raise LogError(_cannot_read(path, error)) from None
    try:
        log = _parse(_content(descriptor, path))
    finally:
        os.close(descriptor)
    if not log.records:
        raise LogError(_nothing_readable(path))
    return log


def append(path: Path, record: Record) -> None:
    """Add one record to a log, made if it is not there. Waits its turn for a few seconds."""
    with held(path) as log:
        log.append(record)


@contextmanager
def held(path: Path) -> Iterator[Held]:
    """Open a log for reading and adding, alone; :class:`LogError` if that cannot be had."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | _NO_LINKS, 0o644)
    except OSError as error:
        raise LogError(_cannot_write(path, error)) from None
    try:
        _require_ordinary(descriptor, path)
        with locked(descriptor, path.name):
            yield Held(path, descriptor)
    finally:
        os.close(descriptor)


def _parse(content: bytes) -> Log:
    *lines, last = content.split(b"\n")  # the last is empty, or a line without its end
    records: list[Record] = []
    problems: list[Message] = []
    damaged = 0
    for number, line in enumerate(lines, start=1):
        try:
            if line.strip():
                records.append(parse_line(line))
        except LogError as error:
            damaged += not isinstance(error, UnknownRecordError)
            problems.append(_("Line {number} is left out. {why}", number=number, why=error.message))
    torn = False
    if last.strip():
        try:
            records.append(parse_line(last))  # whole JSON cannot be half a record
        except LogError:
            torn = True
            problems.append(_("The last line is cut off and is left out."))
    return Log(tuple(records), torn, tuple(problems), damaged)


def _content(descriptor: int, path: Path) -> bytes:
    _require_ordinary(descriptor, path)
    os.lseek(descriptor, 0, os.SEEK_SET)
    parts: list[bytes] = []
    total = 0
    while part := os.read(descriptor, 1 << 20):
        total += len(part)
        if total > MAX_LOG:
            raise LogError(_("“{file}” is too large to be an answer log.", file=path.name))
        parts.append(part)
    return b"".join(parts)


def _require_ordinary(descriptor: int, path: Path) -> None:
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        raise LogError(_("“{file}” is not an ordinary file.", file=path.name))


def _ends_line(descriptor: int, size: int) -> bool:
    if size == 0:
        return True
    os.lseek(descriptor, size - 1, os.SEEK_SET)
    return os.read(descriptor, 1) == b"\n"


def _write_all(descriptor: int, line: bytes) -> None:
    while line:
        line = line[os.write(descriptor, line) :]


def _nothing_readable(path: Path) -> Message:
    return _("No line of “{file}” can be read.", file=path.name)


def _cannot_read(path: Path, error: OSError) -> Message:
    return _("“{file}” cannot be read: {why}.", file=path.name, why=_why(error))


def _cannot_write(path: Path, error: OSError) -> Message:
    return _(
        "The answer could not be saved in “{file}”: {why}. "
        "Copy your text before you close the page.",
        file=path.name,
        why=_why(error),
    )


def _why(error: OSError) -> Message:
    """Say in the reader's language what the operating system says in its own."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _("the disk is full")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return _("it is not allowed here")
    if error.errno == errno.ENOENT:
        return _("the folder is gone")
    if error.errno == errno.ELOOP:
        return _("it is only a link")
    return _("the disk gave error {number}", number=error.errno or 0)
