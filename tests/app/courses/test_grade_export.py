"""``pallkit grade export``: written as other systems read it, and read back here."""

from __future__ import annotations

import csv
import io
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook
from tests.app.courses.conftest import Run
from tests.grading.rules.books import SAME, Book, course_book

from pallkit.errors import PallkitError
from pallkit.i18n import render
from pallkit_grading.rules import Rules

RULES = "due: {en: 2026-11-19 10:00}\nlate: {per_day: 10 %}\n"


@pytest.fixture
def graded(course: Path) -> Iterator[Path]:
    """Åse all graded and late, in nynorsk; Ola half graded; Ny has not handed in."""
    (course / "rules.yaml").write_text(RULES, encoding="utf-8")
    with course_book(course, Rules(same=SAME)) as book:
        book.hand_in("ase", "en-nn")
        book.grade("ase", "en-nn", {"en-1": 1.5, "en-2": 3.0})
        book.hand_in("ola", "en", "2026-11-19 08:00:00.000000 UTC")
        book.grade("ola", "en", {"en-1": 0.0, "en-2": None}, stamp="2026-11-19 08:00:00.000000 UTC")
        book.book.add_student("ny", first_name='=HYPERLINK("http://x.example")', last_name="Ny")
    return course


def export(run: Run, course: Path, form: str, *more: str, lang: str = "en") -> Path:
    path = course / f"ut.{'xlsx' if form == 'xlsx' else 'csv'}"
    chosen = more if "--all" in more else ("--assignment", "en", *more)
    done = run("grade", "export", course, "--format", form, "-o", path, *chosen, lang=lang)
    assert done.exit_code == 0, (done.output, done.exception)
    return path


def read(path: Path, separator: str = ",") -> list[list[str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))


def test_canvas_reads_its_own_columns_and_an_empty_cell_where_there_is_no_score(
    graded: Path, run: Run
) -> None:
    path = export(run, graded, "canvas", "--title", "Omregning (123)")
    assert not path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert read(path) == [
        ["Student", "ID", "SIS Login ID", "Section", "Omregning (123)"],
        ["    Points Possible", "", "", "", "5"],
        ["Ødegård, Åse", "", "ase", "", "3.6"],
        ['Ny, \'=HYPERLINK("http://x.example")', "", "ny", "", ""],
        ["Nordmann, Ola", "", "ola", "", ""],
    ]


def test_moodle_has_the_state_beside_the_grade(graded: Path, run: Run) -> None:
    rows = read(export(run, graded, "moodle", lang="nn"))
    assert rows[0][:2] == ["Identifier", "Full name"]
    assert rows[1] == ["ase", "Åse Ødegård", "ase@sykehus.example", "retta", "3.6", "5"]
    assert [row[3:] for row in rows[2:]] == [["ikkje levert", "", "5"], ["ikkje retta", "", "5"]]


WORKSHEET = """\
Identifier,Full name,Email address,Status,Grade,Maximum Grade,Last modified (grade)
Participant 7,Åse Ødegård,ASE@sykehus.example,Submitted,,5.00,-
Participant 8,En Annen,annen@sykehus.example,Submitted,2.00,5.00,-
"""


def test_moodles_own_worksheet_is_filled_in_by_address(graded: Path, run: Run) -> None:
    sheet = graded / "moodle.csv"
    sheet.write_text(WORKSHEET, encoding="utf-8")
    path = graded / "ut.csv"
    done = run(
        "grade",
        "export",
        graded,
        "--format",
        "moodle",
        "--assignment",
        "en-nn",
        "-o",
        path,
        "--worksheet",
        sheet,
    )
    rows = read(path)
    assert rows[0] == WORKSHEET.splitlines()[0].split(",")
    assert rows[1] == [
        "Participant 7",
        "Åse Ødegård",
        "ASE@sykehus.example",
        "Submitted",
        "3.6",
        "5.00",
        "-",
    ]
    assert rows[2][4] == "2.00"
    assert "Rows of the worksheet without anybody here: 3." in done.output
    assert "Not in the worksheet, by e-mail address: ny, ola." in done.output


def test_a_worksheet_with_another_maximum_is_refused(graded: Path, run: Run) -> None:
    sheet = graded / "moodle.csv"
    sheet.write_text(WORKSHEET.replace("5.00", "100.00"), encoding="utf-8")
    done = run(
        "grade",
        "export",
        graded,
        "--format",
        "moodle",
        "--assignment",
        "en",
        "-o",
        graded / "ut.csv",
        "--worksheet",
        sheet,
    )
    assert "The maximum is 100 in Moodle and 5 here" in str(done.exception)
    assert not (graded / "ut.csv").exists()


