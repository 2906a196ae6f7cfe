"""Read a zip package from outside, or refuse it in one line.

Nothing is unpacked to disk: a package becomes names and bytes in memory, within
:data:`LIMITS`. Each guard is a function, so that a test can leave one out and see that it,
and nothing else, kept its attack away.
"""

from __future__ import annotations

import io
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pallkit.errors import ContentError
from pallkit.i18n import Message, _

_MB = 1024 * 1024
_ENTRY = b"PK\x01\x02"  # what each entry of a zip's list of files begins with
_ENCRYPTED = 0x1
_DRIVE = re.compile(r"[A-Za-z]:")
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Limits:
    """The most a package may be: megabytes as it lies, megabytes unpacked, and files."""

    packed: int = 32
    unpacked: int = 64
    files: int = 2000


LIMITS = Limits()
"""Far above a case with pictures, far below what a small machine can hold."""

Guard = Callable[[Sequence[zipfile.ZipInfo], Limits], Iterator[Message]]


def read_package(
    path: Path, *, limits: Limits = LIMITS, guards: Sequence[Guard] | None = None
) -> Mapping[str, bytes]:
    """Every file of the package by its name, with “/” between folders.

    Raises :class:`ContentError`, one line, for anything but a plain zip within ``limits``.
    """
    packed = _content(path, limits)
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            entries = archive.infolist()
            for guard in GUARDS if guards is None else guards:
                for why in guard(entries, limits):
                    raise refused(path.name, why)
            return {one.filename: archive.read(one) for one in entries if not one.is_dir()}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError):
        # RuntimeError covers NotImplementedError: a zip feature the library does not have.
        raise refused(path.name, _("it is not a zip file, or it is damaged")) from None


def refused(name: str, why: Message) -> ContentError:
    """The one line with which a file from outside is turned away."""
    return ContentError(_("“{file}” was refused: {why}.", file=shown(name), why=why))


def shown(name: str) -> str:
    """A name from outside that can stand in a message: printable, and not too long."""
    return "".join(sign if sign.isprintable() else "?" for sign in name)[:_SHOWN]


def fits_in_memory(entries: Sequence[zipfile.ZipInfo], limits: Limits) -> Iterator[Message]:
    """No zip bomb. A size that lies is caught in reading: the library stops at it."""
    if sum(one.file_size for one in entries) > limits.unpacked * _MB:
        yield _("it would unpack to more than {most} MB", most=limits.unpacked)


def stays_inside(entries: Sequence[zipfile.ZipInfo], _limits: Limits) -> Iterator[Message]:
    """No name leads out of the folder it would be unpacked in, on any system."""
    for one in entries:
        name = one.orig_filename
        parts = name.removesuffix("/").split("/")
        odd = "\\" in name or not name.isprintable() or _DRIVE.match(name)
        if odd or any(part in {"", ".", ".."} for part in parts):
            yield _("the file name “{name}” is not safe", name=shown(name))


def plain_files(entries: Sequence[zipfile.ZipInfo], _limits: Limits) -> Iterator[Message]:
    """No links and no devices, which would read or write somewhere else."""
    for one in entries:
        kind = stat.S_IFMT(one.external_attr >> 16)
        if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
            yield _("“{name}” is a link or a device, not a file", name=shown(one.filename))


def plainly_packed(entries: Sequence[zipfile.ZipInfo], _limits: Limits) -> Iterator[Message]:
    """Only what every reader of packages can read: stored or deflated, not encrypted."""
    for one in entries:
        if one.flag_bits & _ENCRYPTED:
            yield _("“{name}” is encrypted", name=shown(one.filename))
        if one.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            yield _("“{name}” is packed in an unusual way", name=shown(one.filename))


def one_of_each(entries: Sequence[zipfile.ZipInfo], _limits: Limits) -> Iterator[Message]:
    """No name twice, by any system's reckoning: readers would see different packages."""
    seen: set[str] = set()
    for one in entries:
        name = unicodedata.normalize("NFC", one.filename).casefold()
        if name in seen:
            yield _("it has two files called “{name}”", name=shown(one.filename))
        seen.add(name)


GUARDS: tuple[Guard, ...] = (
    fits_in_memory,
    stays_inside,
    plain_files,
    plainly_packed,
    one_of_each,
)


def _content(path: Path, limits: Limits) -> bytes:
    try:
        if not path.is_file():
            raise ContentError(_("There is no file “{file}”.", file=shown(path.name)))
        with path.open("rb") as file:
            packed = file.read(limits.packed * _MB + 1)
    except OSError:
        raise refused(path.name, _("it cannot be read")) from None
    if len(packed) > limits.packed * _MB:
        raise refused(path.name, _("it is larger than {most} MB", most=limits.packed))
    # Counted before the list is read, which for a million entries takes a gigabyte.
    if packed.count(_ENTRY) > limits.files:
        raise refused(path.name, _("it has more than {most} files", most=limits.files))
    return packed
