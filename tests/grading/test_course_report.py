"""The course report: what it counts, what it leaves out, and its files for spreadsheets."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Mapping
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from tests.grading.told_course import opened, told_course
from typer.testing import CliRunner

from pallkit_app.cli import app
from pallkit_app.reports import Report, read_report
from pallkit_app.reports.figures import ENOUGH, figures_of
from pallkit_app.reports.page import report_html
from pallkit_app.reports.tables import Table, tables

pytestmark = pytest.mark.xdist_group("told")  # one course, whichever worker runs it

EVERYBODY = ["anne", "berit", "cecilie", "dag", "eli", *(f"k{one:02}" for one in range(20))]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return told_course(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="module")
def report(course: Path) -> Report:
    with opened(course) as of:
        return read_report(of, "nb")


def named(report: Report, *, anonymous: bool = False) -> Mapping[str, Table]:
    return {one.name: one for one in tables(report, figures_of(report), anonymous=anonymous)}


def test_the_two_languages_are_one_set_and_everybody_is_counted_once(report: Report) -> None:
    assert report.trainees == tuple(EVERYBODY)
    status = {row[0]: row[1:] for row in named(report)["status"].rows}
    # missing, not graded, graded: only anne's text is marked
    assert status["Prøve"] == (1, 23, 1)
    assert status["Øvelse"] == (24, 1, 0)


def test_missing_not_graded_and_graded_are_three_different_words(report: Report) -> None:
    told = {row[0]: row[1:] for row in named(report)["hand-ins"].rows}
    assert told["Anne Østbø"][0] == "rettet"
    assert told["berit"][0] == "ikke rettet"
    assert told["eli"][0] == "mangler"


def test_what_is_not_graded_is_never_counted_as_0(report: Report) -> None:
    text = next(row for row in named(report)["tasks"].rows if row[0] == "Oppgave 6: Tekst")
    assert text[2:4] == (75, 1), "3 of 4, of the only one that is marked"


def test_the_hardest_task_stands_first(report: Report) -> None:
    shares = [row[2] for row in named(report)["tasks"].rows if isinstance(row[2], int)]
    assert shares == sorted(shares)


def test_how_well_a_task_tells_apart_is_said_from_enough_hand_ins_on(report: Report) -> None:
    told = {(row[0], row[1]): row[3:] for row in named(report)["tasks"].rows}
    count, tells = told["Oppgave 1: Regn om", "Prøve"]
    assert isinstance(count, int)
    assert count >= ENOUGH
    assert isinstance(tells, Decimal)
    assert told["Oppgave 6: Tekst", "Prøve"][1] is None


def test_goals_are_counted_from_their_tasks_trainee_by_trainee(report: Report) -> None:
    told = {row[0]: row[1:] for row in named(report)["goals-by-trainee"].rows}
    assert told["Anne Østbø"] == (100, 88), "7 of 8 points in the case and the text"
    assert told["berit"][0] == 0
    assert told["eli"] == (None, None), "what is for practice does not count"


def test_kinds_of_mistakes_are_counted_group_by_group(report: Report) -> None:
    table = named(report)["mistakes"]
    assert table.heads == ("Feil", "Nord", "Vest", "Alle")
    unit = next(row for row in table.rows if "1000" in str(row[0]))
    assert unit[1:] == (5, 3, 8)


def test_dangerous_answers_are_counted_whatever_the_points(report: Report) -> None:
    told = {row[0]: row[2] for row in named(report)["dangerous-answers"].rows}
    assert told["Oppgave 2: Velg"] == 8


def test_certainty_is_laid_against_how_often_it_was_right(report: Report) -> None:
    bands = {row[0]: row[1:] for row in named(report)["calibration"].rows}
    assert bands["9–10"] == (4, 90, 0), "berit was sure of four answers, all wrong"
    assert bands["0–2"] == (0, None, None)


def test_without_names_nobody_is_named_and_small_figures_are_left_out(report: Report) -> None:
    told = named(report, anonymous=True)
    assert set(told) == set(named(report)) - {"hand-ins", "goals-by-trainee"}
    page = report_html(report, anonymous=True)
    text = unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL))
    assert not [one for one in [*EVERYBODY, "Østbø"] if re.search(rf"\b{one}\b", text)]
    assert next(row for row in told["calibration"].rows if row[0] == "9–10")[1:] == (None,) * 3
    assert "Tall om færre enn 5 personer er utelatt" in text


def test_what_is_left_out_cannot_be_found_from_what_is_not(report: Report) -> None:
    table = named(report, anonymous=True)["mistakes"]
    unit = next(row for row in table.rows if "1000" in str(row[0]))
    assert unit[1:] == (None, None, 8)


def test_the_report_says_that_it_is_personal_data(report: Report) -> None:
    assert "Rapporten navngir personer" in report_html(report)


def test_every_drawing_has_words_and_its_table_beside_it(report: Report) -> None:
    page = report_html(report)
    drawings = re.findall(r"<svg [^>]*>", page)
    assert len(drawings) == 4
    assert all('role="img"' in one and "aria-label=" in one for one in drawings)
    assert "Oppgave 1: Regn om: " in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def run(*words: str | Path) -> Any:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.mark.parametrize(("lang", "separator", "decimal"), [("nb", ";", ","), ("en", ",", ".")])
def test_the_csv_files_are_read_by_a_spreadsheet_of_that_language(
    course: Path, tmp_path: Path, lang: str, separator: str, decimal: str
) -> None:
    assert run("course", "report", course, "--csv", tmp_path / "ut", "--lang", lang).exit_code == 0
    raw = (tmp_path / "ut" / "report-tasks.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig")), delimiter=separator))
    assert len({len(row) for row in rows}) == 1
    assert [row for row in rows if re.fullmatch(rf"-?\d{decimal}\d\d?", row[4])]
    assert {"report-goals.csv", "report-mistakes.csv"} <= {
        path.name for path in (tmp_path / "ut").iterdir()
    }


def test_a_name_that_is_a_formula_is_no_formula_in_the_file(course: Path, tmp_path: Path) -> None:
    mine = shutil.copytree(course, tmp_path / "kurs")
    with opened(mine) as of:
        of.book.find_student("anne").first_name = "=HYPERLINK(1)"
        of.book.db.commit()
    assert run("course", "report", mine, "--csv", tmp_path / "ut", "--lang", "nb").exit_code == 0
    told = (tmp_path / "ut" / "report-hand-ins.csv").read_text("utf-8-sig")
    assert '"\'=HYPERLINK(1) Østbø"' in told


def test_the_files_of_others_are_left_alone(course: Path, tmp_path: Path) -> None:
    page, table = tmp_path / "min.html", tmp_path / "report-status.csv"
    page.write_text("min egen side")
    table.write_text("min;egen;tabell")
    for wanted in (["-o", page], ["--csv", tmp_path]):
        assert run("course", "report", course, *wanted).exit_code != 0
    assert page.read_text() == "min egen side"
    assert table.read_text() == "min;egen;tabell"
    assert run("course", "report", course, "-o", page, "--force", "--anonymous").exit_code == 0
    assert run("course", "report", course, "-o", page).exit_code == 0, "ours is replaced"


def test_a_course_where_nobody_has_handed_in_has_a_report(course: Path, tmp_path: Path) -> None:
    mine = shutil.copytree(course, tmp_path / "kurs")
    for folder in ("submitted", "autograded"):
        shutil.rmtree(mine / folder)
    with opened(mine) as of:
        for student in list(of.book.students):
            of.book.remove_student(student.id)
        page = report_html(read_report(of, "nn"))
    assert "Ingenting er retta enno." in page
    assert "Ingen har oppgitt kor sikre" in page
