"""The page a person gets with an export, in a browser: for everybody to read, on any screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from pallkit.about import INTENDED_PURPOSE, WATERMARK
from pallkit.i18n import LANGUAGES, Language, render
from pallkit_app.compile import content_root
from pallkit_app.courses.reading import read_course
from pallkit_app.records.access import Access
from pallkit_app.records.page import Person, person_html

AT = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)
HOSTILE = "<script>document.title = 'tatt'</script> <img src=x onerror=alert(1)>"
SCORE = {"at": AT, "assignment": "a-" * 30, "task": "en", "points": "2.50", "most": "4"}
ROWS = {
    "student": [{"id": "kari", "first_name": "Kari", "last_name": HOSTILE, "email": None}],
    "pallkit_history": [{**SCORE, "grader": "leder", "reason": HOSTILE}] * 3,
    "comment": [{"manual_comment": HOSTILE, "auto_comment": None}],
}


def _html(lang: Language, *, empty: bool = False) -> str:
    course = read_course(content_root() / "courses" / "spesialist")
    log = (Access(AT, "leder", "export", "kari"),)
    names = tuple(f"files/submitted/kari/{'lang-' * number}fil.txt" for number in range(9))
    person = Person("kari", course, {} if empty else ROWS, () if empty else names, log)
    return person_html(person, lang)


@pytest.fixture
def show(contexts: Callable[..., BrowserContext], tmp_path: Path) -> Callable[..., Page]:
    """Open a page from a disk; what it says to the console fails the test."""

    def made(html: str, **settings: object) -> Page:
        (tmp_path / "index.html").write_text(html, encoding="utf-8")
        page = contexts(bypass_csp=True, **settings).new_page()
        page.on("console", lambda message: pytest.fail(message.text))
        page.goto((tmp_path / "index.html").as_uri())
        return page

    return made


@pytest.mark.parametrize("empty", [False, True])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(show: Callable[..., Page], scheme: str, *, empty: bool) -> None:
    found = Axe().run(show(_html("nb", empty=empty), color_scheme=scheme)).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_fits_a_small_phone_and_says_what_it_is_for(
    show: Callable[..., Page], lang: Language
) -> None:
    page = show(_html(lang))
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") == width
    text = page.inner_text("body")
    assert render(INTENDED_PURPOSE, lang) in text
    assert render(WATERMARK, lang) in text
    assert page.get_attribute("html", "lang") == lang


def test_what_people_wrote_is_only_text(show: Callable[..., Page]) -> None:
    page = show(_html("nb"))
    assert page.title().startswith("Hva kurset lagrer")
    assert page.locator("script, img").count() == 0
    assert "document.title = 'tatt'" in page.inner_text("main")
