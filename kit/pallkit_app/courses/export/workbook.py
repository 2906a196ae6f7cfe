"""Tables as an XLSX workbook: typed cells, a header that stays, and no formula anywhere."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from pallkit_app.courses.spreadsheet import Cell, guarded

_WIDEST = 60
_NOT_IN_TITLES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def xlsx_file(sheets: Mapping[str, Sequence[Sequence[Cell]]], title: str) -> bytes:
    """A workbook with a sheet for each table; the first row of each is its header.

    Text is guarded and stored as text, numbers and times as what they are.
    """
    from openpyxl import Workbook  # noqa: PLC0415  # slow to import, and only for XLSX

    book = Workbook()
    book.remove(book.active)
    book.properties.creator, book.properties.title = "PallKit", title
    book.properties.created = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    for name, rows in sheets.items():
        _fill(book.create_sheet(_title(name, book.sheetnames)), rows)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _fill(sheet: Any, rows: Sequence[Sequence[Cell]]) -> None:
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    for at, row in enumerate(rows, start=1):
        for place, value in enumerate(row, start=1):
            if value is not None and value != "":
                _set(sheet.cell(at, place), value)
    for place, value in enumerate(rows[0], start=1):
        sheet.cell(1, place).font = Font(bold=True)
        sheet.cell(1, place).alignment = Alignment(wrap_text=True, vertical="top")
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = _width(str(value), [row[place - 1] for row in rows])
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _set(cell: Any, value: Cell) -> None:
    if isinstance(value, str):
        cell.value = guarded(value)
        cell.data_type = "s"  # whatever it begins with, it is text
    else:
        cell.value = value
        cell.number_format = "yyyy-mm-dd hh:mm" if isinstance(value, datetime) else "General"


def _width(header: str, values: Sequence[Cell]) -> int:
    words = max((len(word) for word in header.split()), default=0)
    longest = max((_shown_length(value) for value in values[1:]), default=0)
    return min(max(words + 3, longest + 2, 9), _WIDEST)


def _shown_length(value: Cell) -> int:
    return 16 if isinstance(value, datetime) else len(str(value if value is not None else ""))


def _title(name: str, taken: Sequence[str]) -> str:
    """A sheet's name as Excel allows it: at most 31 characters, and unlike the others."""
    plain = guarded(name).translate(_NOT_IN_TITLES).strip()[:31] or "-"
    number, own = 1, plain
    while own.casefold() in {one.casefold() for one in taken}:
        number += 1
        own = f"{plain[:28]} {number}"
    return own
