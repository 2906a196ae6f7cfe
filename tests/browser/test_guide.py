"""A leader guide in a browser: on a phone, by keyboard, and printed from there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page
from pypdf import PdfReader
from tests.browser.accessibility.axe import faults

from pallkit.about import INTENDED_PURPOSE, WATERMARK
from pallkit.cases import prose
from pallkit.i18n import render
from pallkit_app.guide import write_guide

CASE = "smerte-kan-ikke-svelge"
FOLDED = prose(CASE, "nb").steps["tanker"].expert.split(".")[0]


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("guide") / "hefte.html"
    write_guide(CASE, "nb", path)
    return path


@pytest.fixture
def page(contexts: Callable[..., BrowserContext], guide: Path) -> Page:
    """The guide as a file on a disk: no server is there to ask anything of."""
    page = contexts().new_page()
    page.goto(guide.as_uri())
    return page


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_is_wider_than_the_screen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    open_all(page)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_axe_finds_no_fault_with_every_fold_open(page: Page, axe_script: str) -> None:
    open_all(page)
    assert faults(page, axe_script) == []


def test_a_fold_opens_by_keyboard_and_not_before(page: Page) -> None:
    fold = page.locator("details").first
    answer = fold.locator("article").first
    assert not answer.is_visible()
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    assert answer.is_visible()


def test_a_print_from_the_browser_holds_the_answers_and_the_line_on_every_page(
    page: Page, tmp_path: Path
) -> None:
    paper = tmp_path / "hefte.pdf"
    page.pdf(path=paper, prefer_css_page_size=True)
    pages = [" ".join(one.extract_text().split()) for one in PdfReader(paper).pages]
    assert any(FOLDED in text for text in pages)
    for text in pages:
        assert render(WATERMARK, "nb") in text
        assert render(INTENDED_PURPOSE, "nb") in text
    assert page.locator("details[open]").count() == 0, "after printing, the folds are closed again"


def open_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true })")
