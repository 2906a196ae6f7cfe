"""A list of people as a spreadsheet saved it: CSV in any of the usual ways, or XLSX.

The file may come from anybody. What is read is bounded, and nothing in it is run or followed.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pallkit.errors import ContentError
from pallkit.i18n import Message, _
from pallkit_app.failures import why

MOST_BYTES = 5_000_000
MOST_ROWS = 5_000
MOST_COLUMNS = 50
LONGEST_CELL = 500
SEPARATORS = (";", ",", "\t")


@dataclass(frozen=True, slots=True)
class Row:
    """One row, with the number a reader finds it by: the line, or the row of the sheet."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the rows below it that hold anything; ``notes`` on how it was read."""

    header: Row
    rows: tuple[Row, ...]
    notes: tuple[Message, ...] = ()


def read_table(path: Path, known: Sequence[str] = ()) -> Table:
    """Read a CSV or XLSX file. ``known`` are column names that tell separators apart.

    Raises :class:`ContentError` where it is neither, or too large to be a list of people.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise ContentError(
            _(
                "“{file}” could not be opened ({reason}). Check the name and the folder.",
                file=str(path),
                reason=why(error),
            )
        ) from None
    if len(data) > MOST_BYTES:
        raise too_large(path.name)
    if data.startswith(b"PK\x03\x04"):
        from pallkit_app.courses.roster.xlsx import read_xlsx  # noqa: PLC0415  # openpyxl is slow

        rows, notes = read_xlsx(data, path.name)
    else:
        rows, notes = _read_csv(data, path.name, known)
    filled = bounded(rows, path.name)
    if not filled:
        raise ContentError(
            _("“{file}” has no header line with the names of its columns.", file=path.name)
        )
    return Table(filled[0], tuple(filled[1:]), notes)


def bounded(rows: Iterator[Row], name: str) -> list[Row]:
    """The rows that hold anything; an error where there are too many, or too much in one."""
    filled: list[Row] = []
    for row in rows:
        if not any(cell.strip() for cell in row.cells):
            continue
        if len(filled) > MOST_ROWS or len(row.cells) > MOST_COLUMNS:
            raise too_large(name)
        if any(len(cell) > LONGEST_CELL for cell in row.cells):
            raise ContentError(
                _(
                    "“{file}”, row {row}: a cell holds more than {most} characters.",
                    file=name,
                    row=row.number,
                    most=LONGEST_CELL,
                )
            )
        filled.append(row)
    return filled


def too_large(name: str) -> ContentError:
    """The error for a file that holds more than a list of people does."""
    return ContentError(
        _(
            "“{file}” is too large for a list of people: at most {rows} rows, {columns} columns "
            "and {size} MB.",
            file=name,
            rows=MOST_ROWS,
            columns=MOST_COLUMNS,
            size=MOST_BYTES // 1_000_000,
        )
    )


def _read_csv(
    data: bytes, name: str, known: Sequence[str]
) -> tuple[Iterator[Row], tuple[Message, ...]]:
    text, notes = _decoded(data, name)
    skip = 0
    first, _end, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        separator, text, skip = first.strip()[4], rest, 1
    else:
        separator = _separator(text, known)
    return _rows(text, separator, name, skip), notes


def _decoded(data: bytes, name: str) -> tuple[str, tuple[Message, ...]]:
    """By its mark, else as UTF-8, else as Windows-1252: then the reader is told."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif b"\0" in data:
        encodings = []
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != "cp1252":
            return text, ()
        return text, (
            _(
                "“{file}” is not UTF-8, and is read as Windows-1252. Look at æ, ø and å below.",
                file=name,
            ),
        )
    raise ContentError(
        _("“{file}” is neither CSV nor XLSX. Save the list as one of the two.", file=name)
    )


def _separator(text: str, known: Sequence[str]) -> str:
    """The one that gives most of the columns that are known, then the one that gives most."""

    def fit(separator: str) -> tuple[int, int]:
        start = text[:10_000].splitlines(keepends=True)
        try:
            header = next(iter(csv.reader(start, delimiter=separator)), [])
        except csv.Error:
            return 0, 0
        return sum(plain_name(cell) in known for cell in header), len(header)

    return max(SEPARATORS, key=fit)


def _rows(text: str, separator: str, name: str, skipped: int) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = skipped + 1
    try:
        for cells in reader:
            yield Row(line, tuple(cells))
            line = skipped + reader.line_num + 1
    except csv.Error as error:
        raise ContentError(
            _(
                "“{file}”, line {line}, is not CSV ({reason}). Often a quotation mark is not "
                "closed.",
                file=name,
                line=line,
                reason=str(error),
            )
        ) from None


def plain_name(text: str) -> str:
    """A column's name without capitals, blanks and signs: «E-post » is “epost”."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())
