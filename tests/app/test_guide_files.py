"""Leader guides on disk: the command, the formats, and files that are not ours."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from pallkit.about import INTENDED_PURPOSE, WATERMARK
from pallkit.cases import prose
from pallkit.i18n import render
from pallkit_app.guide import guide_html, write_guide
from pallkit_app.paper import PaperError

CASE = "smerte-kan-ikke-svelge"


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pallkit_app", "guide", *arguments],
        cwd=cwd,
        env={**os.environ, "PALLKIT_LANG": "nb"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def pdf_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("guide") / "guide.pdf"
    write_guide(CASE, "nn", path)
    return path


@pytest.fixture(scope="module")
def pdf(pdf_file: Path) -> PdfReader:
    return PdfReader(pdf_file)


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_every_pdf_page_says_what_it_is_not_for_and_has_its_number(pdf: PdfReader) -> None:
    for number, page in enumerate(pdf.pages, 1):
        text = one_line(page.extract_text())
        assert render(WATERMARK, "nn") in text
        assert render(INTENDED_PURPOSE, "nn") in text
        assert f"Side {number} av {len(pdf.pages)}" in text


def test_the_pdf_tells_a_screen_reader_its_title_language_and_structure(pdf: PdfReader) -> None:
    catalogue, about = pdf.trailer["/Root"], pdf.metadata
    assert about is not None
    assert about.title is not None
    assert about.title.startswith(prose(CASE, "nn").title)
    assert catalogue["/Lang"] == "nn"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalogue
    assert b"pdfuaid:part" in catalogue["/Metadata"].get_data()
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]


def test_the_pdf_is_a4_and_carries_its_fonts(pdf: PdfReader) -> None:
    for page in pdf.pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
        for font in page["/Resources"]["/Font"].values():
            descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_the_command_writes_both_formats_and_says_so(tmp_path: Path) -> None:
    done = run(CASE, "--lang", "nb", "-o", "hefte.html", "-o", "hefte.pdf", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == ["Skrev hefte.html", "Skrev hefte.pdf"]
    assert (tmp_path / "hefte.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert (tmp_path / "hefte.pdf").read_bytes().startswith(b"%PDF")


def test_without_a_name_the_guide_is_named_for_the_case_and_the_language(tmp_path: Path) -> None:
    done = run(CASE, "--lang", "nn", cwd=tmp_path)
    assert done.stdout == f"Skrev {CASE}-nn.html\n"
    assert [path.name for path in tmp_path.iterdir()] == [f"{CASE}-nn.html"]


def test_a_misspelt_case_gets_the_nearest_and_leaves_no_file(tmp_path: Path) -> None:
    done = run("smerte-kan-ikke-svelg", "-o", "hefte.html", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr == (
        "pallkit: Det finnes ikke noe kasus «smerte-kan-ikke-svelg». "
        "Mente du «smerte-kan-ikke-svelge»?\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_an_older_guide_is_replaced_in_either_format(tmp_path: Path, pdf_file: Path) -> None:
    path = tmp_path / "hefte.html"
    for older in (pdf_file.read_bytes(), guide_html("hva-er-viktig", "nb").encode()):
        path.write_bytes(older)
        write_guide(CASE, "nb", path)
        assert path.read_bytes() == guide_html(CASE, "nb").encode()


@pytest.mark.parametrize("found", [b"My own notes", b"%PDF-1.4 a letter"])
def test_a_file_that_is_not_a_guide_is_left_alone_until_forced(
    tmp_path: Path, found: bytes
) -> None:
    path = tmp_path / "hefte.html"
    path.write_bytes(found)
    with pytest.raises(PaperError, match="is not a leader guide"):
        write_guide(CASE, "nb", path)
    assert path.read_bytes() == found
    write_guide(CASE, "nb", path, force=True)
    assert path.read_bytes() != found


def test_a_folder_that_is_missing_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(PaperError, match="could not be written: there is no such file or folder"):
        write_guide(CASE, "nb", tmp_path / "nowhere" / "hefte.html")


def test_a_name_with_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PaperError, match=r"must end in \.html or \.pdf"):
        write_guide(CASE, "nb", tmp_path / "hefte.docx")