def test_a_worksheet_without_a_maximum_asks_the_leader_to_look(graded: Path, run: Run) -> None:
    sheet = graded / "moodle.csv"
    sheet.write_text("Identifier,Email address,Grade\nP 7,ase@sykehus.example,\n", "utf-8")
    chosen = ["--format", "moodle", "--assignment", "en", "-o", graded / "ut.csv"]
    done = run("grade", "export", graded, *chosen, "--worksheet", sheet)
    assert "Check that the maximum in Moodle is 5." in done.output
    sheet.write_text("Identifikator,E-post,Poeng\n", "utf-8")
    done = run("grade", "export", graded, *chosen, "--worksheet", sheet, "--force")
    assert "no column “Grade”. Download it with Moodle in English." in str(done.exception)


def test_csv_has_every_task_what_lateness_takes_and_the_states(graded: Path, run: Run) -> None:
    path = export(run, graded, "csv", lang="nb")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    header, ase, ny, ola = read(path, ";")
    of: list[dict[str, str]] = [dict(zip(header, row, strict=True)) for row in (ase, ny, ola)]
    assert of[0]["Tilstand"] == "rettet"
    assert of[0]["Levert som"] == "en-nn"
    assert of[0]["Levert"] == "2026-11-20 11:00"
    assert (of[0]["en-1 (av 2)"], of[0]["en-2 (av 3)"]) == ("1,5", "3")
    assert (of[0]["Poeng før trekk"], of[0]["Trekk for sen levering"]) == ("4,5", "0,9")
    assert of[0]["Sum (av 5)"] == "3,6"
    assert "20 % av poengene er trukket fra" in of[0]["Merknad"]
    assert (of[1]["Tilstand"], of[1]["Sum (av 5)"], of[1]["en-1 (av 2)"]) == ("ikke levert", "", "")
    assert (of[2]["Tilstand"], of[2]["Sum (av 5)"]) == ("ikke rettet", "")
    assert (of[2]["en-1 (av 2)"], of[2]["en-2 (av 3)"]) == ("0", "")


def test_ks_laering_gets_a_row_for_each_trainee_and_assignment(graded: Path, run: Run) -> None:
    rows = read(export(run, graded, "kslaring", "--all", lang="nb"), ";")
    assert rows[0] == [
        "E-post",
        "Fornavn",
        "Etternavn",
        "Id",
        "Kurs",
        "Oppgavesett",
        "Tilstand",
        "Poeng",
        "Av",
        "Levert",
    ]
    assert len(rows) == 1 + 3 * 2
    assert rows[1] == [
        "ase@sykehus.example",
        "Åse",
        "Ødegård",
        "ase",
        "kurs",
        "en",
        "rettet",
        "3,6",
        "5",
        "2026-11-20 11:00",
    ]


def cells(path: Path, sheet: str) -> list[tuple[Any, ...]]:
    return list(load_workbook(path)[sheet].iter_rows(values_only=True))


def test_a_workbook_has_typed_cells_and_no_formula(graded: Path, run: Run) -> None:
    path = export(run, graded, "xlsx", "--all")
    book = load_workbook(path)
    assert book.sheetnames == ["Overview", "en", "to", "About"]
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert not str(cell.value or "").startswith(("=", "+", "-", "@"))
    assert book["en"].freeze_panes == "B2"
    header, ase, ny, _ola = cells(path, "en")
    found = dict(zip(header, ase, strict=True))
    at = datetime.fromisoformat("2026-11-20T11:00")
    assert (found["Handed in"], found["Total (of 5)"]) == (at, 3.6)
    assert dict(zip(header, ny, strict=True))["Total (of 5)"] is None
    assert cells(path, "Overview")[1][5:] == ("graded", 3.6, "not handed in", None)


def test_other_programs_read_numbers_as_numbers(graded: Path, run: Run) -> None:
    frame = pd.read_excel(export(run, graded, "xlsx"), sheet_name="en")
    assert frame["Total (of 5)"].dtype == float
    assert frame["Total (of 5)"].tolist()[0] == pytest.approx(3.6)
    assert frame["Total (of 5)"].isna().tolist() == [False, True, True]


