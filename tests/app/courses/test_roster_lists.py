"""Lists of people as spreadsheets save them: read as they were meant, or refused."""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from tests.kit.test_identity_numbers import EXAMPLE

from pallkit.errors import ContentError
from pallkit_app.courses.roster.people import KNOWN, Person, Roster, people_of
from pallkit_app.courses.roster.tables import MOST_ROWS, read_table

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16"]
KARI = Person("kari", "Kari", "Ås-Bjørnæs", "kari@sykehus.example", "Gruppe 1")
ROWS = [
    ["Brukernavn", "Fornavn", "Etternavn", "E-post", "Gruppe"],
    ["kari", "Kari", "Ås-Bjørnæs", "kari@sykehus.example", "Gruppe 1"],
]


def csv_text(separator: str = ";", rows: Iterable[Sequence[str]] = ROWS) -> str:
    return "".join(separator.join(row) + "\r\n" for row in rows)


def roster(path: Path, data: bytes | str) -> Roster:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return people_of(read_table(path, KNOWN))


def faults(path: Path, data: bytes | str) -> list[str]:
    return [str(fault.message) for fault in roster(path, data).faults]


def xlsx(*sheets: Sequence[Sequence[Any]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Ark{number + 1}")
        for row in rows:
            sheet.append(list(row))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "liste"


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", [*ENCODINGS, "cp1252"])
def test_a_list_is_read_however_it_was_saved(file: Path, separator: str, encoding: str) -> None:
    found = roster(file, csv_text(separator).encode(encoding))
    assert found.people == {"kari": KARI}
    assert bool(found.notes) == (encoding == "cp1252")


def test_excels_own_line_about_the_separator_is_obeyed(file: Path) -> None:
    assert roster(file, "sep=,\r\n" + csv_text(",")).people == {"kari": KARI}


def test_a_workbook_is_read_with_its_numbers_as_they_look(file: Path) -> None:
    found = roster(file, xlsx([["ID", "Førenamn"], [12345, "Kari"], [678.0, "Ola"]], [["x"]]))
    assert list(found.people) == ["12345", "678"]
    assert "Only the first, “Ark1”" in str(found.notes[0])


@pytest.mark.parametrize(
    ("header", "row", "name"),
    [
        ("username,First Name,LAST NAME", "x,Kari Anne,Moe", ("Kari Anne", "Moe")),
        ("id,navn", "x,Kari Anne Moe", ("Kari Anne", "Moe")),
        ("id,navn", 'x,"Moe, Kari Anne"', ("Kari Anne", "Moe")),
        ("id,namn", "x,Kari", (None, "Kari")),
    ],
)
def test_names_come_in_one_column_or_two(
    file: Path, header: str, row: str, name: tuple[str | None, str]
) -> None:
    person = roster(file, f"{header}\n{row}\n").people["x"]
    assert (person.first_name, person.last_name) == name


def test_blanks_and_ways_to_write_a_letter_make_no_difference(file: Path) -> None:
    found = roster(file, "id;fornavn\n  kari ;  Ma\u030alfrid   Anne \n\n;\n")
    assert found.people["kari"].first_name == "Målfrid Anne"
    assert not found.faults


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("kari;K\nkari;L\n", "Rows 2 and 3 have the same id and differ."),
        ("kari;K\nKari;K\n", "The ids of rows 2 and 3 differ only in capitals."),
        (";K\n", "Row 2: the id is empty."),
        ("../../etc;K\n", "Row 2: the id must begin with a letter or a digit"),
        ("a/b;K\n", "Row 2: the id must begin"),
        ("-rf;K\n", "Row 2: the id must begin"),
        ("a b;K\n", "Row 2: the id must begin"),
        ("=1+1;K\n", "Row 2: the id must begin"),
        ("NUL;K\n", "Row 2: the id cannot be the name of a folder"),
        ("com1.txt;K\n", "Row 2: the id cannot be the name of a folder"),
        (f"{'x' * 65};K\n", "Row 2: the id is longer than 64"),
        ("kari;K\u202eK\n", "Row 2 holds an invisible character"),
        (f"kari;{'K' * 129}\n", "longer than 128"),
        ("kari;K;rest\n", "Row 2 has more cells than the header"),
    ],
)
def test_a_row_that_cannot_be_taken_is_named(file: Path, rows: str, said: str) -> None:
    assert said in " | ".join(faults(file, f"id;fornavn\n{rows}"))


