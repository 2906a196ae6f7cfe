"""The marking sheet, the debrief sheet, the reading list, and the command that prints them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from pypdf import PdfReader

from pallkit import content
from pallkit.about import INTENDED_PURPOSE, WATERMARK
from pallkit.cases import load, prose
from pallkit.cases.steps import PlainStep
from pallkit.errors import DecisionError
from pallkit.i18n import Language, render
from pallkit_app.handouts import SHEETS, Wanted, print_case
from pallkit_app.handouts.debrief import debrief_html
from pallkit_app.handouts.marking import TABLES, marking_html
from pallkit_app.handouts.reading import code_svg, reading_html
from pallkit_app.paper import PaperError

CASES = content.case_ids()
MAKERS = {"marking": marking_html, "debrief": debrief_html, "reading": reading_html}
TABLETS = "smerte-kan-ikke-svelge"


@cache
def sheet(name: str, case_id: str, lang: Language) -> str:
    return MAKERS[name](case_id, lang)


def told(html: str) -> str:
    html = re.sub(r"<style>.*?</style>|<svg.*?</svg>", " ", html, flags=re.DOTALL)
    return " ".join(re.sub("<[^>]+>", " ", html).split()).replace("&#39;", "'")


@pytest.mark.parametrize("case_id", CASES)
@pytest.mark.parametrize(
    ("name", "lang"), [("marking", "nb"), ("debrief", "nb"), ("reading", "nb")]
)
def test_every_sheet_says_what_it_is_not_for(case_id: str, name: str, lang: Language) -> None:
    text = told(sheet(name, case_id, lang))
    assert render(WATERMARK, lang) in text
    assert render(INTENDED_PURPOSE, lang) in text
    assert prose(case_id, lang).title in text


@pytest.mark.parametrize("case_id", CASES)
def test_the_marking_sheet_has_every_decision_and_room_for_six_tables(case_id: str) -> None:
    html = sheet("marking", case_id, "nb")
    steps = [step for step in load(case_id).steps if not isinstance(step, PlainStep)]
    assert html.count('<section class="decision"') == len(steps)
    rows = html.count('<td class="mark">')
    assert html.count('<td class="cross">') == rows * TABLES
    dangers = sum(way.danger for step in steps for way in getattr(step, "options", ()) or ())
    assert html.count('class="tag danger"') >= dangers


def test_the_right_dose_stands_with_its_sum_and_tolerance() -> None:
    text = told(sheet("marking", TABLETS, "nb"))
    assert "Riktig svar: 30 mg/24 t (± 5 % " in text
    assert "90 mg" in text


def test_where_the_right_dose_depends_on_a_choice_the_sheet_says_so() -> None:
    assert "se fasitkortet" in told(sheet("marking", "opioidbytte", "nb"))
    assert "se fasitkortet" not in told(sheet("marking", TABLETS, "nb"))


@pytest.mark.parametrize("case_id", CASES)
def test_the_debrief_asks_what_will_be_done_on_monday_and_how_sure_where_that_was_asked(
    case_id: str,
) -> None:
    text, case = told(sheet("debrief", case_id, "nb")), load(case_id)
    assert "Hva vil du gjøre annerledes på mandag?" in text
    asked = case.certainty or any(getattr(step, "certainty", False) for step in case.steps)
    assert ("Hvor sikre var vi" in text) == asked
    for questions in prose(case_id, "nb").guide.questions.values():
        assert all(" ".join(one.split()) in text for one in questions)


@pytest.mark.parametrize("case_id", CASES)
def test_the_reading_list_has_every_source_once_with_its_address_and_a_code(case_id: str) -> None:
    html, case = sheet("reading", case_id, "nb"), load(case_id)
    known = {source["id"]: source for source in content.table("sources")}
    used = {*case.sources, *(one for step in case.steps for one in step.sources)}
    assert html.count('<li class="entry">') == len(used)
    assert html.count('class="qr"') == sum(bool(known[one]["url"]) for one in used)
    publishers = re.findall(r"<p><strong>(.*?)</strong>", html)
    assert len(publishers) == len(used)


def test_a_code_is_squares_only() -> None:
    assert "http" not in code_svg("https://example.org/a").replace("http://www.w3.org", "")


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pallkit_app", "print", *arguments],
        cwd=cwd,
        env={**os.environ, "PALLKIT_LANG": "nb"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_one_command_writes_all_and_tells_how_far_it_has_come(tmp_path: Path) -> None:
    done = run(TABLETS, "--lang", "nb", "--format", "html", "-o", "ark", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"({at} av 5) Skrev ark/{TABLETS}-{name}-nb.html" for at, name in enumerate(SHEETS, 1)
    ]
    assert len(list((tmp_path / "ark").iterdir())) == len(SHEETS)


def test_a_sheet_as_pdf_is_tagged_and_numbered(tmp_path: Path) -> None:
    (path,) = print_case(TABLETS, ["reading"], tmp_path, Wanted("nn"))
    pdf = PdfReader(path)
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.trailer["/Root"]["/Lang"] == "nn"
    for number, page in enumerate(pdf.pages, 1):
        text = " ".join(page.extract_text().split())
        assert f"Side {number} av {len(pdf.pages)}" in text
        assert render(WATERMARK, "nn") in text


def test_ours_are_replaced_and_others_are_left_alone(tmp_path: Path) -> None:
    wanted = Wanted("nb", ending=".html")
    (path,) = print_case(TABLETS, ["reading"], tmp_path, wanted)
    assert list(print_case(TABLETS, ["reading"], tmp_path, wanted)) == [path]
    path.write_text("my own notes", encoding="utf-8")
    with pytest.raises(PaperError, match="is not a print of ours"):
        list(print_case(TABLETS, ["reading"], tmp_path, wanted))
    assert path.read_text(encoding="utf-8") == "my own notes"


def test_a_level_the_case_does_not_open_at_is_refused_before_anything_is_written(
    tmp_path: Path,
) -> None:
    with pytest.raises(DecisionError, match="does not open at level C"):
        list(print_case(TABLETS, ["cards"], tmp_path / "new", Wanted("nb", "C")))
    assert not (tmp_path / "new").exists()
