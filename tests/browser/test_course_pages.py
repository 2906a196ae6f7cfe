"""Feedback and course report in a browser: for everybody to read, on any screen and on paper."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page
from pypdf import PdfReader
from tests.grading.told_course import opened, told_course

from pallkit.about import INTENDED_PURPOSE, WATERMARK
from pallkit.i18n import render
from pallkit_app.feedback_pages import feedback_html
from pallkit_app.reports import read_report
from pallkit_app.reports.page import report_html
from pallkit_grading.feedback_data import gather, read_source

pytestmark = pytest.mark.xdist_group("told")  # one course, whichever worker runs it

PAGES = ("feedback", "waiting", "practice", "report", "anonymous")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every kind of page as a file on a disk: no server is there to ask anything of."""
    course = told_course(tmp_path_factory.getbasetemp())
    folder = tmp_path_factory.mktemp("pages")
    with opened(course) as of:
        prove, practice = read_source(of, "prove"), read_source(of, "ovelse")
        report = read_report(of, "nb")
        made = {
            "feedback": feedback_html(gather(prove, "anne")),
            "waiting": feedback_html(gather(prove, "berit")),
            "practice": feedback_html(gather(practice, "eli")),
            "report": report_html(report),
            "anonymous": report_html(report, anonymous=True),
        }
    for name, html in made.items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    return folder


@pytest.fixture
def show(contexts: Callable[..., BrowserContext], folder: Path) -> Callable[..., Page]:
    """Open a page by name; what it says to the console fails the test."""

    def made(name: str, **settings: object) -> Page:
        page = contexts(bypass_csp=True, **settings).new_page()
        page.on("console", lambda message: pytest.fail(message.text))
        page.goto((folder / f"{name}.html").as_uri())
        return page

    return made


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_for_everybody_in_light_and_dark(show: Callable[..., Page], name: str) -> None:
    for scheme in ("light", "dark"):
        page = show(name, color_scheme=scheme)
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_the_screen(show: Callable[..., Page], name: str) -> None:
    page = show(name)
    for width in (320, 360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("name", PAGES)
def test_headings_go_down_one_at_a_time(show: Callable[..., Page], name: str) -> None:
    levels = (
        show(name)
        .locator("h1, h2, h3, h4")
        .evaluate_all("all => all.map((one) => Number(one.tagName[1]))")
    )
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(next_ - level <= 1 for level, next_ in pairwise(levels))


def test_hostile_answers_run_nothing(contexts: Callable[..., BrowserContext], folder: Path) -> None:
    page = contexts().new_page()
    page.on("dialog", lambda _dialog: pytest.fail("an answer ran"))
    page.goto((folder / "waiting.html").as_uri())
    assert page.title().startswith("Prøve")
    assert "<script>document.title='tatt'</script>" in page.inner_text("main")


def test_a_print_from_the_browser_says_what_it_is_not_for_on_every_page(
    show: Callable[..., Page], tmp_path: Path
) -> None:
    paper = tmp_path / "side.pdf"
    show("feedback").pdf(path=paper, prefer_css_page_size=True)
    for page in PdfReader(paper).pages:
        text = " ".join(page.extract_text().split())
        assert render(WATERMARK, "nb") in text
        assert render(INTENDED_PURPOSE, "nb") in text
