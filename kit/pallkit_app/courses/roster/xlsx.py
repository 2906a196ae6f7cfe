"""Read the first sheet of an XLSX file that may come from anybody.

Only the values that were saved are read: formulas are not worked out, links to other files are
not followed, and an entity or a size that unpacks into more than a list of people is refused.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from pallkit.errors import ContentError
from pallkit.i18n import Message, _
from pallkit_app.courses.roster.tables import MOST_COLUMNS, Row, too_large

MOST_UNPACKED = 20_000_000
MOST_FILES = 500
_LAST_ROW = 100_000  # a file may claim any number, and every row up to it costs time
_ERRORS = ("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!")


def read_xlsx(data: bytes, name: str) -> tuple[Iterator[Row], tuple[Message, ...]]:
    """The rows of the first sheet, and what the reader should know.

    Raises :class:`ContentError` for what is no XLSX file, or unpacks into too much.
    """
    _refuse_bombs(data, name)
    from openpyxl import load_workbook  # noqa: PLC0415  # slow to import, and only for XLSX

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = book.worksheets
        rows = list(_rows(sheets[0]))
    except Exception as error:  # of a damaged file it raises anything at all
        raise _damaged(name) from error
    if len(sheets) == 1:
        return iter(rows), ()
    title = str(sheets[0].title)[:60]
    return iter(rows), (
        _(
            "“{file}” has several sheets. Only the first, “{sheet}”, is read.",
            file=name,
            sheet=title,
        ),
    )


def _refuse_bombs(data: bytes, name: str) -> None:
    """The sizes that are declared bound what is unpacked: zipfile reads no more than them."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise _damaged(name) from error
    if len(files) > MOST_FILES or sum(one.file_size for one in files) > MOST_UNPACKED:
        raise too_large(name)


def _rows(sheet: Any) -> Iterator[Row]:
    sheet.reset_dimensions()  # the size a file claims for its sheet would be filled with blanks
    found = sheet.iter_rows(max_row=_LAST_ROW, max_col=MOST_COLUMNS + 1, values_only=True)
    for number, cells in enumerate(found, start=1):
        if any(cell is not None for cell in cells):
            yield Row(number, _trimmed([_text(cell) for cell in cells]))


def _trimmed(cells: list[str]) -> tuple[str, ...]:
    while cells and not cells[-1].strip():
        cells.pop()
    return tuple(cells)


def _text(value: object) -> str:
    if value is None or value in _ERRORS:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def _damaged(name: str) -> ContentError:
    return ContentError(
        _("“{file}” is damaged, or no XLSX file. Open it and save it again.", file=name)
    )