def test_a_row_that_says_the_same_again_is_only_told_of(file: Path) -> None:
    found = roster(file, "id;fornavn\nkari;K\nkari ;K\n")
    assert [str(note) for note in found.notes] == ["Row 3 says the same as row 2."]
    assert not found.faults


@pytest.mark.parametrize("email", ["kari", "kari@", "a b@c.no", "kari@x@y.no", "<k@x.no>"])
def test_an_address_that_is_none_is_named(file: Path, email: str) -> None:
    assert faults(file, f"id;e-post\nkari;{email}\n") == [
        "Row 2: the e-mail address is none. Correct it, or leave it empty."
    ]


@pytest.mark.parametrize(
    "row",
    [
        f"{EXAMPLE};Kari;x",
        f"kari;Kari {EXAMPLE};x",
        f"kari;Kari;{EXAMPLE[:6]} {EXAMPLE[6:]}",
        f"{EXAMPLE}@sykehus.example;Kari;x",
        f"kari;{EXAMPLE[:6]};{EXAMPLE[6:]}",
    ],
)
def test_an_identity_number_stops_its_row_and_is_never_repeated(file: Path, row: str) -> None:
    (said,) = faults(file, f"id;fornavn;annet\nola;Ola;y\n{row}\n")
    assert said.startswith("Row 3 holds an identity number")
    assert EXAMPLE[6:] not in said


def test_an_identity_number_as_a_number_in_a_workbook_is_seen(file: Path) -> None:
    assert "identity number" in faults(file, xlsx([["id", "nr"], ["kari", int(EXAMPLE)]]))[0]


def test_a_mistyped_one_is_refused_too_and_an_employers_own_number_is_not(file: Path) -> None:
    text = f"id;fornavn\n{EXAMPLE[:-1]}6;Kari\n99887766551;Ola\n"
    assert "perhaps a mistyped identity number" in faults(file, text)[0]
    assert list(roster(file, text).people) == ["99887766551"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no header line"),
        ("fornavn;etternavn\nKari;Moe\n", "no column for the id"),
        ("id;brukernavn\na;b\n", "Two columns say the same: id, brukernavn"),
        (f"id;{EXAMPLE}\n", "Row 1 holds an identity number"),
        ('id;fornavn\nkari;"Kari\n', "is not CSV"),
        (b"id\0;x", "neither CSV nor XLSX"),
        (b"\x81\x8d", "neither CSV nor XLSX"),
        ("id\n" + "".join(f"x{n}\n" for n in range(MOST_ROWS + 1)), "too large"),
        ("id\n" + "x" * 501, "more than 500 characters"),
        ("x" * 5_000_001, "too large"),
        (";".join(f"k{n}" for n in range(51)), "too large"),
    ],
)
def test_what_is_no_list_of_people_is_refused(file: Path, text: str | bytes, said: str) -> None:
    with pytest.raises(ContentError, match=said):
        roster(file, text)