def test_a_group_is_named_and_has_the_same_points(graded: Path, run: Run) -> None:
    (graded / "rules.yaml").write_text(
        "groups: [{id: Gruppe 1, members: [ase, ola]}]", encoding="utf-8"
    )
    with course_book(graded, Rules()) as book:
        assert isinstance(book, Book)
        book.hand_in("ola", "to")
        book.grade("ola", "to", {"to-1": 3.0})
    path = graded / "gruppe.csv"
    run("grade", "export", graded, "--format", "csv", "--assignment", "to", "-o", path)
    header, *rows = read(path, ";")
    found = {row[0]: dict(zip(header, row, strict=True)) for row in rows}
    for one, other in (("ase", "ola"), ("ola", "ase")):
        assert found[one]["Group"] == "Gruppe 1"
        assert (found[one]["Total (of 4)"], found[one]["Handed in together with"]) == ("3", other)
    assert found["ny"]["Total (of 4)"] == ""


def test_who_is_in_one_set_of_tasks_only_has_a_row_in_every_table(graded: Path, run: Run) -> None:
    (graded / "submitted" / "fremmed" / "to").mkdir(parents=True)
    path = export(run, graded, "xlsx", "--all")
    ids = ["ase", "fremmed", "ny", "ola"]
    for sheet in ("Overview", "en", "to"):
        assert [row[0] for row in cells(path, sheet)[1:]] == ids
    assert cells(path, "Overview")[2][5:] == ("not handed in", None, "not graded", None)


def test_tells_how_many_are_in_each_state_and_whose_data_it_is(graded: Path, run: Run) -> None:
    path = graded / "ut.csv"
    done = run("grade", "export", graded, "--format", "csv", "--all", "-o", path)
    assert "“en”: 1 graded, 1 not graded, 1 not handed in." in done.output
    assert "It holds personal data" in done.output
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "csv: en, to" in run("records", "log", graded).output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "csv"], "Choose either --assignment or --all."),
        (["--format", "csv", "--all", "--assignment", "en"], "Choose either"),
        (["--format", "moodle", "--all"], "one assignment at a time"),
        (["--format", "csv", "--all", "--title", "x"], "--title names one"),
        (["--format", "csv", "--all", "--worksheet", "x"], "--worksheet is for"),
        (["--format", "csv", "--assignment", "tre"], "There is no assignment “tre”"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(
    graded: Path, run: Run, arguments: list[str], said: str
) -> None:
    done = run("grade", "export", graded, "-o", graded / "ut.csv", *arguments)
    assert said in str(done.exception)
    assert not (graded / "ut.csv").exists()


def test_what_gives_no_grades_is_not_exported(graded: Path, run: Run) -> None:
    course = (graded / "course.yaml").read_text(encoding="utf-8")
    formative = course.replace("group: true", "group: true, graded: false")
    (graded / "course.yaml").write_text(formative, encoding="utf-8")
    done = run(
        "grade", "export", graded, "--format", "csv", "--assignment", "to", "-o", graded / "ut.csv"
    )
    assert "“to” gives feedback and no grade" in str(done.exception)
    assert "to: State" not in str(read(export(run, graded, "csv", "--all"), ";")[0])


def test_a_file_that_is_there_stays_unless_it_is_forced(graded: Path, run: Run) -> None:
    path = export(run, graded, "csv")
    done = run("grade", "export", graded, "--format", "csv", "--all", "-o", path)
    assert "is there already" in str(done.exception)
    export(run, graded, "csv", "--force")


def test_a_course_without_grades_has_no_table_of_all_of_them(graded: Path, run: Run) -> None:
    course = graded / "course.yaml"
    text = course.read_text(encoding="utf-8")
    course.write_text(text.replace("lang:", "graded: false, lang:"), encoding="utf-8")
    path = graded / "ut.csv"
    done = run("grade", "export", graded, "--format", "csv", "-o", path, "--all", lang="en")
    assert done.exit_code != 0
    assert "No assignment of this course gives grades." in str(done.exception)
    assert not path.exists()


def test_why_a_file_cannot_be_written_is_told_in_the_readers_language(
    graded: Path, run: Run
) -> None:
    path = graded / "finnes-ikke" / "ut.csv"
    done = run("grade", "export", graded, "--assignment", "en", "--format", "csv", "-o", path)
    assert isinstance(done.exception, PallkitError)
    assert "fila eller mappa finnes ikke" in render(done.exception.message, "nb")
