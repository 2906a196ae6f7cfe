"""Cells of a spreadsheet that no program runs, and CSV files made of them.

Everything PallKit writes for a spreadsheet goes through :func:`guarded`: trainees choose their
names and write the answers, and a leader opens the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

Cell = str | int | Decimal | datetime | None
"""Text, a number, a local time, or nothing. Nothing is an empty cell, and never 0."""

# A cell that starts with one of these is a formula to Excel, LibreOffice and Google Sheets; the
# wide ones are to some. A cell is also parted where another separator than ours is expected.
_FORMULA = re.compile(r"(^|[;,\t\r\n])(\s*)(?=[=+\-@＝＋－＠]\s*\S)")
_NUMBER = re.compile(r"\s*[+-]?\d[\d\s.,]*")
_LONGEST = 32_767  # what a cell of Excel holds


def guarded(text: str) -> str:
    """``text`` on one line, with an apostrophe before whatever would be a formula.

    Control characters and line ends become blanks.
    """
    if not text.isprintable():
        text = "".join(letter if letter.isprintable() else " " for letter in text)
    return harmless(text)[:_LONGEST]


def harmless(text: str) -> str:
    """``text`` with the apostrophes alone; a plain number such as -5 is left alone."""
    return text if _NUMBER.fullmatch(text) else _FORMULA.sub(r"\1\2'", text)


def csv_file(
    rows: Iterable[Sequence[Cell]],
    *,
    separator: str = ",",
    decimal_sign: str = ".",
    marked: bool = False,
) -> bytes:
    """A CSV file in UTF-8 with every text quoted and guarded, and lines that end as RFC 4180's.

    ``marked`` puts a byte order mark first, without which Excel reads æ, ø and å wrong; other
    programs may take it for a part of the first column's name.
    """
    lines = (separator.join(_field(cell, decimal_sign) for cell in row) for row in rows)
    text = "".join(f"{line}\r\n" for line in lines)
    return text.encode("utf-8-sig" if marked else "utf-8")


def _field(cell: Cell, decimal_sign: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, str):
        return '"' + guarded(cell).replace('"', '""') + '"'
    return plain_number(cell).replace(".", decimal_sign)


def plain_number(number: int | Decimal) -> str:
    """Without an exponent, and without zeros at the end: 12.5, 3, 100."""
    text = format(Decimal(number), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
