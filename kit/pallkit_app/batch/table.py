"""A CSV file as it lies there: its encoding, separator and columns, and its rows in chunks.

Nothing of a file is guessed away. What was detected is kept for the file that is written, and
a row whose fields do not fit the header keeps all it held.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal

from pallkit.i18n import Message, _
from pallkit_app.batch.personal import FrameError
from pallkit_app.dose_columns import ADDED, GIVEN
from pallkit_app.failures import why

CHUNK = 50_000
"""Rows that are read, counted and written at a time."""
SEPARATORS = (";", ",", "\t")
_BLOCK = 1 << 20

Encoding = Literal["utf-8", "utf-8-sig", "utf-16", "cp1252"]


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file that can be counted: how it is written, and where its columns are.

    ``places`` are those of drug, route, amount and unit; ``about`` is how many rows there
    seem to be (a line break inside quotes counts as one, until it has been read).
    """

    path: Path
    encoding: Encoding
    separator: str
    newline: str
    header: tuple[str, ...]
    places: tuple[int, ...]
    about: int

    def rows(self) -> Iterator[list[list[str]]]:
        """The rows below the header, at most :data:`CHUNK` at a time; blank lines left out.

        Raises :class:`FrameError`, with the line, where the file is not CSV.
        """
        with self.path.open(encoding=self.encoding, newline="") as file:
            reader = csv.reader(file, delimiter=self.separator, strict=True)
            try:
                _first_row(reader)
                while chunk := list(islice(reader, CHUNK)):
                    yield [row for row in chunk if row]
            except csv.Error as error:
                raise _not_csv(self.path, reader.line_num, error) from None
            except UnicodeError:
                raise _not_text(self.path) from None

    @property
    def note(self) -> Message | None:
        """What the reader should know of the encoding; None for UTF-8."""
        if self.encoding != "cp1252":
            return None
        return _(
            "“{file}” is not UTF-8. It is read, and the answer is written, as Windows-1252. If "
            "letters such as æ, ø, å and µ look wrong, save the file as UTF-8 first.",
            file=self.path.name,
        )


def look_at(path: Path) -> Table:
    """Find out how ``path`` is written. Raises :class:`FrameError` where it cannot be counted."""
    try:
        encoding, lines = _scan(path)
        with path.open(encoding=encoding, newline="") as file:
            start = file.read(_BLOCK)
    except OSError as error:
        raise FrameError(
            _(
                "“{file}” could not be opened ({reason}). Check the name and the folder.",
                file=str(path),
                reason=why(error),
            )
        ) from None
    except UnicodeError:
        raise _not_text(path) from None
    separator, header = _header(start, path)
    newline = "\r\n" if "\r\n" in start else "\n"
    places = _places(header)
    return Table(path, encoding, separator, newline, header, places, max(lines - 1, 0))


def _scan(path: Path) -> tuple[Encoding, int]:
    """The encoding, by its mark or by trying UTF-8 on all of the file, and how many lines."""
    with path.open("rb") as file:
        start = file.read(len(codecs.BOM_UTF8))
        file.seek(0)
        encoding: Encoding = "utf-8"
        if start.startswith(codecs.BOM_UTF8):
            encoding = "utf-8-sig"
        elif start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            encoding = "utf-16"
        decoder = codecs.getincrementaldecoder("utf-8")()
        lines, last, reads = 0, b"", True
        while block := file.read(_BLOCK):
            if encoding != "utf-16" and b"\0" in block:
                raise _not_text(path)
            lines += block.count(b"\n")
            last = block[-2:]
            reads = reads and _decodes(decoder, block)
        reads = reads and _decodes(decoder, b"", final=True)
    if encoding == "utf-8" and not reads:
        encoding = "cp1252"
    return encoding, lines + (b"\n" not in last)


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _header(start: str, path: Path) -> tuple[str, tuple[str, ...]]:
    """The separator that parts most of the columns we need, and the header it gives."""
    found: list[tuple[int, int, str, tuple[str, ...]]] = []
    for separator in SEPARATORS:
        reader = csv.reader(start.splitlines(keepends=True), delimiter=separator, strict=True)
        try:
            header = tuple(_first_row(reader))
        except csv.Error:
            continue
        known = len({_plain(name) for name in header} & set(GIVEN))
        found.append((known, len(header), separator, header))
    if not found or not max(found)[3]:
        raise FrameError(
            _("“{file}” has no header line with the names of its columns.", file=path.name)
        )
    _known, _width, separator, header = max(found, key=lambda one: one[:2])
    return separator, header


def _first_row(reader: Iterator[list[str]]) -> list[str]:
    return next((row for row in reader if row), [])


def _places(header: tuple[str, ...]) -> tuple[int, ...]:
    plain = [_plain(name) for name in header]
    double = next((name for name in plain if plain.count(name) > 1), None)
    if double is not None:
        raise FrameError(_("Two columns are named “{name}”. Give each its own name.", name=double))
    taken = next((name for name in ADDED if name in plain), None)
    if taken is not None:
        raise FrameError(
            _(
                "The table already has the column “{name}”, which PallKit adds. Remove or rename "
                "it; perhaps the table has been counted before.",
                name=taken,
            )
        )
    missing = [name for name in GIVEN if name not in plain]
    if missing:
        raise FrameError(
            _(
                "The table lacks the column {missing}. It needs: {needed}.",
                missing=", ".join(missing),
                needed=", ".join(GIVEN),
            )
        )
    return tuple(plain.index(name) for name in GIVEN)


def _plain(name: str) -> str:
    return name.strip().casefold()


def _not_csv(path: Path, line: int, error: csv.Error) -> FrameError:
    return FrameError(
        _(
            "“{file}”, line {line}, is not CSV ({reason}). Often a quotation mark is not closed.",
            file=path.name,
            line=line,
            reason=str(error),
        )
    )


def _not_text(path: Path) -> FrameError:
    return FrameError(
        _("“{file}” is not a text file. Save the table as CSV in UTF-8.", file=path.name)
    )
