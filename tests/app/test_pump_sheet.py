"""The practice sheet: an exercise that can be filled in, and that nobody could follow."""

from __future__ import annotations

import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from pallkit.about import INTENDED_PURPOSE, WATERMARK
from pallkit.doses import read_dose, read_preparation
from pallkit.i18n import LANGUAGES, Language, render
from pallkit.opioids import ratio_set
from pallkit.pump import Bolus, Program, Settings, program
from pallkit_app.paper import PaperError
from pallkit_app.pump_sheet import Exercise, sheet_html, write_sheet

ACROSS = {"nb": "ØVING", "nn": "ØVING", "en": "PRACTICE"}
SHEET = ("--dose", "morfin sc 60 mg/d", "--concentration", "10 mg/mL", "--reservoir", "100 mL")


@pytest.fixture(scope="module")
def exercise() -> Exercise:
    worked = program(
        Settings(
            dose=read_dose("morfin sc 144 mg/d"),
            concentration=Decimal(10),
            reservoir=Decimal(100),
            bolus=Bolus(amount=Decimal(2), lockout=Decimal(20)),
        )
    )
    assert isinstance(worked, Program)
    return Exercise(
        worked,
        (read_dose("morfin po 60 mg x 2"),),
        read_preparation("morfin sc"),
        (ratio_set("klb-2008"), ratio_set("nhs-ggc-2018")),
    )


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pallkit_app", "pump", "sheet", *arguments],
        cwd=cwd,
        env={**os.environ, "PALLKIT_LANG": "nb"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def text_of(page: object) -> str:
    return " ".join(page.extract_text().split())  # type: ignore[attr-defined]  # pypdf's page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_pdf_page_says_practice_and_what_it_is_not_for(
    exercise: Exercise, lang: Language, tmp_path: Path
) -> None:
    path = tmp_path / "ark.pdf"
    write_sheet(exercise, lang, path)
    pdf = PdfReader(path)
    assert len(pdf.pages) == 2
    for page in pdf.pages:
        text = text_of(page)
        assert ACROSS[lang] in text
        assert render(WATERMARK, lang) in text
        assert render(INTENDED_PURPOSE, lang) in text
    assert pdf.trailer["/Root"]["/Lang"] == lang
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_the_exercise_is_on_the_first_page_and_the_answer_on_the_second(
    exercise: Exercise, tmp_path: Path
) -> None:
    path = tmp_path / "ark.pdf"
    write_sheet(exercise, "nb", path)
    asked, worked = (text_of(page) for page in PdfReader(path).pages)
    assert "Hvor fort går den?" in asked
    for figure in ("0,6 mL/t", "83,3 t", "12 mg", "40 mg/24 t", "60 mg/24 t"):
        assert figure not in asked
        assert figure in worked


def test_there_is_no_place_for_a_person_a_date_or_a_signature(exercise: Exercise) -> None:
    page = BeautifulSoup(sheet_html(exercise, "nb"), "html.parser")
    assert page.find_all(["input", "textarea", "form", "select"]) == []
    labels = " ".join(one.get_text() for one in page.find_all(["dt", "th", "label"])).casefold()
    for word in ("navn", "pasient", "født", "dato", "underskrift", "signatur", "lege"):
        assert word not in labels


def test_each_number_asked_for_has_a_line_to_write_on_and_its_unit(exercise: Exercise) -> None:
    page = BeautifulSoup(sheet_html(exercise, "nn"), "html.parser")
    rows = page.select(".ask tbody tr")
    assert len(rows) == 12  # two conversions, ten of the pump
    assert all(row.select_one(".line") for row in rows)
    assert [row.select_one(".unit") is None for row in rows].count(True) == 1  # how many boluses
    assert "ikkje kjent" in rows[-1].get_text()


def test_every_step_of_the_answer_names_a_source_that_the_sheet_lists(exercise: Exercise) -> None:
    page = BeautifulSoup(sheet_html(exercise, "nb"), "html.parser")
    told = {one.get_text(strip=True) for one in page.select(".receipt td.from")}
    listed = len(page.select(".sources li"))
    assert {one for one in told if not one.isdigit()} <= {"regnet ut", "ingen kilde sett"}
    assert {int(one) for one in told if one.isdigit()} == set(range(1, listed + 1))


def test_the_sheet_asks_nothing_of_any_network(exercise: Exercise) -> None:
    page = BeautifulSoup(sheet_html(exercise, "nb"), "html.parser")
    assert page.find_all(["link", "img", "iframe"]) == []
    assert all("src" not in one.attrs for one in page.find_all("script"))


def test_the_command_writes_both_formats_and_names_the_file_for_the_language(
    tmp_path: Path,
) -> None:
    done = run(*SHEET, "-o", "ark.html", "-o", "ark.pdf", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == ["Skrev ark.html", "Skrev ark.pdf"]
    assert (tmp_path / "ark.pdf").read_bytes().startswith(b"%PDF")
    assert run(*SHEET, "--lang", "nn", cwd=tmp_path).stdout == "Skrev pumpe-nn.html\n"


def test_settings_that_are_refused_make_no_sheet(tmp_path: Path) -> None:
    done = run(*SHEET, "--bolus", "10 mg", "--lockout", "20 min", "-o", "ark.pdf", cwd=tmp_path)
    assert done.returncode == 1
    assert "en behovsdose som en sykepleier gir" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_an_older_sheet_is_replaced_and_any_other_file_left_alone(
    exercise: Exercise, tmp_path: Path
) -> None:
    path = tmp_path / "ark.html"
    write_sheet(exercise, "nb", path)
    write_sheet(exercise, "nn", path)
    assert 'lang="nn"' in path.read_text(encoding="utf-8")
    path.write_text("My own notes", encoding="utf-8")
    with pytest.raises(PaperError, match="is not a practice sheet"):
        write_sheet(exercise, "nb", path)
    write_sheet(exercise, "nb", path, force=True)
    assert "ØVING" in path.read_text(encoding="utf-8")