def rezipped(change: dict[str, bytes]) -> bytes:
    """A workbook with some of its parts laid in anew."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx([["id"], ["kari"]]))) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change.get(name) or old.read(name))
        for name in change.keys() - set(old.namelist()):
            new.writestr(name, change[name])
    return made.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def sheet(inside: str, before: str = "") -> bytes:
    return f"<?xml version='1.0'?>{before}<worksheet {MAIN}>{inside}</worksheet>".encode()


def cell(where: str, text: str) -> str:
    return f'<c r="{where}" t="inlineStr"><is><t>{text}</t></is></c>'


LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a 'ha'>"
    + "".join(
        f"<!ENTITY {after} '{f'&{before};' * 10}'>"
        for before, after in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]>"
)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"PK\x03\x04" + b"x" * 100, id="no zip"),
        pytest.param(rezipped({"bombe": b"\0" * 30_000_000}), id="a zip bomb"),
        pytest.param(
            rezipped({SHEET: sheet("<sheetData><row><c><v>&j;</v></c></row></sheetData>", LAUGHS)}),
            id="entities",
        ),
        pytest.param(
            rezipped(
                {SHEET: sheet("&x;", "<!DOCTYPE x [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>")}
            ),
            id="an outside entity",
        ),
        pytest.param(rezipped({SHEET: b"<"}), id="broken XML"),
        pytest.param(rezipped({"xl/workbook.xml": b"<x/>"}), id="no sheets"),
        pytest.param(rezipped({f"x{n}": b"" for n in range(600)}), id="many files"),
    ],
)
def test_a_hostile_workbook_is_refused_in_one_line(file: Path, data: bytes) -> None:
    with pytest.raises(ContentError, match=r"damaged|too large|no header"):
        roster(file, data)


def test_the_size_a_sheet_claims_is_not_believed(file: Path) -> None:
    rows = (
        f'<row r="1">{cell("A1", "id")}</row><row r="90000">{cell("A90000", "kari")}</row>'
        f'<row r="99999999999">{cell("A99999999999", "ola")}</row>'
    )
    claimed = f'<dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData>'
    assert list(roster(file, rezipped({SHEET: sheet(claimed)})).people) == ["kari"]


def test_a_formula_counts_as_the_value_that_was_saved(file: Path) -> None:
    rows = (
        f'<row r="1">{cell("A1", "id")}{cell("B1", "fornavn")}</row>'
        '<row r="2"><c r="A2" t="str"><f>HYPERLINK("http://x.example")</f><v>kari</v></c>'
        '<c r="B2" t="e"><f>[1]Ark1!A1</f><v>#REF!</v></c></row>'
    )
    found = roster(file, rezipped({SHEET: sheet(f"<sheetData>{rows}</sheetData>")}))
    assert found.people == {"kari": Person("kari")}


CELLS = st.text(st.characters(categories=["L", "P", "S", "Zs"], max_codepoint=0x250), max_size=20)


@settings(deadline=None, max_examples=50)
@given(st.lists(CELLS, min_size=1, max_size=5), st.sampled_from(";,\t"), st.sampled_from(ENCODINGS))
def test_names_with_separators_and_quotes_are_read_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], separator: str, encoding: str
) -> None:
    made = io.StringIO(newline="")
    writer = csv.writer(made, delimiter=separator)
    writer.writerow(["id", "fornavn"])
    writer.writerows((f"k{number}", name) for number, name in enumerate(names))
    path = tmp_path_factory.getbasetemp() / "liste.csv"
    found = roster(path, made.getvalue().encode(encoding))
    for number, name in enumerate(names):
        written = " ".join(unicodedata.normalize("NFC", name).split())
        assert found.people[f"k{number}"].first_name == (written or None)


NAMES = st.text(st.characters(categories=["L", "N", "P", "Zs"], max_codepoint=0x250), max_size=20)


@settings(deadline=None, max_examples=15)
@given(st.lists(st.tuples(NAMES, NAMES), max_size=5))
def test_every_row_is_a_person_or_a_fault(
    tmp_path_factory: pytest.TempPathFactory, names: list[tuple[str, str]]
) -> None:
    rows = [["id", "fornavn", "etternavn"], *([f"k{n}", *name] for n, name in enumerate(names))]
    path = tmp_path_factory.getbasetemp() / "liste.xlsx"
    found = roster(path, xlsx(rows))
    assert len(found.people) + len({fault.row for fault in found.faults}) == len(names)
    assert load_workbook(path).active is not None
