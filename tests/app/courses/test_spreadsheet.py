"""What PallKit writes for spreadsheets: read back as it was, and never run."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pallkit_app.courses.spreadsheet import Cell, csv_file, guarded


def read(data: bytes, separator: str = ",") -> list[list[str]]:
    text = data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "  =cmd|'/c calc'!A0",
        "+47 900 00 000 ring",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "＝1+1",
        "Kari;=1+1",
        'Kari",=HYPERLINK("x")',
        "x\r\n=1+1",
    ],
)
def test_a_formula_is_text_also_where_another_separator_parts_it(text: str) -> None:
    for part in guarded(text).replace(";", ",").split(","):
        assert part.strip()[:1] not in set("=+-@＝＋－＠")


@pytest.mark.parametrize(
    "text", ["Åse Bjørnæs-Ødegård", "-5", "+4,5", "kari.nordmann@sykehus.example", "3 - 2", ""]
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert guarded(text) == text


CELLS = st.one_of(
    st.none(), st.text(max_size=30), st.integers(), st.decimals(-1000, 1000, places=2)
)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=8), st.sampled_from(",;\t"))
def test_every_cell_is_read_back_by_any_reader(rows: list[list[Cell]], separator: str) -> None:
    back = read(csv_file([["x", *row] for row in rows], separator=separator), separator)
    assert [len(row) - 1 for row in back] == [len(row) for row in rows]
    for row, (_first, *found) in zip(rows, back, strict=True):
        for cell, text in zip(row, found, strict=True):
            if isinstance(cell, str):
                assert text == guarded(cell)
            elif cell is None:
                assert text == ""
            else:
                assert Decimal(text) == cell


def test_a_mark_and_a_decimal_comma_only_where_they_are_wanted() -> None:
    rows: list[list[Cell]] = [["Åse", Decimal("12.50"), None]]
    assert csv_file(rows, separator=";", decimal_sign=",", marked=True) == (
        b'\xef\xbb\xbf"\xc3\x85se";12,5;\r\n'
    )
    assert csv_file(rows) == b'"\xc3\x85se",12.5,\r\n'
